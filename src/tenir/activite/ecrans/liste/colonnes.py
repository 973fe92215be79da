"""The columns of the list of entries: what each shows on the page, writes in a file, and sorts by."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from tenir.activite.ecrans.commun import at
from tenir.activite.ecrans.mesures import heading, main_number
from tenir.activite.enums import TON_DE_LA_CONFIANCE, TON_DU_STATUT, Confiance, Statut
from tenir.activite.models import Entree, Valeur, VersionDeNature
from tenir.activite.services.entree import told_days
from tenir.activite.services.valeurs import Cle, given_of, with_unit
from tenir.core import horloge
from tenir.core.cellules import second_line, stamp, together, written
from tenir.core.listes import Colonne, Place, day_column, read, text_column
from tenir.core.typographie import NBSP, capital
from tenir.ecran.navigation import address
from tenir.habilitations.listes import contract_column
from tenir.habilitations.models import EspaceDeContrat
from tenir.natures.modeles import NatureEntiere

_STATUTS = {value: stamp(value.label, tone) for value, tone in TON_DU_STATUT.items()}
_CONFIANCES = {value: stamp(value.label, tone) for value, tone in TON_DE_LA_CONFIANCE.items()}


def columns_of(espace: EspaceDeContrat) -> tuple[Colonne, ...]:
    """Every column but those of the numbers."""
    return (*_what(), *_where(), *_numbers(espace), *_state(), *_from_whom())


def _what() -> tuple[Colonne, ...]:
    return (
        contract_column(read("espace.titre")),
        Colonne("numero", "N°", read("numero"), order_by=("numero",), css="code", place=Place.LIGNE, usual=False),
        Colonne(
            "jour", "Date", told_days, _days, order_by=("fin", "numero"), css="jour", place=Place.LIGNE, in_files=False
        ),
        Colonne("debut", "Du", read("debut"), on_page=False),
        Colonne("fin", "Au", read("fin"), on_page=False),
        Colonne("nature", "Nature", read("mots.libelle"), _named, order_by=("mots__libelle",), place=Place.TITRE),
        text_column("titre", "Titre", order_by=("titre",), usual=False),
        Colonne("forme", "Forme", lambda row: row.get_forme_display(), usual=False),
    )


def _where() -> tuple[Colonne, ...]:
    return (
        Colonne("organisme", "Organisme", read("organisme.nom"), order_by=("organisme__nom",), place=Place.LIGNE),
        Colonne("lieu", "Lieu", read("ou"), order_by=("lieu__nom", "autre_lieu"), place=Place.LIGNE),
        Colonne("quartier", "Dans le quartier", lambda row: row.get_quartier_display(), usual=False),
        Colonne("minutes", "Minutes", read("minutes"), order_by=("minutes",), css="chiffre", usual=False),
        Colonne("avec", "Avec", _with, usual=False),
    )


def _numbers(espace: EspaceDeContrat) -> tuple[Colonne, ...]:
    def actions(row: Entree) -> str:
        return together([_link(espace, one.code) for one in row.fiches.all()], ", ")

    return (
        Colonne("nombre", "Nombre", _main, css="chiffre", place=Place.LIGNE, in_files=False),
        Colonne("actions", "Actions", _codes, actions, css="code"),
    )


def _state() -> tuple[Colonne, ...]:
    return (
        Colonne(
            "statut",
            "Statut",
            lambda row: row.get_statut_display(),
            lambda row: _STATUTS[Statut(row.statut)],
            order_by=("statut",),
            place=Place.ETAT,
        ),
        Colonne(
            "confiance",
            "Confiance",
            lambda row: row.get_confiance_display(),
            lambda row: _CONFIANCES[Confiance(row.confiance)],
            order_by=("confiance",),
            place=Place.ETAT,
        ),
    )


def _from_whom() -> tuple[Colonne, ...]:
    return (
        Colonne("source", "Source", lambda row: row.get_source_display(), order_by=("source",), usual=False),
        Colonne("auteur", "Inscrite par", read("auteur.nom"), order_by=("auteur__nom",), usual=False),
        day_column("inscrite", "Inscrite le", _written_on, order_by=("inscrite_le",), usual=False),
    )


def measure_columns(rows: QuerySet[Entree]) -> list[Colonne]:
    """A column of a file for each number that some of these entries give; two queries."""
    given = Valeur.objects.filter(entree__in=rows.order_by().values("pk")).order_by()
    keys = set(given.values_list("mesure", "modalite").distinct())
    versions = VersionDeNature.objects.filter(pk__in=rows.order_by().values("mots")).order_by("code", "-numero")
    natures = [one.nature for one in versions]
    return [
        _of_measure(rank, key, natures) for rank, key in enumerate(sorted(keys, key=lambda key: _rank(natures, key)))
    ]


def _of_measure(rank: int, key: Cle, natures: list[NatureEntiere]) -> Colonne:
    return Colonne(f"mesure-{rank}", heading(natures, key), lambda row: _plain(given_of(row).get(key)), on_page=False)


def _rank(natures: Iterable[NatureEntiere], key: Cle) -> tuple[int, str, int, str]:
    """The order in which kinds ask: each measure, its total, then its parts."""
    for place, nature in enumerate(natures):
        if mesure := nature.mesure(key[0]):
            parts = ["", *mesure.modalites]
            return place, key[0], parts.index(key[1]) if key[1] in parts else len(parts), key[1]
    return 10**6, key[0], 0, key[1]


def _plain(value: Decimal | None) -> Any:
    """A number as a spreadsheet reads it, without the zeros that its column adds."""
    return "" if value is None else Decimal(f"{value.normalize():f}")


def _named(row: Entree) -> str:
    """The kind leads to the entry; its own title, or the thing of which it tells, is under it."""
    said = row.titre or (str(row.objet) if row.objet else "")
    return together([written('<a href="{}">{}</a>', at(row), row.mots.libelle), second_line(said)], "")


def _days(row: Entree) -> str:
    return capital(told_days(row)) if row.debut != row.fin else told_days(row).removeprefix("le ")


def _main(row: Entree) -> str:
    """The main number, and what it counts."""
    found = main_number(row)
    return with_unit(*found).replace(" ", NBSP) if found else ""


def _codes(row: Entree) -> str:
    return ", ".join(one.code for one in row.fiches.all())


def _link(espace: EspaceDeContrat, code: str) -> str:
    return written('<a href="{}">{}</a>', address("fiche", espace, code), code)


def _with(row: Entree) -> str:
    return ", ".join(sorted(one.nom for one in row.avec.all()))


def _written_on(row: Entree) -> date:
    return horloge.day_of(row.inscrite_le)
