"""The spreadsheet out and back: unchanged, nothing; one cell, one change; what someone else changed, a conflict."""

from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenir.core.models import EntreeDeTrace
from tenir.core.tableur import TableauIllisible
from tenir.core.taches import declared
from tenir.fiches.classeur.comparaison import ACTUEL, FICHIER
from tenir.fiches.classeur.lire import Contenu, read_workbook
from tenir.fiches.classeur.modele import CHAMPS_DES_FICHES, CHAMPS_DES_JALONS, FICHES, JALONS, NOUVELLES, ORIGINE
from tenir.fiches.models import FicheAction, ImportDeFiches, Jalon, Nouvelle
from tenir.fiches.services.fiche import update_fiche
from tenir.fiches.services.imports import APerime, ChoixManquants, DejaApplique, apply_import, clean, deposit, preview
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces, Refus
from tests.exemples import SHARED, few
from tests.fiches.classeurs import (
    append,
    changes,
    column,
    compared,
    conflicts,
    exported,
    nothing_lost,
    opened,
    refusals,
    row_of,
    saved,
    write,
)
from tests.personnes import body, contract, person, referent
from tests.vie import fiche, jalon

pytestmark = pytest.mark.deux_bases

LONG = "Une étape\nen deux lignes,  avec « guillemets »\u00a0; et = un signe."


@pytest.fixture
def two(vallon: EspaceDeContrat) -> EspaceDeContrat:
    """Two fiches, one filled in every field, with a jalon."""
    someone = referent(person("Ida Essai", signs_in=False), vallon, of="caf").personne
    full = fiche(
        vallon,
        pilots=("ccas",),
        statut="realisee",
        motif="=1+1",
        organisme_en_charge=body("caf"),
        personne_en_charge=someone,
        public_vise="-parents",
        debut_prevu=date(2026, 1, 5),
        fin_prevue=date(2026, 12, 31),
        debut_revise=date(2026, 2, 5),
        fin_revisee=date(2027, 1, 31),
        debut_reel=date(2026, 2, 6),
        prochaine_etape=LONG,
        prochaine_etape_le=date(2026, 10, 1),
        difficultes="@local\r\nhumide",
        aide_demandee="+33",
    )
    jalon(full, date(2026, 5, 1), "Signer le bail", revise_le=date(2026, 6, 1))
    fiche(vallon, "O01-A02", pilots=("caf",))
    return vallon


def test_what_comes_back_unchanged_changes_nothing(two: EspaceDeContrat, equipe: Acces) -> None:
    found = compared(exported(equipe, two), two)
    assert (changes(found), conflicts(found), refusals(found)) == ([], [], [])
    assert [(one.lues, one.gardees) for one in found.comptes()] == [(2, 2), (1, 1), (0, 0)]


ANY = st.text(st.characters(exclude_categories=("Cs",)), max_size=60)
DAYS = st.one_of(st.none(), st.dates(date(2000, 1, 1), date(2026, 1, 1)))
VALUES = {
    "motif": ANY,
    "public_vise": ANY,
    "prochaine_etape": ANY,
    "difficultes": ANY,
    "prochaine_etape_le": DAYS,
    "debut_reel": DAYS,
    "debut_prevu": DAYS,
    "fin_revisee": DAYS,
    "statut": st.sampled_from(["", "a-lancer", "en-cours", "realisee"]),
}


@few(10, SHARED)
@given(given=st.fixed_dictionaries(VALUES))
def test_whatever_a_fiche_holds_it_comes_back_unchanged(two: EspaceDeContrat, equipe: Acces, given: Any) -> None:
    since = date(2026, 1, 5) if given["statut"] else None
    texts = {name: value.replace("\x00", "") if isinstance(value, str) else value for name, value in given.items()}
    FicheAction.objects.filter(action__code="O01-A02").update(**texts, statut_depuis=since)
    found = compared(exported(equipe, two), two)
    assert (changes(found), conflicts(found), refusals(found)) == ([], [], [])


NEW = {"texte": "tout autre chose", "date": date(2026, 3, 12), "statut": "en cours", "organisme": "CCAS"}
CELLS = [(FICHES, champ) for champ in CHAMPS_DES_FICHES] + [(JALONS, champ) for champ in CHAMPS_DES_JALONS]


