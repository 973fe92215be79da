"""The money drawn: who pays what, from announced to paid, what stays empty; the figures of each are beside it.

A drawing rounds to the euro for its areas alone; what is written is exact.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from tenir.core.carres import Carre, Motif, Rang, Rangs, Signe, picture, ranked
from tenir.core.graphiques import ENCRE, ENCRE_2, ETROIT, FEUILLE, Graphique, Spec, draw
from tenir.core.typographie import capital, typo
from tenir.financement.models import LigneDeFinancement
from tenir.financement.montants import ZERO, told, total
from tenir.financement.tableau import Tableau
from tenir.habilitations.models import EspaceDeContrat

MOST = 5
"""How many funders are drawn; the others are one column."""
OTHERS = "Les autres"
STAGES = (("annonce", "annoncé"), ("demande", "demandé"), ("vote", "voté"), ("verse", "versé"))
RESTE_VIDE = Signe(Motif.VIDE, "encore vide", "encore vides")
NOMME = Signe(Motif.POINTS, "nomme des dispositifs, sans montant", "nomment des dispositifs, sans montant")
MONTANT = Signe(Motif.COCHE, "suivie d’un montant", "suivies d’un montant")
ORDRE = (MONTANT, NOMME, RESTE_VIDE)


@dataclass(frozen=True, slots=True)
class Image:
    """A drawing with the table of its figures: headings, then rows, the first cell of which names the row."""

    titre: str
    phrase: str
    graphique: Graphique
    colonnes: tuple[str, ...]
    rangees: tuple[tuple[str, ...], ...]


def who_pays_what(table: Tableau, most: int = MOST) -> Image | None:
    """Orientations down, funders across, the area of a square is an amount; nothing where nothing is brought."""
    names = _drawn_funders(table, most)
    amounts = _by_orientation(table, names)
    if not amounts:
        return None
    orientations = list(dict.fromkeys(code for code, _ in amounts))
    values = [{"o": code, "f": name, "v": int(amount), "t": told(amount)} for (code, name), amount in amounts.items()]
    phrase = typo(f"{names[0]} apporte le plus : {told(_column(amounts, names[0]))} sur {told(table.total)}.")
    drawing = draw(
        lambda width: _areas(values, names, len(orientations), width),
        name="qui-paie-quoi", titre="Qui paie quoi", description=phrase,
        legende="La surface d’un carré est le montant.",
    )  # fmt: skip
    rows = tuple(
        (code, *(told(amounts.get((code, name))) for name in names), told(_row(amounts, code))) for code in orientations
    )
    return Image("Qui paie quoi", phrase, drawing, ("Orientation", *names, "Total"), rows)


def _drawn_funders(table: Tableau, most: int) -> list[str]:
    """The funders that bring the most, first; the others as one."""
    ranked_ = sorted(table.financeurs, key=lambda one: (-table.total_of(one.cle), one.nom))
    bring = [one.nom for one in ranked_ if table.total_of(one.cle)]
    return bring if len(bring) <= most + 1 else [*bring[:most], OTHERS]


def _by_orientation(table: Tableau, names: list[str]) -> dict[tuple[str, str], Decimal]:
    known = {one.cle: one.nom for one in table.financeurs}
    found: dict[tuple[str, str], Decimal] = {}
    for row in table.rangees:
        for cle, case in row.cases.items():
            if case.montant:
                name = known[cle] if known[cle] in names else OTHERS
                key = (row.orientation.code, name)
                found[key] = found.get(key, ZERO) + case.montant
    return found


def _column(amounts: dict[tuple[str, str], Decimal], name: str) -> Decimal:
    return total(amount for (_, one), amount in amounts.items() if one == name)


def _row(amounts: dict[tuple[str, str], Decimal], code: str) -> Decimal:
    return total(amount for (one, _), amount in amounts.items() if one == code)


def _areas(values: list[dict[str, object]], names: list[str], rows: int, width: int) -> Spec:
    narrow = width == ETROIT
    step = 34 if narrow else 44
    short = "length(datum.label) > 14 ? slice(datum.label, 0, 13) + '…' : datum.label"
    x = {"field": "f", "type": "nominal", "sort": names, "title": None,
         "axis": {"orient": "top", "labelAngle": -90 if narrow else 0, "labelExpr": short, "ticks": False,
                  "domain": False, "labelLimit": 120}}  # fmt: skip
    y = {"field": "o", "type": "nominal", "sort": None, "title": None,
         "axis": {"ticks": False, "domain": False, "grid": True}}  # fmt: skip
    area = {"field": "v", "type": "quantitative", "legend": None,
            "scale": {"range": [4, 420 if narrow else 780], "zero": True}}  # fmt: skip
    square = {"mark": {"type": "square", "fill": ENCRE, "opacity": 1}, "encoding": {"size": area}}
    text = {"mark": {"type": "text", "dy": 21, "fontSize": 11, "color": ENCRE_2}, "encoding": {"text": {"field": "t"}}}
    layers = [square] if narrow else [square, text]
    return {"height": rows * step + 10, "data": {"values": values}, "encoding": {"x": x, "y": y}, "layer": layers}


def from_announced_to_paid(lines: Iterable[LigneDeFinancement]) -> Image | None:
    """How much of what was announced was asked, voted, paid; nothing where no amount is said."""
    found = list(lines)
    sums = {word: total(getattr(one, name) for one in found) for name, word in STAGES}
    if not any(sums.values()):
        return None
    phrase = typo(capital(", ".join(_stage(word, amount) for word, amount in sums.items())) + ".")
    values = [{"e": word, "v": int(amount), "t": told(amount)} for word, amount in sums.items()]
    drawing = draw(
        lambda width: _bars(values, list(sums)), name="du-annonce-au-verse", titre="De l’annonce au versement",
        description=phrase, legende="Une même ligne compte à chaque étape qu’elle a passée.",
    )  # fmt: skip
    rows = tuple((word, told(amount)) for word, amount in sums.items())
    return Image("De l’annonce au versement", phrase, drawing, ("Étape", "Montant"), rows)


def _stage(word: str, amount: Decimal) -> str:
    return f"{told(amount)} {word}" if amount else f"aucun montant {word}"


def _bars(values: list[dict[str, object]], order: list[str]) -> Spec:
    y = {"field": "e", "type": "nominal", "sort": order, "title": None, "axis": {"ticks": False, "domain": False}}
    x = {"field": "v", "type": "quantitative", "title": None, "axis": None, "scale": {"zero": True, "padding": 40}}
    bar = {"mark": {"type": "bar", "height": 18, "fill": FEUILLE, "stroke": ENCRE, "strokeWidth": 1.5}}
    text = {"mark": {"type": "text", "align": "left", "dx": 6}, "encoding": {"text": {"field": "t"}}}
    encoding = {"x": x, "y": y}
    return {"height": 140, "data": {"values": values}, "encoding": encoding, "layer": [bar, text]}


def what_stays_empty(espace: EspaceDeContrat, *, opened: bool = True) -> Rangs:
    """A square for each funding line that the contract prints, by funder, those of whom nothing came first.

    `opened`: what came since is drawn too; else, what is printed alone.
    """
    rows = LigneDeFinancement.objects.of(espace).filter(imprimee__isnull=False).order_by("imprimee__ordre")
    held: dict[str, list[Carre]] = {}
    for one in rows.with_what_came():
        name = f"{one.code} {one.orientation.titre}"
        held.setdefault(one.nom_du_financeur, []).append(Carre(_sign(one, opened), name))
    by_emptiness = sorted(held.items(), key=lambda item: (-_empty(item[1]), item[0]))
    return picture((Rang(name, ranked(found, ORDRE), ordre=ORDRE) for name, found in by_emptiness), ORDRE)


def _sign(one: Any, opened: bool) -> Signe:
    if opened and one.venu:
        return MONTANT
    return RESTE_VIDE if one.imprimee.vide else NOMME


def _empty(squares: list[Carre]) -> int:
    return sum(one.signe is RESTE_VIDE for one in squares)
