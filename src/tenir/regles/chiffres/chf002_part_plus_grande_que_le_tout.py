from collections.abc import Iterator

from tenir.fichier.enums import Contenu
from tenir.fichier.modeles import ContratDeVille
from tenir.regles.anomalie import Anomalie, Gravite
from tenir.regles.chiffres.commun import donnees, lines_of, printed
from tenir.regles.chiffres.ensembles import comparable_to, side
from tenir.regles.registre import regle


@regle("CHF002", gravite=Gravite.BLOQUANTE, depuis="0.1", de=(Contenu.DONNEES,))
def part_plus_grande_que_le_tout(contrat: ContratDeVille) -> Iterator[Anomalie]:
    """Une partie est plus grande que son ensemble.

    ## Ce que la règle vérifie

    Un nombre imprimé comme une partie d’un autre (« dont femmes ») n’est pas plus grand que lui. Les deux comptent
    la même chose (des femmes et des demandeurs d’emploi sont des personnes ; des enfants et des familles, non), et
    ce sont des nombres, pas des pour cent : un taux peut être plus fort dans un groupe que dans l’ensemble. Des
    femmes ne sont l’ensemble de personne : la règle les laisse.

    ## Pourquoi

    L’un des deux nombres est faux, ou la partie n’en est pas une. On ne peut plus se servir d’aucun des deux.

    ## Exemple fautif

    Demandeurs d’emploi : 313, dont femmes : 331.

    ## Corrigé

    Demandeurs d’emploi : 313, dont femmes : 164.

    ## Source

    Arithmétique.
    """
    known = {donnee.code: donnee for donnee in donnees(contrat)}
    for donnee in known.values():
        whole = known.get(donnee.partie_de or "")
        if whole is None or side(whole) or not comparable_to(donnee, whole):
            continue
        if (
            donnee.valeur is not None
            and whole.valeur is not None
            and donnee.valeur > (whole.valeur_max or whole.valeur)
        ):
            yield Anomalie(
                donnee,
                f"« {donnee.libelle} » vaut {printed(donnee)}, plus que son ensemble ({whole.code}, {printed(whole)}).",
                "Vérifiez les deux nombres dans leur source, ou dites que ce n’est pas une partie.",
                source=lines_of(donnee, whole),
            )
