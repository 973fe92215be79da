"""The contract at a glance: what was promised, by whom, in a minute."""

from dataclasses import replace
from datetime import date

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse

from tenir.contrat.absences import NON_LU, UNREAD_ACTIONS, unread
from tenir.contrat.adresses import address
from tenir.contrat.models import (
    ActionPrevue,
    Axe,
    Engagement,
    EntreeDeRecherche,
    Indicateur,
    LigneDeCredits,
    OrganismeCite,
    Orientation,
    Signataire,
    VersionDuContrat,
)
from tenir.core import horloge
from tenir.core.composants import Annee, Carte, Chiffre, Lien, Temps
from tenir.core.typographie import accord, date_fr, en_lettres, nombre
from tenir.fichier.enums import Contenu
from tenir.habilitations.models import EspaceDeContrat
from tenir.public.actions.avancement import overview
from tenir.public.annuaire.vues import way_to
from tenir.public.espace import context, contract_or_404, moved_or_404, places, quarters
from tenir.public.moment.vues import soon

MID_TERM = 2027
"""Year of the mid-term evaluation of every 2024-2030 contract (circulaire of 31 August 2023)."""


COUNTED = {
    "actions prévues": Contenu.ACTIONS,
    "engagements": Contenu.ENGAGEMENTS,
    "lignes de crédits": Contenu.CREDITS,
    "indicateurs": Contenu.INDICATEURS,
}
"""What each figure of the page counts."""


def contrat(request: HttpRequest, slug: str) -> HttpResponse:
    """The contract at a glance."""
    espace = contract_or_404(slug)
    signature = VersionDuContrat.objects.filter(espace=espace).order_by("numero").first()
    given = context(
        espace,
        "contrat",
        titre=_title(espace),
        surtitre=_overline(espace),
        chapeau=_lede(espace),
        annees=years(espace, horloge.today(espace), signature.en_vigueur_le if signature else None),
        chiffres=_figures(espace),
        axes=_axes(espace),
        avancement=overview(espace),
        moment=soon(espace),
        annuaire=way_to(espace),
    )
    return render(request, "public/contrat.html", given)


