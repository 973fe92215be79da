"""The account lines of a budget, as the form of the State names them (CERFA 12156), and the sums that must agree.

Shaped like the form, never called it. The contributions of volunteers, 86 and 87, are a budget apart.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from tenir.financement.montants import ZERO, told, told_total

NON_DIT = "non dit"
"""What stands where nobody said an amount: it is not nought."""


@dataclass(frozen=True, slots=True)
class Groupe:
    """A class of accounts: its title, and its lines by account."""

    titre: str
    lignes: dict[str, str]


CHARGES = (
    Groupe("60 Achats", {"601": "Matières et fournitures", "606": "Autres fournitures"}),
    Groupe(
        "61 Services extérieurs",
        {"613": "Locations", "615": "Entretien et réparation", "616": "Assurance", "618": "Documentation"},
    ),
    Groupe(
        "62 Autres services extérieurs",
        {
            "622": "Honoraires, intervenants",
            "623": "Publicité, publication",
            "625": "Déplacements, missions",
            "628": "Banque et autres",
        },
    ),
    Groupe("63 Impôts et taxes", {"631": "Sur les rémunérations", "635": "Autres impôts et taxes"}),
    Groupe("64 Personnel", {"641": "Rémunérations", "645": "Charges sociales", "648": "Autres charges de personnel"}),
    Groupe(
        "65 à 69 Autres charges",
        {
            "65": "Gestion courante",
            "66": "Charges financières",
            "67": "Charges exceptionnelles",
            "68": "Amortissements, provisions, fonds dédiés",
            "69": "Impôt sur les bénéfices",
        },
    ),
    Groupe("Charges indirectes réparties sur l’action", {"CI": "Frais fixes, financiers, autres"}),
)
PRODUITS = (
    Groupe("70 Ventes et prestations", {"70": "Vente de produits et de services"}),
    Groupe("73 Concours publics", {"73": "Dotations et produits de tarification"}),
    Groupe(
        "74 Autres subventions, hors de cet appel",
        {
            "741": "État, hors de cet appel",
            "742": "Région",
            "743": "Département",
            "744": "Intercommunalité, communes",
            "745": "Caisses et organismes sociaux",
            "746": "Fonds européens",
            "747": "Emplois aidés",
            "748": "Autres établissements, aides privées",
        },
    ),
    Groupe("75 Produits de gestion courante", {"756": "Cotisations", "758": "Dons, mécénat"}),
    Groupe(
        "76 à 79 Autres produits",
        {
            "76": "Produits financiers",
            "77": "Produits exceptionnels",
            "78": "Reprises, fonds dédiés",
            "79": "Transferts de charges",
        },
    ),
    Groupe("Ressources propres", {"RP": "Ressources propres affectées à l’action"}),
)
EMPLOIS = (
    Groupe(
        "86 Emplois des contributions volontaires",
        {
            "860": "Secours en nature",
            "861": "Mise à disposition gratuite de biens",
            "862": "Prestations",
            "864": "Personnel bénévole",
        },
    ),
)
CONTRIBUTIONS = (
    Groupe(
        "87 Contributions volontaires en nature",
        {"870": "Bénévolat", "871": "Prestations en nature", "875": "Dons en nature"},
    ),
)


def accounts(groups: tuple[Groupe, ...]) -> list[str]:
    """The accounts of some classes."""
    return [compte for one in groups for compte in one.lignes]


COMPTES = {
    compte: f"{compte} {nom}"
    for groups in (CHARGES, PRODUITS, EMPLOIS, CONTRIBUTIONS)
    for group in groups
    for compte, nom in group.lignes.items()
}
"""Every account line, as a page names it."""


@dataclass(frozen=True, slots=True)
class Soldes:
    """What a budget comes to: what it costs, what brings it, what is asked of the funders of the call, volunteers.

    Nothing where no line says anything: that is not nought.
    """

    charges: Decimal | None = None
    produits: Decimal | None = None
    demande: Decimal | None = None
    emplois: Decimal | None = None
    contributions: Decimal | None = None

    def faults(self) -> list[str]:
        """What does not agree, in sentences; none when it does."""
        found = []
        if not self.charges:
            found.append("Le budget n’a aucune charge.")
        elif self.charges != self.produits:
            found.append(
                f"Les charges font {told(self.charges)}, les produits {told(self.produits or ZERO)} : "
                "il faut le même total."
            )
        if not same(self.emplois, self.contributions):
            found.append(
                f"Les contributions volontaires font {told(self.emplois or ZERO)} en 86, "
                f"{told(self.contributions or ZERO)} en 87 : il faut le même total."
            )
        return found


def same(one: Decimal | None, other: Decimal | None) -> bool:
    """Whether two sums of volunteers agree; one that is not said agrees with nought."""
    return (one or ZERO) == (other or ZERO)


def balance(lines: Mapping[str, Decimal], asked: Iterable[Decimal]) -> Soldes:
    """What lines of a budget come to; what is asked of the funders of the call is among what brings it."""

    def of(groups: tuple[Groupe, ...]) -> list[Decimal]:
        return [lines[compte] for compte in accounts(groups) if compte in lines]

    asked = list(asked)
    brought = [*of(PRODUITS), *asked]
    return Soldes(*map(told_total, (of(CHARGES), brought, asked, of(EMPLOIS), of(CONTRIBUTIONS))))
