"""What the models alone cannot see: each rule with what passes and what does not."""

import pytest

from tenir.fichier.coherence import incoherences
from tests.fabriques import bref

A02 = "        actions:\n          - code: O01-A01\n"
PROMISE = "      - code: S01-E01\n        titre: Aider les parents\n        orientations: [O01]\n        source: 11\n"
INDICATORS = "parties:\n"


def said(*changes: tuple[str, str]) -> list[str]:
    return [f"{one.message} {one.remede}" for one in incoherences(bref(*changes))]


def promises(*parents: str) -> tuple[str, str]:
    """The promises S01-E01, S01-E02… each under the parent given."""
    return PROMISE, "".join(
        f"      - {{code: S01-E{rank:02}, titre: Promesse {rank}{f', parent: {parent}' if parent else ''}}}\n"
        for rank, parent in enumerate(parents, 1)
    )


def indicators(*repeats: str) -> tuple[str, str]:
    """The indicators I01, I02… each repeating the one given."""
    rows = (
        f"  - {{code: I{rank:02}, libelle: Cafés{f', repete: {first}' if first else ''}}}\n"
        for rank, first in enumerate(repeats, 1)
    )
    return INDICATORS, "indicateurs:\n" + "".join(rows) + INDICATORS


def figures(*parts: str) -> tuple[str, str]:
    """The figures T01, T02… each a part of the one given."""
    rows = (
        f"  - {{code: T{rank:02}, libelle: Habitants, valeur: 1{f', partie_de: {whole}' if whole else ''}}}\n"
        for rank, whole in enumerate(parts, 1)
    )
    return "axes:\n", "diagnostic:\n" + "".join(rows) + "axes:\n"


def retired(*rows: str) -> tuple[str, str]:
    return INDICATORS, "codes_retires:\n" + "".join(f"  - {{{row}}}\n" for row in rows) + INDICATORS


ANOTHER_FIGURE = ("          - code: O01-D02\n", "          - code: {}\n")


def test_the_short_contract_is_coherent() -> None:
    assert said() == []


@pytest.mark.parametrize(
    "change",
    [
        promises("", "S01-E01", "S01-E02"),
        indicators("", "I01", "I01"),
        figures("", "T01", "T02"),
        retired("code: O01-A09, remplace_par: O01-A01", "code: O01-A08"),
    ],
)
def test_what_is_coherent_passes(change: tuple[str, str]) -> None:
    assert said(change) == []


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (("code: O01-D02", "code: O01-D01"), "le code O01-D01 sert déjà"),
        (("code: O01-D02", "code: O02-D02"), "le code O02-D02 dit appartenir à O02, où il n’est pas rangé"),
        (("code: O01-D02", "code: T02"), "le code T02 ne dit pas qu’il appartient à O01"),
        (("code: S01-E01", "code: S02-E01"), "dit appartenir à S02"),
        (("code: P01", "code: O01-P01"), "dit appartenir à O01"),
        (("orientations: [O01]", "orientations: [O09]"), "O09 n’existe pas dans ce fichier"),
        (promises("S01-E09"), "S01-E09 n’existe pas"),
        (promises("S02-E01"), "le parent est d’un autre signataire"),
        (promises("", "S01-E01", "S01-E02", "S01-E03"), "plus de trois niveaux"),
        (promises("S01-E02", "S01-E01"), "ou se contient"),
        (promises("S01-E01"), "ou se contient"),
        (indicators("I09"), "I09 n’existe pas"),
        (indicators("", "I01", "I02"), "I02 est lui-même une répétition"),
        (indicators("I01"), "I01 est lui-même une répétition"),
        (figures("T09"), "T09 n’existe pas"),
        (figures("T01"), "une part d’elle-même"),
        (figures("T02", "T01"), "une part d’elle-même"),
        (retired("code: O01-A01"), "le code retiré O01-A01 sert encore"),
        (retired("code: O01-A09, remplace_par: O01-A08"), "O01-A08 n’existe pas"),
        (retired("code: O01-A09", "code: O01-A09"), "est inscrit deux fois"),
        (("{nom: La CAF, organisme: caf-songe-et-brume}", "{nom: La CAF, organisme: zut}"), "« zut » n’est pas dans"),
        (
            ("nom: La CAF\n    organisme: caf-songe-et-brume", "nom: La CAF\n    organisme: zut"),
            "« zut » n’est pas dans",
        ),
        (
            ("financeur: CAF\n            organisme: caf-songe-et-brume", "financeur: CAF\n            organisme: z"),
            "« z »",
        ),
        (("insee: '99001'}", "insee: '99001', organisme: zut}"), "« zut » n’est pas dans le fichier des organisations"),
        (("source: 4-6", "source: 4-12"), "la ligne 12 n’existe pas : le document en compte 11"),
        (("noms_masques: 2[21-34]", "noms_masques: 99"), "la ligne 99 n’existe pas"),
        (("    source: 10", "    source: 9999999"), "la ligne 9999999 n’existe pas"),
        (("slug: hameau-2024-2030", "slug: h\nfictif: true"), "un contrat fictif le dit dans son titre"),
        (("nom: Comité du Hameau", "nom: C\n    regles: [{titre: Avant, avant: G09}]"), "G09 n’existe pas"),
    ],
)
def test_what_is_not_coherent_is_said(change: tuple[str, str], sentence: str) -> None:
    assert [one for one in said(change) if sentence in one], said(change)


def test_lines_are_not_checked_against_a_document_that_the_file_does_not_name() -> None:
    contrat = bref(("source: 4-6", "source: 4-12")).model_copy(update={"document": None})
    assert list(incoherences(contrat)) == []


def test_an_orientation_may_stand_under_any_axis() -> None:
    assert said(("  - code: A\n", "  - code: C\n")) == []
