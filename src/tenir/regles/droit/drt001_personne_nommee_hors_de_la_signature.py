from collections.abc import Iterator

from tenir.fichier.modeles import (
    ActionPrevue,
    ContratDeVille,
    Engagement,
    InstanceDeGouvernance,
    LigneDeCredits,
    Objectif,
    SousAction,
)
from tenir.fichier.source import Plage
from tenir.regles.anomalie import Anomalie, Gravite
from tenir.regles.registre import regle

BEARERS = (ActionPrevue, SousAction, Objectif, Engagement, LigneDeCredits, InstanceDeGouvernance)


@regle("DRT001", gravite=Gravite.BLOQUANTE, depuis="0.1")
def personne_nommee_hors_de_la_signature(contrat: ContratDeVille) -> Iterator[Anomalie]:
    """Une personne est nommée dans une action, un engagement, des crédits ou une instance.

    ## Ce que la règle vérifie

    Aucune action, aucun engagement, aucune ligne de crédits, aucune instance ne contient un passage que le fichier
    masque : le nom d’une personne, son adresse, son téléphone. Le bloc de signature et le titre d’un équipement ne sont
    pas concernés.

    ## Pourquoi

    Le contrat est public pour des années ; la personne changera de poste. Son nom n’y sert à rien, sa fonction
    suffit.

    ## Exemple fautif

    Région : aide au lancement (A. Dupont).

    ## Corrigé

    Région : aide au lancement (service économie sociale et solidaire).

    ## Source

    Règlement (UE) 2016/679, article 5 : ne garder que les données nécessaires.
    """
    names = contrat.spans_of_names
    told: set[Plage] = set()
    for item in contrat.items.values():
        met = {name for name in names if any(_meet(name, plage) for plage in item.source)}
        if isinstance(item, BEARERS) and met - told:
            told |= met
            yield Anomalie(
                item,
                f"Une personne est nommée ici, ou ses coordonnées données : adresse, téléphone ({item.genre}).",
                "Retirez le nom ou l’adresse ; une fonction ou un service suffit.",
            )


def _meet(name: Plage, plage: Plage) -> bool:
    """Whether the span of a name is inside a source: on its lines, and in its columns when it has any."""
    if name.debut not in plage.lignes:
        return False
    return plage.colonne_debut is None or (
        (name.colonne_debut or 1) <= (plage.colonne_fin or 0)
        and (name.colonne_fin or plage.colonne_fin or 0) >= plage.colonne_debut
    )
