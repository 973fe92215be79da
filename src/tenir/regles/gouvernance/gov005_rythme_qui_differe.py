from collections import defaultdict
from collections.abc import Iterator

from tenir.fichier.document import DocumentNormalise
from tenir.fichier.modeles import ContratDeVille
from tenir.fichier.mots import comparable
from tenir.regles.anomalie import Anomalie, Gravite
from tenir.regles.gouvernance.paroles import Parole, rythmes_dits
from tenir.regles.registre import Lit, regle


@regle("GOV005", gravite=Gravite.A_CORRIGER, depuis="0.1", lit=Lit.MOTS)
def rythme_qui_differe(contrat: ContratDeVille, document: DocumentNormalise) -> Iterator[Anomalie]:
    """Une instance a deux rythmes.

    ## Ce que la règle vérifie

    Partout où le document dit combien de fois se réunit une même instance, il dit la même chose : « deux fois par an »
    et « chaque semestre » s’accordent, « au moins une fois par an » et « deux fois par an » aussi. Une phrase qui donne
    deux rythmes à la fois n’est pas lue.

    ## Pourquoi

    Personne ne sait si l’instance est en retard ; chacun citera la phrase qui l’arrange.

    ## Exemple fautif

    Article 4 : le comité de pilotage se réunit chaque mois. Plus loin : il se réunit deux fois par an.

    ## Corrigé

    Le même rythme aux deux endroits.

    ## Source

    Cohérence interne.
    """
    said: dict[str, list[Parole]] = defaultdict(list)
    told: set[str] = set()
    for one in rythmes_dits(contrat, document):
        first = next((it for it in said[one.nom] if not _agree(it, one)), None)
        if first and one.source != first.source and one.nom not in told:
            told.add(one.nom)
            yield Anomalie(
                next((it for it in contrat.instances if comparable(it.nom) == one.nom), None),
                f"Deux rythmes pour « {one.nom_imprime} » : « {first.dit} » ligne {first.source[0].debut}, "
                f"« {one.dit} » ligne {one.source[0].debut}.",
                "Gardez-en un.",
                source=(*first.source, *one.source),
            )
        said[one.nom].append(one)


def _agree(one: Parole, other: Parole) -> bool:
    """Whether two rhythms may both be true: at least once a year, and twice."""
    low, high = sorted((one, other), key=lambda it: it.par_an)
    return low.par_an == high.par_an or low.au_moins or abs(high.par_an - low.par_an) * 10 < high.par_an
