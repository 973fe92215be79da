from collections.abc import Iterator

from tenir.fichier.document import DocumentNormalise
from tenir.fichier.modeles import ContratDeVille
from tenir.regles.anomalie import Anomalie, Gravite
from tenir.regles.indicateurs.mots_du_reste import mots_du_reste, sujet
from tenir.regles.indicateurs.releves import vises
from tenir.regles.passages import porteur
from tenir.regles.registre import Lit, regle

FEWEST = 2
"""How many words of its own a measure has, at least, for their absence elsewhere to mean something."""
CUSTOM, ALONE = 4, 4
"""How many measures a document speaks of before one it does not is told, and how many of those for each that is."""


@regle("IND012", gravite=Gravite.A_AMELIORER, depuis="0.2", lit=Lit.MOTS)
def mesure_sans_rapport(contrat: ContratDeVille, document: DocumentNormalise) -> Iterator[Anomalie]:
    """Une mesure chiffrée compte une chose dont le contrat ne parle pas.

    ## Ce que la règle vérifie

    Parmi les lignes qui donnent une valeur de départ et une cible datées, presque toutes comptent une chose que le
    document nomme ailleurs ; celle dont aucun mot propre (ni lieu, ni « nombre », ni « places ») ne revient est dite.
    La règle se tait quand plusieurs sont dans ce cas.

    ## Pourquoi

    Un indicateur que rien ne fait bouger dira le temps qui passe. Souvent, il vient d’un autre contrat.

    ## Exemple fautif

    « Bornes de recharge posées : 0 en 2024, 20 en 2028 », dans un contrat qui n’en pose aucune.

    ## Corrigé

    Ce que l’action de la même fiche fait bouger.

    ## Source

    Loi 2014-173, article 6 : le contrat dit ses actions et leurs indicateurs.
    """
    written = mots_du_reste(document)
    told = [(one, sujet(contrat, one.libelle)) for one in vises(contrat, document)]
    spoken = [one for one, words in told if words & written]
    strange = [one for one, words in told if len(words) >= FEWEST and not words & written]
    if len(spoken) < max(CUSTOM, ALONE * len(strange)):
        return
    for one in strange:
        yield Anomalie(
            porteur(contrat, one.source[0].debut),
            f"L’indicateur « {one.libelle} » : rien d’autre dans le contrat n’en parle.",
            "Rattachez-le à l’action qui doit le faire bouger, ou retirez-le.",
            source=one.source,
        )
