import re
from collections.abc import Iterator

from tenir.fichier.enums import Contenu
from tenir.fichier.modeles import ContratDeVille, DocumentCadre
from tenir.regles.anomalie import Anomalie, Gravite
from tenir.regles.mots import accord, some
from tenir.regles.registre import regle

YEAR = re.compile(r"\b(?:19|20)\d{2}\b")


@regle("ENG002", gravite=Gravite.A_CORRIGER, depuis="0.1", de=(Contenu.SIGNATAIRES,))
def document_cadre_qui_finit_avant_le_contrat(contrat: ContratDeVille) -> Iterator[Anomalie]:
    """Un document cadre était fini avant que le contrat commence.

    ## Ce que la règle vérifie

    Les documents auxquels un signataire se réfère ne sont pas finis quand le contrat commence, quand leurs années sont
    imprimées. Celui qui finit en cours de contrat sera suivi d’un autre : ce n’est pas une faute.

    ## Pourquoi

    L’engagement repose sur un document qui ne vaut plus : c’est souvent un reste du contrat précédent.

    ## Exemple fautif

    Contrat 2024-2030 ; le signataire se réfère à un plan 2016-2021.

    ## Corrigé

    Le plan qui lui a succédé.

    ## Source

    Cohérence interne : la période du contrat.
    """
    start = contrat.identite.periode.debut
    for signataire in contrat.signataires:
        short = [(one, year) for one in signataire.documents_cadres if (year := _last_year(one)) and year < start]
        if short:
            told = some(f"« {one.titre} » en {year}" for one, year in short)
            finish = accord(len(short), "Un document cadre a fini", f"{len(short)} documents cadres ont fini")
            yield Anomalie(
                signataire,
                f"{finish} avant {start} : {told}.",
                "Citez le document qui a pris la suite.",
                source=tuple(plage for one, _ in short for plage in one.source),
            )


def _last_year(one: DocumentCadre) -> int | None:
    years = [int(year) for year in YEAR.findall(one.periode or "")]
    return max(years, default=None)
