"""What a dossier still lacks to be sent, section by section, in sentences that say what to do."""

from tenir.appels.champs import SECTIONS
from tenir.appels.comptes import balance
from tenir.appels.models import DossierDeDemande
from tenir.core.typographie import typo

WANTED = {
    "organisme": (("nom", "Dites le nom de l’organisme."), ("adresse", "Dites son adresse.")),
    "action": (
        ("intitule", "Donnez un titre à l’action."),
        ("description", "Dites ce qui sera fait."),
        ("servies", "Choisissez au moins une action du contrat."),
    ),
    "public": (("public", "Dites à qui l’action s’adresse."),),
    "lieux": (
        ("lieux", "Dites où l’action se déroule."),
        ("debut", "Dites quand elle commence."),
        ("fin", "Dites quand elle finit."),
    ),
    "engagement": (("cer", "Acceptez le contrat d’engagement républicain."),),
}
"""What each section must say."""


def missing(dossier: DossierDeDemande) -> dict[str, list[str]]:
    """What is missing in each section, none where nothing is; four queries."""
    found = {
        section: [sentence for name, sentence in WANTED.get(section, ()) if not getattr(dossier, name)]
        for section in SECTIONS
    }
    if not (dossier.siret or dossier.rna):
        found["organisme"].append("Donnez son SIRET ou son numéro RNA.")
    _of_the_budget(dossier, found)
    brought = set(dossier.pieces.values_list("intitule", flat=True))
    found["pieces"] += [
        f"Joignez : {one.intitule}."
        for one in dossier.appel.pieces_a_fournir
        if one.obligatoire and one.intitule not in brought
    ]
    return {section: [typo(one) for one in said] for section, said in found.items()}


def _of_the_budget(dossier: DossierDeDemande, found: dict[str, list[str]]) -> None:
    asked = dossier.parts.values_list("montant", flat=True)
    sums = balance(dict(dossier.budget.values_list("compte", "montant")), asked)
    if not sums.charges:
        found["charges"].append("Dites ce que l’action coûte.")
    if not sums.demande:
        found["produits"].append("Dites combien vous demandez, et à quel financeur.")
    if sums.charges:
        found["produits"] += sums.faults()
