"""The register: what is written in it, by whom, what it refuses, what it keeps."""

from dataclasses import replace
from datetime import date, time, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from tenir.activite.enums import Confiance, Statut
from tenir.activite.models import Entree, Nature, Valeur
from tenir.activite.services.cumuls import differences
from tenir.activite.services.entree import correct_entree, judge_entree, judge_several, record_entree
from tenir.activite.services.examen import EXACT
from tenir.activite.services.series import create_serie
from tenir.activite.services.valeurs import given_of
from tenir.contrat.models import Lieu
from tenir.core import horloge
from tenir.core.models import EntreeDeTrace
from tenir.ecran.annulation.annuler import undo
from tenir.ecran.models import Geste
from tenir.ecran.versions import Conflit
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces, Refus
from tests.activite.registre import HEURES, LE, PARC, VEILLE, entree, kinds, said
from tests.personnes import body, contract
from tests.vie import fiche

pytestmark = pytest.mark.deux_bases


def refused(match: str, **asked: Any) -> ValidationError:
    with pytest.raises(ValidationError, match=match) as caught:
        record_entree(**asked)
    return caught.value


def told() -> list[tuple[str, str, str]]:
    return list(EntreeDeTrace.objects.filter(genre="entrée").values_list("champ", "avant", "apres"))


def test_a_body_writes_what_it_did(vallon: EspaceDeContrat, ccas: Acces) -> None:
    today = horloge.today(vallon)
    made = record_entree(by=ccas, espace=vallon, nature="atelier", saisie=said(12, le=today))
    assert (made.numero, made.confiance, made.auteur) == (1, Confiance.RETENUE, ccas.personne)
    assert given_of(made) == {("presents", ""): Decimal(12)}
    assert ("présents", "", "12") in told()
    assert ("nature", "", "Atelier") in told()


def test_a_body_writes_nothing_for_another(vallon: EspaceDeContrat, ccas: Acces) -> None:
    with pytest.raises(Refus):
        record_entree(by=ccas, espace=vallon, nature="atelier", saisie=said(12, of="caf"), exact=True)
    assert not Entree.objects.exists()


def test_who_reads_writes_nothing(vallon: EspaceDeContrat, lecture: Acces) -> None:
    with pytest.raises(Refus):
        record_entree(by=lecture, espace=vallon, nature="atelier", saisie=said(), exact=True)


def test_a_body_does_not_hand_what_it_did_to_another(vallon: EspaceDeContrat, ccas: Acces) -> None:
    made = entree(ccas, vallon)
    with pytest.raises(Refus):
        correct_entree(by=ccas, entree=made, version=1, changes={"organisme": body("caf")}, exact=True)


def test_a_kind_for_the_team_is_for_the_team(vallon: EspaceDeContrat, ccas: Acces, equipe: Acces) -> None:
    kinds(vallon, VEILLE)
    with pytest.raises(Refus):
        entree(ccas, vallon, None, nature="veille", valeurs={("faits", ""): 1})
    assert entree(equipe, vallon, None, nature="veille", valeurs={("faits", ""): 1}).niveau == 2


@pytest.mark.parametrize("nature", ["jamais-vue", ""])
def test_nothing_is_written_under_an_unknown_kind(vallon: EspaceDeContrat, equipe: Acces, nature: str) -> None:
    refused("choisissez-en une", by=equipe, espace=vallon, nature=nature, saisie=said())


def test_nothing_more_is_written_under_a_kind_withdrawn(vallon: EspaceDeContrat, equipe: Acces) -> None:
    kinds(vallon, VEILLE)
    Nature.objects.update(retiree=True)
    refused("choisissez-en une", by=equipe, espace=vallon, nature="veille", saisie=said(None))


@pytest.mark.parametrize(
    ("valeurs", "field", "sentence"),
    [
        ({}, "v_presents", "le seul qu’il faut"),
        ({("presents", ""): -1}, "v_presents", "sous zéro"),
        ({("presents", ""): "1.5"}, "v_presents", "entier"),
        ({("presents", ""): "1e12"}, "v_presents", "trop grand"),
        ({("presents", ""): "NaN"}, "v_presents", "sous zéro"),
        ({("presents", ""): 3, ("ours", ""): 1}, "v_ours", "ne demande pas"),
        ({("presents", ""): 3, ("presents", "sexe:x"): 1}, "v_presents__sexe__x", "ne demande pas"),
        ({("presents", ""): 3, ("presents", "sexe:f"): 2, ("presents", "sexe:h"): 2}, "v_presents__sexe__h", "font 4"),
        ({("presents", "sexe:f"): 2}, "v_presents", "le seul qu’il faut"),
    ],
)
def test_a_number_that_the_kind_cannot_hold_is_refused_beside_its_field(
    vallon: EspaceDeContrat, equipe: Acces, valeurs: dict[Any, Any], field: str, sentence: str
) -> None:
    error = refused(sentence, by=equipe, espace=vallon, nature="atelier", saisie=said(None, valeurs=valeurs))
    assert field in error.message_dict


