"""The page of the directory, for whoever looks for a place, and what leads to it."""

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse

from tenir.activite.annuaire import directories, found_by_residents
from tenir.activite.models import Objet
from tenir.core import horloge
from tenir.core.adresses import route
from tenir.core.composants import Lien, Renseignement
from tenir.core.listes import Vue, answer
from tenir.core.listes.choix import quick
from tenir.core.typographie import accord, capital, pluriel, typo
from tenir.habilitations.correspondance import whom_to_write
from tenir.habilitations.models import EspaceDeContrat
from tenir.natures.enums import TypeDeChamp
from tenir.natures.modeles import Champ
from tenir.public.annuaire.liste import FIELD, FiltreDAnnuaire, Sortes, liste_of, said, sortes_of, state_of
from tenir.public.espace import context, contract_or_404, crumbs
from tenir.reservations.creneaux import day_fr, hours_fr
from tenir.reservations.lecture import permanences
from tenir.reservations.models import Salle

TITRE = "Où s’adresser"
WEEK = 7
"""How many days of permanences a place shows."""


@dataclass(frozen=True, slots=True)
class Adresse:
    """One place or body, as a resident reads it; `etat`: what it is for now, when it is not simply open.

    `permanences`: those of these seven days, in the rooms of the place that show theirs.
    """

    nom: str
    sorte: str
    organisme: str
    ou: str
    etat: str
    lignes: list[Renseignement]
    manque: str
    permanences: list[str]


def annuaire(request: HttpRequest, slug: str, format: str = "") -> HttpResponse:
    """Whom residents may ask, and where; or its file."""
    espace = contract_or_404(slug)
    sortes = sortes_of(directories(espace))
    rows = found_by_residents(espace, sortes.values()).select_related("organisme", "lieu")
    filtre = FiltreDAnnuaire(request.GET or None, queryset=rows, sortes=sortes)
    form = quick(filtre.form)
    vue = Vue(liste_of(sortes), filtre.qs, request.GET, filtre=form)
    return answer(
        request,
        "public/annuaire.html",
        vue,
        readable=not filtre.is_bound or filtre.is_valid(),
        export_name=f"{slug}-annuaire",
        format=format,
        context={} if format else _content(espace, sortes, rows, vue) | _asked(form),
    )


def _content(espace: EspaceDeContrat, sortes: Sortes, rows: QuerySet[Objet], vue: Vue) -> dict[str, Any]:
    held, shown = list(rows), list(vue.page)
    several = len({one.nature for one in held}) > 1
    open_there = _permanences(espace, shown)
    return context(
        espace,
        "quartier",
        fil=crumbs(espace, Lien("Le quartier", route("quartier", espace.slug)), Lien(TITRE)),
        titre=TITRE,
        chapeau=lede(held),
        adresses=[_shown(one, sortes, open_there.get(one.pk, []), several=several) for one in shown],
        rien=not held,
        contact=typo(whom_to_write(espace)),
    )


def _asked(form: forms.Form) -> dict[str, Any]:
    """What one may choose beside words, folded unless something is chosen."""
    names = [name for name in form.fields if name.startswith(FIELD)]
    return {"choix": [form[name] for name in names], "precise": bool(form.errors or {*names} & {*form.changed_data})}


def lede(held: list[Objet]) -> str:
    """« Douze adresses, tenues par huit organismes. »"""
    bodies = len({one.organisme_id for one in held})
    if not held:
        return "Les lieux et les services ouverts aux habitants."
    many = capital(pluriel(len(held), "adresse", genre="f", lettres=True))
    by = pluriel(bodies, "organisme", lettres=True)
    return typo(f"{many}, {accord(len(held), 'tenue', 'tenues')} par {by} : quand y aller, pour quoi, qui appeler.")


def _permanences(espace: EspaceDeContrat, places: list[Objet]) -> dict[int, list[str]]:
    """What is held these seven days in the rooms of some places that show it, by place; two queries."""
    today = horloge.today(espace)
    rooms = Salle.objects.of(espace).going(today).filter(affichee=True, lieu_ouvert__in=places)
    found: dict[int, list[str]] = {}
    for room, day, one in permanences(rooms, today, today + timedelta(days=WEEK - 1)):
        when = f"{day_fr(day)}, {hours_fr(one.debut, one.fin)}"
        found.setdefault(room.lieu_ouvert_id or 0, []).append(typo(f"{when} : {one.titre} ({one.organisme}), {room}"))
    return found


def _shown(objet: Objet, sortes: Sortes, permanences: list[str], *, several: bool) -> Adresse:
    kind, told = sortes[objet.nature], said(objet, sortes)
    lacking = [one.libelle.lower() for one in kind.champs if not told[one.code]]
    usual = kind.etats[0].code == getattr(objet, "etat", None)
    return Adresse(
        nom=objet.libelle,
        sorte=kind.libelle if several else "",
        organisme=objet.organisme.nom,
        ou=objet.ou,
        etat="" if usual else state_of(objet, sortes),
        lignes=[_line(one, told[one.code]) for one in kind.champs if told[one.code]],
        manque=typo(f"Non précisé : {', '.join(lacking)}.") if lacking else "",
        permanences=permanences,
    )


def _line(champ: Champ, text: str) -> Renseignement:
    """What describes it in one field; a text that is a telephone number calls it."""
    calls = champ.type is TypeDeChamp.TELEPHONE
    return Renseignement(champ.libelle, text, f"tel:{re.sub(r'[^+0-9]', '', text)}" if calls else "")


def way_to(espace: EspaceDeContrat) -> Lien | None:
    """What leads residents to the directory, when there is something in it; three queries."""
    count = found_by_residents(espace, directories(espace)).count()
    if not count:
        return None
    said_of = f"{pluriel(count, 'adresse', genre='f')} pour les habitants : quand y aller, pour quoi, qui appeler."
    return Lien(TITRE, route("annuaire", espace.slug), note=typo(said_of))
