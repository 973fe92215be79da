"""Indicators that compute themselves, on their page and all together: each is a sentence, and opens on its rows."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from tenir.activite.calculs import BROUGHT, Somme, Terme, Valeurs, calculs_of, with_unit
from tenir.activite.droits import niveau_of
from tenir.activite.ecrans.registres.liste import OPEN
from tenir.activite.enums import Confiance, DansLeQuartier, Statut
from tenir.activite.models import Entree
from tenir.activite.services.valeurs import told
from tenir.contrat.models import Indicateur
from tenir.core import horloge
from tenir.core.emplacements import Bloc
from tenir.core.typographie import accord, date_fr, pluriel, typo
from tenir.ecran.navigation import address, context
from tenir.fiches.enums import COMMENCEES
from tenir.fichier.mots import uncapital
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.niveaux import Niveau
from tenir.habilitations.rights import Acces, may
from tenir.habilitations.vues import needs

GABARIT = "activite/includes/calcul.html"
YEARS = 4
"""How many years are shown, this one included."""
NOTHING = "rien d’inscrit"


@dataclass(frozen=True, slots=True)
class Case:
    """What a term makes of a year; its rows; the form that keeps it as a reading, for whoever may give one."""

    annee: int
    texte: str
    url: str = ""
    relever: str = ""
    vide: bool = False


@dataclass(frozen=True, slots=True)
class Ligne:
    """One sentence of an indicator, and what it makes year by year; `total`: of the lines above."""

    phrase: str
    cases: list[Case]
    total: bool = False


@dataclass(frozen=True, slots=True)
class Calcul:
    """How an indicator computes itself: its years, its lines, until when."""

    annees: list[int]
    lignes: list[Ligne]
    jusqu_au: str
    avertissement: str = ""


@dataclass(frozen=True, slots=True)
class Regard:
    """Who looks, and at which years."""

    espace: EspaceDeContrat
    niveau: Niveau
    annees: list[int]
    today: date
    relever: str = ""
    """The form by which she gives a reading of the indicator."""
    ouvert: bool = True
    """Whether she reads the rows."""

    def period(self, year: int) -> tuple[date, date]:
        """A year, up to today."""
        return date(year, 1, 1), min(date(year, 12, 31), self.today)


def computed(acces: Acces, espace: EspaceDeContrat, suivi: Any) -> Bloc | None:
    """How an indicator computes itself, on its working page; none when no kind feeds it."""
    sommes = calculs_of(espace, niveau_of(acces, espace)).get(suivi.code, [])
    if not sommes:
        return None
    gives = may(acces, "releve.create", espace, suivi)
    relever = address("suivi-indicateur-relever", espace, suivi.code) if gives else ""
    return _bloc(sommes, _seen(espace, niveau_of(acces, espace), relever=relever))


def computed_in_public(acces: None, espace: EspaceDeContrat, indicateur: Indicateur) -> Bloc | None:
    """The same for anyone: what partners read, and no count of people, which wait for the secrecy of a publication."""
    every = calculs_of(espace, Niveau.PARTENAIRES).get(indicateur.code, [])
    sommes = [one for one in every if not any(term.of_people for term in one.termes)]
    return _bloc(sommes, _seen(espace, Niveau.PARTENAIRES, ouvert=False)) if sommes else None


def _seen(espace: EspaceDeContrat, niveau: Niveau, **more: Any) -> Regard:
    """The last years in which anything was noted, this one included; one query."""
    today = horloge.today(espace)
    first = Entree.objects.of(espace).up_to(niveau).counted().order_by("fin").values_list("fin", flat=True).first()
    since = max(first.year if first else today.year, today.year - YEARS + 1)
    return Regard(espace, niveau, list(range(today.year, min(since, today.year) - 1, -1)), today, **more)


def _bloc(sommes: Sequence[Somme], regard: Regard) -> Bloc:
    lines = [line for somme in sommes for line in _lines(somme, regard)]
    warning = "Deux unités ne s’additionnent pas : chacune se lit à part." if len(sommes) > 1 else ""
    told = Calcul(regard.annees, lines, typo(f"Arrêté au {date_fr(regard.today)}."), typo(warning))
    return Bloc(GABARIT, told)


def _lines(somme: Somme, regard: Regard) -> Iterator[Ligne]:
    for term in somme.termes:
        cases = [_case(term, regard, year, alone=len(somme.termes) == 1) for year in regard.annees]
        yield Ligne(typo(term.phrase), cases)
    if len(somme.termes) > 1:
        made = [somme.made(regard.niveau, *regard.period(year)) for year in regard.annees]
        told = zip(made, regard.annees, strict=True)
        cases = [_cell(year, value, somme.unites, relever=_kept(value, regard, year)) for value, year in told]
        yield Ligne(f"En tout, {somme.unites[1]}", cases, total=True)


def _case(term: Terme, regard: Regard, year: int, *, alone: bool) -> Case:
    value = term.made(regard.niveau, *regard.period(year))
    url = rows_of(term, regard, year) if value is not None and regard.ouvert else ""
    return _cell(year, value, term.unites, url, _kept(value, regard, year, term) if alone else "")


def _cell(year: int, value: Valeurs | None, unites: tuple[str, str], url: str = "", relever: str = "") -> Case:
    text = NOTHING if value is None else typo(with_unit(value, unites))
    return Case(year, text, url, relever, vide=value is None)


def _kept(value: Valeurs | None, regard: Regard, year: int, term: Terme | None = None) -> str:
    """The form that keeps a value as a reading of the indicator; of two bounds, none is."""
    if value is None or value.moins != value.plus or not regard.relever:
        return ""
    debut, fin = regard.period(year)
    said = {"valeur": told(value.plus), "debut": debut.isoformat(), "fin": fin.isoformat()}
    source = f"Registre d’activité{f', {uncapital(term.phrase)}' if term else ''}"[:200]
    return f"{regard.relever}?{urlencode({**said, 'source': source})}"


def rows_of(term: Terme, regard: Regard, year: int) -> str:
    """The list of the rows that make a value: things of a register in a state, else entries that count of a year."""
    fed, espace = term.fed, regard.espace
    if fed.calcul == "actions":
        return f"{address('fiches', espace)}?{urlencode({'statut': COMMENCEES})}"
    if fed.calcul in BROUGHT:
        council = f"?{urlencode({'origine': 'conseil', 'annee': year})}" if fed.calcul == "preconisations" else ""
        return f"{address(fed.calcul, espace)}{council}"
    if fed.calcul == "objets":
        state = {"etat": fed.etat or OPEN, "au": regard.period(year)[1].isoformat()}
        return f"{address('registre', espace, term.nature.nature)}?{urlencode(state)}"
    debut, fin = regard.period(year)
    asked = {"nature": term.nature.nature, "au": fin.isoformat()}
    asked |= {} if fed.calcul == "dernier" else {"du": debut.isoformat()}
    asked |= {"statut": Statut.TENUE.value, "confiance": Confiance.RETENUE.value}
    asked |= {"quartier": DansLeQuartier.OUI.value} if fed.quartier else {}
    asked |= {"etat": fed.etat} if fed.etat else {}
    return f"{address('activite', espace)}?{urlencode(asked)}"


@needs("activite.read")
def calculs(request: HttpRequest, acces: Acces, espace: EspaceDeContrat) -> HttpResponse:
    """Every indicator that computes itself, and those of the contract that nothing feeds yet."""
    niveau = niveau_of(acces, espace)
    made, regard = calculs_of(espace, niveau), _seen(espace, niveau)
    printed = list(Indicateur.objects.of(espace).filter(repete=None).order_by("ordre"))
    told = [(one, _link(espace, one), _bloc(made[one.code], regard)) for one in printed if one.code in made]
    given = context(
        acces,
        espace,
        "calculs",
        calcules=told,
        chapeau=_lede(len(told), len(printed)),
        autres=[(one, _link(espace, one)) for one in printed if one.code not in made],
        natures=address("natures", espace) if may(acces, "nature.update", espace) else "",
    )
    return render(request, "activite/calculs.html", given)


def _link(espace: EspaceDeContrat, one: Indicateur) -> str:
    return address("suivi-indicateur", espace, one.code)


def _lede(count: int, printed: int) -> str:
    """« 20 indicateurs sur 37 se calculent de ce qui est inscrit. »"""
    if not count:
        return typo(f"Aucun des {printed} indicateurs ne se calcule encore : une nature dit lequel elle nourrit.")
    which = pluriel(count, "indicateur")
    verb = accord(count, "se calcule", "se calculent")
    return typo(f"{which} sur {printed} {verb} de ce qui est inscrit : rien n’est à saisir deux fois.")
