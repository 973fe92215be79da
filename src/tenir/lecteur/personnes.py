"""Runs of words in capitals that may be someone's name, and the evidence that they are.

« Valbrume Habitat » and « l’école Jean Moulin » are such runs too. A person is told by a first name that many bear, a
function, an intitulé such as « Contact : », a telephone beside her; what stands before may say that a place or a body
bears her name. `lexique.yaml` and `prenoms.txt` hold the words.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from importlib import resources

from tenir.fichier.mots import plain
from tenir.lecteur.coordonnees import coordonnees
from tenir.lecteur.lexique import cle, lexique

MAJ, MIN = "A-ZÀÂÄÇÉÈÊËÎÏÔÖÙÛÜŒÆ", "a-zàâäçéèêëîïôöùûüÿœæ"
_PROPRE = rf"(?:[{MAJ}][’'])?[{MAJ}][{MIN}]+(?:[-’'][{MAJ}]?[{MIN}]+|[-’'][{MAJ}]+(?![{MIN}]))*"
_CAPITALES = rf"[{MAJ}]{{2,}}(?:[-’'][{MAJ}]+)*"
MOT = rf"(?:{_PROPRE}|{_CAPITALES})(?!\w)"
PARTICULE = (
    rf"(?:de [Ll]a|DE LA|[Dd]e|DE|[Dd]u|DU|[Ll]e|LE|[Ll]a|LA|[Bb]en|BEN|[Ee]l|EL|van|von|da|dos|[Dd][’'](?=[{MAJ}]))"
)
SURNOM = rf"(?:[^\S\n]+(?:{PARTICULE}[^\S\n]*)?{MOT})"
_SUITE = re.compile(rf"(?<![\w’'.-]){MOT}{SURNOM}{{1,5}}")
_SEPARATEUR = re.compile(r"[.,;:()/–—•«»]|\bpar\b|\bavec\b|\bchez\b|\best\b|\bsont\b")
_SIGLE = re.compile(rf"[{MAJ}]{{2,7}}")
_ENCHAINE = re.compile(r"\s*(?:,|;|/|\bet\b|\bou\b)\s*(?:d[eu]s?\s+|d[’'])?")
_INTITULE = re.compile(r"([^.,;:()/•]+?)\s*:\s*$")
_APPOSITION = re.compile(r"\s*[,(–—/-]\s*(?:(?:le|la|son|sa|un|une)\s+|l[’'])?(?=\w)")
_FONCTION_APPOSEE = re.compile(r"[,(–—]\s*(?:(?:le|la|son|sa)\s+|l[’'])(?P<fonction>[^\W\d_][^,;:.()]{2,50}?)\s*,\s*$")
_FONCTION_D_ABORD = re.compile(r"(?:^|\.\s+)(?:le|la)\s+(?P<fonction>[^\W\d_][^,;:.()]{2,50}?)\s*,\s*$", re.IGNORECASE)
_LA_FONCTION = re.compile(r"\s*,\s*(?:(?:le|la|son|sa)\s+|l[’'])[^\W\d_]", re.IGNORECASE)
_PAR = re.compile(r"\breprésentée?s?\s+par\s+$", re.IGNORECASE)
_COMPTE = re.compile(r"\s*\(\s*\d+\s+[^\W\d]")
PORTEE = 60  # characters: how far the evidence of a line may stand


@cache
def _prenoms() -> frozenset[str]:
    lines = (resources.files(__package__) / "prenoms.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


def est_prenom(mot: str) -> bool:
    """Whether many people bear this first name, each part of a double one."""
    return all(part in _prenoms() for part in plain(mot).split("-"))


def est(liste: str, mot: str) -> bool:
    """Whether a word is in a list of the lexicon, plural forgiven."""
    return cle(mot) in lexique().listes[liste]


@dataclass(frozen=True)
class Suite:
    """Words in capitals that follow one another on a line, and the text they stand in."""

    texte: str
    mots: tuple[tuple[int, int], ...]

    def __getitem__(self, rang: int) -> str:
        return self.texte[slice(*self.mots[rang])]

    @property
    def etendue(self) -> tuple[int, int]:
        """Where it starts and ends in the text."""
        return self.mots[0][0], self.mots[-1][1]

    @property
    def nom(self) -> str:
        """Its words as printed."""
        return self.texte[slice(*self.etendue)]

    @cached_property
    def avant(self) -> str:
        """What its line holds before it."""
        start = self.etendue[0]
        return self.texte[max(self.texte.rfind("\n", 0, start) + 1, start - PORTEE) : start]

    @cached_property
    def phrase(self) -> str:
        """What stands before it, the line above included where it opens its own: a page cuts « rue / Jean Moulin »."""
        if self.avant.strip():
            return self.avant
        end = max(self.etendue[0] - len(self.avant) - 1, 0)
        start = self.texte.rfind("\n", 0, end) + 1
        return f"{self.texte[start:end]} "

    @cached_property
    def apres(self) -> str:
        """What its line holds after it."""
        return self.texte[self.etendue[1] : self.etendue[1] + PORTEE].partition("\n")[0]

    def depuis(self, rang: int) -> "Suite":
        """The same without its first words."""
        return Suite(self.texte, self.mots[rang:])

    @cached_property
    def melee(self) -> bool:
        """Whether it is written « Prénom NOM » or « NOM Prénom »: one case for each."""
        return self[0].isupper() != self[-1].isupper()


def suites(texte: str) -> Iterator[Suite]:
    """Every run of two to six words in capitals, the words that announce a person left aside."""
    for match in _SUITE.finditer(texte):
        words = tuple(word.span() for word in re.finditer(MOT, match.group()))
        suite = Suite(texte, tuple((match.start() + a, match.start() + b) for a, b in words))
        kept = next((k for k in range(len(suite.mots)) if not _annonce(suite[k])), len(suite.mots))
        if len(suite.mots) - kept > 1:
            yield suite.depuis(kept)


def _annonce(mot: str) -> bool:
    return any(est(liste, mot) for liste in ("fonctions", "civilites", "civilites_au_pluriel", "intitules_de_personne"))


def nommee(suite: Suite) -> Suite | None:
    """The part of a run that a known first name makes someone's name: « Prénom Nom », or « NOM Prénom »."""
    first = next((k for k in range(len(suite.mots) - 1) if est_prenom(suite[k])), None)
    if first is not None and (est("jamais_un_nom", suite[first + 1]) or _un_sigle(suite, first)):
        return None  # « Alban Communauté » is no one
    if first is not None:
        return suite.depuis(first)
    return suite if len(suite.mots) == 2 and suite[0].isupper() and est_prenom(suite[1]) else None


