from collections.abc import Iterator

from tenir.fichier.modeles import ContratDeVille
from tenir.regles.anomalie import Anomalie, Gravite
from tenir.regles.registre import regle


@regle("GOV001", gravite=Gravite.A_CORRIGER, depuis="0.1")
def instance_sans_rythme(contrat: ContratDeVille) -> Iterator[Anomalie]:
    """Une instance ne dit pas quand elle se réunit.

    ## Ce que la règle vérifie

    Chaque instance de gouvernance dit son rythme : un nombre de réunions par an, ou une fréquence.

    ## Pourquoi

    Une instance sans rythme se réunit une fois, puis plus. Personne ne peut dire qu’elle est en retard.

    ## Exemple fautif

    Le comité technique prépare les travaux du comité de pilotage.

    ## Corrigé

    Le comité technique se réunit chaque année, avant le comité de pilotage.

    ## Source

    Circulaire du 31 août 2023 : un pilotage resserré, et suivi.
    """
    for instance in contrat.instances:
        if not instance.frequence and instance.reunions_par_an is None:
            yield Anomalie(
                instance,
                f"Rien ne dit à quel rythme se réunit « {instance.nom} ».",
                "Écrivez un nombre de réunions par an.",
            )
