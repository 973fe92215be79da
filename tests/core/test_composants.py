"""The look: faces, colours, frame, error pages, every component in the gallery."""

import re
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.paginator import Paginator
from django.http import QueryDict
from django.template import Context, RequestContext, Template
from django.template.loader import render_to_string
from django.test import Client, RequestFactory

from tenir import core
from tenir.core.composants import Item, MotsSignes, Resultat
from tenir.core.listes import Vue
from tenir.public.galerie import FiltreDExemple, _rows, liste_d_exemple
from tests.pages import flat

CORE = Path(core.__file__).parent
STATIC = CORE / "static/core"
COMPONENTS = sorted((CORE / "templates/core/components").glob("*.html"))
GALERIE = CORE.parent / "public/templates/public/galerie.html"
GALLERY = GALERIE.read_text()

pytestmark = pytest.mark.urls("tests.core.urls_composants")


def _component(name: str, address: str = "/", **context: Any) -> str:
    """The component as a page includes it: isolated, with the request of an address."""
    given = " ".join(f"{key}={key}" for key in context)
    source = f'{{% include "core/components/{name}.html" with {given} only %}}'
    return Template(source).render(RequestContext(RequestFactory().get(address), context))


# Faces and style sheets


def _listed_fonts() -> dict[str, str]:
    table = (STATIC / "polices/LISEZMOI.md").read_text()
    return dict(re.findall(r"^\| (\S+\.woff2) \| .* \| ([0-9a-f]{64}) \|$", table, re.MULTILINE))


def test_each_font_is_the_one_of_its_package():
    on_disk = {path.name: sha256(path.read_bytes()).hexdigest() for path in (STATIC / "polices").glob("*.woff2")}
    assert len(on_disk) == 4
    assert on_disk == _listed_fonts()


def test_each_font_comes_with_its_licence():
    for family in ("source-sans-3", "source-serif-4"):
        assert "SIL OPEN FONT LICENSE" in (STATIC / f"polices/{family}-OFL.txt").read_text()


def test_style_sheets_name_only_files_that_exist_here():
    for sheet in STATIC.glob("*.css"):
        for address in re.findall(r'url\("?([^)"]+)', sheet.read_text()):
            assert (STATIC / address).is_file(), f"{sheet.name}: {address}"


