"""What no payment passes by, walked through every door that writes a row of the ledger."""

import ast
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

import tenir
from tenir.core import horloge
from tenir.core.tableur import pasted
from tenir.core.tableur.colonnes import read_rows
from tenir.ecran.annulation.annuler import ChangeDepuis, mark_of, standing, undo
from tenir.ecran.models import Geste
from tenir.financement.feuille import COLONNES, REQUIRED
from tenir.financement.models import DemandeAuFinanceur, LigneDeFinancement, MouvementDeFinancement
from tenir.financement.services.demandes import accept, ask
from tenir.financement.services.importation import digest, import_amounts, preview
from tenir.financement.services.liens import answer, token_of
from tenir.financement.services.publication import describe_subsidy
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces
from tenir.habilitations.roles import Role
from tests.financement.argent import ANNEE, SAID, action, imprimees, line, published, then
from tests.formulaires import Lectrice, main_form, send
from tests.partage import shared
from tests.personnes import acces, body, contract

pytestmark = pytest.mark.deux_bases
TODAY = horloge.today()
DOORS = ("service", "formulaire", "tableur", "lien")
WHY = "Organisme public."


@dataclass
class Caisse:
    espace: EspaceDeContrat
    equipe: Acces


@pytest.fixture(scope="module")
def _made(django_db_setup: None, django_db_blocker) -> Iterator[Caisse]:
    def make() -> Caisse:
        espace = contract("vallon", etat="signe")
        found = Caisse(espace, acces("Basile Pivot", Role.EQUIPE, espace))
        imprimees(espace)
        action(espace, "O01-A02")
        return found

    with shared(django_db_blocker, make) as made:
        yield made


@pytest.fixture
def caisse(_made: Caisse, db: None) -> Caisse:
    return deepcopy(_made)


def refused(write: Callable[[], object]) -> str:
    """Why a service refuses; nothing when it does not."""
    try:
        write()
    except ValidationError as error:
        return " ".join(error.messages)
    return ""


def by_service(caisse: Caisse, ligne: LigneDeFinancement, etat: str, montant: str, motif: str = "") -> str:
    return refused(lambda: then(caisse.equipe, ligne, etat, montant, motif=motif))


def by_form(caisse: Caisse, ligne: LigneDeFinancement, etat: str, montant: str, motif: str = "") -> str:
    client = Lectrice()
    client.force_login(caisse.equipe.personne.utilisateur)
    url = reverse("financement-dire", args=[caisse.espace.slug, ligne.code])
    shown = send(client, url, client.get(url), etat=etat, montant=montant, source="Avis fictif", motif=motif)
    return "" if shown.status_code == 302 else shown.content.decode()


def by_sheet(caisse: Caisse, ligne: LigneDeFinancement, etat: str, montant: str, motif: str = "") -> str:
    word = {"verse": "versé", "vote": "voté", "conventionne": "conventionné"}[etat]
    names = ("Ligne", "Code", "Financeur", "Année", "État", "Montant", "Date", "Raison")
    row = (ligne.code, "", "", "", word, montant, f"{TODAY:%d/%m/%Y}", motif)
    grille = read_rows([pasted("\n".join("\t".join(one) for one in (names, row)))], COLONNES, REQUIRED)
    shown = preview(grille, by=caisse.equipe, espace=caisse.espace)
    done = import_amounts(grille, by=caisse.equipe, espace=caisse.espace, empreinte=digest(shown))
    assert [one.raison for one in done] == [one.raison for one in shown], "what is shown is what is done"
    return done[0].raison


def by_link(caisse: Caisse, ligne: LigneDeFinancement, etat: str, montant: str, motif: str = "") -> str:
    asked = DemandeAuFinanceur.objects.filter(financeur=ligne.financeur).first()
    asked = asked or ask(
        by=caisse.equipe, espace=caisse.espace, annee=ANNEE, financeurs=[ligne.financeur],
        close_le=TODAY + timedelta(days=9),
    )[0]  # fmt: skip
    row = {"etat": etat, "montant": Decimal(montant), "motif": motif}
    if why := refused(lambda: answer(demande=asked, said={ligne.pk: row})):
        return why
    return refused(lambda: accept(by=caisse.equipe, reponse=asked.reponses.latest("pk")))


WRITE = dict(zip(DOORS, (by_service, by_form, by_sheet, by_link), strict=True))


@pytest.mark.parametrize("door", DOORS)
def test_no_door_pays_more_than_what_is_decided(caisse: Caisse, door: str) -> None:
    made = line(caisse.equipe, caisse.espace, montant="4000")
    assert "plus que ce qui est décidé" in WRITE[door](caisse, made, "verse", "4001").replace("\u00a0", " ")
    made.refresh_from_db()
    assert (made.etat, made.verse) == ("vote", None)
    assert WRITE[door](caisse, made, "verse", "4000") == ""
    assert WRITE[door](caisse, made, "vote", "5000") == "", "a larger decision, then its payment"
    assert WRITE[door](caisse, made, "verse", "5000") == ""


