"""A préconisation comes: sent by a resident without an account, or written down by the team; published, or not."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from tenir.acteurs.models import Organisation
from tenir.core import horloge
from tenir.core.marques import Lu, refuse_unread
from tenir.core.seuils import in_force
from tenir.core.trace import Auteur, Fait, record
from tenir.core.typographie import date_fr
from tenir.ecran.annulation.gestes import geste
from tenir.gouvernance.services.commun import in_words, rewrite, same_contract
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.numeros import next_number
from tenir.habilitations.rights import Acces, require
from tenir.habilitations.services import trace_of
from tenir.preconisations.champs import WRITTEN
from tenir.preconisations.enums import EtatDePreconisation, Origine
from tenir.preconisations.models import Preconisation
from tenir.preconisations.services.commun import PRECONISATION, RIGHT, about, locked
from tenir.preconisations.services.messages import ask, tell_council, tell_sender
from tenir.preconisations.seuils import DELAI_DE_REPONSE

Etat = EtatDePreconisation


def due_on(received: date) -> date:
    """When an answer is due, of what came on a day, when the team says nothing else."""
    return received + timedelta(days=in_force(DELAI_DE_REPONSE, received))


@transaction.atomic
def receive(*, espace: EspaceDeContrat, texte: str, lieu: str = "", courriel: str = "") -> Preconisation:
    """Keep what a resident sends without an account, for the team to read: nobody else does until it is published.

    The trace does not hold its words: they may name someone.

    Raises:
        ValidationError: it says nothing, or an address that is none.
    """
    made = Preconisation(
        espace=espace, numero=next_number(Preconisation, espace), texte=texte.strip(), lieu=lieu.strip(),
        courriel=courriel, origine=Origine.HABITANT, recue_le=horloge.today(espace),
    )  # fmt: skip
    made.full_clean()
    made.save()
    fact = Fait(PRECONISATION, made.code, "reçue", "", "envoyée sans compte")
    record(trace_of(espace), Auteur(commande="formulaire des préconisations"), [fact])
    tell_sender(made)
    return made


@transaction.atomic
def write_down(*, by: Acces, espace: EspaceDeContrat, given: Mapping[str, Any]) -> Preconisation:
    """Write down what the council, a meeting, a walk or a resident asks; whoever writes has read it: it is published.

    Raises:
        Refus: she may not.
        ValidationError: it says nothing, no body answers, a meeting or an action of another contract.
    """
    require(by, RIGHT, espace)
    held = dict(given)
    same_contract(espace.pk, **{name: held.get(name) for name in ("reunion", "fiche", "decision")})
    held["recue_le"] = held.get("recue_le") or horloge.today(espace)
    held["echeance"] = held.get("echeance") or due_on(held["recue_le"])
    made = Preconisation(espace=espace, etat=Etat.ATTENDUE, promise_pour=held["echeance"], **held)
    _refuse_future(made)
    made.numero = next_number(Preconisation, espace)
    made.full_clean()
    with geste(by, about(made), "préconisation écrite") as g:
        g.keep(made)
        made.save()
        said = in_words(made, "texte", "origine", "organisme", "echeance")
        g.tell([Fait(PRECONISATION, made.code, "préconisation", "", said)])
    ask(made)
    tell_council(made)
    return made


@transaction.atomic
def publish(
    *,
    by: Acces,
    preconisation: Preconisation,
    texte: str,
    organisme: Organisation,
    echeance: date,
    lieu: str | None = None,
    lu: Lu | None = None,
) -> Preconisation:
    """Let anyone read what a resident sent, once its words name nobody; the body that answers is asked.

    `lieu`: the place as it is published; none leaves it as it was sent.

    Raises:
        Refus: she may not.
        Perime: it is no more what was read.
        ValidationError: it is published already, says nothing, nobody answers.
    """
    require(by, RIGHT, preconisation.espace)
    found = locked(preconisation)
    refuse_unread(lu, shown(found))
    if not found.niveau:
        raise ValidationError("Cette préconisation est déjà publiée.")
    with geste(by, about(found), "publiée") as g:
        g.keep(found)
        before, found.texte, found.organisme = found.get_etat_display(), texte.strip(), organisme
        found.lieu = found.lieu if lieu is None else lieu.strip()
        found.etat, found.echeance, found.promise_pour, found.motif = Etat.ATTENDUE, echeance, echeance, ""
        _save(found)
        said = f"publiée, {organisme} répond avant le {date_fr(echeance)}"
        g.tell([Fait(PRECONISATION, found.code, "état", before, said)])
    ask(found)
    tell_sender(found)
    return found


@transaction.atomic
def set_aside(*, by: Acces, preconisation: Preconisation, motif: str, lu: Lu | None = None) -> Preconisation:
    """Keep a préconisation from being published, or take it off, saying why to whoever sent it.

    Raises:
        Refus: she may not.
        Perime: it is no more what was read.
        ValidationError: it was answered, is set aside already, or nobody says why.
    """
    require(by, RIGHT, preconisation.espace)
    found = locked(preconisation)
    refuse_unread(lu, shown(found))
    if found.etat == Etat.ECARTEE:
        raise ValidationError("Cette préconisation est déjà écartée.")
    if found.reponses.exists():
        raise ValidationError("Une réponse y a été donnée : elle reste publiée, avec sa réponse.")
    with geste(by, about(found), "écartée") as g:
        g.keep(found)
        before, found.etat, found.motif = found.get_etat_display(), Etat.ECARTEE, motif.strip()
        _save(found)
        g.tell([Fait(PRECONISATION, found.code, "état", before, f"non publiée : {found.motif}")])
    tell_sender(found)
    return found


@transaction.atomic
def rewrite_preconisation(
    *, by: Acces, preconisation: Preconisation, version: int, changes: Mapping[str, Any]
) -> Preconisation:
    """Change its words, who answers, by when, what it is linked to; another body that answers is asked.

    Raises:
        Refus: she may not.
        Conflit: someone changed it since that version.
        ValidationError: it says nothing, or hangs on another contract; its words were answered.
    """
    require(by, RIGHT, preconisation.espace)
    found = locked(preconisation)
    same_contract(found.espace_id, fiche=changes.get("fiche"), decision=changes.get("decision"))
    _refuse_answered(found, changes)
    if "echeance" in changes and not found.is_expected:
        raise ValidationError({"echeance": "Aucune réponse n’est plus attendue."})
    changed = rewrite(by, about(found), found, version, changes, WRITTEN)
    if "organisme" in changed and found.is_expected:
        ask(found)
    return found


def shown(preconisation: Preconisation) -> Lu:
    """What a page shows of a préconisation."""
    return {
        "préconisation": preconisation.texte,
        "lieu": preconisation.lieu,
        "état": str(preconisation.get_etat_display()),
        "qui répond": str(preconisation.organisme or ""),
        "attendue le": date_fr(preconisation.echeance) if preconisation.echeance else "",
    }


def _save(found: Preconisation) -> None:
    found.version += 1
    found.full_clean()
    found.save()


def _refuse_answered(found: Preconisation, changes: Mapping[str, Any]) -> None:
    """An answer was given to these words, and is read under them: they stay."""
    held = [name for name in ("texte", "lieu") if name in changes and changes[name] != getattr(found, name)]
    if held and found.reponses.exists():
        raise ValidationError({held[0]: "Une réponse a été donnée à ces mots : ils ne changent plus."})


def _refuse_future(made: Preconisation) -> None:
    if made.recue_le > horloge.today(made.espace):
        raise ValidationError({"recue_le": "Ce jour n’est pas venu."})
