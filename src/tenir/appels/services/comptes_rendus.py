"""Reports: filled part by part by the link of the dossier or by the team, handed in, read, asked again.

What the register of activity says is there already; what the team reads becomes readings of indicators.
"""

from collections.abc import Mapping
from decimal import Decimal
from functools import partial
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from tenir.appels import registre
from tenir.appels.champs import COMPTE_RENDU as SECTIONS
from tenir.appels.comptes import same
from tenir.appels.enums import EtatDeCompteRendu
from tenir.appels.models import (
    CompteRenduFinancier,
    DossierDeDemande,
    LigneRealisee,
    PartDemandee,
    RecuDeFinanceur,
    ResultatDIndicateur,
)
from tenir.appels.services.attendus import is_granted, report_of
from tenir.appels.services.commun import (
    DOSSIER,
    FILL,
    INSTRUCT,
    Main,
    about_dossier,
    hand_of,
    locked_dossier,
    rewrite_amounts,
    save_next,
    settle,
)
from tenir.appels.services.messages import ask_report_again
from tenir.core import horloge
from tenir.core.marques import Lu, refuse_unread
from tenir.core.requetes import still
from tenir.core.trace import Fait
from tenir.core.typographie import date_fr
from tenir.ecran.annulation.gestes import geste
from tenir.ecran.champs import told_on
from tenir.financement.montants import told
from tenir.habilitations.rights import Acces, require
from tenir.indicateurs.models import SuiviDIndicateur
from tenir.indicateurs.services.indicateur import Mesure, figure, record_releve

BY_LINK = "lien du dossier"
Etat = EtatDeCompteRendu


@transaction.atomic
def fill_report(
    *, by: Acces | None, dossier: DossierDeDemande, section: str, given: Mapping[str, Any], lu: Lu | None = None
) -> CompteRenduFinancier:
    """Save one part of a report; nothing is required until it is handed in.

    Raises:
        Refus: she may not.
        Perime: the part is no more what was read.
        ValidationError: nothing was granted, it is handed in, something in it cannot be.
    """
    found, made = _open_to(by, dossier)
    refuse_unread(lu, shown(found, section))
    before = _told(found, section)
    with hand_of(by, about_dossier(made), f"compte rendu, {SECTIONS[section].titre.lower()}", BY_LINK) as g:
        g.keep(found)
        found.save()
        for name in SECTIONS[section].champs:
            setattr(found, name, given[name])
        if section in ("charges", "produits"):
            _write_lines(g, found, section, given)
        if section == "resultats":
            _write_results(g, found, given["valeurs"])
        settle(found, found.realise, found.recus)
        g.tell(
            [
                Fait(
                    DOSSIER,
                    made.code,
                    f"compte rendu, {SECTIONS[section].titre.lower()}",
                    before,
                    _told(found, section),
                )
            ]
        )
    return found


@transaction.atomic
def hand_in(*, by: Acces | None, dossier: DossierDeDemande, lu: Lu | None = None) -> CompteRenduFinancier:
    """Hand a report in, once nothing is missing; what the register says that day is kept with it.

    Raises:
        Refus: she may not.
        Perime: it is no more what was read.
        ValidationError: something is missing, or it is handed in already.
    """
    found, made = _open_to(by, dossier)
    refuse_unread(lu, shown_whole(found))
    if lacks := missing(found):
        raise ValidationError(lacks)
    with hand_of(by, about_dossier(made), "compte rendu remis", BY_LINK) as g:
        g.keep(found)
        found.etat, found.remis_le, found.reprise = Etat.REMIS, horloge.today(made.espace), ""
        found.registre = registre.said_of(made)[:500]
        _from_the_register(g, found)
        save_next(found)
        g.tell([Fait(DOSSIER, made.code, "compte rendu", "attendu", f"remis le {date_fr(found.remis_le)}")])
    return found


