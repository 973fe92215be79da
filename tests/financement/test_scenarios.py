"""Scenarios: weighed side by side; the ledger does not change until a decision adopts one; nothing of two is lost."""

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from decimal import Decimal
from io import BytesIO

import openpyxl
import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from hypothesis import given as drawn
from hypothesis import strategies as st

from tenir.core.marques import Perime
from tenir.ecran.annulation.annuler import mark_of, standing, undo
from tenir.ecran.models import Geste
from tenir.ecran.versions import Conflit
from tenir.financement.models import LigneDeFinancement, MontantPropose, Scenario
from tenir.financement.montants import PLAFOND, total
from tenir.financement.scenarios import compare, table_of
from tenir.financement.services.scenarios import Chose, adopt, open_scenario, propose, remove, shown
from tenir.financement.services.tableau import envelope_of, say_envelope
from tenir.financement.tableau import build
from tenir.gouvernance.models import Decision
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces, Refus
from tenir.habilitations.roles import Role
from tests.exemples import SHARED, few
from tests.financement.argent import ANNEE, action, line, then
from tests.formulaires import Lectrice, send
from tests.gouvernance.reunions import comites, convoquee, decision
from tests.partage import shared
from tests.personnes import acces, body, contract

pytestmark = pytest.mark.deux_bases
ACTIONS, FUNDERS = ("O01-A01", "O01-A02", "O02-A01"), ("caf", "ccas", "mairie")


@dataclass
class Comite:
    """A contract with two lines of 2026, asked, and a third one voted; its team; a decision."""

    espace: EspaceDeContrat
    equipe: Acces
    ccas: Acces
    decision: Decision
    scenario: Scenario


@pytest.fixture(scope="module")
def _made(django_db_setup: None, django_db_blocker) -> Iterator[Comite]:
    def make() -> Comite:
        espace = contract("vallon", etat="signe")
        team, partner = acces("Basile Pivot", Role.EQUIPE, espace), acces("Cléo", Role.PARTENAIRE, espace, of="ccas")
        for code in ACTIONS:
            action(espace, code)
        line(team, espace, "O01-A01", "caf", "demande", "5000")
        line(team, espace, "O01-A02", "ccas", "demande", "3000")
        line(team, espace, "O02-A01", "mairie", "vote", "800")
        taken = decision(team, convoquee(team, comites(espace).pilotage))
        made = open_scenario(by=team, espace=espace, annee=ANNEE, nom="Priorité à l’emploi")
        return Comite(espace, team, partner, taken, made)

    with shared(django_db_blocker, make) as made:
        yield made


@pytest.fixture
def comite(_made: Comite, db: None) -> Comite:
    return deepcopy(_made)


def row(comite: Comite, code: str = "O01-A01") -> Chose:
    found = action(comite.espace, code)
    return Chose(found.action.orientation, found)


def proposed(comite: Comite, of: str, montant: str | None, code: str = "O01-A01", lu: str | None = None) -> None:
    read = {body(of).pk: None if lu is None else Decimal(lu)}
    asked = {body(of).pk: None if montant is None else Decimal(montant)}
    propose(by=comite.equipe, scenario=comite.scenario, chose=row(comite, code), version=0, lus=read, montants=asked)


def test_a_scenario_changes_nothing_of_the_ledger_until_a_decision_adopts_it(comite: Comite) -> None:
    proposed(comite, "caf", "4200.50")
    proposed(comite, "mairie", "1000")
    assert build(comite.espace, ANNEE).total == 8800
    assert table_of(comite.scenario).total == Decimal("9000.50")
    adopt(by=comite.equipe, scenario=comite.scenario, decision=comite.decision)
    table = build(comite.espace, ANNEE)
    assert table.total == Decimal("9000.50")
    states = {one.financeur.identifiant: one.etat for one in LigneDeFinancement.objects.of(comite.espace)}
    assert states["caf"] == "propose"
    written = LigneDeFinancement.objects.of(comite.espace).get(financeur=body("caf")).mouvements.last()
    assert written.source.startswith("Scénario « Priorité à l’emploi », décision D")
    with pytest.raises(ValidationError, match="ne change plus"):
        proposed(comite, "caf", "1")


def test_an_adoption_is_undone_at_once_with_all_its_lines(comite: Comite) -> None:
    proposed(comite, "caf", "4200")
    proposed(comite, "mairie", "1000")
    before = build(comite.espace, ANNEE).total
    adopt(by=comite.equipe, scenario=comite.scenario, decision=comite.decision)
    kept = Geste.objects.latest("pk")
    undo(by=comite.equipe, geste=kept, shown=mark_of(standing(kept, comite.equipe)))
    comite.scenario.refresh_from_db()
    assert comite.scenario.adopte_par is None
    assert build(comite.espace, ANNEE).total == before
    assert LigneDeFinancement.objects.of(comite.espace).count() == 3


def test_what_a_funder_settled_is_not_proposed_over(comite: Comite) -> None:
    with pytest.raises(ValidationError, match="déjà voté"):
        proposed(comite, "mairie", "1", "O02-A01")
    proposed(comite, "caf", "4200")
    made = LigneDeFinancement.objects.of(comite.espace).get(financeur=body("caf"))
    then(comite.equipe, made, "vote", "100")
    assert table_of(comite.scenario).total == 3900, "what was voted since stands, in the scenario too"
    adopt(by=comite.equipe, scenario=comite.scenario, decision=comite.decision)
    made.refresh_from_db()
    assert (made.etat, made.montant) == ("vote", 100)


