"""The posts that the State helps, as they are published for a contract, brought into the register that follows them.

A file of facts beside the code says each post, year by year, and its source; what cannot be believed of it enters
contested, with why: it shows, and counts in no total.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml
from django.db import transaction

from tenir.acteurs.models import Organisation
from tenir.activite.catalogue import catalogue_of
from tenir.activite.enums import Confiance
from tenir.activite.models import Objet
from tenir.activite.services.entree import judge_entree
from tenir.activite.services.objets import RIGHT, Point, Porte, note_objet, open_objet
from tenir.activite.services.registre import hold
from tenir.core.typographie import accord, euros, pluriel, typo
from tenir.ecran.annulation.gestes import ensemble
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces, require
from tenir.natures.modeles import NatureEntiere

POSTE = "poste-aide"
"""The shipped register of helped posts; one of a contract may be it."""
FILES = Path(__file__).parents[1] / "postes"
HELD = "conventionne"
"""The state of a post that is paid."""
AMOUNT = ("aide", "")


@dataclass(frozen=True, slots=True)
class Poste:
    """A published post: its employer, what it received each year; what is not believed of it, and why."""

    numero: str
    genre: str
    source: str
    employeur: Organisation | None
    nom: str
    annees: tuple[tuple[int, Decimal], ...]
    contestes: tuple[tuple[int, Decimal, str], ...]


def follows_posts(kind: NatureEntiere) -> bool:
    """Whether a register is one of helped posts."""
    return POSTE in kind.lignee


def published_of(espace: EspaceDeContrat) -> list[Poste]:
    """The posts published for a contract; none without a file of them."""
    path = FILES / f"{espace.slug}.yaml"
    if not path.is_file():
        return []
    said = yaml.safe_load(path.read_text("utf-8"))
    named = [one["organisation"] for one in said["postes"] if "organisation" in one]
    bodies = {one.identifiant: one for one in Organisation.objects.filter(identifiant__in=named)}
    return [_post(one, said["source"], bodies.get(one.get("organisation", ""))) for one in said["postes"]]


def _post(one: dict[str, Any], source: str, body: Organisation | None) -> Poste:
    years = tuple((int(year), Decimal(amount)) for year, amount in one["annees"].items())
    doubted = tuple(
        (int(row["annee"]), Decimal(row["montant"]), typo(row["pourquoi"])) for row in one.get("contestes", ())
    )
    nom = body.nom if body else one.get("employeur", one.get("organisation", ""))
    return Poste(one["numero"], one["genre"], source, body, nom, years, doubted)


def to_bring(espace: EspaceDeContrat) -> list[Poste]:
    """The published posts of employers that the site knows, that no register of them holds yet."""
    found = published_of(espace)
    codes = catalogue_of(espace).with_children(POSTE) if found else ()
    held = set(Objet.objects.of(espace).filter(nature__in=codes).values_list("libelle", flat=True))
    return [one for one in found if one.employeur and one.numero not in held]


def strangers(espace: EspaceDeContrat) -> list[Poste]:
    """Those whose employer is no body of the site: someone adds it first."""
    return [one for one in published_of(espace) if one.employeur is None]


@transaction.atomic
def bring_in(*, by: Acces, espace: EspaceDeContrat, nature: str) -> int:
    """Put every published post that is not there in a register of them, year by year, in one gesture; how many.

    Raises:
        Refus: she may not.
        ValidationError: as for `open_objet`.
    """
    require(by, RIGHT, espace)
    hold(espace)
    found = to_bring(espace)
    with ensemble(by, espace, lambda _: brought(len(found))):
        for one in found:
            _bring(by, espace, nature, one)
    return len(found)


def _bring(by: Acces, espace: EspaceDeContrat, nature: str, post: Poste) -> None:
    (first, amount), *later = post.annees
    made = open_objet(
        by=by, espace=espace, nature=nature, values={"libelle": post.numero, "organisme": post.employeur},
        attributs={"genre": post.genre, "source": post.source}, point=_point(first, amount), porte=Porte(exact=True),
    )  # fmt: skip
    for year, paid in later:
        note_objet(by=by, objet=made, point=_point(year, paid), porte=Porte(exact=True))
    for year, paid, why in post.contestes:
        doubted = note_objet(by=by, objet=made, point=_point(year, paid), porte=Porte(exact=True))
        judge_entree(by=by, entree=doubted, confiance=Confiance.CONTESTEE, motif=why)


def _point(year: int, amount: Decimal) -> Point:
    return Point(date(year, 12, 31), HELD, {AMOUNT: amount})


def brought(count: int) -> str:
    """What was done, for the page and for the gesture that undoes it."""
    return f"{pluriel(count, 'poste', 'postes')} {accord(count, 'mis')} au registre."


def told_of(posts: list[Poste]) -> Iterator[tuple[str, str, str]]:
    """Each by its number, its employer, its years, and what of it is contested."""
    for one in posts:
        years = ", ".join(f"{year} : {euros(amount)}" for year, amount in one.annees)
        doubts = " ; ".join(f"contesté, {year} : {euros(amount)} ({why[:1].lower()}{why[1:].rstrip('.')})"
                            for year, amount, why in one.contestes)  # fmt: skip
        yield one.numero, one.nom, typo(" ; ".join(filter(None, (years, doubts))))
