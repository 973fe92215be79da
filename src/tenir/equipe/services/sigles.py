"""The acronyms of a contract: filled from its document at each load, and by its team, whose words prevail.

`docs/adr/0066-sigles.md` says why they are kept.
"""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet

from tenir.contrat.models import DocumentSigne
from tenir.core.abreges import LIKELY
from tenir.core.marques import Lu, refuse_unread
from tenir.core.requetes import still
from tenir.core.trace import Fait
from tenir.ecran.annulation.gestes import Chose, geste
from tenir.ecran.champs import words_of
from tenir.ecran.versions import changed_fields, facts_of, refuse_older
from tenir.equipe.models import Sigle
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces, require

if TYPE_CHECKING:
    from tenir.fichier.document import DocumentNormalise
    from tenir.fichier.modeles import ContratDeVille

RIGHT = "contrat.update"
GENRE = "sigle"
"""The kind of these facts in the trace; their object is the acronym."""
Imprimes = Mapping[str, tuple[str, int]]
"""The acronyms of a document, each with the words printed for it, if any, and its line."""


def fill(espace: EspaceDeContrat, contrat: "ContratDeVille") -> None:
    """Bring the list to what the document prints now; what the team wrote stays. Inside the transaction of a load."""
    signed = DocumentSigne.objects.filter(espace=espace).first()
    printed = dict(_printed(contrat, signed.normalise())) if signed else {}
    kept = {one.sigle: one for one in Sigle.objects.filter(espace=espace).select_for_update(of=("self",))}
    for sigle in sorted(printed.keys() | kept.keys()):
        _bring(kept.get(sigle) or Sigle(espace=espace, sigle=sigle), *printed.get(sigle, ("", None)))


@transaction.atomic
def add_acronym(*, by: Acces, espace: EspaceDeContrat, sigle: str, mots: str) -> Sigle:
    """Add an acronym that the document does not print, with its words.

    Raises:
        Refus: she may not.
        ValidationError: no acronym, no words, or one that is listed already.
    """
    require(by, RIGHT, espace)
    row = Sigle(espace=espace, sigle=sigle.strip(), mots=mots.strip())
    if not LIKELY.fullmatch(row.sigle):
        raise ValidationError({"sigle": "Un sigle commence par deux capitales, sans espace : « CCAS »."})
    row.full_clean()
    with geste(by, about(row), "sigle ajouté") as g:
        g.keep(row)
        row.save()
        g.tell([Fait(GENRE, row.sigle, "ses mots", "", row.mots)])
    return row


@transaction.atomic
def correct_acronym(*, by: Acces, row: Sigle, version: int, changes: Mapping[str, Any]) -> Sigle:
    """Give an acronym other words; none: those of the document are its words again.

    Raises:
        Refus: she may not.
        Conflit: someone changed it since that version.
        ValidationError: no words at all, where the document has no line for it.
    """
    require(by, RIGHT, row.espace)
    found = locked(row)
    changed = changed_fields(found, changes, ("mots",))
    refuse_older(found, version, changed)
    if changed:
        facts = facts_of(GENRE, found.sigle, found, changed)
        _write(by, found, "mots corrigés", facts, **changed)
    return found


@transaction.atomic
def remove_acronym(*, by: Acces, row: Sigle, lu: Lu | None = None) -> None:
    """Tell an acronym no more: one that the team added goes, one of the document is set aside, and may come back.

    Raises:
        Refus: she may not.
        Perime: it is no more what was read.
    """
    require(by, RIGHT, row.espace)
    found = locked(row)
    refuse_unread(lu, shown(found))
    if found.ligne is not None:
        _write(by, found, "sigle écarté", facts_of(GENRE, found.sigle, found, {"ecarte": True}), ecarte=True)
        return
    with geste(by, about(found), "sigle retiré") as g:
        g.keep(found)
        told = Fait(GENRE, found.sigle, "ses mots", found.mots, "")
        found.delete()
        g.tell([told])


@transaction.atomic
def bring_back(*, by: Acces, row: Sigle, lu: Lu | None = None) -> None:
    """Tell again an acronym that was set aside.

    Raises:
        Refus: she may not.
        Perime: it is no more what was read.
    """
    require(by, RIGHT, row.espace)
    found = locked(row)
    refuse_unread(lu, shown(found))
    if found.ecarte:
        _write(by, found, "sigle remis", facts_of(GENRE, found.sigle, found, {"ecarte": False}), ecarte=False)


def about(row: Sigle) -> Chose:
    """An acronym as what is done to it is told, and undone."""
    return Chose(row.espace, GENRE, row.sigle, row.sigle, RIGHT, row.espace)


def locked(row: Sigle) -> Sigle:
    """The acronym as it stands now, held until the end of the transaction."""
    rows: QuerySet[Sigle] = Sigle.objects.select_for_update(of=("self",)).select_related("espace")
    return still(rows, row)


def shown(row: Sigle) -> Lu:
    """What a page shows of an acronym."""
    return words_of(row, ("sigle", "mots", "imprime", "ecarte"))


def _write(by: Acces, row: Sigle, said: str, facts: list[Fait], **values: Any) -> None:
    with geste(by, about(row), said) as g:
        g.keep(row)
        for name, value in values.items():
            setattr(row, name, value)
        row.version += 1
        row.full_clean()
        row.save()
        g.tell(facts)


def _printed(contrat: "ContratDeVille", document: "DocumentNormalise") -> Iterator[tuple[str, tuple[str, int]]]:
    """Those that the document never spells, then those that it does."""
    from tenir.regles.redaction.red001_sigles_jamais_developpes import silencieux  # with the models of the file
    from tenir.regles.sigles import spelled

    for sigle, where in silencieux(contrat, document).items():
        yield sigle, ("", where.source[0].debut)
    for sigle, one in spelled(document).items():
        yield sigle, (one.mots, one.ligne)


def _bring(row: Sigle, imprime: str, ligne: int | None) -> None:
    """An acronym, as the document prints it now; without a line, words nor anything that was said of it, it goes."""
    if ligne is None and not row.mots:
        if row.pk:
            row.delete()
        return
    if row.pk and (row.imprime, row.ligne) == (imprime, ligne):
        return
    row.imprime, row.ligne = imprime, ligne
    row.save()
