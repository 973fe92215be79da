"""A subscription from its asking to its end: confirmed by a link, told at most weekly, and nothing kept after."""

from collections.abc import Iterator
from copy import deepcopy
from datetime import timedelta

import pytest
from django.core import mail
from django.db.models import F
from django.test import Client
from django.urls import reverse

from tenir.abonnements import oubli
from tenir.abonnements.models import Abonnement
from tenir.abonnements.services import abonnements as services
from tenir.abonnements.services.abonnements import ask, confirm, end, sweep, tell_news, token_of
from tenir.core import horloge
from tenir.core.courriels import send_due
from tenir.core.models import Courriel, EntreeDeTrace
from tenir.core.oubli import Marques
from tenir.fiches.models import FicheAction
from tenir.habilitations.models import EspaceDeContrat
from tests.abonnements.suivis import ADRESSE, abonnement
from tests.partage import shared
from tests.personnes import contract, person
from tests.vie import fiche

pytestmark = pytest.mark.deux_bases


@pytest.fixture(scope="module")
def _made(django_db_setup: None, django_db_blocker) -> Iterator[EspaceDeContrat]:
    def make() -> EspaceDeContrat:
        espace = contract("vallon")
        fiche(espace, statut="en-cours", debut_reel=horloge.today())
        fiche(espace, "O02-A01")
        return espace

    with shared(django_db_blocker, make) as made:
        yield made


@pytest.fixture(name="vallon")
def _vallon(_made: EspaceDeContrat, db: None) -> EspaceDeContrat:
    return deepcopy(_made)


def news_of(espace: EspaceDeContrat, code: str, text: str) -> None:
    found = FicheAction.objects.get(espace=espace, action__code=code)
    found.nouvelles.create(le=horloge.today(), texte=text)


def sent() -> list[str]:
    """What left, and to whom; the queue is then empty."""
    mail.outbox.clear()
    send_due(horloge.now())
    return [str(one.body).replace("\xa0", " ") for one in mail.outbox]


def later(**ago: int) -> None:
    Abonnement.objects.update(demande_le=F("demande_le") - timedelta(**ago))


def test_one_asks_confirms_by_the_link_and_stops_by_it(client: Client, vallon: EspaceDeContrat) -> None:
    url = reverse("abonnement-nouveau", args=[vallon.slug])
    client.get(url)
    said = client.post(url, {"adresse": "Voisine@Exemple.test", "sur": "O01"}, follow=True).content.decode()
    assert "ouvrez son lien" in said
    found = Abonnement.objects.get()
    assert (found.adresse, found.sur, found.confirme_le) == (ADRESSE, "O01", None)
    link = reverse("suivi", args=[token_of(found)])
    (message,) = sent()
    assert link in message
    assert "noindex" in client.get(link)["X-Robots-Tag"]
    assert Abonnement.objects.get().confirme_le is None
    client.post(link, {"geste": "confirmer"})
    assert Abonnement.objects.get().confirme_le is not None
    assert "Ne plus suivre" in client.get(link).content.decode()
    assert "votre adresse est effacée" in client.post(link, {"geste": "finir"}).content.decode()
    assert not Abonnement.objects.exists()
    assert not Courriel.objects.exists()
    told = EntreeDeTrace.objects.filter(genre="abonnement").order_by("rang")
    assert [one.apres for one in told] == ["confirmé", "fini"]
    assert not any("exemple.test" in f"{one.avant}{one.apres}{one.motif}{one.champ}" for one in told)


def test_the_answer_is_the_same_whether_the_address_is_known_or_not(client: Client, vallon: EspaceDeContrat) -> None:
    abonnement(vallon)
    later(hours=2)
    url = reverse("abonnement-nouveau", args=[vallon.slug])
    client.get(url)
    said = [
        client.post(url, {"adresse": one, "sur": ""}, follow=True).content.decode().partition("<form")[0]
        for one in (ADRESSE, "inconnue@exemple.test")
    ]
    assert said[0] == said[1]
    assert "suit déjà" in " ".join(sent())


def test_the_same_asking_sends_one_message_an_hour(vallon: EspaceDeContrat) -> None:
    for _ in range(3):
        ask(espace=vallon, adresse=ADRESSE)
    assert len(sent()) == 1
    later(hours=2)
    ask(espace=vallon, adresse=ADRESSE)
    assert len(sent()) == 1


def test_an_address_does_not_wait_for_more_than_a_few(vallon: EspaceDeContrat, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(services, "MOST", 1)
    ask(espace=vallon, adresse=ADRESSE, sur="O01")
    ask(espace=vallon, adresse=ADRESSE, sur="O02")
    assert Abonnement.objects.get().sur == "O01"


def test_a_place_that_asks_too_much_is_told_to_wait(client: Client, vallon: EspaceDeContrat, settings) -> None:
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "abonnement": "1/m/ip"}
    url = reverse("abonnement-nouveau", args=[vallon.slug])
    client.get(url)
    for rank, status in enumerate((302, 429)):
        assert client.post(url, {"adresse": f"n{rank}@exemple.test"}).status_code == status
    assert Abonnement.objects.count() == 1


