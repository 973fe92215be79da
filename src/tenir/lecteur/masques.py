"""No field of a draft says what the document masks: names of bodies, titles, schemes are built from its printed words.

One door for every reader: whatever a field was made of, the words of a masked span are replaced in it.
"""

import re
from collections.abc import Iterator
from typing import Any

from tenir.fichier.document import MASK
from tenir.fichier.modeles import ContratDeVille
from tenir.lecteur.lignes import Texte

COURT = 4
"""Letters under which the words of a span say nothing by themselves."""


def sans_noms(contrat: ContratDeVille, texte: Texte) -> ContratDeVille:
    """The same draft, the words that its document masks replaced in every field."""
    said = sorted(set(_masked(texte)), key=len, reverse=True)
    if not said:
        return contrat
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(_spaced(one) for one in said)})(?!\w)")
    data = contrat.model_dump(mode="json", exclude_defaults=True)
    hidden = _hidden(data, pattern)
    return contrat if hidden == data else ContratDeVille.model_validate(hidden)


def _masked(texte: Texte) -> Iterator[str]:
    lines = [line.texte for line in texte.document.lignes]
    for plage in texte.noms_masques:
        for number in plage.lignes:
            line = lines[number - 1]
            first = (plage.colonne_debut or 1) - 1 if number == plage.debut else 0
            last = plage.colonne_fin if plage.colonne_fin and number == plage.fin else len(line)
            words = " ".join(line[first:last].split())
            if sum(letter.isalnum() for letter in words) >= COURT:
                yield words


def _spaced(words: str) -> str:
    return r"\s+".join(re.escape(word) for word in words.split())


def _hidden(value: Any, pattern: re.Pattern[str]) -> Any:
    if isinstance(value, dict):
        return {name: _hidden(held, pattern) for name, held in value.items()}
    if isinstance(value, list):
        return [_hidden(held, pattern) for held in value]
    return pattern.sub(MASK, value) if isinstance(value, str) else value
