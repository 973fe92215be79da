"""What must hold of any contract: a change of the document changes only what it touches."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tenir.fichier import canonique
from tenir.fichier.enums import Forme
from tenir.fichier.modeles import ContratDeVille, Engagement, Item, Partie
from tenir.lecteur.brouillon import Lecture
from tests.lecteur.textes import lire_texte

FICTIF = Path("contrats/fictif/virelande-fictif-2024-2030.txt")
SYNONYMES = {
    "ACTIONS À CONDUIRE": "Ce que nous allons faire",
    "OBJECTIFS": "Ce que nous voulons :",
    "PILOTES": "Chefs de file",
    "PILOTE": "Porteur :",
    "SERVICES ASSOCIÉS": "Partenaires",
    "CONSTAT": "État des lieux",
    "ENJEUX": "Pourquoi agir",
    "MOBILISATION DES COFINANCEMENTS": "Avec quel argent",
}
REMOVABLE = ("action prévue", "objectif", "indicateur", "engagement")


@pytest.fixture(scope="module", params=["fictif", "coutras"])
def texte(request: pytest.FixtureRequest) -> str:
    path = FICTIF if request.param == "fictif" else request.getfixturevalue("coutras_document")
    return path.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def lecture(texte: str) -> Lecture:
    return lire_texte(texte)


def _words(contrat: ContratDeVille) -> list[tuple[str, str, str]]:
    """Every item but named parts: kind, place (without its rank), words."""
    items = (item for item in contrat.items.values() if not isinstance(item, Partie))
    return [(item.genre, _place(item), item.texte or "") for item in items]


def _place(item: Item) -> str:
    return item.code.partition("-")[0] if "-" in item.code else ""


def _is_a_lone_bullet(item: Item) -> bool:
    if item.genre not in REMOVABLE or any(p.colonne_debut is not None for p in item.source):
        return False
    return not isinstance(item, Engagement) or (item.forme is Forme.PUCE and not item.regroupement)


def _blank(texte: str, numbers: set[int]) -> str:
    lines = texte.split("\n")
    return "\n".join("" if n in numbers else line for n, line in enumerate(lines, 1))


def _removable(contrat: ContratDeVille) -> list[Item]:
    parents = {e.parent for s in contrat.signataires for e in s.engagements}
    alone = [i for i in contrat.items.values() if _is_a_lone_bullet(i) and i.code not in parents]
    return [i for i in alone if not getattr(i, "sous_actions", ()) and getattr(i, "forme", "puce") != "prose"]


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_removing_one_bullet_removes_one_item(texte: str, lecture: Lecture, share: float) -> None:
    bullets = _removable(lecture.contrat)
    removed = bullets[round(share * (len(bullets) - 1))]
    after = lire_texte(_blank(texte, {n for p in removed.source for n in p.lignes})).contrat
    expected = _words(lecture.contrat)
    expected.remove((removed.genre, _place(removed), removed.texte or ""))
    assert sorted(_words(after)) == sorted(expected)


def test_swapping_two_orientations_changes_nothing_else(texte: str, lecture: Lecture) -> None:
    lines = texte.split("\n")
    first, second, third = (o.source[0].debut - 1 for o in lecture.contrat.axes[0].orientations[:3])
    swapped = [*lines[:first], *lines[second:third], *lines[first:second], *lines[third:]]
    assert sorted(_words(lire_texte("\n".join(swapped)).contrat)) == sorted(_words(lecture.contrat))


def test_synonyms_of_headings_change_nothing() -> None:
    texte = FICTIF.read_text(encoding="utf-8")
    replaced = texte
    for heading, synonym in SYNONYMES.items():
        replaced = re.sub(rf"^{heading}$", synonym, replaced, flags=re.MULTILINE)
    assert replaced != texte
    assert _words(lire_texte(replaced).contrat) == _words(lire_texte(texte).contrat)


def test_reading_is_deterministic() -> None:
    """Two processes with other hash seeds write the same draft, byte for byte."""
    code = (
        "import sys; from tests.lecteur.textes import lire_texte; from tenir.fichier import canonique; "
        f"sys.stdout.write(canonique.dump(lire_texte(open({str(FICTIF)!r}, encoding='utf-8').read()).contrat))"
    )
    drafts = [
        subprocess.run(
            [sys.executable, "-c", code],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": "src:."},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    ]
    assert drafts[0]
    assert drafts[0] == drafts[1]


def test_the_draft_of_the_fictitious_contract_is_canonical() -> None:
    draft = canonique.dump(lire_texte(FICTIF.read_text(encoding="utf-8")).contrat)
    assert canonique.dump(canonique.load(draft)) == draft
