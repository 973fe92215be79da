"""The ledger: its list, one line with its dated rows, adding one."""

from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from tenir.core.composants import Lien, Renseignement
from tenir.core.listes import respond
from tenir.core.typographie import typo
from tenir.ecran.annulation.barre import undoable
from tenir.ecran.conflit import MARK, answer_or_arbitrate
from tenir.ecran.edition import Ecran, posted
from tenir.ecran.histoire import history_of, records
from tenir.ecran.listes import CHANGES, paged
from tenir.ecran.navigation import address, context
from tenir.ecran.versions import Conflit
from tenir.financement.ecrans.commun import (
    LIGNES,
    about_line,
    about_new,
    funders_offered,
    line_or_404,
    stamp_of,
    this_year,
    told_year,
)
from tenir.financement.ecrans.decisions import decisions_of
from tenir.financement.ecrans.formulaires import LigneForm, MouvementForm
from tenir.financement.ecrans.listes import LIGNES as LISTE
from tenir.financement.ecrans.listes import FiltreDesLignes, lines_of
from tenir.financement.enums import Registre
from tenir.financement.models import LigneDeFinancement
from tenir.financement.montants import told
from tenir.financement.services import commun
from tenir.financement.services.lignes import line_of, open_line, say
from tenir.financement.silence import silence_of
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces, Portee, may, reach, require
from tenir.habilitations.vues import needs

BOTH = ["GET", "HEAD", "POST"]
READ, UPDATE = "financement.read", commun.UPDATE
DIRE = Ecran(
    "Inscrire un montant", "Inscrire", "Le montant est inscrit.",
    "Ce qui est déjà inscrit reste dans l’histoire : un chiffre suit un chiffre, il ne l’efface pas.",
)  # fmt: skip
NOUVELLE = Ecran(
    "Ouvrir une ligne", "Inscrire", "La ligne est ouverte.",
    "Ce qu’un financeur apporte à une action, à un projet ou à toute une orientation, pour une année.",
)  # fmt: skip


@needs(READ)
def lignes(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, format: str = "") -> HttpResponse:
    """The lines of a contract, or their export."""
    may_open = reach(acces, UPDATE, espace) > Portee.AUCUNE
    return respond(
        request,
        "financement/liste.html",
        liste=LISTE,
        filtre=partial(FiltreDesLignes, espace=espace, acces=acces),
        rows=lines_of(espace),
        export_name=f"{espace.slug}-financements",
        format=format,
        context=context(
            acces,
            espace,
            LIGNES,
            titre="Le registre de l’argent",
            chapeau="" if format else typo(silence_of(espace).phrase),
            nouvelle=address("financement-nouveau", espace) if may_open else "",
            importer=address("financements-importer", espace) if may_open else "",
            comparer=address("financements-comparer", espace) if may(acces, commun.DEFINE, espace) else "",
            annulables=undoable(acces, espace),
            csv=address("financements-export", espace, "csv"),
            xlsx=address("financements-export", espace, "xlsx"),
        ),
    )


@needs(READ)
def ligne(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, code: str) -> HttpResponse:
    """One line: where it stands, each of its dated rows, where it comes from."""
    found = line_or_404(espace, code)
    given = context(
        acces,
        espace,
        LIGNES,
        ligne=found,
        tampon=stamp_of(found),
        chapeau=typo(_lede(found)),
        lignes=_lines(found),
        mouvements=found.mouvements.select_related("auteur", "pour").order_by("-le", "-rang"),
        liens=_links(found),
        decisions=decisions_of(found),
        decider=address("financement-decider", espace, code) if may(acces, commun.DEFINE, espace) else "",
        publier=_publish(acces, found),
        dire=address("financement-dire", espace, code) if may(acces, UPDATE, espace, found) else "",
        annulables=undoable(acces, espace, genre=commun.LIGNE, code=code),
        histoire=paged(request, records(history_of(espace, commun.LIGNE, code)), CHANGES, "histoire"),
    )
    return render(request, "financement/ligne.html", given)


def _publish(acces: Acces, ligne: LigneDeFinancement) -> str:
    """Where she says what is published of a subsidy that was voted; nowhere for another line."""
    decided = ligne.registre == Registre.SPECIFIQUE and ligne.vote
    hers = decided and may(acces, UPDATE, ligne.espace, ligne)
    return address("financement-publier", ligne.espace, ligne.code) if hers else ""


