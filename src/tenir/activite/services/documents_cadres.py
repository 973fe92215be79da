"""The frame documents that the contract prints, brought into the register that follows them: each once, by a person."""

import re
from collections.abc import Iterator
from datetime import date

from django.db import transaction

from tenir.activite.catalogue import catalogue_of
from tenir.activite.models import Objet
from tenir.activite.models.objet import LIBELLE
from tenir.activite.services.objets import RIGHT, Point, Porte, open_objet
from tenir.activite.services.registre import hold
from tenir.contrat.models import DocumentCadre
from tenir.core import horloge
from tenir.core.typographie import accord, date_fr, pluriel
from tenir.ecran.annulation.gestes import ensemble
from tenir.fichier.mots import plain
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces, require
from tenir.natures.modeles import NatureEntiere

CADRE = "document-cadre"
"""The shipped register of frame documents; one of a contract may be it."""
YEAR = re.compile(r"\b(20\d{2})\b")


def follows_documents(kind: NatureEntiere) -> bool:
    """Whether a register is one of frame documents."""
    return CADRE in kind.lignee


def to_bring(espace: EspaceDeContrat) -> list[DocumentCadre]:
    """The printed documents, of bodies that are known, that no register of them holds yet; three queries."""
    codes = catalogue_of(espace).with_children(CADRE)
    rows = Objet.objects.of(espace).filter(nature__in=codes).values_list("organisme", "libelle")
    held = {(body, plain(name)) for body, name in rows}
    printed = DocumentCadre.objects.of(espace).exclude(signataire__organisation=None)
    printed = printed.select_related("signataire__organisation")
    return [one for one in printed if (one.signataire.organisation_id, plain(name_of(one))) not in held]


def name_of(document: DocumentCadre) -> str:
    """Its printed name, as long as a line holds."""
    return document.titre if len(document.titre) <= LIBELLE else f"{document.titre[: LIBELLE - 1].rstrip()}…"


def last_day_of(document: DocumentCadre) -> date | None:
    """The end of the last year that is printed for it, if one is."""
    years = [int(one) for one in YEAR.findall(f"{document.periode} {document.titre}")]
    return date(max(years), 12, 31) if years else None


@transaction.atomic
def bring_in(*, by: Acces, espace: EspaceDeContrat, nature: str) -> int:
    """Put every printed document that is not there in a register of them, in one gesture; how many.

    Raises:
        Refus: she may not.
        ValidationError: as for `open_objet`.
    """
    require(by, RIGHT, espace)
    hold(espace)  # sent twice, or by two people at once, each document still enters once
    found = to_bring(espace)
    with ensemble(by, espace, brought):
        for one in found:
            _bring(by, espace, nature, one)
    return len(found)


def _bring(by: Acces, espace: EspaceDeContrat, nature: str, document: DocumentCadre) -> None:
    values = {
        "libelle": name_of(document),
        "organisme": document.signataire.organisation,
        "echeance": last_day_of(document),
    }
    point = Point(horloge.today(espace))
    open_objet(by=by, espace=espace, nature=nature, values=values, attributs={}, point=point, porte=Porte(exact=True))


def brought(count: int) -> str:
    """What was done, for the page and for the gesture that undoes it."""
    return f"{pluriel(count, 'document cadre', 'documents cadres')} {accord(count, 'mis')} au registre."


def told_of(documents: list[DocumentCadre]) -> Iterator[tuple[str, str, str]]:
    """Each by its name, its body, and when it would fall due."""
    for one in documents:
        last = last_day_of(one)
        yield name_of(one), str(one.signataire.organisation), f"jusqu’au {date_fr(last)}" if last else ""
