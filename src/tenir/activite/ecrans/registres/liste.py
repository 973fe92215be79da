"""The list of a register: its columns are those of its kind, its filters too."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils.safestring import SafeString

from tenir.activite.ecrans.registres.commun import WAITS, at, is_late, state_of
from tenir.activite.ecrans.registres.totaux import Totaux, added
from tenir.activite.etats import ASIDE
from tenir.activite.models import Entree, Objet
from tenir.activite.services.attributs import told as told_attribute
from tenir.activite.services.valeurs import told
from tenir.core import horloge
from tenir.core.cellules import stamp, together, written
from tenir.core.composants import Tampon, Ton
from tenir.core.listes import Colonne, Groupement, Liste, Place, day_column, read, text_column
from tenir.core.typographie import capital, date_fr
from tenir.fichier.mots import plain
from tenir.habilitations.listes import contract_column
from tenir.habilitations.models import EspaceDeContrat
from tenir.natures.enums import TypeDeChamp
from tenir.natures.modeles import Champ, Mesure, NatureEntiere

OPEN, WAITING, SET_ASIDE = "*en-cours", "*a-lire", "*ecartees"
"""What is asked of states that no kind can name so."""
Kinds = dict[str, NatureEntiere]
"""A register and those that are it, by code."""
SHOWN = 2
"""How many of the fields that describe things are columns unless others are chosen."""


def liste_of(family: Sequence[NatureEntiere], totaux: Totaux, espace: EspaceDeContrat) -> Liste:
    """The list of one register and of those that are it, with what their things add up to."""
    kind, kinds = family[0], {one.nature: one for one in family}
    return Liste(
        capital(kind.pluriel),
        (
            contract_column(lambda row: espace.titre),
            *_what(kinds, kind),
            *_described(kind),
            *_counted(kind, totaux),
            *_when(kinds, kind, espace),
        ),
        noun="ligne",
        genre="f",
        empty="Rien dans ce registre ne répond à ces filtres.",
        sort="libelle",
        groupings=GROUPEMENTS,
        choosable=True,
    )


def _by_orientation(row: Objet) -> list[tuple[Any, str]]:
    above = {one.action.orientation for one in row.fiches.all()}
    found = [(one.ordre, f"{one.code} {one.titre}") for one in above]
    return sorted(found) or [(10**9, "Aucune orientation")]


def _actions(row: Objet) -> str:
    return ", ".join(sorted(one.action.code for one in row.fiches.all()))


GROUPEMENTS = (
    Groupement("organisme", "Organisme", lambda row: [(plain(row.organisme.nom), row.organisme.nom)]),
    Groupement("orientation", "Orientation", _by_orientation, "Une ligne de deux orientations figure sous chacune"),
)
"""What the lines of a register may be grouped by."""


def _what(kinds: Kinds, kind: NatureEntiere) -> tuple[Colonne, ...]:
    def said(row: Objet) -> Tampon:
        return state_of(row, kinds[row.nature])

    def state(row: Objet) -> SafeString:
        return stamp(said(row).word, said(row).tone)

    return (
        Colonne("numero", "N°", read("numero"), order_by=("numero",), css="code", usual=False),
        Colonne("libelle", kind.libelle, str, _named, order_by=("libelle",), place=Place.TITRE),
        Colonne(
            "etat",
            "État",
            lambda row: said(row).word,
            state,
            key=lambda row: plain(said(row).word),
            place=Place.ETAT,
        ),
        *([Colonne("registre", "Registre", lambda row: kinds[row.nature].libelle)] if len(kinds) > 1 else []),
        Colonne("organisme", "Organisme", read("organisme.nom"), order_by=("organisme__nom",), place=Place.LIGNE),
        Colonne("actions", "Actions", _actions, css="code", usual=False),
        text_column("lieu", "Lieu", "ou", order_by=("lieu__nom", "autre_lieu"), usual=False),
    )


def _named(row: Objet) -> SafeString:
    return written('<a href="{}">{}</a>', at(row), row)


def _described(kind: NatureEntiere) -> Sequence[Colonne]:
    return [_field(champ, usual=rank < SHOWN) for rank, champ in enumerate(kind.champs)]


def _field(champ: Champ, *, usual: bool) -> Colonne:
    def value(row: Objet) -> Any:
        kept = row.attributs.get(champ.code)
        return kept if champ.type is TypeDeChamp.DATE and kept else told_attribute(champ, kept)

    def cell(row: Objet) -> str:
        return told_attribute(champ, row.attributs.get(champ.code))

    return Colonne(f"c-{champ.code}", champ.libelle, value, cell, key=lambda row: plain(cell(row)), usual=usual)


def _counted(kind: NatureEntiere, totaux: Totaux) -> Sequence[Colonne]:
    return [_number(mesure, totaux) for mesure in added(kind)]


def _number(mesure: Mesure, totaux: Totaux) -> Colonne:
    def value(row: Objet) -> Decimal | None:
        return totaux.get(row.pk, {}).get((mesure.code, ""))

    def cell(row: Objet) -> str:
        return told(value_) if (value_ := value(row)) is not None else ""

    name, label = f"v-{mesure.code}", mesure.libelle
    return Colonne(name, label, value, cell, key=value, css="chiffre", place=Place.LIGNE, mot=label)


def _when(kinds: Kinds, kind: NatureEntiere, espace: EspaceDeContrat) -> Sequence[Colonne]:
    today = horloge.today(espace)

    def due(row: Objet) -> object:
        if row.echeance is None:
            return ""
        day = date_fr(row.echeance)
        return together([stamp("passée", Ton.RETARD), day]) if is_late(row, kinds[row.nature], today) else day

    since = day_column("depuis", "Depuis le", read("depuis", None), order_by=("depuis",))
    if not kind.echeance:
        return (since,)
    label = capital(kind.echeance)
    falls = Colonne(
        "echeance",
        label,
        lambda row: row.echeance.isoformat() if row.echeance else "",
        due,
        order_by=("echeance",),
        css="jour",
        place=Place.LIGNE,
        mot=label,
    )
    return (since, falls)


class FiltreDObjets(django_filters.FilterSet):
    """What narrows a register: its words, a state, a body, a place, the year in which things are counted."""

    q = django_filters.CharFilter(label="Mots", method="with_words")
    etat = django_filters.ChoiceFilter(label="État", empty_label="Tous", method="in_state")
    organisme = django_filters.ChoiceFilter(label="Organisme", empty_label="Tous", method="of_body")
    lieu = django_filters.ChoiceFilter(label="Lieu", empty_label="Tous", method="at_place")
    au = django_filters.DateFilter(
        label="État à cette date",
        method="on_that_day",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    annee = django_filters.ChoiceFilter(label="Nombres de l’année", empty_label="Toutes", method="of_year")

    class Meta:
        model = Objet
        fields: tuple[str, ...] = ()

    def __init__(self, data: Any = None, *args: Any, family: Sequence[NatureEntiere], **kwargs: Any) -> None:
        super().__init__({} if data is None else data, *args, **kwargs)
        kind, self.family = family[0], family
        self.kind = kind
        ended = {one.code for one in kind.etats if one.clos}
        states = [(one.code, one.libelle) for one in kind.etats]
        going = [(OPEN, "Tout ce qui continue")] if ended else []
        self._offer("etat", [*going, (WAITING, WAITS), (SET_ASIDE, "Écartées"), *states])
        bodies = dict(self.queryset.values_list("organisme__identifiant", "organisme__nom"))
        self._offer("organisme", sorted(bodies.items(), key=lambda pair: plain(pair[1])))
        named = self.queryset.exclude(lieu=None).order_by("lieu__ordre").values_list("lieu__code", "lieu__nom")
        self._offer("lieu", list(dict(named).items()))
        years = Entree.objects.counted().filter(objet__in=self.queryset.values("pk")).order_by("-fin__year")
        if any(added(kind)):
            self._offer("annee", [(str(one), str(one)) for one in years.values_list("fin__year", flat=True).distinct()])
        else:
            del self.filters["annee"]

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        self.filters[name].extra["choices"] = choices
        if not choices:
            del self.filters[name]

    @property
    def year(self) -> int | None:
        """The year whose numbers are asked for."""
        said = self.form.cleaned_data.get("annee") if self.form.is_valid() else ""
        return int(said) if said else None

    def with_words(self, rows: QuerySet[Objet], name: str, value: str) -> QuerySet[Objet]:
        """Those of which what is shown holds every word, accents forgiven."""
        asked = plain(value).split()
        told_of = rows.order_by().values_list("pk", "libelle", "organisme__nom", "lieu__nom", "autre_lieu")
        found = [
            pk for pk, *said_of in told_of if all(word in plain(" ".join(filter(None, said_of))) for word in asked)
        ]
        return rows.filter(pk__in=found)

    def in_state(self, rows: QuerySet[Objet], name: str, value: str) -> QuerySet[Objet]:
        """Those of a state; those of which something is still expected; those that wait to be read."""
        if value == OPEN:
            return rows.filter(self._going())
        asked: dict[str, dict[str, Any]] = {WAITING: {"attend": True}, SET_ASIDE: ASIDE}
        return rows.filter(**asked.get(value, {"etat": value}))

    def _going(self) -> Q:
        """The things in a state that closes nothing, each by its own register."""
        found = Q(pk__in=())
        for kind in self.family:
            found |= Q(nature=kind.nature, etat__in=[one.code for one in kind.etats if not one.clos])
        return found

    def filter_queryset(self, queryset: Any) -> Any:
        """Those that are asked for; what was set aside only when it is."""
        found = super().filter_queryset(queryset)
        aside = self.form.cleaned_data.get("etat") == SET_ASIDE
        return found if aside else found.exclude(**ASIDE)

    def on_that_day(self, rows: QuerySet[Objet], name: str, value: Any) -> QuerySet[Objet]:
        """All of them: the day says in which state each then was."""
        return rows

    def of_body(self, rows: QuerySet[Objet], name: str, value: str) -> QuerySet[Objet]:
        """Those for which a body answers."""
        return rows.filter(organisme__identifiant=value)

    def at_place(self, rows: QuerySet[Objet], name: str, value: str) -> QuerySet[Objet]:
        """Those of a place of the contract."""
        return rows.filter(lieu__code=value)

    def of_year(self, rows: QuerySet[Objet], name: str, value: str) -> QuerySet[Objet]:
        """All of them: the year narrows their numbers."""
        return rows
