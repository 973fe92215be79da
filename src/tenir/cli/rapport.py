"""The report of the rules on paper: the same anomalies as on screen, in Word or in accessible PDF."""

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from tenir.cli.fichier import Refus
from tenir.core.documents import Document, Partie, Tableau, pdf, word
from tenir.core.typographie import date_fr, pluriel, typo
from tenir.fichier.modeles import ContratDeVille
from tenir.regles.anomalie import Anomalie, Gravite

WRITERS: dict[str, Callable[[Document], bytes]] = {".pdf": pdf.write, ".docx": word.write}
COLUMNS, SHARES = ("Règle", "Élément", "Lignes", "Ce qui ne va pas", "Que faire"), (6, 7, 7, 24, 14)


def write_report(path: Path, contrat: ContratDeVille, found: Sequence[Anomalie], on: date) -> None:
    """Write the report, in the format that its name says.

    Raises:
        Refus: the name ends neither by .pdf nor by .docx.
    """
    write = WRITERS.get(path.suffix.lower())
    if write is None:
        raise Refus(f"{path} : un rapport s’écrit en .pdf ou en .docx.")
    path.write_bytes(write(document_of(contrat, found, on)))


def document_of(contrat: ContratDeVille, found: Sequence[Anomalie], on: date) -> Document:
    """The anomalies by gravity, the gravest first; a gravity without any says so."""
    return Document(
        titre=typo("Ce que les règles trouvent"),
        surtitre=typo(f"{contrat.identite.titre} : vérifié le {date_fr(on)}"),
        chapeau=(
            typo(f"{pluriel(len(found), 'anomalie', genre='f', lettres=True).capitalize()} dans le fichier contrat."),
            typo("Une règle ne lit pas tout : ce qu’elle ne trouve pas n’est pas vérifié pour autant."),
        ),
        parties=tuple(_part(grave, [one for one in found if one.gravite == grave]) for grave in Gravite),
        avertissement=typo("Contrat fictif : rien de ce que dit ce rapport n’existe.") if contrat.fictif else "",
    )


def _part(grave: Gravite, rows: list[Anomalie]) -> Partie:
    titre = grave.capitalize()
    if not rows:
        return Partie(titre, vide="Aucune anomalie de cette gravité.")
    lines = tuple((one.regle, one.code, one.lignes, typo(one.phrase), typo(one.remede)) for one in rows)
    return Partie(titre, tableau=Tableau(f"Anomalies : {grave}", COLUMNS, SHARES, lines))
