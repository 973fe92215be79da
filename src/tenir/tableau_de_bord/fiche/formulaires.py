"""The forms of one fiche. Each carries what was read, so that what someone else wrote meanwhile is seen, not lost."""

from collections.abc import Iterable, Sequence
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model, Q
from django.utils.datastructures import MultiValueDict

from tenir.acteurs.models import Organisation, Personne
from tenir.core import horloge
from tenir.core.fichiers import TYPES
from tenir.core.typographie import typo
from tenir.habilitations.contacts import contacts_of
from tenir.habilitations.models import EspaceDeContrat, Habilitation
from tenir.suivi.champs import ASSIGNED, NIVEAUX, field, label
from tenir.suivi.droits import printed_pilots
from tenir.suivi.enums import UNDECLARED, Niveau, Statut
from tenir.suivi.models import (
    FicheAction,
    Jalon,
    PartenaireDeLAction,
    PreuveDEngagement,
    ReleveDIndicateur,
    SuiviDEngagement,
    SuiviDIndicateur,
)
from tenir.suivi.models.piece import NIVEAUX as NIVEAUX_DE_PIECE
from tenir.tableau_de_bord.contacts.organismes import bodies_of

WHY = (Statut.SUSPENDUE, Statut.ABANDONNEE)
"""The statuses of which one asks why."""

BESIDE = {
    "fiche_action_abandoned_says_why": "motif",
    "fiche_action_fin_prevue_follows_debut_prevu": "fin_prevue",
    "fiche_action_fin_revisee_follows_debut_revise": "fin_revisee",
    "fiche_action_fin_reelle_follows_debut_reel": "fin_reelle",
    "jalon_is_reached_or_given_up": "abandonne_le",
    "jalon_is_revised_to_another_day": "revise_le",
    "piece_de_fiche_is_a_file_or_a_link": "fichier",
    "releve_d_indicateur_runs_forward": "fin",
    "suivi_d_indicateur_baseline_is_whole": "reference",
    "suivi_d_engagement_says_why": "motif",
    "preuve_d_engagement_is_one_thing": "lien",
    "preuve_d_engagement_figure_has_its_source": "source",
}
"""Beside which field the sentence of a constraint is shown."""


class Texte(forms.CharField):
    """A text of several lines, whatever ends a line where it was typed."""

    def __init__(self, *, rows: int = 3, **options: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": rows}), **options)

    def to_python(self, value: Any) -> str:
        """The text with plain ends of lines."""
        return (super().to_python(value) or "").replace("\r\n", "\n")


def a_day(name: str, **options: Any) -> forms.DateField:
    """A day, chosen in the calendar of the browser or typed."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=name, widget=widget, **options)


def a_text(name: str, *, rows: int = 3, **options: Any) -> Texte:
    """A text field of the fiche, with its noun and its length."""
    return Texte(rows=rows, label=_noun(name), max_length=field(name).max_length, required=False, **options)


def _noun(name: str) -> str:
    found = label(name)
    return found[:1].upper() + found[1:]


class Formulaire(forms.Form):
    """A form with its groups of fields; the sentence of a constraint is shown beside the field it is about."""

    GROUPES: ClassVar[Sequence[tuple[str, Sequence[str]]]] = ()

    def groups(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The groups that have a field here, each with its legend; one without legend when none is named."""
        named = self.GROUPES or (("", [bound.name for bound in self.visible_fields()]),)
        found = [(legend, [self[name] for name in names if name in self.fields]) for legend, names in named]
        return [(legend, fields) for legend, fields in found if fields]

    @property
    def discret(self) -> bool:
        """Whether nothing is required: then it is not said of each field."""
        return not any(bound.field.required for bound in self.visible_fields())

    def refuse(self, error: ValidationError) -> None:
        """Take over what a service refused."""
        told = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
        for name, sentences in told.items():
            for sentence in sentences:
                beside = name if name in self.fields else _beside(sentence)
                self.add_error(beside if beside in self.fields else None, typo(sentence))


def _beside(sentence: str) -> str:
    models = (FicheAction, Jalon, ReleveDIndicateur, SuiviDIndicateur, SuiviDEngagement, PreuveDEngagement)
    constraints = [one for model in models for one in model._meta.constraints]
    return next(
        (BESIDE.get(one.name, "") for one in constraints if getattr(one, "violation_error_message", "") == sentence), ""
    )


class FormulaireSuivi(Formulaire):
    """A form on fields that someone else may change meanwhile: `touched` tells what was really changed here.

    Each field of `CHAMPS` comes with a hidden twin, what it held when the form was read.
    """

    CHAMPS: ClassVar[Sequence[str]] = ()
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, chose: Model, data: MultiValueDict[str, Any] | None = None, **initial: Any) -> None:
        held = {name: getattr(chose, name) for name in self.CHAMPS} | {"version": getattr(chose, "version", None)}
        super().__init__(data, initial=held | initial)
        for name in self.CHAMPS:
            self.fields[name].show_hidden_initial = True

    @property
    def written(self) -> list[str]:
        """The fields of the thing that this form shows."""
        return [name for name in self.CHAMPS if name in self.fields]

    def read(self, name: str) -> Any:
        """What a field held when the form was read."""
        try:
            return self.fields[name].to_python(self.data.get(self.add_initial_prefix(name)))
        except ValidationError:
            return None

    def touched(self) -> dict[str, Any]:
        """What was changed here, by field."""
        given = {name: self.cleaned_data[name] for name in self.written if name in self.cleaned_data}
        return {name: value for name, value in given.items() if value != self.read(name)}


