"""The forms of one promise."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django import forms

from tenir.contrat.models import ActionPrevue, Indicateur
from tenir.ecran.formulaires import FichierField, Formulaire, FormulaireSuivi, JourField, Texte
from tenir.ecran.mots import UNDECLARED
from tenir.engagements.enums import EtatDEngagement
from tenir.engagements.models import SuiviDEngagement
from tenir.habilitations.publications import Genre


class DireForm(FormulaireSuivi):
    """Where the promise stands, why, what is in the way, and one sentence of news."""

    CHAMPS: ClassVar[tuple[str, ...]] = ("etat", "motif", "difficultes")
    LUS: ClassVar[Mapping[str, Sequence[Genre]]] = {
        "motif": (Genre.ENGAGEMENTS,),
        "texte": (Genre.ENGAGEMENTS, Genre.NOUVELLES),
    }
    etat = forms.ChoiceField(
        label="Où en est-il",
        choices=[("", UNDECLARED), *EtatDEngagement.choices],
        required=False,
        widget=forms.RadioSelect,
    )
    motif = Texte(
        label="Pourquoi",
        rows=2,
        max_length=500,
        required=False,
        help_text="Demandé quand il n’est pas tenu, ne l’est qu’en partie, ou est sans objet.",
    )
    texte = Texte(label="En une phrase, ce qui est nouveau", max_length=2000, required=False)
    difficultes = Texte(
        label="Ce qui gêne",
        max_length=2000,
        required=False,
        help_text="Lu par l’équipe et le signataire, personne d’autre.",
    )


class DefinirForm(FormulaireSuivi):
    """What is awaited of the promise: how it will be judged, by when, what this year."""

    CHAMPS: ClassVar[tuple[str, ...]] = ("jugement", "attendu_pour", "attendu_cette_annee")
    LUS: ClassVar[Mapping[str, Sequence[Genre]]] = {"jugement": (Genre.ENGAGEMENTS,)}
    jugement = Texte(label="Comment on jugera", rows=2, max_length=500, required=False)
    attendu_pour = JourField(label="Attendu pour le", required=False)
    attendu_cette_annee = Texte(label="Attendu cette année", rows=2, max_length=500, required=False)


class RattacherForm(Formulaire):
    """The actions and indicators that a promise is linked to; those of the orientations it serves come first."""

    actions = forms.ModelMultipleChoiceField(
        ActionPrevue.objects.none(), label="Actions", required=False, widget=forms.CheckboxSelectMultiple
    )
    indicateurs = forms.ModelMultipleChoiceField(
        Indicateur.objects.none(), label="Indicateurs", required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, suivi: SuiviDEngagement, data: Any = None) -> None:
        held = {"actions": suivi.actions.all(), "indicateurs": suivi.indicateurs.all()}
        super().__init__(data, initial=held)
        served = set(suivi.engagement.orientations.values_list("pk", flat=True))
        planned = ActionPrevue.objects.of(suivi.espace).principales()
        printed = Indicateur.objects.of(suivi.espace).filter(repete=None).prefetch_related("orientations")
        self._offer(
            "actions", planned, [(one.pk, f"{one.code} {one.titre}", one.orientation_id in served) for one in planned]
        )
        covers = [(one.pk, str(one), bool(served & {over.pk for over in one.orientations.all()})) for one in printed]
        self._offer("indicateurs", printed, covers)

    def _offer(self, name: str, rows: Any, lines: list[tuple[int, str, bool]]) -> None:
        near = [(pk, text) for pk, text, served in lines if served]
        far = [(pk, text) for pk, text, served in lines if not served]
        field: Any = self.fields[name]
        field.queryset = rows
        field.choices = [("Des orientations qu’il sert", near), ("Les autres", far)] if near else far


class PreuveForm(Formulaire):
    """What proves a promise: a file, a link, or a figure with its source."""

    titre = forms.CharField(label="Titre", required=False, max_length=200, help_text="Sinon, le nom du fichier.")
    fichier = FichierField()
    lien = forms.URLField(label="Ou un lien", required=False, max_length=500, assume_scheme="https")
    chiffre = forms.CharField(label="Ou un chiffre", required=False, max_length=100)
    source = forms.CharField(label="Source du chiffre", required=False, max_length=200)
