"""Bodies that live: what a team adds, names, ends and removes; what every door then knows; what is undone."""

import importlib
import inspect
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.db.models import Model
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tenir.acteurs.models import Graphie, NomAnterieur, Organisation
from tenir.acteurs.services import sync_organisations
from tenir.core import horloge
from tenir.core.marques import Perime
from tenir.core.models import EntreeDeTrace
from tenir.ecran.annulation.annuler import undo
from tenir.ecran.annulation.valeurs import held
from tenir.ecran.models import Geste
from tenir.ecran.versions import Conflit
from tenir.equipe.ecrans.organismes.page import history_of
from tenir.equipe.organismes import bodies_of, directory_of, offered_in
from tenir.equipe.services import noms_d_organismes as noms
from tenir.equipe.services import organismes
from tenir.fichier.organisations import registry
from tenir.habilitations.models import EspaceDeContrat, OrganismeRetenu
from tenir.habilitations.rights import Acces, Refus
from tenir.habilitations.roles import Role
from tests.personnes import acces, body, contract, person, referent

pytestmark = [pytest.mark.django_db, pytest.mark.deux_bases]
SIRET = "82253878100029"
LA_POSTE = "35600000000048"
VALUES = {"nom": "Les Mains Vertes", "sigle": "LMV", "nature": "association", "siret": "", "rna": "", "parent": None}


@pytest.fixture
def espace() -> EspaceDeContrat:
    return contract("val-fictif")


@pytest.fixture
def by(espace: EspaceDeContrat) -> Acces:
    return acces("Aya Équipe", Role.EQUIPE, espace)


def add(by: Acces, espace: EspaceDeContrat, **values: Any) -> Organisation:
    return organismes.add_body(by=by, espace=espace, **(VALUES | values))


def test_a_body_added_may_be_chosen_in_its_contract_and_not_yet_in_another(by: Acces, espace: EspaceDeContrat) -> None:
    made = add(by, espace)
    assert made in bodies_of(espace)
    other = contract("autre")
    assert made not in bodies_of(other)
    organismes.choose_body(by=acces("Bo Équipe", Role.EQUIPE, other), espace=other, body=made)
    assert made in bodies_of(other)


@pytest.mark.parametrize("siret", [SIRET, "822 538 781 00029", LA_POSTE])
def test_a_siret_is_checked_that_of_la_poste_by_its_own_rule(by: Acces, espace: EspaceDeContrat, siret: str) -> None:
    assert add(by, espace, siret=siret).siret == siret.replace(" ", "")


@pytest.mark.parametrize(
    ("given", "beside"),
    [
        ({"siret": "82253878100028"}, "siret"),
        ({"siret": "35600000000049"}, "siret"),
        ({"rna": "332000001"}, "rna"),
        ({"nature": "licorne"}, "nature"),
        ({"nom": "LE CCAS"}, "nom"),
    ],
)
def test_what_no_body_can_hold_is_refused_beside_its_field(
    by: Acces, espace: EspaceDeContrat, given: dict[str, str], beside: str
) -> None:
    body("ccas")
    with pytest.raises(ValidationError) as refused:
        add(by, espace, **given)
    told = refused.value.error_dict
    assert beside in told or any(one.code == beside for many in told.values() for one in many)
    assert not Organisation.objects.filter(identifiant__startswith=organismes.ADDED).exists()


def test_no_body_of_the_file_has_the_identifier_of_one_added() -> None:
    assert [one for one in registry() if one.startswith(organismes.ADDED)] == []


def test_loading_again_never_undoes_what_a_team_wrote(by: Acces, espace: EspaceDeContrat) -> None:
    caf = sync_organisations(["caf-gironde"])["caf-gironde"]
    noms.rename_body(by=by, espace=espace, body=caf, nom="Caisse du Val", depuis=date(2026, 1, 1))
    add(by, espace, siret=SIRET)
    found = sync_organisations(["caf-gironde", "esprit-de-solidarite"])
    caf.refresh_from_db()
    assert (caf.nom, found["caf-gironde"].pk) == ("Caisse du Val", caf.pk)
    assert found["esprit-de-solidarite"].siret == ""


def test_a_load_says_which_body_each_is_a_service_of() -> None:
    assert sync_organisations(["sous-prefecture"])["sous-prefecture"].parent == Organisation.objects.get(
        identifiant="prefecture"
    )


def test_a_branch_gives_no_right_to_the_body_above(espace: EspaceDeContrat) -> None:
    branch = Organisation.objects.create(identifiant="ajout-antenne", nom="Antenne", parent=body("ccas"))
    from tenir.habilitations.organismes import bodies_of as spoken_for

    partner = acces("Cy Partenaire", Role.PARTENAIRE, espace)
    assert branch.identifiant not in spoken_for(partner, espace)


def test_a_spelling_added_is_known_at_every_door(by: Acces, espace: EspaceDeContrat) -> None:
    made = add(by, espace)
    assert directory_of(espace).find("le jardin d’en bas") is None
    noms.add_spelling(by=by, espace=espace, body=made, texte="Jardin d’en bas")
    assert directory_of(espace).find("le JARDIN d en bas") == made


