"""The lists of the room: meetings, decisions, proposals."""

from typing import Any

import django_filters
from django.db.models import Count, Q, QuerySet
from django.utils.html import format_html

from tenir.core import horloge
from tenir.core.listes import Colonne, Groupement, Liste, Place, day_column, read
from tenir.core.typographie import typo
from tenir.ecran.navigation import address
from tenir.gouvernance.ecrans.commun import stamp_of, stamp_of_decision, stamp_of_proposition
from tenir.gouvernance.enums import EtatDeDecision, EtatDeProposition, EtatDeReunion
from tenir.gouvernance.models import Decision, InstanceSuivie, Proposition, Reunion
from tenir.habilitations.listes import YES, bodies_offered, contract_column, of_body, stamped, with_words
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.niveaux import Niveau
from tenir.habilitations.organismes import bodies_of
from tenir.habilitations.rights import Acces


def meetings(espace: EspaceDeContrat) -> QuerySet[Reunion]:
    """The meetings of a contract, with how many bodies are invited and how many decisions were taken."""
    return Reunion.objects.of(espace).annotate(
        convoques=Count("convocations", distinct=True), prises=Count("decisions", distinct=True)
    )


def _meeting(row: Reunion) -> str:
    url = address("reunion", row.espace, row.pk)
    return format_html(
        '<a href="{}">{}</a>', url, typo(f"{row.instance.nom} : {row.objet}" if row.objet else row.instance.nom)
    )


REUNIONS = Liste(
    "Réunions",
    (
        contract_column(read("espace.titre")),
        day_column("jour", "Jour", read("jour"), order_by=("jour",), place=Place.LIGNE),
        Colonne("instance", "Instance", read("instance.nom"), _meeting, place=Place.TITRE),
        Colonne("objet", "Objet", read("objet"), on_page=False),
        Colonne(
            "etat", "État", lambda row: row.get_etat_display(), stamped(stamp_of), order_by=("etat",), place=Place.ETAT
        ),
        Colonne("lieu", "Lieu", read("lieu"), place=Place.LIGNE),
        Colonne("convoques", "Organismes convoqués", read("convoques"), order_by=("convoques",), css="chiffre"),
        Colonne("prises", "Décisions", read("prises"), order_by=("prises",), css="chiffre"),
        Colonne("public", "Sur le site public", lambda row: "oui" if row.niveau == Niveau.PUBLIC else "non"),
    ),
    noun="réunion",
    genre="f",
    empty="Aucune réunion ne répond à ces filtres.",
    sort="-jour",
    groupings=(Groupement("instance", "Instance", lambda row: [(row.instance_id, row.instance.nom)]),),
    choosable=True,
)
"""The meetings, the latest first."""


