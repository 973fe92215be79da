"""The forms of a series, and of one of its days."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.datastructures import MultiValueDict

from tenir.acteurs.models import Organisation
from tenir.activite.ecrans.commun import writable
from tenir.activite.ecrans.formulaires import LieuField, PlusieursField, bodies_for, places_of
from tenir.activite.ecrans.nombres import Relue, number_field
from tenir.activite.enums import JOURS, Rang, Statut, Zone
from tenir.activite.models import Serie
from tenir.activite.models.serie import AILLEURS
from tenir.activite.services.entree import Saisie
from tenir.activite.services.series import FICHES, RIGHT, WRITTEN, held_by
from tenir.activite.services.valeurs import Cle, field_of
from tenir.contrat.models import Lieu
from tenir.core.typographie import capital, typo
from tenir.ecran.formulaires import FormulaireSuivi, JourField
from tenir.fiches.models import FicheAction
from tenir.habilitations.rights import Acces
from tenir.natures.enums import Forme
from tenir.natures.modeles import NatureEntiere

WEEKS = [
    (1, "Toutes les semaines"),
    (2, "Une semaine sur deux"),
    *((n, f"Toutes les {n} semaines") for n in (3, 4, 6, 8)),
]


class JoursField(forms.MultipleChoiceField):
    """Days of the week, ticked; kept as digits, 0 for Monday."""

    hidden_widget = forms.HiddenInput

    def __init__(self) -> None:
        days = [(str(rank), capital(name)) for rank, name in enumerate(JOURS)]
        super().__init__(
            label="Jours",
            choices=days,
            widget=forms.CheckboxSelectMultiple,
            error_messages={"required": "Choisissez au moins un jour de la semaine."},
        )

    def to_python(self, value: Any) -> str:  # type: ignore[override]
        """The digits of the days, in the order of the week."""
        return "".join(sorted({one for one in str(value or "") if one in "0123456"}))

    def validate(self, value: Any) -> None:
        """One day at least."""
        if not value:
            raise ValidationError(self.error_messages["required"], code="required")

    def prepare_value(self, value: Any) -> Any:
        """The boxes to tick."""
        return list(value) if isinstance(value, str) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether other days are ticked."""
        return self.to_python(initial) != self.to_python(data)


class HeureField(forms.TimeField):
    """An hour of the day."""

    def __init__(self, label: str) -> None:
        super().__init__(label=label, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))