def _un_sigle(suite: Suite, rang: int) -> bool:
    """Whether a first name in capitals is a body’s own, its place after it: « ALEC du Val », not « ALEC DU VAL »."""
    between = suite.texte[suite.mots[rang][1] : suite.mots[rang + 1][0]].strip()
    return (
        bool(_SIGLE.fullmatch(suite[rang]))
        and between in ("du", "de", "des", "de la")
        and not suite[rang + 1].isupper()
    )


def annoncee(suite: Suite) -> bool:
    """Whether what stands around a run says that it is a person, whatever her first name."""
    intitule = _INTITULE.search(suite.avant)
    return bool(
        (intitule and _de_personne(intitule[1].strip()))
        or _PAR.search(suite.avant)
        or _suivie_d_une_fonction(suite.apres)
        or _suit_une_fonction(suite.avant)
        or _signe(suite)
        or any(start < PORTEE // 2 for start, _ in coordonnees(suite.apres))
    )


def _de_personne(intitule: str) -> bool:
    listes = lexique()
    if listes.rubrique(intitule) and not listes.commence("intitules_de_personne", intitule):
        return False  # « Chef de file : », « Responsable : » name bodies more often than people
    singular = not intitule.partition(" ")[0].endswith("s")  # « Membres : » may list bodies
    said = bool(listes.commence("intitules_de_personne", intitule))
    return said or (singular and bool(listes.commence("fonctions", intitule)))


def _suivie_d_une_fonction(apres: str) -> bool:
    link = _APPOSITION.match(apres)
    return bool(link and lexique().commence("fonctions", apres[link.end() :]))


def _suit_une_fonction(avant: str) -> bool:
    """« Pour le bailleur, la directrice, Prénom Nom »: a function set apart right before the name."""
    link = _FONCTION_APPOSEE.search(avant)
    return bool(link and lexique().commence("fonctions", link["fonction"]))


def _signe(suite: Suite) -> bool:
    """« Le préfet du Val, Prénom Nom »: a function that opens its line or its sentence, a name that closes it."""
    link = _FONCTION_D_ABORD.search(suite.avant.strip() + " " if suite.avant else "")
    told = bool(link and lexique().commence("fonctions", link["fonction"]))
    return told and len(suite.mots) == 2 and not suite.apres.strip(" .")


def _corps_presente(suite: Suite) -> bool:
    """« l’association Trait d’Union, la présidente »: a body right before its own name, then who speaks for it."""
    before = suite.avant.split()
    word = re.sub(r"^[dlDL][’']", "", before[-1]) if before else ""
    signed = "Pour" in (suite[0], word) and nommee(suite) is None  # « Pour Valbrume Habitat, le directeur »
    return (signed or est("porteurs_de_nom", word)) and _LA_FONCTION.match(suite.apres) is not None


def enchainee(texte: str, fin: int, debut: int) -> bool:
    """Whether a name follows another in one enumeration."""
    return fin <= debut and bool(_ENCHAINE.fullmatch(texte[fin:debut]))


def porte_par_un_lieu(suite: Suite) -> bool:
    """Whether a place or a body bears the name: what stands before says so, or a count follows (« (42 logements) »)."""
    if _corps_presente(suite) or _COMPTE.match(suite.apres):
        return True
    return eponyme(suite.phrase) and not annoncee(suite)


def eponyme(avant: str) -> bool:
    """Whether the words just before a name say that a place or a body bears it: « l’école », « la MJC »."""
    words = _SEPARATEUR.split(avant)[-1].split()[-4:]
    if not words or _SIGLE.fullmatch(words[-1]):
        return bool(words)
    near = words if words[-2:-1] and words[-1] in ("et", "&") else words[-3:]  # « l’école Pierre et Marie Curie »
    bare = (re.sub(r"^[dlDL][’']", "", word) for word in near if not est_prenom(word))
    return any(est("porteurs_de_nom", word) for word in bare)
