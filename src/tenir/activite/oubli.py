"""What the register keeps of people: the tables that wait; where its texts that may name someone are changed."""

from tenir.acteurs.models import Personne
from tenir.activite.models import Entree, ImportDEntrees, Objet
from tenir.activite.services.carnets import close_all_of
from tenir.core.oubli import Marques, written
from tenir.core.piece import Answer
from tenir.ecran.navigation import address


def forget(personne: Personne, marques: Marques) -> None:
    """Close her carnets; remove the tables that wait and are hers, or name her, and what receipts quote of her."""
    close_all_of(personne)
    for depose in ImportDEntrees.objects.order_by("pk").iterator():
        waits = depose.applique_le is None
        if waits and depose.par_id == personne.pk:
            depose.delete()
        elif any(map(marques.names, (depose.nom, written(depose.contenu), written(depose.bilan)))):
            _empty(depose, waits=waits)


def _empty(depose: ImportDEntrees, *, waits: bool) -> None:
    """Remove a table that waits; of one that was written, what its receipt quotes and its name."""
    if waits:
        depose.delete()
        return
    depose.nom, depose.bilan = "", {**depose.bilan, "expliquees": []}
    depose.save(update_fields=["nom", "bilan"])


def _entree(entree: Entree) -> str:
    return address("entree", entree.espace, entree.numero)


def _objet(objet: Objet) -> str:
    return address("objet", objet.espace, objet.numero)


WHERE: dict[str, Answer] = {Entree._meta.label: _entree, Objet._meta.label: _objet}
"""Labels and kinds are those of the model."""
