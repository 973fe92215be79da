"""The page of the frieze, and its dates as a file."""

from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from tenir.contrat.models import Axe
from tenir.core import horloge
from tenir.core.exports import Row, export_response
from tenir.core.listes import UNPROCESSABLE
from tenir.core.listes.choix import quick
from tenir.core.typographie import accord, pluriel, typo
from tenir.ecran.mots import UNDECLARED
from tenir.ecran.navigation import address, context
from tenir.fiches.conditions import DATES
from tenir.fiches.ecrans.frise.dessin import MOTS, Rang, bands, frames, state
from tenir.fiches.ecrans.frise.filtre import FiltreDeLaFrise
from tenir.fiches.jalons import jalons_of, with_jalons
from tenir.fiches.models import FicheAction
from tenir.fiches.models.fiche import FicheActionQuerySet
from tenir.fiches.situation import owes
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces
from tenir.habilitations.vues import needs


@needs("fiche.read")
def frise(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, format: str = "") -> HttpResponse:
    """The frieze of a contract, as its address narrows it, or its dates as a file."""
    filtre = FiltreDeLaFrise(request.GET or None, queryset=_rows(espace), acces=acces, espace=espace)
    readable = not filtre.is_bound or filtre.is_valid()
    today = horloge.today()
    if format and readable:
        return export_response(_table(espace, filtre.qs), name=f"{espace.slug}-frise", format=format)
    cadres = frames(espace.debut, espace.fin, today, address("fiches", espace))
    ranks = {pk: rank for rank, pk in enumerate(Axe.objects.of(espace).values_list("pk", flat=True), start=1)}
    found = bands(filtre.qs, cadres, ranks)
    given = context(
        acces,
        espace,
        "frise",
        filtre=quick(filtre.form),
        chapeau=_lede([rang for bande in found for rang in bande.rangs]),
        bandes=found,
        etats=MOTS.items(),
        csv=address("frise-export", espace, "csv"),
        xlsx=address("frise-export", espace, "xlsx"),
    )
    return render(request, "fiches/frise/frise.html", given, status=200 if readable else UNPROCESSABLE)


READ = (
    *("espace", "statut", *DATES),
    *("action__code", "action__titre", "action__ordre", "action__orientation"),
    *("action__orientation__code", "action__orientation__titre", "action__orientation__axe"),
)
"""What the frieze reads of a fiche, of its action, of its orientation."""


def _rows(espace: EspaceDeContrat) -> FicheActionQuerySet:
    found = FicheAction.objects.of(espace)
    return found.select_related("action__orientation").only(*READ).prefetch_related(with_jalons())


def _lede(lines: list[Rang]) -> str:
    """What the frieze shows, in a sentence."""
    if not lines:
        return ""
    dated = sum(not line.sans_date for line in lines)
    late = sum(mark.etat == "depasse" for line in lines for mark in line.marques)
    verb = accord(dated, "a une date", "ont une date") if dated else "n’a de date"
    said = f"Sur {pluriel(len(lines), 'action')}, {dated or 'aucune'} {verb}"
    more = f" ; {pluriel(late, 'jalon')} {accord(late, 'est dépassé', 'sont dépassés')}" if late else ""
    return typo(f"{said}{more}.")


def _table(espace: EspaceDeContrat, rows: FicheActionQuerySet) -> Iterator[Row]:
    """One row for the period of each action, one for each of its jalons; days as they are sorted."""
    yield ["Contrat", "Orientation", "Action", "Titre", "Statut", "Objet", "Début prévu", "Fin prévue", "Début révisé",
           "Fin révisée", "Début réel", "Fin réelle", "État"]  # fmt: skip
    today = horloge.today()
    for fiche in rows:
        action = fiche.action
        status = fiche.get_statut_display() or UNDECLARED
        head = [espace.titre, action.orientation.code, action.code, action.titre, status]
        yield [*head, "période", fiche.debut_prevu, fiche.fin_prevue, fiche.debut_revise, fiche.fin_revisee,
               fiche.debut_reel, fiche.fin_reelle, ""]  # fmt: skip
        for one in jalons_of(fiche):
            yield [*head, f"jalon : {one.titre}", None, one.prevu_le, None, one.revise_le, None, one.atteint_le,
                   MOTS[state(one, today if owes(fiche) else None)]]  # fmt: skip
