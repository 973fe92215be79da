"""The forms of bodies, meetings, decisions and proposals."""

from collections.abc import Iterable, Sequence
from typing import Any, ClassVar

from django import forms
from django.db.models import Model

from tenir.acteurs.models import Organisation
from tenir.atelier.models import Brouillon
from tenir.contrat.models import ActionPrevue, Axe
from tenir.core.alphabet import alphabetical
from tenir.core.noms import de, designe
from tenir.core.typographie import typo
from tenir.ecran.formulaires import Formulaire, FormulaireSuivi, JourField, Texte
from tenir.engagements.models import SuiviDEngagement
from tenir.equipe.organismes import offered_in
from tenir.fiches.models import FicheAction
from tenir.gouvernance.enums import (
    ANSWERS,
    AvisDePoint,
    College,
    EtatDeDecision,
    GenreDeRegle,
    NatureDeSource,
    Qualite,
    Reponse,
    SuiteDeCorrection,
)
from tenir.gouvernance.models import Convocation, Decision, InstanceSuivie, Proposition, Reunion
from tenir.gouvernance.regles import Ecart
from tenir.gouvernance.reponse_d_agenda import OCTETS
from tenir.habilitations.models import EspaceDeContrat


def _one(label: str, rows: Any, text: Any = str, **options: Any) -> "forms.ModelChoiceField[Any]":
    """One row among some, or none."""
    field = forms.ModelChoiceField(rows, label=label, **{"required": False, "empty_label": "–", **options})
    field.label_from_instance = text  # type: ignore[method-assign]
    return field


def time_field(label: str) -> forms.TimeField:
    """An hour, or none."""
    return forms.TimeField(label=label, required=False, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))


class ReunionForm(FormulaireSuivi):
    """When, where and what about a body meets."""

    CHAMPS: ClassVar[tuple[str, ...]] = ("objet", "jour", "debut", "fin", "lieu", "documents")
    jour = JourField(label="Jour")
    debut = time_field("De")
    fin = time_field("À")
    lieu = forms.CharField(
        label="Lieu", required=False, max_length=300, help_text="Adresse, ou lien de la visioconférence."
    )
    objet = forms.CharField(label="Objet", required=False, max_length=200, help_text="Ce qu’elle a de particulier.")
    documents = forms.CharField(
        label="Documents à lire avant", required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Un par ligne : son titre, et où il se trouve. Ils s’inscrivent au dossier de la réunion.",
    )  # fmt: skip


class NouvelleReunionForm(ReunionForm):
    """The same, of a body to choose."""

    def __init__(self, espace: EspaceDeContrat, data: Any = None, **initial: Any) -> None:
        super().__init__(Reunion(), data, **initial)
        rows = InstanceSuivie.objects.of(espace)
        self.fields["instance"] = _one("Instance", rows, required=True, empty_label="Choisissez")
        self.order_fields(["instance", *self.fields])


class InstanceForm(Formulaire):
    """A body that the contract does not sign."""

    nom_propre = forms.CharField(label="Nom", max_length=150)
    cree_par_quoi = forms.CharField(
        label="Ce qui la crée",
        max_length=300,
        help_text="Une action du contrat, une décision et son jour, une convention.",
    )
    reunions_par_an = forms.IntegerField(label="Réunions par an", required=False, min_value=1, max_value=366)

    def __init__(self, espace: EspaceDeContrat, data: Any = None) -> None:
        super().__init__(data)
        self.fields["action"] = _one("Action qu’elle suit", ActionPrevue.objects.of(espace))


class SiegeForm(Formulaire):
    """A seat: which organisation, as what, since when."""

    fonction = forms.CharField(
        label="Fonction", required=False, max_length=150, help_text="Une fonction, jamais le nom d’une personne."
    )
    qualite = forms.ChoiceField(label="Qualité", choices=Qualite.choices)
    college = forms.ChoiceField(label="Collège", choices=[("", "–"), *College.choices], required=False)
    du = JourField(label="Depuis le")
    au = JourField(label="Prend fin le", required=False)

    def __init__(self, espace: EspaceDeContrat, data: Any = None, **initial: Any) -> None:
        super().__init__(data, initial=initial)
        bodies = offered_in(espace)
        self.fields["organisation"] = _one("Organisme", bodies, required=True, empty_label="Choisissez")
        decisions = Decision.objects.of(espace).order_by("-numero")
        self.fields["decision"] = _one(
            "Décision qui l’a réglé", decisions, lambda one: f"{one.code} {one.texte[:80]}",
            help_text="Quand le contrat dit deux choses, et qu’une réunion a tranché.",
        )  # fmt: skip
        self.order_fields(["organisation", *self.fields])


