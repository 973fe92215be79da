import re
from collections.abc import Iterator

from tenir.fichier.document import DocumentNormalise
from tenir.fichier.modeles import ContratDeVille
from tenir.fichier.mots import comparable
from tenir.fichier.source import Plage
from tenir.regles.anomalie import Anomalie, Gravite
from tenir.regles.gouvernance.paroles import presidences_dites
from tenir.regles.registre import Lit, regle

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
    l’intercommunalité, la commune, le département, la région ou les habitants. Deux phrases qui ont un camp en commun
    s’accordent.

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
    first: dict[str, tuple[str, tuple[Plage, ...]]] = {}
    for nom, who, source in said:
        sides = _sides(who)
        before, where = first.setdefault(nom, (who, source))
        if sides and _sides(before) and not sides & _sides(before) and source != where:
            yield Anomalie(
                next((it for it in contrat.instances if comparable(it.nom) == nom), None),
                f"Deux présidences pour « {nom} » : {before}, puis {who}.",
                "Gardez-en une.",
                source=(*where, *source),
            )


def _sides(who: str) -> frozenset[str]:
    text = comparable(who)
    return frozenset(side for side, pattern in CAMPS if pattern.search(text))
