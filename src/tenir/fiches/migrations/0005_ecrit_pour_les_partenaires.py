"""What people wrote of actions when only the partenaires read it stays so, until the team opens it (ADR 0056)."""

from typing import Any

from django.db import migrations


def keep(apps: Any, schema_editor: Any) -> None:
    """Close news, and reasons, of the contracts where some are already written; the fictitious one has no secret."""
    espaces = apps.get_model("habilitations", "EspaceDeContrat").objects.filter(fictif=False)
    nouvelles = apps.get_model("fiches", "Nouvelle").objects.values("fiche__espace")
    raisons = apps.get_model("fiches", "FicheAction").objects.exclude(motif="").values("espace")
    espaces.filter(pk__in=nouvelles).update(publie_nouvelles=False)
    espaces.filter(pk__in=raisons).update(publie_raisons=False)


class Migration(migrations.Migration):
    dependencies = [
        ("fiches", "0004_alphabet"),
        ("habilitations", "0008_faits_publics"),
    ]

    operations = [migrations.RunPython(keep, migrations.RunPython.noop, elidable=True)]
