"""The acronyms of a contract: their list, the page of one, the small pages that change it."""

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_http_methods

from tenir.acteurs.models import Organisation
from tenir.core.composants import Lien
from tenir.core.listes import respond
from tenir.core.typographie import pluriel, typo
from tenir.ecran.annulation.barre import undoable
from tenir.ecran.conflit import answer_or_arbitrate
from tenir.ecran.edition import Ecran, Sujet, answer, posted, read_mark
from tenir.ecran.formulaires import Formulaire, FormulaireSuivi
from tenir.ecran.histoire import Passage, in_words
from tenir.ecran.navigation import address, context
from tenir.equipe.ecrans.sigles.liste import MANQUENT, SANS_MOTS, FiltreDesSigles, liste_of
from tenir.equipe.glossaire import bodies_with_acronym
from tenir.equipe.models import Sigle
from tenir.equipe.services.sigles import (
    GENRE,
    RIGHT,
    add_acronym,
    bring_back,
    correct_acronym,
    remove_acronym,
    shown,
)
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces
from tenir.habilitations.traces import entries_of
from tenir.habilitations.vues import needs

ONGLET = "glossaire"
MOTS = "Ce qu’il veut dire, en toutes lettres. Tout le monde le lit."


class SigleForm(Formulaire):
    """An acronym and its words."""

    sigle = forms.CharField(label="Sigle", max_length=20, help_text="Tel qu’on l’écrit, sans points.")
    mots = forms.CharField(label="Ses mots", max_length=200, help_text=MOTS)


class MotsForm(FormulaireSuivi):
    """The words of an acronym."""

    CHAMPS = ("mots",)
    mots = forms.CharField(label="Ses mots", max_length=200, required=False, help_text=MOTS)


@needs(RIGHT)
def glossaire(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, format: str = "") -> HttpResponse:
    """The acronyms that the document prints or that the team added; beside them, those of bodies; or their export."""
    rows = Sigle.objects.filter(espace=espace)
    bodies = list(bodies_with_acronym(espace).order_by("sigle", "pk"))
    known = {one.sigle: one.nom for one in bodies}
    missing = rows.filter(SANS_MOTS).exclude(sigle__in=known).count()
    return respond(
        request,
        "equipe/sigles/liste.html",
        liste=liste_of(espace, known),
        filtre=partial(FiltreDesSigles, connus=known),
        rows=rows,
        export_name=f"{espace.slug}-glossaire",
        format=format,
        context=context(
            acces,
            espace,
            ONGLET,
            manquent=typo(f"{pluriel(missing, 'sigle')} dont les mots manquent : les donner") if missing else "",
            url_manquent=f"{address(ONGLET, espace)}?etat={MANQUENT}",
            organismes=_links(espace, bodies),
            nouveau=address("sigle-nouveau", espace),
            annulables=undoable(acces, espace),
            csv=address("glossaire-export", espace, "csv"),
            xlsx=address("glossaire-export", espace, "xlsx"),
        ),
    )


@require_http_methods(["GET", "POST"])
@needs(RIGHT)
def nouveau(request: HttpRequest, acces: Acces, espace: EspaceDeContrat) -> HttpResponse:
    """Add an acronym that the document does not print."""
    form = SigleForm(posted(request))
    ecran = Ecran("Ajouter un sigle", "Ajouter ce sigle", "Le sigle est ajouté.")

    def write() -> None:
        add_acronym(by=acces, espace=espace, **form.cleaned_data)

    back = Sujet(espace, "", "Tous les sigles", address(ONGLET, espace), ONGLET, lambda _: [])
    return answer(request, acces, back, form, ecran, write)


