"""Tables of any headings: every row is kept or explained, the same again adds nothing, nothing is written unseen."""

import csv
import io
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from tenir.activite.enums import Confiance, Source, Statut
from tenir.activite.models import Entree, ImportDEntrees, ProfilDeTableur
from tenir.activite.services import importation
from tenir.activite.services.cumuls import differences
from tenir.activite.services.entree import correct_entree
from tenir.activite.services.importation import DejaInscrit, abandon, clean, write_import
from tenir.activite.services.importation_de_natures import ApercuPerime
from tenir.activite.services.valeurs import given_of
from tenir.activite.tableur.plan import Plan
from tenir.core import horloge
from tenir.core.models import EntreeDeTrace
from tenir.core.tableur import TableauIllisible
from tenir.core.tableur.correspondance import Releve
from tenir.core.trace import breaks
from tenir.ecran.annulation.annuler import mark_of, standing, undo
from tenir.ecran.models import Geste
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces, Refus
from tenir.habilitations.roles import Role
from tests.activite.registre import HEURES, VEILLE, entree, kinds
from tests.activite.tableurs import (
    TITRES,
    brought,
    by_hand,
    day,
    deposed,
    furnish,
    of_an_association,
    plainly,
    row,
    sheet,
    survey_of,
    today,
)
from tests.core.tables import ods, xlsx
from tests.exemples import SHARED, few
from tests.personnes import acces, body
from tests.vie import fiche

pytestmark = pytest.mark.deux_bases


@pytest.fixture(autouse=True)
def bodies(vallon: EspaceDeContrat) -> None:
    """The bodies of the contract, and a place."""
    furnish(vallon)


def shown(by: Acces, espace: EspaceDeContrat, rows: Any, titres: Any = TITRES, **given: Any) -> list[tuple[str, str]]:
    """What each row would become, and why."""
    examen = importation.preview(by, deposed(by, espace, sheet(rows, titres), **given))
    return [(one.sort.value, plainly(" ".join([one.raison, *one.dits]).strip())) for one in examen.lignes]


# Kept, or explained


def test_the_sheet_of_an_association_is_kept_or_explained_and_adds_nothing_again(
    vallon: EspaceDeContrat, equipe: Acces
) -> None:
    rows, expected = of_an_association()
    first = brought(equipe, vallon, sheet(rows))
    explained = first.expliquees
    assert (len(first.lignes), first.gardees, len(explained)) == (300, 260, 40)
    for line, said in zip(explained, expected, strict=True):
        assert said in plainly(line.raison), line
        assert plainly(line.raison).startswith(f"Ligne {line.rang}")
    assert Entree.objects.filter(source=Source.TABLEUR, auteur=equipe.personne).count() == 260
    assert given_of(Entree.objects.get(numero=1)) == {("presents", ""): Decimal(12), ("presents", "sexe:f"): Decimal(7)}
    assert list(differences(vallon)) == []
    assert list(breaks()) == []
    turned = [one | {"Remarques": "bien"} for one in reversed(rows)]
    again = brought(equipe, vallon, sheet(turned, [*reversed(TITRES), "Ajoutée depuis"]))
    assert (again.gardees, len(again.expliquees), Entree.objects.count()) == (0, 300, 260)
    assert sum("déjà inscrite, n°" in plainly(one.raison) for one in again.lignes) >= 260


def test_what_is_doubted_is_kept_and_waits_for_the_team(vallon: EspaceDeContrat, equipe: Acces) -> None:
    rows = [
        row(4),
        row(200),
        row(5, **{TITRES[1]: "130"}),
        row(6, **{TITRES[5]: "Avec Mme Durand"}),
        row(4, Salle="gymnase"),
    ]
    rows[4][TITRES[1]] = "15"
    told = shown(equipe, vallon, rows)
    assert [sort for sort, _ in told] == ["à inscrire", *["à inscrire, attendra l’équipe"] * 4]
    for (_, said), why in zip(
        told[1:], ("plus de trois mois", "sort de l’ordinaire", "nommer quelqu’un", "La ligne 2"), strict=True
    ):
        assert why in said
    brought(equipe, vallon, sheet(rows))
    assert Entree.objects.filter(confiance=Confiance.DECLAREE).count() == 4


