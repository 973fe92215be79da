"""What the screens of one promise share: finding it, the way back to it, who reads what of it."""

from functools import partial

from tenir.contrat.retires import moved_or_404
from tenir.core.composants import Tampon
from tenir.ecran.edition import Sujet
from tenir.ecran.mots import UNDECLARED
from tenir.ecran.navigation import address
from tenir.engagements.droits import niveau_of
from tenir.engagements.enums import TON_DE_L_ETAT
from tenir.engagements.histoire import history_of
from tenir.engagements.models import SuiviDEngagement
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces, require

ONGLET = "suivi-engagements"


def suivi_or_404(espace: EspaceDeContrat, code: str) -> SuiviDEngagement:
    """The life of a promise in force of a contract.

    Raises:
        Moved, Withdrawn: an avenant or a correction withdrew it.
        Http404: no such promise here.
    """
    rows = SuiviDEngagement.objects.of(espace).select_related("engagement__signataire__organisation")
    found = rows.filter(engagement__code=code).first()
    if found is None:
        raise moved_or_404(espace, code, partial(address, "suivi-engagement", espace))
    return found


def for_(right: str, acces: Acces, espace: EspaceDeContrat, code: str) -> SuiviDEngagement:
    """The promise that someone is about to change.

    Raises:
        Http404: no such promise here.
        Refus: it is not hers to change.
    """
    found = suivi_or_404(espace, code)
    require(acces, right, espace, found)
    return found


def at(suivi: SuiviDEngagement, name: str = "", *more: object) -> str:
    """The address of a page of a promise."""
    return address(f"suivi-engagement{'-' if name else ''}{name}", suivi.espace, suivi.code, *more)


def stamp(suivi: SuiviDEngagement) -> Tampon:
    """Where it stands, or that nothing is announced."""
    return Tampon(suivi.get_etat_display() or UNDECLARED, TON_DE_L_ETAT[suivi.etat])


def sujet(suivi: SuiviDEngagement) -> Sujet:
    """A promise as its small pages show it."""
    return Sujet(
        suivi.espace,
        suivi.code,
        suivi.engagement.titre,
        at(suivi),
        ONGLET,
        lambda acces: history_of(suivi, niveau_of(acces, suivi)),
    )
