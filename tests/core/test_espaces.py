"""Signs are joined to their words in every page, and nothing that a form sends changes."""

import re

from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from tenir.core.espaces import joined

SPACES = str.maketrans({"\u00a0": " ", "\u202f": " "})


def test_a_sign_does_not_begin_a_line_alone():
    assert joined("<p>Deux points : un ; et « quoi » ? Oui ! 12 % de 30 €</p>") == (
        "<p>Deux points\u00a0: un\u202f; et «\u00a0quoi\u00a0»\u202f? Oui\u202f! 12\u00a0% de 30\u00a0€</p>"
    )


def test_a_sign_beside_a_tag_is_joined_too():
    assert (
        joined("<dt>Pilote :</dt><dd>« <b>Ville</b> »</dd>")
        == "<dt>Pilote\u00a0:</dt><dd>«\u00a0<b>Ville</b>\u00a0»</dd>"
    )


def test_a_colon_that_ends_no_word_is_left():
    assert joined("<p>14 :30, a :b</p>") == "<p>14 :30, a :b</p>"


def test_what_a_form_holds_and_what_is_typed_stay_as_they_are():
    page = '<input value="a : b ; c"><textarea>« d » : e !</textarea><pre>a : b</pre><script>a ? b : c</script>'
    assert joined(page) == page


@given(st.text(alphabet="ab «»:;!?%€1<>/\n", max_size=60))
def test_only_spaces_change(page: str):
    assert joined(page).translate(SPACES) == page.translate(SPACES)


@given(st.text(alphabet="ab «»:;!?%€1<>/", max_size=60))
def test_a_page_joined_is_joined_once_for_all(page: str):
    assert joined(joined(page)) == joined(page)


def test_every_page_goes_through_it(client: Client, db: None):
    page = client.get("/composants/").content.decode()
    assert "\u202f" in page
    assert not re.search(r"[^\s>] (?=[;!?»](?:\s|<))", re.sub(r"<[^>]*>", "", page))
