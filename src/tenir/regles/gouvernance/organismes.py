"""What kind of body a name opens with, and of which place: « Métropole de Rivegrande », an intercommunality."""

import re

from tenir.fichier.mots import comparable

COLLECTIVITES = ("région", "département", "intercommunalité", "commune")
_NATURES = (
    ("région", r"(?:conseil regional|region)"),
    ("département", r"(?:conseil departemental|departement)"),
    ("intercommunalité", r"(?:metropole|communaute (?:agglomeration|commune|urbaine)|agglomeration|agglo)"),
    ("commune", r"(?:commune|ville|mairie|maire|municipalite|conseil municipal)"),
    ("mission locale", r"mission locale"),
    ("caisse d’allocations familiales", r"(?:caf|caisse allocation familial\w*)"),
    ("office de l’habitat", r"(?:office public(?: habitat)?|opac|oph)"),
)
_ROLES = (
    r"^(?:(?:president|presidente|vice|premier|premiere|adjoint|adjointe|elu|elue|representant|monsieur|madame"
    r"|m|mme) )*"
)
_HEADS = tuple((kind, re.compile(rf"{_ROLES}{pattern}\b")) for kind, pattern in _NATURES)
_ENDS = re.compile(r"\b(?:metropole|agglomeration|agglo|communaute)$")
_PARENTHESE = re.compile(r"\s*\([^()]*\)")
_PROPRE = re.compile(r"(?<![\w’'-])[A-ZÀ-Ý][\w-]*|(?<=[dlDL][’'])[A-ZÀ-Ý][\w-]*")
_GENERIQUES = frozenset(
    {"region", "regional", "regionale", "departement", "departemental", "conseil", "metropole"}
    | {"communaute", "agglomeration", "agglo", "commune", "ville", "mairie", "maire"}
    | {"municipalite", "municipal", "mission", "locale", "caf", "caisse", "allocation", "familial"}
    | {"familiale", "office", "public", "habitat", "opac", "oph", "president", "presidente"}
    | {"vice", "premier", "premiere", "adjoint", "adjointe", "elu", "elue", "representant"}
    | {"monsieur", "madame", "mme", "etat", "service", "grand", "grande", "pays", "val", "saint"}
    | {"sainte", "sur"}
)


def nature(name: str) -> str:
    """The kind of body that a name opens with; nothing for one that is none of those a place has one of."""
    said = comparable(_PARENTHESE.sub("", name))
    found = next((kind for kind, pattern in _HEADS if pattern.search(said)), "")
    return found or ("intercommunalité" if _ENDS.search(said) else "")


def lieux(name: str) -> frozenset[str]:
    """The words of a name that say of which place a body is, in comparable words."""
    proper = _PROPRE.findall(_PARENTHESE.sub("", name))
    found = {word for one in proper for word in comparable(one).split() if len(word) > 2}
    return frozenset(found - _GENERIQUES)
