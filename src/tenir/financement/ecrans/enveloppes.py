"""What the team says beside the ledger: the budget of an action, the envelope of a funder, year by year."""

from collections.abc import Callable
from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_http_methods

from tenir.contrat.models import Orientation
from tenir.ecran.conflit import MARK, answer_or_arbitrate
from tenir.ecran.edition import Ecran, Sujet, posted
from tenir.ecran.formulaires import FormulaireSuivi
from tenir.ecran.histoire import history_of
from tenir.ecran.navigation import address
from tenir.ecran.versions import Conflit
from tenir.fiches.models import FicheAction
from tenir.financement.ecrans.commun import TABLEAU, year_or_404
from tenir.financement.financeurs import funders_of
from tenir.financement.models import BudgetDAction, Enveloppe
from tenir.financement.montants import MontantField, told
from tenir.financement.services import commun
from tenir.financement.services.tableau import budget_of, envelope_of, say_budget, say_envelope
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces
from tenir.habilitations.vues import needs

DEFINE = commun.DEFINE
BOTH = ["GET", "HEAD", "POST"]


class BudgetForm(FormulaireSuivi):
    """What a thing costs in a year."""

    CHAMPS: ClassVar[tuple[str, ...]] = ("montant",)
    montant = MontantField("Budget de l’année, en euros", help_text="Vide : le budget n’est pas dit.")

    def told(self, chose: Any, name: str, value: Any) -> str:
        """An amount as a page shows it."""
        return told(value)


class EnveloppeForm(BudgetForm):
    """What a funder has for a year."""

    CHAMPS: ClassVar[tuple[str, ...]] = ("montant", "plafond")
    montant = MontantField("Enveloppe de l’année, en euros", help_text="Vide : elle n’est pas dite.")
    plafond = MontantField("Plafond par action, en euros", help_text="Vide : il n’y en a pas.")


@require_http_methods(BOTH)
@needs(DEFINE)
def budget(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, annee: int, code: str) -> HttpResponse:
    """Say what an action, a project or an orientation costs in a year."""
    year_or_404(espace, str(annee))
    fiche = FicheAction.objects.of(espace).select_related("action__orientation").filter(action__code=code).first()
    above = fiche.action.orientation if fiche else get_object_or_404(Orientation.objects.of(espace), code=code)
    projet = "" if fiche else request.GET.get("projet", "")[:150]
    found = budget_of(espace, annee, above, fiche, projet)
    titre = fiche.action.titre if fiche else projet or above.titre
    ecran = Ecran(f"Budget {annee}", "Enregistrer", "Le budget est enregistré.")
    sujet = _about(espace, annee, titre, commun.BUDGET, found.code)
    form = BudgetForm(found, posted(request))

    def write(version: int, changes: dict[str, Any]) -> None:
        say_budget(by=acces, budget=found, version=version, changes=changes)

    return _kept(
        request, acces, sujet, form, ecran, found, write, lambda: budget_of(espace, annee, above, fiche, projet)
    )


@require_http_methods(BOTH)
@needs(DEFINE)
def enveloppe(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, annee: int, numero: int) -> HttpResponse:
    """Say what a funder has in all for a year, and the most that it gives to one action."""
    year_or_404(espace, str(annee))
    funder = get_object_or_404(funders_of(espace), pk=numero)
    found = envelope_of(espace, annee, funder)
    ecran = Ecran(f"Enveloppe {annee}", "Enregistrer", "L’enveloppe est enregistrée.")
    sujet = _about(espace, annee, funder.nom, commun.ENVELOPPE, found.code)
    form = EnveloppeForm(found, posted(request))

    def write(version: int, changes: dict[str, Any]) -> None:
        say_envelope(by=acces, enveloppe=found, version=version, changes=changes)

    return _kept(request, acces, sujet, form, ecran, found, write, lambda: envelope_of(espace, annee, funder))


def _about(espace: EspaceDeContrat, annee: int, titre: str, genre: str, code: str) -> Sujet:
    back = f"{address(TABLEAU, espace)}?annee={annee}"
    return Sujet(espace, "", titre, back, TABLEAU, lambda _: history_of(espace, genre, code))


def _kept(
    request: HttpRequest,
    acces: Acces,
    sujet: Sujet,
    form: BudgetForm,
    ecran: Ecran,
    found: BudgetDAction | Enveloppe,
    write: Callable[[int, dict[str, Any]], None],
    again: Callable[[], BudgetDAction | Enveloppe],
) -> HttpResponse:
    """Write what was said; where someone said otherwise meanwhile, on a new row maybe, both are shown."""

    def written_once(changes: dict[str, Any]) -> None:
        if MARK in request.POST and not changes:
            return
        try:
            write(form.cleaned_data["version"] or 0, changes)
        except Conflit:
            found.pk, found._state.adding = again().pk, False
            raise

    return answer_or_arbitrate(request, acces, sujet, form, ecran, written_once, chose=found)
