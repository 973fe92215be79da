"""The settings of a contract: whom one calls, by which clock it lives; and where the contact shows."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tenir.acteurs.models import Personne
from tenir.contrat.models import Signataire
from tenir.core import horloge
from tenir.core.models import EntreeDeTrace
from tenir.ecran.versions import Conflit
from tenir.engagements.ecrans.etat import document_of
from tenir.engagements.etat import state_of
from tenir.equipe.services.reglages import save_settings
from tenir.habilitations.models import EspaceDeContrat, Invitation
from tenir.habilitations.rights import Acces, Refus
from tenir.points.models import Destinataire, PointDEtape
from tenir.points.services.liens import token_of
from tests.equipe.routes import SECRET, arguments
from tests.points.messages import ask
from tests.vie import engagement

GIVEN = {
    "contact_nom": "Service fictif",
    "contact_telephone": "05 00 00 00 01",
    "contact_courriel": "equipe@exemple.test",
    "fuseau": "Indian/Mayotte",
}


def test_the_team_settles_them_and_the_trace_keeps_it(
    as_: Callable[[str], Client], vallon: EspaceDeContrat, people: dict[str, Personne]
) -> None:
    client = as_("equipe")
    page = reverse("reglages", args=[vallon.slug])
    assert client.get(page).status_code == 200
    read = {f"initial-{name}": getattr(vallon, name) for name in GIVEN}
    assert client.post(page, GIVEN | read)["Location"] == page
    vallon.refresh_from_db()
    assert {name: getattr(vallon, name) for name in GIVEN} == GIVEN
    told = EntreeDeTrace.objects.filter(genre="contrat", objet=vallon.slug, champ="heure locale").get()
    assert (told.acteur, told.apres) == (people["equipe"].pk, "Mayotte")


def test_a_second_person_sees_what_the_first_wrote(as_: Callable[[str], Client], vallon: EspaceDeContrat) -> None:
    read = {f"initial-{name}": getattr(vallon, name) for name in GIVEN}
    EspaceDeContrat.objects.update(contact_nom="Mission fictive", contact_courriel="mission@exemple.test")
    answer = as_("equipe").post(reverse("reglages", args=[vallon.slug]), GIVEN | read)
    assert answer.status_code == 409
    assert "Mission fictive" in answer.content.decode()


def test_what_was_read_must_still_hold(equipe: Acces, vallon: EspaceDeContrat) -> None:
    with pytest.raises(Conflit):
        save_settings(by=equipe, espace=vallon, changes={"fuseau": "Indian/Mayotte"}, read={"fuseau": "Pacific/Noumea"})


def test_only_the_team_may(ccas: Acces, vallon: EspaceDeContrat) -> None:
    with pytest.raises(Refus):
        save_settings(by=ccas, espace=vallon, changes=GIVEN)


@pytest.mark.parametrize("changes", [{"contact_telephone": "05"}, {"contact_nom": "Service"}, {"fuseau": "Mars/Nord"}])
def test_a_contact_has_a_name_and_an_address(equipe: Acces, vallon: EspaceDeContrat, changes: dict[str, str]) -> None:
    with pytest.raises(ValidationError):
        save_settings(by=equipe, espace=vallon, changes=changes)


@pytest.fixture
def told(equipe: Acces, vallon: EspaceDeContrat) -> EspaceDeContrat:
    """A contract that says whom to call."""
    return save_settings(by=equipe, espace=vallon, changes=GIVEN)


CLOSED = {
    "revoked": lambda asked: Destinataire.objects.update(revoque_le=timezone.now()),
    "expired": lambda asked: Destinataire.objects.update(
        cree_le=timezone.now() - timedelta(days=30), expire_le=timezone.now() - timedelta(days=1)
    ),
    "closed": lambda asked: PointDEtape.objects.update(clos_le=timezone.now()),
    "open": lambda asked: None,
}


@pytest.mark.parametrize("how", CLOSED)
def test_a_link_says_whom_to_write_to_whatever_became_of_it(client: Client, told: EspaceDeContrat, how: str) -> None:
    asked = ask(told)[1]
    CLOSED[how](asked)
    shown(client.get(reverse("point-reponse", args=[token_of(asked)])).content.decode())


def test_an_invitation_that_is_over_too(client: Client, told: EspaceDeContrat) -> None:
    arguments(told)
    Invitation.objects.update(revoquee_le=timezone.now())
    shown(client.get(reverse("invitation", args=[SECRET])).content.decode())


def test_what_is_printed_too(told: EspaceDeContrat) -> None:
    engagement(told)
    document = document_of(state_of(Signataire.objects.get(), horloge.today()))
    shown(" ".join(document.chapeau))


def shown(text: str) -> None:
    assert "Service fictif" in text
    assert "equipe@exemple.test" in text
    assert GIVEN["contact_telephone"] in text.replace("\u00a0", " ").replace("\u202f", " ")
