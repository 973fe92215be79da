"""The forms of walks."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.db.models import QuerySet

from tenir.acteurs.models import Organisation
from tenir.activite.ecrans.formulaires import bodies_for
from tenir.core import horloge
from tenir.core.typographie import date_fr, typo
from tenir.ecran.formulaires import Formulaire, FormulaireSuivi, JourField, Texte
from tenir.equipe.organismes import offered_in
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.organismes import bodies_of
from tenir.habilitations.rights import Acces, may
from tenir.marches.enums import Categorie, EtatDArret, Evolution, Urgence
from tenir.marches.models import CONSTAT, Arret, Marche, MarcheQuerySet
from tenir.marches.services.commun import RIGHT
from tenir.preconisations.models import TEXTE

PERSONNE = "Ne nommez personne."
SANS_VISAGE = "Ni visage ni plaque. Le jour, le lieu et l’appareil que la photographie porte en elle sont effacés."


def _body(label: str, rows: "QuerySet[Organisation]", **options: Any) -> "forms.ModelChoiceField[Organisation]":
    return forms.ModelChoiceField(rows, label=label, **{"required": False, "empty_label": "–", **options})


def followable(acces: Acces, espace: EspaceDeContrat) -> MarcheQuerySet:
    """The walks that she keeps and that none follows yet."""
    rows = Marche.objects.of(espace).filter(suites=None).order_by("-jour", "-numero")
    if may(acces, RIGHT, espace):
        return rows
    return rows.filter(conduite_par__identifiant__in=bodies_of(acces, espace))


def _told(marche: Marche) -> str:
    return typo(f"{marche.code} {marche.titre}, {date_fr(marche.jour)}")


class PhotoField(forms.FileField):
    """A photograph, taken at once on a telephone."""

    def __init__(self, label: str = "Photographie") -> None:
        widget = forms.FileInput(attrs={"accept": "image/jpeg,image/png"})
        super().__init__(
            label=label, required=False, allow_empty_file=True, max_length=1000, help_text=SANS_VISAGE, widget=widget
        )


class NouvelleMarcheForm(Formulaire):
    """A walk: where, when, who leads it, which it follows."""

    titre = forms.CharField(label="Où passe la marche", max_length=200, help_text=PERSONNE)
    jour = JourField(label="Jour")

    def __init__(self, acces: Acces, espace: EspaceDeContrat, data: Any = None, **initial: Any) -> None:
        super().__init__(data, initial={"jour": horloge.today(espace), **initial})
        bodies = bodies_for(acces, espace, RIGHT)
        self.fields["conduite_par"] = _body("Qui la conduit", bodies, required=True, empty_label="Choisissez")
        before = forms.ModelChoiceField(
            followable(acces, espace), label="À la suite de", required=False,
            empty_label="aucune : c’est une première marche", help_text="Ses arrêts sont repris, à revoir un par un.",
        )  # fmt: skip
        before.label_from_instance = _told  # type: ignore[method-assign,assignment]
        self.fields["suite_de"] = before


class MarcheForm(FormulaireSuivi):
    """What a walk says of itself."""

    CHAMPS: ClassVar[Sequence[str]] = ("titre", "jour", "conduite_par")
    titre = forms.CharField(label="Où passe la marche", max_length=200, help_text=PERSONNE)
    jour = JourField(label="Jour")
    conduite_par = _body("Qui la conduit", Organisation.objects.none(), required=True, empty_label="Choisissez")

    def __init__(self, acces: Acces, marche: Marche, data: Any = None) -> None:
        super().__init__(marche, data)
        bodies = bodies_for(acces, marche.espace, RIGHT)
        self.fields["conduite_par"].queryset = bodies  # type: ignore[attr-defined]


def _constat(*, required: bool) -> Texte:
    return Texte(label="Ce que l’on y voit", rows=3, max_length=CONSTAT, required=required, help_text=PERSONNE)


def _urgence() -> "forms.TypedChoiceField":
    return forms.TypedChoiceField(
        label="Urgence", choices=Urgence.choices, coerce=int, initial=Urgence.ATTENDRE, widget=forms.RadioSelect
    )


class NouvelArretForm(Formulaire):
    """A stop, as one writes it standing there: a place, a subject, how urgent, a few words, a photograph."""

    lieu = forms.CharField(label="Lieu", max_length=200)
    categorie = forms.ChoiceField(label="Sujet", choices=[("", "Choisissez"), *Categorie.choices])
    urgence = _urgence()
    constat = _constat(required=True)
    fichier = PhotoField()

    def __init__(self, espace: EspaceDeContrat, data: Any = None, files: Any = None) -> None:
        super().__init__(data, files)
        self.fields["organisme"] = _body("Qui peut agir", offered_in(espace))
        self.order_fields(["lieu", "categorie", "urgence", "constat", "fichier", "organisme"])


class ArretForm(FormulaireSuivi):
    """What a stop says, what was done; of one that is seen again, what has become of it."""

    CHAMPS: ClassVar[Sequence[str]] = (
        "evolution", "etat", "suite", "urgence", "constat", "categorie", "lieu", "organisme", "rang",
    )  # fmt: skip
    evolution = forms.ChoiceField(
        label="Depuis la marche d’avant", choices=[("", "pas encore revu"), *Evolution.choices], required=False
    )
    lieu = forms.CharField(label="Lieu", max_length=200)
    categorie = forms.ChoiceField(label="Sujet", choices=Categorie.choices)
    urgence = _urgence()
    constat = _constat(required=False)
    organisme = _body("Qui peut agir", Organisation.objects.none())
    etat = forms.ChoiceField(label="Où cela en est", choices=EtatDArret.choices)
    suite = Texte(
        label="Ce qui a été fait", rows=3, max_length=CONSTAT, required=False,
        help_text="Sans suite : pourquoi rien n’est fait.",
    )  # fmt: skip

    rang = forms.IntegerField(label="Rang dans l’itinéraire", min_value=1, max_value=99)

    def __init__(self, arret: Arret, data: Any = None) -> None:
        super().__init__(arret, data)
        self.order_fields(self.CHAMPS)
        self.fields["organisme"].queryset = offered_in(arret.marche.espace)  # type: ignore[attr-defined]
        if arret.repris_id is None:
            del self.fields["evolution"]


class PhotoForm(Formulaire):
    """Another photograph, or none: taking it off is said, never what an empty form does."""

    fichier = PhotoField()

    def __init__(self, arret: Arret, data: Any = None, files: Any = None) -> None:
        super().__init__(data, files)
        if arret.photo:
            self.fields["retirer"] = forms.BooleanField(label="Retirer la photographie", required=False)

    def clean(self) -> dict[str, Any] | None:
        """One of the two."""
        given = super().clean() or {}
        if not self.errors and bool(given.get("fichier")) == bool(given.get("retirer")):
            self.add_error("fichier", "Choisissez une photographie, ou cochez qu’on la retire : l’un des deux.")
        return given


class PublierMarcheForm(Formulaire):
    """Which photographs anyone will see."""

    def __init__(self, arrets: Sequence[Arret], data: Any = None) -> None:
        super().__init__(data, initial={"photos": [one.pk for one in arrets if one.photo_publique]})
        offered = [(one.pk, f"{rank}. {one.lieu}") for rank, one in enumerate(arrets, 1) if one.photo]
        if offered:
            self.fields["photos"] = forms.TypedMultipleChoiceField(
                label="Photographies visibles de tous", choices=offered, coerce=int, required=False,
                widget=forms.CheckboxSelectMultiple,
                help_text="Cochez celles où l’on ne reconnaît personne, ni visage, ni plaque.",
            )  # fmt: skip


class DemanderForm(Formulaire):
    """The préconisation made of a stop: its words, who answers, by when."""

    texte = Texte(
        label="Ce qui est demandé", rows=4, max_length=TEXTE, help_text="Publié aussitôt. Ne nommez personne."
    )
    echeance = JourField(label="Réponse attendue le", required=False, help_text="Sans date : deux mois après.")

    def __init__(self, arret: Arret, data: Any = None) -> None:
        super().__init__(data, initial={"texte": arret.constat, "organisme": arret.organisme})
        bodies = offered_in(arret.marche.espace)
        self.fields["organisme"] = _body("Qui répond", bodies, required=True, empty_label="Choisissez")
        self.order_fields(["texte", "organisme", "echeance"])
