"""A draft that someone drops: read and put through the rules in a subprocess limited in memory and time.

A contract file is known by its content, whatever its name. Nothing is written anywhere.
"""

import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from tenir.fichier.document import DocumentNormalise
from tenir.fichier.modeles import ContratDeVille
from tenir.lecteur.bornes import Limites, answer, ask_bounded
from tenir.lecteur.document import LectureRefusee
from tenir.regles.anomalie import Ligne
from tenir.regles.lieux import PageOf, no_page, told
from tenir.regles.mots import compte

_MEGA = 1024 * 1024
LIMITES = Limites(octets=20 * _MEGA, memoire=768 * _MEGA, secondes=15)
_CHILD = "from tenir.regles.projet import child; child({!r})"
_CONTRACT_FILE = re.compile(rb"[\"']?format[\"']?\s*:\s*[\"']?tenir/contrat/")
"""Wherever it stands: the fields of a contract file come in any order, after comments, or after a byte order mark."""
FAULTS_SHOWN = 10


@dataclass(frozen=True, slots=True)
class Lu:
    """A draft as it was read: its contract, its words, how many lines found no place, how many faults of format, and
    the page of each line, where there are pages.
    """

    contrat: ContratDeVille
    document: DocumentNormalise | None = None
    restes: int = 0
    fautes: int = 0
    pages: PageOf = no_page


@dataclass(frozen=True, slots=True)
class Projet:
    """What the rules say of a draft, and what was understood of it.

    `compris` counts what was read (« 16 orientations »); `restes` is how many lines found no place, none for a
    contract file; `fautes` is how many faults `tenir valider` would tell of one; `non_verifiees` are the rules that
    lack the signed words; `non_lus` says what was not read, and so not verified. `fichier` is the contract file that
    was read in a document; `signe` whether it says when it was signed.
    """

    titre: str
    fictif: bool
    compris: tuple[str, ...]
    restes: int
    fautes: int
    anomalies: tuple[Ligne, ...]
    non_verifiees: tuple[str, ...]
    non_lus: tuple[str, ...] = ()
    fichier: str = ""
    signe: bool = False


def verify(content: bytes, *, le: date, limites: Limites = LIMITES) -> Projet:
    """Put a draft through the rules.

    Raises:
        LectureRefusee: too big, too slow, no document, no contract; the message is one French sentence.
    """
    if len(content) > limites.octets:
        raise LectureRefusee(f"Ce fichier pèse plus de {limites.octets // _MEGA} Mo.")
    said = ask_bounded(_CHILD.format(le.isoformat()), content, limites)
    return Projet(
        titre=said["titre"],
        fictif=said["fictif"],
        compris=tuple(said["compris"]),
        restes=said["restes"],
        fautes=said["fautes"],
        anomalies=tuple(Ligne(**one) for one in said["anomalies"]),
        non_verifiees=tuple(said["non_verifiees"]),
        non_lus=tuple(said["non_lus"]),
        fichier=said["fichier"],
        signe=said["signe"],
    )


def child(le: str) -> None:
    """In the subprocess: the draft is on standard input, `le` is the day."""
    answer(lambda content: _verified(content, date.fromisoformat(le)))


def _verified(content: bytes, le: date) -> dict[str, Any]:
    from tenir.fichier import canonique
    from tenir.regles.controle import controler  # after the limits are set

    lu = _read_file(content) if _CONTRACT_FILE.search(content) else _read_document(content)
    found = controler(lu.contrat, lu.document, le=le)
    projet = Projet(
        titre=lu.contrat.identite.titre,
        fictif=lu.contrat.fictif,
        compris=tuple(_understood(lu.contrat)),
        restes=lu.restes,
        fautes=lu.fautes,
        anomalies=tuple(told(lu.contrat, one, lu.pages) for one in found.anomalies),
        non_verifiees=tuple(rule.code for rule in found.non_verifiees),
        non_lus=tuple(found.non_verifie),
        fichier=canonique.dump(lu.contrat) if lu.document else "",
        signe=lu.contrat.identite.signature is not None,
    )
    return asdict(projet)


def _read_file(content: bytes) -> Lu:
    from tenir.fichier.validation import validate

    try:
        checked = validate(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise LectureRefusee("Ce fichier contrat n’est pas du texte UTF-8.") from error
    if checked.contrat is None:
        faults = " ; ".join(str(faute) for faute in checked.fautes[:FAULTS_SHOWN])
        raise LectureRefusee(f"Ce fichier contrat n’est pas valide : {faults}")
    return Lu(checked.contrat, fautes=len(checked.fautes))


def _read_document(content: bytes) -> Lu:
    from tenir.lecteur.brouillon import lire
    from tenir.lecteur.lecture import read_content

    lecture = lire(read_content(content))
    document = DocumentNormalise(lecture.document.texte, lecture.contrat.spans_of_names)
    lines = lecture.document.lignes
    return Lu(lecture.contrat, document, len(lecture.restes), pages=lambda number: lines[number - 1].page)


def _understood(contrat: ContratDeVille) -> Iterator[str]:
    """What a draft holds, counted: one sees at once whether it was read well."""
    counts = {
        "orientation": contrat.orientations,
        "action": [action for one in contrat.orientations for action in one.actions],
        "signataire": contrat.signataires,
        "engagement": [promise for one in contrat.signataires for promise in one.engagements],
        "indicateur": contrat.indicateurs,
        "chiffre": [*contrat.diagnostic, *(one for o in contrat.orientations for one in o.donnees)],
    }
    yield from (compte(len(items), noun) for noun, items in counts.items())
