"""The list of followed indicators: its rows, its columns, its filters."""

from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.html import format_html

from tenir.core import horloge
from tenir.core.cellules import second_line, stamp, together
from tenir.core.listes import Colonne, Groupement, Liste, Place, day_column, read
from tenir.core.typographie import accord, capital, date_fr, en_lettres, pluriel, typo
from tenir.ecran.navigation import address
from tenir.fichier.mots import plain
from tenir.habilitations.listes import contract_column
from tenir.habilitations.models import EspaceDeContrat
from tenir.indicateurs.ecrans.etincelle import sparkline
from tenir.indicateurs.enums import TON_DU_RELEVE, StatutDeReleve
from tenir.indicateurs.models import CibleDIndicateur, ReleveDIndicateur, SuiviDIndicateur, SuiviDIndicateurQuerySet
from tenir.indicateurs.releves import (
    MANQUES,
    awaited_of,
    covered_by,
    latest,
    missing,
    next_target,
    period,
    readings,
    repeated_as,
    targets,
    with_readings,
    with_unit,
)
from tenir.indicateurs.services.indicateur import figure

Choices = list[tuple[str, str]]
MINE, NOBODY = "moi", "aucun"
TO_DEFINE = "à\u00a0définir"
NO_GROUP = "Sans groupe imprimé"
BOTH = "Un indicateur qui couvre deux orientations figure sous chacune"
LAST = 10**9
"""After every orientation."""


def rows(espace: EspaceDeContrat) -> SuiviDIndicateurQuerySet:
    """The followed indicators of a contract, with what a line says of each."""
    return with_readings(SuiviDIndicateur.objects.of(espace))


def group_of(suivi: SuiviDIndicateur) -> str:
    """The printed group and sub-group of an indicator."""
    return " › ".join(heading for heading in (suivi.indicateur.groupe, suivi.indicateur.sous_groupe) if heading)


def repeats(suivi: SuiviDIndicateur) -> str:
    """Where an indicator is printed again."""
    codes = [one.code for one in repeated_as(suivi)]
    return f"répété sous {accord(len(codes), 'le code', 'les codes')} {' et '.join(codes)}" if codes else ""


def list_lede(found: Iterable[SuiviDIndicateur], on: date) -> str:
    """How many are followed, how many have no one, no reading, a late one."""
    every = list(found)
    if not every:
        return "Le contrat n’imprime aucun indicateur : rien ne dit comment on saura."
    late = sum(_awaits(one, "retard", on) for one in every)
    facts = [
        (sum(one.organisme_id is None for one in every), "n’a pas de responsable", "n’ont pas de responsable"),
        (sum(not readings(one) for one in every), "n’a aucun relevé", "n’ont aucun relevé"),
        (late, "attend un relevé en retard", "attendent un relevé en retard"),
    ]
    said = [f"{en_lettres(count)} {accord(count, one, more)}" for count, one, more in facts if count]
    start = f"{capital(pluriel(len(every), 'indicateur', lettres=True))} {accord(len(every), 'suivi')}"
    return typo(
        f"{start} : {', '.join(said)}." if said else f"{start} : chacun a son responsable et ses relevés à jour."
    )


def liste_on(on: date) -> Liste:
    """The list of the followed indicators of a contract, on a day."""
    return Liste(
        "Indicateurs suivis",
        (*_what(), *_last_reading(), *_target_columns(on), *_awaited_columns(on)),
        noun="indicateur",
        genre="m",
        empty="Aucun indicateur ne répond à ces filtres.",
        sort="code",
        groupings=(
            Groupement("orientation", "Orientation", _orientations, BOTH),
            Groupement("groupe", "Groupe imprimé", lambda row: [(row.indicateur.ordre, group_of(row) or NO_GROUP)]),
            Groupement("responsable", "Organisme responsable", _by_body),
        ),
        choosable=True,
    )


def _what() -> tuple[Colonne, ...]:
    """What is followed, by whom, in what, how often."""
    return (
        contract_column(read("espace.titre")),
        Colonne(
            "code", "Code", read("indicateur.code"), order_by=("indicateur__ordre",), css="code", place=Place.LIGNE
        ),
        Colonne(
            "libelle",
            "Indicateur",
            read("indicateur.libelle"),
            _label,
            key=lambda row: plain(row.indicateur.libelle),
            place=Place.TITRE,
        ),
        Colonne(
            "responsable",
            "Organisme responsable",
            read("organisme.nom"),
            _body,
            key=lambda row: plain(row.organisme.nom) if row.organisme else None,
            place=Place.LIGNE,
        ),
        Colonne("unite", "Unité", read("unite"), lambda row: row.unite or stamp(TO_DEFINE)),
        Colonne(
            "frequence",
            "Fréquence",
            lambda row: row.get_frequence_display(),
            lambda row: row.get_frequence_display() or stamp(TO_DEFINE),
        ),
    )


