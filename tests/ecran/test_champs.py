"""A value of a field, as a history tells it."""

import pytest

from tenir.appels.models import DossierDeDemande
from tenir.ecran.champs import told
from tenir.gouvernance.models import PointDOrdreDuJour


@pytest.mark.parametrize(("model", "name"), [(PointDOrdreDuJour, "contre"), (DossierDeDemande, "numero")])
def test_nought_is_told_and_nothing_is_not(model: type, name: str) -> None:
    assert [told(name, value, model) for value in (0, 3, None)] == ["0", "3", ""]
