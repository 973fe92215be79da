"""The history of the gestures on a draft, each undone as long as what it wrote still stands; its file."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from tenir.atelier.ecrans.commun import ONGLET, bench_or_404, draft_or_404, frame, rendered
from tenir.atelier.ecrans.texte import or_its_text
from tenir.atelier.models import Brouillon, GesteDAtelier
from tenir.atelier.phrases import Difference, written
from tenir.atelier.services.brouillon import RIGHT, annuler, shown
from tenir.core import horloge
from tenir.core.emplacements import DECIDE, block_of
from tenir.core.typographie import capital, date_fr, pluriel, typo
from tenir.ecran.edition import read_mark
from tenir.ecran.listes import paged
from tenir.ecran.navigation import address, context
from tenir.fichier import canonique
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces
from tenir.habilitations.traces import names_of
from tenir.habilitations.vues import needs

BY_PAGE = 20
TOLD = 12
"""How many changes of one gesture its line shows."""


@dataclass(frozen=True, slots=True)
class Ligne:
    """A gesture as the history tells it."""

    numero: int
    phrase: str
    quand: str
    qui: str
    differences: Sequence[Difference]
    reste: int
    annule: bool
    url: str
    lu: dict[str, str]


@needs(RIGHT)
@or_its_text
def gestes(request: HttpRequest, acces: Acces, espace: EspaceDeContrat) -> HttpResponse:
    """Who did what on the draft, the latest first."""
    etabli = bench_or_404(espace)
    page = paged(request, _rows(etabli.brouillon), BY_PAGE, "page")
    total = page.paginator.count
    given = frame(acces, etabli, chapeau=_lede(total), lignes=_told(etabli.brouillon, list(page)), pages=page)
    return rendered(request, "atelier/gestes.html", given)


def _rows(brouillon: Brouillon) -> QuerySet[GesteDAtelier]:
    return brouillon.gestes.select_related("annule_par")


def _lede(total: int) -> str:
    if not total:
        return "Personne n’a encore rien changé à ce texte."
    return typo(
        f"{capital(pluriel(total, 'geste', lettres=True))}. Chacun s’annule tant que ce qu’il a écrit tient encore."
    )


def _told(brouillon: Brouillon, rows: list[GesteDAtelier]) -> list[Ligne]:
    names = names_of([one.par_id for one in rows])
    found = []
    for one in rows:
        changes = list(written(one.ecarts))
        undone = hasattr(one, "annule_par")
        when = horloge.local(one.le)
        url = address("atelier-geste-annuler", brouillon.espace, one.revision)
        found.append(
            Ligne(
                one.revision,
                one.phrase,
                typo(f"{date_fr(horloge.day_of(one.le))} à {when:%H:%M}"),
                names.get(one.par_id, "une personne effacée"),
                changes[:TOLD],
                max(0, len(changes) - TOLD),
                undone,
                url if brouillon.modifiable and not undone else "",
                {"geste": one.phrase, "annulé": "oui" if undone else "non"},
            )
        )
    return found


@require_http_methods(["GET", "HEAD", "POST"])
@needs(RIGHT)
@or_its_text
def annuler_un_geste(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int) -> HttpResponse:
    """Undo a gesture: a question, one button; then where one came from."""
    brouillon = draft_or_404(espace)
    found = _rows(brouillon).filter(revision=numero).first()
    if found is None:
        raise Http404
    if request.method != "POST":
        etabli = bench_or_404(espace)
        (line,) = _told(brouillon, [found])
        return rendered(request, "atelier/geste.html", frame(acces, etabli, ligne=line, lu=dict(shown(found))))
    try:
        made = annuler(by=acces, geste=found, lu=read_mark(request))
    except ValidationError as error:
        for sentence in error.messages:
            messages.warning(request, typo(sentence))
    else:
        messages.success(request, typo(f"{made.phrase}."))
    return redirect(address("atelier-gestes", espace))


@needs(RIGHT)
@or_its_text
def fichier(request: HttpRequest, acces: Acces, espace: EspaceDeContrat) -> HttpResponse:
    """The contract file of the draft, in its canonical form."""
    response = HttpResponse(canonique.dump(draft_or_404(espace).lire()), content_type="application/yaml; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{espace.slug}-brouillon.yaml"'
    return response


@needs(RIGHT)
def passe(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int) -> HttpResponse:
    """A draft that is over: what became of it, who did what."""
    brouillon = Brouillon.objects.of(espace).filter(pk=numero).first()
    if brouillon is None:
        raise Http404
    page = paged(request, _rows(brouillon), BY_PAGE, "page")
    given = context(
        acces,
        espace,
        ONGLET,
        brouillon=brouillon,
        titre=capital(str(brouillon)),
        etat=brouillon.get_etat_display(),
        decide=block_of(DECIDE, acces, espace, brouillon) if brouillon.objet == brouillon.Objet.AVENANT else None,
        motif=typo(brouillon.motif or brouillon.decision),
        lignes=_told(brouillon, list(page)),
        pages=page,
        retour=address(ONGLET, espace),
    )
    return render(request, "atelier/passe.html", given)
