"""The table: totals that agree in three directions whatever happens, its workbook, the versions that are frozen."""

from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from copy import deepcopy
from dataclasses import dataclass
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Sum
from django.urls import reverse
from hypothesis import given as drawn
from hypothesis import strategies as st

from tenir.core import horloge
from tenir.core.marques import Perime
from tenir.core.tableur import pasted
from tenir.core.tableur.colonnes import read_rows
from tenir.core.typographie import en_lettres, pluriel
from tenir.ecran.annulation.annuler import ChangeDepuis, mark_of, standing, undo
from tenir.ecran.models import Geste
from tenir.ecran.versions import Conflit
from tenir.financement.ecrans.tableau import lede
from tenir.financement.enums import ENDED, ETATS, WITHOUT_AMOUNT, Registre
from tenir.financement.feuille import COLONNES, REQUIRED
from tenir.financement.figement import VersionAlteree, changes, data_of, recall
from tenir.financement.models import LigneDeFinancement, VersionFigee
from tenir.financement.montants import PLAFOND, total
from tenir.financement.services.importation import digest, import_amounts, preview
from tenir.financement.services.lignes import Case, line_of, open_line, say
from tenir.financement.services.tableau import budget_of, envelope_of, freeze, say_budget, say_envelope
from tenir.financement.solde import settle
from tenir.financement.tableau import build
from tenir.gouvernance.models import Decision
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces, Refus
from tenir.habilitations.roles import Role
from tests.bureautique import through_office
from tests.exemples import SHARED, few
from tests.financement.argent import action, case, financeurs, given, imprimees, line, then
from tests.formulaires import Lectrice, send
from tests.gouvernance.reunions import comites, convoquee, decision
from tests.partage import shared
from tests.personnes import acces, body, contract

pytestmark = pytest.mark.deux_bases

ACTIONS, FUNDERS = ("O01-A01", "O01-A02", "O02-A01"), ("caf", "ccas", "mairie")
YEARS = (2025, 2026, None)
TODAY = f"{horloge.today():%d/%m/%Y}"


@dataclass
class Comite:
    """A contract with three actions, its team, a partner, a decision of its comité."""

    espace: EspaceDeContrat
    equipe: Acces
    ccas: Acces
    decision: Decision


@pytest.fixture(scope="module")
def _made(django_db_setup: None, django_db_blocker) -> Iterator[Comite]:
    def make() -> Comite:
        espace = contract("vallon", etat="signe")
        team, partner = acces("Basile Pivot", Role.EQUIPE, espace), acces("Cléo", Role.PARTENAIRE, espace, of="ccas")
        imprimees(espace)
        financeurs(espace)
        for code in ACTIONS:
            action(espace, code)
        taken = decision(team, convoquee(team, comites(espace).pilotage))
        return Comite(espace, team, partner, taken)

    with shared(django_db_blocker, make) as made:
        yield made


@pytest.fixture
def comite(_made: Comite, db: None) -> Comite:
    return deepcopy(_made)


AMOUNTS = st.decimals(0, PLAFOND - 1, places=2)
WILD = st.one_of(AMOUNTS, st.sampled_from([Decimal(one) for one in ("-0.01", "-4000", "1e11", "1e20", "0.001")]))
"""What people type too: below nought, beyond any amount, parts of a cent."""
GESTES = st.lists(
    st.tuples(
        st.sampled_from(ACTIONS), st.sampled_from(FUNDERS), st.sampled_from(YEARS), st.sampled_from(list(Registre)),
        st.integers(0, 7), WILD,
    ),
    max_size=12,
)  # fmt: skip


def play(comite: Comite, code: str, of: str, annee: int | None, ledger: str, rank: int, amount: Decimal) -> None:
    """One gesture: the next row of the line that stands there; one that is refused changes nothing of it."""
    states = ETATS[ledger]
    etat = states[rank % len(states)]
    montant = None if etat in WITHOUT_AMOUNT else str(amount)
    more = {"motif": "Raison fictive." if etat in ENDED else "", "preuve": "Preuve fictive"}
    standing = line_of(comite.espace, case(comite.espace, code, of, annee, registre=ledger))
    assert standing
    before = (standing.version, standing.compte, standing.mouvements.count())
    try:
        with transaction.atomic():
            then(comite.equipe, standing, etat, montant, **more)
    except ValidationError:
        standing.refresh_from_db()
        assert (standing.version, standing.compte, standing.mouvements.count()) == before


def open_first(comite: Comite, code: str, of: str, annee: int | None, ledger: str) -> None:
    """A line of a cell, opened with what both ledgers know."""
    if line_of(comite.espace, case(comite.espace, code, of, annee, registre=ledger)) is None:
        line(comite.equipe, comite.espace, code, of, "annonce", "1", annee, registre=ledger)


