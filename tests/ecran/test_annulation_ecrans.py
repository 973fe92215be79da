"""The screens of undoing: where the button shows, what it answers, who sees which gestures, what it costs."""

from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tenir.acteurs.models import Personne
from tenir.core import horloge
from tenir.ecran.models import Geste
from tenir.fiches.models import FicheAction
from tenir.fiches.services.fiche import update_fiche
from tenir.fiches.services.jalons import create_jalon
from tenir.fiches.services.lot import update_bulk
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces, acces_of
from tests.formulaires import fill, held, text
from tests.mesures import cible
from tests.vie import engagement, fiche, indicateur

As = Callable[[str], Client]
People = dict[str, Personne]


@pytest.fixture
def of(vallon: EspaceDeContrat) -> FicheAction:
    """A fiche that the partner carries."""
    return fiche(vallon, pilots=("ccas",))


@pytest.fixture
def basile(people: People) -> Acces:
    """Someone of the team."""
    return acces_of(people["equipe"])


def at(name: str, espace: EspaceDeContrat, *more: object) -> str:
    return reverse(name, args=[espace.slug, *more])


def last() -> Geste:
    found = Geste.objects.first()
    assert found
    return found


def url(made: Geste) -> str:
    return at("geste", made.espace, made.pk)


def test_one_comes_back_to_the_thing_with_its_undo_and_undoes_it_there(as_: As, of: FicheAction) -> None:
    client, page = as_("equipe"), at("fiche", of.espace, of.code)
    fill(client, at("fiche-statut", of.espace, of.code), statut="en-cours")
    answer = client.get(page)
    assert f'action="{url(last())}"' in answer.content.decode()
    assert "Action O01-A01 : fiche modifiée (statut). Annuler, encore 10 minutes" in text(answer)
    undone = client.post(url(last()), {"retour": page}, follow=True)
    assert undone.redirect_chain == [(page, 302)]
    assert "Geste annulé. Action O01-A01" in text(undone)
    assert "encore 10 minutes" not in text(undone)
    assert "geste annulé" in text(undone)


def test_a_double_tap_on_undo_is_one_undo(as_: As, of: FicheAction, basile: Acces) -> None:
    update_fiche(by=basile, fiche=of, version=1, changes={"statut": "en-cours"})
    client = as_("equipe")
    client.post(url(last()))
    again = client.post(url(last()), follow=True)
    assert "était déjà annulé" in text(again)
    of.refresh_from_db()
    assert (of.statut, of.version) == ("", 3)


@pytest.mark.parametrize("name", ["aujourdhui", "gestes", "fiche"])
def test_her_last_gestures_show_to_her_alone(as_: As, of: FicheAction, people: People, name: str) -> None:
    update_fiche(by=acces_of(people["partenaire"]), fiche=of, version=1, changes={"statut": "en-cours"})
    page = at(name, of.espace, *([of.code] if name == "fiche" else []))
    assert "encore 10 minutes" in text(as_("partenaire").get(page))
    assert "encore 10 minutes" not in text(as_("lecture").get(page))


def test_the_team_finds_the_gestures_of_the_others_on_their_page(as_: As, of: FicheAction, people: People) -> None:
    update_fiche(by=acces_of(people["partenaire"]), fiche=of, version=1, changes={"statut": "en-cours"})
    page = as_("equipe").get(at("gestes", of.espace))
    assert "Ceux des autres" in text(page)
    assert "Cléo Relais" in text(page)
    as_("equipe").post(url(last()))
    assert last().annule_par == people["equipe"]


def test_another_s_gesture_is_refused_to_a_partner_who_learns_who_can(as_: As, of: FicheAction, basile: Acces) -> None:
    update_fiche(by=basile, fiche=of, version=1, changes={"statut": "en-cours"})
    answer = as_("partenaire").post(url(last()))
    assert answer.status_code == 403
    assert "est réservé à l’équipe du contrat" in answer.content.decode()
    assert as_("voisin").post(url(last())).status_code == 404


def test_a_gesture_of_another_contract_does_not_exist(
    as_: As, of: FicheAction, colline: EspaceDeContrat, basile: Acces
) -> None:
    update_fiche(by=basile, fiche=of, version=1, changes={"statut": "en-cours"})
    assert as_("administration").get(at("geste", colline, last().pk)).status_code == 404
    assert as_("equipe").get(at("geste", of.espace, 10**30)).status_code == 404


def test_what_changed_since_is_told_and_nothing_is_undone(
    as_: As, of: FicheAction, basile: Acces, people: People
) -> None:
    update_fiche(by=basile, fiche=of, version=1, changes={"statut": "en-cours"})
    made = last()
    update_fiche(by=acces_of(people["partenaire"]), fiche=of, version=2, changes={"statut": "realisee"})
    answer = as_("equipe").post(url(made))
    assert answer.status_code == 409
    assert "changé depuis par Cléo Relais, à" in text(answer)
    assert "bouton" not in answer.content.decode()
    of.refresh_from_db()
    assert of.statut == "realisee"


