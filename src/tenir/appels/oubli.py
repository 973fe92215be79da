"""What the room keeps of people: the address of a dossier, its messages; where texts that may name one are changed."""

from tenir.acteurs.models import Personne
from tenir.appels.models import (
    AppelAProjets,
    CompteRenduFinancier,
    ConventionDeSubvention,
    DossierDeDemande,
    EnveloppeDAppel,
    NoteDeCritere,
    PartDemandee,
    PieceDAppel,
    PieceDeDossier,
    ReportDeDates,
)
from tenir.appels.services.messages import INSTRUCTION, forget_messages
from tenir.core import courriels
from tenir.core.models import Courriel
from tenir.core.oubli import Marques
from tenir.core.piece import Answer
from tenir.ecran.navigation import address

PERSONAL = {DossierDeDemande._meta.label: ("courriel",)}
"""The address that receives the link of a dossier (`Piece(personal=…)`)."""


def forget(personne: Personne, marques: Marques) -> None:
    """Empty her addresses, those of before too, and call off what waits for her: a dossier stays, of a body."""
    for known in marques.adresses:
        numbers = list(DossierDeDemande.objects.filter(courriel__iexact=known).values_list("pk", flat=True))
        forget_messages(numbers)
        DossierDeDemande.objects.filter(pk__in=numbers).update(courriel="")
    sent = Courriel.objects.filter(genre=INSTRUCTION, cible__endswith=f"/{personne.pk}")
    courriels.cancel(sent)
    sent.update(adresse="")


def _call(row: AppelAProjets) -> str:
    return address("appel-a-projets", row.espace, row.numero)


def _of_call(row: EnveloppeDAppel | PieceDAppel) -> str:
    return _call(row.appel)


def _dossier(row: DossierDeDemande) -> str:
    return address("dossier-de-demande", row.espace, row.numero)


def _of_dossier(row: PartDemandee | PieceDeDossier | ReportDeDates) -> str:
    return _dossier(row.dossier)


def _of_part(row: NoteDeCritere | ConventionDeSubvention) -> str:
    return _of_dossier(row.part)


def _of_report(row: CompteRenduFinancier) -> str:
    return address("dossier-de-demande-compte-rendu", row.espace, row.dossier.numero)


WHERE: dict[str, Answer] = {
    AppelAProjets._meta.label: _call,
    EnveloppeDAppel._meta.label: _of_call,
    PieceDAppel._meta.label: _of_call,
    DossierDeDemande._meta.label: _dossier,
    PartDemandee._meta.label: _of_dossier,
    PieceDeDossier._meta.label: _of_dossier,
    NoteDeCritere._meta.label: _of_part,
    ConventionDeSubvention._meta.label: _of_part,
    ReportDeDates._meta.label: _of_dossier,
    CompteRenduFinancier._meta.label: _of_report,
}
