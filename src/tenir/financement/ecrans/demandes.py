"""Asking funders: who was asked, who answered, what waits to be read."""

from datetime import timedelta
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods

from tenir.core import horloge
from tenir.core.composants import Tampon, Ton
from tenir.core.typographie import capital, date_fr, pluriel, typo
from tenir.ecran.edition import Ecran, Sujet, answer, posted, read_mark
from tenir.ecran.formulaires import Formulaire, JourField
from tenir.ecran.joindre import warn_unreached
from tenir.ecran.navigation import address, context
from tenir.financement.ecrans.commun import DEMANDES, about_line, this_year, years_of
from tenir.financement.enums import EtatDeReponse
from tenir.financement.financeurs import funders_of
from tenir.financement.models import DemandeAuFinanceur, ReponseDeFinanceur, ReponseSurDispositif
from tenir.financement.services import commun
from tenir.financement.services.demandes import accept, ask, set_aside, shown_answer, shown_request, stop
from tenir.financement.services.dispositifs import told_answer
from tenir.financement.services.lignes import told_row
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces
from tenir.habilitations.vues import needs

BOTH = ["GET", "HEAD", "POST"]
WEEKS = timedelta(days=21)
INTERROGER = Ecran(
    "Interroger des financeurs", "Envoyer les liens", "Les demandes sont faites.",
    "Chaque contact de chaque financeur reçoit un lien, sans compte. Ce qu’il répond attend d’être lu ici.",
)  # fmt: skip
ARRETER = Ecran("Arrêter cette demande ?", "Arrêter", "La demande est arrêtée.", "Son lien ne répondra plus.")
INSCRIRE = Ecran("Inscrire cette réponse ?", "Inscrire au registre", "La réponse est inscrite.")
ECARTER = Ecran("Écarter cette réponse ?", "Écarter", "La réponse est écartée.", "La raison se lit dans la trace.")


class DemandeForm(Formulaire):
    """Which funders, about which year, until when."""

    annee = forms.TypedChoiceField(label="Année", coerce=int)
    close_le = JourField(label="À répondre avant le")

    def __init__(self, espace: EspaceDeContrat, data: Any = None) -> None:
        today = horloge.today(espace)
        super().__init__(data, initial={"annee": this_year(espace), "close_le": today + WEEKS})
        self.fields["annee"].choices = [(one, str(one)) for one in years_of(espace)]  # type: ignore[attr-defined]
        self.fields["financeurs"] = forms.ModelMultipleChoiceField(
            funders_of(espace), label="Financeurs", widget=forms.CheckboxSelectMultiple,
            error_messages={"required": "Choisissez au moins un financeur."},
        )  # fmt: skip


class SuiteForm(Formulaire):
    """Why an answer is set aside."""

    suite = forms.CharField(label="Pourquoi", max_length=500)


class InscriptionForm(Formulaire):
    """The reason that the ledger asks for, where the funder said none."""

    motif = forms.CharField(
        label="Raison", required=False, max_length=500,
        help_text="Demandée pour un versement sans convention signée au-dessus du seuil, ou une décision moindre.",
    )  # fmt: skip


@needs(commun.DEFINE)
def demandes(request: HttpRequest, acces: Acces, espace: EspaceDeContrat) -> HttpResponse:
    """The answers to read, then every request."""
    waiting = list(answers_of(espace).filter(etat=EtatDeReponse.A_LIRE))
    corrections = list(corrections_of(espace))
    asked = list(DemandeAuFinanceur.objects.of(espace))
    silent = sum(one.repondu_le is None and one.arretee_le is None for one in asked)
    told = f"{capital(pluriel(len(waiting) + len(corrections), 'réponse', genre='f', lettres=True))} à lire"
    given = context(
        acces,
        espace,
        DEMANDES,
        chapeau=typo(f"{told}, {pluriel(silent, 'financeur')} sans réponse."),
        reponses=[_shown(espace, one) for one in waiting],
        corrections=[_correction(espace, one) for one in corrections],
        demandes=[_request(espace, one) for one in asked],
        nouvelle=address("financement-interroger", espace),
    )
    return render(request, "financement/demandes.html", given)


def answers_of(espace: EspaceDeContrat) -> Any:
    """The answers of the funders of a contract, with what they hang on."""
    rows = ReponseDeFinanceur.objects.filter(demande__espace=espace).order_by("dite_le", "pk")
    on = ("orientation", "fiche__action", "financeur", "imprimee", "espace")
    return rows.select_related("demande__financeur", *(f"ligne__{one}" for one in on))


