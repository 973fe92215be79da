"""Every list that exports: a filter that cannot be read is told (422, its files 400), and is no error of ours."""

import re
from collections.abc import Callable, Iterator

import pytest
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse

from tenir.habilitations.models import EspaceDeContrat

As = Callable[[str], Client]
SELECT = re.compile(r'<select name="(\w+)"')
FIELD = re.compile(r'<(?:select|input)[^>]* name="(\w+)"')
HOSTILE = ("zzz", "9" * 30, "2026-99-99", "')%")
ASKED_OF_EVERY_LIST = {"sort", "groupe"}
OTHER_THAN_LISTS = {
    "frise",
    "recherche",
    "chiffres",
    "document",
    "credits-tableau",
    "argent-du-contrat",
    "financement-tableau",
}
"""Pages that export, and are no list."""


def routes(patterns: list[URLPattern | URLResolver]) -> Iterator[str]:
    for one in patterns:
        if isinstance(one, URLResolver):
            yield from routes(one.url_patterns)
        elif one.name and one.name.endswith("-export"):
            yield one.name.removesuffix("-export")


def addresses(name: str, slug: str) -> list[str]:
    """A page and its two files; nothing where the page does not exist, or asks for more than a contract."""
    for args in ([slug], []):
        try:
            files = [reverse(f"{name}-export", args=[*args, format]) for format in ("csv", "xlsx")]
            return [reverse(name, args=args), *files]
        except NoReverseMatch:
            continue
    return []


EVERY = sorted(one for one in set(routes(get_resolver().url_patterns)) if addresses(one, "vallon"))
"""Every page that leaves as files, list or not."""
NAMES = sorted(one for one in set(routes(get_resolver().url_patterns)) - OTHER_THAN_LISTS if addresses(one, "vallon"))


@pytest.mark.parametrize("name", NAMES)
def test_a_filter_that_cannot_be_read_exports_nothing_and_says_so(as_: As, vallon: EspaceDeContrat, name: str) -> None:
    EspaceDeContrat.objects.filter(pk=vallon.pk).update(etat=EspaceDeContrat.Etat.PUBLIE)
    client = as_("administration" if name.startswith("plateforme-") or name == "personnes" else "equipe")
    page, *files = addresses(name, vallon.slug)
    shown = client.get(page)
    assert shown.status_code == 200
    for field in set(SELECT.findall(shown.content.decode())) - ASKED_OF_EVERY_LIST:
        assert client.get(page, {field: "illisible"}).status_code == 422
        for file in files:
            answer = client.get(file, {field: "illisible"})
            assert answer.status_code == 400, f"{file}?{field}"
            assert "Rien n’est téléchargé" in answer.content.decode()
            assert "Content-Disposition" not in answer


@pytest.mark.parametrize("name", EVERY)
def test_no_value_of_a_filter_is_an_error_of_ours(as_: As, vallon: EspaceDeContrat, name: str) -> None:
    EspaceDeContrat.objects.filter(pk=vallon.pk).update(etat=EspaceDeContrat.Etat.PUBLIE)
    client = as_("administration" if name.startswith("plateforme-") or name == "personnes" else "equipe")
    page, *files = addresses(name, vallon.slug)
    shown = client.get(page).content.decode()
    fields = {*FIELD.findall(shown), *ASKED_OF_EVERY_LIST, "page", "colonnes", "vue"}
    for rank, field in enumerate(sorted(fields - {"csrfmiddlewaretoken"})):
        for turn, value in enumerate(HOSTILE):
            # Both read a filter in one place: each field is tried on the page once, and on a file, which costs less.
            url = page if turn == rank % len(HOSTILE) else files[0]
            status = client.get(url, {field: value}).status_code
            assert status in {200, 302, 400, 404, 422}, f"{url}?{field}={value[:40]} : {status}"


def test_the_lists_are_walked() -> None:
    assert {"actions", "suivi-engagements", "fiches", "qualite", "personnes", "plateforme-trace"} <= set(NAMES)


OF_ANOTHER_SHAPE = {
    "document",  # the signed words, line by line
    "financement-subventions",  # the national schema settles its columns
}


@pytest.mark.parametrize("name", sorted(set(EVERY) - OF_ANOTHER_SHAPE))
def test_a_file_says_first_of_which_contract_it_is(as_: As, vallon: EspaceDeContrat, name: str) -> None:
    """A file leaves the site: what is fictitious must still say so, and two files laid end to end stay apart."""
    EspaceDeContrat.objects.filter(pk=vallon.pk).update(etat=EspaceDeContrat.Etat.PUBLIE)
    client = as_("administration" if name.startswith("plateforme-") or name == "personnes" else "equipe")
    answer = client.get(addresses(name, vallon.slug)[1])
    assert answer.content.decode("utf-8-sig").splitlines()[0].split(";")[0].casefold() == "contrat"
