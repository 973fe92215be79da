"""The report of the rules on paper: the same anomalies as on screen, in Word or in accessible PDF."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from tenir.core.documents import Document, Partie, Tableau
from tenir.core.typographie import capital, date_fr, pluriel, typo
from tenir.regles.anomalie import Gravite
from tenir.regles.essentiel import D, Dite, Empeche, Essentiel, Fait, essentiel

COLUMNS, SHARES = ("Règle", "Où", "Lignes", "Ce qui ne va pas", "Que faire"), (6, 12, 6, 22, 14)
FACTS, FACT_SHARES = ("Empêche", "Ce qui ne va pas"), (12, 48)
BEFORE = "Le contrat n’est pas signé : ces points se corrigent dans le document."
AFTER = "Le contrat est signé : ce que ses mots disent mal se corrige par avenant."


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
    signe: bool = False,
) -> Document:
    """What matters first, in a dozen lines; then each part of the contract, typography last, and what is admitted.

    `non_verifiees` are codes of rules; `non_lus` are sentences on what was not read, and so not verified. `signe`: what
    one may do depends on it.
    """
    found = essentiel(anomalies)
    rest = (*found.autres, *found.forme)
    return Document(
        titre=typo("Ce que les règles trouvent"),
        surtitre=typo(f"{titre} : vérifié le {date_fr(le)}"),
        chapeau=tuple(
            typo(sentence) for sentence in (counted(found), advice(signe), *_limits(non_verifiees), *non_lus)
        ),
        parties=(
            _facts("L’essentiel", found.premiers),
            *([_facts("Le reste", rest)] if rest else []),
            *(_part(place, rows) for place, rows in found.parties),
            *([_part("Typographie", [one for fait in found.forme for one in fait.anomalies])] if found.forme else []),
            *([_admitted(admises)] if admises else []),
        ),
        avertissement=typo("Contrat fictif : rien de ce que dit ce rapport n’existe.") if fictif else "",
    )


def counted(found: Essentiel[D]) -> str:
    """How many facts, and how many of them must not be signed so."""
    facts = (*found.premiers, *found.autres, *found.forme)
    if not facts:
        return "Les règles ne trouvent rien."
    many = capital(pluriel(len(facts), "fait", lettres=True))
    worst = sum(one.gravite is Gravite.BLOQUANTE for one in facts)
    return f"{many}, dont {pluriel(worst, 'bloquant', lettres=True)}." if worst else f"{many}, aucun bloquant."


def advice(signe: bool) -> str:
    """What one may do about it, before the signature or after."""
    return AFTER if signe else BEFORE


def prevents(fait: Fait[D]) -> str:
    """What a fact prevents, as a word of a table."""
    return "" if fait.empeche is Empeche.RIEN else str(fait.empeche)


def _facts(titre: str, facts: Sequence[Fait[D]]) -> Partie:
    if not facts:
        return Partie(titre, vide="Les règles ne trouvent rien. Elles ne lisent pas tout : relisez quand même.")
    lines = tuple((capital(prevents(one)), typo(f"{one.phrase} ({one.ou})" if one.ou else one.phrase)) for one in facts)
    return Partie(titre, tableau=Tableau(titre, FACTS, FACT_SHARES, lines))


def _limits(non_verifiees: Sequence[str]) -> Iterator[str]:
    yield "Une règle ne lit pas tout : ce qu’elle ne trouve pas n’est pas vérifié pour autant."
    if non_verifiees:
        told = ", ".join(non_verifiees)
        yield f"Sans le document, {len(non_verifiees)} règles qui lisent ses mots ne sont pas vérifiées : {told}."


def _admitted(admises: Sequence[Admise]) -> Partie:
    lines = tuple(
        (
            one.anomalie.regle,
            one.anomalie.ou,
            one.anomalie.lignes,
            typo(one.anomalie.phrase),
            typo(f"{one.motif} ({one.auteur}, {date_fr(one.fin)})"),
        )
        for one in admises
    )
    columns = (*COLUMNS[:4], "Admise : pourquoi, par qui, jusqu’à quand")
    return Partie("Admises par dérogation", tableau=Tableau("Anomalies admises", columns, SHARES, lines))


def _part(titre: str, rows: Sequence[Dite]) -> Partie:
    lines = tuple((one.regle, one.ou, one.lignes, typo(one.phrase), typo(one.remede)) for one in rows)
    said = typo(f"{titre[:1].upper()}{titre[1:]}")
    return Partie(said, tableau=Tableau(said, COLUMNS, SHARES, lines))
