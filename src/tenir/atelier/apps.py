from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from django.apps import AppConfig

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tenir.core.models import Travail
    from tenir.core.travaux.chantier import Fin, Suivi
    from tenir.ecran.blocs import Section

LEASE = timedelta(minutes=5)
"""More than the longest reading."""
AIDE = {
    "contrat-nouveau": "atelier#créer-un-contrat",
    "atelier": "atelier#relire",
    "atelier-mise-en-page": "atelier#montrer-la-mise-en-page",
    "atelier-elements": "atelier#corriger",
    "atelier-element": "atelier#corriger",
    "atelier-organismes": "atelier#les-organismes",
    "atelier-gestes": "atelier#annuler",
    "atelier-signer": "atelier#signer-et-publier",
    "atelier-ouvrir": "atelier#après-la-signature",
    "atelier-acte": "atelier#un-avenant",
    "atelier-changements": "atelier#après-la-signature",
}
"""Where the guide explains each page."""


def _read(travail: "Travail", suivi: "Suivi") -> "Fin":
    """The work that reads a document; the reader is slow to start."""
    from tenir.atelier.ecrans.travail import read_deposited

    return read_deposited(travail, suivi)


def _join(travail: "Travail", suivi: "Suivi") -> "Fin":
    """The work that reads a document for a draft; the reader is slow to start."""
    from tenir.atelier.ecrans.travail import join_deposited

    return join_deposited(travail, suivi)


def _reread(travail: "Travail", suivi: "Suivi") -> "Fin":
    """The work that reads a draft again; the reader is slow to start."""
    from tenir.atelier.ecrans.travail import reread

    return reread(travail, suivi)


def _put_in_force(now: datetime) -> str:
    """The daily task that puts avenants in force; the contract file is slow to start."""
    from tenir.atelier.services.signature import put_due_in_force

    return put_due_in_force(now)


def _sections(acces: Any, espace: Any, on: Any) -> "Iterator[Section]":
    """What it brings to the desk."""
    from tenir.atelier.ecrans.bloc import sections

    return sections(acces, espace, on)


class AtelierConfig(AppConfig):
    name = "tenir.atelier"
    label = "atelier"

    def ready(self) -> None:
        """Say what the workshop brings: its pages, the work that reads, the day of avenants."""
        from tenir.atelier.champs import LECTURE
        from tenir.atelier.genres_de_travaux import (
            DOCUMENT_D_UN_BROUILLON,
            LECTURE_DE_DOCUMENT,
            RELECTURE_D_UN_BROUILLON,
        )
        from tenir.core.piece import Piece, declare
        from tenir.core.taches import Tache
        from tenir.core.travaux.chantier import Chantier
        from tenir.ecran.navigation import Page

        declare(
            Piece(
                "atelier",
                urls="tenir.atelier.urls",
                levels=LECTURE,
                pages=[
                    Page("atelier", "Texte du contrat", "atelier.update", 100, compte=True, contract=True),
                    Page("contrat-nouveau", "Créer un contrat", "contrat.create", 140, compte=True, platform=True),
                ],
                aide=AIDE,
                blocks={4: _sections},
                works={
                    LECTURE_DE_DOCUMENT: Chantier(_read, right="contrat.create", lease=LEASE),
                    DOCUMENT_D_UN_BROUILLON: Chantier(_join, right="atelier.update", lease=LEASE),
                    RELECTURE_D_UN_BROUILLON: Chantier(_reread, right="atelier.update", lease=LEASE),
                },
                tasks=[Tache("avenants-du-jour", _put_in_force, timedelta(days=1), time(0, 20))],
            )
        )