class SerieForm(FormulaireSuivi):
    """When a session comes back, where, by whom."""

    CHAMPS = (*WRITTEN, FICHES)
    GROUPES = (
        ("Ce qui revient", ("nature", "titre", "organisme")),
        ("Quand", ("jours", "semaines", "rang", "debut", "fin", "du", "au")),
        ("Sauf", ("sauf_feries", "zone")),
        ("Où", ("lieu", "autre_lieu")),
        ("Pour quelles actions", ("fiches",)),
    )
    titre = forms.CharField(label="Titre", max_length=80, required=False, help_text=typo("Vide : le nom de la nature."))
    organisme = forms.ModelChoiceField(
        Organisation.objects.none(), label="Organisme qui la tient", empty_label="Choisissez"
    )
    jours = JoursField()
    semaines = forms.TypedChoiceField(label="Rythme", choices=WEEKS, coerce=int, initial=1)
    rang = forms.TypedChoiceField(
        label="Ou un rang dans le mois",
        choices=[("", "Non"), *Rang.choices],
        coerce=int,
        empty_value=None,
        required=False,
    )
    debut = HeureField("De")
    fin = HeureField("À")
    du = JourField(label="À partir du")
    au = JourField(label="Jusqu’au", required=False, help_text=typo("Vide : sans fin prévue."))
    sauf_feries = forms.BooleanField(label="Les jours fériés", required=False)
    zone = forms.ChoiceField(
        label="Les vacances scolaires",
        choices=[("", "Elle continue pendant les vacances"), *Zone.choices],
        required=False,
    )
    lieu = LieuField(Lieu.objects.none(), label="Lieu", required=False, empty_label="Aucun de cette liste")
    autre_lieu = forms.CharField(label="Autre lieu", max_length=AILLEURS, required=False)
    fiches = PlusieursField(label="Actions", required=False)

    def __init__(self, serie: Serie, acces: Acces, data: MultiValueDict[str, Any] | None = None) -> None:
        super().__init__(serie, data)
        espace = serie.espace
        self.fields["organisme"].queryset = bodies_for(acces, espace, RIGHT, serie.organisme_id)  # type: ignore[attr-defined]
        self.fields["lieu"].queryset = places_of(espace, serie.lieu_id)  # type: ignore[attr-defined]
        rows = FicheAction.objects.of(espace).values_list("pk", "action__code", "action__titre")
        self.fields["fiches"].choices = [(str(pk), f"{code} {titre}") for pk, code, titre in rows]  # type: ignore[attr-defined]

    def held(self, chose: Model, name: str) -> Any:
        """What the series holds now, its actions too."""
        assert isinstance(chose, Serie)  # noqa: S101 (what this form is of)
        if name == FICHES:
            return sorted(str(one.pk) for one in chose.fiches.all()) if chose.pk else []
        if name == "organisme":
            return chose.organisme if chose.organisme_id else None
        return super().held(chose, name)

    def told(self, chose: Model, name: str, value: Any) -> str:
        """A value in words."""
        if name == FICHES:
            said = dict(self.fields[name].choices)  # type: ignore[attr-defined]
            return ", ".join(str(said.get(one, one)) for one in value)
        return super().told(chose, name, value)

    def actions(self) -> list[FicheAction]:
        """The actions that are ticked."""
        return list(FicheAction.objects.filter(pk__in=self.cleaned_data[FICHES]))


class NouvelleSerieForm(SerieForm):
    """The same, with the kind of what comes back: it never changes afterwards."""

    nature = forms.ChoiceField(label="Nature")

    def __init__(self, serie: Serie, acces: Acces, data: MultiValueDict[str, Any] | None = None) -> None:
        super().__init__(serie, acces, data)
        sessions = [one for one in writable(acces, serie.espace) if one.forme == Forme.SEANCE]
        kinds = [("", "Choisissez"), *((one.nature, one.libelle) for one in sessions)]
        self.fields["nature"].choices = kinds  # type: ignore[attr-defined]
        self.fields[FICHES].help_text = typo("Aucune : celles que nomme la nature.")

    def values(self) -> dict[str, Any]:
        """What is given of the series."""
        return {name: self.cleaned_data[name] for name in WRITTEN}


class JourneeForm(Relue):
    """Whether one day of a series took place, and the one number that must be given."""

    statut = forms.ChoiceField(
        label="A-t-elle eu lieu ?",
        choices=[(Statut.TENUE, "Oui, comme prévu"), (Statut.ANNULEE, "Non, elle est annulée")],
        initial=Statut.TENUE,
        widget=forms.RadioSelect,
    )

    def __init__(self, kind: NatureEntiere, data: MultiValueDict[str, Any] | None = None) -> None:
        super().__init__(data)
        self.cle: Cle | None = None
        if kind.needed:
            self.cle = (kind.needed.code, "")
            self.fields[field_of(self.cle)] = number_field(kind.needed)
        if self.exact:
            self.ask_twice()

    def saisie(self, serie: Serie, jour: date) -> Saisie:
        """What is written of that day."""
        champs = held_by(serie) | {"debut": jour, "fin": jour, "statut": self.cleaned_data["statut"]}
        return Saisie(champs, self.valeurs(), fiches=list(serie.fiches.all()), serie=serie)

    def valeurs(self) -> dict[Cle, Any]:
        """The number that is given, of a session that was held."""
        held = self.cleaned_data["statut"] == Statut.TENUE
        value: Decimal | None = self.cleaned_data.get(field_of(self.cle)) if self.cle and held else None
        return {self.cle: value} if self.cle and value is not None else {}