@transaction.atomic
def read_report(*, by: Acces, report: CompteRenduFinancier, lu: Lu | None = None) -> CompteRenduFinancier:
    """Read a report: each of its results becomes a reading of its indicator, with where it comes from.

    Raises:
        Refus: she may not, or may not give readings.
        Perime: it is no more what was read.
        ValidationError: it is not handed in, or is read already; a reading of its days is given already.
    """
    found = _locked(report)
    require(by, INSTRUCT, found.espace)
    refuse_unread(lu, shown_whole(found))
    if found.etat != Etat.REMIS:
        raise ValidationError("Ce compte rendu n’est pas remis, ou est déjà lu.")
    with geste(by, about_dossier(found.dossier), "compte rendu lu") as g:
        g.keep(found)
        found.etat, found.lu_le = Etat.LU, horloge.today(found.espace)
        save_next(found)
        kept = [_reading(by, g, found, one) for one in found.resultats.select_related("suivi__indicateur")]
        said = ", ".join(["lu", *kept])
        g.tell([Fait(DOSSIER, found.dossier.code, "compte rendu", "remis", said)])
    return found


@transaction.atomic
def ask_again(*, by: Acces, report: CompteRenduFinancier, reprise: str, lu: Lu | None = None) -> CompteRenduFinancier:
    """Give a report back to be completed, saying what is wanted; whoever filled it is told.

    Raises:
        Refus: she may not.
        Perime: it is no more what was read.
        ValidationError: it is not handed in, is read already, or nobody says what is wanted.
    """
    found = _locked(report)
    require(by, INSTRUCT, found.espace)
    refuse_unread(lu, shown_whole(found))
    if found.etat != Etat.REMIS:
        raise ValidationError("Ce compte rendu n’est pas remis, ou est déjà lu.")
    if not reprise.strip():
        raise ValidationError({"reprise": "Dites ce qui manque."})
    with geste(by, about_dossier(found.dossier), "compte rendu à compléter") as g:
        g.keep(found)
        found.etat, found.remis_le, found.reprise = Etat.BROUILLON, None, reprise.strip()
        save_next(found)
        g.tell([Fait(DOSSIER, found.dossier.code, "compte rendu", "remis", "à compléter")], reprise.strip())
    ask_report_again(found)
    return found


def missing(report: CompteRenduFinancier) -> list[str]:
    """What a report still lacks, in sentences."""
    found = []
    if report.pas_eu_lieu:
        return [] if report.ecarts else ["Dites pourquoi l’action n’a pas eu lieu."]
    if not report.fait:
        found.append("Dites ce qui a été fait.")
    if report.charges is None:
        found.append("Dites ce que l’action a coûté.")
    if not is_balanced(report) and not report.ecarts:
        found.append(f"{told_balance(report)} Dites pourquoi, dans « {SECTIONS['fait'].titre} ».")
    if not same(report.emplois, report.contributions):
        found.append("Les contributions volontaires, 86 et 87, font le même total.")
    return found


def is_balanced(report: CompteRenduFinancier) -> bool:
    """Whether what it cost and what paid it are both said, and the same."""
    return report.charges is not None and report.charges == report.produits


def told_balance(report: CompteRenduFinancier) -> str:
    """« Il reste 200 €. », « Il manque 200 €. », « Le budget est en équilibre. »"""
    if report.charges is None and report.produits is None:
        return "Rien n’est encore dit de ce qui est réalisé."
    if report.charges is None:
        return "Ce que l’action a coûté n’est pas encore dit."
    if report.produits is None:
        return "Qui l’a payée n’est pas encore dit."
    if report.charges == report.produits:
        return "Le budget est en équilibre."
    more = report.produits > report.charges
    gap = abs(report.produits - report.charges)
    return f"Il reste {told(gap)}." if more else f"Il manque {told(gap)}."


def received_of(part: PartDemandee) -> Decimal | None:
    """What a funder paid, as the ledger says; nothing where nothing is written."""
    return part.ligne.verse if part.ligne else None


def shown(report: CompteRenduFinancier, section: str) -> Lu:
    """What a page shows of a part."""
    said = {name: told_on(report, name, getattr(report, name)) for name in SECTIONS[section].champs}
    if report.pk and section in ("charges", "produits"):
        said |= {one.compte: told(one.montant) for one in report.realise.all()}
        said |= {f"financeur {one.part_id}": told(one.montant) for one in report.recus.all()}
    if report.pk and section == "resultats":
        said |= {f"indicateur {one.suivi_id}": figure(one.valeur) for one in report.resultats.all()}
    return said


def shown_whole(report: CompteRenduFinancier) -> Lu:
    """What a page shows of a report about to be handed in, read or given back."""
    return {"état": str(report.get_etat_display()), "version": str(report.version)}


