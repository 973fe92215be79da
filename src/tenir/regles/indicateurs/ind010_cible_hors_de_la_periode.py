import re
from collections.abc import Iterator

from tenir.fichier.document import DocumentNormalise
from tenir.fichier.modeles import ContratDeVille, Indicateur, Periode
from tenir.fichier.source import Plage
from tenir.regles.anomalie import Anomalie, Gravite
from tenir.regles.indicateurs.releves import couples, measure, releves
from tenir.regles.passages import porteur
from tenir.regles.periode import periode_dite
from tenir.regles.registre import Lit, regle

DUE = re.compile(
    r"(?:d[’']ici|horizon|échéance|cible|objectif|avant)\s(?:à\s|en\s|fin\s|la fin de\s|:\s)?((?:19|20)\d{2})\b",
    re.IGNORECASE,
)
HEAD = re.compile(
    r"^(?:valeur\s)?(?:cible|objectif)s?(?:\s(?:à atteindre|visée?s?))?\s?(?:en|à|fin|:|\()?\s?((?:19|20)\d{2})\)?$",
    re.IGNORECASE,
)
"""The head of a column of targets, alone on its line."""
REMEDE = "Corrigez l’année, ou donnez une cible pour la durée du contrat."


@regle("IND010", gravite=Gravite.A_CORRIGER, depuis="0.2", lit=Lit.MOTS, periode=True)
def cible_hors_de_la_periode(contrat: ContratDeVille, document: DocumentNormalise) -> Iterator[Anomalie]:
    """Une cible est datée hors du contrat.

    ## Ce que la règle vérifie

    L’année d’une cible, écrite derrière elle, après « d’ici », « horizon » ou en tête de la colonne des cibles, est
    dans la période du contrat. L’année d’une valeur de départ peut la précéder.

    ## Pourquoi

    Une cible d’après la fin ne sera jamais évaluée ; une cible d’avant le début vient du contrat précédent.

    ## Exemple fautif

    Contrat 2024-2030. Nombre de visites : 0 en 2023, 900 par an en 2035.

    ## Corrigé

    Nombre de visites : 0 en 2023, 900 par an en 2029.

    ## Source

    Loi 2014-173, article 6 : le contrat a une durée.
    """
    periode = periode_dite(contrat, document)
    if periode is None:
        return
    read = list(_of_items(contrat, periode))
    yield from read
    told = {line for one in read for plage in one.plages for line in plage.lignes}
    yield from _of_couples(contrat, document, periode, told)
    yield from _of_heads(document, periode)


def _of_items(contrat: ContratDeVille, periode: Periode) -> Iterator[Anomalie]:
    for indicateur in contrat.indicateurs:
        year = _due(indicateur)
        if year and not periode.debut <= year <= periode.fin:
            yield Anomalie(
                indicateur,
                f"La cible de « {measure(indicateur.libelle)} » est datée de {year}, hors de "
                f"{periode.debut}-{periode.fin}.",
                REMEDE,
            )


def _of_couples(
    contrat: ContratDeVille, document: DocumentNormalise, periode: Periode, told: set[int]
) -> Iterator[Anomalie]:
    """The two values of an indicator as the document prints them, where the reader did not take them."""
    for one in couples(document):
        lines = {line for plage in one.source for line in plage.lignes}
        if (one.cible.annee or 0) > max(periode.fin, one.depart.annee or 0) and not told & lines:
            yield Anomalie(
                porteur(contrat, one.source[0].debut),
                f"La cible de « {one.libelle} » est datée de {one.cible.annee}, hors de {periode.debut}-{periode.fin}.",
                REMEDE,
                source=one.source,
            )


def _of_heads(document: DocumentNormalise, periode: Periode) -> Iterator[Anomalie]:
    """The head of a column of targets."""
    for number, line in enumerate(document.lignes, start=1):
        if (found := HEAD.match(line.strip())) and not periode.debut <= int(found[1]) <= periode.fin:
            yield Anomalie(
                None,
                f"« {found[0]} » : des cibles sont datées hors de {periode.debut}-{periode.fin}.",
                "Corrigez l’année, ou donnez des cibles pour la durée du contrat.",
                source=(Plage(number, number),),
            )


def _due(indicateur: Indicateur) -> int | None:
    """The year of a target: the last of two values, the value called so, or the one that a word of delay leads to."""
    values = releves(indicateur)
    dated = [one.annee for one in values if one.annee and (one.role == "cible" or len(values) > 1)]
    led = [int(found[1]) for found in DUE.finditer(f"{indicateur.libelle} ; {indicateur.cible or ''}")]
    return max([*dated, *led], default=None)
