"""Surveys: counts and no person, questions that stay, small numbers that stay secret, years side by side."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from tenir.core import horloge
from tenir.ecran.annulation.annuler import undo
from tenir.ecran.models import Geste
from tenir.enquetes.ecrans.commun import blocks
from tenir.enquetes.models import DecompteDeReponse, Enquete, QuestionDEnquete, answers_in
from tenir.enquetes.noyau import core, sensitive
from tenir.enquetes.resultats import FEW, Part, gap, masked, results
from tenir.enquetes.services import enquetes as services
from tenir.enquetes.services.reponses import answer, enter_papers
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces, Refus, acces_of
from tests.enquetes.enquetes import answered, enquete, fermee, ouverte, publiee
from tests.formulaires import fill, text
from tests.personnes import person, referent

pytestmark = pytest.mark.deux_bases
As = Callable[[str], Client]


@pytest.fixture
def equipe(people) -> Acces:
    return acces_of(people["equipe"])


def held(one: Enquete, code: str = "vecu") -> dict[str, int]:
    rows = DecompteDeReponse.objects.filter(question__enquete=one, question__code=code)
    return dict(rows.values_list("reponse", "nombre"))


# The core


def test_the_core_asks_nothing_that_the_law_forbids():
    assert len(core()) >= 5
    assert not [one.code for one in core() if sensitive(one.libelle)]


@pytest.mark.parametrize(
    "asked",
    ["Quelle est votre origine ?", "De quelle religion êtes-vous ?", "Votre état de santé ?", "Quel est votre prénom ?",
     "Avez-vous la nationalité française ?", "À cause d’une maladie ?"],
)  # fmt: skip
def test_a_question_that_may_not_be_asked_is_refused(vallon: EspaceDeContrat, equipe: Acces, asked: str) -> None:
    made = enquete(equipe, vallon)
    with pytest.raises(ValidationError, match="donnée sensible"):
        services.add_question(
            by=equipe, enquete=made, values={"code": "q", "libelle": asked, "choix": "oui : oui\nnon : non"}
        )


def test_an_edition_takes_the_questions_of_the_one_before_with_their_codes(
    vallon: EspaceDeContrat, equipe: Acces
) -> None:
    first = enquete(equipe, vallon)
    services.add_question(
        by=equipe,
        enquete=first,
        values={"code": "transport", "libelle": "Et le bus ?", "choix": "oui : oui\nnon : non"},
    )
    second = enquete(equipe, vallon, titre="Un an après", depuis=first)
    assert list(second.questions.values_list("code", flat=True)) == list(first.questions.values_list("code", flat=True))


# Answers


def test_an_answer_only_adds_to_counts(vallon: EspaceDeContrat, equipe: Acces) -> None:
    made = ouverte(equipe, vallon)
    answer(enquete=made, said={"vecu": ["souvent"], "ou": ["emploi", "rue"], "temoin": []})
    answered(made, 2)
    made.refresh_from_db()
    assert made.reponses == 3
    assert held(made) == {"souvent": 1, "jamais": 2, "toutes": 3}
    assert held(made, "ou") == {"emploi": 1, "rue": 1, "toutes": 1}
    assert held(made, "temoin") == {}
    assert not Geste.objects.filter(phrase__contains="réponse").exists()


@pytest.mark.parametrize(
    "said", [{}, {"vecu": []}, {"vecu": ["toujours"]}, {"inconnue": ["oui"]}, {"vecu": ["souvent", "jamais"]}]
)
def test_an_answer_that_is_not_offered_is_refused_and_nothing_is_counted(
    vallon: EspaceDeContrat, equipe: Acces, said: dict[str, list[str]]
) -> None:
    made = ouverte(equipe, vallon)
    with pytest.raises(ValidationError):
        answer(enquete=made, said=said)
    assert not DecompteDeReponse.objects.exists()


def test_nobody_answers_before_it_opens_nor_after_it_closes(vallon: EspaceDeContrat, equipe: Acces) -> None:
    for made in (enquete(equipe, vallon), fermee(equipe, vallon)):
        with pytest.raises(ValidationError, match="fermée"):
            answer(enquete=made, said={"vecu": ["jamais"]})


def test_papers_are_entered_by_bundles_and_undone(vallon: EspaceDeContrat, equipe: Acces) -> None:
    made = ouverte(equipe, vallon)
    answered(made, 1)
    enter_papers(by=equipe, enquete=made, papiers=10, nombres={("vecu", "jamais"): 6, ("vecu", "souvent"): 2})
    assert held(made) == {"jamais": 7, "souvent": 2, "toutes": 9}
    undo(by=equipe, geste=Geste.objects.latest("pk"))
    made.refresh_from_db()
    assert made.reponses == 1
    assert {code: many for code, many in held(made).items() if many} == {"jamais": 1, "toutes": 1}
    for wrong in ({("vecu", "jamais"): 11}, {("vecu", "jamais"): 6, ("vecu", "souvent"): 5}, {("ou", "rue"): 11}):
        with pytest.raises(ValidationError, match="plus de réponses que de papiers"):
            enter_papers(by=equipe, enquete=made, papiers=10, nombres=wrong)


# What does not change


def test_a_question_no_longer_changes_once_it_opened(vallon: EspaceDeContrat, equipe: Acces) -> None:
    made = ouverte(equipe, vallon)
    asked = made.questions.get(code="vecu")
    for act in (
        lambda: services.change_question(by=equipe, question=asked, version=1, changes={"libelle": "Autre ?"}),
        lambda: services.remove_question(by=equipe, question=asked),
        lambda: services.add_question(
            by=equipe, enquete=made, values={"code": "x", "libelle": "X ?", "choix": "a : a\nb : b"}
        ),
    ):
        with pytest.raises(ValidationError, match="ne changent plus"):
            act()


def test_days_are_held_by_the_function_and_by_the_database(vallon: EspaceDeContrat, equipe: Acces) -> None:
    made, today = enquete(equipe, vallon), horloge.today(vallon)
    with pytest.raises(ValidationError, match="ferme le jour où elle ouvre"):
        services.open_between(by=equipe, enquete=made, ouvre_le=today + timedelta(days=3), ferme_le=today)
    with pytest.raises(ValidationError, match="passé"):
        services.open_between(
            by=equipe, enquete=made, ouvre_le=today - timedelta(days=9), ferme_le=today - timedelta(days=3)
        )
    for wrong in ({"ouvre_le": today}, {"titre": ""}, {"annonce": ""}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Enquete.objects.filter(pk=made.pk).update(**wrong)
    asked = made.questions.get(code="vecu")
    for wrong in ({"libelle": ""}, {"choix": ""}, {"code": "temoin"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            QuestionDEnquete.objects.filter(pk=asked.pk).update(**wrong)


def test_results_are_public_once_closed_with_enough_answers_and_by_whoever_may(
    vallon: EspaceDeContrat, equipe: Acces, people
) -> None:
    with pytest.raises(ValidationError, match="qu’elle soit fermée"):
        services.publish(by=equipe, enquete=ouverte(equipe, vallon))
    with pytest.raises(ValidationError, match="20 questionnaires"):
        services.publish(by=equipe, enquete=fermee(equipe, vallon, times=19))
    over = fermee(equipe, vallon)
    with pytest.raises(Refus):
        services.publish(by=acces_of(people["partenaire"]), enquete=over)
    services.publish(by=equipe, enquete=over)
    services.take_off(by=equipe, enquete=over)
    with pytest.raises(ValidationError, match="ne sont pas publics"):
        services.take_off(by=equipe, enquete=over)


# What is shown


@given(st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 40), min_size=2), st.booleans())
def test_no_small_number_is_told_and_none_is_found_by_taking_away(counts: dict[str, int], single: bool):
    hidden = masked(counts, single=single)
    assert all(not 0 < many < FEW for code, many in counts.items() if code not in hidden)
    others = [code for code, many in counts.items() if many and code not in hidden]
    if single and hidden:
        assert len(hidden) > 1 or not others


def test_whoever_is_not_of_the_team_reads_masked_parts_and_nothing_of_a_few(
    vallon: EspaceDeContrat, equipe: Acces, as_: As
) -> None:
    made = fermee(equipe, vallon, papiers=3)
    url = reverse("enquete", args=[vallon.slug, made.numero])
    assert "11 % (3)" in text(as_("equipe").get(url))
    reader = text(as_("lecture").get(url))
    assert "secret" in reader
    assert "(3)" not in reader
    assert "(24)" not in reader, "trouvé par différence"
    few = fermee(equipe, vallon, times=19, titre="Trop peu")
    assert "à partir de 20 questionnaires" in text(
        as_("lecture").get(reverse("enquete", args=[vallon.slug, few.numero]))
    )


def test_years_are_compared_by_code_and_chance_is_said(vallon: EspaceDeContrat, equipe: Acces) -> None:
    first = fermee(equipe, vallon, times=60, papiers=60)
    second = fermee(equipe, vallon, times=100, papiers=20, titre="Un an après", depuis=first)
    (vecu, *_) = blocks(second, first, whole=True)
    told = {one.mots: (one.dit, one.avant, one.ecart) for one in vecu.barres}
    assert told["souvent"][1].replace("\xa0", " ") == "50 %"
    assert told["souvent"][2].replace("\xa0", " ") == "− 33 points"
    near = Part("a", "a", 10, 0.5), Part("a", "a", 11, 0.55)
    assert gap(*near, 20, 20) == "écart non significatif"
    assert gap(Part("a", "a", None, None), near[0], 20, 20) == ""


def test_a_resident_answers_without_an_account_and_nothing_says_who(vallon: EspaceDeContrat, equipe: Acces) -> None:
    EspaceDeContrat.objects.filter(pk=vallon.pk).update(etat="publie")
    made, client = ouverte(equipe, vallon), Client()
    url = reverse("enquete-publique", args=[vallon.slug, made.numero])
    assert "Votre nom n’est pas demandé" in text(client.get(url))
    assert "Répondez à une question au moins." in text(client.post(url, {}))
    assert "Vos réponses sont comptées" in text(client.post(url, {"vecu": "souvent", "ou": ["rue", "ecole"]}))
    assert held(made) == {"souvent": 1, "toutes": 1}
    assert "sessionid" not in client.cookies
    listed = text(client.get(reverse("enquetes-publiques", args=[vallon.slug])))
    assert made.titre in listed


def test_results_do_not_exist_for_anyone_before_they_are_public(vallon: EspaceDeContrat, equipe: Acces) -> None:
    EspaceDeContrat.objects.filter(pk=vallon.pk).update(etat="publie")
    over, client = fermee(equipe, vallon), Client()
    url = reverse("enquete-publique", args=[vallon.slug, over.numero])
    assert client.get(url).status_code == 404
    assert client.get(reverse("enquete-publique", args=[vallon.slug, 99])).status_code == 404
    services.publish(by=equipe, enquete=over)
    assert "100 % (24)" in text(client.get(url))


def test_queries_do_not_grow_with_questions_nor_editions(vallon: EspaceDeContrat, equipe: Acces, as_: As) -> None:
    made, client = fermee(equipe, vallon), as_("equipe")
    url = reverse("enquete", args=[vallon.slug, made.numero])
    client.get(url)
    with CaptureQueriesContext(connection) as few:
        client.get(url)
    after = fermee(equipe, vallon, titre="Après", papiers=4)
    answer_all = {one.code: one for one in after.questions.all()}
    assert answer_all
    with CaptureQueriesContext(connection) as many:
        client.get(reverse("enquete", args=[vallon.slug, made.numero]))
    assert len(many) <= len(few)
    assert len(results(after, whole=True)) == len(core())


def test_the_team_prepares_a_survey_on_its_pages(vallon: EspaceDeContrat, as_: As) -> None:
    keeper = referent(person("Nina Enquête", signs_in=False), vallon, of="ccas").organisation_id
    url = reverse("enquete-nouvelle", args=[vallon.slug])
    assert fill(as_("equipe"), url, titre="Enquête", annonce="Savoir.", conduite_par=keeper).status_code == 302
    assert Enquete.objects.get().questions.count() == len(core())
    assert answers_in("oui : Oui, souvent\nnon: Non\nrien") == {"oui": "Oui, souvent", "non": "Non"}


def test_a_survey_of_another_contract_does_not_exist(vallon: EspaceDeContrat, equipe: Acces, as_: As) -> None:
    made = publiee(equipe, vallon)
    asked = made.questions.first()
    assert asked
    for name, more in (("enquete", []), ("enquete-question-modifier", [asked.pk])):
        assert as_("equipe").get(reverse(name, args=[vallon.slug, 99, *more])).status_code == 404
