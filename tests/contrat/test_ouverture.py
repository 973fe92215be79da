"""Follow-up opens with the contract: one fiche for each planned action; who carries it, and who must be designated."""

from pathlib import Path

import pytest

from tenir.contrat.chargement import load_contract
from tenir.contrat.models import ActionPrevue, CodeRetire
from tenir.contrat.ouverture import open_life
from tenir.engagements.models import SuiviDEngagement
from tenir.engagements.ouverture import SORTE as ENGAGEMENTS
from tenir.fiches.droits import in_charge, niveau_of, to_designate
from tenir.fiches.models import FicheAction
from tenir.fiches.ouverture import SORTE
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.niveaux import Niveau
from tenir.habilitations.organismes import bodies_of
from tenir.habilitations.rights import Acces
from tenir.indicateurs.models import SuiviDIndicateur
from tests.personnes import body
from tests.vie import action, engagement, fiche, indicateur, orientation

pytestmark = pytest.mark.deux_bases

PETIT = Path(__file__).parents[1] / "public/petit.yaml"


def test_loading_a_contract_opens_the_follow_up_of_actions_promises_and_indicators(db: None) -> None:
    load_contract(PETIT.read_text(), commande="tests")
    load_contract(PETIT.read_text(), commande="tests")
    for life, codes in ((FicheAction, ["O01-A01"]), (SuiviDEngagement, ["S01-E01"]), (SuiviDIndicateur, ["I01"])):
        assert [one.code for one in life.objects.all()] == codes


def test_opening_again_opens_nothing(vallon: EspaceDeContrat) -> None:
    action(vallon)
    assert [open_life(vallon, SORTE), open_life(vallon, SORTE)] == [1, 0]


def test_a_moved_action_takes_its_fiche_along(vallon: EspaceDeContrat) -> None:
    kept = fiche(vallon, statut="en-cours")
    ActionPrevue.objects.filter(code="O01-A01").update(retire=True)
    CodeRetire.objects.create(espace=vallon, code="O01-A01", remplace_par="O02-A01")
    action(vallon, "O02-A01")
    assert open_life(vallon, SORTE) == 0
    kept.refresh_from_db()
    assert kept.code == "O02-A01"


def test_what_is_linked_to_a_moved_action_or_indicator_follows_it(vallon: EspaceDeContrat) -> None:
    of, old, older = engagement(vallon), action(vallon), indicateur(vallon).indicateur
    of.actions.add(old)
    of.indicateurs.add(older)
    for item, code in ((old, "O02-A01"), (older, "I02")):
        type(item).objects.filter(pk=item.pk).update(retire=True)
        CodeRetire.objects.create(espace=vallon, code=item.code, remplace_par=code)
    new, newer = action(vallon, "O02-A01"), indicateur(vallon, "I02").indicateur
    open_life(vallon, ENGAGEMENTS)
    assert (list(of.actions.all()), list(of.indicateurs.all())) == ([new], [newer])


def test_an_action_without_a_pilot_inherits_that_of_its_orientation(vallon: EspaceDeContrat) -> None:
    orientation(vallon, "O01", pilots=("caf",))
    inherited, own = fiche(vallon), fiche(vallon, "O01-A02", pilots=("ccas",))
    assert [list(in_charge(inherited)), list(in_charge(own))] == [[body("caf")], [body("ccas")]]
    assert list(FicheAction.objects.of(vallon).piloted_by(["caf"], vallon)) == [inherited]


def test_a_printed_pilot_that_is_no_body_is_to_be_designated_until_settled(vallon: EspaceDeContrat) -> None:
    of, nobody = fiche(vallon, pilots=("?Les membres de la commission",)), fiche(vallon, "O01-A02")
    known = fiche(vallon, "O01-A03", pilots=("caf",))
    assert list(FicheAction.objects.of(vallon).to_designate(vallon)) == [of, nobody]
    assert [to_designate(one) for one in (of, nobody, known)] == [True, True, False]
    of.organisme_en_charge = body("ccas")
    of.save()
    assert list(FicheAction.objects.of(vallon).to_designate(vallon)) == [nobody]
    assert list(FicheAction.objects.of(vallon).piloted_by(["ccas"], vallon)) == [of]


def test_a_service_is_carried_by_the_body_it_belongs_to(vallon: EspaceDeContrat, ccas: Acces) -> None:
    assert bodies_of(ccas, vallon) == {"ccas"}


def test_each_reads_what_is_hers(vallon: EspaceDeContrat, equipe: Acces, ccas: Acces, lecture: Acces) -> None:
    own, other = fiche(vallon, pilots=("ccas",)), fiche(vallon, "O01-A02", pilots=("caf",))
    assert [niveau_of(who, vallon, own) for who in (None, lecture, ccas, equipe)] == [
        Niveau.PUBLIC,
        Niveau.PARTENAIRES,
        Niveau.EQUIPE,
        Niveau.EQUIPE,
    ]
    assert niveau_of(ccas, vallon, other) == Niveau.PARTENAIRES
