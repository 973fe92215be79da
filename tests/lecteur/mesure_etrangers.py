"""Precision and recall of the reader on the foreign contracts: `python -m tests.lecteur.mesure_etrangers [FOLDER]`.

An item is right when its words are those expected (`a || b`: either), and well placed when what it stands under is too.
"""

import re
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from tenir.fichier.modeles import ContratDeVille, ProjetDeQuartier
from tenir.fichier.mots import plain
from tenir.lecteur.brouillon import lire
from tenir.lecteur.document import DocumentLu, LectureRefusee
from tenir.lecteur.lecture import read_content
from tests.lecteur.mesure import Mesure

ICI = Path(__file__).parent / "etrangers"
GENRES = (
    "axes",
    "orientations",
    "objectifs",
    "actions",
    "actions placées",
    "quartiers d’actions",
    "pilotes",
    "partenaires",
    "credits",
    "indicateurs",
    "départs et cibles",
    "signataires",
    "engagements placés",
    "instances",
    "chiffres",
    "quartiers",
    "communes",
)

A_PART = ("actions placées", "quartiers d’actions", "départs et cibles")
"""Measured beside the others: the blind samples of before were not."""

Trouves = dict[str, list[frozenset[str]]]
"""By kind, each item as the spellings that name it."""


def documents(folder: Path = ICI) -> list[Path]:
    """The contracts of a folder that come with what is expected of them."""
    return sorted(p for p in folder.iterdir() if p.suffix in (".docx", ".odt", ".pdf", ".txt") and _truth(p).exists())


def _truth(document: Path) -> Path:
    return document.with_suffix(".yaml")


def _key(*parts: object) -> frozenset[str]:
    """The comparable spellings of an item, and of what it stands under."""
    keys = [""]
    for part in parts:
        spelled = [re.sub(r"[^a-z0-9]", "", plain(one)) for one in str(part or "").split("||")]
        keys = [f"{key}/{one}" for key in keys for one in spelled]
    return frozenset(keys)


_ARTICLE = re.compile(r"^\s*(?:l[’']|les? |la |une? )", re.IGNORECASE)


def _body(*parts: object) -> frozenset[str]:
    """The same for bodies: the article before their name is not part of it."""
    bare = (" || ".join(_ARTICLE.sub("", one) for one in str(part or "").split("||")) for part in parts)
    return _key(*bare)


def _each_place(lieu: str | list[str] | None) -> list[str]:
    return [lieu] if isinstance(lieu, str) else lieu or []


def _label(indicateur: Any) -> str:
    return indicateur["libelle"] if isinstance(indicateur, dict) else indicateur


def _value(libelle: str, valeur: str) -> frozenset[str]:
    """A value of an indicator: its digits, the year that its column or its label gives it apart."""
    return _key(libelle, re.sub(r"\s+en 20\d\d$", "", valeur))


def attendus(truth: Mapping[str, Any]) -> Trouves:
    """What is expected of a document, by kind."""
    actions = truth.get("actions") or []
    return {
        "axes": [_key(a) for a in truth.get("axes") or []],
        "orientations": [_key(o["titre"]) for o in truth["orientations"]],
        "objectifs": [_key(o["texte"]) for o in truth.get("objectifs") or []],
        "actions": [_key(a["titre"]) for a in actions],
        "actions placées": [
            _key(a["titre"], f"{a.get('orientation') or ''} || {a.get('quartier') or ''}") for a in actions
        ],
        "quartiers d’actions": [
            _key(a["titre"], lieu) for a in actions for lieu in _each_place(a.get("quartier") or a.get("lieu"))
        ],
        "pilotes": [_body(p) for a in actions for p in a.get("pilotes") or []],
        "partenaires": [_body(p) for a in actions for p in a.get("partenaires") or []],
        "credits": [_body(c["financeur"]) for c in truth.get("credits") or []],
        "indicateurs": [_key(_label(i)) for i in truth.get("indicateurs") or []],
        "départs et cibles": [
            _value(i["libelle"], i[said])
            for i in truth.get("indicateurs") or []
            if isinstance(i, dict)
            for said in ("reference", "cible")
            if i.get(said)
        ],
        "signataires": [_body(s["nom"]) for s in truth.get("signataires") or []],
        "engagements placés": [
            _body(e, s["nom"]) for s in truth.get("signataires") or [] for e in s.get("engagements") or []
        ],
        "instances": [_body(i) for i in truth.get("instances") or []],
        "chiffres": [_key(c["libelle"], float(c["valeur"])) for c in truth.get("chiffres") or []],
        "quartiers": [_key(q["code"], q["nom"]) for q in truth["identite"].get("quartiers") or []],
        "communes": [_key(c["nom"]) for c in truth["identite"].get("communes") or []],
    }


