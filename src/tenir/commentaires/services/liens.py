"""The one link of someone whom a comment tells, and what she answers by it, without an account."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from tenir.commentaires.lecteurs import Lecteur, readers_of
from tenir.commentaires.models import Commentaire, PersonneCitee
from tenir.commentaires.services.commentaires import is_fresh, level_of, object_of, refuse_flood, tell, told
from tenir.core import horloge, jetons
from tenir.core.marques import Lu, refuse_unread
from tenir.core.requetes import still
from tenir.core.trace import Auteur, Fait, record
from tenir.core.typographie import typo
from tenir.habilitations.services import trace_of

SALT = "tenir.commentaires.citation"
WITH = (
    "personne",
    "commentaire__espace",
    "commentaire__auteur",
    "commentaire__pour",
    "commentaire__fiche__action__orientation__axe",
    "commentaire__fiche__espace",
    "commentaire__fiche__organisme_en_charge",
    "commentaire__engagement__engagement__signataire__organisation",
    "commentaire__engagement__espace",
    "commentaire__question__destinataire__point__espace",
    "commentaire__question__destinataire__personne",
    "commentaire__question__destinataire__organisation",
    "commentaire__question__repondu_par",
)
"""What is read with someone told: the comment, what it is about, who reads that."""
MOST_ANSWERS = 10
"""How many answers one link gives."""


class LienClos(Exception):
    """The link answers nothing any more; the message is the French sentence to show."""


def token_of(citee: PersonneCitee) -> str:
    """The secret part of the address: one purpose, one person, one comment."""
    return jetons.make(SALT, citee.pk, _told(citee))


def find(jeton: str) -> PersonneCitee | None:
    """Whom a secret belongs to, whatever became of the link; one query, or none for what no link looks like."""
    rows = PersonneCitee.objects.select_related(*WITH)
    return jetons.find(jeton, SALT, rows, _told)


def open_links(now: datetime) -> int:
    """How many links open a comment that stands."""
    return PersonneCitee.objects.filter(expire_le__gt=now, commentaire__retire_le=None).count()


def reader_of(citee: PersonneCitee) -> Lecteur | None:
    """Someone told, as long as she reads what the comment is about."""
    return readers_of(citee.commentaire.chose).get(citee.personne_id)


def why_closed(citee: PersonneCitee) -> str:
    """Why a link answers nothing any more, in a sentence; empty while it answers."""
    if citee.commentaire.retire_le:
        return f"L’équipe a retiré ce commentaire : {citee.commentaire.motif}"
    if citee.expire_le <= horloge.now():
        return "Ce lien a plus de quarante jours : il n’ouvre plus rien."
    return "" if reader_of(citee) else "Vous n’êtes plus un contact de ce dont parle ce commentaire."


def answers_of(citee: PersonneCitee) -> list[Commentaire]:
    """What she answered by this link, the oldest first."""
    rows = Commentaire.objects.filter(repond_a=citee.commentaire, auteur=citee.personne, par_lien=True)
    return list(rows.whole())


def shown(commentaire: Commentaire) -> Lu:
    """What the page of a link shows of what is about to be answered."""
    return {"commentaire": commentaire.texte}


@transaction.atomic
def answer(*, citee: PersonneCitee, texte: str, lu: Lu | None = None) -> Commentaire:
    """Write what someone told answers; whoever told her has a message at once.

    Raises:
        LienClos: the link answers nothing any more.
        Perime: the comment is no more the one that was read.
        ValidationError: it says nothing, too many answers, the comment is gone.
    """
    found = still(PersonneCitee.objects.select_for_update(of=("self",)).select_related(*WITH), citee)
    if sentence := why_closed(found):
        raise LienClos(sentence)
    source = found.commentaire
    refuse_unread(lu, shown(source))
    if len(answers_of(found)) >= MOST_ANSWERS:
        raise ValidationError(typo(f"Ce lien a déjà donné {MOST_ANSWERS} réponses : appelez l’équipe."))
    refuse_flood(found.personne)
    reader = reader_of(found)
    made = Commentaire(espace=source.espace, auteur=found.personne, repond_a=source, par_lien=True)
    made.pour = reader.organisation if reader else None
    made.fiche, made.engagement, made.question = source.fiche, source.engagement, source.question
    made.texte, made.niveau = texte.strip(), level_of(source.chose)
    made.full_clean()
    made.save()
    _tell_back(made, source)
    _trace(made, "", "écrit")
    return made


def _tell_back(made: Commentaire, source: Commentaire) -> None:
    """Tell whoever wrote what is answered, as long as she reads it."""
    reader = readers_of(source.chose).get(source.auteur_id)
    if reader and source.auteur_id != made.auteur_id:
        tell(made, reader)


@transaction.atomic
def take_back(*, citee: PersonneCitee, numero: int) -> None:
    """Take back an answer given by this link, as long as a gesture may be undone; its message does not leave.

    Raises:
        LienClos: it is too late, or no such answer was given by this link.
    """
    rows = Commentaire.objects.select_for_update(of=("self",)).whole()
    found = rows.filter(repond_a=citee.commentaire, auteur=citee.personne, par_lien=True, pk=numero).first()
    if found is None:
        raise LienClos("Cette réponse n’est plus là : elle est déjà reprise, ou n’a pas été donnée par ce lien.")
    if not is_fresh(found):
        raise LienClos("Une réponse se reprend pendant dix minutes : demandez à l’équipe de la retirer.")
    _trace(found, "écrit", "repris")
    found.delete()


def _trace(made: Commentaire, before: str, after: str) -> None:
    thing = object_of(made.chose)
    auteur = Auteur(made.auteur_id, made.pour.nom if made.pour else "")
    record(trace_of(made.espace), auteur, [Fait(thing.genre, thing.code, told(made), before, after)])


def _told(citee: PersonneCitee) -> str:
    return f"{citee.commentaire_id}/{citee.alea}"
