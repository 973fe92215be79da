from collections.abc import Iterator

from tenir.fichier.enums import Contenu
from tenir.fichier.modeles import ContratDeVille, LigneDeCredits
from tenir.fichier.mots import comparable
from tenir.regles.anomalie import Anomalie, Gravite
from tenir.regles.registre import regle

NAMES = 3
"""From how many names on: two are often a name and its short form."""


@regle("FIN003", gravite=Gravite.A_AMELIORER, depuis="0.1", de=(Contenu.CREDITS,))
def financeur_sous_plusieurs_noms(contrat: ContratDeVille) -> Iterator[Anomalie]:
    """Un financeur porte plusieurs noms.

    ## Ce que la règle vérifie

    Les lignes de crédits nomment chaque financeur de la même façon d’une orientation à l’autre. Une majuscule, un
    accent, un article ne comptent pas ; deux noms, souvent l’entier et le sigle, non plus : la règle parle à partir
    de trois.

    ## Pourquoi

    Qui additionne par financeur en trouve trois au lieu d’un, et chacun paraît petit.

    ## Exemple fautif

    Département (orientation 1), Dpt (orientation 2), Conseil départemental (orientation 10).

    ## Corrigé

    Département, partout.

    ## Source

    Cohérence interne.
    """
    lines: dict[str, dict[str, LigneDeCredits]] = {}
    for orientation in contrat.orientations:
        for line in orientation.credits:
            if line.organisme:
                lines.setdefault(line.organisme, {}).setdefault(comparable(line.financeur), line)
    for names in lines.values():
        if len(names) >= NAMES:
            first, *_ = names.values()
            told = ", ".join(f"{line.financeur} ({line.code})" for line in names.values())
            yield Anomalie(first, f"Un même financeur porte {len(names)} noms : {told}.", "Choisissez un nom.")
