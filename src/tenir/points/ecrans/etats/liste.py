"""The lists of statements: each gesture, and the receipt of each signatory in one."""

from typing import Any

import django_filters
from django.db.models import CharField, Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Cast
from django.utils.html import format_html

from tenir.core import horloge
from tenir.core.cellules import second_line, together
from tenir.core.cellules import stamp as stamped
from tenir.core.composants import Ton
from tenir.core.listes import Colonne, Liste, Place, day_column, read
from tenir.core.models import Courriel
from tenir.core.typographie import date_fr, typo
from tenir.ecran.navigation import address
from tenir.habilitations.listes import contract_column
from tenir.habilitations.models import EspaceDeContrat
from tenir.points.ecrans.suivi import TONS, Etat
from tenir.points.models import EnvoiDesEtats, EtatRemis
from tenir.points.services.etats import ETAT

AGIR = "agir"
"""The form, outside the table, that the buttons of its lines send."""
AGAIN = (Etat.REFUSE, Etat.REVENU, Etat.RETENU, Etat.INCERTAIN, Etat.ANNULE)


def sendings(espace: EspaceDeContrat) -> QuerySet[EnvoiDesEtats]:
    """The gestures of a contract, with how many were given and how many said they have it."""
    rows = EnvoiDesEtats.objects.filter(espace=espace).select_related("espace", "cree_par")
    return rows.annotate(
        remis=Count("remises", filter=Q(remises__personne__isnull=False)),
        recus=Count("remises", filter=Q(remises__accuse_le__isnull=False)),
        a_personne=Count("remises", filter=Q(remises__personne=None)),
    )


def _sending(row: EnvoiDesEtats) -> str:
    return format_html('<a href="{}">{}</a>', address("etats-envoi", row.espace, row.pk), _title(row))


def _title(row: EnvoiDesEtats) -> str:
    return f"États du {date_fr(row.le)}"


def _stands(row: EnvoiDesEtats) -> str:
    return "arrêté avant de partir" if row.arrete_le else "envoyé"


ENVOIS = Liste(
    "États des engagements, envoyés à tous",
    (
        contract_column(read("espace.titre")),
        Colonne("titre", "Envoi", _title, _sending, order_by=("cree_le",), place=Place.TITRE),
        Colonne(
            "etat",
            "État",
            _stands,
            lambda row: stamped(_stands(row), Ton.MUET if row.arrete_le else Ton.FAIT),
            place=Place.ETAT,
        ),
        Colonne(
            "remis", "Remis à", read("remis"), order_by=("remis",), css="chiffre", place=Place.LIGNE, mot="remis :"
        ),
        Colonne(
            "recus", "Bien reçus", read("recus"), order_by=("recus",), css="chiffre", place=Place.LIGNE, mot="reçus :"
        ),
        Colonne("a_personne", "À personne", read("a_personne"), order_by=("a_personne",), css="chiffre"),
        Colonne("par", "Demandé par", lambda row: str(row.cree_par), order_by=("cree_par__nom", "pk")),
    ),
    noun="envoi",
    genre="m",
    empty="Les états n’ont encore jamais été envoyés à tous.",
    sort="-titre",
    choosable=True,
)
"""The gestures, the latest first."""


