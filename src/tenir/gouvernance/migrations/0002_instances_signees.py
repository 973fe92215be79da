"""The bodies of the contracts that were loaded before this room existed: each has its life, as a load would open it."""

from django.db import migrations
from django.utils import timezone


def open_signed(apps, schema_editor):  # type: ignore[no-untyped-def]
    """A row for each signed body in force."""
    signed = apps.get_model("contrat", "InstanceDeGouvernance").objects.filter(retire=False)
    lives = apps.get_model("gouvernance", "InstanceSuivie").objects
    lives.bulk_create(
        lives.model(espace_id=one.espace_id, instance=one, suivie_depuis=timezone.localdate())
        for one in signed.order_by("pk")
    )


class Migration(migrations.Migration):
    dependencies = [("gouvernance", "0001_initial")]

    operations = [migrations.RunPython(open_signed, migrations.RunPython.noop)]
