from collections.abc import Iterator

from tenir.fichier.enums import Contenu
from tenir.fichier.modeles import ContratDeVille
from tenir.regles.anomalie import Anomalie, Gravite
from tenir.regles.indicateurs.commun import says_target
from tenir.regles.mots import accord, compte, some
from tenir.regles.registre import regle


@regle("IND002", gravite=Gravite.A_AMELIORER, depuis="0.1", de=(Contenu.INDICATEURS,))
def indicateurs_sans_cible(contrat: ContratDeVille) -> Iterator[Anomalie]:
    """Des indicateurs n’ont pas de cible.

    ## Ce que la règle vérifie

    Un indicateur dit la valeur à atteindre, quand la plupart des autres la disent. Où presque aucun ne la dit, elle
    peut être dans une colonne ou un tableau qui n’a pas été lu : la règle se tait, comme d’un libellé lu à moitié.
    Une seule remarque pour tout le contrat.

    ## Pourquoi

    Un indicateur sans cible ne dit jamais si l’on a réussi : il décrit, il n’évalue pas.

    ## Exemple fautif

    Nombre de jeunes accompagnés vers l’emploi.

    ## Corrigé

    Nombre de jeunes accompagnés vers l’emploi : 60 par an en 2027, contre 35 en 2023.

    ## Source

    Cour des comptes, rapports sur la politique de la ville : des objectifs qui ne se mesurent pas.
    """
    printed = [one for one in contrat.indicateurs if not one.repete]
    bare = [one for one in printed if not says_target(one) and not _is_cut(one.libelle)]
    if bare and 2 * len(bare) < len(printed):
        yield Anomalie(
            None,
            f"{compte(len(bare), 'indicateur')} sur {len(printed)} {accord(len(bare), 'n’a', 'n’ont')} pas de cible : "
            f"{some(one.code for one in bare)}.",
            "Donnez à chacun une valeur de départ et une valeur à atteindre.",
            source=tuple(plage for one in bare for plage in one.source),
        )


def _is_cut(libelle: str) -> bool:
    """Whether a label was read in part: it opens a parenthesis that the rest of its line closes, or closes one."""
    return libelle.count("(") != libelle.count(")")
