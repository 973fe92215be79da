"""The printed indicators: groups, sub-groups, the orientations a group covers, repeats that point to their first."""

import re
from collections.abc import Iterable, Iterator, Mapping

from tenir.fichier.modeles import Indicateur
from tenir.fichier.mots import comparable
from tenir.fichier.source import Plage
from tenir.lecteur.avis import Atelier, Niveau
from tenir.lecteur.fiches import contenu
from tenir.lecteur.lexique import lexique
from tenir.lecteur.lignes import ALINEA, Bloc
from tenir.lecteur.plan import Region

_PORTEE = re.compile(
    r"\(\s*(?:orientations?\s*)?(?:n°\s*)?(\d+)\s*(?:à|-|–|et)\s*(\d+)\s*\)|\(orientation\s*(?:n°\s*)?(\d+)\)", re.I
)
_CIBLE = re.compile(
    r"^(?:Réduire|Porter|Atteindre|Ramener|Augmenter|Diminuer)\b[^,;(]*?(\d[\d  ,.]*\s?%(?:\s+en\s+20\d\d)?)", re.I
)


def lire_indicateurs(
    atelier: Atelier,
    regions: Iterable[Region],
    titres: Mapping[str, str],
    premier: int = 1,
    orientation: str | None = None,
) -> tuple[Indicateur, ...]:
    """Read the indicators of a region; `orientation` when they are printed inside one."""
    found: list[Indicateur] = []
    for region in regions:
        groupe, sous_groupe = _title_of_group(region), None
        portee = (orientation,) if orientation and orientation in titres else _orientations(region.titre, titres)
        bare = orientation is not None and _bare(atelier, region)
        for source, mots, bloc in _each(atelier, region):
            if lexique().rien(mots):
                continue
            if bloc.puce == ALINEA and not region.reste and not bare and not _in_a_cell(atelier, region, bloc):
                if bloc.debut == bloc.fin and _is_group(mots):
                    groupe, sous_groupe, portee = mots.rstrip(" :"), None, _orientations(mots, titres) or portee
                continue
            if mots.endswith(":"):
                sous_groupe = mots.rstrip(" :")
                continue
            code = f"I{premier + len(found):02d}"
            under = _narrowed(sous_groupe, portee, titres)
            read = _indicateur(atelier, source, mots, code, (groupe, sous_groupe), under)
            found += [read] if read else []
    return tuple(found)


def _bare(atelier: Atelier, region: Region) -> bool:
    """Whether paragraphs are the indicators: no bullet is printed, and none of them is a sentence."""
    blocs = atelier.texte.blocs(region.corps, region.fin)
    return not any(bloc.puce for bloc in blocs) and not any(atelier.texte.finie(bloc.fin) for bloc in blocs)


def _each(atelier: Atelier, region: Region) -> Iterator[tuple[tuple[Plage, ...], str, Bloc]]:
    """The statements of a region with their words; those that signs part on one line of a row, each apart."""
    if region.dit:
        yield (Plage(region.debut, region.fin),), region.dit, Bloc(region.debut, region.fin, "•")
        return
    for source, bloc in _statements(atelier, region):
        mots = atelier.texte.mots(source)
        pieces = (
            re.split(r"\s*;\s*", mots.rstrip(" ;.")) if region.reste or _in_a_cell(atelier, region, bloc) else [mots]
        )
        if len(pieces) == 1 or source[0].debut != source[-1].fin:
            yield source, mots, bloc
            continue
        raw = atelier.texte.brut(source[0].debut)
        for piece in pieces:
            start = raw.find(piece)
            own = (Plage(source[0].debut, source[0].debut, start + 1, start + len(piece)),) if start >= 0 else source
            yield own, piece, bloc


def _statements(atelier: Atelier, region: Region) -> list[tuple[tuple[Plage, ...], Bloc]]:
    """The blocks of a region; in a row of a fiche, what follows the label comes first."""
    blocs = atelier.texte.blocs(region.corps, region.fin)
    under: list[tuple[tuple[Plage, ...], Bloc]] = [((bloc.plage,), bloc) for bloc in blocs]
    if not region.reste:
        return under
    row = contenu(atelier, region)
    return [(row[:1], Bloc(region.debut, region.debut)), *under]


def _in_a_cell(atelier: Atelier, region: Region, bloc: Bloc) -> bool:
    """Whether a paragraph stands beside its label in a row of a table, or is a cell of the column of indicators."""
    cell = atelier.texte.lignes[bloc.debut].tableau
    return cell is not None and (cell[2] > 1 or region.debut == region.corps)


def _title_of_group(region: Region) -> str | None:
    """The heading of a part of the annex, which typography shows; the annex's own is no group."""
    return region.titre if region.niveau > 1 and not lexique().section(region.titre) else None


def _is_group(mots: str) -> bool:
    return len(mots.split()) <= 12 and not mots.endswith(".")


def _orientations(mots: str, titres: Mapping[str, str]) -> tuple[str, ...]:
    match = _PORTEE.search(mots)
    if match is None:
        return ()
    first = int(match[1] or match[3])
    wanted = [f"O{n:02d}" for n in range(first, int(match[2] or first) + 1)]
    return tuple(code for code in wanted if code in titres)


def _narrowed(sous_groupe: str | None, portee: tuple[str, ...], titres: Mapping[str, str]) -> tuple[str, ...]:
    """Of the orientations of a group, those whose title speaks of the sub-group: all its words, or else some."""
    wanted = set(comparable(sous_groupe or "").split())
    shared = {code: wanted & set(comparable(titres[code]).split()) for code in portee}
    whole = tuple(code for code in portee if wanted and shared[code] == wanted)
    return whole or tuple(code for code in portee if shared[code]) or portee


def _indicateur(
    atelier: Atelier,
    source: tuple[Plage, ...],
    mots: str,
    code: str,
    groupes: tuple[str | None, str | None],
    orientations: tuple[str, ...],
) -> Indicateur | None:
    target = _CIBLE.match(mots)
    return atelier.bati(
        Indicateur,
        code=code,
        libelle=mots,
        groupe=groupes[0],
        sous_groupe=groupes[1],
        orientations=orientations,
        cible=target[1].strip() if target else None,
        source=source,
        texte=mots,
    )


def avec_repetitions(atelier: Atelier, indicateurs: Iterable[Indicateur]) -> tuple[Indicateur, ...]:
    """The same indicators, those printed again pointing to their first."""
    firsts: dict[str, str] = {}
    told: list[Indicateur] = []
    for indicateur in indicateurs:
        first = firsts.setdefault(comparable(indicateur.libelle), indicateur.code)
        if first != indicateur.code:
            atelier.juge(
                indicateur.code, Niveau.MOYENNE, f"Même libellé que {first} : est-ce bien le même indicateur ?"
            )
        told.append(indicateur.model_copy(update={"repete": first}) if first != indicateur.code else indicateur)
    return tuple(told)