def _luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one: str, other: str) -> float:
    """WCAG 2.2 contrast ratio of two #rrggbb colours."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


TOKENS = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", (STATIC / "base.css").read_text()))
AXES = re.findall(r"\.axe-\d \{ --axe: (#[0-9a-f]{6})", (STATIC / "base.css").read_text())
GROUNDS = ("papier", "feuille")


@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("ink", ["encre", "encre-2", "marque", "fait", "attention", "retard", "muet"])
def test_every_ink_is_legible_on_every_ground(ink, ground):
    assert _contrast(TOKENS[ink], TOKENS[ground]) >= 4.5


@pytest.mark.parametrize("ground", GROUNDS)
def test_every_axis_is_legible(ground):
    assert len(AXES) == len(set(AXES)) == 8
    assert min(_contrast(colour, TOKENS[ground]) for colour in AXES) >= 4.5


@pytest.mark.parametrize(
    ("ink", "ground"),
    [("encre-2", "papier-2"), ("marque", "papier-2"), ("encre", "marque-fond"), ("attention", "doute-fond"),
     ("marque", "doute-fond"), ("encre-2", "doute-fond"), ("encre", "trouve-fond")],
)  # fmt: skip
def test_every_tinted_ground_lets_its_text_be_read(ink, ground):
    assert _contrast(TOKENS[ink], TOKENS[ground]) >= 4.5


@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("line", ["foyer", "filet-fort"])
def test_focus_and_fields_are_seen(line, ground):
    assert _contrast(TOKENS[line], TOKENS[ground]) >= 3


# The frame and the error pages


def test_templates_hold_no_inline_style_or_script():
    for path in (CORE / "templates").rglob("*.html"):
        assert not re.search(r"\sstyle=|<style|<script(?![^>]*\ssrc=)|\son\w+=", path.read_text()), path.name


@pytest.mark.parametrize("name", ["400.html", "403.html", "404.html", "500.html", "503.html"])
def test_an_error_page_needs_no_context_and_says_what_to_do(name):
    page = render_to_string(name)
    assert page.count("<h1>") == 1
    assert 'href="/"' in page


def test_an_unknown_address_gets_our_page():
    response = Client().get("/nulle-part/")
    assert response.status_code == 404
    assert "Cette page n’existe pas" in response.text


@pytest.mark.parametrize(
    "name", ["accessibilite", "mentions-legales", "donnees-personnelles", "plan-du-site", "licence"]
)
def test_the_foot_of_a_page_leads_to_the_legal_pages(name):
    assert f'href="/{name}/"' in render_to_string("core/base.html")


# The gallery


def test_the_gallery_renders():
    assert Client().get("/composants/").status_code == 200


def _shown(source: str) -> set[str]:
    return set(re.findall(r'"core/components/(\w+)\.html"', source))


def test_the_sentence_of_the_top_of_a_page_is_escaped_once():
    source = '{% load tenir %}{% entete title="Titre" %}Suivre&nbsp;{{ titre }}{% endentete %}'
    assert "Suivre&nbsp;A &amp; B" in Template(source).render(Context({"titre": "A & B"}))


def test_the_gallery_shows_every_component():
    shown = _shown(GALLERY) | ({"entete_de_page"} if "{% entete " in GALLERY else set())
    for name in list(shown):
        shown |= _shown((CORE / f"templates/core/components/{name}.html").read_text())
    assert {path.stem for path in COMPONENTS} == shown


@pytest.mark.parametrize("path", COMPONENTS, ids=lambda path: path.stem)
def test_a_component_opens_with_its_inputs_and_is_in_the_readme(path):
    assert path.read_text().startswith("{% comment %}")
    assert f"`{path.stem}`" in (path.parent / "LISEZMOI.md").read_text()


@pytest.mark.parametrize("path", [*COMPONENTS, GALERIE], ids=lambda path: path.stem)
def test_components_are_called_alone(path):
    for tag in re.findall(r"{% include .*?%}", path.read_text()):
        assert tag.endswith(" only %}"), tag


# Behaviours of single components


def test_a_text_is_escaped():
    assert "&lt;b&gt;" in _component("avis", text="<b>")


def test_signed_words_keep_their_lines_and_their_place():
    words = MotsSignes("Première ligne\nseconde", lines="12 à 13", page="4", url="/document#l12")
    html = _component("mots_signes", words=words)
    assert "<blockquote>Première ligne\nseconde</blockquote>" in html
    assert "lignes 12 à 13, page 4" in flat(html)
    assert 'href="/document#l12"' in html


def test_without_document_the_place_remains_and_the_absence_is_said():
    html = _component("mots_signes", words=MotsSignes(lines="1838"))
    assert "<blockquote>" not in html
    assert "tampon-muet" in html
    assert "ligne 1838" in html


def test_a_sub_action_is_under_its_action():
    html = _component("item", item=Item("O01-A01", "Mère", children=[Item("O01-A01-1", "Fille")]))
    assert html.count('<ul class="items"') == 1
    assert html.index("Mère") < html.index("Fille")


def test_a_count_of_results_may_be_larger_than_what_is_shown():
    html = _component("resultats", title="Actions", count=1200, results=[Resultat("A", "/a")], more_url="/tout")
    assert html.count("<li>") == 1
    assert "Voir les 1\u202f200 résultats" in html


def test_pages_keep_the_filters():
    html = _component("pagination", "/liste?pilote=caf&page=2", page=Paginator(range(30), 10).page(2))
    assert 'href="?pilote=caf&amp;page=3"' in html
    assert html.count('aria-current="page"') == 1


def test_one_page_needs_no_pager():
    assert not _component("pagination", page=Paginator(range(3), 10).page(1)).strip()


def _list(count: int, query: str = "", **given: Any) -> str:
    return _component("liste", f"/liste?{query}", liste=Vue(liste_d_exemple(), _rows(count), QueryDict(query), **given))


def test_a_list_sorts_by_its_address_and_says_how_it_is_sorted():
    html = _list(12, "pilote=caf&page=2")
    assert 'aria-sort="ascending"' in html
    assert 'href="?pilote=caf&amp;sort=-code"' in html
    assert html.count("aria-sort") == 1


def test_a_row_on_a_phone_is_its_title_and_a_line():
    html = _list(1)
    assert '<table class="liste deux-lignes"' in html
    assert '<td role="cell" class="au-titre">' in html
    assert '<td role="cell" class="code en-ligne">' in html
    assert "<caption>Actions prévues d’un contrat inventé</caption>" in html


@pytest.mark.parametrize(("count", "line"), [(1, "1\u00a0action<"), (12, "12\u00a0actions, page 1 sur 3<")])
def test_a_list_says_how_many_rows_it_has(count, line):
    assert f'<p class="compte">{line}' in _list(count)


def test_an_empty_list_says_so():
    html = _list(0)
    assert "<table" not in html
    assert "Aucune action pour l’instant." in html


def _filtered(query: str) -> str:
    form = FiltreDExemple(QueryDict(query), queryset=ContentType.objects.none()).form
    return _list(1, query, filtre=form)


def test_filters_in_place_are_told_beside_their_form_each_with_the_way_to_leave_it_out():
    html = _filtered("titre=place&pilote=agglo&sort=-code&page=2")
    assert '<a href="?pilote=agglo&amp;sort=-code"><span class="hors-ecran">Retirer le filtre </span>' in html
    assert "Mot du titre\u00a0: place</a>" in html
    assert "Pilote\u00a0: Agglomération</a>" in html
    assert '<a class="tout" href="?sort=-code">' in html
    assert '<details class="repli filtrer" open>' in html


def test_filters_that_nobody_asked_for_stay_folded():
    html = _filtered("")
    assert '<details class="repli filtrer">' in html
    assert "filtres-actifs" not in html


def test_a_refused_filter_of_a_list_unfolds_and_is_explained():
    html = _filtered("pilote=personne")
    assert '<details class="repli filtrer" open>' in html
    assert 'href="#id_pilote"' in html


def _filter(query: str) -> str:
    form = FiltreDExemple(QueryDict(query), queryset=ContentType.objects.none()).form
    return _component("barre_de_filtres", f"/liste?{query}", form=form)


def test_filters_keep_the_sort_and_leave_the_page():
    html = _filter("titre=place&sort=code&page=3")
    assert '<input type="hidden" name="sort" value="code">' in html
    assert 'name="page"' not in html


def test_everything_can_be_shown_again_only_when_something_is_filtered():
    assert "Tout afficher" in flat(_filter("titre=place"))
    assert "Tout afficher" not in flat(_filter(""))


def test_a_refused_filter_is_explained_beside_its_field_and_at_the_top():
    html = _filter("pilote=personne")
    assert 'href="#id_pilote"' in html
    assert 'id="id_pilote_error"' in html


def test_an_export_keeps_the_filters_and_leaves_the_page():
    html = _component("exports", "/liste?pilote=caf&page=2", csv_url="/liste.csv", xlsx_url="/liste.xlsx")
    assert 'href="/liste.csv?pilote=caf"' in html
    assert 'href="/liste.xlsx?pilote=caf"' in html


def test_a_cell_is_escaped_and_keeps_the_class_of_its_column():
    rows = [{"code": "<b>", "titre": "", "pilote": "", "montant": "3 €"}]
    html = _component("liste", liste=Vue(liste_d_exemple(), rows, QueryDict()))
    assert '<td role="cell" class="code en-ligne">&lt;b&gt;</td>' in html
    assert '<td role="cell" class="chiffre en-ligne">3 €</td>' in html
