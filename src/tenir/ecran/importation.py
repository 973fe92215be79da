"""What every page that brings a table in shares: the table given, or the one that its preview kept; trying it first."""

import json
from collections.abc import Callable
from typing import Any, TypeVar

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest

from tenir.core.tableur import OCTETS, Tableau, TableauIllisible, pasted, read_file
from tenir.core.tableur.colonnes import Grille
from tenir.core.typographie import Genre, accord, capital, pluriel, typo

T = TypeVar("T")
FICHIER = "Classeur .xlsx ou .ods, ou CSV, 2 Mo au plus."


class ApercuPerime(Exception):
    """What would be recorded is no longer what was shown: it must be shown again. Nothing is written."""


class _Essai(Exception):
    """Undoes what a trial wrote: nothing of it is kept."""


def tried(write: Callable[[], T]) -> T:
    """What a writing answers, of which nothing is kept."""
    found: list[T] = []
    try:
        with transaction.atomic():
            found.append(write())
            raise _Essai
    except _Essai:
        return found[0]


def chosen_rows(request: HttpRequest) -> set[int]:
    """The rows in conflict that someone ticked on a preview."""
    return {int(one) for one in request.POST.getlist("ecrire") if one.isdecimal() and len(one) < 9}


def told_written(count: int, noun: str, refused: int, genre: Genre = "m") -> str:
    """« Douze lignes inscrites, une ligne laissée de côté. »"""
    wrote = accord(count, "inscrite" if genre == "f" else "inscrit")
    aside = accord(refused, "laissée de côté", "laissées de côté")
    left = f", {pluriel(refused, 'ligne', genre='f')} {aside}" if refused else ""
    return typo(f"{capital(pluriel(count, noun, genre=genre))} {wrote}{left}.")


class TableauForm(forms.Form):
    """A table: pasted, or in a file; then, to be recorded, as its preview kept it with the digest of what it showed."""

    texte = forms.CharField(
        label="Lignes collées depuis un tableur", required=False, max_length=OCTETS, strip=False,
        widget=forms.Textarea(attrs={"rows": 8}),
    )  # fmt: skip
    fichier = forms.FileField(label="Ou un fichier", required=False, help_text=FICHIER)
    grille: Grille
    empreinte = ""
    nom = ""
    """The name of the file, empty for what was pasted."""

    def table(self, tables: list[Tableau]) -> Grille:
        """The rows of a table, by its columns.

        Raises:
            TableauIllisible: they are not those that are expected.
        """
        raise NotImplementedError

    def clean(self) -> dict[str, Any]:
        """Read the table that was given."""
        given: dict[str, Any] = super().clean() or {}
        try:
            if "confirmer" in self.data:
                self._take_back(given.get("texte", ""))
            else:
                self.grille = self.table(self._given(given))
        except TableauIllisible as error:
            raise ValidationError(typo(str(error))) from error
        return given

    def kept(self, empreinte: str) -> str:
        """The table as it comes back to be recorded."""
        return json.dumps({"vu": empreinte, "nom": self.nom, "tableau": self.grille.to_json()}, ensure_ascii=False)

    def _given(self, given: dict[str, Any]) -> list[Tableau]:
        if file := given.get("fichier"):
            self.nom = file.name[-100:]
            return read_file(file.name, file.read(OCTETS + 1))
        if given.get("texte", "").strip():
            return [pasted(given["texte"])]
        raise TableauIllisible("Collez des lignes, ou choisissez un fichier.")

    def _take_back(self, texte: str) -> None:
        try:
            kept = json.loads(texte)
            self.empreinte, self.nom = str(kept["vu"]), str(kept.get("nom", ""))[-100:]
            self.grille = Grille.from_json(kept["tableau"])
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise TableauIllisible("Ce tableau n’est plus celui qui a été montré : reprenez-le.") from error
