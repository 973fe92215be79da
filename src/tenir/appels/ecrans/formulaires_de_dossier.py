"""The forms of a dossier, one a section: nothing is required to save, all of it is to send."""

from collections.abc import Iterator, Sequence
from typing import Any, ClassVar

from django import forms

from tenir.appels import comptes
from tenir.appels.champs import SECTIONS
from tenir.appels.comptes import Groupe
from tenir.appels.models import DossierDeDemande
from tenir.contrat.models import ActionPrevue
from tenir.core.noms import a
from tenir.core.typographie import typo
from tenir.ecran.champs import label
from tenir.ecran.formulaires import FichierField, Formulaire, JourField, Texte
from tenir.financement.montants import MontantField

SERVIES = 3
"""How many actions of the contract a dossier serves at most."""
AUTRE = "autre"
PEOPLE = 10_000_000


class SectionForm(Formulaire):
    """A section; its fields hold what the dossier holds."""

    def __init__(self, dossier: DossierDeDemande, section: str, data: Any = None, files: Any = None) -> None:
        self.dossier, self.section = dossier, section
        super().__init__(data, files, initial=self.held())

    def held(self) -> dict[str, Any]:
        """What the dossier holds."""
        return {name: getattr(self.dossier, name) for name in SECTIONS[self.section].champs}

    def given(self) -> dict[str, Any]:
        """What is to be saved."""
        return {name: self.cleaned_data.get(name) for name in SECTIONS[self.section].champs}


class OrganismeForm(SectionForm):
    """Who asks."""

    nom = forms.CharField(label="Nom de l’organisme", required=False, max_length=200)
    siret = forms.CharField(
        label="SIRET", required=False, max_length=20, help_text="Quatorze chiffres.",
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )  # fmt: skip
    rna = forms.CharField(
        label="Numéro RNA, pour une association sans SIRET", required=False, max_length=12,
        help_text=typo("La lettre W, puis neuf chiffres : il est sur le récépissé de la préfecture."),
    )  # fmt: skip
    adresse = forms.CharField(label="Adresse de l’organisme", required=False, max_length=300)
    telephone = forms.CharField(label="Téléphone de l’organisme", required=False, max_length=30)


class ActionForm(SectionForm):
    """What is to be done, and which actions of the contract it serves."""

    intitule = forms.CharField(label="Titre de l’action", required=False, max_length=150)
    description = Texte(
        label="Ce qui sera fait", rows=8, max_length=6000, required=False,
        help_text="Pourquoi, avec qui, à quel rythme, ce qui dira que c’est réussi. Ne nommez aucune personne.",
    )  # fmt: skip

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        offered = [("", "–"), *_actions(self.dossier)]
        for rank in range(1, SERVIES + 1):
            label = "Action du contrat servie" + (f", {rank}" if rank > 1 else "")
            self.fields[f"servie_{rank}"] = forms.ChoiceField(label=label, choices=offered, required=False)

    def held(self) -> dict[str, Any]:
        """The actions served, one a field."""
        codes = self.dossier.servies.split()
        return super().held() | {f"servie_{rank}": code for rank, code in enumerate(codes, start=1)}

    def given(self) -> dict[str, Any]:
        """The codes chosen, each once."""
        chosen = (self.cleaned_data[f"servie_{rank}"] for rank in range(1, SERVIES + 1))
        return super().given() | {"servies": " ".join(dict.fromkeys(filter(None, chosen)))}


