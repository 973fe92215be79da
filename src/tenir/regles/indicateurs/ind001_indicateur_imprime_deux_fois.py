import re
from collections.abc import Iterator

from tenir.fichier.enums import Contenu
from tenir.fichier.modeles import ContratDeVille, Indicateur
from tenir.fichier.mots import ARTICLES, comparable, words
from tenir.regles.anomalie import Anomalie, Correction, Gravite
from tenir.regles.indicateurs.commun import says_target, sheets_of, told_apart
from tenir.regles.indicateurs.releves import measure
from tenir.regles.registre import regle

PRECISE = 3
"""From how many words of its own a label in two sheets is one indicator."""


@regle("IND001", gravite=Gravite.A_CORRIGER, depuis="0.1", de=(Contenu.INDICATEURS,))
def indicateur_imprime_deux_fois(contrat: ContratDeVille) -> Iterator[Anomalie]:
    """Un indicateur est imprimé deux fois.

    ## Ce que la règle vérifie

    Chaque indicateur est imprimé une fois : deux libellés identiques, aux majuscules, aux accents, aux articles et aux
    pluriels près, sont le même. Un libellé que toute fiche peut employer (« Nombre de participants ») mesure l’action
    de sa fiche : la règle le laisse, comme un libellé court sous deux orientations, ou celui qu’une action nomme et
    dont le tableau de suivi donne les valeurs. Une case qui ne dit qu’une valeur, un numéro, un lieu ou un nom n’est
    le libellé de rien : elle peut revenir.

    ## Pourquoi

    Compté deux fois, il gonfle la liste ; renseigné par deux organismes, il donnera deux valeurs.

    ## Exemple fautif

    « Nombre de jeunes accompagnés » sous l’emploi, et de nouveau sous la jeunesse.

    ## Corrigé

    Une seule ligne, rattachée aux deux orientations.

    ## Source

    Cohérence interne.
    """
    sheets, names = sheets_of(contrat), _names(contrat)
    first_of: dict[str, Indicateur] = {}
    for indicateur in contrat.indicateurs:
        if _measures_nothing(indicateur, names):
            continue
        first = first_of.setdefault(comparable(measure(indicateur.libelle)), indicateur)
        told = contrat.items.get(indicateur.repete or "", first)
        if told is indicateur or not isinstance(told, Indicateur) or _apart(told, indicateur, sheets):
            continue
        where = f" sous « {told.groupe} »" if told.groupe else ""
        yield Anomalie(
            indicateur,
            f"« {indicateur.libelle} » est déjà imprimé{where} ({told.code}).",
            "Gardez une ligne, et dites les orientations qu’elle couvre.",
            source=(*indicateur.source, *told.source),
            correction=None if indicateur.repete else Correction(indicateur.code, "repete", told.code),
        )


def _names(contrat: ContratDeVille) -> frozenset[str]:
    """The comparable names of the places and bodies of a contract."""
    identite = contrat.identite
    names = [*(one.nom for one in identite.quartiers), *(one.nom for one in contrat.instances)]
    return frozenset(map(comparable, [*names, *(one.nom for one in contrat.signataires)]))


def _measures_nothing(indicateur: Indicateur, names: frozenset[str]) -> bool:
    """Whether a label is only the value, the number, the place or the body of the row that it was taken from."""
    said = comparable(VALUE.sub(" ", indicateur.libelle))
    return not set(said.split()) - ANYWHERE or said in names


VALUE = re.compile(r"\d+(?:[\s.,\u202f]\d+)*\s?(?:%|€|euros?|m²|m2|km|kWh|h|ans?)?(?!\w)", re.IGNORECASE)
ANYWHERE = ARTICLES | frozenset(
    words(
        "quartiers deux trois quatre tout tous ensemble territoire commune ville qpv oui prioritaires contrat néant non"
    )
    + words(
        "agglomération par pour ans année sur puis avant hausse baisse cible départ contre environ plus moins ici fin"
    )
)
"""The comparable words of a cell of values or of places: alone, they are the label of nothing."""


def _has_values(indicateur: Indicateur) -> bool:
    """Whether an indicator says from where it starts or what it must reach."""
    return bool(indicateur.depart) or says_target(indicateur)


def _apart(first: Indicateur, second: Indicateur, sheets: dict[str, str]) -> bool:
    """Whether each may measure something of its own: another sheet, or another orientation, in words that fit any."""
    if _has_values(first) != _has_values(second):
        return True  # a sheet names it, and the table of follow-up gives its values
    if second.repete:
        return False
    if sheets.get(first.code, "") != sheets.get(second.code, ""):
        return len(told_apart(second)) < PRECISE
    elsewhere = first.orientations != second.orientations or first.groupe != second.groupe
    return elsewhere and not told_apart(second)
