"""`tenir creer-administrateur`: the first account of an empty installation. Also: where its messages go."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tenir.acteurs.models import Personne
from tenir.cli.main import main
from tenir.config.courriel import AdresseSMTP, mail_settings
from tenir.core.models import EntreeDeTrace
from tenir.habilitations.models import Habilitation


def create(*words: str) -> Result:
    return CliRunner().invoke(main, ["creer-administrateur", *words])


def test_the_first_administrator_has_an_account_a_role_and_a_trace(db: None) -> None:
    answer = create("Ada@Exemple.test", "--nom", "Ada Sommet")
    assert answer.exit_code == 0
    assert "/compte/connexion/" in answer.output
    ada = Personne.objects.get()
    assert (ada.nom, ada.email) == ("Ada Sommet", "ada@exemple.test")
    assert ada.utilisateur
    assert not ada.utilisateur.has_usable_password()
    assert Habilitation.objects.get().role == "administration"
    assert EntreeDeTrace.objects.filter(commande="creer-administrateur").exists()


def test_a_second_one_is_made_only_when_asked_for(db: None) -> None:
    create("ada@exemple.test")
    assert create("basile@exemple.test").exit_code == 2
    assert Personne.objects.count() == 1
    assert create("basile@exemple.test", "--encore").exit_code == 0
    assert Habilitation.objects.count() == 2


@pytest.mark.parametrize("address", ["pas une adresse", "", "ADA@exemple.test"])
def test_a_wrong_or_taken_address_changes_nothing(db: None, address: str) -> None:
    create("ada@exemple.test")
    answer = create(address, "--encore")
    assert answer.exit_code == 2
    assert "Refusé" in answer.output
    assert Personne.objects.count() == 1


@pytest.mark.parametrize(
    ("address", "port", "ssl", "tls"),
    [
        ("smtps://nom:s%40cret@serveur.example", 465, True, False),
        ("smtp://nom:s%40cret@serveur.example", 587, False, True),
        ("smtp://nom:s%40cret@localhost", 25, False, False),
        ("smtp://nom:s%40cret@serveur.example:2525", 2525, False, True),
    ],
)
def test_one_address_says_which_server_sends(address: str, port: int, ssl: bool, tls: bool) -> None:
    found = mail_settings(address, Path("x"))
    assert (found["EMAIL_PORT"], found["EMAIL_USE_SSL"], found["EMAIL_USE_TLS"]) == (port, ssl, tls)
    assert found["EMAIL_HOST_PASSWORD"] == "s@cret"


@pytest.mark.parametrize("address", ["serveur.example:25", "http://serveur.example", "smtp://", "smtp://a:b"])
def test_an_address_that_is_no_mail_server_is_refused(address: str) -> None:
    with pytest.raises(AdresseSMTP, match="TENIR_SMTP"):
        mail_settings(address, Path("x"))
