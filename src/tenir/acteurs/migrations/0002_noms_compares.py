"""An address may be that of several persons; how a name compares is kept beside it."""

from typing import Any

from django.db import migrations, models

from tenir.fichier.mots import name_key


def compare(apps: Any, schema_editor: Any) -> None:
    """Write how each name compares."""
    personnes = apps.get_model("acteurs", "Personne").objects.using(schema_editor.connection.alias)
    for personne in personnes.exclude(nom="").iterator(500):
        personne.nom_compare = name_key(personne.nom)
        personne.save(update_fields=["nom_compare"])


class Migration(migrations.Migration):
    dependencies = [("acteurs", "0001_initial")]

    operations = [
        migrations.RemoveConstraint("personne", "personne_email_unique_whatever_the_case"),
        migrations.AddField(
            "personne",
            "nom_compare",
            models.CharField(
                blank=True, db_index=True, default="", editable=False, max_length=450, verbose_name="nom comparé"
            ),
            preserve_default=False,
        ),
        migrations.RunPython(compare, migrations.RunPython.noop),
        migrations.RemoveConstraint("personne", "personne_erased_holds_nothing"),
        migrations.AddConstraint(
            "personne",
            models.CheckConstraint(
                name="personne_erased_holds_nothing",
                condition=models.Q(effacee_le__isnull=True)
                | models.Q(nom="", nom_compare="", email="", telephone="", utilisateur__isnull=True),
                violation_error_message="Une personne effacée ne garde ni nom, ni adresse, ni téléphone, ni compte.",
            ),
        ),
    ]
