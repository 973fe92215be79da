"""What the messages of dossiers say, written when they leave."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from tenir.acteurs.models import Personne
from tenir.appels.enums import EtatDeDossier, EtatDeReport
from tenir.appels.models import DemandeDInstruction, DossierDeDemande, PartDemandee, ReportDeDates
from tenir.appels.services.attendus import due_on, report_of
from tenir.appels.services.instruction import told_of
from tenir.appels.services.lecture import contacts_of
from tenir.appels.services.liens import token_of, token_of_reading, why_not_read
from tenir.appels.services.messages import DATES, DECISION, INSTRUCTION, LIEN, RAPPEL, RECU, REPRISE
from tenir.core import horloge
from tenir.core.lettre import Message
from tenir.core.noms import designe
from tenir.core.typographie import capital, date_fr
from tenir.habilitations.correspondance import sender_of, team_of
from tenir.habilitations.models import EspaceDeContrat

GONE = "Ce dossier a été effacé, ou son adresse."


def write_link(cible: str, now: datetime) -> Message | str:
    """The link of a dossier, to whoever asked for it."""
    return _written(cible, "lien", "le lien de votre dossier")


def write_receipt(cible: str, now: datetime) -> Message | str:
    """The receipt of what was sent, or withdrawn."""
    return _written(cible, "recu", "")


def _written(cible: str, template: str, what: str) -> Message | str:
    found = DossierDeDemande.objects.select_related("espace", "appel").filter(pk=cible).first()
    if found is None or not found.courriel:
        return GONE
    sent = found.etat == EtatDeDossier.DEPOSE
    with horloge.zone(found.espace):
        given = {
            "dossier": found,
            "depose": sent,
            "jour": date_fr(found.depose_le) if found.depose_le else "",
            "limite": date_fr(found.limite),
            "lien": f"{settings.ADRESSE}{reverse('dossier', args=[token_of(found)])}",
            "fictif": _fictif(found.espace),
        }
        text = render_to_string(f"appels/courriels/{template}.txt", given)
    subject = f"{what or ('récépissé' if sent else 'retrait')} : dossier {found.code}"
    return Message(found.courriel, subject, text, sender_of(found.espace))


def write_decision(cible: str, now: datetime) -> Message | str:
    """What a funder decided, with its reason."""
    number, _, part = cible.partition("/")
    rows = PartDemandee.objects.select_related("dossier__espace", "dossier__appel", "financeur")
    found = rows.filter(pk=int(part), dossier=int(number)).first()
    if found is None or not found.dossier.courriel:
        return GONE
    if not found.suite:
        return "Cette décision a été annulée."
    dossier = found.dossier
    with horloge.zone(dossier.espace):
        lien = f"{settings.ADRESSE}{reverse('dossier', args=[token_of(dossier)])}"
        given = {
            "part": found,
            "dossier": dossier,
            "dit": told_of(found),
            "lien": lien,
            "fictif": _fictif(dossier.espace),
        }
        text = render_to_string("appels/courriels/decision.txt", given)
    subject = f"réponse d’un financeur : dossier {dossier.code}"
    return Message(dossier.courriel, subject, text, sender_of(dossier.espace))


def _fictif(espace: EspaceDeContrat) -> str:
    return " (contrat fictif, pour la démonstration)" if espace.fictif else ""


def write_dates(cible: str, now: datetime) -> Message | str:
    """What becomes of other days that were asked for."""
    number, _, report = cible.partition("/")
    rows = ReportDeDates.objects.select_related("dossier__espace", "dossier__appel")
    found = rows.filter(pk=int(report), dossier=int(number)).first()
    if found is None or not found.dossier.courriel:
        return GONE
    if found.etat == EtatDeReport.A_LIRE:
        return "Cette réponse a été annulée."
    dossier = found.dossier
    with horloge.zone(dossier.espace):
        given = {
            "report": found, "dossier": dossier, "debut": date_fr(found.debut), "fin": date_fr(found.fin),
            "accepte": found.etat == EtatDeReport.ACCEPTE, "fictif": _fictif(dossier.espace),
            "lien": f"{settings.ADRESSE}{reverse('dossier', args=[token_of(dossier)])}",
        }  # fmt: skip
        text = render_to_string("appels/courriels/dates.txt", given)
    return Message(dossier.courriel, f"dates de l’action : dossier {dossier.code}", text, sender_of(dossier.espace))


def write_reminder(cible: str, now: datetime) -> Message | str:
    """That a report is due; or why nothing must leave any more."""
    number, _, _stage = cible.partition("/")
    found = DossierDeDemande.objects.select_related("espace", "appel").filter(pk=number).first()
    if found is None or not found.courriel:
        return GONE
    if report_of(found).est_remis:
        return "Ce compte rendu est remis."
    with horloge.zone(found.espace):
        due = due_on(found)
        given = {"avant": date_fr(due), "retard": due < horloge.day_of(now)}
        return _about_report(found, "rappel", "le compte rendu de votre action", **given)


def write_again(cible: str, now: datetime) -> Message | str:
    """What the team wants said again in a report."""
    number, _, _version = cible.partition("/")
    found = DossierDeDemande.objects.select_related("espace", "appel").filter(pk=number).first()
    if found is None or not found.courriel:
        return GONE
    reprise = report_of(found).reprise
    if not reprise:
        return "Ce compte rendu n’est plus à compléter."
    with horloge.zone(found.espace):
        return _about_report(found, "reprise", "votre compte rendu est à compléter", reprise=reprise)


def _about_report(dossier: DossierDeDemande, template: str, subject: str, **more: Any) -> Message:
    lien = f"{settings.ADRESSE}{reverse('dossier-compte-rendu', args=[token_of(dossier)])}"
    given = {"dossier": dossier, "fictif": _fictif(dossier.espace), "lien": lien, **more}
    text = render_to_string(f"appels/courriels/compte_rendu_{template}.txt", given)
    return Message(dossier.courriel, f"{subject} : dossier {dossier.code}", text, sender_of(dossier.espace))


def write_reading(cible: str, now: datetime) -> Message | str:
    """The link of a funder that reads, to one of its contacts; or why it must not leave any more."""
    number, _, person = cible.partition("/")
    rows = DemandeDInstruction.objects.select_related("appel__espace", "financeur")
    found, someone = rows.filter(pk=number).first(), Personne.objects.filter(pk=person).first()
    if found is None or someone is None or not someone.email:
        return "Cette demande n’est plus, ou cette personne n’a plus d’adresse."
    with horloge.zone(found.espace):
        if someone not in contacts_of(found):
            return "Cette personne n’est plus un contact de l’organisme."
        return why_not_read(found) or _reading(found, someone)


def _reading(demande: DemandeDInstruction, someone: Personne) -> Message:
    given = {
        "equipe": capital(team_of(demande.espace)),
        "fictif": _fictif(demande.espace),
        "organisme": designe(demande.financeur.nom),
        "appel": demande.appel,
        "avant": date_fr(demande.close_le),
        "lien": f"{settings.ADRESSE}{reverse('instruction', args=[token_of_reading(demande)])}",
    }
    text = render_to_string("appels/courriels/instruction.txt", given)
    subject = f"des dossiers à lire : {demande.appel.titre}"
    return Message(someone.email, subject, text, sender_of(demande.espace, None))


MESSAGES = {
    LIEN: write_link,
    RECU: write_receipt,
    DECISION: write_decision,
    INSTRUCTION: write_reading,
    DATES: write_dates,
}
MESSAGES |= {RAPPEL: write_reminder, REPRISE: write_again}
NOMS = {
    LIEN: "Lien d’un dossier de demande",
    RECU: "Récépissé d’un dossier de demande",
    DECISION: "Réponse d’un financeur à un dossier",
    RAPPEL: "Compte rendu attendu",
    REPRISE: "Compte rendu à compléter",
    DATES: "Réponse à un changement de dates",
    INSTRUCTION: "Dossiers à lire par un financeur",
}
