"""The forms of calls, candidates and mandates."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms

from tenir.conseil.champs import APPEL, CANDIDAT
from tenir.conseil.enums import CollegeDuConseil, Sexe, TrancheDAge
from tenir.conseil.models import AppelACandidatures, Candidature
from tenir.core.typographie import typo
from tenir.ecran.formulaires import Formulaire, FormulaireSuivi, JourField, Texte

CHOOSE = ("", "Choisissez")
PIEGE = "site_web"
"""The field that nobody sees: who fills it is no one."""


def _count(label: str, *, least: int = 0, **options: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=least, max_value=60, **options)


class AppelForm(FormulaireSuivi):
    """A call: what it says, until when, and what will be drawn."""

    CHAMPS: ClassVar[Sequence[str]] = APPEL
    GROUPES: ClassVar[Sequence[tuple[str, Sequence[str]]]] = (
        ("L’appel", ("texte", "ouvre_le", "ferme_le", "duree_mois")),
        ("Collège des habitants", tuple(one for one in APPEL if one.endswith("habitants"))),
        ("Collège des associations et acteurs locaux", tuple(one for one in APPEL if one.endswith("acteurs"))),
    )
    texte = Texte(
        label="Ce que dit l’appel", rows=6, max_length=4000,
        help_text="À quoi sert le conseil, combien de réunions, ce que l’on attend. Tout le monde le lira.",
    )  # fmt: skip
    ouvre_le = JourField(label="Ouvre le")
    ferme_le = JourField(label="Dernier jour pour candidater")
    duree_mois = forms.IntegerField(label="Durée du mandat, en mois", min_value=1, max_value=84)
    sieges_habitants = _count("Sièges à tirer", least=1)
    femmes_habitants = _count("Réservés d’abord à des femmes")
    hommes_habitants = _count("Réservés d’abord à des hommes")
    suppleants_habitants = _count("Suppléants")
    sieges_acteurs = _count("Sièges à tirer", help_text="Zéro : ce collège n’est pas tiré au sort.")
    femmes_acteurs = _count("Réservés d’abord à des femmes")
    hommes_acteurs = _count("Réservés d’abord à des hommes")
    suppleants_acteurs = _count("Suppléants")


class CandidatForm(Formulaire):
    """Who offers to sit: how to reach her, and what the draw counts."""

    nom = forms.CharField(label="Nom et prénom", max_length=150)
    contact = forms.CharField(
        label="Courriel ou téléphone", max_length=200, help_text="Pour vous dire l’issue du tirage ; effacé ensuite."
    )
    college = forms.ChoiceField(label="Collège", choices=[CHOOSE, *CollegeDuConseil.choices])
    sexe = forms.ChoiceField(
        label="Compté pour la parité comme", choices=[CHOOSE, *Sexe.choices],
        help_text="La loi veut la parité parmi les habitants tirés au sort.",
    )  # fmt: skip
    age = forms.ChoiceField(
        label="Âge", choices=[("", "Je préfère ne pas le dire"), *TrancheDAge.choices], required=False
    )
    secteur = forms.CharField(
        label="Rue ou secteur, ou structure", required=False, max_length=100,
        help_text="Sans numéro. Pour savoir si tout le quartier est là ; le tirage n’en tient pas compte.",
    )  # fmt: skip

    def __init__(self, appel: AppelACandidatures, data: Any = None) -> None:
        super().__init__(data)
        drawn = {one.college for one in appel.places}
        self.fields["college"].choices = [CHOOSE, *(one for one in CollegeDuConseil.choices if one[0] in drawn)]  # type: ignore[attr-defined]


class CandidaterForm(CandidatForm):
    """The same, for anyone, with a field that only a robot fills."""

    site_web = forms.CharField(label="Ne remplissez pas ce champ", required=False, max_length=200)

    @property
    def is_a_robot(self) -> bool:
        """Whether what nobody sees was filled."""
        return bool(self.data.get(PIEGE))

    def given(self) -> dict[str, Any]:
        """What is kept of it."""
        return {name: self.cleaned_data[name] for name in CANDIDAT}


class CorrigerForm(FormulaireSuivi):
    """Correcting a candidate; once the list is frozen, only how to reach her."""

    CHAMPS: ClassVar[Sequence[str]] = CANDIDAT
    nom = forms.CharField(label="Nom et prénom", max_length=150)
    contact = forms.CharField(label="Courriel ou téléphone", max_length=200)
    college = forms.ChoiceField(label="Collège", choices=CollegeDuConseil.choices)
    sexe = forms.ChoiceField(label="Compté pour la parité comme", choices=Sexe.choices)
    age = forms.ChoiceField(label="Âge", choices=[("", "Non dit"), *TrancheDAge.choices], required=False)
    secteur = forms.CharField(label="Rue ou secteur, ou structure", required=False, max_length=100)

    def __init__(self, chose: Candidature, data: Any = None) -> None:
        super().__init__(chose, data)
        if chose.appel is not None and chose.appel.fige_le:
            for name in CANDIDAT[2:]:
                del self.fields[name]


class TirerForm(Formulaire):
    """The words drawn in public, and how."""

    mots = forms.CharField(
        label="Mots tirés en public", max_length=200,
        help_text="Trois au moins, dans l’ordre où ils sont sortis : ils se copient tels quels dans la graine.",
    )  # fmt: skip
    circonstances = forms.CharField(
        label="Où, et comment", max_length=300,
        help_text=typo("Exemple : en réunion publique, trois pages d’un livre ouvertes au hasard. Sans nom."),
    )  # fmt: skip


class MembreForm(Formulaire):
    """A member whom no draw of ours chose."""

    nom = forms.CharField(label="Nom et prénom", max_length=150)
    contact = forms.CharField(label="Courriel ou téléphone", max_length=200)
    college = forms.ChoiceField(label="Collège", choices=[CHOOSE, *CollegeDuConseil.choices])
    sexe = forms.ChoiceField(label="Compté pour la parité comme", choices=[CHOOSE, *Sexe.choices])
    secteur = forms.CharField(label="Rue ou secteur, ou structure", required=False, max_length=100)
    du = JourField(label="Membre depuis le")
    au = JourField(label="Son mandat prend fin le", help_text="Ses coordonnées seront effacées ce jour-là.")


class FinDeMandatForm(Formulaire):
    """Why a member leaves."""

    motif = forms.CharField(
        label="Pourquoi", max_length=200, help_text="Déménagement, démission… Sans nommer personne, ni parler de santé."
    )


class Rien(Formulaire):
    """A question, and its one button."""
