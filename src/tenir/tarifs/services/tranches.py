"""The tranches of a grid, written from the rows that someone typed: each kept under its key, made, changed, removed."""

from collections.abc import Sequence

from django.core.exceptions import ValidationError

from tenir.core.trace import Fait
from tenir.core.typographie import typo
from tenir.ecran.annulation.gestes import Ecriture
from tenir.financement.montants import told
from tenir.tarifs.lignes import Ligne, bounds, ordered
from tenir.tarifs.models import GrilleTarifaire, Tranche, told_move


def written_lines(grille: GrilleTarifaire) -> dict[str, str]:
    """What a grid says, tranche by tranche, in words."""
    return {str(borne): _said(one) for one, borne in bounds(grille.tranches.all())}


def _said(tranche: Tranche) -> str:
    moves = f", fréquentation {told_move(tranche.evolution)}" if tranche.evolution else ""
    return typo(f"{told(tranche.prix)}{moves}")


def write_lines(g: Ecriture, grille: GrilleTarifaire, lignes: Sequence[Ligne]) -> None:
    """Make the tranches of a grid those that were typed.

    Raises:
        ValidationError: they overlap, leave a hole, hold what they cannot; attendance was counted in one that leaves.
    """
    asked = {one.cle: (rank, one) for rank, one in ordered(lignes)}
    held = {(one.categorie, one.seuil): one for one in grille.tranches.all()}
    for cle, tranche in held.items():
        if cle not in asked:
            _remove(g, tranche)
    for cle, (rank, ligne) in asked.items():
        _write(g, held.get(cle) or Tranche(grille=grille, categorie=ligne.categorie, seuil=ligne.seuil), rank, ligne)
    grille.__dict__.pop("_prefetched_objects_cache", None)


def _remove(g: Ecriture, tranche: Tranche) -> None:
    if tranche.frequentations.exists():
        raise ValidationError("Une fréquentation est comptée dans une tranche qui disparaîtrait : gardez ses bornes.")
    g.keep(tranche)
    tranche.delete()


def _write(g: Ecriture, tranche: Tranche, rank: int, ligne: Ligne) -> None:
    supposed = ligne.evolution if tranche.grille.is_scenario or not tranche.pk else tranche.evolution
    asked = (rank, ligne.prix, supposed)  # what was supposed of a scenario stays once it is the grid
    if tranche.pk and (tranche.famille, tranche.prix, tranche.evolution) == asked:
        return
    g.keep(tranche)
    tranche.famille, tranche.prix, tranche.evolution = asked
    tranche.full_clean(exclude=["grille"])
    tranche.save()


def facts_between(genre: str, code: str, before: dict[str, str], after: dict[str, str]) -> list[Fait]:
    """What the trace is told of tranches that moved."""
    names = [*before, *(one for one in after if one not in before)]
    moved = [one for one in names if before.get(one, "") != after.get(one, "")]
    return [Fait(genre, code, f"prix, {name}", before.get(name, ""), after.get(name, "")) for name in moved]
