"""The funding lines of the contracts that were loaded before this room existed: each opens a line, as a load would."""

from django.db import migrations
from django.utils import timezone


def open_printed(apps, schema_editor):  # type: ignore[no-untyped-def]
    """A row for each signed funding line in force."""
    printed = apps.get_model("contrat", "LigneDeCredits").objects.filter(retire=False)
    lines = apps.get_model("financement", "LigneDeFinancement").objects
    lines.bulk_create(
        lines.model(
            espace_id=one.espace_id,
            imprimee=one,
            registre="droit-commun" if one.nature == "droit commun" else "specifique",
            orientation_id=one.orientation_id,
            financeur_id=one.organisation_id,
            financeur_imprime="" if one.organisation_id else one.financeur,
            suivie_depuis=timezone.localdate(),
        )
        for one in printed.order_by("pk")
    )


class Migration(migrations.Migration):
    dependencies = [("financement", "0001_initial")]

    operations = [migrations.RunPython(open_printed, migrations.RunPython.noop)]
