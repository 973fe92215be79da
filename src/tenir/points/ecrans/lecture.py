"""Reading the answers: each accepted, sent back with a question, corrected or set aside; the plain ones all at once."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from tenir.activite.ecrans.commun import at
from tenir.activite.services.entree import told_days
from tenir.core.alphabet import alphabetical
from tenir.core.composants import Tampon
from tenir.core.emplacements import COMMENTAIRES, block_of
from tenir.core.fichiers import to_be_kept
from tenir.core.listes import UNPROCESSABLE
from tenir.core.typographie import accord, capital, pluriel, typo
from tenir.ecran.edition import read_mark
from tenir.ecran.navigation import address, context
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces
from tenir.habilitations.vues import needs
from tenir.points.ecrans.formulaires import RetourForm
from tenir.points.ecrans.reponse.formulaires import CorrectionForm
from tenir.points.ecrans.reponse.nombres import NombresForm
from tenir.points.ecrans.reponse.vues import tell
from tenir.points.ecrans.vues import point_or_404
from tenir.points.models import PointDEtape, Question
from tenir.points.services.demandes import ALREADY, doubts_of, meanwhile
from tenir.points.services.lecture import (
    OVER,
    Bilan,
    ReponseDejaLue,
    accept,
    accept_plain,
    correct_and_accept,
    is_plain,
    marks,
    send_back,
    set_aside,
    shown,
)
from tenir.points.services.reponses import told_answer
from tenir.points.signes import TONS

Etat = Question.Etat
DONE = {"accepter": "acceptée", "renvoyer": "renvoyée avec votre question", "ecarter": "écartée"}


@needs("point.update")
def reponses(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int) -> HttpResponse:
    """The answers of a point d'étape: those to read first, then the others, by body."""
    point = point_or_404(espace, numero)
    found = list(_questions(point))
    to_read = [one for one in found if one.etat == Etat.REPONDUE]
    plain = sum(is_plain(one) for one in to_read)
    given = context(
        acces,
        espace,
        "points",
        point=point,
        a_lire=[_line(one) for one in to_read],
        autres=[_line(one) for one in found if one.etat != Etat.REPONDUE],
        simples=plain,
        lus=marks(to_read),
        chapeau=typo(_lede(len(to_read), len(found))),
        retour=address("point", espace, numero),
    )
    return render(request, "points/reponses.html", given)


@needs("point.update")
@require_POST
def accepter_simples(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int) -> HttpResponse:
    """Accept every answer that is plain and was shown, in one gesture; tell those left."""
    point = point_or_404(espace, numero)
    try:
        _tell_done(request, accept_plain(by=acces, point=point, lus=read_mark(request)))
    except ReponseDejaLue as error:
        messages.error(request, typo(str(error)))
    return redirect(address("point-reponses", espace, numero))


def _tell_done(request: HttpRequest, done: Bilan) -> None:
    count = len(done.acceptees)
    said = f"{capital(pluriel(count, 'réponse', genre='f', lettres=True))} {accord(count, 'acceptée')}."
    (messages.success if count else messages.info)(request, typo(said))
    if left := done.laissees:
        since = accord(len(left), "est arrivée ou a changé", "sont arrivées ou ont changé")
        messages.warning(request, typo(f"{', '.join(left)} : {since} depuis que vous avez lu, et reste à lire."))


@needs("point.update")
@require_http_methods(["GET", "HEAD", "POST"])
def lire(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int, question: int) -> HttpResponse:
    """Read one answer, and decide."""
    point = point_or_404(espace, numero)
    found = get_object_or_404(_questions(point), pk=question)
    posted = request.POST if request.method == "POST" else None
    gesture = request.POST.get("geste", "")
    form = _correction(found, posted if gesture == "corriger" else None)
    retour = RetourForm(posted if gesture in ("renvoyer", "ecarter") else None)
    if posted is not None and _decided(request, acces, found, gesture, form, retour):
        return redirect(address("point-reponses", espace, numero))
    given = context(
        acces,
        espace,
        "points",
        point=point,
        ligne=_line(found),
        lu=shown(found),
        suivi=typo(shown(found).get(OVER, "")),
        **_register(found),
        form=form,
        retour_form=retour,
        commentaires=block_of(COMMENTAIRES, acces, espace, found),
        retour=address("point-reponses", espace, numero),
    )
    status = UNPROCESSABLE if posted is not None else 200
    return render(request, "points/lire.html", given, status=status)


