"""What a dossier knows of who receives a subsidy, for what the law publishes of it."""

from typing import Any

from tenir.appels.enums import Suite
from tenir.appels.models import PartDemandee
from tenir.financement.models import LigneDeFinancement


def recipient_of(ligne: LigneDeFinancement) -> dict[str, Any]:
    """The body, its numbers, the subject and the condition of the dossier that a line comes from; nothing without one.

    The days are left: those of the action are not those of the payments.
    """
    parts = PartDemandee.objects.filter(ligne=ligne, suite=Suite.ACCORDE).select_related("dossier")
    part = parts.order_by("-pk").first()
    if part is None:
        return {}
    dossier = part.dossier
    objet = f"{dossier.intitule} ({(dossier.servies.split() or [dossier.code])[0]})"[:256]
    found = {"beneficiaire": dossier.nom, "siret": dossier.siret, "rna": dossier.rna, "objet": objet}
    return {**found, "reference": dossier.code, "conditions": part.condition[:256]}
