from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("acteurs", "0005_organismes_vivants"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="organisation",
            name="organisation_rna_is_w_and_nine_signs",
        ),
        migrations.AddConstraint(
            model_name="organisation",
            constraint=models.CheckConstraint(
                condition=models.Q(("rna", ""), ("rna__regex", "^W\\d[A-Z\\d]\\d{7}$"), _connector="OR"),
                name="organisation_rna_is_w_and_nine_signs",
                violation_error_code="rna",
                violation_error_message="Un numéro RNA est la lettre W, puis neuf chiffres : « W332000001 ».",
            ),
        ),
    ]
