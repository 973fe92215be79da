from collections.abc import Iterator

from tenir.fichier.enums import Contenu
from tenir.fichier.modeles import ContratDeVille
from tenir.regles.anomalie import Anomalie, Gravite
from tenir.regles.registre import regle


@regle("GOV003", gravite=Gravite.A_CORRIGER, depuis="0.1", de=(Contenu.INSTANCES,))
def ordre_sur_une_instance_sans_rythme(contrat: ContratDeVille) -> Iterator[Anomalie]:
    """Une instance se réunit avant une autre qui n’a pas de rythme.

    ## Ce que la règle vérifie

    Quand une règle dit qu’une instance se réunit avant une autre, le rythme de cette autre est écrit.

    ## Pourquoi

    La règle ne soigne pas le mal qu’elle cite : « avant chaque comité de pilotage » n’oblige à rien si personne
    ne doit réunir le comité de pilotage.

    ## Exemple fautif

    Le comité technique se réunit avant chaque comité de pilotage ; le rythme du comité de pilotage n’est pas
    écrit.

    ## Corrigé

    Le comité de pilotage se réunit deux fois par an, et le comité technique avant chacune.

    ## Source

    Évaluations de contrats précédents : des comités techniques non réunis avant les comités de pilotage.
    """
    known = {instance.code: instance for instance in contrat.instances}
    for instance in contrat.instances:
        for rule in instance.regles:
            after = known.get(rule.avant or "")
            if after and after.reunions_par_an is None:
                yield Anomalie(
                    instance,
                    f"« {instance.nom} » se réunit avant « {after.nom} » ({after.code}), "
                    "dont le rythme n’est pas écrit.",
                    "Écrivez combien de fois par an se réunit la seconde.",
                    source=rule.source,
                )