def _lede(ligne: LigneDeFinancement) -> str:
    who, what = ligne.nom_du_financeur, ligne.objet
    if ligne.est_vide:
        return f"Le contrat nomme « {who} » pour « {what} » et n’annonce rien ; rien n’est inscrit depuis."
    if ligne.montant is None and not ligne.compte:
        return f"« {who} », pour « {what} » : {ligne.get_etat_display()}, sans montant."
    return f"« {who} » : {told(ligne.montant or ligne.compte)} {ligne.get_etat_display()} pour « {what} »."


def _lines(ligne: LigneDeFinancement) -> list[Renseignement]:
    whole = [
        ("Registre", ligne.get_registre_display()),
        ("Année", told_year(ligne.annee)),
        ("Compté dans les totaux", told(ligne.compte)),
    ]
    stages = {"Annoncé": ligne.annonce, "Demandé": ligne.demande, "Voté": ligne.vote, "Versé": ligne.verse}
    passed = [(label, told(amount)) for label, amount in stages.items() if amount is not None]
    return [Renseignement(label, value) for label, value in (*whole, *passed)]


def _links(ligne: LigneDeFinancement) -> list[Lien]:
    espace = ligne.espace
    found = []
    if ligne.fiche:
        found.append(Lien(ligne.fiche.action.titre, address("fiche", espace, ligne.fiche.code), ligne.fiche.code))
    orientation = ligne.orientation
    url = f"{address(LIGNES, espace)}?orientation={orientation.code}"
    found.append(Lien(f"Les lignes de « {orientation.titre} »", url, orientation.code))
    if ligne.financeur:
        url = f"{address(LIGNES, espace)}?financeur={ligne.financeur.identifiant}"
        found.append(Lien(f"Les lignes de « {ligne.financeur.nom} »", url))
    return found


@require_http_methods(BOTH)
@needs(UPDATE, theirs=True)
def dire(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, code: str) -> HttpResponse:
    """Add a dated row to a line."""
    found = line_or_404(espace, code)
    require(acces, UPDATE, espace, found)
    form = MouvementForm(found, posted(request))
    return _arbitrated(request, acces, espace, form, found, DIRE)


@require_http_methods(BOTH)
@needs(UPDATE, theirs=True)
def nouvelle(request: HttpRequest, acces: Acces, espace: EspaceDeContrat) -> HttpResponse:
    """Open a line; one that someone opened in the same cell meanwhile is compared with what was typed."""
    form = LigneForm(espace, funders_offered(acces, espace), posted(request), **_asked(request, espace))
    standing = line_of(espace, form.case()) if form.is_bound and form.is_valid() else None
    return _arbitrated(request, acces, espace, form, standing or LigneDeFinancement(espace=espace), NOUVELLE)


def _asked(request: HttpRequest, espace: EspaceDeContrat) -> dict[str, Any]:
    """What the address asks to be chosen already: a cell of the table."""
    asked = {name: request.GET.get(name, "") for name in ("quoi", "projet", "financeur", "annee", "registre")}
    found: dict[str, Any] = {name: value for name, value in asked.items() if value and "\x00" not in value}
    if not found.get("financeur", "0").isdecimal():
        found.pop("financeur")
    return {"annee": this_year(espace), **found}


def _arbitrated(
    request: HttpRequest,
    acces: Acces,
    espace: EspaceDeContrat,
    form: MouvementForm,
    chose: LigneDeFinancement,
    ecran: Ecran,
) -> HttpResponse:
    """Write the row; where someone wrote another meanwhile, both values are shown, and she chooses."""

    def write(changes: dict[str, Any]) -> None:
        if MARK in request.POST and not changes:
            return
        _write(acces, espace, form, chose, form.given(chose, changes))

    sujet = about_line(chose) if chose.pk else about_new(espace)
    return answer_or_arbitrate(request, acces, sujet, form, ecran, write, chose=chose)


def _write(
    acces: Acces, espace: EspaceDeContrat, form: MouvementForm, chose: LigneDeFinancement, given: dict[str, Any]
) -> None:
    if chose.pk:
        say(by=acces, ligne=chose, version=form.cleaned_data["version"] or 0, given=given)
        return
    assert isinstance(form, LigneForm)  # noqa: S101 (only that one opens a line)
    case = form.case()
    try:
        open_line(by=acces, espace=espace, case=case, given=given)
    except Conflit:
        if standing := line_of(espace, case):
            chose.pk, chose._state.adding = standing.pk, False
        raise