@pytest.mark.parametrize("given", [{"adresse": "pas une adresse"}, {"adresse": ""}, {"adresse": ADRESSE, "sur": "Z9"}])
def test_what_is_no_address_or_no_thing_of_the_contract_is_refused(
    client: Client, vallon: EspaceDeContrat, given: dict[str, str]
) -> None:
    url = reverse("abonnement-nouveau", args=[vallon.slug])
    client.get(url)
    assert client.post(url, given).status_code == 422
    assert not Abonnement.objects.exists()


def test_an_action_is_offered_from_its_page_and_no_contract_that_is_not_public(
    client: Client, vallon: EspaceDeContrat
) -> None:
    page = client.get(reverse("action", args=[vallon.slug, "O01-A01"])).content.decode()
    link = reverse("abonnement-nouveau", args=[vallon.slug])
    assert f"{link}?sur=O01-A01" in page
    assert 'value="O01-A01" selected' in client.get(f"{link}?sur=O01-A01").content.decode()
    EspaceDeContrat.objects.update(etat="signe")
    assert client.get(link).status_code == 404


def test_what_was_never_confirmed_is_erased_with_its_message(vallon: EspaceDeContrat) -> None:
    abonnement(vallon, "O01")
    kept = abonnement(vallon, "O02", confirme=False)
    abonnement(vallon, confirme=False)
    sent()
    Abonnement.objects.exclude(pk=kept.pk).update(demande_le=horloge.now() - timedelta(days=4))
    assert sweep(horloge.now()).endswith(": 1.")
    assert set(Abonnement.objects.values_list("sur", flat=True)) == {"O01", "O02"}
    assert Courriel.objects.count() == 2


def test_a_link_that_was_not_confirmed_in_time_confirms_no_more(client: Client, vallon: EspaceDeContrat) -> None:
    late = abonnement(vallon, confirme=False)
    later(days=4)
    link = reverse("suivi", args=[token_of(late)])
    assert client.get(link).status_code == 410
    client.post(link, {"geste": "confirmer"})
    assert Abonnement.objects.get().confirme_le is None


def test_one_is_told_what_is_new_of_what_one_follows_and_once_a_week(vallon: EspaceDeContrat) -> None:
    abonnement(vallon, "O01")
    sent()
    assert tell_news(horloge.now()).endswith(": 0.")
    news_of(vallon, "O02-A01", "Ailleurs.")
    assert tell_news(horloge.now()).endswith(": 0.")
    news_of(vallon, "O01-A01", "Le lieu a ouvert.")
    assert tell_news(horloge.now()).endswith(": 1.")
    (message,) = sent()
    assert "Le lieu a ouvert." in message
    assert "Ailleurs." not in message
    news_of(vallon, "O01-A01", "Vingt personnes.")
    assert tell_news(horloge.now()).endswith(": 0.")
    assert tell_news(horloge.now() + timedelta(days=7)).endswith(": 1.")
    (message,) = sent()
    assert "Vingt personnes." in message
    assert "Le lieu a ouvert." not in message


def test_what_the_team_closes_before_the_message_leaves_is_not_told(vallon: EspaceDeContrat) -> None:
    abonnement(vallon, "O01-A01")
    sent()
    news_of(vallon, "O01-A01", "Le lieu a ouvert.")
    tell_news(horloge.now())
    EspaceDeContrat.objects.update(publie_nouvelles=False)
    assert sent() == []
    assert "n’est plus public" in Courriel.objects.latest("pk").erreur


def test_a_mail_program_ends_it_in_one_click_and_again_says_the_same(client: Client, vallon: EspaceDeContrat) -> None:
    followed = abonnement(vallon)
    sent()
    news_of(vallon, "O01-A01", "Ouvert.")
    tell_news(horloge.now())
    send_due(horloge.now())
    headers = mail.outbox[-1].message()
    link = reverse("suivi", args=[token_of(followed)])
    assert link in headers["List-Unsubscribe"]
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    strict = Client(enforce_csrf_checks=True)
    said = [strict.post(link, {"List-Unsubscribe": "One-Click"}) for _ in range(2)]
    assert [one.status_code for one in said] == [200, 200]
    assert said[0].content == said[1].content
    assert not Abonnement.objects.exists()


def test_someone_erased_follows_nothing_more_and_was_told_what_she_followed(vallon: EspaceDeContrat) -> None:
    someone = person("Voisine", signs_in=False)
    abonnement(vallon, "O01")
    (table,) = oubli.known(someone)
    assert table.lignes[0][1].startswith("l’orientation « ")
    oubli.forget(someone, Marques((), (ADRESSE,), (), unique=True))
    assert not Abonnement.objects.exists()


def test_ended_twice_it_is_ended_and_confirmed_twice_it_is_confirmed_once(vallon: EspaceDeContrat) -> None:
    found = abonnement(vallon)
    confirm(abonnement=found)
    end(abonnement=found)
    end(abonnement=found)
    assert EntreeDeTrace.objects.filter(genre="abonnement").count() == 2