class CompositionForm(Formulaire):
    """The organisations that the contract names for a body, to give their seats at once."""

    du = JourField(label="Depuis le")
    sieges = forms.MultipleChoiceField(label="Sièges", widget=forms.CheckboxSelectMultiple)

    def __init__(self, choices: list[tuple[str, str]], data: Any = None, **initial: Any) -> None:
        super().__init__(data, initial=initial)
        self.fields["sieges"].choices = choices  # type: ignore[attr-defined]


class RegleForm(Formulaire):
    """A rule of the team, with what it rests on."""

    genre = forms.ChoiceField(label="Sur quoi", choices=GenreDeRegle.choices)
    titre = forms.CharField(label="La règle, en une phrase", max_length=300)
    nombre = forms.IntegerField(
        label="Nombre", required=False, min_value=1, max_value=366,
        help_text="Réunions par an, jours de préavis, part des organismes en % pour le quorum, part de chaque sexe "
        "en % pour la parité (vide : une personne d’écart au plus).",
    )  # fmt: skip
    nature = forms.ChoiceField(label="Ce sur quoi elle s’appuie", choices=NatureDeSource.choices)
    source = forms.CharField(
        label="Source",
        max_length=300,
        help_text="L’article, les lignes du contrat, le règlement et son jour, ou qui l’a choisi.",
    )
    du = JourField(label="Depuis le")

    def __init__(self, instance: InstanceSuivie, data: Any = None, **initial: Any) -> None:
        super().__init__(data, initial=initial)
        others = InstanceSuivie.objects.of(instance.espace).exclude(pk=instance.pk)
        self.fields["avant"] = _one("En amont de quelle instance", others)
        self.fields["organisme"] = _one("Quel organisme doit siéger", offered_in(instance.espace))


class ReglementForm(Formulaire):
    """Who adopted the model of règlement, and when."""

    par = forms.CharField(
        label="Adopté par", max_length=150, help_text="L’instance elle-même, et le jour de sa décision."
    )
    le = JourField(label="En vigueur depuis le")


class FinForm(Formulaire):
    """The day on which something ends."""

    au = JourField(label="Prend fin le")


class MotifForm(Formulaire):
    """Why."""

    motif = Texte(label="Pourquoi", rows=2, max_length=500)


class RaisonsForm(Formulaire):
    """Why what is beside each rule is done all the same; the rule and its source are the label."""

    def __init__(self, ecarts: Iterable[Ecart], data: Any = None) -> None:
        super().__init__(data)
        self.cles = {f"raison_{rank}": ecart for rank, ecart in enumerate(ecarts)}
        for name, ecart in self.cles.items():
            self.fields[name] = forms.CharField(
                label=typo(f"{ecart.phrase} Pourquoi passer outre ?"),
                max_length=500,
                help_text=typo(
                    f"Règle : {ecart.source}. Rien n’empêche de continuer ; le compte rendu dira la raison."
                ),
            )

    def raisons(self) -> dict[str, str]:
        """The reasons given, by the key of their rule."""
        return {ecart.cle: self.cleaned_data.get(name, "") for name, ecart in self.cles.items()}


class ConvoquerForm(RaisonsForm):
    """The bodies to invite, and the reasons."""

    def __init__(self, bodies: list[tuple[Organisation, str]], ecarts: Iterable[Ecart], data: Any = None) -> None:
        super().__init__(ecarts, data)
        self.known = {str(one.pk): one for one, _ in bodies}
        self.fields["organismes"] = forms.MultipleChoiceField(
            label="Organismes convoqués",
            choices=[(str(one.pk), typo(f"{one.nom}{note}")) for one, note in bodies],
            initial=list(self.known),
            widget=forms.CheckboxSelectMultiple,
            error_messages={"required": "Choisissez au moins un organisme."},
        )
        self.order_fields(["organismes", *self.cles])

    def bodies(self) -> list[Organisation]:
        """Those chosen."""
        return [self.known[one] for one in self.cleaned_data.get("organismes", ())]


def _people(label: str) -> forms.IntegerField:
    return forms.IntegerField(label=label, required=False, min_value=0, max_value=9999)


