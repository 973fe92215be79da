import re
from collections import Counter
from collections.abc import Iterator

from tenir.fichier.enums import Contenu
from tenir.fichier.modeles import ContratDeVille
from tenir.regles.anomalie import Anomalie, Gravite
from tenir.regles.gouvernance.commun import est_de_leur_rang, est_decrite
from tenir.regles.registre import regle

LED = re.compile(
    r"présid|anim|pilot|convoqu|dirig|conduit|conduite|sous l[’']égide|secrétariat|coordonn", re.IGNORECASE
)


@regle("GOV004", gravite=Gravite.A_AMELIORER, depuis="0.1", de=(Contenu.INSTANCES,))
def instance_que_personne_ne_preside(contrat: ContratDeVille) -> Iterator[Anomalie]:
    """Une instance n’a ni présidence ni animation.

    ## Ce que la règle vérifie

    Chaque comité, commission, groupe ou conférence dit qui le préside, l’anime ou le convoque ; une cellule ou un
    réseau aussi, quand deux autres instances du contrat le disent. Un conseil citoyen s’organise lui-même : il n’est
    pas concerné.

    ## Pourquoi

    Personne ne la convoque : elle se réunira une fois, puis plus.

    ## Exemple fautif

    Comité thématique n° 3 : une fois par an.

    ## Corrigé

    Comité thématique n° 3 : une fois par an, animé par le service politique de la ville de la commune.

    ## Source

    Évaluations de contrats précédents : un défaut de coordination et de suivi.
    """
    places = Counter(one.source for one in contrat.instances if one.source)
    led = sum(bool(one.presidence) for one in contrat.instances)
    for instance in contrat.instances:
        if places[instance.source] > 1:
            continue  # one paragraph describes several: their sentences were not told apart, GOV015 reads them
        told = LED.search(instance.texte or "") or not est_decrite(instance)
        if not instance.presidence and est_de_leur_rang(instance, led) and not told:
            yield Anomalie(
                instance,
                f"Rien ne dit qui préside ou anime « {instance.nom} ».",
                "Nommez l’organisme qui la convoque.",
            )
