"""The kinds that ship with Tenir, and those that ship beside a contract."""

from pathlib import Path

import pytest

from tenir.fichier import canonique
from tenir.natures import ecriture
from tenir.natures.catalogue import Catalogue, catalogue, shipped, shipped_files
from tenir.natures.enums import Forme, Lecteurs
from tenir.natures.modeles import NatureEntiere
from tenir.natures.validation import validate
from tests.fabriques import SHIPPED

LIVREES = Path(ecriture.__file__).parent / "livrees"
FILES = sorted(LIVREES.glob("*.yaml"))
SEANCES = {
    *(
        "atelier",
        "commission-emploi",
        "document-diffuse",
        "formation",
        "formation-harcelement",
        "immersion",
        "information-entreprise",
        "intervention-scolaire",
    ),
    *("permanence", "publication", "rencontre", "reunion-de-reseau", "ronde", "sortie"),
}
REGISTRES = {
    *("bien-signale", "besoin", "convention", "demande", "depot-sauvage", "document-cadre", "engagement-entreprise"),
    *("fait-de-veille", "lieu-ouvert", "local-commercial", "logement-d-urgence", "offre", "poste-aide", "relais"),
    *("groupe", "immeuble-aide", "mise-en-relation", "residence-tfpb"),
    *("structure-du-reseau", "verification-qpv"),
}
BESIDE = [(path, path.parents[path.parent.name == "fictif"] / "natures" / path.name) for path in SHIPPED]


def beside(path: Path) -> Catalogue:
    return catalogue(ecriture.load(path.read_text("utf-8")))


def test_fourteen_kinds_of_session_ship_with_twenty_registers_and_two_models_to_count_with() -> None:
    assert {one.nature for one in shipped().usable() if not one.lasts} == SEANCES
    assert {one.nature for one in shipped().usable() if one.lasts} == REGISTRES
    assert {one.nature: one.forme for one in shipped().values() if one.generique} == {
        "decompte": Forme.DECOMPTE,
        "etat": Forme.ETAT,
    }


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_shipped_kind_is_valid_canonical_and_named_by_its_file(path: Path) -> None:
    text = path.read_text("utf-8")
    validation = validate(text)
    assert validation.fautes == ()
    assert [one.nature for one in validation.natures] == [path.stem]
    assert ecriture.dump(validation.natures) == text


@pytest.mark.parametrize(("contract", "path"), BESIDE, ids=[path.stem for path, _ in BESIDE])
def test_the_kinds_beside_a_contract_are_valid_and_canonical_after_a_remark(contract: Path, path: Path) -> None:
    text = path.read_text("utf-8")
    remark, _, kinds = text.partition("\n")
    assert remark.startswith("# ")
    assert validate(text).fautes == ()
    assert ecriture.dump(ecriture.load(text)) == kinds


@pytest.mark.parametrize(("contract", "path"), BESIDE, ids=[path.stem for path, _ in BESIDE])
def test_the_kinds_beside_a_contract_name_what_it_holds(contract: Path, path: Path) -> None:
    held = set(canonique.load(contract.read_text("utf-8")).items)
    natures = ecriture.load(path.read_text("utf-8"))
    named = {one.indicateur for nature in natures for one in nature.alimente}
    named |= {code for nature in natures for code in nature.actions}
    assert named
    assert named - held == set()


@pytest.mark.parametrize(("contract", "path"), BESIDE, ids=[path.stem for path, _ in BESIDE])
def test_no_indicator_is_fed_that_repeats_another(contract: Path, path: Path) -> None:
    repeated = {one.code for one in canonique.load(contract.read_text("utf-8")).indicateurs if one.repete}
    fed = {one.indicateur for nature in ecriture.load(path.read_text("utf-8")) for one in nature.alimente}
    assert fed & repeated == set()


def entire(path: Path) -> list[NatureEntiere]:
    return list(beside(path).values())


EVERY = [*shipped().values(), *(one for _, path in BESIDE for one in entire(path))]


@pytest.mark.parametrize("one", EVERY)
def test_a_kind_says_what_it_is_for_and_asks_questions_that_differ(one: NatureEntiere) -> None:
    assert one.page
    assert one.pluriel != one.libelle
    assert len({mesure.asked for mesure in one.mesures}) == len(one.mesures)
    for mesure in one.mesures:
        assert mesure.asked.endswith("?")
        assert mesure.choix or mesure.vraisemblable, mesure.code


@pytest.mark.parametrize("one", [one for one in EVERY if one.lasts], ids=lambda one: one.nature)
def test_a_register_names_its_things_and_ends_somewhere(one: NatureEntiere) -> None:
    """Its things enter open; what falls due and what the team alone reads say the rest."""
    assert one.nom
    assert one.nom.startswith(("Quel ", "Quelle "))
    assert not one.etats[0].clos
    assert one.etats[-1].clos
    assert all(champ.libelle[:1].isupper() for champ in one.champs)
    assert (one.echeance is None) == (one.prevenir is None)
    assert bool(one.garde) == (one.visible is Lecteurs.EQUIPE)


def test_what_residents_find_says_where_and_when() -> None:
    found = [one for one in EVERY if one.annuaire]
    assert {"lieu-ouvert", "structure-du-reseau", "jardin-partage", "lieu-enfants-parents"} <= {
        one.nature for one in found
    }
    assert [one.nature for one in found if not (one.champ("horaires") and one.champ("telephone"))] == []


@pytest.mark.parametrize(
    ("code", "axes"),
    [
        ("offre", ("ages", "transitions")),
        ("offre-jeunesse", ("ages", "transitions")),
        ("stages-de-troisieme", ("domaine", "saison")),
        ("reunion-emploi", ("obstacles", "mois")),
        ("classe", ("objets", "interventions")),
        ("ronde-coordonnee", ("lieux", "semaines")),
    ],
)
def test_what_shows_holes_has_its_grid(code: str, axes: tuple[str, str]) -> None:
    grids = [one.grille for one in EVERY if one.nature == code]
    assert grids
    assert {(one.lignes, one.colonnes) for one in grids if one} == {axes}


def test_the_twenty_two_indicators_that_compute_themselves_are_fed_in_coutras() -> None:
    path = next(path for contract, path in BESIDE if contract.stem.startswith("coutras"))
    fed = {one.indicateur: one.calcul for kind in ecriture.load(path.read_text("utf-8")) for one in kind.alimente}
    of_entries = {f"I{rank:02}" for rank in (1, 3, 4, 7, 8, 11, 17, 20, 23, 28, 29, 34, 41, 42)}
    brought = ("objets", "actions", "preconisations", "conseil")
    assert {code for code, how in fed.items() if how not in brought} == of_entries
    assert {code for code, how in fed.items() if how == "actions"} == {"I21"}
    assert {code for code, how in fed.items() if how == "preconisations"} == {"I32"}
    assert {code for code, how in fed.items() if how == "conseil"} == {"I31"}
    assert {code for code, how in fed.items() if how == "objets"} == {"I05", "I19", "I22", "I24", "I33"}


def test_a_kind_is_counted_with_those_that_are_it() -> None:
    path = next(path for contract, path in BESIDE if contract.stem.startswith("coutras"))
    assert {"formation", "pssm", "formation-vrl"} <= set(beside(path).with_children("formation"))
    assert beside(path)["cafe-logement"].lignee == ("cafe-logement", "atelier")


def test_the_shipped_kinds_feed_nothing_and_name_no_contract() -> None:
    assert [one.nature for one in shipped_files() if one.alimente or one.actions or one.themes] == []
