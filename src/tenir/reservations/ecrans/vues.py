"""The pages of rooms for whoever has a role in the contract: the list, a week, a booking, what rooms serve."""

from dataclasses import replace
from datetime import date, time, timedelta
from functools import partial
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from tenir.core import horloge
from tenir.core.composants import Lien
from tenir.core.exports import export_response
from tenir.core.listes import respond
from tenir.core.prive import private
from tenir.core.typographie import capital, month_fr, pluriel, typo
from tenir.ecran.conflit import answer_or_arbitrate
from tenir.ecran.edition import Ecran, Sujet, answer, posted, read_mark
from tenir.ecran.formulaires import Formulaire
from tenir.ecran.histoire import history_of, records
from tenir.ecran.listes import CHANGES, paged
from tenir.ecran.navigation import address, context
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces, Portee, may, reach, require
from tenir.habilitations.vues import needs
from tenir.reservations.creneaux import short_day_fr, why_closed
from tenir.reservations.droits import mine
from tenir.reservations.ecrans.agenda import write as write_agenda
from tenir.reservations.ecrans.commun import (
    SALLES,
    WEEK,
    about,
    day_asked,
    reservation_or_404,
    salle_or_404,
    table,
    week_fr,
    week_of,
    when,
)
from tenir.reservations.ecrans.formulaires import AnnulerForm, ReservationForm, SalleForm, next_hour
from tenir.reservations.ecrans.liste import SALLES as LISTE
from tenir.reservations.ecrans.liste import FiltreDesSalles, stamp_of
from tenir.reservations.lecture import permanences, week, words_of
from tenir.reservations.models import Salle
from tenir.reservations.occupation import Ligne, occupation
from tenir.reservations.services import reservations as booking
from tenir.reservations.services import salles as services

OCCUPATION = "salles-occupation"
LAST = ("", "")
"""What is undone beside what is said: her last gesture, which she has just made."""
NOUVELLE = Ecran("Ajouter une salle", "Ajouter", "La salle est ajoutée.", annulable=LAST)
MODIFIER = Ecran("Changer la salle", "Enregistrer", "La salle est changée.", annulable=LAST)
FERMER = Ecran(
    "Ne plus proposer cette salle ?", "Ne plus proposer", "La salle n’est plus proposée.",
    "Elle ne se réserve plus à partir d’aujourd’hui ; ce qui y a eu lieu reste compté.", annulable=LAST,
)  # fmt: skip
RESERVER = Ecran("Réserver", "Réserver", "C’est réservé.", annulable=LAST)
ANNULER = Ecran("Annuler cette réservation ?", "Annuler la réservation", "C’est annulé : d’autres peuvent réserver.")
BOTH = ["GET", "HEAD", "POST"]
AHEAD = timedelta(days=92)
"""How far ahead the file of permanences goes."""


@needs("salle.read")
def salles(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, format: str = "") -> HttpResponse:
    """The rooms of a contract, or their export."""
    rows = Salle.objects.of(espace)
    return respond(
        request,
        "reservations/liste.html",
        liste=LISTE,
        filtre=partial(FiltreDesSalles, espace=espace, acces=acces),
        rows=rows,
        export_name=f"{espace.slug}-salles",
        format=format,
        context={} if format else context(
            acces,
            espace,
            SALLES,
            rien=not rows.exists(),
            nouvelle=address("salle-nouvelle", espace) if may(acces, services.RIGHT, espace) else "",
            csv=address("salles-export", espace, "csv"),
            xlsx=address("salles-export", espace, "xlsx"),
        ),
    )  # fmt: skip


@needs("salle.read")
def salle(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int) -> HttpResponse:
    """A room, one week: what is free, what is taken."""
    found, today = salle_or_404(espace, numero), horloge.today(espace)
    days = week_of(day_asked(request, espace))
    read = week(found, days, mine(acces, espace), horloge.now(), today)
    team = may(acces, services.RIGHT, espace)
    told = records(history_of(espace, services.GENRE, found.code)) if team else []
    books = reach(acces, booking.RIGHT, espace) > Portee.AUCUNE and found.is_offered(today)
    at = address("salle", espace, numero)
    given = context(
        acces,
        espace,
        SALLES,
        salle=found,
        tampon=stamp_of(found),
        quand=when(found),
        semaine=read,
        lignes=table(found, read),
        titre_de_semaine=week_fr(days),
        avant=f"{at}?jour={(days[0] - WEEK).isoformat()}",
        apres=f"{at}?jour={(days[0] + WEEK).isoformat()}",
        cette=at if today not in days else "",
        reserver=address("reservation-nouvelle", espace, numero) if books else "",
        tout=may(acces, booking.RIGHT, espace),
        feuille=f"{address('salle-feuille', espace, numero)}?jour={days[0].isoformat()}",
        agenda=address("salle-agenda", espace, numero),
        gestes=_gestures(found) if team else [],
        equipe=team,
        histoire=paged(request, told, CHANGES, "histoire"),
    )
    return render(request, "reservations/salle.html", given)


