"""The message that carries the link of a carnet, written when it leaves."""

from datetime import datetime

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from tenir.activite.ecrans.carnet.mois import waiting
from tenir.activite.models import LienDeCarnet
from tenir.activite.services.liens_de_carnet import OF_IT, token_of, why_not_written
from tenir.core import horloge
from tenir.core.lettre import Message, left_in_one_click
from tenir.core.noms import de
from tenir.core.typographie import capital, date_fr, pluriel
from tenir.habilitations.correspondance import sender_of, team_of


def write_link(cible: str, now: datetime) -> Message | str:
    """The letter of a carnet: its link, what waits to be confirmed; or why it must not leave any more."""
    lien = LienDeCarnet.objects.select_related(*OF_IT).filter(pk=cible).first()
    if lien is None:
        return "Ce carnet n’existe plus."
    if why := why_not_written(lien.carnet):
        return why
    with horloge.zone(lien.carnet.espace):
        return _written(lien)


def _written(lien: LienDeCarnet) -> Message:
    carnet = lien.carnet
    espace, count = carnet.espace, len(waiting(carnet))
    stop = f"{settings.ADRESSE}{reverse('mon-carnet-ne-plus', args=[token_of(lien)])}"
    body = carnet.organisme.nom
    given = {
        "equipe": capital(team_of(espace)),
        "fictif": " (contrat fictif, pour la démonstration)" if espace.fictif else "",
        "de_l_organisme": de(body),
        "attendues": pluriel(count, "séance", genre="f", lettres=True) if count else "",
        "lien": f"{settings.ADRESSE}{reverse('mon-carnet', args=[token_of(lien)])}",
        "jusqu_au": date_fr(horloge.day_of(lien.expire_le, espace)),
        "ne_plus": stop,
    }
    asked = f", {given['attendues']} à confirmer" if count else ""
    text = render_to_string("activite/carnet/courriel.txt", given)
    return Message(carnet.personne.email, f"votre carnet{asked}", text, sender_of(espace), left_in_one_click(stop))
