"""What a draft lacks before it can be signed: what `tenir valider` would tell of it, and the doubts nobody settled."""

from collections.abc import Iterator
from dataclasses import dataclass

from tenir.fichier.coherence import Incoherence, incoherences
from tenir.fichier.couverture import lines_at_fault
from tenir.fichier.document import DocumentNormalise
from tenir.fichier.modeles import ContratDeVille
from tenir.fichier.objet import Item, walk

LINE = "la ligne "
NOTHING_READ = "Ce texte ne contient encore aucune orientation."
NO_DOCUMENT = "Le document signé n’est pas joint : joignez-le, son empreinte fera foi."


@dataclass(frozen=True, slots=True)
class Manque:
    """One thing to do before the signature: a sentence, and the item or the kind that it is about, if there is one.

    `d_organisme`: that nobody knows the body which it names.
    """

    phrase: str
    code: str = ""
    contenu: str = ""
    d_organisme: bool = False


def missing(contrat: ContratDeVille, document: DocumentNormalise | None, *, signed: bool = True) -> Iterator[Manque]:
    """What keeps a text from being signed. `signed`: its document must be there."""
    if not contrat.orientations:
        yield Manque(NOTHING_READ)
    if document is None and signed:
        yield Manque(NO_DOCUMENT)
    walked = {place.chemin: place.objet for place in walk(contrat)}
    places = {path: one.code for path, one in walked.items() if isinstance(one, Item)}
    for one in faults(contrat, document):
        code = next((places[one.chemin[:n]] for n in range(len(one.chemin), 0, -1) if one.chemin[:n] in places), "")
        named = getattr(walked.get(one.chemin[:-1]), "nom", "") if one.chemin[-1:] == ("organisme",) else ""
        told = f"« {named} » n’est celui d’aucun organisme connu : dites qui c’est." if named else ""
        yield Manque(told or f"{one.message[:1].upper()}{one.message[1:]} {one.remede}", code, d_organisme=bool(told))


def faults(contrat: ContratDeVille, document: DocumentNormalise | None) -> Iterator[Incoherence]:
    """What `tenir valider` would tell, the lines without a place apart, which the workshop shows by themselves."""
    yield from incoherences(contrat)
    for one in lines_at_fault(contrat, document) if document else ():
        if one.chemin or not one.message.startswith(LINE):
            yield one
