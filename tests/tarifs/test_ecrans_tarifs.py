"""The pages of tariffs: what each reads, the spreadsheet brought in line by line, what anyone reads."""

from html import unescape
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import Workbook

from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces
from tenir.habilitations.roles import Role
from tenir.tarifs.models import Frequentation, GrilleTarifaire, Tranche
from tests.formulaires import Lectrice, fill, text
from tests.personnes import acces, contract
from tests.tarifs.tarifs import GRILLE, comptee, grille, scenario, service, tenu

pytestmark = pytest.mark.une_base
COMMUNE = "Commune, quotient de moins de 400 €"


@pytest.fixture
def espace(db: None) -> EspaceDeContrat:
    return contract("vallon")


@pytest.fixture
def equipe(espace: EspaceDeContrat) -> Acces:
    return acces("Basile Équipe", Role.EQUIPE, espace)


def browser(acces: Acces) -> Client:
    client = Lectrice()
    client.force_login(acces.personne.utilisateur)
    return client


def at(name: str, espace: EspaceDeContrat, *args: object) -> str:
    return reverse(name, args=[espace.slug, *args])


def page(client: Client, name: str, espace: EspaceDeContrat, *args: object) -> str:
    answer = client.get(at(name, espace, *args))
    assert answer.status_code == 200
    return text(answer)


def test_attendance_and_scenarios_are_read_by_the_team_and_the_first_by_who_runs_the_service(
    espace: EspaceDeContrat, equipe: Acces
) -> None:
    made, _ = tenu(equipe, espace)
    tried = scenario(equipe, made)
    hers = browser(acces("Cléo CCAS", Role.PARTENAIRE, espace, of="ccas"))
    others = browser(acces("Noé Caf", Role.PARTENAIRE, espace, of="caf"))
    shown = page(browser(equipe), "tarif", espace, made.numero)
    assert "Moins cher" in shown
    assert "2 100" in shown
    shown = page(hers, "tarif", espace, made.numero)
    assert "2 100" in shown
    assert "Moins cher" not in shown
    shown = page(others, "tarif", espace, made.numero)
    assert "4,00 €" in shown or "4 €" in shown
    assert "2 100" not in shown
    assert hers.get(at("scenario-tarifaire", espace, made.numero, tried.numero)).status_code == 403
    assert others.get(at("frequentation", espace, made.numero, 1, 2025)).status_code == 403


def test_a_grid_is_typed_row_by_row_and_a_fault_is_beside_its_cell(espace: EspaceDeContrat, equipe: Acces) -> None:
    made = service(equipe, espace)
    client, url = browser(equipe), at("grille-tarifaire-nouvelle", espace, made.numero)
    rows = {"seuil_1": "0", "prix_1": "1,25", "seuil_2": "500", "prix_2": "2,50"}
    wrong = {"-1": "négatif", "1.5": "virgule", "1,255": "centimes", "99999": "9 999,99"}
    for typed, said in wrong.items():
        answer = fill(client, url, applicable_le="2026-01-01", **rows | {"prix_1": typed})
        assert answer.status_code == 422
        assert said in text(answer)
    hole = fill(client, url, applicable_le="2026-01-01", **rows | {"seuil_1": "100"})
    assert "personne n’a de prix" in text(hole)
    assert fill(client, url, applicable_le="2026-01-01", **rows).status_code == 302
    assert [str(one.prix) for one in Tranche.objects.order_by("seuil")] == ["1.25", "2.50"]
    assert fill(client, url, applicable_le="2026-01-01", **rows).status_code == 422  # sent twice, written once
    assert GrilleTarifaire.objects.count() == 1


def test_attendance_is_typed_and_what_is_left_empty_stays_unsaid(espace: EspaceDeContrat, equipe: Acces) -> None:
    made = service(equipe, espace)
    grid = grille(equipe, made)
    first, second = (one.pk for one in grid.tranches.all()[:2])
    client, url = browser(equipe), at("frequentation", espace, made.numero, grid.numero, 2025)
    given = {"source": "régie", f"unites_{first}": "1 210", f"usagers_{first}": "84"}
    many = fill(client, url, **given | {f"usagers_{first}": "2 000"})
    assert "ne sont pas plus nombreux" in text(many)
    alone = fill(client, url, **given | {f"usagers_{second}": "3"})
    assert "Dites aussi le nombre d’unités" in text(alone)
    assert fill(client, url, **given).status_code == 302
    row = Frequentation.objects.get()
    assert (row.unites, row.usagers, row.source) == (1210, 84, "régie")
    assert "3 tranches non dites" in page(client, "tarif", espace, made.numero)
    assert fill(client, url, **{f"unites_{first}": "", f"usagers_{first}": ""}).status_code == 302
    assert not Frequentation.objects.exists()


def sheet(*rows: tuple[object, ...]) -> SimpleUploadedFile:
    book = Workbook()
    for row in (("Année", "Tranche", "Unités", "Usagers différents", "Source"), *rows):
        book.active.append(row)
    made = BytesIO()
    book.save(made)
    return SimpleUploadedFile("frequentation.xlsx", made.getvalue())


