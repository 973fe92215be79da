"""A contract known in advance, laid out in each style, comes back whole: codes, words, bodies and figures."""

import re
from collections import Counter

import pytest
from hypothesis import Phase, assume, given, settings
from hypothesis import strategies as st

from tenir.fichier.modeles import ContratDeVille
from tenir.lecteur.brouillon import Lecture, lire
from tenir.lecteur.lecture import read_content
from tests.exemples import few
from tests.lecteur.generateur import DISPOSITIONS, Decor, attendu, contrats_plausibles, decors, en_texte, en_word
from tests.lecteur.textes import lire_texte

PHASES = [Phase.explicit, Phase.generate]
"""A shrunk contract says no more, and costs minutes."""
RESTES = {"Ligne de sommaire : la partie qu’elle annonce est lue à sa place.", "Note de bas de page."}
SYNONYMES = {
    "DONNÉES": "Quelques chiffres",
    "CONSTAT": "Éléments de diagnostic",
    "OBJECTIFS": "Ce que nous voulons :",
    "ACTIONS À CONDUIRE": "Nos actions",
    "PILOTES": "Chef(s) de file",
    "SERVICES ASSOCIÉS": "Partenaires à mobiliser",
    "MOBILISATION DES COFINANCEMENTS": "Avec quel argent",
}


def _texte(nom: str, contrat: ContratDeVille, decor: Decor) -> str:
    return en_texte(DISPOSITIONS[nom].pieces(contrat), decor)


def _compare(lecture: Lecture, contrat: ContratDeVille, nom: str) -> None:
    genres = DISPOSITIONS[nom].genres
    assert attendu(lecture.contrat, genres) == attendu(contrat, genres)
    assert {reste.raison for reste in lecture.restes} <= RESTES


@pytest.mark.parametrize("nom", DISPOSITIONS)
@settings(few(3), phases=PHASES)
@given(contrat=contrats_plausibles(), decor=decors)
def test_a_contract_laid_out_as_text_comes_back(nom: str, contrat: ContratDeVille, decor: Decor) -> None:
    _compare(lire_texte(_texte(nom, contrat, decor)), contrat, nom)


@pytest.mark.parametrize("nom", DISPOSITIONS)
@settings(few(2), phases=PHASES)
@given(contrat=contrats_plausibles(), reel=st.booleans())
def test_a_contract_laid_out_in_word_comes_back(nom: str, contrat: ContratDeVille, reel: bool) -> None:
    _compare(lire(read_content(en_word(DISPOSITIONS[nom].pieces(contrat), reel))), contrat, nom)


def _words(contrat: ContratDeVille, nom: str) -> Counter[object]:
    """The items of a reading without their ranks: kind, holder, words."""
    kinds = attendu(contrat, DISPOSITIONS[nom].genres - {"axes"}).items()
    return Counter((kind, re.split(r"-|\d+$", str(code))[0], *rest) for kind, items in kinds for code, *rest in items)


@pytest.mark.parametrize("nom", ["prose", "clair", "quartiers"])
@settings(few(3), phases=PHASES)
@given(contrat=contrats_plausibles(), decor=decors, choice=st.integers(0, 99))
def test_removing_one_bullet_removes_one_item(nom: str, contrat: ContratDeVille, decor: Decor, choice: int) -> None:
    pieces = list(DISPOSITIONS[nom].pieces(contrat))
    lone = [n for n in range(1, len(pieces) - 1) if _is_lone(pieces, n)]
    assume(lone)
    removed = lone[choice % len(lone)]
    whole, less = (en_texte(p, decor) for p in (pieces, [*pieces[:removed], *pieces[removed + 1 :]]))
    before, after = (_words(lire_texte(texte).contrat, nom) for texte in (whole, less))
    assert (before - after).total() == 1
    assert (after - before).total() == 0


def _is_lone(pieces: list[object], n: int) -> bool:
    """A bullet between two others of its depth: neither the last of its list, nor one that holds parts."""
    return [getattr(pieces[m], "puce", None) for m in (n - 1, n, n + 1)] == [0, 0, 0]


@settings(few(2), phases=PHASES)
@given(contrat=contrats_plausibles(), decor=decors)
def test_swapping_two_orientations_swaps_nothing_else(contrat: ContratDeVille, decor: Decor) -> None:
    last = contrat.axes[-1]
    assume(len(last.orientations) > 1)
    swapped = last.model_copy(update={"orientations": (*last.orientations[1::-1], *last.orientations[2:])})
    other = contrat.model_copy(update={"axes": (*contrat.axes[:-1], swapped)})
    readings = (lire_texte(_texte("prose", c, decor)).contrat for c in (contrat, other))
    first, second = (attendu(c, DISPOSITIONS["prose"].genres - {"axes", "orientations"}) for c in readings)
    assert {kind: sorted(map(str, items)) for kind, items in first.items()} == {
        kind: sorted(map(str, items)) for kind, items in second.items()
    }


@settings(few(2), phases=PHASES)
@given(contrat=contrats_plausibles(), decor=decors)
def test_synonyms_of_headings_change_nothing(contrat: ContratDeVille, decor: Decor) -> None:
    texte = _texte("prose", contrat, decor)
    replaced = texte
    for heading, synonym in SYNONYMES.items():
        replaced = re.sub(rf"^{heading}$", synonym, replaced, flags=re.MULTILINE)
    assert replaced != texte
    _compare(lire_texte(replaced), contrat, "prose")
