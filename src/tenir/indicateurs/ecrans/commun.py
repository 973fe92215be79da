"""What the screens of one indicator share: finding it, the way back to it."""

from functools import partial

from django.shortcuts import get_object_or_404

from tenir.contrat.models import Indicateur
from tenir.contrat.retires import moved_or_404
from tenir.ecran.edition import Sujet
from tenir.ecran.navigation import address
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces, require
from tenir.indicateurs.histoire import history_of
from tenir.indicateurs.models import ReleveDIndicateur, SuiviDIndicateur
from tenir.indicateurs.releves import with_readings

ONGLET = "suivi-indicateurs"


def suivi_or_404(espace: EspaceDeContrat, code: str) -> SuiviDIndicateur:
    """The life of an indicator in force of a contract, with its readings and its targets.

    Raises:
        Moved, Withdrawn: an avenant or a correction withdrew it.
        Http404: no such indicator here, or one that repeats another.
    """
    found = with_readings(SuiviDIndicateur.objects.of(espace)).filter(indicateur__code=code).first()
    if found is None:
        raise moved_or_404(espace, code, partial(address, "suivi-indicateur", espace))
    return found


def first_of(espace: EspaceDeContrat, code: str) -> str:
    """The code of the indicator that another only repeats; empty when it repeats none."""
    found = Indicateur.objects.of(espace).filter(code=code).values_list("repete__code", flat=True).first()
    return found or ""


def definable(acces: Acces, espace: EspaceDeContrat, code: str) -> SuiviDIndicateur:
    """The indicator that someone is about to define.

    Raises:
        Http404: no such indicator here.
        Refus: it is not hers to define.
    """
    found = suivi_or_404(espace, code)
    require(acces, "indicateur.define", espace, found)
    return found


def readable(acces: Acces, espace: EspaceDeContrat, code: str) -> SuiviDIndicateur:
    """The indicator of which someone is about to give a reading.

    Raises:
        Http404: no such indicator here.
        Refus: its readings are not hers to give.
    """
    found = suivi_or_404(espace, code)
    require(acces, "releve.create", espace, found)
    return found


def releve_or_404(suivi: SuiviDIndicateur, numero: int) -> ReleveDIndicateur:
    """A reading of an indicator, corrected or not.

    Raises:
        Http404: it has no such reading.
    """
    found: ReleveDIndicateur = get_object_or_404(suivi.releves.select_related("suivi__espace"), pk=numero)
    return found


def at(suivi: SuiviDIndicateur, name: str = "", *more: object) -> str:
    """The address of a page of an indicator."""
    return address(f"suivi-indicateur{'-' if name else ''}{name}", suivi.espace, suivi.code, *more)


def sujet(suivi: SuiviDIndicateur) -> Sujet:
    """An indicator as its small pages show it."""
    return Sujet(
        suivi.espace,
        suivi.code,
        suivi.indicateur.libelle,
        at(suivi),
        ONGLET,
        lambda acces: history_of(suivi),
    )
