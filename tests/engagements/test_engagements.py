"""The life of a promise: who says where it stands, what is awaited of it, what it is linked to."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from tenir.core.models import EntreeDeTrace
from tenir.ecran.versions import Conflit
from tenir.engagements.models import SuiviDEngagement
from tenir.engagements.services.engagement import link_engagement, tell_engagement, update_engagement
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces, Refus
from tests.personnes import contract
from tests.vie import action, engagement, indicateur

pytestmark = pytest.mark.deux_bases


def change(by: Acces, of: SuiviDEngagement, *, version: int = 0, **changes: object) -> SuiviDEngagement:
    return update_engagement(by=by, suivi=of, version=version or of.version, changes=changes)


def told() -> list[tuple[str, str, str]]:
    return list(EntreeDeTrace.objects.filter(genre="engagement").values_list("champ", "avant", "apres"))


def test_a_signatory_says_where_its_promise_stands(vallon: EspaceDeContrat, ccas: Acces) -> None:
    done = change(ccas, engagement(vallon, of="ccas"), etat="en-cours")
    assert (done.etat_depuis, done.version) == (timezone.localdate(), 2)
    assert told() == [("état", "rien n’est annoncé", "en cours")]


def test_a_signatory_says_nothing_of_the_promise_of_another(vallon: EspaceDeContrat, ccas: Acces) -> None:
    of = engagement(vallon, of="caf")
    with pytest.raises(Refus):
        change(ccas, of, etat="tenu")
    with pytest.raises(Refus):
        tell_engagement(by=ccas, suivi=of, texte="C’est fait.")
    assert told() == []


@pytest.mark.parametrize("field", ["jugement", "attendu_cette_annee"])
def test_what_is_awaited_of_a_promise_is_for_the_team_to_say(vallon: EspaceDeContrat, ccas: Acces, field: str) -> None:
    with pytest.raises(Refus):
        change(ccas, engagement(vallon, of="ccas"), **{field: "Moins."})


@pytest.mark.parametrize("etat", ["tenu-en-partie", "non-tenu", "sans-objet"])
def test_what_is_not_kept_whole_says_why(vallon: EspaceDeContrat, equipe: Acces, etat: str) -> None:
    of = engagement(vallon)
    with pytest.raises(ValidationError, match="Dites pourquoi"):
        change(equipe, of, etat=etat)
    assert change(equipe, of, etat=etat, motif="Le poste est vacant.").etat == etat


def test_two_people_on_one_promise(vallon: EspaceDeContrat, equipe: Acces) -> None:
    of = engagement(vallon)
    change(equipe, of, etat="en-cours")
    with pytest.raises(Conflit) as caught:
        change(equipe, of, version=1, etat="tenu")
    assert [(one.actuel, one.propose) for one in caught.value.differences] == [("en cours", "tenu")]


def test_a_promise_is_late_until_it_is_settled(vallon: EspaceDeContrat, equipe: Acces) -> None:
    of = change(equipe, engagement(vallon), attendu_pour=date(2026, 6, 30))
    after = date(2026, 7, 1)
    assert list(SuiviDEngagement.objects.late(after)) == [of]
    assert not SuiviDEngagement.objects.late(date(2026, 6, 30)).exists()
    change(equipe, of, etat="tenu")
    assert not SuiviDEngagement.objects.late(after).exists()


def test_a_promise_is_linked_to_actions_and_indicators_of_its_contract(vallon: EspaceDeContrat, equipe: Acces) -> None:
    of, planned, measured = engagement(vallon), action(vallon), indicateur(vallon)
    link_engagement(by=equipe, suivi=of, actions=[planned], indicateurs=[measured.indicateur])
    link_engagement(by=equipe, suivi=of, actions=[planned], indicateurs=[])
    assert (list(of.actions.all()), list(of.indicateurs.all())) == ([planned], [])
    assert told() == [
        ("actions liées", "", "O01-A01"),
        ("indicateurs liés", "", "I01"),
        ("indicateurs liés", "I01", ""),
    ]
    with pytest.raises(ValidationError, match="de son contrat"):
        link_engagement(by=equipe, suivi=of, actions=[action(contract("colline"))], indicateurs=[])


def test_news_of_a_promise_have_a_day_that_came(vallon: EspaceDeContrat, ccas: Acces) -> None:
    of = engagement(vallon, of="ccas")
    given = tell_engagement(by=ccas, suivi=of, texte="Permanence ouverte.", le=date(2026, 6, 3))
    tell_engagement(by=ccas, suivi=of, texte="Local trouvé.", le=date(2026, 3, 3))
    of.refresh_from_db()
    assert (of.derniere_nouvelle_le, given.pour.identifiant) == (date(2026, 6, 3), "ccas")
    with pytest.raises(ValidationError, match="jour passé"):
        tell_engagement(by=ccas, suivi=of, texte="Bientôt.", le=timezone.localdate() + timedelta(days=1))


def test_the_database_refuses_what_no_promise_is(vallon: EspaceDeContrat) -> None:
    of = engagement(vallon)
    for fields in ({"etat": "perdu"}, {"etat": "non-tenu", "etat_depuis": date(2026, 1, 1)}, {"etat": "tenu"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            SuiviDEngagement.objects.filter(pk=of.pk).update(**fields)
