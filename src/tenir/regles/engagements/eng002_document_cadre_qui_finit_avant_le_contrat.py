import re
from collections.abc import Iterator

from tenir.fichier.enums import Contenu
from tenir.fichier.modeles import ContratDeVille, DocumentCadre
from tenir.regles.anomalie import Anomalie, Gravite
from tenir.regles.mots import accord, some
from tenir.regles.registre import regle

YEAR = re.compile(r"\b(?:19|20)\d{2}\b")


@regle("ENG002", gravite=Gravite.A_AMELIORER, depuis="0.1", de=(Contenu.SIGNATAIRES,))
def document_cadre_qui_finit_avant_le_contrat(contrat: ContratDeVille) -> Iterator[Anomalie]:
    """Un document cadre finit avant le contrat.

    ## Ce que la règle vérifie

    Les documents auxquels un signataire se réfère couvrent toute la période du contrat, quand leurs années sont
    imprimées.

    ## Pourquoi

    Les dernières années, l’engagement ne repose plus sur rien : il faudra l’avoir prévu.

    ## Exemple fautif

    Contrat 2024-2030 ; le signataire se réfère à un plan 2022-2027.

    ## Corrigé

    Le même plan, « puis celui qui lui succédera ».

    ## Source

    Cohérence interne : la période du contrat.
    """
    end = contrat.identite.periode.fin
    for signataire in contrat.signataires:
        short = [(one, year) for one in signataire.documents_cadres if (year := _last_year(one)) and year < end]
        if short:
            told = some(f"« {one.titre} » en {year}" for one, year in short)
            finish = accord(len(short), "Un document cadre finit", f"{len(short)} documents cadres finissent")
            yield Anomalie(
                signataire,
                f"{finish} avant {end} : {told}.",
                "Dites ce qui prendra la suite, ou prévoyez de revoir l’engagement cette année-là.",
                source=tuple(plage for one, _ in short for plage in one.source),
            )


def _last_year(one: DocumentCadre) -> int | None:
    years = [int(year) for year in YEAR.findall(one.periode or "")]
    return max(years, default=None)