def _gestures(found: Salle) -> list[Lien]:
    names = {"modifier": "Changer la salle"} | ({} if found.fermee_le else {"fermer": "Ne plus la proposer"})
    return [Lien(text, address(f"salle-{name}", found.espace, found.numero)) for name, text in names.items()]


@needs("salle.read")
def feuille(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int) -> HttpResponse:
    """What one hangs on the door for a week: the permanences, and nothing of what is confidential."""
    found = salle_or_404(espace, numero)
    days = week_of(day_asked(request, espace))
    held = permanences([found], days[0], days[-1])
    by_day = [(day, why_closed(found, day), [one for _, when_, one in held if when_ == day]) for day in days]
    open_days = [(short_day_fr(day), closed, rows) for day, closed, rows in by_day if rows or not closed]
    given = {
        "salle": found,
        "espace": espace,
        "jours": open_days,
        "titre": week_fr(days),
        "retour": f"{address('salle', espace, numero)}?jour={days[0].isoformat()}",
    }
    return render(request, "reservations/feuille.html", given)


@needs("salle.read")
def agenda(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int) -> HttpResponse:
    """The permanences of a room, of these three months, as a file for a calendar."""
    found, today = salle_or_404(espace, numero), horloge.today(espace)
    content = write_agenda(found, permanences([found], today, today + AHEAD))
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="salle-{numero}.ics"'
    return private(response)


@require_http_methods(BOTH)
@needs(services.RIGHT)
def nouvelle(request: HttpRequest, acces: Acces, espace: EspaceDeContrat) -> HttpResponse:
    """Offer a room."""
    blank = Salle(espace=espace, jours="01234", ouvre=time(9), ferme=time(17))
    form = SalleForm(blank, posted(request))
    sujet = Sujet(espace, "", "Toutes les salles", address(SALLES, espace), SALLES, lambda _: [])

    def write() -> None:
        services.create_salle(by=acces, espace=espace, values=form.values())

    return answer(request, acces, sujet, form, NOUVELLE, write)


@require_http_methods(BOTH)
@needs(services.RIGHT)
def modifier(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int) -> HttpResponse:
    """Change a room."""
    found = salle_or_404(espace, numero)
    form = SalleForm(found, posted(request))

    def write(changes: dict[str, Any]) -> None:
        version = form.cleaned_data["version"] or 0
        services.change_salle(by=acces, salle=found, version=version, changes=changes)

    return answer_or_arbitrate(request, acces, about(found), form, MODIFIER, write, chose=found)


@require_http_methods(BOTH)
@needs(services.RIGHT)
def fermer(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int) -> HttpResponse:
    """Offer a room no more."""
    found = salle_or_404(espace, numero)
    form = Formulaire(posted(request))

    def write() -> None:
        services.close_salle(by=acces, salle=found, lu=read_mark(request))

    return answer(request, acces, about(found), form, FERMER, write, lu=services.shown(found))


@require_http_methods(BOTH)
@needs(booking.RIGHT, theirs=True)
def reserver(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int) -> HttpResponse:
    """Book slots of a room for a body that one may speak for."""
    found = salle_or_404(espace, numero)
    form = ReservationForm(found, acces, posted(request), **_asked(request, found))

    def write() -> None:
        organisme = form.cleaned_data["organisme"]
        booking.book(by=acces, salle=found, organisme=organisme, demande=form.demande())

    return answer(request, acces, _back(request, found), form, RESERVER, write)


def _asked(request: HttpRequest, found: Salle) -> dict[str, Any]:
    """What the address asks: a day, an hour; the slot that begins then."""
    day = day_asked(request, found.espace)
    try:
        start = time.fromisoformat(request.GET.get("debut", ""))
    except ValueError:
        return {"jour": day}
    return {"jour": day, "debut": f"{start:%H:%M}", "fin": f"{next_hour(found, day, start):%H:%M}"}


def _back(request: HttpRequest, found: Salle) -> Sujet:
    """The week of the day that is asked."""
    day = request.GET.get("jour", "")
    sujet = about(found)
    return (
        replace(sujet, retour=f"{sujet.retour}?jour={day_asked(request, found.espace).isoformat()}") if day else sujet
    )


