"""The titles of items of agendas lose the words that were copied into them: they are told from what is examined."""

import re
from typing import Any

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

BROUGHT = re.compile(r"^(Où en est la décision D\d+(?: \(attendue pour le [^)]*\))?)\s*: .*", re.DOTALL)


def forget_copies(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Cut each copy; a title that the team wrote over by hand begins otherwise, and stays."""
    points = apps.get_model("gouvernance", "PointDOrdreDuJour").objects.order_by("pk")
    for point in points.exclude(reprend=None).iterator():
        _cut(point, BROUGHT.sub(r"\1", point.titre))
    for point in points.exclude(proposition=None).select_related("proposition").iterator():
        if point.titre.startswith("Proposition : "):
            examined: Any = point.proposition
            _cut(point, f"Proposition P{examined.numero}")
    inscribed = apps.get_model("preconisations", "InscriptionDePreconisation").objects.order_by("pk")
    for row in inscribed.select_related("preconisation", "point").iterator():
        told = f"Préconisation PR{row.preconisation.numero}"
        if row.point.titre.startswith(f"{told} : "):
            _cut(row.point, told)


def _cut(point: Any, titre: str) -> None:
    if titre != point.titre:
        type(point).objects.filter(pk=point.pk).update(titre=titre)


class Migration(migrations.Migration):
    dependencies = [
        ("gouvernance", "0009_presences_dites_a_la_porte"),
        ("preconisations", "0001_initial"),
    ]

    operations = [migrations.RunPython(forget_copies, migrations.RunPython.noop)]
