"""Signing in: by code, by password, and what is tried against it."""

import time
from collections.abc import Callable

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core import mail
from django.test import Client
from django.urls import reverse

from tenir.acteurs.models import Personne
from tenir.habilitations.roles import Role
from tests.acteurs.conftest import signed_in
from tests.personnes import TOTP_SECRET, contract, member, person, second_factor

ASK, CONFIRM, PASSWORD = (f"/compte/connexion/{end}" for end in ("", "code/", "mot-de-passe/"))
SECRET = "une phrase assez longue"


def totp() -> str:
    return format_hotp_value(hotp_value(TOTP_SECRET, next(iter(yield_hotp_counters_from_time()))))


def with_password(personne: Personne) -> str:
    assert personne.utilisateur
    personne.utilisateur.set_password(SECRET)
    personne.utilisateur.save()
    return personne.email


def test_a_code_received_by_e_mail_opens_the_desk(client: Client, ada: Personne, ask: Callable[..., str]) -> None:
    answer = client.post(CONFIRM, {"code": ask(ada.email)})
    assert answer["Location"] == reverse("mes-contrats")
    assert client.get(reverse("mes-contrats")).status_code == 200


def test_an_address_is_found_whatever_its_case(client: Client, ada: Personne, ask: Callable[..., str]) -> None:
    client.post(CONFIRM, {"code": ask(ada.email.upper())})
    assert signed_in(client)


def test_a_code_serves_once(client: Client, ada: Personne, ask: Callable[..., str]) -> None:
    code = ask(ada.email)
    client.post(CONFIRM, {"code": code})
    client.post(reverse("account_logout"))
    assert client.post(CONFIRM, {"code": code})["Location"] == ASK
    assert not signed_in(client)


def test_a_code_is_worth_nothing_in_another_browser(ada: Personne, ask: Callable[..., str]) -> None:
    other = Client()
    assert other.post(CONFIRM, {"code": ask(ada.email)})["Location"] == ASK
    assert not signed_in(other)