def test_the_same_parts_of_two_margins_may_both_be_the_whole(vallon: EspaceDeContrat, equipe: Acces) -> None:
    both = {("presents", "sexe:f"): 12, ("presents", "quartier:oui"): 12}
    assert len(given_of(entree(equipe, vallon, 12, valeurs=both))) == 3


def test_a_choice_has_no_total(vallon: EspaceDeContrat, equipe: Acces) -> None:
    kinds(vallon, HEURES)
    given = {("heures", ""): "3.5", ("motifs", "choix:droits"): 2}
    asked = {"by": equipe, "espace": vallon, "nature": "heures", "exact": True}
    refused("ne demande pas", **asked, saisie=said(None, valeurs=given | {("motifs", ""): 2}))
    assert record_entree(**asked, saisie=said(None, valeurs=given)).forme == "décompte"


def test_what_is_held_is_not_to_come(vallon: EspaceDeContrat, equipe: Acces) -> None:
    tomorrow = horloge.today(vallon) + timedelta(days=1)
    refused("à venir", by=equipe, espace=vallon, nature="atelier", saisie=said(le=tomorrow), exact=True)
    planned = entree(equipe, vallon, None, le=tomorrow, statut=Statut.PREVUE)
    assert not planned.counted


def test_a_session_has_a_day_and_a_count_a_period(vallon: EspaceDeContrat, equipe: Acces) -> None:
    kinds(vallon, HEURES, PARC)
    later = LE + timedelta(days=9)
    refused("seul un décompte", by=equipe, espace=vallon, nature="atelier", saisie=said(fin=later))
    stock = said(None, fin=later, valeurs={("logements", ""): 40})
    refused("seul un décompte", by=equipe, espace=vallon, nature="parc", saisie=stock)
    counted = entree(equipe, vallon, None, nature="heures", fin=later, valeurs={("heures", ""): 3})
    assert counted.fin == later


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"presents": 61}, "sort de l’ordinaire"),
        ({"presents": 12, "le": date(2025, 1, 5)}, "plus de trois mois"),
        ({"presents": 12, "titre": "Avec Mme Exemplaire"}, "semble nommer"),
        ({"presents": 12, "note": "Rappeler le 05 57 00 00 00"}, "semble nommer"),
        ({"presents": 12, "note": "ecrire a zoe@exemple.test"}, "semble nommer"),
        ({"presents": 12, "autre_lieu": "Chez M. Exemplaire"}, "semble nommer"),
        ({"presents": 12, "note": "1 85 05 33 063 123 45"}, "semble nommer"),
    ],
)
def test_what_is_doubtful_is_looked_at_twice(
    vallon: EspaceDeContrat, equipe: Acces, given: dict[str, Any], sentence: str
) -> None:
    asked = {
        "by": equipe,
        "espace": vallon,
        "nature": "atelier",
        "saisie": said(**{"le": horloge.today(vallon)} | given),
    }
    assert EXACT in refused(sentence, **asked).message_dict
    assert record_entree(**asked, exact=True).counted


def test_the_same_session_noted_twice_is_doubted(vallon: EspaceDeContrat, equipe: Acces) -> None:
    today = horloge.today(vallon)
    asked = {"by": equipe, "espace": vallon, "nature": "atelier"}
    record_entree(**asked, saisie=said(le=today))
    refused("existe déjà, n° 1", **asked, saisie=said(14, le=today))
    assert record_entree(**asked, saisie=said(14, le=today, autre_lieu="Gymnase")).numero == 2


def test_nothing_of_another_contract_is_written_in_a_register(vallon: EspaceDeContrat, equipe: Acces) -> None:
    other = contract("ailleurs")
    place = Lieu.objects.create(espace=other, code="L01", ordre=1, nom="Ailleurs")
    asked: dict[str, Any] = {"by": equipe, "espace": vallon, "nature": "atelier", "exact": True}
    assert "lieu" in refused("autre contrat", **asked, saisie=said(lieu=place)).message_dict
    theirs = replace(said(), fiches=[fiche(other)])
    assert "fiches" in refused("autre contrat", **asked, saisie=theirs).message_dict
    made = entree(equipe, vallon)
    for given in ({"changes": {"lieu": place}}, {"changes": {}, "liens": {"fiches": theirs.fiches}}):
        with pytest.raises(ValidationError, match="autre contrat"):
            correct_entree(by=equipe, entree=made, version=1, exact=True, **given)
    values = {"organisme": body("ccas"), "jours": "1", "debut": time(14), "fin": time(17), "du": LE, "lieu": place}
    with pytest.raises(ValidationError, match="autre contrat"):
        create_serie(by=equipe, espace=vallon, nature="atelier", values=values)


