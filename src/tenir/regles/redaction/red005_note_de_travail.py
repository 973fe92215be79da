import re
from collections.abc import Iterator

from tenir.fichier.document import DocumentNormalise
from tenir.fichier.modeles import ContratDeVille
from tenir.regles.anomalie import Anomalie, Gravite
from tenir.regles.passages import passages
from tenir.regles.registre import Lit, regle

VERB = (
    r"(?:valider|confirmer|compléter|renseigner|vérifier|revoir|relire|corriger|reformuler|actualiser|arbitrer"
    r"|chiffrer|mettre à jour"
    r"|supprimer|trancher)"
)
HELD = (
    r"(?:vérifi\w+|confirm\w+|de mémoire|à (?:revoir|reprendre|relire|suivre|voir|trancher|supprimer|enlever|retirer"
    r"|rediscuter"
    r"|reformuler|discuter)|reli[rs]\w*|redemand\w+|demander|attend\w*|attente|chiffres? (?:provisoires?|donnés?"
    r"|anciens?|faux)"
    r"|provisoire|brouillon|doublon|remplacer|supprimer|ajouter|reprendre|mettre à jour|reformuler|compléter"
    r"|pas sûre?s?"
    r"|je ne sais|on garde|on enlève|quelqu[’']un|qui peut|est-ce que|manque\w*|rappeler|appeler|copi[ée]\w* (?:de"
    r"|du)|ancienne version"
    r"|version [\dv]|urgent|idée|note (?:pour|à)|pense[- ]bête|vu avec|voir avec)"
)
"""What writers say to one another; in square brackets, which a signed text keeps for words it leaves out."""
LEFT = (
    r"pas encore (?:reçue?s?|validée?s?|confirmée?s?|signée?s?|chiffrée?s?|arrêtée?s?|votée?s?|tranchée?s?|fixée?s?"
    r"|rendue?s?|stabilisée?s?|arrivée?s?|donnée?s?|connue?s?|eue?s?|transmise?s?|acquise?s?)"
    r"|(?:relancer|rappeler|recontacter|redemander|prévenir|contacter|joindre|interroger|recouper|reprendre"
    r" avec|caler avec"
    r"|revoir avec|voir avec|point avec) \w+"
    r"|(?:devis|chiffrage|montant|accord|retour|réponse|validation|délibération|arbitrage|confirmation|feu"
    r" vert|avis|budget)s?"
    r" (?:\w+ ){0,4}?(?:attendue?s?|à venir|en attente|en cours|à obtenir|à recevoir|manquante?s?)"
    r"|à (?:voir|caler|recaler|creuser|discuter|étoffer|reprendre|développer|vérifier|confirmer|valider"
    r"|compléter|préciser"
    r"|chiffrer) (?:avec|auprès|ensemble|lundi|mardi|mercredi|jeudi|vendredi|demain|la semaine|en réunion"
    r"|plus tard|d[’']ici"
    r"|si|après)|(?:lundi|mardi|mercredi|jeudi|vendredi|demain|semaine) prochaine?|on (?:attend|verra|en"
    r" reparle|garde|enlève"
    r"|laisse|met)|(?:je|j[’'])\s?(?:\w+ )?(?:relance|demande|appelle|vérifie|confirme|complète|reprends"
    r"|crois|pense|sais)"
    r"|dixit|sauf erreur|me semble|me paraît|ne sais (?:pas|plus)|à trancher|trouver (?:un|une|le|la)"
    r" (?:porteur|date|montant)"
)
"""What writers say to one another between brackets, in the middle of what is signed."""
NOTE = re.compile(
    rf"[(\[](?!nom masqué)[^()\[\]]{{0,90}}?\b(?:{LEFT})\b[^()\[\]]{{0,90}}[)\]]|"
    rf"\[(?!nom masqué)(?:[^\[\]]{{0,80}}\b)?{HELD}\b[^\[\]]{{0,80}}\]"
    r"|\((?:[^()]{0,60}[, ])?(?:de mémoire|chiffres? (?:provisoires?|à (?:vérifier|confirmer)|donnés? de tête)"
    r"|pas sûre?s?"
    r"|vérifier(?: \w+){0,4}|demander à [^()]{1,40}|voir avec [^()]{1,40}|à (?:revoir|relire|rediscuter"
    r"|reformuler)(?: [^()]{0,40})?)\)"
    rf"|[(\[][^()\[\]]{{0,40}}?\bà {VERB}\b(?! (?:par le |en |au |lors du |chaque )?(?:comité|copil|conseil"
    rf"|année))[^()\[\]]{{0,60}}[)\]]"
    rf"|(?:^|[-–:;,.]\s+)à {VERB}(?: (?:par|avec|auprès d[eu]s?)\b[^.;()]{{0,50}})?(?=\s*(?:[.;]?\s*$|:))"
    r"|[(\[]\s*(?:cf\.?|voir|vu avec|suite à|d[’']après)\s+(?:le\s+|la\s+|un\s+|notre\s+|son\s+)?(?:(?:e-?)?mail"
    r"|courriel|mel|appel|tel"
    r"|échange|retour|réunion du|point du)\b[^()\[\]]{0,60}[)\]]"
    r"|\b(?:cf\.?|voir)\s+(?:(?:e-?)?mails?|mels?|courriels?)\b[^.;)]{0,40}"
    r"|[(\[]\s*(?:en attente (?:de|du|d[’']un)\b[^()\[\]]{0,60}(?:retour|réponse|validation|chiffres?"
    r"|accord)[^()\[\]]{0,40}"
    r"|(?:NB|TODO|NDLR|N\.B\.|brouillon|note interne|commentaire)\s*:?[^()\[\]]{0,80}|OK (?:pour"
    r"|avec)\b[^()\[\]]{0,60})\s*[)\]]"
    r"|(?-i:\b(?:TODO|FIXME|À FAIRE|A FAIRE)\b(?=\s*:))|\ben attente (?:de (?:sa |leur |la )?|du "
    r"|d[’']un )(?:retour|réponse|validation)\b",
    re.IGNORECASE | re.MULTILINE,
)
SHOWN = 80


@regle("RED005", gravite=Gravite.BLOQUANTE, depuis="0.1", lit=Lit.MOTS)
def note_de_travail(contrat: ContratDeVille, document: DocumentNormalise) -> Iterator[Anomalie]:
    """Une note de travail est restée.

    ## Ce que la règle vérifie

    Le document ne garde pas ce que ses rédacteurs s’écrivaient : « (à valider par le service) », « [vu avec… ] », «
    cf. mail », « en attente de retour », « [donné de mémoire] ». Ce qui est à valider par un comité du contrat est
    une règle, pas une note.

    ## Pourquoi

    Ce qui n’était pas décidé est signé comme le reste, et le lecteur le voit.

    ## Exemple fautif

    Région : aide aux chantiers (à confirmer par la direction).

    ## Corrigé

    Région : aide aux chantiers.

    ## Source

    Forme des actes : un acte signé ne contient que ce qui est décidé.
    """
    for passage in passages(contrat, document, NOTE):
        words = passage.trouve[0].strip(" -–:;,")
        shown = words if len(words) <= SHOWN else f"{words[:SHOWN].rsplit(' ', 1)[0]}…"
        yield Anomalie(
            passage.objet,
            f"Une note de travail est restée : « {shown} ».",
            "Décidez, puis retirez la note.",
            source=passage.source,
        )
