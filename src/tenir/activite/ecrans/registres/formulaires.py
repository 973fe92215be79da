"""The forms of a thing: what describes it, made from the fields of its kind; what becomes of it, one day."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import Model
from django.utils.datastructures import MultiValueDict

from tenir.acteurs.models import Organisation
from tenir.activite.ecrans.formulaires import Bloc, EnBlocs, LieuField, PlusieursField, ask_state, bodies_for, places_of
from tenir.activite.ecrans.nombres import DesNombres, Relue, ask_numbers
from tenir.activite.models import Objet
from tenir.activite.models.entree import NOTE
from tenir.activite.models.objet import LIBELLE
from tenir.activite.models.serie import AILLEURS
from tenir.activite.services.attributs import FIELD, LONGEST, NON, OUI, checked, field_of
from tenir.activite.services.attributs import told as told_attribute
from tenir.activite.services.entree import RIGHT as NOTING
from tenir.activite.services.examen import EXACT
from tenir.activite.services.objets import FICHES, RIGHT, WRITTEN, Point
from tenir.activite.services.valeurs import NUMBER
from tenir.contrat.models import Lieu
from tenir.core import horloge
from tenir.core.nombres import NombreField
from tenir.core.typographie import typo
from tenir.ecran.formulaires import FormulaireSuivi, JourField
from tenir.fiches.models import FicheAction
from tenir.habilitations.rights import Acces
from tenir.natures.enums import TypeDeChamp
from tenir.natures.modeles import Champ, NatureEntiere

SANS = "Ne nommez personne."


def attribute_field(champ: Champ) -> forms.Field:
    """The field of a form that asks what describes a thing."""
    choices = list(champ.choix.items())
    match champ.type:
        case TypeDeChamp.NOMBRE:
            return NombreField(label=champ.libelle, required=False)
        case TypeDeChamp.DATE:
            return JourField(label=champ.libelle, required=False)
        case TypeDeChamp.OUI_NON:
            answers = [("", "On ne sait pas"), (OUI, "Oui"), (NON, "Non")]
            return forms.ChoiceField(label=champ.libelle, choices=answers, required=False, widget=forms.RadioSelect)
        case TypeDeChamp.CHOIX:
            return forms.ChoiceField(label=champ.libelle, choices=[("", "Non précisé"), *choices], required=False)
        case TypeDeChamp.PLUSIEURS:
            field = PlusieursField(label=champ.libelle, required=False)
            field.choices = choices
            return field
        case TypeDeChamp.TELEPHONE:
            called = forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"})
            note = "Celui d’un service, jamais d’une personne."
            return forms.CharField(label=champ.libelle, required=False, max_length=20, widget=called, help_text=note)
        case _:
            return forms.CharField(label=champ.libelle, required=False, max_length=LONGEST, help_text=SANS)


class ObjetForm(EnBlocs, Relue, FormulaireSuivi):
    """What describes a thing, who answers for it, what it falls due on."""

    CHAMPS = (*WRITTEN, FICHES)
    libelle = forms.CharField(max_length=LIBELLE, help_text=SANS)
    organisme = forms.ModelChoiceField(
        Organisation.objects.none(), label="Organisme qui en répond", empty_label="Choisissez"
    )
    lieu = LieuField(Lieu.objects.none(), label="Lieu", required=False, empty_label="Aucun de cette liste")
    autre_lieu = forms.CharField(label="Autre lieu", required=False, max_length=AILLEURS)
    echeance = JourField(required=False)
    fiches = PlusieursField(label="Actions", required=False)

    def __init__(
        self,
        objet: Objet,
        kind: NatureEntiere,
        acces: Acces,
        data: MultiValueDict[str, Any] | None = None,
        **initial: Any,
    ) -> None:
        self.objet, self.kind = objet, kind
        super().__init__(objet, data, **initial)
        self.fields["libelle"].label = typo(kind.nom or "Comment cela se nomme-t-il ?")
        self._due()
        for champ in kind.champs:
            self._ask(champ)
        self._offer(acces)
        if objet.pk:
            self.fields["motif"] = forms.CharField(label="Pourquoi ce changement", required=False, max_length=300)
        if self.exact:
            self.ask_twice()

    def _due(self) -> None:
        if self.kind.echeance:
            self.fields["echeance"].label = self.kind.echeance
        else:
            del self.fields["echeance"]

    def _ask(self, champ: Champ) -> None:
        name, field = field_of(champ), attribute_field(champ)
        field.show_hidden_initial = bool(self.objet.pk)
        self.fields[name] = field
        self.initial.setdefault(name, self.held(self.objet, name))

    def _offer(self, acces: Acces) -> None:
        espace = self.objet.espace
        bodies = bodies_for(acces, espace, RIGHT, self.objet.organisme_id)
        self.fields["organisme"].queryset = bodies  # type: ignore[attr-defined]
        self.fields["lieu"].queryset = places_of(espace, self.objet.lieu_id)  # type: ignore[attr-defined]
        rows = FicheAction.objects.of(espace).order_by("action__ordre", "pk")
        told_of = rows.values_list("pk", "action__code", "action__titre")
        self.fields["fiches"].choices = [(str(pk), f"{code} {titre}") for pk, code, titre in told_of]  # type: ignore[attr-defined]
        if not self.fields["fiches"].choices:  # type: ignore[attr-defined]
            del self.fields["fiches"]

    @property
    def written(self) -> list[str]:
        """The fields that this form shows, those of the kind too."""
        return [*super().written, *(name for name in self.fields if name.startswith(FIELD))]

    def held(self, chose: Model, name: str) -> Any:
        """What the thing holds now."""
        assert isinstance(chose, Objet)  # noqa: S101 (what this form is of)
        if name == FICHES:
            return sorted(str(one.pk) for one in chose.fiches.all()) if chose.pk else []
        if name.startswith(FIELD):
            return _read(self._champ(name), chose.attributs.get(self._champ(name).code))
        if name == "organisme":
            return chose.organisme if chose.organisme_id else None
        return super().held(chose, name)

    def told(self, chose: Model, name: str, value: Any) -> str:
        """A value in words."""
        if name == FICHES:
            said = dict(self.fields[name].choices)  # type: ignore[attr-defined]
            return ", ".join(str(said.get(one, one)) for one in value)
        if name.startswith(FIELD):
            champ = self._champ(name)
            return told_attribute(champ, checked(self.kind, {champ.code: value}).get(champ.code))
        return super().told(chose, name, value)

    def _champ(self, name: str) -> Champ:
        found = self.kind.champ(name.removeprefix(FIELD))
        assert found is not None  # noqa: S101 (this form made the field)
        return found

    def blocs(self) -> Iterator[Bloc]:
        """What it is, what describes it; where, for which actions, folded."""
        yield Bloc("", self.these("libelle", "organisme", "echeance"))
        yield Bloc("", self.these(*(name for name in self.fields if name.startswith(FIELD))))
        yield from self.first_said()
        yield from self.folded("Où", ["lieu", "autre_lieu"])
        yield from self.actions_folded()
        yield Bloc("", self.these("motif"))
        yield Bloc("", self.these(EXACT), discret=True)

    def first_said(self) -> Iterator[Bloc]:
        """What is first said of a new thing."""
        return iter(())

    def values(self) -> dict[str, Any]:
        """The plain fields of a new thing."""
        return {name: self.cleaned_data[name] for name in WRITTEN if name in self.cleaned_data}

    def attributs(self, given: dict[str, Any]) -> dict[str, Any]:
        """What describes it, among given fields, by the code of the kind."""
        return {name.removeprefix(FIELD): value for name, value in given.items() if name.startswith(FIELD)}

    def actions(self) -> list[FicheAction]:
        """The actions that are ticked."""
        return list(FicheAction.objects.filter(pk__in=self.cleaned_data.get(FICHES, [])))


class SuiviForm(EnBlocs, DesNombres, FormulaireSuivi):
    """What becomes of a thing, one day: its state, what is counted of it."""

    jour = JourField(label="Quel jour ?")
    etat = forms.ChoiceField(label="Dans quel état est-ce ?", widget=forms.RadioSelect, required=False)
    organisme = forms.ModelChoiceField(Organisation.objects.none(), label="Qui le dit", empty_label="Choisissez")
    note = forms.CharField(
        label="Note pour l’équipe",
        required=False,
        max_length=NOTE,
        help_text=f"Seule l’équipe la lit : elle ne sort dans aucun fichier. {SANS}",
    )

    def __init__(
        self,
        objet: Objet,
        kind: NatureEntiere,
        acces: Acces,
        data: MultiValueDict[str, Any] | None = None,
    ) -> None:
        self.kind = kind
        today = horloge.today(objet.espace)
        super().__init__(objet, data, jour=today, organisme=objet.organisme, etat="")
        ask_state(self, kind, getattr(objet, "etat", None) or "")
        bodies = bodies_for(acces, objet.espace, NOTING, objet.organisme_id)
        self.fields["organisme"].queryset = bodies  # type: ignore[attr-defined]
        ask_numbers(self, kind)
        if self.exact:
            self.ask_twice()

    def blocs(self) -> Iterator[Bloc]:
        """When, in which state; the numbers; who says it."""
        yield Bloc("", self.these("etat", "jour"), discret=True)
        yield Bloc("", self.these(*numbers_in(self)), discret=True)
        yield from self.folded("Qui le dit, note", ["organisme", "note"])
        yield Bloc("", self.these(EXACT), discret=True)

    def point(self) -> Point:
        """What is said."""
        given = self.cleaned_data
        return Point(given["jour"], given["etat"], self.numbers(), given["organisme"], given["note"])


class NouvelObjetForm(DesNombres, ObjetForm):
    """The same as `ObjetForm`, with what is first said of the thing."""

    jour = JourField(label="Depuis quand, ou constaté quand ?")
    etat = forms.ChoiceField(label="Dans quel état est-ce ?", widget=forms.RadioSelect)

    def __init__(
        self,
        objet: Objet,
        kind: NatureEntiere,
        acces: Acces,
        data: MultiValueDict[str, Any] | None = None,
        **initial: Any,
    ) -> None:
        today: date = horloge.today(objet.espace)
        super().__init__(objet, kind, acces, data, jour=today, etat=kind.etats[0].code, **initial)
        self.fields["etat"].choices = [(one.code, one.libelle) for one in kind.etats]  # type: ignore[attr-defined]
        ask_numbers(self, kind)
        for field in self.fields.values():
            field.show_hidden_initial = False

    def first_said(self) -> Iterator[Bloc]:
        """Since when, in which state, with which numbers."""
        yield Bloc("", self.these("etat", "jour"))
        yield Bloc("", self.these(*numbers_in(self)), discret=True)

    def point(self) -> Point:
        """What is first said."""
        return Point(self.cleaned_data["jour"], self.cleaned_data["etat"], self.numbers())


def numbers_in(form: forms.Form) -> list[str]:
    """The fields of a form that hold numbers."""
    return [name for name in form.fields if name.startswith(NUMBER)]


def _read(champ: Champ, value: Any) -> Any:
    """What describes a thing as a field of a form holds it; nothing of what was given under another type."""
    try:
        return _typed(champ, value)
    except (ValueError, TypeError, ArithmeticError):
        return _typed(champ, None)


def _typed(champ: Champ, value: Any) -> Any:
    match champ.type:
        case TypeDeChamp.PLUSIEURS:
            return sorted(value or [])
        case TypeDeChamp.NOMBRE:
            return Decimal(value) if value else None
        case TypeDeChamp.DATE:
            return date.fromisoformat(value) if value else None
        case _:
            return value or ""
