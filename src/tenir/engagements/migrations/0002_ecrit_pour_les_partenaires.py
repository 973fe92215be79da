"""What people wrote of promises when only the partenaires read it stays so, until the team opens it (ADR 0056)."""

from typing import Any

from django.db import migrations


def keep(apps: Any, schema_editor: Any) -> None:
    """Close the state of the promises of the contracts where some is declared; the fictitious one has no secret."""
    espaces = apps.get_model("habilitations", "EspaceDeContrat").objects.filter(fictif=False)
    declared = apps.get_model("engagements", "SuiviDEngagement").objects.exclude(etat="", motif="", jugement="")
    told = apps.get_model("engagements", "NouvelleDEngagement").objects.values("suivi__espace")
    espaces.filter(pk__in=declared.values("espace")).update(publie_engagements=False)
    espaces.filter(pk__in=told).update(publie_engagements=False)


class Migration(migrations.Migration):
    dependencies = [
        ("engagements", "0001_initial"),
        ("habilitations", "0008_faits_publics"),
    ]

    operations = [migrations.RunPython(keep, migrations.RunPython.noop, elidable=True)]
