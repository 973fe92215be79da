from collections.abc import Iterator
from decimal import Decimal

from tenir.fichier.enums import Contenu
from tenir.fichier.modeles import ContratDeVille, Donnee
from tenir.regles.anomalie import Anomalie, Gravite
from tenir.regles.chiffres.commun import lines_of, parts_of_a_subject, printed, territoire
from tenir.regles.registre import regle

YEARS, POINTS = 2, 10


@regle("CHF009", gravite=Gravite.A_CORRIGER, depuis="0.1", de=(Contenu.DONNEES,))
def deux_mesures_incompatibles(contrat: ContratDeVille) -> Iterator[Anomalie]:
    """Deux mesures de la même part ne peuvent pas être vraies toutes deux.

    ## Ce que la règle vérifie

    Deux parts dont les libellés disent la même chose aux mots de liaison près, sur le même territoire, à deux ans
    au plus l’une de l’autre, ne s’écartent pas de plus de dix points.

    ## Pourquoi

    Dans un quartier de quelques milliers d’habitants, une part de la population ne bouge pas de dix points en
    deux ans. Les deux mesures n’ont pas le même ensemble de référence, ou l’une est fausse.

    ## Exemple fautif

    Familles monoparentales du quartier : 55 % en 2020, 25 % en 2021.

    ## Corrigé

    Les deux chiffres avec leur ensemble de référence : part des familles, part des ménages.

    ## Source

    Cohérence interne ; l’écart de dix points est un seuil de Tenir, large exprès.
    """
    for (first, before), (second, after) in parts_of_a_subject(contrat):
        near = abs(int(before) - int(after)) <= YEARS and territoire(first) == territoire(second)
        if near and _gap(first, second) > POINTS:
            yield Anomalie(
                second,
                f"« {second.libelle} » vaut {printed(second)} en {after}, et « {first.libelle} » {printed(first)} en "
                f"{before} ({first.code}) : les deux ne peuvent pas être vraies.",
                "Dites l’ensemble dont chacune est la part, ou gardez la bonne.",
                source=lines_of(second, first),
            )


def _gap(first: Donnee, second: Donnee) -> Decimal:
    return abs((first.valeur or Decimal()) - (second.valeur or Decimal()))
