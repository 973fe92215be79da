"""Opinions: asking one with its rule, giving one by the link, recording a silence."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from tenir.conseil.models import DemandeDAvis
from tenir.conseil.regles import RAPPORT_ANNUEL, last_day
from tenir.conseil.services.commun import CONSEIL, RIGHT
from tenir.core import horloge, jetons
from tenir.core.marques import Lu, refuse_unread
from tenir.core.requetes import still
from tenir.core.trace import Auteur, Fait, record
from tenir.core.typographie import date_fr, pluriel
from tenir.ecran.annulation.gestes import Chose, geste
from tenir.gouvernance.enums import NatureDeSource
from tenir.gouvernance.services.commun import rewrite, same_contract
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.numeros import next_number
from tenir.habilitations.rights import Acces, require
from tenir.habilitations.services import trace_of

SALT = "tenir.conseil.avis"
WRITTEN = ("objet", "piece", "recue_le", "niveau")
"""What is corrected of a request; its rule stays that of the day it was asked."""
SETTLED = ("objet", "piece", "recue_le")
"""What an opinion is given on: no more corrected once it is, or once its silence is recorded."""
COUNCIL = "conseil citoyen"
KEPT = timedelta(days=365)
"""How long after its last day the link takes a late opinion."""


class AvisClos(Exception):
    """The link takes no opinion any more; the message is the French sentence to show."""


def about_avis(demande: DemandeDAvis) -> Chose:
    """A request as what is done to it is told, and undone."""
    return Chose(demande, CONSEIL, demande.code, f"Avis {demande.code}", RIGHT, demande.espace)


@transaction.atomic
def ask(*, by: Acces, espace: EspaceDeContrat, given: Mapping[str, Any], annual: bool) -> DemandeDAvis:
    """Ask an opinion: on the annual report, the rule is that of the law; on anything else, the one that is given.

    Raises:
        Refus: she may not.
        ValidationError: no rule, no source, « la loi » for what the law does not say, a document of another contract.
    """
    require(by, RIGHT, espace)
    held = dict(given)
    same_contract(espace.pk, piece=held.get("piece"))
    if annual:
        held |= {name: getattr(RAPPORT_ANNUEL, name) for name in ("delai", "unite", "silence", "nature", "source")}
    elif held.get("nature") == NatureDeSource.LOI:
        raise ValidationError({"nature": "La loi ne fixe de délai que pour le rapport annuel."})
    if not held.get("delai"):
        raise ValidationError({"delai": "Dites de combien le conseil dispose."})
    held["echeance"] = last_day(held["recue_le"], held["delai"], held["unite"])
    made = DemandeDAvis(espace=espace, numero=next_number(DemandeDAvis, espace), **held)
    made.full_clean()
    with geste(by, about_avis(made), "demandé") as g:
        g.keep(made)
        made.save()
        g.tell([Fait(CONSEIL, made.code, "avis demandé", "", f"{made.objet}, pour le {date_fr(made.echeance)}")])
    return made


@transaction.atomic
def correct_request(*, by: Acces, demande: DemandeDAvis, version: int, changes: Mapping[str, Any]) -> DemandeDAvis:
    """Correct what an opinion is asked on, the day of its receipt (the last day follows), who reads it.

    Raises:
        Refus: she may not.
        Conflit: someone changed it since that version.
        ValidationError: it was answered, or its silence recorded, and what was asked would change.
    """
    require(by, RIGHT, demande.espace)
    found = locked(demande)
    same_contract(found.espace_id, piece=changes.get("piece"))
    along: dict[str, Any] = {}
    _refuse_settled(found, changes)
    if received := changes.get("recue_le"):
        along["echeance"] = last_day(received, found.delai, found.unite)
    rewrite(by, about_avis(found), found, version, changes, WRITTEN, along)
    return found


def _refuse_settled(found: DemandeDAvis, changes: Mapping[str, Any]) -> None:
    """An opinion, or a silence, is read under what was asked, with its days: they stay."""
    held = [name for name in SETTLED if name in changes and changes[name] != getattr(found, name)]
    if held and (found.rendu_le or found.silence_le):
        raise ValidationError({held[0]: "Cet avis a déjà son issue : ce qui était demandé ne change plus."})


def token_of(demande: DemandeDAvis) -> str:
    """The secret part of the address: one purpose, one request."""
    return jetons.make(SALT, demande.pk, _told(demande))


def find(jeton: str) -> DemandeDAvis | None:
    """The request that a secret opens, whatever became of it; one query, or none for what no link looks like."""
    return jetons.find(jeton, SALT, DemandeDAvis.objects.select_related("espace", "piece"), _told)


def open_links(now: datetime) -> int:
    """How many links still take an opinion."""
    return DemandeDAvis.objects.filter(rendu_le=None, echeance__gte=horloge.day_of(now) - KEPT).count()


def why_closed(demande: DemandeDAvis) -> str:
    """Why a link takes no opinion any more, in a sentence; empty while it does."""
    today = horloge.today(demande.espace)
    if demande.rendu_le and today > demande.echeance:
        return f"L’avis a été rendu le {date_fr(demande.rendu_le)} : il ne change plus."
    if today > demande.echeance + KEPT:
        return "Le délai est passé depuis plus d’un an."
    return ""


@transaction.atomic
def give(*, demande: DemandeDAvis, sens: str, texte: str, lu: Lu | None = None) -> DemandeDAvis:
    """Keep the opinion of the council, by its link. Until the last day it may be given again; after, it is late, once.

    Raises:
        AvisClos: the link takes none any more.
        Perime: the opinion that stands is no more the one that was read.
        ValidationError: no such opinion, or reserves that nobody says.
    """
    found = locked(demande)
    if sentence := why_closed(found):
        raise AvisClos(sentence)
    refuse_unread(lu, shown(found))
    if sens in ("reserves", "defavorable") and not texte.strip():
        raise ValidationError({"texte": "Dites pourquoi : c’est ce qui sera lu et suivi."})
    before, found.rendu_le = told(found), horloge.today(found.espace)
    found.sens, found.texte = sens, texte.strip()
    if found.rendu_le > found.echeance and not found.silence_le:
        found.silence_le = found.echeance + timedelta(days=1)
    found.version += 1
    found.full_clean()
    found.save()
    fact = Fait(CONSEIL, found.code, "avis", before, told(found))
    record(trace_of(found.espace), Auteur(pour=COUNCIL, commande="lien d’avis"), [fact])
    return found


def record_silences(now: datetime) -> str:
    """Record the silences of the night, each at the day of its contract; idempotent."""
    rows = DemandeDAvis.objects.waiting().filter(echeance__lt=horloge.day_of(now) + timedelta(days=1))
    count = sum(_record(one, now) for one in rows.select_related("espace").order_by("pk"))
    return f"Silences constatés : {pluriel(count, 'avis', 'avis')}."


@transaction.atomic
def _record(demande: DemandeDAvis, now: datetime) -> int:
    found = locked(demande)
    if found.rendu_le or found.silence_le or horloge.day_of(now, found.espace) <= found.echeance:
        return 0
    found.silence_le = found.echeance + timedelta(days=1)
    found.version += 1
    found.save(update_fields=["silence_le", "version"])
    fact = Fait(CONSEIL, found.code, "silence", "", found.get_silence_display())
    record(trace_of(found.espace), Auteur(commande="constat du silence"), [fact])
    return 1


def told(demande: DemandeDAvis) -> str:
    """An opinion in words: « favorable, hors délai »."""
    if not demande.rendu_le:
        return ""
    late = ", hors délai" if demande.rendu_le > demande.echeance else ""
    return f"{demande.get_sens_display()}{late}"


def shown(demande: DemandeDAvis) -> Lu:
    """What the page of a link shows: on what, which document, under which rule, and the opinion given."""
    piece, unit = demande.piece, demande.get_unite_display()
    rule = f"{demande.delai} {unit}, le silence {demande.get_silence_display()} ({demande.source})"
    return {
        "objet": demande.objet,
        "document": f"{piece.titre}, {piece.nom or piece.lien}" if piece else "",
        "règle": rule,
        "dernier jour": date_fr(demande.echeance),
        "avis": told(demande),
        "texte": demande.texte,
    }


def locked(demande: DemandeDAvis) -> DemandeDAvis:
    """A request as it stands now, held until the end of the transaction."""
    return still(DemandeDAvis.objects.select_for_update(of=("self",)).select_related("espace", "piece"), demande)


def _told(demande: DemandeDAvis) -> str:
    return f"{demande.espace_id}/{demande.alea}"
