"""A calendar brought in: the file, what each title is, what becomes of each day; then, confirmed, all of it at once.

Between two pages the file waits in the form, signed, and without what names people: nothing of it is kept here.
"""

from http import HTTPStatus
from typing import Any

from django import forms
from django.contrib import messages
from django.core import signing
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.datastructures import MultiValueDict
from django.views.decorators.http import require_http_methods

from tenir.acteurs.models import Organisation
from tenir.activite.agenda.lecture import Lecture
from tenir.activite.agenda.texte import OCTETS, AgendaIllisible
from tenir.activite.droits import niveau_of
from tenir.activite.ecrans.commun import ONGLET
from tenir.activite.ecrans.formulaires import bodies_for
from tenir.activite.enums import Confiance
from tenir.activite.services.agendas import import_agenda, read
from tenir.activite.services.apercu_d_agenda import (
    AJOUTEE,
    CHANGEE,
    CONNUE,
    LAISSER,
    Apercu,
    preview,
    sessions,
    window,
)
from tenir.activite.services.entree import RIGHT
from tenir.activite.services.importation_de_natures import ApercuPerime
from tenir.core.listes import UNPROCESSABLE
from tenir.core.typographie import accord, date_fr, pluriel, typo
from tenir.ecran.annulation.barre import with_undo
from tenir.ecran.formulaires import Formulaire
from tenir.ecran.navigation import address, context
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces
from tenir.habilitations.vues import needs

SALT, DAY = "tenir.activite.agenda", 24 * 3600
GARDE, TITRE = "agenda", "titre-"
"""The field of a file that waits, and what those of its titles begin with."""
PERIME = "Cette page est trop vieille : choisissez le fichier de nouveau. Rien n’est enregistré."
DE_NOUVEAU = "Ce n’est plus ce que cette page montrait. Rien n’est enregistré : voici ce qu’il en est."


Sent = MultiValueDict[str, Any] | None


class AgendaForm(Formulaire):
    """The file of a calendar, and whose it is."""

    organisme = forms.ModelChoiceField(
        Organisation.objects.none(), label="Organisme qui tient ces séances", empty_label="Choisissez"
    )
    fichier = forms.FileField(
        label="Le fichier de l’agenda",
        help_text=typo("Un fichier .ics, tel que l’agenda l’exporte ; 2 Mo au plus."),
    )

    def __init__(self, acces: Acces, espace: EspaceDeContrat, data: Sent = None, files: Sent = None) -> None:
        bodies = bodies_for(acces, espace, RIGHT)
        mine = list(bodies[:2])
        whose = mine[0] if len(mine) == 1 else acces.organisation(espace)
        super().__init__(data, files, initial={"organisme": whose})
        self.fields["organisme"].queryset = bodies  # type: ignore[attr-defined]


@require_http_methods(["GET", "POST"])
@needs(RIGHT, theirs=True)
def importer(request: HttpRequest, acces: Acces, espace: EspaceDeContrat) -> HttpResponse:
    """Bring a calendar in."""
    if GARDE in request.POST:
        return _waiting(request, acces, espace)
    form = AgendaForm(acces, espace, request.POST or None, request.FILES or None)
    if form.is_valid():
        try:
            lecture = read(espace, form.cleaned_data["fichier"].read(OCTETS + 1))
            return _shown(request, acces, espace, form.cleaned_data["organisme"], lecture)
        except AgendaIllisible as error:
            form.add_error("fichier", typo(str(error)))
    return _asked(request, acces, espace, form)


def _asked(
    request: HttpRequest, acces: Acces, espace: EspaceDeContrat, form: AgendaForm, avis: str = ""
) -> HttpResponse:
    """The page that asks for the file."""
    since, until = (date_fr(one) for one in window(espace))
    given = context(
        acces,
        espace,
        ONGLET,
        form=form,
        avis=typo(avis),
        chapeau=typo(f"Tenir en lit les séances du {since} au {until} ; rien n’est enregistré avant votre accord."),
        retour=address(ONGLET, espace),
    )
    status = UNPROCESSABLE if form.errors or avis else 200
    return render(request, "activite/agendas/choisir.html", given, status=status)


