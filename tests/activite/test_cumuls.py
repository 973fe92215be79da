"""What entries add up to: always what a recount finds, whatever is added, corrected, contested, taken back."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from click.testing import CliRunner
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from tenir.activite.enums import Confiance, Statut
from tenir.activite.models import Cumul, Entree
from tenir.activite.services.cumuls import differences
from tenir.activite.services.entree import correct_entree, judge_entree
from tenir.cli.main import main
from tenir.ecran.annulation.annuler import ChangeDepuis, undo
from tenir.ecran.models import Geste
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces
from tests.activite.registre import HEURES, LE, entree, kinds
from tests.exemples import SHARED, few

pytestmark = pytest.mark.deux_bases

GESTES = ("inscrire", "corriger", "déplacer", "contester", "retenir", "annuler la séance", "annuler le geste")
asked = st.lists(st.tuples(st.sampled_from(GESTES), st.integers(0, 5), st.integers(1, 40)), min_size=1, max_size=14)


def sums(
    espace: EspaceDeContrat, mesure: str = "presents", modalite: str = ""
) -> list[tuple[str, int, Decimal, Decimal]]:
    rows = Cumul.objects.of(espace).filter(mesure=mesure, modalite=modalite)
    return [(f"{one.mois:%m}", one.nombre, one.somme, one.maximum) for one in rows]


def test_sessions_add_up_by_month(vallon: EspaceDeContrat, equipe: Acces) -> None:
    for presents, day in ((12, date(2026, 3, 1)), (30, date(2026, 3, 31)), (5, date(2026, 4, 1))):
        entree(equipe, vallon, presents, le=day, valeurs={("presents", "sexe:f"): 5})
    assert sums(vallon) == [("03", 2, Decimal(42), Decimal(30)), ("04", 1, Decimal(5), Decimal(5))]
    assert sums(vallon, "") == [("03", 2, Decimal(0), Decimal(0)), ("04", 1, Decimal(0), Decimal(0))]
    assert sums(vallon, modalite="sexe:f") == [("03", 2, Decimal(10), Decimal(5)), ("04", 1, Decimal(5), Decimal(5))]


def test_what_is_neither_held_nor_retained_does_not_count(vallon: EspaceDeContrat, equipe: Acces) -> None:
    entree(equipe, vallon, None, le=date(2099, 1, 1), statut=Statut.PREVUE)
    entree(equipe, vallon, 9, statut=Statut.ANNULEE)
    judge_entree(by=equipe, entree=entree(equipe, vallon), confiance=Confiance.CONTESTEE, motif="Non.")
    assert not Cumul.objects.exists()


def test_a_count_belongs_to_the_month_in_which_its_period_ends(vallon: EspaceDeContrat, equipe: Acces) -> None:
    kinds(vallon, HEURES)
    given = {("heures", ""): "12.75"}
    entree(equipe, vallon, None, nature="heures", debut=date(2026, 1, 1), fin=date(2026, 3, 31), valeurs=given)
    assert sums(vallon, "heures") == [("03", 1, Decimal("12.75"), Decimal("12.75"))]


def test_tenths_add_up_to_the_hundredth(vallon: EspaceDeContrat, equipe: Acces) -> None:
    kinds(vallon, HEURES)
    for day in range(30):
        entree(equipe, vallon, None, nature="heures", le=LE.replace(day=day + 1), valeurs={("heures", ""): "0.1"})
    assert sums(vallon, "heures")[0][2] == Decimal("3.00")
    assert list(differences(vallon)) == []


def test_one_contract_adds_nothing_to_another(vallon: EspaceDeContrat, colline: EspaceDeContrat, equipe: Acces) -> None:
    entree(equipe, vallon)
    assert not Cumul.objects.of(colline).exists()


@few(8, SHARED)
@given(asked)
def test_sums_are_what_a_recount_finds(
    vallon: EspaceDeContrat, equipe: Acces, asked: list[tuple[str, int, int]]
) -> None:
    with transaction.atomic():
        for gesture, which, number in asked:
            _play(equipe, vallon, gesture, which, number)
            assert list(differences(vallon)) == []
        transaction.set_rollback(True)


def _play(by: Acces, espace: EspaceDeContrat, gesture: str, which: int, number: int) -> None:
    held = list(Entree.objects.of(espace).order_by("numero"))
    if gesture == "inscrire" or not held:
        entree(by, espace, number, le=LE + timedelta(days=number), valeurs={("presents", "sexe:h"): number // 2})
        return
    if gesture == "annuler le geste":
        _take_back()
        return
    one = held[which % len(held)]
    match gesture:
        case "corriger":
            _correct(by, one, {}, number)
        case "déplacer":
            day = LE + timedelta(days=number * 5)
            _correct(by, one, {"debut": day, "fin": day}, None)
        case "annuler la séance":
            _correct(by, one, {"statut": Statut.ANNULEE}, None)
        case _:
            judge_entree(
                by=by,
                entree=one,
                motif="Vu.",
                confiance=Confiance.CONTESTEE if gesture == "contester" else Confiance.RETENUE,
            )


def _correct(by: Acces, one: Entree, changes: dict[str, object], number: int | None) -> None:
    given = None if number is None else {("presents", ""): Decimal(number)}
    correct_entree(by=by, entree=one, version=one.version, changes=changes, valeurs=given, exact=True)


def _take_back() -> None:
    kept = Geste.objects.filter(annule_le=None).order_by("-pk").select_related("espace", "par").first()
    if kept:
        from tenir.habilitations.rights import acces_of

        try:
            undo(by=acces_of(kept.par), geste=kept)
        except ChangeDepuis:
            return


@pytest.fixture
def moved(vallon: EspaceDeContrat, equipe: Acces) -> EspaceDeContrat:
    """A contract whose sums were changed by another way."""
    entree(equipe, vallon)
    Cumul.objects.filter(mesure="presents").update(somme=13)
    Cumul.objects.filter(mesure="").delete()
    return vallon


def test_recompter_says_what_differs_and_writes_it_again_when_asked(moved: EspaceDeContrat) -> None:
    def recompter(*words: str) -> tuple[int, str]:
        done = CliRunner().invoke(main, ["recompter", *words], catch_exceptions=False)
        return done.exit_code, done.output

    code, said = recompter()
    assert code == 1
    assert "vallon : atelier, presents, 03/2026 : 1 × 13.00 au lieu de 1 × 12.00." in said
    assert "vallon : atelier, 03/2026 : rien au lieu de 1 × 0" in said
    assert recompter("vallon", "--corriger")[0] == 0
    code, said = recompter("vallon")
    assert (code, said) == (0, "Les cumuls sont ce que disent les entrées, dans 1\u00a0contrat.\n")


def test_recompter_refuses_a_contract_that_is_none(db: None) -> None:
    done = CliRunner().invoke(main, ["recompter", "nulle-part"])
    assert done.exit_code != 0
    assert "Aucun contrat « nulle-part »" in done.output