@few(6, SHARED)
@drawn(GESTES)
def test_totals_agree_in_three_directions_through_refusals_payments_and_huge_amounts(comite: Comite, gestes) -> None:
    with transaction.atomic():
        for code, of, annee, ledger, rank, amount in gestes:
            open_first(comite, code, of, annee, ledger)
            play(comite, code, of, annee, ledger, rank, amount)
        for ledger in Registre:
            for annee in YEARS:
                agree(comite.espace, annee, ledger)
        for one in LigneDeFinancement.objects.filter(espace=comite.espace):
            assert settle(one.mouvements.all()).compte == one.compte, "what is kept is what the rows come to"
        transaction.set_rollback(True)


def agree(espace: EspaceDeContrat, annee: int | None, ledger: str) -> None:
    """Rows, funders, orientations, and the ledger itself say the same total."""
    table = build(espace, annee, ledger)
    lines = LigneDeFinancement.objects.filter(espace=espace, registre=ledger).in_year(annee)
    counted = lines.aggregate(found=Sum("compte"))["found"] or Decimal(0)
    assert table.total == counted
    assert total(table.total_of(one.cle) for one in table.financeurs) == counted
    assert total(table.par_orientation.values()) == counted
    cells = Counter(one.pk for row in table.rangees for held in row.cases.values() for one in held.lignes)
    assert set(cells.values()) <= {1}, "no line is in two cells"
    said = lede(table)
    givers = sum(1 for one in table.financeurs if table.total_of(one.cle))
    helped = sum(1 for row in table.rangees if row.total)
    if givers:
        assert said.startswith(en_lettres(givers).capitalize()), "a funder that refused all brings nothing"
        assert pluriel(helped, "action ou projet", "actions et projets") in said
    else:
        assert said.startswith("Au")


def test_the_sentence_counts_who_brings_and_what_is_helped(comite: Comite) -> None:
    line(comite.equipe, comite.espace, of="ccas", montant="100")
    asked = line(comite.equipe, comite.espace, of="caf", etat="demande", montant="40")
    assert lede(build(comite.espace, 2026)).startswith("Deux financeurs apportent")
    then(comite.equipe, asked, "refuse", None, motif="Raison fictive.")
    table = build(comite.espace, 2026)
    assert (len(table.financeurs), lede(table)) == (
        2,
        "Un financeur apporte 100\u00a0€ à 1\u00a0action ou projet, pour 2026.",
    )
    agree(comite.espace, 2026, Registre.SPECIFIQUE)


def test_one_year_and_all_the_years_agree_and_the_other_ledger_is_apart(comite: Comite) -> None:
    for annee in YEARS:
        line(comite.equipe, comite.espace, annee=annee, montant="100.10")
    line(comite.equipe, comite.espace, registre=Registre.DROIT_COMMUN, etat="valorise", montant="7")
    table = build(comite.espace, 2026)
    assert (table.total, table.a_part, table.sans_annee) == (Decimal("100.10"), 7, (1, Decimal("100.10")))
    assert build(comite.espace, None).total == Decimal("300.30")


def test_a_budget_an_envelope_and_a_ceiling_say_what_lacks_and_what_is_overrun(comite: Comite) -> None:
    line(comite.equipe, comite.espace, montant="4000")
    found = action(comite.espace)
    budget = budget_of(comite.espace, 2026, found.action.orientation, found, "")
    say_budget(by=comite.equipe, budget=budget, version=0, changes={"montant": Decimal(6000)})
    envelope = envelope_of(comite.espace, 2026, body("ccas"))
    said = {"montant": Decimal(3500), "plafond": Decimal(3000)}
    say_envelope(by=comite.equipe, enveloppe=envelope, version=0, changes=said)
    table = build(comite.espace, 2026)
    (funder,) = table.financeurs
    assert (table.rangees[0].manque, table.manque, table.reste_of(funder)) == (2000, 2000, -500)
    assert table.depasse(table.rangees[0], funder)
    with pytest.raises(Conflit):
        say_budget(by=comite.equipe, budget=budget, version=0, changes={"montant": Decimal(7000)})
    with pytest.raises(Refus):
        say_budget(by=comite.ccas, budget=budget, version=1, changes={"montant": Decimal(7000)})


