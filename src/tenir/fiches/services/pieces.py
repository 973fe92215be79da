"""The pièces of a fiche: adding a file or a link, removing it."""

from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile, File
from django.db import transaction

from tenir.core.fichiers import kept_with_its_row, read_file
from tenir.core.marques import Lu, refuse_unread
from tenir.core.trace import Fait
from tenir.ecran.annulation.gestes import geste
from tenir.ecran.champs import words_of
from tenir.fiches.models import FicheAction, PieceDeFiche
from tenir.fiches.services.fiche import GENRE, about, locked
from tenir.habilitations.niveaux import Niveau
from tenir.habilitations.parole import Parole
from tenir.habilitations.rights import Acces, require

RESERVEE = "pièce réservée à l’équipe"
"""How the trace names a pièce that the team alone reads: the history hides it from the others."""


def add_piece(
    *,
    by: Acces,
    fiche: FicheAction,
    niveau: Niveau,
    titre: str = "",
    lien: str = "",
    fichier: "File[bytes] | None" = None,
    parole: Parole | None = None,
) -> PieceDeFiche:
    """Add a link or a file to a fiche; without a title it takes the name of the file, or the site of the link.
    `parole`: who gave it, when the team keeps it for her.

    Raises:
        Refus: she may not.
        ValidationError: neither or both, a link that leads nowhere, a file that is refused.
    """
    require(by, "fiche.update", fiche.espace, fiche)
    piece = PieceDeFiche(fiche=fiche, lien=_site(lien), niveau=niveau)
    piece.ajoutee_par = parole.personne if parole else by.personne
    content = None
    if fichier:
        piece.nom, content = read_file(fichier)
    piece.titre = titre.strip() or piece.nom or host_of(piece.lien)
    with kept_with_its_row(piece.fichier):
        _keep(by, piece, content)
    return piece


@transaction.atomic
def remove_piece(*, by: Acces, piece: PieceDeFiche, lu: Lu | None = None) -> None:
    """Remove a link or a file; the trace keeps what it was called. The file goes once it can no longer be put back.

    Raises:
        Refus: she may not.
        Perime: it is no more what was read.
    """
    require(by, "fiche.update", piece.fiche.espace, piece.fiche)
    fiche = locked(piece.fiche)
    found = PieceDeFiche.objects.select_for_update(of=("self",)).filter(pk=piece.pk).first()
    if found is None:
        return
    refuse_unread(lu, shown(found))
    fact = Fait(GENRE, fiche.code, _called(found), _told(found), "retirée")
    with geste(by, about(fiche), f"pièce « {found.titre} » retirée") as g:
        g.keep(found)
        found.delete()
        g.tell([fact])


def shown(piece: PieceDeFiche) -> Lu:
    """What a page shows of a pièce."""
    return words_of(piece, ("titre", "lien", "nom", "niveau"))


def _site(lien: str) -> str:
    link = lien.strip()
    if link and not link.lower().startswith(("https://", "http://")):
        raise ValidationError({"lien": "Un lien commence par https:// ou http://."})
    return link


def host_of(lien: str) -> str:
    """The site that a link leads to; nothing when it cannot be read."""
    try:
        return urlsplit(lien).hostname or ""
    except ValueError:
        return ""


def _keep(by: Acces, piece: PieceDeFiche, content: bytes | None) -> None:
    found = locked(piece.fiche)
    if content is not None:
        piece.fichier.save(piece.nom, ContentFile(content), save=False)
    piece.full_clean()
    with geste(by, about(found), f"pièce « {piece.titre} » ajoutée") as g:
        g.keep(piece)
        piece.save()
        g.tell([Fait(GENRE, found.code, _called(piece), "", _told(piece))])


def _called(piece: PieceDeFiche) -> str:
    word = RESERVEE if piece.niveau == Niveau.EQUIPE else "pièce"
    return f"{word} « {piece.titre} »"


def _told(piece: PieceDeFiche) -> str:
    what = f"fichier {piece.nom}" if piece.fichier else f"lien {piece.lien}"
    return f"{what}, pour {piece.get_niveau_display()}"
