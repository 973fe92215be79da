from collections.abc import Iterator

from tenir.fichier.enums import Contenu
from tenir.fichier.modeles import ContratDeVille, Donnee
from tenir.regles.anomalie import Anomalie, Gravite
from tenir.regles.chiffres.commun import donnees, lines_of, named, printed
from tenir.regles.registre import regle

Cle = tuple[str, ...]


@regle("CHF004", gravite=Gravite.A_CORRIGER, depuis="0.1", de=(Contenu.DONNEES,))
def deux_valeurs_pour_un_chiffre(contrat: ContratDeVille) -> Iterator[Anomalie]:
    """Le même chiffre a deux valeurs.

    ## Ce que la règle vérifie

    Deux chiffres de même libellé, de même unité, du même territoire et de la même année ont la même valeur, où
    qu’ils soient imprimés dans le contrat.

    ## Pourquoi

    Le lecteur ne sait pas lequel croire, et l’évaluation choisira celui qui l’arrange.

    ## Exemple fautif

    Page 12, habitants du quartier en 2017 : 1 415. Page 40, habitants du quartier en 2017 : 1 464.

    ## Corrigé

    Une seule valeur, avec sa source, aux deux endroits.

    ## Source

    Cohérence interne : un fait a une valeur.
    """
    seen: dict[Cle, Donnee] = {}
    for donnee in donnees(contrat):
        if donnee.valeur is None or not donnee.periode or not donnee.perimetre or not named(donnee):
            continue
        key = (" ".join(donnee.libelle.casefold().split()), donnee.unite or "", donnee.perimetre, donnee.periode)
        first = seen.setdefault(key, donnee)
        if (first.valeur, first.valeur_max) != (donnee.valeur, donnee.valeur_max):
            yield Anomalie(
                donnee,
                f"« {donnee.libelle} » ({donnee.perimetre}, {donnee.periode}) vaut {printed(donnee)}, et "
                f"{printed(first)} ailleurs ({first.code}).",
                "Gardez la valeur que donne la source, aux deux endroits.",
                source=lines_of(donnee, first),
            )
