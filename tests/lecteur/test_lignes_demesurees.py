"""A line out of all measure is kept whole, told, and costs no more than its length: of numbers, dots, names…"""

import json
import os
import resource
import subprocess
import sys
from collections.abc import Callable
from itertools import count, islice

import pytest

from tenir.fichier.document import DEMESUREE
from tenir.lecteur.rapport import rapport_texte
from tenir.lecteur.repartition import TROP_LONGUE
from tests.lecteur.textes import lire_texte

GUARD = 60
"""Seconds of processor for all the kinds: ten times what they take; what grew with the square would take hours."""
HUGE = 40_000
LONG = 2_000
"""Of a line that every reader looks into: patterns that go back on their steps show here, which count no call."""
KINDS: dict[str, Callable[[int], str]] = {
    "numbers": lambda n: f"{10 + n % 90},{n % 10} % ",
    "digits": lambda n: "1234567890",
    "letters": lambda n: "abcdefgh",
    "capitals": lambda n: "ABCDÉFGH",
    "dots": lambda n: ".",
    "dotted leaders": lambda n: ". ",
    "ellipses": lambda n: "…",
    "bullets": lambda n: "• ",
    "dashes": lambda n: "– ",
    "quotes": lambda n: "« a » ",
    "open quotes": lambda n: "« ",
    "parentheses": lambda n: "(a) ",
    "open parentheses": lambda n: "(a ",
    "spaces": lambda n: " ",
    "words far apart": lambda n: f"mot{' ' * 300}",
    "colons far apart": lambda n: f"mot{' ' * 150}:{' ' * 150}",
    "commas far apart": lambda n: f"mot{' ' * 150},{' ' * 150}",
    "dashes far apart": lambda n: f"mot{' ' * 150}–{' ' * 150}",
    "figures far apart": lambda n: f"{10 + n % 90}{' ' * 150}%{' ' * 150}",
    "no-break spaces": lambda n: "\u00a0",
    "tabs": lambda n: "\t1",
    "commas": lambda n: "a, ",
    "euros": lambda n: f"{n} € ",
    "dates": lambda n: "12/03/2027 ",
    "years": lambda n: "2024-2030 ",
    "telephones": lambda n: "06 39 98 00 02 ",
    "addresses": lambda n: "a.b@c.example ",
    "labels": lambda n: "Pilote : a ",
    "bodies": lambda n: "France Travail et la CAF ",
    "names": lambda n: f"Mme Zoé Fi{''.join(chr(97 + int(c)) for c in str(n))}ctive, ",
    "sentences": lambda n: "Le quartier prioritaire agit. ",
}
PLACES = {
    "head": "{line}\n\nOrientation 1 : Compter\n\nACTIONS\n- Faire\n",
    "figures": "Orientation 1 : Compter\n\nDONNÉES\nPart : {line}\n\nACTIONS\n- Faire\n",
    "action": "Orientation 1 : Compter\n\nACTIONS\n- Faire\n- Agir {line}\n",
    "pilot": "Orientation 1 : Compter\n\nPILOTE\n{line}\n\nACTIONS\n- Faire\n",
    "portrait": "PORTRAIT DU QUARTIER\n{line}\n\nOrientation 1 : Compter\n\nACTIONS\n- Faire\n",
}

SET_ASIDE = ("head", "figures")
"""Where a huge line is tried: no reader sees it, wherever it stands."""
SHORT = 400


def line_of(kind: str, length: int) -> str:
    """A line of one kind, letters at both ends so that no blank is trimmed."""
    unit = KINDS[kind]
    pieces = (unit(n) for n in islice(count(), length // len(unit(0))))
    return f"a {''.join(pieces)} z"


def document_of(kind: str, place: str, length: int) -> str:
    return "CONTRAT DE VILLE DE VALBRUME 2024-2030\n\n" + PLACES[place].format(line=line_of(kind, length))


def read_all() -> None:
    """In a process of its own: read every kind at every place, telling each as it ends."""
    for kind in KINDS:
        for place in PLACES:
            lire_texte(document_of(kind, place, LONG))
        for place in SET_ASIDE:
            print(json.dumps(told(kind, place)), flush=True)  # noqa: T201 (what the test reads)


def told(kind: str, place: str) -> list[object]:
    """What is wrong in the reading of a huge line, nothing being lost of it nor around it."""
    text = document_of(kind, place, HUGE)
    lecture = lire_texte(text)
    rapport_texte(lecture)
    line = max(lecture.document.lignes, key=lambda one: len(one.texte))
    whole = line.texte in text and len(line.texte) >= HUGE * 0.9
    aside = [reste.raison for reste in lecture.restes if reste.ligne == line.numero] == [TROP_LONGUE]
    around = [action.titre for one in lecture.contrat.orientations for action in one.actions]
    return [place, kind, whole, aside, around]


def limited() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (GUARD, GUARD))


def test_a_huge_line_of_any_kind_is_kept_whole_told_and_read_past() -> None:
    command = [sys.executable, "-c", f"from {__name__} import read_all; read_all()"]
    env = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run(command, env=env, capture_output=True, text=True, preexec_fn=limited, check=False)
    read = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(read) == len(SET_ASIDE) * len(KINDS), f"après {read[-1:]} : {done.stderr[-2000:] or 'trop de calcul'}"
    assert [one for one in read if one[2:] != [True, True, ["Faire"]]] == []


def calls(text: str) -> int:
    """How many functions of Python a reading calls."""
    made = 0

    def seen(_frame: object, event: str, _arg: object) -> None:
        nonlocal made
        made += event == "call"

    sys.setprofile(seen)
    try:
        lire_texte(text)
    finally:
        sys.setprofile(None)
    return made


@pytest.mark.parametrize("kind", KINDS)
def test_a_line_three_times_as_long_takes_far_less_than_nine_times_the_steps(kind: str) -> None:
    for place in PLACES:
        lire_texte(document_of(kind, place, 10))  # what is read once for all
        short = calls(document_of(kind, place, SHORT))
        assert calls(document_of(kind, place, 3 * SHORT)) < 4 * short, place


def test_whom_a_huge_line_names_is_hidden_wherever_it_does() -> None:
    lecture = lire_texte(
        document_of("sentences", "head", HUGE).replace(" z\n", " Mme Zoé Fictive, z.fictive@a.example z\n")
    )
    shown = rapport_texte(lecture)
    assert TROP_LONGUE in shown
    assert "Fictive" not in shown
    assert "z.fictive@a.example" not in shown


def test_the_longest_line_that_is_read_is_read_whole() -> None:
    words = "Agir " + "a" * (DEMESUREE - len("- Agir "))
    orientation = lire_texte(PLACES["action"].format(line="").replace("Agir ", words)).contrat.orientations[0]
    assert [action.texte for action in orientation.actions][-1] == words
