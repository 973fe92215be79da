"""The forms of one indicator: how it is followed, its targets, its readings."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.datastructures import MultiValueDict

from tenir.acteurs.models import Organisation, Personne
from tenir.core import horloge
from tenir.core.nombres import NombreField
from tenir.core.typographie import typo
from tenir.ecran.formulaires import Formulaire, FormulaireSuivi, JourField, Texte
from tenir.equipe.organismes import offered_in
from tenir.equipe.personnes import offer_people
from tenir.indicateurs.champs import NIVEAUX
from tenir.indicateurs.enums import MOIS_ENTRE_RELEVES, Frequence
from tenir.indicateurs.models import CibleDIndicateur, ReleveDIndicateur, SuiviDIndicateur
from tenir.indicateurs.releves import add_months, latest, readings
from tenir.indicateurs.services.indicateur import CONFIRMER, Mesure

FIGURE = typo("Comme « 1 415 » ou « 47,4 ».")


class DefinitionForm(FormulaireSuivi):
    """How an indicator is followed."""

    CHAMPS = tuple(NIVEAUX)
    GROUPES = (
        ("Qui en répond", ("organisme", "personne")),
        ("Comment on le lit", ("unite", "frequence")),
        ("D’où l’on part", ("reference", "reference_le", "reference_source")),
    )

    organisme = forms.ModelChoiceField(
        Organisation.objects.none(),
        label="Organisme responsable",
        required=False,
        empty_label="À définir",
        help_text="Il donne les relevés : ses partenaires connectés le peuvent, et l’équipe.",
    )
    personne = forms.ModelChoiceField(Personne.objects.none(), label="Personne responsable")
    unite = forms.CharField(
        label="Unité", required=False, max_length=80, help_text=typo("« parents », « logements », « % »…")
    )
    frequence = forms.ChoiceField(
        label="Fréquence",
        required=False,
        choices=[("", "À définir"), *Frequence.choices],
        help_text="De là se compte le prochain relevé attendu.",
    )
    reference = NombreField(label="Valeur de départ", required=False, help_text=FIGURE)
    reference_le = JourField(label="Valeur de départ au", required=False)
    reference_source = forms.CharField(
        label="Source de la valeur de départ",
        required=False,
        max_length=200,
        help_text="Une valeur de départ ne va jamais seule : son jour et sa source, ou rien.",
    )

    def __init__(self, suivi: SuiviDIndicateur, data: MultiValueDict[str, Any] | None = None) -> None:
        super().__init__(suivi, data)
        known = Q(pk__in=offered_in(suivi.espace).order_by().values("pk")) | Q(pk=suivi.organisme_id)
        self.fields["organisme"].queryset = Organisation.objects.filter(known)  # type: ignore[attr-defined]
        offer_people(self.fields["personne"], suivi.espace, suivi.personne_id)


class CibleNouvelleForm(Formulaire):
    """A new target."""

    le = JourField(label="Pour le")
    valeur = NombreField(label="Cible", help_text=FIGURE)
    source = forms.CharField(
        label="Source", required=False, max_length=200, help_text="Qui l’a fixée, où : une délibération, un comité…"
    )


class CibleForm(FormulaireSuivi):
    """The value and the source of a target; for another day, it is another target."""

    CHAMPS = ("valeur", "source")
    valeur = NombreField(label="Cible", help_text=FIGURE)
    source = forms.CharField(label="Source", required=False, max_length=200)

    def __init__(self, cible: CibleDIndicateur, data: MultiValueDict[str, Any] | None = None) -> None:
        super().__init__(cible, data)


class MotifForm(Formulaire):
    """Why a reading is judged so."""

    motif = forms.CharField(label="Pourquoi", max_length=500)

    def __init__(self, data: MultiValueDict[str, Any] | None = None, *, required: bool) -> None:
        super().__init__(data)
        self.fields["motif"].required = required


TAKEN = ("valeur", "debut", "fin", "source")
"""What the address of the form may propose: a value that the register computed, kept by whoever reads it."""


class ReleveForm(Formulaire):
    """A reading: its value over its period, for everyone or for one part, where it comes from.

    A value more than ten times the one before asks to be confirmed: it may be right.
    """

    valeur = NombreField(label="Valeur")
    debut = JourField(label="Du")
    fin = JourField(label="Au", help_text=typo("Un jour passé ; le même que le premier pour un comptage d’un jour."))
    ventilation = forms.CharField(label="Pour", required=False, max_length=120)
    source = forms.CharField(
        label="Source", max_length=200, help_text="D’où vient ce chiffre : un registre, un bilan, une enquête…"
    )
    commentaire = Texte(
        rows=3,
        label="Commentaire",
        required=False,
        max_length=1000,
        help_text="Ce qu’il faut savoir pour lire ce chiffre. Ne nommez personne.",
    )

    def __init__(
        self,
        suivi: SuiviDIndicateur,
        data: MultiValueDict[str, Any] | None = None,
        *,
        corrige: ReleveDIndicateur | None = None,
        given: Mapping[str, str] | None = None,
    ) -> None:
        initial = as_given(corrige) if corrige else _proposed(suivi, horloge.today())
        super().__init__(data, initial=initial | {name: said for name, said in (given or {}).items() if name in TAKEN})
        unit = f"En « {suivi.unite} ». " if suivi.unite else "L’unité est à définir. "
        self.fields["valeur"].help_text = typo(unit) + FIGURE
        self.fields["ventilation"].help_text = _parts_known(readings(suivi))
        if self.exact:
            self._doubt()
        if corrige:
            self.fields["motif"] = forms.CharField(label="Pourquoi cette correction", max_length=500)

    def refuse(self, error: ValidationError) -> None:
        """Take over what the service refused; of a value that it doubts, ask whether it is exact."""
        if CONFIRMER in getattr(error, "error_dict", {}):
            self._doubt()
        super().refuse(error)

    def _doubt(self) -> None:
        self.fields[CONFIRMER] = forms.BooleanField(label="Ce chiffre est exact", required=False)

    @property
    def exact(self) -> bool:
        """Whether she says that a value far from the one before is exact."""
        return bool(self.data.get(CONFIRMER))

    def mesure(self) -> Mesure:
        """What was read."""
        names = ("debut", "fin", "valeur", "source", "ventilation", "commentaire")
        return Mesure(**{name: self.cleaned_data[name] for name in names})


def as_given(releve: ReleveDIndicateur) -> dict[str, Any]:
    """A reading as it was given."""
    return {name: getattr(releve, name) for name in ReleveForm.base_fields}


def _proposed(suivi: SuiviDIndicateur, on: date) -> dict[str, Any]:
    """The period that follows the last one, once it is over, and the same source; nothing without a reading."""
    found = latest(readings(suivi))
    months = MOIS_ENTRE_RELEVES.get(Frequence(suivi.frequence)) if suivi.frequence else None
    if not found:
        return {}
    known = {"source": found[0].source}
    end = add_months(found[0].fin, months) if months else on
    if not months or end > on:
        return known
    return {**known, "debut": found[0].fin + timedelta(days=1), "fin": end}


def _parts_known(releves: Iterable[ReleveDIndicateur]) -> str:
    parts = sorted({one.ventilation for one in releves if one.ventilation})
    rest = f" Déjà donnés : {', '.join(parts)}." if parts else ""
    return typo(f"Laissez vide pour tout le monde ; sinon « femmes », « 16-25 ans »… un relevé par part.{rest}")
