"""A file of kinds brought into a contract: what it would do, kind by kind; then, as it was shown, all of it at once."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction

from tenir.activite.models import Nature
from tenir.activite.services.natures import RIGHT, checked, held, known_in, put
from tenir.core.typographie import pluriel
from tenir.ecran.annulation.gestes import ensemble
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces, require
from tenir.natures import modeles
from tenir.natures.differences import Ecart, differences
from tenir.natures.ecriture import dump
from tenir.natures.validation import validate

AJOUTEE, CHANGEE, CONNUE = "ajoutée", "changée", "déjà dite ainsi"
REPRISE = "changée ; cette nature de Tenir se dirait autrement dans ce contrat"


class ApercuPerime(Exception):
    """What would be written is no longer what was shown: it must be shown again. Nothing is written."""


@dataclass(frozen=True, slots=True)
class Ligne:
    """A kind of the file, and what becomes of it in the contract."""

    code: str
    libelle: str
    sort: str
    ecarts: tuple[Ecart, ...]

    @property
    def change(self) -> bool:
        """Whether it changes anything."""
        return self.sort != CONNUE


@dataclass(frozen=True, slots=True)
class Apercu:
    """What a file would do; nothing of it, while there is a fault."""

    lignes: tuple[Ligne, ...]
    fautes: tuple[str, ...]

    @property
    def changees(self) -> int:
        """How many kinds would be made or changed."""
        return 0 if self.fautes else sum(one.change for one in self.lignes)

    @property
    def empreinte(self) -> str:
        """A digest of what a page shows of it."""
        told = [[one.code, one.sort, *map(str, one.ecarts)] for one in self.lignes]
        return hashlib.sha256(json.dumps([told, self.fautes], ensure_ascii=False).encode()).hexdigest()


def preview(espace: EspaceDeContrat, texte: str) -> Apercu:
    """What a file of kinds would do in a contract."""
    try:
        return Apercu(tuple(_lines(espace, checked(espace, texte))), ())
    except ValidationError as error:
        natures = validate(texte, known_in(espace)).natures
        return Apercu(tuple(_lines(espace, natures)), tuple(error.messages))


@transaction.atomic
def import_natures(*, by: Acces, espace: EspaceDeContrat, texte: str, empreinte: str) -> Apercu:
    """Make or change every kind of a file, in one gesture, as it was shown; what was done.

    Raises:
        Refus: she may not.
        ApercuPerime: it would not do what was shown, of which `empreinte` is the digest.
        ValidationError: what is wrong in the file, line by line.
    """
    require(by, RIGHT, espace)
    natures = checked(espace, texte)
    rows = [held(espace, one.nature) for one in natures]
    found = preview(espace, texte)
    if found.empreinte != empreinte:
        raise ApercuPerime
    with ensemble(by, espace, lambda count: f"{pluriel(count, 'nature', genre='f')} d’un fichier."):
        for row, nature, line in zip(rows, natures, found.lignes, strict=True):
            if line.change:
                put(by, row, nature)
    return found


def _lines(espace: EspaceDeContrat, natures: tuple[modeles.Nature, ...]) -> Iterator[Ligne]:
    own = set(Nature.objects.filter(espace=espace).values_list("code", flat=True))
    known = {one.nature: one for one in known_in(espace)}
    for nature in natures:
        former = known.get(nature.nature)
        sort = _becomes(nature, former, own=nature.nature in own)
        yield Ligne(nature.nature, nature.libelle, sort, tuple(differences(former, nature)) if former else ())


def _becomes(nature: modeles.Nature, former: modeles.Nature | None, *, own: bool) -> str:
    if former is None:
        return AJOUTEE
    if dump([former]) == dump([nature]):
        return CONNUE
    return CHANGEE if own else REPRISE
