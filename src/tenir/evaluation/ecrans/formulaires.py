"""The forms of évaluations."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms

from tenir.acteurs.models import Organisation
from tenir.activite.ecrans.formulaires import bodies_for
from tenir.atelier.models import Brouillon
from tenir.contrat.models import Orientation
from tenir.core import horloge
from tenir.core.nombres import NombreField
from tenir.core.typographie import typo
from tenir.ecran.formulaires import Formulaire, FormulaireSuivi, JourField, Texte
from tenir.equipe.organismes import offered_in
from tenir.evaluation.champs import APPRECIATION, BESOINS, JUGEMENT, SUITES
from tenir.evaluation.enums import GenreDEvaluation, Note, Recommandation
from tenir.evaluation.models import (
    TEXTE,
    Appreciation,
    Contribution,
    DonneeDeBesoin,
    Evaluation,
    QuestionDEvaluation,
)
from tenir.evaluation.services.commun import RIGHT
from tenir.evaluation.services.evaluations import PROPOSEES
from tenir.gouvernance.models import Decision
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces
from tenir.preconisations.models import Preconisation

SHORT = 90
"""How much of a text a choice shows."""
DEPART = "Le texte signé ce jour-là, et les valeurs de départ, servent de comparaison."
ENSEMBLE = "le contrat dans son ensemble"


def _lead(acces: Acces, espace: EspaceDeContrat) -> "forms.ModelChoiceField[Organisation]":
    return forms.ModelChoiceField(
        bodies_for(acces, espace, RIGHT), label="Qui la conduit", empty_label="Choisissez",
        help_text="Avec l’équipe, cet organisme la prépare et la lit avant qu’elle soit partagée.",
    )  # fmt: skip


def orientations_field(espace: EspaceDeContrat, **options: Any) -> "forms.ModelChoiceField[Orientation]":
    """An orientation of a contract, or the whole of it."""
    rows = Orientation.objects.of(espace).order_by("ordre")
    given = {"label": "Orientation", "required": False, "empty_label": ENSEMBLE, **options}
    return forms.ModelChoiceField(rows, **given)


class NouvelleEvaluationForm(Formulaire):
    """An évaluation: when in the contract, since when, who leads it, its first questions."""

    titre = forms.CharField(label="Titre", max_length=200)
    genre = forms.ChoiceField(label="Quand, dans le contrat", choices=GenreDEvaluation.choices)
    depart = JourField(label="Situation de départ au", help_text=DEPART)
    a_figer_le = JourField(label="Situation à figer le", required=False)
    a_rendre_le = JourField(label="À rendre le", required=False)
    questions = forms.MultipleChoiceField(
        label="Questions pour commencer", required=False, choices=[(one, one) for one in PROPOSEES],
        widget=forms.CheckboxSelectMultiple, help_text="D’autres s’ajoutent ensuite, par orientation.",
    )  # fmt: skip

    def __init__(self, acces: Acces, espace: EspaceDeContrat, data: Any = None) -> None:
        year = horloge.today(espace).year
        initial = {
            "titre": f"Évaluation à mi-parcours {year}",
            "depart": f"{espace.debut}-01-01",
            "questions": list(PROPOSEES),
        }
        super().__init__(data, initial=initial)
        self.fields["conduite_par"] = _lead(acces, espace)
        self.order_fields(["titre", "genre", "conduite_par", "depart", "a_figer_le", "a_rendre_le", "questions"])


class EvaluationForm(FormulaireSuivi):
    """What an évaluation says of itself."""

    CHAMPS: ClassVar[Sequence[str]] = ("titre", "genre", "conduite_par", "depart", "a_figer_le", "a_rendre_le")
    titre = forms.CharField(label="Titre", max_length=200)
    genre = forms.ChoiceField(label="Quand, dans le contrat", choices=GenreDEvaluation.choices)
    conduite_par = forms.ModelChoiceField(Organisation.objects.none(), label="Qui la conduit", empty_label="Choisissez")
    depart = JourField(label="Situation de départ au", help_text=DEPART)
    a_figer_le = JourField(label="Situation à figer le", required=False)
    a_rendre_le = JourField(label="À rendre le", required=False)

    def __init__(self, acces: Acces, evaluation: Evaluation, data: Any = None) -> None:
        super().__init__(evaluation, data)
        self.fields["conduite_par"].queryset = bodies_for(acces, evaluation.espace, RIGHT)  # type: ignore[attr-defined]


class FigerForm(Formulaire):
    """Freezing; again, why."""

    motif = forms.CharField(label="Pourquoi figer à nouveau", max_length=300)

    def __init__(self, data: Any = None, *, again: bool) -> None:
        super().__init__(data)
        if not again:
            del self.fields["motif"]


class QuestionForm(Formulaire):
    """A question to add."""

    texte = forms.CharField(label="Question", max_length=300)

    def __init__(self, espace: EspaceDeContrat, data: Any = None) -> None:
        super().__init__(data)
        self.fields["orientation"] = orientations_field(espace)


class QuestionSuivieForm(FormulaireSuivi):
    """A question, and what the évaluation answers."""

    CHAMPS: ClassVar[Sequence[str]] = ("texte", "orientation", "reponse")
    texte = forms.CharField(label="Question", max_length=300)
    orientation = forms.ModelChoiceField(
        Orientation.objects.none(), label="Orientation", required=False, empty_label=ENSEMBLE
    )
    reponse = Texte(
        label="Réponse", rows=6, max_length=TEXTE, required=False,
        help_text="Ce que l’on peut conclure, sur quoi on s’appuie, et ce que l’on ne peut pas conclure.",
    )  # fmt: skip

    def __init__(self, question: QuestionDEvaluation, data: Any = None) -> None:
        super().__init__(question, data)
        rows = Orientation.objects.of(question.evaluation.espace).order_by("ordre")
        self.fields["orientation"].queryset = rows  # type: ignore[attr-defined]


def _note(label: str) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, required=False, choices=[("", "pas encore apprécié"), *Note.choices])


class AppreciationForm(FormulaireSuivi):
    """What is judged of an orientation, why, what it should become; what its needs have become."""

    GROUPES: ClassVar[Sequence[tuple[str, Sequence[str]]]] = (
        ("Les besoins, aujourd’hui", BESOINS),
        ("L’appréciation", JUGEMENT),
        ("Ce qui en suit", SUITES),
    )
    CHAMPS: ClassVar[Sequence[str]] = APPRECIATION
    changements = Texte(label="Ce qui a changé dans les besoins", rows=4, max_length=TEXTE, required=False)
    demandes = Texte(label="Ce qui est demandé", rows=3, max_length=TEXTE, required=False)
    pertinence = _note("Répond-elle encore aux besoins ?")
    efficacite = _note("Atteint-elle ce qu’elle vise ?")
    coherence = _note("Va-t-elle avec le reste du contrat ?")
    raisons = Texte(
        label="Raisons", rows=5, max_length=TEXTE, required=False,
        help_text="Sur quels faits on s’appuie ; ce qui manque pour conclure.",
    )  # fmt: skip
    recommandation = forms.ChoiceField(
        label="Recommandation", required=False, choices=[("", "pas encore de recommandation"), *Recommandation.choices]
    )
    decision = forms.ModelChoiceField(Decision.objects.none(), label="Décision", required=False, empty_label="aucune")
    preconisation = forms.ModelChoiceField(
        Preconisation.objects.none(), label="Préconisation", required=False, empty_label="aucune"
    )
    avenant = forms.ModelChoiceField(
        Brouillon.objects.none(), label="Avenant en préparation", required=False, empty_label="aucun"
    )

    def __init__(self, appreciation: Appreciation, data: Any = None) -> None:
        super().__init__(appreciation, data)
        espace = appreciation.evaluation.espace
        self._offer("decision", Decision.objects.of(espace).order_by("-numero"), _decision)
        self._offer("preconisation", Preconisation.objects.of(espace).public().order_by("-numero"), _asked)
        drafts = Brouillon.objects.filter(espace=espace, objet=Brouillon.Objet.AVENANT).order_by("-pk")
        self._offer("avenant", drafts, _draft)

    def _offer(self, name: str, rows: Any, words: Any) -> None:
        field: Any = self.fields[name]
        field.queryset, field.label_from_instance = rows, words


def _decision(one: Decision) -> str:
    return typo(f"{one.code} : {one.texte[:SHORT]}")


def _asked(one: Preconisation) -> str:
    return typo(f"{one.code} : {one.texte[:SHORT]}")


def _draft(one: Brouillon) -> str:
    return typo(f"avenant n° {one.pk}, {one.get_etat_display()}")


def _figure_fields() -> dict[str, forms.Field]:
    return {
        "libelle": forms.CharField(label="Ce que dit le chiffre", max_length=200),
        "valeur": NombreField(label="Valeur", required=False, help_text="Vide : elle est demandée, pas encore donnée."),
        "unite": forms.CharField(label="Unité", max_length=80, required=False),
        "annee": forms.IntegerField(label="Année", widget=forms.TextInput(attrs={"inputmode": "numeric"})),
        "perimetre": forms.CharField(label="Périmètre", max_length=120, required=False, help_text="Quartier, commune…"),
        "source": forms.CharField(
            label="Source", max_length=200, help_text="L’observatoire, la plateforme, le service qui le publie."
        ),
    }


class DonneeForm(Formulaire):
    """A figure to add."""

    def __init__(self, espace: EspaceDeContrat, data: Any = None, **initial: Any) -> None:
        super().__init__(data, initial=initial)
        self.fields.update(_figure_fields())
        self.fields["demandee_a"] = _asked_of(espace)


class DonneeSuivieForm(FormulaireSuivi):
    """A figure to correct, or to give at last."""

    CHAMPS: ClassVar[Sequence[str]] = ("libelle", "valeur", "unite", "annee", "perimetre", "source", "demandee_a")
    libelle = _figure_fields()["libelle"]
    valeur = _figure_fields()["valeur"]
    unite = _figure_fields()["unite"]
    annee = _figure_fields()["annee"]
    perimetre = _figure_fields()["perimetre"]
    source = _figure_fields()["source"]
    demandee_a = forms.ModelChoiceField(
        Organisation.objects.none(), label="Demandée à", required=False, empty_label="personne"
    )

    def __init__(self, donnee: DonneeDeBesoin, data: Any = None) -> None:
        super().__init__(donnee, data)
        self.fields["demandee_a"].queryset = offered_in(donnee.evaluation.espace)  # type: ignore[attr-defined]


def _asked_of(espace: EspaceDeContrat) -> "forms.ModelChoiceField[Organisation]":
    return forms.ModelChoiceField(
        offered_in(espace), label="Demandée à", required=False, empty_label="personne"
    )  # fmt: skip


class SolliciterForm(Formulaire):
    """Which bodies are asked; those of the contract that signed, unless others are chosen."""

    def __init__(self, evaluation: Evaluation, data: Any = None) -> None:
        espace = evaluation.espace
        signed = Organisation.objects.filter(signatures__espace=espace, signatures__retire=False).distinct()
        super().__init__(data, initial={"organismes": [one.pk for one in signed]})
        self.fields["organismes"] = forms.ModelMultipleChoiceField(
            offered_in(espace), label="Organismes", required=False, widget=forms.CheckboxSelectMultiple,
            help_text="Les signataires sont cochés. Qui a déjà répondu n’est pas sollicité à nouveau.",
        )  # fmt: skip


class ContributionForm(Formulaire):
    """The two questions."""

    change = Texte(
        label="Depuis le départ du contrat, qu’est-ce qui a changé dans ce que vous voyez ?", rows=5, max_length=TEXTE,
        required=False, help_text="Deux ou trois phrases. Ne nommez personne.",
    )  # fmt: skip
    besoin = Texte(
        label="Qu’est-ce qui manque le plus aujourd’hui ?", rows=5, max_length=TEXTE, required=False,
        help_text="Un chiffre avec sa source aide, s’il y en a un.",
    )  # fmt: skip

    def __init__(self, contribution: Contribution, data: Any = None) -> None:
        super().__init__(data, initial={"change": contribution.change, "besoin": contribution.besoin})
