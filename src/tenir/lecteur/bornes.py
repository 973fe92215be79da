"""Reading in a subprocess limited in memory and time: a hostile document harms nothing but its own reading."""

import contextlib
import json
import logging
import os
import resource
import subprocess
import sys
import traceback
from collections.abc import Callable
from dataclasses import asdict, astuple, dataclass
from pathlib import Path
from typing import Any

from tenir.lecteur.document import DocumentLu, LectureRefusee, LigneLue

_LOG = logging.getLogger(__name__)
_MEGA = 1024 * 1024
_CHILD = "from tenir.lecteur.bornes import child; child()"
_SRC = str(Path(__file__).parents[2])
_KEPT = ("PATH", "PYTHONPYCACHEPREFIX")
"""What the subprocess takes from our environment; the second, where it is set, says where compiled code is found."""
TROP_LONG = "La lecture de ce document prend trop de temps : il a été refusé."
TROP_LOURD = "La lecture de ce document demande trop de mémoire : il a été refusé."
ILLISIBLE = "Ce document ne se lit pas : le fichier est sans doute abîmé."
FAUTE = "Tenir n’a pas su lire ce document : la faute est la nôtre, et l’administration du site en est avertie."


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
    try:
        content = path.read_bytes()
    except OSError as error:
        raise LectureRefusee(f"Le fichier « {path.name} » ne s’ouvre pas.") from error
    return decode(ask_bounded(_CHILD, content, limites))


def ask_bounded(child: str, content: bytes, limites: Limites) -> dict[str, Any]:
    """Hand bytes to our own code in a subprocess that cannot outgrow `limites`, and take its answer.

    `child` is the Python that runs there; it ends by calling `answer`.

    Raises:
        LectureRefusee: what the subprocess refused, or the limit that it met.
    """
    env = {"PYTHONPATH": _SRC, "PYTHONDONTWRITEBYTECODE": "1", **{k: os.environ[k] for k in _KEPT if k in os.environ}}
    command = [sys.executable, "-c", child, json.dumps(asdict(limites))]
    try:
        done = subprocess.run(  # noqa: S603 -- our own interpreter and code; the document is its standard input
            command, input=content, capture_output=True, env=env, timeout=limites.secondes, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise LectureRefusee(TROP_LONG) from error
    return _answered(done.returncode, done.stdout)


def _answered(code: int, output: bytes) -> dict[str, Any]:
    try:
        told: dict[str, Any] = json.loads(output)
    except ValueError as error:
        killed = code in (-24, -9)  # SIGXCPU, then SIGKILL: the processor time is spent
        raise LectureRefusee(TROP_LONG if killed else ILLISIBLE) from error
    if "faute" in told:
        _LOG.error("Reading failed, the fault is ours:\n%s", told["faute"])
        raise LectureRefusee(FAUTE)
    if "refus" in told:
        raise LectureRefusee(told["refus"])
    return told


def child() -> None:
    """In the subprocess: read the document on standard input."""
    answer(_read)


def answer(make: Callable[[bytes], dict[str, Any]]) -> None:
    """In the subprocess: limit oneself, make something of standard input, write it in JSON on standard output."""
    limites = Limites(**json.loads(sys.argv[1]))
    _limit(limites)
    try:
        told = _made(make, limites)
    except MemoryError:
        told = {"refus": TROP_LOURD}
    sys.stdout.write(json.dumps(told))


def _limit(limites: Limites) -> None:
    for kind, value in (
        (resource.RLIMIT_AS, limites.memoire),
        (resource.RLIMIT_CPU, limites.secondes),
        (resource.RLIMIT_FSIZE, 0),  # a reading writes no file
        (resource.RLIMIT_CORE, 0),
    ):
        with contextlib.suppress(ValueError, OSError):  # a system may not know one of them
            resource.setrlimit(kind, (value, value))


def _made(make: Callable[[bytes], dict[str, Any]], limites: Limites) -> dict[str, Any]:
    content = sys.stdin.buffer.read(limites.octets + 1)
    if len(content) > limites.octets:
        return {"refus": "Ce fichier grossit pendant sa lecture : il a été refusé."}
    try:
        return make(content)
    except LectureRefusee as error:
        return {"refus": str(error)}
    except MemoryError:
        raise
    except RecursionError:
        return {"refus": ILLISIBLE}
    except Exception as error:
        return {"faute": _places(error)}


def _places(error: Exception) -> str:
    """Where an error happened, and its kind: never its message, which may quote the document."""
    frames = traceback.extract_tb(error.__traceback__)[-8:]
    return "\n".join([*(f"{Path(f.filename).name}:{f.lineno} {f.name}" for f in frames), type(error).__name__])


def _read(content: bytes) -> dict[str, Any]:
    from tenir.lecteur.lecture import read_content  # after the limits are set

    return encode(read_content(content))


def encode(document: DocumentLu) -> dict[str, Any]:
    """A document as plain data, for JSON."""
    return {
        "lignes": [astuple(line)[1:] for line in document.lignes],
        "retirees": document.retirees,
        "origine": document.origine,
        "remarques": document.remarques,
    }


def decode(data: dict[str, Any]) -> DocumentLu:
    """The inverse of `encode`."""
    lines = tuple(_line(rank, *fields) for rank, fields in enumerate(data["lignes"], start=1))
    return DocumentLu(
        texte="".join(f"{line.texte}\n" for line in lines),
        lignes=lines,
        retirees=tuple((page, text) for page, text in data["retirees"]),
        origine=data["origine"],
        remarques=tuple(data["remarques"]),
    )


def _line(numero: int, *fields: Any) -> LigneLue:
    texte, page, titre, puce, gras, tableau, style = fields
    return LigneLue(numero, texte, page, titre, puce, gras, tuple(tableau) if tableau else None, style)