def test_every_fault_of_a_row_is_told_at_once(vallon: EspaceDeContrat, equipe: Acces) -> None:
    [(_, said)] = shown(equipe, vallon, [row(**{TITRES[0]: "hier", TITRES[1]: "beaucoup"})])
    assert said == (
        "Ligne 2, « Date de la séance » : « hier » n’est pas une date : écrivez le jour, le mois et l’année, comme "
        "12/03/2026 ; « Nb de personnes » : « beaucoup » n’est pas un nombre. Écrivez un nombre : « 1 415 » ou "
        "« 47,4 »."
    )


def test_a_place_of_the_contract_is_found_and_another_is_kept_as_it_is_written(
    vallon: EspaceDeContrat, equipe: Acces
) -> None:
    rows = [row(3, Salle="MAISON DES HABITANTS"), row(3, Salle="Gymnase")]
    assert [said for _, said in shown(equipe, vallon, rows)] == [
        "",
        "« Gymnase » n’est pas un lieu du contrat : gardé comme autre lieu",
    ]
    brought(equipe, vallon, sheet(rows))
    assert [one.ou for one in Entree.objects.order_by("numero")] == ["Maison des habitants", "Gymnase"]


def test_two_rows_alike_are_one_unless_someone_says_they_are_two(vallon: EspaceDeContrat, equipe: Acces) -> None:
    content = sheet([row(), row(), row()])
    depose = deposed(equipe, vallon, content)
    assert [one.sort.value for one in importation.preview(equipe, depose).lignes] == [
        "à inscrire",
        "répétée",
        "répétée",
    ]
    depose.plan = {**depose.plan, "repetees": True}
    depose.save()
    examen = importation.preview(equipe, depose)
    assert examen.gardees == 3
    write_import(by=equipe, depose=depose, empreinte=examen.empreinte)
    ProfilDeTableur.objects.update(plan=depose.plan)
    assert brought(equipe, vallon, content).gardees == 0
    assert Entree.objects.count() == 3


def test_an_entry_corrected_since_is_still_the_one_that_the_row_made(vallon: EspaceDeContrat, equipe: Acces) -> None:
    content = sheet([row()])
    brought(equipe, vallon, content)
    made = Entree.objects.get()
    correct_entree(by=equipe, entree=made, version=1, changes={}, valeurs={("presents", ""): Decimal(14)}, exact=True)
    assert brought(equipe, vallon, content).gardees == 0
    assert brought(equipe, vallon, sheet([row(**{TITRES[1]: "14", TITRES[2]: ""})])).gardees == 0


def test_what_is_written_already_by_hand_is_known(vallon: EspaceDeContrat, equipe: Acces) -> None:
    made = entree(
        equipe, vallon, 12, le=today() - timedelta(days=3), autre_lieu="Gymnase", valeurs={("presents", "sexe:f"): 7}
    )
    assert f"déjà inscrite, n° {made.numero}" in shown(equipe, vallon, [row()])[0][1]


def test_what_is_to_come_or_not_held_says_so(vallon: EspaceDeContrat, equipe: Acces) -> None:
    heads = (*TITRES, "Statut")
    later = {TITRES[0]: f"{today() + timedelta(days=9):%d/%m/%Y}", TITRES[1]: "", TITRES[2]: ""}
    rows = [row(**later, Statut="Prévue"), row(3, Statut="annulée"), row(4, Statut="peut-être")]
    told = shown(equipe, vallon, rows, heads)
    assert [sort for sort, _ in told] == ["à inscrire", "à inscrire", "à corriger"]
    assert "écrivez tenue, prévue ou annulée" in told[2][1]
    brought(equipe, vallon, sheet(rows[:2], heads))
    assert list(Entree.objects.order_by("numero").values_list("statut", flat=True)) == [Statut.PREVUE, Statut.ANNULEE]


@pytest.mark.une_base
@pytest.mark.parametrize(
    ("said", "minutes"), [("90", 90), ("1 h 30", 90), ("1h30", 90), ("01:30", 90), ("45 min", 45), ("2 h", 120)]
)
def test_a_length_is_read_however_it_is_written(
    vallon: EspaceDeContrat, equipe: Acces, said: str, minutes: int
) -> None:
    brought(equipe, vallon, sheet([row(Durée=said)], (*TITRES, "Durée")))
    assert Entree.objects.get().minutes == minutes


def test_a_length_in_small_numbers_is_in_hours(vallon: EspaceDeContrat, equipe: Acces) -> None:
    brought(equipe, vallon, sheet([row(Durée="1,5"), row(5, Durée="2")], (*TITRES, "Durée")))
    assert list(Entree.objects.order_by("numero").values_list("minutes", flat=True)) == [90, 120]


