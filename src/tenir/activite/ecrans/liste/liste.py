"""The list of entries as the address asks for it: its columns, its groupings, the views that it offers."""

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Q, QuerySet
from django.http import QueryDict

from tenir.activite.ecrans.liste.colonnes import columns_of, measure_columns
from tenir.activite.ecrans.liste.filtres import PASSE
from tenir.activite.enums import Confiance, Statut
from tenir.activite.models import Entree
from tenir.core.composants import Lien
from tenir.core.listes import Groupement, Liste
from tenir.core.typographie import MOIS
from tenir.fichier.mots import plain
from tenir.habilitations.models import EspaceDeContrat

NONE_LINKED = "Aucune action"


def liste_of(espace: EspaceDeContrat, numbered: QuerySet[Entree] | None = None) -> Liste:
    """The list; for a file, with a column for each number that these entries give."""
    return Liste(
        "Activité",
        (*columns_of(espace), *(measure_columns(numbered) if numbered is not None else ())),
        noun="entrée",
        empty="Aucune entrée ne répond à ces filtres.",
        sort="-jour",
        groupings=GROUPEMENTS,
        choosable=True,
    )


def _by_action(row: Entree) -> list[tuple[Any, str]]:
    found = [(one.action.ordre, f"{one.action.code} {one.action.titre}") for one in row.fiches.all()]
    return found or [(10**9, NONE_LINKED)]


def _by_month(row: Entree) -> list[tuple[Any, str]]:
    return [(-(row.fin.year * 100 + row.fin.month), f"{MOIS[row.fin.month - 1]} {row.fin.year}".capitalize())]


GROUPEMENTS = (
    Groupement("nature", "Nature", lambda row: [(plain(row.mots.libelle), row.mots.libelle)]),
    Groupement("organisme", "Organisme", lambda row: [(plain(row.organisme.nom), row.organisme.nom)]),
    Groupement("mois", "Mois", _by_month),
    Groupement("action", "Action", _by_action, "Une entrée rattachée à deux actions figure sous chacune"),
)
"""What entries may be grouped by."""


def views(rows: QuerySet[Entree], asked: QueryDict, today: date) -> list[Lien]:
    """The views that one asks for most; one query."""
    waiting, planned = Q(confiance=Confiance.DECLAREE), Q(statut=Statut.PREVUE)
    found = rows.order_by().aggregate(
        toutes=Count("pk"),
        lire=Count("pk", filter=waiting),
        prevues=Count("pk", filter=planned),
        confirmer=Count("pk", filter=planned & Q(fin__lte=today)),
    )
    return [
        Lien(f"Toutes ({found['toutes']})", "?", current=not asked),
        _view(f"À lire ({found['lire']})", asked, confiance=Confiance.DECLAREE.value),
        _view(f"Prévues ({found['prevues']})", asked, statut=Statut.PREVUE.value),
        _view(f"À confirmer ({found['confirmer']})", asked, statut=Statut.PREVUE.value, quand=PASSE),
    ]


def _view(text: str, asked: QueryDict, **wanted: str) -> Lien:
    given = {name: asked[name] for name in asked if asked[name]}
    return Lien(text, f"?{urlencode(wanted)}", current=given == wanted)