def test_a_spelling_means_one_body_of_a_contract(by: Acces, espace: EspaceDeContrat) -> None:
    made, other = add(by, espace), add(by, espace, nom="Les Mains Bleues", sigle="LMB")
    noms.add_spelling(by=by, espace=espace, body=made, texte="Les Mains")
    for texte in ("Les mains", "LMV", "Les Mains Vertes"):
        with pytest.raises(ValidationError, match="désigne déjà"):
            noms.add_spelling(by=by, espace=espace, body=other, texte=texte)
    assert Graphie.objects.count() == 1


def test_a_new_name_is_dated_and_the_former_one_still_known(by: Acces, espace: EspaceDeContrat) -> None:
    made = add(by, espace)
    noms.rename_body(by=by, espace=espace, body=made, nom="Mains et Terre", depuis=date(2026, 3, 1))
    made.refresh_from_db()
    assert made.name_on(date(2026, 2, 28)) == "Les Mains Vertes"
    assert made.name_on(date(2026, 3, 1)) == "Mains et Terre" == made.nom
    for name in ("les mains vertes", "LMV", "Mains et terre"):
        assert directory_of(espace).find(name) == made
    for day in (date(2026, 3, 1), date(2020, 1, 1), horloge.today(espace) + timedelta(days=1)):
        with pytest.raises(ValidationError):
            noms.rename_body(by=by, espace=espace, body=made, nom="Encore", depuis=day)


def test_what_took_up_a_body_is_read_under_its_name_from_that_day(by: Acces, espace: EspaceDeContrat) -> None:
    before, after = body("pole-emploi-fictif"), body("travail-fictif")
    referent(person("Ida Essai", signs_in=False), espace, of=before.identifiant)
    day = horloge.today(espace) + timedelta(days=1)
    fin = noms.Fin(day, "succession", after)
    noms.end_body(by=by, espace=espace, body=before, fin=fin)
    assert directory_of(espace).find(before.nom) == before
    assert before in offered_in(espace)
    noms.end_body(by=by, espace=espace, body=before, fin=noms.Fin(horloge.today(espace), "succession", after))
    assert directory_of(espace).find(before.nom) == after
    assert before in bodies_of(espace)
    assert before not in offered_in(espace)
    assert after in offered_in(espace)


def test_no_body_takes_up_itself_nor_one_that_took_it_up(by: Acces, espace: EspaceDeContrat) -> None:
    one, two, three = body("un"), body("deux"), body("trois")
    day = date(2026, 1, 1)
    noms.end_body(by=by, espace=espace, body=one, fin=noms.Fin(day, "fusion", two))
    noms.end_body(by=by, espace=espace, body=two, fin=noms.Fin(date(2026, 2, 1), "fusion", three))
    for ended, suite in ((three, one), (three, three), (three, None)):
        with pytest.raises(ValidationError):
            noms.end_body(by=by, espace=espace, body=ended, fin=noms.Fin(day - timedelta(days=9), "fusion", suite))
    with pytest.raises(ValidationError):
        noms.end_body(by=by, espace=espace, body=three, fin=noms.Fin(day, "dissolution", one))


def test_no_body_is_a_branch_of_one_of_its_own(by: Acces, espace: EspaceDeContrat) -> None:
    above = add(by, espace)
    below = add(by, espace, nom="Antenne du bas", sigle="", parent=above)
    with pytest.raises(ValidationError, match="rattaché"):
        organismes.correct_body(by=by, espace=espace, body=above, version=1, changes={"parent": below})


def references() -> list[Any]:
    """Every place of the models that names a body; its own parts apart."""
    return [one for one in Organisation._meta.related_objects if one.related_model not in organismes.PARTS]


def test_whatever_names_a_body_keeps_it_from_being_deleted(by: Acces, espace: EspaceDeContrat) -> None:
    made = add(by, espace)
    for relation in references():
        told = str(relation.related_model._meta.verbose_name)
        asked = relation.related_model._base_manager.filter(**{relation.field.name: made})
        assert asked.exists() == (relation.related_model is OrganismeRetenu), told
    referent(person("Ida Essai", signs_in=False), espace, of=made.identifiant)
    assert list(organismes.naming(made, but=espace)) == ["référent"]
    with pytest.raises(ValidationError, match="nommé"):
        organismes.delete_body(by=by, espace=espace, body=made)


def test_a_body_that_another_contract_chose_is_not_deleted(by: Acces, espace: EspaceDeContrat) -> None:
    made = add(by, espace)
    OrganismeRetenu.objects.create(espace=contract("autre"), organisation=made)
    with pytest.raises(ValidationError, match="nommé"):
        organismes.delete_body(by=by, espace=espace, body=made)


def test_who_did_not_read_what_stands_writes_nothing(by: Acces, espace: EspaceDeContrat) -> None:
    made = add(by, espace)
    read = organismes.shown(made)
    noms.add_spelling(by=by, espace=espace, body=made, texte="Le potager")
    with pytest.raises(Perime):
        organismes.delete_body(by=by, espace=espace, body=made, lu=read)
    with pytest.raises(Conflit):
        organismes.correct_body(by=by, espace=espace, body=made, version=1, changes={"sigle": "MV"})


