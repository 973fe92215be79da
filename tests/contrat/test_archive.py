"""The archive of a contract: whole, readable without Tenir, of nobody else, and without persons unless asked for."""

import csv
import json
import zipfile
from io import StringIO
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from django.apps import apps
from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import EmailField

from tenir.cli.main import main
from tenir.contrat.archive.tables import NEVER, OF_PERSONS, SECRETS, tables_of
from tenir.contrat.chargement import load_contract
from tenir.core.trace import Auteur, Fait, record
from tenir.fiches.models import FicheAction
from tenir.fichier.document import read_document
from tenir.fichier.source import parse_source
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.services import trace_of
from tenir.points.models import PointDEtape
from tests.fabriques import BREF, DOCUMENT
from tests.personnes import contract, person, referent
from tests.vie import fiche, point_asked

pytestmark = [pytest.mark.django_db, pytest.mark.deux_bases]
SLUG = "hameau-2024-2030"
PERSONAL = ("Gil Sujet", "gil-sujet@exemple.test", "06 12 34 56 78", "Zoé EXEMPLAIRE", "Directrice")


@pytest.fixture
def hameau() -> EspaceDeContrat:
    """A contract with its document, a contact, and a trace that says something of her; and another contract beside."""
    document = read_document(DOCUMENT.encode(), parse_source("2[21-34]"))
    espace = load_contract(BREF, commande="test", document=document).espace
    gil = person("Gil Sujet")
    referent(gil, espace).__class__.objects.update(fonction="Directrice")
    facts = [
        Fait("personne", str(gil.pk), "téléphone", "", "06 12 34 56 78"),
        Fait("action", "O01-A01", "titre", "=1+1", "b"),
    ]
    with transaction.atomic():
        record(trace_of(espace), Auteur(gil.pk), facts)
        record(trace_of(contract("ailleurs")), Auteur(), [Fait("action", "O09-A09", "titre", "", "secret d’ailleurs")])
    return espace


def export(path: Path, *options: str) -> Result:
    return CliRunner().invoke(main, ["exporter-tout", SLUG, "--sortie", str(path), *options], catch_exceptions=False)


def members(path: Path) -> dict[str, str]:
    with zipfile.ZipFile(path) as archive:
        return {name.removeprefix(f"{SLUG}/"): archive.read(name).decode("utf-8-sig") for name in archive.namelist()}


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(text), delimiter=";"))


def test_the_archive_holds_the_text_the_tables_the_trace_and_says_how_to_read_them(
    hameau: EspaceDeContrat, tmp_path: Path
) -> None:
    assert export(tmp_path / "a.zip").exit_code == 0
    found = members(tmp_path / "a.zip")
    assert found["contrat/version-001-initiale.yaml"] == BREF
    assert found["document/document-signe.txt"].splitlines()[1] == "Fait au Hameau, par [nom masqué]"
    (action,) = rows(found["tables/ActionPrevue.csv"])
    assert (action["code"], action["orientation"]) == ("O01-A01", "O01")
    assert [dict(r, contrat="") for r in json.loads(found["trace/trace.json"])][-1]["objet"] == "O01-A01"
    assert "tables/      chaque table" in found["LISEZMOI.txt"]
    told = {(line["table"], line["colonne"]) for line in rows(found["dictionnaire.csv"])}
    assert ("ActionPrevue", "orientation") in told


def test_both_forms_of_a_table_say_the_same_and_every_column_has_its_line(
    hameau: EspaceDeContrat, tmp_path: Path
) -> None:
    export(tmp_path / "a.zip")
    found = members(tmp_path / "a.zip")
    told = {(line["table"], line["colonne"]) for line in rows(found["dictionnaire.csv"])}
    for name in (name for name in found if name.startswith("tables/") and name.endswith(".csv")):
        table = name.removeprefix("tables/").removesuffix(".csv")
        in_csv, in_json = rows(found[name]), json.loads(found[name.replace(".csv", ".json")])
        assert len(in_csv) == len(in_json)
        assert {(table, column) for row in in_json for column in row} - {(table, "contrat")} <= told


def test_no_person_leaves_unless_contacts_are_asked_for(hameau: EspaceDeContrat, tmp_path: Path) -> None:
    export(tmp_path / "sans.zip")
    export(tmp_path / "avec.zip", "--avec-contacts")
    without, with_ = (" ".join(members(tmp_path / f"{name}.zip").values()) for name in ("sans", "avec"))
    assert [word for word in PERSONAL if word in without] == []
    assert [word for word in PERSONAL if word not in with_] == ["Zoé EXEMPLAIRE"]
    assert "[donnée personnelle]" in without


