"""What the messages say, written when they leave: to a body, what it is asked; to whoever sent it, its fate."""

from datetime import datetime

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from tenir.acteurs.models import Personne
from tenir.core import horloge
from tenir.core.lettre import Message
from tenir.core.noms import designe
from tenir.core.typographie import capital, date_fr
from tenir.gouvernance.services.reunions import contacts_of_council
from tenir.habilitations.correspondance import sender_of, team_of
from tenir.habilitations.models import Referent
from tenir.preconisations.ecrans.commun import sentence_of
from tenir.preconisations.enums import EtatDePreconisation, Origine
from tenir.preconisations.models import Preconisation
from tenir.preconisations.services.liens import answer_token, follow_token
from tenir.preconisations.services.messages import CONSEIL, DEMANDE, RAPPEL_DE_REPONSE, SUIVI
from tenir.preconisations.services.repondre import why_not_reopened

NO_CONTACT = "Cette personne n’est plus un contact de l’organisme qui répond."
SETTLED = "Aucune réponse n’est plus attendue."


def write_request(cible: str, now: datetime) -> Message | str:
    """The message to a contact of the body that answers; or why it must not leave any more."""
    return _to_body(cible, reminder=False)


def write_reminder(cible: str, now: datetime) -> Message | str:
    """The same, before its day or once it is past."""
    return _to_body(cible, reminder=True)


def _to_body(cible: str, *, reminder: bool) -> Message | str:
    number, _, person = cible.partition("/")
    found = Preconisation.objects.select_related("espace", "organisme").filter(pk=number).first()
    someone = Personne.objects.filter(pk=person).first()
    if found is None or someone is None or not someone.email:
        return NO_CONTACT
    with horloge.zone(found.espace):
        return _asked(found, someone, reminder=reminder)


def _asked(found: Preconisation, someone: Personne, *, reminder: bool) -> Message | str:
    today = horloge.today(found.espace)
    here = Referent.objects.filter(espace=found.espace, personne=someone, organisation=found.organisme)
    if not here.current(today).exists():
        return NO_CONTACT
    if not found.is_expected or found.organisme is None or found.echeance is None:
        return SETTLED
    late = found.is_late(today)
    given = _given(found) | {
        "organisme": designe(found.organisme.nom),
        "quand": date_fr(found.echeance),
        "retard": late,
        "rappel": reminder,
        "lien": f"{settings.ADRESSE}{reverse('preconisation-reponse', args=[answer_token(found)])}",
    }
    text = render_to_string("preconisations/courriels/demande.txt", given)
    what = "réponse en retard" if late else "rappel" if reminder else "votre réponse est attendue"
    subject = f"{what} : préconisation {found.code}, avant le {date_fr(found.echeance)}"
    return Message(someone.email, subject, text, sender_of(found.espace))


def write_news(cible: str, now: datetime) -> Message | str:
    """What became of what someone sent, to the address that she left."""
    found = Preconisation.objects.select_related("espace", "organisme").filter(pk=cible).first()
    if found is None or not found.courriel:
        return "L’adresse de suivi a été effacée."
    with horloge.zone(found.espace):
        last = found.reponses.order_by("-le", "-pk").first()
        lien = f"{settings.ADRESSE}{reverse('preconisation-suivie', args=[follow_token(found)])}"
        told = {"phrase": sentence_of(found), "reponse": last, "lien": lien}
        text = render_to_string("preconisations/courriels/suivi.txt", _given(found) | told)
    received = found.etat == EtatDePreconisation.A_LIRE
    subject = f"{'reçue' if received else 'des nouvelles'} : votre préconisation {found.code}"
    return Message(found.courriel, subject, text, sender_of(found.espace))


def write_to_council(cible: str, now: datetime) -> Message | str:
    """What became of what the council asked, to one of its contacts, with the link by which it reopens it once."""
    number, _, person = cible.partition("/")
    found = Preconisation.objects.select_related("espace", "organisme").filter(pk=number).first()
    someone = Personne.objects.filter(pk=person).first()
    if found is None or someone is None or not someone.email:
        return "Cette personne n’est plus un contact du conseil citoyen."
    with horloge.zone(found.espace):
        if someone not in contacts_of_council(found.espace):
            return "Cette personne n’est plus un contact du conseil citoyen."
        if found.niveau or found.origine != Origine.CONSEIL:
            return "Cette préconisation n’est plus publiée, ou n’est pas du conseil."
        last = found.reponses.order_by("-le", "-pk").first()
        lien = f"{settings.ADRESSE}{reverse('preconisation-suivie', args=[follow_token(found)])}"
        again = not why_not_reopened(found, by_link=True)
        told = {"phrase": sentence_of(found), "reponse": last, "lien": lien, "rouvrir": again}
        text = render_to_string("preconisations/courriels/conseil.txt", _given(found) | told)
    subject = f"{'des nouvelles' if last else 'reçue'} : préconisation {found.code} du conseil citoyen"
    return Message(someone.email, subject, text, sender_of(found.espace))


def _given(found: Preconisation) -> dict[str, object]:
    fictif = " (contrat fictif, pour la démonstration)" if found.espace.fictif else ""
    return {"preconisation": found, "equipe": capital(team_of(found.espace)), "fictif": fictif}


MESSAGES = {DEMANDE: write_request, RAPPEL_DE_REPONSE: write_reminder, CONSEIL: write_to_council, SUIVI: write_news}
NOMS = {
    DEMANDE: "Demande de réponse à une préconisation",
    RAPPEL_DE_REPONSE: "Rappel d’une préconisation",
    CONSEIL: "Suite d’une préconisation, au conseil citoyen",
    SUIVI: "Suite d’une préconisation, à qui l’a envoyée",
}
