"""Who of the council came to a meeting, member by member, and what that makes for parity and the colleges."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction

from tenir.conseil.enums import CollegeDuConseil, PresenceDuMembre, Sexe
from tenir.conseil.models import Mandat, PresenceDeMembre
from tenir.conseil.services.commun import CONSEIL, COUNCIL, RIGHT
from tenir.core.marques import Lu, refuse_unread
from tenir.core.trace import Fait
from tenir.core.typographie import pluriel
from tenir.ecran.annulation.gestes import Chose, geste
from tenir.gouvernance.enums import EtatDeReunion
from tenir.gouvernance.models import Reunion
from tenir.gouvernance.services.reunions import locked
from tenir.habilitations.rights import Acces, require


@dataclass(frozen=True, slots=True)
class Compte:
    """Who is there: how many of how many members, by sex and by college."""

    presents: int
    membres: int
    femmes: int
    hommes: int
    habitants: int
    acteurs: int

    @property
    def phrase(self) -> str:
        """« 8 membres présents sur 12 : 4 femmes et 4 hommes ; 6 du collège des habitants, 2 de celui des acteurs »."""
        there = f"{pluriel(self.presents, 'membre présent', 'membres présents')} sur {self.membres}"
        if not self.presents:
            return f"{there}."
        sexes = f"{pluriel(self.femmes, 'femme', genre='f')} et {pluriel(self.hommes, 'homme')}"
        return f"{there} : {sexes} ; {self.habitants} du collège des habitants, {self.acteurs} de celui des acteurs."


def held_on(reunion: Reunion) -> list[Mandat]:
    """The mandates held on the day of a meeting, in the order of their numbers."""
    rows = Mandat.objects.of(reunion.espace).on(reunion.jour)
    return list(rows.order_by("candidature__college", "candidature__numero"))


def noted(reunion: Reunion) -> dict[int, str]:
    """What was noted of each mandate."""
    return dict(PresenceDeMembre.objects.filter(reunion=reunion).values_list("mandat", "presence"))


def count(mandats: list[Mandat], seen: Mapping[int, str]) -> Compte | None:
    """What an attendance makes; none while nothing was noted."""
    if not seen:
        return None
    there = [one.candidature for one in mandats if seen.get(one.pk) == PresenceDuMembre.PRESENT]
    return Compte(
        len(there),
        len(mandats),
        sum(one.sexe == Sexe.FEMME for one in there),
        sum(one.sexe == Sexe.HOMME for one in there),
        sum(one.college == CollegeDuConseil.HABITANTS for one in there),
        sum(one.college == CollegeDuConseil.ACTEURS for one in there),
    )


@transaction.atomic
def note(*, by: Acces, reunion: Reunion, presences: Mapping[int, str], lu: Lu | None = None) -> int:
    """Note who came: by the number of a mandate, what was seen; nothing, what is not noted any more.

    Return how many changed.

    Raises:
        Refus: she may not.
        Perime: it is no more what was read.
        ValidationError: the meeting is called off.
    """
    require(by, RIGHT, reunion.espace)
    found = locked(reunion)
    refuse_unread(lu, shown(found))
    if found.etat == EtatDeReunion.ANNULEE:
        raise ValidationError("Cette réunion est annulée.")
    rows = {one.mandat_id: one for one in PresenceDeMembre.objects.select_for_update().filter(reunion=found)}
    chose = Chose(found.espace, CONSEIL, COUNCIL, f"Présences des membres, {found}", RIGHT, found.espace)
    changed = 0
    with geste(by, chose, "présences des membres notées") as g:
        facts = []
        for one in held_on(found):
            before, after = rows.get(one.pk), presences.get(one.pk, "")
            if (before.presence if before else "") == after:
                continue
            row = before or PresenceDeMembre(reunion=found, mandat=one)
            g.keep(row)
            told = row.get_presence_display() if before else ""
            row.presence = after
            if after:
                row.full_clean()
                row.save()
            else:
                row.delete()
            said = str(row.get_presence_display()) if after else "non notée"
            facts.append(Fait(CONSEIL, COUNCIL, f"présence du n° {one.candidature.numero}, {found}", str(told), said))
            changed += 1
        g.tell(facts)
    return changed


def shown(reunion: Reunion) -> Lu:
    """What a page shows of an attendance."""
    return {str(pk): presence for pk, presence in sorted(noted(reunion).items())}
