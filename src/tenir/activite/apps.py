from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from django.apps import AppConfig

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tenir.core.emplacements import Bloc
    from tenir.core.models import Travail
    from tenir.core.travaux.chantier import Fin, Suivi
    from tenir.ecran.blocs import Section

AIDE = {
    "activite": "activite",
    "entree": "activite#lire-une-entrée",
    "activite-importer": "activite#importer-un-tableur",
    "activite-import": "activite#importer-un-tableur",
    "activite-lot": "activite#retenir-ou-contester",
    "entree-nouvelle": "activite#inscrire",
    "entree-inscrire": "activite#inscrire",
    "entree-confirmer": "activite#importer-un-agenda",
    "agenda-importer": "activite#importer-un-agenda",
    "entree-corriger": "activite#corriger",
    "natures": "natures",
    "nature": "natures#la-page-dune-nature",
    "series": "activite#ce-qui-revient",
    "serie": "activite#ce-qui-revient",
    "flux": "activite#donner-un-agenda",
    "activite-lieux": "activite#ce-qui-est-fait-action-par-action",
    "activite-lieu": "activite#ce-qui-est-fait-action-par-action",
}
"""Where each page is explained."""


MON_CARNET = ("", "-mois", "-noter", "-notees", "-notee", "-corriger", "-renvoyer", "-ne-plus")
"""The pages behind the link of a carnet."""
AIDE = {
    "activite": "activite",
    "entree": "activite#lire-une-entrée",
    "activite-lot": "activite#retenir-ou-contester",
    "entree-nouvelle": "activite#inscrire",
    "entree-inscrire": "activite#inscrire",
    "entree-corriger": "activite#corriger",
    "natures": "natures",
    "nature": "natures#la-page-dune-nature",
    "series": "activite#ce-qui-revient",
    "serie": "activite#ce-qui-revient",
    "flux": "activite#donner-un-agenda",
    "carnets": "carnets",
    "carnet": "carnets#un-carnet",
    "affiche-nouvelle": "carnets#laffiche-au-mur",
    "carnet-affiche": "carnets#laffiche-au-mur",
    **{f"mon-carnet{end}": "carnets#ce-que-voit-la-personne" for end in MON_CARNET},
    "activite-lieux": "activite#ce-qui-est-fait-action-par-action",
    "activite-lieu": "activite#ce-qui-est-fait-action-par-action",
}
"""Where the guide explains each page."""


def _done(acces: Any, espace: Any, thing: Any) -> "Bloc":
    """What is done for a thing; its page is written by what is slow to start: kinds and charts."""
    from tenir.activite.ecrans.bloc import done

    return done(acces, espace, thing)


def _this_morning(acces: Any, espace: Any, on: Any) -> "Iterator[Section]":
    """What it brings to the desk; the kinds it names are slow to start."""
    from tenir.activite.ecrans.matin import sections

    return sections(acces, espace, on)


def _empty_old_notes(now: datetime) -> str:
    """The task of the night that empties old notes; the kinds it passes by are slow to start."""
    from tenir.activite.services.notes import empty_old_notes

    return empty_old_notes(now)


def _remove_old_tables(now: datetime) -> str:
    """The task of the night that removes the tables that nobody wrote; the kinds it passes by are slow to start."""
    from tenir.activite.services.importation import clean

    return clean(now)


def _write_table(travail: "Travail", suivi: "Suivi") -> "Fin":
    """The work that writes a long table; the kinds it writes under are slow to start."""
    from tenir.activite.ecrans.importation.travail import write_deposited

    return write_deposited(travail, suivi)


def _carnets_of_the_month(now: datetime) -> str:
    """The daily task that sends each carnet of a person its link of the month."""
    from tenir.activite.services.carnets import send_of_the_month

    return send_of_the_month(now)


def _link_of_a_carnet(cible: str, now: datetime) -> Any:
    """The message that carries the link of a carnet; the kinds that its page needs are slow to start."""
    from tenir.activite.ecrans.messages import write_link

    return write_link(cible, now)


class ActiviteConfig(AppConfig):
    name = "tenir.activite"
    label = "activite"

    def ready(self) -> None:
        """Say what the register brings: its pages, who reads it, whose each entry is, its sums, its trace."""
        from tenir.activite import oubli, tenue
        from tenir.activite.champs import LECTURE
        from tenir.activite.droits import owns_entree
        from tenir.activite.models import Entree
        from tenir.activite.services import flux
        from tenir.activite.services import liens_de_carnet as liens
        from tenir.activite.services.cumuls import kept_right
        from tenir.activite.tableur import INSCRIPTION
        from tenir.core.emplacements import FAIT
        from tenir.core.piece import Piece, declare
        from tenir.core.taches import Tache
        from tenir.core.travaux.chantier import Chantier
        from tenir.ecran.navigation import Page

        declare(
            Piece(
                "activite",
                urls="tenir.activite.urls",
                levels=LECTURE,
                pages=[
                    Page("activite", "Activité", "activite.read", 35, vue="Entrées", contract=True),
                    Page("series", "Ce qui revient", "activite.read", 36, sous="activite", contract=True),
                    Page("activite-lieux", "Lieux", "activite.read", 37, sous="activite", contract=True),
                    Page("flux", "Flux d’agenda", "flux.update", 39, sous="activite", contract=True),
                    Page("carnets", "Carnets", "carnet.update", 40, sous="activite", contract=True),
                    Page("natures", "Natures", "nature.update", 38, sous="activite", contract=True),
                ],
                aide=AIDE,
                slots={FAIT: _done},
                blocks={15: _this_morning},
                tasks=[
                    Tache("notes-du-registre", _empty_old_notes, timedelta(days=1), time(2, 20), menage=True),
                    Tache("menage-des-tableurs", _remove_old_tables, timedelta(days=1), time(2, 20), menage=True),
                    Tache("carnets-du-mois", _carnets_of_the_month, timedelta(days=1), time(8, 30)),
                ],
                works={INSCRIPTION: Chantier(_write_table, right="activite.read")},
                messages={liens.COURRIEL: _link_of_a_carnet},
                message_names={liens.COURRIEL: "Lien d’un carnet"},
                theirs={"entree.update": owns_entree, "serie.update": owns_entree},
                links={flux.SALT: flux.open_links, liens.SALT: liens.open_links},
                where=oubli.WHERE,
                forget=oubli.forget,
                traced=tenue.held,
                undone={Entree._meta.label: kept_right},
            )
        )
