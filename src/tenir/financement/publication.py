"""Subsidies as the SCDL schema 2.1.1 publishes them: its sixteen columns, what keeps a row from leaving.

Source: schema.data.gouv.fr, « scdl/subventions » 2.1.1 (28 September 2023). A CSV in UTF-8, with commas and decimal
points, as the schema asks, not as a French spreadsheet would write it.
"""

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from io import StringIO

from django.db.models import Q

from tenir.acteurs.identifiants import siret_is_right
from tenir.core.exports import FORMULA_STARTS
from tenir.financement.enums import EtatDeFinancement, NatureDAide, Registre
from tenir.financement.models import LigneDeFinancement, SubventionAPublier
from tenir.financement.montants import ZERO
from tenir.habilitations.models import EspaceDeContrat

ENTETES = (
    "nomAttribuant", "idAttribuant", "dateConvention", "referenceDecision", "nomBeneficiaire", "idBeneficiaire",
    "rnaBeneficiaire", "objet", "montant", "nature", "conditionsVersement", "datesPeriodeVersement", "idRAE",
    "notificationUE", "pourcentageSubvention", "dispositifAide",
)  # fmt: skip
"""The columns of the schema, in its order."""
NATURES = {
    NatureDAide.NUMERAIRE: "aide en numéraire",
    NatureDAide.EN_NATURE: "aide en nature",
    NatureDAide.LES_DEUX: "aide en numéraire;aide en nature",
}
"""How the schema writes what a subsidy is made of."""
DECIDED = (EtatDeFinancement.VOTE, EtatDeFinancement.CONVENTIONNE, EtatDeFinancement.VERSE)
"""The states of a subsidy that is to be published."""
RNA = re.compile(r"W\d{9}")
"""What the schema takes for a number of RNA; overseas ones have a letter, and leave by their SIRET alone."""


@dataclass(frozen=True, slots=True)
class Publiable:
    """A subsidy that was decided: its line, what is known to publish it, what is missing for it to leave."""

    ligne: LigneDeFinancement
    publication: SubventionAPublier | None
    manques: tuple[str, ...]


def to_publish(espace: EspaceDeContrat, annee: int | None = None) -> list[Publiable]:
    """The subsidies that were decided in a contract, those of one year or all; one query."""
    rows = LigneDeFinancement.objects.of(espace).in_year(annee).filter(registre=Registre.SPECIFIQUE, etat__in=DECIDED)
    rows = rows.filter(Q(vote__gt=ZERO)).select_related(
        "publication", "espace", "orientation", "fiche__action", "financeur", "imprimee"
    )
    found = []
    for line in rows.order_by("annee", "pk"):
        known = getattr(line, "publication", None)
        found.append(Publiable(line, known, tuple(lacks(line, known))))
    return found


def lacks(ligne: LigneDeFinancement, known: SubventionAPublier | None) -> Iterator[str]:
    """What keeps a subsidy from leaving, each in a few words."""
    if ligne.financeur is None or not siret_is_right(ligne.financeur.siret):
        yield f"le SIRET de « {ligne.nom_du_financeur} »"
    if known is None:
        yield "qui la reçoit, et le reste"
        return
    if not (siret_is_right(known.siret) or RNA.fullmatch(known.rna)):
        yield "le SIRET du bénéficiaire, ou son numéro RNA (W et neuf chiffres)"
    needed = {
        "la date de la convention": known.convention_le,
        "l’objet": known.objet,
        "les conditions de versement": known.conditions,
        "quand elle est versée": known.debut,
    }
    yield from (name for name, value in needed.items() if not value)
    yield from _unsafe(ligne, known)


def _unsafe(ligne: LigneDeFinancement, known: SubventionAPublier) -> Iterator[str]:
    """The words that a spreadsheet would compute: the schema bears no apostrophe before them."""
    texts = (known.beneficiaire, known.objet, known.conditions, known.reference, known.dispositif, known.rae)
    for text in (ligne.nom_du_financeur, *texts):
        if text.startswith(FORMULA_STARTS):
            yield f"un texte qui ne commence pas par « {text[0]} » : « {text[:30]} »"


def scdl_rows(found: Iterable[Publiable]) -> Iterator[list[str]]:
    """The header, then each subsidy that may leave, in an order that depends on what they say alone."""
    yield list(ENTETES)
    ready = [one for one in found if not one.manques]
    yield from sorted(_row(one.ligne, one.publication) for one in ready if one.publication)


def scdl_file(found: Iterable[Publiable]) -> bytes:
    """The file itself."""
    out = StringIO()
    csv.writer(out, lineterminator="\r\n").writerows(scdl_rows(found))
    return out.getvalue().encode()


def _row(ligne: LigneDeFinancement, known: SubventionAPublier) -> list[str]:
    assert ligne.financeur is not None  # noqa: S101 (`lacks` keeps the others)
    rna = known.rna if RNA.fullmatch(known.rna) else ""
    siret = known.siret if siret_is_right(known.siret) else ""
    return [
        ligne.financeur.nom, ligne.financeur.siret, iso(known.convention_le), known.reference, known.beneficiaire,
        siret, rna, known.objet, f"{ligne.vote or ZERO:.2f}", NATURES[NatureDAide(known.nature)], known.conditions,
        period(known.debut, known.fin), known.rae, "oui" if known.ue else "non", plain(known.part), known.dispositif,
    ]  # fmt: skip


def iso(day: date | None) -> str:
    """A day as the schema writes it."""
    return day.isoformat() if day else ""


def period(debut: date | None, fin: date | None) -> str:
    """A day, or two and a bar between."""
    return "/".join(filter(None, (iso(debut), iso(fin))))


def plain(part: Decimal) -> str:
    """« 0.8 », « 1 »: a number with a point, and no zero that says nothing."""
    text = f"{part:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
