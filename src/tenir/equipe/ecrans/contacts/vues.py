"""The pages of the contacts: list, one typed by hand, its end, a spreadsheet brought in."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from tenir.acteurs.models import Organisation
from tenir.core.listes import UNPROCESSABLE, respond
from tenir.core.tableur import OCTETS, Tableau, TableauIllisible, pasted, read_file
from tenir.core.typographie import pluriel, typo
from tenir.ecran.navigation import address, context
from tenir.equipe.ecrans.contacts.importation import Ligne, import_contacts, preview
from tenir.equipe.ecrans.contacts.liste import CONTACTS, FiltreDesContacts
from tenir.equipe.organismes import bodies_of, signatories_without_contact, theirs
from tenir.equipe.services.contacts import Contact, contacts_of, record_contact
from tenir.habilitations.models import EspaceDeContrat, Referent
from tenir.habilitations.rights import Acces, may, require
from tenir.habilitations.vues import needs


class ContactForm(forms.Form):
    """Someone to call in a body."""

    organisation = forms.ModelChoiceField(Organisation.objects.none(), label="Organisme", empty_label="Choisissez")
    nom = forms.CharField(label="Prénom et nom", max_length=150)
    fonction = forms.CharField(label="Fonction", max_length=150, required=False)
    email = forms.EmailField(label="Courriel", required=False)
    telephone = forms.CharField(label="Téléphone", max_length=40, required=False)

    def __init__(self, acces: Acces, espace: EspaceDeContrat, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        bodies = theirs(acces, "contact.update", espace, bodies_of(espace))
        self.fields["organisation"].queryset = bodies  # type: ignore[attr-defined]


class ImportForm(forms.Form):
    """A table of contacts: pasted, or in a file."""

    texte = forms.CharField(
        label="Lignes collées depuis un tableur",
        required=False,
        max_length=OCTETS,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=typo(
            "Copiez les lignes dans votre tableur, la première nommant les colonnes : nom, prénom, organisme, "
            "fonction, courriel, téléphone."
        ),
    )
    fichier = forms.FileField(
        label="Ou un fichier", required=False, help_text="Classeur .xlsx (première feuille) ou CSV, 2 Mo au plus."
    )
    tableau: Tableau

    def clean(self) -> dict[str, Any]:
        """Read the table that was given."""
        given: dict[str, Any] = super().clean() or {}
        file, text = given.get("fichier"), given.get("texte", "")
        try:
            if file:
                self.tableau = read_file(file.name, file.read(OCTETS + 1))
            elif text.strip():
                self.tableau = pasted(text)
            else:
                raise TableauIllisible("Collez des lignes, ou choisissez un fichier.")
        except TableauIllisible as error:
            raise ValidationError(typo(str(error))) from error
        return given


@needs("contact.read", theirs=True)
def contacts(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, format: str = "") -> HttpResponse:
    """The contacts of a contract, the signatories without one first; or their export. A partner sees its own."""
    seen = theirs(acces, "contact.read", espace, bodies_of(espace))
    without = signatories_without_contact(espace, timezone.localdate())
    return respond(
        request,
        "equipe/contacts/liste.html",
        liste=CONTACTS,
        filtre=FiltreDesContacts,
        rows=Referent.objects.filter(espace=espace, organisation__in=seen.order_by()).select_related(
            "espace", "personne", "organisation"
        ),
        export_name=f"{espace.slug}-contacts",
        format=format,
        context=context(
            acces,
            espace,
            "contacts",
            sans_contact=theirs(acces, "contact.read", espace, without),
            nouveau=address("contact-nouveau", espace),
            importer=address("contacts-importer", espace) if may(acces, "contact.import", espace) else "",
            csv=address("contacts-export", espace, "csv"),
            xlsx=address("contacts-export", espace, "xlsx"),
        ),
    )


@require_http_methods(["GET", "POST"])
@needs("contact.update", theirs=True)
def nouveau(request: HttpRequest, acces: Acces, espace: EspaceDeContrat) -> HttpResponse:
    """Add a contact by hand."""
    form = ContactForm(acces, espace, request.POST or None, initial={"organisation": request.GET.get("organisme")})
    return _form(request, acces, espace, form, "Ajouter un contact")


@require_http_methods(["GET", "POST"])
@needs("contact.update", theirs=True)
def modifier(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int) -> HttpResponse:
    """Correct what is known of a contact."""
    referent = get_object_or_404(contacts_of(espace, timezone.localdate()), pk=numero)
    require(acces, "contact.update", espace, referent)
    personne = referent.personne
    known = {"nom": personne.nom, "email": personne.email, "telephone": personne.telephone}
    initial = {**known, "organisation": referent.organisation_id, "fonction": referent.fonction}
    form = ContactForm(acces, espace, request.POST or None, initial=initial)
    return _form(request, acces, espace, form, "Corriger un contact")


@require_http_methods(["GET", "POST"])
@needs("contact.import")
def importer(request: HttpRequest, acces: Acces, espace: EspaceDeContrat) -> HttpResponse:
    """Bring a table in: first what each row would do, then, confirmed, all of it at once."""
    form = ImportForm(request.POST or None, request.FILES or None)
    lignes: list[Ligne] = []
    if form.is_valid():
        try:
            if "confirmer" in request.POST:
                return _brought_in(request, import_contacts(form.tableau, by=acces, espace=espace), espace)
            lignes = preview(form.tableau, by=acces, espace=espace)
        except TableauIllisible as error:
            form.add_error(None, typo(str(error)))
    texte = "\n".join("\t".join(row) for row in form.tableau.lignes) if lignes else ""
    given = context(
        acces, espace, "contacts", form=form, lignes=lignes, texte=texte, retour=address("contacts", espace)
    )
    refused = sum(ligne.refusee for ligne in lignes)
    given |= {"refusees": refused, "gardees": len(lignes) - refused}
    return _page(request, "importer", given, form)


def _form(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, form: ContactForm, titre: str) -> HttpResponse:
    if form.is_valid() and (said := _recorded(form, acces, espace)):
        messages.success(request, said)
        return redirect(address("contacts", espace))
    given = context(acces, espace, "contacts", form=form, titre=titre, retour=address("contacts", espace))
    return _page(request, "contact", given, form)


def _recorded(form: ContactForm, acces: Acces, espace: EspaceDeContrat) -> str:
    try:
        referent, sort = record_contact(by=acces, espace=espace, contact=Contact(**form.cleaned_data))
    except ValidationError as error:
        form.add_error(None, [typo(message) for message in error.messages])
        return ""
    return typo(f"{referent.personne}, {referent.organisation} : {sort}.")


def _brought_in(request: HttpRequest, lignes: list[Ligne], espace: EspaceDeContrat) -> HttpResponse:
    counts = {sort: sum(ligne.sort == sort for ligne in lignes) for sort in ("ajouté", "mis à jour", "déjà connu")}
    told = ", ".join(
        f"{count} {sort}{'s' if count > 1 and sort != 'mis à jour' else ''}" for sort, count in counts.items()
    )
    refused = sum(ligne.refusee for ligne in lignes)
    left = f", {pluriel(refused, 'ligne', genre='f')} laissée{'s' if refused > 1 else ''} de côté" if refused else ""
    messages.success(request, typo(f"Contacts : {told}{left}."))
    return redirect(address("contacts", espace))


def _page(request: HttpRequest, name: str, given: dict[str, Any], form: forms.Form) -> HttpResponse:
    status = UNPROCESSABLE if form.is_bound and form.errors else 200
    return render(request, f"equipe/contacts/{name}.html", given, status=status)
