"""The list of published évaluations; one of them, from the snapshot that was published and nothing else.

No value of an indicator: it may count people. States, counts of things, and what cannot be told.
"""

from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from tenir.core.carres import Rangs
from tenir.core.composants import Chiffre, Item, Lien
from tenir.core.typographie import capital, date_fr, nombre, pluriel, typo
from tenir.evaluation.ecrans.commun import (
    bars_of,
    distinct,
    lede_of,
    sentence_of,
    several_of,
    unmeasured_of,
)
from tenir.evaluation.enums import Mouvement, Sorte
from tenir.evaluation.instantane.comparer import Comparaison, compare
from tenir.evaluation.instantane.forme import FormeInconnue, InstantaneAltere, recall
from tenir.evaluation.models import Evaluation, Instantane
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.publications import Genre, closed, publishes
from tenir.public.espace import context, contract_or_404, crumbs

TITRE = "Les évaluations"
SHOWN = (Mouvement.AVANCE, Mouvement.STABLE, Mouvement.RECULE, Mouvement.ARRETE, Mouvement.INCONNU)
"""What is counted at the head of the page."""
CONFLICT = 409


def evaluations(request: HttpRequest, slug: str) -> HttpResponse:
    """The évaluations that are published."""
    espace = contract_or_404(slug)
    rows = Evaluation.objects.of(espace).public()
    given = context(
        espace,
        "indicateurs",
        fil=crumbs(espace, _indicators(espace), Lien(TITRE)),
        evaluations=[_line(one) for one in rows],
    )
    return render(request, "public/evaluations.html", given)


def evaluation(request: HttpRequest, slug: str, numero: int) -> HttpResponse:
    """One that is published; any other does not exist."""
    espace = contract_or_404(slug)
    rows = Evaluation.objects.of(espace).public().select_related("instantane_publie")
    found = get_object_or_404(rows, numero=numero)
    frozen = found.instantane_publie
    assert frozen is not None  # noqa: S101 (a constraint: what is published is a snapshot)
    links = crumbs(espace, _indicators(espace), Lien(TITRE, reverse("evaluations-publiques", args=[slug])))
    given = context(espace, "indicateurs", evaluation=found, fil=[*links, Lien(found.code)])
    try:
        compared = compare(recall(frozen))
    except (InstantaneAltere, FormeInconnue) as error:
        altered = {**given, "altere": typo(str(error))}
        return render(request, "public/evaluation.html", altered, status=CONFLICT)
    return render(request, "public/evaluation.html", {**given, **_told(found, frozen, compared)})


def count_of(espace: EspaceDeContrat) -> str:
    """« Une évaluation est publiée. »; nothing when none is; one query."""
    count = Evaluation.objects.filter(espace=espace).public().count()
    if not count:
        return ""
    told = pluriel(count, "évaluation est publiée", "évaluations sont publiées", genre="f", lettres=True)
    return typo(f"{capital(told)}.")


def public_part(espace: EspaceDeContrat, compared: Comparaison) -> tuple[Comparaison, list[str]]:
    """What anyone may read of a comparison today, and what is kept, in words.

    Promises and money by their switches; of indicators, that they cannot be told: a move would say something of values.
    """
    kept = {Sorte.INDICATEUR: True, Sorte.ENGAGEMENT: not publishes(espace, Genre.ENGAGEMENTS)}
    kept |= dict.fromkeys((Sorte.ARGENT, Sorte.DROIT_COMMUN), not publishes(espace, Genre.FINANCEMENTS))
    unknown = Mouvement.INCONNU
    shown = [
        one
        for one in compared.ecarts
        if not kept.get(one.sorte) or (one.sorte == Sorte.INDICATEUR and one.mouvement == unknown)
    ]
    closed_ones = closed(espace, Genre.ENGAGEMENTS, Genre.FINANCEMENTS)
    return replace(compared, ecarts=tuple(shown)), ["les valeurs des indicateurs", *closed_ones]


def _told(found: Evaluation, frozen: Instantane, whole: Comparaison) -> dict[str, object]:
    compared, kept = public_part(found.espace, whole)
    return {
        "altere": "",
        "non_publie": typo(f"Non publié : {', '.join(kept)}."),
        "chapeau": lede_of(compared),
        "sous_plusieurs": several_of(compared),
        "phrase": sentence_of(found),
        "entre": capital(typo(f"{compared.avant} ; {compared.apres}. Empreinte : {frozen.sha256[:12]}.")),
        "figures": _figures(compared),
        "image": _picture(found, compared),
        "non_mesurable": unmeasured_of(compared),
    }


def _figures(compared: Comparaison) -> list[Chiffre]:
    moves = [one.mouvement for one in distinct(compared.ecarts)]
    return [Chiffre(capital(str(one.label)), nombre(moves.count(one))) for one in SHOWN]


def _picture(found: Evaluation, compared: Comparaison) -> Rangs:
    """A row for each orientation, which leads to its public page."""
    return bars_of(compared, lambda code: reverse("orientation", args=[found.espace.slug, code]))


def _indicators(espace: EspaceDeContrat) -> Lien:
    return Lien("Les indicateurs", reverse("indicateurs", args=[espace.slug]))


def _line(one: Evaluation) -> Item:
    url = reverse("evaluation-publique", args=[one.espace.slug, one.numero])
    return Item(one.code, one.titre, url, typo(f"depuis le {date_fr(one.depart)}"))
