"""Every signatory receives its statement by one gesture: previewed, stopped in time, never twice, with its receipt."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tenir.acteurs.models import Personne
from tenir.core.courriels import send_due
from tenir.core.marques import Perime
from tenir.core.models import Courriel, EntreeDeTrace
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces, Refus, acces_of
from tenir.points.models import EnvoiDesEtats, EtatRemis, RefusDeSollicitation
from tenir.points.services.etats import (
    EnvoiRefuse,
    plan_of_statements,
    send_one_again,
    send_statements,
    shown,
    stop_statements,
    token_of,
)
from tests.personnes import person, referent
from tests.vie import engagement

As = Callable[[str], Client]
pytestmark = pytest.mark.deux_bases


@pytest.fixture
def signed(vallon: EspaceDeContrat, caf: Personne) -> EspaceDeContrat:
    """The CAF promised two things and has someone to write to; the mairie one, and has nobody."""
    engagement(vallon, "S01-E01", of="caf", etat="tenu")
    engagement(vallon, "S01-E02", of="caf")
    engagement(vallon, "S02-E01", of="mairie")
    return vallon


@pytest.fixture
def team(people: dict[str, Personne]) -> Acces:
    return acces_of(people["equipe"])


def later() -> None:
    """The messages leave."""
    send_due(timezone.now() + timedelta(minutes=20))


def text(answer: Any) -> str:
    return answer.content.decode().replace("\xa0", " ").replace("&nbsp;", " ")


def test_the_preview_says_who_receives_what_and_who_receives_nothing(as_: As, signed: EspaceDeContrat) -> None:
    html = text(as_("equipe").get(reverse("etats-envoyer", args=[signed.slug])))
    assert "Un signataire sur 2 reçoit l’état de ses engagements." in html
    assert "ida-relais@exemple.test" in html
    assert "MAIRIE : aucun contact avec une adresse." in html
    assert not Courriel.objects.exists()


def test_one_gesture_gives_each_its_statement_and_a_receipt(as_: As, signed: EspaceDeContrat) -> None:
    client = as_("equipe")
    answer = client.post(reverse("etats-envoyer", args=[signed.slug]), {"mot": "Merci à tous."}, follow=True)
    assert "remis à personne" in text(answer)
    send_due(timezone.now())
    assert mail.outbox == []
    later()
    (message,) = mail.outbox
    assert message.to == ["ida-relais@exemple.test"]
    body = message.body.replace("\xa0", " ")
    assert "Merci à tous." in body
    assert "Deux engagements au contrat : 1 tenu en tout ou en partie" in body
    given = EtatRemis.objects.get(personne__isnull=False)
    link = f"/etat/{token_of(given)}/"
    assert link in body
    visitor = as_("visiteur")
    assert "J’ai bien reçu" in text(visitor.get(link))
    assert visitor.get(f"{link}etat.pdf")["Content-Type"] == "application/pdf"
    given.refresh_from_db()
    assert given.accuse_le is None
    visitor.post(f"{link}recu/")
    given.refresh_from_db()
    assert given.accuse_le is not None
    receipts = text(as_("equipe").get(reverse("etats-envoi", args=[signed.slug, given.envoi_id])))
    assert "bien reçu" in receipts
    assert EntreeDeTrace.objects.filter(genre="état des engagements").count() == 2


def test_a_double_tap_or_a_second_person_sends_nothing_twice(signed: EspaceDeContrat, team: Acces) -> None:
    envoi = send_statements(by=team, espace=signed)
    with pytest.raises(EnvoiRefuse, match="déjà envoyés aujourd’hui"):
        send_statements(by=team, espace=signed)
    with pytest.raises(IntegrityError), transaction.atomic():
        EnvoiDesEtats.objects.create(
            espace=signed, le=envoi.le, cree_par=team.personne, cree_le=envoi.cree_le, part_le=envoi.part_le
        )
    later()
    later()
    assert len(mail.outbox) == 1


def test_it_is_stopped_before_anything_leaves_and_may_then_be_done_again(signed: EspaceDeContrat, team: Acces) -> None:
    envoi = send_statements(by=team, espace=signed)
    stop_statements(by=team, envoi=envoi)
    later()
    assert mail.outbox == []
    with pytest.raises(EnvoiRefuse, match="déjà arrêté"):
        stop_statements(by=team, envoi=envoi)
    send_statements(by=team, espace=signed)
    later()
    assert len(mail.outbox) == 1


def test_what_has_left_is_not_stopped(signed: EspaceDeContrat, team: Acces) -> None:
    envoi = send_statements(by=team, espace=signed)
    later()
    with pytest.raises(EnvoiRefuse, match="déjà partis"):
        stop_statements(by=team, envoi=envoi)
    envoi.refresh_from_db()
    assert envoi.arrete_le is None


def test_who_would_receive_it_changed_since_the_preview(signed: EspaceDeContrat, team: Acces) -> None:
    read = shown(plan_of_statements(signed, timezone.localdate()))
    referent(person("Léa Mairie", signs_in=False), signed, of="mairie")
    with pytest.raises(Perime):
        send_statements(by=team, espace=signed, lu=read)
    assert not EnvoiDesEtats.objects.exists()


def test_a_body_where_nobody_was_known_is_given_its_statement_once_somebody_is(
    as_: As, signed: EspaceDeContrat, team: Acces
) -> None:
    envoi = send_statements(by=team, espace=signed)
    missing = envoi.remises.get(personne=None)
    with pytest.raises(EnvoiRefuse, match="aucun contact avec une adresse"):
        send_one_again(by=team, remise=missing)
    referent(person("Léa Mairie", signs_in=False), signed, of="mairie")
    as_("equipe").post(reverse("etats-renvoyer", args=[signed.slug, envoi.pk, missing.pk]))
    later()
    assert {message.to[0] for message in mail.outbox} == {"ida-relais@exemple.test", "lea-mairie@exemple.test"}


def test_a_statement_refused_by_its_address_is_sent_again_and_one_that_left_is_not(
    signed: EspaceDeContrat, team: Acces
) -> None:
    envoi = send_statements(by=team, espace=signed)
    given = envoi.remises.get(personne__isnull=False)
    Courriel.objects.update(etat=Courriel.Etat.REFUSE, erreur="boîte fermée")
    send_one_again(by=team, remise=given)
    later()
    assert len(mail.outbox) == 1
    with pytest.raises(EnvoiRefuse, match="est parti"):
        send_one_again(by=team, remise=given)


def test_whoever_asked_not_to_be_asked_any_more_receives_nothing(
    signed: EspaceDeContrat, team: Acces, caf: Personne
) -> None:
    send_statements(by=team, espace=signed)
    RefusDeSollicitation.objects.create(espace=signed, personne=caf)
    later()
    assert mail.outbox == []
    assert Courriel.objects.get().etat == Courriel.Etat.ANNULE


@pytest.mark.parametrize("ended", [{"expire_le": timezone.now() - timedelta(days=1)}, {"revoque_le": timezone.now()}])
def test_a_link_that_is_over_opens_nothing(
    as_: As, signed: EspaceDeContrat, team: Acces, ended: dict[str, object]
) -> None:
    given = send_statements(by=team, espace=signed).remises.get(personne__isnull=False)
    EtatRemis.objects.filter(pk=given.pk).update(**ended)
    link = f"/etat/{token_of(given)}/"
    assert as_("visiteur").get(link).status_code == 410
    assert as_("visiteur").post(f"{link}recu/").status_code == 410


def test_only_the_team_sends_them(signed: EspaceDeContrat, people: dict[str, Personne]) -> None:
    for who in ("lecture", "partenaire", "copilote"):
        with pytest.raises(Refus):
            send_statements(by=acces_of(people[who]), espace=signed)
