import re
from collections.abc import Iterator

from tenir.fichier.document import MASK, DocumentNormalise
from tenir.fichier.modeles import ContratDeVille
from tenir.lecteur.coordonnees import coordonnees
from tenir.regles.anomalie import Anomalie, Gravite
from tenir.regles.droit.drt001_personne_nommee_hors_de_la_signature import BEARERS
from tenir.regles.passages import porteur
from tenir.regles.phrases import Phrase, phrases
from tenir.regles.registre import Lit, regle

NAME = re.escape(MASK)
DONE = (
    r"(?:présidé|animé|piloté|coordonné|suivi|assuré|conduit|dirigé|porté|confié|encadré|tenu|rédigé|validé|mené|géré|reçu"
    r"|accueilli|accompagné|supervisé|organisé|convoqué|préparé|proposé|relevé|demandé|décidé|fourni)e?s?"
)
DOES = (
    r"(?:présid|anim|pilot|coordonn|assur|dirig|encadr|accueill|organis|prépar|convoqu|propos|relèv|supervis|gèr)"
    r"(?:e|era|it)"
    r"|suit|conduit|tient|reçoit|porte|répond|sera|est|veille|remet|intervient|siège"
)
ROLE = (
    r"(?:référente?|responsable|contact|interlocut\w+|pilote|porteur|porteuse|cheffe? de (?:projet|file)"
    r"|correspondante?"
    r"|personne ressource|animat\w+|coordinat\w+|chargée? de mission)"
)
ACTS = re.compile(
    rf"\b{DONE}\s(?:\w+\s)?(?:par|à|avec|auprès de)\s[^.;]{{0,60}}?{NAME}"
    rf"|{NAME}(?:,[^,.;]{{2,80}},)?\s(?:{DOES})\b"
    rf"|\b{ROLE}(?:\s[\w’'-]+){{0,4}}?\s?(?::|,|est|sera|\()\s?(?:M\.|Mme|Mr|Monsieur|Madame)?\s?{NAME}"
    rf"|\b(?:avec|auprès de|chez|selon|demander à|contacter|voir|avis de|appui de|soutien de|grâce à)\s"
    rf"(?:M\.|Mme|Monsieur|Madame)?\s?{NAME}",
    re.IGNORECASE,
)
SIGNING = re.compile(r"\W*(?:(?:fait|signé|conclu)\s(?:à|au|aux|en|le)\b|pour l)", re.IGNORECASE)
SIGNS = re.compile(r"\b(?:représentée?s?|signée?s?|fait à|soussignée?s?|habilitée?s?|agissant)\b", re.IGNORECASE)


@regle("DRT006", gravite=Gravite.BLOQUANTE, depuis="0.2", lit=Lit.MOTS)
def personne_nommee_dans_une_phrase(contrat: ContratDeVille, document: DocumentNormalise) -> Iterator[Anomalie]:
    """Une phrase nomme la personne qui préside, suit ou répond.

    ## Ce que la règle vérifie

    Aucune phrase ne dit par son nom qui préside une instance, suit une action ou répond aux questions. Qui représente
    un signataire et qui signe sont nommés, et la règle les laisse. Ce que DRT001 et DRT005 disent déjà n’est pas
    répété.

    ## Pourquoi

    Le contrat est public pour des années ; la personne changera de poste. Sa fonction suffit.

    ## Exemple fautif

    La cellule Logement est présidée par Mme A. Dupont, adjointe au logement.

    ## Corrigé

    La cellule Logement est présidée par l’adjointe au logement.

    ## Source

    Règlement (UE) 2016/679, article 5 : ne garder que les données nécessaires.
    """
    for phrase in phrases(document):
        named = MASK in phrase.texte and not SIGNING.match(phrase.texte)
        found = ACTS.search(phrase.texte) if named else None
        if found and not SIGNS.search(phrase.texte[: found.end()]) and not _told(contrat, document, phrase):
            yield Anomalie(
                porteur(contrat, phrase.ligne),
                "Une personne est nommée ici, pour ce qu’elle préside, suit ou fait.",
                "Retirez le nom ; une fonction ou un service suffit.",
                source=phrase.plage(*found.span()),
            )


def _told(contrat: ContratDeVille, document: DocumentNormalise, phrase: Phrase) -> bool:
    """Whether another rule says it of the same lines: the item that bears them, or the telephone beside."""
    lines = [line for plage in phrase.plage() for line in plage.lignes]
    if any(list(coordonnees(document.lignes_brutes[line - 1])) for line in lines):
        return True
    return any(isinstance(porteur(contrat, line), BEARERS) for line in lines)
