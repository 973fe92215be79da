from collections.abc import Iterator

from tenir.fichier.enums import Contenu
from tenir.fichier.modeles import ContratDeVille, Donnee
from tenir.fichier.objet import Item
from tenir.regles.anomalie import Anomalie, Gravite
from tenir.regles.mots import accord, compte
from tenir.regles.registre import regle

NAMED = 4
LASTING = frozenset({"km", "minutes", "heures"})
"""The units of what does not change from one year to the next: how far, how long by road."""
"""How many codes a sentence names."""


@regle("CHF005", gravite=Gravite.A_AMELIORER, depuis="0.1", de=(Contenu.DONNEES,))
def chiffre_sans_annee(contrat: ContratDeVille) -> Iterator[Anomalie]:
    """Des chiffres n’ont pas d’année.

    ## Ce que la règle vérifie

    Chaque chiffre du diagnostic et des orientations dit l’année, ou la période, de sa mesure. Une distance,
    une durée de trajet n’en ont pas besoin. La règle fait une remarque par
    orientation, pas une par chiffre.

    ## Pourquoi

    Un point de départ sans date ne se compare à rien : on ne saura jamais si la situation s’est améliorée.

    ## Exemple fautif

    Demandeurs d’emploi : 313.

    ## Corrigé

    Demandeurs d’emploi au 31 décembre 2022 : 313 (France Travail).

    ## Source

    Circulaire du 31 août 2023 sur les contrats de ville : un suivi et une évaluation prévus dès la signature.
    """
    places: list[tuple[Item | None, str, tuple[Donnee, ...]]] = [(None, "du diagnostic", contrat.diagnostic)]
    places += [(one, f"de l’orientation {one.code}", one.donnees) for one in contrat.orientations]
    for objet, name, figures in places:
        undated = [one for one in figures if one.valeur is not None and not one.periode and one.unite not in LASTING]
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
                source=undated[0].source,
            )
