"""A call for candidates from its opening to its draw. What was published before the draw never changes after it."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from tenir.conseil.champs import APPEL
from tenir.conseil.enums import EtatDAppel, Issue
from tenir.conseil.models import AppelACandidatures, Candidature, Mandat
from tenir.conseil.services.commun import CONSEIL, RIGHT, about_appel
from tenir.conseil.seuils import PETIT_NOMBRE
from tenir.conseil.tirage import (
    Classe,
    Inscrit,
    Resultat,
    digest,
    draw,
    list_of,
    publishable,
    read_list,
    seed_of,
)
from tenir.core import horloge
from tenir.core.marques import Lu, refuse_unread
from tenir.core.requetes import still
from tenir.core.seuils import in_force
from tenir.core.trace import Fait, record
from tenir.core.typographie import date_fr, pluriel
from tenir.ecran.annulation.gestes import geste
from tenir.gouvernance.services.commun import rewrite
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.numeros import next_number
from tenir.habilitations.rights import Acces, require
from tenir.habilitations.services import trace_of

FEWEST_WORDS = 3
"""How many words are drawn at least: one alone is soon chosen."""


@transaction.atomic
def open_call(*, by: Acces, espace: EspaceDeContrat, given: Mapping[str, Any]) -> AppelACandidatures:
    """Open a call for candidates. It is public from the day it opens.

    Raises:
        Refus: she may not.
        ValidationError: it says nothing, ends before it begins, keeps more seats than it has, ends in the past.
    """
    require(by, RIGHT, espace)
    made = AppelACandidatures(espace=espace, numero=next_number(AppelACandidatures, espace), **given)
    if made.ferme_le < horloge.today(espace):
        raise ValidationError({"ferme_le": "Ce jour est passé."})
    made.full_clean()
    with geste(by, about_appel(made), "ouvert") as g:
        g.keep(made)
        made.save()
        g.tell([Fait(CONSEIL, made.code, "appel à candidatures", "", f"jusqu’au {date_fr(made.ferme_le)}")])
    return made


@transaction.atomic
def change_call(
    *, by: Acces, appel: AppelACandidatures, version: int, changes: Mapping[str, Any]
) -> AppelACandidatures:
    """Change the words, the days, the seats of a call, until its list is frozen.

    Raises:
        Refus: she may not.
        Conflit: someone changed it since that version.
        ValidationError: its list is frozen, or a value that it cannot hold.
    """
    require(by, RIGHT, appel.espace)
    found = locked(appel)
    if changes and found.fige_le:
        raise ValidationError("La liste est figée : les sièges et les quotas publiés ne changent plus.")
    rewrite(by, about_appel(found), found, version, changes, APPEL)
    return found


@transaction.atomic
def freeze(*, by: Acces, appel: AppelACandidatures, lu: Lu | None = None) -> AppelACandidatures:
    """Freeze the list of candidates: it is published with its digest, seats and quotas, before any word is drawn.

    Raises:
        Refus: she may not.
        Perime: it is no more what was read.
        ValidationError: the call is not over, nobody offered to sit, or the list is frozen already.
    """
    require(by, RIGHT, appel.espace)
    found = locked(appel)
    refuse_unread(lu, shown(found))
    if found.etat != EtatDAppel.CLOS:
        raise ValidationError("On fige la liste une fois l’appel fermé, et une seule fois.")
    rows = candidates_of(found)
    if not rows:
        raise ValidationError("Personne n’a candidaté : prolongez l’appel.")
    with geste(by, about_appel(found), "liste figée") as g:
        g.keep(found)
        found.liste = list_of(published(found, rows))
        found.empreinte, found.fige_le = digest(found.liste), horloge.now()
        found.version += 1
        found.full_clean()
        found.save()
        said = f"{pluriel(len(rows), 'candidature', genre='f')}, empreinte {found.empreinte}"
        g.tell([Fait(CONSEIL, found.code, "liste figée", "", said)])
    return found


@transaction.atomic
def draw_lots(
    *, by: Acces, appel: AppelACandidatures, mots: str, circonstances: str, lu: Lu | None = None
) -> list[Resultat]:
    """Draw a frozen list with words drawn in public. Once: a draw is never undone, nor done again.

    Raises:
        Refus: she may not.
        Perime: it is no more what was read.
        ValidationError: no frozen list, a draw already, too few words, or nobody says how they were drawn.
    """
    require(by, RIGHT, appel.espace)
    found = locked(appel)
    refuse_unread(lu, shown(found))
    if found.etat != EtatDAppel.FIGE:
        raise ValidationError("On tire au sort une liste figée, et une seule fois.")
    words = " ".join(mots.split())
    if len(words.split(" ")) < FEWEST_WORDS:
        raise ValidationError({"mots": "Trois mots au moins, tirés devant le public."})
    today = horloge.today(found.espace)
    found.mots, found.circonstances, found.tire_le = words, circonstances.strip(), today
    found.mandats_jusqu_au = _after(today, found.duree_mois)
    found.version += 1
    found.full_clean()
    found.save()
    results = result_of(found)
    _seat(found, results)
    facts = [Fait(CONSEIL, found.code, "mots tirés en public", "", words)]
    facts += [Fait(CONSEIL, found.code, f"membres tirés, {one.college}", "", _numbers(one)) for one in results]
    record(trace_of(found.espace), by.auteur(found.espace), facts)
    return results


def result_of(appel: AppelACandidatures) -> list[Resultat]:
    """What the draw of a call gives, computed again from what was published."""
    return draw(read_list(appel.liste), appel.places, seed_of(appel.mots, appel.empreinte))


def candidates_of(appel: AppelACandidatures) -> list[Candidature]:
    """The candidates that the list of a call holds, or would hold now: those of a college that it draws."""
    colleges = [one.college for one in appel.places]
    return list(Candidature.objects.filter(appel=appel, college__in=colleges).standing().order_by("numero"))


def published(appel: AppelACandidatures, rows: Iterable[Candidature]) -> list[Inscrit]:
    """The candidates as the list says them: besides college and sex, the classes for which seats are kept, where
    nobody is singled out."""
    known = [Inscrit(one.numero, one.college, one.sexe, one.age, one.secteur) for one in rows]
    return publishable(known, appel.places, in_force(PETIT_NOMBRE, horloge.today(appel.espace)))


def silent_classes(appel: AppelACandidatures, inscrits: Iterable[Inscrit]) -> list[Classe]:
    """The classes for which seats are kept, and that a list does not say: too few are in them, or nobody is."""
    said = {classe for one in inscrits for classe in one.classes}
    return [classe for classe, _ in appel.classes if classe not in said]


def shown(appel: AppelACandidatures) -> Lu:
    """What a page shows of a call it acts on: where it stands, and whose list."""
    return {
        "état": appel.etat.label,
        "candidatures": str(len(candidates_of(appel))),
        "empreinte": appel.empreinte,
        "sièges": " ; ".join(f"{one.sieges}, {one.femmes}, {one.hommes}, {one.suppleants}" for one in appel.places),
        "âges et secteurs": " ; ".join(f"{value}, {seats}" for (_, value), seats in appel.classes),
    }


def locked(appel: AppelACandidatures) -> AppelACandidatures:
    """A call as it stands now, held until the end of the transaction."""
    return still(AppelACandidatures.objects.select_for_update(of=("self",)).select_related("espace"), appel)


def _seat(appel: AppelACandidatures, results: list[Resultat]) -> None:
    """Keep what the draw made of each candidate; each member has a mandate from that day."""
    rows = {one.numero: one for one in Candidature.objects.filter(appel=appel)}
    for one in results:
        for rank, drawn in enumerate(one.rangs, 1):
            row = rows[drawn.numero]
            row.rang, row.issue = rank, _issue(one, drawn)
            row.version += 1
            row.save(update_fields=["rang", "issue", "version"])
    seated = [row for row in rows.values() if row.issue == Issue.MEMBRE]
    days: dict[str, Any] = {"du": appel.tire_le, "au": appel.mandats_jusqu_au}
    Mandat.objects.bulk_create(
        Mandat(espace=appel.espace, candidature=row, **days) for row in sorted(seated, key=lambda row: row.numero)
    )


def _issue(result: Resultat, drawn: Inscrit) -> Issue:
    if drawn in result.membres:
        return Issue.MEMBRE
    return Issue.SUPPLEANT if drawn in result.suppleants else Issue.NON_RETENUE


def _numbers(result: Resultat) -> str:
    return ", ".join(str(one.numero) for one in result.membres) or "personne"


def _after(day: date, months: int) -> date:
    from dateutil.relativedelta import relativedelta  # slow to start, for who draws nobody

    return day + relativedelta(months=months)
