import re
from collections.abc import Iterator

from tenir.fichier.modeles import ActionPrevue, ContratDeVille, Periode
from tenir.regles.annees import termes
from tenir.regles.anomalie import Anomalie, Gravite
from tenir.regles.registre import regle

YEAR = re.compile(r"\b(?:19|20)\d{2}\b")


@regle("STR004", gravite=Gravite.A_CORRIGER, depuis="0.1")
def horizon_hors_de_la_periode(contrat: ContratDeVille) -> Iterator[Anomalie]:
    """Une action est prévue hors de la période du contrat.

    ## Ce que la règle vérifie

    L’année que le contrat imprime comme horizon d’une action est comprise entre sa première et sa dernière année.

    ## Pourquoi

    Une action d’avant la signature n’engage plus personne, une action d’après la fin non plus. C’est souvent un
    reste du contrat précédent.

    ## Exemple fautif

    Contrat 2024-2030 ; action prévue pour 2022.

    ## Corrigé

    L’année corrigée, ou l’action retirée.

    ## Source

    Loi 2014-173, article 6 : le contrat a une durée.
    """
    periode = contrat.identite.periode
    for orientation in contrat.orientations:
        for action in orientation.actions:
            years = [int(year) for year in YEAR.findall(action.horizon or "") if not _tells_of(action, year, periode)]
            outside = [year for year in years if not periode.debut <= year <= periode.fin]
            if outside and len(outside) == len(years):
                yield Anomalie(
                    action,
                    f"« {action.titre} » est prévue pour {action.horizon}, hors de {periode.debut}-{periode.fin}.",
                    "Corrigez l’année, ou retirez l’action.",
                )


def _tells_of(action: ActionPrevue, year: str, periode: Periode) -> bool:
    """Whether the words of the action date a thing by that year, and promise nothing for it: « fermée en 2019 »."""
    words = action.texte or ""
    return year in words and int(year) not in {term for term, _, _ in termes(words, periode.debut)}
