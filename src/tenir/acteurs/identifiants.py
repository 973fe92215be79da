"""The key of a SIRET: whether fourteen digits can be one. No register is asked."""

SIRET_FAUX = "Ce SIRET ne peut pas exister : un chiffre est faux ou manque. Relisez-le chiffre par chiffre."


def siret_is_right(siret: str) -> bool:
    """Whether fourteen digits bear their key: that of Luhn, or that of the establishments of La Poste."""
    from stdnum.fr import siret as number  # which only a check needs

    return len(siret) == 14 and siret.isascii() and siret.isdecimal() and number.is_valid(siret)
