"""The acronyms of contracts, kept: those of the documents already there are listed at once."""

from typing import Any

import django.db.models.deletion
from django.db import migrations, models
from pydantic import ValidationError

from tenir.fichier import canonique
from tenir.fichier.document import DocumentNormalise
from tenir.fichier.source import parse_source
from tenir.regles.redaction.red001_sigles_jamais_developpes import silencieux
from tenir.regles.sigles import spelled


def fill(apps: Any, schema_editor: Any) -> None:
    Sigle = apps.get_model("equipe", "Sigle")
    for signed in apps.get_model("contrat", "DocumentSigne").objects.all():
        document = DocumentNormalise(signed.texte, parse_source(signed.noms_masques) if signed.noms_masques else ())
        printed = _silent(apps, signed.espace_id, document)
        printed |= {one.sigle: (one.mots, one.ligne) for one in spelled(document).values()}
        Sigle.objects.bulk_create(
            Sigle(espace_id=signed.espace_id, sigle=sigle, imprime=mots, ligne=ligne)
            for sigle, (mots, ligne) in sorted(printed.items())
        )


def _silent(apps: Any, espace: int, document: DocumentNormalise) -> dict[str, tuple[str, int]]:
    """Those whose words are nowhere; a file of a later format: the next load lists them."""
    versions = apps.get_model("contrat", "VersionDuContrat").objects.filter(espace=espace)
    version = versions.order_by("-numero").first()
    if version is None:
        return {}
    try:
        found = silencieux(canonique.load(version.canonique), document)
    except ValidationError:
        return {}
    return {sigle: ("", where.source[0].debut) for sigle, where in found.items()}


class Migration(migrations.Migration):
    dependencies = [
        ("contrat", "0004_departs_et_quartiers"),
        ("equipe", "0001_relances"),
        ("habilitations", "0010_financements_publics"),
    ]

    operations = [
        migrations.CreateModel(
            name="Sigle",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sigle", models.CharField(max_length=20, verbose_name="sigle")),
                ("mots", models.CharField(blank=True, max_length=200, verbose_name="ses mots")),
                ("imprime", models.CharField(blank=True, max_length=200, verbose_name="mots imprimés")),
                ("ligne", models.PositiveIntegerField(blank=True, null=True, verbose_name="ligne du document")),
                ("ecarte", models.BooleanField(default=False, verbose_name="écarté")),
                ("version", models.PositiveIntegerField(default=1, verbose_name="version")),
                (
                    "espace",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sigles",
                        to="habilitations.espacedecontrat",
                        verbose_name="contrat",
                    ),
                ),
            ],
            options={
                "verbose_name": "sigle",
                "ordering": ["espace", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("espace", "sigle"),
                        name="sigle_is_listed_once",
                        violation_error_code="sigle",
                        violation_error_message="Ce sigle est déjà dans la liste : donnez-lui ses mots là.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("imprime", ""), ("ligne__isnull", False), _connector="OR"),
                        name="sigle_printed_words_have_a_line",
                        violation_error_message="Des mots imprimés ont leur ligne.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ligne__isnull", False),
                            models.Q(("mots", ""), _negated=True),
                            ("ecarte", True),
                            _connector="OR",
                        ),
                        name="sigle_of_the_team_has_words",
                        violation_error_code="mots",
                        violation_error_message="Écrivez ce que veut dire ce sigle.",
                    ),
                ],
            },
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
