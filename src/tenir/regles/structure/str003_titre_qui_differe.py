from collections.abc import Iterator

from tenir.fichier.modeles import Axe, ContratDeVille, Orientation
from tenir.fichier.mots import plain
from tenir.regles.anomalie import Anomalie, Gravite
from tenir.regles.registre import regle


@regle("STR003", gravite=Gravite.A_AMELIORER, depuis="0.1")
def titre_qui_differe(contrat: ContratDeVille) -> Iterator[Anomalie]:
    """Un axe ou une orientation a deux titres.

    ## Ce que la règle vérifie

    Le titre d’un axe ou d’une orientation dans le protocole, que l’on signe, est celui qui est imprimé en tête
    de ses pages. Une majuscule n’est pas une différence.

    ## Pourquoi

    On croit lire deux orientations, ou l’on ne retrouve pas celle que l’on a signée.

    ## Exemple fautif

    Dans le protocole : « Améliorer le cadre de vie ». En tête : « Améliorer le cadre de vie et l’habitat ».

    ## Corrigé

    Le même titre aux deux endroits.

    ## Source

    Cohérence interne.
    """
    named: list[Axe | Orientation] = [*contrat.axes, *contrat.orientations]
    for one in named:
        if one.titre_protocole and plain(one.titre_protocole) != plain(one.titre_imprime):
            yield Anomalie(
                one,
                f"Le protocole l’appelle « {one.titre_protocole} », ses pages « {one.titre_imprime} ».",
                "Gardez un seul titre.",
                source=one.source_protocole or one.source,
            )
