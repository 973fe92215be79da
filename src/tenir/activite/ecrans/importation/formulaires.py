"""The forms of a table that comes in: the file, then what each of its columns holds."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.datastructures import MultiValueDict

from tenir.activite.ecrans.formulaires import bodies_for
from tenir.activite.services.entree import RIGHT
from tenir.activite.tableur.colonnes import (
    AU,
    CHAMPS,
    DU,
    JOUR,
    NATURE,
    ORGANISME,
    columns_of,
    main_numbers,
    numbers_of,
)
from tenir.activite.tableur.plan import Plan
from tenir.core.tableur import OCTETS, TableauIllisible, pasted, read_file
from tenir.core.tableur.correspondance import Releve, Titre, survey
from tenir.core.typographie import typo
from tenir.ecran.formulaires import Formulaire, Texte
from tenir.fichier.mots import comparable
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces
from tenir.natures.modeles import NatureEntiere

LAISSEE = "Laisser de côté"
USUAL = columns_of(())
"""What tells the row of headings from the others, whatever the kinds of the contract."""
VALEURS = 40
"""How many values of the column of kinds are asked about; a column of more is not one of kinds."""


class DepotForm(Formulaire):
    """A table: in a file, or pasted."""

    fichier = forms.FileField(
        label="Votre fichier",
        required=False,
        help_text=typo("Classeur .xlsx ou .ods, ou CSV, 2 Mo au plus. Vos titres de colonnes conviennent."),
    )
    texte = Texte(
        label="Ou des lignes collées depuis un tableur",
        required=False,
        max_length=OCTETS,
        strip=False,
        rows=6,
        help_text=typo("Avec la ligne des titres."),
    )

    nom = "Lignes collées"
    releve: Releve | None = None

    def clean(self) -> dict[str, Any]:
        """Read the table that was given."""
        given: dict[str, Any] = super().clean() or {}
        try:
            if file := given.get("fichier"):
                self.nom = file.name
                self.releve = survey(read_file(file.name, file.read(OCTETS + 1)), USUAL)
            elif given.get("texte", "").strip():
                self.releve = survey([pasted(given["texte"])], USUAL)
            elif not self.errors:
                raise ValidationError("Choisissez un fichier, ou collez des lignes.")
        except TableauIllisible as error:
            raise ValidationError(typo(str(error))) from error
        return given


class ColonnesForm(Formulaire):
    """What each column of a table holds; which kind and which body the rows are of."""

    nature = forms.ChoiceField(label="Quelle nature", required=False)
    organisme = forms.ChoiceField(label="Quel organisme l’a fait", required=False)
    repetees = forms.BooleanField(
        label="Deux lignes pareilles sont deux séances",
        required=False,
        help_text=typo("Sinon, la seconde est prise pour une répétition, et vous est signalée."),
    )
    avant = forms.CharField(required=False, widget=forms.HiddenInput)
    """The kind of the file for which the numbers were offered."""

    def __init__(
        self,
        by: Acces,
        espace: EspaceDeContrat,
        kinds: Sequence[NatureEntiere],
        releve: Releve,
        plan: Plan,
        mots: Mapping[str, str],
        data: MultiValueDict[str, Any] | None = None,
    ) -> None:
        """`plan`: what is proposed; `mots`: the kinds by the words that they bear, or bore."""
        super().__init__(data)
        self.kinds, self.releve, self.plan, self.mots = kinds, releve, plan, mots
        self.bodies = dict(bodies_for(by, espace, RIGHT).values_list("identifiant", "nom"))
        wanted = data.get("nature", "") if data is not None else plan.nature
        self.chosen = [one for one in kinds if one.nature == wanted] or list(kinds)
        self._offer_all(wanted)
        self._offer_columns()
        self._offer_values()

    def _offer_all(self, wanted: str) -> None:
        each = ("", "Une colonne le dit, ligne par ligne")
        kinds = [(one.nature, one.libelle) for one in self.kinds]
        self._choose("nature", [each, *kinds], self.plan.nature)
        alone = len(self.bodies) == 1
        self._choose("organisme", [*([] if alone else [each]), *self.bodies.items()], self.plan.organisme)
        self.fields["repetees"].initial = self.plan.repetees
        self.fields["avant"].initial = self.plan.nature
        self.initial["avant"] = wanted

    def _offer_columns(self) -> None:
        fields = [("", LAISSEE), *CHAMPS.items()]
        main = [] if len(self.chosen) == 1 else main_numbers()
        offered = [*fields, ("Nombres", [(one.cle, one.mot) for one in (*main, *numbers_of(self.chosen))])]
        for title in self.releve.titres:
            name = self.column_field(title)
            self.fields[name] = forms.ChoiceField(
                label=title.texte,
                required=False,
                help_text=typo(", ".join(f"« {one[:60]} »" for one in title.exemples)),
            )
            self._choose(name, offered, self.plan.colonnes.get(title.cle, ""))

    def _offer_values(self) -> None:
        """What each value of the column of kinds means; asked once a column is said to hold kinds."""
        for rank, value in enumerate(self.values):
            self.fields[f"n{rank}"] = forms.ChoiceField(label=typo(f"« {value} »"), required=False)
            proposed = self.plan.natures.get(comparable(value), "") or self.mots.get(comparable(value), "")
            offered = [("", "Laisser ces lignes de côté"), *((one.nature, one.libelle) for one in self.kinds)]
            if proposed and proposed not in dict(offered):
                offered.append((proposed, typo(f"{value} (nature d’avant)")))
            self._choose(f"n{rank}", offered, proposed)

    def _choose(self, name: str, choices: list[Any], initial: str) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]
        self.initial[name] = initial

    @staticmethod
    def column_field(title: Titre) -> str:
        """The name of the field of a column."""
        return f"c{title.colonne}"

    @cached_property
    def values(self) -> list[str]:
        """The values of the column of kinds, when one says them and the whole file is not of one."""
        said = self.data.get("nature", "") if self.is_bound else self.plan.nature
        column = next((one for one in self.releve.titres if self._says(one) == NATURE), None)
        found = self.releve.values(column.colonne) if column and not said else []
        return list({comparable(one): one for one in reversed(found)}.values())[::-1][:VALEURS]

    def _says(self, title: Titre) -> str:
        posted = self.data.get(self.column_field(title)) if self.is_bound else None
        return str(posted) if posted is not None else self.plan.colonnes.get(title.cle, "")

    @property
    def incomplete(self) -> bool:
        """Whether what was chosen makes the page ask something that it had not asked: other numbers, or kinds."""
        moved = self.data.get("nature", "") != self.data.get("avant", "")
        return moved or any(f"n{rank}" not in self.data for rank in range(len(self.values)))

    def clean(self) -> dict[str, Any]:
        """Each thing is in one column; the day, the kind and the body are said."""
        given: dict[str, Any] = super().clean() or {}
        seen: dict[str, str] = {}
        for title in self.releve.titres:
            key, name = given.get(self.column_field(title), ""), self.column_field(title)
            if key and key in seen:
                self.add_error(name, typo(f"La colonne « {seen[key]} » le dit déjà : choisissez l’une des deux."))
            seen.setdefault(key, title.texte)
        if not seen.keys() & {JOUR, DU, AU}:
            raise ValidationError("Dites quelle colonne donne le jour.")
        self._needs(given, seen, "nature", NATURE, "Choisissez une nature, ou la colonne qui la dit.")
        self._needs(given, seen, "organisme", ORGANISME, "Choisissez un organisme, ou la colonne qui le dit.")
        return given

    def _needs(self, given: Mapping[str, Any], seen: Mapping[str, str], name: str, key: str, said: str) -> None:
        if not given.get(name) and key not in seen:
            self.add_error(name, said)

    def said(self) -> Plan:
        """What was said of the table."""
        given = self.cleaned_data
        columns = {one.cle: key for one in self.releve.titres if (key := given.get(self.column_field(one), ""))}
        kinds = {comparable(value): given.get(f"n{rank}", "") for rank, value in enumerate(self.values)}
        return Plan(columns, given["nature"], given["organisme"], kinds, bool(given["repetees"]))

    def typed(self) -> Plan:
        """What is chosen so far, right or not, when the page has more to ask."""
        columns = {one.cle: key for one in self.releve.titres if (key := self._says(one))}
        kinds = {comparable(value): self.data.get(f"n{rank}", "") for rank, value in enumerate(self.values)}
        asked = {name: self.data.get(name, "") for name in ("nature", "organisme")}
        return Plan(columns, natures=kinds, repetees="repetees" in self.data, **asked)

    def groups(self) -> list[tuple[str, list[forms.BoundField]]]:
        """What is said of the file, then of each column, then of the values of that of kinds."""
        named = [
            ("De tout le fichier", ["nature", "organisme"]),
            ("Ce que dit chaque colonne", [self.column_field(one) for one in self.releve.titres]),
            ("Quelle nature, dans la colonne qui la dit", [f"n{rank}" for rank in range(len(self.values))]),
            ("Les lignes pareilles", ["repetees"]),
        ]
        return [(legend, [self[name] for name in names]) for legend, names in named if names]


def proposed(releve: Releve, kinds: Sequence[NatureEntiere], mots: Mapping[str, str], nom: str, plan: Plan) -> Plan:
    """What a table seems to say, when nobody said it of another of the same headings; `plan` says what is said."""
    guessed = releve.guess(columns_of(kinds))
    by_column = next((column for column, key in guessed.items() if key == NATURE), None)
    values = releve.values(by_column) if by_column is not None else []
    if not any(comparable(one) in mots for one in values):
        guessed = {column: key for column, key in guessed.items() if key != NATURE}
    nature = plan.nature or ("" if NATURE in guessed.values() else _kind_in(f"{nom} {releve.feuille}", mots))
    if nature:
        guessed = releve.guess(columns_of([one for one in kinds if one.nature == nature]))
        guessed = {column: key for column, key in guessed.items() if key != NATURE}
    columns = {one.cle: guessed[one.colonne] for one in releve.titres if one.colonne in guessed}
    return Plan({**columns, **dict(_kept(plan, columns))}, nature, plan.organisme, plan.natures, plan.repetees)


def _kept(plan: Plan, columns: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """What was said of a column beside its numbers, which depend on the kind."""
    return ((head, key) for head, key in plan.colonnes.items() if key in CHAMPS and key not in columns.values())


def _kind_in(text: str, mots: Mapping[str, str]) -> str:
    """The kind that a name of file or of sheet tells: the longest of those whose words are all in it."""
    said = set(comparable(text).split())
    found = [words for words in mots if words and set(words.split()) <= said]
    return mots[max(found, key=len)] if found else ""
