"""After a grant: its convention, made then signed; what is paid, and given back; the dates of the action, moved.

What is signed, paid or given back is a dated row of the ledger, by its services: nothing of it is kept twice here.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q

from tenir.appels.champs import CONVENTION as WRITTEN
from tenir.appels.enums import EtatDeReport, Suite
from tenir.appels.models import ConventionDeSubvention, DossierDeDemande, PartDemandee, ReportDeDates
from tenir.appels.services.commun import DOSSIER, INSTRUCT, about_dossier, hand_of, locked_dossier, locked_part
from tenir.appels.services.instruction import about_part, ledger_row
from tenir.appels.services.messages import tell_dates
from tenir.appels.seuils import CONVENTION_DUE
from tenir.core import horloge
from tenir.core.marques import Lu, refuse_unread
from tenir.core.noms import designe
from tenir.core.requetes import still
from tenir.core.seuils import in_force
from tenir.core.trace import Fait
from tenir.core.typographie import date_fr
from tenir.ecran.annulation.gestes import geste
from tenir.financement.enums import EtatDeFinancement
from tenir.financement.montants import ZERO, exact, told, total
from tenir.financement.services.lignes import say
from tenir.gouvernance.services.commun import rewrite
from tenir.habilitations.numeros import next_number
from tenir.habilitations.rights import Acces, require

BY_LINK = "lien du dossier"


@dataclass(frozen=True, slots=True)
class Versement:
    """What was paid one day, or given back when it is less than nought; `total`: in all since the first."""

    le: date
    montant: Decimal
    total: Decimal
    source: str
    motif: str


@transaction.atomic
def establish(*, by: Acces, part: PartDemandee, modalites: str, lu: Lu | None = None) -> ConventionDeSubvention:
    """Make the convention of a grant, to be signed.

    Raises:
        Refus: she may not.
        Perime: it is no more what was read.
        ValidationError: nothing is granted, it has one already, nobody says how it is paid.
    """
    found = _granted(by, part, lu)
    if convention_of(found):
        raise ValidationError("Cette subvention a déjà sa convention.")
    espace = found.dossier.espace
    made = ConventionDeSubvention(
        espace=espace, numero=next_number(ConventionDeSubvention, espace), part=found, modalites=modalites.strip(),
        etablie_le=horloge.today(espace),
    )  # fmt: skip
    made.full_clean()
    with geste(by, about_part(found), f"convention {made.code} établie") as g:
        g.keep(made)
        made.save()
        g.tell([Fait(DOSSIER, found.dossier.code, f"convention avec {found.financeur}", "", f"{made.code}, à signer")])
    return made


@transaction.atomic
def rewrite_convention(
    *, by: Acces, convention: ConventionDeSubvention, version: int, changes: Mapping[str, Any]
) -> ConventionDeSubvention:
    """Change what a convention says, until it is signed.

    Raises:
        Refus: she may not.
        Conflit: someone changed it since that version.
        ValidationError: it is signed.
    """
    found = _locked(convention)
    require(by, INSTRUCT, found.espace)
    if found.signee_le:
        raise ValidationError("Cette convention est signée : elle ne change plus.")
    rewrite(by, about_part(found.part), found, version, changes, WRITTEN)
    return found


@transaction.atomic
def sign(*, by: Acces, convention: ConventionDeSubvention, le: date, lu: Lu | None = None) -> ConventionDeSubvention:
    """Say that a convention is signed; the ledger says so too.

    Raises:
        Refus: she may not, or may not write in the ledger.
        Perime: it is no more what was read.
        ValidationError: it is signed already, on a day to come or before it was made.
    """
    found = _locked(convention)
    part = _granted(by, found.part, lu)
    if found.signee_le:
        raise ValidationError("Cette convention est déjà signée.")
    with geste(by, about_part(part), f"convention {found.code} signée") as g:
        g.keep(found)
        found.signee_le = le
        found.version += 1
        found.full_clean()
        found.save()
        _in_the_ledger(by, part, EtatDeFinancement.CONVENTIONNE, part.accorde, le, f"Convention {found.code}")
        g.tell([Fait(DOSSIER, part.dossier.code, f"convention {found.code}", "à signer", f"signée le {date_fr(le)}")])
    return found


@transaction.atomic
def pay(
    *, by: Acces, part: PartDemandee, montant: Decimal, le: date, source: str, motif: str = "", lu: Lu | None = None
) -> None:
    """Write a payment in the ledger: what is paid in all by then.

    Raises:
        Refus: she may not, or may not write in the ledger.
        Perime: it is no more what was read.
        ValidationError: nothing is granted, more than granted, a day to come; above the threshold without a signed
            convention, nobody says why.
    """
    found = _granted(by, part, lu)
    if not montant:
        raise ValidationError({"montant": "Un montant est plus grand que zéro."})
    paid = exact(_paid(found) + exact(montant))
    if found.accorde is not None and paid > found.accorde:
        raise ValidationError({"montant": f"C’est plus que ce qui est accordé : {told(found.accorde)}."})
    if is_due(found) and not is_signed(found) and not motif.strip():
        raise ValidationError({"motif": f"{due_said(found)} Dites pourquoi il n’y en a pas."})
    _move(by, found, paid, le, source, motif, f"{told(montant)} versés")


@transaction.atomic
def refund(
    *, by: Acces, part: PartDemandee, montant: Decimal, le: date, source: str, motif: str, lu: Lu | None = None
) -> None:
    """Write in the ledger what a body gives back: what stays paid in all is less, and says why.

    Raises:
        Refus: she may not, or may not write in the ledger.
        Perime: it is no more what was read.
        ValidationError: more than was paid, nobody says why, a day to come.
    """
    found = _granted(by, part, lu)
    if not motif.strip():
        raise ValidationError({"motif": "Dites pourquoi."})
    if not ZERO < exact(montant) <= _paid(found):
        raise ValidationError({"montant": f"On ne reverse que ce qui est versé : {told(_paid(found)) or 'rien'}."})
    _move(by, found, _paid(found) - exact(montant), le, source, motif, f"{told(montant)} reversés")


@transaction.atomic
def ask_dates(
    *, by: Acces | None, dossier: DossierDeDemande, debut: date, fin: date, raison: str, lu: Lu | None = None
) -> ReportDeDates:
    """Ask other days for an action that is funded: by the link, or as the team.

    Raises:
        Refus: she may not.
        Perime: it is no more what was read.
        ValidationError: nothing is granted, nothing changes, days out of order, one waits already, nobody says why.
    """
    found = locked_dossier(dossier)
    if by:
        require(by, INSTRUCT, found.espace)
    refuse_unread(lu, shown_dates(found))
    if not found.parts.filter(suite=Suite.ACCORDE).exists():
        raise ValidationError("Aucun financeur n’a accordé de subvention à cette action.")
    if (debut, fin) == (found.debut, found.fin):
        raise ValidationError({"debut": "Ces dates sont déjà les siennes."})
    today = horloge.today(found.espace)
    made = ReportDeDates(dossier=found, debut=debut, fin=fin, raison=raison.strip(), demande_le=today)
    made.full_clean()
    with hand_of(by, about_dossier(found), "changement de dates demandé", BY_LINK) as g:
        g.keep(made)
        made.save()
        g.tell([Fait(DOSSIER, found.code, "dates demandées", _days(found), _days(made))])
    return made


@transaction.atomic
def answer_dates(
    *, by: Acces, report: ReportDeDates, etat: str, reponse: str = "", lu: Lu | None = None
) -> ReportDeDates:
    """Accept other days, which become those of the dossier, or refuse them, saying why; whoever asked is told.

    Raises:
        Refus: she may not.
        Perime: it is no more what was read.
        ValidationError: it has its answer already, a refusal does not say why.
    """
    row = still(ReportDeDates.objects.select_for_update(of=("self",)), report)
    found = locked_dossier(row.dossier)
    require(by, INSTRUCT, found.espace)
    refuse_unread(lu, shown_report(row))
    if row.etat != EtatDeReport.A_LIRE or etat == EtatDeReport.A_LIRE:
        raise ValidationError("Ce changement de dates a déjà sa réponse.")
    with geste(by, about_dossier(found), f"changement de dates : {EtatDeReport(etat).label}") as g:
        g.keep(row)
        before = _days(found)
        row.etat, row.reponse, row.repondu_le = etat, reponse.strip(), horloge.today(found.espace)
        row.full_clean()
        row.save()
        if etat == EtatDeReport.ACCEPTE:
            g.keep(found)
            found.debut, found.fin = row.debut, row.fin
            found.version += 1
            found.full_clean()
            found.save()
        g.tell([Fait(DOSSIER, found.code, "dates", before, f"{_days(row)}, {row.get_etat_display()}")])
    tell_dates(row)
    return row


def payments_of(part: PartDemandee) -> list[Versement]:
    """What was paid of a grant and given back, day by day, as the ledger says; one query."""
    if part.ligne_id is None or part.ligne is None:
        return []
    found: list[Versement] = []
    rows = part.ligne.mouvements.filter(etat=EtatDeFinancement.VERSE).order_by("le", "rang")
    before = ZERO
    for one in rows:
        amount = one.montant or ZERO
        found.append(Versement(one.le, amount - before, amount, one.source, one.motif))
        before = amount
    return found


def convention_of(part: PartDemandee) -> ConventionDeSubvention | None:
    """Its convention, when it has one."""
    return ConventionDeSubvention.objects.filter(part=part).select_related("espace").first()


def is_signed(part: PartDemandee) -> bool:
    """Whether its convention is signed."""
    return ConventionDeSubvention.objects.filter(part=part, signee_le__isnull=False).exists()


def is_due(part: PartDemandee) -> bool:
    """Whether the law asks for a convention: what a funder grants a body in a year is above the threshold."""
    dossier = part.dossier
    same = Q(dossier=dossier)
    if dossier.siret:
        same |= Q(dossier__siret=dossier.siret)
    if dossier.rna:
        same |= Q(dossier__rna=dossier.rna)
    rows = PartDemandee.objects.filter(
        same, financeur=part.financeur_id, suite=Suite.ACCORDE, dossier__espace=dossier.espace_id,
        dossier__appel__annee=dossier.appel.annee,
    )  # fmt: skip
    return total(rows.values_list("accorde", flat=True)) > _threshold(dossier)


def due_said(part: PartDemandee) -> str:
    """Why a convention is asked for, with the threshold of today."""
    above = told(Decimal(_threshold(part.dossier)))
    return (
        f"Au-dessus de {above} par an et par financeur, une convention signée est obligatoire avec un organisme privé."
    )


def _threshold(dossier: DossierDeDemande) -> int:
    return in_force(CONVENTION_DUE, horloge.today(dossier.espace))


def shown_grant(part: PartDemandee) -> Lu:
    """What a page shows of a grant before something is done of it."""
    found = convention_of(part)
    where = "aucune" if found is None else date_fr(found.signee_le) if found.signee_le else "à signer"
    return {"accordé": told(part.accorde), "versé": told(_paid(part)), "convention": where}


def shown_dates(dossier: DossierDeDemande) -> Lu:
    """What a page shows of the days of an action."""
    return {"dates": _days(dossier)}


def shown_report(report: ReportDeDates) -> Lu:
    """What a page shows of other days that were asked for."""
    return {"dates": _days(report), "état": str(report.get_etat_display())}


def _days(row: DossierDeDemande | ReportDeDates) -> str:
    return f"du {date_fr(row.debut)} au {date_fr(row.fin)}" if row.debut and row.fin else "à fixer"


def _granted(by: Acces, part: PartDemandee, lu: Lu | None) -> PartDemandee:
    """A share that was granted, held, of which one may do something.

    Raises:
        Refus: she may not.
        Perime: it is no more what was read.
        ValidationError: it is not granted.
    """
    found = locked_part(part)
    require(by, INSTRUCT, found.dossier.espace)
    refuse_unread(lu, shown_grant(found))
    if found.suite != Suite.ACCORDE or found.ligne is None:
        raise ValidationError("Ce financeur n’a rien accordé à ce dossier.")
    return found


def _locked(convention: ConventionDeSubvention) -> ConventionDeSubvention:
    rows = ConventionDeSubvention.objects.select_for_update(of=("self",))
    return still(rows.select_related("espace", "part__financeur", "part__dossier__espace", "part__ligne"), convention)


def _paid(part: PartDemandee) -> Decimal:
    return (part.ligne.verse if part.ligne else None) or ZERO


def _move(by: Acces, part: PartDemandee, paid: Decimal, le: date, source: str, motif: str, said: str) -> None:
    """Write what is paid in all by a day in the ledger, and what happened in the history of the dossier."""
    since = part.ligne.etat_le if part.ligne else None
    if since and le < since:
        raise ValidationError({"le": f"Le registre va déjà jusqu’au {date_fr(since)} : un versement le suit."})
    with geste(by, about_part(part), f"{said} par {designe(part.financeur)}") as g:
        before = told(_paid(part))
        _in_the_ledger(by, part, EtatDeFinancement.VERSE, paid, le, source, motif)
        g.tell(
            [Fait(DOSSIER, part.dossier.code, f"versé par {designe(part.financeur)}", before, told(paid))],
            motif.strip(),
        )


def _in_the_ledger(
    by: Acces, part: PartDemandee, etat: str, montant: Decimal | None, le: date, source: str, motif: str = ""
) -> None:
    assert part.ligne is not None  # noqa: S101 (what is granted has its line: `_granted`)
    say(by=by, ligne=part.ligne, version=part.ligne.version, given=ledger_row(etat, montant, le, source, motif))
