"""What the room brings to the desk and to the page of an action: answers to read, funders silent; who pays for it."""

from collections.abc import Iterator
from datetime import date

from tenir.core.composants import Item
from tenir.core.emplacements import Bloc
from tenir.core.typographie import date_fr, typo
from tenir.ecran.blocs import Annonce, Section
from tenir.ecran.navigation import address
from tenir.fiches.models import FicheAction
from tenir.financement.ecrans.commun import DEMANDES, stamp_of, told_year
from tenir.financement.ecrans.demandes import answers_of
from tenir.financement.enums import EtatDeReponse
from tenir.financement.models import DemandeAuFinanceur, LigneDeFinancement, ReponseDeFinanceur
from tenir.financement.montants import told
from tenir.financement.services import commun
from tenir.financement.services.lignes import told_row
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces, may


def sections(acces: Acces, espace: EspaceDeContrat, on: date) -> Iterator[Section]:
    """For the team: what funders answered and nobody read; those asked who did not answer in time."""
    if not may(acces, commun.DEFINE, espace):
        return
    waiting = [_answer(espace, one) for one in answers_of(espace).filter(etat=EtatDeReponse.A_LIRE)]
    read = Annonce("réponse de financeur", "est à lire", "sont à lire", "f")
    yield Section("argent-a-lire", "Réponses de financeurs à lire", waiting, read, address(DEMANDES, espace))
    rows = DemandeAuFinanceur.objects.of(espace).filter(repondu_le=None, arretee_le=None, close_le__lt=on)
    late = [_silent(espace, one) for one in rows]
    silent = Annonce("financeur", "n’a pas répondu", "n’ont pas répondu", "m")
    yield Section("argent-sans-reponse", "Financeurs sans réponse", late, silent, address(DEMANDES, espace))


def _answer(espace: EspaceDeContrat, one: ReponseDeFinanceur) -> Item:
    said = typo(f"{one.demande.financeur} : {told_row(one.etat_dit, one.montant)}")
    return Item(one.ligne.code, one.ligne.objet, address("financement-inscrire", espace, one.pk), said)


def _silent(espace: EspaceDeContrat, one: DemandeAuFinanceur) -> Item:
    note = f"argent de {one.annee}, attendu avant le {date_fr(one.close_le)}"
    return Item("", str(one.financeur), address(DEMANDES, espace), typo(note))


def brought(acces: Acces, espace: EspaceDeContrat, fiche: FicheAction) -> Bloc | None:
    """Who brings what to an action, the latest year first; one query, nothing without a line."""
    rows = LigneDeFinancement.objects.of(espace).filter(fiche=fiche).order_by("-annee", "pk")
    lines = [_line(espace, one) for one in rows]
    return Bloc("financement/includes/apports.html", lines) if lines else None


def _line(espace: EspaceDeContrat, one: LigneDeFinancement) -> Item:
    note = f"{told_year(one.annee)} · {one.get_registre_display()} · {told(one.montant) or 'montant non dit'}"
    return Item(one.code, one.nom_du_financeur, address("financement", espace, one.code), typo(note), stamp_of(one))
