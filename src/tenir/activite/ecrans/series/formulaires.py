"""The forms of a series, and of one of its days."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.datastructures import MultiValueDict

from tenir.activite.catalogue import offered_in
from tenir.activite.enums import JOURS, Rang, Statut, Zone
from tenir.activite.models import Serie
from tenir.activite.services.entree import EXACT, Saisie
from tenir.activite.services.series import WRITTEN
from tenir.activite.services.valeurs import Cle, field_of
from tenir.contrat.models import Lieu
from tenir.core.typographie import typo
from tenir.ecran.formulaires import Formulaire, FormulaireSuivi, JourField
from tenir.equipe.organismes import offered_in as bodies_offered
from tenir.equipe.organismes import theirs
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
        days = [(str(rank), name.capitalize()) for rank, name in enumerate(JOURS)]
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

    CHAMPS = WRITTEN
    GROUPES = (
        ("Ce qui revient", ("nature", "titre", "organisme")),
        ("Quand", ("jours", "semaines", "rang", "debut", "fin", "du", "au")),
        ("Sauf", ("sauf_feries", "zone")),
        ("Où", ("lieu", "autre_lieu")),
        ("Pour quelles actions", ("fiches",)),
    )
    titre = forms.CharField(label="Titre", max_length=80, required=False, help_text=typo("Vide : le nom de la nature."))
    organisme = forms.ModelChoiceField(
        FicheAction.objects.none(), label="Organisme qui la tient", empty_label="Choisissez"
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
    lieu = forms.ModelChoiceField(Lieu.objects.none(), label="Lieu du contrat", required=False, empty_label="Aucun")
    autre_lieu = forms.CharField(label="Ou un autre lieu", max_length=120, required=False)

    def __init__(self, serie: Serie, acces: Acces, data: MultiValueDict[str, Any] | None = None) -> None:
        super().__init__(serie, data)
        espace = serie.espace
        bodies = theirs(acces, "serie.update", espace, bodies_offered(espace))
        self.fields["organisme"].queryset = bodies  # type: ignore[attr-defined]
        self.fields["lieu"].queryset = Lieu.objects.of(espace)  # type: ignore[attr-defined]
        self.fields["lieu"].label_from_instance = lambda lieu: lieu.nom  # type: ignore[attr-defined]


class NouvelleSerieForm(SerieForm):
    """The same, with the kind of what comes back: it never changes afterwards."""

    nature = forms.ChoiceField(label="Nature")
    fiches = forms.ModelMultipleChoiceField(
        FicheAction.objects.none(), label="Actions", required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, serie: Serie, acces: Acces, data: MultiValueDict[str, Any] | None = None) -> None:
        super().__init__(serie, acces, data)
        sessions = [one for one in offered_in(serie.espace) if one.forme == Forme.SEANCE]
        self.fields["nature"].choices = [  # type: ignore[attr-defined]
            ("", "Choisissez"),
            *((one.nature, one.libelle) for one in sessions),
        ]
        self.fields["fiches"].queryset = FicheAction.objects.of(serie.espace).select_related("action")  # type: ignore[attr-defined]
        self.fields["fiches"].label_from_instance = lambda fiche: f"{fiche.code} {fiche.action.titre}"  # type: ignore[attr-defined]
        self.fields["fiches"].help_text = typo("Aucune : celles que nomme la nature.")

    def values(self) -> dict[str, Any]:
        """What is given of the series."""
        return {name: self.cleaned_data[name] for name in WRITTEN}


class JourneeForm(Formulaire):
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
        main = kind.mesure(kind.principale) if kind.principale else None
        if main:
            self.cle = (main.code, "")
            self.fields[field_of(self.cle)] = forms.DecimalField(
                label=main.asked,
                required=False,
                min_value=0,
                decimal_places=2 if main.decimales else 0,
                widget=forms.NumberInput(attrs={"inputmode": "numeric", "step": "any" if main.decimales else "1"}),
            )
        if data and EXACT in data:
            self._doubt()

    def refuse(self, error: ValidationError) -> None:
        """Take over what the service refused; of what it doubts, ask whether it is exact."""
        if EXACT in getattr(error, "error_dict", {}):
            self._doubt()
        super().refuse(error)

    def _doubt(self) -> None:
        self.fields[EXACT] = forms.BooleanField(label="Tout est exact", required=False)

    @property
    def exact(self) -> bool:
        """Whether she says that what is out of the ordinary is exact."""
        return bool(self.data.get(EXACT))

    def saisie(self, serie: Serie, jour: date) -> Saisie:
        """What is written of that day."""
        champs = {
            "debut": jour,
            "fin": jour,
            "minutes": serie.minutes,
            "lieu": serie.lieu,
            "autre_lieu": serie.autre_lieu,
            "organisme": serie.organisme,
            "titre": serie.titre,
            "statut": self.cleaned_data["statut"],
        }
        held = self.cleaned_data["statut"] == Statut.TENUE
        value: Decimal | None = self.cleaned_data.get(field_of(self.cle)) if self.cle and held else None
        valeurs = {self.cle: value} if self.cle and value is not None else {}
        return Saisie(champs, valeurs, fiches=list(serie.fiches.all()), serie=serie)
