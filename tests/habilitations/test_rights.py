"""The table of rights, what is theirs, and the names that do not exist."""

import itertools
import subprocess
import sys
from datetime import timedelta

import pytest
from django.core.checks import run_checks
from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tenir.core.piece import Piece
from tenir.core.typographie import typo
from tenir.habilitations.models import EspaceDeContrat, Habilitation
from tenir.habilitations.rights import Portee, Refus, acces_of, acces_of_user, may, reach, require, who_can
from tenir.habilitations.roles import OF_ONESELF, RIGHTS, RIGHTS_BY_ROLE, RIGHTS_ON_THEIRS, Role, UnknownRight, known
from tenir.habilitations.vues import needs
from tests.personnes import acces, body, contract, member, person, referent, yesterday
from tests.pieces import beside, only

pytestmark = pytest.mark.deux_bases


@pytest.fixture
def vallon(db: None) -> EspaceDeContrat:
    return contract("vallon")


@pytest.fixture
def colline(db: None) -> EspaceDeContrat:
    return contract("colline")


def test_each_role_holds_what_the_next_one_holds() -> None:
    held = [RIGHTS_BY_ROLE[role] for role in Role]
    assert all(more >= less for more, less in itertools.pairwise(held))


def test_every_right_of_the_table_is_held_by_someone() -> None:
    assert frozenset().union(*RIGHTS_BY_ROLE.values(), *RIGHTS_ON_THEIRS.values()) == RIGHTS.keys()


def test_a_right_is_held_on_theirs_only_where_it_is_not_held_on_everything() -> None:
    assert all(not (some & RIGHTS_BY_ROLE[role]) for role, some in RIGHTS_ON_THEIRS.items())


@pytest.mark.parametrize(
    "name",
    [
        pytest.param(lambda: known("contrat.raed"), id="known"),
        pytest.param(lambda: needs("contrat.raed"), id="the decision of a page"),
        pytest.param(lambda: who_can("contrat.raed", None), id="the refusal"),
    ],
)
def test_an_unknown_name_fails_where_it_is_written(name) -> None:
    with pytest.raises(UnknownRight, match=r"contrat\.raed"):
        name()


def test_an_unknown_name_is_refused_to_those_who_hold_everything(vallon: EspaceDeContrat) -> None:
    ada = acces("Ada", Role.ADMINISTRATION)
    for ask in (may, require, reach):
        with pytest.raises(UnknownRight):
            ask(ada, "contrat.raed", vallon)


def test_a_page_with_an_unknown_right_keeps_the_site_from_starting(tmp_path) -> None:
    (tmp_path / "mal_nommee.py").write_text(
        "from tenir.habilitations.vues import needs\n@needs('x.y')\ndef v(r): ...\n"
    )
    start = "import django; django.setup(); import mal_nommee"
    env = {"DJANGO_SETTINGS_MODULE": "tenir.config.settings_test", "PYTHONPATH": f"{tmp_path}:src"}
    done = subprocess.run([sys.executable, "-c", start], env=env, capture_output=True, text=True, check=False)
    assert done.returncode != 0
    assert "UnknownRight" in done.stderr


def test_start_up_says_which_right_on_theirs_nobody_explains(monkeypatch: pytest.MonkeyPatch) -> None:
    only(monkeypatch)
    missing = sorted(frozenset().union(*RIGHTS_ON_THEIRS.values()))
    found = [error for error in run_checks() if error.id == "habilitations.E001"]
    assert [error.msg.split("»")[0].strip("« \u00a0") for error in found] == missing


def test_start_up_says_which_predicate_explains_no_right(monkeypatch: pytest.MonkeyPatch) -> None:
    beside(monkeypatch, Piece("essai", theirs={"contrat.raed": lambda held, thing: True}))
    assert ["contrat.raed" in error.msg for error in run_checks() if error.id == "habilitations.E002"] == [True]


def test_without_its_predicate_a_right_on_theirs_is_refused(
    vallon: EspaceDeContrat, monkeypatch: pytest.MonkeyPatch
) -> None:
    only(monkeypatch)
    cleo = acces("Cléo", Role.PARTENAIRE, vallon)
    assert not may(cleo, "contact.update", vallon, referent(cleo.personne, vallon))


def test_a_partner_acts_on_the_contacts_of_its_body_alone(vallon: EspaceDeContrat) -> None:
    cleo = acces("Cléo", Role.PARTENAIRE, vallon, of="ccas")
    own, other = referent(person("Gil"), vallon, of="ccas"), referent(person("Hugo"), vallon, of="caf")
    assert may(cleo, "contact.update", vallon, own)
    assert not may(cleo, "contact.update", vallon, other)
    assert not may(cleo, "contact.update", vallon)
    assert reach(cleo, "contact.update", vallon) == Portee.SIENNE


