"""The contracts already there say what nothing was read of, from the file of their latest version."""

from typing import Any

from django.db import migrations
from pydantic import ValidationError

from tenir.fichier import canonique
from tenir.fichier.contenus import non_lus


def tell(apps: Any, schema_editor: Any) -> None:
    Version = apps.get_model("contrat", "VersionDuContrat")
    for espace in apps.get_model("habilitations", "EspaceDeContrat").objects.all():
        version = Version.objects.filter(espace=espace).order_by("-numero").first()
        if version is None:
            continue
        try:
            espace.non_lus = [str(kind) for kind in non_lus(canonique.load(version.canonique))]
        except ValidationError:  # a file of a later format: the next load says it
            continue
        espace.save(update_fields=["non_lus"])


class Migration(migrations.Migration):
    dependencies = [
        ("contrat", "0002_quartiers_d_un_projet"),
        ("habilitations", "0007_non_lus"),
    ]

    operations = [migrations.RunPython(tell, migrations.RunPython.noop)]
