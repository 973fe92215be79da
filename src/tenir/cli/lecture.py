"""`tenir lire`: from the signed document to a draft contract file."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from tenir.cli.fichier import FAULTY, FILE, Refus, load_or_refuse
from tenir.regles.mots import compte

if TYPE_CHECKING:
    from tenir.fichier.modeles import ContratDeVille
    from tenir.lecteur.brouillon import Lecture

OUT = click.Path(dir_okay=False, path_type=Path)


def read_or_refuse(path: Path) -> "Lecture":
    """Read a document, or refuse it with one French sentence."""
    from tenir.lecteur.brouillon import lire
    from tenir.lecteur.document import LectureRefusee
    from tenir.lecteur.lecture import lire_document

    try:
        return lire(lire_document(path))
    except LectureRefusee as error:
        raise Refus(f"{path} : {error}") from error


@click.command("lire")
@click.argument("document", type=FILE)
@click.option("--sortie", type=OUT, help="Fichier contrat (projet) à écrire.")
@click.option("--rapport", type=OUT, help="Rapport de lecture à écrire : .html, ou texte.")
@click.option("--document-normalise", type=OUT, help="Texte normalisé à écrire : les sources numérotent ses lignes.")
@click.option("--comparer", "reference", type=FILE, help="Fichier contrat de référence : dit ce qui diffère.")
def lire_(
    document: Path, sortie: Path | None, rapport: Path | None, document_normalise: Path | None, reference: Path | None
) -> None:
    """Lit un contrat signé (texte, PDF, Word) et en fait un projet de fichier contrat."""
    from tenir.fichier import canonique
    from tenir.lecteur.rapport import rapport_html, rapport_texte

    expected = load_or_refuse(reference) if reference else None
    lecture = read_or_refuse(document)
    _write(sortie, canonique.dump(lecture.contrat))
    _write(rapport, rapport_html(lecture) if rapport and rapport.suffix == ".html" else rapport_texte(lecture))
    _write(document_normalise, lecture.document.texte)
    _say(lecture, sortie)
    if expected is not None:
        _compare(lecture, expected)


def _compare(lecture: "Lecture", expected: "ContratDeVille") -> None:
    from tenir.lecteur.ecarts import comparer, inexpliques, par_raison

    ecarts = comparer(lecture.contrat, expected, lecture.document)
    for ecart in inexpliques(ecarts):
        click.echo(ecart.phrase())
    for raison, number in par_raison(ecarts).items():
        click.echo(f"{number:>5}  {raison}")
    unexplained = len(inexpliques(ecarts))
    click.echo(f"{compte(len(ecarts), 'écart')}, dont {compte(unexplained, 'inexpliqué')}.")
    if unexplained:
        raise SystemExit(FAULTY)


def _write(path: Path | None, text: str) -> None:
    if path is not None:
        path.write_text(text, encoding="utf-8", newline="\n")


def _say(lecture: "Lecture", sortie: Path | None) -> None:
    from tenir.lecteur.rapport import doutes

    contrat = lecture.contrat
    actions = sum(len(orientation.actions) for orientation in contrat.orientations)
    found = (
        compte(len(contrat.orientations), "orientation"),
        compte(actions, "action"),
        compte(len(contrat.signataires), "signataire"),
        compte(len(contrat.indicateurs), "indicateur"),
    )
    doubts, left = compte(len(doutes(lecture)), "point"), compte(len(lecture.restes), "ligne")
    click.echo(f"{', '.join(found)} ; {doubts} à trancher, {left} sans place.")
    if sortie is not None:
        click.echo(f"{sortie} est écrit. Relisez-le, puis lancez « tenir valider {sortie} ».")


COMMANDS = (lire_,)
