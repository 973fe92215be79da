"""A table of entries that someone brings: kept a while, read as she says, then written once, as it was shown."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from tenir.acteurs.models import Organisation
from tenir.activite.models import ImportDEntrees, ProfilDeTableur
from tenir.activite.services.entree import RIGHT
from tenir.activite.services.importation_de_natures import ApercuPerime
from tenir.activite.services.plusieurs import write_all
from tenir.activite.services.registre import hold
from tenir.activite.tableur.examen import Examen, examine
from tenir.activite.tableur.plan import Plan
from tenir.core import horloge
from tenir.core.requetes import still
from tenir.core.tableur.correspondance import Releve
from tenir.core.trace import Fait, record
from tenir.core.typographie import accord, pluriel
from tenir.ecran.annulation.gestes import ensemble
from tenir.ecran.champs import label
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces, Portee, Refus, may, reach, who_can
from tenir.habilitations.services import trace_of

GARDE = timedelta(days=7)
"""How long a table that nobody wrote is kept: it may hold more than the register asks."""
BILAN_GARDE = timedelta(days=365)
"""How long a receipt is."""
NAME_LENGTH = 200
GENRE = "profil de tableur"


class DejaInscrit(Exception):
    """It was written already: the receipt says what was done."""


def body_of(by: Acces, espace: EspaceDeContrat) -> Organisation | None:
    """The body for whose tables someone brings one; none for the team, who may bring anyone's.

    Raises:
        Refus: she writes nothing in the register.
    """
    if may(by, RIGHT, espace):
        return None
    body = by.organisation(espace)
    if reach(by, RIGHT, espace) < Portee.SIENNE or body is None:
        raise Refus(who_can(RIGHT, espace))
    return body


def imports_of(by: Acces, espace: EspaceDeContrat) -> QuerySet[ImportDEntrees]:
    """The tables that someone may follow: those of her body, all for the team."""
    return _theirs(by, espace, ImportDEntrees.objects.filter(espace=espace)).select_related(
        "espace", "par", "organisme"
    )


def profiles_of(by: Acces, espace: EspaceDeContrat) -> QuerySet[ProfilDeTableur]:
    """The profiles that serve someone: those of her body, all for the team; the last that served first."""
    rows = _theirs(by, espace, ProfilDeTableur.objects.filter(espace=espace))
    return rows.select_related("espace", "organisme").order_by("-servi_le", "-pk")


def _theirs(by: Acces, espace: EspaceDeContrat, rows: QuerySet[Any]) -> QuerySet[Any]:
    if body_of(by, espace) is None:
        return rows
    return rows.filter(organisme__in=[held.organisation_id for held in by.on(espace) if held.organisation_id])


@transaction.atomic
def deposit(*, by: Acces, espace: EspaceDeContrat, nom: str, releve: Releve) -> ImportDEntrees:
    """Keep a table until someone writes it or leaves it; read at once as those of the same headings were.

    Raises:
        Refus: she writes nothing in the register.
    """
    body = body_of(by, espace)
    profil = profiles_of(by, espace).filter(cle=releve.empreinte).first()
    return ImportDEntrees.objects.create(
        espace=espace,
        par=by.personne,
        organisme=body,
        nom=nom[-NAME_LENGTH:],
        contenu=releve.to_json(),
        plan=profil.plan if profil else {},
    )


@transaction.atomic
def read_as(*, by: Acces, depose: ImportDEntrees, plan: Plan) -> ImportDEntrees:
    """Say what each column of a table holds, and remember it for those of the same headings.

    Raises:
        Refus: it is another body's.
        DejaInscrit: it was written already.
        ValidationError: it was left meanwhile.
    """
    found = _held(by, depose)
    found.plan = plan.to_json()
    found.save(update_fields=["plan"])
    releve = Releve.from_json(found.contenu)
    titres = " · ".join(one.texte for one in releve.titres)[:5_000]
    ProfilDeTableur.objects.update_or_create(
        espace=found.espace,
        organisme=found.organisme,
        cle=releve.empreinte,
        defaults={"titres": titres, "plan": found.plan, "servi_le": horloge.now()},
    )
    return found


def preview(by: Acces, depose: ImportDEntrees) -> Examen:
    """What writing a table would do now."""
    return examine(Releve.from_json(depose.contenu), Plan.from_json(depose.plan), by=by, espace=depose.espace)


@transaction.atomic
def write_import(*, by: Acces, depose: ImportDEntrees, empreinte: str) -> ImportDEntrees:
    """Write what was shown, whole, in one gesture; what it did is kept, the table is not.

    Raises:
        Refus: it is another body's.
        DejaInscrit, ApercuPerime: nothing is written.
        ValidationError: it was left meanwhile.
    """
    found = _held(by, depose)
    registre = hold(found.espace)
    registre.espace = found.espace
    examen = preview(by, found)
    if examen.empreinte != empreinte:
        raise ApercuPerime
    with ensemble(by, found.espace, lambda count: f"Tableur « {found} » : {_count(count)}.", temoin=found):
        write_all(by, registre, examen.pretes)
    found.bilan, found.contenu = account(examen), []
    found.applique_le = horloge.now()
    found.save(update_fields=["bilan", "contenu", "applique_le"])
    return found


@transaction.atomic
def abandon(*, by: Acces, depose: ImportDEntrees) -> None:
    """Leave a table that nobody wrote: nothing of it is kept.

    Raises:
        Refus: it is another body's.
        DejaInscrit: its receipt stays.
        ValidationError: it was left already.
    """
    _held(by, depose).delete()


@transaction.atomic
def forget_profile(*, by: Acces, profil: ProfilDeTableur) -> None:
    """Forget how tables of some headings are read; nothing to undo, for the next of them is said again.

    Raises:
        Refus: it is another body's.
        ValidationError: it was forgotten already.
    """
    found = still(profiles_of(by, profil.espace).select_for_update(of=("self",)), profil)
    told = [Fait(GENRE, str(found.pk), label("titres", ProfilDeTableur), found.titres, "")]
    record(trace_of(found.espace), by.auteur(found.espace), told)
    found.delete()


def account(examen: Examen) -> dict[str, Any]:
    """What was done, as the receipt tells it."""
    return {
        "lues": len(examen.lignes),
        "gardees": examen.gardees,
        "a_lire": examen.a_lire,
        "expliquees": [[one.rang, one.sort.value, one.quoi, one.raison] for one in examen.expliquees],
    }


def clean(now: datetime) -> str:
    """Remove the tables that nobody wrote, and old receipts: a task of the night."""
    left, _ = ImportDEntrees.objects.filter(applique_le=None, depose_le__lt=now - GARDE).delete()
    old, _ = ImportDEntrees.objects.filter(applique_le__lt=now - BILAN_GARDE).delete()
    return f"Tableurs abandonnés retirés : {left} ; bilans anciens retirés : {old}."


def _held(by: Acces, depose: ImportDEntrees) -> ImportDEntrees:
    rows = imports_of(by, depose.espace).select_for_update(of=("self",))
    found = still(rows, depose)
    if found.applique_le:
        raise DejaInscrit
    return found


def _count(count: int) -> str:
    return f"{pluriel(count, 'entrée', genre='f')} {accord(count, 'inscrite')}"
