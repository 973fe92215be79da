"""The forms of what is said of a dossier for one funder, and of what that one decided."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.db.models import Model

from tenir.appels.champs import INSTRUCTION
from tenir.appels.enums import AvisSurDossier, Recevabilite, Suite
from tenir.appels.models import PartDemandee
from tenir.core import horloge
from tenir.ecran.formulaires import Formulaire, FormulaireSuivi, JourField, Texte
from tenir.financement.montants import MontantField, told

NOT_YET = ("", "pas encore dit")


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
        label="Raison", rows=3, max_length=500, required=False, help_text="D’un refus, elle est demandée et envoyée."
    )

    def __init__(self, part: PartDemandee, data: Any = None) -> None:
        held = {"accorde": part.propose, "condition": part.condition, "motif": part.motif[:500]}
        super().__init__(data, initial={"le": horloge.today(part.dossier.espace), **held})
