"""A cited body knows its contract: filled from what names it; made compulsory by the next migration.

PostgreSQL refuses to alter a table in the transaction that has just filled it.
"""

import django.db.models.deletion
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import OuterRef, Subquery

HOLDERS = {"orientation": "Orientation", "action": "ActionPrevue", "instance": "InstanceDeGouvernance"}


def fill(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Give each cited body the contract of what names it."""
    cited = apps.get_model("contrat", "OrganismeCite")._default_manager
    for column, model in HOLDERS.items():
        held = apps.get_model("contrat", model)._default_manager.filter(pk=OuterRef(column))
        cited.exclude(**{column: None}).update(espace=Subquery(held.values("espace")[:1]))


class Migration(migrations.Migration):
    dependencies = [
        ("contrat", "0001_initial"),
        ("habilitations", "0002_mots"),
    ]

    operations = [
        migrations.AddField(
            model_name="organismecite",
            name="espace",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="habilitations.espacedecontrat",
                verbose_name="espace",
            ),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
