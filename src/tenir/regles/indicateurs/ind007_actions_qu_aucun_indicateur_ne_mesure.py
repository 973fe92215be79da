from collections.abc import Iterator

from tenir.fichier.enums import Contenu
from tenir.fichier.modeles import ContratDeVille
from tenir.regles.anomalie import Anomalie, Gravite
from tenir.regles.mots import accord, some
from tenir.regles.rapprochement import Mesure, mesures
from tenir.regles.registre import regle


@regle("IND007", gravite=Gravite.A_AMELIORER, depuis="0.1", de=(Contenu.ACTIONS, Contenu.INDICATEURS))
def actions_qu_aucun_indicateur_ne_mesure(contrat: ContratDeVille) -> Iterator[Anomalie]:
    """Des actions ne sont mesurées par aucun indicateur.

    ## Ce que la règle vérifie

    Pour chaque orientation, chaque action partage un mot qui compte avec un indicateur de cette orientation. Les
    mots que tous les titres emploient ne comptent pas. Deux mots en commun font un rapprochement sûr, un seul un
    rapprochement possible.

    ## Pourquoi

    Une action que rien ne mesure sera réputée faite ou pas faite selon qui parle. L’évaluation à mi-parcours
    n’aura rien à en dire.

    ## Exemple fautif

    Limiter la circulation des poids lourds, sans indicateur sur la circulation.

    ## Corrigé

    Nombre de poids lourds par jour rue de la gare.

    ## Source

    Loi 2014-173, article 6 : le contrat dit ses actions et ses indicateurs de résultat. Le rapprochement des mots
    est de Tenir.
    """
    for mesure in mesures(contrat):
        alone = mesure.actions_seules
        if alone and mesure.indicateurs:
            one_or_more = accord(len(alone), "Une action", f"{len(alone)} actions")
            yield Anomalie(
                mesure.orientation,
                f"{one_or_more} sur {len(mesure.orientation.actions)} sans un mot en commun avec un indicateur : "
                f"{some(one.code for one in alone)}.{_proposed(mesure)}",
                "Donnez-leur un indicateur, ou dites lequel les mesure.",
            )


def _proposed(mesure: Mesure) -> str:
    """The links that wording proposes, the surest first."""
    ordered = sorted(mesure.rapprochements, key=lambda one: -len(one.communs))
    told = [f"{one.action.code} et {one.indicateur.code} ({one.surete})" for one in ordered]
    return f" Rapprochements proposés : {some(told)}." if told else ""
