"""What values are — bodies, amounts, dates, measures, codes — whatever the word that stands before or above them."""

import re
from collections.abc import Callable, Mapping, Sequence

from tenir.lecteur.cibles import cible_de
from tenir.lecteur.intitules_devines import est_un_corps
from tenir.lecteur.lexique import cle, lexique
from tenir.lecteur.lignes import PUCE

CORPS, CREDITS, COUT, CALENDRIER, MESURE, CODE, TEXTE = (
    "corps",
    "crédits",
    "coût",
    "calendrier",
    "mesure",
    "code",
    "texte",
)
_PART = re.compile(r"\s*[,;/]\s*|\s+et\s+(?=[A-ZÀ-Ýl])")
_MONTANT = re.compile(r"\d[\d\s\u202f\u00a0.,]*\s?(?:k?€|M€|euros?\b)", re.IGNORECASE)
_DATE = re.compile(
    r"^(?:[^\W\d_][^\d,;:]{0,30}\s)?(?:[12]?\d\s)?(?:[^\W\d_]+\s)?20[2-4]\d(?:\s?(?:[-–/]|à|et|puis)\s?(?:20)?\d\d)*\W*$"
    r"|^(?:chaque|tous les|toute l[’']|une fois par|annuel|permanent|en continu|en cours)\b.{0,25}$",
    re.IGNORECASE,
)
_CODE = re.compile(r"^(?:[A-Z]{1,3}|[IVX]+|[nN]\s?°)?[\s.-]?\d{1,3}(?:[.-]\d{1,2})*[a-z]?$")
_MESURE = re.compile(r"^(?:≥|>|\+|au moins |plus de )?\s*\d[\d\s\u202f\u00a0.,]*\s*%?\s*(?!€|euros?\b)[^\W\d_]")
_NOM_PROPRE = re.compile(r"^(?:[ldLD][’']|la |le |les )?[A-ZÀ-Ý][\w’'.&-]*(?:\s+[\w’'.&()-]+){0,7}$")
_VERBE = re.compile(r"^[a-zà-ÿ’']+(?:er|ir|re)$", re.IGNORECASE)
LONG_NOM = 9  # words of the name of a body
COURTE = 14  # words of what is measured
FORTE = 3  # of five: how many values must be of a kind


def corps_possible(mots: str) -> bool:
    """Whether words have the shape of names: a capital after the article, no verb, no figure."""
    names = [name for name in _PART.split(mots.strip(" .")) if name]
    return bool(names) and all(
        _NOM_PROPRE.match(name)
        and len(name.split()) <= LONG_NOM
        and not re.search(r"\d", name)
        and not _VERBE.match(cle(name).split(" ")[0])
        and not _mesure(name)
        for name in names
    )


def corps_sur(mots: str) -> bool:
    """Whether one of several names at least is that of a body: known, or called so by its first word."""
    return any(est_un_corps(name, ()) for name in _PART.split(mots.strip(" .")) if name)


def fait(mots: str) -> bool:
    """Whether words open with what somebody does: an infinitive, or a verb after a subject left out."""
    bare = PUCE.sub("", mots).strip()
    first = cle(bare).split(" ")[0]
    if len(bare.split()) < DIRE:
        return False
    return bool(_VERBE.match(first)) or (bare[:1].islower() and first not in lexique().listes["jamais_une_promesse"])


DIRE = 3  # words that say what somebody does


def _mesure(mots: str) -> bool:
    first = cle(re.sub(r"^(?:l[’']|la |les? )", "", mots, flags=re.IGNORECASE)).split(" ")[0]
    return first in lexique().listes["mesures"]


def est_une_mesure(mots: str) -> bool:
    """Whether words say what is counted: « nombre de … », « 40 enfants inscrits », a target."""
    short = len(mots.split()) <= COURTE and not _DATE.match(mots) and not _MONTANT.search(mots)
    return _mesure(mots) or (short and bool(_MESURE.match(mots))) or bool(cible_de(mots))


_TESTS: Mapping[str, Callable[[str], bool]] = {
    CODE: lambda said: bool(_CODE.match(said)),
    CALENDRIER: lambda said: bool(_DATE.match(said)),
    MESURE: est_une_mesure,
    CREDITS: lambda said: bool(_MONTANT.search(said)) and any(map(str.isalpha, _MONTANT.sub("", said))),
    COUT: lambda said: bool(_MONTANT.search(said)),
    CORPS: corps_possible,
}


def sorte(values: Sequence[str]) -> str:
    """The kind of most of the values of a label or of a column, « Néant » and blanks left out.

    Names alone are bodies only where some of them are known to be.
    """
    kept = [said.strip(" .;") for said in values if not lexique().rien(said) and any(map(str.isalnum, said))]
    for kind, test in _TESTS.items():
        if kept and sum(map(test, kept)) * 5 >= len(kept) * FORTE:
            if kind == CORPS and sum(map(corps_sur, kept)) * 4 < len(kept):
                return TEXTE
            return kind
    return TEXTE


def est_court(values: Sequence[str]) -> bool:
    """Whether most values are short and end no sentence."""
    kept = [said for said in values if said.strip()]
    return bool(kept) and sum(len(said.split()) <= COURTE for said in kept) * 5 >= len(kept) * 4


def plusieurs(values: Sequence[str]) -> bool:
    """Whether some of the values list several names."""
    return any(len(_PART.split(said.strip(" ."))) > 1 for said in values)
