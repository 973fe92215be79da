"""The forms of surveys. That of a questionnaire has no field in which one could be named."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms

from tenir.acteurs.models import Organisation
from tenir.core.typographie import typo
from tenir.ecran.formulaires import Formulaire, FormulaireSuivi, JourField, Texte
from tenir.enquetes.champs import ENQUETE, QUESTION
from tenir.enquetes.models import Enquete, QuestionDEnquete
from tenir.equipe.organismes import offered_in
from tenir.habilitations.models import EspaceDeContrat

CORE = ("", "les questions livrées avec Tenir")


class EnqueteForm(FormulaireSuivi):
    """What a survey says of itself."""

    CHAMPS: ClassVar[Sequence[str]] = ENQUETE
    titre = forms.CharField(label="Titre", max_length=120)
    annonce = Texte(label="À quoi elle sert", max_length=400, help_text="Ce que lit qui va répondre.")
    conduite_par = forms.ModelChoiceField(Organisation.objects.none(), label="Conduite par", empty_label="Choisissez")

    def __init__(self, enquete: Enquete, data: Any = None) -> None:
        super().__init__(enquete, data)
        self.fields["conduite_par"].queryset = offered_in(enquete.espace)  # type: ignore[attr-defined]

    def held(self, chose: Any, name: str) -> Any:
        """What the survey holds now; a new one has no body yet."""
        if name == "conduite_par":
            return chose.conduite_par if chose.conduite_par_id else None
        return super().held(chose, name)

    def values(self) -> dict[str, Any]:
        """What is given of a new survey."""
        return {name: self.cleaned_data[name] for name in ENQUETE}


class NouvelleForm(EnqueteForm):
    """A new survey: with which questions it begins."""

    depuis = forms.TypedChoiceField(label="Ses questions", required=False, coerce=int, empty_value=None)

    def __init__(self, espace: EspaceDeContrat, data: Any = None) -> None:
        super().__init__(Enquete(espace=espace), data)
        editions = [(one.numero, typo(f"celles de « {one.titre} »")) for one in Enquete.objects.of(espace)]
        self.fields["depuis"].choices = [CORE, *editions]  # type: ignore[attr-defined]


class OuvrirForm(Formulaire):
    """From which day to which anyone answers."""

    ouvre_le = JourField(label="Ouvre le")
    ferme_le = JourField(label="Ferme le", help_text="Ce jour compris.")

    def __init__(self, enquete: Enquete, data: Any = None) -> None:
        super().__init__(data, initial={"ouvre_le": enquete.ouvre_le, "ferme_le": enquete.ferme_le})


class QuestionForm(FormulaireSuivi):
    """A question."""

    CHAMPS: ClassVar[Sequence[str]] = QUESTION
    libelle = forms.CharField(label="Question", max_length=200)
    choix = Texte(
        label="Réponses possibles",
        rows=6,
        max_length=1500,
        help_text=typo(
            "Une par ligne, un code puis les mots : « oui : oui, souvent ». Le code sert à comparer les années."
        ),
    )
    plusieurs = forms.BooleanField(label="Plusieurs réponses possibles", required=False)
    code = forms.CharField(
        label="Code de la question",
        max_length=30,
        help_text="Le même d’une année à l’autre : des minuscules et des traits d’union.",
    )
    reference = forms.CharField(
        label="Chiffre à comparer",
        max_length=300,
        required=False,
        help_text=typo("Un chiffre publié ailleurs, avec sa source : il se lit sous les résultats."),
    )

    def __init__(self, question: QuestionDEnquete, data: Any = None) -> None:
        super().__init__(question, data)

    def values(self) -> dict[str, Any]:
        """What is given of a new question."""
        return {name: self.cleaned_data[name] for name in QUESTION}


class QuestionnaireForm(Formulaire):
    """The questions of a survey, each a choice; none must be answered, one is."""

    def __init__(self, questions: Sequence[QuestionDEnquete], data: Any = None) -> None:
        super().__init__(data)
        for one in questions:
            self.fields[one.code] = _asked(one)

    @property
    def said(self) -> dict[str, list[str]]:
        """What is chosen, by question."""
        given = {name: value if isinstance(value, list) else [value] for name, value in self.cleaned_data.items()}
        return {name: [one for one in chosen if one] for name, chosen in given.items()}


def _asked(question: QuestionDEnquete) -> forms.Field:
    choices = list(question.possibles.items())
    if question.plusieurs:
        return forms.MultipleChoiceField(
            label=typo(question.libelle), choices=choices, required=False, widget=forms.CheckboxSelectMultiple,
            help_text="Plusieurs réponses possibles.",
        )  # fmt: skip
    return forms.ChoiceField(
        label=typo(question.libelle), choices=[*choices, ("", "sans réponse")], required=False,
        widget=forms.RadioSelect, initial="",
    )  # fmt: skip


class PapiersForm(Formulaire):
    """A bundle of papers: how many, then how many for each answer."""

    papiers = forms.IntegerField(label="Combien de papiers", widget=forms.TextInput(attrs={"inputmode": "numeric"}))

    def __init__(self, questions: Sequence[QuestionDEnquete], data: Any = None) -> None:
        super().__init__(data)
        self.noms = {f"{one.code}-{code}": (one.code, code) for one in questions for code in one.possibles}
        for one in questions:
            for code, words in one.possibles.items():
                self.fields[f"{one.code}-{code}"] = forms.IntegerField(
                    label=typo(words), required=False, widget=forms.TextInput(attrs={"inputmode": "numeric"})
                )
        self.legendes = [
            ("", ["papiers"]),
            *((typo(q.libelle), [f"{q.code}-{c}" for c in q.possibles]) for q in questions),
        ]

    def groups(self) -> list[tuple[str, list[forms.BoundField]]]:
        """A group for each question."""
        return [(legend, [self[name] for name in names]) for legend, names in self.legendes]

    @property
    def nombres(self) -> dict[tuple[str, str], int]:
        """How many for each answer, by question."""
        return {pair: self.cleaned_data.get(name) or 0 for name, pair in self.noms.items()}
