"""Those of the quarter are never more than all those said."""

from functools import reduce
from operator import add
from typing import Any

import django.db.models.expressions
import django.db.models.functions.comparison
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.models import F, Q
from django.db.models.functions import Cast, Coalesce

AGES = ("moins_de_12", "de_12_a_25", "de_26_a_59", "plus_de_59")


def unsay_what_cannot_be(apps: Apps, schema_editor: Any) -> None:
    """A share larger than its whole is no figure: which of the two is wrong, nobody knows, and it is said no more."""
    everyone = reduce(add, [Coalesce(Cast(F(age), models.BigIntegerField()), 0) for age in AGES])
    no_age = Q(**{f"{age}__isnull": True for age in AGES})
    for name in ("DossierDeDemande", "CompteRenduFinancier"):
        rows = apps.get_model("appels", name).objects.filter(du_quartier__gt=everyone).exclude(no_age)
        rows.update(du_quartier=None)


class Migration(migrations.Migration):
    dependencies = [
        ("appels", "0008_depots_comptes"),
        ("habilitations", "0010_financements_publics"),
    ]

    operations = [
        migrations.RunPython(unsay_what_cannot_be, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="compterendufinancier",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("du_quartier", None),
                    models.Q(
                        ("moins_de_12__isnull", True),
                        ("de_12_a_25__isnull", True),
                        ("de_26_a_59__isnull", True),
                        ("plus_de_59__isnull", True),
                    ),
                    (
                        "du_quartier__lte",
                        django.db.models.expressions.CombinedExpression(
                            django.db.models.expressions.CombinedExpression(
                                django.db.models.expressions.CombinedExpression(
                                    django.db.models.functions.comparison.Coalesce(
                                        django.db.models.functions.comparison.Cast(
                                            models.F("moins_de_12"), models.BigIntegerField()
                                        ),
                                        0,
                                    ),
                                    "+",
                                    django.db.models.functions.comparison.Coalesce(
                                        django.db.models.functions.comparison.Cast(
                                            models.F("de_12_a_25"), models.BigIntegerField()
                                        ),
                                        0,
                                    ),
                                ),
                                "+",
                                django.db.models.functions.comparison.Coalesce(
                                    django.db.models.functions.comparison.Cast(
                                        models.F("de_26_a_59"), models.BigIntegerField()
                                    ),
                                    0,
                                ),
                            ),
                            "+",
                            django.db.models.functions.comparison.Coalesce(
                                django.db.models.functions.comparison.Cast(
                                    models.F("plus_de_59"), models.BigIntegerField()
                                ),
                                0,
                            ),
                        ),
                    ),
                    _connector="OR",
                ),
                name="compte_rendu_counts_the_quarter_among_all",
                violation_error_code="du_quartier",
                violation_error_message="Les habitants du quartier sont plus nombreux que tous les âges réunis : "
                "corrigez l’un ou l’autre.",
            ),
        ),
        migrations.AddConstraint(
            model_name="dossierdedemande",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("du_quartier", None),
                    models.Q(
                        ("moins_de_12__isnull", True),
                        ("de_12_a_25__isnull", True),
                        ("de_26_a_59__isnull", True),
                        ("plus_de_59__isnull", True),
                    ),
                    (
                        "du_quartier__lte",
                        django.db.models.expressions.CombinedExpression(
                            django.db.models.expressions.CombinedExpression(
                                django.db.models.expressions.CombinedExpression(
                                    django.db.models.functions.comparison.Coalesce(
                                        django.db.models.functions.comparison.Cast(
                                            models.F("moins_de_12"), models.BigIntegerField()
                                        ),
                                        0,
                                    ),
                                    "+",
                                    django.db.models.functions.comparison.Coalesce(
                                        django.db.models.functions.comparison.Cast(
                                            models.F("de_12_a_25"), models.BigIntegerField()
                                        ),
                                        0,
                                    ),
                                ),
                                "+",
                                django.db.models.functions.comparison.Coalesce(
                                    django.db.models.functions.comparison.Cast(
                                        models.F("de_26_a_59"), models.BigIntegerField()
                                    ),
                                    0,
                                ),
                            ),
                            "+",
                            django.db.models.functions.comparison.Coalesce(
                                django.db.models.functions.comparison.Cast(
                                    models.F("plus_de_59"), models.BigIntegerField()
                                ),
                                0,
                            ),
                        ),
                    ),
                    _connector="OR",
                ),
                name="dossier_counts_the_quarter_among_all",
                violation_error_code="du_quartier",
                violation_error_message="Les habitants du quartier sont plus nombreux que tous les âges réunis : "
                "corrigez l’un ou l’autre.",
            ),
        ),
    ]
