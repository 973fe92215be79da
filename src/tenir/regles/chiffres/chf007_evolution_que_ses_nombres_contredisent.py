from collections.abc import Iterator

from tenir.fichier.enums import Contenu
from tenir.fichier.modeles import ContratDeVille
from tenir.regles.anomalie import Anomalie, Gravite
from tenir.regles.chiffres.commun import decimal, lists_of, printed
from tenir.regles.chiffres.evolutions import agrees, ends, evolution
from tenir.regles.registre import regle


@regle("CHF007", gravite=Gravite.A_CORRIGER, depuis="0.1", de=(Contenu.DONNEES,))
def evolution_que_ses_nombres_contredisent(contrat: ContratDeVille) -> Iterator[Anomalie]:
    """Une évolution ne correspond pas aux deux nombres qui l’entourent.

    ## Ce que la règle vérifie

    Quand une évolution en pour cent couvre deux années, et que la même liste donne, pour le même territoire, un
    seul nombre de même unité à chacune de ces années, l’évolution est celle de ces deux nombres, à un demi-point
    près.

    ## Pourquoi

    Le lecteur peut refaire le calcul. S’il ne tombe pas juste, il ne croira plus le reste.

    ## Exemple fautif

    1 250 habitants en 2013, 1 415 en 2017, « soit une hausse de 23,2 % ».

    ## Corrigé

    1 250 habitants en 2013, 1 415 en 2017, « soit une hausse de 13,2 % ».

    ## Source

    Arithmétique.
    """
    for figures in lists_of(contrat):
        for donnee in figures:
            for first, last in ends(donnee, figures):
                real = evolution(first, last)
                if not agrees(donnee, real):
                    yield Anomalie(
                        donnee,
                        f"« {donnee.libelle} » est imprimé {printed(donnee)} ; de {printed(first)} ({first.code}) à "
                        f"{printed(last)} ({last.code}), l’évolution est de {decimal(real)} %.",
                        "Vérifiez les trois nombres dans leur source.",
                    )
