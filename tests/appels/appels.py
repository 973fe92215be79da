"""Calls for projects in the states that tests need."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from tenir.appels.models import AppelAProjets, PieceDAppel
from tenir.appels.services.appels import give_document, publish_call, say_funder, write_call
from tenir.core import horloge
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces
from tests.personnes import body
from tests.vie import orientation

TEXTE = "Les associations déposent un projet pour les habitants du quartier."


def appel(by: Acces, espace: EspaceDeContrat, **given: Any) -> AppelAProjets:
    """A draft that opens today for ten days, which asks « ccas » for 8 000 € and « caf » for what it has not said."""
    today = horloge.today(espace)
    orientation(espace, "O01")
    held = {
        "titre": f"Appel à projets {today.year}", "annee": today.year, "texte": TEXTE, "ouvre_le": today,
        "ferme_le": today + timedelta(days=10), "comite_le": today + timedelta(days=30),
        "reponse_le": today + timedelta(days=45), "priorites": "O01",
        "grille": "Effet pour les habitants ; 5\nBudget sincère ; 3",
        "pieces_demandees": "Statuts\nRapport d’activité (facultatif)",
    }  # fmt: skip
    made = write_call(by=by, espace=espace, given={**held, **given})
    say_funder(by=by, appel=made, financeur=body("ccas"), montant=Decimal(8000))
    say_funder(by=by, appel=made, financeur=body("caf"), montant=None)
    return made


def publie(by: Acces, espace: EspaceDeContrat, **given: Any) -> AppelAProjets:
    """The same, published."""
    return publish_call(by=by, appel=appel(by, espace, **given))


def piece(by: Acces, of: AppelAProjets) -> PieceDAppel:
    """A file given with it."""
    file = SimpleUploadedFile("reglement.txt", "Le règlement fictif.".encode())
    return give_document(by=by, appel=of, titre="Règlement", fichier=file)


def clos(of: AppelAProjets) -> AppelAProjets:
    """The same, whose last day was yesterday."""
    yesterday = horloge.today(of.espace) - timedelta(days=1)
    AppelAProjets.objects.filter(pk=of.pk).update(ouvre_le=yesterday - timedelta(days=9), ferme_le=yesterday)
    return AppelAProjets.objects.of(of.espace).get(pk=of.pk)
