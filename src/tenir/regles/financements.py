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


def montant(printed: str) -> int:
    """An amount as it is printed, in euros."""
    return int(re.sub(r"\D", "", printed))
