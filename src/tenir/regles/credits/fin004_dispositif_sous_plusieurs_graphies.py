import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from tenir.fichier.enums import Contenu
from tenir.fichier.modeles import ContratDeVille, LigneDeCredits
from tenir.fichier.mots import comparable
from tenir.regles.anomalie import Anomalie, Gravite
from tenir.regles.credits.commun import AMOUNT
from tenir.regles.registre import regle

PRECISION = re.compile(r" ?\([^()]*\)")
"""What a parenthesis adds to a name is no spelling of it."""

NEAR = 0.85
"""From which share of common letters on two names are two spellings of one."""


@regle("FIN004", gravite=Gravite.A_AMELIORER, depuis="0.1", de=(Contenu.CREDITS,))
def dispositif_sous_plusieurs_graphies(contrat: ContratDeVille) -> Iterator[Anomalie]:
    """Un dispositif est écrit de plusieurs façons.

    ## Ce que la règle vérifie

    Un même dispositif (même nom usuel dans le fichier, ou mêmes lettres une fois retirés les espaces et les
    traits d’union) est écrit de la même façon partout. Deux noms qui diffèrent de plus d’une lettre sur six ne
    sont pas deux graphies. Une majuscule, un accent, un article ou un pluriel ne
    comptent pas.

    ## Pourquoi

    Qui cherche un dispositif n’en trouve que la moitié.

    ## Exemple fautif

    « Mon accompagnateur Rénov » ici, « Mon accompagnateurRénov » là.

    ## Corrigé

    Mon accompagnateur Rénov’, partout.

    ## Source

    Cohérence interne.
    """
    spellings: dict[str, dict[str, tuple[str, LigneDeCredits]]] = {}
    for orientation in contrat.orientations:
        for line in orientation.credits:
            for scheme in line.dispositifs:
                usual = comparable(scheme.nom_usuel or scheme.nom)
                if AMOUNT.fullmatch(scheme.nom.strip()):
                    continue
                same = spellings.setdefault(usual.replace(" ", ""), {})
                same.setdefault(_written(scheme.nom, usual), (scheme.nom, line))
    for spelled in spellings.values():
        apart = _apart(spelled)
        if len(apart) > 1:
            told = ", ".join(f"« {name} » ({line.code})" for name, line in apart)
            said = f"Un même dispositif est écrit de {len(apart)} façons : {told}."
            yield Anomalie(apart[-1][1], said, "Choisissez-en une.")


def _written(name: str, usual: str) -> str:
    """A spelling made comparable, without what a parenthesis adds, unless the scheme is named inside it."""
    short = comparable(PRECISION.sub("", name))
    return short if set(short.split()) & set(usual.split()) else comparable(name)


def _apart(spelled: dict[str, tuple[str, LigneDeCredits]]) -> list[tuple[str, LigneDeCredits]]:
    """The spellings that are nearly another: « AAP FSE » is « FSE » with a word more, not another spelling."""
    return [found for key, found in spelled.items() if any(_nearly(key, other) for other in spelled if other != key)]


def _nearly(first: str, second: str) -> bool:
    """Whether two names are the same but for a few letters, neither holding the other."""
    holds = f" {first} " in f" {second} " or f" {second} " in f" {first} "
    return not holds and SequenceMatcher(None, first, second, autojunk=False).ratio() >= NEAR