def test_two_people_on_one_cell_of_the_table_lose_nothing(comite: Comite) -> None:
    made = line(comite.equipe, comite.espace, etat="demande", montant="5000")
    one, other = Lectrice(), Lectrice()
    one.force_login(comite.equipe.personne.utilisateur)
    other.force_login(comite.ccas.personne.utilisateur)
    url = reverse("financement-dire", args=[comite.espace.slug, made.code])
    row = {"etat": "vote", "le": horloge.today().isoformat(), "source": "Délibération fictive"}
    read, also_read = one.get(url), other.get(url)
    assert send(one, url, read, **row, montant="4 000").status_code == 302
    answer = send(other, url, also_read, **row, montant="4 500")
    assert answer.status_code == 409
    shown = answer.content.decode()
    assert all(amount in shown for amount in ("4\u202f000\u00a0€", "4\u202f500\u00a0€", "Délibération fictive"))
    assert made.mouvements.count() == 2
    assert send(other, url, answer, choix__montant="mienne").status_code == 302
    made.refresh_from_db()
    assert (made.etat, made.montant, made.mouvements.count()) == ("vote", 4500, 3)


def test_a_version_is_frozen_by_a_decision_and_says_what_changed_since(comite: Comite) -> None:
    made = line(comite.equipe, comite.espace, montant="4000")
    version = freeze(by=comite.equipe, espace=comite.espace, annee=2026, decision=comite.decision)
    then(comite.equipe, made, "conventionne", "3500")
    told = list(changes(recall(version), data_of(comite.espace, 2026)))
    assert [(one.financeur, one.avant, one.apres) for one in told] == [
        ("CCAS", "4\u202f000\u00a0€, voté", "3\u202f500\u00a0€, conventionné")
    ]
    with pytest.raises(ValidationError, match="fige déjà"):
        freeze(by=comite.equipe, espace=comite.espace, annee=2026, decision=comite.decision)
    with pytest.raises(Refus):
        freeze(by=comite.ccas, espace=comite.espace, annee=2025, decision=comite.decision)


def test_what_changed_while_one_read_is_not_frozen_unseen(comite: Comite) -> None:
    line(comite.equipe, comite.espace)
    with pytest.raises(Perime):
        freeze(
            by=comite.equipe, espace=comite.espace, annee=2026, decision=comite.decision, lu={"tableau": "autre chose"}
        )
    assert not VersionFigee.objects.exists()


def test_a_version_changed_behind_our_back_is_not_shown(comite: Comite) -> None:
    line(comite.equipe, comite.espace)
    version = freeze(by=comite.equipe, espace=comite.espace, annee=None, decision=comite.decision)
    VersionFigee.objects.filter(pk=version.pk).update(contenu=version.contenu.replace("4000", "9000"))
    version.refresh_from_db()
    with pytest.raises(VersionAlteree):
        recall(version)
    client = Lectrice()
    client.force_login(comite.equipe.personne.utilisateur)
    answer = client.get(reverse("financement-version", args=[comite.espace.slug, version.numero]))
    assert answer.status_code == 409
    assert "9\u202f000" not in answer.content.decode()


def test_the_workbook_recomputes_what_the_page_says(comite: Comite, tmp_path: Path) -> None:
    for rank, (code, of) in enumerate([("O01-A01", "caf"), ("O01-A02", "ccas"), ("O02-A01", "caf")]):
        line(comite.equipe, comite.espace, code, of, montant=f"{rank + 1}000.25")
    client = Lectrice()
    client.force_login(comite.equipe.personne.utilisateur)
    url = reverse("financement-tableau-export", args=[comite.espace.slug, "xlsx"])
    content = client.get(f"{url}?annee=2026").content
    book = openpyxl.load_workbook(BytesIO(content))
    sheet = book.worksheets[0]
    formulas = [str(cell.value) for row in sheet.iter_rows() for cell in row if str(cell.value).startswith("=")]
    assert {"=SUM(E4:E6)", "=SUM(E4:F4)", '=IF(D4="","",D4-G4)'} <= set(formulas)
    assert not any("Droit" in one for one in formulas), "the two ledgers are never added up"
    sheet["E4"] = 5000  # as whoever receives it would
    book.save(changed := tmp_path / "change.xlsx")
    opened = through_office(changed, "xlsx:Calc MS Excel 2007 XML", tmp_path / "out")
    held = openpyxl.load_workbook(opened, data_only=True).worksheets[0]
    assert round(held["G4"].value, 2) == 5000
    assert round(held["G7"].value, 2) == round(5000 + 2000.25 + 3000.25, 2)
    assert round(held["E7"].value, 2) == 8000.25


CONTRE = st.lists(
    st.tuples(st.sampled_from(ACTIONS), st.sampled_from(FUNDERS), st.integers(0, 7), AMOUNTS, st.sampled_from("edcui")),
    max_size=10,
)
"""Gestures: written by the team, by a partner at the same moment, brought by a sheet, by one that is cut, undone."""


