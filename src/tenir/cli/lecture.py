"""`tenir lire`: from the signed document to a draft contract file."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tenir.cli.fichier import FAULTY, FILE, Refus, load_or_refuse
from tenir.regles.mots import compte

if TYPE_CHECKING:
    from tenir.fichier.modeles import ContratDeVille
    from tenir.lecteur.brouillon import Lecture
    from tenir.lecteur.gabarit import Gabarit
    from tenir.lecteur.lignes import Texte

OUT = click.Path(dir_okay=False, path_type=Path)


def read_or_refuse(path: Path, gabarit: Path | None = None) -> "Lecture":
    """Read a document, or refuse it with one French sentence."""
    from tenir.lecteur.brouillon import lire
    from tenir.lecteur.document import LectureRefusee
    from tenir.lecteur.lecture import lire_document

    said = gabarit_or_refuse(gabarit) if gabarit else None
    try:
        return lire(lire_document(path), said)
    except LectureRefusee as error:
        raise Refus(f"{path} : {error}") from error


def gabarit_or_refuse(path: Path) -> "Gabarit":
    """Read a gabarit, or refuse it with one French sentence."""
    from tenir.lecteur.gabarit import GabaritRefuse, lire_gabarit

    try:
        return lire_gabarit(path.read_text(encoding="utf-8"))
    except (GabaritRefuse, UnicodeDecodeError) as error:
        raise Refus(f"{path} : {error}") from error


@click.command("lire")
@click.argument("document", type=FILE)
@click.option("--sortie", type=OUT, help="Fichier contrat (projet) à écrire.")
@click.option("--rapport", type=OUT, help="Rapport de lecture à écrire : .html, ou texte.")
@click.option("--document-normalise", type=OUT, help="Texte normalisé à écrire : les sources numérotent ses lignes.")
@click.option("--gabarit", type=FILE, help="Gabarit à suivre : ce qu’un exemple a montré de la mise en page.")
@click.option("--comparer", "reference", type=FILE, help="Fichier contrat de référence : dit ce qui diffère.")
def lire_(
    document: Path,
    sortie: Path | None,
    rapport: Path | None,
    document_normalise: Path | None,
    gabarit: Path | None,
    reference: Path | None,
) -> None:
    """Lit un contrat signé (texte, PDF, Word, OpenDocument) et en fait un projet de fichier contrat."""
    from tenir.fichier import canonique
    from tenir.lecteur.rapport import rapport_html, rapport_texte

    expected = load_or_refuse(reference) if reference else None
    lecture = read_or_refuse(document, gabarit)
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
    for sentence in (*lecture.document.remarques, *lecture.non_lus):
        click.echo(sentence)
    if sortie is not None:
        click.echo(f"{sortie} est écrit. Relisez-le, puis lancez « tenir valider {sortie} ».")


@click.command("gabarit")
@click.argument("document", type=FILE)
@click.option("--depuis", type=FILE, help="Gabarit à compléter.")
@click.option(
    "--exemple",
    "exemples",
    multiple=True,
    metavar="LIGNE=RÔLE",
    help="Cette ligne est une fiche : celles qui lui ressemblent aussi.",
)
@click.option(
    "--etiquette", "etiquettes", multiple=True, metavar="INTITULÉ=RUBRIQUE", help="Cet intitulé ouvre cette rubrique."
)
@click.option(
    "--colonne", "colonnes", multiple=True, metavar="TÊTE=CONTENU", help="Cette colonne d’un tableau donne cela."
)
@click.option("--organisme", "organismes", multiple=True, metavar="NOM", help="Ces mots nomment un seul organisme.")
@click.option("--sortie", type=OUT, help="Gabarit à écrire.")
def gabarit_(
    document: Path,
    depuis: Path | None,
    exemples: tuple[str, ...],
    etiquettes: tuple[str, ...],
    colonnes: tuple[str, ...],
    organismes: tuple[str, ...],
    sortie: Path | None,
) -> None:
    """Montre les intertitres, les étiquettes et les colonnes d’un document, et dit par l’exemple ce qu’ils sont.

    Les rôles : axe, orientation, objectif, fiche, « projet de quartier », rien.
    """
    from tenir.lecteur.document import LectureRefusee
    from tenir.lecteur.gabarit import Gabarit
    from tenir.lecteur.lecture import lire_document
    from tenir.lecteur.lignes import Texte

    try:
        texte = Texte(lire_document(document))
    except LectureRefusee as error:
        raise Refus(f"{document} : {error}") from error
    gabarit = _taught(texte, gabarit_or_refuse(depuis) if depuis else Gabarit(), exemples, etiquettes)
    gabarit = _told(gabarit, colonnes, organismes)
    for line in _shown(texte, gabarit):
        click.echo(line)
    _write(sortie, gabarit.ecrire())
    if sortie is not None:
        click.echo(f"{sortie} est écrit. Relisez le document avec « tenir lire {document} --gabarit {sortie} ».")


def _taught(texte: "Texte", gabarit: "Gabarit", exemples: tuple[str, ...], etiquettes: tuple[str, ...]) -> "Gabarit":
    from tenir.lecteur.gabarit import GabaritRefuse, par_exemple, suivraient, verifier_rubrique
    from tenir.lecteur.structure.roles import Role

    try:
        for exemple in exemples:
            ligne, _, role = exemple.partition("=")
            if not ligne.strip().isdecimal() or role.strip() not in list(Role):
                raise GabaritRefuse(f"« {exemple} » : écrivez une ligne et un rôle, comme « 120=orientation ».")
            regle = par_exemple(texte, int(ligne), Role(role.strip()))
            gabarit = gabarit.avec(regle=regle)
            click.echo(f"Ligne {ligne} : {compte(len(suivraient(texte, regle)), 'intertitre')} de cette forme.")
        for written in etiquettes:
            label, _, rubrique = written.rpartition("=")
            verifier_rubrique(label, rubrique.strip())
            gabarit = gabarit.avec(etiquette=(label.strip(), rubrique.strip()))
    except GabaritRefuse as error:
        raise Refus(str(error)) from error
    return gabarit


def _told(gabarit: "Gabarit", colonnes: tuple[str, ...], organismes: tuple[str, ...]) -> "Gabarit":
    """The same with what was said of columns and of names."""
    from tenir.lecteur.gabarit import GabaritRefuse, verifier_colonne

    try:
        for written in colonnes:
            tete, _, dit = written.rpartition("=")
            gabarit = gabarit.avec(colonne=(tete.strip(), verifier_colonne(tete.strip(), dit.strip())))
    except GabaritRefuse as error:
        raise Refus(str(error)) from error
    for nom in organismes:
        gabarit = gabarit.avec(organisme=nom.strip())
    return gabarit


def _shown(texte: "Texte", gabarit: "Gabarit") -> Iterator[str]:
    """The headings, the labels and the columns of a document, a line each, with what they are taken for."""
    from tenir.lecteur.gabarit import formes_vues
    from tenir.lecteur.vues import colonnes_vues, etiquettes_vues

    with gabarit.dit():
        for seen in formes_vues(texte, gabarit):
            role = seen.role or "—"
            yield f"ligne {seen.ligne:>5}  {seen.forme:<24} {seen.fois:>4} ×  {role:<20} {seen.exemple[:70]}"
        for sorte, found in (("étiquette", etiquettes_vues(texte)), ("colonne", colonnes_vues(texte))):
            for vue in found:
                yield f"ligne {vue.lignes[0]:>5}  {sorte:<24} {vue.fois:>4} ×  {vue.lu or '—':<20} {vue.mots[:70]}"


COMMANDS = (lire_, gabarit_)
