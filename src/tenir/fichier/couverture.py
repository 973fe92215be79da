"""Whether each line of the signed document belongs to exactly one item or named part."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from tenir.fichier.coherence import Incoherence
from tenir.fichier.document import DocumentNormalise
from tenir.fichier.modeles import ContratDeVille
from tenir.fichier.objet import Place, walk
from tenir.fichier.source import Plage

SOURCE_FIELDS = ("source", "source_protocole")


@dataclass(frozen=True, slots=True)
class Prise:
    """A range of the document claimed by one object of the file."""

    plage: Plage
    place: Place
    champ: str


def claims(contrat: ContratDeVille) -> list[Prise]:
    """Every range that an object of the file claims."""
    return [
        Prise(plage, place, champ)
        for place in walk(contrat)
        for champ in SOURCE_FIELDS
        for plage in getattr(place.objet, champ, ())
    ]


def claims_by_line(contrat: ContratDeVille, document: DocumentNormalise) -> dict[int, list[Prise]]:
    """The claims on each line that the document really has."""
    by_line: dict[int, list[Prise]] = defaultdict(list)
    for claim in claims(contrat):
        for number in range(claim.plage.debut, min(claim.plage.fin, len(document.lignes_brutes)) + 1):
            by_line[number].append(claim)
    return by_line


def unclaimed_lines(contrat: ContratDeVille, document: DocumentNormalise) -> list[int]:
    """Non-blank lines of the document that nothing claims."""
    taken = claims_by_line(contrat, document)
    return [n for n, line in enumerate(document.lignes_brutes, 1) if line.strip() and n not in taken]


def lines_at_fault(contrat: ContratDeVille, document: DocumentNormalise) -> Iterator[Incoherence]:
    """Yield what does not fit between the file and its document: digest, length, lines left or taken twice."""
    if contrat.document and contrat.document.sha256 != document.sha256:
        yield Incoherence(
            ("document", "sha256"),
            f"ce n’est pas le document attendu (empreinte {document.sha256[:12]}…).",
            "Joignez le document signé, ou mettez à jour l’empreinte après l’avoir vérifié.",
        )
        return
    yield from _wrong_sizes(contrat, document)
    for number in unclaimed_lines(contrat, document):
        yield Incoherence((), f"la ligne {number} du document n’appartient à rien.", "Rangez-la dans une partie.")
    for number, taken in sorted(claims_by_line(contrat, document).items()):
        for claim in _clashes(taken):
            yield Incoherence(
                (*claim.place.chemin, claim.champ),
                f"la ligne {number} est déjà prise.",
                "Une ligne n’a qu’une place.",
            )


def _wrong_sizes(contrat: ContratDeVille, document: DocumentNormalise) -> Iterator[Incoherence]:
    """A number of lines that is not the document's, and columns past the end of a line."""
    lines = document.lignes_brutes
    if contrat.document and contrat.document.lignes != len(lines):
        yield Incoherence(("document", "lignes"), f"le document compte {len(lines)} lignes.", f"Écrivez {len(lines)}.")
    masked = [(("document", "noms_masques"), plage) for plage in contrat.spans_of_names]
    for chemin, plage in [*(((*c.place.chemin, c.champ), c.plage) for c in claims(contrat)), *masked]:
        width = len(lines[plage.debut - 1]) if plage.debut <= len(lines) else 0
        if plage.colonne_fin is not None and width < plage.colonne_fin:
            yield Incoherence(
                chemin, f"la ligne {plage.debut} n’a que {width} colonnes.", "Corrigez les colonnes de la source."
            )


def _clashes(taken: list[Prise]) -> list[Prise]:
    """The claims on one line that overlap an earlier claim; whole lines overlap everything."""
    return [
        claim for rank, claim in enumerate(taken) if any(_overlap(claim.plage, other.plage) for other in taken[:rank])
    ]


def _overlap(one: Plage, other: Plage) -> bool:
    if one.colonne_debut is None or other.colonne_debut is None:
        return True
    assert one.colonne_fin is not None  # noqa: S101 - columns come in pairs
    assert other.colonne_fin is not None  # noqa: S101
    return one.colonne_debut <= other.colonne_fin and other.colonne_debut <= one.colonne_fin
