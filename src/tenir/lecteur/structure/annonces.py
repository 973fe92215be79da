"""What a heading or a sentence announces: the promises of one signatory, a list of objectives or of indicators."""

import re

from tenir.lecteur.lexique import cle, lexique

LONGUEUR_D_UN_NOM = 9  # words, its colon counted
_ENGAGEMENTS_DE = re.compile(
    r"^(?:les\s+)?engagements?\s+(?:\w+\s+)?(?:de\s+(?=l[’'])|de\s+(?=la\s)|du\s+|des\s+|de\s+|d[’'])(?P<nom>\S.*)$",
    re.IGNORECASE,
)


def promis_par(titre: str) -> str:
    """The one signatory whose commitments a heading opens (« Engagements de la CAF »), "" for another heading."""
    found = _ENGAGEMENTS_DE.match(titre)
    nom = found["nom"].strip(" :.") if found else ""
    collective = any(word in lexique().listes["collectifs"] for word in cle(nom).split())
    return nom if nom and not collective and len(nom.split()) <= LONGUEUR_D_UN_NOM else ""


def annonce(words: str) -> str | None:
    """What « Les signataires se donnent pour objectifs : », « Nous compterons, pour l’axe A : » announces."""
    last = re.split(r"(?<=[.;!?])\s+", words.strip())[-1]
    if not last.endswith(":"):
        return None
    bare = re.split(r"\s+pour\s+(?:l[’']|la\s|le\s|cet)", last)[0]
    said = (lexique().rubrique(one.rstrip(" :")) or lexique().rubrique_probable(one) for one in (last, bare))
    return next((name for name in said if name), None)
