"""The corrections that are certain, as a diff of the contract file. Nothing here writes the file."""

from collections.abc import Iterable
from difflib import unified_diff
from typing import Any

from tenir.fichier import canonique
from tenir.fichier.modeles import ContratDeVille
from tenir.regles.anomalie import Anomalie, Correction


def corrected(contrat: ContratDeVille, anomalies: Iterable[Anomalie]) -> ContratDeVille:
    """The contract as it would be with every certain correction."""
    data, _ = canonique.parse(canonique.dump(contrat))
    for one in anomalies:
        if one.correction:
            _set(data, one.correction)
    return ContratDeVille.model_validate(data)


def difference(contrat: ContratDeVille, anomalies: Iterable[Anomalie], name: str) -> str:
    """The unified diff from the canonical file to the corrected one, empty when nothing is certain."""
    before, after = canonique.dump(contrat), canonique.dump(corrected(contrat, anomalies))
    return "".join(
        unified_diff(before.splitlines(keepends=True), after.splitlines(keepends=True), f"a/{name}", f"b/{name}")
    )


def _set(data: Any, correction: Correction) -> None:
    """Give its value to the field of the mapping that carries the code."""
    if isinstance(data, list):
        for child in data:
            _set(child, correction)
    elif isinstance(data, dict):
        if data.get("code") == correction.code:
            data[correction.champ] = correction.valeur
        for child in data.values():
            if isinstance(child, (dict, list)):
                _set(child, correction)
