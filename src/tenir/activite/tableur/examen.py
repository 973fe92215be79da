"""What each row of a table of entries becomes: written, written and to be read by the team, or explained.

Nothing is written here: `services.importation` writes what was shown.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cache

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db.models import Q, QuerySet

from tenir.acteurs.models import Organisation
from tenir.acteurs.reconnaissance import Annuaire
from tenir.activite.catalogue import offered_in
from tenir.activite.champs import WRITTEN
from tenir.activite.enums import Source
from tenir.activite.models import Entree
from tenir.activite.services.entree import Saisie
from tenir.activite.services.plusieurs import Preparation, Prete
from tenir.activite.services.valeurs import NUMBER, Cle, key_of, name_of, told, with_unit
from tenir.activite.tableur.colonnes import AU, DU, HEURES, JOUR, LIEU, MINUTES, ORGANISME, PRINCIPAL
from tenir.activite.tableur.lignes import Contexte, Lue, read_row
from tenir.activite.tableur.memes import Identite, identities, keys_of, known
from tenir.activite.tableur.plan import Plan
from tenir.contrat.models import Lieu
from tenir.core import horloge
from tenir.core.requetes import among
from tenir.core.tableur.correspondance import Releve
from tenir.core.typographie import typo
from tenir.equipe.organismes import bodies_of
from tenir.fichier.mots import comparable
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces, Refus
from tenir.natures.modeles import NatureEntiere

NOT_HERS = "vous n’inscrivez que ce que fait votre organisme : laissez cette ligne à qui l’a faite, ou à l’équipe"
WHERE = {"fin": (JOUR, AU, DU), "debut": (DU, JOUR, AU), "minutes": (MINUTES, HEURES), "autre_lieu": (LIEU,)}
"""The columns that may hold a field that a service refuses, the likeliest first."""
AGAIN = "Si c’en est une autre, donnez-lui un titre, ou dites à l’étape des colonnes que ce sont plusieurs séances."
SHOWN = 4
"""How many cells of a row that cannot be read tell which one it is."""


class Sort(StrEnum):
    """What becomes of a row."""

    INSCRITE = "à inscrire"
    A_LIRE = "à inscrire, attendra l’équipe"
    CORRIGER = "à corriger"
    DEJA = "déjà inscrite"
    REPETEE = "répétée"


KEPT = frozenset({Sort.INSCRITE, Sort.A_LIRE})


@dataclass(frozen=True, slots=True)
class Ligne:
    """A row and what becomes of it. `quoi`: what it tells; `raison`: why it is not kept, and what to do; `dits`: what
    of it is doubted, or read otherwise than expected; `numero`: of the entry that says it already."""

    rang: int
    sort: Sort
    quoi: str
    raison: str = ""
    dits: tuple[str, ...] = ()
    numero: int = 0

    @property
    def gardee(self) -> bool:
        """Whether it will be written."""
        return self.sort in KEPT


@dataclass(frozen=True, slots=True)
class Examen:
    """Every row of a table, each kept or explained; the entries that those kept make, in their order."""

    lignes: list[Ligne]
    pretes: list[Prete]

    @property
    def gardees(self) -> int:
        """How many rows are kept."""
        return sum(one.gardee for one in self.lignes)

    @property
    def a_lire(self) -> int:
        """How many of those wait for the team."""
        return sum(one.sort == Sort.A_LIRE for one in self.lignes)

    @property
    def expliquees(self) -> list[Ligne]:
        """The rows that are not kept."""
        return [one for one in self.lignes if not one.gardee]

    @property
    def empreinte(self) -> str:
        """A digest of what a page shows, and of what would be written."""
        shown = [[one.rang, one.sort, one.quoi, one.raison, one.dits, one.numero] for one in self.lignes]
        made = [
            [one.entree.cle, *(str(getattr(one.entree, name)) for name in (*WRITTEN, "confiance"))]
            for one in self.pretes
        ]
        return hashlib.sha256(json.dumps([shown, made], ensure_ascii=False).encode()).hexdigest()


def examine(releve: Releve, plan: Plan, *, by: Acces, espace: EspaceDeContrat) -> Examen:
    """What each row of a table would become now, for someone; as many queries whatever the table."""
    cells = list(releve.grille(plan.choix(releve)).rangs)
    contexte = context_of(releve, plan, by, espace)
    read = [(one.rang, one.cellules, read_row(one.cellules, contexte)) for one in cells]
    return _Tri(releve, plan, by, espace).sorted(read)


class _Tri:
    """The rows of a table, sorted one after the other."""

    def __init__(self, releve: Releve, plan: Plan, by: Acces, espace: EspaceDeContrat) -> None:
        self.plan, self.by, self.espace = plan, by, espace
        heads = {one.colonne: one.texte for one in releve.titres}
        self.titres = {key: heads[column] for column, key in plan.choix(releve).items()}
        self.pretes: list[Prete] = []
        self.first: dict[Identite, int] = {}
        self.near: dict[tuple[object, ...], int] = {}

    def sorted(self, read: Sequence[tuple[int, Mapping[str, str], Lue]]) -> Examen:
        """Every row, in its order."""
        whole = {rang: identities(lue) for rang, _, lue in read if not lue.fautes}
        keys = keys_of(whole, {one.pk: one.identifiant for _, _, lue in read for one in lue.corps})
        days = [day for one in whole.values() for day in one[0][2:4]]
        du, au = (min(days), max(days)) if days else (date.min, date.min)
        inscrites = known(self.by, self.espace, whole, keys, du, au)
        self.preparation = Preparation(self.by, self.espace, du, au)
        lines = [self._line(rang, cells, lue, whole, keys, inscrites) for rang, cells, lue in read]
        return Examen(lines, self.pretes)

    def _line(
        self,
        rang: int,
        cells: Mapping[str, str],
        lue: Lue,
        whole: Mapping[int, list[Identite]],
        keys: Mapping[int, str],
        inscrites: Mapping[int, int],
    ) -> Ligne:
        if lue.fautes:
            shown = " · ".join([text for text in cells.values() if text][:SHOWN])
            return Ligne(rang, Sort.CORRIGER, shown, self._faults(rang, lue.fautes.items()))
        quoi, mine = self._told(lue), whole[rang][0]
        if rang in inscrites:
            self.first.setdefault(mine, rang)
            said = typo(f"Ligne {rang} : déjà inscrite, n° {inscrites[rang]}. Il n’y a rien à faire.")
            return Ligne(rang, Sort.DEJA, quoi, said, numero=inscrites[rang])
        if mine in self.first and not self.plan.repetees:
            said = typo(f"Ligne {rang} : elle dit la même chose que la ligne {self.first[mine]}. {AGAIN}")
            return Ligne(rang, Sort.REPETEE, quoi, said)
        line = self._ready(rang, lue, quoi, keys[rang])
        if line.gardee:
            self.first.setdefault(mine, rang)
        return line

    def _ready(self, rang: int, lue: Lue, quoi: str, cle: str) -> Ligne:
        try:
            found = self.preparation.ready(lue.nature, _saisie(lue), Source.TABLEUR)
        except Refus:
            return Ligne(rang, Sort.CORRIGER, quoi, self._faults(rang, [(ORGANISME, NOT_HERS)]))
        except ValidationError as error:
            return Ligne(rang, Sort.CORRIGER, quoi, self._faults(rang, _told_by(error)))
        found.entree.cle = cle
        doubts = [*found.doutes, *self._alike(rang, found.entree)]
        if doubts:
            found.wait()
        self.pretes.append(found)
        said = tuple(typo(one) for one in (*doubts, *lue.dits))
        return Ligne(rang, Sort.A_LIRE if doubts else Sort.INSCRITE, quoi, dits=said)

    def _alike(self, rang: int, entree: Entree) -> Iterator[str]:
        """Another row of the table of the same kind, body, day and place."""
        days, where = (entree.debut, entree.fin), (entree.lieu_id, comparable(entree.autre_lieu))
        first = self.near.setdefault((entree.mots.code, entree.organisme_id, *days, *where), rang)
        if first != rang:
            yield f"La ligne {first} de ce tableau est pareille : même organisme, même jour, même lieu."

    def _faults(self, rang: int, faults: Iterable[tuple[str, str]]) -> str:
        said = " ; ".join(f"{self._at(key)}{why}" for key, why in faults)
        return typo(f"Ligne {rang}, {said}.")

    def _at(self, key: str) -> str:
        """The heading of the column that holds a field, before what is said of it; empty when none does."""
        tries = (*WHERE.get(key, (key,)), *(_as_main(key) if key.startswith(NUMBER) else ()))
        found = next((self.titres[one] for one in tries if one in self.titres), "")
        return f"« {found} » : " if found else ""

    def _told(self, lue: Lue) -> str:
        """« Café-logement, le 12 mars 2026, CCAS, 12 passages, femmes : 7 »: all that would be written."""
        kind = self.preparation.kinds.get(lue.nature)
        said = [kind.libelle if kind else lue.nature, lue.jours, lue.corps[0].nom, lue.ou, lue.titre]
        said += [_number(kind, key, value) for key, value in sorted(lue.valeurs.items())]
        return typo(", ".join(filter(None, [*said, *lue.precisions])))


def _number(kind: NatureEntiere | None, key: Cle, value: Decimal) -> str:
    """The main number with what it counts; another after its words."""
    if kind is None:
        return told(value)
    if kind.main and key == (kind.main.code, ""):
        return with_unit(kind.main, value)
    return f"{name_of(kind, key)} : {told(value)}"


def _as_main(key: str) -> tuple[str, ...]:
    """How the column of a number is called when it holds the main one of each kind."""
    part = key_of(key)[1]
    return (f"{PRINCIPAL}__{part.replace(':', '__')}" if part else PRINCIPAL,)


def _saisie(lue: Lue) -> Saisie:
    champs = {
        **{name: getattr(lue, name) for name in ("debut", "fin", "lieu", "autre_lieu", "titre", "minutes")},
        "quartier": lue.quartier,
        "statut": lue.statut,
        "organisme": lue.corps[0],
    }
    return Saisie(champs, lue.valeurs)


def _told_by(error: ValidationError) -> Iterator[tuple[str, str]]:
    """What a service refuses, by field: the one it names, or the code of a constraint does."""
    for name, faults in error.error_dict.items():
        for fault in faults:
            for sentence in fault.messages:
                yield (
                    (fault.code or "") if name == NON_FIELD_ERRORS else name,
                    sentence[:1].lower() + sentence[1:].rstrip("."),
                )


def context_of(releve: Releve, plan: Plan, by: Acces, espace: EspaceDeContrat) -> Contexte:
    """What the rows of a table are read against; a few queries."""
    bodies = known_bodies(by, espace)
    return Contexte(
        plan=plan,
        kinds={one.nature: one for one in offered_in(espace)},
        corps=_finder(Annuaire.of(bodies, espace.lieux(), horloge.today(espace))),
        lieux={comparable(one.nom): one for one in Lieu.objects.of(espace)},
        epoque=releve.epoque,
        mien=next((one for one in bodies if plan.organisme and one.identifiant == plan.organisme), None),
    )


def known_bodies(by: Acces, espace: EspaceDeContrat) -> QuerySet[Organisation]:
    """The bodies that a row may name: those of the contract, those that did something in it, her own."""
    mine = [held.organisation_id for held in by.on(espace) if held.organisation_id]
    did = Entree.objects.filter(espace=espace).values("organisme")
    return Organisation.objects.filter(among(bodies_of(espace).values("pk"), did) | Q(pk__in=mine)).order_by("pk")


def _finder(directory: Annuaire) -> Callable[[str], list[Organisation]]:
    """Bodies by a name, each name looked for once: the one it means today, then those whose own name it is."""

    @cache
    def find(name: str) -> list[Organisation]:
        found = directory.find(name)
        return list(dict.fromkeys([found, *directory.bearing(name)])) if found else []

    return find
