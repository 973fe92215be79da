import re
from collections.abc import Iterator

from tenir.fichier.document import DocumentNormalise
from tenir.fichier.modeles import ContratDeVille
from tenir.fichier.source import Plage
from tenir.regles.anomalie import Anomalie, Gravite
from tenir.regles.champs import Fiche, fiches
from tenir.regles.engagements.actions_visees import fiche_visee
from tenir.regles.lettres import NOMBRE, valeur
from tenir.regles.passages import porteur
from tenir.regles.phrases import phrases
from tenir.regles.registre import Lit, regle
from tenir.regles.textes import sans_accents
from tenir.regles.titres import ACTIONS, tetes

THING = (
    r"(?P<chose>convention|bail|pret|formation|parcours|stage|accompagnement|contrat|chantier|residence|mission|experimentation"
    r"|cycle|session|location|hebergement|tutorat|parrainage|mise a disposition)s?"
)
LASTS = re.compile(
    rf"\b{THING}\b(?P<entre>[^.;:]{{0,70}}?)\b(?:d[’']une duree (?:maximale |minimale |totale )?de"
    rf"|pour une duree de|dure(?:nt|ra)?|est de|pour|sur|pendant|de)"
    rf"\s(?P<dit>(?P<n>{NOMBRE})\s(?P<unite>ans?|annees?|mois|semaines|jours))\b"
)
UNIT = re.compile(r" (?:ans?|annees?|mois|semaines|jours)\b")
UNITS = {"an": 12 * 30, "annee": 12 * 30, "mois": 30, "semaine": 7, "jour": 1}
NOT_A_LENGTH = re.compile(
    r"\b(?:plus|moins|moyenne|age\w*|entre|apres|avant|depuis|tous les|toutes les|habitants?|jeunes?|enfants?|delai"
    r"|preavis|contrat de ville|presente?)\b"
)
CITED = re.compile(
    r"\b(?:action|fiche|fiche action|mesure)\s(?:n\s?°\s?)?(?P<numero>\d{1,2}(?:\.\d{1,2})*|[a-z]\.?\d{1,2})\b"
)


@regle("STR018", gravite=Gravite.A_CORRIGER, depuis="0.2", lit=Lit.MOTS)
def duree_d_une_chose_qui_differe(contrat: ContratDeVille, document: DocumentNormalise) -> Iterator[Anomalie]:
    """Une même chose a deux durées.

    ## Ce que la règle vérifie

    Quand une phrase donne la durée d’une convention, d’une formation, d’un bail ou d’un prêt d’une action, qu’elle la
    cite par son numéro ou par au moins deux mots de son titre, la fiche de cette action dit la même : « trois ans » et
    « 36 mois » s’accordent. Une fiche qui donne plusieurs durées à la même chose n’est pas concernée.

    ## Pourquoi

    Chacun retiendra la durée qui l’arrange ; l’argent de la dernière année manquera.

    ## Exemple fautif

    Action 4 : « une convention d’une durée de trois ans ». Engagement : « selon la convention de cinq ans prévue à
    l’action 4 ».

    ## Corrigé

    La même durée aux deux endroits.

    ## Source

    Cohérence interne.
    """
    sheets = list(_sheets(document))
    plan = fiches(document)
    for phrase in phrases(document):
        for found in _lengths(phrase.texte):
            one = _meant(phrase.texte, sheets, plan)
            if one is None or one[0] <= phrase.ligne < one[1]:
                continue
            printed = [it for it in _in_sheet(document, *one) if it[0]["chose"] == found["chose"]]
            days = {_days(it) for it, _ in printed}
            if len(days) == 1 and _days(found) not in days:
                (said, line) = printed[0]
                source = phrase.plage(*found.span("dit"))
                yield Anomalie(
                    porteur(contrat, source[0].debut),
                    f"Deux durées pour « {found['chose']} » : {said['dit']} ligne {line}, {found['dit']} ligne "
                    f"{source[0].debut}.",
                    "Gardez une seule durée.",
                    source=(Plage(line, line), *source),
                )


def _sheets(document: DocumentNormalise) -> Iterator[tuple[str, int, int]]:
    """The number of each action, its first line and the one after its last."""
    every = [one for one in tetes(document) if not one.sommaire and not one.puce]
    heads = [one for one in every if one.nom in ACTIONS]
    for one in heads:
        end = next((it.ligne for it in every if it.ligne > one.ligne), len(document.lignes) + 1)
        yield one.numero.casefold(), one.ligne, min(end, one.ligne + LONGEST)


LONGEST = 40
"""How many lines a sheet has, at most."""


def _meant(words: str, sheets: list[tuple[str, int, int]], plan: tuple[Fiche, ...]) -> tuple[int, int] | None:
    """The lines of the action that a sentence cites: by its number, else by the words of its title."""
    if cited := CITED.search(sans_accents(words)):
        found = [(start, end) for numero, start, end in sheets if numero == cited["numero"]]
        return found[0] if len(found) == 1 else None
    one = fiche_visee(words, plan)
    return next(((start, end) for _, start, end in sheets if one and start == one.ligne), None)


def _in_sheet(document: DocumentNormalise, start: int, end: int) -> Iterator[tuple[re.Match[str], int]]:
    for phrase in phrases(document):
        if start <= phrase.ligne < end:
            yield from ((found, phrase.ligne) for found in _lengths(phrase.texte))


def _lengths(words: str) -> Iterator[re.Match[str]]:
    """Each thing said to last, and how long."""
    said = sans_accents(words)
    for found in LASTS.finditer(said) if UNIT.search(said) else ():
        if not NOT_A_LENGTH.search(found[0]) and valeur(found["n"]):
            yield found


def _days(found: re.Match[str]) -> int:
    return (valeur(found["n"]) or 0) * UNITS[found["unite"].rstrip("s") if found["unite"] != "mois" else "mois"]
