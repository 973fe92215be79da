from collections.abc import Iterator

from tenir.fichier.document import DocumentNormalise
from tenir.fichier.enums import Contenu
from tenir.fichier.modeles import ContratDeVille
from tenir.regles.anomalie import Anomalie, Gravite
from tenir.regles.indicateurs.commun import sheets_of, told_apart
from tenir.regles.rapprochement import roots
from tenir.regles.registre import Lit, regle

FEWEST = 3
"""How many words of its own an indicator has, at least, for their absence elsewhere to mean something."""


@regle("IND008", gravite=Gravite.A_AMELIORER, depuis="0.1", lit=Lit.MOTS, de=(Contenu.ACTIONS, Contenu.INDICATEURS))
def indicateur_qu_aucune_action_ne_nourrit(contrat: ContratDeVille, document: DocumentNormalise) -> Iterator[Anomalie]:
    """Un indicateur parle d’une chose dont le contrat ne parle pas.

    ## Ce que la règle vérifie

    Un des mots qui disent ce que l’indicateur mesure est écrit ailleurs dans le document : une action, un constat, un
    objectif, un engagement. Les mots que tout indicateur emploie (« nombre », « participants », « séances ») ne
    comptent pas ; il en faut au moins trois autres pour que la règle parle. Un indicateur imprimé dans la
    fiche d’une action mesure cette action, quels que soient ses mots.

    ## Pourquoi

    Un indicateur que rien ne fait bouger dira le temps qui passe, non ce que le contrat a fait. Souvent, il vient
    d’un autre contrat.

    ## Exemple fautif

    « Nombre de bornes de recharge électrique », dans un contrat qui n’en pose aucune.

    ## Corrigé

    L’indicateur retiré, ou l’action qui pose les bornes ajoutée.

    ## Source

    Loi 2014-173, article 6 : le contrat dit ses actions et leurs indicateurs.
    """
    sheets = sheets_of(contrat)
    printed = {line for one in contrat.indicateurs for plage in one.source for line in plage.lignes}
    written = roots(" ".join(line for rank, line in enumerate(document.lignes, start=1) if rank not in printed))
    for indicateur in contrat.indicateurs:
        said = told_apart(indicateur)
        if not indicateur.repete and indicateur.code not in sheets and len(said) >= FEWEST and not said & written:
            yield Anomalie(
                indicateur,
                f"« {indicateur.libelle} » : rien d’autre dans le contrat n’en parle.",
                "Rattachez-le à l’action qui doit le faire bouger, ou retirez-le.",
            )
