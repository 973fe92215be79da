"""Those of the quarter are never more than all those said."""

from functools import reduce
from operator import add
from typing import Any

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.models import F, Q
from django.db.models.functions import Cast, Coalesce

AGES = ("moins_de_12", "de_12_a_25", "de_26_a_59", "plus_de_59")


EVERYONE = reduce(add, [Coalesce(Cast(F(age), models.BigIntegerField()), 0) for age in AGES])
NO_AGE = Q(*[(f"{age}__isnull", True) for age in AGES])
TROP = "Les habitants du quartier sont plus nombreux que tous les âges réunis : corrigez l’un ou l’autre."


def unsay_what_cannot_be(apps: Apps, schema_editor: Any) -> None:
    """A share larger than its whole is no figure: which of the two is wrong, nobody knows, and it is said no more."""
    for name in ("DossierDeDemande", "CompteRenduFinancier"):
        rows = apps.get_model("appels", name).objects.filter(du_quartier__gt=EVERYONE).exclude(NO_AGE)
        rows.update(du_quartier=None)


def among_all(model: str, name: str) -> migrations.AddConstraint:
    """Those of the quarter are some of all those said."""
    condition = Q(du_quartier=None) | NO_AGE | Q(du_quartier__lte=EVERYONE)
    return migrations.AddConstraint(
        model,
        models.CheckConstraint(
            condition=condition, name=name, violation_error_code="du_quartier", violation_error_message=TROP
        ),
    )


class Migration(migrations.Migration):
    dependencies = [
        ("appels", "0008_depots_comptes"),
        ("habilitations", "0010_financements_publics"),
    ]

    operations = [
        migrations.RunPython(unsay_what_cannot_be, migrations.RunPython.noop),
        among_all("compterendufinancier", "compte_rendu_counts_the_quarter_among_all"),
        among_all("dossierdedemande", "dossier_counts_the_quarter_among_all"),
    ]
