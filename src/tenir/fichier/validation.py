"""What is wrong with a contract file: line, path, fault, and how to mend it, in French."""

from collections.abc import Iterator
from dataclasses import dataclass

from pydantic import ValidationError

from tenir.fichier import canonique, modeles
from tenir.fichier.coherence import incoherences
from tenir.fichier.couverture import lines_at_fault
from tenir.fichier.document import DocumentNormalise
from tenir.fichier.fautes import Faute, Format, fault_at, faults
from tenir.fichier.modeles import ContratDeVille
from tenir.fichier.objet import Objet


@dataclass(frozen=True, slots=True)
class Validation:
    """The contract when it could be read, and every fault."""

    contrat: ContratDeVille | None
    fautes: tuple[Faute, ...]


def validate(text: str, document: DocumentNormalise | None = None) -> Validation:
    """Check the text of a contract file, and its sources against the document when it is given."""
    try:
        data, node = canonique.parse(text)
    except canonique.NotYaml as error:
        return Validation(None, (Faute(error.ligne, "", str(error), "Reprenez cette ligne."),))
    try:
        contrat = ContratDeVille.model_validate(data)
    except ValidationError as error:
        return Validation(None, faults(error, node, CONTRAT))
    found = [*incoherences(contrat), *(lines_at_fault(contrat, document) if document else ())]
    return Validation(contrat, tuple(fault_at(node, one.chemin, one.message, one.remede) for one in found))


def _all_fields() -> Iterator[str]:
    for model in vars(modeles).values():
        if isinstance(model, type) and issubclass(model, Objet):
            yield from model.model_fields


CONTRAT = Format(
    champs=tuple(sorted(set(_all_fields()))),
    intrus="Retirez-le, ou mettez la remarque dans « note ».",
    page="docs/fichier-contrat.md",
)
"""What a fault says of a contract file."""
