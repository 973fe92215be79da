"""Freezing the synthesis of a point d'étape: made once, kept with its digest, dated."""

import hashlib
from dataclasses import asdict

from django.db import transaction

from tenir.core import horloge
from tenir.core.documents import Document, Partie, digest, recall, values
from tenir.core.marques import Lu, refuse_unread
from tenir.core.trace import Fait, record
from tenir.core.typographie import accord, pluriel
from tenir.habilitations.rights import Acces, require
from tenir.habilitations.services import trace_of
from tenir.points.models import PointDEtape, Question
from tenir.points.services.envoi import GENRE, PointRefuse
from tenir.points.synthese import synthesis_of


class SyntheseAlteree(Exception):
    """The synthesis kept is no more the one that was frozen: its digest says so."""


def why_not_frozen(point: PointDEtape) -> str:
    """Why the synthesis of a point d'étape may not be frozen now, in a sentence; empty when it may."""
    if point.synthese_le:
        return "La synthèse de ce point d’étape est déjà figée."
    if not point.clos_le:
        return "La synthèse se fige une fois le point d’étape clos."
    unread = Question.objects.filter(destinataire__point=point).answered().count()
    if not unread:
        return ""
    rest = accord(unread, "attend d’être lue", "attendent d’être lues")
    return f"{pluriel(unread, 'réponse', genre='f')} {rest} : {accord(unread, 'lisez-la', 'lisez-les')} d’abord."


@transaction.atomic
def freeze(*, by: Acces, point: PointDEtape, lu: Lu | None = None) -> PointDEtape:
    """Freeze the synthesis of a closed point d'étape: what happens afterwards changes nothing of it.

    Raises:
        Refus: she may not.
        Perime: it would say something else than what was read.
        PointRefuse: it is frozen already, the point d'étape is not closed, or an answer is still to be read.
    """
    require(by, "point.update", point.espace)
    found = PointDEtape.objects.select_for_update(of=("self",)).select_related("espace").get(pk=point.pk)
    if sentence := why_not_frozen(found):
        raise PointRefuse(sentence)
    document = synthesis_of(found, horloge.today(found.espace))
    refuse_unread(lu, shown(document))
    found.synthese, found.synthese_sha256 = values(document), digest(document)
    found.synthese_le = horloge.now()
    found.full_clean()
    found.save(update_fields=["synthese", "synthese_sha256", "synthese_le"])
    fact = Fait(GENRE, str(found.pk), "synthèse", "", f"figée, empreinte {found.synthese_sha256}")
    record(trace_of(found.espace), by.auteur(found.espace), [fact])
    return found


def shown(document: Document) -> Lu:
    """What the page of a synthesis shows, part by part: its sentences, and its lines in one digest."""
    return {one.titre: _told(one) for one in document.parties}


def _told(partie: Partie) -> str:
    lines = partie.tableau.lignes if partie.tableau else ()
    mark = hashlib.sha256(repr(asdict(partie)).encode()).hexdigest()[:8]
    return f"{pluriel(len(lines), 'ligne', genre='f')}, empreinte {mark}"


def frozen(point: PointDEtape) -> Document:
    """The synthesis as it was frozen.

    Raises:
        SyntheseAlteree: it was changed since.
    """
    document = recall(point.synthese or {})
    if digest(document) != point.synthese_sha256:
        raise SyntheseAlteree
    return document