def item(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """The stable address of any code: leads to the page that shows it."""
    espace = contract_or_404(slug)
    if not EntreeDeRecherche.objects.filter(espace=espace, code=code).exists():
        raise moved_or_404(espace, code)
    return redirect(address(slug, code))


def _title(espace: EspaceDeContrat) -> str:
    return espace.titre


def _overline(espace: EspaceDeContrat) -> str:
    told = [*quarters(espace), *(t for t in places(espace) if t.nature == "epci")]
    departements = dict.fromkeys(t.departement for t in told if t.departement)
    named = [f"{t.nom} ({t.code})" if t.nature == "qpv" else t.nom for t in told]
    return " · ".join([*named, *departements])


def _lede(espace: EspaceDeContrat) -> str:
    if told := unread(espace, Contenu.SIGNATAIRES):
        return told
    count = Signataire.objects.of(espace).count()
    span = espace.fin - espace.debut + 1
    who = en_lettres(count).capitalize() + accord(count, " signataire s’est engagé", " signataires se sont engagés")
    return f"{who} pour {en_lettres(span)} ans{_residents(espace)}. Voici ce qui a été promis, et par qui."


def _residents(espace: EspaceDeContrat) -> str:
    counted = [q.population for q in quarters(espace) if q.population]
    if not counted:
        return ""
    where = "du quartier" if len(quarters(espace)) == 1 else "des quartiers"
    return f" envers les {nombre(sum(counted))} habitants {where}"


def years(espace: EspaceDeContrat, today: date, signature: date | None) -> list[Annee]:
    """The years of the contract, with what is known to happen in each."""
    notes = {MID_TERM: "évaluation à mi-parcours", espace.fin: "terme"}
    if signature:
        notes[signature.year] = f"signature, {date_fr(signature).rpartition(chr(32))[0]}"
    return [Annee(year, notes.get(year, ""), _time(year, today.year)) for year in range(espace.debut, espace.fin + 1)]


def _time(year: int, current: int) -> Temps:
    if year == current:
        return Temps.COURANTE
    return Temps.PASSEE if year < current else Temps.A_VENIR


def _figures(espace: EspaceDeContrat) -> list[Chiffre]:
    """The five figures that say what the contract is, with what they hide."""
    axes = Axe.objects.of(espace).count()
    actions = ActionPrevue.objects.of(espace).principales()
    own_pilot = Q(organismes__role=OrganismeCite.Role.PILOTE)
    counted = actions.aggregate(total=Count("pk", distinct=True), own=Count("pk", filter=own_pilot, distinct=True))
    lines = LigneDeCredits.objects.of(espace).aggregate(total=Count("pk"), empty=Count("pk", filter=Q(vide=True)))
    distinct = Indicateur.objects.of(espace).filter(repete=None)
    indicators = distinct.aggregate(total=Count("pk"), target=Count("pk", filter=~Q(cible="")))
    promises = Engagement.objects.of(espace).comptes().count()
    signatories = Signataire.objects.of(espace).count()
    at = {name: reverse(name, args=[espace.slug]) for name in ("actions", "engagements", "credits", "indicateurs")}
    own, empty, target = counted["own"], lines["empty"], indicators["target"]
    found = [
        Chiffre("orientations", nombre(Orientation.objects.of(espace).count()), f"en {axes} {accord(axes, 'axe')}"),
        Chiffre(
            "actions prévues",
            nombre(counted["total"]),
            f"{own} {accord(own, 'nomme', 'nomment')} leur propre pilote" if own else "aucune ne nomme son pilote",
            at["actions"],
        ),
        Chiffre(
            "engagements", nombre(promises), f"de {signatories} {accord(signatories, 'signataire')}", at["engagements"]
        ),
        Chiffre(
            "lignes de crédits",
            nombre(lines["total"]),
            f"{empty} {accord(empty, 'restée vide', 'restées vides')}",
            at["credits"],
        ),
        Chiffre(
            "indicateurs",
            nombre(indicators["total"]),
            f"{target} avec une cible" if target else "aucun n’a de cible",
            at["indicateurs"],
        ),
    ]
    return [_unless_unread(espace, one) for one in found]


def _unless_unread(espace: EspaceDeContrat, figure: Chiffre) -> Chiffre:
    """A figure, in whose place « non lu » stands when nothing was read of what it counts."""
    kind = COUNTED.get(figure.label)
    return replace(figure, value=NON_LU, note="dans le document") if kind in espace.non_lus else figure


def _axes(espace: EspaceDeContrat) -> list[Carte]:
    orientations: dict[int, list[Orientation]] = {}
    main = Count("actions", filter=Q(actions__parent=None, actions__retire=False))
    for orientation in Orientation.objects.of(espace).annotate(nb_actions=main).order_by("ordre"):
        orientations.setdefault(orientation.axe_id, []).append(orientation)
    return [
        _card(espace, axe, rank, orientations.get(axe.pk, []))
        for rank, axe in enumerate(Axe.objects.of(espace), start=1)
    ]


def _card(espace: EspaceDeContrat, axe: Axe, rank: int, orientations: list[Orientation]) -> Carte:
    actions = sum(orientation.nb_actions for orientation in orientations)  # type: ignore[attr-defined]  # annotated
    count = len(orientations)
    planned = UNREAD_ACTIONS if unread(espace, Contenu.ACTIONS) else f"{actions} {accord(actions, 'action')}"
    start = "transversal · " if axe.transversal else ""
    return Carte(
        letter=axe.code,
        title=axe.titre,
        rank=rank,
        url=address(espace.slug, axe.code),
        note=f"{start}{count} {accord(count, 'orientation')} · {planned}",
        links=[Lien(o.titre, address(espace.slug, o.code), o.code) for o in orientations],
    )


urlpatterns = [
    path("", contrat, name="contrat"),
    path("codes/<str:code>", item, name="code"),
]
