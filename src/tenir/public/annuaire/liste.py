"""The list of the directory and its filters, made from the fields that its registers describe things by."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import django_filters
from django.db.models import QuerySet

from tenir.activite.models import Objet
from tenir.activite.services.attributs import told
from tenir.contrat.recherche import query_words
from tenir.core.listes import Colonne, Liste, read, text_column
from tenir.core.typographie import capital
from tenir.fichier.mots import plain, words
from tenir.natures.enums import TypeDeChamp
from tenir.natures.modeles import Champ, NatureEntiere
from tenir.public.listes import CONTRAT

Sortes = dict[str, NatureEntiere]
"""The directories, by code."""
FIELD = "c_"
"""What the name of the filter of a field begins with."""
ON_ONE_PAGE = 200
"""How many are on one page: a directory is printed whole."""


def sortes_of(kinds: Iterable[NatureEntiere]) -> Sortes:
    """Some directories, by code."""
    return {one.nature: one for one in kinds}


def fields_of(sortes: Sortes) -> dict[str, Champ]:
    """Every field that describes something of some directories, by code: the first that bears it gives its words."""
    found: dict[str, Champ] = {}
    for kind in sortes.values():
        for champ in kind.champs:
            found.setdefault(champ.code, champ)
    return found


def said(objet: Objet, sortes: Sortes) -> dict[str, str]:
    """What describes a thing, in words, by the code of the field; empty when nobody said."""
    return {one.code: told(one, objet.attributs.get(one.code)) for one in sortes[objet.nature].champs}


def liste_of(sortes: Sortes) -> Liste:
    """The list, with a column for each field."""
    return Liste(
        "Où s’adresser",
        (
            CONTRAT,
            text_column("libelle", "Nom"),
            Colonne("sorte", "Sorte", lambda row: sortes[row.nature].libelle),
            Colonne("organisme", "Organisme", read("organisme.nom")),
            text_column("ou", "Où"),
            Colonne("etat", "État", lambda row: state_of(row, sortes)),
            *(_column(one, sortes) for one in fields_of(sortes).values()),
        ),
        noun="adresse",
        filters="Chercher une adresse",
        empty="Aucune adresse ne répond à cette recherche.",
        per_page=ON_ONE_PAGE,
    )


def _column(champ: Champ, sortes: Sortes) -> Colonne:
    def value(row: Objet) -> str:
        return said(row, sortes).get(champ.code, "")

    return Colonne(f"{FIELD}{champ.code}", champ.libelle, value)


def state_of(objet: Objet, sortes: Sortes) -> str:
    """In which state a thing is, in the words of its register."""
    found = sortes[objet.nature].etat(getattr(objet, "etat", None) or "")
    return found.libelle if found else ""


class FiltreDAnnuaire(django_filters.FilterSet):
    """What narrows a directory: words, and what is chosen among several (services, publics…)."""

    q = django_filters.CharFilter(label="Que cherchez-vous ?", method="with_words", max_length=200)

    class Meta:
        model = Objet
        fields: tuple[str, ...] = ()

    def __init__(self, data: Any = None, *args: Any, sortes: Sortes, **kwargs: Any) -> None:
        super().__init__({} if data is None else data, *args, **kwargs)
        self.sortes = sortes
        held = list(self.queryset)
        for champ in fields_of(sortes).values():
            if champ.type is TypeDeChamp.PLUSIEURS and (choices := _choices(champ.code, held, sortes)):
                self._offer(champ, choices)

    def _offer(self, champ: Champ, choices: list[tuple[str, str]]) -> None:
        name = f"{FIELD}{champ.code}"
        made = django_filters.ChoiceFilter(
            field_name=name, label=champ.libelle, method="with_choice", choices=choices, empty_label="Tous"
        )
        made.parent, made.model = self, self._meta.model
        self.filters[name] = made

    def with_words(self, rows: QuerySet[Objet], name: str, value: str) -> QuerySet[Objet]:
        """Those of which what is shown holds every word, or its beginning; accents and plurals forgiven."""
        asked = query_words(value)
        return self._kept(rows, lambda one: all(f" {word}" in _words_of(one, self.sortes) for word in asked))

    def with_choice(self, rows: QuerySet[Objet], name: str, value: str) -> QuerySet[Objet]:
        """Those for which that is chosen."""
        code = name.removeprefix(FIELD)
        return self._kept(rows, lambda one: value in (one.attributs.get(code) or ()))

    def _kept(self, rows: QuerySet[Objet], wanted: Callable[[Objet], bool]) -> QuerySet[Objet]:
        return rows.filter(pk__in=[one.pk for one in rows if wanted(one)])


def _choices(code: str, held: Sequence[Objet], sortes: Sortes) -> list[tuple[str, str]]:
    """What is chosen by at least one thing in a field, in the order of its words."""
    words_of = {key: text for kind in sortes.values() if (one := kind.champ(code)) for key, text in one.choix.items()}
    used = {key for one in held for key in one.attributs.get(code) or ()}
    return sorted(
        ((key, capital(text)) for key, text in words_of.items() if key in used), key=lambda pair: plain(pair[1])
    )


def _words_of(objet: Objet, sortes: Sortes) -> str:
    """Every word that is shown of a thing, each after a space."""
    shown = [str(objet), sortes[objet.nature].libelle, objet.organisme.nom, objet.organisme.sigle, objet.ou]
    return " " + " ".join(words(" ".join([*shown, *said(objet, sortes).values()])))
