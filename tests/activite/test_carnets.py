"""A carnet: whose it is, what its link lets one do, and never more; what comes by it, and when it counts."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from tenir.acteurs.models import Personne
from tenir.activite.enums import Confiance, Source
from tenir.activite.models import Carnet, Entree
from tenir.activite.services.carnets import (
    change_carnet,
    close_all_of,
    close_carnet,
    open_carnet,
    put_up,
    send_carnet,
    send_of_the_month,
    stop_the_letter,
)
from tenir.activite.services.cumuls import differences
from tenir.activite.services.entree import judge_entree
from tenir.activite.services.examen import EXACT
from tenir.activite.services.liens_de_carnet import WAIT, find, open_links, send_again, token_of
from tenir.activite.services.par_carnet import (
    acces_of,
    correct,
    kinds_of,
    lately,
    take_back,
    undoable,
)
from tenir.activite.tenue import held
from tenir.contrat.models import Lieu
from tenir.core import horloge
from tenir.core.models import EntreeDeTrace
from tenir.core.tenue import differences as untold
from tenir.ecran.annulation.annuler import DejaAnnule, Irrevocable, undo
from tenir.ecran.models import Geste
from tenir.ecran.versions import Conflit
from tenir.habilitations.models import EspaceDeContrat, Referent
from tenir.habilitations.rights import Acces, Refus, may
from tests.activite.carnets import affiche, carnet, expire, jeton_of, lien_of, noted, today
from tests.activite.registre import VEILLE, entree, kinds
from tests.lettres import leave
from tests.personnes import body, contract, person, referent

pytestmark = pytest.mark.deux_bases
NONE = "Aucun carnet envoyé."


def told(genre: str = "carnet") -> list[tuple[str, str, str]]:
    return list(EntreeDeTrace.objects.filter(genre=genre).values_list("champ", "avant", "apres"))


# Whose it is


def test_the_team_opens_a_carnet_and_its_link_leaves(vallon: EspaceDeContrat, equipe: Acces) -> None:
    made = carnet(equipe, vallon)
    leave()
    assert mail.outbox[-1].to == [made.personne.email]
    assert token_of(lien_of(made)) in mail.outbox[-1].body
    assert ("lien envoyé", "") in [one[:2] for one in told()]


def test_only_the_team_opens_one(vallon: EspaceDeContrat, ccas: Acces) -> None:
    with pytest.raises(Refus):
        carnet(ccas, vallon)


def test_someone_has_one_carnet_for_a_body(vallon: EspaceDeContrat, equipe: Acces) -> None:
    first = carnet(equipe, vallon)
    again = {"personne": first.personne, "organisme": first.organisme, "genre": first.genre}
    with pytest.raises(ValidationError, match="a déjà un carnet"):
        Carnet(espace=vallon, numero=9, **again).full_clean()
    close_carnet(by=equipe, carnet=first)
    Carnet(espace=vallon, numero=9, **again).full_clean()


def test_a_link_lets_one_do_one_thing(vallon: EspaceDeContrat, equipe: Acces) -> None:
    by = acces_of(carnet(equipe, vallon))
    assert by.rights(vallon) == frozenset()
    mine, theirs = entree(equipe, vallon), entree(equipe, vallon, of="mairie")
    assert may(by, "entree.update", vallon, mine)
    assert not may(by, "entree.update", vallon, theirs)
    assert not may(by, "serie.update", vallon, mine)


@pytest.mark.parametrize(
    "wrong",
    [
        {"genre": "tatouage"},
        {"genre": "affiche"},
        {"confiance": "contestée"},
        {"lieu_id": 1},
    ],
)
def test_no_door_writes_a_carnet_that_the_base_refuses(
    vallon: EspaceDeContrat, equipe: Acces, wrong: dict[str, Any]
) -> None:
    made = carnet(equipe, vallon)
    affiche(equipe, vallon)
    if "lieu_id" in wrong:
        wrong = {"lieu_id": Carnet.objects.exclude(lieu=None).get().lieu_id}
    with pytest.raises(IntegrityError), transaction.atomic():
        Carnet.objects.filter(pk=made.pk).update(**wrong)


def test_a_wall_never_counts_at_once(vallon: EspaceDeContrat, equipe: Acces) -> None:
    made = affiche(equipe, vallon)
    with pytest.raises(IntegrityError), transaction.atomic():
        Carnet.objects.filter(pk=made.pk).update(confiance=Confiance.RETENUE)
    with pytest.raises(ValidationError, match="lu avant de compter"):
        change_carnet(by=equipe, carnet=made, version=1, changes={"confiance": Confiance.RETENUE})


def test_what_comes_by_a_carnet_says_so(vallon: EspaceDeContrat, equipe: Acces) -> None:
    made = noted(carnet(equipe, vallon))
    with pytest.raises(IntegrityError), transaction.atomic():
        Entree.objects.filter(pk=made.pk).update(source=Source.EQUIPE)


# Its links


def test_a_link_opens_for_forty_days_and_a_fresh_one_leaves_each_month(vallon: EspaceDeContrat, equipe: Acces) -> None:
    made = carnet(equipe, vallon)
    first = lien_of(made)
    assert (first.expire_le - first.cree_le).days == 40
    assert send_of_the_month(first.cree_le) == NONE
    first.cree_le -= timedelta(days=32)
    first.save()
    assert send_of_the_month(horloge.now()) == "Un carnet envoyé."
    assert send_of_the_month(horloge.now()) == NONE
    assert lien_of(made) != first
    assert first.opens(horloge.now())


def test_no_letter_leaves_for_a_wall_a_closed_carnet_or_who_stopped_it(vallon: EspaceDeContrat, equipe: Acces) -> None:
    affiche(equipe, vallon)
    shut, quiet = carnet(equipe, vallon), carnet(equipe, vallon, name="Tia Calme")
    close_carnet(by=equipe, carnet=shut)
    stop_the_letter(quiet)
    later = horloge.now() + timedelta(days=40)
    assert send_of_the_month(later) == NONE
    assert ("courriel chaque mois", "oui", "non") in told()


def test_a_carnet_closed_opens_by_no_link(vallon: EspaceDeContrat, equipe: Acces) -> None:
    made, now = carnet(equipe, vallon), horloge.now()
    token = jeton_of(made)
    assert open_links(now) == 1
    close_carnet(by=equipe, carnet=made, motif="partie")
    found = find(token)
    assert found is not None
    assert not found.opens(now)
    assert open_links(now) == 0
    with pytest.raises(ValidationError, match="fermé"):
        send_carnet(by=equipe, carnet=made)


def test_a_closing_is_taken_back_in_ten_minutes(vallon: EspaceDeContrat, equipe: Acces) -> None:
    made = carnet(equipe, vallon)
    close_carnet(by=equipe, carnet=made)
    undo(by=equipe, geste=Geste.objects.latest("pk"))
    assert lien_of(Carnet.objects.get()).opens(horloge.now())


def test_who_stays_a_contact_of_another_body_alone_is_written_no_more(vallon: EspaceDeContrat, equipe: Acces) -> None:
    mine = carnet(equipe, vallon)
    expire(mine)
    Referent.objects.filter(personne=mine.personne).update(organisation=body("mairie"))
    assert send_of_the_month(horloge.now()) == NONE
    assert not send_again(mine)


def test_a_carnet_is_of_a_contact_and_a_place_of_its_own_contract(vallon: EspaceDeContrat, equipe: Acces) -> None:
    mine, wall, other = carnet(equipe, vallon), affiche(equipe, vallon), contract("ailleurs")
    stranger = referent(person("Ida Ailleurs", signs_in=False), other)
    with pytest.raises(ValidationError, match="autre contrat"):
        open_carnet(by=equipe, espace=vallon, referent=stranger)
    place = Lieu.objects.create(espace=other, code="L01", ordre=1, nom="Ailleurs")
    with pytest.raises(ValidationError, match="autre contrat"):
        put_up(by=equipe, espace=vallon, lieu=place, organisme=wall.organisme)
    assert Carnet.objects.count() == len({mine, wall})


def test_nothing_leaves_for_who_left_has_no_address_or_is_erased(vallon: EspaceDeContrat, equipe: Acces) -> None:
    gone, silent = carnet(equipe, vallon), carnet(equipe, vallon, name="Tia Muette")
    for one in (gone, silent):
        expire(one)
    Referent.objects.filter(personne=gone.personne).update(au=today(vallon))
    Personne.objects.filter(pk=silent.personne_id).update(email="")
    assert send_of_the_month(horloge.now()) == NONE
    for one in (gone, silent):
        assert not send_again(Carnet.objects.get(pk=one.pk))
    shut = carnet(equipe, vallon, name="Tia Fermée")
    close_carnet(by=equipe, carnet=shut)
    assert not send_again(shut)


def test_the_carnet_of_someone_erased_is_closed_and_the_trace_says_so(vallon: EspaceDeContrat, equipe: Acces) -> None:
    mine = carnet(equipe, vallon)
    close_all_of(mine.personne)
    assert not lien_of(Carnet.objects.get()).opens(horloge.now())
    assert not list(untold())


def test_what_is_closed_far_away_agrees_with_the_trace(vallon: EspaceDeContrat, equipe: Acces) -> None:
    EspaceDeContrat.objects.update(fuseau="Pacific/Noumea")
    mine = carnet(equipe, EspaceDeContrat.objects.get())
    with horloge.zone(mine.espace):
        close_carnet(by=equipe, carnet=mine)
    assert not list(untold())


def test_whoever_lost_hers_has_one_sent_once_an_hour(vallon: EspaceDeContrat, equipe: Acces) -> None:
    made = carnet(equipe, vallon)
    assert not send_again(made)
    expire(made)
    assert send_again(made)
    assert not send_again(made)
    with_time = lien_of(made)
    with_time.cree_le -= WAIT + timedelta(minutes=1)
    with_time.save()
    assert send_again(made)


def test_no_secret_opens_but_its_own(vallon: EspaceDeContrat, equipe: Acces) -> None:
    one, other = carnet(equipe, vallon), carnet(equipe, vallon, name="Tia Autre")
    number, secret = jeton_of(one).split("-")
    assert find(f"{lien_of(other).pk}-{secret}") is None
    assert find(f"{number}-{'0' * 64}") is None
    assert find("n’importe quoi") is None


# What comes by it


def test_what_one_notes_counts_at_once_under_her_body(vallon: EspaceDeContrat, equipe: Acces) -> None:
    made = noted(carnet(equipe, vallon), organisme=body("mairie"))
    assert made.counted
    assert (made.source, made.organisme.identifiant, str(made.auteur)) == (Source.CARNET, "ccas", "Nora Carnet")


def test_what_is_doubted_is_said_then_waits_for_the_team(vallon: EspaceDeContrat, equipe: Acces) -> None:
    mine = carnet(equipe, vallon)
    for wrong in ({"presents": 9999}, {"le": today(vallon) - timedelta(days=100)}, {"titre": "Avec Mme Exemplaire"}):
        with pytest.raises(ValidationError) as caught:
            noted(mine, **wrong)
        assert EXACT in caught.value.message_dict
        assert noted(mine, exact=True, **wrong).confiance == Confiance.DECLAREE


def test_a_carnet_may_be_read_before_it_counts(vallon: EspaceDeContrat, equipe: Acces) -> None:
    made = noted(carnet(equipe, vallon, confiance=Confiance.DECLAREE))
    assert not made.counted
    assert judge_entree(by=equipe, entree=made, confiance=Confiance.RETENUE).counted


def test_sent_twice_or_from_two_telephones_it_is_one_entry(vallon: EspaceDeContrat, equipe: Acces) -> None:
    mine = carnet(equipe, vallon)
    first = noted(mine, cle="une clé")
    assert noted(mine, cle="une clé") == first
    with pytest.raises(ValidationError, match="existe déjà, n° 1"):
        noted(mine, cle="une autre")
    other = carnet(equipe, vallon, name="Tia Autre", of="mairie")
    assert noted(other, cle="une clé") != first


def test_a_page_filled_otherwise_says_that_it_served_already(vallon: EspaceDeContrat, equipe: Acces) -> None:
    mine = carnet(equipe, vallon)
    noted(mine, cle="une clé")
    with pytest.raises(ValidationError, match="déjà servi à noter autre chose, n° 1"):
        noted(mine, 25, cle="une clé")


def test_what_is_older_than_a_carnet_shows_is_still_noted(vallon: EspaceDeContrat, equipe: Acces) -> None:
    mine = carnet(equipe, vallon)
    made = noted(mine, le=today(vallon) - timedelta(days=70))
    assert made.counted
    assert not lately(mine).exists()


def test_a_carnet_serves_only_for_its_kinds(vallon: EspaceDeContrat, equipe: Acces) -> None:
    kinds(vallon, VEILLE)
    everything, few = carnet(equipe, vallon), carnet(equipe, vallon, name="Tia Autre", natures=["permanence"])
    assert "veille" not in {one.nature for one in kinds_of(everything)}
    assert [one.nature for one in kinds_of(few)] == ["permanence"]
    with pytest.raises(ValidationError, match="ne sert pas à cela"):
        noted(few)


def test_a_new_kind_is_offered_at_once(vallon: EspaceDeContrat, equipe: Acces) -> None:
    mine = carnet(equipe, vallon)
    kinds(vallon, "nature: bus-en-plus\nest: atelier\nlibelle: Bus en +\n")
    assert "bus-en-plus" in {one.nature for one in kinds_of(mine)}


# What it shows, corrects, takes back


def test_a_stolen_carnet_reads_no_other_body_and_no_old_thing(vallon: EspaceDeContrat, equipe: Acces) -> None:
    kinds(vallon, VEILLE)
    mine = carnet(equipe, vallon)
    ours = entree(equipe, vallon, le=today(vallon))
    entree(equipe, vallon, of="mairie", le=today(vallon))
    entree(equipe, vallon, le=today(vallon) - timedelta(days=61))
    entree(equipe, vallon, None, nature="veille", le=today(vallon), valeurs={("faits", ""): 1})
    assert list(lately(mine)) == [ours]


def test_a_stolen_carnet_corrects_nothing_of_another_body(vallon: EspaceDeContrat, equipe: Acces) -> None:
    mine, theirs = carnet(equipe, vallon), entree(equipe, vallon, of="mairie", le=today(vallon))
    after = {("presents", ""): Decimal(1)}
    with pytest.raises(ValidationError, match="trop ancienne"):
        correct(mine, theirs, version=1, changes={}, valeurs=after, exact=False)


def test_a_correction_keeps_what_was_said_and_waits_when_it_is_doubted(vallon: EspaceDeContrat, equipe: Acces) -> None:
    mine = carnet(equipe, vallon)
    made = noted(mine)
    found = correct(mine, made, version=1, changes={}, valeurs={("presents", ""): Decimal(14)}, exact=False)
    assert found.counted
    assert ("présents", "12", "14") in told("entrée")
    with pytest.raises(Conflit):
        correct(mine, made, version=1, changes={}, valeurs={("presents", ""): Decimal(15)}, exact=False)
    odd = correct(mine, found, version=2, changes={}, valeurs={("presents", ""): Decimal(9999)}, exact=True)
    assert not odd.counted
    assert not list(differences(vallon))


def test_what_the_team_reads_first_or_contested_is_read_again_once_corrected(
    vallon: EspaceDeContrat, equipe: Acces
) -> None:
    def corrected(mine: Carnet, made: Entree) -> Confiance:
        after = {("presents", ""): Decimal(14)}
        return Confiance(correct(mine, made, version=made.version, changes={}, valeurs=after, exact=False).confiance)

    trusted, read = carnet(equipe, vallon), carnet(equipe, vallon, name="Tia Lue", confiance=Confiance.DECLAREE)
    retained = judge_entree(by=equipe, entree=noted(read), confiance=Confiance.RETENUE)
    assert corrected(read, retained) == Confiance.DECLAREE
    contested = noted(trusted, le=today(vallon) - timedelta(days=1))
    contested = judge_entree(by=equipe, entree=contested, confiance=Confiance.CONTESTEE, motif="double")
    assert corrected(trusted, contested) == Confiance.DECLAREE
    assert not Entree.objects.counted().exists()
    assert not list(differences(vallon))


def test_what_was_noted_is_taken_back_by_its_carnet_alone(vallon: EspaceDeContrat, equipe: Acces) -> None:
    mine, other = carnet(equipe, vallon), carnet(equipe, vallon, name="Tia Autre", of="mairie")
    noted(mine)
    (geste,) = undoable(mine)
    assert undoable(other) == []
    with pytest.raises(Irrevocable, match="ne s’annule plus"):
        take_back(other, geste.pk)
    assert take_back(mine, geste.pk) == ""
    assert not Entree.objects.exists()
    assert not list(differences(vallon))
    with pytest.raises(DejaAnnule):
        take_back(mine, geste.pk)


def test_a_carnet_takes_back_nothing_but_entries(vallon: EspaceDeContrat, equipe: Acces) -> None:
    mine = carnet(equipe, vallon)
    change_carnet(by=Acces(mine.personne, equipe.habilitations), carnet=mine, version=1, changes={"mensuel": False})
    assert undoable(mine) == []


# The trace


def test_what_carnets_say_agrees_with_the_trace(vallon: EspaceDeContrat, equipe: Acces) -> None:
    mine = carnet(equipe, vallon)
    change_carnet(by=equipe, carnet=mine, version=1, changes={"natures": ["atelier"], "confiance": Confiance.DECLAREE})
    noted(mine)
    noted(affiche(equipe, vallon), exact=True)
    close_carnet(by=equipe, carnet=mine)
    assert list(held())
    assert not list(untold())


def test_two_people_on_one_carnet(vallon: EspaceDeContrat, equipe: Acces) -> None:
    mine = carnet(equipe, vallon)
    change_carnet(by=equipe, carnet=mine, version=1, changes={"mensuel": False})
    with pytest.raises(Conflit):
        change_carnet(by=equipe, carnet=mine, version=1, changes={"natures": ["atelier"]})
