"""Reading in a subprocess limited in memory and time: a hostile document harms nothing but its own reading."""

import contextlib
import json
import os
import resource
import subprocess
import sys
from dataclasses import asdict, astuple, dataclass
from pathlib import Path
from typing import Any

from tenir.lecteur.document import DocumentLu, LectureRefusee, LigneLue

_MEGA = 1024 * 1024
_CHILD = "from tenir.lecteur.bornes import child; child()"
_SRC = str(Path(__file__).parents[2])
TROP_LONG = "La lecture de ce document prend trop de temps : il a été refusé."
TROP_LOURD = "La lecture de ce document demande trop de mémoire : il a été refusé."
ILLISIBLE = "Ce document ne se lit pas : le fichier est sans doute abîmé."


@dataclass(frozen=True)
class Limites:
    """What one reading may use."""

    octets: int = 50 * _MEGA  # of the file
    memoire: int = 768 * _MEGA  # bytes of address space
    secondes: int = 60  # of processor, and of clock


LIMITES = Limites()


def read_bounded(path: Path, limites: Limites = LIMITES) -> DocumentLu:
    """Read a file in a subprocess that cannot outgrow `limites`.

    Raises:
        LectureRefusee: what the reading refused, or the limit that it met.
    """
    env = {"PYTHONPATH": _SRC, "PATH": os.environ.get("PATH", ""), "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-c", _CHILD, json.dumps(asdict(limites))]
    try:
        with path.open("rb") as file:
            done = subprocess.run(  # noqa: S603 -- our own interpreter and code; the document is its standard input
                command, stdin=file, capture_output=True, env=env, timeout=limites.secondes, check=False
            )
    except subprocess.TimeoutExpired as error:
        raise LectureRefusee(TROP_LONG) from error
    except OSError as error:
        raise LectureRefusee(f"Le fichier « {path.name} » ne s’ouvre pas.") from error
    return _answer(done.returncode, done.stdout)


def _answer(code: int, output: bytes) -> DocumentLu:
    try:
        answer = json.loads(output)
    except ValueError as error:
        killed = code in (-24, -9)  # SIGXCPU, then SIGKILL: the processor time is spent
        raise LectureRefusee(TROP_LONG if killed else ILLISIBLE) from error
    if "refus" in answer:
        raise LectureRefusee(answer["refus"])
    return decode(answer)


def child() -> None:
    """Read the document on standard input under limits, answer in JSON on standard output."""
    limites = Limites(**json.loads(sys.argv[1]))
    _limit(limites)
    try:
        answer = _read_stdin(limites)
    except MemoryError:
        answer = {"refus": TROP_LOURD}
    sys.stdout.write(json.dumps(answer))


def _limit(limites: Limites) -> None:
    for kind, value in (
        (resource.RLIMIT_AS, limites.memoire),
        (resource.RLIMIT_CPU, limites.secondes),
        (resource.RLIMIT_FSIZE, 0),  # a reading writes no file
        (resource.RLIMIT_CORE, 0),
    ):
        with contextlib.suppress(ValueError, OSError):  # a system may not know one of them
            resource.setrlimit(kind, (value, value))


def _read_stdin(limites: Limites) -> dict[str, Any]:
    from tenir.lecteur.lecture import read_content  # after the limits are set

    content = sys.stdin.buffer.read(limites.octets + 1)
    if len(content) > limites.octets:
        return {"refus": "Ce fichier grossit pendant sa lecture : il a été refusé."}
    try:
        return encode(read_content(content))
    except LectureRefusee as error:
        return {"refus": str(error)}
    except RecursionError:
        return {"refus": ILLISIBLE}


def encode(document: DocumentLu) -> dict[str, Any]:
    """A document as plain data, for JSON."""
    return {
        "lignes": [astuple(line)[1:] for line in document.lignes],
        "retirees": document.retirees,
        "origine": document.origine,
    }


def decode(data: dict[str, Any]) -> DocumentLu:
    """The inverse of `encode`."""
    lines = tuple(_line(rank, *fields) for rank, fields in enumerate(data["lignes"], start=1))
    return DocumentLu(
        texte="".join(f"{line.texte}\n" for line in lines),
        lignes=lines,
        retirees=tuple((page, text) for page, text in data["retirees"]),
        origine=data["origine"],
    )


def _line(numero: int, *fields: Any) -> LigneLue:
    texte, page, titre, puce, gras, tableau = fields
    return LigneLue(numero, texte, page, titre, puce, gras, tuple(tableau) if tableau else None)
