"""What ten examples change: `python -m tests.lecteur.mesure_gestes [FOLDER]`.

Someone who knows what the document says shows what was not understood, one at a time, as in the workshop: the heading
of a missing item and its kind, what a label opens, what the column of a table gives, the name of a body. An example
that mends nothing is taken back; all count.
"""

import re
import sys
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

import yaml

from tenir.fichier.mots import plain
from tenir.lecteur.brouillon import lire
from tenir.lecteur.document import DocumentLu, LectureRefusee
from tenir.lecteur.gabarit import Gabarit, GabaritRefuse, par_exemple, verifier_colonne
from tenir.lecteur.lecture import read_content
from tenir.lecteur.lignes import Texte
from tenir.lecteur.noms import noms_masques
from tenir.lecteur.structure.roles import Role
from tenir.lecteur.vues import IntituleVu, colonnes_vues, etiquettes_vues
from tests.lecteur.mesure import Mesure
from tests.lecteur.mesure_etrangers import ICI, attendus, documents, ensemble, lus, mesurer

GESTES = 10
SHOWN = {
    "axes": (Role.AXE, lambda truth: truth.get("axes") or []),
    "orientations": (Role.ORIENTATION, lambda truth: [o["titre"] for o in truth["orientations"]]),
    "actions": (Role.FICHE, lambda truth: [a["titre"] for a in truth.get("actions") or []]),
    "objectifs": (Role.OBJECTIF, lambda truth: [o["texte"] for o in truth.get("objectifs") or []]),
}


def gestes(truth: Mapping[str, Any], read: DocumentLu) -> tuple[Mesure, Mesure, int]:
    """The measure at the first reading, that after at most ten examples, and how many were given."""
    texte, gabarit, given = Texte(read, noms_masques(read)), Gabarit(), 0
    first = best = _measured(truth, read, gabarit)
    for example in _examples(truth, texte):
        if given == GESTES:
            break
        try:
            tried = example(gabarit)
        except GabaritRefuse:
            continue
        if tried == gabarit:
            continue
        given += 1
        now = _measured(truth, read, tried)
        if now.justes > best.justes or (now.justes == best.justes and now.trouves < best.trouves):
            gabarit, best = tried, now
    return first, best, given


Exemple = Callable[[Gabarit], Gabarit]


def _examples(truth: Mapping[str, Any], texte: Texte) -> Iterator[Exemple]:
    """What a person would show: labels and columns read as what they are not, then headings, then names of bodies."""
    missing = _missing(truth, texte.document)
    yield from _of_labels(truth, texte)
    yield from _of_headings(truth, texte, missing)
    yield from _of_bodies(texte, missing)


def _missing(truth: Mapping[str, Any], read: DocumentLu) -> set[str]:
    """The words of what the first reading did not find."""
    try:
        found = lus(lire(read).contrat)
    except LectureRefusee:
        found = {}
    wanted = attendus(truth)
    known = {kind: set().union(*found.get(kind, [])) for kind in wanted}
    return {
        one.lstrip("/") for kind, items in wanted.items() for keys in items if not keys & known[kind] for one in keys
    }


def _of_headings(truth: Mapping[str, Any], texte: Texte, missing: set[str]) -> Iterator[Exemple]:
    """Every missing item of each kind in turn, by the line that prints it: a second says what the first did not."""
    lines = [_bare(line) for line in texte.document.lignes]
    found: dict[Role, list[int]] = {}
    for role, titles in SHOWN.values():
        wanted = [titre for titre in titles(truth) if missing & set(_spellings(titre))]  # type: ignore[no-untyped-call]
        found[role] = [line for titre in wanted if (line := _line_of(lines, titre))]
    for rank in range(3):
        for role, numbers in found.items():
            for line in numbers[rank : rank + 1]:
                yield partial(_form, texte, line, role)


def _form(texte: Texte, line: int, role: Role, gabarit: Gabarit) -> Gabarit:
    return gabarit.avec(regle=par_exemple(texte, line, role))


