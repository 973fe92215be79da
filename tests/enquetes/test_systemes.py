"""The system of the contract that surveys serve: whoever runs it does her part on the fictitious contract.

`docs/couverture.md` leads here.
"""

from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from tenir.acteurs.models import Organisation
from tenir.contrat.chargement import load_contract
from tenir.core import horloge
from tenir.enquetes.models import Enquete
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.roles import Role
from tests.formulaires import Lectrice, fill, text
from tests.personnes import member, person, referent

pytestmark = pytest.mark.base
ROOT = Path(__file__).parents[2]
SLUG = "virelande-fictif-2024-2030"
CCAS = "ccas-virelande"


def test_sy63_residents_answer_a_core_that_stays_and_years_compare(db: None) -> None:
    espace = load_contract((ROOT / f"contrats/fictif/{SLUG}.yaml").read_text(), commande="tests").espace
    EspaceDeContrat.objects.filter(pk=espace.pk).update(etat="publie")
    referent(person("Nina Fictive", signs_in=False), espace, of=CCAS)
    team = Lectrice()
    team.force_login(member("Basile Fictif", Role.EQUIPE, espace).utilisateur)
    first = edition(team, espace, "2025", souvent=24, jamais=6)
    second = edition(team, espace, "2026", souvent=6, jamais=24, depuis=first.numero)
    page = text(team.get(reverse("enquete", args=[SLUG, second.numero])))
    assert "20 % (6)" in page
    assert "avant : 80 %, − 60 points" in page
    assert fill(team, reverse("enquete-publier", args=[SLUG, second.numero])).status_code == 302
    public = text(Client().get(reverse("enquete-publique", args=[SLUG, second.numero])))
    assert "80 % (24)" in public
    assert "ne valent pas pour tout le quartier" in public


def edition(
    team: Client, espace: EspaceDeContrat, titre: str, *, souvent: int, jamais: int, **given: object
) -> Enquete:
    """Prepared, opened today, answered by residents, then over."""
    keeper = Organisation.objects.get(identifiant=CCAS).pk
    new = reverse("enquete-nouvelle", args=[SLUG])
    assert fill(team, new, titre=titre, annonce="Savoir.", conduite_par=keeper, **given).status_code == 302
    made, today = Enquete.objects.latest("pk"), horloge.today(espace)
    days = {"ouvre_le": today.isoformat(), "ferme_le": (today + timedelta(days=30)).isoformat()}
    assert fill(team, reverse("enquete-ouvrir", args=[SLUG, made.numero]), **days).status_code == 302
    url = reverse("enquete-publique", args=[SLUG, made.numero])
    for said in ["souvent"] * souvent + ["jamais"] * jamais:
        assert "Merci" in text(Client().post(url, {"vecu": said}))
    past = today - timedelta(days=1)
    Enquete.objects.filter(pk=made.pk).update(ouvre_le=past - timedelta(days=30), ferme_le=past)
    return made
