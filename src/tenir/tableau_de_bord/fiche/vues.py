"""The page of a fiche action."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from tenir.core import horloge
from tenir.core.composants import Renseignement, Tampon
from tenir.core.typographie import typo
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces
from tenir.habilitations.vues import needs
from tenir.suivi.champs import champs, label, told
from tenir.suivi.droits import in_charge, niveau_of
from tenir.suivi.enums import TON_DU_STATUT, UNDECLARED, Niveau
from tenir.suivi.models import FicheAction
from tenir.suivi.situation import get_situation
from tenir.tableau_de_bord.navigation import address, context


@needs("fiche.read")
def fiche(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, code: str) -> HttpResponse:
    """One fiche: what is declared, what the facts say."""
    found = fiche_or_404(espace, code)
    niveau = niveau_of(acces, espace, found)
    jalons = list(found.jalons.by_date())
    given = context(
        acces,
        espace,
        "fiches",
        fiche=found,
        statut=status_stamp(found),
        chapeau=_lede(found),
        situation=get_situation(found, jalons, horloge.today()),
        lignes=_lines(found, niveau),
        liste=address("fiches", espace),
    )
    return render(request, "tableau_de_bord/fiche/fiche.html", given)


def fiche_or_404(espace: EspaceDeContrat, code: str) -> FicheAction:
    """The fiche of an action in force of a contract, with what carries it.

    Raises:
        Http404: no such action here.
    """
    rows = FicheAction.objects.of(espace).select_related(
        "espace", "action__orientation__axe", "organisme_en_charge", "personne_en_charge"
    )
    found = rows.filter(action__code=code).first()
    if found is None:
        raise Http404
    return found


def status_stamp(fiche: FicheAction) -> Tampon:
    """The declared status, or that nothing is announced."""
    return Tampon(fiche.get_statut_display() or UNDECLARED, TON_DU_STATUT[fiche.statut])


def _lede(fiche: FicheAction) -> str:
    bodies = ", ".join(str(body) for body in in_charge(fiche))
    return typo(f"En charge : {bodies}." if bodies else "Personne n’est encore désigné pour porter cette action.")


def _lines(fiche: FicheAction, niveau: Niveau) -> list[Renseignement]:
    return [Renseignement(label(name).capitalize(), _shown(fiche, name)) for name in champs(niveau) if name != "statut"]


def _shown(fiche: FicheAction, name: str) -> str:
    """A value as its page shows it: a person by her name, which no trace holds."""
    value = getattr(fiche, name)
    return str(value or "") if name == "personne_en_charge" else told(name, value)
