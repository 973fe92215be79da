"""A calendar brought in, as it was shown, in one gesture.

Every session enters as planned, past days too: none counts before someone says that it was held, and its number.
Who was invited and what was described were never read (`activite.agenda`).
"""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from tenir.acteurs.models import Organisation
from tenir.activite.agenda.lecture import Lecture, Occurrence
from tenir.activite.agenda.lecture import read as read_file
from tenir.activite.agenda.titres import looks_named, same
from tenir.activite.enums import Source, Statut
from tenir.activite.models import Entree, TitreDAgenda
from tenir.activite.models.entree import TITRE
from tenir.activite.services.apercu_d_agenda import (
    AJOUTEE,
    LAISSER,
    Apercu,
    Choix,
    Ligne,
    cle_of,
    preview,
    window,
)
from tenir.activite.services.entree import RIGHT, Saisie, correct_entree
from tenir.activite.services.importation_de_natures import ApercuPerime
from tenir.activite.services.plusieurs import Preparation, Prete, write_all
from tenir.activite.services.registre import hold
from tenir.contrat.models import Lieu
from tenir.core import horloge
from tenir.core.typographie import accord, pluriel
from tenir.ecran.annulation.gestes import ensemble
from tenir.fichier.mots import plain
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.niveaux import Niveau
from tenir.habilitations.rights import Acces, require

WHY = "agenda importé"
SHORT = 4
"""The name of a place is looked for in what an event says from so many letters on."""


def read(espace: EspaceDeContrat, content: bytes) -> Lecture:
    """What a file says, at the hour of a contract.

    Raises:
        AgendaIllisible: nothing is taken from it.
    """
    return read_file(content, espace.fuseau, *window(espace))


@transaction.atomic
def import_agenda(
    *,
    by: Acces,
    espace: EspaceDeContrat,
    organisme: Organisation,
    lecture: Lecture,
    niveau: Niveau,
    choix: Choix,
    empreinte: str,
) -> list[Entree]:
    """Plan what a calendar says, as it was shown, in one gesture; what was written.

    Raises:
        Refus: she may not, for this body.
        ApercuPerime: it would not do what was shown, of which `empreinte` is the digest.
        ValidationError: some title is said nothing of.
    """
    require(by, RIGHT, espace, Entree(espace=espace, organisme=organisme))
    registre = hold(espace)
    registre.espace = espace
    found = preview(espace, organisme, lecture, niveau, choix)
    if found.a_dire:
        raise ValidationError("Dites d’abord ce qu’est chaque titre, ou qu’on le laisse.")
    if found.empreinte != empreinte:
        raise ApercuPerime
    with ensemble(
        by, espace, lambda count: f"{pluriel(count, 'séance', genre='f')} d’un agenda {accord(count, 'prévue')}."
    ):
        made = write_all(by, registre, _ready(by, espace, organisme, found))
        moved = [_move(by, one.entree, one.jour) for one in found.deplacees]
    _remember(espace, organisme, found)
    return [*made, *moved]


def _ready(by: Acces, espace: EspaceDeContrat, organisme: Organisation, found: Apercu) -> list[Prete]:
    """The sessions that a calendar adds, checked; two alike on one day are two events, not one noted twice."""
    preparation = Preparation(by, espace, *window(espace))
    lieux = sorted(Lieu.objects.of(espace), key=lambda one: -len(one.nom))
    return [_prepared(preparation, organisme, one, lieux) for one in found.lignes if one.sort == AJOUTEE]


def _prepared(preparation: Preparation, organisme: Organisation, ligne: Ligne, lieux: list[Lieu]) -> Prete:
    one, kind = ligne.occurrence, ligne.kind
    assert one is not None and kind is not None  # noqa: S101, PT018 (a day whose title was said to be a kind)
    named = looks_named(one.titre) or same(one.titre) == same(kind.libelle)
    champs = {
        **_when(one),
        "organisme": organisme,
        "statut": Statut.PREVUE,
        "lieu": _place(lieux, one.lieu),
        "titre": "" if named else one.titre[:TITRE].strip(),
    }
    ready = preparation.ready(kind.nature, Saisie(champs), Source.AGENDA)
    ready.entree.cle = cle_of(organisme, one.cle)
    return ready


def _move(by: Acces, entree: Entree, one: Occurrence) -> Entree:
    """Move the session that an event had planned; nothing else of it is written over."""
    return correct_entree(by=by, entree=entree, version=entree.version, changes=_when(one), motif=WHY, attend=True)


def _when(one: Occurrence) -> dict[str, Any]:
    return {"debut": one.jour, "fin": one.jour, "minutes": one.minutes}


def _place(lieux: list[Lieu], told: str) -> Lieu | None:
    """The place of the contract that an event names; what else it says of where it is is not kept."""
    said = plain(told)
    return next((one for one in lieux if len(one.nom) >= SHORT and plain(one.nom) in said), None)


def _remember(espace: EspaceDeContrat, organisme: Organisation, found: Apercu) -> None:
    """Keep what was said of each title, for the next file."""
    for one in found.titres:
        given = {"nature": "" if one.choix == LAISSER else one.choix, "dit_le": horloge.now()}
        TitreDAgenda.objects.update_or_create(
            espace=espace, organisme=organisme, empreinte=one.cle, defaults=given, create_defaults=given
        )