@needs("point.update")
def fichier(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int, question: int) -> HttpResponse:
    """The file that came with an answer."""
    found = get_object_or_404(_questions(point_or_404(espace, numero)), pk=question)
    return to_be_kept(found.fichier, found.nom)


def _correction(question: Question, data: Any) -> CorrectionForm | NombresForm:
    return (NombresForm if question.mots_id else CorrectionForm)(question, data)


def _register(question: Question) -> dict[str, Any]:
    """Of numbers to be read: the entry that says them already, or why they are worth a second look."""
    if not question.nombres or question.etat != Etat.REPONDUE:
        return {"deja": "", "entree": "", "doutes": []}
    if found := meanwhile(question):
        said = f"{ALREADY.format(found.numero, told_days(found))} : écartez cette réponse, ou corrigez l’entrée."
        return {"deja": typo(said), "entree": at(found), "doutes": []}
    return {"deja": "", "entree": "", "doutes": [typo(one) for one in doubts_of(question)]}


def _decided(
    request: HttpRequest,
    acces: Acces,
    question: Question,
    gesture: str,
    form: CorrectionForm | NombresForm,
    retour: RetourForm,
) -> bool:
    """Do what was asked; false when it was refused, the reason being in the form that asked it."""
    asking = form if gesture == "corriger" else retour
    if asking.is_bound and not asking.is_valid():
        return False
    lu = read_mark(request)
    try:
        if gesture == "accepter":
            accept(by=acces, question=question, lu=lu)
        elif gesture == "corriger":
            correct_and_accept(by=acces, question=question, changes=form.given(), lu=lu)
        elif gesture == "renvoyer":
            send_back(by=acces, question=question, retour=retour.cleaned_data["retour"], lu=lu)
        elif gesture == "ecarter":
            set_aside(by=acces, question=question, motif=retour.cleaned_data["motif"], lu=lu)
        else:
            return False
    except ValidationError as error:
        _refused(request, asking, error)
        return False
    except ReponseDejaLue as error:
        messages.error(request, typo(str(error)))
        return True
    messages.success(request, typo(f"Réponse à {question.code} {DONE.get(gesture, 'corrigée et acceptée')}."))
    return True


def _refused(request: HttpRequest, form: Any, error: ValidationError) -> None:
    if form.is_bound:
        tell(form, error)
    else:
        messages.error(request, typo(" ".join(error.messages)))


def _questions(point: PointDEtape) -> Any:
    return (
        Question.objects.with_things()
        .filter(destinataire__point=point)
        .order_by(
            alphabetical("destinataire__organisation__nom"), alphabetical("destinataire__personne__nom"), "ordre", "pk"
        )
    )


def _line(question: Question) -> dict[str, Any]:
    sujet = question.sujet
    return {
        "question": question,
        "code": "" if question.mots_id else question.code,
        "titre": str(sujet).removeprefix(f"{question.code} "),
        "url": address("fiche", question.fiche.espace, question.code) if question.fiche else "",
        "tampon": Tampon(Etat(question.etat).label, TONS[Etat(question.etat)]),
        "reponse": typo(told_answer(question)) if question.repondu_le else "",
        "simple": is_plain(question),
    }


def _lede(to_read: int, total: int) -> str:
    waiting = capital(pluriel(to_read, "réponse", genre="f", lettres=True))
    return f"{waiting} à lire, sur {pluriel(total, 'question', genre='f')}."
