"""A table that comes in, page by page: given, its columns said, what each row becomes, then its receipt."""

from http import HTTPStatus

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from tenir.activite.ecrans.commun import ONGLET, writable
from tenir.activite.ecrans.importation import page as shown
from tenir.activite.ecrans.importation import travail
from tenir.activite.ecrans.importation.formulaires import ColonnesForm, DepotForm, proposed
from tenir.activite.models import ImportDEntrees, VersionDeNature
from tenir.activite.services.entree import RIGHT
from tenir.activite.services.importation import (
    DejaInscrit,
    abandon,
    deposit,
    forget_profile,
    imports_of,
    preview,
    profiles_of,
    read_as,
    write_import,
)
from tenir.activite.services.importation_de_natures import ApercuPerime
from tenir.activite.tableur.plan import Plan
from tenir.core.exports import export_response
from tenir.core.listes import UNPROCESSABLE
from tenir.core.marques import Lu, refuse_unread
from tenir.core.tableur.correspondance import Releve
from tenir.core.typographie import typo
from tenir.ecran.annulation.barre import with_undo
from tenir.ecran.edition import Ecran, Sujet, answer, posted, read_mark
from tenir.ecran.formulaires import Formulaire
from tenir.ecran.navigation import address, context
from tenir.ecran.travaux import page_of
from tenir.fichier.mots import comparable
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces
from tenir.habilitations.vues import needs
from tenir.natures.modeles import NatureEntiere

LAST = 10
"""How many tables and how many profiles the first page shows."""
DE_NOUVEAU = typo(
    "Le registre a changé depuis que cette page a été affichée. Rien n’est inscrit : voici ce qu’il en est."
)
OUBLIER = Ecran(
    "Oublier ces titres de colonnes ?",
    "Les oublier",
    "Ces titres de colonnes sont oubliés.",
    "Le prochain tableau qui les porte redemandera ce que dit chaque colonne. Ce qui est inscrit ne change pas.",
)


@require_http_methods(["GET", "POST"])
@needs(RIGHT, theirs=True)
def importer(request: HttpRequest, acces: Acces, espace: EspaceDeContrat) -> HttpResponse:
    """Give a table: it is read and kept, nothing is written."""
    form = DepotForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid() and form.releve:
        depose = deposit(by=acces, espace=espace, nom=form.nom, releve=form.releve)
        return redirect(_at(depose, "" if depose.plan else "-colonnes"))
    given = context(
        acces,
        espace,
        ONGLET,
        form=form,
        imports=shown.links_of(imports_of(acces, espace).defer("contenu")[:LAST]),
        profils=shown.profiles(espace, profiles_of(acces, espace)[:LAST]),
        retour=address(ONGLET, espace),
    )
    return render(request, "activite/importation/importer.html", given, status=UNPROCESSABLE if form.errors else 200)


@require_http_methods(["GET", "POST"])
@needs(RIGHT, theirs=True)
def colonnes(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int) -> HttpResponse:
    """Say what each column holds: what is guessed is proposed, or what was said of the same headings."""
    depose = _found(acces, espace, numero)
    if depose.applique_le:
        return redirect(_at(depose))
    form = _columns_form(request, acces, depose)
    if request.method == "POST" and not form.incomplete and form.is_valid():
        read_as(by=acces, depose=depose, plan=form.said())
        return redirect(_at(depose))
    given = context(
        acces,
        espace,
        ONGLET,
        form=form,
        depose=depose,
        remarques=[typo(one) for one in form.releve.remarques],
        combien=sum(1 for _ in form.releve.rows()),
        retour=address("activite-importer", espace),
    )
    status = UNPROCESSABLE if request.method == "POST" and form.errors else 200
    return render(request, "activite/importation/colonnes.html", given, status=status)


def _columns_form(request: HttpRequest, acces: Acces, depose: ImportDEntrees) -> ColonnesForm:
    """The form of the columns; chosen for another kind, or once a column says kinds, it asks what follows."""
    espace, releve, plan = depose.espace, Releve.from_json(depose.contenu), Plan.from_json(depose.plan)
    kinds = writable(acces, espace)
    mots = _words_of_kinds(espace, kinds)
    if not depose.plan:
        plan = proposed(
            releve, kinds, mots, depose.nom, Plan(organisme=depose.organisme.identifiant if depose.organisme else "")
        )
    form = ColonnesForm(acces, espace, kinds, releve, plan, mots, posted(request))
    if request.method == "POST" and form.incomplete:
        said = form.typed()
        guess = proposed(releve, kinds, mots, "", said) if said.nature else said
        return ColonnesForm(acces, espace, kinds, releve, guess, mots)
    return form


def _words_of_kinds(espace: EspaceDeContrat, kinds: list[NatureEntiere]) -> dict[str, str]:
    """Kinds by the words that they bear, or bore when something was written under them; one query."""
    former = VersionDeNature.objects.of(espace).order_by("numero").values_list("libelle", "code")
    found = {comparable(words): code for words, code in former}
    for one in kinds:
        found |= {comparable(said): one.nature for said in (one.libelle, one.pluriel, one.nature)}
    return found


