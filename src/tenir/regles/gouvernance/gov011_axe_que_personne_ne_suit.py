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
    r"\b(?:comite|commission|cellule|groupe|conference|atelier|cercle|table|bureau|reseau|referente?)\b[^.;:()]{{0,60}}?"
    r"\b(?:de|pour|sur|suit|anime|pilote|coordonne|d(?=es )) ?(?:l[’']|l?es? |la ){nom}s? (?:n\s?°\s?)?"
    r"(?P<numeros>\d{{1,2}}(?:(?:, | et )\d{{1,2}})*)\b"
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
        if len(missing) == 1 and len(numbers) - 1 >= ENOUGH:
            yield _told(contrat, [one for one in heads if one.numero == missing[0]])


def _is_followed(document: DocumentNormalise, head: Tete) -> bool:
    """Whether the lines between a heading and the next name a body that follows it."""
    stop = {one.ligne for one in tetes(document)}
    said = []
    for number in range(head.ligne + 1, min(head.ligne + INTRODUCTION, len(document.lignes)) + 1):
        if number in stop:
            break
        said.append(sans_accents(document.lignes[number - 1]))
    words = " ".join(said)
    return bool(BODY.search(words) and FOLLOWS.search(words))


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
