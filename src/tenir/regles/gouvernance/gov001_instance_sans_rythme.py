from collections.abc import Iterator

from tenir.fichier.document import DocumentNormalise
from tenir.fichier.enums import Contenu
from tenir.fichier.modeles import ContratDeVille
from tenir.fichier.mots import comparable
from tenir.fichier.rythmes import dit_un_rythme
from tenir.regles.anomalie import Anomalie, Gravite
from tenir.regles.gouvernance.commun import est_de_leur_rang, est_decrite
from tenir.regles.gouvernance.paroles import rythmes_dits
from tenir.regles.registre import Lit, regle


@regle("GOV001", gravite=Gravite.A_CORRIGER, depuis="0.1", lit=Lit.FICHIER_ET_MOTS, de=(Contenu.INSTANCES,))
def instance_sans_rythme(contrat: ContratDeVille, document: DocumentNormalise | None) -> Iterator[Anomalie]:
    """Une instance ne dit pas quand elle se réunit.

    ## Ce que la règle vérifie

    Chaque comité, commission, groupe ou conférence dit son rythme : un nombre de réunions par an, une fréquence, ou
    ce qui la fait se réunir (« à la demande », « avant chaque comité de pilotage »). Une cellule ou un réseau n’est
    concerné que si deux autres instances du contrat disent le leur ; une équipe au travail et un conseil citoyen, que
    la loi veut indépendant, jamais. Quand le document est là, une phrase qui dit ce rythme suffit.

    ## Pourquoi

    Une instance sans rythme se réunit une fois, puis plus. Personne ne peut dire qu’elle est en retard.

    ## Exemple fautif

    Le comité technique prépare les travaux du comité de pilotage.

    ## Corrigé

    Le comité technique se réunit chaque année, avant le comité de pilotage.

    ## Source

    Circulaire du 31 août 2023 : un pilotage resserré, et suivi.
    """
    recited = {one.nom for one in rythmes_dits(contrat, document)} if document else set()
    timed = sum(one.reunions_par_an is not None for one in contrat.instances)
    for instance in contrat.instances:
        silent = not instance.frequence and instance.reunions_par_an is None
        told = dit_un_rythme(instance.texte or "") or not est_decrite(instance)
        told = told or comparable(instance.nom) in recited
        if silent and est_de_leur_rang(instance, timed) and not told:
            yield Anomalie(
                instance,
                f"Rien ne dit à quel rythme se réunit « {instance.nom} ».",
                "Écrivez un nombre de réunions par an.",
            )
