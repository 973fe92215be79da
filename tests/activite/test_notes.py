"""The note of an entry is kept two years for the team, then emptied: in the base, in the trace, which stays whole."""

from datetime import date, datetime

import pytest
from django.utils import timezone

from tenir.activite.models import Entree
from tenir.activite.services.entree import correct_entree
from tenir.activite.services.notes import empty_old_notes
from tenir.core.models import EntreeDeTrace
from tenir.core.tenue import differences
from tenir.core.trace import breaks
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces
from tests.activite.registre import entree

pytestmark = pytest.mark.deux_bases
NOW = datetime(2026, 9, 15, 2, 20, tzinfo=timezone.get_default_timezone())


def test_notes_leave_after_their_time_and_the_trace_stays_whole(vallon: EspaceDeContrat, equipe: Acces) -> None:
    old = entree(equipe, vallon, le=date(2024, 1, 10), note="Salle trop froide.")
    correct_entree(by=equipe, entree=old, version=1, changes={"note": "Salle encore trop froide."}, exact=True)
    entree(equipe, vallon, le=date(2026, 3, 12), note="Chauffage réparé.")
    assert empty_old_notes(NOW) == "1\u00a0note vidée."
    assert list(Entree.objects.order_by("numero").values_list("note", flat=True)) == ["", "Chauffage réparé."]
    told = "".join(f"{one.avant}{one.apres}" for one in EntreeDeTrace.objects.all())
    assert ("froide" in told, "Chauffage" in told) == (False, True)
    assert (list(breaks()), list(differences())) == ([], [])
    assert empty_old_notes(NOW) == "aucune note vidée."
