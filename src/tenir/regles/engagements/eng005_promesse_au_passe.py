import re
from collections.abc import Iterator

from tenir.fichier.document import DocumentNormalise
from tenir.fichier.enums import Contenu
from tenir.fichier.modeles import ContratDeVille
from tenir.regles.anomalie import Anomalie, Gravite
from tenir.regles.engagements.commun import promises
from tenir.regles.registre import Lit, regle

PARTICIPLE = r"(?:\w{2,}(?:é|ée|és|ées)|fait|mise?|permis|pris|ouverte?|construite?|tenue?|réuni|fourni|soutenu)"
PAST = re.compile(
    rf"^\W*(?:o\s+)?(?:(?P<sujet>il|elle|nous|on|(?:l[’']|la |le |les |des |un |une |ces )[\w’ -]{{2,40}}?)\s+)?"
    rf"(?P<dit>(?:a|ont|avons|avait|avaient)\s+(?:déjà\s+|ainsi\s+|été\s+|également\s+)*{PARTICIPLE}\b|avoir\s+{PARTICIPLE}\b)",
    re.IGNORECASE,
)
AHEAD = re.compile(
    r"\b(?:poursui\w+|continu\w+|maintien\w+|renouvel\w+|reconduir\w+|prolong\w+|sera|seront|\w+era|\w+eront|s[’']engage|afin)\b",
    re.IGNORECASE,
)
SHOWN = 80


@regle("ENG005", gravite=Gravite.A_CORRIGER, depuis="0.1", lit=Lit.MOTS, de=(Contenu.ENGAGEMENTS,))
def promesse_au_passe(contrat: ContratDeVille, document: DocumentNormalise) -> Iterator[Anomalie]:
    """Un engagement raconte le passé.

    ## Ce que la règle vérifie

    Un engagement ne commence pas par un verbe au passé (« a financé », « avoir ouvert »), à moins qu’il dise ensuite ce
    qui continue. Les réalisations qu’un signataire rappelle à part ne sont pas des engagements.

    ## Pourquoi

    Ce qui est fait n’engage à rien : le jour du bilan, il n’y aura rien à vérifier.

    ## Exemple fautif

    La région s’engage à : a financé deux ateliers en 2021.

    ## Corrigé

    La région s’engage à : financer deux ateliers par an.

    ## Source

    Loi 2014-173, article 6 : les signataires s’engagent, chacun dans ses compétences.
    """
    for signataire in contrat.signataires:
        for one in promises(signataire):
            words = document.mots(one.source)
            found = PAST.match(words)
            if found and not AHEAD.search(words):
                shown = words if len(words) <= SHOWN else f"{words[:SHOWN].rsplit(' ', 1)[0]}…"
                yield Anomalie(
                    one,
                    f"« {shown} » est au passé : rien n’est promis.",
                    "Écrivez ce qui sera fait, ou rangez-le parmi les réalisations.",
                )
