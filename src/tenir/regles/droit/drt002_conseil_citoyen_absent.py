import re
from collections.abc import Iterator

from tenir.fichier.document import DocumentNormalise
from tenir.fichier.enums import Contenu
from tenir.fichier.modeles import ContratDeVille
from tenir.fichier.mots import comparable
from tenir.regles.anomalie import Anomalie, Gravite
from tenir.regles.phrases import phrases
from tenir.regles.registre import Lit, regle
from tenir.regles.textes import sans_accents

COUNCIL = re.compile(
    r"\b(?:conseil citoyen|table quartier"
    r"|(?:conseil|assemblee|college|comite|collectif|forum) (?:habitant|citoyen|quartier))"
)
"""Names in comparable words, without their plurals nor their « de »."""
ONCE = re.compile(
    r"\b(?:une|deux|trois|quatre|cinq|des|plusieurs|\d+)\s(?:assemblees?|forums?|colleges?|comites?|collectifs?)\b"
    r"|\b(?:assemblee|forum)s?\s(?:\w+\s){0,4}(?:s[’']est|se sont|a reuni|ont reuni|a eu lieu|ont eu lieu|a permis"
    r"|ont permis|du \d|le \d|de (?:janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre"
    r"|decembre))"
)
"""A meeting of inhabitants that was held once, to consult them: it is no council."""


@regle("DRT002", gravite=Gravite.A_CORRIGER, depuis="0.1", lit=Lit.MOTS, de=(Contenu.SIGNATAIRES, Contenu.INSTANCES))
def conseil_citoyen_absent(contrat: ContratDeVille, document: DocumentNormalise) -> Iterator[Anomalie]:
    """Aucun conseil citoyen n’est prévu.

    ## Ce que la règle vérifie

    Un conseil citoyen est parmi les instances ou les signataires du contrat, ou le document en parle, ou de ce qui en
    tient lieu : table de quartier, conseil ou assemblée d’habitants. Une réunion d’habitants tenue une fois, pour les
    consulter, n’en est pas un.

    ## Pourquoi

    La loi en veut un dans chaque quartier prioritaire, associé à l’élaboration, à la mise en œuvre et à
    l’évaluation.

    ## Exemple fautif

    Instances : comité de pilotage, comité technique.

    ## Corrigé

    Instances : comité de pilotage, comité technique, conseil citoyen.

    ## Source

    Loi 2014-173, article 7.
    """
    names = [*(one.nom for one in contrat.instances), *(one.nom for one in contrat.signataires)]
    said = (one.texte for one in phrases(document) if not ONCE.search(sans_accents(one.texte)))
    if not any(COUNCIL.search(comparable(text)) for text in (*names, *said)):
        yield Anomalie(
            None,
            f"Aucune des {len(names)} instances et signatures n’est un conseil citoyen, et le document n’en dit rien.",
            "Dites celui du quartier, ou celui qui sera créé, et quand.",
        )
