"""The ledger: opening a line, adding a dated row to one. No row is changed nor erased: a figure follows a figure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from tenir.acteurs.models import Organisation
from tenir.contrat.models import Orientation
from tenir.core import horloge
from tenir.core.contraintes import validate_constraints
from tenir.core.trace import Fait
from tenir.core.typographie import date_fr
from tenir.ecran.annulation.gestes import Ecriture, geste
from tenir.ecran.versions import Conflit, Difference
from tenir.fiches.models import FicheAction
from tenir.financement.enums import ETATS, EtatDeFinancement, Registre
from tenir.financement.garde import Recus, refuse_row
from tenir.financement.models import LigneDeFinancement, MouvementDeFinancement
from tenir.financement.montants import exact, told
from tenir.financement.services.commun import LIGNE, UPDATE, about_line, locked
from tenir.financement.solde import settle
from tenir.gouvernance.services.commun import same_contract
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.numeros import hold, next_number
from tenir.habilitations.rights import Acces, require

SETTLED = ("etat", "etat_le", "montant", "compte", "annonce", "demande", "vote", "verse")
"""What a line holds of its rows."""


@dataclass(frozen=True, slots=True)
class Case:
    """Where an amount goes: a ledger, a thing, a funder, a year; no year, for all those of the contract."""

    orientation: Orientation
    financeur: Organisation
    annee: int | None
    fiche: FicheAction | None = None
    projet: str = ""
    registre: str = Registre.SPECIFIQUE


def line_of(espace: EspaceDeContrat, case: Case) -> LigneDeFinancement | None:
    """The line that stands in a cell, the printed ones apart."""
    rows = LigneDeFinancement.objects.of(espace).filter(imprimee=None)
    return rows.filter(**_columns(case)).first()


@transaction.atomic
def open_line(*, by: Acces, espace: EspaceDeContrat, case: Case, given: Mapping[str, Any]) -> LigneDeFinancement:
    """Open a line with its first dated row.

    Raises:
        Refus: she may not, for this funder.
        Conflit: someone opened one in this cell meanwhile: what she wrote, and what was about to be written.
        ValidationError: a cell of another contract, a year outside it, a row that does not hold together.
    """
    made = line_for(espace, case)
    hold(espace)
    if standing := line_of(espace, case):
        require(by, UPDATE, espace, standing)
        raise Conflit(differences(standing, given))
    made.numero = next_number(LigneDeFinancement, espace)
    require(by, UPDATE, espace, made)
    with geste(by, about_line(made), _phrase(given)) as g:
        g.keep(made)
        _add(by, made, given, g)
    return made


def line_for(espace: EspaceDeContrat, case: Case) -> LigneDeFinancement:
    """The line that a cell would have, in memory; without its number.

    Raises:
        ValidationError: a cell of another contract, a year outside it.
    """
    _check(espace, case)
    return LigneDeFinancement(espace=espace, suivie_depuis=horloge.today(espace), **_columns(case))


def row_for(by: Acces, ligne: LigneDeFinancement, given: Mapping[str, Any]) -> MouvementDeFinancement:
    """The dated row that someone would write, in memory."""
    return MouvementDeFinancement(ligne=ligne, auteur=by.personne, pour=by.organisation(ligne.espace), **_row(given))


@transaction.atomic
def say(*, by: Acces, ligne: LigneDeFinancement, version: int, given: Mapping[str, Any]) -> LigneDeFinancement:
    """Add a dated row to a line: a state, its amount in all at that date, where that comes from.

    Raises:
        Refus: she may not, on this line.
        Conflit: someone added one since that version; nothing is written.
        ValidationError: a state of the other ledger, no amount where one is due, no reason of a refusal, a day to come.
    """
    found = locked(ligne)
    require(by, UPDATE, found.espace, found)
    if version != found.version:
        raise Conflit(differences(found, given))
    with geste(by, about_line(found), _phrase(given)) as g:
        g.keep(found)
        found.version += 1
        _add(by, found, given, g)
    return found


def differences(ligne: LigneDeFinancement, given: Mapping[str, Any]) -> list[Difference]:
    """What stands in a line, and what was about to be written over it."""
    asked = {name: given.get(name) for name in ("etat", "montant")}
    found = [
        Difference("état", ligne.get_etat_display(), EtatDeFinancement(given["etat"]).label),
        Difference("montant", told(ligne.montant), told(asked["montant"])),
    ]
    return [one for one in found if one.actuel != one.propose]


def told_row(etat: str, montant: Decimal | None) -> str:
    """A state and its amount in words: « voté, 4 000 € »."""
    return ", ".join(filter(None, (EtatDeFinancement(etat).label, told(montant))))


def add_row(ligne: LigneDeFinancement, row: MouvementDeFinancement) -> None:
    """Keep a row of a line, and what the line comes to with it; the line may be new. The one door of every row.

    Raises:
        ValidationError: either does not hold together, or the other rows of the line do not bear it.
    """
    weigh(ligne, row, list(ligne.mouvements.all()) if ligne.pk else [], Recus(ligne.espace))
    if not ligne.pk:
        ligne.full_clean()
    ligne.save()
    row.ligne = ligne
    row.save()


def weigh(
    ligne: LigneDeFinancement, row: MouvementDeFinancement, earlier: Sequence[MouvementDeFinancement], recus: Recus
) -> None:
    """Say in memory what a line comes to with a row more; nothing is written, and a sheet of thousands asks nothing.

    Raises:
        ValidationError: either does not hold together, or the other rows of the line do not bear it.
    """
    if row.etat not in ETATS[ligne.registre]:
        raise ValidationError({"etat": "Cet état n’est pas de ce registre."})
    if row.le > horloge.today(ligne.espace):
        raise ValidationError({"le": "Ce jour n’est pas venu : inscrivez ce qui est déjà dit."})
    row.rang = max((one.rang for one in earlier), default=0) + 1
    row.full_clean(exclude=["ligne", "auteur", "pour"], validate_constraints=False)
    validate_constraints(row, ["ligne"])
    refuse_row(ligne, row, earlier, recus)
    settled = settle([*earlier, row])
    for name in SETTLED:
        setattr(ligne, name, getattr(settled, name))
    ligne.clean_fields(exclude=[one.name for one in ligne._meta.fields if one.is_relation])
    validate_constraints(ligne, unique=False)  # its cell is looked for by whoever opens it


def _add(by: Acces, ligne: LigneDeFinancement, given: Mapping[str, Any], g: Ecriture) -> None:
    before = "" if ligne.pk is None else told_row(ligne.etat, ligne.montant)
    row = row_for(by, ligne, given)
    g.keep(row)
    add_row(ligne, row)
    said = f"{told_row(row.etat, row.montant)}, le {date_fr(row.le)}, {row.source}"
    g.tell([Fait(LIGNE, ligne.code, "mouvement", before, said)], motif=row.motif)


def _row(given: Mapping[str, Any]) -> dict[str, Any]:
    """What is written of a row; what the page sends with a refusal is for the page to leave out."""
    amount = given.get("montant")
    kept = {name: (given.get(name) or "").strip() for name in ("source", "preuve", "motif")}
    return {"etat": given["etat"], "le": given["le"], "montant": None if amount is None else exact(amount), **kept}


def _columns(case: Case) -> dict[str, Any]:
    return {
        "orientation": case.orientation,
        "financeur": case.financeur,
        "annee": case.annee,
        "fiche": case.fiche,
        "projet": case.projet,
        "registre": case.registre,
    }


def _check(espace: EspaceDeContrat, case: Case) -> None:
    same_contract(espace.pk, orientation=case.orientation, fiche=case.fiche)
    if case.fiche and case.fiche.action.orientation_id != case.orientation.pk:
        raise ValidationError({"orientation": "Cette action n’est pas de cette orientation."})
    if case.annee is not None and not espace.debut <= case.annee <= espace.fin:
        raise ValidationError({"annee": f"Le contrat va de {espace.debut} à {espace.fin}."})


def _phrase(given: Mapping[str, Any]) -> str:
    return f"« {told_row(given['etat'], given.get('montant'))} » inscrit"
