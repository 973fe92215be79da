"""What the rules on governance share."""

import re

from tenir.fichier.modeles import InstanceDeGouvernance
from tenir.fichier.mots import comparable

_MEETS = re.compile(r"^(?:(?:inter)?comite|commission|conference|groupe|assemblee|bureau|conseil|instance)\b")
_GATHERS = re.compile(
    r"^(?:cellule|reseau|forum|pole|plateforme|coordination|collectif|cercle|table|observatoire|atelier)\b"
)
_OF_INHABITANTS = re.compile(r"\bcitoyen|\bhabitant|\bde quartier\b|\bquartier\b")

_SEVERAL = re.compile(r"\W*(?:les\s)?(?:comités|commissions|groupes|cellules|conférences|ateliers)\b", re.IGNORECASE)
"""A heading above several bodies, each with a chair of its own."""

ENOUGH = 2
"""How many bodies of a contract make a custom that its others are held to."""


def est_decrite(instance: InstanceDeGouvernance) -> bool:
    """Whether more than its name was read of a body; a file that keeps no words was checked by a person."""
    return instance.texte is None or len(comparable(instance.texte).split()) > len(comparable(instance.nom).split()) + 2


def est_de_leur_rang(instance: InstanceDeGouvernance, autres: int) -> bool:
    """Whether a body owes what two others of its contract say of themselves, as a cell or a network does.

    `autres` is how many others say it. A team at work is there every day; the inhabitants organise themselves.
    """
    name = comparable(instance.nom)
    alike = bool(_GATHERS.search(name)) and not _OF_INHABITANTS.search(name)
    return est_convoquee(instance) or (autres >= ENOUGH and alike)


def est_convoquee(instance: InstanceDeGouvernance) -> bool:
    """Whether someone must call a body together: not a team at work, not the inhabitants who organise themselves.

    Law 2014-173, article 7: conseils citoyens act in full independence.
    """
    name = comparable(instance.nom)
    return bool(_MEETS.search(name)) and not _OF_INHABITANTS.search(name) and not _SEVERAL.match(instance.nom)