def lus(contrat: ContratDeVille) -> Trouves:
    """What was read, by kind; an item called in several ways may be found by each."""
    axes = [a for a in contrat.axes if a.source]
    held = [(o, a) for o in contrat.orientations for a in o.actions]
    places = {
        o.code: " || ".join(o.quartiers) if isinstance(o, ProjetDeQuartier) else o.titre_imprime for o, _a in held
    }
    data = [*contrat.diagnostic, *(d for o in contrat.orientations for d in o.donnees)]
    return {
        "axes": [_key(a.titre_imprime) for a in axes],
        "orientations": [_key(o.titre_imprime) for o in contrat.orientations if not isinstance(o, ProjetDeQuartier)],
        "objectifs": [_key(b.texte) for o in contrat.orientations for b in o.objectifs],
        "actions": [_key(_said(a)) for _o, a in held],
        "actions placées": [_key(_said(a), " || ".join([places[o.code], *a.quartiers])) for o, a in held],
        "quartiers d’actions": [
            _key(_said(a), q)
            for o, a in held
            for q in (a.quartiers or (o.quartiers if isinstance(o, ProjetDeQuartier) else ()))
        ],
        "pilotes": [_body(p.nom) for o in contrat.orientations for p in (*o.pilotes, *_of_actions(o, "pilotes"))],
        "partenaires": [
            _body(p.nom) for o in contrat.orientations for p in (*o.services_associes, *_of_actions(o, "partenaires"))
        ],
        "credits": [_body(c.financeur) for o in contrat.orientations for c in o.credits],
        "indicateurs": [_key(i.libelle) for i in contrat.indicateurs],
        "départs et cibles": [
            _value(i.libelle, said) for i in contrat.indicateurs for said in (i.depart, i.cible) if said
        ],
        "signataires": [_body(s.nom) for s in contrat.signataires],
        "engagements placés": [
            _body(e.texte, s.nom) for s in contrat.signataires for e in s.engagements if not e.regroupement
        ],
        "instances": [_body(i.nom) for i in contrat.instances],
        "chiffres": [_key(d.libelle, float(d.valeur)) for d in data if d.valeur is not None],
        "quartiers": [_key(q.code, q.nom) for q in contrat.identite.quartiers],
        "communes": [_key(c.nom) for c in contrat.identite.communes],
    }


def _said(action: Any) -> str:
    return " || ".join(filter(None, (action.titre_imprime, action.texte, action.titre)))


def _of_actions(orientation: Any, field: str) -> Iterator[Any]:
    return (body for action in orientation.actions for body in getattr(action, field))


def mesurer(truth: Mapping[str, Any], contrat: ContratDeVille | None) -> dict[str, Mesure]:
    """Measure a reading, kind by kind; a refused document has nothing."""
    wanted = attendus(truth)
    found = lus(contrat) if contrat else {genre: [] for genre in GENRES}
    return {genre: _matched(wanted[genre], found[genre]) for genre in GENRES}


def _matched(wanted: list[frozenset[str]], found: list[frozenset[str]]) -> Mesure:
    left = list(found)
    right = 0
    for keys in wanted:
        match = next((k for k, other in enumerate(left) if keys & other), None)
        if match is not None:
            right += 1
            del left[match]
    return Mesure(len(wanted), len(found), right)


def ensemble(mesures: Mapping[str, Mesure]) -> Mesure:
    """All kinds together; « placed » kinds repeat their own and are left out when both are measured."""
    kept = [m for genre, m in mesures.items() if genre not in A_PART]
    return Mesure(sum(m.attendus for m in kept), sum(m.trouves for m in kept), sum(m.justes for m in kept))


def lu(document: Path) -> tuple[DocumentLu, ContratDeVille] | None:
    """A document and its reading, or None when it is refused."""
    try:
        read = read_content(document.read_bytes())
        return read, lire(read).contrat
    except LectureRefusee:
        return None


def visibles(truth: Mapping[str, Any], read: DocumentLu, contrat: ContratDeVille) -> list[str]:
    """The names, addresses and telephones that the masks leave to be read."""
    lines = read.texte.split("\n")
    for plage in sorted(contrat.spans_of_names, key=lambda p: (p.debut, -(p.colonne_debut or 0))):
        for numero in range(plage.debut, plage.fin + 1):
            line = lines[numero - 1]
            first, last = (plage.colonne_debut or 1) - 1, plage.colonne_fin or len(line)
            lines[numero - 1] = line[:first] + "·" * (last - first) + line[last:]
    shown = " ".join(" ".join(lines).split())
    return [word for word in truth.get("masques") or [] if " ".join(word.split()) in shown]


def _table(rows: Mapping[str, Mesure]) -> str:
    lines = ["| | attendus | trouvés | justes | précision | rappel |", "|---|---|---|---|---|---|"]
    for nom, m in rows.items():
        lines.append(f"| {nom} | {m.attendus} | {m.trouves} | {m.justes} | {m.precision:.2f} | {m.rappel:.2f} |")
    return "\n".join(lines)


def main(folder: Path) -> None:
    """Print the table of a folder, by document then by kind."""
    by_document: dict[str, Mesure] = {}
    totals: Counter[tuple[str, str]] = Counter()
    for document in documents(folder):
        truth = yaml.safe_load(_truth(document).read_text("utf-8"))
        reading = lu(document)
        measured = mesurer(truth, reading[1] if reading else None)
        by_document[document.name] = ensemble(measured)
        for genre, m in measured.items():
            totals.update({(genre, "attendus"): m.attendus, (genre, "trouves"): m.trouves, (genre, "justes"): m.justes})
    kinds = {g: Mesure(totals[g, "attendus"], totals[g, "trouves"], totals[g, "justes"]) for g in GENRES}
    print(_table(by_document), _table({**kinds, "**tous genres**": ensemble(kinds)}), sep="\n\n")  # noqa: T201


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ICI)
