"""What a convocation and a poll say, written when they leave: as the meeting, or the poll, stands then."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from tenir.acteurs.models import Personne
from tenir.core import horloge
from tenir.core.lettre import Message, PieceJointe
from tenir.core.noms import designe
from tenir.core.typographie import capital, date_fr
from tenir.gouvernance.agenda import Invitation, write
from tenir.gouvernance.compte_rendu import minutes_of
from tenir.gouvernance.enums import EtatDeReunion
from tenir.gouvernance.models import Convocation, OrganismeSonde, Reunion
from tenir.gouvernance.services import sondages
from tenir.gouvernance.services.comptes_rendus import COMPTE_RENDU
from tenir.gouvernance.services.liens import token_of
from tenir.gouvernance.services.reunions import CONVOCATION
from tenir.habilitations.correspondance import name_of, sender_of, team_of
from tenir.habilitations.models import Referent

FICTIF = " (contrat fictif, pour la démonstration)"
CALENDAR = "text/calendar"
NO_CONTACT = "Cette personne n’est plus un contact de l’organisme."


def write_convocation(cible: str, now: datetime) -> Message | str:
    """The message to a contact of a body invited; or why it must not leave any more."""
    number, _, person = cible.partition("/")
    rows = Convocation.objects.select_related(
        "reunion__espace", "reunion__instance__instance", "reunion__creee_par", "organisation"
    )
    found, someone = rows.filter(pk=number).first(), Personne.objects.filter(pk=person).first()
    if found is None or someone is None or not someone.email:
        return "Cet organisme n’est plus convoqué, ou cette personne n’a plus d’adresse."
    with horloge.zone(found.reunion.espace):
        return _written(found, someone)


def _written(convocation: Convocation, someone: Personne) -> Message | str:
    reunion, today = convocation.reunion, horloge.today(convocation.reunion.espace)
    here = Referent.objects.filter(espace=reunion.espace, personne=someone, organisation=convocation.organisation)
    if not here.current(today).exists():
        return NO_CONTACT
    if reunion.jour < today or reunion.etat == EtatDeReunion.TENUE:
        return "La réunion est passée."
    name = "annulation" if reunion.etat == EtatDeReunion.ANNULEE else "convocation"
    text = render_to_string(f"gouvernance/courriels/{name}.txt", _given(convocation))
    file = PieceJointe(
        "reunion.ics", write(reunion.espace, [reunion], invitation=_inviting(reunion, someone)), CALENDAR
    )
    return Message(someone.email, _subject(reunion), text, sender_of(reunion.espace, reunion.creee_par), pieces=(file,))


def _inviting(reunion: Reunion, someone: Personne) -> Invitation | None:
    """Who invites her by the file: the public contact of the contract, which receives what calendars answer, if any."""
    mail = reunion.espace.contact_courriel
    return Invitation(mail, name_of(reunion.espace), someone.email) if mail and someone.email else None


def write_minutes(cible: str, now: datetime) -> Message | str:
    """The minutes, to a contact of a body that was invited; or why they must not leave any more."""
    number, _, person = cible.partition("/")
    rows = Convocation.objects.select_related(
        "reunion__espace", "reunion__instance__instance", "reunion__creee_par", "organisation"
    )
    found, someone = rows.filter(pk=number).first(), Personne.objects.filter(pk=person).first()
    if found is None or someone is None or not someone.email:
        return "Cet organisme n’était pas convoqué, ou cette personne n’a plus d’adresse."
    with horloge.zone(found.reunion.espace):
        return _minutes(found, someone)


def _minutes(convocation: Convocation, someone: Personne) -> Message | str:
    from tenir.core.documents import word

    reunion, today = convocation.reunion, horloge.today(convocation.reunion.espace)
    here = Referent.objects.filter(espace=reunion.espace, personne=someone, organisation=convocation.organisation)
    if not here.current(today).exists():
        return NO_CONTACT
    if reunion.diffuse_le is None or reunion.approuve_en_id:
        return "Le compte rendu n’est plus à corriger."
    lien = _at("convocation-correction", convocation)
    text = render_to_string("gouvernance/courriels/compte_rendu.txt", _given(convocation) | {"lien": lien})
    file = PieceJointe("compte-rendu.docx", word.write(minutes_of(reunion)), word.MIME)
    subject = f"compte rendu à relire : {reunion.instance.nom}, le {date_fr(reunion.jour)}"
    return Message(someone.email, subject, text, sender_of(reunion.espace, reunion.creee_par), pieces=(file,))


def _at(name: str, convocation: Convocation) -> str:
    return f"{settings.ADRESSE}{reverse(name, args=[token_of(convocation)])}"


def _subject(reunion: Reunion) -> str:
    what = f"{reunion.instance.nom}, le {date_fr(reunion.jour)}"
    if reunion.etat == EtatDeReunion.ANNULEE:
        return f"réunion annulée : {what}"
    return f"changement : {what}" if reunion.sequence else f"vous êtes convoqués : {what}"


def _given(convocation: Convocation) -> dict[str, Any]:
    reunion = convocation.reunion
    team = team_of(reunion.espace)
    hours = reunion.heures
    return {
        "reunion": reunion,
        "equipe": capital(team),
        "fictif": FICTIF if reunion.espace.fictif else "",
        "organisme": designe(convocation.organisation.nom),
        "quand": f"{date_fr(reunion.jour)}{f', de {hours}' if reunion.fin else f', à {hours}' if hours else ''}",
        "points": list(reunion.points.with_subjects()),
        "change": bool(reunion.sequence),
        "lien": _at("convocation", convocation),
        "dossier": _at("convocation-dossier", convocation) if reunion.dossiers.exists() else "",
    }


def write_poll(cible: str, _now: datetime) -> Message | str:
    """The message that asks a contact of a body when it can come; or why it must not leave any more."""
    number, _, person = cible.partition("/")
    rows = OrganismeSonde.objects.select_related(
        "sondage__espace", "sondage__instance__instance", "sondage__reunion", "sondage__cree_par", "organisation"
    )
    found, someone = rows.filter(pk=number).first(), Personne.objects.filter(pk=person).first()
    if found is None or someone is None or not someone.email:
        return "Cet organisme n’est plus sondé, ou cette personne n’a plus d’adresse."
    poll = found.sondage
    with horloge.zone(poll.espace):
        here = Referent.objects.filter(espace=poll.espace, personne=someone, organisation=found.organisation)
        if not here.current(horloge.today(poll.espace)).exists():
            return NO_CONTACT
        if closed := sondages.why_closed(poll):
            return closed
        text = render_to_string("gouvernance/courriels/sondage.txt", _asked(found))
        return Message(someone.email, f"quelle date pour : {poll}", text, sender_of(poll.espace, poll.cree_par))


def _asked(sonde: OrganismeSonde) -> dict[str, Any]:
    poll = sonde.sondage
    return {
        "sondage": poll,
        "equipe": capital(team_of(poll.espace)),
        "fictif": FICTIF if poll.espace.fictif else "",
        "organisme": designe(sonde.organisation.nom),
        "dates": list(poll.dates.all()),
        "avant": poll.reponse_avant,
        "lien": f"{settings.ADRESSE}{reverse('sondage-reponse', args=[sondages.token_of(sonde)])}",
    }


MESSAGES = {CONVOCATION: write_convocation, COMPTE_RENDU: write_minutes, sondages.MESSAGE: write_poll}
NOMS = {
    CONVOCATION: "Convocation",
    COMPTE_RENDU: "Compte rendu à relire",
    sondages.MESSAGE: "Sondage de date",
}
