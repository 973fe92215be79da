"""What proves a promise: adding a file, a link or a figure with its source, removing it."""

from django.core.files.base import ContentFile, File
from django.db import transaction

from tenir.core.fichiers import forget_once_certain, kept_with_its_row, read_file
from tenir.core.trace import Fait, record
from tenir.engagements.models import PreuveDEngagement, SuiviDEngagement
from tenir.engagements.services.engagement import GENRE, locked
from tenir.habilitations.parole import Parole
from tenir.habilitations.rights import Acces, require
from tenir.habilitations.services import trace_of


def add_preuve(
    *,
    by: Acces,
    suivi: SuiviDEngagement,
    titre: str = "",
    lien: str = "",
    chiffre: str = "",
    source: str = "",
    fichier: "File[bytes] | None" = None,
    parole: Parole | None = None,
) -> PreuveDEngagement:
    """Add what proves a promise: a file, a link, or a figure with its source. Without a title, a file lends its name.

    `parole`: who gave it, when the team keeps it for her.

    Raises:
        Refus: she may not.
        ValidationError: none or several of the three, a link that is none, a figure without its source, no title,
            a file that is refused.
    """
    require(by, "engagement.update", suivi.espace, suivi)
    who = parole.personne if parole else by.personne
    preuve = PreuveDEngagement(lien=lien.strip(), chiffre=chiffre.strip(), source=source.strip(), ajoutee_par=who)
    content = None
    if fichier:
        preuve.nom, content = read_file(fichier)
    preuve.titre = titre.strip() or preuve.nom
    with kept_with_its_row(preuve.fichier):
        _keep(by, preuve, suivi, content)
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
    forget_once_certain(preuve.fichier)
    preuve.delete()
    _trace(by, found, Fait(GENRE, found.code, f"preuve « {preuve.titre} »", before, "retirée"))


def told(preuve: PreuveDEngagement) -> str:
    """What it is, in words."""
    if preuve.fichier:
        return f"fichier {preuve.nom}"
    return f"{preuve.chiffre} ({preuve.source})" if preuve.chiffre else preuve.lien


def _keep(by: Acces, preuve: PreuveDEngagement, suivi: SuiviDEngagement, content: bytes | None) -> None:
    found = preuve.suivi = locked(suivi)
    if content is not None:
        preuve.fichier.save(preuve.nom, ContentFile(content), save=False)
    preuve.full_clean()
    preuve.save()
    _trace(by, found, Fait(GENRE, found.code, f"preuve « {preuve.titre} »", "", told(preuve)))


def _trace(by: Acces, suivi: SuiviDEngagement, fact: Fait) -> None:
    record(trace_of(suivi.espace), by.auteur(suivi.espace), [fact])
