from collections.abc import Iterator

from tenir.fichier.enums import Contenu
from tenir.fichier.modeles import ContratDeVille
from tenir.regles.anomalie import Anomalie, Gravite
from tenir.regles.chiffres.commun import without
from tenir.regles.mots import compte, some
from tenir.regles.registre import regle


@regle("CHF012", gravite=Gravite.A_AMELIORER, depuis="0.1", de=(Contenu.DONNEES,))
def chiffres_sans_source(contrat: ContratDeVille) -> Iterator[Anomalie]:
    """Des chiffres ne disent pas leur source.

    ## Ce que la règle vérifie

    Chaque chiffre dit d’où il vient : l’Insee, un observatoire, la gendarmerie. La règle parle une fois, pour
    tout le contrat.

    ## Pourquoi

    Sans source, personne ne pourra refaire la mesure à mi-parcours : l’évolution ne se lira pas.

    ## Exemple fautif

    Part des familles monoparentales : 25 %.

    ## Corrigé

    Part des familles monoparentales : 25 % (Insee, Filosofi 2021).

    ## Source

    Cour des comptes, « L’évaluation de l’attractivité des quartiers prioritaires » (2020) : une politique sans
    données suivies ne s’évalue pas.
    """
    silent, count = without(contrat, "origine")
    if silent:
        yield Anomalie(
            None,
            f"Source non dite pour {compte(len(silent), 'chiffre')} sur {count} : {some(silent)}.",
            "Complétez-les ; le nom du producteur et l’année suffisent.",
        )
