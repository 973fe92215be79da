"""Who signs, as the document says it, and whether a name printed elsewhere is one of them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tenir.fichier.document import DocumentNormalise
from tenir.fichier.modeles import ContratDeVille
from tenir.fichier.mots import comparable
from tenir.fichier.source import Plage
from tenir.regles.memoire import des_mots, lu_une_fois
from tenir.regles.phrases import phrases
from tenir.regles.textes import sans_accents

_LISTE = re.compile(r"\b(?:signataires|parties|soussignes|partenaires signataires)\b[^:.]{0,40}:\s*(?P<liste>.*)$")
_ENTRE = re.compile(
    r"^\W*(?:entre|entre les soussignes|les signataires|signataires|parties signataires)\b[^.]{0,60}:?$"
    r"|^(?!.*\b(?:engage|promet))[^.:;]*\b(?:signataires|parties)\b[^.:;]{0,60}:$"
    r"|^[^.:;]{0,80}\b(?:conclue?|signee?|passee?|etablie?)\s(?:[^.:;]{0,30}\s)?entre\b[^.:;]{0,30}:$"
)
_REPRESENTE = re.compile(r",\s*(?:représentée?s?|dont le siège|sise?|ci-après|agissant)\b.*$", re.IGNORECASE)
_APPOSE = re.compile(r",\s(?=[a-zà-ÿ]).*$")
"""What a list says of a body after its name: « Val Habitat, office public de l’habitat »."""
_PUCE = re.compile(r"^\s*[–—•*o-]\s+(?P<nom>\S.*)$")
_NOMME = re.compile(r"l[ae]s? |l[’']|[A-ZÀ-Ý\d]")
"""How the name of who signs opens; a promise opens with a verb."""
_PROMET = re.compile(r"^\W*(?:\d[\d.]*\s*)?(?P<nom>[A-ZÀ-Ý][^:.;]{2,80}?)\s+(?:s[’']engage(?:nt)?|promet(?:tent)?)\b")
SIGNE = re.compile(r"(?:^|\s{2,})Pour (?P<nom>[^,;:]{3,60}?)(?:,|\s{2,}|$)")
SIGLE = re.compile(r"\(([A-ZÀ-Ý][A-Za-zÀ-ÿ]{1,9})\)")
_PARENTHESE = re.compile(r"\([^()]*\)")
_VIDES = frozenset(
    {"pour", "monsieur", "madame", "dont", "avec", "represente", "representee", "locale", "local", "public", "publique"}
)
ETAT = re.compile(
    r"\b(?:etat|prefet\w*|prefec\w*|sous prefec\w*|ddets\w*|ddt\w*|dreets|dsden|drac|drajes|sdjes|anct|anru|rectorat"
    r"|education nationale|academi\w*|police|gendarmerie|justice|parquet|tribunal|delegue\w* prefet\w*|dgfip)\b"
)
RACINE = 6


@dataclass(frozen=True, slots=True)
class Partie:
    """A signatory as it is printed, and where."""

    nom: str
    ligne: int

    @property
    def source(self) -> tuple[Plage, ...]:
        """Its line."""
        return (Plage(self.ligne, self.ligne),)


@lu_une_fois
def annoncees(document: DocumentNormalise) -> tuple[Partie, ...]:
    """The signatories that the document lists where it opens: in a sentence, or in bullets under « Entre »."""
    for phrase in phrases(document):
        found = _LISTE.search(sans_accents(phrase.texte))
        if found and found["liste"]:
            names = decoupe(phrase.texte[slice(*found.span("liste"))])
            if len(names) >= ENOUGH:
                return tuple(Partie(name, phrase.plage(*found.span("liste"))[0].debut) for name in names)
        if _ENTRE.match(sans_accents(phrase.texte)):
            line = phrase.plage()[0].fin
            listed = tuple(_puces(document, line)) or tuple(_representes(document, line))
            if len(listed) >= ENOUGH:
                return listed
    return ()


ENOUGH = 4
"""How many names make a list of signatories."""


def decoupe(words: str) -> list[str]:
    """The names of an enumeration; what stands between parentheses belongs to the name before."""
    bare = _PARENTHESE.sub(lambda found: found[0].replace(",", "\x00").replace(" et ", "\x01"), words.strip(" .;"))
    parts = re.split(r"\s*[,;]\s*(?:et\s+)?|\s+et\s+(?!d[eu]s?\b|d[’'])", bare)
    return [one.replace("\x00", ",").replace("\x01", " et ").strip() for one in parts if one.strip()]


def _puces(document: DocumentNormalise, line: int) -> Iterator[Partie]:
    for number, text in enumerate(document.lignes[line:], line + 1):
        found = _PUCE.match(text)
        if found and not _NOMME.match(found["nom"]):
            return
        if found:
            bare = _APPOSE.sub("", _REPRESENTE.sub("", found["nom"]))
            yield Partie(bare.strip(" ;.,"), number)
        elif text.strip() and not text.startswith(" ") and number > line + 1:
            return


def _representes(document: DocumentNormalise, line: int) -> Iterator[Partie]:
    """The lines that follow one another and each say by whom a body is represented, no bullet before them."""
    for number, text in enumerate(document.lignes[line:], line + 1):
        found = _DELEGUE.match(text)
        if found:
            yield Partie(re.sub(r"^et\s", "", found["nom"]).strip(), number)
        elif text.strip():
            return


_DELEGUE = re.compile(
    r"^\s*(?P<nom>(?:et\s)?(?:l[ae]s?\s|l[’']|[A-ZÀ-Ý])[^,;:]{2,70}?),\s(?:[^,;]{3,60},\s)?représentée?s?\spar\b"
)


@lu_une_fois
def noms_des_signataires(contrat: ContratDeVille, document: DocumentNormalise) -> tuple[str, ...]:
    """Every name that the document signs by: listed, promising, under « Pour », or read so."""
    names = [one.nom for one in contrat.signataires] + [one.nom for one in annoncees(document)]
    for line in document.lignes:
        if found := _PROMET.match(line):
            names.append(found["nom"])
        names += [found["nom"] for found in SIGNE.finditer(line)]
    return tuple(dict.fromkeys(name.strip() for name in names if mots_de(name)))


def est_de(name: str, other: str) -> bool:
    """Whether two names may be of one body: the words of one are among those of the other, or its initials are."""
    bare, theirs = mots_de(name), mots_de(other)
    if not bare or not theirs:
        return False
    if ETAT.search(comparable(name)) and ETAT.search(comparable(other)):
        return True
    initials = sigles_de(name) & sigles_de(other)
    return bare <= theirs or theirs <= bare or any(len(one) > 2 or one in _printed(name, other) for one in initials)


def meme_nom(name: str, other: str) -> bool:
    """Whether two names are of one body for sure: the same words, or its initials; « la commune » is no community."""
    state = ETAT.search(comparable(name)) and ETAT.search(comparable(other))
    return bool(state or mots_de(name) == mots_de(other) or sigles_de(name) & sigles_de(other))


def _printed(*names: str) -> frozenset[str]:
    """The acronyms that names are: two initials that meet by chance (« association Meule ») make no body one."""
    return frozenset(name.strip(" .;,").casefold() for name in names if re.fullmatch(r"\W*[A-ZÀ-Ý]{2,8}\W*", name))


@des_mots(1024)
def mots_de(name: str) -> frozenset[str]:
    """The roots of the words that name a body."""
    said = comparable(_PARENTHESE.sub(" ", name)).split()
    return frozenset(word[:RACINE] for word in said if len(word) > 2 and word not in _VIDES)


@des_mots(8192)
def sigles_de(name: str) -> frozenset[str]:
    """The initials of a name, printed or made: « agence régionale de santé », « ARS »; its place may be left out."""
    said = [word for word in comparable(_PARENTHESE.sub(" ", name)).split() if len(word) > 2]
    whole = "".join(word[0] for word in said)
    made = {whole[:length] for length in range(3, len(whole))} | ({whole} if len(said) > 1 else set())
    alone = {name.strip().casefold()} if re.fullmatch(r"\W*(?:[A-ZÀ-Ý]{2,8}|[A-Z][a-z]{2})\W*", name) else set()
    short = {word.casefold() for word in re.findall(r"\b[A-ZÀ-Ý]{3,8}\b", name)}
    return frozenset(made | alone | short | {one.casefold() for one in SIGLE.findall(name)})
