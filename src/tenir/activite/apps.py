from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from django.apps import AppConfig

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tenir.core.emplacements import Bloc
    from tenir.core.models import Travail
    from tenir.core.travaux.chantier import Fin, Suivi
    from tenir.ecran.blocs import Section
    from tenir.ecran.navigation import Page

MON_CARNET = ("", "-mois", "-noter", "-objet", "-ajouter", "-notees", "-notee", "-corriger", "-renvoyer", "-ne-plus")
"""The pages behind the link of a carnet."""
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
    **dict.fromkeys(("registres", "registre", "grilles", "grille"), "registres"),
    "calculs": "indicateurs#les-indicateurs-qui-se-calculent",
    **dict.fromkeys(("objet", "objet-nouveau", "objet-modifier"), "registres#une-ligne"),
    "objet-noter": "registres#noter-ce-quil-en-est",
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


def _levels_kept_right(espace: Any, states: Any) -> Any:
    """What follows kinds that are put back; they are slow to start."""
    from tenir.activite.services.natures import levels_kept_right

    return levels_kept_right(espace, states)


def _computed(acces: Any, espace: Any, suivi: Any) -> "Bloc | None":
    """What an indicator computes to, for someone; the kinds that feed it are slow to start."""
    from tenir.activite.ecrans.calculs import computed

    return computed(acces, espace, suivi)


def _computed_in_public(acces: Any, espace: Any, indicateur: Any) -> "Bloc | None":
    """The same for anyone."""
    from tenir.activite.ecrans.calculs import computed_in_public

    return computed_in_public(None, espace, indicateur)


def _this_morning(acces: Any, espace: Any, on: Any) -> "Iterator[Section]":
    """What it brings to the desk; the kinds it names are slow to start."""
    from tenir.activite.ecrans.matin import sections

    return sections(acces, espace, on)


def _empty_old_notes(now: datetime) -> str:
    """The task of the night that empties old notes; the kinds it passes by are slow to start."""
    from tenir.activite.services.notes import empty_old_notes

    return empty_old_notes(now)


def _reduce_old_lines(now: datetime) -> str:
    """The task of the night that reduces old lines of the team to totals; the kinds it reads are slow to start."""
    from tenir.activite.services.reduction import reduce_old_lines

    return reduce_old_lines(now)


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


def _pages() -> "list[Page]":
    """What the navigation shows of it."""
    from tenir.ecran.navigation import Page

    return [
        Page("activite", "Activité", "activite.read", 35, vue="Entrées", contract=True),
        Page("registres", "Registres", "activite.read", 41, sous="activite", contract=True),
        Page("grilles", "Tableaux", "activite.read", 42, sous="activite", contract=True),
        Page("calculs", "Calculés", "activite.read", 41, sous="suivi-indicateurs", contract=True),
        Page("series", "Ce qui revient", "activite.read", 36, sous="activite", contract=True),
        Page("activite-lieux", "Lieux", "activite.read", 37, sous="activite", contract=True),
        Page("flux", "Flux d’agenda", "flux.update", 39, sous="activite", contract=True),
        Page("carnets", "Carnets", "carnet.update", 40, sous="activite", contract=True),
        Page("natures", "Natures", "nature.update", 38, sous="activite", contract=True),
    ]


class ActiviteConfig(AppConfig):
    name = "tenir.activite"
    label = "activite"

    def ready(self) -> None:
        """Say what the register brings: its pages, who reads it, whose each entry is, its sums, its trace."""
        from tenir.activite import oubli, tenue
        from tenir.activite.champs import LECTURE
        from tenir.activite.droits import owns_entree
        from tenir.activite.models import Entree, Nature
        from tenir.activite.services import flux
        from tenir.activite.services import liens_de_carnet as liens
        from tenir.activite.services.cumuls import kept_right
        from tenir.activite.tableur import INSCRIPTION
        from tenir.core.emplacements import CALCUL, CALCUL_PUBLIC, FAIT
        from tenir.core.piece import Piece, declare
        from tenir.core.taches import Tache
        from tenir.core.travaux.chantier import Chantier

        declare(
            Piece(
                "activite",
                urls="tenir.activite.urls",
                levels=LECTURE,
                pages=_pages(),
                twins={"annuaire": "registres"},
                aide=AIDE,
                slots={FAIT: _done, CALCUL: _computed, CALCUL_PUBLIC: _computed_in_public},
                blocks={15: _this_morning},
                tasks=[
                    Tache("notes-du-registre", _empty_old_notes, timedelta(days=1), time(2, 20), menage=True),
                    Tache("registres-de-l-equipe", _reduce_old_lines, timedelta(days=1), time(2, 20), menage=True),
                    Tache("menage-des-tableurs", _remove_old_tables, timedelta(days=1), time(2, 20), menage=True),
                    Tache("carnets-du-mois", _carnets_of_the_month, timedelta(days=1), time(8, 30)),
                ],
                works={INSCRIPTION: Chantier(_write_table, right="activite.read")},
                messages={liens.COURRIEL: _link_of_a_carnet},
                message_names={liens.COURRIEL: "Lien d’un carnet"},
                theirs=dict.fromkeys(("entree.update", "serie.update", "objet.update"), owns_entree),
                links={flux.SALT: flux.open_links, liens.SALT: liens.open_links},
                where=oubli.WHERE,
                forget=oubli.forget,
                traced=tenue.held,
                undone={Entree._meta.label: kept_right, Nature._meta.label: _levels_kept_right},
            )
        )
