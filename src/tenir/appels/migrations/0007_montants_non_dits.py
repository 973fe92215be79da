from typing import Any

from django.db import migrations, models

SUMS = ("charges", "produits", "emplois", "contributions")


def forget_noughts(apps: Any, schema_editor: Any) -> None:
    """A sum of nought had no line: nobody said anything. No line could be nought until now."""
    for model in ("DossierDeDemande", "CompteRenduFinancier"):
        rows = apps.get_model("appels", model).objects
        for name in SUMS:
            rows.filter(**{name: 0}).update(**{name: None})


def back_to_noughts(apps: Any, schema_editor: Any) -> None:
    """What nobody said is nought again."""
    for model in ("DossierDeDemande", "CompteRenduFinancier"):
        rows = apps.get_model("appels", model).objects
        for name in SUMS:
            rows.filter(**{name: None}).update(**{name: 0})


class Migration(migrations.Migration):
    dependencies = [
        ("acteurs", "0006_numeros_rna"),
        ("appels", "0006_comptes_rendus"),
        ("financement", "0008_rapprochements"),
        ("habilitations", "0010_financements_publics"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="compterendufinancier",
            name="compte_rendu_handed_in_explains_its_balance",
        ),
        migrations.RemoveConstraint(
            model_name="dossierdedemande",
            name="dossier_sent_is_balanced",
        ),
        migrations.RemoveConstraint(
            model_name="lignedebudget",
            name="ligne_de_budget_brings_something",
        ),
        migrations.RemoveConstraint(
            model_name="lignerealisee",
            name="ligne_realisee_is_something",
        ),
        migrations.AlterField(
            model_name="compterendufinancier",
            name="charges",
            field=models.DecimalField(
                blank=True, decimal_places=2, default=None, max_digits=14, null=True, verbose_name="charges réalisées"
            ),
        ),
        migrations.AlterField(
            model_name="compterendufinancier",
            name="contributions",
            field=models.DecimalField(
                blank=True,
                decimal_places=2,
                default=None,
                max_digits=14,
                null=True,
                verbose_name="contributions volontaires réalisées",
            ),
        ),
        migrations.AlterField(
            model_name="compterendufinancier",
            name="emplois",
            field=models.DecimalField(
                blank=True,
                decimal_places=2,
                default=None,
                max_digits=14,
                null=True,
                verbose_name="emplois réalisés des contributions volontaires",
            ),
        ),
        migrations.AlterField(
            model_name="compterendufinancier",
            name="produits",
            field=models.DecimalField(
                blank=True, decimal_places=2, default=None, max_digits=14, null=True, verbose_name="produits réalisés"
            ),
        ),
        migrations.AlterField(
            model_name="dossierdedemande",
            name="charges",
            field=models.DecimalField(
                blank=True, decimal_places=2, default=None, max_digits=14, null=True, verbose_name="charges"
            ),
        ),
        migrations.AlterField(
            model_name="dossierdedemande",
            name="contributions",
            field=models.DecimalField(
                blank=True,
                decimal_places=2,
                default=None,
                max_digits=14,
                null=True,
                verbose_name="contributions volontaires",
            ),
        ),
        migrations.AlterField(
            model_name="dossierdedemande",
            name="emplois",
            field=models.DecimalField(
                blank=True,
                decimal_places=2,
                default=None,
                max_digits=14,
                null=True,
                verbose_name="emplois des contributions volontaires",
            ),
        ),
        migrations.AlterField(
            model_name="dossierdedemande",
            name="produits",
            field=models.DecimalField(
                blank=True, decimal_places=2, default=None, max_digits=14, null=True, verbose_name="produits"
            ),
        ),
        migrations.RunPython(forget_noughts, back_to_noughts),
        migrations.AddConstraint(
            model_name="compterendufinancier",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("etat", "brouillon"),
                    models.Q(
                        models.Q(
                            models.Q(("contributions", None), ("emplois", None)),
                            models.Q(("contributions", 0), ("emplois", None)),
                            models.Q(("contributions", None), ("emplois", 0)),
                            models.Q(
                                ("contributions__isnull", False),
                                ("emplois", models.F("contributions")),
                                ("emplois__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        models.Q(
                            models.Q(
                                ("charges", models.F("produits")),
                                ("charges__isnull", False),
                                ("produits__isnull", False),
                            ),
                            models.Q(("ecarts", ""), _negated=True),
                            _connector="OR",
                        ),
                    ),
                    _connector="OR",
                ),
                name="compte_rendu_handed_in_explains_its_balance",
                violation_error_message="Un solde s’explique ; 86 et 87 font le même total.",
            ),
        ),
        migrations.AddConstraint(
            model_name="dossierdedemande",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("etat", "depose"), _negated=True),
                    models.Q(
                        ("charges__gt", 0),
                        ("charges", models.F("produits")),
                        ("charges__isnull", False),
                        ("produits__isnull", False),
                        models.Q(
                            models.Q(("contributions", None), ("emplois", None)),
                            models.Q(("contributions", 0), ("emplois", None)),
                            models.Q(("contributions", None), ("emplois", 0)),
                            models.Q(
                                ("contributions__isnull", False),
                                ("emplois", models.F("contributions")),
                                ("emplois__isnull", False),
                            ),
                            _connector="OR",
                        ),
                    ),
                    _connector="OR",
                ),
                name="dossier_sent_is_balanced",
                violation_error_message="Un dossier déposé a un budget en équilibre.",
            ),
        ),
        migrations.AddConstraint(
            model_name="lignedebudget",
            constraint=models.CheckConstraint(
                condition=models.Q(("montant__gte", 0)),
                name="ligne_de_budget_is_not_negative",
                violation_error_code="montant",
                violation_error_message="Un montant n’est jamais négatif.",
            ),
        ),
        migrations.AddConstraint(
            model_name="lignerealisee",
            constraint=models.CheckConstraint(
                condition=models.Q(("montant__gte", 0)),
                name="ligne_realisee_is_not_negative",
                violation_error_code="montant",
                violation_error_message="Un montant n’est jamais négatif.",
            ),
        ),
        migrations.AlterConstraint(
            model_name="dossierdedemande",
            name="dossier_rna_is_one",
            constraint=models.CheckConstraint(
                condition=models.Q(("rna", ""), ("rna__regex", "^W\\d[A-Z\\d]\\d{7}$"), _connector="OR"),
                name="dossier_rna_is_one",
                violation_error_code="rna",
                violation_error_message="Un numéro RNA est la lettre W, puis neuf chiffres : « W332000001 ».",
            ),
        ),
        migrations.AlterConstraint(
            model_name="partdemandee",
            name="part_demandee_asks_something",
            constraint=models.CheckConstraint(
                condition=models.Q(("montant__gt", 0)),
                name="part_demandee_asks_something",
                violation_error_code="montant",
                violation_error_message="On ne demande pas zéro euro : laissez la case vide pour ne rien demander à ce financeur.",
            ),
        ),
    ]
