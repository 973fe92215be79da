"""The forms of what follows a grant: its convention, what is paid and given back, other days."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms

from tenir.appels.champs import CONVENTION
from tenir.appels.enums import EtatDeReport
from tenir.appels.models import ConventionDeSubvention, DossierDeDemande, PartDemandee
from tenir.core import horloge
from tenir.ecran.formulaires import Formulaire, FormulaireSuivi, JourField, Texte
from tenir.financement.montants import ZERO, MontantField

EN_UNE_FOIS = "Le financeur verse la subvention en une fois, dans le mois qui suit la signature."


class ConventionForm(FormulaireSuivi):
    """How the grant is paid, in the words of the convention."""

    CHAMPS: ClassVar[Sequence[str]] = CONVENTION
    modalites = Texte(
        label="Comment la subvention se verse", rows=4, max_length=2000,
        help_text="En une ou plusieurs fois, quand, contre quelles pièces.",
    )  # fmt: skip

    def held(self, chose: Any, name: str) -> Any:
        """What it says; of a new one, the usual words."""
        return super().held(chose, name) or (EN_UNE_FOIS if not chose.pk else "")


class SignerForm(Formulaire):
    """The day it was signed."""

    le = JourField(label="Signée par tous le")

    def __init__(self, convention: ConventionDeSubvention, data: Any = None) -> None:
        super().__init__(data, initial={"le": horloge.today(convention.espace)})


class VerserForm(Formulaire):
    """How much was paid, which day, where that is known from."""

    montant = MontantField("Montant versé, en euros", required=True)
    le = JourField(label="Versé le")
    source = forms.CharField(label="D’où cela vient", max_length=300, help_text="Mandat, relevé, et son jour.")
    motif = Texte(label="Pourquoi sans convention", rows=2, max_length=500, required=False)

    def __init__(self, part: PartDemandee, *, due: bool, left: Any, data: Any = None) -> None:
        super().__init__(data, initial={"le": horloge.today(part.dossier.espace), "montant": left or None})
        if not due:
            del self.fields["motif"]


class ReverserForm(Formulaire):
    """How much is given back, which day, why."""

    montant = MontantField("Montant reversé, en euros", required=True)
    le = JourField(label="Reversé le")
    source = forms.CharField(label="D’où cela vient", max_length=300, help_text="Titre de recette, et son jour.")
    motif = Texte(label="Pourquoi", rows=2, max_length=500)

    def __init__(self, part: PartDemandee, data: Any = None) -> None:
        super().__init__(data, initial={"le": horloge.today(part.dossier.espace)})


class DatesForm(Formulaire):
    """Other days for an action that is funded, and why."""

    debut = JourField(label="Commence le")
    fin = JourField(label="Finit le")
    raison = Texte(label="Pourquoi ces dates changent", rows=3, max_length=1000, help_text="Ne nommez personne.")

    def __init__(self, dossier: DossierDeDemande, data: Any = None) -> None:
        super().__init__(data, initial={"debut": dossier.debut, "fin": dossier.fin})


class RepondreDatesForm(Formulaire):
    """Accepted, or refused and why."""

    etat = forms.ChoiceField(
        label="Réponse", choices=[one for one in EtatDeReport.choices if one[0] != EtatDeReport.A_LIRE],
        widget=forms.RadioSelect,
    )  # fmt: skip
    reponse = Texte(
        label="Raison", rows=3, max_length=1000, required=False, help_text="D’un refus, elle est demandée et envoyée."
    )


def left_to_pay(part: PartDemandee) -> Any:
    """What is granted and not paid yet."""
    return (part.accorde or ZERO) - ((part.ligne.verse if part.ligne else None) or ZERO)
