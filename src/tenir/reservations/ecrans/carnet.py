"""Rooms behind the link of a carnet: a confidential slot in two taps on a telephone, without an account.

Choose the room, tap a free slot: it is held for the body of the carnet. A longer one, a permanence, what comes back, is
asked on a page of its own.
"""

from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from tenir.activite.ecrans.carnet.acces import of_a_person, page_of
from tenir.activite.models import Carnet, LienDeCarnet
from tenir.activite.services.liens_de_carnet import token_of
from tenir.core import horloge
from tenir.core.composants import Lien
from tenir.core.listes import UNPROCESSABLE
from tenir.core.marques import MARQUE, Perime, seal
from tenir.core.typographie import typo
from tenir.ecran.annulation.annuler import ChangeDepuis, DejaAnnule, Irrevocable
from tenir.ecran.edition import read_mark
from tenir.reservations.creneaux import day_fr, hours_fr
from tenir.reservations.ecrans.commun import day_asked
from tenir.reservations.ecrans.formulaires import AnnulerForm, HeuresForm, next_hour
from tenir.reservations.lecture import week
from tenir.reservations.models import Reservation, Salle
from tenir.reservations.services import par_carnet as services
from tenir.reservations.services.reservations import shown as read_of

DAYS = 5
"""How many days of a room one page shows."""
TAKEN = 409


def link(request: HttpRequest, lien: LienDeCarnet) -> list[Lien]:
    """What leads there from the first page of a carnet, when the contract has rooms."""
    count = services.rooms_of(lien.carnet).count()
    url = reverse("mon-carnet-salles", args=[token_of(lien)])
    return [Lien("Réserver une salle", url, note="Voir ce qui est libre, rendre un créneau")] if count else []


@require_http_methods(["GET", "HEAD"])
@of_a_person
def salles(request: HttpRequest, lien: LienDeCarnet, jeton: str) -> HttpResponse:
    """The rooms to choose among, and what the body holds these days."""
    carnet = lien.carnet
    held = [(one, day, _said(one, day)) for one, day in services.held_by(carnet)]
    given = {"salles": services.rooms_of(carnet), "tenues": held, "annulable": _last(carnet)}
    return page_of(request, lien, jeton, "reservations/carnet/salles.html", **given)


@require_http_methods(["GET", "HEAD", "POST"])
@of_a_person
def salle(request: HttpRequest, lien: LienDeCarnet, jeton: str, numero: int) -> HttpResponse:
    """The free slots of a room, day by day: one tap holds one. What is taken meanwhile is said, with what is free."""
    carnet = lien.carnet
    found = _salle(carnet, numero)
    status, refused = 200, ""
    if request.method == "POST":
        try:
            made = services.book_slot(carnet, found, request.POST.get("creneau", ""))
            return _booked(request, jeton, made)
        except ValidationError as error:
            status, refused = TAKEN, typo(" ".join(error.messages[:1]))
    today = horloge.today(carnet.espace)
    first = max(day_asked(request, carnet.espace), today)
    days = [first + timedelta(days=rank) for rank in range(DAYS)]
    read = week(found, days, services.bodies_of(carnet), horloge.now(), today)
    at = request.path
    given = {
        "salle": found,
        "jours": [(day, day_fr(day.jour), day.a_lire) for day in read],
        "refus": refused,
        "avant": f"{at}?jour={max(first - timedelta(days=DAYS), today).isoformat()}" if first > today else "",
        "apres": f"{at}?jour={(first + timedelta(days=DAYS)).isoformat()}",
        "annulable": _last(carnet),
    }
    return page_of(request, lien, jeton, "reservations/carnet/salle.html", status=status, **given)


@require_http_methods(["GET", "HEAD", "POST"])
@of_a_person
def reserver(request: HttpRequest, lien: LienDeCarnet, jeton: str, numero: int) -> HttpResponse:
    """Hold more than a slot: longer, coming back, or a permanence that others read."""
    carnet = lien.carnet
    found = _salle(carnet, numero)
    form = HeuresForm(found, request.POST if request.method == "POST" else None, **_first_hours(request, found))
    if form.is_valid():
        try:
            return _booked(request, jeton, services.book_hours(carnet, found, form.demande()))
        except ValidationError as error:
            form.refuse(error)
    status = UNPROCESSABLE if form.errors else 200
    return page_of(request, lien, jeton, "reservations/carnet/reserver.html", status=status, form=form, salle=found)


