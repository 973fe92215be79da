"""What stays empty: the funding lines that the contract prints with nothing behind, and who is silent everywhere."""

from dataclasses import dataclass

from tenir.core.typographie import accord, pluriel
from tenir.financement.models import LigneDeFinancement
from tenir.habilitations.models import EspaceDeContrat


@dataclass(frozen=True, slots=True)
class Silence:
    """How many printed lines, how many of them have nothing behind, the funders all of whose lines are so."""

    imprimees: int
    vides: int
    muets: tuple[str, ...]

    @property
    def phrase(self) -> str:
        """« 59 lignes annoncées sans rien derrière, dont toutes celles de la commune. »"""
        if not self.imprimees:
            return "Le contrat n’imprime aucune ligne de crédits."
        if not self.vides:
            return "Aucune ligne annoncée ne reste sans rien derrière."
        start = f"{pluriel(self.vides, 'ligne', genre='f')} {accord(self.vides, 'annoncée')} sans rien derrière"
        return f"{start}{self._whose()}."

    def _whose(self) -> str:
        if not self.muets:
            return f", sur {self.imprimees} imprimées"
        shown = ", ".join(f"« {one} »" for one in self.muets[:3])
        rest = len(self.muets) - 3
        also = f" et de {pluriel(rest, 'autre financeur', 'autres financeurs')}" if rest > 0 else ""
        return f" sur {self.imprimees} imprimées, dont toutes celles de {shown}{also}"


def silence_of(espace: EspaceDeContrat, *, opened: bool = True) -> Silence:
    """What stays empty in a contract; two queries. `opened`: what came since counts; else, what is printed alone."""
    rows = LigneDeFinancement.objects.of(espace).filter(imprimee__isnull=False)
    named = ("pk", "financeur__nom", "financeur_imprime")
    every = [(pk, nom or printed) for pk, nom, printed in rows.order_by("pk").values_list(*named)]
    silent = rows.silent() if opened else rows.filter(imprimee__vide=True)
    empty = set(silent.order_by().values_list("pk", flat=True))
    count: dict[str, list[bool]] = {}
    for pk, nom in every:
        count.setdefault(nom, []).append(pk in empty)
    mute = sorted((nom for nom, found in count.items() if all(found)), key=lambda nom: (-len(count[nom]), nom))
    return Silence(len(every), len(empty), tuple(mute))
