"""The notes of entries, kept for the team a while, then emptied: in the row, and in what the trace told of them.

A note is the one free text of the register. `docs/adr/0043-registre.md` says why it goes.
"""

from datetime import date, datetime

from dateutil.relativedelta import relativedelta
from django.db import transaction

from tenir.activite.models import Entree
from tenir.activite.services.entree import GENRE
from tenir.activite.services.registre import hold
from tenir.activite.seuils import note_months
from tenir.core import horloge
from tenir.core.models import EntreeDeTrace
from tenir.core.trace import Auteur, erase
from tenir.core.typographie import accord, pluriel
from tenir.ecran.champs import label
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.services import trace_of

BY = Auteur(commande="tâche de fond : notes du registre")
WHY = "Notes du registre gardées le temps prévu, puis vidées."


def empty_old_notes(now: datetime) -> str:
    """Empty the notes of entries older than a note is kept: a task of the night."""
    done = sum(_empty(espace) for espace in EspaceDeContrat.objects.filter(entrees__note__gt="").distinct())
    return f"{pluriel(done, 'note', genre='f')} {accord(done, 'vidée')}."


@transaction.atomic
def _empty(espace: EspaceDeContrat) -> int:
    hold(espace)
    today = horloge.today(espace)
    old = Entree.objects.of(espace).filter(fin__lt=_kept_since(today)).exclude(note="")
    codes = [str(numero) for numero in old.values_list("numero", flat=True)]
    old.update(note="")
    chaine = trace_of(espace)
    told = EntreeDeTrace.objects.filter(
        chaine__nom=chaine, genre=GENRE, objet__in=codes, champ=label("note", Entree), efface=False
    )
    erase(chaine, told.values_list("rang", flat=True), BY, motif=WHY)
    return len(codes)


def _kept_since(today: date) -> date:
    """The first day whose notes are kept."""
    return today - relativedelta(months=note_months(today))
