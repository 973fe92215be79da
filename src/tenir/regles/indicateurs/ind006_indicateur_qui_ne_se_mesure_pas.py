import re
from collections.abc import Iterator

from tenir.fichier.enums import Contenu
from tenir.fichier.modeles import ContratDeVille
from tenir.fichier.mots import plain
from tenir.regles.anomalie import Anomalie, Gravite
from tenir.regles.indicateurs.commun import says_target
from tenir.regles.registre import regle

VAGUE = re.compile(
    r"(?:l'|la |le )?(?:activite|prise en compte|qualite|amelioration|implication|mobilisation|developpement"
    r"|renforcement|accueil|dynamique|dynamisme|impact|effet|fonctionnement|bon fonctionnement|appropriation"
    r"|visibilite|vie|image|ambiance|climat|ressenti|adhesion|reconnaissance|respect|coordination"
    r"|cooperation|cohesion|rayonnement)\b"
)
"""Labels, without accents, that name something nobody counts."""
COUNTED = re.compile(
    r"\d|%|nombre|\bnb\b|taux|\bpart\b|note|score|indice|enquete|sondage|barometre|questionnaire|oui ?/ ?non"
)
"""What a label says to be counted all the same."""


@regle("IND006", gravite=Gravite.A_AMELIORER, depuis="0.1", de=(Contenu.INDICATEURS,))
def indicateur_qui_ne_se_mesure_pas(contrat: ContratDeVille) -> Iterator[Anomalie]:
    """Un indicateur ne dit pas ce qui se compte.

    ## Ce que la règle vérifie

    Le libellé ne commence pas par un mot que personne ne compte (« activité », « prise en compte », « qualité »,
    « mobilisation »…), sans nombre, taux, part, note ni enquête. Une cible imprimée vaut mesure. Tout autre libellé
    (« heures d’insertion », « temps de marche ») est laissé : il peut se compter.

    ## Pourquoi

    « Activité du réseau » : chacun comptera autre chose, et personne ne pourra dire si elle a augmenté.

    ## Exemple fautif

    Prise en compte des préconisations du conseil citoyen.

    ## Corrigé

    Nombre de préconisations du conseil citoyen, et part de celles qui ont reçu une suite.

    ## Source

    Instruction du 4 janvier 2024 : des indicateurs de suivi réalistes ; circulaire du 31 août 2023 : des
    résultats mesurables.
    """
    for indicateur in contrat.indicateurs:
        said = plain(indicateur.libelle).replace("’", "'")
        told = says_target(indicateur) or indicateur.repete or COUNTED.search(said)
        if VAGUE.match(said) and not told:
            yield Anomalie(
                indicateur,
                f"« {indicateur.libelle} » ne dit pas ce qui se compte.",
                "Dites le nombre, le taux ou la part que l’on relèvera.",
            )
