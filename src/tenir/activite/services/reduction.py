"""What the team alone reads is kept a while, then reduced to its totals: in the rows, and in what the trace told.

A watch log that grew for ever would end as a file of a street. Its kind says how many months its lines are kept
(`garde`); then their names, places and descriptions are emptied, their days are those of a month, and the sums stay.
`docs/adr/0048-registres.md` says why.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time

from dateutil.relativedelta import relativedelta
from django.db import transaction
from django.db.models import Max, QuerySet
from django.db.models.functions import TruncMonth

from tenir.activite.catalogue import catalogue_of
from tenir.activite.models import Entree, Objet
from tenir.activite.services.entree import GENRE as OF_ENTRIES
from tenir.activite.services.objets import GENRE
from tenir.activite.services.registre import hold
from tenir.core import horloge
from tenir.core.models import EntreeDeTrace
from tenir.core.trace import Auteur, erase
from tenir.core.typographie import accord, pluriel
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.services import trace_of

BY = Auteur(commande="tâche de fond : registres de l’équipe")
WHY = "Lignes d’un registre de l’équipe gardées le temps prévu, puis réduites à leurs totaux."
REDUIT = "Ligne réduite aux totaux"
"""What a line is named once it says nothing more."""


def reduce_old_lines(now: datetime) -> str:
    """Reduce the lines that registers of the team kept long enough: a task of the night."""
    rows = EspaceDeContrat.objects.filter(objets__reduit_le=None, objets__isnull=False).distinct()
    done = sum(_reduce(espace) for espace in rows)
    return f"{pluriel(done, 'ligne', genre='f')} {accord(done, 'réduite')} aux totaux."


@transaction.atomic
def _reduce(espace: EspaceDeContrat) -> int:
    today, done = horloge.today(espace), 0
    for kind in catalogue_of(espace).values():
        if kind.garde:
            done += _reduce_those(espace, kind.nature, today - relativedelta(months=kind.garde), today)
    return done


def _reduce_those(espace: EspaceDeContrat, nature: str, since: date, today: date) -> int:
    """Reduce the lines of one register of which nothing was said, nor written, since a day."""
    hold(espace)
    rows = Objet.objects.of(espace).filter(nature=nature, reduit_le=None)
    told = rows.annotate(last=Max("entrees__fin"), written=Max("entrees__inscrite_le"))
    old = list(told.filter(last__lt=since, written__lt=horloge.at(since, time(), espace)))
    if not old:
        return 0
    entries = Entree.objects.filter(objet__in=old)
    codes = [one.code for one in old], [str(numero) for numero in entries.values_list("numero", flat=True)]
    _to_the_month(entries)
    Objet.objects.filter(pk__in=[one.pk for one in old]).update(
        libelle=REDUIT, lieu=None, autre_lieu="", echeance=None, attributs={}, reduit_le=today
    )
    _erase(espace, *codes)
    return len(old)


def _to_the_month(entries: "QuerySet[Entree]") -> None:
    """Leave of entries their month, their state and their numbers: the sums, which are by month, do not move."""
    entries.update(lieu=None, autre_lieu="", titre="", note="", minutes=None)
    for first in entries.order_by().annotate(m=TruncMonth("fin")).values_list("m", flat=True).distinct():
        month = entries.filter(fin__year=first.year, fin__month=first.month)
        month.update(debut=first, fin=first)


def _erase(espace: EspaceDeContrat, things: Sequence[str], entries: Sequence[str]) -> None:
    """Empty all that the trace told of lines and of their entries, reasons included; sums are proved by the rows."""
    chaine = trace_of(espace)
    told = EntreeDeTrace.objects.filter(chaine__nom=chaine, efface=False)
    _erase_of(chaine, told.filter(genre=GENRE, objet__in=things))
    _erase_of(chaine, told.filter(genre=OF_ENTRIES, objet__in=entries))


def _erase_of(chaine: str, told: "Iterable[EntreeDeTrace]") -> None:
    erase(chaine, [one.rang for one in told], BY, motif=WHY)
