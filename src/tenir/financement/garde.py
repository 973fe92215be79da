"""What a dated row may not say of the money of a line, whatever the door it comes by: form, sheet, link, dossier.

- One is paid no more than what was decided: a public body pays what it engaged before (décret n° 2012-1246 on public
  accounting), so a larger decision is written first. A line of which no decision is written has no ceiling.
- A decision below what is paid already says why.
- Above the threshold of conventions, a payment without a signed one says why: whether the body is private, which the
  law asks about, is not something the software knows.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.core.exceptions import ValidationError

from tenir.core.seuils import in_force
from tenir.core.typographie import typo
from tenir.financement.enums import DECIDED, ENDED, EtatDeFinancement, Registre
from tenir.financement.models import LigneDeFinancement, MouvementDeFinancement, SubventionAPublier
from tenir.financement.montants import ZERO, told
from tenir.financement.seuils import CONVENTION_DUE
from tenir.habilitations.models import EspaceDeContrat

Recu = tuple[str, int | None, int | None]
"""A body by one of its numbers, a funder, a year."""


@dataclass(slots=True)
class Recus:
    """What each body was paid in a contract, by funder and year, as far as it is known who receives; read once, if
    ever. `keys`: the bodies of each line; `paid`: what is paid on each line."""

    espace: EspaceDeContrat
    read: bool = False
    keys: dict[int, frozenset[Recu]] = field(default_factory=dict)
    paid: dict[int, Decimal] = field(default_factory=dict)

    def beside(self, ligne: LigneDeFinancement) -> Decimal:
        """What the body of a line was paid by the same funder, for the same year, on other lines."""
        self._read()
        mine = self.keys.get(ligne.pk or 0, frozenset())
        others = (pk for pk, keys in self.keys.items() if pk != ligne.pk and keys & mine)
        return sum((self.paid[pk] for pk in others), ZERO)

    def note(self, ligne: LigneDeFinancement) -> None:
        """Keep what is paid on a line that was written meanwhile."""
        if self.read and ligne.pk in self.paid:
            self.paid[ligne.pk] = ligne.verse or ZERO

    def _read(self) -> None:
        if self.read:
            return
        self.read = True
        rows = SubventionAPublier.objects.filter(ligne__espace=self.espace, ligne__registre=Registre.SPECIFIQUE)
        named = ("ligne", "siret", "rna", "ligne__financeur", "ligne__annee", "ligne__verse")
        for pk, siret, rna, funder, year, verse in rows.order_by("ligne").values_list(*named):
            self.keys[pk] = frozenset((one, funder, year) for one in (siret, rna) if one)
            self.paid[pk] = verse or ZERO


def refuse_row(
    ligne: LigneDeFinancement, row: MouvementDeFinancement, earlier: Sequence[MouvementDeFinancement], recus: Recus
) -> None:
    """Refuse a dated row that the others of its line do not bear.

    Raises:
        ValidationError: a payment beyond what was decided; one above the threshold without a signed convention, or a
            decision below what is paid, that says no reason.
    """
    ordered = sorted([*earlier, row], key=lambda one: (one.le, one.rang))
    before, after = ordered[: ordered.index(row)], ordered[ordered.index(row) + 1 :]
    if row.etat == EtatDeFinancement.VERSE:
        _refuse_payment(ligne, row, before, recus)
    elif row.etat in DECIDED and not row.motif.strip():
        _refuse_less(row, before, after)


def lacks_convention(
    ligne: LigneDeFinancement, montant: Decimal, le: date, earlier: Sequence[MouvementDeFinancement], recus: Recus
) -> str:
    """Why a payment of so much in all must say its reason; empty when it need not."""
    limit = in_force(CONVENTION_DUE, le)
    if ligne.registre != Registre.SPECIFIQUE or montant <= _paid(earlier) or _signed(earlier):
        return ""
    if montant <= limit and montant + recus.beside(ligne) <= limit:
        return ""
    above = told(Decimal(limit))
    return typo(
        f"Au-dessus de {above} par an et par financeur, une convention signée est obligatoire avec un organisme privé."
        " Dites pourquoi il n’y en a pas."
    )


def _refuse_payment(
    ligne: LigneDeFinancement, row: MouvementDeFinancement, before: Sequence[MouvementDeFinancement], recus: Recus
) -> None:
    amount, decided = row.montant or ZERO, _decided(before)
    if decided is not None and amount > max(decided, _paid(before)):
        said = f"C’est plus que ce qui est décidé, {told(decided)} : inscrivez d’abord la décision qui l’augmente."
        raise ValidationError({"montant": typo(said)})
    if not row.motif.strip() and (why := lacks_convention(ligne, amount, row.le, before, recus)):
        raise ValidationError({"motif": why})


def _refuse_less(
    row: MouvementDeFinancement, before: Sequence[MouvementDeFinancement], after: Sequence[MouvementDeFinancement]
) -> None:
    upto = next((rank for rank, one in enumerate(after) if one.etat in (*DECIDED, *ENDED)), len(after))
    paid = max(
        _paid(before), *(one.montant or ZERO for one in after[:upto] if one.etat == EtatDeFinancement.VERSE), ZERO
    )
    if paid > (row.montant or ZERO):
        said = f"{told(paid)} sont déjà versés : dites pourquoi ce qui est décidé est moindre."
        raise ValidationError({"motif": typo(said)})


def _decided(rows: Sequence[MouvementDeFinancement]) -> Decimal | None:
    """The amount of the decision that stands: nought once refused or cancelled, none while nothing is decided."""
    for one in reversed(rows):
        if one.etat in ENDED:
            return ZERO
        if one.etat in DECIDED:
            return one.montant or ZERO
    return None


def _paid(rows: Sequence[MouvementDeFinancement]) -> Decimal:
    """What is paid in all by the last payment."""
    return next((one.montant or ZERO for one in reversed(rows) if one.etat == EtatDeFinancement.VERSE), ZERO)


def _signed(rows: Sequence[MouvementDeFinancement]) -> bool:
    """Whether a convention is signed, and was not ended since."""
    last = next((one for one in reversed(rows) if one.etat in (EtatDeFinancement.CONVENTIONNE, *ENDED)), None)
    return last is not None and last.etat == EtatDeFinancement.CONVENTIONNE
