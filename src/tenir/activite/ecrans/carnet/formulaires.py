"""What one fills in a carnet: the day, one number, and what may be added; never more than one answer is required."""

import secrets
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.datastructures import MultiValueDict

from tenir.activite.ecrans.formulaires import LieuField, ask_state, places_of
from tenir.activite.ecrans.nombres import DesNombres, ask_numbers
from tenir.activite.enums import Forme, Statut
from tenir.activite.models import Carnet, Entree
from tenir.activite.models.entree import NOTE, TITRE
from tenir.activite.models.serie import AILLEURS
from tenir.activite.periodes import last_period
from tenir.activite.services.entree import Saisie
from tenir.activite.services.valeurs import Valeurs, field_of, given_of
from tenir.core import horloge
from tenir.ecran.formulaires import JourField
from tenir.natures.modeles import NatureEntiere

OTHER = "autre"
SANS = "Ne nommez personne."
WHERE = ("lieu", "autre_lieu")


class NoteForm(DesNombres):
    """One thing done, under a kind: when, how many, and what more one knows."""

    cle = forms.CharField(widget=forms.HiddenInput, required=False, max_length=43)
    etat = ""
    """In which state the thing is of which it tells."""

    def __init__(
        self, carnet: Carnet, kind: NatureEntiere, data: MultiValueDict[str, Any] | None = None, **initial: Any
    ) -> None:
        super().__init__(data, initial={"cle": secrets.token_urlsafe(16)} | initial)
        self.carnet, self.kind = carnet, kind
        self.today = horloge.today(carnet.espace)
        self._ask_when()
        ask_numbers(self, kind)
        self.need()
        if self.main:
            self.fields[self.main].widget.attrs["autofocus"] = True
        self._ask_more()
        if self.exact:
            self.ask_twice()

    def _ask_when(self) -> None:
        """Today, yesterday or another day; for what is counted over a period, the last that is over."""
        if self.kind.forme == Forme.DECOMPTE.value:
            self.fields["debut"], self.fields["fin"] = JourField(label="Du"), JourField(label="Au")
            first, last = last_period(self.kind.periode, self.today)
            self.initial = {"debut": first, "fin": last, **self.initial}
            return
        before = self.today - timedelta(days=1)  # the day itself is sent: a page read before midnight means its own
        days = [(self.today.isoformat(), "aujourd’hui"), (before.isoformat(), "hier"), (OTHER, "un autre")]
        self.fields["jour"] = forms.ChoiceField(
            label="Quel jour ?",
            choices=days,
            widget=forms.RadioSelect,
            initial=self.today.isoformat(),
            error_messages={"invalid_choice": "Cette page date d’un autre jour : dites lequel."},
        )
        self.fields["autre_jour"] = JourField(label="Lequel", required=False)

    def _ask_more(self) -> None:
        if self.kind.lasts:
            self._ask_state()
        else:
            self.ask_where()
            titre = forms.CharField(label="Titre", required=False, max_length=TITRE, help_text=SANS)
            self.fields["titre"] = titre
        self.fields["note"] = forms.CharField(
            label="Un mot pour l’équipe", required=False, max_length=NOTE, help_text=SANS
        )

    def ask_where(self) -> None:
        """Ask for the place, which what is on a wall says by itself."""
        if not self.carnet.mural:
            places = places_of(self.carnet.espace)
            self.fields["lieu"] = LieuField(places, label="Où", required=False, empty_label="Aucun de cette liste")
            self.fields["autre_lieu"] = forms.CharField(label="Un autre lieu", required=False, max_length=AILLEURS)

    def _ask_state(self) -> None:
        self.fields["etat"] = forms.ChoiceField(
            label="Où cela en est-il ?", widget=forms.RadioSelect, required=False, initial=""
        )
        ask_state(self, self.kind, self.etat)

    def quand(self) -> list[forms.BoundField]:
        """When it was done."""
        return [self[name] for name in ("etat", "debut", "fin", "jour", "autre_jour") if name in self.fields]

    def combien(self) -> forms.BoundField | None:
        """The one number that must be given."""
        return self[self.main] if self.main else None

    def plus(self) -> Iterator[forms.BoundField]:
        """What may be added: parts, other numbers, where, a title, a word."""
        shown = {"cle", "etat", "jour", "autre_jour", "debut", "fin", self.main, "exact"}
        return (field for field in self.visible_fields() if field.name not in shown)

    @property
    def ouvert(self) -> bool:
        """Whether what may be added is unfolded: something of it is filled, or at fault."""
        return any(field.value() or field.errors for field in self.plus())

    def clean(self) -> dict[str, Any]:
        """The day, whichever way it is said."""
        given = super().clean() or self.cleaned_data
        if given.get("jour") == OTHER and not given.get("autre_jour") and "autre_jour" not in self.errors:
            self.add_error("autre_jour", "Donnez le jour.")
        return given

    def days(self) -> dict[str, date]:
        """From when to when."""
        given = self.cleaned_data
        if "jour" not in given:
            return {"debut": given["debut"], "fin": given["fin"]}
        day = given["autre_jour"] if given["jour"] == OTHER else date.fromisoformat(given["jour"])
        return {"debut": day, "fin": day}

    def refuse(self, error: ValidationError) -> None:
        """Put what is wrong of the day beside the question that asks it."""
        faults = getattr(error, "error_dict", {})
        if "fin" in faults and "fin" not in self.fields:
            faults["autre_jour"] = faults.pop("fin")
        super().refuse(error)

    def saisie(self) -> Saisie:
        """What is given of a new entry."""
        given = self.cleaned_data
        more: dict[str, Any] = {name: given[name] for name in (*WHERE, "titre", "note") if name in given}
        return Saisie({**self.days(), "statut": Statut.TENUE, **more}, self.numbers())


