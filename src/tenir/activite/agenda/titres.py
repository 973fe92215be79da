"""The titles of events: which are the same, which look as if they named someone."""

import re

from tenir.activite.vraisemblance import names_someone
from tenir.fichier.mots import plain
from tenir.lecteur.personnes import MOT, est_prenom

_WORD = re.compile(r"[^\W\d_]{2,}(?:-[^\W\d_]+)*")
_PROPER = re.compile(rf"\b{MOT}")


def same(titre: str) -> str:
    """What two writings of one title share: « CAFÉ du mardi » is « Cafe  du Mardi »."""
    return " ".join(plain(titre).split())


def looks_named(titre: str) -> bool:
    """Whether a title looks as if it named someone: a civility, an address, or a first name that many bear.

    It may be wrong (« Octobre rose ») : the title is then lost, and nothing else.
    """
    if names_someone(titre):
        return True
    capitals = titre[1:] != titre[1:].lower()
    words = _PROPER.findall(titre) if capitals else _WORD.findall(titre)
    return any(est_prenom(word) for word in words)
