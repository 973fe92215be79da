"""A cited body always has its contract; the indexes of links that are mostly null leave the null rows out."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("contrat", "0002_espace_des_organismes_cites"),
        ("habilitations", "0002_mots"),
    ]

    operations = [
        migrations.AlterField(
            model_name="actionprevue",
            name="parent",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="sous_actions",
                to="contrat.actionprevue",
                verbose_name="action",
            ),
        ),
        migrations.AlterField(
            model_name="donnee",
            name="orientation",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="donnees",
                to="contrat.orientation",
                verbose_name="orientation",
            ),
        ),
        migrations.AlterField(
            model_name="indicateur",
            name="repete",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="repetitions",
                to="contrat.indicateur",
                verbose_name="répète",
            ),
        ),
        migrations.AlterField(
            model_name="organismecite",
            name="espace",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="habilitations.espacedecontrat",
                verbose_name="espace",
            ),
        ),
        migrations.AddIndex(
            model_name="actionprevue",
            index=models.Index(
                condition=models.Q(("parent__isnull", False)), fields=["parent"], name="action_prevue_parent"
            ),
        ),
        migrations.AddIndex(
            model_name="donnee",
            index=models.Index(
                condition=models.Q(("orientation__isnull", False)), fields=["orientation"], name="donnee_orientation"
            ),
        ),
        migrations.AddIndex(
            model_name="indicateur",
            index=models.Index(
                condition=models.Q(("repete__isnull", False)), fields=["repete"], name="indicateur_repete"
            ),
        ),
    ]