@pytest.mark.parametrize(("sheet", "champ"), CELLS, ids=lambda one: getattr(one, "name", one))
def test_one_cell_changed_gives_one_change(two: EspaceDeContrat, equipe: Acces, sheet: str, champ: Any) -> None:
    value = None if champ.genre == "personne" else NEW[champ.genre]
    found = compared(write(exported(equipe, two), sheet, "O01-A01", {champ.titre: value}), two)
    assert len(changes(found)) == 1, refusals(found)
    assert (conflicts(found), refusals(found)) == ([], [])
    assert nothing_lost(found)


@pytest.mark.une_base
@pytest.mark.parametrize(
    ("heading", "typed", "after"),
    [
        ("Début prévu", "12/03/2026", "12 mars 2026"),
        ("Début prévu", " 12 mars 2026  ", "12 mars 2026"),
        ("Début prévu", "1er mars 2026", "1er mars 2026"),
        ("Début prévu", "jeudi 12 mars 2026", "12 mars 2026"),
        ("Début prévu", "2026-03-12", "12 mars 2026"),
        ("Début prévu", "12.3.26", "12 mars 2026"),
        ("Début prévu", datetime(2026, 3, 12, 10, 30), "12 mars 2026"),  # noqa: DTZ001 (a cell has no zone)
        ("Début prévu", 46093, "12 mars 2026"),
        ("Statut", "En cours ", "en cours"),
        ("Statut", "EN COURS", "en cours"),
        ("Statut", "Rien n’est annoncé", None),
        ("Organisme en charge", "ccas", "CCAS"),
        ("Personne en charge", "ida essai", "personne n° "),
        ("Prochaine étape", 2027, "2027"),
    ],
)
def test_a_cell_is_read_as_people_type_it(two: EspaceDeContrat, equipe: Acces, heading, typed, after) -> None:
    found = compared(write(exported(equipe, two), FICHES, "O01-A02", {heading: typed}), two)
    told = [one[3].replace("\xa0", " ") for one in changes(found)]
    assert refusals(found) == []
    assert told == [] if after is None else told[0].startswith(after)


@pytest.mark.une_base
@pytest.mark.parametrize(
    ("heading", "typed", "said"),
    [
        ("Début prévu", "bientôt", "cellule J3 : « bientôt » n’est pas une date : écrivez le jour"),
        ("Début prévu", "31/02/2026", "n’est pas une date"),
        ("Début prévu", "12/03/1026", "n’est pas une date"),
        ("Début prévu", 2026, "n’est pas une date"),
        ("Début réel", date(2199, 1, 1), "n’est pas une date"),
        ("Début réel", date(2098, 1, 1), "Une date réelle est un jour passé"),
        ("Statut", "presque finie", "n’est pas un statut : choisissez parmi à lancer"),
        ("Statut", "abandonnée", "Dites pourquoi l’action est abandonnée."),
        ("Organisme en charge", "Club des cinq", "n’est pas un organisme de ce contrat"),
        ("Personne en charge", "Inconnue", "n’est pas connue dans ce contrat"),
        ("Public visé", "a" * 501, "le texte a 501 caractères, 500 au plus"),
        ("Public visé", "#REF!", "n’a pas su calculer"),
        ("Début prévu", "=TODAY()", "une formule qui ne donne rien"),
        ("Action", "Un autre titre", "cette colonne est là pour lire"),
        ("Contrat", "Contrat colline", "vient d’un autre contrat"),
        ("Code", "O99-A99", "« O99-A99 » n’est pas une action de ce contrat"),
        ("Code", None, "il manque le code"),
        ("Code", "O01-A01", "l’action O01-A01 est déjà à la ligne 2"),
    ],
)
def test_a_refused_cell_says_where_and_what_to_do(two: EspaceDeContrat, equipe: Acces, heading, typed, said) -> None:
    found = compared(write(exported(equipe, two), FICHES, "O01-A02", {heading: typed}), two)
    assert changes(found) == []
    assert len(refusals(found)) == 1
    assert "feuille « Fiches », cellule" in refusals(found)[0]
    assert said in refusals(found)[0]
    assert nothing_lost(found)


def test_a_refused_cell_does_not_take_the_others_along(two: EspaceDeContrat, equipe: Acces) -> None:
    typed = {"Début prévu": "bientôt", "Début réel": date(2098, 1, 1), "Statut": "en cours"}
    found = compared(write(exported(equipe, two), FICHES, "O01-A02", typed), two)
    assert [one[1] for one in changes(found)] == ["statut"]
    assert len(refusals(found)) == 2


