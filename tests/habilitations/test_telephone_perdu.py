"""A lost telephone: whoever runs the server lifts the second factor of an account, and the trace tells it."""

import pytest
from allauth.mfa.models import Authenticator
from click.testing import CliRunner, Result
from django.test import Client

from tenir.cli.main import main
from tenir.core.models import EntreeDeTrace
from tenir.habilitations.roles import Role
from tests.personnes import member, person

pytestmark = pytest.mark.django_db


def lift(adresse: str) -> Result:
    return CliRunner().invoke(main, ["lever-second-facteur", adresse], catch_exceptions=False)


def test_a_second_factor_is_lifted_its_sessions_closed_and_another_is_asked_for() -> None:
    ada = member("Ada Sommet", Role.ADMINISTRATION)
    client = Client()
    client.force_login(ada.utilisateur)
    assert client.get("/plateforme/fonctionnement/").status_code == 200
    assert lift(ada.email.upper()).exit_code == 0
    assert not Authenticator.objects.exists()
    entry = EntreeDeTrace.objects.get(champ="second facteur")
    assert (entry.commande, entry.objet, entry.apres) == ("lever-second-facteur", str(ada.pk), "levé")
    assert "connexion" in client.get("/plateforme/fonctionnement/")["Location"]
    client.force_login(ada.utilisateur)
    assert "second-facteur" in client.get("/plateforme/fonctionnement/")["Location"]


def test_what_cannot_be_lifted_is_refused_with_its_sentence() -> None:
    for adresse, sentence in (("inconnue@exemple.fr", "n’a de compte"), (person("Fil Personne").email, "n’a pas de")):
        answer = lift(adresse)
        assert answer.exit_code == 2
        assert sentence in answer.stderr
    assert not EntreeDeTrace.objects.filter(champ="second facteur").exists()
