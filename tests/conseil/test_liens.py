"""The links of the council: a candidate withdraws by hers; an opinion is asked by a message."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from tenir.acteurs.models import Organisation
from tenir.conseil.models import Candidature
from tenir.conseil.services.appels import freeze
from tenir.conseil.services.effacement import due
from tenir.conseil.services.liens import find, token_of, withdraw
from tenir.conseil.services.messages import bring, send_again
from tenir.core import horloge
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces
from tenir.habilitations.roles import Role
from tests.conseil.appels import appel, avis, candidat, clos
from tests.lettres import leave
from tests.personnes import acces, body, person, referent

pytestmark = pytest.mark.deux_bases


def council(espace: EspaceDeContrat) -> None:
    """The council has a contact with an address."""
    body("conseil")
    Organisation.objects.filter(identifiant="conseil").update(nature="conseil citoyen")
    referent(person("Nina Conseillère", signs_in=False), espace, of="conseil")


def test_a_candidate_is_given_a_link_and_withdraws_by_it(colline: EspaceDeContrat, client: Client) -> None:
    found = appel(acces("Basile Fictif", Role.EQUIPE, colline), colline)
    given = {"nom": "Zélie Fictive", "contact": "z@exemple.test", "college": "habitants", "sexe": "F"}
    page = client.post(reverse("candidater", args=[colline.slug, found.numero]), given, follow=True).content.decode()
    one = Candidature.objects.get()
    url = reverse("ma-candidature", args=[token_of(one)])
    assert url in page
    shown = client.get(url).content.decode()
    assert "Retirer ma candidature" in shown
    assert "Zélie" not in shown
    assert "est retirée" in client.post(url, follow=True).content.decode()
    one.refresh_from_db()
    assert one.retiree_le == horloge.today(colline)
    assert one in due(colline, one.retiree_le + timedelta(days=1))


def test_once_the_list_is_frozen_the_link_says_what_to_do(vallon: EspaceDeContrat, equipe: Acces) -> None:
    found = appel(equipe, vallon)
    for sexe in "FFHHFFHH":
        candidat(found, sexe=sexe)
    for sexe in "FHF":
        candidat(found, "acteurs", sexe)
    one = Candidature.objects.order_by("pk")[0]
    freeze(by=equipe, appel=clos(found))
    with pytest.raises(ValidationError, match="figée"):
        withdraw(candidature=one)


def test_a_member_whom_no_call_brought_has_no_link(vallon: EspaceDeContrat, equipe: Acces) -> None:
    found = candidat(appel(equipe, vallon))
    token = token_of(found)
    assert find(token) == found
    Candidature.objects.update(appel=None)
    assert find(token) is None


def test_an_opinion_that_is_asked_leaves_for_the_council_with_its_link(vallon: EspaceDeContrat, equipe: Acces) -> None:
    council(vallon)
    found = avis(equipe, vallon)
    assert bring(found) == 1
    mail.outbox.clear()
    leave(days=1)
    (sent,) = mail.outbox
    assert "/avis/" in sent.body
    assert "vaut avis favorable" in sent.body
    assert send_again(by=equipe, demande=found) == 1
    leave(days=1)
    send_again(by=equipe, demande=found)
    leave(days=1)
    assert len(mail.outbox) == 2


def test_without_a_contact_the_team_is_told_to_give_the_link(vallon: EspaceDeContrat, equipe: Acces) -> None:
    with pytest.raises(ValidationError, match="donnez-lui le lien"):
        send_again(by=equipe, demande=avis(equipe, vallon))


def test_a_request_taken_back_does_not_leave(vallon: EspaceDeContrat, equipe: Acces) -> None:
    council(vallon)
    found = avis(equipe, vallon)
    bring(found)
    mail.outbox.clear()
    found.delete()
    leave(days=1)
    assert mail.outbox == []
