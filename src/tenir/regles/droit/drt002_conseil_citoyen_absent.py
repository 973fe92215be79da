from collections.abc import Iterator

from tenir.fichier.modeles import ContratDeVille
from tenir.fichier.mots import comparable
from tenir.regles.anomalie import Anomalie, Gravite
from tenir.regles.registre import regle


@regle("DRT002", gravite=Gravite.A_CORRIGER, depuis="0.1")
def conseil_citoyen_absent(contrat: ContratDeVille) -> Iterator[Anomalie]:
    """Aucun conseil citoyen n’est prévu.

    ## Ce que la règle vérifie

    Un conseil citoyen est parmi les instances ou les signataires du contrat.

    ## Pourquoi

    La loi en veut un dans chaque quartier prioritaire, associé à l’élaboration, à la mise en œuvre et à
    l’évaluation.

    ## Exemple fautif

    Instances : comité de pilotage, comité technique.

    ## Corrigé

    Instances : comité de pilotage, comité technique, conseil citoyen.

    ## Source

    Loi 2014-173, article 7.
    """
    names = [*(one.nom for one in contrat.instances), *(one.nom for one in contrat.signataires)]
    if names and not any("conseil citoyen" in comparable(name) for name in names):
        yield Anomalie(
            None,
            f"Aucune des {len(names)} instances et signatures n’est un conseil citoyen.",
            "Dites celui du quartier, ou celui qui sera créé, et quand.",
        )