# Kinds and bodies


def test_a_column_says_the_kind_and_the_body(vallon: EspaceDeContrat, equipe: Acces) -> None:
    heads = ("Date", "Type d’activité", "Structure", "Participants")
    rows = [
        {"Date": day(3), "Type d’activité": "atelier", "Structure": "CAF", "Participants": "8"},
        {"Date": day(3), "Type d’activité": "Permanences", "Structure": "ccas", "Participants": "5"},
        {"Date": day(3), "Type d’activité": "Pique-nique", "Structure": "CCAS", "Participants": "5"},
        {"Date": day(3), "Type d’activité": "Atelier", "Structure": "Inconnue", "Participants": "5"},
    ]
    columns = {"date": "fin", "type activite": "nature", "structure": "organisme", "participant": "principal"}
    content = sheet(rows, heads)
    depose = deposed(equipe, vallon, content)
    importation.read_as(
        by=equipe, depose=depose, plan=Plan(columns, natures={"atelier": "atelier", "permanence": "permanence"})
    )
    depose.refresh_from_db()
    examen = importation.preview(equipe, depose)
    assert [one.sort.value for one in examen.lignes] == ["à inscrire", "à inscrire", "à corriger", "à corriger"]
    assert "« Pique-nique » n’est pas une nature connue" in plainly(examen.lignes[2].raison)
    assert "« Inconnue » n’est pas un organisme connu" in plainly(examen.lignes[3].raison)
    write_import(by=equipe, depose=depose, empreinte=examen.empreinte)
    assert {(one.mots.code, one.organisme.identifiant, *given_of(one)) for one in Entree.objects.all()} == {
        ("atelier", "caf", ("presents", "")),
        ("permanence", "ccas", ("recus", "")),
    }


def test_a_decompte_has_a_period(vallon: EspaceDeContrat, equipe: Acces) -> None:
    kinds(vallon, HEURES)
    heads = ("Du", "Au", "Heures", "Venus", "dont femmes", "Droits")
    given_ = {"Du": day(60), "Au": day(5), "Heures": "12,5", "Venus": "14", "Droits": "3"}
    rows = [given_, given_ | {"Du": day(4)}]
    told = shown(equipe, vallon, rows, heads, nature="heures")
    assert [sort for sort, _ in told] == ["à inscrire", "à corriger"]
    assert "se termine avant de commencer" in told[1][1]


def test_a_decompte_says_its_period_in_one_cell(vallon: EspaceDeContrat, equipe: Acces) -> None:
    kinds(vallon, HEURES)
    rows = [{"Mois": "mars 2026", "Heures": "12,5"}, {"Mois": "12/03/2026", "Heures": "3"}]
    told = shown(equipe, vallon, rows, ("Mois", "Heures"), nature="heures")
    assert "un seul jour" in told[1][1]
    brought(equipe, vallon, sheet(rows[:1], ("Mois", "Heures")), nature="heures")
    made = Entree.objects.get()
    assert (f"{made.debut:%d/%m/%Y}", f"{made.fin:%d/%m/%Y}") == ("01/03/2026", "31/03/2026")


def test_the_actions_of_a_kind_are_linked_and_its_words_are_frozen_once(vallon: EspaceDeContrat, equipe: Acces) -> None:
    of = fiche(vallon, "O08-A01")
    kinds(vallon, "nature: bus\nest: atelier\nlibelle: Bus\nactions: [O08-A01]\n")
    brought(equipe, vallon, sheet([row(), row(4)]), nature="bus")
    assert [list(one.fiches.all()) for one in Entree.objects.all()] == [[of], [of]]
    assert Entree.objects.values("mots").distinct().count() == 1


# Rights


def test_a_partner_brings_what_her_body_did_alone(vallon: EspaceDeContrat, ccas: Acces) -> None:
    heads = (*TITRES, "Organisme")
    rows = [row(3, Organisme="CCAS"), row(3, Organisme="CAF")]
    depose = deposed(ccas, vallon, sheet(rows, heads))
    depose.plan = {**depose.plan, "organisme": "", "colonnes": {**depose.plan["colonnes"], "organisme": "organisme"}}
    depose.save()
    examen = importation.preview(ccas, depose)
    assert [one.sort.value for one in examen.lignes] == ["à inscrire", "à corriger"]
    assert "vous n’inscrivez que ce que fait votre organisme" in plainly(examen.lignes[1].raison)
    write_import(by=ccas, depose=depose, empreinte=examen.empreinte)
    assert Entree.objects.get().organisme == body("ccas")


