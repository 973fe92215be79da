from collections.abc import Iterator

from tenir.fichier.modeles import ContratDeVille
from tenir.regles.anomalie import Anomalie, Gravite
from tenir.regles.registre import regle


@regle("GOV004", gravite=Gravite.A_AMELIORER, depuis="0.1")
def instance_que_personne_ne_preside(contrat: ContratDeVille) -> Iterator[Anomalie]:
    """Une instance n’a ni présidence ni animation.

    ## Ce que la règle vérifie

    Chaque instance dit quel organisme la préside ou l’anime.

    ## Pourquoi

    Personne ne la convoque : elle se réunira une fois, puis plus.

    ## Exemple fautif

    Comité thématique n° 3 : une fois par an.

    ## Corrigé

    Comité thématique n° 3 : une fois par an, animé par le service politique de la ville de la commune.

    ## Source

    Évaluations de contrats précédents : un défaut de coordination et de suivi.
    """
    for instance in contrat.instances:
        if not instance.presidence:
            yield Anomalie(
                instance,
                f"Rien ne dit qui préside ou anime « {instance.nom} ».",
                "Nommez l’organisme qui la convoque.",
            )
