import re
from collections.abc import Iterator

from tenir.fichier.document import DocumentNormalise
from tenir.fichier.enums import Contenu
from tenir.fichier.modeles import ContratDeVille
from tenir.regles.anomalie import Anomalie, Gravite
from tenir.regles.registre import Lit, regle

UNFINISHED = re.compile(r",\s*(?:,|\))|\s\?")


@regle("FIN006", gravite=Gravite.A_CORRIGER, depuis="0.1", lit=Lit.MOTS, de=(Contenu.CREDITS,))
def ligne_de_credits_inachevee(contrat: ContratDeVille, document: DocumentNormalise) -> Iterator[Anomalie]:
    """Une ligne de crédits est inachevée.

    ## Ce que la règle vérifie

    Une ligne de crédits n’a pas de virgule devant une parenthèse fermante, ni deux virgules de suite, ni de point
    d’interrogation. Une ligne vide relève de la règle FIN001.

    ## Pourquoi

    La personne qui écrivait attendait une réponse ; le contrat a été signé avant.

    ## Exemple fautif

    Préfecture (actions d’accompagnement, , ).

    ## Corrigé

    Préfecture (actions d’accompagnement, adultes-relais).

    ## Source

    Forme des actes.
    """
    lines = {line.code: line for orientation in contrat.orientations for line in orientation.credits}
    for line in lines.values():
        said = document.mots(line.source)
        if found := UNFINISHED.search(said):
            what = "une question" if "?" in found[0] else "une virgule que rien ne suit"
            yield Anomalie(
                line, f"La ligne de « {line.financeur} » a {what}.", "Achevez-la, ou retirez ce qui reste à décider."
            )