def test_what_someone_else_changed_is_kept_or_is_a_conflict(two: EspaceDeContrat, equipe: Acces) -> None:
    left = exported(equipe, two)
    of = FicheAction.objects.get(action__code="O01-A02")
    update_fiche(by=equipe, fiche=of, version=1, changes={"statut": "en-cours", "public_vise": "aînés"})
    back = write(left, FICHES, "O01-A02", {"Statut": "réalisée", "Prochaine étape": "Choisir"})
    found = compared(back, two)
    assert changes(found) == [("O01-A02", "prochaine étape", "", "Choisir")]
    assert conflicts(found) == [("O01-A02", "statut", "en cours", "réalisée")]
    agreed = compared(write(left, FICHES, "O01-A02", {"Statut": "en cours"}), two)
    assert (changes(agreed), conflicts(agreed)) == ([], [])


def test_without_the_hidden_sheet_versions_say_what_changed(two: EspaceDeContrat, equipe: Acces) -> None:
    book = opened(write(exported(equipe, two), FICHES, "O01-A02", {"Statut": "réalisée"}))
    book[FICHES].cell(row_of(book[FICHES], "O01-A01"), column(book[FICHES], "Public visé")).value = "jeunes"
    del book[ORIGINE]
    update_fiche(
        by=equipe,
        fiche=FicheAction.objects.get(action__code="O01-A02"),
        version=1,
        changes={"public_vise": "aînés"},
    )
    found = compared(saved(book), two)
    assert found.sans_origine
    assert changes(found) == [("O01-A01", "public visé", "-parents", "jeunes")]
    assert conflicts(found) == [
        ("O01-A02", "statut", "rien n’est annoncé", "réalisée"),
        ("O01-A02", "public visé", "aînés", ""),
    ]


def test_rows_sorted_columns_moved_or_gone_and_sheets_added_change_nothing(two: EspaceDeContrat, equipe: Acces) -> None:
    book = opened(exported(equipe, two))
    rows = [list(row) for row in book[FICHES].iter_rows(values_only=True)]
    kept = [rank for rank, heading in enumerate(rows[0]) if heading not in ("Statut", "Version", "Contrat")]
    del book[FICHES]
    sheet = book.create_sheet(FICHES)
    sheet.append(["Suivi du contrat, à jour"])
    sheet.append([])
    for row in [rows[0], *reversed(rows[1:])]:
        sheet.append(["mon avis", *[row[rank] for rank in reversed(kept)]])
        for cell in sheet[sheet.max_row]:
            cell.data_type = "s" if cell.data_type == "f" else cell.data_type
    sheet.append([None] * 5)
    book.create_sheet("Mes calculs").append(["Code", "O99"])
    found = compared(saved(book), two)
    assert (changes(found), conflicts(found), refusals(found)) == ([], [], [])
    assert found.ignorees == ["Mes calculs", "colonne « mon avis »"]


def test_a_csv_of_the_sheet_is_read_by_its_versions(two: EspaceDeContrat, equipe: Acces) -> None:
    text = "Code;Statut;Public visé;Version\nO01-A02;en cours;'=1+1;1\nO01-A01;abandonnée;;9\n"
    found = compared(text.encode(), two, "fiches.csv")
    assert changes(found) == [
        ("O01-A02", "statut", "rien n’est annoncé", "en cours"),
        ("O01-A02", "public visé", "", "=1+1"),
    ]
    assert [one[1] for one in conflicts(found)] == ["statut", "public visé"]