def test_a_partner_writes_nothing_for_another_body_nor_under_a_kind_of_the_team(
    vallon: EspaceDeContrat, ccas: Acces
) -> None:
    kinds(vallon, VEILLE)
    depose = deposed(ccas, vallon, sheet([row()]))
    for forged in ({"organisme": "caf"}, {"nature": "veille"}):
        depose.plan = {**depose.plan, **forged}
        assert importation.preview(ccas, depose).gardees == 0


def test_the_tables_of_a_body_are_its_own(vallon: EspaceDeContrat, ccas: Acces, equipe: Acces) -> None:
    caf = acces("Gil Voisin", Role.PARTENAIRE, vallon, of="caf")
    depose = deposed(ccas, vallon, sheet([row()]))
    assert depose not in importation.imports_of(caf, vallon)
    assert depose in importation.imports_of(equipe, vallon)
    assert not importation.profiles_of(caf, vallon).exists()
    assert deposed(caf, vallon, sheet([row()]), of="caf").plan["organisme"] == "caf"


def test_who_reads_brings_nothing(vallon: EspaceDeContrat, lecture: Acces) -> None:
    with pytest.raises(Refus):
        importation.deposit(by=lecture, espace=vallon, nom="x", releve=survey_of(sheet([row()])))


# Written once, as it was shown


def test_what_was_not_shown_is_not_written(vallon: EspaceDeContrat, equipe: Acces) -> None:
    depose = deposed(equipe, vallon, sheet([row(), row(5)]))
    seen = importation.preview(equipe, depose).empreinte
    by_hand(equipe, vallon, 3)
    with pytest.raises(ApercuPerime):
        write_import(by=equipe, depose=depose, empreinte=seen)
    assert Entree.objects.count() == 1


def test_it_is_written_once_and_undone_whole(vallon: EspaceDeContrat, equipe: Acces) -> None:
    content = sheet([row(ago) for ago in range(3, 13)])
    depose = deposed(equipe, vallon, content)
    seen = importation.preview(equipe, depose)
    write_import(by=equipe, depose=depose, empreinte=seen.empreinte)
    with pytest.raises(DejaInscrit):
        write_import(by=equipe, depose=depose, empreinte=seen.empreinte)
    gesture = Geste.objects.get()
    assert plainly(gesture.phrase) == "Tableur « suivi.csv » : 10 entrées inscrites."
    undo(by=equipe, geste=gesture, shown=mark_of(standing(gesture, equipe)))
    depose.refresh_from_db()
    assert (Entree.objects.count(), depose.annule_par, depose.contenu) == (0, equipe.personne, [])
    assert list(differences(vallon)) == []
    assert brought(equipe, vallon, content).gardees == 10


def test_each_entry_is_told_in_the_trace_as_if_it_were_written_alone(vallon: EspaceDeContrat, equipe: Acces) -> None:
    brought(equipe, vallon, sheet([row()]))
    of_table = set(EntreeDeTrace.objects.filter(genre="entrée").values_list("champ", "apres"))
    entree(
        equipe, vallon, 12, le=today() - timedelta(days=4), autre_lieu="Gymnase", valeurs={("presents", "sexe:f"): 7}
    )
    alone = set(EntreeDeTrace.objects.filter(genre="entrée", objet="2").values_list("champ", "apres"))
    assert {name for name, _ in of_table} == {name for name, _ in alone}
    assert ("présents, femmes", "7") in of_table


def test_a_table_left_is_kept_no_more(vallon: EspaceDeContrat, equipe: Acces) -> None:
    abandon(by=equipe, depose=deposed(equipe, vallon, sheet([row()])))
    deposed(equipe, vallon, sheet([row()]))
    clean(horloge.now() + timedelta(days=6))
    assert ImportDEntrees.objects.count() == 1
    clean(horloge.now() + timedelta(days=8))
    assert not ImportDEntrees.objects.exists()


# Headings


