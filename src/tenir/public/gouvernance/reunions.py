"""The meetings that the team published: their list, the calendar of obligations, one of them, feeds for calendars.

A public page of a meeting names bodies and decisions, never persons; its notes are not there.
"""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from tenir.contrat.models import InstanceDeGouvernance
from tenir.core import horloge
from tenir.core.composants import Item, Lien, Tampon
from tenir.core.typographie import date_fr, typo
from tenir.gouvernance.agenda import TYPE, write
from tenir.gouvernance.echeancier import calendar_of
from tenir.gouvernance.enums import THERE, TON_DE_LA_REUNION, EtatDeReunion
from tenir.gouvernance.models import Decision, Reunion
from tenir.gouvernance.regles import corpus_of
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.niveaux import Niveau
from tenir.public.espace import context, contract_or_404, crumbs, item_or_404


def public_life(espace: EspaceDeContrat) -> dict[str, Any]:
    """What the page of governance shows of the meetings: nothing of them is said while none is published."""
    found = list(Reunion.objects.of(espace).public().order_by("-jour", "-pk"))
    if not found:
        return {"reunions": []}
    today = horloge.today(espace)
    signed = [one for one in calendar_of(corpus_of(espace, today), found, today) if one.regle.instance.instance]
    return {
        "reunions": [_item(espace, one) for one in found],
        "calendrier": signed,
        "annees": range(espace.debut, espace.fin + 1),
    }


def meetings_of(espace: EspaceDeContrat, instance: InstanceDeGouvernance) -> list[Item]:
    """The published meetings of one body, the latest first; one query."""
    rows = Reunion.objects.of(espace).public().filter(instance__instance=instance)
    return [_item(espace, one) for one in rows.order_by("-jour", "-pk")]


def reunion(request: HttpRequest, slug: str, numero: int) -> HttpResponse:
    """One published meeting: when, where, its agenda, the bodies that came, what it decided."""
    espace = contract_or_404(slug)
    found = get_object_or_404(Reunion.objects.of(espace).public(), pk=numero)
    held = found.etat == EtatDeReunion.TENUE
    came = found.convocations.filter(presence__in=THERE).select_related("organisation") if held else ()
    decisions = Decision.objects.of(espace).filter(reunion=found).order_by("numero") if held else ()
    given = context(
        espace,
        "gouvernance",
        reunion=found,
        titre=_name(found),
        fil=crumbs(espace, Lien("La gouvernance", reverse("gouvernance", args=[slug])), Lien(_name(found))),
        chapeau=typo(_lede(found)),
        tampon=_stamp(found),
        points=[] if found.etat == EtatDeReunion.ANNULEE else _agenda(found),
        organismes=[str(one.organisation) for one in came],
        decisions=[_decision(espace, one) for one in decisions],
        tenue=held,
    )
    return render(request, "public/reunion.html", given)


def agenda(request: HttpRequest, slug: str, code: str = "") -> HttpResponse:
    """The published meetings as a feed, of every body or of one."""
    espace = contract_or_404(slug)
    rows = Reunion.objects.of(espace).public()
    nom = f"Réunions, {espace.titre}"
    if code:
        found = item_or_404(InstanceDeGouvernance.objects.all(), espace, code)
        rows, nom = rows.filter(instance__instance=found), f"{found.nom}, {espace.titre}"
    meetings = list(rows.order_by("jour", "pk"))
    return HttpResponse(write(espace, meetings, nom), content_type=TYPE)


def _item(espace: EspaceDeContrat, one: Reunion) -> Item:
    url = reverse("reunion-publique", args=[espace.slug, one.pk])
    return Item("", _name(one), url, one.objet, _stamp(one))


def _name(one: Reunion) -> str:
    return typo(f"{one.instance.nom} du {date_fr(one.jour)}")


def _agenda(one: Reunion) -> list[str]:
    """Its items, each with the words of what it examines when anyone reads them."""
    return [typo(point.told_to(Niveau.PUBLIC)) for point in one.points.with_subjects()]


def _stamp(one: Reunion) -> Tampon:
    return Tampon(one.get_etat_display(), TON_DE_LA_REUNION[EtatDeReunion(one.etat)])


def _lede(one: Reunion) -> str:
    hours = " à ".join(f"{hour.hour} h {hour.minute:02}" for hour in (one.debut, one.fin) if hour)
    parts = [one.objet, f"{date_fr(one.jour)}{f', {hours}' if hours else ''}", one.lieu]
    return f"{' ; '.join(part for part in parts if part)}."


def _decision(espace: EspaceDeContrat, one: Decision) -> Item:
    who = [str(one.organisme)] if one.organisme else []
    due = [f"pour le {date_fr(one.pour_le)}"] if one.pour_le else []
    done = [f"{one.get_etat_display()}{f' : {one.suite}' if one.suite else ''}"]
    url = reverse("action", args=[espace.slug, one.fiche.code]) if one.fiche else ""
    action = [Item(one.fiche.code, one.fiche.action.titre, url)] if one.fiche else []
    return Item(one.code, one.texte, "", typo(" ; ".join([*who, *due, *done])), children=action)
