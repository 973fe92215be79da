"""Giving news of an action; the partners' parts."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from tenir.acteurs.models import Organisation
from tenir.core import horloge
from tenir.core.marques import Lu, refuse_unread
from tenir.core.trace import Fait
from tenir.core.typographie import date_fr
from tenir.ecran.annulation.gestes import geste
from tenir.ecran.champs import label, nouns
from tenir.ecran.versions import refuse_moved
from tenir.fiches.models import FicheAction, Nouvelle, PartenaireDeLAction
from tenir.fiches.services.fiche import GENRE, about, locked, update_fiche
from tenir.habilitations.parole import Parole, own
from tenir.habilitations.rights import Acces, require

PART = label("part", PartenaireDeLAction)


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
    found = locked(fiche)
    nouvelle = tried(found, texte, le)
    day, said = nouvelle.le, parole or own(by, found.espace)
    nouvelle.auteur, nouvelle.pour = said.personne, said.organisation
    nouvelle.full_clean()
    with geste(by, about(found), f"nouvelle du {date_fr(day)}") as g:
        g.keep(found)
        g.keep(nouvelle)
        nouvelle.save()
        found.derniere_nouvelle_le = max(day, found.derniere_nouvelle_le or day)
        found.save(update_fields=["derniere_nouvelle_le"])
        g.tell([Fait(GENRE, found.code, f"nouvelle du {date_fr(day)}", "", nouvelle.texte)], motif)
    return nouvelle


def tried(fiche: FicheAction, texte: str, le: date | None = None) -> Nouvelle:
    """The news as they would be given, today unless another day is said: nothing is written.

    Raises:
        ValidationError: nothing is told, or on a day that has not come.
    """
    day = le or horloge.today(fiche.espace)
    if day > horloge.today(fiche.espace):
        raise ValidationError(
            {"le": "Une nouvelle se donne d’un jour passé : pour la suite, dites la prochaine étape."}
        )
    nouvelle = Nouvelle(fiche=fiche, le=day, texte=texte.strip())
    nouvelle.clean_fields(exclude={"fiche", "auteur", "pour"})
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
    said = f", fiche modifiée ({nouns(changes, FicheAction)})" if changes else ""
    with geste(by, about(fiche), f"nouvelle donnée{said}"):
        found = update_fiche(by=by, fiche=fiche, version=version, changes=changes) if changes else fiche
        return give_news(by=by, fiche=found, texte=texte, le=le)


def shown(partenaire: PartenaireDeLAction | None) -> Lu:
    """What a page shows of a partner; nothing of a body that is none."""
    return {"organisme": str(partenaire.organisation), PART: partenaire.part} if partenaire else {}


@transaction.atomic
def set_part(
    *,
    by: Acces,
    fiche: FicheAction,
    organisation: Organisation,
    part: str,
    read: Mapping[str, Any] | None = None,
    lu: Lu | None = None,
) -> PartenaireDeLAction:
    """Name a partner of an action and its part, or change the part it has.

    `read`: the part that was read, by the name of its field; `lu`: what was shown of this partner, nothing where it
    was none.

    Raises:
        Refus: she may not.
        Conflit, Perime: its part, or that it is a partner, is no more what was read.
        ValidationError: the part is too long.
    """
    require(by, "fiche.update", fiche.espace, fiche)
    found = locked(fiche)
    row = found.partenaires.filter(organisation=organisation).first()
    before = row.part or "partenaire" if row else ""
    refuse_unread(lu, shown(row), {PART: part.strip()})
    row = row or PartenaireDeLAction(fiche=found, organisation=organisation)
    changed = {"part": part.strip()} if row.part != part.strip() else {}
    refuse_moved(row, changed, read)
    with geste(by, about(found), f"partenaire {organisation} {'modifié' if before else 'ajouté'}") as g:
        g.keep(row)
        row.part = part.strip()
        row.full_clean()
        row.save()
        after = row.part or "partenaire"
        if after != before:
            g.tell([Fait(GENRE, found.code, f"partenaire {organisation}", before, after)])
    return row


@transaction.atomic
def remove_partner(*, by: Acces, partenaire: PartenaireDeLAction, lu: Lu | None = None) -> None:
    """Take a partner away; the trace keeps what its part was.

    Raises:
        Refus: she may not.
        Perime: its part is no more what was read.
    """
    require(by, "fiche.update", partenaire.fiche.espace, partenaire.fiche)
    found = locked(partenaire.fiche)
    row = found.partenaires.select_related("organisation").filter(pk=partenaire.pk).first()
    if row is None:
        return
    refuse_unread(lu, shown(row))
    with geste(by, about(found), f"partenaire {row.organisation} retiré") as g:
        g.keep(row)
        row.delete()
        g.tell([Fait(GENRE, found.code, f"partenaire {row.organisation}", row.part or "partenaire", "")])
