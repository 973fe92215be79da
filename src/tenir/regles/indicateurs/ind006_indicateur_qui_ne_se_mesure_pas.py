import re
from collections.abc import Iterator

from tenir.fichier.enums import Contenu
from tenir.fichier.modeles import ContratDeVille
from tenir.fichier.mots import plain
from tenir.regles.anomalie import Anomalie, Gravite
from tenir.regles.indicateurs.commun import is_aim
from tenir.regles.registre import regle

MEASURE = re.compile(
    r"nombre|\bnb\b|taux|\bpart\b|proportion|pourcentage|%|evolution|progression|hausse|baisse|frequentation|utilisation"
    r"|indice|montant|duree|delai|volume|effectif|surface|prix|cout|revenu|score|note|ratio|quantite|frequence|satisfaction"
    r"|creation|retour|ecart|niveau|densite|age moyen|moyenne|mediane|total"
)


@regle("IND006", gravite=Gravite.A_AMELIORER, depuis="0.1", de=(Contenu.INDICATEURS,))
def indicateur_qui_ne_se_mesure_pas(contrat: ContratDeVille) -> Iterator[Anomalie]:
    """Un indicateur ne dit pas ce qui se compte.

    ## Ce que la règle vérifie

    Le libellé dit une mesure : un nombre, un taux, une part, une évolution, une fréquentation, un délai, un
    montant… Une cible imprimée vaut mesure. Un libellé qui commence par un infinitif relève de la règle IND005.

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
        told = indicateur.cible or indicateur.repete or MEASURE.search(plain(indicateur.libelle))
        if not told and not is_aim(indicateur):
            yield Anomalie(
                indicateur,
                f"« {indicateur.libelle} » ne dit pas ce qui se compte.",
                "Dites le nombre, le taux ou la part que l’on relèvera.",
            )
