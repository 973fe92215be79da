"""The one written form of a file of kinds."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenir.natures import ecriture
from tenir.natures.enums import Cumulation, Forme, Lecteurs, Periode, TypeDeChamp, Ventilation
from tenir.natures.modeles import Alimentation, Champ, Etat, Grille, Mesure, Nature
from tests.exemples import few
from tests.fabriques import HOSTILE, textes

mots = textes.map(str.strip).filter(lambda text: 0 < len(text) <= 80)
codes = st.from_regex(r"[a-z0-9]{1,8}(-[a-z0-9]{1,8}){0,2}", fullmatch=True)
bornes = st.decimals(-(10**9), 10**9, places=2, allow_nan=False)
mesures = st.builds(
    Mesure,
    code=codes,
    libelle=mots,
    question=st.none() | mots,
    unite=mots | st.sampled_from(["passages", "personnes"]),
    cumul=st.none() | st.sampled_from(Cumulation),
    parts=st.lists(st.sampled_from(Ventilation), max_size=3).map(tuple),
    choix=st.dictionaries(codes, mots, max_size=3),
    decimales=st.booleans(),
    vraisemblable=st.none() | st.tuples(bornes, bornes),
)
alimentations = st.builds(
    Alimentation,
    indicateur=st.sampled_from(["I07", "I0042"]),
    calcul=st.sampled_from(["compte", "somme", "dernier", "max"]),
    mesure=st.none() | codes,
    modalite=st.none() | mots,
)
etats = st.builds(Etat, code=codes, libelle=mots, clos=st.booleans())
champs = st.builds(
    Champ,
    code=codes,
    libelle=mots,
    type=st.sampled_from(TypeDeChamp),
    choix=st.dictionaries(codes, mots, max_size=3),
)
grilles = st.builds(Grille, lignes=codes, colonnes=codes)
natures = st.builds(
    Nature,
    nature=codes,
    est=st.none() | codes,
    libelle=mots,
    pluriel=st.none() | mots,
    page=st.none() | mots,
    forme=st.none() | st.sampled_from(Forme),
    sujet=st.none() | mots,
    periode=st.none() | st.sampled_from(Periode),
    themes=st.lists(mots, max_size=3).map(tuple),
    actions=st.lists(st.sampled_from(["O05-A02", "O01-A01"]), max_size=2).map(tuple),
    mesures=st.lists(mesures, max_size=2).map(tuple),
    principale=st.none() | codes,
    alimente=st.lists(alimentations, max_size=2).map(tuple),
    visible=st.none() | st.sampled_from(Lecteurs),
    generique=st.booleans(),
    etats=st.lists(etats, max_size=3).map(tuple),
    champs=st.lists(champs, max_size=2).map(tuple),
    nom=st.none() | mots,
    echeance=st.none() | mots,
    prevenir=st.none() | st.integers(0, 730),
    grille=st.none() | grilles,
    annuaire=st.none() | st.booleans(),
    garde=st.none() | st.integers(1, 24),
)


@few(30)
@given(st.lists(natures, min_size=1, max_size=3))
def test_any_kinds_come_back_from_their_file_and_their_file_from_them(made: list[Nature]) -> None:
    written = ecriture.dump(made)
    assert ecriture.load(written) == tuple(made)
    assert ecriture.dump(ecriture.load(written)) == written


@pytest.mark.parametrize("text", [text for text in HOSTILE if len(text) <= 80])
def test_a_text_that_yaml_would_compute_stays_a_text(text: str) -> None:
    nature = Nature(nature="x", libelle=text, mesures=(Mesure(code="y", libelle="Y", unite="z", choix={"a": text}),))
    assert ecriture.load(ecriture.dump([nature])) == (nature,)


@pytest.mark.parametrize("code", ["60", "2024", "on", "no", "1e3", "0-15", "null", "true"])
def test_a_code_that_yaml_would_compute_stays_a_code(code: str) -> None:
    nature = Nature(nature=code, libelle="X", mesures=(Mesure(code=code, libelle="Y", unite="z", choix={code: "A"}),))
    assert ecriture.load(ecriture.dump([nature])) == (nature,)


def test_bounds_stand_on_one_line_and_what_is_at_its_default_is_left_out() -> None:
    bounds = (Decimal("0.5"), Decimal(12))
    nature = Nature(nature="x", libelle="X", mesures=(Mesure(code="y", libelle="Y", unite="z", vraisemblable=bounds),))
    assert ecriture.dump([nature]) == (
        "nature: x\nlibelle: X\nmesures:\n  - code: y\n    libelle: Y\n    unite: z\n    vraisemblable: [0.5, 12]\n"
    )


def test_remarks_and_the_order_of_fields_do_not_matter() -> None:
    written = "# à nous\nlibelle: X\n# de plus\nnature: x\n---\n{nature: y, libelle: Y}\n"
    assert ecriture.dump(ecriture.load(written)) == "nature: x\nlibelle: X\n---\nnature: y\nlibelle: Y\n"
