"""Searching one contract: accents, case and plurals forgiven, spellings of bodies too.

Each item has one row of normalised words, every word between spaces, so that « word starts with » is one portable
condition on both databases; only the rows of one contract are read (docs/adr/0007-recherche.md).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import and_, or_

from django.db.models import Case, IntegerField, Q, Value, When

from tenir.contrat.models import (
    ActionPrevue,
    Article,
    Axe,
    Dispositif,
    DocumentCadre,
    Donnee,
    ElementSigne,
    Engagement,
    Enseignement,
    EntreeDeRecherche,
    Indicateur,
    InstanceDeGouvernance,
    Lieu,
    LigneDeCredits,
    Objectif,
    OrganismeCite,
    Orientation,
    Partie,
    Rappel,
    Signataire,
)
from tenir.fichier.mots import ARTICLES, words
from tenir.fichier.organisations import registry
from tenir.fichier.synonymes import Lecture, readings
from tenir.habilitations.models import EspaceDeContrat

SEARCHED: dict[type[ElementSigne], tuple[str, ...]] = {
    Axe: ("titre", "titre_imprime", "titre_protocole"),
    Orientation: ("titre", "titre_imprime", "titre_protocole"),
    ActionPrevue: ("titre", "sous_theme"),
    Engagement: ("titre",),
    Signataire: ("nom",),
    Indicateur: ("libelle", "groupe", "sous_groupe"),
    InstanceDeGouvernance: ("nom",),
    LigneDeCredits: ("financeur",),
    Objectif: ("titre", "sous_theme"),
    Donnee: ("libelle", "imprime", "perimetre"),
    Lieu: ("nom", "nature"),
    Rappel: ("titre",),
    DocumentCadre: ("titre",),
    Article: ("titre",),
    Enseignement: ("titre",),
    Partie: ("titre",),
}
"""Every kind that is searched, and the columns that make its title words, in the order results are grouped."""

MAX_RESULTS = 200


@dataclass(frozen=True)
class Resultat:
    """What a search found, by kind, best first; `aussi`: what it was also read as, in the words of contracts."""

    question: str
    groupes: dict[str, list[EntreeDeRecherche]]
    total: int
    aussi: tuple[Lecture, ...] = ()

    @property
    def tronque(self) -> bool:
        """Whether there was more than what is shown."""
        return self.total >= MAX_RESULTS


def search(espace: EspaceDeContrat, question: str) -> Resultat:
    """Find the items of a contract that hold every word asked, as a whole word or its beginning.

    Those that hold what contracts write for it come after (`fichier.synonymes`).
    """
    asked = query_words(question)
    if not asked:
        return Resultat(question, {}, 0)
    as_asked, others = _holding(asked, "mots"), readings(asked)
    condition = reduce(or_, (_holding(other.mots, "mots") for other in others), as_asked)
    rank = Case(
        When(_holding(asked, "mots_du_titre"), then=Value(0)),
        When(as_asked, then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    rows = EntreeDeRecherche.objects.filter(Q(espace=espace) & condition).annotate(rank=rank)
    found = list(rows.order_by("rank", "ordre")[:MAX_RESULTS])
    return _grouped(question, found, tuple(one for one in others if any(_holds(entry, one) for entry in found)))


def _holding(asked: Sequence[str], column: str) -> Q:
    """The condition of holding every word."""
    return reduce(and_, (Q(**{f"{column}__contains": f" {word}"}) for word in asked))


def _holds(entry: EntreeDeRecherche, read: Lecture) -> bool:
    """Whether an item was found by another reading alone."""
    return entry.rank == 2 and all(f" {word}" in entry.mots for word in read.mots)  # type: ignore[attr-defined]  # annotated


def query_words(question: str) -> list[str]:
    """The words that count in a question."""
    return [word for word in words(question[:200]) if word not in ARTICLES]


def _grouped(question: str, found: Sequence[EntreeDeRecherche], aussi: tuple[Lecture, ...]) -> Resultat:
    groups: dict[str, list[EntreeDeRecherche]] = {kind.genre: [] for kind in SEARCHED}
    for entry in found:
        groups[entry.genre].append(entry)
    return Resultat(question, {genre: entries for genre, entries in groups.items() if entries}, len(found), aussi)


def rebuild_index(espace: EspaceDeContrat) -> None:
    """Write the search rows of a contract anew, from its items."""
    EntreeDeRecherche.objects.filter(espace=espace).delete()
    more = _words_of_bodies(espace)
    EntreeDeRecherche.objects.bulk_create(
        _entry(espace, row, columns, more.get(row.code, ()))
        for model, columns in SEARCHED.items()
        for row in model._default_manager.of(espace)
    )


def _entry(
    espace: EspaceDeContrat, row: ElementSigne, columns: tuple[str, ...], more: Iterable[str]
) -> EntreeDeRecherche:
    title = between_spaces([row.code, *(str(getattr(row, column)) for column in columns)])
    return EntreeDeRecherche(
        espace=espace,
        code=row.code,
        genre=row.genre,
        titre=row.nom_court,
        extrait=row.mots[:300],
        mots_du_titre=title,
        mots=title + between_spaces([row.mots, row.note, *more]),
        ordre=row.ordre,
    )


def between_spaces(texts: Iterable[str]) -> str:
    """The distinct comparable words of texts, each between spaces, as the search columns keep them."""
    found = dict.fromkeys(word for text in texts for word in words(text))
    return f" {' '.join(found)} " if found else ""


def _words_of_bodies(espace: EspaceDeContrat) -> dict[str, list[str]]:
    """For each code, the printed names and every spelling of the bodies and schemes it cites."""
    found: dict[str, list[str]] = {}
    for code, nom, identifiant in _cited_bodies(espace):
        found.setdefault(code, []).extend([nom, *spellings(identifiant)])
    for code, nom in Dispositif.objects.filter(ligne__espace=espace).values_list("ligne__code", "nom"):
        found.setdefault(code, []).append(nom)
    return found


def _cited_bodies(espace: EspaceDeContrat) -> Iterable[tuple[str, str, str | None]]:
    for holder in ("orientation", "action", "instance"):
        cited = OrganismeCite.objects.filter(espace=espace).exclude(**{holder: None})
        yield from cited.values_list(f"{holder}__code", "nom", "organisation__identifiant")
    yield from LigneDeCredits.objects.of(espace).values_list("code", "financeur", "organisation__identifiant")
    yield from Signataire.objects.of(espace).values_list("code", "nom", "organisation__identifiant")
    promises = Engagement.objects.of(espace)
    yield from promises.values_list("code", "signataire__nom", "signataire__organisation__identifiant")


def spellings(identifiant: str | None) -> tuple[str, ...]:
    """Every spelling of an organisation of the organisations file."""
    organisation = registry().get(identifiant or "")
    return organisation.noms if organisation else ()
