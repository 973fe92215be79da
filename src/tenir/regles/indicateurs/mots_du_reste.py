"""What an indicator is about, and whether the rest of the document speaks of it."""

import re

from tenir.fichier.document import DocumentNormalise
from tenir.fichier.modeles import ContratDeVille
from tenir.regles.indicateurs.commun import GENERIC
from tenir.regles.indicateurs.releves import couples
from tenir.regles.memoire import lu_une_fois
from tenir.regles.rapprochement import roots

COURT = 6
"""How many letters two words share when they may be of one family: « chauffage » and « chauffer »."""
_PROPRE = re.compile(r"(?<!^)(?<![.!?:«–•-] )(?<![dlDL][’'])\b[A-ZÀ-Ý][\w-]+")
_PARENTHESE = re.compile(r"\([^()]*\)")
_MESURE = GENERIC | roots(
    "centre ville lieu créer créé créée ouvert ouverte équipement service territoire année début depuis moins plus"
    " pendant chaque semaine trimestre semestre mois jour réduire augmenter baisser baisse hausse cumul taux proposé"
    " bénéficiaire nouvelle reçu reçue venu venue installé public privé privée places social annuelle annuel dont sans"
    " obtenu obtiennent obtenir suite rendue partagé prennent disent"
)
"""Roots that any measure may use besides those any sheet does."""


def sujet(contrat: ContratDeVille, libelle: str) -> frozenset[str]:
    """The beginnings of the words that say what a measure counts: no place, no name, no word that any measure uses."""
    identite = contrat.identite
    places = " ".join([*(one.nom for one in identite.quartiers), *(one.nom for one in identite.communes)])
    bare = _PROPRE.sub(" ", _PARENTHESE.sub(" ", libelle.split(",")[0]))
    return _short(roots(bare) - _MESURE - roots(places))


@lu_une_fois
def mots_du_reste(document: DocumentNormalise) -> frozenset[str]:
    """How the words begin that a document writes elsewhere than in its indicators, names left out."""
    taken = {line for one in couples(document) for line in one.lignes}
    lines = (line.strip() for number, line in enumerate(document.lignes, 1) if number not in taken)
    return _short(frozenset(root for line in lines for root in roots(_PROPRE.sub(" ", line))))


def _short(found: frozenset[str]) -> frozenset[str]:
    return frozenset(root[:COURT] for root in found)
