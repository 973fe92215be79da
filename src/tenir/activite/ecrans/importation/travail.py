"""Writing a long table: a work, done by the loop whole or not at all, which leads to the receipt."""

from django.core.exceptions import ValidationError

from tenir.acteurs.models import Personne
from tenir.activite.models import ImportDEntrees
from tenir.activite.services.importation import DejaInscrit, imports_of, write_import
from tenir.activite.services.importation_de_natures import ApercuPerime
from tenir.activite.tableur import INSCRIPTION
from tenir.core.models import Travail
from tenir.core.requetes import GONE
from tenir.core.travaux.chantier import Fin, Suivi, TravailRefuse
from tenir.core.travaux.demande import Demande
from tenir.ecran import travaux
from tenir.ecran.navigation import address
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces, Refus, acces_of
from tenir.habilitations.services import slug_of

D_UN_COUP = 500
"""How many rows the page writes at once, in about a second; the loop writes more."""
NAME = 120
"""How much of the name of a file the title of the work shows."""
CHANGED = (
    "Le registre a changé depuis l’aperçu : rien n’est inscrit. Relisez ce que devient chaque ligne, et confirmez."
)


def ask_to_write(acces: Acces, depose: ImportDEntrees, empreinte: str) -> Travail:
    """Ask for a table to be written as it was shown.

    Raises:
        Refus: she does not read the register.
    """
    titre, retour = f"Inscription de « {str(depose)[-NAME:]} »", address("activite-import", depose.espace, depose.pk)
    asked = {"depose": depose.pk, "empreinte": empreinte}
    return travaux.ask(acces, depose.espace, Demande(INSCRIPTION, titre, retour, asked))


def write_deposited(travail: Travail, suivi: Suivi) -> Fin:
    """Write the table in one step.

    Raises:
        TravailRefuse: the register changed since, or whoever asked may no longer write.
    """
    suivi.dire(0, None, "Inscription des lignes")
    espace = EspaceDeContrat.objects.get(slug=slug_of(travail.chaine))
    by, asked = acces_of(Personne.objects.get(pk=travail.acteur)), travail.argument
    page = address("activite-import", espace, asked["depose"])

    def write() -> None:
        try:
            write_import(by=by, depose=_found(by, espace, asked["depose"]), empreinte=asked["empreinte"])
        except ApercuPerime as error:
            raise TravailRefuse(CHANGED) from error
        except ValidationError as error:
            raise TravailRefuse(" ".join(error.messages)) from error
        except Refus as error:
            raise TravailRefuse(str(error)) from error
        except DejaInscrit:
            return  # asked twice: it is done

    return Fin("Les lignes sont inscrites.", suite=page, ecrire=write)


def _found(by: Acces, espace: EspaceDeContrat, numero: int) -> ImportDEntrees:
    found = imports_of(by, espace).filter(pk=numero).first()
    if found is None:
        raise TravailRefuse(GONE)
    return found
