"""The report of the rules on paper: the same anomalies as on screen, in Word or in accessible PDF."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from tenir.core.documents import Document, Partie, Tableau
from tenir.core.typographie import date_fr, pluriel, typo
from tenir.regles.anomalie import Gravite

COLUMNS, SHARES = ("Règle", "Élément", "Lignes", "Ce qui ne va pas", "Que faire"), (6, 7, 7, 24, 14)


class Dite(Protocol):
    """An anomaly as it is told, whoever holds it: the rules, the database, a draft."""

    @property
    def regle(self) -> str: ...
    @property
    def gravite(self) -> str: ...
    @property
    def code(self) -> str: ...
    @property
    def lignes(self) -> str: ...
    @property
    def phrase(self) -> str: ...
    @property
    def remede(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Admise:
    """An anomaly that is admitted: why, by whom, until when."""

    anomalie: Dite
    motif: str
    auteur: str
    fin: date


def report(
    titre: str,
    anomalies: Sequence[Dite],
    *,
    le: date,
    fictif: bool = False,
    admises: Sequence[Admise] = (),
    non_verifiees: Sequence[str] = (),
    non_lus: Sequence[str] = (),
) -> Document:
    """The anomalies by gravity, the gravest first, then those admitted; a gravity without any says so.

    `non_verifiees` are codes of rules; `non_lus` are sentences on what was not read, and so not verified.
    """
    many = pluriel(len(anomalies), "anomalie", genre="f", lettres=True).capitalize()
    by_gravity = [_part(grave, [one for one in anomalies if one.gravite == grave.value]) for grave in Gravite]
    return Document(
        titre=typo("Ce que les règles trouvent"),
        surtitre=typo(f"{titre} : vérifié le {date_fr(le)}"),
        chapeau=tuple(typo(sentence) for sentence in (f"{many}.", *_limits(non_verifiees), *non_lus)),
        parties=(*by_gravity, *([_admitted(admises)] if admises else [])),
        avertissement=typo("Contrat fictif : rien de ce que dit ce rapport n’existe.") if fictif else "",
    )


def _limits(non_verifiees: Sequence[str]) -> Iterator[str]:
    yield "Une règle ne lit pas tout : ce qu’elle ne trouve pas n’est pas vérifié pour autant."
    if non_verifiees:
        told = ", ".join(non_verifiees)
        yield f"Sans le document, {len(non_verifiees)} règles qui lisent ses mots ne sont pas vérifiées : {told}."


def _admitted(admises: Sequence[Admise]) -> Partie:
    lines = tuple(
        (
            one.anomalie.regle,
            one.anomalie.code,
            one.anomalie.lignes,
            typo(one.anomalie.phrase),
            typo(f"{one.motif} ({one.auteur}, {date_fr(one.fin)})"),
        )
        for one in admises
    )
    columns = (*COLUMNS[:4], "Admise : pourquoi, par qui, jusqu’à quand")
    return Partie("Admises par dérogation", tableau=Tableau("Anomalies admises", columns, SHARES, lines))


def _part(grave: Gravite, rows: Sequence[Dite]) -> Partie:
    titre = grave.pluriel.capitalize()
    if not rows:
        return Partie(titre, vide="Aucune anomalie de cette gravité.")
    lines = tuple((one.regle, one.code, one.lignes, typo(one.phrase), typo(one.remede)) for one in rows)
    return Partie(titre, tableau=Tableau(f"Anomalies : {grave}", COLUMNS, SHARES, lines))
