"""The rights that the product ships, those of a contract with its local aids, and what answers point to."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import yaml

from tenir.core import horloge
from tenir.droits.modeles import Droit
from tenir.droits.models import AideLocale, ReglageDeDroit
from tenir.droits.questions import Conditions, Reponses
from tenir.fichier.mots import plain
from tenir.habilitations.models import EspaceDeContrat

LIVRES = Path(__file__).with_name("livres.yaml")


@dataclass(frozen=True, slots=True)
class Offre:
    """A right as a contract offers it: shipped or local, offered or not, until when, read again on which day."""

    droit: Droit
    propose: bool = True
    relu_le: date | None = None
    aide: AideLocale | None = None
    jusqu_au: date | None = None


@dataclass(frozen=True, slots=True)
class Repere:
    """A right that answers point to. `sur`: every question it depends on was answered."""

    droit: Droit
    sur: bool


@cache
def shipped() -> Sequence[Droit]:
    """The rights of the product, by their names; one read of the file in the life of a process."""
    rows = yaml.safe_load(LIVRES.read_text(encoding="utf-8"))
    return tuple(sorted((Droit.model_validate(row) for row in rows), key=lambda one: plain(one.libelle)))


def offers(espace: EspaceDeContrat) -> list[Offre]:
    """All that a contract may point to, by name; two queries."""
    set_up = {one.droit: one for one in ReglageDeDroit.objects.filter(espace=espace)}
    found = [_shipped(one, set_up.get(one.code)) for one in shipped()]
    found += [_local(one) for one in AideLocale.objects.of(espace)]
    return sorted(found, key=lambda one: plain(one.droit.libelle))


def _shipped(droit: Droit, reglage: ReglageDeDroit | None) -> Offre:
    if reglage is None:
        return Offre(droit)
    return Offre(droit, not reglage.ecarte, reglage.relu_le)


def _local(aide: AideLocale) -> Offre:
    over = aide.jusqu_au is not None and aide.jusqu_au < horloge.today(aide.espace)
    return Offre(aide.droit, not over, aide=aide, jusqu_au=aide.jusqu_au)


def offered(espace: EspaceDeContrat) -> list[Droit]:
    """The rights that a contract points to today."""
    return [one.droit for one in offers(espace) if one.propose]


def point_to(droits: Iterable[Droit], reponses: Reponses) -> list[Repere]:
    """The rights that answers support and do not exclude; those whose every question was answered first."""
    found = [one for droit in droits if (one := _pointed(droit, reponses))]
    return sorted(found, key=lambda one: not one.sur)


def _pointed(droit: Droit, reponses: Reponses) -> Repere | None:
    held = [_held(conditions, reponses) for conditions in droit.si]
    if True in held:
        return Repere(droit, sur=True)
    return Repere(droit, sur=False) if None in held else None


def _held(conditions: Conditions, reponses: Reponses) -> bool | None:
    """Whether conditions hold; nothing when what was answered does not say, and half of it at least was answered."""
    answered = [code for code in conditions if code in reponses]
    if any(reponses[code] not in conditions[code] for code in answered):
        return False
    if len(answered) == len(conditions):
        return True
    return None if 2 * len(answered) >= len(conditions) > 0 and answered else False
