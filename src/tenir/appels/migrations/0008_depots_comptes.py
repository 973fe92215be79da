"""How many times a dossier was sent, and at which of them what is said of it was said."""

from typing import Any

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.models import Q


def count_what_was_sent(apps: Apps, schema_editor: Any) -> None:
    """What was sent counts as sent once: nothing says how many times it was, nor of which what was said was said."""
    apps.get_model("appels", "DossierDeDemande").objects.filter(depose_le__isnull=False).update(depots=1)
    parts = apps.get_model("appels", "PartDemandee").objects.filter(dossier__depose_le__isnull=False)
    said = ~Q(recevable="") | ~Q(avis="") | Q(propose__isnull=False) | Q(note__isnull=False) | Q(lue_le__isnull=False)
    parts.filter(said).update(dite_au_depot=1)
    parts.filter(lue_le__isnull=False).update(lue_au_depot=1)


class Migration(migrations.Migration):
    dependencies = [
        ("appels", "0007_montants_non_dits"),
    ]

    operations = [
        migrations.AddField(
            model_name="dossierdedemande",
            name="depots",
            field=models.PositiveSmallIntegerField(default=0, verbose_name="nombre de dépôts"),
        ),
        migrations.AddField(
            model_name="partdemandee",
            name="dite_au_depot",
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="dite au dépôt numéro"),
        ),
        migrations.AddField(
            model_name="partdemandee",
            name="lue_au_depot",
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="lue au dépôt numéro"),
        ),
        migrations.RunPython(count_what_was_sent, migrations.RunPython.noop),
    ]
