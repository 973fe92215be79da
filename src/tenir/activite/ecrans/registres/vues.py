"""The registers of a contract: which there are, the list of one, the page of a thing, and what is done to it."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from tenir.activite.ecrans.commun import read_by as entries_read
from tenir.activite.ecrans.registres import page as shown
from tenir.activite.ecrans.registres.commun import (
    ONGLET,
    at,
    history_of,
    objet_or_404,
    read_by,
    register_or_404,
    registers_of,
    state_of,
    sujet,
    whole,
)
from tenir.activite.ecrans.registres.formulaires import NouvelObjetForm, ObjetForm, SuiviForm
from tenir.activite.ecrans.registres.liste import FiltreDObjets, liste_of
from tenir.activite.ecrans.registres.totaux import sums, totals_of
from tenir.activite.enums import Source
from tenir.activite.models import Objet
from tenir.activite.services.entree import RIGHT as NOTING
from tenir.activite.services.objets import (
    FICHES,
    GENRE,
    RIGHT,
    WRITTEN,
    Porte,
    change_objet,
    note_objet,
    open_objet,
)
from tenir.core.composants import Lien
from tenir.core.listes import UNPROCESSABLE, Vue, answer
from tenir.core.listes.choix import quick
from tenir.core.marques import refuse_unread
from tenir.core.typographie import pluriel, typo
from tenir.ecran import edition
from tenir.ecran.annulation.barre import undoable, with_undo
from tenir.ecran.conflit import answer_or_arbitrate
from tenir.ecran.edition import Ecran, posted, read_mark
from tenir.ecran.histoire import records
from tenir.ecran.listes import CHANGES, paged
from tenir.ecran.navigation import address, context
from tenir.fiches.models import FicheAction
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.niveaux import Niveau
from tenir.habilitations.rights import Acces, may, reach, require
from tenir.habilitations.vues import needs
from tenir.natures.enums import Lecteurs
from tenir.natures.modeles import NatureEntiere

MODIFIER = Ecran(
    "Changer sa description",
    "Enregistrer la description",
    "La description est changée.",
    "Son état ne change que par ce que l’on en note.",
    "activite/registres/modifier.html",
)
NOTER = Ecran(
    "Noter ce qu’il en est",
    "Noter",
    "C’est noté.",
    "Un état, un nombre, ou rien que « inchangé ». Les nombres s’ajoutent à ceux qui sont déjà notés.",
    "activite/registres/noter.html",
)


@needs("activite.read")
def registres(request: HttpRequest, acces: Acces, espace: EspaceDeContrat) -> HttpResponse:
    """Which registers there are, with what each holds."""
    kinds = registers_of(acces, espace)
    held = _held(read_by(acces, espace), kinds)
    filled = [_register(espace, one, held[one.nature]) for one in kinds if held.get(one.nature)]
    empty = [_register(espace, one, []) for one in kinds if not held.get(one.nature)]
    given = context(acces, espace, ONGLET, tenus=filled, vides=empty, natures=_kinds_page(acces, espace))
    return render(request, "activite/registres/registres.html", given)


def _held(rows: Any, kinds: list[NatureEntiere]) -> dict[str, list[Objet]]:
    """The things of each register, with their state; one query."""
    found: dict[str, list[Objet]] = {}
    for objet in rows.filter(nature__in=[one.nature for one in kinds]).select_related("mots"):
        found.setdefault(objet.nature, []).append(objet)
    return found


def _register(espace: EspaceDeContrat, kind: NatureEntiere, things: list[Objet]) -> Lien:
    """A register, and how many of its things are in each state."""
    words = [state_of(one, kind).word.lower() for one in things]
    counts = ", ".join(f"{word} {words.count(word)}" for word in dict.fromkeys(words))
    note = f"{pluriel(len(things), 'ligne', genre='f')} ({counts})" if things else kind.page or ""
    return Lien(kind.pluriel[:1].upper() + kind.pluriel[1:], address("registre", espace, kind.nature), note=typo(note))


def _kinds_page(acces: Acces, espace: EspaceDeContrat) -> str:
    return address("natures", espace) if may(acces, "nature.update", espace) else ""


@needs("activite.read")
def registre(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, code: str, format: str = "") -> HttpResponse:
    """The list of one register, or its export; of what the team alone reads, nothing leaves.

    Raises:
        Http404: no such register for her, or a file of one that stays with the team.
    """
    kind = register_or_404(acces, espace, code)
    if format and kind.visible is Lecteurs.EQUIPE:
        raise Http404
    rows = read_by(acces, espace).filter(nature=kind.nature)
    filtre = FiltreDObjets(request.GET or None, queryset=rows, kind=kind, espace=espace)
    readable = not filtre.is_bound or filtre.is_valid()
    found = filtre.qs
    totaux = totals_of(found.order_by().values("pk"), filtre.year)
    liste = liste_of(kind, totaux, espace)
    vue = Vue(liste, whole(found), request.GET, filtre=quick(filtre.form))
    given = context(
        acces,
        espace,
        ONGLET,
        nature=kind,
        sommes=typo(" · ".join(sums(kind, totaux))),
        nouveau=address("objet-nouveau", espace, code) if _may_add(acces, espace, kind) else "",
        grille=address("grille", espace, code) if kind.grille else "",
        csv="" if kind.visible is Lecteurs.EQUIPE else address("registre-export", espace, code, "csv"),
        xlsx="" if kind.visible is Lecteurs.EQUIPE else address("registre-export", espace, code, "xlsx"),
        registres=address(ONGLET, espace),
    )
    name = f"{espace.slug}-{code}"
    return answer(
        request,
        "activite/registres/registre.html",
        vue,
        readable=readable,
        export_name=name,
        format=format,
        context=given,
    )


def _may_add(acces: Acces, espace: EspaceDeContrat, kind: NatureEntiere) -> bool:
    """Whether she may put something in a register that is still offered."""
    return bool(reach(acces, RIGHT, espace)) and kind.nature in {one.nature for one in registers_of(acces, espace)}


@needs("activite.read")
def objet(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int) -> HttpResponse:
    """One thing: where it stands, what describes it, what was said of it, its numbers, its history."""
    found = objet_or_404(acces, espace, numero)
    kind = _kind_of(acces, espace, found)
    given = context(
        acces,
        espace,
        ONGLET,
        objet=found,
        nature=kind,
        surtitre=shown.overline(found),
        chapeau=shown.lede(found, kind),
        tampon=state_of(found, kind),
        faits=shown.facts(found, kind),
        passes=shown.said_of(found, entries_read(acces, espace)),
        nombres=shown.numbers(found, kind),
        actions=shown.actions(found),
        noter=at(found, "noter") if may(acces, NOTING, espace, found) else "",
        modifier=at(found, "modifier") if may(acces, RIGHT, espace, found) else "",
        histoire=paged(request, records(history_of(found)), CHANGES, "histoire"),
        annulables=undoable(acces, espace, genre=GENRE, code=found.code),
        depuis=found.entrees.order_by("pk").values_list("inscrite_le", flat=True).first(),
        registre=address("registre", espace, found.nature),
        equipe=found.niveau >= Niveau.EQUIPE,
    )
    return render(request, "activite/registres/objet.html", given)


def _kind_of(acces: Acces, espace: EspaceDeContrat, objet: Objet) -> NatureEntiere:
    """The kind of a thing as it stands now, or as it stood when the thing was written, if it is made no more."""
    try:
        return register_or_404(acces, espace, objet.nature)
    except Http404:
        return objet.mots.nature


@require_http_methods(["GET", "POST"])
@needs(RIGHT, theirs=True)
def nouveau(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, code: str) -> HttpResponse:
    """Put a thing in a register, with what is first said of it."""
    kind = register_or_404(acces, espace, code)
    if not _may_add(acces, espace, kind):
        raise Http404
    form = NouvelObjetForm(Objet(espace=espace), kind, acces, posted(request), **_proposed(acces, espace, kind))
    if form.is_valid():
        try:
            made = open_objet(
                by=acces,
                espace=espace,
                nature=code,
                values=form.values(),
                attributs=form.attributs(form.cleaned_data),
                point=form.point(),
                fiches=form.actions(),
                porte=Porte(exact=form.exact),
            )
        except ValidationError as error:
            form.refuse(error)
        else:
            said = typo(f"C’est dans le registre : {made}.")
            messages.success(request, with_undo(acces, espace, said, at(made), genre=GENRE, code=made.code))
            return redirect(at(made))
    given = context(acces, espace, ONGLET, form=form, nature=kind, retour=address("registre", espace, code))
    return render(request, "activite/registres/nouveau.html", given, status=UNPROCESSABLE if form.errors else 200)


def _proposed(acces: Acces, espace: EspaceDeContrat, kind: NatureEntiere) -> dict[str, Any]:
    """Her body, the actions of the kind."""
    linked = FicheAction.objects.of(espace).filter(action__code__in=kind.actions).values_list("pk", flat=True)
    return {"organisme": acces.organisation(espace), FICHES: sorted(map(str, linked))}


@require_http_methods(["GET", "POST"])
@needs(RIGHT, theirs=True)
def modifier(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int) -> HttpResponse:
    """Change what describes a thing; of two people at once, the second chooses, field by field."""
    found = objet_or_404(acces, espace, numero)
    require(acces, RIGHT, espace, found)
    form = ObjetForm(found, _kind_of(acces, espace, found), acces, posted(request))

    def write(changes: dict[str, Any]) -> None:
        change_objet(
            by=acces,
            objet=found,
            version=form.cleaned_data["version"] or 0,
            changes={name: value for name, value in changes.items() if name in WRITTEN},
            attributs=form.attributs(changes) or None,
            fiches=form.actions() if FICHES in changes else None,
            motif=form.cleaned_data["motif"],
            exact=form.exact,
        )

    return answer_or_arbitrate(request, acces, sujet(found), form, MODIFIER, write, chose=found)


@require_http_methods(["GET", "POST"])
@needs(NOTING, theirs=True)
def noter(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int) -> HttpResponse:
    """Say what becomes of a thing, one day."""
    found = objet_or_404(acces, espace, numero)
    require(acces, NOTING, espace, found)
    kind = _kind_of(acces, espace, found)
    form = SuiviForm(found, kind, acces, posted(request))
    lu = shown.read_of(found, kind)

    def write() -> None:
        refuse_unread(read_mark(request), lu)
        note_objet(by=acces, objet=found, point=form.point(), porte=Porte(Source.EQUIPE, exact=form.exact))

    return edition.answer(request, acces, sujet(found), form, NOTER, write, chapeau=shown.lede(found, kind), lu=lu)