def _waiting(request: HttpRequest, acces: Acces, espace: EspaceDeContrat) -> HttpResponse:
    """What is done with a file that was read: shown again with what was said of its titles, or brought in."""
    try:
        held = signing.loads(request.POST[GARDE], salt=SALT, max_age=DAY)
        organisme = bodies_for(acces, espace, RIGHT).get(pk=held["organisme"])
        if held["espace"] != espace.pk:
            raise signing.BadSignature
    except (signing.BadSignature, Organisation.DoesNotExist):
        return _asked(request, acces, espace, AgendaForm(acces, espace), PERIME)
    lecture = Lecture.from_json(held["lecture"])
    if "confirmer" not in request.POST:
        return _shown(request, acces, espace, organisme, lecture)
    try:
        written = import_agenda(
            by=acces,
            espace=espace,
            organisme=organisme,
            lecture=lecture,
            niveau=niveau_of(acces, espace),
            choix=_said(request),
            empreinte=request.POST.get("vu", ""),
        )
    except (ApercuPerime, ValidationError):
        return _shown(request, acces, espace, organisme, lecture, avis=DE_NOUVEAU, status=HTTPStatus.CONFLICT)
    back = address(ONGLET, espace)
    waits = sum(one.confiance == Confiance.DECLAREE for one in written)
    messages.success(request, with_undo(acces, espace, _told(len(written), waits), back))
    return redirect(f"{back}?statut=prévue")


def _said(request: HttpRequest) -> dict[str, str]:
    """What was said of each title."""
    return {name.removeprefix(TITRE): str(one) for name, one in request.POST.items() if name.startswith(TITRE)}


def _told(done: int, waits: int) -> str:
    """« 12 séances prévues : chacune comptera une fois dite tenue. »"""
    if not done:
        return "L’agenda est lu : rien n’était à ajouter."
    said = f"{pluriel(done, 'séance', genre='f')} {accord(done, 'prévue')} : chacune comptera une fois dite tenue."
    return f"{said} L’équipe en lira d’abord {waits}." if waits else said


def _shown(
    request: HttpRequest,
    acces: Acces,
    espace: EspaceDeContrat,
    organisme: Organisation,
    lecture: Lecture,
    *,
    avis: str = "",
    status: int = 200,
) -> HttpResponse:
    """What becomes of each day, and of which title one must say something."""
    niveau = niveau_of(acces, espace)
    apercu = preview(espace, organisme, lecture, niveau, _said(request))
    kinds = [(one.nature, one.libelle) for one in sessions(espace, niveau)]
    held = {"espace": espace.pk, "organisme": organisme.pk, "lecture": lecture.to_json()}
    given = context(
        acces,
        espace,
        ONGLET,
        apercu=apercu,
        organisme=organisme,
        avis=typo(avis),
        chapeau=_lede(apercu),
        comptes=_counts(apercu),
        natures=[("", "Choisissez"), (LAISSER, "Ne pas reprendre"), *kinds],
        a_dire=[one for one in apercu.titres if not one.connu],
        connus=[one for one in apercu.titres if one.connu],
        garde=signing.dumps(held, salt=SALT, compress=True),
        retour=address(ONGLET, espace),
        recommencer=address("agenda-importer", espace),
    )
    return render(request, "activite/agendas/apercu.html", given, status=status)


def _lede(apercu: Apercu) -> str:
    """« 12 événements lus, 31 jours : 20 gardés, 11 expliqués. Rien n’est encore enregistré. »"""
    days, kept = len(apercu.lignes), apercu.gardees
    read_of = f"{pluriel(apercu.lus, 'événement')} {accord(apercu.lus, 'lu')}, {pluriel(days, 'ligne', genre='f')}"
    left = days - kept
    said = f"{kept} {accord(kept, 'gardée')}, {left} {accord(left, 'expliquée')}"
    return typo(f"{read_of} : {said}. Rien n’est encore enregistré.")


def _counts(apercu: Apercu) -> str:
    """« 20 à prévoir, 1 à changer, 3 déjà prévues, 7 laissées »: they add up to all of them."""
    planned, known, left = apercu.combien(AJOUTEE), apercu.combien(CONNUE), len(apercu.lignes) - apercu.gardees
    said = [f"{planned} à prévoir", f"{apercu.combien(CHANGEE)} à changer"]
    return ", ".join([*said, f"{known} déjà {accord(known, 'prévue')}", f"{left} {accord(left, 'laissée')}"])
