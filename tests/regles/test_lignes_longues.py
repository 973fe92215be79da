"""A long line of any kind costs the rules no more than its length, as it does the reader; a huge one nothing."""

import os
import subprocess
import sys
from datetime import date

from tenir.fichier.document import DEMESUREE, DocumentNormalise
from tenir.fichier.source import Plage
from tenir.regles.controle import controler
from tests.lecteur.test_lignes_demesurees import HUGE, KINDS, LONG, document_of, limited
from tests.lecteur.textes import lire_texte

JOUR = date(2026, 11, 27)


def check_all() -> None:
    """In a process of its own: put a document with such a line through every rule, telling each kind as it ends."""
    for kind in KINDS:
        for length in (LONG, HUGE):
            lecture = lire_texte(document_of(kind, "action", length))
            controler(lecture.contrat, DocumentNormalise(lecture.document.texte), le=JOUR)
        print(kind, flush=True)  # noqa: T201 (what the test reads)


def test_every_rule_reads_past_a_long_line_of_any_kind() -> None:
    command = [sys.executable, "-c", f"from {__name__} import check_all; check_all()"]
    env = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run(command, env=env, capture_output=True, text=True, preexec_fn=limited, check=False)
    assert done.stdout.splitlines() == list(KINDS), done.stderr[-2000:] or "trop de calcul"


def test_a_line_out_of_all_measure_is_blank_to_every_rule_and_the_others_keep_their_place() -> None:
    document = DocumentNormalise(f"un\n{'a' * (DEMESUREE + 1)}\n{'b' * DEMESUREE}\n", (Plage(1, 1, 1, 2),))
    assert document.mesure.lignes_brutes == ("un", "", "b" * DEMESUREE)
    assert document.mesure.noms_masques == document.noms_masques


def test_a_document_without_such_a_line_is_itself() -> None:
    document = DocumentNormalise("un\ndeux\n")
    assert document.mesure is document
