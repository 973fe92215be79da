"""The forms of services, of their attendance, of what is decided."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError

from tenir.acteurs.models import Organisation
from tenir.contrat.models import ActionPrevue
from tenir.core import horloge
from tenir.core.nombres import NombreField
from tenir.core.typographie import typo
from tenir.ecran.formulaires import Formulaire, FormulaireSuivi, JourField
from tenir.equipe.organismes import offered_in
from tenir.financement.montants import MontantField
from tenir.gouvernance.models import Reunion
from tenir.habilitations.models import EspaceDeContrat
from tenir.tarifs.enums import Unite
from tenir.tarifs.models import UNITES_MAX, Frequentation, GrilleTarifaire, ServiceTarife
from tenir.tarifs.services.frequentation import Compte


class EntierField(NombreField):
    """A count typed in French: « 1 210 »."""

    def __init__(self, label: str, most: int, **options: Any) -> None:
        super().__init__(label=label, **{"required": False, **options})
        self.most = most

    def prepare_value(self, value: Any) -> Any:
        """A count as it is read."""
        return super().prepare_value(Decimal(value) if isinstance(value, int) else value)

    def to_python(self, value: Any) -> Any:
        """The count; none when nothing is typed."""
        found = super().to_python(value)
        if found is None:
            return None
        if found != int(found) or found < 0:
            raise ValidationError("Écrivez un nombre entier, sans signe.")
        if found >= self.most:
            raise ValidationError("Ce nombre est trop grand : vérifiez-le.")
        return int(found)


def _bodies(label: str) -> "forms.ModelChoiceField[Organisation]":
    return forms.ModelChoiceField(Organisation.objects.none(), label=label, empty_label="Choisissez")


class ServiceForm(FormulaireSuivi):
    """A service: its name, who runs it, what a price is for, what it costs."""

    CHAMPS: ClassVar[Sequence[str]] = ("libelle", "organisme", "unite", "action", "cout", "cout_source")
    libelle = forms.CharField(
        label="Service", max_length=120, help_text="La cantine, la piscine, l’accueil de loisirs…"
    )
    organisme = _bodies("Géré par")
    unite = forms.ChoiceField(label="Le prix est pour", choices=Unite.choices)
    action = forms.ModelChoiceField(
        ActionPrevue.objects.none(), label="Action du contrat qu’il sert", required=False, empty_label="aucune"
    )
    cout = MontantField("Coût de revient d’une unité, en euros", help_text="Vide : il n’est pas dit.")
    cout_source = forms.CharField(
        label="Source de ce coût", max_length=200, required=False, help_text="Compte administratif, année, calcul."
    )

    def __init__(self, service: ServiceTarife, data: Any = None) -> None:
        super().__init__(service, data)
        espace = service.espace
        self.fields["organisme"].queryset = offered_in(espace)  # type: ignore[attr-defined]
        actions: Any = self.fields["action"]
        actions.queryset = ActionPrevue.objects.of(espace).principales()
        actions.label_from_instance = lambda one: f"{one.code} {one.titre}"

    def held(self, chose: Any, name: str) -> Any:
        """What the service holds now; nothing of who runs one that is not written down yet."""
        if name == "organisme" and chose.organisme_id is None:
            return None
        return super().held(chose, name)


class FrequentationForm(Formulaire):
    """The attendance of a grid in a year: two counts a tranche, where they come from."""

    source = forms.CharField(
        label="D’où viennent ces nombres", max_length=200, help_text="Régie, logiciel de la cantine, état annuel…"
    )

    def __init__(self, names: dict[int, str], held: dict[int, Frequentation], pluriel: str, data: Any = None) -> None:
        sources = {one.source for one in held.values()}
        self.known = sources.pop() if len(sources) == 1 else ""
        super().__init__(data, initial={"source": self.known})
        self.names, self.row = names, held
        for pk, name in names.items():
            row = held.get(pk)
            told = f"{name} : {pluriel}"
            self.fields[f"unites_{pk}"] = EntierField(typo(told), UNITES_MAX, initial=row.unites if row else None)
            self.fields[f"usagers_{pk}"] = EntierField(
                typo(f"{name} : usagers différents"), UNITES_MAX, initial=row.usagers if row else None
            )

    @property
    def rangees(self) -> list[tuple[str, forms.BoundField, forms.BoundField]]:
        """The two cells of each tranche, with its words."""
        return [(name, self[f"unites_{pk}"], self[f"usagers_{pk}"]) for pk, name in self.names.items()]

    def comptes(self) -> dict[int, Compte]:
        """What is said of each tranche; what was not touched keeps its source."""
        source = self.cleaned_data["source"]
        return {pk: self._compte(pk, source) for pk in self.names}

    def _compte(self, pk: int, source: str) -> Compte:
        units, users = self.cleaned_data[f"unites_{pk}"], self.cleaned_data[f"usagers_{pk}"]
        row = self.row.get(pk)
        if row and (row.unites, row.usagers) == (units, users) and source == self.known:
            return Compte(units, users, row.source)
        return Compte(units, users, source)


class ProposerForm(Formulaire):
    """The meeting on the agenda of which a scenario is put."""

    reunion = forms.ModelChoiceField(Reunion.objects.none(), label="Réunion", empty_label="Choisissez")

    def __init__(self, espace: EspaceDeContrat, data: Any = None) -> None:
        super().__init__(data)
        field: Any = self.fields["reunion"]
        field.queryset = meetings_of(espace)
        field.label_from_instance = lambda one: typo(str(one))


def meetings_of(espace: EspaceDeContrat) -> Any:
    """The meetings to come, the nearest first."""
    rows = Reunion.objects.of(espace).filter(jour__gte=horloge.today(espace))
    return rows.exclude(etat="annulee").order_by("jour", "pk")


class RetenirForm(Formulaire):
    """The decision that retains a scenario, and the day from which its prices apply."""

    decidee_le = JourField(label="Décidé le")
    decision = forms.CharField(
        label="Référence de la décision", max_length=200, help_text="« Délibération 2026-45 du conseil municipal »."
    )
    applicable_le = JourField(label="Applicable à partir du")

    def __init__(self, grille: GrilleTarifaire, data: Any = None) -> None:
        super().__init__(data, initial={"decidee_le": horloge.today(grille.service.espace)})
