import re
from collections.abc import Iterator
from itertools import takewhile

from tenir.fichier.document import DocumentNormalise
from tenir.fichier.modeles import ActionPrevue, ContratDeVille, Engagement, Objectif, SousAction
from tenir.fichier.objet import Item
from tenir.fichier.source import Plage
from tenir.regles.anomalie import Anomalie, Gravite
from tenir.regles.indicateurs.releves import LABELLED
from tenir.regles.passages import passages, porteur
from tenir.regles.promesses import promesses_nommees
from tenir.regles.redaction.creux import est_creux
from tenir.regles.registre import Lit, regle
from tenir.regles.textes import promesses_en_phrases, puces_d_engagement, textes_des_orientations

VAGUE = re.compile(
    r"réflexion (?:peut|pourra|pourrait|sera) être|(?:menant|mener|engager|conduire) une réflexion"
    r"|si possible|autant que faire se peut|si besoin est|à moyens constants|au mieux de (?:ses|leurs|nos) (?:moyens"
    r"|possibilités)"
    r"|dans la limite (?:de ses|de leurs|de nos|des) (?:moyens|possibilités|disponibilités)|quand (?:cela"
    r"|c[’']) ?(?:est|sera) possible"
    r"|autant que (?:possible|de besoin|nécessaire)|dans la mesure du possible"
    r"|sous réserve (?:des? |de leurs? |de ses |du |d[’'](?:un |une )?)(?:moyen|crédit|budget|financement"
    r"|disponibilit)\w*"
    r"|(?:questionn|étudi|examin|réfléchi)\w* (?:à )?(?:sur )?(?:l[’']opportunité|la possibilité|l[’']éventualité)"
    r"|\benvisage\w* (?:de|d[’'])|si (?:les|ses|leurs|nos) (?:moyens|crédits|budgets"
    r"|finances)[^.;]{0,20} (?:le )?permettent"
    r"|selon (?:les|ses|leurs|nos) (?:moyens|possibilités|disponibilités)|en fonction des (?:moyens|possibilités)",
    re.IGNORECASE,
)
NOTHING = re.compile(
    r"^\W*(?:o\s+)?(?P<dit>(?:réfléchir (?:à|sur|au|aux)|s[’']interroger sur|étudier (?:la possibilité"
    r"|l[’']opportunité)"
    r"|envisager (?:de |d[’']|la |le |l[’'])|tenter de|essayer de|tendre vers|poursuivre la réflexion"
    r"|engager une réflexion"
    r"|mener une réflexion|s[’']efforcer d|faire au mieux|rester (?:attentif|vigilant|à l[’']écoute|mobilisé)"
    r"|s[’']inscrire (?:pleinement |activement |résolument |durablement )?dans (?:une|la|cette|le|un)"
    r" (?:démarche|dynamique"
    r"|logique|élan|mouvement|réflexion|partenariat)|prendre (?:toute )?(?:s[ae]|leur) (?:part|place) (?:à|dans|aux?)"
    r"|(?:accompagner|soutenir|encourager|impulser|favoriser|accroître) (?:la |les |l[’']|une |des"
    r" )(?:dynamiques?|démarches?"
    r"|réflexions?|élan|synergies?|mobilisation|initiatives?)(?: (?:locales?|partenariales?|collectives?|citoyennes?"
    r"|territoriales?|engagées?|existantes?))*\W*$"
    r"|se mobiliser (?:aux côtés|autour|en faveur|pleinement)|travailler (?:en|dans un esprit de) (?:lien"
    r"|synergie|concertation"
    r"|partenariat|transversalité)|œuvrer (?:à|pour|en faveur)|veiller à (?:la |une )(?:bonne |meilleure )?(?:cohérence"
    r"|articulation|coordination|prise en compte)|développer des synergies|faire vivre le partenariat"
    r"|être (?:attentif|vigilant|à l[’']écoute|sensible)|porter (?:une attention|un regard)|se montrer attentif"
    r"|(?:contribuer|participer|concourir) (?:pleinement |activement )?(?:à (?:la |une )(?:dynamique|réflexion"
    r"|démarche|réussite"
    r"|cohésion)|à l[’'](?:élan|effort|attractivité)|aux (?:réflexions|dynamiques|efforts|échanges))))",
    re.IGNORECASE,
)
SIGNS = (
    "réflexion", "possible", "se peut", "besoin", "moyens", "possibilité", "disponibilité", "réserve", "opportunité",
    "éventualité", "nvisag", "permettent",
)  # fmt: skip
"""What a way out has, one or another: a cheap test before the pattern."""
TRIES = re.compile(
    r"^(?:s[’']efforce\w*|tente\w*|essaie\w*|tâche\w*|envisage\w*|réfléchi\w*|étudie\w* (?:la possibilité"
    r"|l[’']opportunité)"
    r"|fera (?:son possible|de son mieux)|fait (?:son possible|de son mieux)|espère\w*|souhaite\w*|pourr(?:a|ait)"
    r"|veille\w* à"
    r" (?:la |une )(?:bonne |meilleure )?(?:cohérence|articulation|coordination)|se mobilise\w*"
    r"|soutien\w* (?:la démarche"
    r"|l[’']esprit|la dynamique))\b",
    re.IGNORECASE,
)
"""What a signatory is said to try: « s’efforcera de »."""
SHOWN = 80
BINDING = (ActionPrevue, SousAction, Objectif, Engagement)
CERTAIN = (ActionPrevue, SousAction, Engagement)


