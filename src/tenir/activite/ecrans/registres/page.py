"""What the page of a thing shows: where it stands, what describes it, what was said of it, what it counts."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import QuerySet

from tenir.activite.echeances import goes_on
from tenir.activite.ecrans.commun import at as entry_at
from tenir.activite.ecrans.commun import whole
from tenir.activite.ecrans.registres.commun import state_of
from tenir.activite.ecrans.registres.totaux import added, by_year
from tenir.activite.enums import TON_DE_LA_CONFIANCE, Confiance, Statut
from tenir.activite.models import Entree, Objet
from tenir.activite.services.attributs import told as told_attribute
from tenir.activite.services.valeurs import given_of, name_of, told, told_in
from tenir.core import horloge
from tenir.core.composants import Lien, Renseignement, Tampon
from tenir.core.marques import Lu
from tenir.core.typographie import capital, date_fr, pluriel, typo
from tenir.ecran.navigation import address
from tenir.natures.modeles import NatureEntiere


@dataclass(frozen=True, slots=True)
class Passe:
    """One thing said of it: when, in which state it then was, its numbers, by whom; `avis`: why it does not count."""

    quand: str
    etat: str
    nombres: str
    qui: str
    url: str
    avis: Tampon | None = None


@dataclass(frozen=True, slots=True)
class Tableau:
    """Its numbers, year by year, and in all."""

    colonnes: list[str]
    lignes: list[tuple[str, list[tuple[str, str]]]]


def overline(objet: Objet) -> str:
    """« Convention n° 3 »."""
    return typo(f"{objet.mots.libelle} n° {objet.numero}")


def lede(objet: Objet, kind: NatureEntiere) -> str:
    """« Signée depuis le 12 mars 2026. Fin de la convention le 31 décembre 2027, dans 395 jours. »"""
    since = getattr(objet, "depuis", None)
    said = f"{state_of(objet, kind).word} depuis le {date_fr(since)}." if since else WAITING
    return typo(" ".join(filter(None, (said, due(objet, kind)))))


WAITING = "Rien de ce qui en est dit ne compte encore."


def due(objet: Objet, kind: NatureEntiere) -> str:
    """What it falls due on, and in how many days, while something is still expected."""
    if objet.echeance is None:
        return ""
    label = capital(kind.echeance or "échéance")
    when = f" {told_from(objet.echeance, horloge.today(objet.espace))}" if goes_on(objet, kind) else ""
    return f"{label} : {date_fr(objet.echeance)}{when}."


def told_from(day: date, today: date) -> str:
    """« (dans 12 jours) », « (il y a 3 jours) », « (aujourd’hui) »."""
    days = (day - today).days
    if days == 0:
        return "(aujourd’hui)"
    return f"(dans {pluriel(days, 'jour')})" if days > 0 else f"(il y a {pluriel(-days, 'jour')})"


def read_of(objet: Objet, kind: NatureEntiere) -> Lu:
    """What whoever notes something of it read: its state, since when."""
    since = getattr(objet, "depuis", None)
    return {"état": state_of(objet, kind).word, "depuis": date_fr(since) if since else ""}


def facts(objet: Objet, kind: NatureEntiere) -> list[Renseignement]:
    """Who answers for it, where, and what its kind describes it by."""
    place = address("activite-lieu", objet.espace, objet.lieu.code) if objet.lieu else ""
    where = [Renseignement("Lieu", objet.ou, place)] if objet.ou else []
    named = [Renseignement("Organisme", objet.organisme.nom), *where]
    due_on = (
        [Renseignement(capital(kind.echeance), date_fr(objet.echeance) if objet.echeance else "")]
        if kind.echeance
        else []
    )
    described = [Renseignement(one.libelle, told_attribute(one, objet.attributs.get(one.code))) for one in kind.champs]
    return [*named, *due_on, *described]


def said_of(objet: Objet, rows: "QuerySet[Entree]") -> list[Passe]:
    """Everything said of it that the reader may read, the latest first."""
    return [_said(one) for one in whole(rows.filter(objet=objet))]


def _said(entree: Entree) -> Passe:
    kind, given = entree.mots.nature, given_of(entree)
    numbers = ", ".join(f"{name_of(kind, key)} : {told(value)}" for key, value in given.items())
    avis = None
    if entree.statut == Statut.ANNULEE:
        avis = Tampon(entree.get_statut_display())
    elif entree.confiance != Confiance.RETENUE:
        avis = Tampon(entree.get_confiance_display(), TON_DE_LA_CONFIANCE[Confiance(entree.confiance)])
    etat = entree.state_named(entree.etat) or ("" if numbers else "Inchangé")
    return Passe(date_fr(entree.fin), etat, typo(numbers), entree.organisme.nom, entry_at(entree), avis)


def numbers(objet: Objet, kind: NatureEntiere) -> Tableau | None:
    """What it counts, year by year; none when its kind counts nothing that adds up."""
    mesures, years = added(kind), by_year(objet)
    if not mesures or not years:
        return None
    names = [one.libelle for one in mesures]

    def line(label: str, said: Iterable[str]) -> tuple[str, list[tuple[str, str]]]:
        return label, list(zip(names, said, strict=True))

    lines = [line(str(year), (told_in(given, (one.code, "")) for one in mesures)) for year, given in years.items()]
    every = [[given[one.code, ""] for given in years.values() if (one.code, "") in given] for one in mesures]
    total = line("En tout", (told(sum(found, Decimal(0))) if found else "" for found in every))
    return Tableau(names, [*lines, *([total] if len(lines) > 1 else [])])


def year_so_far(objet: Objet, kind: NatureEntiere) -> str:
    """« Déjà noté en 2026 : promis 6, utilisés 2. »; empty when nothing is."""
    year = horloge.today(objet.espace).year
    given = by_year(objet).get(year, {})
    found = [f"{one.libelle.lower()} {told(given[one.code, ''])}" for one in added(kind) if (one.code, "") in given]
    return f"Déjà noté en {year} : {', '.join(found)}." if found else ""


def actions(objet: Objet) -> list[Lien]:
    """The actions that it is linked to."""
    rows = objet.fiches.select_related("action").order_by("action__ordre", "pk")
    return [Lien(one.action.titre, address("fiche", objet.espace, one.action.code), one.action.code) for one in rows]
