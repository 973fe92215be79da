"""A report as one accessible document, PDF or Word: for the team, and for whoever holds the link of its dossier.

Shaped like the report that administrations know (CERFA 15059), in our own words; it is never called that form.
"""

from collections.abc import Iterator

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from tenir.appels import registre
from tenir.appels.bilan import table_of
from tenir.appels.ecrans.compte_rendu import granted_or_404, results_shown, said_of, sentence_of
from tenir.appels.ecrans.dossier import Porte, opened
from tenir.appels.ecrans.dossiers import dossier_or_404
from tenir.appels.models import CompteRenduFinancier, DossierDeDemande
from tenir.appels.services.commun import DOSSIERS_READ
from tenir.appels.services.comptes_rendus import told_balance
from tenir.core.documents import Document, Partie, Tableau, document_response
from tenir.core.typographie import typo
from tenir.gouvernance.compte_rendu import FICTIF
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces
from tenir.habilitations.vues import needs

MODELE = "Présenté sur le modèle des comptes rendus que les administrations connaissent ; ce n’est pas leur formulaire."
HEADS = ("Compte", "Prévu", "Réalisé", "Écart", "Part")


def document_of(report: CompteRenduFinancier) -> Document:
    """A report whole: what was done, what the register counts, the budget planned and realised, the indicators."""
    dossier = report.dossier
    return Document(
        titre=typo(f"Compte rendu du dossier {dossier.code} : {dossier.titre}"),
        surtitre=typo(f"{dossier.espace.titre}, {dossier.appel.titre}"),
        chapeau=tuple(typo(one) for one in (f"{dossier.nom}. {sentence_of(report)}", MODELE)),
        parties=tuple(_parts(report)),
        avertissement=typo(FICTIF) if dossier.espace.fictif else "",
    )


def _parts(report: CompteRenduFinancier) -> Iterator[Partie]:
    told = tuple((one.label, one.value) for one in said_of(report))
    table = Tableau("Ce que dit le compte rendu", ("Ce qui est demandé", "Réponse"), (2, 5), told) if told else None
    yield Partie("Ce que dit le compte rendu", tableau=table, vide="Rien n’est encore dit.")
    counted = report.registre if report.est_remis else registre.said_of(report.dossier)
    said = (typo(f"{counted}, sur les actions servies et les dates de l’action."),) if counted else ()
    empty = "Le registre ne compte encore rien pour cette action."
    yield Partie("Ce que le registre d’activité compte", said, vide=empty)
    rows = tuple((one.nom, *(said for _, said in one.cases)) for one in table_of(report))
    budget = Tableau("Le budget de l’action, prévu et réalisé, compte par compte", HEADS, (5, 2, 2, 2, 1), rows)
    yield Partie("Le budget, prévu et réalisé", (typo(told_balance(report)),), budget, autre_feuille=True)
    moved = tuple(typo(f"{one.code} {one.title} : {one.note}") for one in results_shown(report))
    yield Partie("Les indicateurs du contrat", moved, vide="Cette action ne fait bouger aucun indicateur.")


@needs(DOSSIERS_READ)
def fichier(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int, format: str) -> HttpResponse:
    """The report of a dossier, as a document."""
    found = dossier_or_404(espace, numero)
    name = f"{espace.slug}-compte-rendu-{found.code}"
    return document_response(document_of(granted_or_404(found)), name=name, format=format)


def _file(request: HttpRequest, found: DossierDeDemande, porte: Porte, format: str) -> HttpResponse:
    name = f"compte-rendu-{found.code}"
    return document_response(document_of(granted_or_404(found)), name=name, format=format)


par_lien = login_not_required(require_safe(opened(_file)))
