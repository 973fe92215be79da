from collections.abc import Iterator

from tenir.fichier.enums import Contenu
from tenir.fichier.modeles import ActionPrevue, ContratDeVille, Orientation
from tenir.regles.anomalie import Anomalie, Gravite
from tenir.regles.indicateurs.commun import in_sheets
from tenir.regles.mots import accord, some
from tenir.regles.rapprochement import Mesure, mesures
from tenir.regles.registre import regle

FEWEST = 3
"""From how many actions on the one that differs from the others is seen."""


@regle("IND007", gravite=Gravite.A_AMELIORER, depuis="0.1", de=(Contenu.ACTIONS, Contenu.INDICATEURS))
def actions_qu_aucun_indicateur_ne_mesure(contrat: ContratDeVille) -> Iterator[Anomalie]:
    """Des actions ne sont mesurées par aucun indicateur.

    ## Ce que la règle vérifie

    Un indicateur imprimé dans la fiche d’une action la mesure. Où il n’y a pas de fiches, une action est mesurée
    par un indicateur de son orientation qui partage avec elle un mot qui compte ; les mots que tous les titres
    emploient ne comptent pas, et un indicateur qui n’en partage avec aucune peut mesurer n’importe laquelle. La
    règle ne parle que si presque toutes les actions du contrat sont ainsi mesurées (quatre sur cinq, ou toutes sauf
    une) : alors celles qui restent se voient. Sinon les mots ne disent rien, et elle se tait.

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
    alone = _in_sheets(contrat) or _by_words(contrat)
    count = sum(len(orientation.actions) for orientation, _ in alone)
    left = sum(len(actions) for _, actions in alone)
    if not left or count < FEWEST or left > max(1, count // 5):
        return
    for orientation, actions in alone:
        if actions:
            one_or_more = accord(len(actions), "Une action", f"{len(actions)} actions")
            yield Anomalie(
                orientation,
                f"{one_or_more} sur {len(orientation.actions)} sans indicateur, quand {count - left} des {count} "
                f"actions que l’on peut comparer en ont un : {some(one.code for one in actions)}.",
                "Donnez-leur un indicateur, ou dites lequel les mesure.",
                source=tuple(plage for one in actions for plage in one.source),
            )


Seules = list[tuple[Orientation, list[ActionPrevue]]]
"""Orientations, each with its actions that no indicator measures."""


def _in_sheets(contrat: ContratDeVille) -> Seules:
    """By position, in the orientations that are printed as sheets."""
    sheets = in_sheets(contrat)
    printed = [one for one in contrat.orientations if one.code in sheets]
    return [(one, [a for a in one.actions if a.code not in sheets[one.code].values()]) for one in printed]


def _by_words(contrat: ContratDeVille) -> Seules:
    """By the words that actions and indicators share, where every indicator meets an action: else they tell nothing."""
    printed = [one for one in mesures(contrat) if one.indicateurs]
    return [(one.orientation, one.actions_seules) for one in printed] if all(map(_all_met, printed)) else []


def _all_met(mesure: Mesure) -> bool:
    """Whether every indicator of an orientation shares words with one of its actions."""
    return {one.code for one in mesure.indicateurs} == {one.indicateur.code for one in mesure.rapprochements}
