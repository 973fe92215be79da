"""The form of an entry, made from its kind: the day or the period, the one number that counts, what may be added.

What it refuses beside a number is named by `services.valeurs.field_of`.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import Model, Q, QuerySet
from django.utils.datastructures import MultiValueDict

from tenir.acteurs.models import Organisation
from tenir.activite.ecrans.nombres import DesNombres, folds, number_field
from tenir.activite.enums import DansLeQuartier, Forme, Statut
from tenir.activite.models import Entree
from tenir.activite.models.entree import LONGEST, NOTE, TITRE
from tenir.activite.models.serie import AILLEURS
from tenir.activite.services.entree import LIENS, RIGHT, Saisie
from tenir.activite.services.examen import EXACT
from tenir.activite.services.valeurs import NUMBER, asked_of, field_of, given_of, key_of, told
from tenir.contrat.models import Lieu
from tenir.core.alphabet import alphabetical
from tenir.core.typographie import typo
from tenir.ecran.formulaires import FormulaireSuivi, JourField
from tenir.equipe.organismes import offered_in, theirs
from tenir.fiches.models import FicheAction
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.niveaux import Niveau
from tenir.habilitations.rights import Acces
from tenir.natures.modeles import NatureEntiere

OF_SESSIONS = ("statut", "lieu", "autre_lieu", "quartier", "minutes", "avec", "fiches", "titre")
"""What is not asked of what is said of a thing."""


class PlusieursField(forms.MultipleChoiceField):
    """Several things of a list, by their numbers, in one order: two readings of the same are equal."""

    widget = forms.CheckboxSelectMultiple

    def to_python(self, value: Any) -> list[str]:
        """The numbers, in order."""
        return sorted(super().to_python(value))


class LieuField(forms.ModelChoiceField):  # type: ignore[type-arg]  # Django's takes none at run time
    """A place of the contract, by its name alone."""

    def label_from_instance(self, obj: Model) -> str:
        """Its name, without its code."""
        return str(obj.nom)  # type: ignore[attr-defined]  # a place


@dataclass(frozen=True, slots=True)
class Bloc:
    """A part of the form: its fields, folded under a title when they may wait; open when one is filled or at fault.

    `discret`: do not say of each field that it is not required.
    """

    titre: str
    champs: list[forms.BoundField]
    ouvert: bool = True
    repli: bool = False
    discret: bool = False


class EnBlocs(forms.Form):
    """A form whose fields stand in parts, those that may wait folded."""

    def these(self, *names: str) -> list[forms.BoundField]:
        """Those of some fields that the form has."""
        return [self[name] for name in names if name in self.fields]

    def folded(self, title: str, names: Iterable[str]) -> Iterator[Bloc]:
        """Some fields under a title, open when one is filled or at fault; nothing when there is none."""
        if fields := self.these(*names):
            yield Bloc(title, fields, any(field.errors or field.value() for field in fields), repli=True)

    def actions_folded(self) -> Iterator[Bloc]:
        """The actions: those that are ticked are told in the title, for the list is long."""
        for field in self.these("fiches"):
            ticked = field.value() or []
            codes = [text.split()[0] for pk, text in self.fields["fiches"].choices if pk in ticked]  # type: ignore[attr-defined]
            title = f"Actions auxquelles cela se rattache : {', '.join(codes) or 'aucune'}"
            yield Bloc(typo(title), [field], bool(field.errors), repli=True)


class EntreeForm(EnBlocs, DesNombres, FormulaireSuivi):
    """An entry of a kind, new or to be corrected."""

    fin = JourField(label="Jour")
    debut = JourField(label="Du")
    statut = forms.ChoiceField(label="Statut", widget=forms.RadioSelect)
    etat = forms.ChoiceField(label="Dans quel état est-ce ?", widget=forms.RadioSelect, required=False)
    organisme = forms.ModelChoiceField(
        Organisation.objects.none(), label="Organisme qui l’a fait", empty_label="Choisissez"
    )
    lieu = LieuField(Lieu.objects.none(), label="Lieu", required=False, empty_label="Aucun de cette liste")
    autre_lieu = forms.CharField(
        label="Autre lieu",
        required=False,
        max_length=AILLEURS,
        help_text="S’il n’est pas dans la liste. Jamais l’adresse d’un logement.",
    )
    quartier = forms.ChoiceField(
        label="Dans le quartier", choices=DansLeQuartier.choices, widget=forms.RadioSelect, initial=DansLeQuartier.NSP
    )
    minutes = forms.IntegerField(
        label="Durée en minutes",
        required=False,
        min_value=1,
        max_value=LONGEST,
        help_text="90 pour une heure et demie.",
    )
    avec = PlusieursField(label="Avec", required=False)
    fiches = PlusieursField(label="Actions", required=False)
    titre = forms.CharField(label="Titre", required=False, max_length=TITRE, help_text="Ne nommez personne.")
    note = forms.CharField(
        label="Note pour l’équipe",
        required=False,
        max_length=NOTE,
        help_text="Seule l’équipe la lit : elle ne sort dans aucun fichier. Ne nommez personne.",
    )
    CHAMPS = (
        *("debut", "fin", "statut", "etat", "organisme", "lieu", "autre_lieu", "quartier", "minutes"),
        *("avec", "fiches", "titre", "note"),
    )

    def __init__(
        self,
        entree: Entree,
        kind: NatureEntiere,
        by: Acces,
        data: MultiValueDict[str, Any] | None = None,
        *,
        niveau: Niveau = Niveau.EQUIPE,
        **initial: Any,
    ) -> None:
        super().__init__(entree, data, **initial)
        self.kind, self.entree, self.espace = kind, entree, entree.espace
        for mesure in kind.mesures:
            for key in asked_of(mesure):
                self._ask(field_of(key), number_field(mesure, key[1]))
        self._say_when()
        self._offer(by)
        self._of_a_thing_or_not()
        if entree.pk:
            self.fields["motif"] = forms.CharField(label="Pourquoi cette correction", required=False, max_length=300)
            if niveau < Niveau.EQUIPE:
                del self.fields["note"]
        else:
            for field in self.fields.values():
                field.show_hidden_initial = False
        if self.exact:
            self.ask_twice()

    def _ask(self, name: str, field: forms.Field) -> None:
        field.show_hidden_initial = True
        self.fields[name] = field
        self.initial.setdefault(name, self.held(self.entree, name))

    def _say_when(self) -> None:
        """A day, or a period for what is counted over one; the main number is needed once it was held."""
        if self.kind.forme == Forme.DECOMPTE.value:
            self.fields["fin"].label = "Au"
        else:
            del self.fields["debut"]
        offered = [Statut.TENUE, Statut.PREVUE, *([Statut.ANNULEE] if self.entree.pk else [])]
        self.fields["statut"].choices = [(one.value, one.label) for one in offered]  # type: ignore[attr-defined]
        held = not self.is_bound or self.kind.lasts or self.data.get("statut") == Statut.TENUE
        self.need(held=held)

    def _of_a_thing_or_not(self) -> None:
        """What is said of a thing of a register has a state; the thing itself says where, and for which actions."""
        if self.kind.lasts:
            ask_state(self, self.kind)
        for name in OF_SESSIONS if self.kind.lasts else ("etat",):
            self.fields.pop(name, None)

    def _offer(self, by: Acces) -> None:
        bodies = bodies_for(by, self.espace, RIGHT, self.entree.organisme_id)
        self.fields["organisme"].queryset = bodies  # type: ignore[attr-defined]
        self.fields["lieu"].queryset = places_of(self.espace, self.entree.lieu_id)  # type: ignore[attr-defined]
        others = offered_in(self.espace).values_list("pk", "nom")
        self._offer_several("avec", [(str(pk), nom) for pk, nom in others])
        fiches = FicheAction.objects.of(self.espace).order_by("action__ordre", "pk")
        rows = fiches.values_list("pk", "action__code", "action__titre")
        self._offer_several("fiches", [(str(pk), f"{code} {titre}") for pk, code, titre in rows])

    def _offer_several(self, name: str, choices: list[tuple[str, str]]) -> None:
        """What may be ticked, what is ticked already first; nothing is asked where there is nothing."""
        ticked = set(self.initial.get(name) or [])
        self.fields[name].choices = sorted(choices, key=lambda one: one[0] not in ticked)  # type: ignore[attr-defined]
        if not choices:
            del self.fields[name]

    @property
    def written(self) -> list[str]:
        """The fields of the entry that this form shows, its numbers too."""
        return [*super().written, *(name for name in self.fields if name.startswith(NUMBER))]

    def held(self, chose: Model, name: str) -> Any:
        """What the entry holds now, its numbers and its links too."""
        assert isinstance(chose, Entree)  # noqa: S101 (what this form is of)
        if name.startswith(NUMBER):
            return given_of(chose).get(key_of(name)) if chose.pk else None
        if name in LIENS:
            return sorted(str(one.pk) for one in getattr(chose, name).all()) if chose.pk else []
        if name == "organisme":
            return chose.organisme if chose.organisme_id else None
        return super().held(chose, name)

    def told(self, chose: Model, name: str, value: Any) -> str:
        """A value in words."""
        if name.startswith(NUMBER):
            return "" if value is None else told(value)
        if name == "etat":
            return self.entree.state_named(value)
        if name in LIENS:
            said = dict(self.fields[name].choices)  # type: ignore[attr-defined]
            return ", ".join(str(said.get(one, one)) for one in value)
        return super().told(chose, name, value)

    def blocs(self) -> Iterator[Bloc]:
        """The form in the order in which it is filled: the day and the number first, what may wait folded."""
        yield Bloc("", self.these("debut", "fin", self.main, "statut", "etat"))
        yield Bloc("", self.these("organisme", "lieu", "autre_lieu", "quartier"))
        for title, names in folds(self.kind, self.main):
            yield from self.folded(title, names)
        yield from self.folded("Durée, titre, note", ["minutes", "titre", "note"])
        yield from self.folded("Avec d’autres organismes", ["avec"])
        yield from self.actions_folded()
        yield Bloc("", self.these("motif"))
        yield Bloc("", self.these(EXACT), discret=True)

    def saisie(self) -> Saisie:
        """What is given of a new entry."""
        fiches, avec = self._linked("fiches"), self._linked("avec")
        return Saisie(self._fields(self.cleaned_data), self.numbers(), fiches, avec)

    def changes(self, touched: dict[str, Any]) -> dict[str, Any]:
        """What was really changed, as the service takes it: fields, all the numbers when one moved, links."""
        numbers = {key_of(name): value for name, value in touched.items() if name.startswith(NUMBER)}
        after = given_of(self.entree) | numbers
        return {
            "changes": self._fields(touched),
            "valeurs": {key: value for key, value in after.items() if value is not None} if numbers else None,
            "liens": {name: self._linked(name) for name in LIENS if name in touched},
        }

    def _fields(self, given: dict[str, Any]) -> dict[str, Any]:
        """The plain fields; what is of a day ends when it begins."""
        plain = {name: value for name, value in given.items() if name in self.CHAMPS and name not in LIENS}
        alone = "debut" not in self.fields and "fin" in plain
        return plain | ({"debut": plain["fin"]} if alone else {})

    def _linked(self, name: str) -> list[Any]:
        rows: Any = (
            FicheAction.objects.of(self.espace)
            if name == "fiches"
            else Organisation.objects.order_by(alphabetical("nom"))
        )
        return list(rows.filter(pk__in=self.cleaned_data.get(name, [])))


def ask_state(form: forms.Form, kind: NatureEntiere, current: str = "") -> None:
    """Offer the states of a kind, and first that it did not change."""
    held = kind.etat(current)
    same = f"Inchangé : {held.libelle.lower()}" if held else "Inchangé"
    others = [(one.code, one.libelle) for one in kind.etats if one.code != current]
    form.fields["etat"].choices = [("", typo(same)), *others]  # type: ignore[attr-defined]


def bodies_for(by: Acces, espace: EspaceDeContrat, right: str, said: int | None = None) -> QuerySet[Organisation]:
    """The bodies that may have done it: those of the contract for which she holds a right, her own, the one `said`."""
    offered = theirs(by, right, espace, offered_in(espace)).order_by().values("pk")
    own = [held.organisation_id for held in by.on(espace) if held.organisation_id]
    known = Q(pk__in=offered) | Q(pk__in=[*own, *([said] if said else [])])
    return Organisation.objects.filter(known).order_by(alphabetical("nom"), "pk")


def places_of(espace: EspaceDeContrat, said: int | None = None) -> QuerySet[Lieu]:
    """The places that the contract names now, and the one `said`."""
    return Lieu.objects.filter(Q(pk__in=Lieu.objects.of(espace)) | Q(pk=said)).order_by("ordre", "pk")