class FiltreDesReunions(django_filters.FilterSet):
    """Body, state."""

    instance = django_filters.ChoiceFilter(label="Instance", method="of_body", empty_label="Toutes")
    etat = django_filters.ChoiceFilter(label="État", choices=EtatDeReunion.choices, empty_label="Tous")

    class Meta:
        model = Reunion
        fields: tuple[str, ...] = ()

    def __init__(self, *args: Any, espace: EspaceDeContrat, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters["instance"].extra["choices"] = [(one.code, one.nom) for one in InstanceSuivie.objects.of(espace)]

    def of_body(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Those of a body."""
        own = Q(instance__pk=value[1:]) if value.startswith("T") and value[1:].isdecimal() else Q(pk=None)
        return rows.filter(Q(instance__instance__code=value) | own)


def _body(row: Decision | Proposition) -> str:
    return typo(row.reunion.instance.nom)


def _decision(row: Decision) -> str:
    return format_html('<a href="{}">{}</a>', address("decision", row.espace, row.numero), row.texte)


def _declared(row: Decision) -> str:
    return row.get_etat_display()


def _by_whom(row: Decision) -> list[tuple[int, str]]:
    return [(row.organisme_id or 0, str(row.organisme or "non dit"))]


def _linked(row: Decision) -> str:
    return ", ".join(one.code for one in (row.fiche, row.engagement) if one)


DECISIONS = Liste(
    "Décisions",
    (
        contract_column(read("espace.titre")),
        Colonne("code", "Code", read("code"), order_by=("numero",), css="code", place=Place.LIGNE),
        Colonne("texte", "Décision", read("texte"), _decision, place=Place.TITRE),
        Colonne("instance", "Instance", read("reunion.instance.nom"), _body, place=Place.LIGNE),
        day_column("prise_le", "Prise le", read("reunion.jour"), order_by=("reunion__jour", "numero")),
        Colonne("organisme", "Qui l’exécute", read("organisme.nom"), order_by=("organisme__nom",), place=Place.LIGNE),
        day_column(
            "pour_le", "Pour le", read("pour_le", None), order_by=("pour_le",), place=Place.LIGNE, mot="pour le",
            absence="sans date",
        ),
        Colonne("etat", "État", _declared, stamped(stamp_of_decision), order_by=("etat",), place=Place.ETAT),
        Colonne("suite", "Ce qui a été fait", read("suite")),
        Colonne("liens", "Rattachée à", _linked),
    ),
    noun="décision",
    genre="f",
    empty="Aucune décision ne répond à ces filtres.",
    sort="-code",
    groupings=(
        Groupement("instance", "Instance", lambda row: [(row.reunion.instance_id, row.reunion.instance.nom)]),
        Groupement("organisme", "Qui l’exécute", _by_whom),
    ),
    choosable=True,
)  # fmt: skip
"""The decisions, the latest first."""


class FiltreDesDecisions(django_filters.FilterSet):
    """Words, state, lateness, hers."""

    q = django_filters.CharFilter(label="Mots", method="with_words", max_length=100)
    etat = django_filters.ChoiceFilter(label="État", choices=EtatDeDecision.choices, empty_label="Tous")
    retard = django_filters.ChoiceFilter(label="En retard", method="late", choices=YES, empty_label="Peu importe")
    qui = django_filters.ChoiceFilter(label="Qui l’exécute", method="by_body", empty_label="Tous")

    class Meta:
        model = Decision
        fields: tuple[str, ...] = ()

    def __init__(self, *args: Any, espace: EspaceDeContrat, acces: Acces, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.espace, self.mine = espace, bodies_of(acces, espace)
        rows = Decision.objects.filter(espace=espace)
        self.filters["qui"].extra["choices"] = bodies_offered(rows, "organisme", self.mine)

    def with_words(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Those whose words hold every word."""
        return with_words(rows, value, "texte", "suite", "organisme__nom")

    def late(self, rows: Any, name: str, value: str) -> QuerySet[Any]:
        """Those that should have been carried out."""
        return rows.late(horloge.today(self.espace))  # type: ignore[no-any-return]

    def by_body(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Those of a body, or of the bodies she acts for."""
        return of_body(rows, value, "organisme", self.mine)


def _proposal(row: Proposition) -> str:
    return format_html('<a href="{}">{}</a>', address("proposition", row.espace, row.numero), row.texte)


def _led_to(row: Proposition) -> str:
    return f"{row.decision.code} ({row.decision.reunion.instance.nom})" if row.decision else row.motif


PROPOSITIONS = Liste(
    "Propositions",
    (
        contract_column(read("espace.titre")),
        Colonne("code", "Code", read("code"), order_by=("numero",), css="code", place=Place.LIGNE),
        Colonne("texte", "Proposition", read("texte"), _proposal, place=Place.TITRE),
        Colonne("instance", "Instance", read("reunion.instance.nom"), _body, place=Place.LIGNE),
        day_column(
            "faite_le", "Faite le", read("reunion.jour"), order_by=("reunion__jour", "numero"), place=Place.LIGNE
        ),
        Colonne("organisme", "Proposée par", read("organisme.nom")),
        Colonne("axe", "Axe", read("axe.code"), css="code"),
        Colonne("etat", "État", lambda row: row.etat.label, stamped(stamp_of_proposition), place=Place.ETAT),
        Colonne("suite", "Ce qu’elle est devenue", _led_to),
    ),
    noun="proposition",
    genre="f",
    empty="Aucune proposition ne répond à ces filtres.",
    sort="-code",
    groupings=(Groupement("axe", "Axe", lambda row: [(row.axe_id or 0, str(row.axe.titre if row.axe else "aucun"))]),),
    choosable=True,
)
"""The proposals, the latest first."""


class FiltreDesPropositions(django_filters.FilterSet):
    """State."""

    etat = django_filters.ChoiceFilter(
        label="État", choices=EtatDeProposition.choices, empty_label="Tous", method="in_state"
    )

    class Meta:
        model = Proposition
        fields: tuple[str, ...] = ()

    def in_state(self, rows: Any, name: str, value: str) -> QuerySet[Any]:
        """Those that wait, led to a decision, or were set aside."""
        wanted = {
            EtatDeProposition.EN_ATTENTE: rows.waiting(),
            EtatDeProposition.SUIVIE: rows.exclude(decision=None),
            EtatDeProposition.ECARTEE: rows.exclude(motif=""),
        }
        return wanted[EtatDeProposition(value)]  # type: ignore[no-any-return]
