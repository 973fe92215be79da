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
from tenir.regles.textes import est_une_promesse
from tenir.regles.titres import par_nom

NOMS = frozenset({"fiche action", "fiche", "fiche projet", "action", "mesure", "projet", "operation", "indicateur"})
"""What contracts number besides their articles and levels, in comparable words."""
FEWEST, CODED = 3, 5
"""How many numbers follow one another, and how many codes a document has whatever their letter, to be a numbering."""
NUMBER = re.compile(r"^(\d{1,2})\s?[.)–-]?\s+\S|^(\d{1,2})$")


@dataclass(frozen=True, slots=True)
class Numero:
    """A printed number: what it numbers, its parts (« 1.2.3 »), the title it stands above, its line."""

    nom: str
    parties: tuple[int, ...]
    titre: str
    ligne: int
    code: str = ""

    @property
    def imprime(self) -> str:
        """The number as it is told, with its noun."""
        return self.code or f"{self.nom} {'.'.join(map(str, self.parties))}"


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
    codes = list(_codes(document))
    coded = sum(map(len, codes)) >= CODED
    for found in (*_heads(document), _indicators(document), *codes):
        every = {one.parties for one in found} | (_printed(document, found[0]) if found and found[0].code else set())
        enough = len(found) >= FEWEST or (coded and found in codes)
        for before, after in pairwise(found if enough else ()):
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


def _codes(document: DocumentNormalise) -> Iterator[list[Numero]]:
    """The codes that titles open with, without a noun: « B3 – Créer un parc », « 2.3 Ouvrir… », « 12. Équiper… »."""
    by_letter: dict[str, list[Numero]] = {}
    for number, line in enumerate(document.lignes, 1):
        found = CODE.match(line.strip())
        bare = found and not found["lettre"] and "." not in found["numero"]
        if found is None or LEADERS.search(line) or (bare and not est_une_promesse(found["titre"])):
            continue
        kind = found["lettre"] or ("n" if bare else "n.")
        parts = tuple(map(int, found["numero"].split(".")))
        name = f"{found['lettre']}{found['numero']}" if found["lettre"] else found["numero"]
        by_letter.setdefault(kind, []).append(Numero("", parts, found["titre"], number, name))
    yield from by_letter.values()


CODE = re.compile(
    r"^(?P<lettre>[A-Z])?\s?[.-]?\s?(?P<numero>(?<=[A-Z.\s-])\d{1,2}(?:\.\d{1,2})?|^\d{1,2}(?:\.\d{1,2}){0,2})"
    r"\s*[.)–—:-]*\s+(?P<titre>[A-ZÀ-Ý][^\d]{3}.{4,})$"
)
LEADERS = re.compile(r"\.{4,}|…{2,}|\s\d+\s*$")


def _printed(document: DocumentNormalise, like: Numero) -> set[tuple[int, ...]]:
    """The numbers that open any line after the same letter, whatever follows: nothing is missing that is printed."""
    letter = re.match(r"[A-Z]?", like.code)
    opens = re.compile(rf"\W*{letter[0] if letter else ''}\s?[.-]?\s?(\d{{1,2}}(?:\.\d{{1,2}})*)\b")
    return {tuple(map(int, found[1].split("."))) for line in document.lignes if (found := opens.match(line))}


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
    return f"La numérotation saute de « {before.imprime} » à « {after.imprime} »."


def _same(before: Numero, after: Numero) -> str:
    one, two = comparable(before.titre), comparable(after.titre)
    again = after.parties[-1] == 1 and (len(after.parties) == 1 or bool(after.code)) and not after.code[:1].isalpha()
    if again or not one or not two or one.startswith(two) or two.startswith(one):
        return ""
    return f"Le même numéro, « {after.imprime} », sert deux fois : « {before.titre} » et « {after.titre} »."
