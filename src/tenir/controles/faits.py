"""A fact of the rules as pages show it: one line, what it prevents, its places behind it."""

from dataclasses import dataclass

from tenir.controles.gravites import stamp_of
from tenir.core.composants import Tampon
from tenir.core.typographie import typo
from tenir.regles.essentiel import Dite, Fait
from tenir.regles.registre import regle_de


@dataclass(frozen=True, slots=True)
class Lieu:
    """One place of a fact: where, in words; its lines; what is wrong there, and what to do."""

    ou: str
    lignes: str
    phrase: str
    remede: str


@dataclass(frozen=True, slots=True)
class FaitMontre:
    """A fact: its line, its stamp, what it prevents, its places, and the page of its rule by code and title."""

    phrase: str
    ou: str
    tampon: Tampon
    empeche: str
    lieux: list[Lieu]
    regle: str
    titre: str


def shown(fait: Fait[Dite]) -> FaitMontre:
    """A fact as a page shows it."""
    return FaitMontre(
        phrase=typo(fait.phrase),
        ou=typo(fait.ou),
        tampon=stamp_of(fait.gravite.value),
        empeche=str(fait.empeche),
        lieux=[place(one) for one in fait.anomalies],
        regle=fait.regle,
        titre=typo(regle_de(fait.regle).titre),
    )


def place(one: Dite) -> Lieu:
    """One anomaly as a place of its fact."""
    return Lieu(typo(one.ou), one.lignes, typo(one.phrase), typo(one.remede))
