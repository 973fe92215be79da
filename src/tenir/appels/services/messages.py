"""Which messages are asked for: the link of a dossier, the receipt of what was sent or withdrawn; what is erased."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from tenir.appels.enums import EtatDeDossier
from tenir.appels.models import CompteRenduFinancier, DossierDeDemande, PartDemandee, ReportDeDates
from tenir.appels.seuils import BROUILLON_GARDE
from tenir.core import courriels, horloge
from tenir.core.fichiers import forget_once_certain
from tenir.core.models import Courriel
from tenir.core.seuils import in_force
from tenir.core.trace import Auteur, Fait, record
from tenir.core.typographie import accord, pluriel
from tenir.ecran.seuils import undone_until
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.services import trace_of

LIEN, RECU, DECISION = "dossier-lien", "dossier-recu", "dossier-decision"
"""The kinds; `cible` is the dossier, and for the last one « dossier/part »."""
RAPPEL, REPRISE = "compte-rendu-rappel", "compte-rendu-reprise"
"""A report that is due, or given back to be completed; `cible` is « dossier/… »."""
DATES = "dossier-dates"
"""What becomes of other days asked for; `cible` is « dossier/report »."""
INSTRUCTION = "demande-d-instruction"
"""What a funder is asked to read; `cible` is « demande/person »."""
GENRES = (LIEN, RECU)


def send_link(dossier: DossierDeDemande) -> None:
    """Send its link to whoever fills it."""
    if dossier.courriel:
        courriels.enqueue(cle=f"{LIEN}/{dossier.pk}", genre=LIEN, cible=str(dossier.pk))


def tell_last_day(dossier: DossierDeDemande) -> None:
    """Tell whoever still fills it the new last day of its call, once the gesture can be undone no more."""
    if dossier.courriel:
        cle = f"{LIEN}/{dossier.pk}/{dossier.appel.version}"
        courriels.enqueue(cle=cle, genre=LIEN, cible=str(dossier.pk), pas_avant=undone_until(horloge.now()))


def send_receipt(dossier: DossierDeDemande) -> None:
    """Tell whoever fills it that it is sent, or withdrawn."""
    if dossier.courriel:
        courriels.enqueue(cle=f"{RECU}/{dossier.pk}/{dossier.version}", genre=RECU, cible=str(dossier.pk))


def tell_decision(part: PartDemandee) -> None:
    """Tell whoever asked what a funder decided, and why, once the gesture can be undone no more."""
    if not part.dossier.courriel:
        return
    cible = f"{part.dossier_id}/{part.pk}"
    when = undone_until(horloge.now())
    made = courriels.enqueue(cle=f"{DECISION}/{cible}", genre=DECISION, cible=cible, pas_avant=when)
    if made.etat == Courriel.Etat.ANNULE:  # the gesture was undone, and is done again
        courriels.send_again(made, when)


def tell_dates(report: ReportDeDates) -> None:
    """Tell whoever asked whether other days are accepted, and why not, once the gesture can be undone no more."""
    if not report.dossier.courriel:
        return
    cible = f"{report.dossier_id}/{report.pk}"
    when = undone_until(horloge.now())
    made = courriels.enqueue(cle=f"{DATES}/{cible}", genre=DATES, cible=cible, pas_avant=when)
    if made.etat == Courriel.Etat.ANNULE:  # the gesture was undone, and is done again
        courriels.send_again(made, when)


def ask_report_again(report: CompteRenduFinancier) -> None:
    """Tell whoever filled a report what the team wants said again, once the gesture can be undone no more."""
    dossier = report.dossier
    if dossier.courriel:
        cible = f"{dossier.pk}/{report.version}"
        when = undone_until(horloge.now())
        courriels.enqueue(cle=f"{REPRISE}/{cible}", genre=REPRISE, cible=cible, pas_avant=when)


def remind_report(dossier: DossierDeDemande, stage: str) -> None:
    """Remind whoever asked that a report is due; once for each stage."""
    cible = f"{dossier.pk}/{stage}"
    courriels.enqueue(cle=f"{RAPPEL}/{cible}", genre=RAPPEL, cible=cible)


def erase_unsent(now: datetime) -> str:
    """The task of the night that erases dossiers never sent, long after the last day of their call."""
    done = sum(_erase(espace) for espace in EspaceDeContrat.objects.filter(dossiers__depose_le=None).distinct())
    return f"{pluriel(done, 'dossier')} jamais {accord(done, 'déposé')} {accord(done, 'effacé')}."


@transaction.atomic
def _erase(espace: EspaceDeContrat) -> int:
    today = horloge.today(espace)
    before = today - timedelta(days=in_force(BROUILLON_GARDE, today))
    rows = DossierDeDemande.objects.select_for_update(of=("self",)).filter(
        espace=espace, etat=EtatDeDossier.BROUILLON, limite__lt=before
    )
    found = list(rows)
    for one in found:
        for piece in one.pieces.all():
            forget_once_certain(piece.fichier)
        forget_messages([one.pk])
        one.delete()
    if found:
        fact = Fait("dossier de demande", "dossiers", "jamais déposés", str(len(found)), "effacés")
        record(trace_of(espace), Auteur(commande="ménage des dossiers"), [fact])
    return len(found)


def forget_messages(numbers: list[int]) -> None:
    """Call off the messages of some dossiers, and take the address off those that left."""
    told = [f"{one.dossier_id}/{one.pk}" for one in PartDemandee.objects.filter(dossier__in=numbers)]
    moved = [f"{one.dossier_id}/{one.pk}" for one in ReportDeDates.objects.filter(dossier__in=numbers)]
    of_them = Q(genre__in=GENRES, cible__in=[str(one) for one in numbers]) | Q(genre=DECISION, cible__in=told)
    of_them |= Q(genre=DATES, cible__in=moved)
    for one in numbers:
        of_them |= Q(genre__in=(RAPPEL, REPRISE), cible__startswith=f"{one}/")
    sent = Courriel.objects.filter(of_them)
    courriels.cancel(sent)
    sent.update(adresse="")
