"""Changing the publication state of a contract."""

from django.db import transaction

from tenir.core.trace import Auteur, Fait, record
from tenir.habilitations.models import EspaceDeContrat, PassageDEtat

Etat = EspaceDeContrat.Etat


class PassageRefuse(Exception):
    """The contract may not go to that state; the message is the French sentence to show."""


PLATEFORME = "plateforme"
OF_A_CONTRACT = "contrat/"


def trace_of(espace: EspaceDeContrat | None) -> str:
    """The name of the chain that keeps the trace of a contract, or of the platform."""
    return f"{OF_A_CONTRACT}{espace.slug}" if espace else PLATEFORME


def slug_of(chaine: str) -> str:
    """The contract whose trace has that name; empty for the platform."""
    return chaine.removeprefix(OF_A_CONTRACT) if chaine.startswith(OF_A_CONTRACT) else ""


@transaction.atomic
def publish(slug: str, *, commande: str, auteur: Auteur | None = None) -> EspaceDeContrat:
    """Make a signed contract public. Publishing what is public changes nothing. `auteur`: who asks for it on the site.

    Raises:
        PassageRefuse: no such contract, or it is still a draft.
    """
    espace = _locked(slug)
    if espace.etat == Etat.BROUILLON:
        raise PassageRefuse(f"{espace} est un brouillon : un contrat se publie une fois signé.")
    return _move(espace, Etat.PUBLIE, commande=commande, motif="", auteur=auteur)


@transaction.atomic
def unpublish(slug: str, *, motif: str, commande: str) -> EspaceDeContrat:
    """Take a public contract back to signed, with a reason.

    Raises:
        PassageRefuse: no such contract, not public, or no reason.
    """
    espace = _locked(slug)
    if not motif.strip():
        raise PassageRefuse("Dites pourquoi le contrat est retiré du public (--motif).")
    if espace.etat != Etat.PUBLIE:
        raise PassageRefuse(f"{espace} n’est pas publié.")
    return _move(espace, Etat.SIGNE, commande=commande, motif=motif.strip())


def _locked(slug: str) -> EspaceDeContrat:
    espace = EspaceDeContrat.objects.select_for_update().filter(slug=slug).first()
    if espace is None:
        raise PassageRefuse(f"Aucun contrat n’a l’adresse « {slug} ».")
    return espace


def _move(
    espace: EspaceDeContrat, vers: str, *, commande: str, motif: str, auteur: Auteur | None = None
) -> EspaceDeContrat:
    if espace.etat != vers:
        PassageDEtat.objects.create(espace=espace, de=espace.etat, vers=vers, commande=commande, motif=motif)
        change = Fait("contrat", espace.slug, "état", avant=espace.get_etat_display(), apres=Etat(vers).label)
        record(trace_of(espace), auteur or Auteur(commande=commande), [change], motif=motif)
        espace.etat = vers
        espace.save(update_fields=["etat"])
    return espace
