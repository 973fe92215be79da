"""The page « En ce moment » of a contract, its files, and its feeds, which keep the same filters."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse

from tenir.contrat.absences import unread
from tenir.contrat.adresses import address
from tenir.core.composants import Lien
from tenir.core.emplacements import SUIVRE, links_of
from tenir.core.exports import export_response
from tenir.core.listes.reponse import UNPROCESSABLE, unreadable
from tenir.core.typographie import accord, pluriel, typo
from tenir.fichier.enums import Contenu
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.publications import Genre
from tenir.public.actions.avancement import late_fiches
from tenir.public.espace import context, contract_or_404, crumbs
from tenir.public.moment.faits import TITRES, FaitDuMoment, Sorte, facts_of
from tenir.public.moment.filtre import PERIODES, FiltreDuMoment
from tenir.public.moment.flux import atom, calendar
from tenir.public.vie import kept

MOST = 12
"""How many facts of a kind the page shows; the files hold them all."""
ATOM, ICS = "application/atom+xml; charset=utf-8", "text/calendar; charset=utf-8"
ABSENT = {
    Sorte.VIENT: "Rien n’est annoncé.",
    Sorte.COMMENCE: "Aucune action n’est dite commencée.",
    Sorte.FAIT: "Rien n’est dit fait.",
    Sorte.ARRETE: "Rien n’est dit arrêté.",
    Sorte.NOUVELLE: "Aucune nouvelle n’a été donnée.",
}
ALL = (Genre.NOUVELLES, Genre.ETAPES, Genre.RETARDS, Genre.RAISONS, Genre.ENGAGEMENTS)


@dataclass(frozen=True, slots=True)
class Ligne:
    """A fact as the page shows it."""

    le: date
    quoi: str
    code: str
    titre: str
    url: str
    detail: str


@dataclass(frozen=True, slots=True)
class Rubrique:
    """The facts of one kind; how many more there are."""

    sorte: str
    titre: str
    lignes: Sequence[Ligne]
    de_plus: str
    vide: str


def en_ce_moment(request: HttpRequest, slug: str) -> HttpResponse:
    """What comes, began, was done, stopped, and was told, around today."""
    espace = contract_or_404(slug)
    filtre = FiltreDuMoment(espace, request.GET or None)
    faits = filtre.keep(facts_of(espace, filtre.jours))
    given = context(
        espace,
        "en-ce-moment",
        fil=crumbs(espace, Lien("En ce moment")),
        chapeau=unread(espace, Contenu.ACTIONS) or lede(faits, filtre.jours),
        retards=_late(espace),
        filtre=filtre,
        rubriques=[_section(slug, sorte, faits) for sorte in Sorte if sorte in _shown(espace, faits)],
        non_publie=kept(espace, *ALL),
        suivre=links_of(SUIVRE, request, (espace, request.GET.get("theme", "") if filtre.readable else "")),
        **_addresses(request, slug),
    )
    return render(request, "public/moment.html", given, status=200 if filtre.readable else UNPROCESSABLE)


def en_ce_moment_export(request: HttpRequest, slug: str, format: str) -> HttpResponse:
    """The same facts as a file."""
    espace, filtre, faits = _asked(request, slug)
    if not filtre.readable:
        return unreadable(request, filtre)
    return export_response(_table(espace, faits), name=f"{slug}-en-ce-moment", format=format)


def en_ce_moment_atom(request: HttpRequest, slug: str) -> HttpResponse:
    """What happened, for whoever follows it in a reader of feeds."""
    espace, filtre, faits = _asked(request, slug)
    if not filtre.readable:
        return unreadable(request, filtre)
    page = request.build_absolute_uri(reverse("en-ce-moment", args=[slug]))
    return HttpResponse(atom(espace, faits, request.build_absolute_uri(), page), content_type=ATOM)


def en_ce_moment_agenda(request: HttpRequest, slug: str) -> HttpResponse:
    """What comes, for whoever follows it in a calendar."""
    espace, filtre, faits = _asked(request, slug)
    if not filtre.readable:
        return unreadable(request, filtre)
    return HttpResponse(calendar(espace, faits, request.build_absolute_uri()), content_type=ICS)


def soon(espace: EspaceDeContrat) -> list[Ligne]:
    """The next things to come, and the last that happened: what the first page of a contract shows of it."""
    faits = facts_of(espace, max(PERIODES))
    coming = [one for one in faits if one.sorte == Sorte.VIENT][:2]
    past = sorted((one for one in faits if one.sorte != Sorte.VIENT), key=lambda one: one.le, reverse=True)[:2]
    return [_line(espace.slug, one) for one in (*coming, *past)]


def lede(faits: Iterable[FaitDuMoment], jours: int) -> str:
    """What a resident understands at once: how much comes, began, was done, over which time."""
    count = {sorte: sum(one.sorte == sorte for one in faits) for sorte in Sorte}
    span = PERIODES[jours]
    coming, began, done = count[Sorte.VIENT], count[Sorte.COMMENCE], count[Sorte.FAIT]
    past = [
        f"{pluriel(began, 'action', genre='f')} {accord(began, 'a commencé', 'ont commencé')}" if began else "",
        f"{pluriel(done, 'chose', genre='f')} {accord(done, 'a été faite', 'ont été faites')}" if done else "",
    ]
    told = " et ".join(filter(None, past))
    before = f"Depuis {span}, {told}." if told else f"Depuis {span}, rien n’est dit commencé ni fait."
    awaited = pluriel(coming, "échéance", genre="f") if coming else "rien n’est annoncé"
    return typo(f"{before} D’ici {span}, {awaited}.")


def _asked(request: HttpRequest, slug: str) -> tuple[EspaceDeContrat, FiltreDuMoment, list[FaitDuMoment]]:
    espace = contract_or_404(slug)
    filtre = FiltreDuMoment(espace, request.GET or None)
    return espace, filtre, filtre.keep(facts_of(espace, filtre.jours))


def _shown(espace: EspaceDeContrat, faits: Sequence[FaitDuMoment]) -> set[Sorte]:
    """The kinds that have a section: what stopped, and news, only where there are some."""
    return {Sorte.VIENT, Sorte.COMMENCE, Sorte.FAIT, *(one.sorte for one in faits)}


def _section(slug: str, sorte: Sorte, faits: Iterable[FaitDuMoment]) -> Rubrique:
    found = [_line(slug, one) for one in faits if one.sorte == sorte]
    more = len(found) - MOST
    told = typo(f"Et {pluriel(more, 'autre')} : tout est dans les fichiers.") if more > 0 else ""
    return Rubrique(sorte.value, TITRES[sorte], found[:MOST], told, ABSENT[sorte])


def _line(slug: str, fait: FaitDuMoment) -> Ligne:
    return Ligne(fait.le, fait.quoi, fait.code, fait.titre, address(slug, fait.code), fait.detail)


def _late(espace: EspaceDeContrat) -> str:
    late = late_fiches(espace).count()
    return f"{pluriel(late, 'action', genre='f')} {accord(late, 'est', 'sont')} en retard" if late else ""


def _addresses(request: HttpRequest, slug: str) -> dict[str, Any]:
    """The files and the feeds of the same filters; a calendar opens `webcal`, and whoever copies has `https`."""
    query = f"?{request.GET.urlencode()}" if request.GET else ""
    feed, agenda = (
        request.build_absolute_uri(reverse(name, args=[slug]) + query)
        for name in ("en-ce-moment-atom", "en-ce-moment-agenda")
    )
    return {
        "csv": reverse("en-ce-moment-export", args=[slug, "csv"]),
        "xlsx": reverse("en-ce-moment-export", args=[slug, "xlsx"]),
        "atom": feed,
        "agenda": agenda,
        "webcal": f"webcal:{agenda.partition(':')[2]}",
    }


def _table(espace: EspaceDeContrat, faits: Iterable[FaitDuMoment]) -> Iterator[list[Any]]:
    yield ["Contrat", "Le", "Ce qui arrive", "Code", "Titre", "Rubrique", "En toutes lettres", "Orientations"]
    if told := unread(espace, Contenu.ACTIONS):
        yield [espace.titre, "", told, "", "", "", "", ""]
    for one in faits:
        served = ", ".join(sorted(one.orientations))
        yield [espace.titre, one.le, one.quoi, one.code, one.titre, TITRES[one.sorte], one.detail, served]


urlpatterns = [
    path("en-ce-moment/", en_ce_moment, name="en-ce-moment"),
    path("en-ce-moment.atom", en_ce_moment_atom, name="en-ce-moment-atom"),
    path("en-ce-moment.ics", en_ce_moment_agenda, name="en-ce-moment-agenda"),
    path("en-ce-moment.<str:format>", en_ce_moment_export, name="en-ce-moment-export"),
]
