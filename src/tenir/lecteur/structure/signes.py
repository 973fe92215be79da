"""Labels that are a mere sign: « > who carries », « + with whom », « @ when », the same under every action.

As the template of words does ([trame](trame.py)), it is believed only when it comes back; the kind of its values tells
what a sign says.
"""

import re
from collections import defaultdict
from collections.abc import Iterator

from tenir.lecteur.lignes import Texte

RECORDS = 3  # actions under which the signs must come back
SIGNES = 2  # different signs under one action
LONG = 25  # words of the title above
_SIGNE = re.compile(r"^\s*(?P<signe>[^\w\s«»\"'’“”().,;:!?•*-])\s+(?P<dit>\S.*)$")

Valeur = tuple[int, int, str]
"""The line of the action, that of the value, and its words."""


def valeurs_sous_signes(texte: Texte) -> dict[str, list[Valeur]]:
    """By sign, the values of the records that hold several signs, each once; empty where they do not come back."""
    records = list(_records(texte))
    found: dict[str, list[Valeur]] = defaultdict(list)
    for titre, held in records:
        for numero, signe, dit in held:
            found[signe].append((titre, numero, dit))
    kept = {signe: values for signe, values in found.items() if len(values) >= RECORDS}
    return kept if len(kept) >= SIGNES else {}


def _records(texte: Texte) -> Iterator[tuple[int, list[tuple[int, str, str]]]]:
    """Each line followed at once by lines that open with signs, all different and other than its own."""
    above, held = 0, list[tuple[int, str, str]]()
    for numero in [*texte.lignes, 0]:
        line = texte.brut(numero) if numero and texte.lignes[numero].tableau is None else ""
        found = _SIGNE.match(line)
        if found and above:
            held.append((numero, found["signe"], found["dit"].strip()))
            continue
        signs = [signe for _n, signe, _dit in held]
        if len(signs) >= SIGNES and len(set(signs)) == len(signs):
            yield above, held
        held = []
        above = numero if line.strip() and len(line.split()) <= LONG and not found else 0