@regle("RED003", gravite=Gravite.A_AMELIORER, depuis="0.1", lit=Lit.MOTS)
def promesse_vague(contrat: ContratDeVille, document: DocumentNormalise) -> Iterator[Anomalie]:
    """Une action ou un engagement ne promet rien.

    ## Ce que la règle vérifie

    Une action, un objectif ou un engagement ne se dérobe pas : « une réflexion peut être menée », « si possible », «
    autant que possible », « en questionnant l’opportunité », « envisage de », « si les moyens le permettent ». Une
    action ou un engagement ne commence pas par « réfléchir à », « étudier la possibilité de », « tenter de ».
    Un texte dont aucun mot ou presque ne dit ce qui sera fait (« encourager une dynamique partenariale ») ne promet
    rien : ni nombre, ni nom, ni chose.

    ## Pourquoi

    À l’évaluation, on ne saura pas dire si c’est fait : réfléchir, c’était déjà le faire.

    ## Exemple fautif

    Une réflexion pourra être conduite sur l’ouverture d’une ludothèque.

    ## Corrigé

    Ouvrir une ludothèque en 2026 (la commune).

    ## Source

    Circulaire du 31 août 2023 : des résultats mesurables.
    """
    found = list(_read(contrat, document))
    yield from found
    lines = {line for one in found for plage in one.plages for line in plage.lignes}
    bullets = {number for number, _ in puces_d_engagement(document)}
    for number, words in (*puces_d_engagement(document), *promesses_en_phrases(document)):
        nothing, vague, hollow = NOTHING.match(words), VAGUE.search(words), number in bullets and est_creux(words)
        if number not in lines and (nothing or vague or hollow):
            lines.add(number)
            said = nothing["dit"] if nothing else vague[0] if vague else words
            yield _told(porteur(contrat, number), said, (Plage(number, number),))
    for phrase, words in promesses_nommees(contrat, document):
        found_in = VAGUE.search(words) or TRIES.match(words)
        if found_in and not lines & set(phrase.plage()[0].lignes):
            yield _told(porteur(contrat, phrase.ligne), found_in[0], phrase.plage())


def _read(contrat: ContratDeVille, document: DocumentNormalise) -> Iterator[Anomalie]:
    """The items that were read, then the bullets of orientations."""
    opened: set[str] = set()
    for item in contrat.items.values():
        found = NOTHING.match(document.mots(item.source)) if isinstance(item, CERTAIN) and item.source else None
        if found:
            opened.add(item.code)
            yield _told(item, found["dit"], item.source[:1])
        elif isinstance(item, CERTAIN) and item.source and est_creux(words := _own_words(document, item)):
            opened.add(item.code)
            yield _told(item, words, item.source[:1])
    for one in textes_des_orientations(contrat, document):
        if one.genre == "puce" and (found := NOTHING.match(one.mots)):
            yield _told(porteur(contrat, one.ligne), found["dit"], one.source)
    for passage in passages(contrat, document, VAGUE, *SIGNS):
        if isinstance(passage.objet, BINDING) and passage.objet.code not in opened:
            opened.add(passage.objet.code)
            yield _told(passage.objet, passage.trouve[0], passage.source)


def _own_words(document: DocumentNormalise, item: Item) -> str:
    """The words of an item up to its first field: its title, and what it says of itself."""
    lines = [number for plage in item.source if not plage.colonne_debut for number in plage.lignes]
    printed = [number for number in lines if number <= len(document.lignes)]
    kept = takewhile(lambda number: not LABELLED.match(document.lignes[number - 1].strip()), printed)
    return document.mots(tuple(Plage(number, number) for number in kept) or item.source)


def _told(item: Item | None, words: str, source: tuple[Plage, ...]) -> Anomalie:
    bare = words.strip(" .;")
    shown = bare if len(bare) <= SHOWN else f"{bare[:SHOWN].rsplit(' ', 1)[0]}…"
    return Anomalie(
        item,
        f"« {shown} » : rien ne dira si c’est fait.",
        "Dites qui fait quoi, et pour quand.",
        source=source,
    )
