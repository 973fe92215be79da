from collections.abc import Iterator

from tenir.fichier.enums import Contenu
from tenir.fichier.modeles import ContratDeVille
from tenir.regles.anomalie import Anomalie, Gravite
from tenir.regles.chiffres.commun import EVOLUTION, lines_of, lists_of, silent
from tenir.regles.mots import compte, some
from tenir.regles.registre import regle


@regle("CHF012", gravite=Gravite.A_AMELIORER, depuis="0.1", de=(Contenu.DONNEES,))
def chiffres_sans_source(contrat: ContratDeVille) -> Iterator[Anomalie]:
    """Des chiffres ne disent pas leur source.

    ## Ce que la règle vérifie

    Un chiffre dit d’où il vient (l’Insee, un observatoire, la gendarmerie) quand la plupart de ceux qui sont
    imprimés à côté de lui le disent. Un chiffre dans une phrase est laissé. Où aucun ne le dit, la source peut être
    dans un titre ou n’avoir pas été lue : la règle se tait. Une évolution se calcule : elle n’a pas à en citer.
    Elle parle une fois, pour tout le contrat.

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
    found = [
        one
        for figures in lists_of(contrat)
        for one in silent(figures, lambda one: one.origine or EVOLUTION.search(one.libelle))
    ]
    if found:
        yield Anomalie(
            None,
            f"Source non dite pour {compte(len(found), 'chiffre')}, quand leurs voisins la disent : "
            f"{some(one.code for one in found)}.",
            "Complétez-les ; le nom du producteur et l’année suffisent.",
            source=lines_of(*found),
        )