def test_two_people_on_one_row_of_a_scenario_lose_nothing(comite: Comite) -> None:
    one, other = Lectrice(), Lectrice()
    second = acces("Odile Pivot", Role.EQUIPE, comite.espace)
    one.force_login(comite.equipe.personne.utilisateur)
    other.force_login(second.personne.utilisateur)
    url = reverse("financement-scenario-rangee", args=[comite.espace.slug, comite.scenario.numero, "O01-A01"])
    envelope = envelope_of(comite.espace, ANNEE, body("mairie"))
    say_envelope(by=comite.equipe, enveloppe=envelope, version=0, changes={"montant": Decimal(9000)})
    caf, ccas = f"montant_{body('caf').pk}", f"montant_{body('ccas').pk}"
    read, also_read = one.get(url), other.get(url)
    assert send(one, url, read, **{caf: "4 000"}).status_code == 302
    assert send(other, url, also_read, **{ccas: "700"}).status_code == 302, "two cells: both are kept"
    again = other.get(url)
    assert send(one, url, one.get(url), **{caf: "4 100"}).status_code == 302
    answer = send(other, url, again, **{caf: "4 500"})
    assert answer.status_code == 409
    page = answer.content.decode()
    assert all(amount in page for amount in ("4\u202f100\u00a0€", "4\u202f500\u00a0€"))
    kept = {each.financeur.identifiant: each.montant for each in comite.scenario.montants.select_related("financeur")}
    assert kept == {"caf": 4100, "ccas": 700}
    assert send(other, url, answer, **{f"choix__{caf}": "mienne"}).status_code == 302
    assert comite.scenario.montants.get(financeur=body("caf")).montant == 4500


def test_what_was_written_meanwhile_is_not_overwritten_by_the_service_either(comite: Comite) -> None:
    proposed(comite, "caf", "10")
    with pytest.raises(Conflit):
        proposed(comite, "caf", "20")
    with pytest.raises(Perime):
        adopt(by=comite.equipe, scenario=comite.scenario, decision=comite.decision, lu={"nom": "autre"})
    with pytest.raises(Refus):
        adopt(by=comite.ccas, scenario=comite.scenario, decision=comite.decision)


def test_scenarios_stand_side_by_side_with_what_is_left_of_each_envelope(comite: Comite) -> None:
    proposed(comite, "caf", "4000")
    envelope = envelope_of(comite.espace, ANNEE, body("caf"))
    say_envelope(by=comite.equipe, enveloppe=envelope, version=0, changes={"montant": Decimal(4500)})
    other = open_scenario(
        by=comite.equipe, espace=comite.espace, annee=ANNEE, nom="Enveloppe entière", depuis=comite.scenario
    )
    propose(
        by=comite.equipe, scenario=other, chose=row(comite), version=0, lus={body("caf").pk: Decimal(4000)},
        montants={body("caf").pk: Decimal(4500)},
    )  # fmt: skip
    found = compare(comite.espace, ANNEE, Scenario.objects.of(comite.espace))
    assert [table.total for table in found.tableaux] == [8800, 7800, 8300]
    assert found.restes(found.financeurs[0]) == [-500, 500, 0]
    assert [one.montants for one in found.ecarts] == [(5000, 4000, 4500)]
    client = Lectrice()
    client.force_login(comite.ccas.personne.utilisateur)
    page = client.get(f"{reverse('financement-scenarios', args=[comite.espace.slug])}?annee={ANNEE}").content.decode()
    assert "dépasse l’enveloppe de 500" in page
    assert "Enveloppe entière" in page


def test_a_scenario_removed_comes_back_with_its_amounts(comite: Comite) -> None:
    proposed(comite, "caf", "4000")
    remove(by=comite.equipe, scenario=comite.scenario, lu=shown(comite.scenario))
    assert not Scenario.objects.of(comite.espace).exists()
    undo(by=comite.equipe, geste=Geste.objects.latest("pk"))
    assert [one.montants.get().montant for one in Scenario.objects.of(comite.espace)] == [4000]


def test_the_workbook_of_a_scenario_holds_its_amounts_and_its_sums(comite: Comite) -> None:
    proposed(comite, "caf", "4000.25")
    client = Lectrice()
    client.force_login(comite.equipe.personne.utilisateur)
    url = reverse("financement-scenario-export", args=[comite.espace.slug, comite.scenario.numero, "xlsx"])
    sheet = openpyxl.load_workbook(BytesIO(client.get(url).content)).worksheets[0]
    cells = [cell.value for line_ in sheet.iter_rows() for cell in line_]
    assert 4000.25 in cells
    assert any(str(one).startswith("=SUM(") for one in cells)
    assert "Priorité à l’emploi" in str(sheet["A1"].value)


PROPOSALS = st.lists(
    st.tuples(
        st.sampled_from(ACTIONS), st.sampled_from(FUNDERS),
        st.one_of(st.none(), st.decimals(0, PLAFOND - 1, places=2)),
    ),
    max_size=10,
)  # fmt: skip


@few(5, SHARED)
@drawn(PROPOSALS)
def test_totals_of_a_scenario_agree_in_three_directions(comite: Comite, proposals) -> None:
    with transaction.atomic():
        for code, of, montant in proposals:
            if (code, of) != ("O02-A01", "mairie"):
                held = MontantPropose.objects.filter(financeur=body(of), fiche=action(comite.espace, code)).first()
                lu = str(held.montant) if held else None
                proposed(comite, of, None if montant is None else str(montant), code, lu)
        table = table_of(comite.scenario)
        by_funder = total(table.total_of(one.cle) for one in table.financeurs)
        assert table.total == by_funder == total(table.par_orientation.values())
        transaction.set_rollback(True)
