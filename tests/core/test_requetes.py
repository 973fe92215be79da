"""A row read again before it is written: one that someone took back meanwhile is said to be gone, at every door."""

import re
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError

from tenir.core.requetes import still
from tenir.fiches.models import Jalon
from tests.personnes import contract
from tests.vallon import TODAY
from tests.vie import fiche, jalon

READ_AGAIN = re.compile(r"(\w+)\.objects\.select_for_update\([^)]*\)+[^\n]*\.get\(\s*pk=")
NEVER_REMOVED = {
    "Destinataire": "un lien envoyé",
    "EnvoiDesEtats": "un envoi fait, qu’on arrête sans l’effacer",
    "EspaceDeContrat": "un contrat",
    "ImportDeFiches": "un classeur déposé, relu sous son travail",
    "Invitation": "une invitation envoyée",
    "Personne": "une personne, effacée sans que sa ligne parte",
    "PointDEtape": "un point d’étape clos, dont la synthèse se fige",
    "Question": "une question posée",
}
"""What no gesture removes and no undo takes back once it is there: to read it again cannot fail."""


def test_what_is_still_there_is_read_again_and_what_is_gone_is_said(db: None) -> None:
    made = jalon(fiche(contract("vallon")), TODAY)
    assert still(Jalon.objects.all(), made) == made
    Jalon.objects.filter(pk=made.pk).delete()
    with pytest.raises(ValidationError, match="vient d’être retiré"):
        still(Jalon.objects.all(), made)


def test_no_service_fails_on_a_row_that_someone_took_back() -> None:
    read = {name for path in Path("src/tenir").rglob("*.py") for name in READ_AGAIN.findall(path.read_text())}
    assert read, "the pattern finds nothing any more"
    assert read <= NEVER_REMOVED.keys(), "relisez-la par core.requetes.still"
