"""The prices of a scenario drawn: of each part, what it pays today and what it would."""

from tenir.core.graphiques import ENCRE, ENCRE_2, ETROIT, FEUILLE, Graphique, Spec, draw
from tenir.core.typographie import cut, euros, nombre, typo
from tenir.tarifs.calcul import Bilan, Part


def prices_drawn(bilan: Bilan) -> Graphique | None:
    """A row for each part, an empty point for today, a full one for the scenario; nothing where nothing compares."""
    parts = [one for one in bilan.parts if one.avant is not None and one.apres is not None]
    if not parts:
        return None
    values = [
        {"q": _short(one), "a": float(one.avant or 0), "b": float(one.apres or 0)} for one in parts
    ]  # only the places of the points: what is written is exact
    less, more = (sum(1 for one in parts if one.ecart and (one.ecart > 0) is up) for up in (False, True))
    said = typo(f"Sur {len(parts)} tarifs, {less} baissent et {more} montent.")
    return draw(
        lambda width: _spec(values, [_short(one) for one in parts], width),
        name="prix-du-scenario", titre="Les prix, aujourd’hui et dans le scénario", description=said,
        legende="Rond vide : le prix en vigueur ; rond plein : celui du scénario. Les nombres sont dans le tableau.",
    )  # fmt: skip


def _short(part: Part) -> str:
    """« Commune, 400 à 800 € »: a part in few words; its whole words are in the table."""
    name = cut(part.categorie, 24) if part.categorie else ""
    if not part.de and part.a is None:
        return name or "Tous"
    ends = f"{euros(part.de)} et plus" if part.a is None else f"{nombre(part.de)} à {euros(part.a)}"
    return typo(f"{name}, {ends}" if name else ends)


def _spec(values: list[dict[str, object]], order: list[str], width: int) -> Spec:
    narrow = width == ETROIT
    axis = {"ticks": False, "domain": False, "grid": True, "labelLimit": 300, "labelFontSize": 11 if narrow else 13}
    y = {"field": "q", "type": "nominal", "sort": order, "title": None, "axis": axis}
    x = {"field": "a", "type": "quantitative", "title": "euros", "scale": {"zero": True}, "axis": {"tickCount": 4}}
    after = {"field": "b", "type": "quantitative"}
    line = {"mark": {"type": "rule", "stroke": ENCRE_2, "strokeWidth": 2}, "encoding": {"x": x, "x2": {"field": "b"}}}
    before = {"mark": {"type": "point", "fill": FEUILLE, "stroke": ENCRE, "size": 90, "opacity": 1},
              "encoding": {"x": x}}  # fmt: skip
    full = {"mark": {"type": "point", "fill": ENCRE, "stroke": ENCRE, "size": 90, "opacity": 1},
            "encoding": {"x": after}}  # fmt: skip
    return {"height": 30 * len(order) + 10, "data": {"values": values}, "encoding": {"y": y},
            "layer": [line, before, full]}  # fmt: skip
