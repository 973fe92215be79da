"""What the room brings to the desk: calls to publish; conventions to sign, days to answer, reports to read or late."""

from collections.abc import Iterator
from datetime import date

from tenir.appels.ecrans.commun import sentence_of, stamp_of
from tenir.appels.enums import EtatDAppelAProjets, EtatDeReport
from tenir.appels.models import (
    AppelAProjets,
    CompteRenduFinancier,
    ConventionDeSubvention,
    DossierDeDemande,
    ReportDeDates,
)
from tenir.appels.services.commun import INSTRUCT, UPDATE
from tenir.appels.services.rappels import owed_in
from tenir.core.composants import Item
from tenir.core.typographie import date_fr, typo
from tenir.ecran.blocs import Annonce, Lignes, Section
from tenir.ecran.navigation import address
from tenir.financement.montants import told
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces, may


def sections(acces: Acces, espace: EspaceDeContrat, on: date) -> Iterator[Section]:
    """For the team: what waits to be published, to be signed, to be answered."""
    if not may(acces, UPDATE, espace):
        return
    found = list(AppelAProjets.objects.of(espace).filter(etat=EtatDAppelAProjets.BROUILLON).order_by("ouvre_le"))
    annonce = Annonce("appel", "est à publier", "sont à publier", "m")
    yield Section("appels-a-projets", "Appels à projets à publier", Lignes(found, _line), annonce, _all(espace))
    if may(acces, INSTRUCT, espace):
        yield from _conventions(espace)
        yield from _reports(espace, on)


def _conventions(espace: EspaceDeContrat) -> Iterator[Section]:
    rows = list(ConventionDeSubvention.objects.of(espace).to_sign())
    annonce = Annonce("convention", "est à signer", "sont à signer")
    yield Section("conventions", "Conventions à signer", Lignes(rows, _convention), annonce)
    moved = ReportDeDates.objects.filter(dossier__espace=espace, etat=EtatDeReport.A_LIRE)
    waits = list(moved.select_related("dossier__espace").order_by("demande_le", "pk"))
    asked = Annonce("changement de dates", "attend une réponse", "attendent une réponse", "m")
    yield Section("dates-demandees", "Changements de dates demandés", Lignes(waits, _moved), asked)


def _reports(espace: EspaceDeContrat, on: date) -> Iterator[Section]:
    rows = list(CompteRenduFinancier.objects.of(espace).to_read())
    annonce = Annonce("compte rendu", "est à lire", "sont à lire", "m")
    yield Section("comptes-rendus", "Comptes rendus à lire", Lignes(rows, _handed), annonce)
    late = [(one, due) for one, due in owed_in(espace, on) if due < on]
    owed = Annonce("compte rendu", "est en retard", "sont en retard", "m")
    yield Section("comptes-rendus-en-retard", "Comptes rendus en retard", Lignes(late, _owed), owed)


def _handed(one: CompteRenduFinancier) -> Item:
    url = address("dossier-de-demande-compte-rendu", one.espace, one.dossier.numero)
    said = f"remis le {date_fr(one.remis_le)}" if one.remis_le else ""
    return Item(one.dossier.code, one.dossier.titre, url, typo(said))


def _owed(found: tuple[DossierDeDemande, date]) -> Item:
    one, due = found
    url = address("dossier-de-demande-compte-rendu", one.espace, one.numero)
    return Item(one.code, one.titre, url, typo(f"{one.nom}, attendu avant le {date_fr(due)}"))


def _convention(one: ConventionDeSubvention) -> Item:
    dossier = one.part.dossier
    note = f"{one.part.financeur}, {told(one.part.accorde)}, établie le {date_fr(one.etablie_le)}"
    url = address("dossier-de-demande", one.espace, dossier.numero)
    return Item(one.code, dossier.titre, url, typo(note))


def _moved(one: ReportDeDates) -> Item:
    url = address("dossier-de-demande", one.dossier.espace, one.dossier.numero)
    note = f"du {date_fr(one.debut)} au {date_fr(one.fin)}, demandé le {date_fr(one.demande_le)}"
    return Item(one.dossier.code, one.dossier.titre, url, typo(note))


def _line(one: AppelAProjets) -> Item:
    url = address("appel-a-projets", one.espace, one.numero)
    return Item(one.code, one.titre, url, typo(sentence_of(one)), stamp_of(one))


def _all(espace: EspaceDeContrat) -> str:
    return address("appels-a-projets", espace)
