import re
from collections.abc import Iterator, Sequence

from tenir.fichier.document import DocumentNormalise, is_bullet
from tenir.fichier.enums import Contenu
from tenir.fichier.modeles import ContratDeVille
from tenir.regles.anomalie import Anomalie, Gravite
from tenir.regles.periode import periode_dite
from tenir.regles.phrases import Phrase, phrases
from tenir.regles.registre import Lit, regle
from tenir.regles.textes import sans_accents

ASSESSED = re.compile(
    r"\bevalu|\bbilans?\b(?! (?:de sante|de competences?|carbone|social|energetique|thermique|medica\w+|de sant))"
    r"|\bmi-?(?:parcours|chemin)\b|\bpoints? d[’']etape|\btableaux? de bord|\brevoyure\b|\brapport d[’']execution"
    r"|\b(?:fer\w+|faire|font|fait) (?:ensemble )?les comptes\b"
)
EVALUATED = re.compile(r"\bevalu")
HALF = re.compile(r"\bmi-?\s?(?:parcours|chemin)\b|\bintermediaire\b")
LAST = re.compile(
    r"\bfinale?s?\b|\bterme\b|\bfin d[eu]\b|\bderniere?\b|\bdeux (?:fois|evaluations)\b|\bl[’']issue\b|\bpuis\b"
    r"|\bex[- ]post\b"
)
OFTEN = re.compile(r"\bchaque annee\b|\bannuel|\btous les\b")

AFTER = 3
"""How many sentences from the one on an evaluation may speak of the next: « Elle sera complétée en 2030 »."""
HEADING = 8
"""A line of so many words at most, without a stop nor a year, announces and promises nothing."""


@regle("GOV010", gravite=Gravite.A_AMELIORER, depuis="0.1", lit=Lit.MOTS, de=(Contenu.INSTANCES, Contenu.ACTIONS))
def aucune_evaluation(contrat: ContratDeVille, document: DocumentNormalise) -> Iterator[Anomalie]:
    """Rien ne prévoit d’évaluer le contrat, ou de l’évaluer à la fin.

    ## Ce que la règle vérifie

    Le document dit au moins une fois qu’on évaluera, qu’on fera un bilan, un point d’étape ou un tableau de bord. Le
    rapport annuel que la loi demande, un avenant possible ou « le bilan de santé » n’en sont pas. Un titre seul (« Le
    suivi et l’évaluation ») ne prévoit rien. La règle ne parle que si des instances et des actions ont été lues.

    ## Pourquoi

    La loi veut une évaluation ; sans elle, le contrat suivant recommencera les mêmes erreurs.

    ## Exemple fautif

    Un contrat qui dit ses instances et ses actions, et jamais comment on saura si elles ont servi.

    ## Corrigé

    « Une évaluation est menée en 2027, une autre en 2030. »

    ## Source

    Loi 2014-173, article 6 : le contrat est évalué.
    """
    kept = [one for one in phrases(document) if not _is_a_heading(one.texte)]
    said = [sans_accents(one.texte) for one in kept]
    assessed = [one for one in said if ASSESSED.search(one)]
    half = any(EVALUATED.search(one) and HALF.search(one) for one in assessed)
    fin = (periode_dite(contrat, document) or contrat.identite.periode).fin
    if half and not any(_says_last(kept[rank : rank + AFTER], fin) for rank in range(len(kept))):
        yield Anomalie(
            None,
            "Une évaluation est prévue à mi-parcours, et le document n’annonce pas d’évaluation finale.",
            "Dites quand le contrat sera évalué une dernière fois, et par qui.",
        )
    if not assessed:
        yield Anomalie(
            None,
            "Le document ne prévoit ni évaluation, ni bilan, ni point d’étape.",
            "Dites quand le contrat sera évalué, et par qui.",
        )


def _says_last(following: Sequence[Phrase], year: int) -> bool:
    """Whether a sentence on an evaluation, or those that go on about it, say that there is one at the end."""
    first, *rest = following
    said = sans_accents(first.texte)
    if not EVALUATED.search(said):
        return False
    near = [said, *(sans_accents(one.texte) for one in rest if one.paragraphe is first.paragraphe)]
    often = any(EVALUATED.search(clause) and OFTEN.search(clause) for clause in re.split(r"[,;:]", said))
    return often or any(LAST.search(one) or str(year) in one for one in near)


def _is_a_heading(words: str) -> bool:
    short = len(words.split()) <= HEADING and not re.search(r"\b20\d{2}\b", words)
    return short and not words.endswith((".", ";", "!", "?", ",")) and not is_bullet(words)
