"""Dossiers in the states that tests need; the bodies in them do not exist."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from tenir.appels.models import AppelAProjets, CompteRenduFinancier, DossierDeDemande, PartDemandee, PieceDeDossier
from tenir.appels.services.comptes_rendus import fill_report, hand_in
from tenir.appels.services.dossiers import bring, fill, open_dossier, send
from tenir.appels.services.instruction import decide
from tenir.core import horloge
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces
from tests.personnes import body
from tests.vie import fiche

SIRET = "82253878100029"
"""A number whose key is right."""
ADRESSE = "bureau@association-fictive.test"


def said(appel: AppelAProjets) -> dict[str, dict[str, Any]]:
    """What a whole dossier says, section by section: 6 000 € of which 4 000 are asked of « ccas »."""
    today = horloge.today(appel.espace)
    return {
        "organisme": {"nom": "Association fictive des Lilas", "siret": SIRET, "rna": "", "adresse": "1 rue Fictive",
                      "telephone": ""},
        "action": {"intitule": "Ateliers du mercredi", "description": "Trente ateliers.", "servies": "O01-A01"},
        "public": {"public": "Enfants du quartier", "moins_de_12": 25, "de_12_a_25": None, "de_26_a_59": None,
                   "plus_de_59": None, "du_quartier": 20},
        "lieux": {"lieux": "Maison fictive", "debut": today + timedelta(days=60), "fin": today + timedelta(days=300)},
        "charges": {"comptes": {"601": Decimal(1500), "641": Decimal(4500), "864": Decimal(800)}},
        "produits": {"comptes": {"756": Decimal(2000), "870": Decimal(800)}, "parts": {body("ccas").pk: Decimal(4000)}},
        "engagement": {"cer": True},
    }  # fmt: skip


def ouvert(appel: AppelAProjets, by: Acces | None = None) -> DossierDeDemande:
    """One that was just opened, by its link unless someone of the team is said."""
    return open_dossier(by=by, appel=appel, courriel=ADRESSE)


def piece(dossier: DossierDeDemande, by: Acces | None = None, intitule: str = "Statuts") -> PieceDeDossier:
    """A file of one."""
    file = SimpleUploadedFile("statuts.txt", b"Statuts fictifs.")
    return bring(by=by, dossier=dossier, intitule=intitule, fichier=file)


def rempli(appel: AppelAProjets, by: Acces | None = None, **changes: Any) -> DossierDeDemande:
    """One in which nothing is missing."""
    here(appel.espace)
    found = ouvert(appel, by)
    for section, given in said(appel).items():
        fill(by=by, dossier=found, section=section, given=given | changes.get(section, {}))
    piece(found, by)
    found.refresh_from_db()
    return found


def depose(appel: AppelAProjets, by: Acces | None = None, **changes: Any) -> DossierDeDemande:
    """The same, sent."""
    return send(by=by, dossier=rempli(appel, by, **changes))


def grand(appel: AppelAProjets) -> DossierDeDemande:
    """One sent of 24 000 €, of which 22 000 are asked of « ccas »."""
    charges = {"comptes": {"641": Decimal(24000), "864": Decimal(800)}}
    parts = {body("ccas").pk: Decimal(22000)}
    return depose(
        appel, charges=charges, produits={"comptes": {"756": Decimal(2000), "870": Decimal(800)}, "parts": parts}
    )


def accorde(dossier: DossierDeDemande, by: Acces, montant: int = 4000) -> PartDemandee:
    """What « ccas » granted to it today."""
    today = horloge.today(dossier.espace)
    part = dossier.parts.get(financeur=body("ccas"))
    given = {"le": today, "source": "Délibération fictive", "accorde": Decimal(montant)}
    return decide(by=by, part=part, suite="accorde", **given)


def ended(dossier: DossierDeDemande) -> DossierDeDemande:
    """The same, whose action lasted the two months up to yesterday."""
    yesterday = horloge.today(dossier.espace) - timedelta(days=1)
    DossierDeDemande.objects.filter(pk=dossier.pk).update(debut=yesterday - timedelta(days=60), fin=yesterday)
    return DossierDeDemande.objects.of(dossier.espace).get(pk=dossier.pk)


def rendu(dossier: DossierDeDemande) -> CompteRenduFinancier:
    """Its report, handed in."""
    return hand_in(by=None, dossier=pret_a_rendre(dossier))


def pret_a_rendre(dossier: DossierDeDemande) -> DossierDeDemande:
    """The same, in whose report nothing is missing."""
    given = {"fait": "Trente ateliers.", "pas_eu_lieu": False, "ecarts": "Un atelier de moins."}
    fill_report(by=None, dossier=dossier, section="fait", given=given)
    fill_report(by=None, dossier=dossier, section="charges", given={"comptes": {"641": Decimal(4000)}})
    return dossier


def here(espace: EspaceDeContrat) -> None:
    """The action that dossiers serve, made once."""
    if not espace.fiches.filter(action__code="O01-A01").exists():
        fiche(espace, "O01-A01")
