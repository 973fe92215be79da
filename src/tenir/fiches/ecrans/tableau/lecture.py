"""Reading a large workbook that came back: a work, which leads to the page of what it would change."""

from tenir.acteurs.models import Personne
from tenir.core.models import Travail
from tenir.core.tableur import TableauIllisible
from tenir.core.travaux.chantier import Chantier, Fin, Suivi, TravailRefuse
from tenir.core.travaux.demande import Demande
from tenir.core.typographie import pluriel
from tenir.ecran import travaux
from tenir.ecran.navigation import address
from tenir.fiches.services.imports import keep, read_for
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces, Refus, acces_of
from tenir.habilitations.services import slug_of

KIND = "lecture-de-classeur"
NAME = 120
"""How much of the name of a file the title of the work shows."""


def ask_to_read(acces: Acces, espace: EspaceDeContrat, nom: str, fichier: bytes) -> Travail:
    """Ask for a workbook to be read.

    Raises:
        Refus: she may not change fiches in bulk.
    """
    titre, retour = f"Lecture du classeur « {nom[-NAME:]} »", address("fiches-deposer", espace)
    demande = Demande(KIND, titre, retour, {"nom": nom}, depose=fichier, nom_depose="classeur.xlsx")
    return travaux.ask(acces, espace, demande)


def read_deposited(travail: Travail, suivi: Suivi) -> Fin:
    """Read the workbook, then keep what it holds as if its page had read it.

    Raises:
        TravailRefuse: it cannot be read, comes from another contract, or whoever asked may no longer apply it.
    """
    suivi.dire(0, None, "Lecture des feuilles")
    espace = EspaceDeContrat.objects.get(slug=slug_of(travail.chaine))
    by, nom = acces_of(Personne.objects.get(pk=travail.acteur)), travail.argument["nom"]
    made: list[int] = []
    try:
        with travail.depose.open("rb") as given:
            contenu = read_for(espace, nom, given.read())
    except TableauIllisible as error:
        raise TravailRefuse(str(error)) from error

    def write() -> None:
        try:
            made.append(keep(by=by, espace=espace, nom=nom, contenu=contenu).pk)
        except Refus as error:
            raise TravailRefuse(str(error)) from error

    read = pluriel(sum(len(sheet.lignes) for sheet in contenu.feuilles), "ligne lue", "lignes lues", genre="f")
    return Fin(
        f"{read} : rien n’est encore changé.", suite=lambda: address("fiches-import", espace, made[0]), ecrire=write
    )


CHANTIER = Chantier(read_deposited, right="fiche.bulk")