def _last_reading() -> tuple[Colonne, ...]:
    """The last value, and what goes with it."""
    return (
        Colonne("valeur", "Dernière valeur", _last, _last_cell, place=Place.LIGNE),
        Colonne("evolution", "Évolution", _last, sparkline, in_files=False),
        Colonne("periode", "Période", _period, usual=False),
        Colonne("statut", "Statut du relevé", _each_once(lambda one: one.get_statut_display()), usual=False),
        Colonne("source", "Source du relevé", _each_once(lambda one: one.source), usual=False),
    )


def _target_columns(on: date) -> tuple[Colonne, ...]:
    """The next target, and its day."""

    def target(row: SuiviDIndicateur) -> CibleDIndicateur | None:
        return next_target(targets(row), on)

    def value(row: SuiviDIndicateur) -> Decimal | str:
        found = target(row)
        return bare(found.valeur) if found else ""

    def day(row: SuiviDIndicateur) -> date | None:
        found = target(row)
        return found.le if found else None

    return (
        Colonne("cible", "Cible", value, lambda row: _target_cell(row, target(row))),
        day_column("cible_le", "Cible pour le", day, usual=False),
    )


def _awaited_columns(on: date) -> tuple[Colonne, ...]:
    """The next reading, whether it is late, what nobody said."""

    def late(row: SuiviDIndicateur) -> str:
        found = awaited_of(row)
        return "oui" if found and found.late(on) else "non"

    def cell(row: SuiviDIndicateur) -> str:
        found = awaited_of(row)
        if found is None:
            return stamp(TO_DEFINE) if not row.frequence else "aucun"
        state = found.stamp(on)
        return together([date_fr(found.le), stamp(state.word, state.tone) if state else ""])

    def told(row: SuiviDIndicateur) -> str:
        return "tout" if len(missing(row)) == len(MANQUES) else _told_missing(row) or "rien"

    return (
        Colonne(
            "attendu", "Prochain relevé", _awaited_value, cell, key=_awaited_day, place=Place.LIGNE, mot="relevé :"
        ),
        Colonne("retard", "En retard", late, usual=False),
        Colonne("manque", "Ce qui manque", _told_missing, told),
    )


def _label(row: SuiviDIndicateur) -> str:
    """The label leads to the indicator; its repeats are told under it."""
    url = address("suivi-indicateur", row.espace, row.code)
    link = format_html('<a href="{}">{}</a>', url, row.indicateur.libelle)
    return together([link, second_line(repeats(row))], "")


def _body(row: SuiviDIndicateur) -> str:
    """The body that answers for it, and the person; or that it is to be defined."""
    person = second_line(str(row.personne) if row.personne else "")
    return together([row.organisme or stamp(TO_DEFINE), person], "")


def _last_cell(row: SuiviDIndicateur) -> str:
    """The last value with its unit, its part, its status when it is not validated, and its period."""
    found = latest(readings(row))
    if not found:
        return stamp("aucun relevé")
    lines = [together([_value(one, row), _doubt(one)]) for one in found]
    return together([*(second(line) for line in lines[:-1]), lines[-1], second_line(period(found[0]))], "")


def _last(row: SuiviDIndicateur) -> Decimal | str:
    """The last value as a number; its parts in words."""
    found = latest(readings(row))
    if len(found) == 1 and not found[0].ventilation:
        return bare(found[0].valeur)
    return typo(" ; ".join(f"{one.ventilation} : {figure(one.valeur)}" for one in found))


def _period(row: SuiviDIndicateur) -> str:
    """The period of the last value, as it is sorted."""
    found = latest(readings(row))
    return f"{found[0].debut.isoformat()}/{found[0].fin.isoformat()}" if found else ""


def _each_once(said: Callable[[ReleveDIndicateur], str]) -> Callable[[SuiviDIndicateur], str]:
    """What is said of the last value, once when its parts say the same."""
    return lambda row: ", ".join(dict.fromkeys(said(one) for one in latest(readings(row))))


def _target_cell(row: SuiviDIndicateur, target: CibleDIndicateur | None) -> str:
    """The next target and its day; what the contract prints of it."""
    printed = row.indicateur.cible
    told = with_unit(target.valeur, row) if target else stamp(TO_DEFINE)
    day = second_line(f"au {date_fr(target.le)}" if target else "")
    return together([told, day, second_line(f"le contrat imprime\u00a0: {printed}" if printed else "")], "")


def _awaited_day(row: SuiviDIndicateur) -> date | None:
    found = awaited_of(row)
    return found.le if found else None


def _awaited_value(row: SuiviDIndicateur) -> str:
    found = _awaited_day(row)
    return found.isoformat() if found else ""


