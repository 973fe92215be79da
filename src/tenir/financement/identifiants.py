"""The key of a SIRET: whether fourteen digits can be one. No register is asked."""

_LA_POSTE = "356000000"
"""The body whose establishments have another key (SIREN of La Poste, published by INSEE)."""


def siret_is_right(siret: str) -> bool:
    """Whether fourteen digits bear their key: that of Luhn, or for La Poste a sum that five divides."""
    if not (siret.isdecimal() and siret.isascii() and len(siret) == 14):
        return False
    if siret.startswith(_LA_POSTE) and sum(map(int, siret)) % 5 == 0:
        return True
    doubled = [int(one) * (2 if rank % 2 == 0 else 1) for rank, one in enumerate(siret)]
    return sum(one - 9 if one > 9 else one for one in doubled) % 10 == 0