@require_http_methods(BOTH)
@needs(booking.RIGHT, theirs=True)
def annuler(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int) -> HttpResponse:
    """Give back a day of a booking, or that day and those that follow.

    Raises:
        Http404: it holds no day any more.
    """
    found = reservation_or_404(espace, numero)
    require(acces, booking.RIGHT, espace, found)
    held = found.days
    if not held:
        raise Http404
    asked = day_asked(request, espace)
    day = asked if asked in held else next((one for one in held if one >= asked), held[-1])
    form = AnnulerForm(found, day, posted(request))

    def write() -> None:
        suivants = form.suivants
        booking.cancel(by=acces, reservation=found, jour=day, suivants=suivants, lu=read_mark(request))

    mot, qui, _ = words_of(found, mine(acces, espace))
    sujet = about(found.salle)
    said = typo(f"{capital(mot)}{f', {qui}' if qui else ''}.")
    ecran = replace(ANNULER, chapeau=said, annulable=(booking.GENRE, found.code))
    return answer(request, acces, sujet, form, ecran, write, lu=booking.shown(found))


@needs("salle.read")
def occupee(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, format: str = "") -> HttpResponse:
    """What each room serves in a month: hours offered, hours booked, by body; or the file of it."""
    mois = _month_asked(request, espace)
    team = may(acces, services.RIGHT, espace)
    lines = occupation(espace, mois, None if team else mine(acces, espace))
    if format:
        rows = _rows(espace, mois, lines)
        return export_response(rows, name=f"{espace.slug}-salles-{mois:%Y-%m}", format=format)
    at, month = address(OCCUPATION, espace), f"?mois={mois:%Y-%m}"
    given = context(
        acces,
        espace,
        OCCUPATION,
        mois=month_fr(mois),
        lignes=[(one, hours(one.proposees), hours(one.prises), _by_body(one)) for one in lines],
        chapeau=_lede(mois, lines),
        avant=f"{at}?mois={_other(mois, -1):%Y-%m}",
        apres=f"{at}?mois={_other(mois, 1):%Y-%m}",
        csv=f"{address('salles-occupation-fichier', espace, 'csv')}{month}",
        xlsx=f"{address('salles-occupation-fichier', espace, 'xlsx')}{month}",
        salles=address(SALLES, espace),
    )
    return render(request, "reservations/occupation.html", given)


def hours(minutes: int) -> str:
    """« 12 h », « 12 h 30 »."""
    whole, left = divmod(minutes, 60)
    return typo(f"{whole} h {left:02}" if left else f"{whole} h")


def _by_body(one: Ligne) -> list[tuple[str, str]]:
    return [(name, hours(minutes)) for name, minutes in one.par]


def _lede(mois: date, lines: list[Ligne]) -> str:
    offered, held = sum(one.proposees for one in lines), sum(one.prises for one in lines)
    if not offered:
        return typo(f"Aucune salle n’est proposée en {month_fr(mois)}.")
    rooms = capital(pluriel(len(lines), "salle", genre="f", lettres=True))
    rate = f"{hours(held)} réservées : {round(100 * held / offered)} %"
    return typo(f"{rooms}, {hours(offered)} proposées en {month_fr(mois)}, {rate}.")


def _rows(espace: EspaceDeContrat, mois: date, lines: list[Ligne]) -> list[list[Any]]:
    """The lines of the file, the headings first: a room, then what each body holds of it."""
    head = ["Contrat", "Mois", "Salle", "Où", "Organisme", "Heures proposées", "Heures réservées", "Taux (%)"]
    found: list[list[Any]] = [head]
    for one in lines:
        first = [espace.titre, f"{mois:%Y-%m}", one.salle.nom, one.salle.ou]
        found.append([*first, "tous", one.proposees / 60, one.prises / 60, one.taux])
        found += [[*first, name, None, minutes / 60, None] for name, minutes in one.par]
    return found


def _month_asked(request: HttpRequest, espace: EspaceDeContrat) -> date:
    try:
        asked = date.fromisoformat(f"{request.GET.get('mois', '')}-01")
    except ValueError:
        return horloge.today(espace).replace(day=1)
    return asked if 2000 <= asked.year <= 2099 else horloge.today(espace).replace(day=1)


def _other(mois: date, step: int) -> date:
    """The month before, or after."""
    near = mois - timedelta(days=1) if step < 0 else mois + timedelta(days=31)
    return near.replace(day=1)
