"""Giving news of an action; the partners' parts."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from tenir.acteurs.models import Organisation
from tenir.core import horloge
from tenir.core.trace import Fait, record
from tenir.core.typographie import date_fr
from tenir.fiches.models import FicheAction, Nouvelle, PartenaireDeLAction
from tenir.fiches.services.fiche import GENRE, locked, update_fiche
from tenir.habilitations.parole import Parole, own
from tenir.habilitations.rights import Acces, require
from tenir.habilitations.services import trace_of


@transaction.atomic
def give_news(
    *,
    by: Acces,
    fiche: FicheAction,
    texte: str,
    le: date | None = None,
    motif: str = "",
    parole: Parole | None = None,
) -> Nouvelle:
    """Tell something of an action, today unless another day is said; `parole`: someone else said it.

    Raises:
        Refus: she may not.
        ValidationError: nothing is told, or on a day that has not come.
    """
    require(by, "fiche.update", fiche.espace, fiche)
    found, day = locked(fiche), le or horloge.today()
    if day > horloge.today():
        raise ValidationError(
            {"le": "Une nouvelle se donne d’un jour passé : pour la suite, dites la prochaine étape."}
        )
    said = parole or own(by, found.espace)
    nouvelle = Nouvelle(fiche=found, le=day, texte=texte.strip(), auteur=said.personne, pour=said.organisation)
    nouvelle.full_clean()
    nouvelle.save()
    found.derniere_nouvelle_le = max(day, found.derniere_nouvelle_le or day)
    found.save(update_fields=["derniere_nouvelle_le"])
    _trace(by, found, Fait(GENRE, found.code, f"nouvelle du {date_fr(day)}", "", nouvelle.texte), motif)
    return nouvelle


@transaction.atomic
def give_news_and_update(
    *,
    by: Acces,
    fiche: FicheAction,
    texte: str,
    le: date | None = None,
    version: int,
    changes: Mapping[str, Any],
) -> Nouvelle:
    """Tell something of an action and write fields of its fiche, both or neither. Without changes no version is asked.

    Raises:
        Refus: she may not.
        Conflit: there are changes, and someone changed the fiche since that version.
        ValidationError: what `give_news` or `update_fiche` refuses.
    """
    found = update_fiche(by=by, fiche=fiche, version=version, changes=changes) if changes else fiche
    return give_news(by=by, fiche=found, texte=texte, le=le)


@transaction.atomic
def set_part(*, by: Acces, fiche: FicheAction, organisation: Organisation, part: str) -> PartenaireDeLAction:
    """Name a partner of an action and its part, or change the part it has.

    Raises:
        Refus: she may not.
        ValidationError: the part is too long.
    """
    require(by, "fiche.update", fiche.espace, fiche)
    found = locked(fiche)
    row = found.partenaires.filter(organisation=organisation).first()
    before = row.part or "partenaire" if row else ""
    row = row or PartenaireDeLAction(fiche=found, organisation=organisation)
    row.part = part.strip()
    row.full_clean()
    row.save()
    after = row.part or "partenaire"
    if after != before:
        _trace(by, found, Fait(GENRE, found.code, f"partenaire {organisation}", before, after))
    return row


@transaction.atomic
def remove_partner(*, by: Acces, partenaire: PartenaireDeLAction) -> None:
    """Take a partner away; the trace keeps what its part was.

    Raises:
        Refus: she may not.
    """
    require(by, "fiche.update", partenaire.fiche.espace, partenaire.fiche)
    found = locked(partenaire.fiche)
    before = partenaire.part or "partenaire"
    partenaire.delete()
    _trace(by, found, Fait(GENRE, found.code, f"partenaire {partenaire.organisation}", before, ""))


def _trace(by: Acces, fiche: FicheAction, fact: Fait, motif: str = "") -> None:
    record(trace_of(fiche.espace), by.auteur(fiche.espace), [fact], motif=motif)
