"""Open the fiches of the contracts that were loaded before follow-up existed."""

from typing import Any

from django.db import migrations
from django.utils import timezone


def open_fiches(apps: Any, schema_editor: Any) -> None:
    """One fiche for each action in force."""
    fiche, action = apps.get_model("suivi", "FicheAction"), apps.get_model("contrat", "ActionPrevue")
    today = timezone.localdate()
    in_force = action.objects.filter(retire=False, parent=None, fiche=None)
    fiche.objects.bulk_create(
        [fiche(espace_id=one.espace_id, action=one, ouverte_le=today) for one in in_force.iterator()], batch_size=500
    )


class Migration(migrations.Migration):
    dependencies = [("suivi", "0001_initial"), ("contrat", "0003_index_par_contrat")]

    operations = [migrations.RunPython(open_fiches, migrations.RunPython.noop)]