def _shown(espace: EspaceDeContrat, one: ReponseDeFinanceur) -> dict[str, Any]:
    ligne = one.ligne
    return {
        "titre": ligne.objet,
        "code": ligne.code,
        "url": address("financement", espace, ligne.code),
        "qui": str(one.demande.financeur),
        "dit": typo(f"{told_row(one.etat_dit, one.montant)}, en date du {date_fr(one.le)}"),
        "tient": typo(f"au registre : {told_row(ligne.etat, ligne.montant)}"),
        "motif": one.motif,
        "inscrire": address("financement-inscrire", espace, one.pk),
        "ecarter": address("financement-ecarter", espace, one.pk),
    }


def corrections_of(espace: EspaceDeContrat) -> QuerySet[ReponseSurDispositif]:
    """What funders corrected of their schemes and nobody read yet, the oldest first."""
    rows = ReponseSurDispositif.objects.filter(fiche__espace=espace, etat=EtatDeReponse.A_LIRE)
    return rows.select_related("fiche__espace", "demande__financeur").order_by("dite_le", "pk")


def _correction(espace: EspaceDeContrat, one: ReponseSurDispositif) -> dict[str, Any]:
    return {
        "qui": str(one.demande.financeur),
        "titre": one.fiche.nom,
        "dit": typo(told_answer(one)),
        "url": address("financement-dispositif", espace, one.fiche_id),
        "inscrire": address("financement-correction-inscrire", espace, one.pk),
        "ecarter": address("financement-correction-ecarter", espace, one.pk),
    }


def _request(espace: EspaceDeContrat, one: DemandeAuFinanceur) -> dict[str, Any]:
    late = one.close_le < horloge.today(espace)
    if one.repondu_le:
        stamp = Tampon("rien à dire" if one.rien else "a répondu", Ton.FAIT)
    elif one.arretee_le:
        stamp = Tampon("arrêtée", Ton.MUET)
    else:
        stamp = Tampon("sans réponse", Ton.RETARD if late else Ton.ATTENTION)
    note = f"{one.annee}, demandée le {date_fr(one.demandee_le)}, à répondre avant le {date_fr(one.close_le)}"
    stops = "" if one.arretee_le or late else address("financement-arreter", espace, one.pk)
    return {"qui": str(one.financeur), "tampon": stamp, "note": typo(note), "arreter": stops}


def _about(espace: EspaceDeContrat, titre: str) -> Sujet:
    return Sujet(espace, "", titre, address(DEMANDES, espace), DEMANDES, lambda _: [])


@require_http_methods(BOTH)
@needs(commun.DEFINE)
def interroger(request: HttpRequest, acces: Acces, espace: EspaceDeContrat) -> HttpResponse:
    """Ask funders about a year."""
    form = DemandeForm(espace, posted(request))

    def write() -> None:
        ask(by=acces, espace=espace, **form.cleaned_data)
        warn_unreached(request, espace, form.cleaned_data["financeurs"])

    return answer(request, acces, _about(espace, "Les financeurs du contrat"), form, INTERROGER, write)


@require_http_methods(BOTH)
@needs(commun.DEFINE)
def arreter(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int) -> HttpResponse:
    """Stop a request."""
    found = get_object_or_404(DemandeAuFinanceur.objects.of(espace), pk=numero)
    sujet = _about(espace, str(found.financeur))
    return answer(
        request,
        acces,
        sujet,
        Formulaire(posted(request)),
        ARRETER,
        lambda: stop(by=acces, demande=found, lu=read_mark(request)),
        lu=shown_request(found),
    )


@require_http_methods(BOTH)
@needs(commun.UPDATE)
def inscrire(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int) -> HttpResponse:
    """Write an answer in the ledger."""
    found = get_object_or_404(answers_of(espace), pk=numero)
    said = typo(f"{found.demande.financeur} : {told_row(found.etat_dit, found.montant)}. ")
    stands = typo(f"Au registre : {told_row(found.ligne.etat, found.ligne.montant)}.")
    ecran = Ecran(INSCRIRE.titre, INSCRIRE.bouton, INSCRIRE.fini, said + stands)
    form = (Formulaire if found.motif else InscriptionForm)(posted(request))
    return answer(
        request,
        acces,
        about_line(found.ligne),
        form,
        ecran,
        lambda: accept(by=acces, reponse=found, motif=form.cleaned_data.get("motif", ""), lu=read_mark(request)),
        lu=shown_answer(found),
    )


@require_http_methods(BOTH)
@needs(commun.UPDATE)
def ecarter(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int) -> HttpResponse:
    """Set an answer aside."""
    found = get_object_or_404(answers_of(espace), pk=numero)
    form = SuiteForm(posted(request))
    return answer(
        request,
        acces,
        about_line(found.ligne),
        form,
        ECARTER,
        lambda: set_aside(by=acces, reponse=found, suite=form.cleaned_data["suite"], lu=read_mark(request)),
        lu=shown_answer(found),
    )