class CorrectionForm(NoteForm):
    """What one corrects of an entry: the same questions, and whether it took place."""

    statut = forms.ChoiceField(
        label="A-t-elle eu lieu ?",
        choices=[(Statut.TENUE, "oui"), (Statut.ANNULEE, "non, elle est annulée")],
        widget=forms.RadioSelect,
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, carnet: Carnet, entree: Entree, data: MultiValueDict[str, Any] | None = None) -> None:
        self.entree = entree
        super().__init__(carnet, entree.mots.nature, data, **_held(entree))
        if entree.forme != Forme.SEANCE:
            del self.fields["statut"]
        self.need(held=self.data.get("statut") != Statut.ANNULEE)
        if "lieu" in self.fields:
            self.fields["lieu"].queryset = places_of(carnet.espace, entree.lieu_id)  # type: ignore[attr-defined]
        del self.fields["note"]

    def quand(self) -> list[forms.BoundField]:
        """When, and whether."""
        return [*super().quand(), *([self["statut"]] if "statut" in self.fields else [])]

    def plus(self) -> Iterator[forms.BoundField]:
        """What may be added, less what is asked above."""
        return (field for field in super().plus() if field.name != "statut")

    def changes(self) -> dict[str, Any]:
        """The fields as they are now."""
        names = (*WHERE, "titre", "statut", "etat")
        said = {name: self.cleaned_data[name] for name in names if name in self.cleaned_data}
        held = {} if self.entree.forme == Forme.SEANCE else {"statut": Statut.TENUE}  # what was planned is now counted
        return {**self.days(), **held, **said}

    def valeurs(self) -> Valeurs:
        """All the numbers as they are now; of what was cancelled, those it had."""
        held = given_of(self.entree)
        return self.numbers() or (held if self.cleaned_data.get("statut") == Statut.ANNULEE else {})


def _held(entree: Entree) -> dict[str, Any]:
    """What the form of a correction holds before anything is typed."""
    numbers = {field_of(key): value for key, value in given_of(entree).items()}
    since = (horloge.today(entree.espace) - entree.fin).days
    statut = entree.statut if entree.statut != Statut.PREVUE else Statut.TENUE
    return {
        **numbers,
        "jour": entree.fin.isoformat() if 0 <= since <= 1 else OTHER,
        "autre_jour": entree.fin,
        "debut": entree.debut,
        "fin": entree.fin,
        "statut": statut,
        "lieu": entree.lieu_id,
        "autre_lieu": entree.autre_lieu,
        "titre": entree.titre,
        "etat": entree.etat,
        "version": entree.version,
    }
