"""The forms of préconisations."""

from typing import Any, ClassVar

from django import forms
from django.db.models import Model

from tenir.acteurs.models import Organisation
from tenir.core import horloge
from tenir.core.typographie import date_fr, typo
from tenir.ecran.formulaires import Formulaire, FormulaireSuivi, JourField, Texte
from tenir.equipe.organismes import offered_in
from tenir.fiches.models import FicheAction
from tenir.gouvernance.models import Decision, Reunion
from tenir.habilitations.models import EspaceDeContrat
from tenir.preconisations.enums import ANSWERS, Origine
from tenir.preconisations.models import TEXTE, Preconisation
from tenir.preconisations.services.recevoir import due_on

LEURRE = "site"
"""A field that nobody sees and that machines fill: what fills it is thrown away."""
NOBODY = "Ne nommez personne, pas même vous : ce que vous écrivez sera public après lecture par l’équipe."


def _one(label: str, rows: Any, text: Any = str, **options: Any) -> "forms.ModelChoiceField[Any]":
    field = forms.ModelChoiceField(rows, label=label, **{"required": False, "empty_label": "–", **options})
    field.label_from_instance = text  # type: ignore[method-assign]
    return field


def _texte(label: str, help_text: str = "") -> Texte:
    return Texte(label=label, rows=4, max_length=TEXTE, help_text=typo(help_text))


class DepotForm(forms.Form):
    """What a resident sends without an account: one required field."""

    texte = _texte("Ce que vous proposez ou demandez", NOBODY)
    lieu = forms.CharField(label="Où, s’il s’agit d’un lieu", required=False, max_length=200)
    courriel = forms.EmailField(
        label="Votre adresse électronique, si vous voulez la réponse",
        required=False,
        max_length=254,
        help_text="Jamais montrée, effacée trois mois après la réponse. Sans elle, gardez le lien qui s’affichera.",
    )
    site = forms.CharField(required=False, widget=forms.HiddenInput)

    @property
    def is_of_a_machine(self) -> bool:
        """Whether the field that nobody sees was filled."""
        return bool(self.cleaned_data.get(LEURRE))


class NouvelleForm(Formulaire):
    """What the team writes down, for the council, a meeting, a walk, a resident."""

    texte = _texte("La préconisation", "Ne nommez personne : elle est publiée aussitôt.")
    origine = forms.ChoiceField(label="D’où elle vient", choices=Origine.choices)
    lieu = forms.CharField(label="Lieu", required=False, max_length=200)
    recue_le = JourField(label="Reçue le")
    echeance = JourField(label="Réponse attendue le", required=False, help_text="Sans date : deux mois après.")

    def __init__(self, espace: EspaceDeContrat, data: Any = None, **initial: Any) -> None:
        super().__init__(data, initial={"recue_le": horloge.today(espace), **initial})
        self.fields["organisme"] = _one("Qui répond", offered_in(espace), required=True, empty_label="Choisissez")
        self.fields["reunion"] = _one(
            "Réunion", Reunion.objects.of(espace), help_text="Quand elle vient d’une réunion."
        )
        self.fields["fiche"] = _fiche(espace)
        self.order_fields(["texte", "origine", "reunion", "lieu", "recue_le", "organisme", "echeance", "fiche"])


class PublierForm(Formulaire):
    """What is published of what a resident sent: its words, read again; who answers, by when."""

    texte = _texte("Ce qui sera publié", "Retirez ce qui nomme quelqu’un ou donne une adresse.")
    lieu = forms.CharField(
        label="Lieu", required=False, max_length=200, help_text="Publié aussi : retirez ce qui désigne quelqu’un."
    )
    echeance = JourField(label="Réponse attendue le")

    def __init__(self, preconisation: Preconisation, data: Any = None) -> None:
        due = preconisation.echeance or due_on(preconisation.recue_le)
        super().__init__(
            data,
            initial={
                "texte": preconisation.texte,
                "lieu": preconisation.lieu,
                "echeance": due,
                "organisme": preconisation.organisme,
            },
        )
        bodies = offered_in(preconisation.espace)
        self.fields["organisme"] = _one("Qui répond", bodies, required=True, empty_label="Choisissez")
        self.order_fields(["texte", "lieu", "organisme", "echeance"])


class EcarterForm(Formulaire):
    """Why one is not published."""

    motif = Texte(label="Pourquoi", max_length=500, help_text="Qui l’a envoyée lit cette raison ; personne d’autre.")


class ModifierForm(FormulaireSuivi):
    """Its words, who answers, by when, what it is linked to."""

    CHAMPS: ClassVar[tuple[str, ...]] = ("texte", "lieu", "organisme", "echeance", "fiche", "decision")
    texte = _texte("La préconisation")
    lieu = forms.CharField(label="Lieu", required=False, max_length=200)
    organisme = _one("Qui répond", Organisation.objects.none())
    echeance = JourField(label="Réponse attendue le", required=False)
    fiche = _one("Action", FicheAction.objects.none(), lambda one: f"{one.code} {one.action.titre}")
    decision = _one("Décision", Decision.objects.none(), lambda one: f"{one.code} {one.texte[:80]}")

    def __init__(self, espace: EspaceDeContrat, chose: Model, data: Any = None) -> None:
        super().__init__(chose, data)
        offered = {
            "organisme": offered_in(espace),
            "fiche": FicheAction.objects.of(espace).select_related("action"),
            "decision": Decision.objects.of(espace).order_by("-numero"),
        }
        for name, rows in offered.items():
            self.fields[name].queryset = rows  # type: ignore[attr-defined]


class ReponseForm(Formulaire):
    """An answer, and its reason."""

    reponse = forms.ChoiceField(
        label="Votre réponse", choices=[(one.value, one.label) for one in ANSWERS], widget=forms.RadioSelect
    )
    raison = _texte("La raison", "Elle est publiée avec la réponse. Ne nommez personne.")
    jusqu_au = JourField(
        label="À l’étude jusqu’au", required=False, help_text="Seulement si la réponse est « à l’étude »."
    )


class RouvrirForm(Formulaire):
    """Why the answer does not answer."""

    pourquoi = Texte(label="En quoi la réponse ne répond pas", max_length=500, help_text="Cette raison est publiée.")


class InscrireForm(Formulaire):
    """The meeting that will examine it."""

    def __init__(self, preconisation: Preconisation, data: Any = None) -> None:
        super().__init__(data)
        rows = Reunion.objects.of(preconisation.espace).to_come().order_by("jour", "pk")
        told = lambda one: typo(f"{one.instance.nom} du {date_fr(one.jour)}")  # noqa: E731
        self.fields["reunion"] = _one("Réunion", rows, told, required=True, empty_label="Choisissez")


def _fiche(espace: EspaceDeContrat) -> "forms.ModelChoiceField[Any]":
    rows = FicheAction.objects.of(espace).select_related("action")
    return _one("Action", rows, lambda one: f"{one.code} {one.action.titre}")
