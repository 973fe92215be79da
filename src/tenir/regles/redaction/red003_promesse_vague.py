import re
from collections.abc import Iterator

from tenir.fichier.document import DocumentNormalise
from tenir.fichier.modeles import ActionPrevue, ContratDeVille, Engagement, Objectif, SousAction
from tenir.fichier.objet import Item
from tenir.fichier.source import Plage
from tenir.regles.anomalie import Anomalie, Gravite
from tenir.regles.passages import passages, porteur
from tenir.regles.registre import Lit, regle
from tenir.regles.textes import puces_d_engagement, textes_des_orientations

VAGUE = re.compile(
    r"réflexion (?:peut|pourra|pourrait|sera) être|(?:menant|mener|engager|conduire) une réflexion"
    r"|si possible|autant que faire se peut|si besoin est|à moyens constants|au mieux de (?:ses|leurs|nos) (?:moyens"
    r"|possibilités)"
    r"|dans la limite (?:de ses|de leurs|de nos|des) (?:moyens|possibilités|disponibilités)|quand (?:cela"
    r"|c[’']) ?(?:est|sera) possible"
    r"|autant que possible|dans la mesure du possible"
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
    r"|être (?:attentif|vigilant|à l[’']écoute|sensible)|porter (?:une attention|un regard)|se montrer attentif"
    r"|(?:contribuer|participer|concourir) (?:pleinement |activement )?(?:à (?:la |une )(?:dynamique|réflexion"
    r"|démarche|réussite"
    r"|cohésion)|à l[’'](?:élan|effort|attractivité)|aux (?:réflexions|dynamiques|efforts|échanges))))",
    re.IGNORECASE,
)
BINDING = (ActionPrevue, SousAction, Objectif, Engagement)
CERTAIN = (ActionPrevue, SousAction, Engagement)


@regle("RED003", gravite=Gravite.A_AMELIORER, depuis="0.1", lit=Lit.MOTS)
def promesse_vague(contrat: ContratDeVille, document: DocumentNormalise) -> Iterator[Anomalie]:
    """Une action ou un engagement ne promet rien.

    ## Ce que la règle vérifie

    Une action, un objectif ou un engagement ne se dérobe pas : « une réflexion peut être menée », « si possible », «
    autant que possible », « en questionnant l’opportunité », « envisage de », « si les moyens le permettent ». Une
    action ou un engagement ne commence pas par « réfléchir à », « étudier la possibilité de », « tenter de ».

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
    for number, words in puces_d_engagement(document):
        nothing, vague = NOTHING.match(words), VAGUE.search(words)
        if number not in lines and (nothing or vague):
            said = nothing["dit"] if nothing else vague[0] if vague else ""
            yield _told(porteur(contrat, number), said, (Plage(number, number),))


def _read(contrat: ContratDeVille, document: DocumentNormalise) -> Iterator[Anomalie]:
    """The items that were read, then the bullets of orientations."""
    opened: set[str] = set()
    for item in contrat.items.values():
        found = NOTHING.match(document.mots(item.source)) if isinstance(item, CERTAIN) and item.source else None
        if found:
            opened.add(item.code)
            yield _told(item, found["dit"], item.source[:1])
    for one in textes_des_orientations(contrat, document):
        if one.genre == "puce" and (found := NOTHING.match(one.mots)):
            yield _told(porteur(contrat, one.ligne), found["dit"], one.source)
    for passage in passages(contrat, document, VAGUE):
        if isinstance(passage.objet, BINDING) and passage.objet.code not in opened:
            opened.add(passage.objet.code)
            yield _told(passage.objet, passage.trouve[0], passage.source)


def _told(item: Item | None, words: str, source: tuple[Plage, ...]) -> Anomalie:
    return Anomalie(
        item,
        f"« {words.strip()} » : rien ne dira si c’est fait.",
        "Dites qui fait quoi, et pour quand.",
        source=source,
    )
