"""The two links of a préconisation: of whoever sent it, which reads; of the body that answers, which answers."""

from datetime import datetime

from tenir.core import jetons
from tenir.preconisations.models import Preconisation

SUIVI, REPONSE = "tenir.preconisations.suivi", "tenir.preconisations.reponse"
ANSWERED = "Votre réponse est donnée. Si la préconisation est rouverte, ce lien répondra de nouveau."
_ROWS = Preconisation.objects.select_related("espace", "organisme", "fiche__action", "decision__reunion")


class LienClos(Exception):
    """The link answers nothing any more; the message is the French sentence to show."""


def follow_token(preconisation: Preconisation) -> str:
    """The secret part of the address of whoever sent it."""
    return jetons.make(SUIVI, preconisation.pk, preconisation.alea)


def answer_token(preconisation: Preconisation) -> str:
    """The secret part of the address of the body that answers: another body has another."""
    return jetons.make(REPONSE, preconisation.pk, _told(preconisation))


def find_followed(jeton: str) -> Preconisation | None:
    """What the link of whoever sent it opens."""
    return jetons.find(jeton, SUIVI, _ROWS.all(), lambda row: row.alea)


def find_asked(jeton: str) -> Preconisation | None:
    """What the link of a body opens, whatever became of it."""
    return jetons.find(jeton, REPONSE, _ROWS.all(), _told)


def open_followed(now: datetime) -> int:
    """How many links let someone read what became of what she sent: they do not close."""
    return Preconisation.objects.count()


def open_asked(now: datetime) -> int:
    """How many links still answer."""
    return Preconisation.objects.expected().count()


def why_closed(preconisation: Preconisation) -> str:
    """Why the link of a body answers nothing any more, in a sentence; empty while it answers."""
    if preconisation.niveau:
        return "L’équipe a retiré cette préconisation : il n’y a plus rien à y répondre."
    return "" if preconisation.is_expected else ANSWERED


def _told(preconisation: Preconisation) -> str:
    return f"{preconisation.organisme_id}/{preconisation.alea}"