def _orientations(row: SuiviDIndicateur) -> list[tuple[int, str]]:
    covered = [(one.ordre, f"{one.code} {one.titre}") for one in covered_by(row)]
    return covered or [(LAST, "Aucune orientation")]


def _by_body(row: SuiviDIndicateur) -> list[tuple[tuple[int, str], str]]:
    return [((0, plain(row.organisme.nom)), row.organisme.nom)] if row.organisme else [((1, ""), "À définir")]


def bare(value: Decimal) -> Decimal:
    """A value without the zeros that its column adds, as a spreadsheet reads it."""
    return Decimal(f"{value.normalize():f}")


def second(line: Any) -> Any:
    """A line of a cell that others follow."""
    return format_html("{}<br>", line)


def _value(releve: ReleveDIndicateur, record: SuiviDIndicateur) -> str:
    part = typo(f" pour « {releve.ventilation} »") if releve.ventilation else ""
    return f"{with_unit(releve.valeur, record)}{part}"


def _doubt(releve: ReleveDIndicateur) -> str:
    """The status of a reading that is not validated."""
    if releve.statut == StatutDeReleve.VALIDE:
        return ""
    return stamp(releve.get_statut_display(), TON_DU_RELEVE[StatutDeReleve(releve.statut)])


def _told_missing(record: SuiviDIndicateur) -> str:
    return ", ".join(MANQUES[name] for name in missing(record))


class FiltreDesIndicateurs(django_filters.FilterSet):
    """Words, who answers, orientation, what is missing, readings awaited or late."""

    q = django_filters.CharFilter(label="Mots", method="with_words", max_length=200)
    responsable = django_filters.ChoiceFilter(label="Responsable", method="answered_by", empty_label="Tous")
    orientation = django_filters.ChoiceFilter(label="Orientation couverte", method="covering", empty_label="Toutes")
    definir = django_filters.ChoiceFilter(
        label="À définir",
        method="lacking",
        empty_label="Peu importe",
        choices=[("oui", "Quelque chose manque"), *MANQUES.items()],
    )
    releve = django_filters.ChoiceFilter(
        label="Relevé",
        method="awaiting",
        empty_label="Peu importe",
        choices=[("attendu", "Attendu"), ("retard", "En retard"), ("aucun", "Aucun relevé")],
    )

    class Meta:
        model = SuiviDIndicateur
        fields: tuple[str, ...] = ()

    def __init__(self, *args: Any, mine: set[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.mine, self.on, self.lines = mine, horloge.today(), list(self.queryset)
        bodies = {one.organisme.identifiant: str(one.organisme) for one in self.lines if one.organisme}
        own: Choices = [(MINE, "Ceux de mon organisme")] if mine else []
        named = sorted(bodies.items(), key=lambda body: plain(body[1]))
        self.filters["responsable"].extra["choices"] = [*own, (NOBODY, TO_DEFINE), *named]
        covered = {one.code: one for line in self.lines for one in covered_by(line)}
        titled = sorted(covered.values(), key=lambda one: one.ordre)
        self.filters["orientation"].extra["choices"] = [(one.code, f"{one.code} {one.titre}") for one in titled]

    def with_words(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """The indicators whose code, label, group or body hold every word, accents forgiven."""
        asked = plain(value).split()
        return self._kept(rows, (one for one in self.lines if all(word in _words(one) for word in asked)))

    def answered_by(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Those that a body answers for; those that nobody does; one's own."""
        if value == NOBODY:
            return rows.filter(organisme=None)
        return rows.filter(organisme__identifiant__in=self.mine if value == MINE else [value])

    def covering(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Those that cover an orientation."""
        return self._kept(rows, (one for one in self.lines if value in {two.code for two in covered_by(one)}))

    def lacking(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Those of which something, or this, is to be defined."""
        without = ((one, missing(one)) for one in self.lines)
        return self._kept(rows, (one for one, names in without if names and (value == "oui" or value in names)))

    def awaiting(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Those whose reading is awaited, or late, or that have none."""
        return self._kept(rows, (one for one in self.lines if _awaits(one, value, self.on)))

    def _kept(self, rows: QuerySet[Any], found: Iterable[SuiviDIndicateur]) -> QuerySet[Any]:
        return rows.filter(pk__in=[one.pk for one in found])


def _words(one: SuiviDIndicateur) -> str:
    return plain(" ".join([one.code, one.indicateur.libelle, group_of(one), str(one.organisme or "")]))


def _awaits(one: SuiviDIndicateur, value: str, on: date) -> bool:
    if value == "aucun":
        return not readings(one)
    next_one = awaited_of(one)
    return next_one is not None and (next_one.late(on) if value == "retard" else next_one.due(on))