class PublicForm(SectionForm):
    """For whom: words, and counts by class, never a person."""

    public = Texte(
        label="À qui l’action s’adresse", rows=3, max_length=1500, required=False, help_text="Ne nommez personne."
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in SECTIONS["public"].champs[1:]:
            self.fields[name] = forms.IntegerField(
                label=f"Combien de personnes : {label(name, DossierDeDemande)}",
                required=False,
                min_value=0,
                max_value=PEOPLE,
            )


class LieuxForm(SectionForm):
    """Where, from when to when."""

    lieux = Texte(label="Où l’action se déroule", rows=3, max_length=1000, required=False)
    debut = JourField(label="Commence le", required=False)
    fin = JourField(label="Finit le", required=False)


class BudgetForm(SectionForm):
    """One side of the budget, account by account; what is not typed is nothing."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        costs = self.section == "charges"
        self.groupes: Sequence[Groupe] = (
            (*comptes.CHARGES, *comptes.EMPLOIS) if costs else (*comptes.PRODUITS, *comptes.CONTRIBUTIONS)
        )
        rows = self.dossier.appel.enveloppes.select_related("financeur").order_by("pk")
        self.financeurs = [] if costs else [one.financeur for one in rows]
        for body in self.financeurs:
            self.fields[f"f_{body.pk}"] = MontantField(f"Demandé {a(body)}, en euros")
        for group in self.groupes:
            for compte, name in group.lignes.items():
                self.fields[f"c_{compte}"] = MontantField(f"{compte} {name}")
        self.initial = {**self.initial, **self._amounts()}

    def _amounts(self) -> dict[str, Any]:
        held = {f"c_{one.compte}": one.montant for one in self.dossier.budget.all()}
        return held | {f"f_{one.financeur_id}": one.montant for one in self.dossier.parts.all()}

    def groups(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The funders of the call first, then each class of accounts."""
        asked = [("Demandé aux financeurs de l’appel", [self[f"f_{body.pk}"] for body in self.financeurs])]
        of_each = [(one.titre, [self[f"c_{compte}"] for compte in one.lignes]) for one in self.groupes]
        return [*(asked if self.financeurs else []), *of_each]

    def given(self) -> dict[str, Any]:
        """Amounts by account, and by funder."""
        lines = {compte: self.cleaned_data.get(f"c_{compte}") for one in self.groupes for compte in one.lignes}
        return {"comptes": lines, "parts": {one.pk: self.cleaned_data.get(f"f_{one.pk}") for one in self.financeurs}}


class EngagementForm(SectionForm):
    """Seven commitments, accepted."""

    cer = forms.BooleanField(label="L’organisme accepte le contrat d’engagement républicain", required=False)


class PieceDeDossierForm(SectionForm):
    """A file, and which document it is."""

    fichier = FichierField()

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        asked = [(one.intitule, one.intitule) for one in self.dossier.appel.pieces_a_fournir]
        self.fields["intitule"] = forms.ChoiceField(label="Quelle pièce", choices=[*asked, (AUTRE, "Une autre pièce")])
        self.order_fields(["intitule", "fichier"])

    def piece(self) -> dict[str, Any]:
        """Which document, and its file."""
        name = self.cleaned_data["intitule"]
        file = self.cleaned_data["fichier"]
        return {"intitule": (file.name if file else "") if name == AUTRE else name, "fichier": file}


FORMS: dict[str, type[SectionForm]] = {
    "organisme": OrganismeForm,
    "action": ActionForm,
    "public": PublicForm,
    "lieux": LieuxForm,
    "charges": BudgetForm,
    "produits": BudgetForm,
    "engagement": EngagementForm,
    "pieces": PieceDeDossierForm,
}
"""The form of each section."""


class DeposerForm(Formulaire):
    """The day when the team received a dossier on paper."""

    le = JourField(label="Reçu le", required=False, help_text="Sans date : aujourd’hui.")


class OuvrirForm(Formulaire):
    """Whom to send the link of a dossier that the team opens."""

    courriel = forms.EmailField(
        label="Adresse de l’organisme", required=False, max_length=254,
        help_text="Avec une adresse, le lien du dossier lui est envoyé. Sans, l’équipe le remplit.",
    )  # fmt: skip


class DemanderForm(forms.Form):
    """The address to which the link of a new dossier is sent."""

    PIEGE: ClassVar[str] = "site"
    courriel = forms.EmailField(
        label="Adresse électronique de l’organisme", max_length=254,
        help_text="Le lien du dossier y est envoyé : il permet de le reprendre autant de fois qu’il faut.",
    )  # fmt: skip
    site = forms.CharField(required=False, widget=forms.HiddenInput)

    @property
    def is_of_a_machine(self) -> bool:
        """Whether the field that nobody sees was filled."""
        return bool(self.cleaned_data.get(self.PIEGE))


def _actions(dossier: DossierDeDemande) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """The actions of the contract, by orientation; one query."""
    under: dict[str, list[tuple[str, str]]] = {}
    rows = ActionPrevue.objects.of(dossier.espace).principales().select_related("orientation").order_by("ordre")
    for one in rows:
        under.setdefault(f"{one.orientation.code} {one.orientation.titre}", []).append(
            (one.code, f"{one.code} {one.titre}")
        )
    yield from under.items()
