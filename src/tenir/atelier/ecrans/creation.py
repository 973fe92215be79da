"""« Créer un contrat »: from its document, from a contract file, or empty; and opening a signed text again."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.datastructures import MultiValueDict
from django.views.decorators.http import require_http_methods

from tenir.atelier.ecrans.commun import ONGLET, SansChamp, bench_or_404, open_draft, rendered, subject
from tenir.atelier.ecrans.texte import or_its_text
from tenir.atelier.ecrans.travail import ask_to_join, ask_to_read
from tenir.atelier.models import Brouillon
from tenir.atelier.services.brouillon import RIGHT
from tenir.atelier.services.creation import (
    CREATE,
    DOCUMENT,
    FICHIER,
    VIDE,
    creer,
    empty_contract,
    from_file,
    ouvrir,
    refuse_file,
    refuse_incomplete,
)
from tenir.core import horloge
from tenir.core.typographie import typo
from tenir.ecran import travaux
from tenir.ecran.edition import Ecran, page, posted
from tenir.ecran.formulaires import Formulaire
from tenir.ecran.navigation import address, context
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces
from tenir.habilitations.vues import needs

READ = typo("Word (.docx), OpenDocument (.odt), PDF ou texte, 20 Mo au plus.")


class CreationForm(Formulaire):
    """From what a contract begins, and how it is called."""

    GROUPES = (
        ("D’où partir", ("depuis", "fichier")),
        ("Comment il s’appelle", ("titre", "adresse")),
        ("Ses années", ("debut", "fin")),
    )
    depuis = forms.ChoiceField(
        label="On part",
        choices=[
            (DOCUMENT, typo("du document du contrat : Tenir le lit, vous relisez")),
            (FICHIER, "d’un fichier contrat, celui qu’un autre site a exporté"),
            (VIDE, typo("de rien : vous écrivez le texte, ou vous joignez le document plus tard")),
        ],
        widget=forms.RadioSelect,
        initial=DOCUMENT,
    )
    fichier = forms.FileField(
        label="Le fichier",
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput,
        help_text=typo(f"Document : {READ} Fichier contrat : YAML."),
    )
    titre = forms.CharField(
        label="Titre",
        max_length=200,
        required=False,
        help_text=typo("Vide : celui que le document ou le fichier imprime."),
    )
    adresse = forms.SlugField(
        label="Adresse sur ce site",
        max_length=100,
        help_text=typo("En minuscules, sans accent, avec des tirets : valmont-2024-2030. Elle ne changera plus."),
        error_messages={"invalid": "Des minuscules sans accent, des chiffres, des tirets, et rien d’autre."},
    )
    debut = forms.IntegerField(label="Première année", min_value=1990, max_value=2100, required=False)
    fin = forms.IntegerField(label="Dernière année", min_value=1990, max_value=2100, required=False)

    def __init__(self, data: Any = None, files: Any = None) -> None:
        super().__init__(data)
        self.files = files if files is not None else MultiValueDict()
        year = horloge.today().year
        self.fields["debut"].initial, self.fields["fin"].initial = year, year + 6
        self.fields["debut"].help_text = typo("Pour un contrat qui part de rien : un document les dit lui-même.")


@require_http_methods(["GET", "HEAD", "POST"])
@needs(CREATE)
def nouveau(request: HttpRequest, acces: Acces, espace: EspaceDeContrat | None) -> HttpResponse:
    """Create a contract: at once, or by a work that reads its document."""
    form = CreationForm(posted(request), request.FILES)
    if form.is_valid():
        try:
            return redirect(_begun(acces, form))
        except ValidationError as error:
            form.refuse(error)
    given = context(acces, None, "contrat-nouveau", form=form)
    return rendered(request, "atelier/nouveau.html", given, form=form)


def _begun(acces: Acces, form: CreationForm) -> str:
    """Where the creation that a form asks leads.

    Raises:
        ValidationError: something is missing, or the file says no contract.
    """
    asked = form.cleaned_data
    file, depuis = asked["fichier"], asked["depuis"]
    adresse, titre = asked["adresse"].lower(), asked["titre"]
    refuse_incomplete(depuis, adresse=adresse, titre=titre, taille=file.size if file else None)
    if depuis == DOCUMENT:
        work = ask_to_read(acces, adresse=adresse, titre=titre, nom=file.name, fichier=file.read())
        return travaux.page_of(work)
    year = horloge.today().year
    compris = (
        from_file(file.read())
        if depuis == FICHIER
        else empty_contract(titre, asked["debut"] or year, asked["fin"] or year + 6)
    )
    made = creer(by=acces, adresse=adresse, compris=compris)
    return address(ONGLET, made.espace)


class DocumentForm(Formulaire):
    """A document to join to a text."""

    fichier = forms.FileField(
        label="Le document", required=False, allow_empty_file=True, widget=forms.FileInput, help_text=READ
    )

    def __init__(self, data: Any = None, files: Any = None) -> None:
        super().__init__(data)
        self.files = files if files is not None else MultiValueDict()


JOINDRE = Ecran(
    "Joindre le document",
    "Lire et joindre",
    "La lecture est demandée.",
    "Ses mots serviront de mots signés. S’il remplace un autre document, chaque élément suit ses mots, là où ils sont "
    "les mêmes ; ce qui n’en a plus devient un doute à trancher.",
)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(RIGHT)
@or_its_text
def joindre(request: HttpRequest, acces: Acces, espace: EspaceDeContrat) -> HttpResponse:
    """Join a document to a draft, by a work that reads it."""
    etabli = bench_or_404(espace)
    form = DocumentForm(posted(request), request.FILES)
    if form.is_valid():
        file = form.cleaned_data["fichier"]
        try:
            refuse_file(file.size if file else None)
        except ValidationError as error:
            form.refuse(error)
        else:
            work = ask_to_join(acces, etabli.brouillon, nom=file.name, fichier=file.read())
            return redirect(travaux.page_of(work))
    status = 422 if form.errors else 200
    return page(request, acces, subject(etabli), "ecran/formulaire.html", status=status, form=form, ecran=JOINDRE)


class OuvertureForm(Formulaire):
    """Which of the two ways in which a signed text changes."""

    objet = forms.ChoiceField(
        label="Ce que vous ouvrez",
        widget=forms.RadioSelect,
        choices=[
            (
                Brouillon.Objet.CORRECTION.value,
                typo("une correction de transcription : le site ne dit pas ce que dit le document signé"),
            ),
            (Brouillon.Objet.AVENANT.value, typo("un avenant : les signataires changent ce qu’ils ont signé")),
        ],
    )
    titre = forms.CharField(
        label="Titre de l’avenant", max_length=200, required=False, help_text="Vous pourrez le donner plus tard."
    )


@require_http_methods(["GET", "HEAD", "POST"])
@needs(RIGHT)
def ouvrir_le_texte(request: HttpRequest, acces: Acces, espace: EspaceDeContrat) -> HttpResponse:
    """Open a signed text again; where one is in preparation already, the way to it."""
    signed = espace.etat != EspaceDeContrat.Etat.BROUILLON
    form: Formulaire = OuvertureForm(posted(request)) if signed else SansChamp(posted(request))
    if form.is_valid():
        asked = form.cleaned_data
        objet = asked.get("objet", Brouillon.Objet.CONTRAT.value)
        try:
            ouvrir(by=acces, espace=espace, objet=objet, titre=asked.get("titre", ""))
        except ValidationError as error:
            form.refuse(error)
        else:
            return redirect(address(ONGLET, espace))
    given = context(acces, espace, ONGLET, form=form, ouvert=open_draft(espace), signe=signed)
    return rendered(request, "atelier/ouvrir.html", given, form=form)
