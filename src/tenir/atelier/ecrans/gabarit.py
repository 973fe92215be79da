"""The form of « Montrer la mise en page »: what headings, labels and columns are, and which words name one body."""

from collections.abc import Iterable, Iterator
from typing import Any

from django import forms

from tenir.core.typographie import pluriel, typo
from tenir.ecran.formulaires import Formulaire, Texte
from tenir.lecteur.gabarit import Gabarit, GabaritRefuse, lire_gabarit

POIDS = 100_000
"""The most bytes of a gabarit: a few hundred rules."""
MONTREES = 25
"""How many headings, labels or columns a page asks about: those that come back most."""
ORGANISMES = 40
"""How many names may be told."""
LONGUEUR = 120
"""The characters of a label or of a name, as a gabarit keeps them."""
ROLES = [
    ("", "comme Tenir l’a lu"),
    ("axe", "un axe"),
    ("orientation", "une orientation"),
    ("objectif", "un objectif"),
    ("fiche", "une action"),
    ("projet de quartier", "un projet de quartier"),
    ("rien", "rien de tout cela"),
]
READ_AS = {"": "autre chose", "fiche": "une action"} | {key: label for key, label in ROLES if key not in ("", "fiche")}
COMMUNES = [
    ("intitulé", "le titre d’une action"),
    ("description", "ce qui est fait"),
    ("pilotes", "qui porte l’action"),
    ("services associés", "avec qui"),
    ("crédits", "qui finance"),
    ("coût", "ce que cela coûte"),
    ("calendrier", "quand"),
    ("lieu", "où"),
    ("public", "pour qui"),
    ("indicateurs", "ce que l’on mesure"),
]
RUBRIQUES = [
    ("", "comme Tenir l’a lu"),
    *COMMUNES,
    ("objectifs", "des objectifs"),
    ("actions", "des actions"),
    ("rien", "rien de tout cela"),
]
COLONNES = [
    ("", "comme Tenir l’a lu"),
    ("axe", "un axe"),
    ("orientation", "une orientation"),
    ("objectif", "un objectif"),
    *COMMUNES,
    ("départ", "la valeur de départ"),
    ("cible", "la valeur à atteindre"),
    ("signataire", "qui signe"),
    ("engagement", "ce qu’il promet"),
    ("instance", "une instance"),
    ("rien", "rien de tout cela"),
]
LUES = {"rappel": "ce à quoi l’action se rattache", "constat": "un constat", "enjeux": "des enjeux"}
"""What labels are read as that nobody has to say."""

Vue = dict[str, list[dict[str, Any]]]


