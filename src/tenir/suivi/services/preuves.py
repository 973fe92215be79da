"""What proves a promise: adding a link or a figure with its source, removing it."""

from django.db import transaction

from tenir.core.trace import Fait, record
from tenir.habilitations.rights import Acces, require
from tenir.habilitations.services import trace_of
from tenir.suivi.models import PreuveDEngagement, SuiviDEngagement
from tenir.suivi.services.engagements import GENRE, locked


@transaction.atomic
def add_preuve(
    *, by: Acces, suivi: SuiviDEngagement, titre: str, lien: str = "", chiffre: str = "", source: str = ""
) -> PreuveDEngagement:
    """Add what proves a promise: a link, or a figure with its source.

    Raises:
        Refus: she may not.
        ValidationError: neither or both, a link that is none, a figure without its source, no title.
    """
    require(by, "engagement.update", suivi.espace, suivi)
    found = locked(suivi)
    preuve = PreuveDEngagement(suivi=found, titre=titre.strip(), lien=lien.strip(), ajoutee_par=by.personne)
    preuve.chiffre, preuve.source = chiffre.strip(), source.strip()
    preuve.full_clean()
    preuve.save()
    _trace(by, found, Fait(GENRE, found.code, f"preuve « {preuve.titre} »", "", told(preuve)))
    return preuve


@transaction.atomic
def remove_preuve(*, by: Acces, preuve: PreuveDEngagement) -> None:
    """Remove a proof; the trace keeps what it was.

    Raises:
        Refus: she may not.
    """
    require(by, "engagement.update", preuve.suivi.espace, preuve.suivi)
    found = locked(preuve.suivi)
    before = told(preuve)
    preuve.delete()
    _trace(by, found, Fait(GENRE, found.code, f"preuve « {preuve.titre} »", before, "retirée"))


def told(preuve: PreuveDEngagement) -> str:
    """What it is, in words."""
    return f"{preuve.chiffre} ({preuve.source})" if preuve.chiffre else preuve.lien


def _trace(by: Acces, suivi: SuiviDEngagement, fact: Fait) -> None:
    record(trace_of(suivi.espace), by.auteur(suivi.espace), [fact])
