"""« No domain word in `core` and `ecran` »: what their pages and their Python say to people is not of a contract.

What a lower room must say of the domain, an upper one gives by its `Piece` (words, slots).
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tenir.habilitations.roles import RIGHTS
from tests.routes import routes

ROOMS = ("core", "ecran")
WORDS = (
    "action|anomalie|avenant|axe|bailleur|bénéficiaire|commune|contrat|crédit|dérogation|engagement|EPCI|fiche|financeur"
    "|habitant|indicateur|jalon|orientation|porteur|préfecture|préfet|promesse|QPV|quartier|signataire"
)
"""Nouns of the domain, those that plain French does not need; each in the plural too."""
SAID = re.compile(rf"(?<![\w.-])({WORDS})s?(?![\w.-])", re.IGNORECASE)
COMMENT = re.compile(r"\{% comment %\}.*?\{% endcomment %\}|\{#.*?#\}", re.DOTALL)
TAGS = r"\{% (?:block|elif|extends|for|if|include|load|url|with) [^%]*%\}"
CODE = re.compile(rf"{TAGS}|\{{\{{[^}}]*\}}\}}|<[^>]*>")
TOLD = re.compile(r'(?:alt|title|content|label|aria-label|placeholder)="([^"]*)"')


LOOKED_FOR = {"src/tenir/core/noms.py": "words that tell a body from a person in what is read: shown to nobody"}
"""Modules that hold words of the domain, and why."""


def in_python(path: Path) -> Iterator[str]:
    """The texts of a module: neither what documents it, nor names of rights and of routes."""
    tree = ast.parse(path.read_text())
    apart = {id(one.value) for one in ast.walk(tree) if isinstance(one, ast.Expr)}
    names = RIGHTS.keys() | {str(route.name) for route in routes()}
    for one in ast.walk(tree):
        text = one.value if isinstance(one, ast.Constant) else None
        if isinstance(text, str) and id(one) not in apart and text not in names:
            yield text


def in_template(path: Path) -> Iterator[str]:
    """What a template shows or has read aloud: not its tags, nor the names of its classes."""
    text = COMMENT.sub("", path.read_text())
    yield from (found for found in TOLD.findall(text))
    yield from CODE.sub(" ", text).splitlines()


def texts() -> Iterator[tuple[Path, str]]:
    for room in ROOMS:
        for path in sorted(Path("src/tenir", room).rglob("*")):
            if path.suffix == ".py" and "migrations" not in path.parts and str(path) not in LOOKED_FOR:
                yield from ((path, text) for text in in_python(path))
            elif path.suffix in (".html", ".js") or (path.suffix == ".txt" and "templates" in path.parts):
                yield from ((path, text) for text in in_template(path))


def test_the_rooms_of_every_screen_say_no_word_of_the_domain() -> None:
    found = [f"{path} : {text.strip()[:90]}" for path, text in texts() if SAID.search(text)]
    assert not found, "\n".join(found)


@pytest.mark.parametrize("text", ["Mes contrats", "Rechercher dans le contrat", "cette Fiche,", "l’action"])
def test_a_word_of_the_domain_is_seen(text: str) -> None:
    assert SAID.search(text)


@pytest.mark.parametrize("text", ["Ce que Tenir sait de moi", "l’interaction", "fiche.css", "un geste de contraste"])
def test_another_word_is_not(text: str) -> None:
    assert not SAID.search(text)