@pytest.mark.parametrize(
    "row",
    [
        {"siret": "12"},
        {"rna": "12"},
        {"fin": date(2026, 1, 1)},
        {"devenir": "fusion"},
        {"fin": date(2026, 1, 1), "devenir": "succession"},
    ],
    ids=str,
)
def test_the_database_holds_what_a_body_is(row: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Organisation.objects.create(identifiant="faux", nom="Faux", **row)


def test_the_page_of_a_body_tells_what_another_team_did_without_who_nor_why(by: Acces, espace: EspaceDeContrat) -> None:
    made, other = add(by, espace), contract("autre")
    noms.add_spelling(by=acces("Bo Voisin", Role.EQUIPE, other), espace=other, body=made, texte="Le potager")
    told = history_of(made, espace)
    assert {one.qui for one in told if one.champ == "graphie"} == {"l’équipe d’un autre contrat"}
    assert "Aya Équipe" in {one.qui for one in told}


def test_a_longer_list_of_bodies_takes_no_more_queries(
    by: Acces, espace: EspaceDeContrat, client: Client, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    client.force_login(by.personne.utilisateur)
    url = reverse("organismes", args=[espace.slug])
    add(by, espace)
    with CaptureQueriesContext(connection) as few_rows:
        assert client.get(url).status_code == 200
    for rank in range(12):
        made = add(by, espace, nom=f"Organisme {rank}", sigle="")
        noms.add_spelling(by=by, espace=espace, body=made, texte=f"graphie {rank}")
    with django_assert_max_num_queries(len(few_rows)):
        assert "graphie 11" in client.get(url).content.decode()


# Every service


def services() -> Iterator[str]:
    """Every function that writes a body: those of the two modules of services that hold a transaction."""
    for name in ("organismes", "noms_d_organismes"):
        module = importlib.import_module(f"tenir.equipe.services.{name}")
        for found, one in inspect.getmembers(module, inspect.isfunction):
            if one.__module__ == module.__name__ and "by" in inspect.signature(one).parameters:
                yield found


CALLS: dict[str, tuple[Callable[..., Any], Callable[[Organisation], dict[str, Any]]]] = {
    "add_body": (organismes.add_body, lambda _: VALUES | {"nom": "Autre Fictive"}),
    "correct_body": (organismes.correct_body, lambda b: {"body": b, "version": b.version, "changes": {"sigle": "MV"}}),
    "choose_body": (organismes.choose_body, lambda _: {"body": body("caf")}),
    "release_body": (organismes.release_body, lambda b: {"body": b}),
    "delete_body": (organismes.delete_body, lambda b: {"body": b}),
    "add_spelling": (noms.add_spelling, lambda b: {"body": b, "texte": "Le potager"}),
    "remove_spelling": (noms.remove_spelling, lambda b: {"graphie": b.graphies.get()}),
    "rename_body": (noms.rename_body, lambda b: {"body": b, "nom": "Mains et Terre", "depuis": date(2026, 4, 1)}),
    "end_body": (noms.end_body, lambda b: {"body": b, "fin": noms.Fin(date(2026, 4, 1), "fusion", body("caf"))}),
    "revive_body": (noms.revive_body, lambda b: {"body": ended(b)}),
}


def ended(made: Organisation) -> Organisation:
    made.fin, made.devenir = date(2026, 1, 1), "dissolution"
    made.save()
    return made


def everything() -> list[Any]:
    """All that is known of bodies, versions aside."""
    tables: tuple[type[Model], ...] = (Organisation, NomAnterieur, Graphie, OrganismeRetenu)
    rows = [row for table in tables for row in table._default_manager.order_by("pk")]
    return [{k: v for k, v in held(row).items() if k != "version"} | {"table": row._meta.label} for row in rows]


@pytest.fixture
def made(by: Acces, espace: EspaceDeContrat) -> Organisation:
    """A body with a former name and a spelling."""
    found, _ = add(by, espace), body("caf")
    noms.rename_body(by=by, espace=espace, body=found, nom="Les Mains Rouges", depuis=date(2026, 2, 1))
    noms.add_spelling(by=by, espace=espace, body=found, texte="Jardin d’en bas")
    found.refresh_from_db()
    return found


def test_every_service_is_called() -> None:
    assert sorted(services()) == sorted(CALLS)


@pytest.mark.parametrize("name", sorted(CALLS))
def test_every_service_is_traced_undone_and_refused_to_others(
    by: Acces, espace: EspaceDeContrat, made: Organisation, name: str
) -> None:
    call, more = CALLS[name]
    given = more(made)
    before, told = everything(), EntreeDeTrace.objects.count()
    for role in (Role.PARTENAIRE, Role.LECTURE):
        with pytest.raises(Refus):
            call(by=acces(f"Zoé {role}", role, espace), espace=espace, **given)
    before = everything()
    call(by=by, espace=espace, **given)
    assert everything() != before
    assert EntreeDeTrace.objects.count() > told
    undo(by=by, geste=Geste.objects.latest("pk"))
    assert everything() == before