@require_http_methods(["GET", "POST"])
@needs(RIGHT)
def sigle(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int) -> HttpResponse:
    """An acronym: give it its words, see where they come from and what was done to it."""
    row = _row_or_404(espace, numero)
    form = MotsForm(row, posted(request))
    ecran = Ecran(row.sigle, "Enregistrer ses mots", "C’est enregistré.", lede(row), "equipe/sigles/sigle.html")

    def write(changes: dict[str, Any]) -> None:
        correct_acronym(by=acces, row=row, version=form.cleaned_data["version"] or 0, changes=changes)

    more = {"gestes": _gestures(row), "document": _in_document(row), "histoire": _history(row)}
    return answer_or_arbitrate(request, acces, _sujet(row), form, ecran, write, chose=row, **more)


def lede(row: Sigle) -> str:
    """Where its words come from, and what an empty field means."""
    if row.ecarte:
        return typo("Ce sigle est écarté : il n’est expliqué nulle part.")
    if row.imprime:
        return typo(f"Le document écrit « {row.imprime} ». Laissez vide : ce sont ces mots qui valent.")
    if row.ligne:
        return "Le document n’écrit jamais ses mots."
    return "Le document ne l’écrit pas."


def _row_or_404(espace: EspaceDeContrat, numero: int) -> Sigle:
    return get_object_or_404(Sigle.objects.select_related("espace"), espace=espace, pk=numero)


def _sujet(row: Sigle) -> Sujet:
    return Sujet(row.espace, "", row.sigle, address(ONGLET, row.espace), ONGLET, lambda _: _history(row))


def _history(row: Sigle) -> list[Passage]:
    return in_words(entries_of(row.espace).filter(genre=GENRE, objet=row.sigle))


def _gestures(row: Sigle) -> list[Lien]:
    """What else one may do of it."""
    if row.ecarte:
        return [Lien("Le remettre", address("sigle-remettre", row.espace, row.pk))]
    text = "L’écarter" if row.ligne is not None else "Le retirer"
    return [Lien(text, address("sigle-retirer", row.espace, row.pk))]


def _in_document(row: Sigle) -> Lien | None:
    """Where the document prints it; a draft has no public page to lead to."""
    if row.ligne is None or row.espace.etat != EspaceDeContrat.Etat.PUBLIE:
        return None
    page = address("document", row.espace)
    return Lien(f"Le document signé, ligne {row.ligne}", f"{page}?lignes={row.ligne}#l{row.ligne}")


def _links(espace: EspaceDeContrat, bodies: Iterable[Organisation]) -> list[Lien]:
    """The bodies whose acronym is told, each leading to the page where it is corrected."""
    return [Lien(f"{one.sigle}, {one.nom}", address("organisme", espace, one.pk)) for one in bodies]


def _confirmed(ecran: Callable[[Sigle], Ecran], do: Callable[..., None]) -> Callable[..., HttpResponse]:
    """A page that asks one question of an acronym, and does one thing."""

    @require_http_methods(["GET", "POST"])
    @needs(RIGHT)
    def view(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int) -> HttpResponse:
        row = _row_or_404(espace, numero)
        form = Formulaire(posted(request))

        def write() -> None:
            do(by=acces, row=row, lu=read_mark(request))

        return answer(request, acces, _sujet(row), form, ecran(row), write, lu=shown(row))

    return view


def _removing(row: Sigle) -> Ecran:
    if row.ligne is None:
        return Ecran("Retirer ce sigle ?", "Retirer ce sigle", "Le sigle est retiré.", "Il n’est plus expliqué.")
    return Ecran(
        "Écarter ce sigle ?",
        "Écarter ce sigle",
        "Le sigle est écarté.",
        "Il n’est plus expliqué nulle part. Il reste dans cette liste, d’où on le remet.",
    )


def _bringing_back(row: Sigle) -> Ecran:
    told = typo(f"Ses mots : « {row.mots or row.imprime} ».") if row.mots or row.imprime else "Ses mots manquent."
    return Ecran("Remettre ce sigle ?", "Remettre ce sigle", "Le sigle est remis.", told)


retirer = _confirmed(_removing, remove_acronym)
remettre = _confirmed(_bringing_back, bring_back)