@pytest.mark.parametrize("door", DOORS)
def test_no_door_pays_above_the_threshold_without_a_convention_or_a_reason(caisse: Caisse, door: str) -> None:
    made = line(caisse.equipe, caisse.espace, montant="30000")
    assert WRITE[door](caisse, made, "verse", "23000") == "", "the threshold itself asks nothing"
    assert "convention signée" in WRITE[door](caisse, made, "verse", "23001").replace("\u00a0", " ")
    assert WRITE[door](caisse, made, "verse", "24000", WHY) == ""
    assert made.mouvements.latest("rang").motif == WHY
    assert WRITE[door](caisse, made, "verse", "23500") == "", "what is given back is no payment"
    assert WRITE[door](caisse, made, "conventionne", "30000") == ""
    assert WRITE[door](caisse, made, "verse", "30000") == "", "once it is signed, nothing more is asked"


@pytest.mark.parametrize("door", DOORS)
def test_no_door_decides_less_than_what_is_paid_without_saying_why(caisse: Caisse, door: str) -> None:
    made = line(caisse.equipe, caisse.espace, montant="4000")
    then(caisse.equipe, made, "verse", "3000")
    assert "déjà versés" in WRITE[door](caisse, made, "vote", "2000").replace("\u00a0", " ")
    assert WRITE[door](caisse, made, "vote", "2000", "Budget rectificatif.") == ""


def test_a_line_is_opened_by_no_door_paid_above_the_threshold_without_a_reason(caisse: Caisse) -> None:
    espace, team = caisse.espace, caisse.equipe
    assert "convention" in refused(lambda: line(team, espace, etat="verse", montant="23000.01"))
    client = Lectrice()
    client.force_login(team.personne.utilisateur)
    url = reverse("financement-nouveau", args=[espace.slug])
    said = {
        "registre": "specifique", "quoi": "O01-A01", "annee": str(ANNEE), "financeur": body("caf").pk,
        "etat": "verse", "montant": "23000,01", "source": "Avis fictif",
    }  # fmt: skip
    assert "convention" in send(client, url, client.get(url), **said).content.decode()
    row = f"O01-A01\tCAF\t{ANNEE}\tversé\t23000,01\t{TODAY:%d/%m/%Y}"
    grille = read_rows([pasted(f"Code\tFinanceur\tAnnée\tÉtat\tMontant\tDate\n{row}")], COLONNES, REQUIRED)
    (shown,) = preview(grille, by=team, espace=espace)
    assert "convention" in shown.raison
    assert not LigneDeFinancement.objects.filter(imprimee=None).exists()
    assert send(client, url, client.get(url), **said, motif=WHY).status_code == 302


def test_what_one_body_receives_on_several_lines_counts_together(caisse: Caisse) -> None:
    espace, team = caisse.espace, caisse.equipe
    first, second = (line(team, espace, code, montant="15000") for code in ("O01-A01", "O01-A02"))
    for one in (first, second):
        published(team, one)
    other = line(team, espace, "O01-A01", of="caf", montant="15000")
    describe_subsidy(by=team, ligne=other, version=0, changes=SAID)
    assert by_service(caisse, first, "verse", "15000") == ""
    assert by_service(caisse, other, "verse", "15000") == "", "another funder counts apart"
    assert "convention" in by_service(caisse, second, "verse", "9000")
    assert by_service(caisse, second, "verse", "8000") == ""


def test_a_late_payment_is_weighed_by_what_stood_that_day(caisse: Caisse) -> None:
    made = line(caisse.equipe, caisse.espace, montant="4000", le=date(2026, 3, 1))
    then(caisse.equipe, made, "vote", "9000", le=date(2026, 9, 1))
    earlier = {"le": date(2026, 5, 1)}
    assert "décidé" in refused(lambda: then(caisse.equipe, made, "verse", "4500", **earlier))
    then(caisse.equipe, made, "verse", "4000", **earlier)


def test_after_a_refusal_nothing_more_is_paid_until_it_is_decided_anew(caisse: Caisse) -> None:
    made = line(caisse.equipe, caisse.espace, montant="4000")
    then(caisse.equipe, made, "annule", None, motif="Action abandonnée.")
    assert "décidé" in by_service(caisse, made, "verse", "1")
    then(caisse.equipe, made, "vote", "2000")
    assert by_service(caisse, made, "verse", "2000") == ""


def test_a_convention_undone_leaves_no_payment_that_it_alone_allowed(caisse: Caisse) -> None:
    made = line(caisse.equipe, caisse.espace, montant="30000")
    then(caisse.equipe, made, "conventionne", "30000")
    signed = Geste.objects.latest("pk")
    then(caisse.equipe, made, "verse", "30000")
    with pytest.raises(ChangeDepuis):
        undo(by=caisse.equipe, geste=signed, shown=mark_of(standing(signed, caisse.equipe)))
    assert list(made.mouvements.values_list("etat", flat=True)) == ["vote", "conventionne", "verse"]