def test_a_new_table_that_holds_an_address_must_be_named_among_those_of_persons(hameau: EspaceDeContrat) -> None:
    """A room to come that keeps an address of someone in a table of the contract fails here.

    The one exception is the contact of the contract itself: the service that every page and message names.
    """
    left = {table.model for table in tables_of(hameau, with_contacts=False)} - {EspaceDeContrat}
    addresses = [
        model.__name__
        for model in left
        for field in model._meta.concrete_fields
        if isinstance(field, EmailField) and field.name not in SECRETS.get(model.__name__, set())
    ]
    assert addresses == []
    assert {model.__name__ for model in apps.get_models()} >= OF_PERSONS | NEVER


def test_nothing_of_another_contract_leaves(hameau: EspaceDeContrat, tmp_path: Path) -> None:
    export(tmp_path / "a.zip")
    found = members(tmp_path / "a.zip")
    assert "ailleurs" not in " ".join(found.values())
    assert len(rows(found["tables/EspaceDeContrat.csv"])) == 1


def test_every_table_that_hangs_on_a_contract_is_found(hameau: EspaceDeContrat) -> None:
    names = {table.nom for table in tables_of(hameau, with_contacts=True)}
    of_a_contract = {m.__name__ for m in apps.get_models() if any(f.name == "espace" for f in m._meta.concrete_fields)}
    assert of_a_contract - names == NEVER & of_a_contract
    assert not names & NEVER
    assert {"Organisation", "Territoire", "Engagement_orientations", "EspaceDeContrat_territoires"} <= names


def test_a_formula_in_the_trace_is_no_formula_in_a_spreadsheet(hameau: EspaceDeContrat, tmp_path: Path) -> None:
    export(tmp_path / "a.zip")
    assert rows(members(tmp_path / "a.zip")["trace/trace.csv"])[-1]["avant"] == "'=1+1"


def test_a_fictitious_contract_says_so_in_the_name_and_in_each_row(hameau: EspaceDeContrat, tmp_path: Path) -> None:
    EspaceDeContrat.objects.filter(pk=hameau.pk).update(fictif=True)
    refused = export(tmp_path / "a.zip")
    assert (refused.exit_code, "le nom de son archive le dit" in refused.output) == (2, True)
    export(tmp_path / "hameau-fictif.zip")
    with zipfile.ZipFile(tmp_path / "hameau-fictif.zip") as archive:
        assert {name.partition("/")[0] for name in archive.namelist()} == {f"{SLUG}-fictif"}
        told = archive.read(f"{SLUG}-fictif/tables/Axe.csv").decode("utf-8-sig")
    assert all(row["contrat"].startswith("FICTIF") for row in rows(told))


def test_what_cannot_be_written_is_refused_in_french_and_leaves_nothing(
    hameau: EspaceDeContrat, tmp_path: Path
) -> None:
    (tmp_path / "a.zip").write_text("à moi")
    assert "existe déjà" in export(tmp_path / "a.zip").output
    assert (tmp_path / "a.zip").read_text() == "à moi"
    unknown = CliRunner().invoke(main, ["exporter-tout", "inconnu", "--sortie", str(tmp_path / "b.zip")])
    assert "Aucun contrat n’a l’adresse" in unknown.output
    assert [path.name for path in tmp_path.iterdir()] == ["a.zip"]


def test_the_files_given_come_when_they_are_asked_for_under_the_path_their_column_tells(
    hameau: EspaceDeContrat, tmp_path: Path, settings
) -> None:
    settings.MEDIA_ROOT = tmp_path / "documents"
    of = FicheAction.objects.filter(espace=hameau).first()
    of.pieces.create(titre="Note", nom="note.txt", fichier=ContentFile("reçu".encode(), "note.txt"))
    other = fiche(contract("autre"))
    other.pieces.create(titre="Ailleurs", nom="a.txt", fichier=ContentFile(b"ailleurs", "a.txt"))
    gone = of.pieces.create(titre="Perdue", nom="p.txt", fichier=ContentFile(b"x", "p.txt"))
    gone.fichier.storage.delete(gone.fichier.name)
    export(tmp_path / "sans.zip")
    assert "fichiers/    absents" in members(tmp_path / "sans.zip")["LISEZMOI.txt"]
    answer = export(tmp_path / "avec.zip", "--avec-fichiers")
    assert ", 1 fichier." in answer.output
    found = members(tmp_path / "avec.zip")
    kept = {name: text for name, text in found.items() if name.startswith("fichiers/")}
    told = [row["fichier"] for row in rows(found["tables/PieceDeFiche.csv"]) if row["titre"] == "Note"]
    assert kept == {f"fichiers/{told[0]}": "reçu"}


def test_what_a_link_is_made_of_never_leaves(hameau: EspaceDeContrat, tmp_path: Path, settings) -> None:
    settings.MEDIA_ROOT = tmp_path / "documents"
    number, _, _ = point_asked(hameau)
    alea = PointDEtape.objects.get(pk=number).destinataires.get().alea
    export(tmp_path / "a.zip", "--avec-contacts")
    assert all(alea not in text for text in members(tmp_path / "a.zip").values())
