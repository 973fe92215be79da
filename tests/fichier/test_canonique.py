"""The one written form of a contract file."""

from decimal import Decimal

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from tenir.fichier import canonique
from tenir.fichier.modeles import ContratDeVille
from tests.exemples import few
from tests.fabriques import BREF, BROUILLON, HOSTILE, bref, contrats, edited, textes, textes_longs

MINIMAL = "format: tenir/contrat/1\nslug: x\nidentite: {{titre: X, periode: {{debut: 2024, fin: 2030}}}}\n{}"


def noted(note: str) -> ContratDeVille:
    return canonique.load(BREF).model_copy(update={"note": note})


@few(12)
@given(contrats())
def test_any_contract_comes_back_from_its_file_and_its_file_from_it(contrat: ContratDeVille) -> None:
    written = canonique.dump(contrat)
    assert canonique.load(written) == contrat
    assert canonique.dump(canonique.load(written)) == written


@given(textes | textes_longs)
def test_any_text_comes_back_as_it_was(text: str) -> None:
    contrat = noted(text.strip() or "x")
    assert canonique.load(canonique.dump(contrat)).note == contrat.note


@pytest.mark.parametrize("text", HOSTILE)
def test_a_text_that_yaml_would_compute_stays_a_text(text: str) -> None:
    assert canonique.load(canonique.dump(noted(text))).note == text


@few(15)
@given(st.decimals(-(10**11) + 1, 10**11 - 1, places=4))
def test_a_figure_keeps_every_digit(value: Decimal) -> None:
    contrat = canonique.load(edited(BREF, ("valeur: 12.50", f"valeur: {value:f}")))
    kept = canonique.load(canonique.dump(contrat)).items["O01-D02"].valeur
    assert kept == value


def test_a_figure_keeps_the_zeros_it_was_printed_with() -> None:
    assert "valeur: 12.50\n" in canonique.dump(canonique.load(BREF))


@pytest.mark.parametrize(("written", "canonical"), [("1E+3", "1000"), ("-0", "0"), ("'-0.0'", "0.0"), ("0.10", "0.10")])
def test_a_figure_has_one_written_form(written: str, canonical: str) -> None:
    text = canonique.dump(bref(("valeur: 12.50", f"valeur: {written}")))
    assert f"valeur: {canonical}\n" in text
    assert canonique.dump(canonique.load(text)) == text


def test_the_short_contracts_are_canonical() -> None:
    assert canonique.dump(canonique.load(BREF)) == BREF
    assert canonique.dump(canonique.load(BROUILLON)) == BROUILLON


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("010", "010"),
        ("12:30", "12:30"),
        ("+5", "+5"),
        (".5", ".5"),
        ("1_000", "1_000"),
        ("0x1F", "0x1F"),
        ("1.0e+3", "1.0e+3"),
        ("2024-03-26", "2024-03-26"),
        ("47.40", "47.40"),
        ("2024", "2024"),
        ("=", "="),
        (".inf", ".inf"),
        ("9" * 5000, "9" * 5000),
    ],
)
def test_what_people_type_without_quotes_stays_as_typed(written: str, read: str) -> None:
    assert canonique.load(MINIMAL.format(f"note: {written}")).note == read


def test_the_order_of_fields_and_the_layout_do_not_matter() -> None:
    plain = yaml.safe_load(BREF.replace("12.50", "'12.50'"))
    scrambled = yaml.safe_dump(dict(reversed(plain.items())), default_flow_style=True, allow_unicode=True)
    assert canonique.dump(canonique.load(scrambled)) == BREF


def test_a_file_with_the_line_ends_of_windows_or_a_mark_reads_the_same() -> None:
    assert canonique.dump(canonique.load("\ufeff" + BREF.replace("\n", "\r\n"))) == BREF


def test_what_is_at_its_default_is_left_out() -> None:
    written = canonique.dump(bref(("  - code: B\n", "  - code: B\n    transversal: false\n    note: null\n")))
    assert written == BREF


def test_remarks_in_yaml_do_not_survive_and_notes_do() -> None:
    written = canonique.dump(canonique.load(BREF + "# perdue\nnote: gardée\n"))
    assert "perdue" not in written
    assert "note: gardée" in written


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("", 1, "commence par des champs"),
        ("- a", 1, "commence par des champs"),
        ("a: b: c", 1, "pas du YAML lisible"),
        ("a: 1\n\tb: 2", 2, "pas du YAML lisible"),
        ("a: 1\nb: x\x01y\n", 2, "pas du YAML lisible"),
        ("a: 1\n---\nb: 2", 3, "un seul document"),
        ("a: 1\nb: !!python/object:os.system x", 2, "pas du YAML lisible"),
        ("a: 1\n? [b]\n: 2", 2, "pas du YAML lisible"),
        ("a: 1\nb: 2\na: 3", 3, "le champ « a » est écrit deux fois"),
        ("a: {b: 1, b: 2}", 1, "le champ « b » est écrit deux fois"),
        ("a: &x 1\nb: *x", 2, "un renvoi"),
        ("a: &x [*x]", 1, "un renvoi"),
        ("a:\n " + "[" * 100_000, 2, "emboîte trop de listes"),
        ("- " * 100_000, 1, "emboîte trop de listes"),
        ("{a: " * 100_000, 1, "emboîte trop de listes"),
    ],
    ids=range(15),
)
def test_what_is_no_contract_file_is_refused_with_its_line(text: str, line: int, said: str) -> None:
    with pytest.raises(canonique.NotYaml, match=said) as refused:
        canonique.parse(text)
    assert refused.value.ligne == line


def test_a_bomb_of_references_is_refused_before_it_grows() -> None:
    levels = "\n".join(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]" for n in range(1, 60))
    with pytest.raises(canonique.NotYaml, match="un renvoi"):
        canonique.parse(f"a0: &a0 x\n{levels}")