def test_the_funder_is_asked_its_reason_on_its_own_page(caisse: Caisse) -> None:
    made = line(caisse.equipe, caisse.espace, montant="30000")
    (asked,) = ask(
        by=caisse.equipe, espace=caisse.espace, annee=ANNEE, financeurs=[made.financeur],
        close_le=TODAY + timedelta(days=9),
    )  # fmt: skip
    client, url = Client(), reverse("financeur", args=[token_of(asked)])
    typed = {f"etat_{made.pk}": "verse", f"montant_{made.pk}": "30 000"}
    (first, *_) = main_form(client.get(url)).xpath(".//button[@type='submit']")
    assert first.text == "Répondre", "the key Enter answers; it never says that there is nothing to say"
    page = send(client, url, client.get(url), **typed)
    assert page.status_code == 422
    assert "convention signée" in page.content.decode()
    assert send(client, url, client.get(url), **typed, **{f"motif_{made.pk}": WHY}).status_code == 302
    accept(by=caisse.equipe, reponse=asked.reponses.get())
    assert made.mouvements.latest("rang").motif == WHY


def test_the_team_gives_the_reason_that_a_funder_did_not(caisse: Caisse) -> None:
    made = line(caisse.equipe, caisse.espace, montant="30000")
    then(caisse.equipe, made, "conventionne", "30000")
    (asked,) = ask(
        by=caisse.equipe, espace=caisse.espace, annee=ANNEE, financeurs=[made.financeur],
        close_le=TODAY + timedelta(days=9),
    )  # fmt: skip
    answer(demande=asked, said={made.pk: {"etat": "verse", "montant": Decimal(30000)}})
    then(caisse.equipe, made, "annule", None, motif="Erreur de saisie.")
    then(caisse.equipe, made, "vote", "30000")
    client = Lectrice()
    client.force_login(caisse.equipe.personne.utilisateur)
    url = reverse("financement-inscrire", args=[caisse.espace.slug, asked.reponses.get().pk])
    assert "convention signée" in send(client, url, client.get(url)).content.decode()
    assert send(client, url, client.get(url), motif=WHY).status_code == 302
    assert made.mouvements.latest("rang").motif == WHY


def test_nothing_else_writes_a_row() -> None:
    """`add_row` is the one door: rows are made where it is called, and saved or changed by the lot nowhere else."""
    root = Path(tenir.__file__).parent
    made, called, behind = set(), set(), set()
    for path in root.rglob("*.py"):
        if "migrations" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            name, where = ast.unparse(node.func), str(path.relative_to(root))
            if name.endswith("MouvementDeFinancement"):
                made.add(where)
            if name.split(".")[-1] == "add_row" and "financement" in path.parts:
                called.add(where)
            manager = name.startswith("MouvementDeFinancement.objects") or ".mouvements." in f".{name}"
            if manager and name.split(".")[-1] in ("create", "bulk_create", "update", "bulk_update", "get_or_create"):
                behind.add(where)
    assert made == called == {"financement/services/lignes.py", "financement/services/demandes.py"}
    assert not behind


@pytest.mark.parametrize("role", [Role.EQUIPE, Role.PARTENAIRE])
def test_a_preview_asks_as_little_for_five_hundred_rows_as_for_ten(caisse: Caisse, role: Role) -> None:
    """Lines opened, rows added, payments, refusals of every kind, conflicts: all of it weighed in memory."""
    espace = caisse.espace
    who = caisse.equipe if role == Role.EQUIPE else acces("Cléo", role, espace, of="ccas")
    held = line(caisse.equipe, espace, montant="30000")
    kinds = (
        ("CCAS", "voté", "10"),
        ("CAF", "voté", "10"),
        ("CCAS", "versé", "24000"),
        ("CCAS", "refusé", ""),
        ("CCAS", "voté", ""),
    )

    def count(rows: int) -> int:
        text = ["Ligne\tCode\tProjet\tFinanceur\tAnnée\tÉtat\tMontant\tDate\tRaison"]
        text.append(f"{held.code}\t\t\t\t\tversé\t30001\t{TODAY:%d/%m/%Y}\t")
        for rank in range(rows):
            funder, etat, montant = kinds[rank % len(kinds)]
            text.append(f"\tO01\tProjet {rank}\t{funder}\t{ANNEE}\t{etat}\t{montant}\t{TODAY:%d/%m/%Y}\t")
        grille = read_rows([pasted("\n".join(text))], COLONNES, REQUIRED)
        with CaptureQueriesContext(connection) as asked:
            shown = preview(grille, by=who, espace=espace)
        assert len(shown) == rows + 1
        assert {one.sort for one in shown} == {"ouvre une ligne", "refusée"}
        assert all(one["sql"].startswith("SELECT") for one in asked), "nothing is written, even to be undone"
        return len(asked)

    assert count(10) == count(500) <= 12
    assert MouvementDeFinancement.objects.count() == 1


def test_the_ledger_may_begin_by_what_was_paid(caisse: Caisse) -> None:
    """No vote is invented for a payment that comes first."""
    made = line(caisse.equipe, caisse.espace, etat="demande", montant="100")
    assert by_service(caisse, made, "verse", "9000") == ""
