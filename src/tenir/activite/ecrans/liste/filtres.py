"""What may be asked of the list of entries. What someone does not read is offered in no filter."""

from collections.abc import Iterable
from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet

from tenir.acteurs.rattachements import with_services
from tenir.activite.catalogue import catalogue_of, codes_of
from tenir.activite.enums import Confiance, DansLeQuartier, Source, Statut
from tenir.activite.models import Carnet, Entree, VersionDeNature
from tenir.contrat.models import ActionPrevue
from tenir.core import horloge
from tenir.core.typographie import capital
from tenir.fichier.mots import plain
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.organismes import bodies_of
from tenir.habilitations.rights import Acces, may
from tenir.natures.catalogue import Catalogue

Choices = list[tuple[str, str]]
MINE = "moi"
PASSE, A_VENIR = "passe", "a-venir"
ELSEWHERE = "autre:"
"""Before a place that the contract does not name."""
WORDS = ("mots__libelle", "objet__libelle", "titre", "organisme__nom", "lieu__nom", "autre_lieu")
"""What words are looked for in: nothing that is kept to the team."""


def _choice(label: str, empty: str, **options: Any) -> django_filters.ChoiceFilter:
    return django_filters.ChoiceFilter(label=label, empty_label=empty, **options)


def _day(label: str, lookup: str) -> django_filters.DateFilter:
    return django_filters.DateFilter(
        label=label,
        field_name="fin",
        lookup_expr=lookup,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


class FiltreDesEntrees(django_filters.FilterSet):
    """Words, kind, theme, body, place, action, days, state."""

    q = django_filters.CharFilter(label="Mots", method="with_words", max_length=200)
    nature = _choice("Nature", "Toutes", method="of_kind")
    theme = _choice("Thème", "Tous", method="of_theme")
    organisme = _choice("Organisme", "Tous", method="done_by")
    lieu = _choice("Lieu", "Tous", method="held_at")
    action = _choice("Action", "Toutes", field_name="fiches__action__code")
    quartier = _choice("Dans le quartier", "Peu importe", choices=DansLeQuartier.choices)
    du = _day("Depuis le", "gte")
    au = _day("Jusqu’au", "lte")
    quand = _choice("Jour", "Peu importe", choices=[(PASSE, "Passé"), (A_VENIR, "À venir")], method="past_or_not")
    statut = _choice("Statut", "Tous", choices=Statut.choices)
    confiance = _choice("Confiance", "Toutes", choices=Confiance.choices)
    etat = _choice("État dit", "Peu importe")
    source = _choice("Source", "Toutes", choices=Source.choices)
    carnet = _choice("Carnet", "Tous", field_name="carnet__numero")

    class Meta:
        model = Entree
        fields: tuple[str, ...] = ()

    def __init__(self, *args: Any, espace: EspaceDeContrat, mine: set[str], team: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows: QuerySet[Entree] = self.queryset.order_by()
        self.espace = espace
        self.mine, self.natures = mine, catalogue_of(espace)
        self.present = dict(rows.values_list("mots__code", "mots__libelle").distinct())
        self._offer("nature", kinds_in(self.natures, self.present))
        self._offer("theme", _same(theme for code in self.present for theme in self._themes(code)))
        own: Choices = [(MINE, "Mon organisme")] if mine else []
        self._offer(
            "organisme", [*own, *_sorted(rows.values_list("organisme__identifiant", "organisme__nom").distinct())]
        )
        self._offer("lieu", _places(rows))
        if came := _carnets(espace, rows) if team else []:
            self._offer("carnet", came)
        else:
            del self.filters["carnet"]
        if states := _states(rows):
            self._offer("etat", states)
        else:
            del self.filters["etat"]
        linked = ActionPrevue.objects.filter(fiche__entrees__in=rows.values("pk")).distinct().order_by("ordre", "pk")
        self._offer("action", [(code, f"{code} {titre}") for code, titre in linked.values_list("code", "titre")])

    def _offer(self, name: str, choices: Choices) -> None:
        self.filters[name].extra["choices"] = choices

    def _themes(self, code: str) -> tuple[str, ...]:
        return self.natures[code].themes if code in self.natures else ()

    def with_words(self, rows: QuerySet[Entree], name: str, value: str) -> QuerySet[Entree]:
        """The entries whose kind, title, body or place hold every word, accents forgiven."""
        asked = plain(value).split()
        told = ((pk, plain(" ".join(filter(None, said)))) for pk, *said in rows.order_by().values_list("pk", *WORDS))
        return rows.filter(pk__in=[pk for pk, said in told if all(word in said for word in asked)])

    def of_kind(self, rows: QuerySet[Entree], name: str, value: str) -> QuerySet[Entree]:
        """Those of a kind and of those that are it."""
        return rows.filter(mots__code__in=codes_of(self.natures, value))

    def of_theme(self, rows: QuerySet[Entree], name: str, value: str) -> QuerySet[Entree]:
        """Those whose kind is of a theme."""
        return rows.filter(mots__code__in=[code for code in self.present if value in self._themes(code)])

    def done_by(self, rows: QuerySet[Entree], name: str, value: str) -> QuerySet[Entree]:
        """Those of a body and of its services; those of one's own."""
        return rows.filter(organisme__identifiant__in=self.mine if value == MINE else with_services(value))

    def past_or_not(self, rows: QuerySet[Entree], name: str, value: str) -> QuerySet[Entree]:
        """Those whose day has come, today included; those to come."""
        today = horloge.today(self.espace)
        return rows.filter(fin__lte=today) if value == PASSE else rows.filter(fin__gt=today)

    def held_at(self, rows: QuerySet[Entree], name: str, value: str) -> QuerySet[Entree]:
        """Those of a place, named by the contract or not."""
        if value.startswith(ELSEWHERE):
            return rows.filter(autre_lieu=value.removeprefix(ELSEWHERE))
        return rows.filter(lieu__code=value)


def asks(acces: Acces, espace: EspaceDeContrat) -> dict[str, Any]:
    """What the filters are given of whoever asks: the bodies she acts for, and whether she reads all."""
    return {"mine": bodies_of(acces, espace), "team": may(acces, "carnet.update", espace)}


def kinds_in(natures: Catalogue, present: dict[str, str]) -> Choices:
    """The kinds under which something is written, and those that they are."""
    above = {code for one in present if one in natures for code in natures[one].lignee}
    return _sorted([*present.items(), *((code, natures[code].libelle) for code in above if code in natures)])


def _carnets(espace: EspaceDeContrat, rows: QuerySet[Entree]) -> Choices:
    """The carnets by which something came: who writes without an account is for the team to know."""
    came = rows.exclude(carnet=None).values("carnet").distinct()
    named = Carnet.objects.of(espace).filter(pk__in=came).select_related("organisme", "lieu")
    return [(str(one.numero), f"{capital(str(one))}, n° {one.numero}") for one in named]


def _states(rows: QuerySet[Entree]) -> Choices:
    """The states that entries of registers say, in the words of the kinds under which they were given."""
    told_of = VersionDeNature.objects.filter(entrees__in=rows.exclude(etat="").values("pk")).distinct()
    return _sorted((one.code, one.libelle) for version in told_of for one in version.nature.etats)


def _places(rows: QuerySet[Entree]) -> Choices:
    """The places of the contract, then the others as they were written; one query."""
    given = list(rows.values_list("lieu__code", "lieu__nom", "autre_lieu").distinct())
    others = {f"{ELSEWHERE}{other}": other for *_, other in given if other}
    return [*_sorted((code, nom) for code, nom, _ in given if code is not None), *_sorted(others.items())]


def _sorted(pairs: Iterable[tuple[str, str]]) -> Choices:
    return sorted(dict(pairs).items(), key=lambda pair: plain(pair[1]))


def _same(words: Iterable[str]) -> Choices:
    return _sorted((one, one) for one in words)
