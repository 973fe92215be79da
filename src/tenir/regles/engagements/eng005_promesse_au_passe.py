import re
from collections.abc import Iterator

from tenir.fichier.document import DocumentNormalise
from tenir.fichier.modeles import ContratDeVille
from tenir.fichier.objet import Item
from tenir.fichier.source import Plage
from tenir.regles.anomalie import Anomalie, Gravite
from tenir.regles.engagements.commun import promises
from tenir.regles.passages import porteur
from tenir.regles.promesses import promesses_nommees
from tenir.regles.registre import Lit, regle
from tenir.regles.textes import promesses_en_phrases, puces_d_engagement

PARTICIPLE = (
    r"(?!(?:lieu|plus|aussi|ainsi|ici|parmi)\b)\w{2,}(?:ée?s?|ie?s?|ue?s?|inte?s?|erte?s?|aite?s?|uite?s?|ise?s?)"
)
PAST = re.compile(
    rf"^\W*(?:o\s+)?(?:(?P<sujet>il|elle|nous|on|(?:l[’']|la |le |les |des |un |une |ces )[\w’ -]{{2,40}}?)\s+)?"
    rf"(?P<dit>(?:a|ont|avons|avait|avaient)\s+(?:déjà\s+|ainsi\s+|été\s+|également\s+)*{PARTICIPLE}\b"
    rf"|avoir\s+{PARTICIPLE}\b"
    r"|(?!(?:fait|plaît|satisfait|souhait|portrait|extrait|retrait|trait|lait|attrait|paraît|connaît|défait|refait"
    r"|forfait|bienfait|parfait|souhaitait|pourrait|devrait|serait|aurait|voudrait|ferait|parait|connait)\b)"
    r"[a-zà-ÿ]{4,}(?<!r)(?:ait|aient)(?=\s(?:l[ae]s?|l[’']|une?|des|du|aux?|ses|leurs?|son|sa|deux|trois|quatre|cinq|six|\d)))",
    re.IGNORECASE,
)
AHEAD = re.compile(
    r"\b(?:poursui\w+|continu\w+|maintien\w+|renouvel\w+|reconduir\w+|prolong\w+|sera|seront|\w+era|\w+eront"
    r"|s[’']engage|afin)\b",
    re.IGNORECASE,
)
SHOWN = 80


@regle("ENG005", gravite=Gravite.A_CORRIGER, depuis="0.1", lit=Lit.MOTS)
def promesse_au_passe(contrat: ContratDeVille, document: DocumentNormalise) -> Iterator[Anomalie]:
    """Un engagement raconte le passé.

    ## Ce que la règle vérifie

    Un engagement, une puce sous « s’engage à », ou une phrase d’une liste où chacun dit ce qu’il fera, ne commence
    pas par un verbe au passé (« a financé », « avoir ouvert », « finançait »), à moins qu’il dise ensuite ce qui
    continue. Les réalisations qu’un signataire rappelle à part ne sont pas des engagements.

    ## Pourquoi

    Ce qui est fait n’engage à rien : le jour du bilan, il n’y aura rien à vérifier.

    ## Exemple fautif

    La région s’engage à : a financé deux ateliers en 2021.

    ## Corrigé

    La région s’engage à : financer deux ateliers par an.

    ## Source

    Loi 2014-173, article 6 : les signataires s’engagent, chacun dans ses compétences.
    """
    seen: set[int] = set()
    for signataire in contrat.signataires:
        for one in promises(signataire):
            seen |= {number for plage in one.source for number in plage.lignes}
            yield from _told(one, document.mots(_whole(one.source)), one.source)
    for number, words in puces_d_engagement(document):
        if number not in seen:
            seen.add(number)
            yield from _told(porteur(contrat, number), words, (Plage(number, number),))
    for number, words in promesses_en_phrases(document):
        if number not in seen and re.search(r"\b(?:19|20)\d{2}\b|\bdéjà\b", words):
            yield from _told(porteur(contrat, number), words, (Plage(number, number),))
    named = list(promesses_nommees(contrat, document))
    past = [one for one in named if PAST.match(one[1])]
    for phrase, words in past if len(past) * 2 < len(named) else ():
        if not seen & set(phrase.plage()[0].lignes):
            yield from _told(porteur(contrat, phrase.ligne), words, phrase.plage())


def _whole(source: tuple[Plage, ...]) -> tuple[Plage, ...]:
    """The lines of a promise from their start: its subject and its verb may stand before the stretch that was read."""
    return (Plage(source[0].debut, source[-1].fin),) if source and source[0].colonne_debut else source


def _told(item: Item | None, words: str, source: tuple[Plage, ...]) -> Iterator[Anomalie]:
    if PAST.match(words) and not AHEAD.search(words):
        shown = words if len(words) <= SHOWN else f"{words[:SHOWN].rsplit(' ', 1)[0]}…"
        yield Anomalie(
            item,
            f"« {shown} » est au passé : rien n’est promis.",
            "Écrivez ce qui sera fait, ou rangez-le parmi les réalisations.",
            source=source,
        )
