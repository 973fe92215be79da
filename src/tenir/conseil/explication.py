"""The draw of a call as pages tell it: the rule in sentences, the command that replays it, who was drawn."""

from dataclasses import dataclass

from tenir.conseil.enums import CollegeDuConseil, EtatDAppel, Sexe, TrancheDAge
from tenir.conseil.marges import Classe, margin
from tenir.conseil.models import AppelACandidatures, Candidature
from tenir.conseil.services.appels import candidates_of, published, result_of, silent_classes
from tenir.conseil.seuils import PETIT_NOMBRE
from tenir.conseil.tirage import Classe as Tire
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
    """What a page says of a draw, before it and after it.

    `nombre`: how many candidates the frozen list holds; `tus`: the classes it does not say.
    """

    places: list[str]
    tus: list[str]
    nombre: int
    graine: str
    commande: str
    colleges: list[CollegeTire]


def explained(appel: AppelACandidatures) -> Tirage:
    """The draw of a call, as far as it went."""
    results = result_of(appel) if appel.tire_le else []
    return Tirage(
        places=[typo(_places(one)) for one in appel.places],
        tus=[typo(name_of(one)) for one in _silent(appel)],
        nombre=len(read_list(appel.liste)) if appel.fige_le else 0,
        graine=seed_of(appel.mots, appel.empreinte) if appel.tire_le else "",
        commande=_command(appel),
        colleges=[_told(one) for one in results],
    )


def _silent(appel: AppelACandidatures) -> list[Tire]:
    """Of a frozen list, what it does not say; of one that would be frozen now, what it would not."""
    if not appel.classes or appel.etat not in (EtatDAppel.CLOS, EtatDAppel.FIGE, EtatDAppel.TIRE):
        return []
    rows = read_list(appel.liste) if appel.fige_le else published(appel, candidates_of(appel))
    return silent_classes(appel, rows)


def name_of(classe: Tire) -> str:
    """A class in words: « 16 à 25 ans », « secteur Gare »."""
    fact, value = classe
    return str(TrancheDAge(value).label) if fact == "age" else f"secteur {value}"


def margins_of(appel: AppelACandidatures) -> list[tuple[str, list[Classe]]]:
    """What is known of the candidates of a frozen list beside what the draw counts, one fact at a time.

    A fact that the list says, of some classes, is not told again: a total would let the others be found.
    """
    floor = in_force(PETIT_NOMBRE, horloge.today(appel.espace))
    rows = read_list(appel.liste)
    if any(one.age for one in rows):
        return []
    listed = [one.numero for one in rows]
    ages = list(Candidature.objects.filter(appel=appel, numero__in=listed).values_list("age", flat=True))
    names = {**dict(TrancheDAge.choices), "": "non dit"}
    return [("Âge", margin([str(names[one]) for one in ages], map(str, names.values()), floor))]


def _name(college: str) -> str:
    return f"Collège des {CollegeDuConseil(college).label}"


def _places(one: Places) -> str:
    kept = f"{pluriel(one.femmes, 'réservé', 'réservés')} d’abord à des femmes, {one.hommes} à des hommes"
    seats = f"{pluriel(one.sieges, 'siège')} ({kept})"
    classes = "".join(f" ; {pluriel(many, 'siège réservé', 'sièges réservés')} d’abord {_for(which)}"
                      for which, many in one.classes)  # fmt: skip
    return f"{_name(one.college)} : {seats}{classes} ; {pluriel(one.suppleants, 'suppléant')}"


def _command(appel: AppelACandidatures) -> str:
    asked = " ".join(part for one in appel.places for part in _asked(one))
    words = appel.mots.replace("\\", "\\\\").replace('"', '\\"') or "les mots tirés"
    return f'python3 rejouer.py candidats.csv "{words}" {asked}'


def _for(classe: Tire) -> str:
    fact, value = classe
    return f"aux {name_of(classe)}" if fact == "age" else f"au secteur {value}"


def _asked(one: Places) -> list[str]:
    """What the program of strangers is told of a college."""
    classes = [f'"{one.college}:{fact}:{value}={seats}"' for (fact, value), seats in one.classes]
    return [f"{one.college}={one.sieges},{one.femmes},{one.hommes},{one.suppleants}", *classes]


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
    found += [
        f"{pluriel(left, 'siège réservé', 'sièges réservés')} ({name_of(classe)}), faute de candidatures que la liste "
        f"puisse dire, {'va' if left < 2 else 'vont'} aux rangs suivants."
        for classe, left in one.vacants.items()
    ]
    if one.hors_quota:
        numbers = ", ".join(str(each.numero) for each in one.hors_quota)
        found.append(f"Pris au rang, hors des sièges réservés : {numbers}.")
    if one.vides:
        found.append(f"{pluriel(one.vides, 'siège reste', 'sièges restent')} sans candidature.")
    return found
