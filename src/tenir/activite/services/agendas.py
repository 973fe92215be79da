"""A calendar brought in, as it was shown, in one gesture.

Every session enters as planned, past days too: none counts before someone says that it was held, and its number.
Who was invited and what was described were never read (`activite.agenda`).
"""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from tenir.acteurs.models import Organisation
from tenir.activite.agenda.lecture import Lecture
from tenir.activite.agenda.lecture import read as read_file
from tenir.activite.agenda.titres import looks_named, same
from tenir.activite.enums import Confiance, Source, Statut
from tenir.activite.models import Entree, TitreDAgenda
from tenir.activite.models.entree import TITRE
from tenir.activite.services.apercu_d_agenda import (
    LAISSER,
    Apercu,
    Choix,
    Ligne,
    cle_of,
    preview,
    window,
)
from tenir.activite.services.entree import RIGHT, Saisie, correct_entree, record_entree
from tenir.activite.services.importation_de_natures import ApercuPerime
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
) -> tuple[int, int]:
    """Plan what a calendar says, as it was shown, in one gesture of `LOT` entries at the most; how many were written,
    how many of them wait for the team. The same file again writes the next ones.

    Raises:
        Refus: she may not, for this body.
        ApercuPerime: it would not do what was shown, of which `empreinte` is the digest.
        ValidationError: some title is said nothing of.
    """
    require(by, RIGHT, espace, Entree(espace=espace, organisme=organisme))
    hold(espace)
    found = preview(espace, organisme, lecture, niveau, choix)
    if found.a_dire:
        raise ValidationError("Dites d’abord ce qu’est chaque titre, ou qu’on le laisse.")
    if found.empreinte != empreinte:
        raise ApercuPerime
    with ensemble(
        by, espace, lambda count: f"{pluriel(count, 'séance', genre='f')} d’un agenda {accord(count, 'prévue')}."
    ):
        lieux = sorted(Lieu.objects.of(espace), key=lambda one: -len(one.nom))
        written = [_write(by, espace, organisme, one, lieux) for one in found.lot]
    _remember(espace, organisme, found)
    return len(written), sum(one.confiance == Confiance.DECLAREE for one in written)


def _write(by: Acces, espace: EspaceDeContrat, organisme: Organisation, ligne: Ligne, lieux: list[Lieu]) -> Entree:
    """Plan a session, or move the one that this event had planned."""
    one, kind = ligne.occurrence, ligne.kind
    assert one is not None  # noqa: S101 (what is written is a day of an event)
    when: dict[str, Any] = {"debut": one.jour, "fin": one.jour, "minutes": one.minutes}
    if ligne.entree is not None:
        entree = ligne.entree
        return correct_entree(by=by, entree=entree, version=entree.version, changes=when, motif=WHY, attend=True)
    assert kind is not None  # noqa: S101 (its title was said to be one)
    champs = {"organisme": organisme, "statut": Statut.PREVUE, "lieu": _place(lieux, one.lieu)}
    titre = "" if looks_named(one.titre) or same(one.titre) == same(kind.libelle) else one.titre[:TITRE].strip()
    return record_entree(
        by=by,
        espace=espace,
        nature=kind.nature,
        saisie=Saisie({**when, **champs, "titre": titre}),
        source=Source.AGENDA,
        cle=cle_of(organisme, one.cle),
        attend=True,
    )


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
