"""Giving a role and ending it: by those who may, never more than they have, with its trace."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from tenir.core.models import EntreeDeTrace
from tenir.core.trace import breaks
from tenir.habilitations import attribution
from tenir.habilitations.attribution import (
    AttributionRefusee,
    DerniereDeLEquipe,
    end,
    grant,
    install_administrator,
    roles_to_give,
)
from tenir.habilitations.effacement import erase_person
from tenir.habilitations.models import EspaceDeContrat, Habilitation
from tenir.habilitations.rights import Refus, acces_of
from tenir.habilitations.roles import Role
from tenir.habilitations.traces import EffacementRefuse
from tests.personnes import acces, body, contract, member, person

pytestmark = pytest.mark.deux_bases


@pytest.fixture
def vallon(db: None) -> EspaceDeContrat:
    return contract("vallon")


def held(personne) -> Habilitation:
    return Habilitation.objects.get(personne=personne)


def last_entry() -> EntreeDeTrace:
    return EntreeDeTrace.objects.order_by("pk").last()


def test_a_role_given_holds_from_today_and_leaves_its_trace(vallon: EspaceDeContrat) -> None:
    basile, gil = acces("Basile", Role.EQUIPE, vallon, of="agglo"), person("Gil")
    given = grant(
        by=basile, espace=vallon, personne=gil, role=Role.PARTENAIRE, organisation=body("caf"), motif="arrivée"
    )
    assert given.du == timezone.localdate()
    assert given.donnee_par == basile.personne
    assert acces_of(gil).habilitations == (given,)
    entry = last_entry()
    assert (entry.chaine.nom, entry.acteur, entry.pour) == ("contrat/vallon", basile.personne.pk, "AGGLO")
    assert (entry.genre, entry.objet, entry.champ) == ("habilitation", str(gil.pk), "rôle")
    assert (entry.avant, entry.apres, entry.motif) == ("", "partenaire, pour la CAF", "arrivée")
    assert list(breaks()) == []


def test_the_trace_of_a_role_holds_no_name_of_a_person(vallon: EspaceDeContrat) -> None:
    basile, gil = acces("Basile", Role.EQUIPE, vallon), person("Gil Introuvable")
    end(by=basile, habilitation=grant(by=basile, espace=vallon, personne=gil, role=Role.LECTURE))
    for entry in EntreeDeTrace.objects.all():
        assert not any("Introuvable" in str(value) or "Basile" in str(value) for value in vars(entry).values())


@pytest.mark.parametrize("role", [Role.LECTURE, Role.PARTENAIRE])
def test_those_who_may_not_give_a_role_do_not(vallon: EspaceDeContrat, role: Role) -> None:
    with pytest.raises(Refus):
        grant(by=acces("Dan", role, vallon), espace=vallon, personne=person("Gil"), role=Role.LECTURE)
    assert EntreeDeTrace.objects.count() == 0


def test_a_role_is_not_given_in_another_contract(vallon: EspaceDeContrat) -> None:
    with pytest.raises(Refus):
        grant(
            by=acces("Eve", Role.EQUIPE, contract("colline")), espace=vallon, personne=person("Gil"), role=Role.LECTURE
        )


def test_the_team_of_a_contract_does_not_give_the_platform(vallon: EspaceDeContrat) -> None:
    basile, gil = acces("Basile", Role.EQUIPE, vallon), person("Gil")
    with pytest.raises(Refus):
        grant(by=basile, espace=None, personne=gil, role=Role.ADMINISTRATION)
    with pytest.raises(AttributionRefusee, match="plus que le vôtre"):
        grant(by=basile, espace=vallon, personne=gil, role=Role.ADMINISTRATION)
    assert Role.ADMINISTRATION not in roles_to_give(basile, vallon)


def test_nobody_gives_more_than_she_has(vallon: EspaceDeContrat, monkeypatch: pytest.MonkeyPatch) -> None:
    basile = acces("Basile", Role.EQUIPE, vallon)
    more = {**attribution.RIGHTS_BY_ROLE, Role.LECTURE: frozenset({"trace.erase"})}
    monkeypatch.setattr(attribution, "RIGHTS_BY_ROLE", more)
    with pytest.raises(AttributionRefusee):
        grant(by=basile, espace=vallon, personne=person("Gil"), role=Role.LECTURE)


def test_a_partner_without_a_body_is_refused_in_french(vallon: EspaceDeContrat) -> None:
    with pytest.raises(ValidationError, match="Un partenaire ou un copilote agit pour un organisme"):
        grant(by=acces("Basile", Role.EQUIPE, vallon), espace=vallon, personne=person("Gil"), role=Role.PARTENAIRE)


def test_the_same_role_is_not_given_twice(vallon: EspaceDeContrat) -> None:
    basile, dan = acces("Basile", Role.EQUIPE, vallon), member("Dan", Role.LECTURE, vallon)
    with pytest.raises(ValidationError, match="a déjà ce rôle"):
        grant(by=basile, espace=vallon, personne=dan, role=Role.LECTURE)


def test_an_erased_person_receives_nothing(vallon: EspaceDeContrat) -> None:
    gil = person("Gil")
    gil.nom, gil.email, gil.utilisateur, gil.effacee_le = "", "", None, timezone.now()
    gil.save()
    with pytest.raises(AttributionRefusee, match="effacée"):
        grant(by=acces("Basile", Role.EQUIPE, vallon), espace=vallon, personne=gil, role=Role.LECTURE)


def test_a_role_ended_gives_nothing_from_this_instant(vallon: EspaceDeContrat) -> None:
    basile, dan = acces("Basile", Role.EQUIPE, vallon), member("Dan", Role.LECTURE, vallon)
    end(by=basile, habilitation=held(dan), motif="départ")
    assert acces_of(dan).habilitations == ()
    assert (last_entry().avant, last_entry().apres, last_entry().motif) == ("lecture", "", "départ")


def test_a_role_ends_once(vallon: EspaceDeContrat) -> None:
    basile, dan = acces("Basile", Role.EQUIPE, vallon), member("Dan", Role.LECTURE, vallon)
    role = held(dan)
    end(by=basile, habilitation=role)
    with pytest.raises(AttributionRefusee, match="déjà pris fin"):
        end(by=basile, habilitation=role)


def test_a_role_of_another_contract_is_not_ended(vallon: EspaceDeContrat) -> None:
    eve, dan = acces("Eve", Role.EQUIPE, contract("colline")), member("Dan", Role.LECTURE, vallon)
    with pytest.raises(Refus):
        end(by=eve, habilitation=held(dan))
    assert acces_of(dan).habilitations


def test_the_last_administrator_stays(vallon: EspaceDeContrat) -> None:
    ada = acces("Ada", Role.ADMINISTRATION)
    with pytest.raises(AttributionRefusee, match="dernière personne"):
        end(by=ada, habilitation=held(ada.personne))
    other = member("Bob", Role.ADMINISTRATION)
    end(by=ada, habilitation=held(ada.personne))
    with pytest.raises(AttributionRefusee, match="dernière personne"):
        end(by=acces_of(other), habilitation=held(other))


@pytest.mark.parametrize("weak", ["no account", "inactive", "ends soon"])
def test_an_administrator_who_will_not_last_does_not_count(vallon: EspaceDeContrat, weak: str) -> None:
    ada, other = acces("Ada", Role.ADMINISTRATION), member("Bob", Role.ADMINISTRATION)
    if weak == "no account":
        type(other).objects.filter(pk=other.pk).update(utilisateur=None)
    elif weak == "inactive":
        type(other.utilisateur).objects.filter(pk=other.utilisateur.pk).update(is_active=False)
    else:
        Habilitation.objects.filter(personne=other).update(au=timezone.localdate() + timedelta(days=3))
    with pytest.raises(AttributionRefusee, match="dernière personne"):
        end(by=ada, habilitation=held(ada.personne))


def test_the_command_line_names_the_first_administrator(db: None) -> None:
    ada = person("Ada")
    install_administrator(personne=ada, commande="tenir nommer-administrateur")
    assert acces_of(ada).administers()
    assert (last_entry().chaine.nom, last_entry().acteur) == ("plateforme", None)
    assert last_entry().commande == "tenir nommer-administrateur"


def test_a_role_whose_trace_fails_is_not_given(vallon: EspaceDeContrat, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_args: object, **_kwargs: object) -> None:
        raise RuntimeError

    basile, gil = acces("Basile", Role.EQUIPE, vallon), person("Gil")
    dan = member("Dan", Role.LECTURE, vallon)
    monkeypatch.setattr(attribution, "record", fail)
    with pytest.raises(RuntimeError):
        grant(by=basile, espace=vallon, personne=gil, role=Role.LECTURE)
    with pytest.raises(RuntimeError):
        end(by=basile, habilitation=held(dan))
    assert acces_of(gil).habilitations == ()
    assert acces_of(dan).habilitations


# The last of a team


def test_the_last_of_a_team_does_not_leave_without_a_word(vallon: EspaceDeContrat) -> None:
    ada = acces("Ada Sommet", Role.ADMINISTRATION)
    basile = member("Basile Pivot", Role.EQUIPE, vallon)
    bea = member("Bea Seconde", Role.EQUIPE, vallon)
    bea.habilitations.update(au=timezone.localdate() + timedelta(days=30))
    member("Dan Liseur", Role.LECTURE, vallon)
    hers = held(basile)
    with pytest.raises(DerniereDeLEquipe, match="seule l’administration de la plateforme"):
        end(by=ada, habilitation=hers)
    hers.refresh_from_db()
    assert hers.au is None, "one who will not last does not count, nor one who reads"
    assert end(by=ada, habilitation=hers, vide=True).au == timezone.localdate()


def test_one_of_two_leaves_freely(vallon: EspaceDeContrat) -> None:
    ada = acces("Ada Sommet", Role.ADMINISTRATION)
    basile, _ = member("Basile Pivot", Role.EQUIPE, vallon), member("Bea Seconde", Role.EQUIPE, vallon)
    assert end(by=ada, habilitation=held(basile)).au == timezone.localdate()


def test_the_erasure_of_the_last_of_a_team_says_what_follows(vallon: EspaceDeContrat) -> None:
    ada, basile = acces("Ada Sommet", Role.ADMINISTRATION), member("Basile Pivot", Role.EQUIPE, vallon)
    with pytest.raises(EffacementRefuse, match="dernière personne de l’équipe"):
        erase_person(by=ada, personne=basile, motif="à sa demande")
    basile.refresh_from_db()
    assert basile.effacee_le is None
    erase_person(by=ada, personne=basile, motif="à sa demande", vide=True)
    basile.refresh_from_db()
    assert basile.effacee_le is not None