def test_jalons_change_and_are_added_once(two: EspaceDeContrat, equipe: Acces) -> None:
    back = write(exported(equipe, two), JALONS, "O01-A01", {"Atteint le": "28/05/2026", "Révisé au": None})
    back = append(back, JALONS, {"Code": "o01-a02", "Jalon": "Ouvrir", "Prévu le": "1/9/2026"})
    back = append(back, JALONS, {"Code": "O01-A02", "Jalon": "Ouvrir"})
    back = append(back, JALONS, {"Code": "O01-A02", "Jalon": "Ouvrir", "Prévu le": date(2026, 9, 1)})
    back = append(back, JALONS, {"Code": "O01-A02", "Jalon": "Fermer", "Prévu le": "1/9/2026", "N° du jalon": 10**9})
    found = compared(back, two)
    assert [one[1] for one in changes(found)] == [
        "jalon « Signer le bail », révisé au",
        "jalon « Signer le bail », atteint le",
        "nouveau jalon",
    ]
    assert [said.split(" : ", 1)[1][:30] for said in refusals(found)] == [
        "un nouveau jalon a un titre et",
        "ce jalon est déjà à la ligne 3",
        "le jalon n° 1000000000 n’exist",
    ]
    done(equipe, two, back)
    assert sorted(Jalon.objects.values_list("titre", "prevu_le", "atteint_le")) == [
        ("Ouvrir", date(2026, 9, 1), None),
        ("Signer le bail", date(2026, 5, 1), date(2026, 5, 28)),
    ]
    again = compared(back, two)
    assert changes(again) == []
    assert conflicts(again) == []


def test_news_are_added_once(two: EspaceDeContrat, equipe: Acces) -> None:
    back = append(exported(equipe, two), NOUVELLES, {"Code": "O01-A02", "Date": "3/6/2026", "Nouvelle": "Ouvert."})
    back = append(back, NOUVELLES, {"Code": "O01-A02", "Date": "3/6/2098", "Nouvelle": "Plein."})
    back = append(back, NOUVELLES, {"Code": "O01-A02", "Date": "3/6/2026"})
    found = compared(back, two)
    assert [one[1:] for one in changes(found)] == [("nouvelle", "", "3\u00a0juin 2026\u00a0: Ouvert.")]
    assert "feuille « Nouvelles », cellule D3 : Une nouvelle se donne d’un jour passé" in refusals(found)[0]
    done(equipe, two, back)
    assert list(Nouvelle.objects.values_list("texte", "le")) == [("Ouvert.", date(2026, 6, 3))]
    assert changes(compared(back, two)) == []


def kept(by: Acces, espace: EspaceDeContrat, content: bytes) -> ImportDeFiches:
    return deposit(by=by, espace=espace, nom="suivi.xlsx", fichier=content)


def done(by: Acces, espace: EspaceDeContrat, content: bytes, choix: dict[str, str] | None = None) -> ImportDeFiches:
    depose = kept(by, espace, content)
    return apply_import(
        by=by, depose=depose, empreinte=preview(depose).empreinte(), choix=choix or {}, motif="revue annuelle"
    )


def test_what_was_read_is_kept_as_it_was(two: EspaceDeContrat, equipe: Acces) -> None:
    content = exported(equipe, two)
    assert Contenu.from_json(kept(equipe, two, content).contenu) == read_workbook("suivi.xlsx", content)


def test_it_is_applied_once_and_leaves_its_trace(two: EspaceDeContrat, equipe: Acces) -> None:
    back = write(exported(equipe, two), FICHES, "O01-A02", {"Statut": "en cours", "Début prévu": "bientôt"})
    applied = done(equipe, two, back)
    of = FicheAction.objects.get(action__code="O01-A02")
    assert (of.statut, of.version, applied.contenu) == ("en-cours", 2, {})
    entry = EntreeDeTrace.objects.get(genre="fiche action")
    assert (entry.champ, entry.apres, entry.motif) == ("statut", "en cours", "tableur « suivi.xlsx » : revue annuelle")
    assert applied.bilan["comptes"][0] == ["Fiches", 2, 1, 1]
    assert len(applied.bilan["refus"]) == 1
    with pytest.raises(DejaApplique):
        apply_import(by=equipe, depose=applied, empreinte="", choix={})


def test_each_conflict_is_chosen_and_none_is_overwritten(two: EspaceDeContrat, equipe: Acces) -> None:
    left = exported(equipe, two)
    of = FicheAction.objects.get(action__code="O01-A02")
    update_fiche(by=equipe, fiche=of, version=1, changes={"statut": "en-cours", "public_vise": "aînés"})
    back = write(left, FICHES, "O01-A02", {"Statut": "réalisée", "Public visé": "jeunes"})
    with pytest.raises(ChoixManquants):
        done(equipe, two, back, {"Fiches|O01-A02|statut": FICHIER})
    of.refresh_from_db()
    assert of.statut == "en-cours"
    applied = done(equipe, two, back, {"Fiches|O01-A02|statut": FICHIER, "Fiches|O01-A02|public_vise": ACTUEL})
    of.refresh_from_db()
    assert (of.statut, of.public_vise) == ("realisee", "aînés")
    assert [one[-1] for one in applied.bilan["conflits"]] == [FICHIER, ACTUEL]
    assert [one[2] for one in applied.bilan["changements"]] == ["statut"]


