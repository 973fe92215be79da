"""The forms of calls, candidates and mandates."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django import forms

from tenir.conseil.champs import APPEL, CANDIDAT
from tenir.conseil.enums import (
    CollegeDuConseil,
    GenreDeMoyen,
    GenreDePiece,
    PresenceDuMembre,
    Sens,
    Sexe,
    Silence,
    TrancheDAge,
    UniteDeDelai,
)
from tenir.conseil.models import AppelACandidatures, Candidature, Mandat, PieceDuConseil
from tenir.conseil.models.appels import AGES, sectors_in
from tenir.conseil.models.avis import LISIBLE
from tenir.core.typographie import typo
from tenir.ecran.formulaires import FichierField, Formulaire, FormulaireSuivi, JourField, Texte
from tenir.equipe.organismes import offered_in
from tenir.gouvernance.enums import NatureDeSource
from tenir.gouvernance.models import Reunion
from tenir.habilitations.models import EspaceDeContrat

CHOOSE = ("", "Choisissez")
COUNTS = typo(
    "Le tirage en tient compte : il y réserve des sièges. La liste publique le dit par numéro, sans nommer personne, "
    "si cinq personnes au moins se ressemblent."
)
PIEGE = "site_web"
"""The field that nobody sees: who fills it is no one."""


def _one(label: str, rows: Any, **options: Any) -> "forms.ModelChoiceField[Any]":
    """One row among some, or none."""
    return forms.ModelChoiceField(rows, label=label, **{"required": False, "empty_label": "–", **options})


def _count(label: str, *, least: int = 0, **options: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=least, max_value=60, **options)


class AppelForm(FormulaireSuivi):
    """A call: what it says, until when, and what will be drawn."""

    CHAMPS: ClassVar[Sequence[str]] = APPEL
    GROUPES: ClassVar[Sequence[tuple[str, Sequence[str]]]] = (
        ("L’appel", ("texte", "ouvre_le", "ferme_le", "duree_mois")),
        ("Collège des habitants", tuple(one for one in APPEL if one.endswith("habitants") and one not in AGES)),
        ("Âge et secteur des habitants tirés", (*AGES, "secteurs")),
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
    jeunes_habitants = _count("Réservés d’abord aux 16 à 25 ans", required=False)
    adultes_habitants = _count("Réservés d’abord aux 26 à 45 ans", required=False)
    murs_habitants = _count("Réservés d’abord aux 46 à 64 ans", required=False)
    aines_habitants = _count("Réservés d’abord aux 65 ans ou plus", required=False)
    secteurs = Texte(
        label="Rues ou secteurs", rows=4, max_length=1000, required=False,
        help_text=typo(
            "Un par ligne, avec les sièges réservés d’abord à ceux qui y habitent : « Gare : 2 ». Sans nombre, aucun "
            "n’est réservé. Un âge ou un secteur n’entre dans la liste publique que si personne ne s’y distingue parmi "
            "moins de cinq."
        ),
    )  # fmt: skip
    sieges_acteurs = _count("Sièges à tirer", help_text="Zéro : ce collège n’est pas tiré au sort.")
    femmes_acteurs = _count("Réservés d’abord à des femmes")
    hommes_acteurs = _count("Réservés d’abord à des hommes")
    suppleants_acteurs = _count("Suppléants")

    def clean(self) -> dict[str, Any]:
        """No number of seats kept is none."""
        return super().clean() | {name: self.cleaned_data.get(name) or 0 for name in AGES}  # type: ignore[operator]


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
        ask_classes(self, appel)


def ask_classes(form: forms.Form, appel: AppelACandidatures | None, held: str = "") -> None:
    """Where seats are kept by age or by sector, say that the draw counts it; the sectors that are named are chosen."""
    if appel is None:
        return
    kept = {fact for (fact, _), _ in appel.classes}
    if "age" in kept:
        form.fields["age"].help_text = COUNTS
    if names := list(sectors_in(appel.secteurs)):
        offered = [*names, *([held] if held and held not in names else [])]
        choices = [("", "Ailleurs, ou je préfère ne pas le dire"), *((one, one) for one in offered)]
        told = COUNTS if "secteur" in kept else "Pour savoir si tout le quartier est là."
        form.fields["secteur"] = forms.ChoiceField(
            label="Rue ou secteur", choices=choices, required=False, help_text=told,
            show_hidden_initial=form.fields["secteur"].show_hidden_initial,
        )  # fmt: skip


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
        else:
            ask_classes(self, chose.appel, chose.secteur)


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


class PieceForm(Formulaire):
    """A file or a link, what it is, for which meeting."""

    genre = forms.ChoiceField(label="Sorte", choices=GenreDePiece.choices)
    titre = forms.CharField(label="Titre", max_length=200, required=False, help_text="Sinon, celui du fichier.")
    fichier = FichierField()
    lien = forms.URLField(label="Ou un lien", required=False, max_length=500, assume_scheme="https")
    partagee = forms.BooleanField(
        label="Partager avec les autres conseils de ce site", required=False,
        help_text="Ceux qui lisent un autre contrat la trouveront dans la bibliothèque des conseils.",
    )  # fmt: skip

    def __init__(self, espace: EspaceDeContrat, data: Any = None, files: Any = None) -> None:
        super().__init__(data, files)
        meetings = Reunion.objects.of(espace).order_by("-jour")
        self.fields["reunion"] = _one("Pour la réunion", meetings)


class MoyenForm(Formulaire):
    """A means given to the council."""

    genre = forms.ChoiceField(label="Sorte", choices=GenreDeMoyen.choices)
    description = forms.CharField(label="Ce qui est donné", max_length=200)
    montant = forms.DecimalField(
        label="Montant en euros", required=False, max_digits=12, decimal_places=2, localize=True
    )
    du = JourField(label="Depuis le")
    au = JourField(label="Prend fin le", required=False)

    def __init__(self, espace: EspaceDeContrat, data: Any = None, **initial: Any) -> None:
        super().__init__(data, initial=initial)
        self.fields["organisme"] = _one("Donné par", offered_in(espace))


class AvisForm(Formulaire):
    """What an opinion is asked on, and the rule that applies."""

    RAPPORT, AUTRE = "rapport-annuel", "autre"
    GROUPES: ClassVar[Sequence[tuple[str, Sequence[str]]]] = (
        ("La demande", ("sur", "objet", "piece", "recue_le", "niveau")),
        ("La règle, sauf pour le rapport annuel", ("delai", "unite", "silence", "nature", "source")),
    )
    sur = forms.ChoiceField(
        label="Sur quoi", choices=[(RAPPORT, "le rapport annuel du contrat"), (AUTRE, "un autre document")]
    )
    objet = forms.CharField(
        label="Avis demandé sur", max_length=200, help_text="Le titre du document, en français simple."
    )
    recue_le = JourField(label="Reçu par le conseil le", help_text="Le délai court à partir du lendemain.")
    niveau = forms.TypedChoiceField(label="Lisible par", choices=LISIBLE, coerce=int)
    delai = forms.IntegerField(label="Délai", required=False, min_value=1, max_value=366)
    unite = forms.ChoiceField(label="En", choices=UniteDeDelai.choices, required=False)
    silence = forms.ChoiceField(label="Le silence", choices=[CHOOSE, *Silence.choices], required=False)
    nature = forms.ChoiceField(
        label="Ce qui le dit", required=False,
        choices=[CHOOSE, *(one for one in NatureDeSource.choices if one[0] != NatureDeSource.LOI)],
    )  # fmt: skip
    source = forms.CharField(
        label="Source", required=False, max_length=300, help_text="Les lignes du contrat, ou le règlement et son jour."
    )

    def __init__(self, espace: EspaceDeContrat, data: Any = None, **initial: Any) -> None:
        super().__init__(data, initial=initial)
        self.fields["piece"] = _one(
            "Document", PieceDuConseil.objects.of(espace), help_text="Une pièce de l’espace du conseil."
        )


class CorrigerAvisForm(FormulaireSuivi):
    """Correcting a request; its rule is kept."""

    CHAMPS: ClassVar[Sequence[str]] = ("objet", "recue_le", "niveau")
    objet = forms.CharField(label="Avis demandé sur", max_length=200)
    recue_le = JourField(label="Reçu par le conseil le", help_text="Le dernier jour suivra.")
    niveau = forms.TypedChoiceField(label="Lisible par", choices=LISIBLE, coerce=int)


class RendreForm(Formulaire):
    """What the council says."""

    sens = forms.ChoiceField(label="L’avis du conseil", choices=Sens.choices, widget=forms.RadioSelect)
    texte = Texte(
        label="Ce que dit l’avis", rows=8, required=False, max_length=10_000,
        help_text="Ce que le conseil pense, et pourquoi. Sans nommer personne.",
    )  # fmt: skip


class QuestionForm(Formulaire):
    """A question of the council: to whom, by when."""

    texte = Texte(label="La question", rows=4, max_length=1000)
    echeance = JourField(label="Réponse attendue le")

    def __init__(self, espace: EspaceDeContrat, data: Any = None) -> None:
        super().__init__(data)
        self.fields["organisme"] = _one("Qui répond", offered_in(espace), required=True, empty_label="Choisissez")
        self.order_fields(["texte", "organisme", "echeance"])


class ReponseForm(Formulaire):
    """What the council is answered."""

    reponse = Texte(label="La réponse", rows=6, max_length=4000, help_text="En français simple. Sans nommer personne.")


class PresencesDesMembresForm(Formulaire):
    """What was seen of each member."""

    def __init__(self, mandats: Sequence[Mandat], seen: Mapping[int, str], data: Any = None, *, names: bool) -> None:
        super().__init__(data)
        self.mandats = mandats
        for one in mandats:
            who = f" {one.candidature.nom}" if names and one.candidature.nom else ""
            self.fields[f"m_{one.pk}"] = forms.ChoiceField(
                label=typo(f"N° {one.candidature.numero}{who}, collège des {one.candidature.get_college_display()}"),
                choices=[("", "non noté"), *PresenceDuMembre.choices],
                required=False,
                initial=seen.get(one.pk, ""),
            )

    def presences(self) -> dict[int, str]:
        """What was noted, by the number of the mandate."""
        return {one.pk: self.cleaned_data[f"m_{one.pk}"] for one in self.mandats}
