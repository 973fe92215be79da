"""Mandates: a member whom no draw chose, one who leaves and is replaced by rank, without a new draw."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from tenir.conseil.enums import Issue
from tenir.conseil.models import Candidature, Mandat
from tenir.conseil.services.commun import CONSEIL, COUNCIL, RIGHT, about_mandat
from tenir.conseil.tirage import Inscrit, replacing
from tenir.core import horloge
from tenir.core.marques import Lu, refuse_unread
from tenir.core.requetes import still
from tenir.core.trace import Fait
from tenir.core.typographie import date_fr
from tenir.ecran.annulation.gestes import geste
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.numeros import next_number
from tenir.habilitations.rights import Acces, require


@transaction.atomic
def designate(*, by: Acces, espace: EspaceDeContrat, given: Mapping[str, Any]) -> Mandat:
    """Type a member whom no draw of ours chose: one of a council already there, a body designated by its peers.

    Raises:
        Refus: she may not.
        ValidationError: nobody to reach, or a mandate that ends before it begins.
    """
    require(by, RIGHT, espace)
    held = dict(given)
    du, au = held.pop("du"), held.pop("au")
    who = Candidature(espace=espace, numero=next_number(Candidature, espace), **held)
    who.full_clean()
    made = Mandat(espace=espace, candidature=who, du=du, au=au)
    with geste(by, about_mandat(made), "inscrit") as g:
        for row in (who, made):
            g.keep(row)
        who.save()
        made.candidature = who
        made.full_clean()
        made.save()
        g.tell([Fait(CONSEIL, COUNCIL, f"mandat du n° {who.numero}", "", f"du {date_fr(du)} au {date_fr(au)}")])
    return made


@transaction.atomic
def leave(*, by: Acces, mandat: Mandat, motif: str, lu: Lu | None = None) -> Mandat | None:
    """End a mandate today, saying why; return that of the deputy who takes the seat, by rank, if one is left.

    Raises:
        Refus: she may not.
        Perime: it is no more what was read.
        ValidationError: it is over, or nobody says why.
    """
    require(by, RIGHT, mandat.espace)
    rows = Mandat.objects.select_for_update(of=("self",)).select_related("espace", "candidature__appel")
    found = still(rows, mandat)
    refuse_unread(lu, shown(found))
    today = horloge.today(found.espace)
    if found.au <= today:
        raise ValidationError("Ce mandat a déjà pris fin.")
    if not motif.strip():
        raise ValidationError({"motif": "Dites pourquoi, sans nommer personne."})
    term, who = found.au, replacement_of(found)
    with geste(by, about_mandat(found), "terminé") as g:
        g.keep(found)
        found.au, found.motif = max(today, found.du), motif.strip()
        found.full_clean()
        found.save()
        ended = f"terminé le {date_fr(found.au)} : {found.motif}"
        facts = [Fait(CONSEIL, COUNCIL, f"mandat du n° {found.candidature.numero}", "", ended)]
        made = Mandat(espace=found.espace, candidature=who, du=found.au, au=term, remplace=found) if who else None
        if made and who:
            g.keep(made)
            made.save()
            said = f"remplace le n° {found.candidature.numero}"
            facts.append(Fait(CONSEIL, COUNCIL, f"mandat du n° {who.numero}", "", said))
        g.tell(facts)
    return made


def deputies_of(mandat: Mandat) -> list[Candidature]:
    """The deputies left for a seat, in the order of their ranks: drawn with it, and never seated since."""
    of = mandat.candidature
    if of.appel_id is None:
        return []
    rows = Candidature.objects.filter(appel=of.appel_id, college=of.college, issue=Issue.SUPPLEANT)
    return list(rows.standing().filter(mandats=None).order_by("rang"))


def replacement_of(mandat: Mandat) -> Candidature | None:
    """The deputy who takes the seat of a member who leaves: the next of the same sex, else the next."""
    left = {one.numero: one for one in deputies_of(mandat)}
    ranked = [Inscrit(one.numero, one.college, one.sexe) for one in left.values()]
    found = replacing(mandat.candidature.sexe, ranked)
    return left[found.numero] if found else None


def shown(mandat: Mandat) -> Lu:
    """What a page shows of a mandate it acts on, and who would take the seat."""
    who = replacement_of(mandat)
    return {"fin": date_fr(mandat.au), "remplaçant": str(who.numero) if who else "personne"}
