"""What the pages of kinds share: finding one, the way back to it, its history in words."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cached_property

from django.http import Http404, HttpResponse

from tenir.activite.catalogue import read
from tenir.activite.models import Nature
from tenir.activite.services.natures import FICHIER, GENRE
from tenir.core.models import EntreeDeTrace
from tenir.core.typographie import capital, typo
from tenir.ecran.edition import Sujet
from tenir.ecran.histoire import Passage, in_words
from tenir.ecran.navigation import address
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.services import trace_of
from tenir.natures import modeles
from tenir.natures.catalogue import Catalogue, catalogue, shipped_files
from tenir.natures.differences import differences
from tenir.natures.ecriture import dump

ONGLET = "natures"
FAITE = "Faite"
"""What is said of a kind when it is made."""
YAML = "application/yaml; charset=utf-8"


class NaturesDuContrat:
    """Every kind of a contract, read once: those of Tenir, its own over them, which of them are withdrawn."""

    def __init__(self, espace: EspaceDeContrat) -> None:
        self.espace = espace
        self.rows = {one.code: one for one in Nature.objects.filter(espace=espace)}
        self.tenir = {one.nature: one for one in shipped_files()}
        self.own = {code: read(row.texte) for code, row in self.rows.items()}

    @cached_property
    def files(self) -> dict[str, modeles.Nature]:
        """Each as its file says it."""
        return self.tenir | self.own

    @cached_property
    def whole(self) -> Catalogue:
        """Each with all that it inherits."""
        return catalogue(self.own.values())

    def row(self, code: str) -> Nature:
        """The row of a kind; for one of Tenir's that the contract never wrote, what it would be.

        Raises:
            Http404: no such kind.
        """
        if found := self.rows.get(code):
            return found
        if code not in self.tenir:
            raise Http404
        return Nature(espace=self.espace, code=code, texte=dump([self.tenir[code]]), version=0)

    def withdrawn(self, code: str) -> bool:
        """Whether nothing more is written under a kind."""
        return code in self.rows and self.rows[code].retiree

    def origin(self, code: str) -> str:
        """Whose a kind is."""
        if code not in self.tenir:
            return "du contrat"
        return "de Tenir" if self.files[code] == self.tenir[code] else "de Tenir, changée ici"

    def children(self, code: str) -> list[modeles.NatureEntiere]:
        """The kinds that are it, itself left out."""
        return [one for one in self.whole.values() if code in one.lignee[1:]]


def at(espace: EspaceDeContrat, code: str, name: str = "") -> str:
    """The address of a page of a kind."""
    return address(f"nature{'-' if name else ''}{name}", espace, code)


def sujet(row: Nature) -> Sujet:
    """A kind as its small pages show it."""
    told = read(row.texte).libelle
    return Sujet(row.espace, "", told, at(row.espace, row.code), ONGLET, lambda acces: history_of(row.espace, row.code))


def history_of(espace: EspaceDeContrat, code: str) -> list[Passage]:
    """What was changed of a kind, in words, the latest first: its file is told by what differs."""
    rows = EntreeDeTrace.objects.filter(chaine__nom=trace_of(espace), genre=GENRE, objet=code)
    found = list(rows.order_by("-le", "-rang"))
    passages = zip(found, in_words(rows.order_by("-le", "-rang")), strict=True)
    return [told for entry, passage in passages for told in _told(entry, passage)]


def _told(entry: EntreeDeTrace, passage: Passage) -> Iterator[Passage]:
    if entry.champ != FICHIER or entry.efface:
        yield passage
    elif not entry.apres:
        yield replace(passage, phrase=f"{FAITE}, puis annulée")
    elif not entry.avant:
        yield replace(passage, phrase=typo(f"{FAITE} : « {read(entry.apres).libelle} »"))
    else:
        yield from _changes(entry, passage)


def _changes(entry: EntreeDeTrace, passage: Passage) -> Iterable[Passage]:
    said = differences(read(entry.avant), read(entry.apres))
    return [replace(passage, phrase=typo(capital(str(one)))) for one in reversed(said)]


def yaml_file(texte: str, name: str) -> HttpResponse:
    """A file of kinds, to be kept."""
    response = HttpResponse(texte, content_type=YAML)
    response["Content-Disposition"] = f'attachment; filename="{name}.yaml"'
    return response
