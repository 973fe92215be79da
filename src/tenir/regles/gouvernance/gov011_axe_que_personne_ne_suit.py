import re
from collections.abc import Iterator, Sequence

from tenir.fichier.document import DocumentNormalise
from tenir.fichier.modeles import ContratDeVille
from tenir.regles.anomalie import Anomalie, Gravite
from tenir.regles.passages import porteur
from tenir.regles.phrases import phrases
from tenir.regles.registre import Lit, regle
from tenir.regles.textes import sans_accents
from tenir.regles.titres import Tete, niveaux, par_nom, tetes

BODY = re.compile(
    r"\b(?:comite|commission|cellule|groupe|conference|instance|atelier|cercle|table|bureau|reseau|forum"
    r"|referente?s?|chef(?:fe)?s? de file)\b"
)
FOLLOWS = re.compile(
    r"\b(?:suit|suivent|suivie?|suivi|suivra|anime\w*|pilote\w*|coordonne\w*|referente?s?|chef(?:fe)?s? de file"
    r"|rend compte|veille|charge\w*)\b"
)
OF_AN_AXIS = (
    r"\b(?:comite|commission|cellule|groupe|conference|atelier|cercle|table|bureau|reseau|referente?|instance)\b"
    r"[^.;:()]{{0,80}}?\b(?:de|du|pour|sur|suit|anime|pilote|coordonne|d(?=es )) ?(?:l[’']|l?es? |la )?{nom}s? "
    r"(?:n\s?°\s?)?(?P<numeros>\d{{1,2}}(?:(?:, | et )\d{{1,2}})*)\b"
)
THIS = re.compile(
    r"\b(?:cet|cette|ce) (?:axe|pilier|orientation|priorite|defi|ambition|volet|enjeu|theme|thematique)\b"
)
ENOUGH = 2
"""How many levels must have their body before the one that has none is told."""
INTRODUCTION = 6
"""How many lines below a heading say what the level is."""


@regle("GOV011", gravite=Gravite.A_CORRIGER, depuis="0.1", lit=Lit.MOTS)
def axe_que_personne_ne_suit(contrat: ContratDeVille, document: DocumentNormalise) -> Iterator[Anomalie]:
    """Un axe n’a pas d’instance, quand les autres en ont une.

    ## Ce que la règle vérifie

    Quand le document dit quelle instance ou quel référent suit chaque axe (ou pilier, ou priorité), sous son titre ou
    dans les pages sur la gouvernance, il le dit de tous. Un contrat qui ne le dit d’aucun n’est pas concerné.

    ## Pourquoi

    Les actions de cet axe ne viendront à l’ordre du jour d’aucune réunion.

    ## Exemple fautif

    Axe 1, « suivi par le groupe emploi » ; axe 2, « suivi par le groupe logement » ; axe 3, rien.

    ## Corrigé

    Axe 3, « suivi par le groupe santé ».

    ## Source

    Circulaire du 31 août 2023 : un pilotage resserré, et suivi.
    """
    for nom, heads in par_nom(document, niveaux(contrat, document)):
        numbers = list(dict.fromkeys(one.numero for one in heads))
        followed = {one.numero for one in heads if _is_followed(document, one)} | _named(document, nom)
        missing = [number for number in numbers if number not in followed]
        enough = len(numbers) - 1 >= ENOUGH or (
            len(numbers) == ENOUGH and any(_says_so(document, one) for one in heads if one.numero in followed)
        )
        if len(missing) == 1 and enough:
            yield _told(contrat, [one for one in heads if one.numero == missing[0]])


def _is_followed(document: DocumentNormalise, head: Tete) -> bool:
    """Whether the lines between a heading and the next name a body that follows it, or say so of « cet axe »."""
    below = [one for one in tetes(document) if one.ligne > head.ligne]
    near = min([head.ligne + INTRODUCTION, *(one.ligne - 1 for one in below)])
    far = next((one.ligne for one in below if one.nom == head.nom), len(document.lignes) + 1)
    words = " ".join(sans_accents(line) for line in document.lignes[head.ligne : near])
    return bool(BODY.search(words) and FOLLOWS.search(words)) or any(
        THIS.search(said) and BODY.search(said) and FOLLOWS.search(said)
        for one in phrases(document)
        if head.ligne < one.ligne < far and (said := sans_accents(one.texte))
    )


def _says_so(document: DocumentNormalise, head: Tete) -> bool:
    """Whether a sentence under a heading says of « cet axe » which body follows it: the other of two owes the same."""
    far = min((one.ligne for one in tetes(document) if one.ligne > head.ligne), default=len(document.lignes) + 1)
    return any(
        THIS.search(said) and BODY.search(said) and FOLLOWS.search(said)
        for one in phrases(document)
        if head.ligne < one.ligne < far and (said := sans_accents(one.texte))
    )


def _named(document: DocumentNormalise, nom: str) -> set[str]:
    """The numbers that a body is said to be of: « le groupe de l’axe 1 », « le groupe des axes 2 et 3 »."""
    pattern = re.compile(OF_AN_AXIS.format(nom=re.escape(nom)))
    found = (match for phrase in phrases(document) for match in pattern.finditer(sans_accents(phrase.texte)))
    return {number for match in found for number in re.findall(r"\d+", match["numeros"])}


def _told(contrat: ContratDeVille, heads: Sequence[Tete]) -> Anomalie:
    one = heads[0]
    return Anomalie(
        porteur(contrat, one.ligne),
        f"Aucune instance, aucun référent ne suit « {one.imprime} {one.numero} », quand les autres en ont.",
        "Dites quelle instance le suit, ou qui en est référent.",
        source=tuple(plage for head in heads for plage in head.source),
    )
