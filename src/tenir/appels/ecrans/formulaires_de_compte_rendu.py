"""The forms of a report, one a part: what the ledger and the register say is there already."""

from collections.abc import Sequence
from typing import Any

from django import forms

from tenir.appels import comptes, registre
from tenir.appels.champs import COMPTE_RENDU as SECTIONS
from tenir.appels.comptes import Groupe
from tenir.appels.ecrans.formulaires_de_dossier import PEOPLE
from tenir.appels.models import CompteRenduFinancier
from tenir.appels.services.comptes_rendus import received_of
from tenir.contrat.models import ActionPrevue
from tenir.core.nombres import NombreField
from tenir.core.noms import de
from tenir.ecran.champs import label
from tenir.ecran.formulaires import Formulaire, Texte
from tenir.financement.montants import MontantField
from tenir.indicateurs.models import SuiviDIndicateur
from tenir.indicateurs.services.indicateur import figure


class PartieForm(Formulaire):
    """A part; its fields hold what the report holds."""

    def __init__(self, report: CompteRenduFinancier, section: str, data: Any = None) -> None:
        self.report, self.section = report, section
        super().__init__(data, initial=self.held())

    def held(self) -> dict[str, Any]:
        """What the report holds."""
        return {name: getattr(self.report, name) for name in SECTIONS[self.section].champs}

    def given(self) -> dict[str, Any]:
        """What is to be saved."""
        return {name: self.cleaned_data.get(name) for name in SECTIONS[self.section].champs}


class FaitForm(PartieForm):
    """What was done, whether it took place, what differs from what was planned."""

    fait = Texte(
        label="Ce qui a été fait", rows=8, max_length=6000, required=False,
        help_text="Ce qui s’est passé, avec qui, ce que cela a changé. Ne nommez aucune personne.",
    )  # fmt: skip
    pas_eu_lieu = forms.BooleanField(label="L’action n’a pas eu lieu", required=False)
    ecarts = Texte(
        label="Ce qui s’écarte de ce qui était prévu, et pourquoi", rows=4, max_length=3000, required=False,
        help_text="Demandé si l’action n’a pas eu lieu, ou s’il reste ou manque de l’argent.",
    )  # fmt: skip


class VenusForm(PartieForm):
    """How many came, by class, never a person."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in SECTIONS["public"].champs:
            self.fields[name] = forms.IntegerField(
                label=f"Combien de personnes : {label(name, CompteRenduFinancier)}",
                required=False,
                min_value=0,
                max_value=PEOPLE,
            )


class RealiseForm(PartieForm):
    """One side of the budget as it was; what each funder paid is there as the ledger says."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        costs = self.section == "charges"
        self.groupes: Sequence[Groupe] = (
            (*comptes.CHARGES, *comptes.EMPLOIS) if costs else (*comptes.PRODUITS, *comptes.CONTRIBUTIONS)
        )
        rows = self.report.dossier.parts.select_related("financeur", "ligne").order_by("pk")
        self.parts = [] if costs else list(rows)
        for part in self.parts:
            self.fields[f"r_{part.pk}"] = MontantField(f"Reçu {de(part.financeur)}, en euros")
        for group in self.groupes:
            for compte, name in group.lignes.items():
                self.fields[f"c_{compte}"] = MontantField(f"{compte} {name}")
        self.initial = {**self.initial, **self._amounts()}

    def _amounts(self) -> dict[str, Any]:
        """What it holds; before anything is saved, what the ledger says was paid."""
        paid = {f"r_{part.pk}": received_of(part) for part in self.parts}
        if not self.report.pk:
            return paid
        held = {f"c_{one.compte}": one.montant for one in self.report.realise.all()}
        received = {f"r_{one.part_id}": one.montant for one in self.report.recus.all()}
        return held | (received or paid)

    def groups(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The funders of the call first, then each class of accounts."""
        asked = [("Reçu des financeurs de l’appel", [self[f"r_{part.pk}"] for part in self.parts])]
        of_each = [(one.titre, [self[f"c_{compte}"] for compte in one.lignes]) for one in self.groupes]
        return [*(asked if self.parts else []), *of_each]

    def given(self) -> dict[str, Any]:
        """Amounts by account, and by funder."""
        lines = {compte: self.cleaned_data.get(f"c_{compte}") for one in self.groupes for compte in one.lignes}
        return {"comptes": lines, "recus": {one.pk: self.cleaned_data.get(f"r_{one.pk}") for one in self.parts}}


class ResultatsForm(PartieForm):
    """What the action moved of the indicators of the orientations that it serves, those of the register apart."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        dossier = self.report.dossier
        told_already = {one.suivi.pk for one in registre.results_of(dossier)}
        served = ActionPrevue.objects.of(dossier.espace).filter(code__in=dossier.servies.split())
        rows = SuiviDIndicateur.objects.of(dossier.espace).filter(
            indicateur__repete=None, indicateur__orientations__in=served.values("orientation")
        )
        self.suivis = list(rows.exclude(pk__in=told_already).select_related("indicateur").distinct())
        held = {one.suivi_id: one.valeur for one in self.report.resultats.all()} if self.report.pk else {}
        for one in self.suivis:
            unit = f", en {one.unite}" if one.unite else ""
            self.fields[f"v_{one.pk}"] = NombreField(label=f"{one.code} {one.indicateur.libelle}{unit}", required=False)
            if one.pk in held:
                self.initial[f"v_{one.pk}"] = figure(held[one.pk])

    def given(self) -> dict[str, Any]:
        """The values said, by indicator."""
        return {"valeurs": {one.pk: self.cleaned_data.get(f"v_{one.pk}") for one in self.suivis}}


FORMS: dict[str, type[PartieForm]] = {
    "fait": FaitForm,
    "public": VenusForm,
    "charges": RealiseForm,
    "produits": RealiseForm,
    "resultats": ResultatsForm,
}
"""The form of each part."""


class RedemanderForm(Formulaire):
    """What the team wants said again."""

    reprise = Texte(label="Ce qui manque", rows=3, max_length=1000, help_text="Envoyé à qui a rempli le compte rendu.")
