"""The values printed after an indicator: whether a text is nothing but values, and which of them is to be reached."""

import re
from typing import NamedTuple

from tenir.lecteur.lexique import lexique

_ANNEE = re.compile(r"\b(?:19|20)\d\d\b")
_NOMBRE = r"[<>≥≤±+-]?\s?\d[\d\s\u202f\u00a0.,]*(?:\s?(?:%|€|k€|m²|m2))?"
_DATEE = re.compile(
    rf"(?P<valeur>{_NOMBRE}(?:\s(?!en\b|fin\b|puis\b|à\b|d[’'])[^\W\d_]+(?:\s(?:par|de|/)\s[^\W\d_]+[²³]?)?)?)"
    r"\s*(?:\(|\b(?:en|fin|pour|dès|à l[’']horizon|d[’']ici(?: à| fin)?)\s+)(?:\w+\s)?(?P<an>20\d\d)\)?"
)
_VERS = re.compile(rf"(?P<depart>{_NOMBRE}[^;:→]{{0,30}})?(?:→|->|=>|⇒)\s*(?P<valeur>{_NOMBRE}[^;→]*)$")
_DE_A = re.compile(rf"\b[Dd]e\s+(?P<depart>{_NOMBRE}[^;:]*?)\s+à\s+(?P<valeur>\d[^;]*)$")
_ETIQUETTE = re.compile(
    r"(?P<label>[^\W\d_][^:;.,=()]{2,40}?)(?:\s*\(?(?P<an>20\d\d)\)?)?\s*(?:[:=]|\bde\b)?\s*(?P<valeur>(?<!\w)[<>≥≤±+-]?\s?\d[^;|]*)"
)
_DEBUT = re.compile(rf"(?:{_NOMBRE}|[Dd]e\s+\d|[Dd][’']ici)")
_PARTS = re.compile(r"\s*[;|]\s*|\.\s+(?=[A-ZÀ-Ý])|,\s+(?=[^\W\d_]+\b[^,;:]*:)|\s[–—]\s")


class Valeurs(NamedTuple):
    """What is printed of an indicator beside its label: where it starts, what is to be reached."""

    depart: str | None = None
    cible: str | None = None


SANS_VALEUR = Valeurs()


def cible_de(texte: str) -> str | None:
    """The value to reach among those of a text: one called so, the end of « de … à … », or the last of dated ones."""
    if called := _called(texte, "tete_cible"):
        return called
    led = _VERS.search(texte) or _DE_A.search(texte)
    if led:
        return led["valeur"].strip(" .)")
    dated = _dated(texte)
    return dated[-1].group().strip() if dated else None


def depart_de(texte: str) -> str | None:
    """The value that an indicator starts from: called so, the beginning of « de … à … », the first of dated ones."""
    if called := _called(texte, "tete_depart", other_than="tete_cible"):
        return called
    if led := _VERS.search(texte) or _DE_A.search(texte):
        return (led["depart"] or "").strip(" .,(") or None
    dated = _dated(texte)
    return dated[0].group().strip() if dated else None


def _called(texte: str, liste: str, other_than: str = "") -> str | None:
    """The value that follows a word of a list (« cible 2030 : 80 % »), with its year."""
    for part in _PARTS.split(texte):
        found = _ETIQUETTE.match(part.strip())
        if not found or not lexique().contient(liste, found["label"]):
            continue
        if other_than and lexique().contient(other_than, found["label"]):
            continue
        value = found["valeur"].strip(" .")
        return value if not found["an"] or _ANNEE.search(value) else f"{value} en {found['an']}"
    return None


def _dated(texte: str) -> list[re.Match[str]]:
    """The values that a text dates, when the last is later than the first."""
    dated = list(_DATEE.finditer(texte))
    return dated if len(dated) > 1 and int(dated[-1]["an"]) > int(dated[0]["an"]) else []


def sont_des_valeurs(texte: str) -> bool:
    """Whether a text says values and nothing else: it opens with a number, or with the name of a value of follow-up."""
    bare = texte.strip()
    if not any(map(str.isdigit, bare)):
        return _suit(bare)
    if _DEBUT.match(bare):
        return bool(cible_de(bare)) or sum(word.isalpha() for word in bare.split()) <= PEU
    return _suit(bare)


_ENTRE = re.compile(r"\s*\((?P<dans>[^()]*\d[^()]*)\)\s*[.;]?$")
PEU = 4  # words around a number that is a value


def _suit(texte: str) -> bool:
    """Whether a text opens with the label of a value or of how it is followed (« Source : … », « Cible 2030 : … »)."""
    label, colon, _rest = texte.partition(":")
    named = any(lexique().contient(name, label) for name in ("tete_cible", "tete_depart", "tete_suivi"))
    return bool(colon) and named and len(label.split()) <= PEU


def separe(texte: str) -> tuple[str, str]:
    """The words of an indicator and the values after their colon or between parentheses; none where words follow."""
    held = _ENTRE.search(texte)
    if held and (cible_de(held["dans"]) or depart_de(held["dans"])):
        return texte[: held.start()].strip(" :;"), held["dans"].strip(" .;")
    for colon in re.finditer(r"\s*:\s*", texte):
        tail = texte[colon.end() :]
        opened = texte.count("(", 0, colon.start()) > texte.count(")", 0, colon.start())
        if not opened and tail and sont_des_valeurs(tail):
            return texte[: colon.start()].strip(), tail.strip(" .;")
    return texte.strip(" :;"), ""
