"""What the room brings to the desk of who makes évaluations: what is to freeze, or to hand in, soon."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Q

from tenir.core.composants import Item
from tenir.core.typographie import date_fr, typo
from tenir.ecran.blocs import Annonce, Lignes, Section
from tenir.ecran.navigation import address
from tenir.ecran.seuils import soon_until
from tenir.evaluation.ecrans.commun import EVALUATIONS, stamp_of
from tenir.evaluation.enums import EtatDEvaluation
from tenir.evaluation.models import Evaluation
from tenir.evaluation.services.commun import RIGHT
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.organismes import bodies_of
from tenir.habilitations.rights import Acces, Portee, reach


def sections(acces: Acces, espace: EspaceDeContrat, on: date) -> Iterator[Section]:
    """For the team, all of them; for a partner, those that her body leads; one query."""
    held = reach(acces, RIGHT, espace)
    if held == Portee.AUCUNE:
        return
    soon = soon_until(on)
    to_freeze = Q(etat=EtatDEvaluation.EN_PREPARATION, a_figer_le__lte=soon)
    to_hand_in = Q(a_rendre_le__lte=soon) & ~Q(etat=EtatDEvaluation.PUBLIEE)
    rows = Evaluation.objects.of(espace).filter(to_freeze | to_hand_in)
    if held == Portee.SIENNE:
        rows = rows.filter(conduite_par__identifiant__in=bodies_of(acces, espace))
    annonce = Annonce("évaluation", "est à figer ou à rendre", "sont à figer ou à rendre")
    lines = Lignes(list(rows.order_by("a_figer_le", "numero")), _line)
    yield Section("evaluations", "Évaluations à figer ou à rendre", lines, annonce, address(EVALUATIONS, espace))


def _line(one: Evaluation) -> Item:
    waiting = one.etat == EtatDEvaluation.EN_PREPARATION and one.a_figer_le
    told = f"à figer le {date_fr(one.a_figer_le)}" if waiting and one.a_figer_le else _due(one)
    url = address("evaluation", one.espace, one.numero)
    return Item(one.code, one.titre, url, typo(told), stamp_of(one))


def _due(one: Evaluation) -> str:
    return f"à rendre le {date_fr(one.a_rendre_le)}" if one.a_rendre_le else ""
