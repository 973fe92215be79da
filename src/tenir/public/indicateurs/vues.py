"""The pages of indicators."""

from typing import Any

from django.db.models import Count, Prefetch, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse

from tenir.contrat.absences import told_of, unless_unread
from tenir.contrat.adresses import address
from tenir.contrat.models import ActionPrevue, Indicateur, Orientation
from tenir.core.composants import Item, Lien, Renseignement
from tenir.core.emplacements import CALCUL_PUBLIC, block_of
from tenir.core.listes import respond
from tenir.core.typographie import accord, capital, en_lettres, pluriel
from tenir.fichier.enums import Contenu
from tenir.habilitations.models import EspaceDeContrat
from tenir.public.espace import context, contract_or_404, crumbs, item_or_404
from tenir.public.evaluation.vues import count_of
from tenir.public.indicateurs.liste import INDICATEURS, REPRISES, FiltreDesIndicateurs, group_of, rows
from tenir.public.mots import signed_words
from tenir.public.voisins import neighbours

NEVER_PRINTED = ("Unité", "Qui le renseigne", "Source de la donnée")
"""What an indicator needs to be followed, and which a contract file has no field for: nobody said it."""


def indicateurs(request: HttpRequest, slug: str, format: str = "") -> HttpResponse:
    """The list of indicators, or its export."""
    espace = contract_or_404(slug)
    given = {} if format else _list_context(espace)
    return respond(
        request,
        "public/indicateurs.html",
        liste=told_of(INDICATEURS, espace, Contenu.INDICATEURS),
        filtre=FiltreDesIndicateurs,
        rows=rows(espace),
        export_name=f"{slug}-indicateurs",
        format=format,
        context=given,
    )


def indicateur(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """One indicator: what it covers, its target, what is missing to follow it."""
    espace = contract_or_404(slug)
    found = item_or_404(rows(espace), espace, code)
    return render(request, "public/indicateur.html", context(espace, "indicateurs", **_content(espace, found)))


def _list_context(espace: EspaceDeContrat) -> dict[str, Any]:
    first = Q(repete=None)
    counted = Indicateur.objects.of(espace).aggregate(
        printed=Count("pk"), distinct=Count("pk", filter=first), target=Count("pk", filter=first & ~Q(cible=""))
    )
    chapeau = unless_unread(espace, Contenu.INDICATEURS, list_lede(**counted))
    links = crumbs(espace, Lien("Les indicateurs"))
    return context(espace, "indicateurs", fil=links, chapeau=chapeau, evaluations=count_of(espace))


def list_lede(printed: int, distinct: int, target: int) -> str:
    """How many indicators are printed, how many once, how many with a target."""
    if not printed:
        return "Le contrat n’imprime aucun indicateur\u00a0: rien ne dit comment on saura."
    start = capital(pluriel(distinct, "indicateur", lettres=True))
    again = printed - distinct
    repeated = (
        f", dont {en_lettres(again)} {accord(again, 'est imprimé', 'sont imprimés')} une seconde fois" if again else ""
    )
    said = f"{en_lettres(target)} {accord(target, 'seul a', 'ont')} une cible" if target else "aucun n’a de cible"
    return f"{start}{repeated}\u202f; {said}. Aucune mesure n’est publiée."


def _content(espace: EspaceDeContrat, found: Indicateur) -> dict[str, Any]:
    slug = espace.slug
    orientations = _covered(found)
    return {
        "indicateur": found,
        "surtitre": " · ".join(piece for piece in ("Indicateur", group_of(found)) if piece),
        "fil": crumbs(espace, Lien("Les indicateurs", reverse("indicateurs", args=[slug])), Lien(found.code)),
        "chapeau": lede(found, len(orientations)),
        "mots": signed_words(found, slug),
        "orientations": [_orientation(one, slug) for one in orientations],
        "repetitions": [_lien(one, slug, note) for one, note in _repeats(found)],
        "suivi": followed(found),
        "calcul": block_of(CALCUL_PUBLIC, None, espace, found),
        "voisins": neighbours(Indicateur.objects.of(espace), found, slug),
    }


def _covered(found: Indicateur) -> list[Orientation]:
    main = ActionPrevue.objects.principales().filter(retire=False).order_by("ordre")
    covered = Orientation.objects.filter(indicateurs=found, retire=False).order_by("ordre")
    return list(covered.prefetch_related(Prefetch("actions", main, to_attr="actions_prevues")))


def _orientation(one: Orientation, slug: str) -> Item:
    actions: list[ActionPrevue] = one.actions_prevues  # type: ignore[attr-defined]  # prefetched
    return Item(
        one.code,
        one.titre,
        address(slug, one.code),
        note="" if actions else "aucune action prévue",
        children=[Item(action.code, action.titre, address(slug, action.code)) for action in actions],
    )


def _repeats(found: Indicateur) -> list[tuple[Indicateur, str]]:
    first = [(found.repete, "imprimé d’abord ici")] if found.repete else []
    return first + [(one, "imprimé de nouveau ici") for one in getattr(found, REPRISES)]


def _lien(one: Indicateur, slug: str, note: str) -> Lien:
    return Lien(one.libelle, address(slug, one.code), one.code, note)


def lede(found: Indicateur, covered: int) -> str:
    """What an indicator covers, and the target it is printed with."""
    target = f"Cible\u00a0: {found.cible}." if found.cible else "Le contrat ne fixe aucune cible."
    if not covered:
        return f"Le contrat ne rattache cet indicateur à aucune orientation. {target}"
    return f"Couvre {pluriel(covered, 'orientation', genre='f', lettres=True)}. {target}"


def followed(found: Indicateur) -> list[Renseignement]:
    """What it takes to follow an indicator; without a value, it is still to be said."""
    printed = [Renseignement("Valeur de départ", found.depart), Renseignement("Cible", found.cible)]
    return [*printed, *(Renseignement(label) for label in NEVER_PRINTED)]


urlpatterns = [
    path("indicateurs/", indicateurs, name="indicateurs"),
    path("indicateurs.<str:format>", indicateurs, name="indicateurs-export"),
    path("indicateurs/<str:code>", indicateur, name="indicateur"),
]
