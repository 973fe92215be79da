"""The forms of the ledger and of the table."""

from typing import Any, ClassVar

from django import forms
from django.db.models import Model, QuerySet

from tenir.acteurs.models import Organisation
from tenir.contrat.models import Orientation
from tenir.core import horloge
from tenir.ecran.formulaires import FormulaireSuivi, JourField
from tenir.fiches.models import FicheAction
from tenir.financement.enums import ETATS, WITHOUT_AMOUNT, EtatDeFinancement, Registre
from tenir.financement.models import LigneDeFinancement
from tenir.financement.montants import MontantField, told
from tenir.financement.services.lignes import Case
from tenir.habilitations.models import EspaceDeContrat

NEW = 0
"""The version of a line that is not there yet: no line that stands has it."""
IN_ALL = "En tout à cette date : un second versement dit le total versé."


class MouvementForm(FormulaireSuivi):
    """A dated row: a state, an amount, where it comes from."""

    CHAMPS: ClassVar[tuple[str, ...]] = ("etat", "montant")
    etat = forms.ChoiceField(label="État", choices=EtatDeFinancement.choices)
    montant = MontantField(help_text=IN_ALL)
    le = JourField(label="En date du")
    source = forms.CharField(
        label="D’où cela vient", max_length=300, help_text="Délibération, courrier, convention, réunion, et son jour."
    )
    preuve = forms.CharField(
        label="Preuve", required=False, max_length=500, help_text="Numéro, lien ou lieu du document."
    )
    motif = forms.CharField(
        label="Raison", required=False, max_length=500,
        help_text="Demandée pour un refus, une annulation, un versement sans convention au-dessus de 23 000 €.",
    )  # fmt: skip

    def __init__(self, ligne: LigneDeFinancement, data: Any = None, **initial: Any) -> None:
        super().__init__(ligne, data, **{"le": horloge.today(ligne.espace), **initial})
        self.fields["etat"].choices = [(one.value, one.label) for one in ETATS[ligne.registre]]  # type: ignore[attr-defined]

    def told(self, chose: Model, name: str, value: Any) -> str:
        """An amount as a page shows it."""
        return told(value) if name == "montant" else super().told(chose, name, value)

    def given(self, ligne: LigneDeFinancement, changes: dict[str, Any]) -> dict[str, Any]:
        """The row to write: what was chosen here, over what stands. What one refuses here has no amount left."""
        stands = {name: getattr(ligne, name) for name in self.CHAMPS}
        beside = {name: self.cleaned_data[name] for name in ("le", "source", "preuve", "motif")}
        ends = {"montant": None} if changes.get("etat") in WITHOUT_AMOUNT else {}
        return stands | beside | changes | ends


class LigneForm(MouvementForm):
    """The same for a line that may not be there yet: what it pays for, whose money, which year."""

    registre = forms.ChoiceField(label="Registre", choices=Registre.choices)
    quoi = forms.ChoiceField(label="Pour quoi")
    projet = forms.CharField(
        label="Projet", required=False, max_length=150,
        help_text="Pour un projet qui n’est pas une action du contrat : son nom, sous son orientation.",
    )  # fmt: skip
    financeur = forms.ModelChoiceField(Organisation.objects.none(), label="Qui finance", empty_label="Choisissez")
    annee = forms.TypedChoiceField(label="Année", required=False, coerce=int, empty_value=None)

    def __init__(
        self, espace: EspaceDeContrat, funders: QuerySet[Organisation], data: Any = None, **initial: Any
    ) -> None:
        ledger = (data or initial).get("registre") or Registre.SPECIFIQUE
        ledger = ledger if ledger in Registre.values else Registre.SPECIFIQUE
        super().__init__(LigneDeFinancement(espace=espace, registre=ledger, version=NEW), data, **initial)
        self.espace = espace
        self.orientations = {one.code: one for one in Orientation.objects.of(espace)}
        fiches = FicheAction.objects.of(espace).select_related("action__orientation")
        self.fiches = {one.code: one for one in fiches}
        self.fields["quoi"].choices = self._things()  # type: ignore[attr-defined]
        self.fields["financeur"].queryset = funders  # type: ignore[attr-defined]
        years = range(espace.debut, espace.fin + 1)
        self.fields["annee"].choices = [("", "toute la durée du contrat"), *((y, str(y)) for y in years)]  # type: ignore[attr-defined]
        every = ETATS[Registre.SPECIFIQUE] + ETATS[Registre.DROIT_COMMUN] if data is None else ETATS[ledger]
        self.fields["etat"].choices = [(one.value, one.label) for one in dict.fromkeys(every)]  # type: ignore[attr-defined]
        self.order_fields(["registre", "quoi", "projet", "financeur", "annee", *self.fields])

    def _things(self) -> list[tuple[str, list[tuple[str, str]]]]:
        """Each orientation, whole, then its actions."""
        found = []
        for code, one in self.orientations.items():
            inside = [
                (key, f"{key} {fiche.action.titre}")
                for key, fiche in self.fiches.items()
                if fiche.action.orientation_id == one.pk
            ]
            found.append((f"{code} {one.titre}", [(code, f"{code} : toute l’orientation, ou un projet"), *inside]))
        return found

    def case(self) -> Case:
        """The cell that was chosen."""
        held = self.cleaned_data
        fiche = self.fiches.get(held["quoi"])
        orientation = self.orientations[fiche.action.orientation.code if fiche else held["quoi"]]
        return Case(orientation, held["financeur"], held["annee"], fiche, held["projet"].strip(), held["registre"])
