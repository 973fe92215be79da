"""A contract with some money, for the tests of the ledger and of its table."""

from datetime import date
from decimal import Decimal
from typing import Any

from tenir.acteurs.models import Organisation
from tenir.contrat.models import LigneDeCredits
from tenir.contrat.ouverture import open_life
from tenir.core import horloge
from tenir.fiches.models import FicheAction
from tenir.financement.enums import Registre
from tenir.financement.models import LigneDeFinancement, SubventionAPublier
from tenir.financement.ouverture import SORTE
from tenir.financement.services.lignes import Case, open_line, say
from tenir.financement.services.publication import describe_subsidy
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces
from tests.personnes import body, person, referent
from tests.vie import fiche, orientation

ANNEE = 2026


def imprimees(espace: EspaceDeContrat) -> list[LigneDeFinancement]:
    """Three lines that the contract prints: two of « caf », one of them empty; the one of « mairie », empty."""
    above = orientation(espace, "O01")
    for rank, (name, empty) in enumerate((("caf", False), ("caf", True), ("mairie", True)), start=1):
        LigneDeCredits.objects.create(
            espace=espace, code=f"O01-F{90 + rank}", ordre=800 + rank, orientation=above, nature="spécifique",
            financeur=name.upper(), organisation=body(name), vide=empty, source=str(500 + rank),
        )  # fmt: skip
    open_life(espace, SORTE)
    return list(LigneDeFinancement.objects.of(espace).filter(imprimee__isnull=False).order_by("imprimee__ordre"))


def action(espace: EspaceDeContrat, code: str = "O01-A01") -> FicheAction:
    """An action of the contract, made once."""
    return FicheAction.objects.of(espace).filter(action__code=code).first() or fiche(espace, code)


def given(etat: str = "vote", montant: str | None = "4000", **more: Any) -> dict[str, Any]:
    """What is written of a dated row."""
    amount = None if montant is None else Decimal(montant)
    base = {"etat": etat, "montant": amount, "le": horloge.today(), "source": "Délibération fictive"}
    return base | {"preuve": "", "motif": ""} | more


def case(
    espace: EspaceDeContrat, code: str = "O01-A01", of: str = "ccas", annee: int | None = ANNEE, **more: Any
) -> Case:
    """A cell: an action, a funder, a year."""
    found = action(espace, code)
    base = {"orientation": found.action.orientation, "financeur": body(of), "annee": annee, "fiche": found}
    return Case(**(base | {"registre": Registre.SPECIFIQUE} | more))


def line(
    by: Acces, espace: EspaceDeContrat, code: str = "O01-A01", of: str = "ccas", etat: str = "vote",
    montant: str | None = "4000", annee: int | None = ANNEE, le: date | None = None, **more: Any,
) -> LigneDeFinancement:  # fmt: skip
    """A line with its first row."""
    row = given(etat, montant, **({"le": le} if le else {}))
    return open_line(by=by, espace=espace, case=case(espace, code, of, annee, **more), given=row)


def then(by: Acces, ligne: LigneDeFinancement, etat: str, montant: str | None, **more: Any) -> LigneDeFinancement:
    """The next row of a line, by someone who read it as it stands."""
    ligne.refresh_from_db()
    return say(by=by, ligne=ligne, version=ligne.version, given=given(etat, montant, **more))


RIGHT = "73282932000074"
"""A SIRET whose key is right."""
SAID: dict[str, Any] = {
    "beneficiaire": "Association fictive", "siret": RIGHT, "rna": "", "convention_le": date(2026, 3, 12),
    "reference": "2026-014", "objet": "Ateliers fictifs (O01-A01)", "nature": "numeraire", "conditions": "unique",
    "debut": date(2026, 4, 1), "fin": None, "rae": "", "ue": False, "part": Decimal(1), "dispositif": "P147",
}  # fmt: skip


def published(by: Acces, ligne: LigneDeFinancement, **more: Any) -> SubventionAPublier:
    """What is published of a line, said once."""
    Organisation.objects.filter(pk=ligne.financeur_id, siret="").update(siret="35600000049837")
    return describe_subsidy(by=by, ligne=ligne, version=0, changes=SAID | more)


def financeurs(espace: EspaceDeContrat) -> None:
    """A contact in « ccas », who receives its link."""
    referent(person("Nina Financière", signs_in=False), espace, of="ccas")
