from collections.abc import Iterator

from tenir.fichier.enums import Contenu
from tenir.fichier.modeles import ContratDeVille
from tenir.regles.anomalie import Anomalie, Gravite
from tenir.regles.chiffres.commun import lines_of, lists_of, place_told, silent
from tenir.regles.mots import compte, some
from tenir.regles.registre import regle


@regle("CHF013", gravite=Gravite.A_AMELIORER, depuis="0.1", de=(Contenu.DONNEES,))
def chiffres_sans_territoire(contrat: ContratDeVille) -> Iterator[Anomalie]:
    """Des chiffres ne disent pas leur territoire.

    ## Ce que la règle vérifie

    Un chiffre dit le territoire ou le public qu’il mesure (quartier, commune, agglomération) quand la plupart de
    ceux qui sont imprimés à côté de lui le disent. Un chiffre dans une phrase est laissé. Où aucun ne le dit, un
    titre peut le dire pour tous, ou il n’a pas été lu : la règle se tait. Elle parle une fois, pour tout le
    contrat.

    ## Pourquoi

    Un taux de la commune pris pour celui du quartier cache l’écart que le contrat doit réduire.

    ## Exemple fautif

    Taux de pauvreté : 34,8 %.

    ## Corrigé

    Taux de pauvreté du quartier : 34,8 % ; de l’agglomération : 14,2 %.

    ## Source

    Loi 2014-173, article 1er : réduire les écarts entre les quartiers et leurs unités urbaines.
    """
    found = [one for figures in lists_of(contrat) for one in silent(figures, place_told)]
    if found:
        yield Anomalie(
            None,
            f"Ni territoire ni public pour {compte(len(found), 'chiffre')}, quand leurs voisins les disent : "
            f"{some(one.code for one in found)}.",
            "Complétez-les.",
            source=lines_of(*found),
        )
