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
TITRES = 12
"""How many headings of one form are shown."""
LONG = 120
"""The characters of a label that a gabarit keeps."""
_READ = "from tenir.atelier.enfant import read_child; read_child()"
_UNDERSTAND = "from tenir.atelier.enfant import understand_child; understand_child()"
_SHOW = "from tenir.atelier.enfant import show_child; show_child()"


def read(content: bytes) -> dict[str, Any]:
    """The normalised text of a file, as `lecteur.bornes.decode` takes it, its digest and where it names persons.

    Raises:
        LectureRefusee: what the reading refused, or the limit that it met.
    """
    return ask_bounded(_READ, content, LIMITES)


def understand(document: dict[str, Any], gabarit: dict[str, Any] | None = None) -> dict[str, Any]:
    """What is understood of a document already read: the contract, the doubts, the lines without a place and why.

    `gabarit`: what a person said of its layout (`lecteur.gabarit.Gabarit`, as data).

    Raises:
        LectureRefusee: no orientation is recognised, or the limit that it met.
    """
    return ask_bounded(_UNDERSTAND, json.dumps({"document": document, "gabarit": gabarit}).encode(), LARGES)


def show(document: dict[str, Any], gabarit: dict[str, Any] | None = None) -> dict[str, list[dict[str, Any]]]:
    """What a document already read shows: its forms of headings, its labels, its columns, with what each is taken for.

    Raises:
        LectureRefusee: the limit that it met.
    """
    return dict(ask_bounded(_SHOW, json.dumps({"document": document, "gabarit": gabarit}).encode(), LARGES))


def read_child() -> None:
    """In the subprocess: read the document on standard input."""
    answer(_read)


def understand_child() -> None:
    """In the subprocess: understand the document on standard input."""
    answer(_understood)


def show_child() -> None:
    """In the subprocess: show the headings, the labels and the columns of the document on standard input."""
    answer(_shown)


def _read(content: bytes) -> dict[str, Any]:
    from tenir.fichier.source import write_source
    from tenir.lecteur.lecture import read_content  # after the limits are set
    from tenir.lecteur.noms import noms_masques

    document = read_content(content)
    return {**encode(document), "noms_masques": write_source(noms_masques(document)), "sha256": document.sha256}


def _understood(content: bytes) -> dict[str, Any]:
    from tenir.lecteur.bornes import decode
    from tenir.lecteur.brouillon import lire
    from tenir.lecteur.gabarit import Gabarit

    given = json.loads(content)
    gabarit = Gabarit.model_validate(given["gabarit"]) if given["gabarit"] else None
    lecture = lire(decode(given["document"]), gabarit)
    return {
        "contrat": lecture.contrat.model_dump(mode="json", exclude_defaults=True),
        "avis": {code: [avis.niveau.value, avis.doute] for code, avis in lecture.avis.items() if avis.doute},
        "restes": [[reste.ligne, reste.raison] for reste in lecture.restes],
    }


def _shown(content: bytes) -> dict[str, Any]:
    from tenir.lecteur.bornes import decode
    from tenir.lecteur.gabarit import Gabarit, formes_vues
    from tenir.lecteur.lignes import Texte
    from tenir.lecteur.noms import noms_masques
    from tenir.lecteur.vues import colonnes_vues, etiquettes_vues

    given = json.loads(content)
    gabarit = Gabarit.model_validate(given["gabarit"] or {})
    document = decode(given["document"])
    texte = Texte(document, noms_masques(document))
    with gabarit.dit():
        return {
            "formes": [_form(texte, vue) for vue in formes_vues(texte, gabarit)],
            "etiquettes": _labels(texte, etiquettes_vues(texte)),
            "colonnes": _labels(texte, colonnes_vues(texte)),
        }


def _form(texte: Any, vue: Any) -> dict[str, Any]:
    titres = [_line(texte, numero) for numero in vue.lignes[:TITRES]]
    return {"forme": vue.forme, "fois": vue.fois, "role": vue.role or "", "titres": titres}


def _labels(texte: Any, vues: list[Any]) -> list[dict[str, Any]]:
    """Labels as they may be shown: one that names a person is left out."""
    shown = " ".join(" ".join(texte.normalise.lignes).split())
    return [
        {"mots": vue.mots, "fois": vue.fois, "lu": vue.lu, "contenus": [_line(texte, n) for n in vue.lignes]}
        for vue in vues
        if " ".join(vue.mots.split()) in shown and len(vue.mots) <= LONG
    ]


def _line(texte: Any, numero: int) -> str:
    """A line as it may be shown: persons masked."""
    return str(texte.normalise.lignes[numero - 1].strip()[:90])