class FiltreDesEnvois(django_filters.FilterSet):
    """Those that left, or were stopped."""

    etat = django_filters.ChoiceFilter(
        label="État", choices=[("envoye", "Envoyés"), ("arrete", "Arrêtés")], empty_label="Tous", method="in_state"
    )

    class Meta:
        model = EnvoiDesEtats
        fields: tuple[str, ...] = ()

    def in_state(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Those stopped before they left, or the others."""
        return rows.filter(arrete_le__isnull=value == "envoye")


def receipts(envoi: EnvoiDesEtats) -> QuerySet[EtatRemis]:
    """What each signatory was given in a gesture, with where its last message stands."""
    last = Courriel.objects.filter(genre=ETAT, cible=Cast(OuterRef("pk"), CharField())).order_by("-pk")
    rows = EtatRemis.objects.filter(envoi=envoi).select_related("envoi__espace", "signataire", "personne")
    return rows.annotate(
        message=Subquery(last.values("etat")[:1]),
        parti_le=Subquery(last.values("envoye_le")[:1]),
        erreur=Subquery(last.values("erreur")[:1]),
        adresse=Subquery(last.values("adresse")[:1]),
    )


def _state(row: Any) -> tuple[str, Ton]:
    if row.accuse_le:
        return "bien reçu", Ton.FAIT
    if row.personne_id is None:
        return "remis à personne", Ton.RETARD
    state = Etat(row.message) if row.message else Etat.A_ENVOYER
    return str(state.label), TONS[state]


def _why(row: Any) -> str:
    return str(row.raison or row.erreur or "")


def _receipt(row: Any) -> str:
    word, tone = _state(row)
    return together([stamped(word, tone), second_line(typo(_why(row)))])


def _whom(row: Any) -> str:
    return str(row.personne or "")


def _whom_and_where(row: Any) -> str:
    where = row.adresse or (row.personne.email if row.personne else "")
    return together([_whom(row) or "personne", second_line(where)])


def _again(row: Any) -> str:
    """The gesture that sends again what did not reach."""
    if row.envoi.arrete_le or row.accuse_le or (row.personne_id and row.message not in AGAIN):
        return ""
    url = address("etats-renvoyer", row.envoi.espace, row.envoi_id, row.pk)
    said = (
        '<button class="bouton bouton-second" type="submit" form="{}" formaction="{}">Renvoyer<span class="hors-ecran">'
    )
    return format_html(said + " l’état de {}</span></button>", AGIR, url, row.signataire.nom)


REMISES = Liste(
    "Accusés, signataire par signataire",
    (
        contract_column(read("envoi.espace.titre")),
        Colonne(
            "code", "Code", read("signataire.code"), order_by=("signataire__ordre",), css="code", place=Place.LIGNE
        ),
        Colonne("signataire", "Signataire", read("signataire.nom"), order_by=("signataire__nom",), place=Place.TITRE),
        Colonne("personne", "Remis à", _whom, _whom_and_where, order_by=("personne__nom", "pk"), place=Place.LIGNE),
        Colonne("etat", "Accusé", lambda row: _state(row)[0], _receipt, place=Place.ETAT),
        Colonne("pourquoi", "Pourquoi", _why, on_page=False),
        day_column("parti_le", "Parti le", lambda row: _day(row.parti_le), order_by=("parti_le",)),
        day_column("accuse_le", "Bien reçu le", lambda row: _day(row.accuse_le), order_by=("accuse_le",)),
        Colonne("geste", "Geste", _again, css="geste", place=Place.LIGNE, in_files=False),
    ),
    noun="signataire",
    genre="m",
    empty="Aucun signataire ne répond à ces filtres.",
    sort="code",
)
"""One line for each signatory, in the order of the contract."""


def _day(moment: Any) -> Any:
    return horloge.day_of(moment) if moment else None


class FiltreDesRemises(django_filters.FilterSet):
    """Those who said they have it, those who did not, those given to nobody."""

    accuse = django_filters.ChoiceFilter(
        label="Accusé",
        choices=[("oui", "Bien reçu"), ("non", "Sans accusé"), ("personne", "Remis à personne")],
        empty_label="Tous",
        method="received",
    )

    class Meta:
        model = EtatRemis
        fields: tuple[str, ...] = ()

    def received(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """By what came of it."""
        wanted: dict[str, dict[str, Any]] = {
            "oui": {"accuse_le__isnull": False},
            "non": {"accuse_le": None, "personne__isnull": False},
            "personne": {"personne": None},
        }
        return rows.filter(**wanted[value])
