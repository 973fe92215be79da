"""What is counted by period: what is answered to a point d'étape, and what the team makes of it."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tenir.acteurs.models import Personne
from tenir.activite.enums import Confiance
from tenir.activite.models import Nature
from tenir.activite.services.cumuls import differences
from tenir.activite.services.valeurs import given_of
from tenir.core.horloge import simulated
from tenir.core.models import EntreeDeTrace
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces
from tenir.points.ecrans.messages import write_invitation
from tenir.points.models import Destinataire, PointDEtape, Question
from tenir.points.services.destinataires import plan_of
from tenir.points.services.envoi import close_point, send_point, waive
from tenir.points.services.lecture import accept, accept_plain, correct_and_accept, is_plain, send_back, set_aside
from tenir.points.services.liens import token_of
from tenir.points.services.reponses import LienClos, finish, nothing_new, told_answer
from tenir.points.services.synthese import freeze
from tenir.points.synthese import synthesis_of
from tests.activite.registre import HEURES, PARC, entree, kinds
from tests.personnes import body, person, referent
from tests.points.nombres import (
    NOW,
    PETITS_DEJEUNERS,
    T3,
    TODAY,
    asked_hours,
    given,
    hours,
    opened,
    say,
    wanted,
    written,
)
from tests.vie import fiche

pytestmark = pytest.mark.deux_bases


@pytest.fixture(autouse=True)
def _mid_october() -> Iterator[None]:
    with simulated(NOW):
        yield


@pytest.fixture
def point(vallon: EspaceDeContrat, equipe: Acces) -> PointDEtape:
    """A draft about what is counted by period alone."""
    return opened(vallon, equipe)


@pytest.fixture
def asked(vallon: EspaceDeContrat, equipe: Acces, point: PointDEtape, caf: Personne) -> Destinataire:
    """Someone asked for the hours of the third term, her body having given those of the second."""
    return asked_hours(vallon, equipe, point)


def test_a_question_is_about_one_thing_and_numbers_have_their_body_and_period(asked: Destinataire) -> None:
    question = asked.questions.get()
    for change in ({"organisme": None}, {"du": None}, {"au": date(2026, 1, 1)}, {"mots": None}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Question.objects.filter(pk=question.pk).update(**change)
    with pytest.raises(ValidationError, match="un indicateur ou un nombre"):
        Question(destinataire=asked, ordre=2).full_clean()


def test_an_accepted_number_is_an_entry_in_the_name_of_whoever_gave_it(
    vallon: EspaceDeContrat, asked: Destinataire, equipe: Acces
) -> None:
    kept = say(asked, nombres=given("98.5", v_venus="30", v_venus__sexe__f="18"), phrase="Fermé en août.")
    assert not written(vallon)
    assert not is_plain(kept)
    assert accept_plain(by=equipe, point=asked.point).acceptees == []
    accept(by=equipe, question=kept)
    (made,) = written(vallon)
    assert (made.debut, made.fin, made.organisme, made.note) == (*T3, body("caf"), "Fermé en août.")
    assert (made.auteur, made.confiance) == (asked.personne, Confiance.RETENUE)
    assert given_of(made) == {
        ("heures", ""): Decimal("98.5"),
        ("venus", ""): Decimal(30),
        ("venus", "sexe:f"): Decimal(18),
    }
    assert EntreeDeTrace.objects.filter(genre="entrée", motif__contains="point d’étape « Automne 2026 »").exists()
    assert not list(differences(vallon))


def test_nought_is_a_number_and_not_yet_is_none(vallon: EspaceDeContrat, asked: Destinataire, equipe: Acces) -> None:
    later = say(asked, sans_changement=True)
    assert told_answer(later) == "aucun nombre cette fois"
    nought = say(asked, nombres=given(0))
    assert told_answer(nought) == "heures : 0"
    accept(by=equipe, question=nought)
    assert given_of(written(vallon)[0]) == {("heures", ""): Decimal(0)}


def test_not_yet_accepted_writes_nothing_and_is_asked_again_the_next_time(
    vallon: EspaceDeContrat, asked: Destinataire, equipe: Acces
) -> None:
    say(asked, sans_changement=True)
    assert accept_plain(by=equipe, point=asked.point).acceptees == ["Heures d’accueil, 3e trimestre 2026"]
    assert not written(vallon)
    assert wanted(opened(vallon, equipe, titre="Encore")) == [("Heures d’accueil, 3e trimestre 2026", "caf")]


def test_nothing_new_for_all_says_nothing_of_numbers(asked: Destinataire) -> None:
    assert nothing_new(destinataire=asked, questions=asked.questions.all()) == 0
    with pytest.raises(LienClos, match="pas encore compté"):
        finish(destinataire=asked)


@pytest.mark.parametrize(
    ("reponse", "sentence"),
    [
        ({}, "zéro en est un"),
        ({"phrase": "Plus tard."}, "zéro en est un"),
        ({"nombres": {"v_venus": "3"}}, "le seul qu’il faut"),
        ({"nombres": {"v_autre": "3"}}, "ne demande pas"),
        ({"nombres": given("3", v_venus="1", v_venus__sexe__f="2")}, "plus que le total"),
        ({"nombres": given(), "sans_changement": True}, "choisissez"),
        ({"nombres": given(), "valeur": Decimal(1)}, "que des nombres"),
        ({"nombres": given(), "phrase": "Vu avec Mme Durand."}, "semble nommer"),
    ],
)
def test_an_answer_that_the_register_would_refuse_is_refused_at_this_door(
    asked: Destinataire, reponse: dict, sentence: str
) -> None:
    with pytest.raises(ValidationError, match=sentence):
        say(asked, **reponse)


def test_numbers_are_not_given_for_another_thing(vallon: EspaceDeContrat, equipe: Acces, caf: Personne) -> None:
    fiche(vallon, pilots=("caf",))
    send_point(by=equipe, point=opened(vallon, equipe, actions=True))
    with pytest.raises(ValidationError, match="nombre"):
        say(Destinataire.objects.get(), nombres=given())


def test_an_old_period_is_no_doubt_and_a_strange_number_is_one(
    vallon: EspaceDeContrat, equipe: Acces, point: PointDEtape, caf: Personne
) -> None:
    kinds(vallon, PETITS_DEJEUNERS.replace("mois", "année"))
    jours = {"debut": date(2024, 1, 1), "fin": date(2024, 12, 31)}
    entree(equipe, vallon, None, nature="dejeuners", of="caf", valeurs={("servis", ""): 40}, **jours)
    send_point(by=equipe, point=point)
    asked = Destinataire.objects.get()
    say(asked, nombres={"v_servis": "60"})
    with pytest.raises(ValidationError, match="sort de l’ordinaire"):
        say(asked, nombres={"v_servis": "6000"})
    accept(by=equipe, question=say(asked, nombres={"v_servis": "6000"}, exact=True))
    assert (written(vallon)[0].debut, written(vallon)[0].fin) == (date(2025, 1, 1), date(2025, 12, 31))


def test_a_state_is_of_the_day_when_it_was_counted(
    vallon: EspaceDeContrat, equipe: Acces, point: PointDEtape, caf: Personne
) -> None:
    kinds(vallon, PARC)
    stock = {"nature": "parc", "of": "caf", "valeurs": {("logements", ""): 400}}
    entree(equipe, vallon, None, le=date(2024, 12, 31), **stock)
    send_point(by=equipe, point=point)
    asked = Destinataire.objects.get()
    for day in (date(2024, 12, 31), TODAY + timedelta(days=1)):
        with pytest.raises(ValidationError, match="Donnez un jour"):
            say(asked, nombres={"v_logements": "410"}, fin=day)
    kept = say(asked, nombres={"v_logements": "410"}, fin=date(2026, 10, 1))
    assert told_answer(kept).replace("\xa0", " ") == "logements : 410 ; compté le 1er octobre 2026"
    accept(by=equipe, question=kept)
    (made,) = written(vallon)
    assert made.debut == made.fin == date(2026, 10, 1)


def test_what_was_noted_meanwhile_is_told_and_never_counted_twice(
    vallon: EspaceDeContrat, asked: Destinataire, equipe: Acces
) -> None:
    kept = say(asked, nombres=given())
    other = hours(equipe, vallon, T3, 97)
    with pytest.raises(ValidationError, match=f"le dit déjà, n° {other.numero}"):
        accept(by=equipe, question=kept)
    set_aside(by=equipe, question=kept, motif="déjà noté")
    assert not written(vallon)


def test_a_number_of_a_kind_withdrawn_since_is_refused_in_words(
    vallon: EspaceDeContrat, asked: Destinataire, equipe: Acces
) -> None:
    kept = say(asked, nombres=given())
    Nature.objects.update(retiree=True)
    with pytest.raises(ValidationError, match="On n’inscrit rien sous cette nature"):
        accept(by=equipe, question=kept)
    kept.refresh_from_db()
    assert (kept.etat, written(vallon)) == ("repondue", [])


def test_the_team_sees_the_doubts_and_what_was_noted_meanwhile_before_it_accepts(
    client: Client, vallon: EspaceDeContrat, equipe: Acces, point: PointDEtape, caf: Personne
) -> None:
    kinds(vallon, PETITS_DEJEUNERS)
    fiche(vallon, organisme_en_charge=body("caf"))
    send_point(by=equipe, point=point)
    kept = say(Destinataire.objects.get(), nombres={"v_servis": "6000"}, exact=True)
    where = reverse("point-lire", args=[vallon.slug, point.pk, kept.pk])
    client.force_login(equipe.personne.utilisateur)

    def text() -> str:
        return client.get(where).content.decode().replace("\xa0", " ").replace("\u202f", " ")

    assert "sort de l’ordinaire" in text()
    jours = {"debut": date(2026, 9, 1), "fin": date(2026, 9, 30)}
    other = entree(equipe, vallon, None, nature="dejeuners", of="caf", valeurs={("servis", ""): 40}, **jours)
    html = text()
    assert f"Une entrée le dit déjà, n° {other.numero}" in html
    assert 'value="accepter"' not in html
    assert client.post(where, {"geste": "accepter"}).status_code == 422
    assert "Une entrée le dit déjà" in text()


def test_an_answer_is_corrected_sent_back_and_written_once(
    vallon: EspaceDeContrat, asked: Destinataire, equipe: Acces
) -> None:
    send_back(by=equipe, question=say(asked, nombres=given("980")), retour="Dix fois plus qu’au printemps ?")
    kept = say(asked, nombres=given("98"))
    changes = {"nombres": given("97.5"), "fin": None, "phrase": "Relu.", "exact": False}
    correct_and_accept(by=equipe, question=kept, changes=changes)
    (made,) = written(vallon)
    assert given_of(made) == {("heures", ""): Decimal("97.5")}
    fact = EntreeDeTrace.objects.filter(motif="corrigée avant d’être acceptée").get()
    assert (fact.avant, fact.apres) == ("heures : 98", "heures : 97,5 ; Relu.")


def test_the_synthesis_says_who_gave_what_and_what_was_passed_over(
    vallon: EspaceDeContrat, equipe: Acces, point: PointDEtape, caf: Personne
) -> None:
    kinds(vallon, HEURES, PARC)
    referent(person("Ugo Autre", signs_in=False), vallon, of="ccas")
    for of in ("caf", "ccas"):
        hours(equipe, vallon, of=of)
    stock = {"nature": "parc", "of": "caf", "valeurs": {("logements", ""): 400}}
    entree(equipe, vallon, None, le=date(2024, 12, 31), **stock)
    waive(by=equipe, point=point, cles={"nombre/parc/caf": "…"}, motif="vu au téléphone")
    send_point(by=equipe, point=point)
    hers = Destinataire.objects.get(organisation=body("caf"))
    accept(by=equipe, question=say(hers, nombres=given("98")))
    close_point(by=equipe, point=point)
    point.refresh_from_db()
    document = synthesis_of(point, TODAY)
    part = next(one for one in document.parties if one.titre == "Ce qui se compte par période")
    assert part.tableau
    ((code, titre, standing, late, answers),) = [
        tuple(cell.replace("\xa0", " ") for cell in line) for line in part.tableau.lignes
    ]
    assert (code, titre, late) == ("heures", "Heures d’accueil, 3e trimestre 2026", "non")
    assert standing == "donné par 1 sur 2 organismes"
    assert set(answers.split("\n")) == {f"{body('caf')} : heures : 98", f"{body('ccas')} : sans réponse"}
    gaps = document.parties[-1].phrases
    assert any(f"(vu au téléphone) : État du parc, {body('caf')}" in one.replace("\xa0", " ") for one in gaps)
    assert any("actions ni les engagements ni les indicateurs" in one for one in gaps)
    assert freeze(by=equipe, point=point).synthese_sha256


def url(name: str, asked: Destinataire, *args: object) -> str:
    return reverse(name, args=[token_of(asked), *args])


def page(client: Client, asked: Destinataire) -> str:
    found = client.get(url("point-reponse", asked))
    assert found.status_code == 200
    return found.content.decode().replace("\xa0", " ").replace("\u202f", " ")


def test_the_page_behind_the_link_shows_the_period_and_the_last_time(
    client: Client, vallon: EspaceDeContrat, equipe: Acces, asked: Destinataire
) -> None:
    hours(equipe, vallon, (date(2025, 7, 1), date(2025, 9, 30)), 88)
    hours(equipe, vallon, (date(2026, 7, 1), date(2026, 9, 30)), 5, of="ccas")
    html = page(client, asked)
    for words in (
        "3e trimestre 2026",
        "Heures d’accueil",
        "La dernière fois, du 1er avril 2026 au 30 juin 2026 : 120,5 (heures).",
        "Il y a un an, du 1er juillet 2025 au 30 septembre 2025 : 88 (heures).",
        "Pas encore compté",
        "écrivez 0",
    ):
        assert words in html, words
    assert "Rien de nouveau pour tout" not in html
    assert "Déjà inscrit" not in html
    hours(equipe, vallon, T3, 97)
    assert "Déjà inscrit : du 1er juillet 2026 au 30 septembre 2026 : 97 (heures)." in page(client, asked)


def test_numbers_are_given_behind_the_link_and_twice_is_once(
    client: Client, vallon: EspaceDeContrat, equipe: Acces, asked: Destinataire
) -> None:
    question = asked.questions.get()
    where, name = url("point-repondre", asked, question.pk), f"q{question.pk}-v_heures"
    refused = client.post(where, {f"q{question.pk}-phrase": "Texte gardé"})
    assert refused.status_code == 422
    assert "zéro en est un" in refused.content.decode()
    assert "Texte gardé" in refused.content.decode()
    for _ in range(2):
        assert client.post(where, {name: "1 098,5"}).status_code == 302
    assert "heures : 1 098,5" in page(client, asked)
    accept(by=equipe, question=question)
    assert client.post(where, {name: "7"}).status_code == 302
    assert [given_of(one)["heures", ""] for one in written(vallon)] == [Decimal("1098.5")]


def test_what_is_doubted_is_asked_again_behind_the_link(
    client: Client, vallon: EspaceDeContrat, equipe: Acces, point: PointDEtape, caf: Personne
) -> None:
    kinds(vallon, PETITS_DEJEUNERS)
    fiche(vallon, organisme_en_charge=body("caf"))
    send_point(by=equipe, point=point)
    asked = Destinataire.objects.get()
    where, prefix = url("point-repondre", asked, asked.questions.get().pk), f"q{asked.questions.get().pk}"
    refused = client.post(where, {f"{prefix}-v_servis": "6000"})
    assert refused.status_code == 422
    assert f'name="{prefix}-exact"' in refused.content.decode()
    assert client.post(where, {f"{prefix}-v_servis": "6000", f"{prefix}-exact": "on"}).status_code == 302


def test_not_counted_yet_is_one_gesture(client: Client, asked: Destinataire) -> None:
    client.post(url("point-rien-de-nouveau", asked), {"question": asked.questions.get().pk})
    assert "aucun nombre cette fois" in page(client, asked)
    client.post(url("point-terminer", asked))
    asked.refresh_from_db()
    assert asked.termine_le


def test_the_invitation_says_that_nought_is_an_answer(asked: Destinataire) -> None:
    assert "zéro aussi" in write_invitation(str(asked.pk), NOW).corps


def test_more_numbers_cost_the_page_no_query(
    client: Client, vallon: EspaceDeContrat, equipe: Acces, asked: Destinataire
) -> None:
    def cost() -> int:
        with CaptureQueriesContext(
            connection,
        ) as found:
            page(client, asked)
        return len(found)

    first, question = cost(), asked.questions.get()
    for rank in range(1, 5):
        question.pk, question.du, question.ordre = None, T3[0] - timedelta(days=rank), rank + 1
        question.save()
    assert cost() == first


def test_more_bodies_cost_the_preview_no_query(
    vallon: EspaceDeContrat, equipe: Acces, point: PointDEtape, caf: Personne
) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as found:
            plan_of(point, TODAY)
        return len(found)

    kinds(vallon, HEURES, PARC, PETITS_DEJEUNERS)
    hours(equipe, vallon)
    first = cost()
    for of in ("ccas", "ville", "caf"):
        hours(equipe, vallon, of=of)
    entree(equipe, vallon, None, nature="parc", of="caf", le=date(2024, 12, 31), valeurs={("logements", ""): 400})
    assert cost() == first
