"""What the screens of the room share."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.shortcuts import get_object_or_404

from tenir.core import horloge
from tenir.core.composants import Tampon, Ton
from tenir.core.typographie import date_fr, typo
from tenir.ecran.edition import Sujet
from tenir.ecran.histoire import history_of
from tenir.ecran.navigation import address
from tenir.enquetes.models import Enquete
from tenir.enquetes.resultats import Part, Resultat, compared, pourcent, results
from tenir.enquetes.services.commun import GENRE
from tenir.habilitations.models import EspaceDeContrat

ENQUETES = "enquetes"
"""The page of the navigation."""


@dataclass(frozen=True, slots=True)
class Barre:
    """An answer as it is drawn: its words, what it says, how long its bar is, what it was before, how far it moved."""

    mots: str
    dit: str
    largeur: str
    avant: str
    ecart: str


@dataclass(frozen=True, slots=True)
class Bloc:
    """A question with its bars."""

    libelle: str
    note: str
    barres: Sequence[Barre]
    reference: str


def enquete_or_404(espace: EspaceDeContrat, numero: int) -> Enquete:
    """A survey of this contract; any other does not exist."""
    return get_object_or_404(Enquete.objects.of(espace), numero=numero)


def stamp_of(one: Enquete) -> Tampon:
    """Where a survey stands."""
    today = horloge.today(one.espace)
    if one.publiee_le:
        return Tampon("publiée", Ton.FAIT)
    if one.is_open(today):
        return Tampon(typo(f"ouverte jusqu’au {date_fr(one.ferme_le)}"), Ton.ATTENTION)  # type: ignore[arg-type]
    if one.is_over(today):
        return Tampon("fermée", Ton.MUET)
    return Tampon(typo(f"ouvre le {date_fr(one.ouvre_le)}") if one.ouvre_le else "en préparation", Ton.MUET)


def about(one: Enquete) -> Sujet:
    """A survey as small pages name it."""
    espace = one.espace
    return Sujet(
        espace, one.code, one.titre, address("enquete", espace, one.numero), ENQUETES,
        lambda _: history_of(espace, GENRE, one.code),
    )  # fmt: skip


def blocks(enquete: Enquete, before: Enquete | None, *, whole: bool) -> list[Bloc]:
    """The results of a survey as a page draws them, beside those of an edition before."""
    now = results(enquete, whole=whole)
    beside = compared(now, results(before, whole=whole)) if before else {}
    return [_block(one, beside.get(one.question.code, [])) for one in now]


def _block(one: Resultat, beside: list[tuple[Part, Part | None, str]]) -> Bloc:
    old = {part.code: (then, moved) for part, then, moved in beside}
    bars = [_bar(part, *old.get(part.code, (None, ""))) for part in one.parts]
    many = "réponses" if one.total > 1 else "réponse"
    note = f"{one.total} {many}" + (", plusieurs choix possibles" if one.question.plusieurs else "")
    return Bloc(typo(one.question.libelle), typo(note), bars, typo(one.question.reference))


def _bar(part: Part, before: Part | None, moved: str) -> Barre:
    width = f"{100 * part.part:.1f}".removesuffix(".0") if part.part is not None else "0"
    old = "" if before is None else (pourcent(before.part) if before.part is not None else "secret")
    return Barre(typo(part.mots), typo(part.dit), width, typo(old), typo(moved))


def edition_before(enquete: Enquete, *, public: bool = False) -> Enquete | None:
    """The edition that came before and is over; of what anyone reads, the last that is public too."""
    rows = Enquete.objects.of(enquete.espace).filter(
        numero__lt=enquete.numero, ferme_le__lt=horloge.today(enquete.espace)
    )
    return (rows.exclude(publiee_le=None) if public else rows).first()