class PresencesForm(Formulaire):
    """What was seen of each body invited, and which represents it; how many women and men are in the room."""

    femmes = _people("Femmes présentes")
    hommes = _people("Hommes présents")

    def __init__(self, reunion: Reunion, convocations: list[Convocation], data: Any = None) -> None:
        super().__init__(data, initial={"femmes": reunion.femmes, "hommes": reunion.hommes})
        self.convocations = convocations
        bodies = [(str(one.organisation_id), str(one.organisation)) for one in convocations]
        for one in convocations:
            announced = one.presence or one.reponse
            self.fields[f"p_{one.pk}"] = forms.ChoiceField(
                label=typo(f"Présence {de(one.organisation)}"),
                choices=[("", "non noté"), *Reponse.choices],
                required=False,
                initial=announced,
            )
            others = [("", "–"), *(body for body in bodies if body[0] != str(one.organisation_id))]
            self.fields[f"r_{one.pk}"] = forms.ChoiceField(
                label=typo(f"Qui représente {designe(one.organisation.nom)}"), choices=others, required=False,
                initial=str(one.represente_par_id or ""),
            )  # fmt: skip

    def rows(self) -> list[tuple[Convocation, forms.BoundField, forms.BoundField]]:
        """Each body, with its two fields."""
        return [(one, self[f"p_{one.pk}"], self[f"r_{one.pk}"]) for one in self.convocations]

    def nombres(self) -> list[forms.BoundField]:
        """The two numbers of people."""
        return [self["femmes"], self["hommes"]]

    def personnes(self) -> tuple[int | None, int | None]:
        """How many women, how many men."""
        return self.cleaned_data["femmes"], self.cleaned_data["hommes"]

    def presences(self) -> dict[int, tuple[str, Organisation | None]]:
        """What was noted, by the number of the convocation."""
        by_number = {str(one.organisation_id): one.organisation for one in self.convocations}
        held = self.cleaned_data
        return {
            one.pk: (
                held[f"p_{one.pk}"],
                by_number.get(held[f"r_{one.pk}"]) if held[f"p_{one.pk}"] == Reponse.REPRESENTE else None,
            )
            for one in self.convocations
        }


class PorteForm(Formulaire):
    """Which body is there, at the door."""

    def __init__(self, reunion: Reunion, data: Any = None) -> None:
        super().__init__(data)
        rows = reunion.convocations.select_related("organisation")
        self.fields["organisme"] = _one(
            "Vous venez pour", rows, lambda one: str(one.organisation), required=True, empty_label=None,
            widget=forms.RadioSelect, error_messages={"required": "Choisissez votre organisme."},
        )  # fmt: skip


def _voices(label: str, help_text: str = "") -> forms.IntegerField:
    return forms.IntegerField(label=label, required=False, min_value=0, max_value=999, help_text=help_text)


class PointForm(FormulaireSuivi):
    """An item of an agenda: its title, its rank, what is noted of it."""

    CHAMPS: ClassVar[tuple[str, ...]] = ("titre", "notes", "avis", "pour", "contre", "abstentions", "rang")
    titre = forms.CharField(label="Point", max_length=300)
    notes = Texte(label="Ce qui s’est dit", rows=12, max_length=20_000, required=False)
    avis = forms.ChoiceField(label="Avis rendu", choices=[("", "aucun"), *AvisDePoint.choices], required=False)
    pour = _voices("Voix pour", "Laissez vide ce qui n’est pas compté.")
    contre = _voices("Voix contre")
    abstentions = _voices("Abstentions")
    rang = forms.IntegerField(label="Rang", min_value=1, max_value=999)


class ConstruireForm(Formulaire):
    """What waits, to be ticked: a field for each heading."""

    def __init__(self, offres: Sequence[tuple[str, str, str]], data: Any = None) -> None:
        super().__init__(data)
        groups: dict[str, list[tuple[str, str]]] = {}
        for cle, groupe, titre in offres:
            groups.setdefault(groupe, []).append((cle, titre))
        for rank, (groupe, choices) in enumerate(groups.items()):
            self.fields[f"g{rank}"] = forms.MultipleChoiceField(
                label=groupe, choices=choices, required=False, widget=forms.CheckboxSelectMultiple
            )

    def cles(self) -> set[str]:
        """What was ticked."""
        return {one for held in self.cleaned_data.values() for one in held}


class NouveauPointForm(Formulaire):
    """The title of a new item."""

    titre = forms.CharField(label="Point", max_length=300)


