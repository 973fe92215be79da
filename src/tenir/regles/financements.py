"""Who pays how much, as sheets print it: « État 45 000 €, Région 35 000 € », « (CAF 30 000 ; commune : 20 000) »."""

import re
from collections.abc import Iterator

_PART = re.compile(
    r"(?P<nom>[^\W\d_][^\d;:,()€]*?)\s*(?::|\()?\s*"
    r"(?P<montant>\d{1,3}(?:[\s.]\d{3})+|\d{3,}(?=\s?(?:€|euros?\b)))\s*(?:€|euros?)?\)?\s*$"
)


def parts(words: str) -> Iterator[tuple[str, int]]:
    """Each body of a cost and its amount; the total, that no name leads, is left out."""
    for piece in re.split(r"[;,]\s*|\s*\(|\)|:\s(?=[^\d\s])|\s+et\s+(?=[^\d]{3,40}\d)|(?<=€)\s*[+/–-]\s*", words):
        if found := _PART.search(f"{piece or ''}".strip(" .")):
            name = re.sub(r"^(?:dont|soit|par|et)\s+", "", found["nom"].strip(" –-"))
            if len(name) > 1:
                yield name, montant(found["montant"])


MONTANT = (
    r"(?:\d{1,3}(?:[\s.]\d{3})+|\d{4,}|\d{1,3}(?:,\d{1,3})?(?=\s?(?:millions?|milliers?|m€|k€|m\s?d[’']euros)\b|\s?[mk]€))"
    r"(?:\s?(?:millions? d[’']|milliers? d[’']|[mk](?=€)))?"
)
"""A sum of money, in a text without accents nor capitals: « 2 600 000 », « 2,6 millions d’ », « 450 k »."""


def montant(printed: str) -> int:
    """An amount as it is printed, in euros: « 2,6 millions d’ » too."""
    said = printed.casefold()
    scale = (
        1_000_000 if re.search(r"\d\s?(?:million|m)", said) else 1000 if re.search(r"\d\s?(?:millier|k)", said) else 1
    )
    if scale == 1:
        return int(re.sub(r"\D", "", printed))
    return round(float(re.sub(r"[^\d,]", "", printed).replace(",", ".")) * scale)