@few(5, SHARED)
@drawn(CONTRE)
def test_totals_agree_when_people_cross_sheets_are_cut_and_gestures_undone(comite: Comite, gestes) -> None:
    with transaction.atomic():
        for code, of, rank, amount, how in gestes:
            open_first(comite, code, of, 2026, Registre.SPECIFIQUE)
            if how == "e":
                play(comite, code, of, 2026, Registre.SPECIFIQUE, rank, amount)
            elif how == "d":
                crossed(comite, code, of, amount)
            elif how in "cu":
                brought(comite, code, of, amount, cut=how == "c")
            else:
                undone(comite)
            agree(comite.espace, 2026, Registre.SPECIFIQUE)
        agree(comite.espace, None, Registre.SPECIFIQUE)
        transaction.set_rollback(True)


def crossed(comite: Comite, code: str, of: str, amount: Decimal) -> None:
    """Two people read one line; the second is refused, for the first wrote."""
    standing = line_of(comite.espace, case(comite.espace, code, of, 2026))
    assert standing
    read = standing.version
    row = given("demande", str(amount))
    say(by=comite.equipe, ligne=standing, version=read, given=row)
    with pytest.raises(Conflit), transaction.atomic():
        say(by=comite.equipe, ligne=standing, version=read, given=row)


def brought(comite: Comite, code: str, of: str, amount: Decimal, *, cut: bool) -> None:
    """A sheet of one row, written whole, or cut once its row was."""
    typed = str(amount).replace(".", ",")
    text = f"Code\tFinanceur\tAnnée\tÉtat\tMontant\tDate\n{code}\t{of.upper()}\t2026\tvoté\t{typed}\t{TODAY}"
    grille = read_rows([pasted(text)], COLONNES, REQUIRED)
    mark = digest(preview(grille, by=comite.equipe, espace=comite.espace))
    try:
        with transaction.atomic():
            import_amounts(grille, by=comite.equipe, espace=comite.espace, empreinte=mark)
            if cut:
                raise KeyboardInterrupt
    except KeyboardInterrupt:
        assert cut


def undone(comite: Comite) -> None:
    """The last gesture is taken back, where nothing came after it."""
    last = Geste.objects.order_by("-pk").first()
    if last is not None:
        with suppress(ChangeDepuis), transaction.atomic():
            undo(by=comite.equipe, geste=last, shown=mark_of(standing(last, comite.equipe)))


def test_two_people_hold_a_table_of_25_by_6_two_cells_then_the_same_one(comite: Comite) -> None:
    """Both read the whole table, then write: two cells both pass; in the same, the second sees both and chooses."""
    espace, team = comite.espace, comite.equipe
    funders = [body(name) for name in ("caf", "ccas", "mairie", "departement", "region", "etat")]
    orientation = action(espace).action.orientation
    for rank in range(25):
        for funder in funders:
            cell = Case(orientation, funder, 2026, None, f"Projet {rank}")
            open_line(by=team, espace=espace, case=cell, given=given("demande", "100.10"))
    one, other = Lectrice(), Lectrice()
    one.force_login(team.personne.utilisateur)
    other.force_login(acces("Ada Deuxième", Role.EQUIPE, espace).personne.utilisateur)
    table = f"{reverse('financement-tableau', args=[espace.slug])}?annee=2026"
    assert all(client.get(table).content.decode().count("Projet ") >= 25 for client in (one, other))
    lines = list(LigneDeFinancement.objects.filter(espace=espace, projet="Projet 7").order_by("pk"))
    urls = [reverse("financement-dire", args=[espace.slug, held.code]) for held in lines]
    row = {"etat": "vote", "le": horloge.today().isoformat(), "source": "Délibération fictive"}
    reads = [(client, url, client.get(url)) for client, url in ((one, urls[0]), (other, urls[1]), (other, urls[0]))]
    answers = [send(who, url, page, **row, montant=f"{rank} 000") for rank, (who, url, page) in enumerate(reads, 1)]
    assert [answer.status_code for answer in answers] == [302, 302, 409]
    shown = answers[2].content.decode()
    assert "1\u202f000\u00a0€" in shown
    assert "3\u202f000\u00a0€" in shown
    assert send(other, urls[0], answers[2], choix__montant="mienne").status_code == 302
    for held, amount in zip(lines, (3000, 2000), strict=False):
        held.refresh_from_db()
        assert held.vote == amount
    assert build(espace, 2026).total == 148 * Decimal("100.10") + 5000
    agree(espace, 2026, Registre.SPECIFIQUE)
