"""Points d'étape: the list, opening one, changing a draft, its page."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from tenir.core import horloge
from tenir.core.listes import UNPROCESSABLE, respond
from tenir.core.marques import Lu
from tenir.core.typographie import pluriel, typo
from tenir.ecran.edition import read_mark
from tenir.ecran.navigation import address, context
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces
from tenir.habilitations.vues import needs
from tenir.points.ecrans.formulaires import MotifForm, PointForm
from tenir.points.ecrans.image import by_body
from tenir.points.ecrans.liste import POINTS, FiltreDesPoints, rows
from tenir.points.ecrans.reponse.vues import tell
from tenir.points.ecrans.suivi import figures, follow
from tenir.points.models import PointDEtape
from tenir.points.services.destinataires import Blocage, Plan, plan_of
from tenir.points.services.envoi import PointRefuse, save_point, shown, shown_plan

NO_CONTACT = (
    "Ce contrat ne dit pas encore à qui l’on s’adresse : les messages porteront votre nom et votre adresse. "
    "« Réglages du contrat », dans le menu du compte, le dit une fois pour toutes."
)


@needs("point.update")
def points(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, format: str = "") -> HttpResponse:
    """The points d'étape of a contract, or their export."""
    return respond(
        request,
        "points/liste.html",
        liste=POINTS,
        filtre=FiltreDesPoints,
        rows=rows(espace),
        export_name=f"{espace.slug}-points-d-etape",
        format=format,
        context=context(
            acces,
            espace,
            "points",
            nouveau=address("point-nouveau", espace),
            csv=address("points-export", espace, "csv"),
            xlsx=address("points-export", espace, "xlsx"),
        ),
    )


@needs("point.update")
@require_http_methods(["GET", "HEAD", "POST"])
def nouveau(request: HttpRequest, acces: Acces, espace: EspaceDeContrat) -> HttpResponse:
    """Open a point d'étape."""
    return _form(request, acces, espace, None)


@needs("point.update")
@require_http_methods(["GET", "HEAD", "POST"])
def modifier(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int) -> HttpResponse:
    """Change a point d'étape that has not left."""
    return _form(request, acces, espace, point_or_404(espace, numero))


@needs("point.update")
def point(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int) -> HttpResponse:
    """A point d'étape: before it leaves, whom it will ask and what stops it; after, who answered."""
    found = point_or_404(espace, numero)
    return show_draft(request, acces, found) if found.envoye_le is None else _sent(request, acces, found)


def show_draft(
    request: HttpRequest,
    acces: Acces,
    point: PointDEtape,
    *,
    form: MotifForm | None = None,
    nombres: MotifForm | None = None,
    erreur: str = "",
) -> HttpResponse:
    """The preview of a draft; `form`, `nombres` and `erreur` are what was refused just now."""
    plan = plan_of(point, horloge.today())
    given = context(
        acces,
        point.espace,
        "points",
        point=point,
        plan=plan,
        chapeau=typo(_preview(plan)),
        form=form or MotifForm(waivable(plan.blocages)),
        nombres_form=nombres or MotifForm(waivable(plan.nombres), nombres=True),
        erreur=typo(erreur),
        lu=shown_plan(point, plan),
        sans_contact=typo(NO_CONTACT),
        liste=address("points", point.espace),
    )
    status = UNPROCESSABLE if erreur or form or nombres else 200
    return render(request, "points/brouillon.html", given, status=status)


def waivable(found: list[Blocage]) -> list[tuple[str, str]]:
    """What stops a point d'étape, or what it would ask, as choices to pass over."""
    return [(one.cle, typo(one.phrase)) for one in found]


def point_or_404(espace: EspaceDeContrat, numero: int) -> PointDEtape:
    """A point d'étape of this contract; any other does not exist."""
    return get_object_or_404(PointDEtape.objects.select_related("espace"), espace=espace, pk=numero)


def _preview(plan: Plan) -> str:
    people = pluriel(len(plan.sollicitations), "personne", genre="f", lettres=True)
    asked = f"{people[:1].upper()}{people[1:]} à solliciter"
    if not plan.blocages:
        return f"{asked} ; rien n’empêche l’envoi."
    return f"{asked} ; {pluriel(len(plan.blocages), 'point', lettres=True)} à régler, ou à dispenser, avant l’envoi."


def _sent(request: HttpRequest, acces: Acces, point: PointDEtape) -> HttpResponse:
    followed = follow(point)
    given = context(
        acces,
        point.espace,
        "points",
        point=point,
        suivis=followed,
        chiffres=figures(followed),
        image=by_body(point),
        reponses=address("point-reponses", point.espace, point.pk),
        liste=address("points", point.espace),
    )
    return render(request, "points/point.html", given)


def _form(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, point: PointDEtape | None) -> HttpResponse:
    form = PointForm(request.POST if request.method == "POST" else None, instance=point)
    lu = read_mark(request) if point else None
    if form.is_valid() and (saved := _saved(form, acces, espace, point, lu)):
        return redirect(address("point", espace, saved.pk))
    back = address("point", espace, point.pk) if point else address("points", espace)
    titre = "Modifier le point d’étape" if point else "Ouvrir un point d’étape"
    given: dict[str, Any] = context(acces, espace, "points", form=form, titre=titre, retour=back)
    given |= {"lu": shown(point)} if point else {}
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "points/formulaire.html", given, status=status)


def _saved(
    form: PointForm, acces: Acces, espace: EspaceDeContrat, point: PointDEtape | None, lu: Lu | None
) -> PointDEtape | None:
    try:
        return save_point(by=acces, espace=espace, given=form.cleaned_data, point=point, lu=lu)
    except PointRefuse as error:
        form.add_error(None, typo(str(error)))
    except ValidationError as error:
        tell(form, error)
    return None
