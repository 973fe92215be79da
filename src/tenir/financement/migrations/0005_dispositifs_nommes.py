"""The schemes of the contracts that were loaded before they had cards: each gets one, as a load would give it."""

from django.db import migrations
from django.utils import timezone


def open_schemes(apps, schema_editor):  # type: ignore[no-untyped-def]
    """A card for each scheme that a contract names."""
    named = apps.get_model("contrat", "Dispositif").objects.filter(ligne__retire=False)
    cards = apps.get_model("financement", "FicheDeDispositif").objects
    rows = named.order_by("ligne__espace", "ligne__ordre", "rang").values_list("ligne__espace", "cle", "nom_usuel")
    first: dict[tuple[int, str], str] = {}
    for espace, cle, nom in rows:
        first.setdefault((espace, cle), nom)
    today = timezone.localdate()
    made = [
        cards.model(espace_id=espace, cle=cle, nom=nom, suivie_depuis=today) for (espace, cle), nom in first.items()
    ]
    cards.bulk_create(made)


class Migration(migrations.Migration):
    dependencies = [("financement", "0004_dispositifs")]

    operations = [migrations.RunPython(open_schemes, migrations.RunPython.noop)]
