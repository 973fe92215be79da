"""The promises of one signatory as a tree, on three levels at most."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.db.models import Prefetch

from tenir.contrat.adresses import address
from tenir.contrat.models import Engagement, Orientation
from tenir.contrat.models.signataires import EngagementQuerySet
from tenir.core.composants import Lien, MotsSignes, Tampon
from tenir.habilitations.publications import Genre, publishes
from tenir.public.mots import signed_words
from tenir.public.signataires.suivi import stamp_of

SERVIES = "orientations_servies"
"""Where `with_orientations` puts the orientations that a promise serves."""


@dataclass(frozen=True, slots=True)
class EngagementAffiche:
    """A promise, or a heading that only groups others (`intitule`), with what stands under it."""

    code: str
    title: str
    url: str
    intitule: bool
    orientations: Sequence[Lien]
    words: MotsSignes | None
    children: Sequence["EngagementAffiche"]
    stamp: Tampon | None = None

    def walk(self) -> Iterator["EngagementAffiche"]:
        """Itself and all that stands under it."""
        yield self
        for child in self.children:
            yield from child.walk()


def with_orientations(rows: EngagementQuerySet) -> EngagementQuerySet:
    """The promises with the orientations they serve, in the order of the contract: one query."""
    served = Orientation.objects.filter(retire=False).select_related("axe").order_by("ordre")
    return rows.prefetch_related(Prefetch("orientations", served, to_attr=SERVIES))


def served_by(engagement: Engagement, slug: str) -> list[Lien]:
    """The orientations that a promise serves, in our reading; read with `with_orientations`."""
    served: list[Orientation] = getattr(engagement, SERVIES)
    return [Lien(one.titre, address(slug, one.code), one.code) for one in served]


def tree(rows: Iterable[Engagement], slug: str, root: int | None = None) -> list[EngagementAffiche]:
    """The promises under one (or at the top), each with those under it, in the order of the contract.

    Read with `with_orientations` and `select_related("suivi")`.
    """
    under: dict[int | None, list[Engagement]] = {}
    for row in rows:
        under.setdefault(row.parent_id, []).append(row)
    return _branch(under, root, slug)


def _branch(under: dict[int | None, list[Engagement]], parent: int | None, slug: str) -> list[EngagementAffiche]:
    return [
        EngagementAffiche(
            code=row.code,
            title=row.titre,
            url=address(slug, row.code),
            intitule=row.regroupement,
            orientations=served_by(row, slug),
            words=signed_words(row, slug) if row.mots else None,
            children=_branch(under, row.pk, slug),
            stamp=None if row.regroupement or not publishes(row.espace, Genre.ENGAGEMENTS) else stamp_of(row),
        )
        for row in under.get(parent, ())
    ]
