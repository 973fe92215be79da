from collections.abc import Iterator

from tenir.fichier.enums import Contenu
from tenir.fichier.modeles import ContratDeVille
from tenir.regles.anomalie import Anomalie, Gravite
from tenir.regles.chiffres.commun import without
from tenir.regles.mots import compte, some
from tenir.regles.registre import regle


@regle("CHF013", gravite=Gravite.A_AMELIORER, depuis="0.1", de=(Contenu.DONNEES,))
def chiffres_sans_territoire(contrat: ContratDeVille) -> Iterator[Anomalie]:
    """Des chiffres ne disent pas leur territoire.

    ## Ce que la règle vérifie

    Chaque chiffre dit le territoire ou le public qu’il mesure : quartier, commune, agglomération. La règle parle
    une fois, pour tout le contrat.

    ## Pourquoi

    Un taux de la commune pris pour celui du quartier cache l’écart que le contrat doit réduire.

    ## Exemple fautif

    Taux de pauvreté : 34,8 %.

    ## Corrigé

    Taux de pauvreté du quartier : 34,8 % ; de l’agglomération : 14,2 %.

    ## Source

    Loi 2014-173, article 1er : réduire les écarts entre les quartiers et leurs unités urbaines.
    """
    silent, count = without(contrat, "perimetre")
    if silent:
        yield Anomalie(
            None,
            f"Ni territoire ni public pour {compte(len(silent), 'chiffre')} sur {count} : {some(silent)}.",
            "Complétez-les.",
        )
