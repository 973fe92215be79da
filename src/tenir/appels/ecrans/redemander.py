"""What a dossier says of reports: where its own stands, and what those of before left to say when one asks again."""

from typing import Any

from django.db.models import Q, QuerySet

from tenir.appels.enums import EtatDeDossier, Suite
from tenir.appels.models import DossierDeDemande
from tenir.appels.services.attendus import due_on, is_granted, report_of
from tenir.core import horloge
from tenir.core.typographie import capital, date_fr, typo
from tenir.financement.montants import told

LAST = 3
"""How many dossiers of before are told of."""


def report_told(dossier: DossierDeDemande, url: str) -> dict[str, Any]:
    """Where the report of a dossier stands, once it was granted something; nothing before."""
    if not is_granted(dossier):
        return {}
    report = report_of(dossier)
    due = date_fr(due_on(dossier))
    said = f"remis le {date_fr(report.remis_le)}" if report.remis_le else f"à remettre avant le {due}"
    return {"dit": typo(capital(said) + "."), "url": url, "remis": report.est_remis}


def owed_before(dossier: DossierDeDemande, *, team: bool) -> list[str]:
    """What a renewal says first: the report of before that is missing, or what it said; one query.

    By the link, of the dossier that it was taken up from; for the team, of the last ones of the same body.
    """
    same = same_body(dossier) if team else DossierDeDemande.objects.of(dossier.espace).filter(pk=_taken_from(dossier))
    over = same.filter(etat=EtatDeDossier.DEPOSE, fin__lt=horloge.today(dossier.espace), parts__suite=Suite.ACCORDE)
    rows = over.select_related("compte_rendu").distinct().order_by("-numero")
    return [typo(told_before(one)) for one in rows[:LAST]]


def told_before(before: DossierDeDemande) -> str:
    """What a dossier of before left to say: its report that is missing, or what was reported."""
    report, name = getattr(before, "compte_rendu", None), f"« {before.titre} » ({before.code})"
    if report is None or not report.est_remis:
        return f"Le compte rendu de {name} manque : il est à remettre avant le {date_fr(due_on(before))}."
    done = f", {report.registre}" if report.registre else ""
    spent = "l’action n’a pas eu lieu," if report.pas_eu_lieu else "dépenses non dites,"
    if report.charges is not None:
        spent = f"{told(report.charges)} dépensés"
    return f"Compte rendu de {name} remis : {spent} sur {told(before.charges)} prévus{done}."


def same_body(dossier: DossierDeDemande) -> QuerySet[DossierDeDemande]:
    """The other dossiers of the same body, by its SIRET or its RNA, and the one it was taken up from."""
    same = Q(pk=_taken_from(dossier))
    for name in ("siret", "rna"):
        if value := getattr(dossier, name):
            same |= Q(**{name: value})
    return DossierDeDemande.objects.of(dossier.espace).filter(same).exclude(pk=dossier.pk)


def _taken_from(dossier: DossierDeDemande) -> int:
    """The number of the dossier that one was taken up from; nought is none."""
    return dossier.repris_de_id or 0
