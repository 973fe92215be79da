"""The system of the contract that repérages serve: an agent of the CCAS does her part on the fictitious contract.

`docs/couverture.md` leads here.
"""

from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from tenir.contrat.chargement import load_contract
from tenir.droits.models import CompteDeDroit
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.roles import Role
from tests.formulaires import Lectrice, fill, text
from tests.personnes import member

pytestmark = pytest.mark.base
ROOT = Path(__file__).parents[2]
SLUG = "virelande-fictif-2024-2030"
CCAS = "ccas-virelande"


def test_sy56_an_agent_asks_a_few_questions_points_to_rights_and_counts_what_they_become(db: None) -> None:
    espace = load_contract((ROOT / f"contrats/fictif/{SLUG}.yaml").read_text(), commande="tests").espace
    EspaceDeContrat.objects.filter(pk=espace.pk).update(etat="publie")
    agent, team = Lectrice(), Lectrice()
    agent.force_login(member("Nora Fictive", Role.PARTENAIRE, espace, of=CCAS).utilisateur)
    team.force_login(member("Basile Fictif", Role.EQUIPE, espace).utilisateur)
    pointed = agent.post(reverse("reperage", args=[SLUG]), {"logement": "locataire", "ressources": "moins-smic"})
    page = text(pointed)
    assert "Chèque énergie" in page
    assert "Où s’adresser près d’ici" in page
    codes = [one.droit.code for one in pointed.context["pistes"]]
    held = {"droits": codes, "organisme": pointed.context["compter"].fields["organisme"].queryset.get().pk}
    assert agent.post(reverse("reperage-compter", args=[SLUG]), held).status_code == 302
    became = reverse("reperage-devenir", args=[SLUG])
    assert fill(agent, became, droit="cheque-energie", suite="ouvert", organisme=held["organisme"]).status_code == 302
    assert CompteDeDroit.objects.filter(droit="cheque-energie", nombre=1).count() == 2
    counts = text(team.get(reverse("reperage-comptes", args=[SLUG])))
    assert "1 personne reçue" in counts
    assert "Chèque énergie" in counts
    alone = Client().post(reverse("mes-droits-ici", args=[SLUG]), {"ressources": "presque-rien", "age": "65-plus"})
    assert "Allocation de solidarité aux personnes âgées" in text(alone)
