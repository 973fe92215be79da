import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from tenir.fichier.document import DocumentNormalise
from tenir.fichier.modeles import ContratDeVille
from tenir.fichier.mots import plain
from tenir.regles.anomalie import Anomalie, Gravite
from tenir.regles.lettres import romain
from tenir.regles.memoire import des_mots
from tenir.regles.mots import SHOWN, accord, some
from tenir.regles.passages import Passage, paragraphes, passages
from tenir.regles.registre import Lit, regle
from tenir.regles.sigles import ALONE, FOLLOWED, WORDS, begins, opens_by

SIGLE = re.compile(r"(?<![\w-])[A-ZÉÈ]{3,7}(?:-[A-ZÉ]{2,4})?(?![\w’'-])")
PART = re.compile(r"(\w+)([^\w]*)")
PETITS = frozenset(
    {"de", "du", "des", "la", "le", "les", "et", "pour", "en", "à", "au", "aux", "sur", "dans", "d", "l"}
)
BLANKS = " \n’'-"
"""What may part the words that an acronym is made of."""
GLOSSARY = re.compile(r"(?<![\w-])(?P<sigle>[A-ZÉÈ]{3,7})\s?(?::|=|–|—|\s-\s)\s?(?P<mots>[^():;=]{6,120})")
"""An entry of a glossary: « ARS : agence régionale de santé »."""
EVERYDAY = frozenset(
    {"SNCF", "HLM", "TVA", "RSA", "INSEE", "COVID", "PDF", "SMS", "CAF", "CCAS", "BTP", "PME", "CDI", "CDD", "SAMU"}
)
HEADINGS = frozenset({"DONNÉES", "CONSTAT", "ENJEUX", "ACTIONS", "PILOTE", "PILOTES", "ANNEXE", "ANNEXES", "AXE"})
"""Words that contracts print in capitals at the head of a part."""


@regle("RED001", gravite=Gravite.A_AMELIORER, depuis="0.1", lit=Lit.MOTS)
def sigles_jamais_developpes(contrat: ContratDeVille, document: DocumentNormalise) -> Iterator[Anomalie]:
    """Des sigles ne sont jamais développés.

    ## Ce que la règle vérifie

    Chaque sigle de trois lettres ou plus est développé une fois, entre parenthèses à côté de lui : « Mission locale
    (ML) », « ML (mission locale) » ou « ML : mission locale », ou ses mots sont écrits ailleurs, dans l’ordre de ses
    lettres. Les sigles que tout le monde lit (SNCF, HLM, CAF…) et les titres en capitales ne comptent pas. La règle
    parle une fois, pour tout le contrat.

    ## Pourquoi

    Une habitante du conseil citoyen qui ouvre le contrat n’en lit pas la moitié.

    ## Exemple fautif

    Financements : FSE, IAE, DLA.

    ## Corrigé

    Fonds social européen (FSE), insertion par l’activité économique (IAE)…

    ## Source

    Charte de l’accueil des services publics : un langage clair.
    """
    silent = silencieux(contrat, document)
    if silent:
        many = accord(len(silent), "Un sigle n’est jamais développé", f"{len(silent)} sigles ne sont jamais développés")
        yield Anomalie(
            None,
            f"{many} : {some([*silent])}.",
            "Développez chacun la première fois, ou joignez un lexique.",
            source=tuple(plage for one in [*silent.values()][:SHOWN] for plage in one.source),
        )


def silencieux(contrat: ContratDeVille, document: DocumentNormalise) -> dict[str, Passage]:
    """The acronyms whose words the document never says, the most frequent first, each with where it is first met."""
    found: dict[str, Passage] = {}
    counts: Counter[str] = Counter()
    for passage in passages(contrat, document, SIGLE):
        if not _is_heading(passage, document):
            counts[passage.trouve[0]] += 1
            found.setdefault(passage.trouve[0], passage)
    words = Mots.of(document.texte)
    known = _spelled(document) | EVERYDAY | HEADINGS
    alone = [sigle for sigle, _ in counts.most_common() if sigle not in known and not romain(sigle)]
    return {sigle: found[sigle] for sigle in alone if not words.disent(sigle)}


def _is_heading(passage: Passage, document: DocumentNormalise) -> bool:
    """Whether the line is mostly in capitals: its words are no acronyms."""
    letters = [c for c in document.lignes[passage.source[0].debut - 1] if c.isalpha()]
    return sum(c.isupper() for c in letters) * 2 > len(letters)


def _spelled(document: DocumentNormalise) -> set[str]:
    """The acronyms printed beside words that begin with their letters: before them, or in parentheses after them."""
    found = set()
    for one in paragraphes(document):
        for match in ALONE.finditer(one.texte):
            if begins(match["sigle"], " ".join(one.texte[: match.start()].split()[-WORDS:])):
                found.add(match["sigle"])
        found |= {match["sigle"] for match in GLOSSARY.finditer(one.texte) if opens_by(match["sigle"], match["mots"])}
        found |= {match["sigle"] for match in FOLLOWED.finditer(one.texte) if begins(match["sigle"], match["mots"])}
    return found


@dataclass(frozen=True)
class Mots:
    """The words of a document printed small, and the first letters of all in a row.

    In `initiales` a letter is in capitals where its word is, a small word has a « ~ » before it (an acronym may leave
    it out), and a bar stands where something else than a blank parts two words.
    """

    connus: frozenset[str]
    initiales: str

    @classmethod
    def of(cls, texte: str) -> "Mots":
        """The words of a text."""
        parts = PART.findall(texte)
        row = "".join(_initial(word) + _bar(gap) for word, gap in parts)
        return cls(frozenset(word for word, _ in parts if word.islower()), row)

    def disent(self, sigle: str) -> bool:
        """Whether an acronym is a plain word of the document, or words in a row begin with its letters."""
        small = sigle.lower()
        if small in self.connus or f"{small}s" in self.connus:
            return True
        first, *rest = (c for c in plain(sigle) if c.isalpha())
        wanted = first.upper() + "".join(f"(?:~[a-zA-Z])*~?[{c}{c.upper()}]" for c in rest)
        return re.search(wanted, self.initiales) is not None


@des_mots(8192)
def _initial(word: str) -> str:
    if len(word) < 2:
        return f"~{word}" if word.lower() in PETITS else "|"
    letter = plain(word[:1])[:1]
    return ("~" if word.lower() in PETITS else "") + (letter.upper() if word[:1].isupper() else letter)


def _bar(gap: str) -> str:
    return "|" if gap.strip(BLANKS) else ""