class MiseEnPageForm(Formulaire):
    """The role of each form of heading, what each label and each column give, the names that are one body."""

    def __init__(self, vue: Vue, gabarit: dict[str, Any], data: Any = None, files: Any = None) -> None:
        super().__init__(data, files)
        self.gabarit = gabarit
        self.formes = sorted(vue.get("formes", []), key=lambda one: -one["fois"])[:MONTREES]
        self.etiquettes = _unread_first(vue.get("etiquettes", []))
        self.colonnes = _unread_first(vue.get("colonnes", []))
        said = {rule["forme"]: rule["role"] for rule in gabarit.get("roles", ())}
        for rank, one in enumerate(self.formes):
            read = f"{pluriel(one['fois'], 'intertitre')} de cette forme ; lu comme {READ_AS[one['role']]}."
            self._ask(f"forme-{rank}", one["titres"][0], ROLES, said.get(one["forme"], ""), read)
        self._ask_of("etiquette", self.etiquettes, RUBRIQUES, gabarit.get("etiquettes", {}))
        self._ask_of("colonne", self.colonnes, COLONNES, gabarit.get("colonnes", {}))
        self._ask_freely()

    def _ask(self, name: str, shown: str, choices: list[tuple[str, str]], initial: str, aide: str) -> None:
        self.fields[name] = forms.ChoiceField(
            label=typo(f"« {shown} »"), required=False, choices=choices, initial=initial, help_text=typo(aide)
        )

    def _ask_of(
        self, name: str, shown: list[dict[str, Any]], choices: list[tuple[str, str]], said: dict[str, str]
    ) -> None:
        """One field a label or a column: its first contents, and what it is taken for."""
        names = LUES | dict(choices[1:])
        for rank, one in enumerate(shown):
            read = f"Tenir y lit : {names.get(one['lu'], one['lu'])}." if one["lu"] else "Tenir ne l’a pas compris."
            examples = ", ".join(f"« {content} »" for content in one["contenus"][:2])
            self._ask(f"{name}-{rank}", one["mots"], choices, said.get(one["mots"], ""), f"{examples}. {read}")

    def _ask_freely(self) -> None:
        """What the page does not show: the names of bodies, another label, the gabarit of another contract."""
        self.fields["organismes"] = Texte(
            label="Noms qui ne désignent qu’un organisme",
            required=False,
            initial="\n".join(self.gabarit.get("organismes", ())),
            help_text=typo(
                "Un par ligne, comme le document les écrit : un nom coupé en deux par une virgule ou par « et », ou "
                "collé à un autre."
            ),
        )
        self.fields["etiquette"] = forms.CharField(
            label="Une autre étiquette de ce document",
            required=False,
            max_length=LONGUEUR,
            help_text=typo("Par exemple « Qui s’y colle », si elle n’est pas montrée ci-dessus."),
        )
        self.fields["rubrique"] = forms.ChoiceField(
            label="Ce qu’elle annonce", required=False, choices=[("", "—"), *RUBRIQUES[1:]]
        )
        self.fields["gabarit"] = forms.FileField(
            label="Un gabarit",
            required=False,
            widget=forms.FileInput(attrs={"accept": ".yaml,.yml"}),
            help_text=typo("Celui d’un contrat de la même main : ce qui est dit ci-dessus passe avant lui."),
        )

    @property
    def montrees(self) -> list[tuple[forms.BoundField, list[str], int]]:
        """Each form: its field, the headings that would follow, how many more there are."""
        return [
            (self[f"forme-{rank}"], one["titres"][1:], one["fois"] - len(one["titres"]))
            for rank, one in enumerate(self.formes)
        ]

    @property
    def intitules(self) -> list[tuple[str, list[forms.BoundField], list[forms.BoundField]]]:
        """Labels, then columns: the fields of those that nothing was made of, then those of the others."""
        shown = (
            ("Les étiquettes", "etiquette", self.etiquettes),
            ("Les colonnes des tableaux", "colonne", self.colonnes),
        )
        return [
            (titre, self._fields(name, one, lu=False), self._fields(name, one, lu=True)) for titre, name, one in shown
        ]

    def _fields(self, name: str, shown: list[dict[str, Any]], *, lu: bool) -> list[forms.BoundField]:
        return [self[f"{name}-{rank}"] for rank, one in enumerate(shown) if bool(one["lu"]) == lu]

    @property
    def libres(self) -> list[forms.BoundField]:
        """What the page does not show: names, another label, the gabarit of another contract."""
        return [self[name] for name in ("organismes", "etiquette", "rubrique", "gabarit")]

    def clean_organismes(self) -> list[str]:
        """The names, one a line."""
        names = list(
            dict.fromkeys(filter(None, (line.strip() for line in self.cleaned_data["organismes"].split("\n"))))
        )
        if len(names) > ORGANISMES or any(len(nom) > LONGUEUR for nom in names):
            raise forms.ValidationError(typo(f"{ORGANISMES} noms au plus, de {LONGUEUR} caractères au plus chacun."))
        return names

    def clean_gabarit(self) -> Gabarit | None:
        """The gabarit that was given, read."""
        file = self.cleaned_data["gabarit"]
        if file is None:
            return None
        if file.size > POIDS:
            raise forms.ValidationError("Ce fichier est trop lourd pour un gabarit.")
        try:
            return lire_gabarit(file.read().decode())
        except UnicodeDecodeError as error:
            raise forms.ValidationError("Ce fichier n’est pas un gabarit : il n’est pas écrit en texte.") from error
        except GabaritRefuse as error:
            raise forms.ValidationError(typo(str(error))) from error

    def clean(self) -> dict[str, Any]:
        """A label goes with what it opens; something is said, for the reading replaces what was corrected here."""
        found = super().clean() or {}
        if not self.gabarit and not any(found.values()):
            raise forms.ValidationError("Dites au moins ce qu’est une forme, une étiquette, une colonne ou un nom.")
        if bool(found.get("etiquette")) != bool(found.get("rubrique")):
            missing = "rubrique" if found.get("etiquette") else "etiquette"
            self.add_error(missing, "Donnez l’étiquette et ce qu’elle annonce.")
        return found

    def asked(self) -> dict[str, Any]:
        """The layout that is told, as data."""
        found, given = self.cleaned_data, self.cleaned_data["gabarit"] or Gabarit()
        roles = {rule.forme: str(rule.role) for rule in given.roles} | dict(self._said("forme", self.formes, "forme"))
        labels = self._kept("etiquettes", self.etiquettes) | given.etiquettes
        labels |= dict(self._said("etiquette", self.etiquettes, "mots"))
        columns = self._kept("colonnes", self.colonnes) | given.colonnes
        columns |= dict(self._said("colonne", self.colonnes, "mots"))
        if found["etiquette"]:
            labels[found["etiquette"]] = found["rubrique"]
        told = {
            "roles": [{"forme": one, "role": role} for one, role in roles.items()],
            "etiquettes": labels,
            "colonnes": columns,
            "organismes": list(dict.fromkeys((*given.organismes, *found["organismes"]))),
        }
        return {name: said for name, said in told.items() if said}

    def _said(self, name: str, shown: Iterable[dict[str, Any]], key: str) -> Iterator[tuple[str, str]]:
        """What was chosen beside each thing shown."""
        for rank, one in enumerate(shown):
            if said := self.cleaned_data[f"{name}-{rank}"]:
                yield one[key], said

    def _kept(self, name: str, shown: Iterable[dict[str, Any]]) -> dict[str, str]:
        """What was said before of what the page does not show."""
        seen = {one["mots"] for one in shown}
        return {mots: said for mots, said in self.gabarit.get(name, {}).items() if mots not in seen}


def _unread_first(shown: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What nothing was made of, then the others, as many as a page asks about."""
    return sorted(shown, key=lambda one: bool(one["lu"]))[:MONTREES]
