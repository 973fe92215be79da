"""What one fills behind a link: an answer, the address of a colleague."""

from typing import Any

from django import forms

from tenir.core.nombres import NombreField
from tenir.ecran.formulaires import FichierField, JourField
from tenir.engagements.enums import EtatDEngagement
from tenir.fiches.enums import Statut
from tenir.indicateurs.services.indicateur import CONFIRMER
from tenir.points.models import Question
from tenir.points.services.reponses import Reponse

SAID = ("statut", "motif", "valeur", "debut", "fin", "source", "phrase")
"""What a form recalls of an answer that was given."""
FOLDED = ("statut", "motif", "fichier", "sans_fichier")
"""What a page keeps folded under the sentence."""
UNCHANGED = [("", "ne change pas")]


class ReponseForm(forms.Form):
    """What is new of one question; its fields depend on what it asks about."""

    statut = forms.ChoiceField(label="Où en est-on", required=False, widget=forms.RadioSelect)
    motif = forms.CharField(
        label="Pourquoi", required=False, max_length=500, help_text="Si c’est arrêté, abandonné ou tenu en partie."
    )
    valeur = NombreField(label="Valeur", required=False)
    debut = JourField(label="Du", required=False)
    fin = JourField(label="Au", required=False)
    source = forms.CharField(label="D’où vient ce chiffre", required=False, max_length=200)
    phrase = forms.CharField(
        label="En une phrase", required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )

    fichier = FichierField("Un fichier")
    sans_fichier = forms.BooleanField(required=False)

    def __init__(self, question: Question, data: Any = None, files: Any = None) -> None:
        kept = {name: getattr(question, name) for name in SAID} if question.repondu_le else None
        super().__init__(data, files, initial=kept, prefix=f"q{question.pk}")
        choices = Statut.choices if question.fiche_id else EtatDEngagement.choices
        self.fields["statut"].choices = UNCHANGED + choices  # type: ignore[attr-defined]
        for name in self._left_out(question):
            del self.fields[name]
        if question.nom and "sans_fichier" in self.fields:
            self.fields["sans_fichier"].label = f"Retirer « {question.nom} »"

    def _left_out(self, question: Question) -> set[str]:
        """A reading is a figure; an action and a promise have a status and may have a file."""
        if question.indicateur_id:
            return {"statut", "motif", "fichier", "sans_fichier"}
        return {"valeur", "debut", "fin", "source", *([] if question.nom else ["sans_fichier"])}

    @property
    def premiers(self) -> list[forms.BoundField]:
        """What is asked first: the sentence; of an indicator, its figure."""
        return [self[name] for name in self.fields if name not in FOLDED]

    @property
    def replies(self) -> list[forms.BoundField]:
        """What waits folded under it."""
        return [self[name] for name in FOLDED if name in self.fields]

    @property
    def deplie(self) -> bool:
        """Whether something folded was said, or refused."""
        return any(field.errors or field.value() for field in self.replies)

    def reponse(self) -> Reponse:
        """What was filled."""
        return Reponse(**self.given())

    def given(self) -> dict[str, Any]:
        """What was filled, field by field, and whether a value that was doubted is exact."""
        told = {name: value for name, value in self.cleaned_data.items() if name != CONFIRMER}
        return told | {"exact": bool(self.data.get(self.add_prefix(CONFIRMER)))}

    def doubt(self) -> None:
        """Ask whether the value is exact."""
        self.fields[CONFIRMER] = forms.BooleanField(label="Ce chiffre est exact", required=False)


class CorrectionForm(ReponseForm):
    """What the team corrects of an answer before accepting it: all but its file."""

    def _left_out(self, question: Question) -> set[str]:
        return {*super()._left_out(question), "fichier", "sans_fichier"}


class CollegueForm(forms.Form):
    """To whom the questions are handed over."""

    nom = forms.CharField(label="Son prénom et son nom", max_length=150)
    email = forms.EmailField(label="Son adresse électronique")