def test_a_code_expires(
    client: Client, ada: Personne, ask: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    code, now = ask(ada.email), time.time()
    monkeypatch.setattr(time, "time", lambda: now + 601)
    assert client.post(CONFIRM, {"code": code})["Location"] == ASK
    assert not signed_in(client)


def test_three_wrong_codes_cancel_the_right_one(client: Client, ada: Personne, ask: Callable[..., str]) -> None:
    code = ask(ada.email)
    for _ in range(3):
        client.post(CONFIRM, {"code": "mauvais"})
    client.post(CONFIRM, {"code": code})
    assert not signed_in(client)


def test_a_wrong_code_is_told_and_may_be_typed_again(client: Client, ada: Personne, ask: Callable[..., str]) -> None:
    code = ask(ada.email)
    assert "pas le bon" in client.post(CONFIRM, {"code": "mauvais"}).content.decode()
    client.post(CONFIRM, {"code": code})
    assert signed_in(client)


def test_whoever_asks_without_end_for_the_mailbox_of_another_does_not_lock_it_out(ada: Personne) -> None:
    for place in range(4):
        for _ in range(9):
            Client(REMOTE_ADDR=f"203.0.113.{place}").post(ASK, {"email": ada.email})
    assert len(mail.outbox) <= 4 * 6
    before = len(mail.outbox)
    Client(REMOTE_ADDR="198.51.100.7").post(ASK, {"email": ada.email.upper()})
    assert len(mail.outbox) == before + 1, "its owner, from another place, receives hers"


def test_a_mailbox_is_not_filled_from_many_places(ada: Personne) -> None:
    for place in range(40):
        Client(REMOTE_ADDR=f"203.0.113.{place}").post(ASK, {"email": ada.email})
    assert len(mail.outbox) == 30


def test_the_colleagues_of_one_building_sign_in_the_same_minute(db: None) -> None:
    people = [person(f"Collègue {rank}") for rank in range(40)]
    for one in people:
        Client(REMOTE_ADDR="203.0.113.9").post(ASK, {"email": one.email})
    assert len(mail.outbox) == 40


def test_codes_are_not_sent_without_end(client: Client, ada: Personne) -> None:
    for _ in range(10):
        client.post(ASK, {"email": ada.email})
        client.post(reverse("account_logout"))
    assert len(mail.outbox) == 3


def test_whoever_mistyped_an_address_starts_again(client: Client, ada: Personne, ask: Callable[..., str]) -> None:
    ask(ada.email)
    answer = client.post(reverse("account_logout"), {"next": ASK}, follow=True)
    assert answer.request["PATH_INFO"] == ASK
    assert "Recevoir un code" in answer.content.decode()


def test_an_unknown_address_has_the_answer_of_a_known_one(client: Client, ada: Personne) -> None:
    seen = []
    for email in (ada.email, "inconnue@exemple.test"):
        browser = Client()
        first = browser.post(ASK, {"email": email})
        page = browser.get(CONFIRM)
        wrong = browser.post(CONFIRM, {"code": "mauvais"})
        seen.append(
            (first.status_code, first["Location"], page.status_code, wrong.status_code, text(page), text(wrong))
        )
        assert mail.outbox.pop().to == [email]  # a message leaves either way: the delay is the same
    assert seen[0] == seen[1]


def text(answer: object) -> list[str]:
    """A page without its form tokens."""
    lines = answer.content.decode().splitlines()  # type: ignore[attr-defined]
    return [line for line in lines if "csrfmiddlewaretoken" not in line]


def test_an_unknown_address_and_a_wrong_password_have_the_same_answer(ada: Personne) -> None:
    email = with_password(ada)
    pages = []
    for login in (email, "inconnue@exemple.test"):
        answer = Client().post(PASSWORD, {"login": login, "password": "faux"})
        pages.append((answer.status_code, [line.replace(login, "") for line in text(answer)]))
    assert pages[0] == pages[1]
    assert "n’est pas le bon" in "".join(pages[0][1])


def test_a_closed_account_is_treated_like_an_unknown_one(client: Client, ada: Personne) -> None:
    with_password(ada)
    type(ada.utilisateur).objects.update(is_active=False)
    assert client.post(ASK, {"email": ada.email})["Location"] == CONFIRM
    assert "aucun compte" in mail.outbox[-1].body
    client.post(reverse("account_logout"))
    client.post(PASSWORD, {"login": ada.email, "password": SECRET})
    assert not signed_in(client)


def test_an_account_closed_after_its_code_left_does_not_enter(
    client: Client, ada: Personne, ask: Callable[..., str]
) -> None:
    code = ask(ada.email)
    type(ada.utilisateur).objects.update(is_active=False)
    assert client.post(CONFIRM, {"code": code}).status_code == 302
    assert not signed_in(client)


def test_passwords_are_not_tried_without_end(client: Client, ada: Personne) -> None:
    email = with_password(ada)
    for _ in range(6):
        client.post(PASSWORD, {"login": email, "password": "faux"})
    answer = client.post(PASSWORD, {"login": email, "password": SECRET})
    assert not signed_in(client)
    assert "Trop d’essais" in answer.content.decode()


def test_one_browser_does_not_try_many_addresses(client: Client, db: None) -> None:
    codes = [client.post(PASSWORD, {"login": f"a{n}@exemple.test", "password": "faux"}).status_code for n in range(40)]
    assert codes[-1] == 429


def test_the_session_changes_its_key_at_sign_in(client: Client, ada: Personne, ask: Callable[..., str]) -> None:
    code = ask(ada.email)
    before = client.cookies["sessionid"].value
    client.post(CONFIRM, {"code": code})
    assert client.cookies["sessionid"].value != before


def test_a_session_lasts_half_a_day(client: Client, ada: Personne, ask: Callable[..., str]) -> None:
    client.post(CONFIRM, {"code": ask(ada.email)})
    assert client.session.get_expiry_age() == 12 * 3600


@pytest.mark.parametrize(
    "evil", ["https://ailleurs.test/", "//ailleurs.test/", "javascript:alert(1)", "/\\ailleurs.test"]
)
def test_sign_in_leads_nowhere_outside(client: Client, ada: Personne, ask: Callable[..., str], evil: str) -> None:
    code = ask(ada.email, evil)
    answer = client.post(f"{CONFIRM}?next={evil}", {"code": code})
    assert answer["Location"] == reverse("mes-contrats")


def test_sign_in_leads_to_the_page_that_was_asked_for(client: Client, ada: Personne) -> None:
    closed = client.get("/espace/")["Location"]
    confirm = client.post(closed, {"email": ada.email})["Location"]
    assert (
        client.post(confirm, {"code": mail.outbox[-1].body.split("Tenir : ")[1].split()[0]})["Location"] == "/espace/"
    )


def test_a_forged_host_is_refused_and_enters_no_message(client: Client, ada: Personne, settings) -> None:
    settings.ALLOWED_HOSTS = ["tenir.exemple"]
    assert client.post(ASK, {"email": ada.email}, headers={"host": "mechant.test"}).status_code == 400
    assert mail.outbox == []
    client.post(ASK, {"email": ada.email}, headers={"host": "tenir.exemple"})
    assert "tenir.exemple" not in mail.outbox[0].body


@pytest.mark.parametrize(("role", "demanded"), [("administration", True), ("equipe", True), ("lecture", False)])
def test_the_second_factor_is_demanded_of_those_who_run_a_contract(
    client: Client, db: None, role: str, demanded: bool
) -> None:
    found = member("Basile Pivot", Role(role), None if role == "administration" else contract("vallon"))
    found.utilisateur.authenticator_set.all().delete()  # type: ignore[union-attr]
    client.force_login(found.utilisateur)
    answer = client.get(reverse("mes-contrats") + "?liste=oui")
    assert answer.status_code == (302 if demanded else 200)
    if demanded:
        assert answer["Location"] == reverse("mfa_activate_totp")
        assert client.get(reverse("mfa_activate_totp")).status_code == 200


def test_setting_up_the_second_factor_opens_the_desk_and_gives_recovery_codes(
    client: Client, transactional_db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = member("Ada Sommet", Role.ADMINISTRATION)
    found.utilisateur.authenticator_set.all().delete()  # type: ignore[union-attr]
    monkeypatch.setattr("allauth.mfa.totp.internal.auth.generate_totp_secret", lambda: TOTP_SECRET)
    client.force_login(found.utilisateur)
    shown = client.get(reverse("mfa_activate_totp")).content.decode()
    assert TOTP_SECRET in shown
    assert client.post(reverse("mfa_activate_totp"), {"code": "000000"}).status_code == 200
    answer = client.post(reverse("mfa_activate_totp"), {"code": totp()}, follow=True)
    assert answer.content.decode().count("<li><code>") == 10
    assert client.get(reverse("mes-contrats")).status_code == 200


@pytest.mark.parametrize("way", ["code", "password"])
def test_a_second_factor_is_asked_at_each_sign_in_and_serves_once(
    client: Client, ada: Personne, ask: Callable[..., str], way: str
) -> None:
    second_factor(ada)
    email = with_password(ada)

    def first_step() -> str:
        if way == "code":
            return client.post(CONFIRM, {"code": ask(email)})["Location"]
        return client.post(PASSWORD, {"login": email, "password": SECRET})["Location"]

    second = reverse("mfa_authenticate")
    assert first_step() == second
    assert client.get(reverse("mes-contrats")).status_code == 302
    assert "pas le bon" in client.post(second, {"code": "000000"}).content.decode()
    used = totp()
    client.post(second, {"code": used})
    assert signed_in(client)
    client.post(reverse("account_logout"))
    first_step()
    client.post(second, {"code": used})
    assert not signed_in(client)


def test_signing_out_takes_a_click(client: Client, ada: Personne) -> None:
    client.force_login(ada.utilisateur)
    client.get(reverse("account_logout"))
    assert signed_in(client)
    client.post(reverse("account_logout"))
    assert not signed_in(client)
