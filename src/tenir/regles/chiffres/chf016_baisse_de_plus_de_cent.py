import re
from collections.abc import Iterator

from tenir.fichier.document import DocumentNormalise
from tenir.fichier.modeles import ContratDeVille
from tenir.regles.anomalie import Anomalie, Gravite
from tenir.regles.passages import passages
from tenir.regles.registre import Lit, regle

FALL = re.compile(
    r"\b(?P<mot>baiss\w*|diminu\w*|recul\w*|réduc\w*|rédui\w*|chut\w*|régress\w*)\b(?P<suite>[^.;!?%]{0,60}?)"
    r"(?<![\d,])(?P<taux>\d{3,}(?:,\d+)?)\s?%",
    re.IGNORECASE,
)
SIGNED = re.compile(
    r"(?P<mot>évolu\w*|variation)(?P<suite>[^.;!?%]{0,60}?)(?:[:(]|\bde)\s?[-–−]\s?(?P<taux>\d{3,}(?:,\d+)?)\s?%",
    re.IGNORECASE,
)


@regle("CHF016", gravite=Gravite.BLOQUANTE, depuis="0.2", lit=Lit.MOTS)
def baisse_de_plus_de_cent(contrat: ContratDeVille, document: DocumentNormalise) -> Iterator[Anomalie]:
    """Une baisse dépasse 100 %.

    ## Ce que la règle vérifie

    Une baisse, une diminution, un recul en pour cent, écrits dans une phrase ou dans une cible, ne dépassent pas
    100 % : à cent, il ne reste rien. Une hausse peut les dépasser.

    ## Pourquoi

    La virgule est déplacée, ou la baisse est en nombre et non en pour cent. Une cible de plus de cent ne sera jamais
    atteinte.

    ## Exemple fautif

    Les dépôts de plainte ont baissé de 135 % entre 2019 et 2023.

    ## Corrigé

    Les dépôts de plainte ont baissé de 13,5 % entre 2019 et 2023.

    ## Source

    Arithmétique.
    """
    for motif in (FALL, SIGNED):
        for passage in passages(contrat, document, motif, "%"):
            found = passage.trouve
            if float(found["taux"].replace(",", ".")) > 100 and not re.search(r"hausse|augment", found["suite"]):
                yield Anomalie(
                    passage.objet,
                    f"« {found['mot']} » est suivi de {found['taux']} % : rien ne baisse de plus de 100 %.",
                    "Vérifiez la virgule et l’unité dans la source.",
                    source=passage.source,
                )
