from collections.abc import Iterator
from decimal import Decimal

from tenir.fichier.enums import Contenu
from tenir.fichier.modeles import ContratDeVille
from tenir.regles.anomalie import Anomalie, Gravite
from tenir.regles.chiffres.commun import lines_of, printed
from tenir.regles.chiffres.ensembles import Ensemble, wholes
from tenir.regles.registre import regle


@regle("CHF006", gravite=Gravite.BLOQUANTE, depuis="0.1", de=(Contenu.DONNEES,))
def parties_qui_ne_font_pas_le_total(contrat: ContratDeVille) -> Iterator[Anomalie]:
    """Des parties qui couvrent tout ne font pas le total.

    ## Ce que la règle vérifie

    Les femmes et les hommes d’un nombre, en « dont », en lignes ou en colonnes, font ce nombre ; de même des
    classes d’âge qui se suivent de zéro an à la plus âgée. Dans une phrase, des parties plus petites que le total
    relèvent de la règle CHF017, qui lit ce qui les suit. Ce qui se compte est comparé, non le mot de l’unité : «
    personnes » vaut femmes et hommes.

    ## Pourquoi

    L’un des nombres est faux, et rien ne dit lequel.

    ## Exemple fautif

    Demandeurs d’emploi : 313, dont femmes : 164, dont hommes : 159.

    ## Corrigé

    Demandeurs d’emploi : 313, dont femmes : 164, dont hommes : 149.

    ## Source

    Arithmétique.
    """
    for one in wholes(contrat):
        values = [part.valeur for part in one.parties]
        if one.tout.valeur is None or one.tout.valeur_max is not None or None in values:
            continue
        total = sum(filter(None, values), Decimal())
        if total != one.tout.valeur and not _larger(one) and not (total < one.tout.valeur and _in_sentence(one)):
            told = " et ".join(f"{part.code} ({printed(part)})" for part in one.parties)
            yield Anomalie(
                one.tout,
                f"« {one.tout.libelle} » vaut {printed(one.tout)}, mais {told} font {total}.",
                "Vérifiez ces nombres dans leur source.",
                source=lines_of(one.tout, *one.parties),
            )


def _in_sentence(one: Ensemble) -> bool:
    """Whether the parts are pieces of a sentence: what follows may say that they are some only (CHF017 reads it)."""
    return all(plage.colonne_debut is not None for part in one.parties for plage in part.source or one.tout.source)


def _larger(one: Ensemble) -> bool:
    """Whether a declared part is larger than its whole: the rule CHF002 says it."""
    return any(part.partie_de and (part.valeur or 0) > (one.tout.valeur or 0) for part in one.parties)
