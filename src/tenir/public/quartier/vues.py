"""The page of the quarter, the list of every printed figure, and what both give away."""

from dataclasses import replace
from typing import Any

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse

from tenir.contrat.absences import absence, told_of, unless_unread
from tenir.contrat.models import Donnee, Enseignement, Lieu
from tenir.core.composants import Item, Lien, MotsSignes, Renseignement, Tampon, Ton
from tenir.core.exports import export_response
from tenir.core.listes import Vue, respond
from tenir.core.typographie import accord, capital, nombre, pluriel
from tenir.fichier.enums import Contenu
from tenir.habilitations.models import EspaceDeContrat
from tenir.public import tarifs
from tenir.public.annuaire.vues import way_to
from tenir.public.espace import context, contract_or_404, crumbs, places, quarters
from tenir.public.mots import signed_words
from tenir.public.quartier.comparer import compare
from tenir.public.quartier.liste import DONNEES, ENSEIGNEMENTS, LIEUX, FiltreDesDonnees, figures
from tenir.territoire.models import Territoire

TONES = {"acquis": Ton.FAIT, "limite": Ton.ATTENTION, "mixte": Ton.NEUTRE}
NO_FIGURE = "Le diagnostic n’imprime aucun chiffre."
CODE_OF = {Territoire.Nature.COMMUNE: "INSEE", Territoire.Nature.EPCI: "SIREN"}


def quartier(request: HttpRequest, slug: str) -> HttpResponse:
    """The quarter in one page."""
    espace = contract_or_404(slug)
    figured = list(figures(espace).filter(orientation=None))
    whole = replace(DONNEES.unsorted().without("orientation"), per_page=len(figured) or 1, empty=NO_FIGURE)
    given = context(
        espace,
        "quartier",
        fil=crumbs(espace, Lien("Le quartier")),
        titre="Le quartier" if len(quarters(espace)) < 2 else "Les quartiers",
        chapeau=unless_unread(espace, Contenu.QUARTIERS, lede(espace)),
        quartiers=[(quarter, _quarter_facts(quarter)) for quarter in quarters(espace)],
        territoire=_facts(espace),
        donnees=Vue(told_of(whole, espace, Contenu.DONNEES), figured, QueryDict()),
        compte=_printed(espace),
        comparaisons=compare(figured, slug),
        enseignements=[_lesson(one, slug) for one in Enseignement.objects.of(espace)],
        lieux=[_place(one, slug) for one in Lieu.objects.of(espace)],
        annuaire=way_to(espace),
        tarifs=tarifs.way_to(espace),
    )
    return render(request, "public/quartier.html", given)


def donnees(request: HttpRequest, slug: str, format: str = "") -> HttpResponse:
    """Every figure that the contract prints."""
    espace = contract_or_404(slug)
    steps = [Lien("Le quartier", reverse("quartier", args=[slug])), Lien("Les données")]
    return respond(
        request,
        "public/donnees.html",
        liste=told_of(DONNEES, espace, Contenu.DONNEES),
        filtre=FiltreDesDonnees,
        rows=figures(espace),
        export_name=f"{slug}-donnees",
        format=format,
        context=context(espace, "quartier", fil=crumbs(espace, *steps), chapeau=_printed(espace)),
    )


def lieux(request: HttpRequest, slug: str, format: str) -> HttpResponse:
    """The places as a file."""
    espace = contract_or_404(slug)
    vue = Vue(LIEUX, Lieu.objects.of(espace), request.GET)
    return export_response(vue.valeurs(), name=f"{slug}-lieux", format=format)


def enseignements(request: HttpRequest, slug: str, format: str) -> HttpResponse:
    """The lessons of the contract before as a file."""
    espace = contract_or_404(slug)
    vue = Vue(ENSEIGNEMENTS, Enseignement.objects.of(espace), request.GET)
    return export_response(vue.valeurs(), name=f"{slug}-enseignements", format=format)


