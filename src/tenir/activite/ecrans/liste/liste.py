"""The list of entries as the address asks for it: its columns, its groupings, the views that it offers."""

from collections import defaultdict
from collections.abc import Callable
from datetime import date
from functools import cache
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
from tenir.core.listes.liste import Heading, Under
from tenir.core.typographie import capital, month_fr
from tenir.fichier.mots import plain
from tenir.habilitations.models import EspaceDeContrat

UNLINKED = (10**9, "Aucune action")
OF_AN_ACTION = tuple(f"ficheaction__action__{name}" for name in ("ordre", "code", "titre"))


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


def _under_field(field: str, heading: Callable[[Any], Heading]) -> Callable[[QuerySet[Entree]], Under]:
    """What the database says of entries grouped by a field; one query, and each heading is made once."""

    def under(rows: QuerySet[Entree]) -> Under:
        made = cache(heading)
        return [(key, made(value)) for key, value in rows.values_list("pk", field)]

    return under


def _under_actions(rows: QuerySet[Entree]) -> Under:
    """Each entry under each of its actions, in their order; two queries."""
    links = Entree.fiches.through.objects.filter(entree__in=rows.order_by().values("pk"))
    told = links.order_by("ficheaction__action__ordre", "ficheaction").values_list("entree", *OF_AN_ACTION)
    linked: defaultdict[int, list[Heading]] = defaultdict(list)
    for key, ordre, code, titre in told:
        linked[key].append((ordre, f"{code} {titre}"))
    keys = rows.values_list("pk", flat=True)
    return [(key, heading) for key in keys for heading in linked.get(key, [UNLINKED])]


def _word(text: str) -> Heading:
    return plain(text), text


def _month(day: date) -> Heading:
    return -(day.year * 100 + day.month), capital(month_fr(day))


GROUPEMENTS = (
    Groupement("nature", "Nature", under=_under_field("mots__libelle", _word)),
    Groupement("organisme", "Organisme", under=_under_field("organisme__nom", _word)),
    Groupement("mois", "Mois", under=_under_field("fin", _month)),
    Groupement(
        "action", "Action", note="Une entrée rattachée à deux actions figure sous chacune", under=_under_actions
    ),
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
