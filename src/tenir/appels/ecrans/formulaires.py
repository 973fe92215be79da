"""The forms of calls for projects."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.db.models import Model

from tenir.appels.champs import APPEL
from tenir.appels.models import AppelAProjets, EnveloppeDAppel
from tenir.contrat.models import Orientation
from tenir.core.typographie import typo
from tenir.ecran.formulaires import FichierField, Formulaire, FormulaireSuivi, JourField, Texte
from tenir.equipe.organismes import offered_in
from tenir.financement.models.lignes import FIRST_YEAR, LAST_YEAR
from tenir.financement.montants import MontantField
from tenir.habilitations.models import EspaceDeContrat


class AppelForm(FormulaireSuivi):
    """A call: what it says, its days, what comes first, what dossiers are judged by, what they bring."""

    CHAMPS: ClassVar[Sequence[str]] = APPEL
    GROUPES: ClassVar[Sequence[tuple[str, Sequence[str]]]] = (
        ("L’appel", ("titre", "annee", "texte")),
        ("Le calendrier", ("ouvre_le", "ferme_le", "comite_le", "reponse_le")),
        ("Les priorités", ("priorites",)),
        ("Le dossier", ("grille", "pieces_demandees")),
    )
    titre = forms.CharField(label="Titre", max_length=150)
    annee = forms.IntegerField(label="Pour les actions de", min_value=FIRST_YEAR, max_value=LAST_YEAR)
    texte = Texte(
        label="Ce que dit l’appel", rows=8, max_length=10_000,
        help_text="Qui peut demander, pour quoi, ce qui n’est pas financé, à qui s’adresser.",
    )  # fmt: skip
    ouvre_le = JourField(label="Ouvre le")
    ferme_le = JourField(label="Dernier jour pour déposer", help_text="Ce jour est compris.")
    comite_le = JourField(label="Comité des financeurs le", required=False)
    reponse_le = JourField(label="Réponse donnée avant le", required=False)
    grille = Texte(
        label="Grille de critères", rows=5, max_length=4000, required=False,
        help_text=typo("Un critère par ligne, et ses points : « Effet attendu pour les habitants ; 5 »."),
    )  # fmt: skip
    pieces_demandees = Texte(
        label="Pièces demandées", rows=5, max_length=4000, required=False,
        help_text=typo("Une pièce par ligne ; finissez par « (facultatif) » si l’on peut s’en passer."),
    )  # fmt: skip

    def __init__(self, espace: EspaceDeContrat, appel: AppelAProjets, data: Any = None, **initial: Any) -> None:
        rows = Orientation.objects.of(espace).order_by("ordre")
        self.base_fields["priorites"] = forms.MultipleChoiceField(
            label="Orientations qui passent d’abord", required=False, widget=forms.CheckboxSelectMultiple,
            choices=[(one.code, f"{one.code} {one.titre}") for one in rows],
        )  # fmt: skip
        super().__init__(appel, data, **initial)

    def held(self, chose: Model, name: str) -> Any:
        """What the call holds; its priorities as the boxes to tick."""
        found = super().held(chose, name)
        return (found or "").split() if name == "priorites" else found

    def told(self, chose: Model, name: str, value: Any) -> str:
        """A value in words."""
        return ", ".join(value) if name == "priorites" else super().told(chose, name, value)


def given(changes: dict[str, Any]) -> dict[str, Any]:
    """What a form says, as a call keeps it."""
    more = {"priorites": " ".join(changes["priorites"])} if "priorites" in changes else {}
    return changes | more


class FinanceurForm(Formulaire):
    """A funder, and what it brings."""

    montant = MontantField("Ce qu’il apporte à l’appel, en euros", help_text="Laissez vide s’il ne l’a pas dit.")

    def __init__(self, appel: AppelAProjets, data: Any = None) -> None:
        super().__init__(data)
        self.fields["financeur"] = forms.ModelChoiceField(
            offered_in(appel.espace), label="Financeur", empty_label="Choisissez",
            help_text="Déjà dans l’appel, son montant est remplacé.",
        )  # fmt: skip
        self.order_fields(["financeur", "montant"])


class RetirerFinanceurForm(Formulaire):
    """Which funder is asked no more."""

    def __init__(self, appel: AppelAProjets, data: Any = None) -> None:
        super().__init__(data)
        rows = EnveloppeDAppel.objects.filter(appel=appel).select_related("financeur").order_by("pk")
        self.fields["enveloppe"] = forms.ModelChoiceField(rows, label="Financeur", empty_label="Choisissez")


class PieceForm(Formulaire):
    """A file given with a call."""

    titre = forms.CharField(label="Titre", required=False, max_length=200, help_text="Sinon, le nom du fichier.")
    fichier = FichierField()

    def __init__(self, data: Any = None, files: Any = None) -> None:
        super().__init__(data, files)


class Rien(Formulaire):
    """A question and a button."""
