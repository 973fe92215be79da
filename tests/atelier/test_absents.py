"""What nothing was read of is settled before the signature, kind by kind."""

import pytest
from django.core.exceptions import ValidationError

from tenir.atelier.services import absents
from tenir.atelier.services.brouillon import Etabli, annuler
from tenir.atelier.services.elements import ajouter
from tenir.atelier.services.signature import lacks
from tenir.fichier.contenus import a_verifier
from tenir.fichier.enums import Contenu
from tests.atelier.brouillons import brouillon, contrat
from tests.formulaires import fill

pytestmark = [pytest.mark.django_db, pytest.mark.deux_bases]


@pytest.fixture
def draft(espace, by):
    """The small draft, as if nobody had said anything of what was not read."""
    held = contrat(espace.slug).model_copy(update={"absents": ()})
    return brouillon(espace, by.personne, contrat=held.model_dump(mode="json", exclude_defaults=True))


def missing(draft) -> list[str]:
    draft.refresh_from_db()
    return [one.contenu for one in lacks(Etabli.of(draft)) if one.contenu]


def test_each_kind_that_nothing_was_read_of_keeps_the_text_from_being_signed_until_it_is_settled(by, draft) -> None:
    unread = missing(draft)
    assert unread == ["crédits", "instances", "indicateurs", "données", "quartiers"]
    for kind in unread:
        absents.dire_absent(by=by, brouillon=draft, contenu=Contenu(kind))
    assert missing(draft) == []


def test_what_is_said_absent_is_undone_and_said_once(by, draft) -> None:
    made = absents.dire_absent(by=by, brouillon=draft, contenu=Contenu.INSTANCES)
    assert made is not None
    with pytest.raises(ValidationError, match="déjà tranché"):
        absents.dire_absent(by=by, brouillon=draft, contenu=Contenu.INSTANCES)
    annuler(by=by, geste=made)
    assert "instances" in missing(draft)


def test_what_is_added_is_no_more_absent(by, draft) -> None:
    absents.dire_absent(by=by, brouillon=draft, contenu=Contenu.INSTANCES)
    ajouter(by=by, brouillon=draft, genre="instance", dans="", valeurs={"nom": "Comité de pilotage"})
    draft.refresh_from_db()
    assert draft.lire().absents == ()


def test_the_team_says_it_from_the_review(client, by, draft) -> None:
    client.force_login(by.personne.utilisateur)
    review = f"/espace/{draft.espace.slug}/atelier/"
    sentence = a_verifier(Contenu.CREDITS).partition(" :")[0]
    assert sentence in client.get(review).content.decode()
    address = f"{review}absents/credits/"
    assert fill(client, address).status_code == 302
    assert sentence not in client.get(review).content.decode()


@pytest.mark.parametrize("address", ["absents/rien/", "absents/crédits/"])
def test_another_kind_is_not_found(client, by, draft, address) -> None:
    client.force_login(by.personne.utilisateur)
    assert client.get(f"/espace/{draft.espace.slug}/atelier/{address}").status_code == 404
