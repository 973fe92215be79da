import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from tenir.fichier.document import DocumentNormalise
from tenir.fichier.modeles import ContratDeVille
from tenir.fichier.mots import plain
from tenir.regles.anomalie import Anomalie, Gravite
from tenir.regles.mots import nombre
from tenir.regles.passages import porteur
from tenir.regles.registre import Lit, regle
from tenir.regles.tableaux import Rangee, Tableau, tableaux

TOTAL = re.compile(r"^(?:total|totaux|ensemble|montant total|cout total|total general|total ttc|total ht)\b")
SUBTOTAL = re.compile(r"^(?:sous[- ]total|dont\b|s/total)")
SIDES = frozenset({"femmes", "hommes", "filles", "garcons"})
ROUNDING = Decimal(1)
"""How far from the sum a total of rounded numbers may be."""


@regle("CHF022", gravite=Gravite.A_CORRIGER, depuis="0.2", lit=Lit.MOTS)
def tableau_dont_le_total_est_faux(contrat: ContratDeVille, document: DocumentNormalise) -> Iterator[Anomalie]:
    """Dans un tableau, un total n’est pas la somme.

    ## Ce que la règle vérifie

    La ligne « total » d’un tableau est la somme des lignes au-dessus d’elle, la colonne « total » celle des autres
    colonnes, à une unité près. La règle se tait quand aucun autre total du tableau n’est juste : ce total-là compte
    alors autre chose. Les parts, les années, les sous-totaux et les lignes « dont » ne s’ajoutent pas. Les colonnes
    de femmes et d’hommes relèvent de la règle CHF017.

    ## Pourquoi

    Un plan de financement dont le total est faux n’est celui de personne : on ne sait pas quelle somme est promise.

    ## Exemple fautif

    Commune, 10 000, 20 000 ; État, 5 000, 5 000 ; total, 15 000, 52 000.

    ## Corrigé

    Commune, 10 000, 20 000 ; État, 5 000, 5 000 ; total, 15 000, 25 000.

    ## Source

    Arithmétique.
    """
    for tableau in tableaux(document):
        if {plain(head) for head in tableau.tetes} & SIDES or any(SUBTOTAL.match(_label(r)) for r in tableau.rangees):
            continue
        down, across = _down(tableau), _across(tableau)
        inside = [one for one in across if not TOTAL.match(_label(one[0]))]
        wrong = [one for one in (*inside, *down, *across) if abs(one[2] - one[3]) > ROUNDING]
        if wrong and len({id(one) for one in wrong}) * 2 <= len(down) + len(across):
            row, said, total, real = wrong[0]
            yield Anomalie(
                porteur(contrat, row.source[0].debut),
                f"{said} est {nombre(total)} : ce qu’il additionne fait {nombre(real)}.",
                "Refaites l’addition, et corrigez le nombre faux partout où il est repris.",
                source=row.source,
            )


Somme = tuple[Rangee, str, Decimal, Decimal]


def _label(row: Rangee) -> str:
    return plain(row.libelle).strip(" :")


def _down(tableau: Tableau) -> list[Somme]:
    """The row of totals against the rows above it, column by column."""
    rank = next((rank for rank, row in enumerate(tableau.rangees) if TOTAL.match(_label(row))), 0)
    above, total = tableau.rangees[:rank], tableau.rangees[rank]
    columns = [] if rank < 2 else range(len(total.cases))
    return [
        (
            total,
            f"Le total de la colonne{_named(tableau, at)}",
            total.valeurs[at],
            sum((r.valeurs[at] for r in above), Decimal()),
        )
        for at in columns
        if _adds(tableau, at)
    ]


def _across(tableau: Tableau) -> list[Somme]:
    """The column of totals against the others, row by row."""
    heads = [TOTAL.match(plain(head)) is not None for head in tableau.tetes]
    if len(heads) < 3 or heads != [False] * (len(heads) - 1) + [True]:
        return []
    if not all(_adds(tableau, at) for at in range(len(heads))):
        return []
    return [
        (row, f"Le total de la ligne « {row.libelle} »", row.valeurs[-1], sum(row.valeurs[:-1], Decimal()))
        for row in tableau.rangees
    ]


def _named(tableau: Tableau, at: int) -> str:
    return f" « {tableau.tetes[at]} »" if tableau.tetes else f" {at + 1}"


def _adds(tableau: Tableau, at: int) -> bool:
    """Whether the numbers of a column may be added: neither shares nor years."""
    cells: Sequence[str] = [row.cases[at] for row in tableau.rangees]
    return not any("%" in cell for cell in cells) and not all(re.fullmatch(r"(?:19|20)\d{2}", cell) for cell in cells)
