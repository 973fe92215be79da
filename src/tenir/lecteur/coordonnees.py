"""E-mail addresses and telephones anywhere in a text, a service's own included: a line direct to someone's desk.

Telephones are French: ten digits in pairs, overseas codes of four digits, or the international form.
"""

import re
from collections.abc import Iterator

_ARROBASE = r"\s?(?:@|\((?:at|arobase)\)|\[(?:at|arobase)\])\s?"
_COURRIEL = re.compile(rf"(?<![\w.+’'-])[\w.+’'-]{{0,64}}[\w+-]{_ARROBASE}[\w-]+(?:\.[\w-]+)+")
_PAIRE = r"(?:(?:[ \u00a0\u202f./-]|[ \t]*\n[ \t]*)?\d{2})"  # the margin of a text may cut a number in two
_TELEPHONE = re.compile(
    rf"(?<![\w+])(?:(?:\+|00)[ \u00a0\u202f.]?\d{{2,3}}[ \u00a0\u202f.-]?(?:\(0\)[ \u00a0\u202f]?)?[1-9]{_PAIRE}{{4}}"
    rf"|0[1-9]{_PAIRE}{{4}}|0[1-9]\d{{2}}[ \u00a0\u202f./-]?{_PAIRE}{{3}})(?!\d)"
)


def coordonnees(text: str) -> Iterator[tuple[int, int]]:
    """Where each address and telephone starts and ends."""
    for pattern in (_COURRIEL, _TELEPHONE):
        yield from (match.span() for match in pattern.finditer(text))
