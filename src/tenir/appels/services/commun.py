"""What the services of the room share: what a gesture is told of, the hand that writes, a call held as it stands."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from decimal import Decimal
from typing import Any, Protocol

from django.db.models import Model

from tenir.appels.champs import SECTIONS
from tenir.appels.comptes import balance
from tenir.appels.models import AppelAProjets, CompteRenduFinancier, DossierDeDemande, PartDemandee
from tenir.core.marques import Lu
from tenir.core.requetes import still
from tenir.core.trace import Auteur, Fait, record
from tenir.ecran.annulation.gestes import Chose, geste
from tenir.ecran.champs import label, told_on
from tenir.financement.montants import exact, told
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces
from tenir.habilitations.services import trace_of

APPEL, DOSSIER = "appel à projets", "dossier de demande"
"""The kinds of the facts of the room in the trace."""
READ, UPDATE = "appel.read", "appel.update"
DOSSIERS_READ, FILL, INSTRUCT = "dossier.read", "dossier.update", "dossier.instruct"


class Main(Protocol):
    """The hand of a service: what it keeps of rows about to be written, what it tells."""

    def keep(self, row: Model, *liens: str) -> None: ...
    def tell(self, faits: list[Fait], motif: str = "") -> None: ...


class ParLien:
    """The same by a link: nobody undoes it, and the trace names a body at most."""

    def __init__(self, espace: EspaceDeContrat, commande: str, pour: str = "") -> None:
        self.espace, self.auteur = espace, Auteur(commande=commande, pour=pour)

    def keep(self, row: Model, *liens: str) -> None:
        """Nothing: a gesture by a link is not undone."""

    def tell(self, faits: list[Fait], motif: str = "") -> None:
        """Leave the trace."""
        record(trace_of(self.espace), self.auteur, faits, motif=motif)


@contextmanager
def hand_of(by: Acces | None, chose: Chose, phrase: str, link: str) -> Iterator[Main]:
    """The hand that writes of a thing: that of someone of the team, whose gesture is undone, or a link."""
    if by is None:
        yield ParLien(chose.row.espace, link)
        return
    with geste(by, chose, phrase) as g:
        yield g


def about_call(appel: AppelAProjets) -> Chose:
    """A call as what is done to it is told, and undone."""
    return Chose(appel, APPEL, appel.code, f"Appel à projets {appel.code}", UPDATE, appel.espace)


def locked(appel: AppelAProjets) -> AppelAProjets:
    """One as it stands now, held until the end of the transaction."""
    return still(AppelAProjets.objects.select_for_update(of=("self",)).select_related("espace"), appel)


def about_dossier(dossier: DossierDeDemande) -> Chose:
    """A dossier as what is done to it is told, and undone."""
    return Chose(dossier, DOSSIER, dossier.code, f"Dossier {dossier.code}", FILL, dossier.espace)


def locked_dossier(dossier: DossierDeDemande) -> DossierDeDemande:
    """One as it stands now, held until the end of the transaction."""
    rows = DossierDeDemande.objects.select_for_update(of=("self",))
    return still(rows.select_related("espace", "appel__espace"), dossier)


def locked_part(part: PartDemandee) -> PartDemandee:
    """What is asked of one funder as it stands now, held until the end of the transaction."""
    rows = PartDemandee.objects.select_for_update(of=("self",))
    return still(rows.select_related("financeur", "dossier__espace", "dossier__appel", "ligne"), part)


def told_dossier(dossier: DossierDeDemande) -> Lu:
    """What who answers a dossier reads of it, field by field; the address of whoever fills it is not there."""
    names = [name for section in SECTIONS.values() for name in section.champs]
    said = {label(name, DossierDeDemande): told_on(dossier, name, getattr(dossier, name)) for name in names}
    said |= {str(one): told(one.montant) for one in dossier.budget.order_by("compte")}
    said |= {f"pièce {one.pk}, {one.intitule}": one.nom for one in dossier.pieces.order_by("pk")}
    return {noun: words for noun, words in said.items() if words}


def rewrite_amounts(
    g: Main, rows: Any, key: str, wanted: Mapping[Any, Decimal | None], make: Callable[..., Any]
) -> None:
    """Write amounts by a key, on the rows that stand and on those that `make` gives.

    What is empty is taken away; a nought that someone typed is kept: it says something.
    """
    standing = {getattr(one, key): one for one in rows.select_for_update()}
    for name in {*standing, *wanted}:
        amount = wanted.get(name)
        row = standing.get(name) or make(**{key: name})
        if amount is None:
            if row.pk:
                g.keep(row)
                row.delete()
        elif not row.pk or row.montant != amount:
            g.keep(row)
            row.montant = exact(amount)
            row.full_clean()
            row.save()


def settle(found: DossierDeDemande | CompteRenduFinancier, lines: Any, brought: Any) -> None:
    """Keep what its accounts and what funders bring come to."""
    sums = balance(dict(lines.values_list("compte", "montant")), brought.values_list("montant", flat=True))
    found.charges, found.produits = sums.charges, sums.produits
    found.emplois, found.contributions = sums.emplois, sums.contributions
    save_next(found)


def save_next(found: DossierDeDemande | CompteRenduFinancier) -> None:
    """Save it as its next version, checked."""
    found.version += 1
    found.full_clean()
    found.save()
