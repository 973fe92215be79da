"""Dossiers as the team reads them: the list, one of them, and the same sections when it types one from paper."""

from collections.abc import Collection
from functools import partial
from typing import Any

from django.db.models import Avg
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods

from tenir.appels.champs import SECTIONS
from tenir.appels.ecrans.commun import APPELS, BOTH, call_or_404
from tenir.appels.ecrans.dossier import Porte, files_of, made_form, save, summary
from tenir.appels.ecrans.formulaires import Rien
from tenir.appels.ecrans.formulaires_de_dossier import DeposerForm, OuvrirForm
from tenir.appels.ecrans.instruction import instruction_of
from tenir.appels.ecrans.liste_des_dossiers import DOSSIERS, FiltreDesDossiers
from tenir.appels.ecrans.suites import answer_url, reports_of, suites_of
from tenir.appels.ecrans.sujets import PAGE, about
from tenir.appels.enums import EtatDeDossier
from tenir.appels.models import DossierDeDemande, PieceDeDossier
from tenir.appels.services import dossiers as services
from tenir.appels.services.attendus import with_rendu
from tenir.appels.services.commun import DOSSIER, DOSSIERS_READ, FILL
from tenir.core import horloge
from tenir.core.composants import Renseignement
from tenir.core.fichiers import to_be_kept
from tenir.core.listes import respond
from tenir.core.prive import private
from tenir.core.typographie import capital, pluriel, typo
from tenir.ecran.annulation.barre import undoable
from tenir.ecran.champs import label
from tenir.ecran.edition import Ecran, Sujet, answer, posted, read_mark
from tenir.ecran.histoire import history_of, records
from tenir.ecran.listes import CHANGES, paged
from tenir.ecran.navigation import address, context
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces, may
from tenir.habilitations.vues import needs

OUVRIR = Ecran(
    "Ouvrir un dossier", "Ouvrir le dossier", "Le dossier est ouvert.",
    "Reçu sur papier, ou pour un organisme que l’on aide à remplir le sien.",
)  # fmt: skip
DEPOSER = Ecran("Déposer ce dossier ?", "Déposer", "Le dossier est déposé.", "Il n’y manque rien.")
RETIRER = Ecran("Retirer ce dossier ?", "Retirer", "Le dossier est retiré.", "À la demande de qui l’a déposé.")
SANS_PIECE = Ecran("Retirer cette pièce ?", "Retirer la pièce", "La pièce est retirée.")


def dossier_or_404(espace: EspaceDeContrat, numero: int) -> DossierDeDemande:
    """One of this contract; any other does not exist."""
    return get_object_or_404(DossierDeDemande.objects.of(espace), numero=numero)


def by_the_team(acces: Acces, dossier: DossierDeDemande) -> Porte:
    """The door of the team."""
    return Porte(
        lambda name="", *args: address(
            f"dossier-de-demande{name and '-'}{name}", dossier.espace, dossier.numero, *args
        ),
        acces,
    )


@needs(DOSSIERS_READ)
def dossiers(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, format: str = "") -> HttpResponse:
    """The dossiers of a contract, or their export."""
    rows = with_rendu(DossierDeDemande.objects.of(espace).annotate(moyenne=Avg("parts__note")), horloge.today(espace))
    return respond(
        request,
        "appels/dossiers.html",
        liste=DOSSIERS,
        filtre=partial(FiltreDesDossiers, espace=espace),
        rows=rows,
        export_name=f"{espace.slug}-dossiers",
        format=format,
        context=context(
            acces,
            espace,
            PAGE,
            chapeau="" if format else _lede(DossierDeDemande.objects.of(espace).sent().count()),
            csv=address("dossiers-de-demande-export", espace, "csv"),
            xlsx=address("dossiers-de-demande-export", espace, "xlsx"),
            annulables=[] if format else undoable(acces, espace, genre=DOSSIER),
            importer=address("dossiers-importer", espace) if may(acces, FILL, espace) else "",
        ),
    )


def _lede(count: int) -> str:
    told = pluriel(count, "dossier déposé", "dossiers déposés", lettres=True)
    return typo(f"{capital(told)}.")


