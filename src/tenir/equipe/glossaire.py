"""What acronyms mean in a contract: what its team says, else what its document prints, else the name of a body."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from django.db.models import Case, F, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import Cast, Coalesce

from tenir.acteurs.models import Organisation
from tenir.contrat.models import LigneDeCredits, OrganismeCite, Signataire
from tenir.equipe.models import Sigle
from tenir.fichier.mots import plain
from tenir.habilitations.models import EspaceDeContrat


class Origine(IntEnum):
    """Where the words of an acronym come from; the greater prevails."""

    ORGANISME = 0
    DOCUMENT = 1
    EQUIPE = 2


@dataclass(frozen=True, slots=True)
class Entree:
    """An acronym and its words. `ligne`: where the document prints them; nought elsewhere."""

    sigle: str
    mots: str
    origine: Origine
    ligne: int


def glossary_of(espace: EspaceDeContrat) -> list[Entree]:
    """The acronyms of a contract that have words, by alphabet; one query."""
    found = {one.sigle: one for one in sorted(_entries(espace), key=lambda one: one.origine)}
    return sorted(found.values(), key=lambda one: plain(one.sigle))


def words_of(espace: EspaceDeContrat) -> dict[str, str]:
    """The words of each of them; one query."""
    return {one.sigle: one.mots for one in glossary_of(espace)}


def bodies_with_acronym(espace: EspaceDeContrat) -> QuerySet[Organisation]:
    """The bodies that sign, pilot, take part or pay, and have an acronym."""
    of: Any = [model.objects.filter(espace=espace).order_by() for model in (OrganismeCite, Signataire, LigneDeCredits)]
    cited = Q(pk__in=of[0].values("organisation"))
    for rows in of[1:]:
        cited |= Q(pk__in=rows.filter(retire=False).values("organisation"))
    return Organisation.objects.filter(cited).exclude(sigle="")


def _entries(espace: EspaceDeContrat) -> Iterator[Entree]:
    told = Sigle.objects.filter(espace=espace, ecarte=False).exclude(mots="", imprime="").order_by()
    mine = told.values_list(
        "sigle",
        Case(When(mots="", then=F("imprime")), default=F("mots")),
        Case(When(mots="", then=Value(Origine.DOCUMENT)), default=Value(Origine.EQUIPE)),
        Cast(Coalesce(F("ligne"), Value(0)), IntegerField()),
    )
    bodies = bodies_with_acronym(espace).order_by()
    theirs = bodies.values_list("sigle", "nom", Value(Origine.ORGANISME), Value(0))
    for sigle, mots, origine, ligne in theirs.union(mine, all=True):
        yield Entree(sigle, mots, Origine(origine), ligne)
