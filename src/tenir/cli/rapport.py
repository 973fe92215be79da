"""The report of the rules, written where the command asks."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from tenir.cli.fichier import Refus
from tenir.controles.rapport import Admise, report
from tenir.core.documents import Document, pdf, word
from tenir.fichier.modeles import ContratDeVille
from tenir.regles.controle import Controle
from tenir.regles.lieux import told

WRITERS: dict[str, Callable[[Document], bytes]] = {".pdf": pdf.write, ".docx": word.write}


def write_report(path: Path, contrat: ContratDeVille, found: Controle, on: date) -> None:
    """Write the report, in the format that its name says.

    Raises:
        Refus: the name ends neither by .pdf nor by .docx.
    """
    write = WRITERS.get(path.suffix.lower())
    if write is None:
        raise Refus(f"{path} : un rapport s’écrit en .pdf ou en .docx.")
    path.write_bytes(write(document_of(contrat, found, on)))


def document_of(contrat: ContratDeVille, found: Controle, on: date) -> Document:
    """The report of a contract file."""
    return report(
        contrat.identite.titre,
        [told(contrat, one) for one in found.anomalies],
        le=on,
        fictif=contrat.fictif,
        admises=[Admise(told(contrat, one), by.motif, by.auteur, by.fin) for one, by in found.admises],
        non_verifiees=[rule.code for rule in found.non_verifiees],
        non_lus=found.non_verifie,
        signe=contrat.identite.signature is not None,
    )