@needs(DOSSIERS_READ)
def dossier(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int) -> HttpResponse:
    """One dossier whole: what is missing, its sections, its words, its budget, its files."""
    found = dossier_or_404(espace, numero)
    porte = by_the_team(acces, found)
    more = summary(found, porte, "")
    del more["espace"]  # the page of the contract gives it
    more["accords"] = suites_of(found)
    given = context(
        acces,
        espace,
        PAGE,
        **more,
        lignes=said_of(found),
        fichier={one: address("dossier-de-demande-document", espace, numero, one) for one in ("pdf", "docx")},
        instruction=instruction_of(found),
        reports=reports_of(found, answer_url(found)),
        dates=address("dossier-de-demande-dates", espace, numero),
        budget=[(str(one), one.montant) for one in found.budget.order_by("compte")],
        pieces=files_of(found, porte),
        modifiable=found.etat != EtatDeDossier.DEPOSE,
        annulables=undoable(acces, espace, genre=DOSSIER, code=found.code),
        histoire=paged(request, records(history_of(espace, DOSSIER, found.code)), CHANGES, "histoire"),
    )
    return render(request, "appels/dossier_equipe.html", given)


def said_of(found: DossierDeDemande, without: Collection[str] = ()) -> list[Renseignement]:
    """What it says, field by field."""
    names = [name for section in SECTIONS for name in SECTIONS[section].champs if name != "intitule"]
    lines = [Renseignement("Appel", found.appel.titre)]
    for name in ("courriel", *names):
        if name in without:
            continue
        noun = label(name, DossierDeDemande)
        lines.append(Renseignement(noun[:1].upper() + noun[1:], typo(services.told_field(found, name))))
    return lines


@require_http_methods(BOTH)
@needs(FILL)
def nouveau(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int) -> HttpResponse:
    """Open one for a call."""
    found = call_or_404(acces, espace, numero)
    sujet = Sujet(espace, found.code, found.titre, address(PAGE, espace), APPELS, lambda _: [])
    form = OuvrirForm(posted(request))
    return answer(
        request, acces, sujet, form, OUVRIR, lambda: services.open_dossier(by=acces, appel=found, **form.cleaned_data)
    )


@require_http_methods(BOTH)
@needs(FILL)
def section(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int, section: str) -> HttpResponse:
    """Fill one section."""
    found = dossier_or_404(espace, numero)
    form = made_form(found, section, request)
    ecran = Ecran(SECTIONS[section].titre, "Enregistrer", "C’est enregistré.")
    more: dict[str, Any] = {} if section == "pieces" else {"lu": services.shown(found, section)}
    return answer(request, acces, about(found), form, ecran, lambda: save(form, acces, request), **more)


@require_http_methods(BOTH)
@needs(FILL)
def deposer(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int) -> HttpResponse:
    """Send one, on the day when it was received."""
    found = dossier_or_404(espace, numero)
    form = DeposerForm(posted(request))
    lu = services.shown_whole(found)
    return answer(
        request,
        acces,
        about(found),
        form,
        DEPOSER,
        lambda: services.send(by=acces, dossier=found, lu=read_mark(request), **form.cleaned_data),
        lu=lu,
    )


@require_http_methods(BOTH)
@needs(FILL)
def retirer(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int) -> HttpResponse:
    """Take one back."""
    found = dossier_or_404(espace, numero)
    lu = services.shown_whole(found)
    return answer(
        request,
        acces,
        about(found),
        Rien(posted(request)),
        RETIRER,
        lambda: services.withdraw(by=acces, dossier=found, lu=read_mark(request)),
        lu=lu,
    )


@needs(DOSSIERS_READ)
def piece(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int, pk: int) -> HttpResponse:
    """A file of one."""
    row = get_object_or_404(PieceDeDossier, dossier=dossier_or_404(espace, numero), pk=pk)
    return private(to_be_kept(row.fichier, row.nom))


@require_http_methods(BOTH)
@needs(FILL)
def piece_retirer(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int, pk: int) -> HttpResponse:
    """Take a file off one."""
    found = dossier_or_404(espace, numero)
    rows = PieceDeDossier.objects.select_related("dossier__espace", "dossier__appel")
    row = get_object_or_404(rows, dossier=found, pk=pk)
    form = Rien(posted(request))
    return answer(
        request,
        acces,
        about(found),
        form,
        SANS_PIECE,
        lambda: services.take_away(by=acces, piece=row, lu=read_mark(request)),
        lu=services.shown_file(row),
    )
