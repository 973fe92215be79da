"""The page of a month: every session that was to be held, to be confirmed at once.

No number is proposed: one that nobody counted is no number. What was counted the last time is told beside.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.datastructures import MultiValueDict
from django.views.decorators.http import require_http_methods

from tenir.activite.catalogue import catalogue_of
from tenir.activite.ecrans.carnet.acces import of_a_person, shown
from tenir.activite.ecrans.carnet.bilan import number_of
from tenir.activite.ecrans.commun import whole
from tenir.activite.ecrans.nombres import Relue, number_field
from tenir.activite.enums import JOURS, Forme, Statut
from tenir.activite.models import Carnet, Entree, LienDeCarnet, Serie
from tenir.activite.rythmes import rhythm
from tenir.activite.services.entree import Saisie
from tenir.activite.services.par_carnet import Seance, awaited, kinds_of, lately, tell_month
from tenir.activite.services.valeurs import Valeurs, given_of
from tenir.core.listes import UNPROCESSABLE
from tenir.core.typographie import capital, month_fr, pluriel, typo
from tenir.natures.modeles import Mesure

NOMBRE, ANNULEE = "n", "a"


@dataclass(frozen=True, slots=True)
class Attendue:
    """One session that was to be held: a day of a series, or a planned entry."""

    cle: str
    jour: date
    nature: str
    mesure: Mesure | None
    titre: str
    quand: str
    serie: Serie | None = None
    prevue: Entree | None = None

    @property
    def groupe(self) -> tuple[str, str, int]:
        """What stands together: the days of one series, or what was planned under one kind."""
        return self.titre, f"{self.quand} {self.nature}", self.serie.numero if self.serie else 0

    @property
    def mois(self) -> str:
        """Its month, as an address says it."""
        return f"{self.jour:%Y-%m}"

    @property
    def court(self) -> str:
        """« lun. »."""
        return f"{JOURS[self.jour.weekday()][:3]}."


@dataclass(frozen=True, slots=True)
class Ligne:
    """One session on the page: its number, whether it was cancelled, or that it was held when nothing is counted."""

    attendue: Attendue
    nombre: forms.BoundField
    annulee: forms.BoundField


@dataclass(frozen=True, slots=True)
class Groupe:
    """The sessions of one series on the page, and how many came the last time."""

    titre: str
    quand: str
    question: str
    derniere: str
    lignes: list[Ligne]


class MoisForm(Relue):
    """How many came to each session; what is left empty stays to be confirmed."""

    def __init__(
        self, rows: Sequence[Attendue], data: MultiValueDict[str, str] | None = None, *, known: Sequence[Attendue] = ()
    ) -> None:
        super().__init__(data)
        self.rows, self.known = rows, {f"{NOMBRE}_{one.cle}" for one in known or rows}
        for one in rows:
            self.fields[f"{NOMBRE}_{one.cle}"] = self._asked(one)
            self.fields[f"{ANNULEE}_{one.cle}"] = forms.BooleanField(label="annulée", required=False)
        if self.exact:
            self.ask_twice()

    def _asked(self, one: Attendue) -> forms.Field:
        if one.mesure:
            return number_field(one.mesure)
        return forms.BooleanField(label="tenue", required=False)

    @property
    def gone(self) -> bool:
        """Whether a number was sent for a session that waits no more."""
        sent = {name for name, value in self.data.items() if value and name.startswith(f"{NOMBRE}_")}
        return not sent <= self.known

    def groups_of(self, last: dict[int, str]) -> Iterator[Groupe]:
        """The sessions, series by series."""
        for _, group in groupby(self.rows, lambda one: one.groupe):
            rows = list(group)
            titre, quand = rows[0].titre, rows[0].quand
            asked = rows[0].mesure.asked if rows[0].mesure else "A-t-elle eu lieu ?"
            lignes = [Ligne(one, self[f"{NOMBRE}_{one.cle}"], self[f"{ANNULEE}_{one.cle}"]) for one in rows]
            yield Groupe(titre, quand, typo(asked), last.get(rows[0].groupe[-1], ""), lignes)

    def seances(self) -> list[Seance]:
        """Those that are told."""
        return [found for one in self.rows if (found := self._told(one))]

    def _told(self, one: Attendue) -> Seance | None:
        given = self.cleaned_data.get(f"{NOMBRE}_{one.cle}")
        held = given is not None if one.mesure else bool(given)  # when nobody came, nought is a number
        cancelled = self.cleaned_data.get(f"{ANNULEE}_{one.cle}")
        if cancelled and held:
            self.add_error(f"{NOMBRE}_{one.cle}", "Un nombre, ou « annulée » : pas les deux.")
            return None
        if cancelled:
            return _seance(one, Statut.ANNULEE, {})
        if not held:
            return None
        return _seance(one, Statut.TENUE, {(one.mesure.code, ""): given} if one.mesure and given is not None else {})

    def refuse(self, error: ValidationError) -> None:
        """Put what is refused of a session beside its number."""
        faults = getattr(error, "error_dict", {})
        for one in self.rows:
            if one.cle in faults:
                faults[f"{NOMBRE}_{one.cle}"] = faults.pop(one.cle)
        super().refuse(error)


def waiting(carnet: Carnet) -> list[Attendue]:
    """Every session of these last weeks that waits to be confirmed, series by series, the oldest first."""
    if carnet.mural:
        return []
    return sorted([*_of_series(carnet), *_planned(carnet)], key=lambda one: (one.groupe, one.jour))


@require_http_methods(["GET", "HEAD", "POST"])
@of_a_person
def page(request: HttpRequest, lien: LienDeCarnet, jeton: str) -> HttpResponse:
    """Confirm the sessions of a month, on one page."""
    carnet = lien.carnet
    rows = waiting(carnet)
    months = sorted({one.mois for one in rows})
    asked = request.GET.get("mois", "")
    month = asked if asked in months else next(iter(months), "")
    shown_now = [one for one in rows if one.mois == month]
    form = MoisForm(shown_now, request.POST if request.method == "POST" else None, known=rows)
    if form.is_valid() and _tell(form, carnet):
        return HttpResponseRedirect(reverse("mon-carnet", args=[jeton]))
    return shown(
        request,
        lien,
        jeton,
        "mois",
        form=form,
        titre=_title(form.rows),
        groupes=list(form.groups_of(_last(carnet))),
        autres=[(one, month_fr(date.fromisoformat(f"{one}-01"))) for one in months if one != month],
        mois=month,
        status=UNPROCESSABLE if form.errors else 200,
    )


def _tell(form: MoisForm, carnet: Carnet) -> bool:
    """Write what is told; false when nothing is, or when it is refused."""
    seances = form.seances()
    if form.errors:
        return False
    if form.gone:
        form.add_error(None, "Une séance a été dite par quelqu’un d’autre entre-temps : relisez, puis confirmez.")
        return False
    if not seances:
        form.add_error(None, typo("Donnez au moins un nombre, ou cochez « annulée »."))
        return False
    try:
        tell_month(carnet, seances, exact=form.exact)
    except ValidationError as error:
        form.refuse(error)
        return False
    return True


def _of_series(carnet: Carnet) -> Iterator[Attendue]:
    kinds = catalogue_of(carnet.espace)
    for serie, days in awaited(carnet).items():
        kind = kinds.get(serie.nature)
        for day in days:
            cle = f"s{serie.numero}-{day.le.isoformat()}"
            mesure = kind.needed if kind else None
            yield Attendue(cle, day.le, serie.nature, mesure, str(serie), capital(rhythm(serie)), serie=serie)


def _planned(carnet: Carnet) -> Iterator[Attendue]:
    offered = [one.nature for one in kinds_of(carnet)]
    rows = lately(carnet).filter(statut=Statut.PREVUE, forme=Forme.SEANCE, mots__code__in=offered)
    for one in whole(rows):
        kind = one.mots.nature
        yield Attendue(f"e{one.numero}", one.fin, kind.nature, kind.needed, str(one), one.ou, prevue=one)


def _seance(one: Attendue, statut: Statut, valeurs: Valeurs) -> Seance:
    """What is said of a session: whether it was held, its number; a series or a plan says the rest."""
    held = given_of(one.prevue) if one.prevue else {}
    saisie = Saisie({"statut": statut, "debut": one.jour, "fin": one.jour}, held | dict(valeurs), serie=one.serie)
    return Seance(one.nature, saisie, one.cle, prevue=one.prevue)


def _last(carnet: Carnet) -> dict[int, str]:
    """How many came the last time, by the number of the series; a few queries."""
    rows = whole(lately(carnet).filter(serie__isnull=False, statut=Statut.TENUE)).order_by("fin")
    return {one.serie.numero: number_of(one) for one in rows if one.serie}


def _title(rows: Sequence[Attendue]) -> str:
    """« Novembre 2026, douze séances »."""
    if not rows:
        return "Rien n’est à confirmer"
    count = pluriel(len(rows), "séance", genre="f", lettres=True)
    return capital(f"{month_fr(rows[0].jour)}, {count}")
