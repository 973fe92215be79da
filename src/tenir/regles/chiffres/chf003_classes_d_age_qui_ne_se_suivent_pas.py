from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from tenir.fichier.enums import Contenu
from tenir.fichier.modeles import ContratDeVille, Donnee
from tenir.regles.anomalie import Anomalie, Correction, Gravite
from tenir.regles.chiffres.ages import BETWEEN, ROUNDING, Classe, classes_of_ages
from tenir.regles.registre import regle


@regle("CHF003", gravite=Gravite.A_CORRIGER, depuis="0.1", de=(Contenu.DONNEES,))
def classes_d_age_qui_ne_se_suivent_pas(contrat: ContratDeVille) -> Iterator[Anomalie]:
    """Des classes d’âge qui se suivent se chevauchent ou laissent un trou.

    ## Ce que la règle vérifie

    Quand une même liste donne au moins trois parts d’une même population par classes d’âge, de la plus jeune à
    la plus âgée, chaque classe commence là où finit la précédente.

    ## Pourquoi

    Un trou cache des habitants, un chevauchement en compte deux fois. Souvent, c’est une faute de frappe dans
    une borne, que la somme des parts trahit : elle fait cent alors que les classes ne couvrent pas tout.

    ## Exemple fautif

    0-24 ans : 28,9 % ; 25-29 ans : 43,7 % ; plus de 60 ans : 27,4 %.

    ## Corrigé

    0-24 ans : 28,9 % ; 25-59 ans : 43,7 % ; plus de 60 ans : 27,4 %.

    ## Source

    Définition d’une partition : chaque personne est dans une classe et une seule.
    """
    for classes in classes_of_ages(contrat):
        yield from _breaks(classes)


def _breaks(classes: list[Classe]) -> Iterator[Anomalie]:
    """Where one class does not begin as the one before ends: « plus de 60 ans » may begin at 60 or at 61."""
    ordered = sorted(classes, key=lambda one: one[:2])
    if len(ordered) < 3:
        return
    broken = [pair for pair in pairwise(ordered) if pair[1][0] not in (pair[0][1], pair[0][1] + 1)]
    whole = abs(sum((donnee.valeur or Decimal() for _, _, donnee in ordered), Decimal()) - 100) <= ROUNDING
    for (_, end, before), (start, _, donnee) in broken:
        what = "se chevauchent" if start < end else f"laissent un trou, de {end + 1} à {start - 1} ans"
        yield Anomalie(
            before,
            f"« {before.libelle} » et « {donnee.libelle} » ({donnee.code}) {what}.",
            "Vérifiez les bornes dans la source.",
            correction=_bound(before, start - 1) if whole and len(broken) == 1 and before.unite == "%" else None,
        )


def _bound(donnee: Donnee, end: int) -> Correction:
    """The label with its upper bound put right: certain when the shares make a hundred and one bound alone is wrong."""
    return Correction(
        donnee.code,
        "libelle",
        BETWEEN.sub(lambda found: found[0].replace(f"{found[2]} ans", f"{end} ans"), donnee.libelle),
    )
