"""Many entries written at once: what each would ask of the database alone is asked once for all.

`services.entree` writes one. The rules are the same functions: `services.examen`, `services.valeurs`, `vraisemblance`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError

from tenir.activite.catalogue import freeze, offered_in
from tenir.activite.enums import Source, Statut
from tenir.activite.models import Entree, RegistreDActivite, Valeur, VersionDeNature
from tenir.activite.services.cumuls import add_up, case_of
from tenir.activite.services.entree import (
    GENRE,
    NO_SUCH_KIND,
    RIGHT,
    Saisie,
    about,
    default_fiches,
    first_facts,
    made_of,
)
from tenir.activite.services.examen import standing, wait
from tenir.activite.services.registre import next_numbers
from tenir.activite.services.valeurs import Valeurs, facts
from tenir.activite.vraisemblance import doubts
from tenir.core.trace import Fait
from tenir.ecran.annulation.gestes import geste
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces, Refus, may, who_can
from tenir.natures.modeles import NatureEntiere


@dataclass(frozen=True, slots=True)
class Prete:
    """An entry that may be written, and is not yet: its numbers, why it will wait for the team."""

    entree: Entree
    kind: NatureEntiere
    valeurs: Valeurs
    doutes: tuple[str, ...]

    def wait(self) -> None:
        """Let it wait for the team."""
        wait(self.entree)


class Semblables:
    """The entries of a contract over some days that another may be like; one query."""

    def __init__(self, espace: EspaceDeContrat, du: date, au: date) -> None:
        rows = Entree.objects.filter(espace=espace, fin__range=(du, au)).exclude(statut=Statut.ANNULEE)
        told = rows.order_by("-fin", "-numero").values_list(
            "mots__code", "organisme", "debut", "fin", "lieu", "autre_lieu", "numero"
        )
        self.known = {(*key, elsewhere.lower()): numero for *key, elsewhere, numero in reversed(told)}

    def __call__(self, entree: Entree) -> int | None:
        """The number of one like it."""
        where = (entree.lieu_id, entree.autre_lieu.lower())
        return self.known.get((entree.mots.code, entree.organisme_id, entree.debut, entree.fin, *where))


class Preparation:
    """What many entries of a contract between two days are checked against: kinds, her rights, those like them."""

    def __init__(self, by: Acces, espace: EspaceDeContrat, du: date, au: date) -> None:
        self.by, self.espace = by, espace
        self.kinds = {one.nature: one for one in offered_in(espace)}
        self.alike = Semblables(espace, du, au)
        self.mine: dict[tuple[int | None, int], bool] = {}

    def ready(self, nature: str, saisie: Saisie, source: Source) -> Prete:
        """An entry checked as `record_entree` checks one; what is doubted will wait for the team. No query.

        Raises:
            Refus: she may not, for this body or this kind.
            ValidationError: as for `record_entree`.
        """
        kind = self.kinds.get(nature)
        if kind is None:
            raise ValidationError({"nature": NO_SUCH_KIND})
        mots = VersionDeNature(espace=self.espace, code=kind.nature, libelle=kind.libelle)
        entree = made_of(self.espace, mots, kind, saisie, source)
        self._require(entree)
        given = standing(entree, kind, saisie.valeurs)
        found = tuple(doubts(entree, kind, given, self.alike))
        if found:
            wait(entree)
        return Prete(entree, kind, given, found)

    def _require(self, entree: Entree) -> None:
        key = (entree.organisme_id, entree.niveau)
        if key not in self.mine:
            self.mine[key] = may(self.by, RIGHT, self.espace, entree)
        if not self.mine[key]:
            raise Refus(who_can(RIGHT, self.espace))


def write_all(by: Acces, registre: RegistreDActivite, pretes: Sequence[Prete]) -> list[Entree]:
    """Write entries that were checked while the register is held, in a gesture of their own (`ensemble`), in order.

    A few queries for all of them, and those of the sums: four a kind and a month.
    """
    espace = registre.espace
    mots = {one.nature: freeze(espace, one) for one in {each.kind.nature: each.kind for each in pretes}.values()}
    for one, numero in zip(pretes, next_numbers(registre, len(pretes)), strict=True):
        one.entree.mots, one.entree.numero, one.entree.auteur = mots[one.kind.nature], numero, by.personne
    entrees = [one.entree for one in pretes]
    valeurs = [_values(one) for one in pretes]
    told: list[Fait] = []
    hands = []
    for one, rows in zip(pretes, valeurs, strict=True):
        with geste(by, about(one.entree), "inscrite") as g:
            hands.append(g)
            for row in (one.entree, *rows):
                g.keep(row)
        told += [*first_facts(one.entree), *facts(GENRE, one.entree, one.kind, {}, one.valeurs)]
    Entree.objects.bulk_create(entrees)
    Valeur.objects.bulk_create([row for rows in valeurs for row in rows])
    _link(espace, pretes)
    for g in hands[:1]:
        g.tell(told)
    add_up(espace, {case_of(one) for one in entrees})
    return entrees


def _values(one: Prete) -> list[Valeur]:
    return [
        Valeur(entree=one.entree, mesure=mesure, modalite=modalite, valeur=value)
        for (mesure, modalite), value in one.valeurs.items()
    ]


def _link(espace: EspaceDeContrat, pretes: Iterable[Prete]) -> None:
    """Link each entry to the actions that its kind names."""
    kinds = {one.kind.nature: one.kind for one in pretes}
    fiches = {code: default_fiches(espace, kind) for code, kind in kinds.items()}
    link = Entree.fiches.through
    link.objects.bulk_create(
        [link(entree=one.entree, ficheaction=fiche) for one in pretes for fiche in fiches[one.kind.nature]]
    )
