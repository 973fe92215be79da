"""What proves a promise: adding a file, a link or a figure with its source, removing it."""

from django.core.files.base import ContentFile, File
from django.db import transaction

from tenir.core.fichiers import kept_with_its_row, read_file
from tenir.core.marques import Lu, refuse_unread
from tenir.core.trace import Fait
from tenir.ecran.annulation.gestes import geste
from tenir.engagements.models import PreuveDEngagement, SuiviDEngagement
from tenir.engagements.services.engagement import GENRE, about, locked
from tenir.habilitations.parole import Parole
from tenir.habilitations.rights import Acces, require


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
def remove_preuve(*, by: Acces, preuve: PreuveDEngagement, lu: Lu | None = None) -> None:
    """Remove a proof; the trace keeps what it was. Its file goes once it can no longer be put back.

    Raises:
        Refus: she may not.
        Perime: it is no more what was read.
    """
    require(by, "engagement.update", preuve.suivi.espace, preuve.suivi)
    suivi = locked(preuve.suivi)
    found = PreuveDEngagement.objects.select_for_update(of=("self",)).filter(pk=preuve.pk).first()
    if found is None:
        return
    refuse_unread(lu, shown(found))
    fact = Fait(GENRE, suivi.code, f"preuve « {found.titre} »", told(found), "retirée")
    with geste(by, about(suivi), f"preuve « {found.titre} » retirée") as g:
        g.keep(found)
        found.delete()
        g.tell([fact])


def shown(preuve: PreuveDEngagement) -> Lu:
    """What a page shows of a proof."""
    return {"preuve": preuve.titre, "ce qu’elle est": told(preuve)}


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
    with geste(by, about(found), f"preuve « {preuve.titre} » ajoutée") as g:
        g.keep(preuve)
        preuve.save()
        g.tell([Fait(GENRE, found.code, f"preuve « {preuve.titre} »", "", told(preuve))])