def lede(espace: EspaceDeContrat) -> str:
    """Which quarter, where, how many people by whose count."""
    found = quarters(espace)
    if not found:
        return "Le contrat ne nomme aucun quartier prioritaire."
    communes = [one.nom for one in places(espace) if one.nature == Territoire.Nature.COMMUNE]
    where = f", à {_listed(communes)}" if communes else ""
    if len(found) > 1:
        count = pluriel(len(found), "quartier prioritaire", "quartiers prioritaires", lettres=True)
        return f"{capital(count)}{where}."
    return f"Un quartier prioritaire, {found[0].nom}{where} : {_population(found[0])}."


def _population(quarter: Territoire) -> str:
    if quarter.population is None:
        return "population non fournie"
    said_by = ", ".join(part for part in (quarter.origine_population, quarter.periode_population) if part)
    return f"{pluriel(quarter.population, 'habitant')}. Source : {said_by}"


def _quarter_facts(quarter: Territoire) -> list[Renseignement]:
    count = pluriel(quarter.population, "habitant") if quarter.population is not None else ""
    return [
        Renseignement("Code du quartier", quarter.code),
        Renseignement("Population", count),
        Renseignement("Source de la population", quarter.origine_population),
        Renseignement("Année de la population", quarter.periode_population),
    ]


def _facts(espace: EspaceDeContrat) -> list[Renseignement]:
    told = places(espace)
    communes = [_coded(one) for one in told if one.nature == Territoire.Nature.COMMUNE]
    epci = [_coded(one) for one in told if one.nature == Territoire.Nature.EPCI]
    departements = dict.fromkeys(one.departement for one in told if one.departement)
    return [
        Renseignement(accord(len(communes), "Commune"), _listed(communes)),
        Renseignement("Intercommunalité", _listed(epci)),
        Renseignement("Département", _listed(list(departements))),
    ]


def _coded(place: Territoire) -> str:
    return f"{place.nom} ({CODE_OF[Territoire.Nature(place.nature)]} {place.code})" if place.code else place.nom


def _listed(names: list[str]) -> str:
    return " et ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def _printed(espace: EspaceDeContrat) -> str:
    """How many figures the contract prints, and what they lack."""
    lacking = {"doubtful": ~Q(doute=""), "unsourced": Q(origine="")}
    rows = Donnee.objects.of(espace)
    counted = rows.aggregate(total=Count("pk"), **{name: Count("pk", filter=q) for name, q in lacking.items()})
    total, doubtful, unsourced = (counted[name] for name in ("total", "doubtful", "unsourced"))
    if not total:
        return absence(espace, Contenu.DONNEES, "Le contrat n’imprime aucune donnée chiffrée.")
    notes = []
    if doubtful:
        notes.append(f"{nombre(doubtful)} {accord(doubtful, 'est à vérifier', 'sont à vérifier')}")
    if unsourced:
        notes.append(f"{nombre(unsourced)} {accord(unsourced, 'ne cite', 'ne citent')} pas de source")
    start = f"Le contrat imprime {pluriel(total, 'donnée', genre='f')}"
    return f"{start} : {_listed(notes)}." if notes else f"{start}, toutes avec leur source."


def _lesson(one: Enseignement, slug: str) -> Item:
    stamp = Tampon(one.sens, TONES.get(one.sens, Ton.NEUTRE))
    return Item(one.code, one.titre, note=one.note, stamp=stamp, words=_words_if_attached(one, slug))


def _place(one: Lieu, slug: str) -> Item:
    notes: list[Any] = [one.nature, f"repère {one.repere} sur la carte" if one.repere else "", one.note]
    return Item(one.code, one.nom, note=" · ".join(filter(None, notes)), words=_words_if_attached(one, slug))


def _words_if_attached(one: Enseignement | Lieu, slug: str) -> MotsSignes | None:
    return signed_words(one, slug) if one.mots else None
