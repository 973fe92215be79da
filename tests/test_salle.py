"""A walk tells each step that fails, what the database alone would say at the end included."""

import pytest
from django.db import connection

from tenir.habilitations.models import EspaceDeContrat, OrganismeRetenu
from tests.personnes import body
from tests.salle import walk


def test_a_row_that_points_to_nothing_fails_its_step_alone(vallon: EspaceDeContrat) -> None:
    def sound() -> None:
        OrganismeRetenu.objects.create(espace=vallon, organisation=body("caf"))

    def dangling() -> None:
        OrganismeRetenu.objects.create(espace_id=10**6, organisation=body("caf"))

    def tried() -> None:
        with walk([sound, dangling]) as steps:
            for act, step in steps:
                with step:
                    act()

    with pytest.raises(ExceptionGroup) as told:
        tried()
    assert len(told.value.exceptions) == 1
    assert "dangling" in str(told.value.exceptions[0].__notes__)
    connection.check_constraints()
    assert not OrganismeRetenu.objects.exists()