def _of_labels(truth: Mapping[str, Any], texte: Texte) -> Iterator[Exemple]:
    """The labels and the heads of columns whose contents are known to be of another kind than that read."""
    columns = [(vue, _kind(truth, texte, vue)) for vue in colonnes_vues(texte)]
    for vue, kind in sorted(columns, key=lambda pair: pair[1] != "orientation"):  # nothing stands without one
        if kind and kind != vue.lu:
            yield partial(Gabarit.avec, colonne=(vue.mots, verifier_colonne(vue.mots, kind)))
    for vue in etiquettes_vues(texte):
        kind = _kind(truth, texte, vue)
        if kind in RUBRIQUES and kind != vue.lu:
            yield partial(Gabarit.avec, etiquette=(vue.mots, kind))


RUBRIQUES = ("pilotes", "services associés", "crédits", "indicateurs", "objectifs", "intitulé")


def _kind(truth: Mapping[str, Any], texte: Texte, vue: IntituleVu) -> str | None:
    """What the contents of a label are in truth, when all those shown are of one kind."""
    said = [_bare(texte.net(numero)) for numero in vue.lignes]
    kinds = [
        kind for kind, known in _known(truth).items() if all(any(one and one in line for one in known) for line in said)
    ]
    return kinds[0] if len(said) > 1 and kinds else None


def _known(truth: Mapping[str, Any]) -> dict[str, set[str]]:
    """The words of each kind that a label or a column may give."""
    actions, indicators = truth.get("actions") or [], truth.get("indicateurs") or []
    told = [i for i in indicators if isinstance(i, dict)]
    words = {
        "axe": truth.get("axes") or [],
        "orientation": [o["titre"] for o in truth["orientations"]],
        "objectif": [o["texte"] for o in truth.get("objectifs") or []],
        "intitulé": [a["titre"] for a in actions],
        "indicateurs": [i["libelle"] if isinstance(i, dict) else i for i in indicators],
        "engagement": [e for s in truth.get("signataires") or [] for e in s.get("engagements") or []],
        "instance": truth.get("instances") or [],
        "départ": [i["reference"] for i in told if i.get("reference")],
        "cible": [i["cible"] for i in told if i.get("cible")],
        "signataire": [s["nom"] for s in truth.get("signataires") or []],
        "pilotes": [p for a in actions for p in a.get("pilotes") or []],
        "services associés": [p for a in actions for p in a.get("partenaires") or []],
        "crédits": [c["financeur"] for c in truth.get("credits") or []],
    }
    return {kind: {_bare(one) for said in found for one in said.split("||")} for kind, found in words.items()}


def _of_bodies(texte: Texte, missing: set[str]) -> Iterator[Exemple]:
    """The names of the bodies that were not found, as the document prints them."""
    words = re.findall(r"[^\s,;/()]+", texte.document.texte)
    keys = [_bare(word) for word in words]
    for nom in sorted(missing, key=len, reverse=True):
        for start in range(len(words)):
            end = next((k for k in range(start + 1, start + 12) if "".join(keys[start:k]) == nom), None)
            if end and end - start > 1:
                said = " ".join(words[start:end])
                yield partial(Gabarit.avec, organisme=said)
                break


def _spellings(titre: str) -> list[str]:
    return [_bare(one) for one in titre.split("||")]


def _line_of(lines: list[str], title: str) -> int:
    said = _bare(title.split("||")[0])[:40]
    return next((number for number, line in enumerate(lines, 1) if said and said in line), 0)


def _bare(text: Any) -> str:
    return re.sub(r"[^a-z0-9]", "", plain(str(getattr(text, "texte", text))))


def _measured(truth: Mapping[str, Any], read: DocumentLu, gabarit: Gabarit) -> Mesure:
    try:
        return ensemble(mesurer(truth, lire(read, gabarit).contrat))
    except LectureRefusee:
        return ensemble(mesurer(truth, None))


def main(folder: Path) -> None:
    """Print, for each document, what was read at first, and after the examples."""
    print("| | gestes | précision | rappel | précision après | rappel après |\n|---|---|---|---|---|---|")  # noqa: T201
    for document in documents(folder):
        truth = yaml.safe_load(document.with_suffix(".yaml").read_text("utf-8"))
        first, best, given = gestes(truth, read_content(document.read_bytes()))
        figures = " | ".join(f"{one:.2f}" for one in (first.precision, first.rappel, best.precision, best.rappel))
        print(f"| {document.name} | {given} | {figures} |")  # noqa: T201


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ICI)
