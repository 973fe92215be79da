"""The numbers that name a body, SIRET and RNA: whether each can be one. No register is asked."""

import re

SIRET_FAUX = "Ce SIRET ne peut pas exister : un chiffre est faux ou manque. Relisez-le chiffre par chiffre."

RNA = r"^W\d[A-Z\d]\d{7}$"
"""What the databases hold of a number of RNA: W, its département (« 33 », « 2A », « 9R »), seven digits."""
RNA_FAUX = "Un numéro RNA est la lettre W, puis neuf chiffres : « W332000001 »."
_RNA = re.compile(RNA)


def rna_is_right(rna: str) -> bool:
    """Whether a text is the shape of a number of RNA, in capitals and without spaces."""
    return rna.isascii() and "\n" not in rna and bool(_RNA.match(rna))


def siret_is_right(siret: str) -> bool:
    """Whether fourteen digits bear their key: that of Luhn, or that of the establishments of La Poste."""
    from stdnum.fr import siret as number  # which only a check needs

    return len(siret) == 14 and siret.isascii() and siret.isdecimal() and number.is_valid(siret)