def test_past_its_ten_minutes_the_button_is_gone_and_a_kept_page_is_told(
    as_: As, of: FicheAction, basile: Acces, monkeypatch: pytest.MonkeyPatch
) -> None:
    update_fiche(by=basile, fiche=of, version=1, changes={"statut": "en-cours"})
    Geste.objects.update(expire_le=horloge.now())
    client = as_("equipe")
    assert "Annuler" not in text(client.get(at("aujourdhui", of.espace)))
    assert "son délai est passé" in text(client.post(url(last()), follow=True))
    assert "son délai est passé" in text(client.get(url(last())))


@pytest.mark.parametrize("away", ["https://ailleurs.test/", "//ailleurs.test/", "javascript:alert(1)", ""])
def test_one_never_leaves_the_site_by_undoing(as_: As, of: FicheAction, basile: Acces, away: str) -> None:
    update_fiche(by=basile, fiche=of, version=1, changes={"statut": "en-cours"})
    assert as_("equipe").post(url(last()), {"retour": away})["Location"] == at("gestes", of.espace)


# Several at once


def bulk(by: Acces, espace: EspaceDeContrat, codes: list[str], **changes: object) -> Geste:
    update_bulk(by=by, espace=espace, versions=dict.fromkeys(codes, 1), changes=changes, motif="comité")
    return last()


def test_a_bulk_change_says_how_to_undo_it_and_shows_before_it_does(
    as_: As, vallon: EspaceDeContrat, basile: Acces
) -> None:
    for code in ("O01-A01", "O01-A02"):
        fiche(vallon, code)
    client = as_("equipe")
    data = {"etape": "confirmer", "codes": ["O01-A01", "O01-A02"], "pourquoi": "x", "statut": "realisee"}
    versions = {"version-O01-A01": "1", "version-O01-A02": "1"}
    back = client.post(at("fiches-lot", vallon), data | versions, follow=True)
    assert "2 fiches changées. Annuler, encore 10 minutes" in text(back)
    page = client.get(url(last()), {"retour": at("fiches", vallon)})
    assert client.post(url(last())).status_code == 409
    answer = client.post(url(last()), held(page))
    assert answer["Location"] == at("fiches", vallon)
    assert set(FicheAction.objects.values_list("statut", flat=True)) == {""}


def test_of_a_bulk_change_what_moved_is_told_then_the_rest_is_undone(
    as_: As, vallon: EspaceDeContrat, basile: Acces, people: People
) -> None:
    for code in ("O01-A01", "O01-A02", "O01-A03"):
        fiche(vallon, code)
    made = bulk(basile, vallon, ["O01-A01", "O01-A02", "O01-A03"], statut="realisee")
    moved = FicheAction.objects.get(action__code="O01-A02")
    update_fiche(by=acces_of(people["administration"]), fiche=moved, version=2, changes={"motif": "x"})
    client = as_("equipe")
    page = client.get(url(made))
    assert "Deux tiennent encore, une a changé depuis" in text(page)
    assert "Annuler pour ces deux" in text(page)
    assert client.post(url(made), held(page)).status_code == 302
    assert list(FicheAction.objects.order_by("pk").values_list("statut", flat=True)) == ["", "realisee", ""]


# The other things, and what it costs


def test_a_promise_and_an_indicator_show_their_undo_too(as_: As, vallon: EspaceDeContrat) -> None:
    promise, owned = engagement(vallon), indicateur(vallon)
    wanted = cible(owned)
    client = as_("equipe")
    fill(client, at("suivi-engagement-dire", vallon, promise.code), etat="tenu", texte="Lancé.")
    page = text(client.get(at("suivi-engagement", vallon, promise.code)))
    assert "Engagement S01-E01 : nouvelle donnée, engagement mis à jour (état). Annuler" in page
    client.post(at("suivi-indicateur-cible-retirer", vallon, owned.code, wanted.pk))
    assert "retirée. Annuler" in text(client.get(at("suivi-indicateur", vallon, owned.code)))


def test_the_number_of_queries_does_not_grow_with_the_gestures(as_: As, of: FicheAction, basile: Acces) -> None:
    client, pages = as_("equipe"), [at("gestes", of.espace), at("aujourdhui", of.espace)]

    def cost() -> list[int]:
        found = []
        for page in pages:
            with CaptureQueriesContext(connection) as seen:
                client.get(page)
            found.append(len(seen))
        return found

    create_jalon(by=basile, fiche=of, titre="Un", prevu_le=date(2030, 1, 1))
    cost()
    before = cost()
    for rank in range(8):
        create_jalon(by=basile, fiche=of, titre=f"Jalon {rank}", prevu_le=date(2030, 1, 1))
    assert cost() == before
    assert before[0] <= 6
