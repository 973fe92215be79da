"""What `situation` says of one fiche, as conditions of the database: to count without reading every row.

`tests/suivi/test_conditions.py` holds the two together on fiches of every kind.
"""

from datetime import date

from django.db.models import Exists, OuterRef, Q

from tenir.fiches.enums import CLOSED, Statut
from tenir.fiches.models import Jalon
from tenir.fiches.models.fiche import late_condition
from tenir.fiches.models.jalon import JalonQuerySet
from tenir.fiches.seuils import silent_before

DATES = ("debut_prevu", "fin_prevue", "debut_revise", "fin_revisee", "debut_reel", "fin_reelle")
"""The days of the calendar of a fiche."""

OWES = ~Q(statut__in=CLOSED) & Q(fin_reelle=None)
"""Fiches on which something may still be late or awaited, as `FicheActionQuerySet.open`."""


def is_late(on: date) -> Q:
    """As `FicheActionQuerySet.late`."""
    return OWES & late_condition(on)


def is_silent(on: date) -> Q:
    """As `FicheActionQuerySet.silent`."""
    limit = silent_before(on)
    return OWES & (Q(derniere_nouvelle_le__lt=limit) | Q(derniere_nouvelle_le=None, ouverte_le__lt=limit))


def has_no_date() -> Q:
    """Fiches of which nothing can be late: neither a day of the calendar, nor a jalon."""
    return Q(**dict.fromkeys(DATES)) & ~Q(Exists(_jalons()))


def is_unsaid() -> Q:
    """As `situation.nothing_said`: no status, no news, no date, no step."""
    return Q(statut="", derniere_nouvelle_le=None, prochaine_etape="") & has_no_date()


def has_gap(on: date) -> Q:
    """Fiches whose facts part from the declared status, as `Situation.ecart`."""
    reached = Q(debut_reel__isnull=False) | Q(Exists(_jalons().exclude(atteint_le=None)))
    return (
        (Q(statut=Statut.REALISEE) & Q(Exists(_jalons().awaited())))
        | (Q(fin_reelle__isnull=False) & ~Q(statut=Statut.REALISEE))
        | (Q(statut__in=("", Statut.A_LANCER)) & reached)
        | is_late(on)
        | (is_silent(on) & ~Q(statut=""))
    )


def _jalons() -> JalonQuerySet:
    return Jalon.objects.filter(fiche=OuterRef("pk"))
