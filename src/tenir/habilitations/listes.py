"""What every list of the team has of its contract."""

from tenir.core.listes import Colonne, Read


def contract_column(value: Read) -> Colonne:
    """The first column of every file: the contract, which says « fictif » when it is."""
    return Colonne("contrat", "Contrat", value, on_page=False)
