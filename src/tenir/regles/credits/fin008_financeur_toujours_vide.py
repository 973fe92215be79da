from collections.abc import Iterator

from tenir.fichier.enums import Contenu
from tenir.fichier.modeles import ContratDeVille, LigneDeCredits
from tenir.fichier.mots import comparable
from tenir.regles.anomalie import Anomalie, Gravite
from tenir.regles.credits.commun import filled, left_empty, lines
from tenir.regles.mots import some
from tenir.regles.registre import regle

FEWEST = 3
"""From how many empty lines on a funder never announces anything."""


@regle("FIN008", gravite=Gravite.A_AMELIORER, depuis="0.2", de=(Contenu.CREDITS,))
def financeur_toujours_vide(contrat: ContratDeVille) -> Iterator[Anomalie]:
    """Un financeur est nommé partout et n’annonce jamais rien.

    ## Ce que la règle vérifie

    Un financeur nommé trois fois ou plus dans les crédits écrit quelque chose au moins une fois, quand la plupart des
    lignes du contrat en disent plus que le nom. La règle FIN001 compte les lignes vides ; celle-ci dit de qui.

    ## Pourquoi

    Une ligne vide est un oubli ; toutes, c’est un financeur à qui personne n’a posé la question, ou qui n’apporte
    rien.

    ## Exemple fautif

    « Bailleur : » sous cinq orientations, jamais suivi d’un mot.

    ## Corrigé

    Ce que le bailleur apporte, ou son nom retiré.

    ## Source

    Loi 2014-173, article 6 : le contrat dit les moyens que chacun engage.
    """
    by_funder: dict[str, list[LigneDeCredits]] = {}
    for line in lines(contrat):
        by_funder.setdefault(line.organisme or comparable(line.financeur), []).append(line)
    for named in by_funder.values() if filled(contrat) else ():
        if len(named) >= FEWEST and all(left_empty(line) for line in named):
            yield Anomalie(
                named[0],
                f"« {named[0].financeur} » est nommé {len(named)} fois dans les crédits, et n’annonce jamais rien : "
                f"{some(line.code for line in named)}.",
                "Demandez-lui ce qu’il apporte, ou retirez son nom.",
            )
