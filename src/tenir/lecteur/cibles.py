"""The values printed after an indicator: whether a text is nothing but values, and which of them is to be reached."""

import re

from tenir.lecteur.lexique import lexique

_ANNEE = re.compile(r"\b(?:19|20)\d\d\b")
_NOMBRE = r"[<>≥≤±+-]?\s?\d[\d\s\u202f\u00a0.,]*(?:\s?(?:%|€|k€|m²|m2))?"
_DATEE = re.compile(
    rf"(?P<valeur>{_NOMBRE}(?:\s(?!en\b|fin\b|puis\b|à\b|d[’'])[^\W\d_]+(?:\s(?:par|de|/)\s[^\W\d_]+[²³]?)?)?)"
    r"\s*(?:\(|\b(?:en|fin|pour|dès|à l[’']horizon|d[’']ici(?: à| fin)?)\s+)(?:\w+\s)?(?P<an>20\d\d)\)?"
)
_VERS = re.compile(rf"(?:→|->|=>|⇒)\s*(?P<valeur>{_NOMBRE}[^;→]*)$")
_DE_A = re.compile(rf"\b[Dd]e\s+{_NOMBRE}[^;:]*?\s+à\s+(?P<valeur>\d[^;]*)$")
_ETIQUETTE = re.compile(
    r"(?P<label>[^\W\d_][^:;.,=()]{2,40}?)(?:\s*\(?(?P<an>20\d\d)\)?)?\s*(?:[:=]|\bde\b)?\s*(?P<valeur>(?<!\w)[<>≥≤±+-]?\s?\d[^;|]*)"
)
_DEBUT = re.compile(rf"(?:{_NOMBRE}|[Dd]e\s+\d|[Dd][’']ici)")
_PARTS = re.compile(r"\s*[;|]\s*|\.\s+(?=[A-ZÀ-Ý])|,\s+(?=[^\W\d_]+\b[^,;:]*:)|\s[–—]\s")


def cible_de(texte: str) -> str | None:
    """The value to reach among those of a text: one called so, the end of « de … à … », or the last of dated ones."""
    for part in _PARTS.split(texte):
        found = _ETIQUETTE.match(part.strip())
        if found and lexique().contient("tete_cible", found["label"]):
            value = found["valeur"].strip(" .")
            return value if not found["an"] or _ANNEE.search(value) else f"{value} en {found['an']}"
    led = _VERS.search(texte) or _DE_A.search(texte)
    if led:
        return led["valeur"].strip(" .)")
    dated = list(_DATEE.finditer(texte))
    if len(dated) > 1 and int(dated[-1]["an"]) > int(dated[0]["an"]):
        return dated[-1].group().strip()
    return None


def sont_des_valeurs(texte: str) -> bool:
    """Whether a text says values and nothing else: it opens with a number, or with the name of a value of follow-up."""
    bare = texte.strip()
    if not any(map(str.isdigit, bare)):
        return _suit(bare)
    if _DEBUT.match(bare):
        return bool(cible_de(bare)) or sum(word.isalpha() for word in bare.split()) <= PEU
    return _suit(bare)


PEU = 4  # words around a number that is a value


def _suit(texte: str) -> bool:
    """Whether a text opens with the label of a value or of how it is followed (« Source : … », « Cible 2030 : … »)."""
    label, colon, _rest = texte.partition(":")
    named = any(lexique().contient(name, label) for name in ("tete_cible", "tete_depart", "tete_suivi"))
    return bool(colon) and named and len(label.split()) <= PEU


def separe(texte: str) -> tuple[str, str]:
    """The words of an indicator and the values after their colon; no value when what follows is words."""
    for colon in re.finditer(r"\s*:\s*", texte):
        tail = texte[colon.end() :]
        opened = texte.count("(", 0, colon.start()) > texte.count(")", 0, colon.start())
        if not opened and tail and sont_des_valeurs(tail):
            return texte[: colon.start()].strip(), tail.strip(" .;")
    return texte.strip(" :;"), ""
