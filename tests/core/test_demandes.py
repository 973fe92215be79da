"""Characters that no text holds and requests too heavy are refused once, before any page, on both databases."""

from collections.abc import Callable
from io import BytesIO

import pytest
from django.core.exceptions import RequestDataTooBig
from django.test import Client
from django.urls import reverse

from tenir.core.demandes import UNREADABLE, readable
from tenir.core.televersement import LET_THROUGH, OCTETS
from tenir.core.typographie import typo
from tenir.habilitations.models import EspaceDeContrat

As = Callable[[str], Client]
CONTROLS = [chr(code) for code in (*range(32), *range(0x7F, 0xA0)) if chr(code) not in "\t\n\r"]
PAGES = [
    "/",
    "/contrats/vallon/",
    "/contrats/vallon/actions.csv",
    "/aide/",
    "/verifier/",
    "/sante",
    "/compte/connexion/",
]


@pytest.mark.parametrize("character", [*CONTROLS, "\udfff"])
def test_what_no_text_holds_is_told_from_what_people_write(character: str) -> None:
    assert not readable([f"Été{character}"], frozenset("\t\n\r"))
    assert readable(["Été à l’école\r\n\t« n° 1 » 👩🏽\u200d🌾\u202f% \ufffd"], frozenset("\t\n\r"))


@pytest.mark.parametrize("page", PAGES)
def test_an_address_that_holds_one_is_of_no_page(client: Client, db: None, page: str) -> None:
    for written in ("%00", "%0A", "%1F", "%C2%80"):
        assert client.get(f"{page}a{written}b/").status_code == 404, written


@pytest.mark.parametrize("page", PAGES)
def test_a_value_that_holds_one_is_refused_with_its_sentence(client: Client, db: None, page: str) -> None:
    for query in ("q=%00", "q=a%1Fb", "%00=a", "sort=a&sort=%7F"):
        answer = client.get(f"{page}?{query}")
        assert answer.status_code == 400, query
        assert typo(UNREADABLE) in answer.content.decode()


def test_a_form_or_a_cookie_that_holds_one_is_refused(as_: As, vallon: EspaceDeContrat) -> None:
    client, url = as_("equipe"), reverse("contact-nouveau", args=[vallon.slug])
    for sent in ({"nom": "Ida\0"}, {"nom": "Ida\x0b"}, {"no\0m": "Ida"}):
        assert client.post(url, sent).status_code == 400
    client.cookies["csrftoken"] = "a\0b"
    assert client.get(url).status_code == 400


def test_a_form_of_several_lines_is_let_in(as_: As, vallon: EspaceDeContrat) -> None:
    answer = as_("equipe").post(reverse("contact-nouveau", args=[vallon.slug]), {"nom": "Ida\r\n\tFictive"})
    assert answer.status_code == 422


def test_what_is_too_heavy_gets_its_page_once_all_of_it_has_arrived(client: Client, db: None) -> None:
    body = BytesIO(b"x" * (OCTETS + 1))
    kind = "multipart/form-data; boundary=fictive"
    sent = {"CONTENT_LENGTH": str(OCTETS + 1), "CONTENT_TYPE": kind, "wsgi.input": body}
    answer = client.generic("POST", "/verifier/", b"", kind, **sent)
    assert answer.status_code == 413
    assert "trop lourd" in answer.content.decode()
    assert not body.read(), "a connection closed over what was not read shows no page"


def test_no_more_of_it_is_read_than_said(rf) -> None:
    from tenir.core.demandes import refused

    class Endless(BytesIO):
        read_so_far = 0

        def read(self, size: int | None = -1) -> bytes:
            self.read_so_far += size or 0
            return b"x" * (size or 0)

    body = Endless()
    sent = {"CONTENT_LENGTH": str(100 * LET_THROUGH), "wsgi.input": body}
    request = rf.generic("POST", "/verifier/", b"", "multipart/form-data; boundary=fictive", **sent)
    assert refused(request, RequestDataTooBig()).status_code == 413
    assert body.read_so_far == LET_THROUGH