def test_the_body_of_a_role_counts_in_its_contract_alone(vallon: EspaceDeContrat, colline: EspaceDeContrat) -> None:
    cleo = acces("Cléo", Role.PARTENAIRE, vallon, of="ccas")
    assert not may(cleo, "contact.update", colline, referent(person("Gil"), colline, of="ccas"))


def test_whoever_reads_finds_her_own_trace_and_no_other(vallon: EspaceDeContrat) -> None:
    dan = acces("Dan", Role.LECTURE, vallon)
    assert may(dan, "trace.read", vallon, dan.personne)
    assert not may(dan, "trace.read", vallon, person("Gil"))


def test_a_role_of_a_contract_says_nothing_of_another_nor_of_the_platform(
    vallon: EspaceDeContrat, colline: EspaceDeContrat
) -> None:
    basile = acces("Basile", Role.EQUIPE, vallon)
    assert may(basile, "trace.read", vallon)
    assert not any(may(basile, right, place) for right in RIGHTS for place in (colline, None))


def test_the_administration_of_the_platform_counts_everywhere(vallon: EspaceDeContrat) -> None:
    ada = acces("Ada", Role.ADMINISTRATION)
    assert all(may(ada, right, place) for right in RIGHTS.keys() - OF_ONESELF for place in (vallon, None))


def test_what_is_one_s_own_is_nobody_else_s(vallon: EspaceDeContrat) -> None:
    ada, dan = acces("Ada", Role.ADMINISTRATION), acces("Dan", Role.LECTURE, vallon)
    for right in OF_ONESELF:
        assert may(dan, right, vallon, dan.personne)
        assert not may(ada, right, vallon, dan.personne)
        assert "réservé à la personne elle-même" in who_can(right, vallon)


def test_a_role_counts_from_its_first_day_and_no_more_from_its_last(vallon: EspaceDeContrat) -> None:
    today = timezone.localdate()
    dan = person("Dan")
    held = Habilitation.objects.create(espace=vallon, personne=dan, role=Role.LECTURE, du=today)
    assert acces_of(dan).habilitations == (held,)
    assert acces_of(dan, on=yesterday()).habilitations == ()
    Habilitation.objects.filter(pk=held.pk).update(au=today)
    assert acces_of(dan).habilitations == ()
    Habilitation.objects.filter(pk=held.pk).update(au=today + timedelta(days=1))
    assert acces_of(dan).habilitations == (held,)


def test_roles_add_up(vallon: EspaceDeContrat) -> None:
    dan = member("Dan", Role.LECTURE, vallon)
    Habilitation.objects.create(
        espace=vallon, personne=dan, role=Role.PARTENAIRE, organisation=body("caf"), du=yesterday()
    )
    assert may(acces_of(dan), "contact.update", vallon, referent(person("Gil"), vallon, of="caf"))
    assert acces_of(dan).auteur(vallon).pour == "CAF"


def test_someone_and_all_her_roles_are_known_in_one_query(vallon: EspaceDeContrat, colline: EspaceDeContrat) -> None:
    dan = member("Dan", Role.LECTURE, vallon)
    Habilitation.objects.create(espace=colline, personne=dan, role=Role.EQUIPE, du=yesterday())
    with CaptureQueriesContext(connection) as caught:
        found = acces_of_user(dan.utilisateur)
        assert {espace.slug for espace in found.contracts()} == {"vallon", "colline"}
        assert found.personne.nom == "Dan"
        assert may(found, "trace.read", colline)
    assert len(caught) == 1


def test_a_refusal_says_who_can_and_names_some_of_them(vallon: EspaceDeContrat, colline: EspaceDeContrat) -> None:
    member("Ada", Role.ADMINISTRATION)
    member("Basile", Role.EQUIPE, vallon)
    member("Eve", Role.EQUIPE, colline)
    with pytest.raises(Refus) as refused:
        require(acces("Dan", Role.LECTURE, vallon), "trace.read", vallon)
    assert str(refused.value) == typo(
        "Voir qui a changé quoi et quand est réservé à l’équipe du contrat et à l’administration de la plateforme : "
        "Basile et Ada."
    )


def test_a_refusal_names_nobody_where_nobody_holds_the_role(vallon: EspaceDeContrat) -> None:
    assert who_can("trace.erase", vallon).endswith("est réservé à l’administration de la plateforme.")


def test_the_decision_is_readable_on_the_page_itself() -> None:
    assert needs("trace.read")(lambda request, acces, espace: HttpResponse()).decision == "trace.read"
