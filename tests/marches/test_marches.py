"""A walk: its stops, what the next one finds there, who may, what anyone reads."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from tenir.core.marques import Perime
from tenir.core.models import EntreeDeTrace as Trace
from tenir.ecran.annulation.annuler import undo
from tenir.ecran.models import Geste
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces, Refus
from tenir.habilitations.roles import Role
from tenir.marches.enums import EtatDArret
from tenir.marches.models import Arret
from tenir.marches.services import arrets, marches
from tenir.preconisations.services.recevoir import set_aside
from tests.formulaires import fill
from tests.marches.marches import arret, marche, parcourue, publiee, refaite, telephone
from tests.personnes import acces, body, contract, member, person, referent

pytestmark = pytest.mark.deux_bases


@pytest.fixture
def espace(db: None) -> EspaceDeContrat:
    return contract("vallon")


@pytest.fixture
def equipe(espace: EspaceDeContrat) -> Acces:
    return acces("Basile Équipe", Role.EQUIPE, espace)


def words(client: Client, name: str, espace: EspaceDeContrat, *args: object) -> str:
    answer = client.get(reverse(name, args=[espace.slug, *args]))
    assert answer.status_code == 200
    return answer.content.decode().replace("\xa0", " ").replace("\u202f", " ")


def signed_in(acces: Acces) -> Client:
    client = Client()
    client.force_login(acces.personne.utilisateur)
    return client


def test_the_body_that_leads_a_walk_keeps_it_and_another_does_not(espace: EspaceDeContrat, equipe: Acces) -> None:
    walk = marche(equipe, espace)
    hers, others = (
        acces("Cléo CCAS", Role.PARTENAIRE, espace, of="ccas"),
        acces("Noé Caf", Role.PARTENAIRE, espace, of="caf"),
    )
    arret(hers, walk)
    with pytest.raises(Refus):
        arret(others, walk)
    with pytest.raises(Refus):
        marche(others, espace)
    with pytest.raises(Refus):
        marches.publish(by=hers, marche=walk)


def test_a_walk_is_not_given_to_a_body_she_does_not_act_for(espace: EspaceDeContrat, equipe: Acces) -> None:
    walk = marche(equipe, espace)
    hers = acces("Cléo CCAS", Role.PARTENAIRE, espace, of="ccas")
    with pytest.raises(Refus):
        marches.rewrite_marche(by=hers, marche=walk, version=1, changes={"conduite_par": body("caf")})
    walk.refresh_from_db()
    assert walk.conduite_par == body("ccas")


def test_the_next_walk_has_every_stop_to_see_again_and_says_what_changed(
    espace: EspaceDeContrat, equipe: Acces
) -> None:
    before = parcourue(equipe, espace)
    after = refaite(equipe, espace, before)
    first, second = Arret.objects.of(after)
    assert [first.lieu, second.lieu] == ["Passage de l’école", "Arrêt de bus"]
    assert [one.repris for one in (first, second)] == list(Arret.objects.of(before))
    shown = words(signed_in(equipe), "marche", espace, after.numero)
    assert "2 à revoir encore" in shown
    arrets.rewrite_stop(by=equipe, arret=first, version=1, changes={"evolution": "regle"})
    arrets.rewrite_stop(
        by=equipe, arret=second, version=1, changes={"evolution": "pire", "constat": "Une marche de plus."}
    )
    shown = words(signed_in(equipe), "marche", espace, after.numero)
    assert "1 réglé, 1 pire" in shown
    assert "Le lampadaire est éteint." in shown  # what was seen before stands beside what is seen now
    first.refresh_from_db()
    assert first.etat == "regle"


def test_a_walk_whose_stops_are_in_any_state_may_be_walked_again(espace: EspaceDeContrat, equipe: Acces) -> None:
    before = marche(equipe, espace)
    for etat in EtatDArret:
        stop = arret(equipe, before, f"Lieu {etat.value}")
        arrets.rewrite_stop(by=equipe, arret=stop, version=1, changes={"etat": etat.value, "suite": "Voie privée."})
    again = Arret.objects.of(refaite(equipe, espace, before))
    assert [one.etat for one in again] == list(EtatDArret)
    assert [one.suite for one in again if one.etat == EtatDArret.SANS_SUITE] == ["Voie privée."]


def test_a_walk_is_followed_by_whoever_keeps_it_alone(espace: EspaceDeContrat, equipe: Acces) -> None:
    before = parcourue(equipe, espace)
    others = acces("Noé Caf", Role.PARTENAIRE, espace, of="caf")
    with pytest.raises(Refus):
        marche(others, espace, of="caf", suite_de=before)
    url = reverse("marche-nouvelle", args=[espace.slug])
    assert "Autour de l’école" not in signed_in(others).get(url, {"suite": before.numero}).content.decode()
    assert "Refaire" not in words(signed_in(others), "marche", espace, before.numero)


def test_the_history_of_a_walk_is_for_those_who_keep_it(espace: EspaceDeContrat, equipe: Acces) -> None:
    walk = parcourue(equipe, espace)
    assert "Histoire de la marche" in words(signed_in(equipe), "marche", espace, walk.numero)
    others = acces("Noé Caf", Role.PARTENAIRE, espace, of="caf")
    assert "Basile Équipe" not in words(signed_in(others), "marche", espace, walk.numero)


def test_the_words_of_a_preconisation_that_was_withdrawn_leave_its_stop_too(
    espace: EspaceDeContrat, equipe: Acces
) -> None:
    referent(person("Nina Sollicitée", signs_in=False), espace)
    walk = parcourue(equipe, espace)
    made = arrets.ask(by=equipe, arret=Arret.objects.of(walk)[0], texte="Chez Mme X.", organisme=body("ccas"))
    others = signed_in(acces("Noé Caf", Role.PARTENAIRE, espace, of="caf"))
    assert "Chez Mme X." in words(others, "marche", espace, walk.numero)
    set_aside(by=equipe, preconisation=made, motif="Elle nomme quelqu’un.")
    assert "Chez Mme X." not in words(others, "marche", espace, walk.numero)
    assert "Chez Mme X." in words(signed_in(equipe), "marche", espace, walk.numero)


def test_photographs_are_chosen_again_of_a_walk_that_is_published(espace: EspaceDeContrat, equipe: Acces) -> None:
    walk = publiee(equipe, espace)
    first, second = Arret.objects.of(walk)
    arrets.change_photo(by=equipe, arret=second, fichier=telephone())
    marches.publish(by=equipe, marche=walk, photos=[second.pk])
    assert [one.photo_publique for one in Arret.objects.of(walk)] == [False, True]
    assert first.photo


def test_an_empty_form_takes_no_photograph_off(espace: EspaceDeContrat, equipe: Acces) -> None:
    walk = parcourue(equipe, espace, photo=True)
    first, second = Arret.objects.of(walk)
    client = signed_in(equipe)
    at = [reverse("arret-photographier", args=[espace.slug, walk.numero, one.pk]) for one in (first, second)]
    assert fill(client, at[0]).status_code == 422
    assert fill(client, at[1]).status_code == 422
    with pytest.raises(ValidationError, match="Choisissez une photographie"):
        arrets.change_photo(by=equipe, arret=second, fichier=None)
    assert fill(client, at[0], retirer="on").status_code == 302
    first.refresh_from_db()
    assert not first.photo


def test_a_walk_is_followed_once_by_one_that_comes_after_it_in_its_contract(
    espace: EspaceDeContrat, equipe: Acces
) -> None:
    before = parcourue(equipe, espace)
    with pytest.raises(ValidationError, match="La marche d’avant est du"):
        marche(equipe, espace, suite_de=before, jour=before.jour - timedelta(days=1))
    refaite(equipe, espace, before)
    with pytest.raises(ValidationError, match="partez de la dernière"):
        refaite(equipe, espace, before)
    other = contract("colline")
    elsewhere = parcourue(acces("Ève Ailleurs", Role.EQUIPE, other), other)
    with pytest.raises(ValidationError, match="Choisissez dans ce contrat"):
        refaite(equipe, espace, elsewhere)


def test_the_database_holds_what_a_stop_may_say(espace: EspaceDeContrat, equipe: Acces) -> None:
    stop = arret(equipe, marche(equipe, espace))
    for wrong in (
        {"lieu": ""},
        {"constat": ""},
        {"etat": "sans-suite"},
        {"evolution": "mieux"},
        {"photo_publique": True},
        {"rang": 0},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Arret.objects.filter(pk=stop.pk).update(**wrong)


def test_a_stop_without_follow_up_says_why(espace: EspaceDeContrat, equipe: Acces) -> None:
    stop = arret(equipe, marche(equipe, espace))
    with pytest.raises(ValidationError, match="Dites pourquoi rien n’est fait"):
        arrets.rewrite_stop(by=equipe, arret=stop, version=1, changes={"etat": "sans-suite"})
    done = {"etat": "sans-suite", "suite": "Voie privée."}
    assert arrets.rewrite_stop(by=equipe, arret=stop, version=1, changes=done).etat == "sans-suite"


def test_a_stop_moved_on_the_route_renumbers_the_others(espace: EspaceDeContrat, equipe: Acces) -> None:
    walk = parcourue(equipe, espace)
    arret(equipe, walk, "Square")
    last = Arret.objects.of(walk)[2]
    arrets.rewrite_stop(by=equipe, arret=last, version=last.version, changes={"rang": 1})
    assert [(one.rang, one.lieu) for one in Arret.objects.of(walk)] == [
        (1, "Square"), (2, "Passage de l’école"), (3, "Arrêt de bus"),
    ]  # fmt: skip
    undo(by=equipe, geste=Geste.objects.latest("pk"))
    assert [one.lieu for one in Arret.objects.of(walk)][-1] == "Square"


def test_a_stop_that_is_seen_again_stays(espace: EspaceDeContrat, equipe: Acces) -> None:
    before = parcourue(equipe, espace)
    refaite(equipe, espace, before)
    with pytest.raises(ValidationError, match="Une autre marche l’a revu"):
        arrets.remove_stop(by=equipe, arret=Arret.objects.of(before)[0])


def test_nobody_reads_a_walk_before_it_is_published_nor_a_photograph_that_was_not_chosen(
    espace: EspaceDeContrat, equipe: Acces
) -> None:
    walk = parcourue(equipe, espace, photo=True)
    stop = Arret.objects.of(walk)[0]
    public = reverse("marche-publique", args=[espace.slug, walk.numero])
    picture = reverse("arret-photo-publique", args=[espace.slug, walk.numero, stop.pk])
    assert Client().get(public).status_code == 404
    marches.publish(by=equipe, marche=walk)
    assert "Passage de l’école" in words(Client(), "marche-publique", espace, walk.numero)
    assert "<img" not in words(Client(), "marche-publique", espace, walk.numero)
    assert Client().get(picture).status_code == 404
    marches.take_off(by=equipe, marche=walk)
    assert Client().get(public).status_code == 404
    walk.refresh_from_db()
    marches.publish(by=equipe, marche=walk, photos=[stop.pk])
    shown = Client().get(picture)
    assert shown["Content-Type"] == "image/jpeg"
    assert shown.content.startswith(b"\xff\xd8\xff")


def test_another_photograph_is_shown_to_anyone_only_once_chosen(espace: EspaceDeContrat, equipe: Acces) -> None:
    walk = publiee(equipe, espace)
    stop = Arret.objects.of(walk)[0]
    assert stop.photo_publique
    arrets.change_photo(by=equipe, arret=stop, fichier=telephone(60, 60))
    stop.refresh_from_db()
    assert not stop.photo_publique
    picture = reverse("arret-photo-publique", args=[espace.slug, walk.numero, stop.pk])
    assert Client().get(picture).status_code == 404


def test_what_is_published_is_what_was_read(espace: EspaceDeContrat, equipe: Acces) -> None:
    walk = parcourue(equipe, espace, photo=True)
    read = marches.shown(walk)
    arrets.change_photo(by=equipe, arret=Arret.objects.of(walk)[0], fichier=telephone(60, 60))
    with pytest.raises(Perime):
        marches.publish(by=equipe, marche=walk, lu=read)


def test_a_walk_without_stop_is_not_published(espace: EspaceDeContrat, equipe: Acces) -> None:
    with pytest.raises(ValidationError, match="pas encore d’arrêt"):
        marches.publish(by=equipe, marche=marche(equipe, espace))


def test_a_preconisation_is_made_of_a_stop_once_and_both_pages_lead_to_each_other(
    espace: EspaceDeContrat, equipe: Acces
) -> None:
    referent(person("Nina Sollicitée", signs_in=False), espace)
    walk = publiee(equipe, espace)
    stop = Arret.objects.of(walk)[0]
    made = arrets.ask(by=equipe, arret=stop, texte="Réparer le lampadaire.", organisme=body("ccas"))
    assert (made.origine, made.lieu) == ("marche", "Passage de l’école")
    assert made.code in words(Client(), "marche-publique", espace, walk.numero)
    with pytest.raises(ValidationError, match="déjà faite"):
        arrets.ask(by=equipe, arret=stop, texte="Encore.", organisme=body("ccas"))
    undo(by=equipe, geste=Geste.objects.latest("pk"))
    stop.refresh_from_db()
    assert stop.preconisation is None


def test_the_list_says_where_each_place_stands_today(espace: EspaceDeContrat, equipe: Acces) -> None:
    before = parcourue(equipe, espace)
    after = refaite(equipe, espace, before)
    arrets.rewrite_stop(by=equipe, arret=Arret.objects.of(after)[0], version=1, changes={"evolution": "regle"})
    rows = signed_in(equipe).get(reverse("marches-export", args=[espace.slug, "csv"]))
    text = rows.content.decode()
    assert text.count("Passage de l’école") == 1
    assert "réglé" in text
    danger = signed_in(equipe).get(reverse("marches-export", args=[espace.slug, "csv"]), {"urgence": "3"})
    assert "Arrêt de bus" in danger.content.decode()
    assert "Passage de l’école" not in danger.content.decode()


def test_what_was_seen_before_a_published_walk_stays_with_those_who_read_it(
    espace: EspaceDeContrat, equipe: Acces
) -> None:
    before = parcourue(equipe, espace)
    after = refaite(equipe, espace, before)
    arrets.rewrite_stop(by=equipe, arret=Arret.objects.of(after)[0], version=1, changes={"evolution": "mieux"})
    marches.publish(by=equipe, marche=after)
    shown = words(Client(), "marche-publique", espace, after.numero)
    assert "Le lampadaire est éteint." not in shown
    assert "qu’avant" not in shown
    marches.publish(by=equipe, marche=before)
    assert "Le lampadaire est éteint." in words(Client(), "marche-publique", espace, after.numero)


def test_every_change_is_told_in_the_trace_without_the_name_of_a_file(espace: EspaceDeContrat, equipe: Acces) -> None:
    walk = parcourue(equipe, espace, photo=True)
    told = " ".join(f"{one.champ} {one.avant} {one.apres}" for one in Trace.objects.filter(objet=walk.code))
    assert "Passage de l’école" in told
    assert "IMG_Ida" not in told
    assert not Arret.objects.filter(photo__contains="Ida").exists()


def test_a_member_of_another_contract_reads_nothing(espace: EspaceDeContrat, equipe: Acces) -> None:
    walk = parcourue(equipe, espace, photo=True)
    other = contract("colline")
    client = Client()
    client.force_login(member("Ève Voisine", Role.EQUIPE, other).utilisateur)
    stop = Arret.objects.of(walk)[0]
    for name, args in (("marche", [walk.numero]), ("arret-photo", [walk.numero, stop.pk]), ("marches", [])):
        assert client.get(reverse(name, args=[espace.slug, *args])).status_code in (403, 404)
