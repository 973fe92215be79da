"""What a carnet says of an entry, and the reward: what it makes with the others of its body and kind this year."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from tenir.activite.ecrans.mesures import main_number
from tenir.activite.ecrans.series.page import day_fr
from tenir.activite.enums import Confiance, Statut
from tenir.activite.models import Carnet, Entree
from tenir.activite.mois import Annee, annee, sentence
from tenir.activite.services.entree import told_days
from tenir.activite.services.par_carnet import of_its_body
from tenir.activite.services.valeurs import given_of, name_of, with_unit
from tenir.activite.services.valeurs import told as told_number
from tenir.contrat.models import Indicateur
from tenir.core.typographie import MOIS, NBSP, typo
from tenir.ecran.models import Geste

TALL = 60
"""How tall the tallest bar is drawn."""
BAR, WIDE = 17, 22
"""How wide a bar is drawn, and how far from the next."""


@dataclass(frozen=True, slots=True)
class Barre:
    """One month of a year, drawn: where it stands, how tall, its letter."""

    x: int
    y: int
    haut: int
    lettre: str

    @property
    def milieu(self) -> int:
        """Where its letter stands."""
        return self.x + BAR // 2


def told(entree: Entree) -> dict[str, str]:
    """An entry in words: its title, when, how many, where it stands."""
    return {
        "titre": entree.titre or (str(entree.objet) if entree.objet else entree.mots.libelle),
        "quand": typo(f"le {day_fr(entree.fin)}" if entree.debut == entree.fin else told_days(entree)),
        "nombre": typo(number_of(entree)),
        "etat": typo(_state(entree)),
    }


def number_of(entree: Entree) -> str:
    """« 12 passages », « annulée », « pas de nombre »; of a thing, its state before."""
    if entree.statut != Statut.TENUE:
        return entree.get_statut_display()
    if entree.objet_id:
        return _of_thing(entree)
    found = main_number(entree)
    return with_unit(*found).replace(" ", NBSP) if found else "pas de nombre"


def _of_thing(entree: Entree) -> str:
    """« tenu, utilisés : 2 »; « inchangé » when neither a state nor a number is said."""
    kind = entree.mots.nature
    numbers = [f"{name_of(kind, key)} : {told_number(value)}" for key, value in given_of(entree).items()]
    return ", ".join(filter(None, (entree.state_named(entree.etat).lower(), *numbers))) or "inchangé"


def _state(entree: Entree) -> str:
    """Why an entry does not count; empty when it does."""
    if entree.confiance == Confiance.DECLAREE:
        return "L’équipe la lit avant qu’elle ne compte."
    return "L’équipe l’a contestée : elle ne compte pas." if entree.confiance == Confiance.CONTESTEE else ""


def is_of(geste: Geste, entree: Entree) -> bool:
    """Whether a gesture wrote an entry."""
    label = Entree._meta.label
    return any(line.chose == label and line.numero_de_chose == entree.pk for line in geste.lignes.all())


def served(carnet: Carnet, entree: Entree) -> dict[str, Any]:
    """What the entries of the body under that kind make this year, drawn and told, and the indicators they feed."""
    of = entree.fin.year
    year = annee(of_its_body(carnet).filter(mots__code=entree.mots.code, fin__year=of), date(of, 12, 31))
    return {
        "bilan": "" if year.vide else sentence(year.total),
        "annee": of,
        "barres": [] if year.vide else _bars(year),
        "dessin": _drawn(year),
        "indicateurs": _fed(carnet, entree),
    }


def _bars(year: Annee) -> list[Barre]:
    most = max(one.entrees for one in year.mois)
    return [_bar(rank, one.entrees, most, one.mois.month) for rank, one in enumerate(year.mois)]


def _bar(rank: int, count: int, most: int, month: int) -> Barre:
    tall = round(TALL * count / most) if count else 0
    return Barre(rank * WIDE, TALL - tall, tall, MOIS[month - 1][0].upper())


def _drawn(year: Annee) -> str:
    """What the drawing says, in words."""
    return "Par mois : " + ", ".join(f"{one.entrees} en {MOIS[one.mois.month - 1]}" for one in year.mois if one.entrees)


def _fed(carnet: Carnet, entree: Entree) -> list[tuple[str, str]]:
    """The indicators that the kind feeds, each by its code and its words."""
    codes = sorted({one.indicateur for one in entree.mots.nature.alimente})
    rows = Indicateur.objects.of(carnet.espace).filter(code__in=codes).order_by("code") if codes else []
    return [(one.code, one.libelle) for one in rows]