class DecisionForm(FormulaireSuivi):
    """What was decided: in one sentence, by whom, by when, on what."""

    CHAMPS: ClassVar[tuple[str, ...]] = ("texte", "organisme", "pour_le", "fiche", "engagement", "avenant")
    texte = Texte(label="La décision, en une phrase", rows=3, max_length=1000)
    organisme = _one("Qui l’exécute", Organisation.objects.none())
    pour_le = JourField(label="Pour le", required=False)
    fiche = _one("Action", FicheAction.objects.none(), lambda one: f"{one.code} {one.action.titre}")
    engagement = _one("Engagement", SuiviDEngagement.objects.none(), lambda one: f"{one.code} {one.engagement.titre}")
    avenant = _one("Avenant", Brouillon.objects.none(), lambda one: f"{one}, {one.get_etat_display()}")

    def __init__(self, espace: EspaceDeContrat, chose: Model, data: Any = None) -> None:
        super().__init__(chose, data)
        offered = {
            "organisme": offered_in(espace),
            "fiche": FicheAction.objects.of(espace).select_related("action"),
            "engagement": SuiviDEngagement.objects.of(espace).select_related("engagement"),
            "avenant": Brouillon.objects.of(espace).filter(objet=Brouillon.Objet.AVENANT),
        }
        for name, rows in offered.items():
            self.fields[name].queryset = rows  # type: ignore[attr-defined]


class SuiteForm(FormulaireSuivi):
    """Where a decision stands."""

    CHAMPS: ClassVar[tuple[str, ...]] = ("etat", "suite")
    etat = forms.ChoiceField(label="Où en est-elle", choices=EtatDeDecision.choices, widget=forms.RadioSelect)
    suite = Texte(
        label="Ce qui a été fait", max_length=1000, required=False, help_text="Ou pourquoi elle est abandonnée."
    )


class PropositionForm(Formulaire):
    """What a meeting proposes."""

    texte = Texte(label="La proposition, en une phrase", rows=3, max_length=1000)

    def __init__(self, espace: EspaceDeContrat, data: Any = None) -> None:
        super().__init__(data)
        self.fields["organisme"] = _one(
            "Proposée par", offered_in(espace), help_text="Un organisme, jamais une personne."
        )
        self.fields["axe"] = _one("Axe", Axe.objects.of(espace), lambda one: f"{one.code} {one.titre}")


class InscrireForm(Formulaire):
    """The meeting that will examine a proposal."""

    def __init__(self, proposition: Proposition, data: Any = None) -> None:
        super().__init__(data)
        rows = Reunion.objects.of(proposition.espace).to_come().order_by("jour", "pk")
        self.fields["reunion"] = _one("Réunion", rows, required=True, empty_label="Choisissez")


class ReponseForm(Formulaire):
    """What a body answers by its link."""

    reponse = forms.ChoiceField(
        label="Votre organisme sera", choices=[(one.value, one.label) for one in ANSWERS], widget=forms.RadioSelect
    )

    def __init__(self, convocation: Convocation, data: Any = None) -> None:
        super().__init__(data, initial={"reponse": convocation.reponse})
        others = Organisation.objects.filter(
            pk__in=convocation.reunion.convocations.exclude(pk=convocation.pk).values("organisation")
        )
        self.fields["represente_par"] = _one(
            "Représenté par", others.order_by(alphabetical("nom")), initial=convocation.represente_par,
            help_text="Quand il est représenté : par quel autre organisme convoqué.",
        )  # fmt: skip


class MaCorrectionForm(Formulaire):
    """What a body asks to correct in the minutes, by its link."""

    texte = Texte(
        label="Ce qu’il faut corriger",
        rows=5,
        max_length=2000,
        help_text="Dites le point, et ce qui devrait y être écrit.",
    )


class CorrectionForm(MaCorrectionForm):
    """The same, noted by the team for a body that was invited."""

    def __init__(self, reunion: Reunion, data: Any = None) -> None:
        super().__init__(data)
        invited = Organisation.objects.filter(pk__in=reunion.convocations.values("organisation"))
        rows = invited.order_by(alphabetical("nom"))
        self.fields["organisation"] = _one("Demandée par", rows, required=True, empty_label="Choisissez")
        self.order_fields(["organisation", "texte"])


class SuiteDeCorrectionForm(Formulaire):
    """What becomes of a correction."""

    suite = forms.ChoiceField(label="Elle est", choices=SuiteDeCorrection.choices, widget=forms.RadioSelect)
    motif = forms.CharField(label="Pourquoi", required=False, max_length=500, help_text="Quand elle n’est pas reprise.")


class ReponseDAgendaForm(Formulaire):
    """What a calendar sent back, pasted or joined."""

    texte = Texte(
        label="Le texte de la réponse",
        rows=6,
        max_length=OCTETS,
        required=False,
        help_text="De BEGIN:VCALENDAR à la fin.",
    )
    fichier = forms.FileField(label="Ou le fichier .ics", required=False, allow_empty_file=True)

    def content(self) -> bytes:
        """What was given; the file first, and no more of it than is ever read."""
        held = self.cleaned_data
        content: bytes = held["fichier"].read(OCTETS + 1) if held.get("fichier") else held["texte"].encode()
        return content
