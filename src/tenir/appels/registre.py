"""What the register of activity already says of an action that is funded: its sessions, its counts, its indicators.

Counts only, never a person. What counts is what the body did on the actions that its dossier serves, between its days.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from tenir.acteurs.models import Organisation
from tenir.activite.calculs import Somme, calculs_of
from tenir.activite.models import Entree, EntreeQuerySet
from tenir.activite.mois import sentence, whole_of
from tenir.appels.models import DossierDeDemande
from tenir.core import horloge
from tenir.habilitations.niveaux import Niveau
from tenir.indicateurs.models import SuiviDIndicateur

READ = frozenset({"compte", "distincts", "somme", "max", "part"})
"""The ways to compute that read entries of a period, and so those of one body alone."""


@dataclass(frozen=True, slots=True)
class Resultat:
    """What an action moved of an indicator, as the register says."""

    suivi: SuiviDIndicateur
    valeur: Decimal


def body_of(dossier: DossierDeDemande) -> Organisation | None:
    """The body of a dossier, where the directory knows it by its SIRET, its RNA or its exact name; one query each."""
    for name in ("siret", "rna", "nom"):
        value = getattr(dossier, name)
        found = Organisation.objects.filter(**{name: value}).order_by("pk").first() if value else None
        if found:
            return found
    return None


def period_of(dossier: DossierDeDemande) -> tuple[date, date] | None:
    """The days of an action up to today; none before it begins."""
    today = horloge.today(dossier.espace)
    if not dossier.debut or not dossier.fin or dossier.debut > today:
        return None
    return dossier.debut, min(dossier.fin, today)


def entries_of(dossier: DossierDeDemande) -> EntreeQuerySet:
    """What its body did on the actions that it serves, of what partners read."""
    body = body_of(dossier)
    rows = Entree.objects.of(dossier.espace).up_to(Niveau.PARTENAIRES).counted()
    if body is None:
        return rows.none()
    served = Entree.objects.filter(fiches__action__code__in=dossier.servies.split())
    return rows.filter(organisme=body, pk__in=served.values("pk"))


def said_of(dossier: DossierDeDemande) -> str:
    """« 34 séances, 412 passages »; nothing when the register says nothing of it."""
    days = period_of(dossier)
    if days is None:
        return ""
    found = whole_of(entries_of(dossier), *days)
    return sentence(found) if found.formes else ""


def results_of(dossier: DossierDeDemande) -> list[Resultat]:
    """What the register says of each indicator that the action moved; of two bounds, none is."""
    days = period_of(dossier)
    if days is None:
        return []
    rows = entries_of(dossier)
    if not rows.exists():
        return []
    followed = {one.code: one for one in SuiviDIndicateur.objects.of(dossier.espace).select_related("indicateur")}
    made = calculs_of(dossier.espace, Niveau.PARTENAIRES)
    return [
        Resultat(followed[code], value)
        for code, sommes in made.items()
        if code in followed
        for value in _exact(sommes, rows, *days)
    ]


def _exact(sommes: list[Somme], rows: EntreeQuerySet, debut: date, fin: date) -> Iterator[Decimal]:
    """The one value of an indicator: none where two units stand side by side, or where it lies between two bounds."""
    if len(sommes) != 1 or any(term.fed.calcul not in READ for term in sommes[0].termes):
        return
    found = sommes[0].made(Niveau.PARTENAIRES, debut, fin, rows)
    if found is not None and found.moins == found.plus and found.plus:
        yield found.plus
