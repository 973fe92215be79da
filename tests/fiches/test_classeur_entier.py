"""The workbook of the whole contract, filled in LibreOffice with fifteen wrong cells and three conflicts: nothing is
lost."""

from datetime import date
from pathlib import Path

from tenir.fiches.classeur.comparaison import ACTUEL, FICHIER
from tenir.fiches.models import FicheAction, Jalon, Nouvelle
from tenir.fiches.services.fiche import update_fiche
from tenir.fiches.services.imports import apply_import, deposit, preview
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces
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
    through_libreoffice,
)
from tests.vie import fiche, jalon

FAULTS = {
    "O01-A01": ("Début prévu", "au printemps"),
    "O01-A02": ("Fin prévue", "30/02/2027"),
    "O01-A03": ("Fin révisée", "12/03/27/1"),
    "O02-A01": ("Statut", "bien avancée"),
    "O02-A02": ("Statut", "abandonnée"),
    "O02-A03": ("Organisme en charge", "Ligue des oubliés"),
    "O03-A01": ("Personne en charge", "Quelqu’un"),
    "O03-A02": ("Public visé", "x" * 501),
    "O03-A03": ("Début réel", date(2098, 1, 1)),
    "O04-A01": ("Action", "Un titre à moi"),
    "O04-A02": ("Prochaine étape prévue le", "=1/0"),
    "O04-A03": ("Contrat", "Contrat d’à côté"),
    "O05-A01": ("Code", "O95-A01"),
}
"""One wrong cell of the sheet « Fiches » for each of these actions; two more are in the other sheets."""
CHANGED = {
    "O06-A01": ("Statut", "En cours"),
    "O06-A02": ("Début prévu", "12/03/2026"),
    "O06-A03": ("Prochaine étape", "Choisir le local\navec les habitants"),
    "O07-A01": ("Organisme en charge", "caf"),
    "O07-A02": ("Début réel", date(2026, 2, 6)),
}
CONFLICTS = {"O08-A01": "en cours", "O08-A02": "réalisée", "O08-A03": "à lancer"}


def whole(espace: EspaceDeContrat) -> None:
    """Eight orientations of three actions with two jalons each."""
    for rank in range(24):
        code = f"O{rank // 3 + 1:02}-A{rank % 3 + 1:02}"
        of = fiche(espace, code, pilots=("ccas", "caf")[rank % 2 :][:1], difficultes="Deux lignes,\nune difficulté.")
        jalon(of, date(2026, 5, 1), f"Signer le bail de {code}", revise_le=date(2026, 6, 1))
        jalon(of, date(2030, 1, 1), f"Ouvrir {code}")


def fill(content: bytes) -> bytes:
    """The workbook as a person leaves it: wrong cells, right ones, conflicts, rows sorted, a sheet of her own."""
    book = opened(content)
    sheet = book["Fiches"]
    for code, (heading, value) in {**FAULTS, **CHANGED}.items():
        sheet.cell(row_of(sheet, code), column(sheet, heading)).value = value
    for code, status in CONFLICTS.items():
        sheet.cell(row_of(sheet, code), column(sheet, "Statut")).value = status
    jalons = book["Jalons"]
    jalons.cell(row_of(jalons, "O01-A01"), column(jalons, "Atteint le")).value = "bientôt"
    jalons.cell(row_of(jalons, "O02-A01"), column(jalons, "Atteint le")).value = "28 mai 2026"
    book.create_sheet("Mes notes").append(["à rappeler"])
    filled = append(saved(book), "Nouvelles", {"Code": "O06-A01", "Date": "3/6/2026", "Nouvelle": "Ouvert."})
    filled = append(filled, "Nouvelles", {"Code": "O06-A02", "Date": "3/6/2026"})
    return append(filled, "Jalons", {"Code": "O06-A03", "Jalon": "Fêter", "Prévu le": "1er septembre 2027"})


def test_fifteen_wrong_cells_and_three_conflicts_come_back_with_nothing_lost(
    vallon: EspaceDeContrat, equipe: Acces, tmp_path: Path
) -> None:
    whole(vallon)
    left = exported(equipe, vallon)
    for code in CONFLICTS:
        of = FicheAction.objects.get(action__code=code)
        update_fiche(by=equipe, fiche=of, version=1, changes={"statut": "en-preparation"})
    back = through_libreoffice(fill(left), tmp_path)
    found = compared(back, vallon)

    assert len(refusals(found)) == 15, refusals(found)
    assert all("cellule" in one for one in refusals(found))
    assert [one[0] for one in conflicts(found)] == list(CONFLICTS)
    assert [one[0] for one in changes(found)] == [*CHANGED, "O02-A01", "O06-A03", "O06-A01"]
    assert [(one.lues, one.gardees, one.expliquees) for one in found.comptes()] == [(24, 8, 16), (49, 48, 1), (2, 1, 1)]
    assert nothing_lost(found)
    assert found.ignorees == ["Mes notes"]

    depose = deposit(by=equipe, espace=vallon, nom="suivi.xlsx", fichier=back)
    choix = {f"Fiches|{code}|statut": FICHIER if code == "O08-A01" else ACTUEL for code in CONFLICTS}
    done = apply_import(by=equipe, depose=depose, empreinte=preview(depose).empreinte(), choix=choix)

    statuses = dict(FicheAction.objects.values_list("action__code", "statut"))
    assert {code: status for code, status in statuses.items() if status} == {
        "O06-A01": "en-cours",
        "O08-A01": "en-cours",
        "O08-A02": "en-preparation",
        "O08-A03": "en-preparation",
    }
    told = FicheAction.objects.get(action__code="O06-A03")
    assert told.prochaine_etape == "Choisir le local\navec les habitants"
    assert told.difficultes == "Deux lignes,\nune difficulté."
    assert FicheAction.objects.get(action__code="O06-A02").debut_prevu == date(2026, 3, 12)
    assert Jalon.objects.get(titre="Signer le bail de O02-A01").atteint_le == date(2026, 5, 28)
    assert Jalon.objects.get(titre="Fêter").prevu_le == date(2027, 9, 1)
    assert Nouvelle.objects.get().texte == "Ouvert."
    assert (len(done.bilan["changements"]), len(done.bilan["refus"]), len(done.bilan["conflits"])) == (9, 15, 3)
    again = compared(back, vallon)
    assert changes(again) == []
    assert len(refusals(again)) == 15


def test_saved_again_by_libreoffice_and_not_touched_it_changes_nothing(
    vallon: EspaceDeContrat, equipe: Acces, tmp_path: Path
) -> None:
    whole(vallon)
    found = compared(through_libreoffice(exported(equipe, vallon), tmp_path), vallon)
    assert (changes(found), conflicts(found), refusals(found), found.ignorees) == ([], [], [], [])
    assert not found.sans_origine
