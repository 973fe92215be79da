import re
from collections.abc import Iterator

from tenir.fichier.document import MASK, DocumentNormalise
from tenir.fichier.modeles import ContratDeVille
from tenir.fichier.source import Plage
from tenir.lecteur.coordonnees import coordonnees
from tenir.regles.anomalie import Anomalie, Gravite
from tenir.regles.droit.drt001_personne_nommee_hors_de_la_signature import BEARERS
from tenir.regles.passages import porteur
from tenir.regles.registre import Lit, regle

SHARED = re.compile(
    r"^(?:contact|accueil|mairie|info|infos|information|secretariat|courrier|bonjour|ville|service|politique|cohesion|conseil"
    r"|maison|standard|communication|direction|mission|projet|dpo|rgpd|prefecture|ddt|dets|ddets|quartier|contrat)",
    re.IGNORECASE,
)
"""How the mailboxes that a service shares begin: they are nobody's."""


@regle("DRT005", gravite=Gravite.A_CORRIGER, depuis="0.1", lit=Lit.MOTS)
def coordonnees_dans_le_texte(contrat: ContratDeVille, document: DocumentNormalise) -> Iterator[Anomalie]:
    """Une adresse électronique ou un téléphone est dans le texte signé.

    ## Ce que la règle vérifie

    Nulle part le document ne porte l’adresse électronique d’un agent ni un numéro de téléphone. La boîte d’un service
    (« contact@ », « mairie@ ») n’est pas concernée. Ce que DRT001 dit d’une action, d’un engagement, de crédits ou
    d’une instance n’est pas répété.

    ## Pourquoi

    Le contrat est public pour six ans ; l’agent changera de poste, et sa ligne aussi.

    ## Exemple fautif

    Pour toute question : cheffe de projet, suivie de son adresse et de sa ligne directe.

    ## Corrigé

    Pour toute question : le service de la politique de la ville.

    ## Source

    Règlement (UE) 2016/679, article 5 : ne garder que les données nécessaires.
    """
    names = contrat.spans_of_names
    for number, line in enumerate(document.lignes_brutes, 1):
        found = [line[start:end] for start, end in coordonnees(line)]
        if all("@" in one and SHARED.match(one) for one in found):
            continue
        carrier = porteur(contrat, number)
        if isinstance(carrier, BEARERS) and any(number in name.lignes for name in names):
            continue  # DRT001 says it
        beside = document.lignes[number - 1].count(MASK) > len(found)
        yield Anomalie(
            carrier,
            "Une adresse ou un téléphone est écrit ici" + (", à côté d’une personne." if beside else "."),
            "Donnez le nom d’un service : ses coordonnées se tiennent sur un site, pas dans un acte signé.",
            source=(Plage(number, number),),
        )
