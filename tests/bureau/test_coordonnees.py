"""« Mes coordonnées »: one corrects one's own; a new sign-in address is proved by a code, the former one is told."""

import re
from collections.abc import Callable

import lxml.html
import pytest
from allauth.account.models import EmailAddress
from django.core.mail import EmailMessage
from django.test import Client
from django.urls import reverse

from tenir.acteurs.models import Personne, Utilisateur
from tenir.core.models import EntreeDeTrace
from tests.personnes import person

As = Callable[[str], Client]
NEW = "nouvelle@exemple.test"


def sent(client: Client, url: str, **typed: str) -> str:
    """The form of a page, with what is typed over what it holds."""
    forms = lxml.html.fromstring(client.get(url).content).forms
    form = next(one for one in forms if one.method == "POST" and not one.action)
    given = {name: value or "" for name, value in form.form_values()} | typed
    return client.post(url, given, follow=True).content.decode().replace("\xa0", " ")


def code_in(message: EmailMessage) -> str:
    found = re.search(r"\b\d{6}\b", str(message.body))
    assert found
    return found[0]


@pytest.fixture
def me(as_: As, people: dict[str, Personne]) -> tuple[Client, Personne]:
    """A reader, signed in."""
    return as_("lecture"), people["lecture"]


def test_one_corrects_one_s_name_and_telephone_at_once(me: tuple[Client, Personne]) -> None:
    client, personne = me
    assert "corrigées" in sent(client, reverse("mes-coordonnees"), nom="Nom Corrigé", telephone="01")
    personne.refresh_from_db()
    assert (personne.nom, personne.telephone) == ("Nom Corrigé", "01")
    sent(client, reverse("mes-coordonnees"), telephone="")
    personne.refresh_from_db()
    assert personne.telephone == ""
    assert EntreeDeTrace.objects.filter(genre="personne", objet=str(personne.pk), champ="téléphone").count() == 2


def test_a_new_address_is_written_once_its_code_is_given_and_the_former_one_is_told(
    me: tuple[Client, Personne], mailoutbox: list[EmailMessage]
) -> None:
    client, personne = me
    before = personne.email
    EmailAddress.objects.create(user=personne.utilisateur, email=before, primary=True, verified=True)
    assert f"envoyé à {NEW}" in sent(client, reverse("mes-coordonnees"), email=NEW)
    personne.refresh_from_db()
    assert personne.email == before, "nothing is written before the code"
    assert [one.to for one in mailoutbox] == [[NEW]]
    told = sent(client, reverse("mes-coordonnees"), code=code_in(mailoutbox[0]))
    assert f"désormais {NEW}" in told
    personne.refresh_from_db()
    assert (personne.email, personne.utilisateur.email) == (NEW, NEW)
    assert not EmailAddress.objects.filter(email=before).exists(), "the former address signs in no more"
    assert [one.to for one in mailoutbox[1:]] == [[before]]


def test_three_wrong_codes_and_it_is_over(me: tuple[Client, Personne], mailoutbox: list[EmailMessage]) -> None:
    client, personne = me
    sent(client, reverse("mes-coordonnees"), email=NEW)
    for _ in range(3):
        assert client.post(reverse("mes-coordonnees"), {"code": "x"}).status_code == 422
    assert "Ce code ne vaut plus" in client.get(reverse("mes-coordonnees")).content.decode()
    client.post(reverse("mes-coordonnees"), {"code": code_in(mailoutbox[0])})
    personne.refresh_from_db()
    assert personne.email != NEW


def test_a_code_is_that_of_the_address_it_was_sent_to(
    me: tuple[Client, Personne], mailoutbox: list[EmailMessage]
) -> None:
    client, _ = me
    sent(client, reverse("mes-coordonnees"), email=NEW)
    assert "n’a pas changé" in sent(client, reverse("mes-coordonnees"), renoncer="1")
    sent(client, reverse("mes-coordonnees"), email="autre@exemple.test")
    assert "n’est pas le bon" in sent(client, reverse("mes-coordonnees"), code=code_in(mailoutbox[0]))


def test_the_address_of_another_account_is_refused_once_proved(
    me: tuple[Client, Personne], people: dict[str, Personne], mailoutbox: list[EmailMessage]
) -> None:
    client, personne = me
    page = sent(client, reverse("mes-coordonnees"), email=people["voisin"].email.upper())
    assert "Un compte existe" not in page, "who asks does not learn who has an account"
    assert "Un compte existe" in sent(client, reverse("mes-coordonnees"), code=code_in(mailoutbox[0]))
    assert Utilisateur.objects.filter(pk=personne.utilisateur_id, email=personne.email).exists()


def test_codes_are_not_asked_for_without_end(me: tuple[Client, Personne], mailoutbox: list[EmailMessage]) -> None:
    client, _ = me
    for rank in range(6):
        page = sent(client, reverse("mes-coordonnees"), email=f"n{rank}@exemple.test")
        assert ("Trop de codes" in page) == (rank == 5)
        sent(client, reverse("mes-coordonnees"), renoncer="1")
    assert len(mailoutbox) == 5


def test_the_administration_corrects_anyone_and_both_addresses_are_told(
    as_: As, people: dict[str, Personne], mailoutbox: list[EmailMessage]
) -> None:
    someone = people["voisin"]
    before, url = someone.email, reverse("personne-corriger", args=[someone.pk])
    assert "corrigées" in sent(as_("administration"), url, email=NEW)
    someone.refresh_from_db()
    assert (someone.email, someone.utilisateur.email) == (NEW, NEW)
    assert sorted(one.to[0] for one in mailoutbox) == sorted([before, NEW])
    known = person("Ida Connue", signs_in=False)
    sent(as_("administration"), reverse("personne-corriger", args=[known.pk]), email="", nom="Ida Essai")
    known.refresh_from_db()
    assert (known.nom, known.email) == ("Ida Essai", "")
    assert len(mailoutbox) == 2
    assert as_("equipe").get(url).status_code == 403