class FormulaireDeFiche(FormulaireSuivi):
    """A form on fields of the fiche, in which a reason goes with its status."""

    statut: ClassVar[Any]

    def clean(self) -> dict[str, Any]:
        """Ask why an action is suspended or abandoned; leave behind the reason of the status before."""
        given: dict[str, Any] = super().clean() or {}
        touched = self.touched() if "statut" in self.fields else {}
        if "statut" not in touched or "motif" not in given:
            return given
        if touched["statut"] not in WHY and "motif" not in touched:
            given["motif"] = ""
        elif touched["statut"] in WHY and not given["motif"]:
            self.add_error("motif", f"Dites pourquoi l’action est {Statut(touched['statut']).label}.")
        return given


def statuses() -> list[tuple[str, str]]:
    """Every status, and that none is declared."""
    return [("", UNDECLARED), *Statut.choices]


def _statut(**options: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label="Statut", choices=statuses, required=False, **options)


def _motif() -> Texte:
    return a_text("motif", rows=2, help_text="Demandée pour une action suspendue ou abandonnée.")


def _prochaine_etape() -> Texte:
    return a_text("prochaine_etape", rows=2, help_text="Ce qui vient, en une phrase.")


class FicheForm(FormulaireDeFiche):
    """Every field of a fiche; who carries the action is for those who may say it."""

    CHAMPS = tuple(NIVEAUX)
    GROUPES = (
        ("Qui porte l’action", ("organisme_en_charge", "personne_en_charge")),
        ("Où elle en est", ("statut", "motif", "prochaine_etape", "prochaine_etape_le")),
        ("À qui elle s’adresse", ("public_vise",)),
        ("Calendrier", ("debut_prevu", "fin_prevue", "debut_revise", "fin_revisee", "debut_reel", "fin_reelle")),
        ("Réservé à l’équipe, et à qui porte l’action", ("difficultes", "aide_demandee")),
    )

    organisme_en_charge = forms.ModelChoiceField(Organisation.objects.none(), label="Organisme en charge")
    personne_en_charge = forms.ModelChoiceField(Personne.objects.none(), label="Personne en charge")
    statut = _statut()
    motif = _motif()
    prochaine_etape = _prochaine_etape()
    prochaine_etape_le = a_day("Prochaine étape prévue le", required=False)
    public_vise = a_text("public_vise", rows=2)
    debut_prevu = a_day("Début prévu", required=False)
    fin_prevue = a_day("Fin prévue", required=False)
    debut_revise = a_day("Début révisé", required=False, help_text="Laissez vide s’il reste celui qui était prévu.")
    fin_revisee = a_day("Fin révisée", required=False)
    debut_reel = a_day("Début réel", required=False, help_text="Un jour passé : l’action a commencé.")
    fin_reelle = a_day("Fin réelle", required=False, help_text="Un jour passé : l’action est finie.")
    difficultes = a_text("difficultes")
    aide_demandee = a_text("aide_demandee")

    def __init__(
        self, fiche: FicheAction, data: MultiValueDict[str, Any] | None = None, *, assign: bool = False
    ) -> None:
        super().__init__(fiche, data)
        for name in ASSIGNED if not assign else ():
            del self.fields[name]
        if assign:
            self._offer_bodies(fiche)
            self._offer_people(fiche)

    def _offer_bodies(self, fiche: FicheAction) -> None:
        known = Q(pk__in=bodies_of(fiche.espace).order_by().values("pk")) | Q(pk=fiche.organisme_en_charge_id)
        printed = printed_pilots(fiche)
        offered = self.fields["organisme_en_charge"]
        offered.queryset = Organisation.objects.filter(known)  # type: ignore[attr-defined]
        offered.required = False
        offered.empty_label = (  # type: ignore[attr-defined]
            "À désigner" if printed.a_designer else f"Comme le contrat l’imprime : {printed.noms}"
        )
        offered.help_text = "Un organisme du contrat."

    def _offer_people(self, fiche: FicheAction) -> None:
        offer_people(self.fields["personne_en_charge"], fiche.espace, fiche.personne_en_charge_id)


