import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from tenir.fichier.document import DocumentNormalise
from tenir.fichier.modeles import ContratDeVille
from tenir.fichier.mots import comparable
from tenir.fichier.source import Plage
from tenir.regles.anomalie import Anomalie, Gravite
from tenir.regles.indicateurs.releves import couples
from tenir.regles.passages import porteur
from tenir.regles.registre import Lit, regle
from tenir.regles.titres import par_nom

NOMS = frozenset({"fiche action", "fiche", "fiche projet", "action", "mesure", "projet", "operation", "indicateur"})
"""What contracts number besides their articles and levels, in comparable words."""
FEWEST = 3
NUMBER = re.compile(r"^(\d{1,2})\s?[.)–-]?\s+\S|^(\d{1,2})$")


@dataclass(frozen=True, slots=True)
class Numero:
    """A printed number: what it numbers, its parts (« 1.2.3 »), the title it stands above, its line."""

    nom: str
    parties: tuple[int, ...]
    titre: str
    ligne: int

    @property
    def imprime(self) -> str:
        """The number as it is told."""
        return ".".join(map(str, self.parties))


@regle("RED006", gravite=Gravite.A_CORRIGER, depuis="0.2", lit=Lit.MOTS)
def numero_de_fiche_repete(contrat: ContratDeVille, document: DocumentNormalise) -> Iterator[Anomalie]:
    """Une fiche, une action ou un indicateur porte le numéro d’un autre.

    ## Ce que la règle vérifie

    Les fiches, les actions, les mesures et les indicateurs numérotés se suivent : deux voisins n’ont pas le même
    numéro, et aucun numéro ne manque. Une numérotation qui recommence à un n’est pas une faute, ni un titre répété
    tel quel. Les articles et les axes relèvent de la règle STR008.

    ## Pourquoi

    On cite « la fiche 4 » pendant six ans, et le suivi la retrouve par son numéro : personne ne saura laquelle.

    ## Exemple fautif

    Fiche 3 : Ouvrir une ludothèque. Fiche 3 : Planter un verger. Fiche 5 : Former des voisins.

    ## Corrigé

    Fiche 3 : Ouvrir une ludothèque. Fiche 4 : Planter un verger. Fiche 5 : Former des voisins.

    ## Source

    Cohérence interne : un numéro désigne une seule chose.
    """
    for found in (*_heads(document), _indicators(document)):
        every = {one.parties for one in found}
        for before, after in pairwise(found if len(found) >= FEWEST else ()):
            if said := _said(before, after, every):
                yield Anomalie(
                    porteur(contrat, after.ligne),
                    said,
                    "Reprenez la numérotation, et les renvois qui la citent.",
                    source=(Plage(after.ligne, after.ligne),),
                )


def _heads(document: DocumentNormalise) -> Iterator[list[Numero]]:
    """The numbered headings of each noun; those that go on in small letters speak of one (« Fiche 3 de l’annexe »)."""
    for _, found in par_nom(document, NOMS):
        yield [
            Numero(
                one.imprime, tuple(map(int, one.numero.split("."))), one.titre or _below(document, one.ligne), one.ligne
            )
            for one in found
            if re.fullmatch(r"\d+(?:\.\d+)*", one.numero) and not one.titre[:1].islower() and not one.puce
        ]


def _below(document: DocumentNormalise, line: int) -> str:
    """The title of a number that stands alone in its cell: the cell below."""
    return next((one.strip() for one in document.lignes[line : line + 2] if one.strip()), "")


def _indicators(document: DocumentNormalise) -> list[Numero]:
    """The numbers of the indicators that print their values."""
    found = []
    for one in couples(document):
        line = one.source[0].debut
        number = NUMBER.match(document.lignes[line - 1].strip()) or NUMBER.match(
            document.lignes[max(line - 2, 0)].strip()
        )
        if number:
            found.append(Numero("Indicateur", (int(number[1] or number[2]),), one.libelle, line))
    return found


def _said(before: Numero, after: Numero, every: set[tuple[int, ...]]) -> str:
    if before.parties[:-1] != after.parties[:-1]:
        return ""
    if before.parties == after.parties:
        return _same(before, after)
    missing = [n for n in range(before.parties[-1] + 1, after.parties[-1]) if (*after.parties[:-1], n) not in every]
    if not missing or len(missing) != after.parties[-1] - before.parties[-1] - 1:
        return ""
    return f"La numérotation saute de « {before.nom} {before.imprime} » à « {after.nom} {after.imprime} »."


def _same(before: Numero, after: Numero) -> str:
    one, two = comparable(before.titre), comparable(after.titre)
    again = after.parties == (1,)
    if again or not one or not two or one.startswith(two) or two.startswith(one):
        return ""
    return (
        f"Le même numéro, « {after.nom} n° {after.imprime} », sert deux fois : « {before.titre} » et « {after.titre} »."
    )
