from collections.abc import Iterator

from tenir.fichier.document import MASK
from tenir.fichier.modeles import ActionPrevue, ContratDeVille, Orientation
from tenir.regles.anomalie import Anomalie, Gravite
from tenir.regles.registre import regle


@regle("GOV002", gravite=Gravite.A_CORRIGER, depuis="0.1")
def pilote_qui_n_est_personne(contrat: ContratDeVille) -> Iterator[Anomalie]:
    """Un pilote n’est aucun organisme connu.

    ## Ce que la règle vérifie

    Chaque pilote nommé par une orientation ou une action est un organisme que l’on peut appeler.

    ## Pourquoi

    « Les partenaires » ou « les membres de la commission » ne répondent pas au téléphone : l’action n’est
    portée par personne.

    ## Exemple fautif

    Pilote : les membres du groupe de travail « Emploi ».

    ## Corrigé

    Pilote : la Mission locale, avec le groupe de travail « Emploi ».

    ## Source

    Évaluations de contrats précédents : un défaut de coordination et de suivi avec les signataires.
    """
    for orientation in contrat.orientations:
        holders: list[Orientation | ActionPrevue] = [orientation, *orientation.actions]
        for holder in holders:
            for pilote in holder.pilotes:
                if pilote.organisme is None and MASK not in pilote.nom:  # DRT001 speaks of persons
                    yield Anomalie(
                        holder,
                        f"« {pilote.nom} », nommé pilote, n’est pas un organisme que l’on puisse appeler.",
                        "Nommez un organisme.",
                    )
