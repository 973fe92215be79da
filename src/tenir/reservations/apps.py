from typing import TYPE_CHECKING

from django.apps import AppConfig

if TYPE_CHECKING:
    from tenir.ecran.navigation import Page

GUIDE = "salles"
AIDE = {
    "salles": GUIDE,
    "salle": f"{GUIDE}#lire-la-semaine-dune-salle",
    "salle-feuille": f"{GUIDE}#la-feuille-de-la-porte",
    "salle-nouvelle": f"{GUIDE}#ajouter-une-salle",
    "reservation-nouvelle": f"{GUIDE}#réserver",
    "reservation-annuler": f"{GUIDE}#annuler",
    "salles-occupation": f"{GUIDE}#ce-que-servent-les-salles",
    **{
        f"mon-carnet-{name}": f"{GUIDE}#réserver-sans-compte"
        for name in ("salles", "salle", "reserver", "reservation-annuler")
    },
}
"""Where the guide explains each page."""


def _pages() -> "list[Page]":
    """What the navigation shows of it."""
    from tenir.ecran.navigation import Page

    return [
        Page("salles", "Salles", "salle.read", 46, sous="reperage", contract=True),
        Page("salles-occupation", "Occupation des salles", "salle.read", 47, sous="reperage", contract=True),
    ]


def _at_the_carnet(request: object, lien: object) -> object:
    """What leads to the rooms from a carnet; its pages are written by what is slow to start."""
    from tenir.reservations.ecrans.carnet import link

    return link(request, lien)  # type: ignore[arg-type]


class ReservationsConfig(AppConfig):
    name = "tenir.reservations"
    label = "reservations"

    def ready(self) -> None:
        """Say what the room brings: its pages, those behind a carnet, whose each booking is, what follows an undo."""
        from tenir.core.emplacements import AU_CARNET
        from tenir.core.piece import Piece, declare
        from tenir.reservations import oubli
        from tenir.reservations.champs import LECTURE
        from tenir.reservations.droits import holds
        from tenir.reservations.models import Reservation
        from tenir.reservations.services.reservations import RIGHT, kept_right

        declare(
            Piece(
                "reservations",
                urls="tenir.reservations.urls",
                under={"carnet/": "tenir.reservations.ecrans.carnet"},
                levels=LECTURE,
                pages=_pages(),
                aide=AIDE,
                slots={AU_CARNET: _at_the_carnet},
                theirs={RIGHT: holds},
                undone={Reservation._meta.label: kept_right},
                where=oubli.WHERE,
            )
        )
