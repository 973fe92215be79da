"""The report of the rules on paper: the same anomalies as on screen, in Word or in accessible PDF."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

from tenir.cli.fichier import Refus
from tenir.core.documents import Document, Partie, Tableau, pdf, word
from tenir.core.typographie import date_fr, pluriel, typo
from tenir.fichier.modeles import ContratDeVille
from tenir.regles.anomalie import Anomalie, Gravite
from tenir.regles.controle import Controle
from tenir.regles.mots import jour

WRITERS: dict[str, Callable[[Document], bytes]] = {".pdf": pdf.write, ".docx": word.write}
COLUMNS, SHARES = ("Règle", "Élément", "Lignes", "Ce qui ne va pas", "Que faire"), (6, 7, 7, 24, 14)


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
    """The anomalies by gravity, the gravest first, then those admitted; a gravity without any says so."""
    many = pluriel(len(found.anomalies), "anomalie", genre="f", lettres=True).capitalize()
    by_gravity = [_part(grave, [one for one in found.anomalies if one.gravite == grave]) for grave in Gravite]
    return Document(
        titre=typo("Ce que les règles trouvent"),
        surtitre=typo(f"{contrat.identite.titre} : vérifié le {date_fr(on)}"),
        chapeau=tuple(typo(sentence) for sentence in (f"{many} dans le fichier contrat.", *_limits(found))),
        parties=(*by_gravity, *([_admitted(found)] if found.admises else [])),
        avertissement=typo("Contrat fictif : rien de ce que dit ce rapport n’existe.") if contrat.fictif else "",
    )


def _limits(found: Controle) -> Iterator[str]:
    yield "Une règle ne lit pas tout : ce qu’elle ne trouve pas n’est pas vérifié pour autant."
    if codes := [rule.code for rule in found.non_verifiees]:
        yield f"Sans le document, {len(codes)} règles qui lisent ses mots ne sont pas vérifiées : {', '.join(codes)}."


def _admitted(found: Controle) -> Partie:
    lines = tuple(
        (one.regle, one.code, one.lignes, typo(one.phrase), typo(f"{by.motif} ({by.auteur}, {jour(by.fin)})"))
        for one, by in found.admises
    )
    columns = (*COLUMNS[:4], "Admise : pourquoi, par qui, jusqu’à quand")
    return Partie("Admises par dérogation", tableau=Tableau("Anomalies admises", columns, SHARES, lines))


def _part(grave: Gravite, rows: list[Anomalie]) -> Partie:
    titre = grave.capitalize()
    if not rows:
        return Partie(titre, vide="Aucune anomalie de cette gravité.")
    lines = tuple((one.regle, one.code, one.lignes, typo(one.phrase), typo(one.remede)) for one in rows)
    return Partie(titre, tableau=Tableau(f"Anomalies : {grave}", COLUMNS, SHARES, lines))