def test_what_is_doubtful_may_be_written_and_wait_for_the_team(vallon: EspaceDeContrat, equipe: Acces) -> None:
    today = horloge.today(vallon)
    asked: dict[str, Any] = {"by": equipe, "espace": vallon, "nature": "atelier", "attend": True}
    plain = record_entree(**asked, saisie=said(12, le=today))
    doubted = record_entree(**asked, saisie=said(9999, le=today - timedelta(days=1)))
    assert (plain.confiance, doubted.confiance) == (Confiance.RETENUE, Confiance.DECLAREE)
    assert list(Entree.objects.counted()) == [plain]
    assert told().count(("confiance", "", "à lire")) == 1


def test_a_correction_that_is_doubtful_waits_for_the_team(vallon: EspaceDeContrat, equipe: Acces) -> None:
    made = entree(equipe, vallon)
    after = {("presents", ""): Decimal(9999)}
    found = correct_entree(by=equipe, entree=made, version=1, changes={}, valeurs=after, attend=True)
    assert found.confiance == Confiance.DECLAREE
    assert not Entree.objects.counted().exists()
    assert ("confiance", "retenue", "à lire") in told()
    assert not list(differences(vallon))


def test_a_form_sent_twice_writes_once(vallon: EspaceDeContrat, equipe: Acces) -> None:
    asked = {"by": equipe, "espace": vallon, "nature": "atelier", "cle": "abc", "exact": True}
    first = record_entree(**asked, saisie=said())
    assert record_entree(**asked, saisie=said()) == first
    assert Entree.objects.count() == 1


def test_an_entry_keeps_the_words_it_was_given_under(vallon: EspaceDeContrat, equipe: Acces) -> None:
    kinds(vallon, PARC)
    before = entree(equipe, vallon, None, nature="parc", valeurs={("logements", ""): 40})
    Nature.objects.update(texte=PARC.replace("État du parc", "Parc social"))
    after = entree(equipe, vallon, None, nature="parc", le=LE + timedelta(days=1), valeurs={("logements", ""): 41})
    again = entree(equipe, vallon, None, nature="parc", le=LE + timedelta(days=2), valeurs={("logements", ""): 42})
    assert [str(Entree.objects.get(pk=one.pk).mots) for one in (before, after)] == ["État du parc", "Parc social"]
    assert again.mots == after.mots


def test_an_entry_is_linked_to_the_actions_of_its_kind(vallon: EspaceDeContrat, equipe: Acces) -> None:
    kinds(vallon, PARC + "actions: [O01-A01]\n")
    of = fiche(vallon)
    made = entree(equipe, vallon, None, nature="parc", valeurs={("logements", ""): 40})
    assert list(made.fiches.all()) == [of]


def test_a_correction_is_told_number_by_number(vallon: EspaceDeContrat, equipe: Acces) -> None:
    made = entree(equipe, vallon, 12, valeurs={("presents", "sexe:f"): 7})
    EntreeDeTrace.objects.all().delete()
    given = {("presents", ""): Decimal(14), ("presents", "age:60"): Decimal(3)}
    done = correct_entree(by=equipe, entree=made, version=1, changes={"minutes": 90}, valeurs=given, exact=True)
    assert (done.version, given_of(Entree.objects.get(pk=done.pk))) == (2, given)
    assert told() == [
        ("durée en minutes", "", "90"),
        ("présents", "12", "14"),
        ("présents, 60 ans ou plus", "", "3"),
        ("présents, femmes", "7", ""),
    ]


def test_two_people_on_one_entry(vallon: EspaceDeContrat, equipe: Acces) -> None:
    made = entree(equipe, vallon)
    correct_entree(by=equipe, entree=made, version=1, changes={"minutes": 90}, exact=True)
    given = {("presents", ""): Decimal(15)}
    with pytest.raises(Conflit) as caught:
        correct_entree(by=equipe, entree=made, version=1, changes={"minutes": 60}, valeurs=given, exact=True)
    differences = [(one.champ, one.actuel, one.propose) for one in caught.value.differences]
    assert differences == [("durée en minutes", "90", "60"), ("présents", "12", "15")]


