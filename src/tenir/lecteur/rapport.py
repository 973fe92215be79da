"""The report of a reading, text or HTML: the doubts to settle first, then the document beside what was understood."""

from collections import Counter
from html import escape
from itertools import groupby

from tenir.fichier.comptage import count
from tenir.fichier.couverture import claims_by_line
from tenir.fichier.document import DocumentNormalise
from tenir.fichier.objet import Item
from tenir.lecteur.avis import Avis, Niveau
from tenir.lecteur.brouillon import Lecture

ORDRE = (Niveau.BASSE, Niveau.MOYENNE)
_STYLE = """
body { font: 16px/1.5 system-ui, sans-serif; margin: 2rem; color: #1c1c1c; background: #fff; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: .15rem .6rem; }
td.n { color: #555; text-align: right; } tr.moyenne td { background: #fff6dd; } tr.basse td { background: #fde8e4; }
tr.reste td { background: #eee; } caption { text-align: left; font-weight: bold; padding: .5rem 0; }
"""


def doutes(lecture: Lecture) -> list[tuple[str, Avis]]:
    """What a person should settle, the least sure first, in the order of the contract."""
    known = {code: rank for rank, code in enumerate(lecture.contrat.items)}
    found = [(code, avis) for code, avis in lecture.avis.items() if avis.doute and code in known]
    return sorted(found, key=lambda pair: (ORDRE.index(pair[1].niveau), known[pair[0]]))


def niveau(lecture: Lecture, code: str) -> Niveau:
    """The confidence in one item."""
    return lecture.avis[code].niveau if code in lecture.avis else Niveau.HAUTE


def rapport_texte(lecture: Lecture) -> str:
    """The report as plain text."""
    lines = ["RAPPORT DE LECTURE", "", *_summary(lecture), ""]
    lines += ["À TRANCHER D’ABORD", ""]
    lines += [f"{avis.niveau:<8} {code:<12} {avis.doute}" for code, avis in doutes(lecture)] or ["Rien."]
    lines += ["", "LIGNES SANS PLACE", ""]
    lines += [f"ligne {reste.ligne} : {reste.raison}" for reste in lecture.restes] or ["Aucune."]
    lines += ["", "LE DOCUMENT ET CE QUI EN A ÉTÉ COMPRIS", ""]
    lines += [f"{numero:>5} {codes:<22} {texte}" for numero, texte, codes, _ in _rows(lecture)]
    return "\n".join(lines) + "\n"


def _summary(lecture: Lecture) -> list[str]:
    totals = Counter(niveau(lecture, code) for code in lecture.contrat.items)
    compte = count(lecture.contrat)
    actions, lines = compte.total("actions"), compte.total("lignes_de_credits")
    return [
        *compte.phrases(),
        f"{actions} actions, {compte.total('objectifs')} objectifs en puces, {compte.total('donnees')} chiffres",
        f"{lines} lignes de crédits, dont {compte.total('lignes_vides')} vides",
        "Confiance : " + ", ".join(f"{totals[level]} {level}" for level in Niveau),
        f"{len(lecture.restes)} lignes sans place ; {len(lecture.document.retirees)} en-têtes ou pieds retirés",
        *lecture.document.remarques,
        *lecture.non_lus,
    ]


def _rows(lecture: Lecture) -> list[tuple[int, str, str, str]]:
    """Each line with the codes that hold it and the worst confidence among them; names of persons masked."""
    texte = DocumentNormalise(lecture.document.texte, lecture.contrat.spans_of_names)
    taken = claims_by_line(lecture.contrat, texte)
    left = {reste.ligne for reste in lecture.restes}
    rows = []
    for numero, line in enumerate(texte.lignes, 1):
        items = [claim.place.objet for claim in taken.get(numero, ()) if isinstance(claim.place.objet, Item)]
        codes = [item.code for item in items]
        worst = next((level for level in ORDRE if any(niveau(lecture, code) is level for code in codes)), Niveau.HAUTE)
        rows.append((numero, line.strip(), " ".join(codes), "reste" if numero in left else str(worst)))
    return rows


def rapport_html(lecture: Lecture) -> str:
    """The report as one HTML page that needs nothing else."""
    doubts = "".join(_html_doubt(code, avis) for code, avis in doutes(lecture))
    body = "".join(_html_group(codes, list(rows)) for codes, rows in groupby(_rows(lecture), key=lambda row: row[2]))
    summary = "".join(f"<li>{escape(line)}</li>" for line in _summary(lecture))
    return (
        f"<!doctype html>\n<html lang='fr'><head><meta charset='utf-8'><title>Rapport de lecture</title>"
        f"<style>{_STYLE}</style></head><body><h1>Rapport de lecture</h1><ul>{summary}</ul>"
        f"<table><caption>À trancher d’abord</caption><thead><tr><th scope='col'>Élément</th>"
        f"<th scope='col'>Confiance</th><th scope='col'>Doute</th></tr></thead><tbody>{doubts}</tbody></table>"
        f"<table><caption>Le document et ce qui en a été compris</caption><thead><tr><th scope='col'>Ligne</th>"
        f"<th scope='col'>Document</th><th scope='col'>Compris comme</th></tr></thead><tbody>{body}</tbody></table>"
        "</body></html>\n"
    )


def _html_doubt(code: str, avis: Avis) -> str:
    cells = (escape(code), str(avis.niveau), escape(avis.doute or ""))
    return f"<tr class='{avis.niveau}'>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>"


def _html_group(codes: str, rows: list[tuple[int, str, str, str]]) -> str:
    return "".join(
        f"<tr class='{level}'><td class='n'>{numero}</td><td>{escape(texte)}</td>"
        f"<td>{escape(codes) if rank == 0 else ''}</td></tr>"
        for rank, (numero, texte, _, level) in enumerate(rows)
    )
