"""A file of subsidies beside the ledger: given, then read, difference by difference. Nothing of it is kept."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from tenir.core.listes import UNPROCESSABLE
from tenir.core.tableur import Tableau
from tenir.core.tableur.colonnes import Grille, read_rows
from tenir.core.typographie import accord, pluriel, typo
from tenir.ecran.importation import TableauForm
from tenir.ecran.navigation import address, context
from tenir.financement.ecrans.commun import LIGNES, told_year
from tenir.financement.montants import told
from tenir.financement.services import commun
from tenir.financement.subventions import COLONNES, REQUIRED, Difference, Rapprochement, compare
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces
from tenir.habilitations.vues import needs


class SubventionsForm(TableauForm):
    """A file of subsidies."""

    def table(self, tables: list[Tableau]) -> Grille:
        """The rows of a file of subsidies."""
        return read_rows(tables, COLONNES, REQUIRED)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(commun.DEFINE)
def comparer(request: HttpRequest, acces: Acces, espace: EspaceDeContrat) -> HttpResponse:
    """Compare a file of subsidies with the ledger; nothing is written."""
    form = SubventionsForm(request.POST or None, request.FILES or None)
    given: dict[str, Any] = {"retour": address(LIGNES, espace)}
    if form.is_valid():
        given |= _shown(espace, form, compare(form.grille, espace))
    status = UNPROCESSABLE if form.errors else 200
    return render(
        request, "financement/comparer.html", context(acces, espace, LIGNES, form=form, **given), status=status
    )


def _shown(espace: EspaceDeContrat, form: SubventionsForm, found: Rapprochement) -> dict[str, Any]:
    return {
        "montre": True,
        "chapeau": typo(_lede(found)),
        "remarques": [typo(one) for one in form.grille.remarques],
        "totaux": [(nom, year, told(given), told(held), given == held) for nom, year, given, held in found.totaux],
        "differences": [_row(espace, one) for one in found.differences],
        "douteuses": found.douteuses,
    }


def _row(espace: EspaceDeContrat, one: Difference) -> dict[str, Any]:
    return {
        "quoi": typo(one.quoi),
        "financeur": one.financeur,
        "annee": told_year(one.annee),
        "fichier": one.fichier,
        "registre": one.registre,
        "url": address("financement", espace, one.ligne.code) if one.ligne else "",
    }


def _lede(found: Rapprochement) -> str:
    start = f"{pluriel(found.lues, 'subvention', genre='f')} {accord(found.lues, 'lue')}"
    agree = f"{pluriel(found.accords, 'concorde', 'concordent')} avec le registre"
    differ = pluriel(len(found.differences), "différence", genre="f")
    doubt = f"{pluriel(len(found.douteuses), 'douteuse')}"
    return f"{start} : {agree}, {differ}, {doubt}, {found.ailleurs} sans lien reconnu avec ce contrat."
