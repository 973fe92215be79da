"""The forms of comments."""

from collections.abc import Iterable
from typing import Any

from django import forms

from tenir.commentaires.lecteurs import Lecteur
from tenir.commentaires.models import LONGEST
from tenir.ecran.formulaires import Formulaire, Texte

PREFIX = "id_commentaire_%s"
"""How its fields are called in a page that has other forms."""


class CommentaireForm(Formulaire):
    """A comment, and whom it tells."""

    texte = Texte(label="Votre commentaire", max_length=LONGEST)
    citer = forms.MultipleChoiceField(label="Qui prévenir", required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, readers: Iterable[Lecteur], data: Any = None) -> None:
        super().__init__(data, auto_id=PREFIX)
        self.fields["citer"].choices = [(str(one.personne.pk), one.nom) for one in readers]  # type: ignore[attr-defined]

    @property
    def chosen(self) -> set[int]:
        """The numbers of those whom it tells."""
        return {int(number) for number in self.cleaned_data["citer"]}


class CorrigerForm(Formulaire):
    """The words of a comment, written again."""

    texte = Texte(label="Votre commentaire", max_length=LONGEST)


class RetirerForm(Formulaire):
    """Why a comment is withdrawn."""

    motif = forms.CharField(
        label="Pourquoi", max_length=300, help_text="Ce motif reste affiché à la place du commentaire."
    )


class ReponseForm(Formulaire):
    """What someone answers by her link."""

    texte = Texte(label="Votre réponse", max_length=LONGEST)
