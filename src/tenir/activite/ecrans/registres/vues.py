"""The registers of a contract: which there are, the list of one, the page of a thing, and what is done to it."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from tenir.activite import abattement
from tenir.activite.catalogue import catalogue_of, kind_of
from tenir.activite.ecrans.commun import read_by as entries_read
from tenir.activite.ecrans.gestes import MotifForm
from tenir.activite.ecrans.registres import page as shown
from tenir.activite.ecrans.registres.commun import (
    ONGLET,
    at,
    family_of,
    history_of,
    objet_or_404,
    read_by,
    register_or_404,
    registers_of,
    state_of,
    sujet,
    whole,
    with_actions,
)
from tenir.activite.ecrans.registres.croisement import has_grid
from tenir.activite.ecrans.registres.formulaires import NouvelObjetForm, ObjetForm, SuiviForm
from tenir.activite.ecrans.registres.liste import FiltreDObjets, liste_of
from tenir.activite.ecrans.registres.totaux import sums, totals_of
from tenir.activite.enums import Confiance, Source
from tenir.activite.etats import ASIDE
from tenir.activite.models import Objet
from tenir.activite.services import documents_cadres, postes_publies
from tenir.activite.services.entree import GENRE as NOTED
from tenir.activite.services.entree import RIGHT as NOTING
from tenir.activite.services.entree import judge_several
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
from tenir.core.typographie import capital, pluriel, typo
from tenir.ecran import edition
from tenir.ecran.annulation.barre import undoable, with_undo
from tenir.ecran.conflit import answer_or_arbitrate
from tenir.ecran.edition import Ecran, posted, read_mark
from tenir.ecran.histoire import records
from tenir.ecran.listes import CHANGES, paged
from tenir.ecran.navigation import address, context
from tenir.fiches.models import FicheAction
from tenir.fichier.mots import uncapital
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.niveaux import Niveau
from tenir.habilitations.rights import Acces, may, reach, require
from tenir.habilitations.vues import needs
from tenir.natures.enums import Lecteurs
from tenir.natures.modeles import NatureEntiere

LIGNE = "activite/registres/modifier.html"
"""The page of the forms of a line."""
MODIFIER = Ecran(
    "Changer sa description",
    "Enregistrer la description",
    "La description est changée.",
    "Son état ne change que par ce que l’on en note.",
    LIGNE,
)
NOTER = Ecran(
    "Noter ce qu’il en est",
    "Noter",
    "C’est noté.",
    "Un état, un nombre, ou rien que « inchangé ». Les nombres s’ajoutent à ceux qui sont déjà notés.",
    LIGNE,
)
ECARTER = Ecran(
    "Écarter cette ligne ?",
    "Écarter cette ligne",
    "La ligne est écartée : elle ne compte plus, et quitte la liste.",
    "Tout ce qui en est dit est contesté, avec ce motif ; rien n’est effacé. Le filtre « Écartées » la retrouve.",
)


@needs("activite.read")
def registres(request: HttpRequest, acces: Acces, espace: EspaceDeContrat) -> HttpResponse:
    """Which registers there are, with what each holds."""
    kinds = registers_of(acces, espace)
    found = read_by(acces, espace).exclude(**ASIDE).select_related("mots")
    held = _held(found)
    gone = _withdrawn(espace, held.keys() - {one.nature for one in kinds})
    filled = [_register(espace, one, held[one.nature]) for one in (*kinds, *gone) if held.get(one.nature)]
    empty = [_register(espace, one, []) for one in kinds if not held.get(one.nature)]
    given = context(acces, espace, ONGLET, tenus=filled, vides=empty, natures=_kinds_page(acces, espace))
    return render(request, "activite/registres/registres.html", given)


def _held(rows: Iterable[Objet]) -> dict[str, list[Objet]]:
    """The things of each register, with their state; one query."""
    found: dict[str, list[Objet]] = {}
    for objet in rows:
        found.setdefault(objet.nature, []).append(objet)
    return found


def _withdrawn(espace: EspaceDeContrat, codes: Collection[str]) -> list[NatureEntiere]:
    """Registers in which nothing more is put, and that hold something: what goes on in them is still told of."""
    known = catalogue_of(espace) if codes else {}
    return [known[code] for code in sorted(codes) if code in known]


def _register(espace: EspaceDeContrat, kind: NatureEntiere, things: list[Objet]) -> Lien:
    """A register, and how many of its things are in each state."""
    words = [uncapital(state_of(one, kind).word) for one in things]
    counts = ", ".join(f"{word} {words.count(word)}" for word in dict.fromkeys(words))
    note = f"{pluriel(len(things), 'ligne', genre='f')} ({counts})" if things else kind.page or ""
    return Lien(capital(kind.pluriel), address("registre", espace, kind.nature), note=typo(note))


def _kinds_page(acces: Acces, espace: EspaceDeContrat) -> str:
    return address("natures", espace) if may(acces, "nature.update", espace) else ""


@needs("activite.read")
def registre(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, code: str, format: str = "") -> HttpResponse:
    """The list of one register, or its export; of what the team alone reads, nothing leaves.

    Raises:
        Http404: no such register for her, or a file of one that stays with the team.
    """
    kind = register_or_404(acces, espace, code)
    family = family_of(espace, kind)
    stays = any(one.visible is Lecteurs.EQUIPE for one in family)
    if format and stays:
        raise Http404
    rows = read_by(acces, espace, _day(request)).filter(nature__in=[one.nature for one in family])
    filtre = FiltreDObjets(request.GET or None, queryset=rows, family=family)
    readable = not filtre.is_bound or filtre.is_valid()
    found = filtre.qs
    totaux = totals_of(found.order_by().values("pk"), filtre.year)
    liste = liste_of(family, totaux, espace)
    vue = Vue(liste, with_actions(whole(found)), request.GET, filtre=quick(filtre.form))
    given = context(
        acces,
        espace,
        ONGLET,
        nature=kind,
        sommes=typo(" · ".join(sums(kind, totaux))),
        nouveau=address("objet-nouveau", espace, code) if _may_add(acces, espace, kind) else "",
        grille=address("grille", espace, code) if has_grid(kind) else "",
        bilan=address("abattement-bilan", espace) if code == abattement.NATURE else "",
        csv="" if stays else address("registre-export", espace, code, "csv"),
        xlsx="" if stays else address("registre-export", espace, code, "xlsx"),
        reprendre=_printed(acces, espace, kind),
        offre=getattr(_source_of(kind), "offre", ""),
        registres=address(ONGLET, espace),
    )
    return answer(
        request,
        "activite/registres/registre.html",
        vue,
        readable=readable,
        export_name=f"{espace.slug}-{code}",
        format=format,
        context=given,
    )


@dataclass(frozen=True, slots=True)
class Reprise:
    """Things known elsewhere that a register may take: what the page says of them, what brings them in."""

    offre: str
    titre: str
    chapeau: str
    rien: str
    service: Any


DOCUMENTS = Reprise(
    "Reprendre les documents que le contrat imprime",
    "Reprendre les documents du contrat",
    "Chacun entre au registre avec son nom imprimé, l’organisme qui le cite et la fin de sa dernière année imprimée.",
    "Chaque document que le contrat imprime est déjà au registre.",
    documents_cadres,
)
POSTES = Reprise(
    "Reprendre les postes publiés",
    "Reprendre les postes publiés",
    "Chacun entre au registre avec son employeur, ses montants année par année et leur source. Un montant que l’on ne"
    " peut croire y entre contesté, avec la raison : il se lit, et ne compte dans aucun total.",
    "Chaque poste publié est déjà au registre.",
    postes_publies,
)


def _source_of(kind: NatureEntiere) -> Reprise | None:
    """What a register may take that is known elsewhere; nothing for most."""
    if documents_cadres.follows_documents(kind):
        return DOCUMENTS
    return POSTES if postes_publies.follows_posts(kind) else None


def _printed(acces: Acces, espace: EspaceDeContrat, kind: NatureEntiere) -> str:
    """The way to bring in what the contract prints, or what is published, when some of it is not there."""
    source = _source_of(kind)
    if source is None or not may(acces, RIGHT, espace) or not _may_add(acces, espace, kind):
        return ""
    return address("registre-reprendre", espace, kind.nature) if source.service.to_bring(espace) else ""


@require_http_methods(["GET", "POST"])
@needs(RIGHT)
def reprendre(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, code: str) -> HttpResponse:
    """Bring what the contract prints, or what is published, into a register of it.

    Raises:
        Http404: no such register, or one in which nothing more is put.
    """
    kind = register_or_404(acces, espace, code)
    source = _source_of(kind)
    if source is None or not _may_add(acces, espace, kind):
        raise Http404
    retour = address("registre", espace, code)
    if request.method == "POST":
        count = source.service.bring_in(by=acces, espace=espace, nature=code)
        if not count:  # sent twice: the gesture that could be undone is not this one
            return redirect(request.path)
        messages.success(request, with_undo(acces, espace, source.service.brought(count), retour))
        return redirect(retour)
    found = list(source.service.told_of(source.service.to_bring(espace)))
    left = [one.nom for one in postes_publies.strangers(espace)] if source is POSTES else []
    more = {"reprise": source, "documents": found, "laisses": left, "retour": retour}
    given = context(acces, espace, ONGLET, nature=kind, **more)
    return render(request, "activite/registres/reprendre.html", given)


def _day(request: HttpRequest) -> date | None:
    """The day on which states are asked for, if it is one."""
    try:
        return date.fromisoformat(request.GET.get("au", ""))
    except ValueError:
        return None


def _may_add(acces: Acces, espace: EspaceDeContrat, kind: NatureEntiere) -> bool:
    """Whether she may put something in a register that is still offered."""
    return bool(reach(acces, RIGHT, espace)) and kind.nature in {one.nature for one in registers_of(acces, espace)}


@needs("activite.read")
def objet(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int) -> HttpResponse:
    """One thing: where it stands, what describes it, what was said of it, its numbers, its history."""
    found = objet_or_404(acces, espace, numero)
    kind = kind_of(found)
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
        ecarter=at(found, "ecarter") if may(acces, "entree.judge", espace) and getattr(found, "etat", None) else "",
        annuaire=_not_yet_public(found, kind),
        histoire=paged(request, records(history_of(found)), CHANGES, "histoire"),
        annulables=undoable(acces, espace, genre=GENRE, code=found.code),
        depuis=found.entrees.order_by("pk").values_list("inscrite_le", flat=True).first(),
        registre=address("registre", espace, found.nature),
        equipe=found.niveau >= Niveau.EQUIPE,
    )
    return render(request, "activite/registres/objet.html", given)


def _not_yet_public(objet: Objet, kind: NatureEntiere) -> str:
    """Why a line of a directory is not in it yet: it was written before anyone was to read it."""
    if not kind.annuaire or objet.mots.nature.annuaire:
        return ""
    return typo("Cette ligne n’est pas encore dans l’annuaire public : relisez sa description, puis enregistrez-la.")


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
    form = ObjetForm(found, kind_of(found), acces, posted(request))

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
    kind = kind_of(found)
    form = SuiviForm(found, kind, acces, posted(request))
    lu = shown.read_of(found, kind)
    if form.is_valid():
        refuse_unread(read_mark(request), lu)
        try:
            made = note_objet(by=acces, objet=found, point=form.point(), porte=Porte(Source.EQUIPE, exact=form.exact))
        except ValidationError as error:
            form.refuse(error)
        else:
            said = with_undo(acces, espace, NOTER.fini, at(found), genre=NOTED, code=made.code)
            return edition.done(request, sujet(found), said)
    status = UNPROCESSABLE if form.errors else 200
    given = {"form": form, "ecran": NOTER, "chapeau": shown.lede(found, kind), "lu": lu}
    return edition.page(request, acces, sujet(found), NOTER.gabarit, status=status, **given)


@require_http_methods(["GET", "POST"])
@needs("entree.judge")
def ecarter(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int) -> HttpResponse:
    """Set a line aside, with why: all that was said of it is contested, and counts no more.

    Raises:
        Http404: no such line, or one of which nothing counts.
    """
    found = objet_or_404(acces, espace, numero)
    counted = found.entrees.filter(confiance=Confiance.RETENUE)
    if not counted.exists():
        raise Http404
    form = MotifForm(posted(request), required=True)
    lu = shown.read_of(found, kind_of(found))

    def write() -> None:
        refuse_unread(read_mark(request), lu)
        numeros = list(counted.values_list("numero", flat=True))
        motif = form.cleaned_data["motif"]
        judge_several(by=acces, espace=espace, numeros=numeros, confiance=Confiance.CONTESTEE, motif=motif)

    return edition.answer(request, acces, sujet(found), form, ECARTER, write, lu=lu)
