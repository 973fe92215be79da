"""A check keeps what it could not verify because nothing was read of it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("controles", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="controle",
            name="non_lus",
            field=models.TextField(blank=True, default="", verbose_name="ce qui n’a pas été lu, donc pas vérifié"),
            preserve_default=False,
        ),
    ]
