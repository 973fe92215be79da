"""The years by which something is to be done (« avant 2028 »), not those that date a thing (« ouvert en 2019 »)."""

import re
from collections.abc import Iterator

_AN = r"(?P<an>(?:19|20)\d{2})"
_NOM = r"janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre"
_TERME = re.compile(
    r"\b(?:avant|d[’']ici(?: au)?|jusqu[’']en|jusqu[’']au?|jusqu[’']à|au plus tard|[àa] l[’']horizon"
    r"|[ée]ch[ée]ance\s*:?|dès"
    r"|à partir de|à compter de"
    r"|courant|pour)\s+(?:à\s+|en\s+|la\s+|le\s+|l[’']\s?|les\s+|fin\s+|mi-|début\s+|de\s+|du\s+|l[’']année\s+"
    rf"|(?:rentrée|été|automne|hiver|printemps|premier|second|deuxième|semestre|trimestre|\d{{1,2}}(?:er)?|{_NOM})\s+)*"
    rf"{_AN}\b(?!\s*[-–/]\s*\d)",
    re.IGNORECASE,
)
_MOIS = rf"(?:(?:\d{{1,2}}(?:er)?\s+)?(?:{_NOM})\s+)"
_EN = re.compile(rf"\b(?:en|fin|début|mi-)\s?(?:fin\s+|début\s+|mi-)?{_MOIS}?{_AN}\b(?!\s*[-–/]\s*\d)", re.IGNORECASE)
_ENTRE = re.compile(
    rf"(?<!programme )(?<!plan )(?<!bilan )(?<!période )\b(?:de|d[’']|du|entre)\s?{_MOIS}?{_AN}\s(?:à|au|et"
    rf"|jusqu[’'](?:à|en|au))\s"
    rf"{_MOIS}?(?P<fin>(?:19|20)\d{{2}})\b",
    re.IGNORECASE,
)
"""The two ends of a stretch in which something is to be done: « de mars 2026 à juin 2027 »."""
_PASSE = re.compile(
    r"(?:\b\w{2,}(?:é|ée|és|ées|ie|ies|ue|ues|erte?s?|ite?s?|ise?s?|us?)|\bdepuis|\bentre|\bde|\bdu|\bet|\bdécret|\bloi"
    r"|\bplan|\bbilan|\benquête|\bdiagnostic|\brapport|\blabel|\bcharte|\brecensement|\ben cours|[\d%€])\s*$",
    re.IGNORECASE,
)
LOIN = 2045
"""The years of far goals (« neutralité carbone en 2050 ») are no term of an action."""


def termes(text: str, debut: int = 0) -> Iterator[tuple[int, int, int]]:
    """Each year by which a text promises something, and where it says so.

    « En 2023 » in a contract that starts in 2024 tells what its authors were doing.
    """
    found = [(match, True) for match in _TERME.finditer(text)] + [(match, False) for match in _EN.finditer(text)]
    seen: set[int] = set()
    for stretch in _ENTRE.finditer(text):
        seen |= {stretch.start("an"), stretch.start("fin")}
        if not _told_of(text, stretch):
            yield from ((int(stretch[end]), *stretch.span()) for end in ("an", "fin") if int(stretch[end]) < LOIN)
    for match, sure in sorted(found, key=lambda pair: (pair[0].start("an"), not pair[1])):
        year, place = int(match["an"]), match.start("an")
        if place in seen or year >= LOIN or (not sure and (year == debut - 1 or _told_of(text, match))):
            continue
        seen.add(place)
        yield year, match.start(), match.end()


def _told_of(text: str, match: re.Match[str]) -> bool:
    """Whether what stands before a year says that it dates a thing."""
    return _PASSE.search(text[: match.start()].rstrip(" ,(")) is not None
