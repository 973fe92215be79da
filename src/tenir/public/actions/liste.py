"""The list of planned actions: its rows, its columns, its filters."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

import django_filters
from django.db.models import Prefetch, Q, QuerySet

from tenir.acteurs.rattachements import with_ancestors, with_services
from tenir.contrat.models import ActionPrevue, EntreeDeRecherche
from tenir.contrat.models.actions import ActionPrevueQuerySet
from tenir.contrat.models.element import contract_of
from tenir.contrat.pilotage import (
    partenaires,
    pilotage,
    piloted,
    pilots_of,
    prefetches,
    prefetches_of_names,
    without_pilot,
)
from tenir.contrat.recherche import query_words
from tenir.core.cellules import second_line, stamp, together
from tenir.core.listes import Colonne, Liste, Place, read, text_column
from tenir.core.typographie import pluriel
from tenir.ecran.mots import UNDECLARED
from tenir.fiches.enums import Statut
from tenir.fichier.mots import plain
from tenir.fichier.organisations import registry
from tenir.habilitations.models import EspaceDeContrat, contract_known
from tenir.habilitations.publications import NON_PUBLIE, Genre, publishes
from tenir.public.actions.avancement import (
    LATE,
    fiche_of,
    late_fiches,
    late_of,
    news_of,
    reason_of,
    stamp_of,
    status_of,
    told_steps,
    with_news,
    with_steps,
)
from tenir.public.cellules import coded_link, link
from tenir.public.listes import CONTRAT, Choices, FiltreDuContrat, french

A_DESIGNER = "a-designer"
SILENCE, RETARD = "aucun", "en-retard"
"""What the filter of statuses calls the actions of which nothing is announced, and those that are late."""


def rows(espace: EspaceDeContrat, *, files: bool = False) -> ActionPrevueQuerySet:
    """The planned actions of a contract, with all that a list says of them, and a file with their news."""
    found = _with_parts(espace).prefetch_related(*prefetches_of_names())
    return found.prefetch_related(with_news()) if files else found


def whole(espace: EspaceDeContrat) -> ActionPrevueQuerySet:
    """The planned actions of a contract, with all that the page of one says of it."""
    return _with_parts(espace).prefetch_related(*prefetches(), with_news())


def _with_parts(espace: EspaceDeContrat) -> ActionPrevueQuerySet:
    parts = Prefetch("sous_actions", ActionPrevue.objects.filter(retire=False).order_by("ordre"), to_attr="parties")
    actions = ActionPrevue.objects.of(espace).principales().select_related("orientation__axe", "fiche__espace")
    return actions.prefetch_related(parts, with_steps())


def _parts(row: ActionPrevue) -> list[ActionPrevue]:
    found: list[ActionPrevue] = row.parties  # type: ignore[attr-defined]  # prefetched
    return found


def _title(row: ActionPrevue) -> str:
    """The title leads to the action; its parts are counted under it."""
    count = len(_parts(row))
    parts = f"en {pluriel(count, 'sous-action', genre='f')}" if count else ""
    return together([link(row.espace.slug, row.code, row.titre), second_line(parts)], "")


def _status(row: ActionPrevue) -> str:
    """Its declared status, or that nothing is announced."""
    found = stamp_of(row)
    return stamp(found.word, found.tone)


def _orientation(row: ActionPrevue) -> str:
    """The code and the title lead to the orientation."""
    return coded_link(row.espace.slug, row.orientation.code, row.orientation.titre)


def _pilots(row: ActionPrevue) -> str:
    """The pilots as printed, and what is known of them."""
    found = pilotage(row)
    pieces = [found.noms] if found.noms else []
    note = second_line("pilotage de l’orientation" if found.herite and found.noms else "")
    return together([*pieces, *([stamp("à désigner")] if found.a_designer else []), note])


def _yes(said: bool) -> str:
    return "oui" if said else "non"


def of_life(name: str, titre: str, genre: Genre, say: Callable[[ActionPrevue], object]) -> Colonne:
    """A column of a file on the life of an action: what is said, or that the team keeps this kind of fact."""

    def value(row: ActionPrevue) -> object:
        found = say(row) if publishes(row.espace, genre) else NON_PUBLIE
        return found.isoformat() if isinstance(found, date) else found or ""

    return Colonne(name, titre, value, on_page=False)


def _of_fiche(name: str) -> Callable[[ActionPrevue], object]:
    """What reads a field of the fiche of an action; nothing when it has none."""
    return lambda row: getattr(fiche_of(row), name, None)


def _of_news(name: str) -> Callable[[ActionPrevue], object]:
    """What reads the last news of an action."""
    return lambda row: getattr(next(iter(news_of(row)), None), name, None)


def _late_since(row: ActionPrevue) -> object:
    """The oldest day awaited in vain."""
    return next((one.attendu_le for one in late_of(row)), None)


def _steps(row: ActionPrevue) -> str:
    """Every jalon with its day and where it stands, in one cell."""
    return " ; ".join(f"{one.titre} ({one.quand}, {one.tampon.word.lower()})" for one in told_steps(row))


ACTIONS = Liste(
    "Actions prévues",
    (
        CONTRAT,
        Colonne("code", "Code", read("code"), order_by=("ordre",), css="code", place=Place.LIGNE),
        Colonne("titre", "Action prévue", read("titre"), _title, key=french("titre"), place=Place.TITRE),
        Colonne("axe", "Axe", read("orientation.axe.code"), on_page=False),
        Colonne("titre_de_l_axe", "Titre de l’axe", read("orientation.axe.titre"), on_page=False),
        Colonne(
            "orientation",
            "Orientation",
            read("orientation.code"),
            _orientation,
            order_by=("orientation__ordre", "ordre"),
        ),
        Colonne("titre_de_l_orientation", "Titre de l’orientation", read("orientation.titre"), on_page=False),
        Colonne(
            "statut",
            "Où elle en est",
            lambda row: status_of(row).lower(),
            _status,
            order_by=("fiche__statut",),
            place=Place.ETAT,
        ),
        Colonne("pilotes", "Pilotes", lambda row: pilotage(row).noms, _pilots, place=Place.LIGNE),
        Colonne(
            "pilotes_de_l_orientation",
            "Pilotes hérités de l’orientation",
            lambda row: _yes(pilotage(row).herite),
            on_page=False,
        ),
        Colonne("a_designer", "Pilote à désigner", lambda row: _yes(pilotage(row).a_designer), on_page=False),
        Colonne(
            "partenaires", "Partenaires", lambda row: ", ".join(one.nom for one in partenaires(row)), on_page=False
        ),
        text_column("horizon", "Horizon", absence="aucun", key=french("horizon"), place=Place.LIGNE),
        text_column("quartiers", "Quartiers", on_page=False),
        of_life("retard", "En retard", Genre.RETARDS, lambda row: _yes(bool(late_of(row)))),
        of_life("retard_depuis", "En retard depuis le", Genre.RETARDS, _late_since),
        of_life("raison", "Raison d’un arrêt", Genre.RAISONS, reason_of),
        of_life("prochaine_etape", "Prochaine étape", Genre.ETAPES, _of_fiche("prochaine_etape")),
        of_life("prochaine_etape_le", "Prochaine étape prévue le", Genre.ETAPES, _of_fiche("prochaine_etape_le")),
        of_life("jalons", "Jalons", Genre.ETAPES, _steps),
        of_life("derniere_nouvelle_le", "Dernière nouvelle le", Genre.NOUVELLES, _of_news("le")),
        of_life("derniere_nouvelle", "Dernière nouvelle", Genre.NOUVELLES, _of_news("told")),
        text_column("sous_theme", "Sous-thème", on_page=False),
        text_column("imprimee_sous", "Imprimée sous", on_page=False),
        Colonne(
            "sous_actions",
            "Sous-actions",
            lambda row: " ; ".join(f"{part.code} {part.titre}" for part in _parts(row)),
            on_page=False,
        ),
        text_column("source", "Lignes du document", on_page=False),
        text_column("mots", "Mots signés", on_page=False),
    ),
    noun="action prévue",
    plural="actions prévues",
    empty="Aucune action ne répond à ces filtres.",
    sort="code",
)
"""Planned actions; what only a file needs is not on the page."""


class FiltreDesActions(FiltreDuContrat):
    """Axis, orientation, pilot, horizon, words."""

    axe = django_filters.ChoiceFilter(label="Axe", field_name="orientation__axe__code", empty_label="Tous")
    orientation = django_filters.ChoiceFilter(label="Orientation", field_name="orientation__code", empty_label="Toutes")
    pilote = django_filters.ChoiceFilter(label="Pilote", method="with_pilot", empty_label="Tous")
    statut = django_filters.ChoiceFilter(
        label="Où elle en est",
        method="with_status",
        empty_label="Peu importe",
    )
    horizon = django_filters.ChoiceFilter(
        label="Horizon",
        method="with_horizon",
        empty_label="Tous",
        choices=[("avec", "Un horizon est annoncé"), ("sans", "Aucun horizon")],
    )

    class Meta:
        model = ActionPrevue
        fields: tuple[str, ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        axes, orientations = _above(self.queryset)
        self.offer("axe", axes)
        self.offer("orientation", orientations)
        self.offer("pilote", _pilot_choices(self.queryset))
        late = [(RETARD, LATE)] if publishes(contract_known(self.queryset), Genre.RETARDS) else []
        self.offer("statut", [(SILENCE, UNDECLARED), *Statut.choices, *late])

    def with_words(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """The actions that hold every word, themselves or in one of their parts."""
        parts = ActionPrevue.objects.filter(retire=False, espace=contract_of(self.queryset))
        for word in query_words(value):
            holding = entries_with(self.queryset, word)
            rows = rows.filter(Q(code__in=holding) | Q(pk__in=parts.filter(code__in=holding).values("parent")))
        return rows

    def with_pilot(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """The actions piloted by a body or one of its services, or for which a pilot is to be named."""
        if value == A_DESIGNER:
            return rows.filter(piloted(self.queryset, Q(organisation=None)) | without_pilot(self.queryset))
        return rows.filter(piloted(self.queryset, Q(organisation__identifiant__in=with_services(value))))

    def with_status(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """The actions declared so, or of which nothing is announced, or that are late."""
        if value == RETARD:
            return rows.filter(fiche__in=late_fiches(contract_known(rows)).order_by().values("pk"))
        return (
            rows.filter(Q(fiche=None) | Q(fiche__statut="")) if value == SILENCE else rows.filter(fiche__statut=value)
        )

    def with_horizon(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """The actions that announce a horizon, or those that do not."""
        return rows.exclude(horizon="") if value == "avec" else rows.filter(horizon="")


def entries_with(rows: QuerySet[Any], word: str) -> QuerySet[Any]:
    """The codes of what holds a word in the contract of these rows; to be read as a subquery."""
    entries = EntreeDeRecherche.objects.filter(espace=contract_of(rows))
    return entries.filter(mots__contains=f" {word}").order_by().values("code")


def titled(rows: QuerySet[Any], prefix: str) -> Choices:
    """The axes or orientations of rows as choices, in the order of the contract, each with its code."""
    return _in_order(rows.order_by().values_list(*_columns(prefix)))


def _above(actions: QuerySet[Any]) -> tuple[Choices, Choices]:
    """The axes and the orientations of actions, as `titled`; one query."""
    columns = *_columns("orientation__axe__"), *_columns("orientation__")
    found = list(actions.order_by().values_list(*columns).distinct())
    return _in_order(row[:3] for row in found), _in_order(row[3:] for row in found)


def _columns(prefix: str) -> list[str]:
    return [f"{prefix}{name}" for name in ("ordre", "code", "titre")]


def _in_order(found: Iterable[tuple[Any, ...]]) -> Choices:
    return [(code, f"{code} {title}") for _, code, title in sorted(set(found))]


def _pilot_choices(rows: QuerySet[Any]) -> Choices:
    """The bodies that pilot, and those they are a service of, in French order."""
    cited = pilots_of(rows).exclude(organisation=None)
    named = dict(cited.order_by().values_list("organisation__identifiant", "organisation__nom"))
    known = registry()
    named |= {one: known[one].nom for pilot in [*named] for one in with_ancestors(pilot) if one in known}
    return [(A_DESIGNER, "À désigner"), *sorted(named.items(), key=lambda pair: plain(pair[1]))]
