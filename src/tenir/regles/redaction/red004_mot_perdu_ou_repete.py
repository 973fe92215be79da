import re
from collections.abc import Iterator

from tenir.fichier.document import DocumentNormalise
from tenir.fichier.modeles import ContratDeVille
from tenir.regles.anomalie import Anomalie, Gravite
from tenir.regles.passages import passages
from tenir.regles.registre import Lit, regle

SMALL = "de|du|des|la|le|les|et|au|aux|en|dans|pour|par|sur|un|une|avec|qui|ce|cette|ou|à"
LOST = re.compile(
    rf"\b(?P<mot>{SMALL}) (?P=mot)\b(?!-)|\b[Dd]u (?:d[’']\w+|de \w+|des \w+|du \w+)"
    r"|\b(?:du|au) (?!onz|oui|ouist|y)[aeiouéèêâî][a-zéèêàâîïôûç]{3,}"
)


@regle("RED004", gravite=Gravite.A_CORRIGER, depuis="0.1", lit=Lit.MOTS)
def mot_perdu_ou_repete(contrat: ContratDeVille, document: DocumentNormalise) -> Iterator[Anomalie]:
    """Un mot est perdu ou répété.

    ## Ce que la règle vérifie

    Le document n’a pas deux fois de suite le même petit mot (« de de »), ni « du » ou « au » devant une voyelle,
    « de » ou un autre article : un mot est tombé, ou deux rédactions se sont mêlées.

    ## Pourquoi

    La phrase n’a plus de sens sûr, et c’est elle qui engage.

    ## Exemple fautif

    Les ateliers du accueil de la maison de quartier.

    ## Corrigé

    Les ateliers du lundi, accueil de la maison de quartier.

    ## Source

    Grammaire.
    """
    for passage in passages(contrat, document, LOST):
        text, (start, end) = passage.paragraphe.texte, passage.trouve.span()
        around = f"{text[:start].rsplit(' ', 2)[-2]} {passage.trouve[0]}" if " " in text[:start] else passage.trouve[0]
        yield Anomalie(
            passage.objet,
            f"Il manque un mot, ou il y en a un de trop : « {around.strip()}{text[end : end + 1].strip()} ».",
            "Relisez la phrase.",
            source=passage.source,
        )
