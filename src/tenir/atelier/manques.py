"""What a draft lacks before it can be signed: what `tenir valider` would tell of it, and the doubts nobody settled."""

from collections.abc import Iterator
from dataclasses import dataclass

from tenir.fichier.coherence import Incoherence, incoherences
from tenir.fichier.couverture import lines_at_fault
from tenir.fichier.document import DocumentNormalise
from tenir.fichier.modeles import ContratDeVille
from tenir.fichier.objet import Item, Objet, walk

LINE = "la ligne "
NOTHING_READ = "Ce texte ne contient encore aucune orientation."
INCONNU = "« {} » n’est pas un organisme connu : ajoutez-le, ou dites lequel c’est."
NO_DOCUMENT = "Le document signé n’est pas joint : joignez-le, son empreinte fera foi."


@dataclass(frozen=True, slots=True)
class Manque:
    """One thing to do before the signature: a sentence, and the item or the kind that it is about, if there is one."""

    phrase: str
    code: str = ""
    contenu: str = ""
    inconnu: bool = False
    """Whether it is that a body is not known."""
    acte: bool = False
    """Whether it is for the act of an avenant, beside its text."""


def missing(contrat: ContratDeVille, document: DocumentNormalise | None, *, signed: bool = True) -> Iterator[Manque]:
    """What keeps a text from being signed. `signed`: its document must be there."""
    if not contrat.orientations:
        yield Manque(NOTHING_READ)
    if document is None and signed:
        yield Manque(NO_DOCUMENT)
    objects = {place.chemin: place.objet for place in walk(contrat)}
    for one in faults(contrat, document):
        above = [objects[one.chemin[:n]] for n in range(len(one.chemin), 0, -1) if one.chemin[:n] in objects]
        code = next((objet.code for objet in above if isinstance(objet, Item)), "")
        if one.chemin[-1:] == ("organisme",):
            yield Manque(INCONNU.format(_printed(above[0])), code, inconnu=True)
        else:
            yield Manque(f"{one.message[:1].upper()}{one.message[1:]} {one.remede}", code)


def _printed(cited: Objet) -> str:
    """The name of a body as the document prints it: its identifier is of the file, which nobody sees here."""
    return str(getattr(cited, "nom", "") or getattr(cited, "financeur", ""))


def faults(contrat: ContratDeVille, document: DocumentNormalise | None) -> Iterator[Incoherence]:
    """What `tenir valider` would tell, the lines without a place apart, which the workshop shows by themselves."""
    yield from incoherences(contrat)
    for one in lines_at_fault(contrat, document) if document else ():
        if one.chemin or not one.message.startswith(LINE):
            yield one
