from collections.abc import Iterator

from tenir.fichier.enums import Contenu
from tenir.fichier.modeles import ContratDeVille, Donnee
from tenir.fichier.objet import Item
from tenir.regles.anomalie import Anomalie, Gravite
from tenir.regles.chiffres.commun import annee, lines_of, silent
from tenir.regles.mots import accord, compte
from tenir.regles.registre import regle

NAMED = 4
"""How many codes a sentence names."""
LASTING = frozenset({"km", "minutes", "heures", "h"})
"""The units of what does not change from one year to the next: how far, how long by road."""


@regle("CHF005", gravite=Gravite.A_AMELIORER, depuis="0.1", de=(Contenu.DONNEES,))
def chiffre_sans_annee(contrat: ContratDeVille) -> Iterator[Anomalie]:
    """Des chiffres n’ont pas d’année.

    ## Ce que la règle vérifie

    Un chiffre dit l’année, ou la période, de sa mesure, quand la plupart de ceux qui sont imprimés à côté de lui la
    disent. Un chiffre dans une phrase est laissé. Où aucun ne la dit, elle peut être dans un titre ou n’avoir pas
    été lue : la règle se tait. Une distance, une durée de trajet n’en ont pas besoin. Une remarque par orientation,
    pas une par chiffre.

    ## Pourquoi

    Un point de départ sans date ne se compare à rien : on ne saura jamais si la situation s’est améliorée.

    ## Exemple fautif

    Habitants en 2020 : 2 400 ; logements en 2022 : 612 ; demandeurs d’emploi : 313.

    ## Corrigé

    Demandeurs d’emploi au 31 décembre 2022 : 313 (France Travail).

    ## Source

    Circulaire du 31 août 2023 sur les contrats de ville : un suivi et une évaluation prévus dès la signature.
    """
    places: list[tuple[Item | None, str, tuple[Donnee, ...]]] = [(None, "du diagnostic", contrat.diagnostic)]
    places += [(one, f"de l’orientation {one.code}", one.donnees) for one in contrat.orientations]
    for objet, name, figures in places:
        undated = silent(figures, lambda one: annee(one) or one.periode or one.unite in LASTING)
        if undated:
            count, left = len(undated), len(undated) - NAMED
            codes = ", ".join(one.code for one in undated[:NAMED]) + (
                f" et {compte(left, 'autre')}" if left > 0 else ""
            )
            yield Anomalie(
                objet,
                f"{compte(count, 'chiffre')} sur {len(figures)} {name} {accord(count, 'n’a', 'n’ont')} pas d’année : "
                f"{codes}.",
                "Dites l’année de chaque mesure et sa source.",
                source=lines_of(*undated),
            )
