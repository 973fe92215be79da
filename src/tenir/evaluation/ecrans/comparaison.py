"""What moved between two moments: a snapshot with the start, or with an earlier snapshot. A page, or its file."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from tenir.core.composants import Lien
from tenir.core.listes import Vue
from tenir.core.listes import answer as answer_list
from tenir.core.typographie import capital, date_fr, typo
from tenir.ecran.navigation import address, context
from tenir.evaluation.ecrans.commun import (
    EVALUATIONS,
    drawn,
    evaluation_or_404,
    lede_of,
    several_of,
    snapshots,
    unmeasured_of,
)
from tenir.evaluation.ecrans.liste import FiltreDesEcarts, list_of
from tenir.evaluation.instantane.comparer import Comparaison, compare
from tenir.evaluation.instantane.forme import FormeInconnue, InstantaneAltere, recall
from tenir.evaluation.models import Instantane
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces
from tenir.habilitations.vues import needs

DEPART = "depart"
CONFLICT = 409


@needs("evaluation.read")
def comparaison(
    request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int, format: str = ""
) -> HttpResponse:
    """Thing by thing, what moved, what did not, what nobody can tell."""
    found = evaluation_or_404(acces, espace, numero)
    frozen = snapshots(found)
    if not frozen:
        raise Http404
    after = _asked(frozen, request.GET.get("apres", "")) or frozen[0]
    before = _asked([one for one in frozen if one.numero < after.numero], request.GET.get("avant", ""))
    given = context(acces, espace, EVALUATIONS, evaluation=found, retour=address("evaluation", espace, numero))
    try:
        compared = between(after, before)
    except (InstantaneAltere, FormeInconnue) as error:
        altered = {**given, "altere": typo(str(error))}
        return render(request, "evaluation/comparaison.html", altered, status=CONFLICT)
    filters = FiltreDesEcarts(request.GET or None, compared)
    readable = not filters.is_bound or filters.is_valid()
    vue = Vue(list_of(found, compared), filters.kept(), request.GET, filtre=filters)
    given |= {
        "altere": "",
        "entre": capital(typo(f"{compared.avant} ; {compared.apres}.")),
        "chapeau": lede_of(compared),
        "sous_plusieurs": several_of(compared),
        "image": drawn(compared, found),
        "non_mesurable": unmeasured_of(compared),
        "autres": _others(frozen, after, before),
        "csv": address("evaluation-comparaison-export", espace, numero, "csv"),
        "xlsx": address("evaluation-comparaison-export", espace, numero, "xlsx"),
    }
    return answer_list(
        request, "evaluation/comparaison.html", vue, readable=readable,
        export_name=f"{espace.slug}-{found.code}-comparaison", format=format, context=given,
    )  # fmt: skip


def between(after: Instantane, before: Instantane | None) -> Comparaison:
    """What moved between two snapshots, or since the start.

    Raises:
        InstantaneAltere: one is no more what was frozen.
        FormeInconnue: one is of a form that is not read here.
    """
    return compare(recall(after), recall(before) if before else None)


def _asked(frozen: list[Instantane], number: str) -> Instantane | None:
    """The snapshot that an address names; none when it names none that is here."""
    return next((one for one in frozen if str(one.numero) == number), None)


def _others(frozen: list[Instantane], after: Instantane, before: Instantane | None) -> list[Lien]:
    """Each snapshot with the start, and with the one just before it; the pair that is shown is marked."""
    pairs = [pair for one, old in zip(frozen, [*frozen[1:], None], strict=True) for pair in ((one, None), (one, old))]
    return [_pair(one, old, current=(one, old) == (after, before)) for one, old in dict.fromkeys(pairs)]


def _pair(one: Instantane, old: Instantane | None, *, current: bool) -> Lien:
    text = f"{one.code}, {date_fr(one.jour)}, et {f'{old.code}, {date_fr(old.jour)}' if old else 'le départ'}"
    return Lien(typo(text), f"?apres={one.numero}&avant={old.numero if old else DEPART}", current=current)
