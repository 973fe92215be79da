"""Commands on the contracts of the site."""

from datetime import date
from pathlib import Path

import click
import django

from tenir.cli.fichier import FILE, Refus, document_or_refuse, load_or_refuse, read_text
from tenir.regles.mots import compte


class Jour(click.ParamType):  # type: ignore[type-arg]  # generic since click 8.4 only
    """A day, as the contract file writes it."""

    name = "AAAA-MM-JJ"

    def convert(self, value: str | date, param: click.Parameter | None, ctx: click.Context | None) -> date:
        try:
            return value if isinstance(value, date) else date.fromisoformat(value)
        except ValueError:
            self.fail(f"« {value} » n’est pas une date : écrivez par exemple 2024-03-26.", param, ctx)


JOUR = Jour()


@click.command()
@click.argument("fichier", type=FILE)
@click.option("--document", type=FILE, help="Document signé (texte UTF-8), pour montrer ses mots.")
@click.option("--correction", is_flag=True, help="Le fichier corrige une erreur de transcription.")
@click.option("--avenant", is_flag=True, help="Le fichier porte un avenant signé.")
@click.option("--motif", metavar="TEXTE", default="", help="Pourquoi : demandé pour une correction ou un avenant.")
@click.option("--date", "jour", type=JOUR, help="Entrée en vigueur de l’avenant.")
def charger(
    fichier: Path, document: Path | None, correction: bool, avenant: bool, motif: str, jour: date | None
) -> None:
    """Charge un contrat dans le site ; ce qui est déjà chargé ne change pas."""
    if correction and avenant:
        raise Refus("Choisissez : une correction de transcription, ou un avenant.")
    contrat = load_or_refuse(fichier)
    signed = document_or_refuse(document, contrat) if document else None
    django.setup()
    from tenir.contrat import chargement
    from tenir.fichier.contenus import a_verifier, non_lus

    kind = chargement.NatureDeVersion.CORRECTION if correction else chargement.NatureDeVersion.AVENANT
    given = chargement.Motif(kind, motif, jour) if correction or avenant else None
    try:
        bilan = chargement.load_contract(
            read_text(fichier), commande=f"tenir charger {fichier.name}", document=signed, motif=given
        )
    except chargement.ChargementRefuse as error:
        for change in error.changements:
            click.echo(change.phrase())
        raise Refus(str(error)) from error
    click.echo(bilan.phrase())
    for unread in non_lus(contrat):
        click.echo(a_verifier(unread))


@click.command()
@click.argument("adresse")
@click.option("--retirer", is_flag=True, help="Retire le contrat du public : il redevient « signé ».")
@click.option("--motif", metavar="TEXTE", default="", help="Pourquoi il est retiré.")
def publier(adresse: str, retirer: bool, motif: str) -> None:
    """Rend un contrat public (ou le retire du public)."""
    django.setup()
    from tenir.habilitations import services

    commande = f"tenir publier {adresse}"
    try:
        if retirer:
            espace = services.unpublish(adresse, motif=motif, commande=f"{commande} --retirer")
        else:
            espace = services.publish(adresse, commande=commande)
    except services.PassageRefuse as error:
        raise Refus(str(error)) from error
    click.echo(f"{espace} : {espace.get_etat_display()}.")


@click.command()
@click.argument("adresse")
@click.option("--date", "jour", type=JOUR, help="Le contrat tel qu’il valait ce jour-là.")
@click.option("--sortie", type=click.Path(dir_okay=False, path_type=Path), help="Fichier à écrire.")
def exporter(adresse: str, jour: date | None, sortie: Path | None) -> None:
    """Écrit le fichier contrat d’un contrat chargé."""
    django.setup()
    from tenir.contrat import chargement

    try:
        text = chargement.export_contract(adresse, jour)
    except chargement.ChargementRefuse as error:
        raise Refus(str(error)) from error
    if sortie:
        sortie.write_text(text, encoding="utf-8", newline="\n")
        click.echo(f"{sortie} est écrit.")
    else:
        click.echo(text, nl=False)


@click.command("exporter-tout")
@click.argument("adresse")
@click.option("--sortie", required=True, type=click.Path(dir_okay=False, path_type=Path), help="Archive zip à écrire.")
@click.option("--avec-contacts", is_flag=True, help="Joint les personnes : noms, adresses, téléphones.")
@click.option("--avec-fichiers", is_flag=True, help="Joint les fichiers donnés, qui peuvent nommer des personnes.")
def exporter_tout(adresse: str, sortie: Path, avec_contacts: bool, avec_fichiers: bool) -> None:
    """Écrit tout ce qui tient à un contrat, lisible sans Tenir."""
    django.setup()

    from tenir.contrat.archive import ecriture
    from tenir.core import horloge

    try:
        bilan = ecriture.export_archive(
            adresse, sortie, on=horloge.real_today(), with_contacts=avec_contacts, with_files=avec_fichiers
        )
    except ecriture.ArchiveRefusee as error:
        raise Refus(str(error)) from error
    click.echo(
        f"{sortie} : {compte(bilan.versions, 'version')}, {compte(bilan.tables, 'table')}, "
        f"{compte(bilan.lignes, 'ligne')}, {compte(bilan.entrees, 'entrée')} de trace, "
        f"{compte(bilan.fichiers, 'fichier')}."
    )


COMMANDS = (charger, publier, exporter, exporter_tout)