@require_http_methods(["GET", "HEAD", "POST"])
@of_a_person
def annuler(request: HttpRequest, lien: LienDeCarnet, jeton: str, numero: int) -> HttpResponse:
    """Give back what the body holds: a day, or that day and those that follow; asked once more before it is done."""
    carnet = lien.carnet
    held = [(one, day) for one, day in services.held_by(carnet) if one.numero == numero]
    asked = day_asked(request, carnet.espace)
    found, day = next(((one, day) for one, day in held if day >= asked), (None, asked))
    if found is None:
        raise Http404
    form = AnnulerForm(found, day, request.POST if request.method == "POST" else None)
    status = 200
    if form.is_valid():
        try:
            services.give_back(carnet, found, jour=day, suivants=form.suivants, lu=read_mark(request))
            messages.success(request, typo("C’est annulé : d’autres peuvent réserver."))
            return _to(reverse("mon-carnet-salles", args=[jeton]))
        except Perime:
            messages.warning(request, typo("Cette réservation a changé entre-temps : relisez-la, puis choisissez."))
            return _to(f"{request.path}?jour={day.isoformat()}")
        except ValidationError as error:
            form.refuse(error)
    status = UNPROCESSABLE if form.errors else status
    given = {"form": form, "reservation": found, "dit": _said(found, day), "marque": (MARQUE, seal(read_of(found)))}
    return page_of(request, lien, jeton, "reservations/carnet/annuler.html", status=status, **given)


@require_POST
@of_a_person
def defaire(request: HttpRequest, lien: LienDeCarnet, jeton: str, geste: int) -> HttpResponse:
    """Take back what was just booked, or given back, by a carnet."""
    try:
        services.take_back(lien.carnet, geste)
        messages.success(request, typo("C’est défait : la salle est comme avant."))
    except DejaAnnule:
        messages.info(request, typo("C’était déjà défait."))
    except Irrevocable as late:
        messages.warning(request, typo(str(late)))
    except ChangeDepuis:
        messages.warning(request, typo("Quelqu’un a réservé ce créneau depuis : choisissez-en un autre."))
    return _to(reverse("mon-carnet-salles", args=[jeton]))


def _salle(carnet: Carnet, numero: int) -> Salle:
    return get_object_or_404(services.rooms_of(carnet), numero=numero)


def _first_hours(request: HttpRequest, found: Salle) -> dict[str, Any]:
    day = max(day_asked(request, found.espace), horloge.today(found.espace))
    return {"jour": day, "debut": f"{found.ouvre:%H:%M}", "fin": f"{next_hour(found, day, found.ouvre):%H:%M}"}


def _said(one: Reservation, day: date) -> str:
    return typo(f"{day_fr(day)}, {hours_fr(one.debut, one.fin)}")


def _booked(request: HttpRequest, jeton: str, made: Reservation) -> HttpResponse:
    more = f", et {len(made.jours) - 1} autres jours" if len(made.jours) > 1 else ""
    messages.success(request, typo(f"C’est réservé : {made.salle}, {_said(made, made.days[0])}{more}."))
    return _to(reverse("mon-carnet-salles", args=[jeton]))


def _last(carnet: Carnet) -> Any:
    return next(iter(services.undoable(carnet)), None)


def _to(url: str) -> HttpResponseRedirect:
    return HttpResponseRedirect(url)


UNDER = (
    ("salles/", salles, "mon-carnet-salles"),
    ("salles/<int:numero>/", salle, "mon-carnet-salle"),
    ("salles/<int:numero>/reserver/", reserver, "mon-carnet-reserver"),
    ("salles/reservations/<int:numero>/annuler/", annuler, "mon-carnet-reservation-annuler"),
    ("salles/defaire/<int:geste>/", defaire, "mon-carnet-salles-defaire"),
)
"""The pages that it puts under the link of a carnet (`core.liens.secret_link`)."""
