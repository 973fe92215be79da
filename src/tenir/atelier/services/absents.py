"""What nothing was read of: someone who read the document says that it holds none."""

from django.core.exceptions import ValidationError

from tenir.atelier.models import Brouillon, GesteDAtelier
from tenir.atelier.services.brouillon import Dit, Etabli, faire
from tenir.core.marques import Lu
from tenir.fichier.contenus import non_lus
from tenir.fichier.enums import Contenu
from tenir.habilitations.rights import Acces


def dire_absent(*, by: Acces, brouillon: Brouillon, contenu: Contenu, lu: Lu | None = None) -> GesteDAtelier | None:
    """Say that the document holds no item of a kind: pages will say so, instead of « non lu ».

    Raises:
        Refus, Perime: as every gesture of the workshop.
        ValidationError: the text holds some, or it was said already.
    """

    def agir(etabli: Etabli) -> Dit:
        if contenu not in non_lus(etabli.contrat):
            raise ValidationError("Cela est déjà tranché : ce texte en contient, ou quelqu’un l’a dit absent.")
        told = (*etabli.arbre.racine.absents, contenu)
        etabli.arbre.racine = etabli.arbre.racine.model_copy(update={"absents": told})
        return Dit(f"Absents du document : {contenu}")

    return faire(by=by, brouillon=brouillon, agir=agir, montre=lambda on: shown(on, contenu), lu=lu)


def shown(etabli: Etabli, contenu: Contenu) -> Lu:
    """What the page shows of a kind that nothing was read of."""
    return {str(contenu): "rien de lu" if contenu in non_lus(etabli.contrat) else "tranché"}
