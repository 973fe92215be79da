import re
from collections.abc import Iterator

from tenir.fichier.enums import Contenu
from tenir.fichier.modeles import ContratDeVille, Donnee
from tenir.regles.anomalie import Anomalie, Gravite
from tenir.regles.chiffres.commun import lists_of, printed
from tenir.regles.registre import regle

SIDE = re.compile(r"\b(?:femmes|hommes)\b", re.IGNORECASE)


@regle("CHF006", gravite=Gravite.BLOQUANTE, depuis="0.1", de=(Contenu.DONNEES,))
def parties_qui_ne_font_pas_le_total(contrat: ContratDeVille) -> Iterator[Anomalie]:
    """Les femmes et les hommes ne font pas le total.

    ## Ce que la règle vérifie

    Quand un nombre est suivi de sa part de femmes et de sa part d’hommes, dans la même unité, les deux font ce
    nombre.

    ## Pourquoi

    L’un des trois nombres est faux, et rien ne dit lequel.

    ## Exemple fautif

    Demandeurs d’emploi : 313, dont femmes : 164, dont hommes : 159.

    ## Corrigé

    Demandeurs d’emploi : 313, dont femmes : 164, dont hommes : 149.

    ## Source

    Arithmétique.
    """
    for figures in lists_of(contrat):
        known = {donnee.code: donnee for donnee in figures}
        halves: dict[str, dict[str, Donnee]] = {}
        for donnee in figures:
            if donnee.partie_de and donnee.unite != "%" and (side := SIDE.search(donnee.libelle)):
                halves.setdefault(donnee.partie_de, {})[side[0].casefold()] = donnee
        for whole, parts in ((known.get(code), parts) for code, parts in halves.items()):
            if whole is not None and len(parts) == 2:
                yield from _sum(whole, *parts.values())


def _sum(whole: Donnee, first: Donnee, second: Donnee) -> Iterator[Anomalie]:
    values = (whole.valeur, first.valeur, second.valeur)
    if None in values or {first.unite, second.unite} != {whole.unite}:
        return
    total = (first.valeur or 0) + (second.valeur or 0)
    if whole.valeur_max is None and total != whole.valeur:
        yield Anomalie(
            whole,
            f"« {whole.libelle} » vaut {printed(whole)}, mais {first.code} ({printed(first)}) et "
            f"{second.code} ({printed(second)}) font {total}.",
            "Vérifiez les trois nombres dans leur source.",
        )
