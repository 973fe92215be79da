"""The forms of rooms and of bookings. That of a booking has no field in which a reason, or a name, could be written,
but the title of a permanence."""

from datetime import date, time, timedelta
from typing import Any

from django import forms
from django.db.models import Model

from tenir.acteurs.models import Organisation
from tenir.activite.ecrans.formulaires import bodies_for
from tenir.activite.ecrans.series.formulaires import HeureField, JoursField
from tenir.activite.models import Objet
from tenir.core import horloge
from tenir.core.typographie import clock_fr, typo
from tenir.ecran.formulaires import Formulaire, FormulaireSuivi, JourField
from tenir.equipe.organismes import offered_in
from tenir.habilitations.rights import Acces
from tenir.reservations.champs import WRITTEN
from tenir.reservations.creneaux import day_fr, hours_of
from tenir.reservations.enums import GenreDeReservation, Pas, Retour
from tenir.reservations.models import NOM, TITRE, Reservation, Salle
from tenir.reservations.services.reservations import LEFT_OUT, RIGHT, Demande
from tenir.reservations.services.salles import places_of

HOUR = "%H:%M"


class SalleForm(FormulaireSuivi):
    """A room: where it is, who keeps it, when it may be booked."""

    CHAMPS = WRITTEN
    GROUPES = (
        ("La salle", ("nom", "lieu_ouvert", "autre_lieu", "organisme")),
        ("Quand elle se réserve", ("jours", "ouvre", "ferme", "pas", "sauf_feries")),
        ("Qui le voit", ("affichee",)),
    )
    nom = forms.CharField(label="Nom", max_length=NOM, help_text="Bureau 2, salle du conseil…")
    lieu_ouvert = forms.ModelChoiceField(
        Objet.objects.none(), label="Lieu de l’annuaire", required=False, empty_label="Aucun de cette liste"
    )
    autre_lieu = forms.CharField(label="Ou un autre lieu", required=False, max_length=120)
    organisme = forms.ModelChoiceField(Organisation.objects.none(), label="Tenue par", empty_label="Choisissez")
    jours = JoursField()
    ouvre = HeureField("De")
    ferme = HeureField("À")
    pas = forms.TypedChoiceField(label="Un créneau dure", choices=Pas.choices, coerce=int, initial=Pas.DEMIE)
    sauf_feries = forms.BooleanField(label="Fermée les jours fériés", required=False)
    affichee = forms.BooleanField(
        label="Montrer ses permanences dans l’annuaire public",
        required=False,
        help_text=typo("Le titre et l’organisme des permanences ; jamais ce qui est confidentiel."),
    )

    def __init__(self, salle: Salle, data: Any = None) -> None:
        super().__init__(salle, data)
        self.fields["organisme"].queryset = offered_in(salle.espace)  # type: ignore[attr-defined]
        self.fields["lieu_ouvert"].queryset = places_of(salle.espace)  # type: ignore[attr-defined]

    def held(self, chose: Model, name: str) -> Any:
        """What the room holds now; a new one has no body yet."""
        assert isinstance(chose, Salle)  # noqa: S101 (what this form is of)
        if name == "organisme":
            return chose.organisme if chose.organisme_id else None
        return super().held(chose, name)

    def values(self) -> dict[str, Any]:
        """What is given of a new room."""
        return {name: self.cleaned_data[name] for name in WRITTEN}


class HeuresForm(Formulaire):
    """From when to when, in the slots of a room, once or until a day; confidential unless it is said otherwise."""

    jour = JourField(label="Jour")
    debut = forms.TypedChoiceField(label="De", coerce=time.fromisoformat)
    fin = forms.TypedChoiceField(label="À", coerce=time.fromisoformat)
    genre = forms.ChoiceField(
        label="Pour", choices=GenreDeReservation.choices, widget=forms.RadioSelect,
        initial=GenreDeReservation.CONFIDENTIEL.value,
        help_text=typo("Confidentiel : les autres lisent « pris », sans plus. Une permanence se lit avec son titre."),
    )  # fmt: skip
    titre = forms.CharField(
        label="Titre de la permanence", required=False, max_length=TITRE,
        help_text=typo("Pour une permanence seulement. Ne nommez personne."),
    )  # fmt: skip
    semaines = forms.TypedChoiceField(label="Revient", choices=Retour.choices, coerce=int, initial=Retour.UNE_FOIS)
    au = JourField(label="Jusqu’au", required=False, help_text=typo("Si elle revient : un an au plus."))
    sauf_pris = forms.BooleanField(label="Laisser les jours où c’est déjà pris", required=False)

    def __init__(self, salle: Salle, data: Any = None, **initial: Any) -> None:
        super().__init__(data, initial=initial)
        day = initial.get("jour") or horloge.today(salle.espace)
        offered = hours_of(salle, day)
        starts = [(one.debut.strftime(HOUR), clock_fr(one.debut)) for one in offered]
        ends = [(one.fin.strftime(HOUR), clock_fr(one.fin)) for one in offered]
        self.fields["debut"].choices, self.fields["fin"].choices = starts, ends  # type: ignore[attr-defined]
        if not (data and data.get(LEFT_OUT)):
            self.fields[LEFT_OUT].widget = forms.HiddenInput()

    def refuse(self, error: Any) -> None:
        """Show the box that leaves out the days that are taken, once some are."""
        if LEFT_OUT in getattr(error, "error_dict", {}):
            self.fields[LEFT_OUT].widget = forms.CheckboxInput()
        super().refuse(error)

    def demande(self) -> Demande:
        """What is asked."""
        given = self.cleaned_data
        return Demande(
            jour=given["jour"],
            debut=given["debut"],
            fin=given["fin"],
            genre=GenreDeReservation(given["genre"]),
            titre=given["titre"],
            semaines=given["semaines"],
            au=given["au"],
            sauf_pris=given[LEFT_OUT],
        )


class ReservationForm(HeuresForm):
    """The same, for one of the bodies for which she may book."""

    def __init__(self, salle: Salle, acces: Acces, data: Any = None, **initial: Any) -> None:
        super().__init__(salle, data, **initial)
        bodies = bodies_for(acces, salle.espace, RIGHT)
        self.fields["organisme"] = forms.ModelChoiceField(bodies, label="Pour quel organisme", empty_label="Choisissez")
        found = list(bodies[:2])
        if len(found) == 1:
            self.initial["organisme"] = found[0]
        self.order_fields(["jour", "debut", "fin", "organisme", "genre", "titre", "semaines", "au", LEFT_OUT])


class AnnulerForm(Formulaire):
    """How much of a booking is given back."""

    quoi = forms.ChoiceField(label="Annuler", widget=forms.RadioSelect)

    def __init__(self, reservation: Reservation, jour: date, data: Any = None) -> None:
        super().__init__(data, initial={"quoi": "jour"})
        after = sum(one > jour for one in reservation.days)
        choices = [("jour", typo(f"Le {day_fr(jour)} seulement"))]
        if after:
            choices.append(("suivants", typo(f"Ce jour-là et les suivants ({after + 1} en tout)")))
        self.fields["quoi"].choices = choices  # type: ignore[attr-defined]

    @property
    def suivants(self) -> bool:
        """Whether the days that follow are given back too."""
        return bool(self.cleaned_data["quoi"] == "suivants")


def next_hour(salle: Salle, jour: date, debut: time) -> time:
    """When a slot that begins then ends."""
    return next((one.fin for one in hours_of(salle, jour) if one.debut == debut), debut)


def monday_of(day: date) -> date:
    """The first day of a week."""
    return day - timedelta(days=day.weekday())
