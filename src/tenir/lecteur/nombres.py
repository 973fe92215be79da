"""Numbers as French documents print them: « 47,4% », « 1 415 », « 13.2 », « 25 à 30 % », « 5 millions »."""

import re
from dataclasses import dataclass
from decimal import Decimal

from tenir.lecteur.lexique import cle, lexique

_CHIFFRES = r"\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?:[.,]\d+)?|\d+(?:[.,]\d+)?"
NOMBRE = re.compile(
    rf"(?<![\w/.,-])(?P<bas>[+-]?(?:{_CHIFFRES}))(?![\d/])(?:\s*(?:à|-)\s*(?P<haut>{_CHIFFRES})(?![\d/]))?"
    r"(?P<ordre>\s*(?:millions?|milliers?|milliards?))?\s*(?P<unite>%|€|euros?\b)?",
    re.IGNORECASE,
)
_ORDRES = {"millier": 1_000, "million": 1_000_000, "milliard": 1_000_000_000}
AVANT = 200  # characters: how far back what announces a number is looked for, blanks included
_MOT = re.compile(r"\s*([a-zà-ÿ][\w’'-]*)")


@dataclass(frozen=True, slots=True)
class Nombre:
    """A number in a line: where it stands, as printed, its value or interval, its unit when one is printed."""

    debut: int
    fin: int
    imprime: str
    valeur: Decimal
    valeur_max: Decimal | None
    unite: str | None
    suivant: str  # the word after it, "" when there is none

    @property
    def annee(self) -> bool:
        """Whether it reads as a year."""
        return self.unite is None and re.fullmatch(r"(?:19|20)\d\d", self.imprime) is not None


def decimal(text: str) -> Decimal:
    """A French number as a decimal."""
    return Decimal(re.sub(r"[ \u00a0\u202f+]", "", text).replace(",", "."))


def nombres(text: str) -> list[Nombre]:
    """Every number of a text, the second of « 60 à 80 » with the first."""
    found = []
    for match in NOMBRE.finditer(text):
        low, high = decimal(match["bas"]), decimal(match["haut"]) if match["haut"] else None
        order = next((v for k, v in _ORDRES.items() if match["ordre"] and k in match["ordre"].lower()), 1)
        if high is not None and high <= low:
            high = None
        word = _MOT.match(text, match.end())
        unite = match["unite"]
        found.append(
            Nombre(
                match.start("bas"),
                match.end(),
                re.sub(r"\s+", " ", match.group()).strip(),
                low * order,
                high * order if high is not None else None,
                "€" if unite and unite.lower().startswith("euro") else unite,
                word[1] if word else "",
            )
        )
    return found


def mesure(nombre: Nombre, text: str) -> bool:
    """Whether a number measures something: not a year, an age, a rank, a bound nor a reference."""
    near = text[max(0, nombre.debut - AVANT) : nombre.debut]
    if nombre.unite == "%" or (near.rstrip().endswith(":") and not nombre.annee):
        return True
    before = cle(near[-24:])
    raw_before = near.rstrip().lower()
    if nombre.annee or any(raw_before.endswith(mot) for mot in ("bac+", "n°", "+")):
        return False
    if any(before == mot or before.endswith(f" {mot}") for mot in lexique().listes["nombres_exclus_avant"]):
        return False
    return cle(nombre.suivant) not in lexique().listes["nombres_exclus_apres"]
