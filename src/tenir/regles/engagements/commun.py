"""What the rules on commitments share."""

from tenir.fichier.modeles import Engagement, Signataire


def promises(signataire: Signataire) -> list[Engagement]:
    """What a signatory promises, without the titles that only group and the promises that hold others."""
    holders = {one.parent for one in signataire.engagements}
    return [one for one in signataire.engagements if not one.regroupement and one.code not in holders]
