"""Axes and orientations that no heading says, and that each sheet recalls (« Priorité : Éducation »)."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from tenir.lecteur.lexique import cle, lexique
from tenir.lecteur.lignes import Texte
from tenir.lecteur.plan import PlanDeFiche, PlanDOrientation, Region
from tenir.lecteur.rubriques import Titre, propre
from tenir.lecteur.structure.arbre import Noeud
from tenir.lecteur.structure.series import numerote

NIVEAUX_RAPPELES = ("rappel", "enjeux", "objectifs")
FICHES = 4  # sheets under one heading
COURT = 20  # words of a title


def par_rappels(texte: Texte, place: PlanDOrientation, *, seule: bool = False) -> list[PlanDOrientation]:
    """An orientation whose sheets all recall levels that nothing prints above them, as the orientations they say.

    The label with the more values is that of orientations; one with fewer that all sheets hold too, that of axes.
    Where no other orientation is (`seule`), a label of objectives or of stakes recalls as much.
    """
    labels = _recalled(place.fiches, NIVEAUX_RAPPELES if seule and not place.titre.rang else ("rappel",))
    if len(place.fiches) < FICHES or place.quartiers or not labels:
        return [place]
    titles = {
        label: [_title(texte, said[rank], "orientations") for rank in range(len(place.fiches))]
        for label, said in labels.items()
    }
    counts = {label: len({cle(t.titre) for t in said}) for label, said in titles.items()}
    useful = sorted((label for label in counts if _divides(counts[label], titles[label])), key=lambda k: counts[k])
    if not useful:
        return [place]
    own, axis = titles[useful[-1]], titles[useful[0]] if len(useful) > 1 else None
    found: dict[str, PlanDOrientation] = {}
    axes: dict[str, Titre] = {}
    for rank, sheet in enumerate(place.fiches):
        key = cle(own[rank].titre)
        above = axes.setdefault(cle(axis[rank].titre), replace(axis[rank], genre="axes")) if axis else place.axe
        at = found.setdefault(key, PlanDOrientation(own[rank], above, place.fin, () if found else place.rubriques))
        kept = tuple(r for r in sheet.rubriques if cle(r.titre) not in useful)
        found[key] = replace(at, fiches=(*at.fiches, replace(sheet, rubriques=kept)))
    return list(found.values())


def axes_rappeles(noeuds: Sequence[Noeud], orientations: Sequence[PlanDOrientation]) -> list[Titre]:
    """The axes of orientations that no heading opens: those that sheets alone say."""
    headed = {node.entete.debut for node in noeuds}
    told = {o.axe.debut: o.axe for o in orientations if o.axe and o.axe.debut not in headed}
    return list(told.values())


def _recalled(fiches: Sequence[PlanDeFiche], natures: Sequence[str]) -> dict[str, list[Region]]:
    """The labels of recalls that every sheet holds, with the row of each."""
    seen: dict[str, list[Region]] = defaultdict(list)
    for fiche in fiches:
        for region in fiche.rubriques:
            if region.nature in natures and region.titre:
                seen[cle(region.titre)].append(region)
    return {label: rows for label, rows in seen.items() if len(rows) == len(fiches)}


def _title(texte: Texte, region: Region, genre: str) -> Titre:
    lines = texte.pleines(region.corps, region.fin)
    words = region.dit or region.reste or " ".join(texte.net(n) for n in lines)
    serie = numerote(words)
    first = lines[0] if lines and not (region.dit or region.reste) else region.debut
    titre, rang = (serie.titre, serie.rang) if serie and serie.titre else (words, "")
    return Titre(genre, rang, propre(titre), first, max(first, region.fin))


def _divides(count: int, titles: Sequence[Titre]) -> bool:
    """Whether values part the sheets in several groups, each said as a short title."""
    told = all(t.titre and len(t.titre.split()) <= COURT and not lexique().rien(t.titre) for t in titles)
    return told and 1 < count <= len(titles) * 2 // 3
