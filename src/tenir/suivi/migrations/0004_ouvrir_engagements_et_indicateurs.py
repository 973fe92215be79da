"""Open the follow-up of promises and indicators of the contracts that were loaded before it existed."""

from typing import Any

from django.db import migrations
from django.utils import timezone


def open_follow_up(apps: Any, schema_editor: Any) -> None:
    """One row for each promise and each indicator in force."""
    today = timezone.localdate()
    for life, item, to, only in (
        ("SuiviDEngagement", "Engagement", "engagement", {"regroupement": False}),
        ("SuiviDIndicateur", "Indicateur", "indicateur", {"repete": None}),
    ):
        rows, items = apps.get_model("suivi", life).objects, apps.get_model("contrat", item).objects
        in_force = items.filter(retire=False, suivi=None, **only)
        rows.bulk_create(
            [rows.model(espace_id=one.espace_id, ouvert_le=today, **{to: one}) for one in in_force.iterator()],
            batch_size=500,
        )


class Migration(migrations.Migration):
    dependencies = [("suivi", "0003_engagements_et_releves"), ("contrat", "0003_index_par_contrat")]

    operations = [migrations.RunPython(open_follow_up, migrations.RunPython.noop)]
