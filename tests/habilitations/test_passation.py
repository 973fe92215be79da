"""Handing over: the function, and what a room registers, go to whoever takes up; a room of the tests holds lanterns."""

import pytest

from tenir.acteurs.models import Personne
from tenir.core.models import EntreeDeTrace
from tenir.core.piece import Piece
from tenir.core.trace import Fait
from tenir.core.typographie import NBSP
from tenir.equipe.services.contacts import Contact, ContactRefuse, end_contact
from tenir.habilitations.attribution import end
from tenir.habilitations.models import EspaceDeContrat, Habilitation, Referent
from tenir.habilitations.passation import Charge, PassationRefusee, hand_over, held_by
from tenir.habilitations.rights import Acces, Refus, require
from tenir.habilitations.roles import Role
from tests.personnes import acces, body, contract, person, referent
from tests.pieces import only

pytestmark = pytest.mark.deux_bases

Lanternes = dict[tuple[int, str], int]
"""The keeper of each lantern of a contract, by number."""


@pytest.fixture
def vallon(db: None) -> EspaceDeContrat:
    return contract("vallon")


@pytest.fixture
def basile(vallon: EspaceDeContrat) -> Acces:
    return acces("Basile Pivot", Role.EQUIPE, vallon)


@pytest.fixture
def lanternes(monkeypatch: pytest.MonkeyPatch) -> Lanternes:
    """What a room above would register: things that a person is in charge of, and how they change hands."""
    kept: Lanternes = {}

    def count(espace: EspaceDeContrat, personne: Personne) -> int:
        return sum(place == espace.pk and keeper == personne.pk for (place, _), keeper in kept.items())

    def transfer(by: Acces, espace: EspaceDeContrat, de: Personne, a: Personne) -> list[Fait]:
        require(by, "contact.import", espace)  # the right of that room on its own things
        mine = [key for key, keeper in kept.items() if key[0] == espace.pk and keeper == de.pk]
        kept.update(dict.fromkeys(mine, a.pk))
        return [Fait("lanterne", name, "gardien", f"personne n° {de.pk}", f"personne n° {a.pk}") for _, name in mine]

    only(monkeypatch, Piece("lanternes", charges=[Charge("lanterne", count, transfer, genre="f")]))
    return kept


@pytest.fixture
def gil(vallon: EspaceDeContrat, lanternes: Lanternes) -> Referent:
    """A contact who keeps two lanterns here, and one elsewhere."""
    held = referent(person("Gil Sortant", signs_in=False), vallon)
    Referent.objects.filter(pk=held.pk).update(fonction="directrice")
    elsewhere = contract("colline")
    lanternes |= {(vallon.pk, "L1"): held.personne_id, (vallon.pk, "L2"): held.personne_id}
    lanternes[elsewhere.pk, "L3"] = held.personne_id
    return Referent.objects.get(pk=held.pk)


def test_what_she_holds_is_counted_in_french(vallon: EspaceDeContrat, gil: Referent) -> None:
    assert held_by(vallon, gil.personne) == [f"2{NBSP}lanternes"]
    assert held_by(vallon, person("Rien", signs_in=False)) == []


def test_another_contact_of_the_body_takes_up_the_function_and_the_charges(
    basile: Acces, vallon: EspaceDeContrat, gil: Referent, lanternes: Lanternes
) -> None:
    suite = referent(person("Ida Suite", signs_in=False), vallon)
    Referent.objects.filter(pk=suite.pk).update(fonction="agente")
    taken = end_contact(by=basile, referent=gil, motif="départ", successor=suite.personne)
    assert taken
    assert (taken.personne, taken.organisation, taken.fonction) == (suite.personne, body("ccas"), "directrice")
    assert Referent.objects.get(pk=suite.pk).fonction == "agente"  # her own function stays
    assert held_by(vallon, suite.personne) == [f"2{NBSP}lanternes"]
    assert sorted(lanternes.values()) == sorted([gil.personne_id, suite.personne_id, suite.personne_id])


