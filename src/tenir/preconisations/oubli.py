"""What the room keeps of people: addresses, messages; where its texts that may name someone are changed."""

from tenir.acteurs.models import Personne
from tenir.core.oubli import Marques
from tenir.core.piece import Answer
from tenir.ecran.navigation import address
from tenir.preconisations.models import InscriptionDePreconisation, Preconisation, ReponseAPreconisation
from tenir.preconisations.services.messages import empty_addresses, forget_person

PERSONAL = {Preconisation._meta.label: ("courriel",)}
"""The address that someone left, which is shown to nobody (`Piece(personal=…)`)."""


def forget(personne: Personne, marques: Marques) -> None:
    """Empty her addresses, those of before too, and call off what waits for her."""
    forget_person(personne)
    for known in marques.adresses:
        rows = Preconisation.objects.filter(courriel__iexact=known)
        empty_addresses(list(rows.values_list("pk", flat=True)))


def _where(row: Preconisation) -> str:
    return address("preconisation", row.espace, row.numero)


def _of(row: ReponseAPreconisation | InscriptionDePreconisation) -> str:
    return _where(row.preconisation)


WHERE: dict[str, Answer] = {
    Preconisation._meta.label: _where,
    ReponseAPreconisation._meta.label: _of,
}
