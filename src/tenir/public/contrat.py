"""The contract at a glance: what was promised, by whom, in a minute."""

from dataclasses import replace

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse

from tenir.contrat.absences import NON_LU, unread
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
)
from tenir.core import horloge
from tenir.core.composants import Chiffre
from tenir.core.typographie import accord, capital, en_lettres, nombre
from tenir.fichier.enums import Contenu
from tenir.habilitations.models import EspaceDeContrat
from tenir.public.actions.avancement import overview
from tenir.public.annees import title, years
from tenir.public.annuaire.vues import way_to
from tenir.public.coup_d_oeil import glance
from tenir.public.espace import context, contract_or_404, moved_or_404, places, quarters
from tenir.public.moment.vues import soon

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
    given = context(
        espace,
        "contrat",
        titre=_title(espace),
        surtitre=_overline(espace),
        chapeau=_lede(espace),
        sept_ans=title(espace),
        annees=years(espace, horloge.today(espace)),
        chiffres=_figures(espace),
        coup=glance(espace),
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
    who = capital(en_lettres(count)) + accord(count, " signataire s’est engagé", " signataires se sont engagés")
    return f"{who} pour {en_lettres(span)} ans{_residents(espace)}. Voici ce qui a été promis, et par qui."


def _residents(espace: EspaceDeContrat) -> str:
    counted = [q.population for q in quarters(espace) if q.population]
    if not counted:
        return ""
    where = "du quartier" if len(quarters(espace)) == 1 else "des quartiers"
    return f" envers les {nombre(sum(counted))} habitants {where}"


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


urlpatterns = [
    path("", contrat, name="contrat"),
    path("codes/<str:code>", item, name="code"),
]
