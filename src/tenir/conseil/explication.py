"""The draw of a call as pages tell it: the rule in sentences, the command that replays it, who was drawn."""

from dataclasses import dataclass

from tenir.conseil.enums import CollegeDuConseil, Sexe, TrancheDAge
from tenir.conseil.marges import Classe, margin
from tenir.conseil.models import AppelACandidatures, Candidature
from tenir.conseil.services.appels import result_of
from tenir.conseil.seuils import PETIT_NOMBRE
from tenir.conseil.tirage import Places, Resultat, read_list, seed_of
from tenir.core import horloge
from tenir.core.seuils import in_force
from tenir.core.typographie import pluriel, typo


@dataclass(frozen=True, slots=True)
class CollegeTire:
    """A college as pages tell its draw: numbers, and what the quotas could not fill."""

    nom: str
    membres: list[int]
    suppleants: list[int]
    phrases: list[str]


@dataclass(frozen=True, slots=True)
class Tirage:
    """What a page says of a draw, before it and after it. `nombre`: how many candidates the frozen list holds."""

    places: list[str]
    nombre: int
    graine: str
    commande: str
    colleges: list[CollegeTire]


def explained(appel: AppelACandidatures) -> Tirage:
    """The draw of a call, as far as it went."""
    results = result_of(appel) if appel.tire_le else []
    return Tirage(
        places=[typo(_places(one)) for one in appel.places],
        nombre=len(read_list(appel.liste)) if appel.fige_le else 0,
        graine=seed_of(appel.mots, appel.empreinte) if appel.tire_le else "",
        commande=_command(appel),
        colleges=[_told(one) for one in results],
    )


def margins_of(appel: AppelACandidatures) -> list[tuple[str, list[Classe]]]:
    """What is known of the candidates of a frozen list beside what the draw counts, one fact at a time."""
    floor = in_force(PETIT_NOMBRE, horloge.today(appel.espace))
    listed = [one.numero for one in read_list(appel.liste)]
    ages = list(Candidature.objects.filter(appel=appel, numero__in=listed).values_list("age", flat=True))
    names = {**dict(TrancheDAge.choices), "": "non dit"}
    return [("Âge", margin([str(names[one]) for one in ages], map(str, names.values()), floor))]


def _name(college: str) -> str:
    return f"Collège des {CollegeDuConseil(college).label}"


def _places(one: Places) -> str:
    kept = f"{one.femmes} réservés d’abord à des femmes, {one.hommes} à des hommes"
    seats = f"{pluriel(one.sieges, 'siège')} ({kept})"
    return f"{_name(one.college)} : {seats} ; {pluriel(one.suppleants, 'suppléant')}"


def _command(appel: AppelACandidatures) -> str:
    asked = " ".join(f"{one.college}={one.sieges},{one.femmes},{one.hommes},{one.suppleants}" for one in appel.places)
    words = appel.mots.replace("\\", "\\\\").replace('"', '\\"') or "les mots tirés"
    return f'python3 rejouer.py candidats.csv "{words}" {asked}'


def _told(one: Resultat) -> CollegeTire:
    return CollegeTire(
        _name(one.college),
        [drawn.numero for drawn in one.membres],
        [drawn.numero for drawn in one.suppleants],
        [typo(phrase) for phrase in _phrases(one)],
    )


def _phrases(one: Resultat) -> list[str]:
    """What the quotas could not fill, and who took the seat instead."""
    found = [
        f"{pluriel(left, 'siège réservé', 'sièges réservés')} à des {Sexe(sexe).label}s, faute de candidatures, "
        f"{'va' if left < 2 else 'vont'} aux rangs suivants."
        for sexe, left in one.manques.items()
    ]
    if one.hors_quota:
        numbers = ", ".join(str(each.numero) for each in one.hors_quota)
        found.append(f"Pris au rang, hors des sièges réservés : {numbers}.")
    if one.vides:
        found.append(f"{pluriel(one.vides, 'siège reste', 'sièges restent')} sans candidature.")
    return found
