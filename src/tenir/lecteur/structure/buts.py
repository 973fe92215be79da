"""What the « Objectif » of a sheet or of a column is: a heading that it recalls, or an objective said there alone."""

import re
from collections.abc import Sequence
from dataclasses import replace

from tenir.lecteur.fiches import est_objectif
from tenir.lecteur.lignes import Texte
from tenir.lecteur.plan import PlanDeFiche, Region
from tenir.lecteur.rubriques import Titre, propre
from tenir.lecteur.structure.arbre import Noeud
from tenir.lecteur.structure.cases import est_un_but
from tenir.lecteur.structure.rappels import Rappel, vise


class Buts:
    """Asks it of sheets, given the headings of the document."""

    def __init__(self, texte: Texte, noeuds: Sequence[Noeud]) -> None:
        self._texte = texte
        self._noeuds = noeuds

    def propres(self, fiche: PlanDeFiche) -> PlanDeFiche:
        """A sheet whose objectives are its own: those that name a heading recall it."""
        return replace(fiche, rubriques=tuple(map(self._aim_or_recall, fiche.rubriques)))

    def rappel(self, fiche: PlanDeFiche) -> bool:
        """Whether the objective that the column of a table gives is a heading, printed elsewhere."""
        tabled = est_objectif(fiche) and self._texte.lignes[fiche.titre.debut].tableau is not None
        return tabled and self._names_a_heading("", fiche.titre.titre)

    def _aim_or_recall(self, region: Region) -> Region:
        if region.nature != "objectifs" and not (region.nature == "rappel" and est_un_but(region.titre)):
            return region
        under = (self._texte.net(n) for n in self._texte.pleines(region.corps, region.fin))
        words = region.dit or " ".join([region.reste, *under])
        return replace(region, nature="rappel" if self._names_a_heading(region.titre, words) else "objectifs")

    def _names_a_heading(self, label: str, words: str) -> bool:
        return vise([Rappel(label, words)], self._noeuds) is not None


_LETTRE = re.compile(r"^\s*(?P<rang>\d{1,2}(?:\.\d{1,2})*\.?[a-z])\s*[).:–—-]\s+(?P<titre>[^\W\d_].*)$")


def lettres(texte: Texte, regions: Sequence[Region]) -> list[PlanDeFiche]:
    """The objectives that a number and a letter give under an orientation (« 1.2.a – réduire … »)."""
    found = [
        (numero, said)
        for region in regions
        if region.nature == "présentation"
        for numero in texte.pleines(region.corps, region.fin)
        if (said := _LETTRE.match(texte.brut(numero)))
    ]
    return [
        PlanDeFiche(Titre("objectifs_operationnels", said["rang"], propre(said["titre"]).rstrip(" ;."), n, n), ())
        for n, said in found
    ]
