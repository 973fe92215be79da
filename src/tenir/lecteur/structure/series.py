"""The series that number headings: « Orientation n° 3 : … », « Pilier II – … », « Deuxième partie : … »."""

import re
from dataclasses import dataclass, replace

from tenir.fichier.mots import plain
from tenir.lecteur.lexique import cle, lexique
from tenir.lecteur.rubriques import NUMERO

SERIE = re.compile(
    r"^(?P<mot>[^\W\d_][\w’'-]*(?:\s+(?![nN]\s?[°º])[^\W\d_][\w’'/-]*){0,3}?)(?:\s*[-–]\s*|\s+|(?=[nN]\s?[°º]|\d))(?:[nN]\s*[°ºo]\s*)?"
    r"(?:(?P<premier>(?:1|I)er|unique|premier)(?=\s*[:.–—|-])|(?P<rang>(?:(?:[IVX]{1,5}|[A-Z])\.?(?=\d))?\d{1,2}(?:[.-]\d{1,2}|\.[A-Za-z](?!\w))*)(?![\d/°%,]|\s*%|-\d)"
    r"|(?P<lettre>[IVX]{1,5}|[A-Z])(?=\s*(?:[:.–—|►·-]|$)))"
    r"\s*(?:[:.–—)|►›·/→-]+\s*|\s+(?=[«A-ZÀ-Ý])|$)(?P<titre>.*)$"
)
DECIMAL = re.compile(r"^(?P<rang>\d{1,2}(?:\.\d{1,2})+)\.?\s*[-–:)]?\s+(?P<titre>[^\W\d_«].*)$")
ENTIER = re.compile(r"^(?P<rang>\d{1,2})\s*[-–/]\s+(?P<titre>[^\W\d_«].*)$")
_PROMESSE_CODEE = re.compile(r"[A-Z]{1,3}\d{1,2}\s?[.)–-]\s")
_COUPE = re.compile(r"(?:(?<=[^\W\d_]{3})|(?<=[»)]))\.\s+(?=[A-ZÀ-Ý«])")
ORDINAUX = ("premier", "deuxieme", "troisieme", "quatrieme", "cinquieme", "sixieme", "septieme", "huitieme")
_ORDINAL = re.compile(r"^(?P<ordinal>[^\W\d_]+)\s+(?P<mot>[^\W\d_][\w’'-]*)\s*[:.–—]\s*(?P<titre>\S.*)$")
NIVEAU = re.compile(r"^(?P<mot>[^\W\d_]+(?:[\s-][^\W\d_]+)?)\s*[:–—-]\s*(?P<titre>[^\W\d_«].*)$")
TIRET = re.compile(r"(?<=\d)-(?=\d)")  # « 1-2 » numbers as « 1.2 » does
LONG = 30  # words: no heading is longer
DECOUPES = ("chapitre", "partie", "titre", "volet", "section", "article")  # words that cut a text, whatever is in it
NIVEAUX = ("niveau_haut", "niveau_moyen", "niveau_bas")
SERIES_CONNUES = ("axes", "orientations", "objectifs_operationnels", "fiches")


@dataclass(frozen=True, slots=True)
class Serie:
    """What a heading of a series prints: its word, its rank, its title."""

    mot: str
    rang: str
    titre: str
    decoupe: str = ""  # the word around it that only cuts the text (« Article 9 – Axe 1 »)
    amorce: str = ""


def numerote(line: str) -> Serie | None:
    """« Orientation n° 3 : … », « Pilier II – … », « Ambition 1.A … »."""
    found = SERIE.match(line)
    if found is None or found["titre"][:1].isdigit():
        return None
    if line.endswith(".") and (cle(found["mot"]) == "article" or _PROMESSE_CODEE.match(line)):
        return None  # the article or the promise itself, not its title
    if line.endswith(".") and not found["titre"] and len(found["mot"].split()) > 2:
        return None  # « Quatre actions composent l’axe 1. »: a sentence
    titled = found["titre"][:1] in ("", "«") or not found["titre"][:1].islower() or ":" in line
    if not titled:
        return None
    # « Article 9 – Axe 1 : … »: the article only cuts the text, the axis is what it opens
    inner = numerote(found["titre"]) if cle(found["mot"]) in DECOUPES else None
    if inner and any(inner.mot in lexique().listes[name] for name in SERIES_CONNUES):
        return replace(inner, decoupe=cle(found["mot"]))
    return Serie(cle(found["mot"]), _rang(found), found["titre"])


def _rang(found: re.Match[str]) -> str:
    """The number as printed, 1 for « 1er », « premier » and « unique »."""
    return found["rang"] or found["lettre"] or "1"


def en_tete_de_prose(line: str) -> Serie | None:
    """« Enjeu 1.1 : Le titre. La prose qui suit… »: a level or a sheet numbered at the head of its own paragraph."""
    cut = _COUPE.search(line)
    if cut is None or not line.endswith((".", ":", ";")):
        return None
    found = SERIE.match(line[: cut.start()])
    if found is None or not dit_un_niveau(found["mot"], "fiches") or len(found["titre"].split()) > LONG:
        return None
    titled = found["titre"][:1] == "«" or found["titre"][:1].isupper()
    return Serie(cle(found["mot"]), _rang(found), found["titre"], amorce=line[cut.end() :]) if titled else None


def dans_une_autre(line: str) -> Serie | None:
    """A level said after a number of another kind: « Article 6 – Axe I : … », « 6.1. Orientation : … »."""
    outer = SERIE.match(line) or NUMERO.match(line) or DECIMAL.match(line) or ENTIER.match(line)
    if outer is None:
        return None
    inner = SERIE.match(outer["titre"])
    if inner and inner["titre"][:1].isalpha() and dit_un_niveau(inner["mot"], "fiches"):
        around = cle(outer.groupdict().get("mot") or "")
        cut = around if around in DECOUPES else ""
        return Serie(cle(inner["mot"]), inner["rang"] or inner["lettre"], inner["titre"], decoupe=cut)
    found = NIVEAU.match(outer["titre"])
    if found is None or not dit_un_niveau(found["mot"]):
        return None
    rank = next(value for name, value in outer.groupdict().items() if value and name not in ("mot", "titre"))
    return Serie(cle(found["mot"]), rank, found["titre"])


def dit_un_niveau(mot: str, *autres: str) -> bool:
    """Whether a printed word is that of a level, in the singular: « Objectifs : » opens a list, not a level."""
    return mot[-1:] not in "sx" and any(cle(mot) in lexique().listes[liste] for liste in (*NIVEAUX, *autres))


def en_toutes_lettres(line: str) -> Serie | None:
    """« Deuxième partie : … »."""
    found = _ORDINAL.match(line)
    ordinal = (
        plain(found["ordinal"])
        .replace("premiere", "premier")
        .replace("seconde", "deuxieme")
        .replace("second", "deuxieme")
        if found
        else ""
    )
    return (
        Serie(cle(found["mot"]), str(ORDINAUX.index(ordinal) + 1), found["titre"])
        if found and ordinal in ORDINAUX
        else None
    )