def test_the_same_headings_are_read_at_once_the_next_time(vallon: EspaceDeContrat, ccas: Acces) -> None:
    deposed(ccas, vallon, sheet([row()]))
    turned = survey_of(sheet([row(9)], list(reversed(TITRES))))
    depose = importation.deposit(by=ccas, espace=vallon, nom="avril.csv", releve=turned)
    assert importation.preview(ccas, depose).gardees == 1
    importation.forget_profile(by=ccas, profil=ProfilDeTableur.objects.get())
    assert importation.deposit(by=ccas, espace=vallon, nom="mai.csv", releve=turned).plan == {}
    assert EntreeDeTrace.objects.filter(genre="profil de tableur").count() == 1


@pytest.mark.une_base
@pytest.mark.parametrize("write", [xlsx, ods])
def test_a_workbook_is_read_as_a_text(vallon: EspaceDeContrat, equipe: Acces, write: Any) -> None:
    first, second = row(), row(9)
    cells = [
        ["Suivi de l’association", "", ""],
        list(TITRES),
        *([one.get(head, "") for head in TITRES] for one in (first, second)),
    ]
    assert brought(equipe, vallon, write(cells)).gardees == 2


def test_two_columns_of_one_heading_are_two(vallon: EspaceDeContrat) -> None:
    releve = survey_of(b"Date;Nombre;Nombre\n12/03/2026;1;2\n")
    assert [(one.texte, one.cle) for one in releve.titres] == [
        ("Date", "date"),
        ("Nombre", "nombre"),
        ("Nombre", "nombre 2"),
    ]


@pytest.mark.une_base
@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00\x01\x02",
        b"%PDF-1.7",
        b"PK\x03\x04 broken",
        b"Date;Nombre\n",
        b"\xd0\xcf\x11\xe0 old",
        b"<html></html>",
    ],
)
def test_what_is_no_table_is_refused_with_a_sentence(content: bytes) -> None:
    with pytest.raises(TableauIllisible, match=r"\w{3}.*\."):
        survey_of(content)


# Cost


def test_queries_do_not_grow_with_the_rows(vallon: EspaceDeContrat, equipe: Acces) -> None:
    counts = []
    for base, many in ((3, 10), (20, 60)):
        rows = [row(base + one % 5, Salle=f"Salle {base} {one}") for one in range(many)]
        depose = deposed(equipe, vallon, sheet(rows))
        with CaptureQueriesContext(
            connection,
        ) as looked:
            examen = importation.preview(equipe, depose)
        with CaptureQueriesContext(connection) as wrote:
            write_import(by=equipe, depose=depose, empreinte=examen.empreinte)
        assert examen.gardees == many
        counts.append((len(looked), len(wrote)))
    assert counts[1][0] <= counts[0][0]
    assert counts[1][1] <= counts[0][1] + 8  # one month more of sums


# Whatever is in the cells

CELL = st.one_of(
    st.sampled_from(
        ["", "12", "-3", "12,5", "1 415", "#N/A", "néant", "31/02/2026", "12/03/2026", "2026-03-12", "oui", "Gymnase"]
    ),
    st.text(st.sampled_from(list("abÉ '’\"=;,0123456789/-\n")), max_size=12),
)


@few(12, SHARED)
@given(table=st.lists(st.tuples(*[CELL] * 5), min_size=1, max_size=8), again=st.permutations(range(5)))
def test_rows_in_are_rows_kept_and_rows_explained(
    vallon: EspaceDeContrat, equipe: Acces, table: list[tuple[str, ...]], again: list[int]
) -> None:
    heads = list(TITRES[:5])
    out = io.StringIO()
    csv.writer(out, delimiter=";").writerows([heads, [day(3), "12", "", "", "Salle"], *table])
    examen = importation.preview(equipe, deposed(equipe, vallon, out.getvalue().encode()))
    releve = Releve.from_json(ImportDEntrees.objects.order_by("-pk").first().contenu)
    assert len(examen.lignes) == sum(1 for _ in releve.rows()) == examen.gardees + len(examen.expliquees)
    assert all(one.raison for one in examen.expliquees)
    before = Entree.objects.count()
    assert brought(equipe, vallon, out.getvalue().encode()).gardees == Entree.objects.count() - before
    turned = io.StringIO()
    cells = [heads, [day(3), "12", "", "", "Salle"], *table]
    csv.writer(turned, delimiter=";").writerows([[one[place] for place in again] for one in cells])
    assert brought(equipe, vallon, turned.getvalue().encode()).gardees == 0
    assert list(differences(vallon)) == []
