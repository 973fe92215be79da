"""What follows a grant, as the team does it: convention, payments, what is given back, other days."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_http_methods

from tenir.appels.convention import convention_of as document_of
from tenir.appels.ecrans.commun import BOTH
from tenir.appels.ecrans.formulaires_des_suites import (
    ConventionForm,
    DatesForm,
    RepondreDatesForm,
    ReverserForm,
    SignerForm,
    VerserForm,
    left_to_pay,
)
from tenir.appels.ecrans.instruction import part_or_404
from tenir.appels.ecrans.sujets import about
from tenir.appels.enums import TON_DU_REPORT, EtatDeReport, Suite
from tenir.appels.models import ConventionDeSubvention, DossierDeDemande, PartDemandee, ReportDeDates
from tenir.appels.services import suites as services
from tenir.appels.services.commun import DOSSIERS_READ, INSTRUCT
from tenir.core.composants import Item, Lien, Tampon, Ton
from tenir.core.documents import document_response
from tenir.core.prive import private
from tenir.core.typographie import date_fr, typo
from tenir.ecran.conflit import answer_or_arbitrate
from tenir.ecran.edition import Ecran, answer, posted, read_mark
from tenir.ecran.navigation import address
from tenir.financement.montants import told
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces
from tenir.habilitations.vues import needs

ETABLIR = Ecran(
    "Établir la convention", "Établir", "La convention est établie : il reste à la signer.",
    "Elle se lit et se signe en Word ou en PDF, avec l’action, ses dates, son budget et ce qui est accordé.",
)  # fmt: skip
SIGNER = Ecran(
    "La convention est signée ?", "Oui, elle est signée", "La convention est signée, et le registre avec elle."
)
VERSER = Ecran("Inscrire un versement", "Inscrire le versement", "Le versement est inscrit, et le registre avec lui.")
REVERSER = Ecran(
    "Inscrire un reversement", "Inscrire le reversement", "Le reversement est inscrit, et le registre avec lui.",
    "Ce que l’organisme rend au financeur : ce qui reste versé diminue d’autant.",
)  # fmt: skip
DATES = Ecran("Demander d’autres dates", "Demander", "Le changement de dates est demandé : il attend une réponse.")
REPONDRE = Ecran(
    "Répondre à un changement de dates",
    "Répondre",
    "La réponse est inscrite.",
    "Qui demande la reçoit.",
)


def suites_of(dossier: DossierDeDemande) -> list[dict[str, Any]]:
    """Each grant of a dossier: its convention, what is paid, what one may do of it."""
    rows = dossier.parts.filter(suite=Suite.ACCORDE).select_related(
        "financeur", "ligne", "dossier__espace", "dossier__appel"
    )
    return [_grant(dossier, one) for one in rows.order_by("pk")]


def _grant(dossier: DossierDeDemande, part: PartDemandee) -> dict[str, Any]:
    convention = services.convention_of(part)
    due = services.is_due(part) and not (convention and convention.signee_le)
    return {
        "part": part,
        "convention": said_of_convention(convention),
        "due": typo(services.due_said(part)) if due else "",
        "fichiers": files_of(dossier, part) if convention else [],
        "versements": [said_of_payment(one) for one in services.payments_of(part)],
        "gestes": [Lien(text, _url(name, part)) for name, text in _gestures(part, convention).items()],
    }


def _gestures(part: PartDemandee, convention: ConventionDeSubvention | None) -> dict[str, str]:
    names = {}
    if convention is None:
        names["convention"] = "Établir la convention"
    elif not convention.signee_le:
        names |= {"signer": "La dire signée", "convention": "La modifier"}
    if left_to_pay(part):
        names["verser"] = "Inscrire un versement"
    if part.ligne and part.ligne.verse:
        names["reverser"] = "Inscrire un reversement"
    return names


def _url(name: str, part: PartDemandee, *more: Any) -> str:
    return address(f"dossier-de-demande-{name}", part.dossier.espace, part.dossier.numero, part.pk, *more)


def files_of(dossier: DossierDeDemande, part: PartDemandee) -> list[Lien]:
    """The convention, as Word and as PDF."""
    return [Lien(text, _url("convention-fichier", part, format)) for text, format in (("Word", "docx"), ("PDF", "pdf"))]


def said_of_convention(convention: ConventionDeSubvention | None) -> Tampon:
    """Where a convention stands."""
    if convention is None:
        return Tampon("sans convention", Ton.MUET)
    if convention.signee_le:
        return Tampon(f"{convention.code} signée le {date_fr(convention.signee_le)}", Ton.FAIT)
    return Tampon(f"{convention.code} à signer", Ton.ATTENTION)


def said_of_payment(one: services.Versement) -> str:
    """« 2 000 € versés le 3 mai 2026, mandat 12 »."""
    verb = "versés" if one.montant >= 0 else "reversés"
    why = f" : {one.motif}" if one.motif else ""
    return typo(f"{told(abs(one.montant))} {verb} le {date_fr(one.le)}, {one.source}{why}")


def reports_of(dossier: DossierDeDemande, url: str = "") -> list[Item]:
    """The other days that were asked for, the last first; `url`: where the team answers the one that waits."""
    return [_report(one, url) for one in ReportDeDates.objects.filter(dossier=dossier).order_by("-pk")]


def _report(one: ReportDeDates, url: str) -> Item:
    etat = EtatDeReport(one.etat)
    stamp = Tampon(str(etat.label), TON_DU_REPORT[etat])
    note = ". ".join(filter(None, (one.raison.rstrip("."), one.reponse and f"Réponse : {one.reponse}")))
    title = f"Du {date_fr(one.debut)} au {date_fr(one.fin)}"
    return Item("", typo(title), url if etat == EtatDeReport.A_LIRE else "", typo(note), stamp)


def answer_url(dossier: DossierDeDemande) -> str:
    """Where the team answers what waits."""
    return address("dossier-de-demande-dates-repondre", dossier.espace, dossier.numero)


@require_http_methods(BOTH)
@needs(INSTRUCT)
def convention(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int, pk: int) -> HttpResponse:
    """Make the convention of a grant, or change what it says until it is signed."""
    part = part_or_404(espace, numero, pk)
    found = services.convention_of(part)
    form = ConventionForm(found or ConventionDeSubvention(), posted(request))
    if found is None:
        return answer(
            request,
            acces,
            about(part.dossier),
            form,
            ETABLIR,
            lambda: services.establish(
                by=acces, part=part, modalites=form.cleaned_data["modalites"], lu=read_mark(request)
            ),
            lu=services.shown_grant(part),
        )

    def write(changes: dict[str, Any]) -> None:
        version = form.cleaned_data["version"] or 0
        services.rewrite_convention(by=acces, convention=found, version=version, changes=changes)

    ecran = Ecran("Modifier la convention", "Enregistrer", "La convention est modifiée.")
    return answer_or_arbitrate(request, acces, about(part.dossier), form, ecran, write, chose=found)


@needs(DOSSIERS_READ)
def fichier(
    request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int, pk: int, format: str
) -> HttpResponse:
    """The convention of a grant, as Word or PDF."""
    return private(file_of(part_or_404(espace, numero, pk), format))


def file_of(part: PartDemandee, format: str) -> HttpResponse:
    """The file of a convention.

    Raises:
        Http404: there is none, or no such format.
    """
    found = ConventionDeSubvention.objects.of(part.dossier.espace).filter(part=part).first()
    if found is None:
        raise Http404
    return document_response(document_of(found), name=f"convention-{found.code}", format=format)


@require_http_methods(BOTH)
@needs(INSTRUCT)
def signer(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int, pk: int) -> HttpResponse:
    """Say that the convention is signed."""
    part = part_or_404(espace, numero, pk)
    found = get_object_or_404(ConventionDeSubvention.objects.of(espace), part=part)
    form = SignerForm(found, posted(request))
    return answer(
        request,
        acces,
        about(part.dossier),
        form,
        SIGNER,
        lambda: services.sign(by=acces, convention=found, lu=read_mark(request), **form.cleaned_data),
        lu=services.shown_grant(part),
    )


@require_http_methods(BOTH)
@needs(INSTRUCT)
def verser(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int, pk: int) -> HttpResponse:
    """Write a payment."""
    part = part_or_404(espace, numero, pk)
    due = services.is_due(part) and not services.is_signed(part)
    form = VerserForm(part, due=due, left=left_to_pay(part), data=posted(request))
    ecran = Ecran(VERSER.titre, VERSER.bouton, VERSER.fini, services.due_said(part) if due else "")
    return answer(
        request,
        acces,
        about(part.dossier),
        form,
        ecran,
        lambda: services.pay(by=acces, part=part, lu=read_mark(request), **form.cleaned_data),
        lu=services.shown_grant(part),
    )


@require_http_methods(BOTH)
@needs(INSTRUCT)
def reverser(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int, pk: int) -> HttpResponse:
    """Write what is given back."""
    part = part_or_404(espace, numero, pk)
    form = ReverserForm(part, posted(request))
    return answer(
        request,
        acces,
        about(part.dossier),
        form,
        REVERSER,
        lambda: services.refund(by=acces, part=part, lu=read_mark(request), **form.cleaned_data),
        lu=services.shown_grant(part),
    )


@require_http_methods(BOTH)
@needs(INSTRUCT)
def dates(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int) -> HttpResponse:
    """Ask other days, for a body that asked otherwise than by its link."""
    found = get_object_or_404(DossierDeDemande.objects.of(espace), numero=numero)
    form = DatesForm(found, posted(request))
    return answer(
        request,
        acces,
        about(found),
        form,
        DATES,
        lambda: services.ask_dates(by=acces, dossier=found, lu=read_mark(request), **form.cleaned_data),
        lu=services.shown_dates(found),
    )


@require_http_methods(BOTH)
@needs(INSTRUCT)
def dates_repondre(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int) -> HttpResponse:
    """Answer the other days that wait."""
    rows = ReportDeDates.objects.select_related("dossier__espace", "dossier__appel")
    found = get_object_or_404(rows, dossier__espace=espace, dossier__numero=numero, etat=EtatDeReport.A_LIRE)
    form = RepondreDatesForm(posted(request))
    said = f"Demandées : du {date_fr(found.debut)} au {date_fr(found.fin)}. {found.raison}"
    ecran = Ecran(REPONDRE.titre, REPONDRE.bouton, REPONDRE.fini, typo(f"{said} {REPONDRE.chapeau}"))
    return answer(
        request,
        acces,
        about(found.dossier),
        form,
        ecran,
        lambda: services.answer_dates(by=acces, report=found, lu=read_mark(request), **form.cleaned_data),
        lu=services.shown_report(found),
    )
