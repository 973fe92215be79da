from collections.abc import Iterator

from tenir.fichier.document import DocumentNormalise
from tenir.fichier.modeles import ContratDeVille
from tenir.regles.anomalie import Anomalie, Gravite
from tenir.regles.parties import est_de, noms_des_signataires
from tenir.regles.passages import porteur
from tenir.regles.registre import Lit, regle
from tenir.regles.tableaux import Tableau, tableaux

FEWEST = 3
"""How many rows of signatories that pay make a table the plan of who pays."""


@regle("FIN011", gravite=Gravite.A_AMELIORER, depuis="0.2", lit=Lit.MOTS)
def ligne_du_plan_toute_vide(contrat: ContratDeVille, document: DocumentNormalise) -> Iterator[Anomalie]:
    """Un financeur a une ligne, et n’y met rien.

    ## Ce que la règle vérifie

    Dans un tableau dont trois lignes au moins sont celles de signataires qui paient, aucune ligne ne se réduit à des
    tirets, à des zéros ou à des cases vides.

    ## Pourquoi

    On compte sur lui : il est dans le tableau. Rien ne dit s’il n’apporte rien, ou si personne ne lui a demandé.

    ## Exemple fautif

    « Mission locale – – – – – », dans le plan de financement.

    ## Corrigé

    Ce que la mission locale apporte, ou sa ligne retirée.

    ## Source

    Loi 2014-173, article 6 : le contrat dit les moyens que chacun engage.
    """
    signed = noms_des_signataires(contrat, document)
    for tableau in tableaux(document):
        if _paying(tableau, signed) < FEWEST:
            continue
        blank = [one for one in tableau.vides if any(est_de(one.libelle, name) for name in signed)]
        for row in (*tableau.rangees, *blank):
            if not any(row.valeurs):
                yield Anomalie(
                    porteur(contrat, row.source[0].debut),
                    f"« {row.libelle} » a une ligne dans le plan de financement, et n’y apporte rien.",
                    "Demandez-lui ce qu’il apporte, ou retirez sa ligne.",
                    source=row.source,
                )


def _paying(tableau: Tableau, signed: tuple[str, ...]) -> int:
    """How many rows are of signatories and hold an amount."""
    return sum(any(row.valeurs) and any(est_de(row.libelle, one) for one in signed) for row in tableau.rangees)
