"""Freezing the file of a meeting: made once, kept as it left with its digest; frozen again, it has the next number."""

import hashlib

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max

from tenir.core import horloge
from tenir.core.documents import Document, recall, values
from tenir.core.marques import Lu, refuse_unread
from tenir.core.trace import Auteur, Fait, record
from tenir.core.typographie import pluriel
from tenir.gouvernance.dossier import file_of
from tenir.gouvernance.models import DossierDeReunion, Reunion
from tenir.gouvernance.services.commun import REUNION
from tenir.gouvernance.services.reunions import locked
from tenir.habilitations.rights import Acces, require
from tenir.habilitations.services import trace_of

RIGHT = "reunion.update"


class DossierAltere(Exception):
    """The file kept is no more the one that was frozen: its digest says so."""


def why_not_frozen(reunion: Reunion) -> str:
    """Why the file of a meeting may not be frozen now, in a sentence; empty when it may."""
    if reunion.is_to_come:
        return ""
    return "Le dossier se fige avant la réunion : celle-ci est tenue, ou annulée."


@transaction.atomic
def freeze(*, by: Acces, reunion: Reunion, lu: Lu | None = None) -> DossierDeReunion:
    """Freeze the file of a meeting to come: what happens afterwards changes nothing of it.

    Raises:
        Refus: she may not.
        Perime: it would say something else than what was read.
        ValidationError: the meeting is over.
    """
    require(by, RIGHT, reunion.espace)
    found = locked(reunion)
    if sentence := why_not_frozen(found):
        raise ValidationError(sentence)
    document = file_of(found, horloge.today(found.espace))
    refuse_unread(lu, shown(document))
    last: int | None = found.dossiers.aggregate(last=Max("numero"))["last"]
    made = DossierDeReunion(reunion=found, numero=(last or 0) + 1, fige_par=by.personne)
    write_down(made, document)
    made.full_clean()
    made.save()
    fact = Fait(REUNION, found.code, f"dossier n° {made.numero}", "", f"figé, empreinte {made.sha256}")
    record(trace_of(found.espace), by.auteur(found.espace), [fact])
    return made


def write_down(dossier: DossierDeReunion, document: Document) -> None:
    """Put in a file what it says, its PDF and its digest; whoever asks saves it."""
    from tenir.core.documents import pdf  # with what lays a page out: few processes freeze a file

    content = pdf.write(document)
    dossier.contenu, dossier.pdf = values(document), content
    dossier.sha256 = hashlib.sha256(content).hexdigest()


def frozen(dossier: DossierDeReunion) -> bytes:
    """The PDF as it was frozen.

    Raises:
        DossierAltere: it was changed since.
    """
    content = bytes(dossier.pdf)
    if hashlib.sha256(content).hexdigest() != dossier.sha256:
        raise DossierAltere
    return content


def shown(document: Document) -> Lu:
    """What the page of a file shows, part by part: how many lines, and all of it in one digest."""
    return {
        one.titre: f"{pluriel(len(one.phrases), 'phrase', genre='f')}, empreinte {_mark(one)}"
        for one in document.parties
    }


def _mark(part: object) -> str:
    return hashlib.sha256(repr(part).encode()).hexdigest()[:8]


def freeze_again(dossier: DossierDeReunion) -> None:
    """A frozen file that lost a name has a new PDF and a new digest, which the trace tells."""
    before = dossier.sha256
    write_down(dossier, recall(dossier.contenu))
    dossier.save(update_fields=["contenu", "pdf", "sha256"])
    told = f"figé, empreinte {dossier.sha256}"
    fact = Fait(REUNION, dossier.code, f"dossier n° {dossier.numero}", f"figé, empreinte {before}", told)
    record(trace_of(dossier.espace), Auteur(), [fact], motif="une mention retirée")