@require_http_methods(["GET", "POST"])
@needs(RIGHT, theirs=True)
def importation(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int) -> HttpResponse:
    """What each row of a table becomes; then, written, its receipt."""
    depose = _found(acces, espace, numero)
    if depose.applique_le:
        return _receipt(request, acces, depose)
    if not depose.plan:
        return redirect(_at(depose, "-colonnes"))
    if "abandonner" in request.POST:
        return _abandon(request, acces, depose)
    return _write(request, acces, depose) if request.method == "POST" else _preview(request, acces, depose)


@needs(RIGHT, theirs=True)
def expliquees(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int) -> HttpResponse:
    """The rows that are not kept, as a file, to be mended in one's own."""
    depose = _found(acces, espace, numero)
    rows = depose.bilan["expliquees"] if depose.applique_le else shown.explained(preview(acces, depose))
    return export_response([shown.ENTETES, *rows], name=f"{espace.slug}-lignes-expliquees", format="csv")


@require_http_methods(["GET", "POST"])
@needs(RIGHT, theirs=True)
def oublier(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int) -> HttpResponse:
    """Forget how tables of some headings are read, once confirmed."""
    profil = get_object_or_404(profiles_of(acces, espace), pk=numero)
    lu: Lu = {"titres de colonnes": profil.titres}
    sujet = Sujet(espace, "", profil.titres[:200], address("activite-importer", espace), ONGLET, lambda acces: [])

    def write() -> None:
        refuse_unread(read_mark(request), lu)
        forget_profile(by=acces, profil=profil)

    return answer(request, acces, sujet, Formulaire(posted(request)), OUBLIER, write, lu=lu)


def _write(request: HttpRequest, acces: Acces, depose: ImportDEntrees) -> HttpResponse:
    seen = request.POST.get("empreinte", "")
    if sum(1 for _ in Releve.from_json(depose.contenu).rows()) > travail.D_UN_COUP:
        return redirect(page_of(travail.ask_to_write(acces, depose, seen)))
    try:
        done = write_import(by=acces, depose=depose, empreinte=seen)
    except DejaInscrit:
        messages.warning(request, typo("Ce tableur était déjà inscrit : il ne l’est pas deux fois."))
    except ApercuPerime:
        return _preview(request, acces, depose, avis=DE_NOUVEAU)
    else:
        if done.bilan["gardees"]:
            messages.success(request, with_undo(acces, depose.espace, "C’est inscrit.", _at(depose)))
    return redirect(_at(depose))


def _abandon(request: HttpRequest, acces: Acces, depose: ImportDEntrees) -> HttpResponse:
    try:
        abandon(by=acces, depose=depose)
    except DejaInscrit:
        messages.warning(request, typo("Ce tableur était déjà inscrit : son bilan reste."))
        return redirect(_at(depose))
    except ValidationError as error:
        messages.warning(request, typo(" ".join(error.messages)))
    else:
        messages.success(request, typo("Le tableur est abandonné : rien n’est inscrit, et rien n’en est gardé."))
    return redirect(address("activite-importer", depose.espace))


def _preview(request: HttpRequest, acces: Acces, depose: ImportDEntrees, avis: str = "") -> HttpResponse:
    examen = preview(acces, depose)
    given = context(
        acces,
        depose.espace,
        ONGLET,
        depose=depose,
        avis=avis,
        chapeau=f"{shown.count_of(examen).phrase(faite=False)} Rien n’est encore inscrit.",
        expliquees=shown.explained(examen),
        a_lire=shown.waiting(examen),
        simples=shown.plain(examen),
        gardees=examen.gardees,
        remarques=[typo(one) for one in Releve.from_json(depose.contenu).remarques],
        empreinte=examen.empreinte,
        colonnes=_at(depose, "-colonnes"),
        csv=_at(depose, "-expliquees"),
        retour=address("activite-importer", depose.espace),
    )
    return render(request, "activite/importation/apercu.html", given, status=HTTPStatus.CONFLICT if avis else 200)


def _receipt(request: HttpRequest, acces: Acces, depose: ImportDEntrees) -> HttpResponse:
    given = context(
        acces,
        depose.espace,
        ONGLET,
        depose=depose,
        chapeau=shown.count_done(depose.bilan).phrase(faite=True),
        expliquees=depose.bilan["expliquees"],
        annule=shown.undone(depose),
        csv=_at(depose, "-expliquees"),
        liste=address(ONGLET, depose.espace),
        retour=address("activite-importer", depose.espace),
    )
    return render(request, "activite/importation/bilan.html", given)


def _found(acces: Acces, espace: EspaceDeContrat, numero: int) -> ImportDEntrees:
    """A table that someone may follow.

    Raises:
        Http404: it is another body's, or none.
    """
    return get_object_or_404(imports_of(acces, espace).select_related("annule_par"), pk=numero)


def _at(depose: ImportDEntrees, name: str = "") -> str:
    return address(f"activite-import{name}", depose.espace, depose.pk)