def _open_to(by: Acces | None, dossier: DossierDeDemande) -> tuple[CompteRenduFinancier, DossierDeDemande]:
    """The report of a dossier that was granted something, held, that one may change."""
    found = locked_dossier(dossier)
    if by:
        require(by, FILL, found.espace)
    if not is_granted(found):
        raise ValidationError("Aucun financeur n’a accordé de subvention à cette action.")
    report = report_of(found)
    report.dossier = found
    if report.est_remis:
        raise ValidationError("Ce compte rendu est remis : il ne change plus.")
    return report, found


def _locked(report: CompteRenduFinancier) -> CompteRenduFinancier:
    rows = CompteRenduFinancier.objects.select_for_update(of=("self",))
    return still(rows.select_related("dossier__espace", "dossier__appel"), report)


def _write_lines(g: Main, found: CompteRenduFinancier, section: str, given: Mapping[str, Any]) -> None:
    lines: Mapping[str, Decimal | None] = given["comptes"]
    rewrite_amounts(
        g, found.realise.filter(compte__in=lines), "compte", lines, partial(LigneRealisee, compte_rendu=found)
    )
    if section == "produits":
        own = set(found.dossier.parts.values_list("pk", flat=True))
        received = {pk: one for pk, one in given["recus"].items() if pk in own}
        rewrite_amounts(g, found.recus.all(), "part_id", received, partial(RecuDeFinanceur, compte_rendu=found))


def _write_results(g: Main, found: CompteRenduFinancier, valeurs: Mapping[int, Decimal | None]) -> None:
    """Write what the body says of indicators; what the register says is written when it is handed in."""
    standing = {one.suivi_id: one for one in found.resultats.select_for_update()}
    known = SuiviDIndicateur.objects.of(found.espace).in_bulk(list(valeurs))
    for pk, suivi in known.items():
        row, value = standing.get(pk), valeurs[pk]
        if value is None:
            if row:
                g.keep(row)
                row.delete()
            continue
        row = row or ResultatDIndicateur(compte_rendu=found, suivi=suivi)
        g.keep(row)
        row.valeur, row.du_registre = value, False
        row.full_clean()
        row.save()


def _from_the_register(g: Main, found: CompteRenduFinancier) -> None:
    """Keep what the register says of each indicator, in place of what was said before."""
    standing = {one.suivi_id: one for one in found.resultats.select_for_update()}
    said = {one.suivi.pk: one for one in registre.results_of(found.dossier)}
    for pk, one in standing.items():
        if one.du_registre and pk not in said:
            g.keep(one)
            one.delete()
    for pk, told_of in said.items():
        row = standing.get(pk) or ResultatDIndicateur(compte_rendu=found, suivi=told_of.suivi)
        g.keep(row)
        row.valeur, row.du_registre = told_of.valeur, True
        row.full_clean()
        row.save()


def _reading(by: Acces, g: Main, found: CompteRenduFinancier, one: ResultatDIndicateur) -> str:
    """Give a result as a reading of its indicator, for this action alone; return what the trace says of it."""
    dossier = found.dossier
    given = found.remis_le or horloge.today(dossier.espace)
    days = registre.period_of(dossier) or (given, given)
    where = "registre d’activité" if one.du_registre else "dit par l’organisme"
    mesure = Mesure(
        debut=days[0], fin=days[1], valeur=one.valeur, source=f"Compte rendu du dossier {dossier.code}, {where}",
        ventilation=f"{dossier.titre[:90]} ({dossier.code})",
    )  # fmt: skip
    g.keep(one)
    one.releve = record_releve(by=by, suivi=one.suivi, mesure=mesure, exact=True)
    one.save(update_fields=["releve"])
    return f"{one.suivi.code} : {figure(one.valeur)}"


def _told(found: CompteRenduFinancier, section: str) -> str:
    """What the trace says of a part: its sums; of its words, that there are some, for they may name someone."""
    if section == "charges":
        return told(found.charges)
    if section == "produits":
        return told(found.produits)
    if section == "resultats":
        return str(found.resultats.count()) if found.pk else ""
    return "remplie" if any(getattr(found, name) for name in SECTIONS[section].champs) else ""
