"""The money that a decision settles: said on its page and on that of the line, undone, refused where it must be."""

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from tenir.core.marques import Perime
from tenir.ecran.annulation.annuler import undo
from tenir.ecran.models import Geste
from tenir.financement.models import LigneDeFinancement
from tenir.financement.services.decisions import attach, detach
from tenir.financement.services.tableau import freeze
from tenir.gouvernance.models import Decision
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces, Refus
from tenir.habilitations.roles import Role
from tests.financement.argent import line
from tests.formulaires import Lectrice, fill
from tests.gouvernance.reunions import comites, convoquee, decision
from tests.partage import shared
from tests.personnes import acces, contract

pytestmark = pytest.mark.deux_bases


@dataclass
class Comite:
    """A contract with a line, a decision, its team and a partner."""

    espace: EspaceDeContrat
    equipe: Acces
    ccas: Acces
    ligne: LigneDeFinancement
    decision: Decision


@pytest.fixture(scope="module")
def _made(django_db_setup: None, django_db_blocker) -> Iterator[Comite]:
    def make() -> Comite:
        espace = contract("vallon", etat="signe")
        team, partner = acces("Basile Pivot", Role.EQUIPE, espace), acces("Cléo", Role.PARTENAIRE, espace, of="ccas")
        taken = decision(team, convoquee(team, comites(espace).pilotage))
        return Comite(espace, team, partner, line(team, espace), taken)

    with shared(django_db_blocker, make) as made:
        yield made


@pytest.fixture
def comite(_made: Comite, db: None) -> Comite:
    return deepcopy(_made)


def pages(comite: Comite, by: Acces) -> tuple[str, str]:
    """The page of the decision, that of the line."""
    client = Lectrice()
    client.force_login(by.personne.utilisateur)
    urls = [("decision", comite.decision.numero), ("financement", comite.ligne.code)]
    answers = [client.get(reverse(name, args=[comite.espace.slug, one])).content.decode() for name, one in urls]
    return answers[0].replace("\xa0", " "), answers[1].replace("\xa0", " ")


def test_a_decision_and_the_line_that_it_settles_lead_to_each_other(comite: Comite) -> None:
    client = Lectrice()
    client.force_login(comite.equipe.personne.utilisateur)
    url = reverse("decision-argent", args=[comite.espace.slug, comite.decision.numero])
    assert fill(client, url, ligne=comite.ligne.pk).status_code == 302
    freeze(by=comite.equipe, espace=comite.espace, annee=None, decision=comite.decision)
    decided, paid = pages(comite, comite.equipe)
    assert reverse("financement", args=[comite.espace.slug, comite.ligne.code]) in decided
    assert "Tableau des financeurs figé, toutes les années" in decided
    assert reverse("decision", args=[comite.espace.slug, comite.decision.numero]) in paid
    assert "Détacher" in paid


def test_a_partner_reads_it_and_changes_nothing(comite: Comite) -> None:
    attach(by=comite.equipe, ligne=comite.ligne, decision=comite.decision)
    decided, paid = pages(comite, comite.ccas)
    assert comite.ligne.code in decided
    assert "Ouvrir le lieu." in paid
    assert "Rattacher" not in decided + paid
    assert "Détacher" not in paid
    with pytest.raises(Refus):
        detach(by=comite.ccas, ligne=comite.ligne, decision=comite.decision)


def test_attached_then_undone_leaves_nothing_but_its_history(comite: Comite) -> None:
    attach(by=comite.equipe, ligne=comite.ligne, decision=comite.decision)
    undo(by=comite.equipe, geste=Geste.objects.latest("pk"))
    assert not comite.ligne.decidees.exists()
    attach(by=comite.equipe, ligne=comite.ligne, decision=comite.decision)
    detach(by=comite.equipe, ligne=comite.ligne, decision=comite.decision)
    undo(by=comite.equipe, geste=Geste.objects.latest("pk"))
    assert comite.ligne.decidees.get().decision == comite.decision


def test_it_is_attached_once_to_a_decision_of_its_contract(comite: Comite) -> None:
    attach(by=comite.equipe, ligne=comite.ligne, decision=comite.decision)
    with pytest.raises(ValidationError, match="déjà rattachée"):
        attach(by=comite.equipe, ligne=comite.ligne, decision=comite.decision)
    other = contract("ailleurs", etat="signe")
    by = acces("Ada Ailleurs", Role.EQUIPE, other)
    with pytest.raises(ValidationError, match="dans ce contrat"):
        attach(by=by, ligne=line(by, other), decision=comite.decision)


def test_a_page_read_before_another_detached_it_is_refused(comite: Comite) -> None:
    attach(by=comite.equipe, ligne=comite.ligne, decision=comite.decision)
    with pytest.raises(Perime):
        detach(by=comite.equipe, ligne=comite.ligne, decision=comite.decision, lu={"D99": "rattachée"})
