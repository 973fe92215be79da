"""Reading in a subprocess limited in memory and time: the document, then what is understood of it.

No Django here: the subprocess starts at once. What it hands back is plain data.
"""

import json
from typing import Any

from tenir.lecteur.bornes import Limites, answer, ask_bounded, encode

_MEGA = 1024 * 1024
LIMITES = Limites(octets=20 * _MEGA, memoire=768 * _MEGA, secondes=120)
"""What one reading may use. The work that asks for it holds no request."""
LARGES = Limites(octets=80 * _MEGA, memoire=LIMITES.memoire, secondes=LIMITES.secondes)
"""The same for a document already read, whose lines carry what typography says of them."""
OURS = frozenset({"noms_masques", "sha256"})
"""What `read` adds to what the reader says of a document."""
_READ = "from tenir.atelier.enfant import read_child; read_child()"
_UNDERSTAND = "from tenir.atelier.enfant import understand_child; understand_child()"


def read(content: bytes) -> dict[str, Any]:
    """The normalised text of a file, as `lecteur.bornes.decode` takes it, its digest and where it names persons.

    Raises:
        LectureRefusee: what the reading refused, or the limit that it met.
    """
    return ask_bounded(_READ, content, LIMITES)


def understand(document: dict[str, Any]) -> dict[str, Any]:
    """What is understood of a document already read: the contract, the doubts, the lines without a place and why.

    Raises:
        LectureRefusee: no orientation is recognised, or the limit that it met.
    """
    return ask_bounded(_UNDERSTAND, json.dumps(document).encode(), LARGES)


def read_child() -> None:
    """In the subprocess: read the document on standard input."""
    answer(_read)


def understand_child() -> None:
    """In the subprocess: understand the document on standard input."""
    answer(_understood)


def _read(content: bytes) -> dict[str, Any]:
    from tenir.fichier.source import write_source
    from tenir.lecteur.lecture import read_content  # after the limits are set
    from tenir.lecteur.noms import noms_masques

    document = read_content(content)
    return {**encode(document), "noms_masques": write_source(noms_masques(document)), "sha256": document.sha256}


def _understood(content: bytes) -> dict[str, Any]:
    from tenir.lecteur.bornes import decode
    from tenir.lecteur.brouillon import lire

    lecture = lire(decode(json.loads(content)))
    return {
        "contrat": lecture.contrat.model_dump(mode="json", exclude_defaults=True),
        "avis": {code: [avis.niveau.value, avis.doute] for code, avis in lecture.avis.items() if avis.doute},
        "restes": [[reste.ligne, reste.raison] for reste in lecture.restes],
    }
