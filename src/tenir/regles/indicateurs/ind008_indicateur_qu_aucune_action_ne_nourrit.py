from collections.abc import Iterator

from tenir.fichier.enums import Contenu
from tenir.fichier.modeles import ContratDeVille
from tenir.regles.anomalie import Anomalie, Gravite
from tenir.regles.mots import some
from tenir.regles.rapprochement import mesures
from tenir.regles.registre import regle


@regle("IND008", gravite=Gravite.A_AMELIORER, depuis="0.1", de=(Contenu.ACTIONS, Contenu.INDICATEURS))
def indicateur_qu_aucune_action_ne_nourrit(contrat: ContratDeVille) -> Iterator[Anomalie]:
    """Un indicateur n’est nourri par aucune action.

    ## Ce que la règle vérifie

    Chaque indicateur partage un mot qui compte avec une action d’une orientation qu’il couvre. Une répétition ne
    compte pas.

    ## Pourquoi

    Un indicateur que rien ne fait bouger dira le temps qui passe, non ce que le contrat a fait.

    ## Exemple fautif

    Évolution des catégories socioprofessionnelles, dans une orientation qui construit des logements.

    ## Corrigé

    Nombre de logements construits, dont logements sociaux.

    ## Source

    Loi 2014-173, article 6. Le rapprochement des mots est de Tenir.
    """
    met = {one.indicateur.code for mesure in mesures(contrat) for one in mesure.rapprochements}
    with_actions = {one.code for one in contrat.orientations if one.actions}
    for indicateur in contrat.indicateurs:
        if indicateur.repete or indicateur.code in met or not with_actions & set(indicateur.orientations):
            continue
        yield Anomalie(
            indicateur,
            f"« {indicateur.libelle} » : aucune action de {some(indicateur.orientations)} n’en parle.",
            "Rattachez-le à l’action qui doit le faire bouger, ou retirez-le.",
        )
