import re
from collections.abc import Iterator

from tenir.fichier.document import DocumentNormalise
from tenir.fichier.modeles import ContratDeVille
from tenir.fichier.mots import comparable
from tenir.fichier.source import Plage
from tenir.regles.anomalie import Anomalie, Gravite
from tenir.regles.gouvernance.paroles import presidences_dites
from tenir.regles.gouvernance.recits import recits
from tenir.regles.parties import decoupe, est_de, mots_de, noms_des_signataires, sigles_de
from tenir.regles.phrases import phrases
from tenir.regles.registre import Lit, regle
from tenir.regles.textes import sans_accents

CAMPS = (
    ("l’État", re.compile(r"\b(?:etat|prefe\w+|sous prefe\w+)\b")),
    ("l’intercommunalité", re.compile(r"\b(?:agglo\w*|communaute|metropole|intercommunal\w*|epci)\b")),
    ("la commune", re.compile(r"\b(?:maires?|commune|ville|mairie)\b")),
    ("le département", re.compile(r"\b(?:departement|conseil departemental)\b")),
    ("la région", re.compile(r"\b(?:region|conseil regional)\b")),
    ("les habitants", re.compile(r"\bhabitants?\b")),
)
"""Whose side a chair is on: « le sous-préfet » and « le représentant de l’État » are one."""


@regle("GOV009", gravite=Gravite.A_CORRIGER, depuis="0.1", lit=Lit.MOTS)
def presidence_qui_differe(contrat: ContratDeVille, document: DocumentNormalise) -> Iterator[Anomalie]:
    """Une instance a deux présidences.

    ## Ce que la règle vérifie

    Partout où le document dit qui préside une même instance, il nomme le même camp : l’État (préfet, sous-préfet),
    l’intercommunalité, la commune, le département, la région ou les habitants ; ou le même signataire. Deux phrases qui
    en ont un en commun s’accordent.

    ## Pourquoi

    Chacun attend que l’autre convoque.

    ## Exemple fautif

    « Le comité technique est présidé par le sous-préfet. » Plus loin : « il est présidé par le maire ».

    ## Corrigé

    La même présidence aux deux endroits.

    ## Source

    Cohérence interne.
    """
    said = [
        (comparable(one.nom), ", ".join(body.nom for body in one.presidence), one.source)
        for one in contrat.instances
        if one.presidence
    ]
    said += [(nom, who, source) for nom, how, who, source in presidences_dites(document) if how == "preside"]
    printed = {comparable(one.nom): one.nom for one in contrat.instances}
    printed |= {one.nom: one.imprime for one in recits(contrat, document) if one.nom not in printed}
    first: dict[str, tuple[str, tuple[Plage, ...]]] = {}
    for nom, who, source in said:
        before, where = first.setdefault(nom, (who, source))
        if source != where and (_opposed(before, who) or _strange(contrat, document, before, who)):
            yield Anomalie(
                next((it for it in contrat.instances if comparable(it.nom) == nom), None),
                f"Deux présidences pour « {printed.get(nom) or _printed(document, nom)} » : {before}, puis {who}.",
                "Gardez-en une.",
                source=(*where, *source),
            )


def _opposed(before: str, who: str) -> bool:
    """Whether two chairs are of different sides."""
    return bool(_sides(before) and _sides(who)) and not _sides(before) & _sides(who)


def _strange(contrat: ContratDeVille, document: DocumentNormalise, before: str, who: str) -> bool:
    """Whether two chairs are signatories by name, and none of one is of the other."""
    signed = noms_des_signataires(contrat, document)
    ones, others = ([name for name in decoupe(said) if _signs(name, signed)] for said in (before, who))
    return bool(ones and others) and not any(est_de(one, other) for one in ones for other in others)


def _signs(name: str, signed: tuple[str, ...]) -> bool:
    return any(mots_de(name) == mots_de(other) or sigles_de(name) & sigles_de(other) for other in signed)


def _printed(document: DocumentNormalise, nom: str) -> str:
    """A name as a sentence prints it."""
    between = r"[\s’'-]+(?:(?:de|du|des|la|l|d|et|en)\b[\s’'-]*)*"
    pattern = re.compile(between.join(rf"{re.escape(word)}\w*" for word in nom.split()))
    for phrase in phrases(document):
        if found := pattern.search(sans_accents(phrase.texte)):
            return phrase.texte[slice(*found.span())]
    return nom


def _sides(who: str) -> frozenset[str]:
    text = comparable(who)
    return frozenset(side for side, pattern in CAMPS if pattern.search(text))
