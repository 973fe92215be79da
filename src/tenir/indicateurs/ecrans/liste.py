"""The list of followed indicators: its rows, its columns, its filters."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

import django_filters
import django_tables2 as tables
from django.db.models import Case, IntegerField, QuerySet, Value, When
from django.utils.html import format_html

from tenir.core import horloge
from tenir.core.cellules import second_line, stamp, together
from tenir.core.listes import Liste
from tenir.core.typographie import accord, date_fr, en_lettres, pluriel, typo
from tenir.ecran.navigation import address
from tenir.fichier.mots import plain
from tenir.habilitations.models import EspaceDeContrat
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
    start = f"{pluriel(len(every), 'indicateur', lettres=True).capitalize()} {accord(len(every), 'suivi')}"
    return typo(
        f"{start} : {', '.join(said)}." if said else f"{start} : chacun a son responsable et ses relevés à jour."
    )


class Indicateurs(Liste):
    """The followed indicators of a contract."""

    caption = "Indicateurs suivis"
    noun, genre = "indicateur", "m"

    contrat = tables.Column(accessor="espace__titre", verbose_name="Contrat", visible=False)
    code = tables.Column(accessor="indicateur__code", order_by="indicateur__ordre", attrs={"td": {"class": "code"}})
    libelle = tables.Column(accessor="indicateur__libelle", verbose_name="Indicateur")
    responsable = tables.Column(accessor="organisme__nom", verbose_name="Organisme responsable", empty_values=())
    unite = tables.Column(verbose_name="Unité", empty_values=(), orderable=False)
    frequence = tables.Column(verbose_name="Fréquence", empty_values=(), orderable=False)
    valeur = tables.Column(accessor="pk", verbose_name="Dernière valeur", orderable=False)
    periode = tables.Column(accessor="pk", verbose_name="Période", visible=False)
    statut = tables.Column(accessor="pk", verbose_name="Statut du relevé", visible=False)
    source = tables.Column(accessor="pk", verbose_name="Source du relevé", visible=False)
    cible = tables.Column(accessor="pk", verbose_name="Cible", orderable=False)
    cible_le = tables.Column(accessor="pk", verbose_name="Cible pour le", visible=False)
    attendu = tables.Column(accessor="pk", verbose_name="Prochain relevé")
    retard = tables.Column(accessor="pk", verbose_name="En retard", visible=False)
    manque = tables.Column(accessor="pk", verbose_name="Ce qui manque", orderable=False)

    class Meta:
        empty_text = "Aucun indicateur ne répond à ces filtres."
        order_by = "code"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.on = horloge.today()

    def render_libelle(self, record: SuiviDIndicateur) -> str:
        """The label leads to the indicator; its repeats are told under it."""
        url = address("suivi-indicateur", record.espace, record.code)
        link = format_html('<a href="{}">{}</a>', url, record.indicateur.libelle)
        return together([link, second_line(repeats(record))], "")

    def value_libelle(self, value: str) -> str:
        """The label alone."""
        return value

    def render_responsable(self, record: SuiviDIndicateur) -> str:
        """The body that answers for it, and the person; or that it is to be defined."""
        person = second_line(str(record.personne) if record.personne else "")
        return together([record.organisme or stamp(TO_DEFINE), person], "")

    def value_responsable(self, record: SuiviDIndicateur) -> str:
        """The body alone."""
        return record.organisme.nom if record.organisme else ""

    def render_unite(self, value: str) -> str:
        """The unit, or that it is to be defined."""
        return value or stamp(TO_DEFINE)

    def value_unite(self, value: str) -> str:
        """The unit alone."""
        return value

    def render_frequence(self, record: SuiviDIndicateur) -> str:
        """How often it is read, or that it is to be defined."""
        return record.get_frequence_display() or stamp(TO_DEFINE)

    def value_frequence(self, record: SuiviDIndicateur) -> str:
        """How often it is read."""
        return record.get_frequence_display()

    def render_valeur(self, record: SuiviDIndicateur) -> str:
        """The last value with its unit, its part, its status when it is not validated, and its period."""
        found = latest(readings(record))
        if not found:
            return stamp("aucun relevé")
        lines = [together([_value(one, record), _doubt(one)]) for one in found]
        return together([*(second(line) for line in lines[:-1]), lines[-1], second_line(period(found[0]))], "")

    def value_valeur(self, record: SuiviDIndicateur) -> Decimal | str:
        """The last value as a number; its parts in words."""
        found = latest(readings(record))
        if len(found) == 1 and not found[0].ventilation:
            return bare(found[0].valeur)
        return typo(" ; ".join(f"{one.ventilation} : {figure(one.valeur)}" for one in found))

    def value_periode(self, record: SuiviDIndicateur) -> str:
        """The period of the last value, as it is sorted."""
        found = latest(readings(record))
        return f"{found[0].debut.isoformat()}/{found[0].fin.isoformat()}" if found else ""

    def value_statut(self, record: SuiviDIndicateur) -> str:
        """How far the last value is believed."""
        return ", ".join(dict.fromkeys(one.get_statut_display() for one in latest(readings(record))))

    def value_source(self, record: SuiviDIndicateur) -> str:
        """Where the last value comes from."""
        return ", ".join(dict.fromkeys(one.source for one in latest(readings(record))))

    def render_cible(self, record: SuiviDIndicateur) -> str:
        """The next target and its day; what the contract prints of it."""
        target, printed = self._target(record), record.indicateur.cible
        told = with_unit(target.valeur, record) if target else stamp(TO_DEFINE)
        day = second_line(f"au {date_fr(target.le)}" if target else "")
        return together([told, day, second_line(f"le contrat imprime\u00a0: {printed}" if printed else "")], "")

    def value_cible(self, record: SuiviDIndicateur) -> Decimal | str:
        """The next target as a number."""
        target = self._target(record)
        return bare(target.valeur) if target else ""

    def value_cible_le(self, record: SuiviDIndicateur) -> str:
        """The day of the next target, as it is sorted."""
        target = self._target(record)
        return target.le.isoformat() if target else ""

    def render_attendu(self, record: SuiviDIndicateur) -> str:
        """The day the next reading is awaited, and whether it is late."""
        next_one = awaited_of(record)
        if next_one is None:
            return stamp(TO_DEFINE) if not record.frequence else "aucun"
        state = next_one.stamp(self.on)
        return together([date_fr(next_one.le), stamp(state.word, state.tone) if state else ""])

    def value_attendu(self, record: SuiviDIndicateur) -> str:
        """The day the next reading is awaited, as it is sorted."""
        next_one = awaited_of(record)
        return next_one.le.isoformat() if next_one else ""

    def value_retard(self, record: SuiviDIndicateur) -> str:
        """Whether the next reading is late."""
        next_one = awaited_of(record)
        return "oui" if next_one and next_one.late(self.on) else "non"

    def render_manque(self, record: SuiviDIndicateur) -> str:
        """What nobody said, in a word when it is everything."""
        return "tout" if len(missing(record)) == len(MANQUES) else _told_missing(record) or "rien"

    def value_manque(self, record: SuiviDIndicateur) -> str:
        """What nobody said."""
        return _told_missing(record)

    def order_libelle(self, rows: QuerySet[Any], is_descending: bool) -> tuple[QuerySet[Any], bool]:
        """Labels in French order."""
        return ordered(rows, lambda one: plain(one.indicateur.libelle), is_descending)

    def order_responsable(self, rows: QuerySet[Any], is_descending: bool) -> tuple[QuerySet[Any], bool]:
        """Bodies in French order; those to be defined last."""
        return ordered(rows, lambda one: plain(one.organisme.nom) if one.organisme else None, is_descending)

    def order_attendu(self, rows: QuerySet[Any], is_descending: bool) -> tuple[QuerySet[Any], bool]:
        """The reading awaited first; those that nothing awaits last."""
        return ordered(rows, lambda one: found.le if (found := awaited_of(one)) else None, is_descending)

    def _target(self, record: SuiviDIndicateur) -> CibleDIndicateur | None:
        return next_target(targets(record), self.on)


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


def ordered(rows: QuerySet[Any], key: Any, is_descending: bool) -> tuple[QuerySet[Any], bool]:
    """Rows sorted by what is computed of each; those without a key last either way."""
    keyed = [(key(one), one.pk) for one in rows]
    told = sorted((pair for pair in keyed if pair[0] is not None), key=lambda pair: pair[0], reverse=is_descending)
    ranks = [When(pk=pk, then=Value(rank)) for rank, (_, pk) in enumerate(told)]
    rank = Case(*ranks, default=Value(len(ranks)), output_field=IntegerField())
    return rows.annotate(rang_calcule=rank).order_by("rang_calcule", "indicateur__ordre"), True


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