def test_a_spreadsheet_says_of_each_line_what_becomes_of_it(espace: EspaceDeContrat, equipe: Acces) -> None:
    made = service(equipe, espace)
    grille(equipe, made)
    client, url = browser(equipe), at("frequentation-importer", espace, made.numero)
    rows = (
        (2025, COMMUNE, 1210, 84, "régie"),
        (2025, "Quotient inconnu", 10, None, "régie"),
        (2025, "Hors commune", "beaucoup", None, "régie"),
        (2024, "Hors commune", 12, None, ""),
        (2022, "Hors commune", 12, None, "régie"),
        (2025, COMMUNE, 3, None, "régie"),
        (2024, COMMUNE, None, None, ""),
    )
    shown = fill(client, url, fichier=sheet(*rows))
    told = text(shown)
    for said in ("1 à inscrire, 5 à corriger", "n’est pas une tranche", "cellule C4", "dites d’où vient ce nombre",
                 "aucune grille ne s’appliquait en 2022", "la ligne 2 dit déjà"):  # fmt: skip
        assert said in told
    assert not Frequentation.objects.exists()
    kept = shown.content.decode().partition('name="texte" hidden>')[2].partition("</textarea>")[0]
    answer = client.post(url, {"texte": unescape(kept), "confirmer": "1"})
    assert answer.status_code == 302
    assert Frequentation.objects.get().unites == 1210


def test_the_sheet_to_fill_comes_back_as_it_left(espace: EspaceDeContrat, equipe: Acces) -> None:
    made, _ = tenu(equipe, espace)
    client = browser(equipe)
    left = client.get(at("frequentation-a-remplir", espace, made.numero, "csv"))
    back = SimpleUploadedFile("frequentation.csv", left.content)
    shown = fill(client, at("frequentation-importer", espace, made.numero), fichier=back)
    assert "0 à inscrire, 0 à corriger" in text(shown)


def test_anyone_reads_the_prices_in_force_and_never_who_pays_them(espace: EspaceDeContrat, equipe: Acces) -> None:
    made, _ = tenu(equipe, espace)
    scenario(equipe, made, ("Commune", 0, "0.55"), *GRILLE[1:])
    told = page(Client(), "tarifs-publics", espace)
    assert "La cantine" in told
    assert COMMUNE in told
    for hidden in ("0,55", "2 100", "1 000", "Moins cher"):
        assert hidden not in told
    rows = Client().get(at("tarifs-publics-export", espace, "csv")).content.decode()
    assert "Hors commune" in rows
    assert "régie" not in rows


def test_three_scenarios_stand_side_by_side(espace: EspaceDeContrat, equipe: Acces) -> None:
    made, _ = tenu(equipe, espace)
    scenario(equipe, made, ("Commune", 0, "0.50"), *GRILLE[1:], titre="Bas")
    scenario(equipe, made, ("Commune", 0, "0"), ("Commune", 600, "3.00"), GRILLE[3], titre="Gratuit")
    told = page(browser(equipe), "scenarios-tarifaires", espace, made.numero)
    for said in ("Bas", "Gratuit", "quotient de 400 € à moins de 600 €", "+500"):
        assert said in told
    empty = service(equipe, espace, "La piscine")
    assert "Aucun scénario n’est ouvert" in page(browser(equipe), "scenarios-tarifaires", espace, empty.numero)


def test_a_scenario_leaves_as_a_document_and_as_a_table(espace: EspaceDeContrat, equipe: Acces) -> None:
    made, _ = tenu(equipe, espace)
    one = scenario(equipe, made, ("Commune", 0, "0.50"), *GRILLE[1:])
    client = browser(equipe)
    starts = {"pdf": b"%PDF", "docx": b"PK", "xlsx": b"PK", "csv": "\ufeffContrat".encode()}
    for format, start in starts.items():
        answer = client.get(at("scenario-tarifaire-fichier", espace, made.numero, one.numero, format))
        assert answer.content.startswith(start)
    assert client.get(at("scenario-tarifaire-fichier", espace, made.numero, one.numero, "exe")).status_code == 404


def test_more_services_and_years_cost_no_more_queries(
    espace: EspaceDeContrat, equipe: Acces, django_assert_max_num_queries
) -> None:
    made, grid = tenu(equipe, espace)
    client = browser(equipe)
    for rank in range(6):
        tenu(equipe, espace, libelle=f"Service {rank}")
    for year in (2023, 2024, 2026):
        comptee(equipe, grid, year)
    for name in ("A", "B", "C", "D"):
        scenario(equipe, made, titre=name)
    for url, most in ((at("tarifs", espace), 15), (at("tarif", espace, made.numero), 20)):
        with django_assert_max_num_queries(most):
            assert client.get(url).status_code == 200
    with django_assert_max_num_queries(6):
        assert Client().get(at("tarifs-publics", espace)).status_code == 200
