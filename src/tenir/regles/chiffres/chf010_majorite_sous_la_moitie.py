import re
from collections.abc import Iterator

from tenir.fichier.document import DocumentNormalise
from tenir.fichier.modeles import ContratDeVille
from tenir.regles.anomalie import Anomalie, Gravite
from tenir.regles.passages import passages
from tenir.regles.registre import Lit, regle

MAJORITE = re.compile(
    r"(?P<mot>[Ll]a majorité|[Ll]a plupart)(?P<suite>(?:(?!\. |\bcontre\b|les autres|tandis|alors que|mais ).){0,300})"
)
SHARE = re.compile(r"\(\s*(\d{1,2}(?:[.,]\d+)?)\s*%\s*\)")


@regle("CHF010", gravite=Gravite.A_CORRIGER, depuis="0.1", lit=Lit.MOTS)
def majorite_sous_la_moitie(contrat: ContratDeVille, document: DocumentNormalise) -> Iterator[Anomalie]:
    """Une « majorité » est sous la moitié.

    ## Ce que la règle vérifie

    Dans une phrase qui dit « la majorité » ou « la plupart », une part donnée ensuite entre parenthèses n’est pas
    sous cinquante pour cent. Un nouveau sujet (« les autres », « contre », « tandis que ») clôt la phrase.

    ## Pourquoi

    Le mot dit le contraire du chiffre, et c’est le mot que l’on retient.

    ## Exemple fautif

    La majorité des logements datent d’avant 1990 (72 %) et ont de 60 à 80 m² (34,8 %).

    ## Corrigé

    La majorité des logements datent d’avant 1990 (72 %) ; un tiers ont de 60 à 80 m² (34,8 %).

    ## Source

    Sens des mots : la majorité commence à la moitié.
    """
    for passage in passages(contrat, document, MAJORITE, "majorité", "plupart"):
        for found in SHARE.finditer(passage.trouve["suite"]):
            if float(found[1].replace(",", ".")) < 50:
                yield Anomalie(
                    passage.objet,
                    f"« {passage.trouve['mot']} » est suivi de {found[1]} %, moins de la moitié.",
                    "Dites la part, ou changez le mot.",
                    source=passage.source,
                )
