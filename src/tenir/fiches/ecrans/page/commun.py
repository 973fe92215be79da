"""What the screens of one fiche share: finding it, showing it as a `Sujet`."""

from functools import partial

from django.db.models import QuerySet
from django.http import HttpRequest

from tenir.contrat.models import ActionPrevue
from tenir.contrat.retires import moved_or_404
from tenir.core.composants import Lien, Tampon
from tenir.ecran.edition import Sujet
from tenir.ecran.mots import UNDECLARED
from tenir.ecran.navigation import address
from tenir.fiches.droits import niveau_of
from tenir.fiches.enums import TON_DU_STATUT
from tenir.fiches.histoire import history_of
from tenir.fiches.models import FicheAction
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces, require


def sujet(fiche: FicheAction) -> Sujet:
    """A fiche as its small pages show it."""
    return Sujet(
        fiche.espace,
        fiche.code,
        fiche.action.titre,
        address("fiche", fiche.espace, fiche.code),
        "fiches",
        lambda acces: history_of(fiche, niveau_of(acces, fiche.espace, fiche)),
    )


def fiche_or_404(espace: EspaceDeContrat, code: str) -> FicheAction:
    """The fiche of an action in force of a contract, with what carries it.

    Raises:
        Moved, Withdrawn: an avenant or a correction withdrew it.
        Http404: no such action here.
    """
    rows = FicheAction.objects.of(espace).select_related(
        "espace", "action__orientation__axe", "organisme_en_charge", "personne_en_charge"
    )
    found = rows.filter(action__code=code).first()
    if found is None:
        raise moved_or_404(espace, code, partial(address, "fiche", espace))
    return found


def editable(acces: Acces, espace: EspaceDeContrat, code: str) -> FicheAction:
    """The fiche that someone is about to change.

    Raises:
        Http404: no such action here.
        Refus: it is not hers to change.
    """
    found = fiche_or_404(espace, code)
    require(acces, "fiche.update", espace, found)
    return found


def status_stamp(fiche: FicheAction) -> Tampon:
    """The declared status, or that nothing is announced."""
    return Tampon(fiche.get_statut_display() or UNDECLARED, TON_DU_STATUT[fiche.statut])


def linked_actions(request: HttpRequest, actions: QuerySet[ActionPrevue]) -> list[Lien]:
    """Planned actions of one contract, each leading to its fiche, with its declared status; two queries."""
    found = list(actions)
    fiches = {one.action_id: one for one in FicheAction.objects.filter(action__in=found)}
    return [
        Lien(one.titre, address("fiche", one.espace, one.code), one.code, stamp=_stamp_of(fiches.get(one.pk)))
        for one in found
    ]


def _stamp_of(fiche: FicheAction | None) -> Tampon | None:
    return status_stamp(fiche) if fiche else None
