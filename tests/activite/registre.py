"""What the tests of the register write in it."""

from datetime import date
from decimal import Decimal
from typing import Any

from tenir.activite.models import Entree, Nature
from tenir.activite.services.entree import Saisie, record_entree
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces
from tests.personnes import body

LE = date(2026, 3, 12)
VEILLE = """nature: veille
libelle: Fait de veille
forme: séance
sujet: un secteur
visible: équipe
mesures:
  - {code: faits, libelle: Faits, unite: faits}
"""
"""A kind that the team alone reads."""
PARC = """nature: parc
libelle: État du parc
forme: état
sujet: un parc de logements
periode: année
mesures:
  - {code: logements, libelle: Logements, unite: logements, cumul: dernier}
"""
HEURES = """nature: heures
libelle: Heures d’accueil
forme: décompte
sujet: un lieu
periode: trimestre
principale: heures
mesures:
  - {code: heures, libelle: Heures, unite: heures, decimales: true}
  - {code: venus, libelle: Venus, unite: personnes, parts: [sexe]}
  - {code: motifs, libelle: Motifs, unite: demandes, choix: {droits: Droits, travail: Travail}}
"""


def kinds(espace: EspaceDeContrat, *textes: str) -> None:
    """Give a contract kinds of its own."""
    for texte in textes:
        Nature.objects.create(espace=espace, code=texte.split("\n")[0].removeprefix("nature: "), texte=texte)


def said(
    presents: int | None = 12, *, of: str = "ccas", valeurs: dict[Any, Any] | None = None, **champs: Any
) -> Saisie:
    """One session of 12 people by the CCAS, unless said otherwise."""
    day = champs.pop("le", LE)
    given = {"debut": day, "fin": day, "organisme": body(of)} | champs
    numbers = {("presents", ""): Decimal(presents)} if presents is not None else {}
    return Saisie(given, numbers | {key: Decimal(str(value)) for key, value in (valeurs or {}).items()})


def entree(
    by: Acces, espace: EspaceDeContrat, presents: int | None = 12, *, nature: str = "atelier", **given: Any
) -> Entree:
    """An entry of the register; looked at twice, so that its day does not matter."""
    return record_entree(by=by, espace=espace, nature=nature, saisie=said(presents, **given), exact=True)