def test_what_changed_since_the_preview_is_shown_again(two: EspaceDeContrat, equipe: Acces) -> None:
    depose = kept(equipe, two, write(exported(equipe, two), FICHES, "O01-A02", {"Statut": "réalisée"}))
    seen = preview(depose).empreinte()
    of = FicheAction.objects.get(action__code="O01-A02")
    update_fiche(by=equipe, fiche=of, version=1, changes={"statut": "en-cours"})
    with pytest.raises(APerime):
        apply_import(by=equipe, depose=depose, empreinte=seen, choix={})
    of.refresh_from_db()
    assert of.statut == "en-cours"
    assert len(conflicts(preview(depose))) == 1


def test_a_workbook_of_another_contract_is_refused(two: EspaceDeContrat, equipe: Acces) -> None:
    other = contract("colline", etat="signe")
    with pytest.raises(Refus):
        exported(equipe, other)
    content = exported(equipe, two)
    FicheAction.objects.filter(espace=two).update(espace=other)
    book = opened(content)
    book[ORIGINE]["B1"] = "colline"
    with pytest.raises(TableauIllisible, match="autre contrat"):
        kept(equipe, two, saved(book))


def test_a_partner_neither_takes_nor_brings_a_workbook(two: EspaceDeContrat, equipe: Acces, ccas: Acces) -> None:
    content = exported(equipe, two)
    depose = kept(equipe, two, content)
    for act in (
        lambda: exported(ccas, two),
        lambda: kept(ccas, two, content),
        lambda: apply_import(by=ccas, depose=depose, empreinte="", choix={}),
    ):
        with pytest.raises(Refus):
            act()


def test_fictif_is_on_every_row(two: EspaceDeContrat, equipe: Acces) -> None:
    two.fictif = True
    two.save()
    book = opened(exported(equipe, two))
    rows = [row for name in (FICHES, JALONS) for row in book[name].iter_rows(min_row=2, values_only=True)]
    assert len(rows) == 3
    assert all("fictif" in row[0] for row in rows)


def test_what_must_not_be_typed_over_is_locked_and_the_rest_is_open(two: EspaceDeContrat, equipe: Acces) -> None:
    book = opened(exported(equipe, two))
    sheet = book[FICHES]
    locked = {cell.value: sheet.cell(2, cell.column).protection.locked for cell in sheet[1]}
    assert sheet.protection.sheet
    assert {name for name, held in locked.items() if held} == {"Contrat", "Code", "Action", "Pilotes signés", "Version"}
    assert sheet.freeze_panes == "C2"
    assert all(cell.comment for cell in sheet[1])
    assert book[ORIGINE].sheet_state == "hidden"
    lists = {str(one.formula1) for one in sheet.data_validations.dataValidation if one.type == "list"}
    assert len(lists) == 3
    assert all(cell.data_type != "f" for row in sheet for cell in row)


def test_a_workbook_left_for_thirty_days_goes_and_a_receipt_stays(two: EspaceDeContrat, equipe: Acces) -> None:
    content = write(exported(equipe, two), FICHES, "O01-A02", {"Statut": "en cours"})
    applied, left, recent = done(equipe, two, content), kept(equipe, two, content), kept(equipe, two, content)
    old = datetime.fromisoformat("2026-01-05T10:00:00+00:00")
    ImportDeFiches.objects.filter(pk__in=[applied.pk, left.pk]).update(depose_le=old)
    assert clean(recent.depose_le) == "Classeurs abandonnés retirés : 1."
    assert set(ImportDeFiches.objects.values_list("pk", flat=True)) == {applied.pk, recent.pk}
    assert "menage-des-imports" in {task.nom for task in declared()}


def test_a_conflict_whose_file_no_fiche_can_hold_is_refused_before_one_chooses(two: EspaceDeContrat) -> None:
    found = compared(b"Code;Statut\nO01-A02;Suspendue\nO01-A01;Termin\xc3\xa9e\n", two, "fiches.csv")
    assert any("Dites pourquoi l’action est suspendue" in one for one in refusals(found))
    assert conflicts(found) == []
    assert nothing_lost(found)
