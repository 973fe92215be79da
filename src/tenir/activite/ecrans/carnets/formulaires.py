"""The forms of a carnet: whose it is, or in which place; what it serves for; how far it is believed."""

from typing import Any

from django import forms
from django.db.models import Model
from django.utils.datastructures import MultiValueDict

from tenir.acteurs.models import Organisation
from tenir.activite.catalogue import offered_in
from tenir.activite.ecrans.formulaires import LieuField, PlusieursField, places_of
from tenir.activite.enums import Confiance
from tenir.activite.models import Carnet
from tenir.activite.services.carnets import WRITTEN
from tenir.contrat.models import Lieu
from tenir.core import horloge
from tenir.core.alphabet import alphabetical
from tenir.core.typographie import typo
from tenir.ecran.formulaires import Formulaire, FormulaireSuivi
from tenir.equipe.organismes import offered_in as bodies_in
from tenir.habilitations.models import EspaceDeContrat, Referent
from tenir.habilitations.niveaux import Niveau
from tenir.natures.enums import Lecteurs
from tenir.natures.modeles import NatureEntiere

ASKED = [
    (Confiance.RETENUE.value, "Compte aussitôt, sauf ce qui fait douter"),
    (Confiance.DECLAREE.value, "Attend d’être lu par l’équipe"),
]
NONE_TICKED = typo("Rien de coché : toutes celles que les partenaires lisent, et celles qui viendront.")


class ReferentField(forms.ModelChoiceField):  # type: ignore[type-arg]  # Django's takes none at run time
    """A contact of a body: « CCAS de Songe : Nora Exemple, directrice »."""

    def label_from_instance(self, obj: Model) -> str:
        """Her body first, as a list is looked through."""
        assert isinstance(obj, Referent)  # noqa: S101 (what this field offers)
        said = f"{obj.personne}, {obj.fonction}" if obj.fonction else str(obj.personne)
        return typo(f"{obj.organisation.nom} : {said}")


class OuvrirForm(Formulaire):
    """Whose carnet it is, for which kinds."""

    referent = ReferentField(Referent.objects.none(), label="À qui", empty_label="Choisissez")
    natures = PlusieursField(label="Pour noter quoi", required=False, help_text=NONE_TICKED)
    confiance = forms.ChoiceField(
        label="Ce qui en vient", choices=ASKED, widget=forms.RadioSelect, initial=Confiance.RETENUE.value
    )
    mensuel = forms.BooleanField(label="Envoyer un lien neuf chaque mois", required=False, initial=True)

    def __init__(self, espace: EspaceDeContrat, data: MultiValueDict[str, Any] | None = None) -> None:
        super().__init__(data)
        rows = Referent.objects.filter(espace=espace).current(horloge.today(espace)).exclude(personne__email="")
        offered = rows.select_related("personne", "organisation")
        self.fields["referent"].queryset = offered.order_by(  # type: ignore[attr-defined]
            alphabetical("organisation__nom"), alphabetical("personne__nom"), "pk"
        )
        self.fields["natures"].choices = kinds(espace)  # type: ignore[attr-defined]


class AfficheForm(Formulaire):
    """On which wall, under whose name, for which kinds."""

    lieu = LieuField(Lieu.objects.none(), label="Dans quel lieu", empty_label="Choisissez")
    organisme = forms.ModelChoiceField(
        Organisation.objects.none(),
        label="Au nom de quel organisme",
        empty_label="Choisissez",
        help_text=typo("Ce qui vient de l’affiche s’inscrit à son nom."),
    )
    natures = PlusieursField(label="Pour noter quoi", required=False, help_text=NONE_TICKED)

    def __init__(self, espace: EspaceDeContrat, data: MultiValueDict[str, Any] | None = None) -> None:
        super().__init__(data)
        self.fields["lieu"].queryset = places_of(espace)  # type: ignore[attr-defined]
        self.fields["organisme"].queryset = bodies_in(espace)  # type: ignore[attr-defined]
        self.fields["natures"].choices = kinds(espace, mural=True)  # type: ignore[attr-defined]


class CarnetForm(FormulaireSuivi):
    """What is changed of a carnet."""

    CHAMPS = WRITTEN
    natures = PlusieursField(label="Pour noter quoi", required=False, help_text=NONE_TICKED)
    confiance = forms.ChoiceField(label="Ce qui en vient", choices=ASKED, widget=forms.RadioSelect)
    mensuel = forms.BooleanField(label="Envoyer un lien neuf chaque mois", required=False)

    def __init__(self, carnet: Carnet, data: MultiValueDict[str, Any] | None = None) -> None:
        super().__init__(carnet, data)
        held = [(one, one) for one in carnet.natures]
        offered = kinds(carnet.espace, mural=carnet.mural)
        self.fields["natures"].choices = list({**dict(held), **dict(offered)}.items())  # type: ignore[attr-defined]
        if carnet.mural:
            del self.fields["confiance"], self.fields["mensuel"]

    def held(self, chose: Model, name: str) -> Any:
        """What the carnet holds now; codes in one order, so that two readings of the same are equal."""
        found = super().held(chose, name)
        return sorted(found) if name == "natures" else found

    def told(self, chose: Model, name: str, value: Any) -> str:
        """A value in words."""
        if name == "natures":
            said = dict(self.fields[name].choices)  # type: ignore[attr-defined]
            return ", ".join(str(said.get(one, one)) for one in value)
        return super().told(chose, name, value)


def kinds(espace: EspaceDeContrat, *, mural: bool = False) -> list[tuple[str, str]]:
    """The kinds that a carnet may offer: those that partners read; every register too, unless it is on a wall."""
    done = [(one.nature, one.libelle) for one in offered_in(espace, Niveau.PARTENAIRES)]
    lasting = offered_in(espace, Niveau.PARTENAIRES if mural else Niveau.EQUIPE, lasting=True)
    return [*done, *((one.nature, _register(one)) for one in lasting)]


def _register(kind: NatureEntiere) -> str:
    told = "registre, que l’équipe seule lit" if kind.visible is Lecteurs.EQUIPE else "registre"
    return typo(f"{kind.libelle} ({told})")
