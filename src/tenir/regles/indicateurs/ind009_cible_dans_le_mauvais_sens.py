import re
from collections.abc import Iterator

from tenir.fichier.document import DocumentNormalise
from tenir.fichier.modeles import ContratDeVille, Indicateur
from tenir.regles.anomalie import Anomalie, Gravite
from tenir.regles.indicateurs.releves import Couple, cells, measure, shown, start_and_target, vises
from tenir.regles.passages import porteur
from tenir.regles.registre import Lit, regle

UP = re.compile(
    r"\b(?:augmenter|accroître|améliorer|développer|élever|relever|progresser|faire monter|en hausse|à la hausse"
    r"|(?:tendance|sens|évolution|objectif)[^.:]{0,20}:?\s*(?:la\s|une\s)?(?:hausse|augmentation))\b|[↑↗⬆➚]",
    re.IGNORECASE,
)
DOWN = re.compile(
    r"\b(?:réduire|diminuer|baisser|abaisser|reculer|limiter|résorber|en baisse|à la baisse"
    r"|(?:tendance|sens|évolution|objectif)[^.:]{0,20}:?\s*(?:la\s|une\s)?(?:baisse|diminution|réduction))\b|[↓↘⬇➘]",
    re.IGNORECASE,
)


@regle("IND009", gravite=Gravite.A_CORRIGER, depuis="0.2", lit=Lit.MOTS)
def cible_dans_le_mauvais_sens(contrat: ContratDeVille, document: DocumentNormalise) -> Iterator[Anomalie]:
    """Une cible va dans le mauvais sens.

    ## Ce que la règle vérifie

    Un indicateur qui dit son sens (« à augmenter », « réduire », « en baisse », une flèche) a une cible plus haute,
    ou plus basse, que sa valeur de départ. Les deux valeurs sont lues dans son libellé, sa cible ou les cases de sa
    ligne : par leurs années, par leur nom (« départ », « cible ») ou par leur ordre. Sans ces signes, la règle ne
    parle que de la seule mesure qui baisse sans le dire, quand les autres qui baissent le disent, ou que huit montent.

    ## Pourquoi

    La cible sera tenue quand la situation sera pire. Souvent, deux valeurs ont été interverties.

    ## Exemple fautif

    Part des logements bien isolés, à augmenter : 65 % en 2023, 52 % en 2028.

    ## Corrigé

    Part des logements bien isolés, à augmenter : 52 % en 2023, 65 % en 2028.

    ## Source

    Sens des mots.
    """
    told: set[int] = set()
    for indicateur in contrat.indicateurs:
        beside = cells(indicateur, document)
        said = _said(indicateur, beside)
        up, down = UP.search(said), DOWN.search(said)
        values = start_and_target(indicateur, beside)
        if values is None or bool(up) == bool(down) or len(measure(indicateur.libelle).split()) < FEWEST:
            continue
        start, target = values
        word = up or down
        if word and (target.valeur < start.valeur if up else target.valeur > start.valeur):
            told |= {line for plage in indicateur.source for line in plage.lignes}
            yield Anomalie(
                indicateur,
                f"« {measure(indicateur.libelle)} » va de {shown(start)} à {shown(target)}, contre son sens "
                f"(« {word[0]} »).",
                "Vérifiez les deux valeurs : elles semblent interverties.",
            )
    yield from _silently(contrat, document)
    yield from (_printed(contrat, one) for one in vises(contrat, document) if _backwards(one) and not told & one.lignes)


def _silently(contrat: ContratDeVille, document: DocumentNormalise) -> Iterator[Anomalie]:
    every = vises(contrat, document)
    fall = sum(one.cible.valeur < one.depart.valeur for one in every)
    others = "les autres mesures qui baissent le disent" if fall > 1 else "toutes les autres mesures montent"
    for one in _against_others(every):
        yield Anomalie(
            porteur(contrat, one.source[0].debut),
            f"« {one.libelle} » va de {shown(one.depart)} à {shown(one.cible)} : {others}.",
            "Vérifiez les deux valeurs : elles semblent interverties.",
            source=one.source,
        )


def _against_others(couples: list[Couple]) -> Iterator[Couple]:
    """The one measure that falls without saying so, where every other that falls says it (« à réduire »)."""
    falling = [one for one in couples if one.cible.valeur < one.depart.valeur and not UP.search(one.libelle)]
    silent = [one for one in falling if not DOWN.search(one.libelle) and not SAID.search(one.libelle)]
    rising = [one for one in couples if one.cible.valeur > one.depart.valeur]
    if len(silent) == 1 and len(rising) >= (RISING if len(falling) > 1 else 2 * RISING):
        yield from silent


SAID = re.compile(
    r"\b(?:baisse\w*|moins|sans|retards?|absen\w+|taux de (?:chômage|pauvreté|vacance)|consomm\w+|plaintes?"
    r"|délais?|attente"
    r"|dépens\w+|factures?|incivilit\w+|impayés?|abandon\w*|décroch\w+|pannes?|vacan\w+|chômeurs?|nuisances?|dégradations?"
    r"|expulsions?|accidents?|renonc\w+|dépôts?|isolé\w*|demandeurs?"
    r"|réclamations?|litiges?|signalements?|incidents?|agressions?|infractions?|délits?|vols?|cambriolages?|incendies?"
    r"|conflits?|exclusions?|sanctions?|ruptures?|non-recours|surendett\w+|dettes?|coupures?|encombrants|déchets|émissions?"
    r"|bruits?|radiations?|allocataires|chômage|pauvreté|insalubr\w+|indignes?|rodéos?|illettr\w+|sortie sans"
    r"|surpoids|obésité|charges|fuites?|rejets?|refus|échecs?|redoubl\w+)\b",
    re.IGNORECASE,
)
"""What is better when there is less of it: it needs no word to say which way it goes."""
RISING = 4


def _backwards(one: Couple) -> bool:
    """Whether two dated values go against the way that the words above them say."""
    up, down = UP.search(one.libelle), DOWN.search(one.libelle)
    if bool(up) == bool(down) or (one.depart.annee or 0) >= (one.cible.annee or 0):
        return False
    return one.cible.valeur < one.depart.valeur if up else one.cible.valeur > one.depart.valeur


def _printed(contrat: ContratDeVille, one: Couple) -> Anomalie:
    word = UP.search(one.libelle) or DOWN.search(one.libelle)
    return Anomalie(
        porteur(contrat, one.source[0].debut),
        f"« {one.libelle} » va de {shown(one.depart)} à {shown(one.cible)}, contre son sens"
        f" (« {word[0] if word else ''} »).",
        "Vérifiez les deux valeurs : elles semblent interverties.",
        source=one.source,
    )


FEWEST = 2
"""How many words a measure has, at least: « réduire de 10 à 15 % » says a range."""


def _said(indicateur: Indicateur, beside: tuple[str, ...]) -> str:
    """All that an indicator and the cells of its row say."""
    return " ; ".join([indicateur.libelle, indicateur.cible or "", *beside])
