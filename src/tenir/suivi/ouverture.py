"""Opening follow-up: one fiche for each planned action in force, as soon as its contract is loaded."""

from tenir.contrat.models import ActionPrevue, CodeRetire
from tenir.core import horloge
from tenir.habilitations.models import EspaceDeContrat
from tenir.suivi.models import FicheAction


def open_fiches(espace: EspaceDeContrat) -> int:
    """Give a fiche to each action that has none; a moved action takes its fiche along. Return how many were opened."""
    _follow_moved_codes(espace)
    without = ActionPrevue.objects.of(espace).principales().filter(fiche=None)
    today = horloge.today()
    opened = [FicheAction(espace=espace, action=action, ouverte_le=today) for action in without]
    FicheAction.objects.bulk_create(opened)
    return len(opened)


def _follow_moved_codes(espace: EspaceDeContrat) -> None:
    """Hang the fiche of a withdrawn action on the one that replaces it."""
    moved = dict(CodeRetire.objects.filter(espace=espace).exclude(remplace_par="").values_list("code", "remplace_par"))
    if not moved:
        return
    left = FicheAction.objects.filter(espace=espace, action__retire=True, action__code__in=moved)
    free = ActionPrevue.objects.of(espace).principales().filter(fiche=None, code__in=moved.values())
    targets = {action.code: action for action in free}
    for fiche in left.select_related("action"):
        if target := targets.pop(moved[fiche.action.code], None):
            fiche.action = target
            fiche.save(update_fields=["action"])