def test_someone_new_takes_up(basile: Acces, vallon: EspaceDeContrat, gil: Referent) -> None:
    new = Contact("Noa Neuve", gil.organisation, gil.fonction, "noa@exemple.test")
    taken = end_contact(by=basile, referent=gil, successor=new)
    assert taken
    assert (taken.personne.nom, taken.fonction) == ("Noa Neuve", "directrice")
    assert held_by(vallon, taken.personne) == [f"2{NBSP}lanternes"]


def test_the_trace_tells_who_took_up_by_number_alone(basile: Acces, vallon: EspaceDeContrat, gil: Referent) -> None:
    suite = referent(person("Ida Suite", signs_in=False), vallon).personne
    end_contact(by=basile, referent=gil, motif="départ", successor=suite)
    told = EntreeDeTrace.objects.order_by("rang").values_list("genre", "objet", "champ", "apres", "motif")
    mine = f"personne n° {suite.pk}"
    assert list(told) == [
        ("référent", str(gil.personne_id), "contact", "", "départ"),
        ("référent", str(suite.pk), "contact", "CCAS, directrice", "départ"),
        ("personne", str(gil.personne_id), "passe la main à", mine, "départ"),
        ("lanterne", "L1", "gardien", mine, "départ"),
        ("lanterne", "L2", "gardien", mine, "départ"),
    ]


def test_without_a_successor_the_charges_stay_with_her(basile: Acces, vallon: EspaceDeContrat, gil: Referent) -> None:
    assert end_contact(by=basile, referent=gil) is None
    assert held_by(vallon, gil.personne) == [f"2{NBSP}lanternes"]


def test_a_contact_does_not_succeed_herself(basile: Acces, gil: Referent) -> None:
    with pytest.raises(ContactRefuse, match="celle qui s’en va"):
        end_contact(by=basile, referent=gil, successor=gil.personne)
    assert Referent.objects.get(pk=gil.pk).au is None


def test_a_room_keeps_its_own_right_and_then_nothing_is_ended(vallon: EspaceDeContrat, gil: Referent) -> None:
    suite = referent(person("Ida Suite", signs_in=False), vallon).personne
    partner = acces("Cléo Relais", Role.PARTENAIRE, vallon, of="ccas")
    with pytest.raises(Refus):
        end_contact(by=partner, referent=gil, successor=suite)
    assert Referent.objects.get(pk=gil.pk).au is None
    assert not EntreeDeTrace.objects.exists()


def test_the_charges_of_a_role_that_ends_go_to_someone_of_the_contract(
    basile: Acces, vallon: EspaceDeContrat, lanternes: Lanternes
) -> None:
    leaving = acces("Léo Partant", Role.LECTURE, vallon).personne
    staying = acces("Max Restant", Role.LECTURE, vallon).personne
    lanternes[vallon.pk, "L9"] = leaving.pk
    end(by=basile, habilitation=Habilitation.objects.get(personne=leaving), successor=staying)
    assert held_by(vallon, staying) == [f"1{NBSP}lanterne"]
    assert not Habilitation.objects.filter(personne=staying).exclude(role=Role.LECTURE).exists()


def test_a_stranger_to_the_contract_takes_up_nothing(basile: Acces, vallon: EspaceDeContrat, gil: Referent) -> None:
    stranger = acces("Eve Voisin", Role.EQUIPE, EspaceDeContrat.objects.get(slug="colline")).personne
    for one in (stranger, gil.personne):
        with pytest.raises(PassationRefusee):
            hand_over(by=basile, espace=vallon, de=gil.personne, a=one)
    with pytest.raises(PassationRefusee):
        end_contact(by=basile, referent=gil, successor=stranger)
    assert not Referent.objects.filter(espace=vallon, personne=stranger).exists()
