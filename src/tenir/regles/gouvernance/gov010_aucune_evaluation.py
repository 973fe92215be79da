import re
from collections.abc import Iterator

from tenir.fichier.document import DocumentNormalise, is_bullet
from tenir.fichier.enums import Contenu
from tenir.fichier.modeles import ContratDeVille
from tenir.regles.anomalie import Anomalie, Gravite
from tenir.regles.phrases import phrases
from tenir.regles.registre import Lit, regle
from tenir.regles.textes import sans_accents

ASSESSED = re.compile(
    r"\bevalu|\bbilans?\b|\bmi-?parcours\b|\bpoints? d[’']etape|\btableau de bord|\brendre compte"
    r"|\bles comptes\b"
    r"|\brevis\w+\b.{0,40}\b(?:contrat|programm|orientation|objectif)|\b(?:contrat|programm)\w*\b.{0,40}\brevis"
    r"|\bsuivi\b.{0,20}\bcontrat|\brapport (?:annuel|d[’'])"
)

HEADING = 8
"""A line of so many words at most, without a stop nor a year, announces and promises nothing."""


@regle("GOV010", gravite=Gravite.A_AMELIORER, depuis="0.1", lit=Lit.MOTS, de=(Contenu.INSTANCES, Contenu.ACTIONS))
def aucune_evaluation(contrat: ContratDeVille, document: DocumentNormalise) -> Iterator[Anomalie]:
    """Rien ne prévoit d’évaluer le contrat.

    ## Ce que la règle vérifie

    Le document dit au moins une fois qu’on évaluera, qu’on fera un bilan, un point d’étape, un rapport ou un tableau
    de bord. Un titre seul (« Le suivi et l’évaluation ») ne prévoit rien. La règle ne parle que si des instances et
    des actions ont été lues.

    ## Pourquoi

    La loi veut une évaluation ; sans elle, le contrat suivant recommencera les mêmes erreurs.

    ## Exemple fautif

    Un contrat qui dit ses instances et ses actions, et jamais comment on saura si elles ont servi.

    ## Corrigé

    « Une évaluation est menée en 2027, une autre en 2030. »

    ## Source

    Loi 2014-173, article 6 : le contrat est évalué.
    """
    said = (one.texte for one in phrases(document) if not _is_a_heading(one.texte))
    if not any(ASSESSED.search(sans_accents(one)) for one in said):
        yield Anomalie(
            None,
            "Le document ne prévoit ni évaluation, ni bilan, ni point d’étape.",
            "Dites quand le contrat sera évalué, et par qui.",
        )


def _is_a_heading(words: str) -> bool:
    short = len(words.split()) <= HEADING and not re.search(r"\b20\d{2}\b", words)
    return short and not words.endswith((".", ";", "!", "?", ",")) and not is_bullet(words)
