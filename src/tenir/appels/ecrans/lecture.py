"""What a funder reads and says behind its link, without an account; the team gives the link, and stops it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from tenir.appels.ecrans.commun import BOTH, about, call_or_404
from tenir.appels.ecrans.dossiers import said_of
from tenir.appels.ecrans.formulaires import Rien
from tenir.appels.ecrans.formulaires_d_instruction import FaireInstruireForm, LireForm
from tenir.appels.enums import TON_DE_LA_SUITE
from tenir.appels.models import AppelAProjets, DemandeDInstruction, PartDemandee, PieceDeDossier
from tenir.appels.services import lecture as services
from tenir.appels.services.commun import INSTRUCT
from tenir.appels.services.instruction import told_of
from tenir.appels.services.liens import LienClos, find_reading, why_not_read
from tenir.core import horloge
from tenir.core.composants import Item, Tampon, Ton
from tenir.core.fichiers import to_be_kept
from tenir.core.liens import incomplete
from tenir.core.listes import UNPROCESSABLE
from tenir.core.noms import a
from tenir.core.prive import private
from tenir.core.typographie import capital, date_fr, pluriel, typo
from tenir.ecran.edition import Ecran, answer, posted, read_mark
from tenir.ecran.joindre import warn_unreached
from tenir.ecran.navigation import address
from tenir.financement.montants import told, total
from tenir.habilitations.correspondance import whom_to_write
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces
from tenir.habilitations.vues import needs

FAIRE = Ecran(
    "Faire instruire par les financeurs", "Envoyer les liens", "Les financeurs choisis ont leur lien.",
    "Chaque contact du financeur reçoit un lien, sans compte : les dossiers qui le sollicitent, et où dire ce qu’il en "
    "pense.",
)  # fmt: skip
ARRETER = Ecran("Arrêter ce lien ?", "Arrêter", "Le lien est arrêté.", "Ce qui a été dit par lui reste.")
SAID = "C’est noté. L’équipe du contrat inscrira la décision de votre organisme."
AGAIN = "Ce dossier a été retiré, puis déposé de nouveau : ce qui est écrit ici a été dit de la version d’avant."
View = Callable[..., HttpResponse]


def _opened(view: View) -> View:
    """A view that receives what a funder was asked, in the local time of its contract."""

    def opened(request: HttpRequest, jeton: str, **more: Any) -> HttpResponse:
        found = find_reading(jeton)
        if found is None:
            return incomplete(request)
        with horloge.zone(found.espace):
            return private(view(request, found, jeton, **more))

    opened.__module__ = view.__module__
    return opened


def _first(request: HttpRequest, demande: DemandeDInstruction, jeton: str) -> HttpResponse:
    closed = why_not_read(demande)
    rows = [] if closed else list(services.parts_of(demande))
    given = {
        "espace": demande.espace,
        "demande": demande,
        "chapeau": "" if closed else typo(_lede(demande, rows)),
        "ferme": typo(closed),
        "parts": [_line(one, jeton) for one in rows],
        "contact": typo(whom_to_write(demande.espace)),
    }
    return render(request, "appels/lecture.html", given)


def _lede(demande: DemandeDInstruction, rows: list[PartDemandee]) -> str:
    asked, read = told(total(one.montant for one in rows)), sum(one.is_read for one in rows)
    until = f"À rendre avant le {date_fr(demande.close_le)}."
    if not rows:
        return f"Aucun dossier déposé ne sollicite encore votre organisme. {until}"
    many = capital(pluriel(len(rows), "dossier", lettres=True))
    done = pluriel(read, "dossier lu", "dossiers lus", lettres=True)
    return f"{many}, {asked} demandés ; {done}. {until}"


def _line(part: PartDemandee, jeton: str) -> Item:
    url = reverse("instruction-dossier", args=[jeton, part.dossier.numero])
    note = ", ".join(
        filter(None, (part.dossier.nom, f"demandé : {told(part.montant)}", _proposed(part), services.told_score(part)))
    )
    return Item(part.dossier.code, part.dossier.titre, url, typo(note), stamp_of(part))


def _proposed(part: PartDemandee) -> str:
    return "" if part.propose is None else f"proposé : {told(part.propose)}"


def stamp_of(part: PartDemandee) -> Tampon:
    """Where it stands for its funder."""
    if part.suite:
        return Tampon(str(part.get_suite_display()), TON_DE_LA_SUITE[part.suite])
    if not part.is_read and part.lue_le:
        return Tampon("à relire", Ton.ATTENTION)
    said = part.get_avis_display() or part.get_recevable_display()
    return Tampon(str(said), Ton.NEUTRE) if said else Tampon("à lire", Ton.ATTENTION)


def _part_or_404(demande: DemandeDInstruction, numero: int) -> PartDemandee:
    return get_object_or_404(services.parts_of(demande), dossier__numero=numero)


def _read(request: HttpRequest, demande: DemandeDInstruction, jeton: str, numero: int) -> HttpResponse:
    part = _part_or_404(demande, numero)
    closed = why_not_read(demande)
    back = reverse("instruction", args=[jeton])
    if closed:
        return HttpResponseRedirect(back)
    form = LireForm(part, posted(request))
    if form.is_valid():
        try:
            said = {"given": form.given(), "notes": form.notes(), "lu": read_mark(request)}
            services.read(demande=demande, part=part, **said)
        except ValidationError as error:
            form.refuse(error)
        except LienClos as error:
            messages.error(request, typo(str(error)))
            return HttpResponseRedirect(back)
        else:
            messages.success(request, typo(SAID))
            return HttpResponseRedirect(back)
    return render(request, "appels/lecture_dossier.html", _given(part, form, jeton), status=_status(form))


def _status(form: LireForm) -> int:
    return UNPROCESSABLE if form.errors else 200


def _given(part: PartDemandee, form: LireForm, jeton: str) -> dict[str, Any]:
    dossier = part.dossier
    files = dossier.pieces.order_by("pk")
    return {
        "espace": dossier.espace,
        "dossier": dossier,
        "part": part,
        "tampon": stamp_of(part),
        "chapeau": typo(f"{dossier.nom} demande {told(part.montant)} {a(part.financeur)}."),
        "dit": typo(capital(told_of(part))) if part.suite else "",
        "relire": typo(AGAIN) if part.is_stale else "",
        "form": None if part.suite else form,
        "lu": services.shown(part),
        "lignes": said_of(dossier, without=("courriel",)),
        "budget": [(str(one), one.montant) for one in dossier.budget.order_by("compte")],
        "pieces": [
            Item("", one.intitule, reverse("instruction-piece", args=[jeton, one.pk]), one.nom) for one in files
        ],
        "retour": reverse("instruction", args=[jeton]),
    }


def _file(request: HttpRequest, demande: DemandeDInstruction, jeton: str, pk: int) -> HttpResponse:
    asked = services.parts_of(demande).values("dossier") if not why_not_read(demande) else ()
    row = get_object_or_404(PieceDeDossier, dossier__in=asked, pk=pk)
    return to_be_kept(row.fichier, row.nom)


instruction = login_not_required(require_safe(_opened(_first)))
lire = login_not_required(require_http_methods(BOTH)(_opened(_read)))
piece = login_not_required(require_safe(_opened(_file)))


# For the team


def readings_of(appel: AppelAProjets) -> list[dict[str, Any]]:
    """The links given for a call, each with what was read by it; two queries."""
    rows = list(appel.demandes_d_instruction.select_related("financeur").order_by("pk"))
    parts = PartDemandee.objects.filter(dossier__appel=appel, dossier__etat="depose").select_related("dossier")
    asked = list(parts) if rows else []
    return [_reading(appel, one, [each for each in asked if each.financeur_id == one.financeur_id]) for one in rows]


def _reading(appel: AppelAProjets, one: DemandeDInstruction, asked: list[PartDemandee]) -> dict[str, Any]:
    read = sum(each.is_read for each in asked)
    closed = bool(why_not_read(one))
    tone = Ton.FAIT if read == len(asked) else Ton.ATTENTION
    stamp = Tampon("clos", Ton.MUET) if closed else Tampon("en cours", tone)
    many = pluriel(read, "dossier lu", "dossiers lus", lettres=True)
    stops = "" if closed else address("appel-a-projets-instruction-arreter", appel.espace, appel.numero, one.pk)
    note = f"{many} sur {len(asked)}, à rendre avant le {date_fr(one.close_le)}"
    return {"qui": str(one.financeur), "note": typo(note), "tampon": stamp, "arreter": stops}


@require_http_methods(BOTH)
@needs(INSTRUCT)
def faire_instruire(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int) -> HttpResponse:
    """Give funders the link by which each reads what is asked of it."""
    found = call_or_404(acces, espace, numero)
    form = FaireInstruireForm(found, posted(request))

    def write() -> None:
        services.ask_reading(by=acces, appel=found, **form.cleaned_data)
        warn_unreached(request, espace, form.cleaned_data["financeurs"])

    return answer(request, acces, about(found), form, FAIRE, write)


@require_http_methods(BOTH)
@needs(INSTRUCT)
def arreter(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int, pk: int) -> HttpResponse:
    """Stop a link."""
    found = call_or_404(acces, espace, numero)
    rows = DemandeDInstruction.objects.select_related("appel__espace", "financeur")
    one = get_object_or_404(rows, appel=found, pk=pk)
    return answer(
        request,
        acces,
        about(found),
        Rien(posted(request)),
        ARRETER,
        lambda: services.stop_reading(by=acces, demande=one, lu=read_mark(request)),
        lu=services.shown_request(one),
    )