def offer_people(offered: Any, espace: EspaceDeContrat, held: int | None) -> None:
    """Let a field choose among those who may be in charge; whoever holds it now stays on offer."""
    names = people_of(espace)
    offered.queryset = Personne.objects.filter(Q(pk__in=names) | Q(pk=held), effacee_le=None)
    offered.label_from_instance = lambda one: names.get(one.pk, str(one))
    offered.required = False
    offered.empty_label = "Personne n’est désigné"
    offered.help_text = "Un contact d’un organisme du contrat, ou quelqu’un qui y a un rôle."


def people_of(espace: EspaceDeContrat) -> dict[int, str]:
    """Those who may be in charge: the contacts of the bodies and those who hold a role here, with their body."""
    today = horloge.today()
    held = Habilitation.objects.current(today).filter(espace=espace).select_related("personne", "organisation")
    rows: Iterable[Any] = [*held.order_by("pk"), *contacts_of(espace, today).order_by("pk")]
    found = {row.personne: str(row.organisation or "équipe du contrat") for row in rows}
    return {personne.pk: f"{personne} ({body})" for personne, body in found.items()}


class StatutForm(FormulaireDeFiche):
    """The status alone."""

    CHAMPS = ("statut", "motif")
    statut = _statut(widget=forms.RadioSelect)
    motif = _motif()


class NouvelleForm(FormulaireDeFiche):
    """News, and what it changes of the status and of the next step."""

    CHAMPS = ("statut", "motif", "prochaine_etape", "prochaine_etape_le")
    GROUPES = (
        ("", ("texte", "le")),
        ("Ce que cela change", ("statut", "motif", "prochaine_etape", "prochaine_etape_le")),
    )

    texte = Texte(rows=5, label="Ce qui s’est passé", max_length=2000, help_text="Quelques phrases suffisent.")
    le = a_day("Le", help_text="Un jour passé, ou aujourd’hui.")
    statut = _statut(help_text="Laissez tel quel s’il n’a pas changé.")
    motif = _motif()
    prochaine_etape = _prochaine_etape()
    prochaine_etape_le = a_day("Prochaine étape prévue le", required=False)


class JalonNouveauForm(Formulaire):
    """A new jalon."""

    titre = forms.CharField(label="Ce qui est attendu", max_length=200, help_text="« Ouvrir le local », par exemple.")
    prevu_le = a_day("Prévu le")


class JalonForm(FormulaireSuivi):
    """Every field of a jalon."""

    CHAMPS = ("titre", "prevu_le", "revise_le", "atteint_le", "abandonne_le")
    titre = forms.CharField(label="Ce qui est attendu", max_length=200)
    prevu_le = a_day("Prévu le")
    revise_le = a_day("Révisé au", required=False, help_text="Laissez vide tant que la date prévue tient.")
    atteint_le = a_day("Atteint le", required=False)
    abandonne_le = a_day("Abandonné le", required=False)
    motif = forms.CharField(label="Pourquoi ce changement", required=False, max_length=500)


class AbandonForm(Formulaire):
    """Why a jalon is given up."""

    motif = forms.CharField(label="Pourquoi", max_length=500)


class PartenaireForm(Formulaire):
    """A body that takes part, and its part."""

    organisation = forms.ModelChoiceField(Organisation.objects.none(), label="Organisme", empty_label="Choisissez")
    part = Texte(
        rows=2,
        label="Sa part",
        required=False,
        max_length=500,
        help_text="« Prête la salle », « finance les ateliers »…",
    )

    def __init__(self, fiche: FicheAction, data: MultiValueDict[str, Any] | None = None, *, wished: str = "") -> None:
        super().__init__(data, initial={"organisation": wished})
        taken = PartenaireDeLAction.objects.filter(fiche=fiche).values("organisation")
        free = bodies_of(fiche.espace).exclude(pk__in=taken)
        self.fields["organisation"].queryset = free  # type: ignore[attr-defined]


class PartForm(FormulaireSuivi):
    """The part of a partner."""

    CHAMPS = ("part",)
    part = Texte(rows=2, label="Sa part", required=False, max_length=500)


class FichierField(forms.FileField):
    """A file that someone may give; what is kept is decided by `tenir.core.fichiers`."""

    def __init__(self, label: str = "Fichier") -> None:
        kinds = typo(f"10 Mo au plus : {', '.join(TYPES)}.")
        super().__init__(
            label=label, required=False, allow_empty_file=True, max_length=1000, help_text=kinds, widget=forms.FileInput
        )


class PieceForm(Formulaire):
    """A file or a link."""

    fichier = FichierField()
    lien = forms.CharField(
        label="Ou un lien", required=False, max_length=500, help_text="Une adresse qui commence par https://"
    )
    titre = forms.CharField(
        label="Titre", required=False, max_length=200, help_text="Sinon, le nom du fichier ou le site du lien."
    )
    niveau = forms.TypedChoiceField(
        label="Qui peut l’ouvrir", choices=NIVEAUX_DE_PIECE, coerce=int, initial=Niveau.PARTENAIRES
    )
