"""Inviting someone: the mail, the link that serves once, and every way it must not serve."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tenir.acteurs.models import Personne, Utilisateur
from tenir.core.models import EntreeDeTrace
from tenir.habilitations.models import EspaceDeContrat, Habilitation, Invitation
from tests.personnes import body, person, referent, yesterday

As = Callable[[str], Client]
ADDRESS = "Ida.Essai@exemple.test"


def to(name: str, espace: EspaceDeContrat, *args: object) -> str:
    return reverse(name, args=[espace.slug, *args])


def send(client: Client, espace: EspaceDeContrat, **more: object) -> str:
    """Invite, and give the path of the link in the mail."""
    client.post(to("invitation-nouvelle", espace), {"email": ADDRESS, "role": "lecture", **more})
    return link()


def link() -> str:
    return re.search(r"http://testserver(\S+)", mail.outbox[-1].body)[1]


@pytest.fixture
def sent(as_: As, vallon: EspaceDeContrat) -> str:
    return send(as_("equipe"), vallon)


@pytest.fixture
def stranger() -> Client:
    return Client()


def rows() -> tuple[int, ...]:
    return tuple(model.objects.count() for model in (Utilisateur, Personne, Habilitation, EntreeDeTrace))


def test_whoever_is_invited_gets_an_account_and_the_role(stranger: Client, sent: str, vallon: EspaceDeContrat) -> None:
    told = stranger.post(sent, {"nom": "Ida Essai"}, follow=True).content.decode()
    assert "demandez un code" in told
    held = Habilitation.objects.get(personne__nom="Ida Essai")
    assert (held.espace, held.role, held.personne.utilisateur.email) == (vallon, "lecture", ADDRESS.lower())
    assert held.donnee_par.nom == "Basile Pivot"
    assert not held.personne.utilisateur.has_usable_password()


def test_a_contact_keeps_her_number_when_she_accepts(as_: As, vallon: EspaceDeContrat, stranger: Client) -> None:
    known = person("Ida Connue", signs_in=False)
    Personne.objects.filter(pk=known.pk).update(email=ADDRESS.lower())
    referent(known, vallon)
    stranger.post(send(as_("equipe"), vallon), {"nom": "CONNUE Ida"})
    known.refresh_from_db()
    assert (known.nom, known.utilisateur.email) == ("Ida Connue", ADDRESS.lower())


def test_another_person_behind_the_same_mailbox_does_not_become_the_contact(
    as_: As, vallon: EspaceDeContrat, stranger: Client
) -> None:
    known = person("Ida Connue", signs_in=False)
    Personne.objects.filter(pk=known.pk).update(email=ADDRESS.lower())
    stranger.post(send(as_("equipe"), vallon), {"nom": "Autre Nom"})
    known.refresh_from_db()
    assert known.utilisateur is None
    assert Personne.objects.get(utilisateur__email=ADDRESS.lower()).nom == "Autre Nom"


def test_opening_the_link_changes_nothing_however_often(stranger: Client, sent: str) -> None:
    before = rows()
    for _ in range(2):
        assert stranger.get(sent).status_code == 200
        assert stranger.head(sent).status_code == 200
    assert rows() == before
    answer = stranger.get(sent)
    assert answer["Referrer-Policy"] == "same-origin"
    assert "no-store" in answer["Cache-Control"]


def test_the_link_serves_once(stranger: Client, sent: str) -> None:
    stranger.post(sent, {"nom": "Ida Essai"})
    before = rows()
    assert stranger.post(sent, {"nom": "Quelqu’un d’autre"}).status_code == 410
    assert rows() == before


def test_an_expired_link_opens_nothing(stranger: Client, sent: str) -> None:
    past = timezone.now() - timedelta(days=20)
    Invitation.objects.update(envoyee_le=past, expire_le=past + timedelta(days=14))
    before = rows()
    answer = stranger.post(sent, {"nom": "Ida Essai"})
    assert (answer.status_code, rows()) == (410, before)
    assert "expirée" in answer.content.decode()


def test_a_revoked_link_opens_nothing(as_: As, stranger: Client, sent: str, vallon: EspaceDeContrat) -> None:
    as_("equipe").post(to("invitation-revoquer", vallon, Invitation.objects.get().pk))
    answer = stranger.post(sent, {"nom": "Ida Essai"})
    assert answer.status_code == 410
    assert not Habilitation.objects.filter(personne__nom="Ida Essai").exists()


def test_a_link_sent_again_replaces_the_first(as_: As, stranger: Client, sent: str, vallon: EspaceDeContrat) -> None:
    as_("equipe").post(to("invitation-renvoyer", vallon, Invitation.objects.get().pk))
    assert stranger.get(sent).status_code == 404
    assert stranger.get(link()).status_code == 200


def test_an_unknown_secret_is_told_so_without_saying_who_was_invited(stranger: Client, sent: str) -> None:
    answer = stranger.get("/invitation/" + "A" * 43 + "/")
    assert answer.status_code == 404
    assert "exemple.test" not in answer.content.decode()


def test_the_secret_is_not_kept(sent: str) -> None:
    secret = sent.strip("/").split("/")[-1]
    invitation = Invitation.objects.get()
    assert secret not in {str(value) for value in vars(invitation).values()}
    told = list(EntreeDeTrace.objects.filter(genre="invitation"))
    assert told
    assert not any(secret in entry.apres or "exemple.test" in entry.apres for entry in told)


def test_the_team_cannot_offer_more_than_it_has(as_: As, vallon: EspaceDeContrat) -> None:
    sent = {"email": ADDRESS, "role": "administration", "espace": ""}
    assert as_("equipe").post(to("invitation-nouvelle", vallon), sent).status_code == 422
    assert not Invitation.objects.exists()


def test_a_partner_needs_a_body(as_: As, vallon: EspaceDeContrat) -> None:
    referent(person("Premier", signs_in=False), vallon, of="caf")
    client = as_("equipe")
    answer = client.post(to("invitation-nouvelle", vallon), {"email": ADDRESS, "role": "partenaire"})
    assert answer.status_code == 422
    assert "Un partenaire ou un copilote agit pour un organisme" in answer.content.decode()
    send(client, vallon, role="partenaire", organisation=body("caf").pk)
    assert Invitation.objects.get().organisation == body("caf")


def test_an_inviter_who_lost_her_role_invites_no_more(stranger: Client, sent: str, people: dict[str, Personne]) -> None:
    Habilitation.objects.filter(personne=people["equipe"]).update(au=yesterday())
    answer = stranger.post(sent, {"nom": "Ida Essai"})
    assert answer.status_code == 422
    assert "ne peut plus donner ce rôle" in answer.content.decode()


def test_the_same_invitation_does_not_leave_twice(as_: As, sent: str, vallon: EspaceDeContrat) -> None:
    answer = as_("equipe").post(to("invitation-nouvelle", vallon), {"email": ADDRESS.upper(), "role": "lecture"})
    assert answer.status_code == 422
    assert len(mail.outbox) == 1


def test_an_invitation_of_another_contract_does_not_exist_here(as_: As, sent: str, colline: EspaceDeContrat) -> None:
    for name in ("invitation-revoquer", "invitation-renvoyer"):
        assert as_("voisin").post(to(name, colline, Invitation.objects.get().pk)).status_code == 404


def test_a_mail_that_does_not_leave_is_told(as_: As, vallon: EspaceDeContrat, settings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    sent = {"email": ADDRESS, "role": "lecture"}
    answer = as_("equipe").post(to("invitation-nouvelle", vallon), sent, follow=True)
    assert "n’est pas parti" in answer.content.decode()
    assert Invitation.objects.count() == 1


@pytest.mark.parametrize(
    ("asked", "count"), [("attente", 1), ("acceptee", 0), ("revoquee", 0), ("expiree", 0), ("", 1)]
)
def test_the_list_tells_what_became_of_each(
    as_: As, sent: str, vallon: EspaceDeContrat, asked: str, count: int
) -> None:
    page = as_("equipe").get(to("invitations", vallon) + f"?etat={asked}").content.decode()
    assert page.count(f"l’invitation de {ADDRESS[:3]}") == 2 * count


def test_the_list_leaves_as_a_file(as_: As, sent: str, vallon: EspaceDeContrat) -> None:
    answer = as_("equipe").get(to("invitations-export", vallon, "csv"))
    head, row = answer.content.decode("utf-8-sig").splitlines()
    assert head.startswith("Contrat;Adresse;Rôle")
    assert f"{timezone.localdate():%Y-%m-%d}" in row
    assert "en attente" in row