def test_a_correction_that_changes_nothing_writes_nothing(vallon: EspaceDeContrat, equipe: Acces) -> None:
    made = entree(equipe, vallon)
    assert correct_entree(by=equipe, entree=made, version=1, changes={"minutes": None}).version == 1


def test_an_entry_contested_says_why_and_counts_no_more(vallon: EspaceDeContrat, equipe: Acces, ccas: Acces) -> None:
    made = entree(equipe, vallon)
    with pytest.raises(Refus):
        judge_entree(by=ccas, entree=made, confiance=Confiance.CONTESTEE, motif="Non.")
    with pytest.raises(ValidationError, match="Dites pourquoi"):
        judge_entree(by=equipe, entree=made, confiance=Confiance.CONTESTEE)
    assert not judge_entree(by=equipe, entree=made, confiance=Confiance.CONTESTEE, motif="Comptée deux fois.").counted
    assert list(differences(vallon)) == []


def test_several_are_judged_at_once_and_taken_back_at_once(vallon: EspaceDeContrat, equipe: Acces) -> None:
    for day in range(3):
        entree(equipe, vallon, le=LE + timedelta(days=day))
    asked = {"by": equipe, "espace": vallon, "numeros": [1, 3], "confiance": Confiance.CONTESTEE}
    assert judge_several(**asked, motif="Double.") == 2
    assert list(Entree.objects.of(vallon).counted().values_list("numero", flat=True)) == [2]
    kept = Geste.objects.latest("pk")
    from tenir.ecran.annulation.annuler import mark_of, standing

    undo(by=equipe, geste=kept, shown=mark_of(standing(kept, equipe)))
    assert Entree.objects.of(vallon).counted().count() == 3
    assert list(differences(vallon)) == []


def test_an_entry_undone_leaves_nothing_and_its_number_never_serves_again(
    vallon: EspaceDeContrat, equipe: Acces
) -> None:
    entree(equipe, vallon)
    undo(by=equipe, geste=Geste.objects.latest("pk"))
    assert not Entree.objects.exists()
    assert not Valeur.objects.exists()
    assert list(differences(vallon)) == []
    assert entree(equipe, vallon).numero == 2


def test_an_entry_undone_by_another_meanwhile_is_said_to_be_gone(vallon: EspaceDeContrat, equipe: Acces) -> None:
    made = entree(equipe, vallon)
    undo(by=equipe, geste=Geste.objects.latest("pk"))
    with pytest.raises(ValidationError, match="vient d’être retiré"):
        correct_entree(by=equipe, entree=made, version=1, changes={"minutes": 90})
    with pytest.raises(ValidationError, match="vient d’être retiré"):
        judge_entree(by=equipe, entree=made, confiance=Confiance.CONTESTEE, motif="Non.")


def test_a_correction_undone_puts_its_numbers_and_its_month_back(vallon: EspaceDeContrat, equipe: Acces) -> None:
    made = entree(equipe, vallon)
    given = {("presents", ""): Decimal(30)}
    correct_entree(
        by=equipe,
        entree=made,
        version=1,
        changes={"debut": LE - timedelta(days=30), "fin": LE - timedelta(days=30)},
        valeurs=given,
        exact=True,
    )
    undo(by=equipe, geste=Geste.objects.latest("pk"))
    now = Entree.objects.get(pk=made.pk)
    assert (now.fin, given_of(now)) == (LE, {("presents", ""): Decimal(12)})
    assert list(differences(vallon)) == []


@pytest.mark.parametrize(
    "changes",
    [
        {"fin": LE - timedelta(days=1)},
        {"debut": date(1999, 1, 1), "fin": date(1999, 1, 1)},
        {"minutes": 0},
        {"minutes": 1441},
        {"statut": "rêvée"},
        {"confiance": "forte"},
        {"source": "ouï-dire"},
        {"forme": "vœu"},
        {"quartier": "bof"},
        {"niveau": 0},
    ],
)
def test_no_door_writes_what_the_base_refuses(
    vallon: EspaceDeContrat, equipe: Acces, changes: dict[str, object]
) -> None:
    made = entree(equipe, vallon)
    with pytest.raises(IntegrityError), transaction.atomic():
        Entree.objects.filter(pk=made.pk).update(**changes)


def test_a_value_below_nought_or_given_twice_is_refused_by_the_base(vallon: EspaceDeContrat, equipe: Acces) -> None:
    made = entree(equipe, vallon)
    with pytest.raises(IntegrityError), transaction.atomic():
        Valeur.objects.filter(entree=made).update(valeur=-1)
    with pytest.raises(IntegrityError), transaction.atomic():
        Valeur.objects.create(entree=made, mesure="presents", valeur=1)
