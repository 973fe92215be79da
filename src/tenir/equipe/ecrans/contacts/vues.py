"""The pages of the contacts: list, one typed by hand, its end, a spreadsheet brought in."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from tenir.acteurs.models import Organisation
from tenir.core import horloge
from tenir.core.listes import UNPROCESSABLE, respond
from tenir.core.marques import Lu
from tenir.core.tableur import Tableau
from tenir.core.tableur.colonnes import Grille
from tenir.core.typographie import pluriel, typo
from tenir.ecran.edition import read_mark
from tenir.ecran.formulaires import refuse
from tenir.ecran.importation import ApercuPerime, TableauForm
from tenir.ecran.navigation import address, context
from tenir.equipe.ecrans.contacts.importation import Ligne, digest, import_contacts, preview, read
from tenir.equipe.ecrans.contacts.liste import CONTACTS, FiltreDesContacts
from tenir.equipe.organismes import bodies_of, signatories_without_contact, theirs
from tenir.equipe.services.contacts import Contact, ContactRefuse, contacts_of, correct_contact, record_contact, written
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


class ImportForm(TableauForm):
    """A table of contacts: pasted, or in a file."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["texte"].help_text = typo(
            "Copiez les lignes dans votre tableur, la première nommant les colonnes : nom, prénom, organisme, "
            "fonction, courriel, téléphone."
        )
        self.fields["fichier"].help_text += typo(" Export de votre messagerie, d’un annuaire…")

    def table(self, tables: list[Tableau]) -> Grille:
        """The rows of a table of contacts."""
        return read(tables)


@needs("contact.read", theirs=True)
def contacts(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, format: str = "") -> HttpResponse:
    """The contacts of a contract, the signatories without one first; or their export. A partner sees its own."""
    seen = theirs(acces, "contact.read", espace, bodies_of(espace))
    hers = theirs(acces, "contact.update", espace, bodies_of(espace))
    without = signatories_without_contact(espace, horloge.today(espace))
    return respond(
        request,
        "equipe/contacts/liste.html",
        liste=CONTACTS,
        filtre=FiltreDesContacts,
        rows=Referent.objects.filter(espace=espace, organisation__in=seen.order_by())
        .select_related("espace", "personne", "organisation")
        .annotate(corrigible=Q(organisation__in=hers.order_by())),
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

    def write(contact: Contact) -> str:
        done = record_contact(by=acces, espace=espace, contact=contact, remplacer=False)
        return typo(f"{done.referent.personne}, {done.referent.organisation} : {done.sort}.")

    return _form(request, acces, espace, form, "Ajouter un contact", write)


@require_http_methods(["GET", "POST"])
@needs("contact.update", theirs=True)
def modifier(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int) -> HttpResponse:
    """Correct what is known of a contact."""
    referent = get_object_or_404(contacts_of(espace, horloge.today(espace)), pk=numero)
    require(acces, "contact.update", espace, referent)
    personne = referent.personne
    known = {"nom": personne.nom, "email": personne.email, "telephone": personne.telephone}
    initial = {**known, "organisation": referent.organisation_id, "fonction": referent.fonction}
    form = ContactForm(acces, espace, request.POST or None, initial=initial)

    def write(contact: Contact) -> str:
        found = correct_contact(by=acces, referent=referent, contact=contact, lu=read_mark(request))
        return typo(f"{found.personne}, {found.organisation} : corrigé.")

    return _form(request, acces, espace, form, "Corriger un contact", write, written(referent))


@require_http_methods(["GET", "POST"])
@needs("contact.import")
def importer(request: HttpRequest, acces: Acces, espace: EspaceDeContrat) -> HttpResponse:
    """Bring a table in: first what each row would do, then, confirmed, all of it at once."""
    form = ImportForm(request.POST or None, request.FILES or None)
    given: dict[str, Any] = {}
    if form.is_valid():
        if form.empreinte:
            try:
                done = import_contacts(form.grille, by=acces, espace=espace, empreinte=form.empreinte)
                return _brought_in(request, done, espace)
            except ApercuPerime:
                given["avis"] = SHOWN_AGAIN
        given |= _preview(form, acces, espace)
    given = context(acces, espace, "contacts", form=form, retour=address("contacts", espace), **given)
    status = HTTPStatus.CONFLICT if given.get("avis") else UNPROCESSABLE if form.errors else 200
    return render(request, "equipe/contacts/importer.html", given, status=status)


SHOWN_AGAIN = typo(
    "Les contacts ont changé depuis que cette page a été affichée. Rien n’est enregistré : voici ce qu’il en est."
)


def _preview(form: ImportForm, acces: Acces, espace: EspaceDeContrat) -> dict[str, Any]:
    """What the page of a preview shows, and the table as it comes back to be recorded."""
    lignes = preview(form.grille, by=acces, espace=espace)
    refused = sum(ligne.refusee for ligne in lignes)
    return {
        "montre": True,
        "lignes": lignes,
        "remarques": [typo(one) for one in form.grille.remarques],
        "texte": form.kept(digest(lignes)),
        "refusees": refused,
        "gardees": len(lignes) - refused,
    }


def _form(
    request: HttpRequest,
    acces: Acces,
    espace: EspaceDeContrat,
    form: ContactForm,
    titre: str,
    write: Callable[[Contact], str],
    lu: Lu | None = None,
) -> HttpResponse:
    if form.is_valid() and (said := _recorded(form, write)):
        messages.success(request, said)
        return redirect(address("contacts", espace))
    given = context(acces, espace, "contacts", form=form, titre=titre, lu=lu, retour=address("contacts", espace))
    return _page(request, "contact", given, form)


def _recorded(form: ContactForm, write: Callable[[Contact], str]) -> str:
    try:
        return write(Contact(**form.cleaned_data))
    except ContactRefuse as error:
        form.add_error(None, typo(str(error)))
    except ValidationError as error:
        refuse(form, error)
    return ""


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
