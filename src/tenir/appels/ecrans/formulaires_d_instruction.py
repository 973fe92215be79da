"""The forms of what is said of a dossier for one funder, and of what that one decided."""

from collections.abc import Sequence
from copy import deepcopy
from datetime import timedelta
from typing import Any, ClassVar

from django import forms
from django.db.models import Model

from tenir.acteurs.models import Organisation
from tenir.appels.champs import INSTRUCTION
from tenir.appels.enums import AvisSurDossier, Recevabilite, Suite
from tenir.appels.models import AppelAProjets, PartDemandee
from tenir.core import horloge
from tenir.ecran.formulaires import Formulaire, FormulaireSuivi, JourField, Texte
from tenir.financement.montants import MontantField, told

NOT_YET = ("", "pas encore dit")
WEEKS = timedelta(days=21)


class InstruireForm(FormulaireSuivi):
    """Whether it may be examined, the opinion, what is proposed."""

    CHAMPS: ClassVar[Sequence[str]] = INSTRUCTION
    recevable = forms.ChoiceField(label="Recevabilité", choices=[NOT_YET, *Recevabilite.choices], required=False)
    avis = forms.ChoiceField(label="Avis", choices=[NOT_YET, *AvisSurDossier.choices], required=False)
    propose = MontantField("Montant proposé, en euros")
    condition = Texte(label="Condition", rows=2, max_length=500, required=False)
    motif = Texte(
        label="Raison", rows=3, max_length=1000, required=False, help_text="Envoyée à qui demande en cas de refus."
    )

    def told(self, chose: Model, name: str, value: Any) -> str:
        """An amount as a page shows it."""
        return told(value) if name == "propose" else super().told(chose, name, value)


class DeciderForm(Formulaire):
    """Granted or refused, how much, why."""

    suite = forms.ChoiceField(label="Décision", choices=Suite.choices, widget=forms.RadioSelect)
    accorde = MontantField("Montant accordé, en euros")
    le = JourField(label="Décidé le")
    source = forms.CharField(
        label="D’où cela vient", max_length=300, help_text="Délibération, courrier, comité, et son jour."
    )
    condition = Texte(label="Condition", rows=2, max_length=500, required=False)
    motif = Texte(
        label="Raison",
        rows=3,
        max_length=500,
        required=False,
        help_text="D’un refus, ou de plus que demandé, elle est demandée et envoyée.",
    )

    def __init__(self, part: PartDemandee, data: Any = None) -> None:
        held = {"accorde": part.propose or None, "condition": part.condition, "motif": part.motif[:500]}
        if part.recevable == Recevabilite.IRRECEVABLE or part.propose == 0:
            held["suite"] = Suite.REFUSE
        elif part.propose:
            held["suite"] = Suite.ACCORDE
        super().__init__(data, initial={"le": horloge.today(part.dossier.espace), **held})


class NoterForm(Formulaire):
    """The points of each criterion of the grid of the call."""

    def __init__(self, part: PartDemandee, data: Any = None) -> None:
        super().__init__(data, initial={})
        self.part, self.criteres = part, part.dossier.appel.criteres
        held = {one.critere: one.points for one in part.notes.all()}
        for rank, one in enumerate(self.criteres, start=1):
            self.fields[f"note_{rank}"] = forms.IntegerField(
                label=f"{one.intitule}, sur {one.points}", required=False, min_value=0, max_value=one.points,
                help_text="" if one.poids == 1 else f"Compte {one.poids} fois.",
            )  # fmt: skip
            self.initial[f"note_{rank}"] = held.get(one.intitule)

    def notes(self) -> dict[str, int | None]:
        """The points by criterion."""
        said = enumerate(self.criteres, start=1)
        return {one.intitule: self.cleaned_data.get(f"note_{rank}") for rank, one in said}


class LireForm(NoterForm):
    """What a funder says by its link: the same as the team, then the points of each criterion."""

    def __init__(self, part: PartDemandee, data: Any = None) -> None:
        super().__init__(part, data)
        noted = list(self.fields)
        self.fields.update({name: deepcopy(InstruireForm.base_fields[name]) for name in INSTRUCTION})
        self.initial.update({name: getattr(part, name) for name in INSTRUCTION})
        opinion = [name for name in INSTRUCTION if name not in ("condition", "motif")]
        self.order_fields([*opinion[:1], *noted, *opinion[1:], "condition", "motif"])

    def given(self) -> dict[str, Any]:
        """What is said of it, the notes apart."""
        return {name: self.cleaned_data[name] for name in INSTRUCTION}


class FaireInstruireForm(Formulaire):
    """Which funders of the call receive their link, and until when it serves."""

    close_le = JourField(label="À rendre avant le")

    def __init__(self, appel: AppelAProjets, data: Any = None) -> None:
        today = horloge.today(appel.espace)
        until = appel.comite_le if appel.comite_le and appel.comite_le > today else today + WEEKS
        super().__init__(data, initial={"close_le": until})
        asked = appel.enveloppes.order_by("pk").values("financeur")
        standing = appel.demandes_d_instruction.filter(arretee_le=None).values("financeur")
        rows = Organisation.objects.filter(pk__in=asked).exclude(pk__in=standing)
        self.fields["financeurs"] = forms.ModelMultipleChoiceField(
            rows, label="Financeurs", widget=forms.CheckboxSelectMultiple,
            error_messages={"required": "Choisissez au moins un financeur."},
        )  # fmt: skip
