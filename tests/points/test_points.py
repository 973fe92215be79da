"""The point d'étape: whom it asks, what stops it, what a link may do, what the team makes of the answers."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from tenir.acteurs.models import Personne
from tenir.core import horloge
from tenir.core.horloge import simulated
from tenir.core.models import Courriel, EntreeDeTrace
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces, Refus
from tenir.points.models import Destinataire, PointDEtape, Question, RefusDeSollicitation
from tenir.points.services.destinataires import plan_of
from tenir.points.services.envoi import (
    INVITATION,
    RAPPEL,
    PointRefuse,
    close_point,
    revoke_link,
    save_point,
    send_point,
    unwaive,
    waive,
)
from tenir.points.services.lecture import ReponseDejaLue, accept, accept_plain, correct, is_plain, send_back, set_aside
from tenir.points.services.liens import find, token_of
from tenir.points.services.reponses import (
    LienClos,
    Reponse,
    answer,
    finish,
    leave_alone,
    nothing_new,
    transmit,
    why_closed,
)
from tests.exemples import drawn
from tests.personnes import body, person, referent
from tests.vie import engagement, fiche, indicateur

pytestmark = pytest.mark.deux_bases

LINKS = drawn(1_000)

NOW = datetime(2026, 9, 15, 8, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _mid_september() -> Iterator[None]:
    with simulated(NOW):
        yield


@pytest.fixture
def point(vallon: EspaceDeContrat, equipe: Acces) -> PointDEtape:
    """A draft about actions, promises and indicators."""
    return save_point(by=equipe, espace=vallon, given=given())


def given(**more: object) -> dict[str, object]:
    return {
        "titre": "Automne 2026",
        "actions": True,
        "engagements": True,
        "indicateurs": True,
        "reponse_avant": date(2026, 10, 2),
        "rappel_1_le": date(2026, 9, 22),
        "rappel_2_le": date(2026, 9, 29),
        **more,
    }


def sent(by: Acces, point: PointDEtape) -> Destinataire:
    """Send to the one person there is to ask."""
    send_point(by=by, point=point)
    return Destinataire.objects.select_related("point__espace", "personne", "organisation").get()


def only(destinataire: Destinataire) -> Question:
    return destinataire.questions.get()


def test_each_is_asked_once_about_all_she_answers_for(
    vallon: EspaceDeContrat, point: PointDEtape, caf: Personne
) -> None:
    asked = [
        fiche(vallon, pilots=("caf",)),
        engagement(vallon, of="caf"),
        indicateur(vallon, organisme=body("caf"), frequence="annuelle"),
    ]
    fiche(vallon, "O01-A02", pilots=("caf",), statut="realisee")
    (one,) = plan_of(point, NOW.date()).sollicitations
    assert (one.personne, one.organisation, one.sujets) == (caf, body("caf"), asked)


def test_the_person_in_charge_is_asked_rather_than_the_contact_of_the_body(
    vallon: EspaceDeContrat, point: PointDEtape, caf: Personne
) -> None:
    someone = person("Zoé Portage", signs_in=False)
    fiche(vallon, pilots=("caf",), personne_en_charge=someone)
    assert [one.personne for one in plan_of(point, NOW.date()).sollicitations] == [someone]


def test_what_nobody_answers_for_stops_the_sending_until_waived(
    vallon: EspaceDeContrat, equipe: Acces, point: PointDEtape, caf: Personne
) -> None:
    fiche(vallon, pilots=("caf",))
    fiche(vallon, "O01-A02")
    fiche(vallon, "O01-A03", pilots=("ccas",))
    indicateur(vallon)
    stops = {stop.cle: stop.phrase for stop in plan_of(point, NOW.date()).blocages}
    assert set(stops) == {"action/O01-A02", "organisme/ccas", "indicateur/I01"}
    with pytest.raises(PointRefuse, match="à régler avant l’envoi"):
        send_point(by=equipe, point=point)
    with pytest.raises(PointRefuse, match="pourquoi"):
        waive(by=equipe, point=point, cles=stops, motif=" ")
    assert waive(by=equipe, point=point, cles=stops, motif="vus en réunion") == 3
    unwaive(by=equipe, point=point, cle="indicateur/I01")
    assert [stop.cle for stop in plan_of(point, NOW.date()).blocages] == ["indicateur/I01"]
    waive(by=equipe, point=point, cles=stops, motif="vus en réunion")
    assert len(send_point(by=equipe, point=point).sollicitations) == 1


def test_recipients_are_computed_again_when_it_leaves(
    vallon: EspaceDeContrat, equipe: Acces, point: PointDEtape, caf: Personne
) -> None:
    of = fiche(vallon, pilots=("caf",))
    assert plan_of(point, NOW.date()).sollicitations
    other = referent(person("Ugo Autre", signs_in=False), vallon, of="ccas").personne
    of.organisme_en_charge = body("ccas")
    of.save()
    assert sent(equipe, point).personne == other


def test_an_indicator_read_lately_is_not_asked(vallon: EspaceDeContrat, point: PointDEtape, caf: Personne) -> None:
    of = indicateur(vallon, organisme=body("caf"), frequence="annuelle")
    of.releves.create(debut=date(2026, 1, 1), fin=date(2026, 6, 30), valeur=1, source="comptage")
    assert not plan_of(point, NOW.date()).sollicitations


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"reponse_avant": date(2026, 9, 15)}, "à venir"),
        ({"reponse_avant": date(2026, 10, 20)}, "vingt et un jours"),
    ],
)
def test_the_day_of_the_answer_is_to_come_and_within_the_life_of_a_link(
    vallon: EspaceDeContrat, equipe: Acces, change: dict, sentence: str
) -> None:
    with pytest.raises(PointRefuse, match=sentence):
        save_point(by=equipe, espace=vallon, given=given(**change))


def test_a_point_is_about_something_and_reminds_in_order(vallon: EspaceDeContrat, equipe: Acces) -> None:
    nothing = {"actions": False, "engagements": False, "indicateurs": False}
    for change in (nothing, {"rappel_2_le": date(2026, 9, 20)}, {"rappel_1_le": None}):
        with pytest.raises(ValidationError):
            save_point(by=equipe, espace=vallon, given=given(**change))


def test_a_partner_opens_nothing(vallon: EspaceDeContrat, ccas: Acces, point: PointDEtape) -> None:
    for act in (
        lambda: save_point(by=ccas, espace=vallon, given=given()),
        lambda: send_point(by=ccas, point=point),
        lambda: waive(by=ccas, point=point, cles={"x": "x"}, motif="x"),
    ):
        with pytest.raises(Refus):
            act()


def test_sending_asks_for_one_message_and_two_reminders(
    vallon: EspaceDeContrat, equipe: Acces, point: PointDEtape, caf: Personne
) -> None:
    fiche(vallon, pilots=("caf",))
    sent(equipe, point)
    assert list(Courriel.objects.values_list("genre", flat=True)) == [INVITATION, RAPPEL, RAPPEL]
    with pytest.raises(PointRefuse, match="déjà parti"):
        send_point(by=equipe, point=point)
    close_point(by=equipe, point=point)
    assert set(Courriel.objects.values_list("etat", flat=True)) == {"annule"}


@pytest.fixture
def asked(vallon: EspaceDeContrat, equipe: Acces, point: PointDEtape, caf: Personne) -> Destinataire:
    """Someone asked about one action."""
    fiche(vallon, pilots=("caf",), statut="en-cours")
    return sent(equipe, point)


def test_a_link_is_found_by_its_secret_alone(asked: Destinataire) -> None:
    token = token_of(asked)
    assert find(token) == asked
    forged = token[:-1] + ("0" if token[-1] != "0" else "1")
    for wrong in (forged, f"{asked.pk}-{'0' * 64}", "1-x", "", "9" * 40):
        assert find(wrong) is None
    assert asked.alea not in token


def test_of_a_thousand_links_each_opens_its_own_and_a_thousand_guesses_open_nothing(
    vallon: EspaceDeContrat, point: PointDEtape
) -> None:
    people = Personne.objects.bulk_create(Personne(nom=f"Personne {rank}") for rank in range(LINKS))
    asked = Destinataire.objects.bulk_create(
        Destinataire(
            point=point,
            personne=someone,
            cree_le=NOW - timedelta(days=22 * (rank % 3 == 1)),
            expire_le=NOW + timedelta(days=21 - 22 * (rank % 3 == 1)),
            revoque_le=NOW if rank % 3 == 2 else None,
        )
        for rank, someone in enumerate(people)
    )
    told = ("", "expiré", "révoqué")
    tokens = [token_of(one) for one in asked]
    assert len(set(tokens)) == len({token.split("-")[1] for token in tokens}) == LINKS
    for rank in range(0, LINKS, 10):
        found = find(tokens[rank])
        assert found == asked[rank]
        assert told[rank % 3] in why_closed(found)
        assert bool(why_closed(found)) == (rank % 3 > 0)
    guesses = [f"{one.pk}-{tokens[rank - 1].split('-')[1]}" for rank, one in enumerate(asked)]
    assert not any(guess == token_of(one) for guess, one in zip(guesses, asked, strict=True))
    assert not any(find(guess) for guess in guesses[::10])


def test_an_answer_changes_nothing_until_the_team_accepts_it(asked: Destinataire, equipe: Acces) -> None:
    kept = answer(destinataire=asked, question=only(asked), reponse=Reponse(statut="suspendue", phrase="Local inondé."))
    of = kept.fiche
    of.refresh_from_db()
    assert (of.statut, of.derniere_nouvelle_le) == ("en-cours", None)
    accept(by=equipe, question=kept)
    of.refresh_from_db()
    told = of.nouvelles.get()
    assert (of.statut, of.motif) == ("suspendue", "Local inondé.")
    assert (told.texte, told.auteur, told.pour) == ("Local inondé.", asked.personne, body("caf"))
    with pytest.raises(ReponseDejaLue):
        accept(by=equipe, question=kept)
    with pytest.raises(LienClos, match="déjà lu"):
        answer(destinataire=asked, question=kept, reponse=Reponse(sans_changement=True))


def test_nothing_new_is_news(asked: Destinataire, equipe: Acces) -> None:
    assert nothing_new(destinataire=asked, questions=asked.questions.all()) == 1
    assert accept_plain(by=equipe, point=asked.point).acceptees == ["O01-A01"]
    of = only(asked).fiche
    assert (of.nouvelles.get().texte, of.derniere_nouvelle_le) == ("Rien de nouveau.", NOW.date())


@pytest.mark.parametrize(
    ("reponse", "plain"),
    [
        (Reponse(phrase="Douze ateliers."), True),
        (Reponse(statut="en-cours", phrase="Repris."), True),
        (Reponse(statut="realisee", phrase="Fini."), False),
        (Reponse(statut="abandonnee", motif="Vendu."), False),
    ],
)
def test_what_closes_an_action_deserves_a_second_look(asked: Destinataire, reponse: Reponse, plain: bool) -> None:
    assert is_plain(answer(destinataire=asked, question=only(asked), reponse=reponse)) == plain


@pytest.mark.parametrize(
    "reponse",
    [
        Reponse(),
        Reponse(phrase="  "),
        Reponse(sans_changement=True, phrase="Si."),
        Reponse(statut="perdue"),
        Reponse(statut="abandonnee"),
        Reponse(valeur=Decimal(1), debut=date(2026, 1, 1), fin=date(2026, 6, 30), source="x"),
    ],
)
def test_an_answer_that_says_nothing_or_too_much_is_refused(asked: Destinataire, reponse: Reponse) -> None:
    with pytest.raises(ValidationError):
        answer(destinataire=asked, question=only(asked), reponse=reponse)
    assert only(asked).etat == "posee"


def test_a_figure_enters_the_readings_with_its_period_and_source(
    vallon: EspaceDeContrat, equipe: Acces, point: PointDEtape, caf: Personne
) -> None:
    indicateur(vallon, organisme=body("caf"), frequence="annuelle")
    asked = sent(equipe, point)
    whole = Reponse(valeur=Decimal("40.5"), debut=date(2026, 1, 1), fin=date(2026, 6, 30), source="comptage")
    for lacking in (Reponse(valeur=Decimal(1)), Reponse(valeur=Decimal(1), debut=whole.debut, fin=date(2027, 1, 1))):
        with pytest.raises(ValidationError):
            answer(destinataire=asked, question=only(asked), reponse=lacking)
    accept(by=equipe, question=answer(destinataire=asked, question=only(asked), reponse=whole))
    releve = only(asked).indicateur.releves.get()
    assert (releve.valeur, releve.source, releve.auteur) == (Decimal("40.5"), "comptage", caf)


def test_a_promise_is_told_kept(vallon: EspaceDeContrat, equipe: Acces, point: PointDEtape, caf: Personne) -> None:
    engagement(vallon, of="caf")
    asked = sent(equipe, point)
    kept = answer(destinataire=asked, question=only(asked), reponse=Reponse(statut="tenu", phrase="Lieu ouvert."))
    accept(by=equipe, question=kept)
    of = only(asked).engagement
    assert (of.etat, of.nouvelles.get().texte) == ("tenu", "Lieu ouvert.")


def test_the_team_asks_back_corrects_and_sets_aside(asked: Destinataire, equipe: Acces) -> None:
    kept = answer(destinataire=asked, question=only(asked), reponse=Reponse(phrase="Presque."))
    send_back(by=equipe, question=kept, retour="Combien d’ateliers ?")
    assert Courriel.objects.filter(genre="point-etape-retour").count() == 1
    again = answer(destinataire=asked, question=kept, reponse=Reponse(phrase="Dix atelliers."))
    correct(by=equipe, question=again, changes={"phrase": "Dix ateliers."})
    assert EntreeDeTrace.objects.filter(motif="corrigée avant d’être acceptée", avant="Dix atelliers.").exists()
    with pytest.raises(ValidationError, match="pourquoi"):
        set_aside(by=equipe, question=again, motif="")
    set_aside(by=equipe, question=again, motif="déjà dit")
    assert not only(asked).fiche.nouvelles.exists()
    assert only(asked).pourquoi == "déjà dit"


def test_one_finishes_when_every_question_is_answered(asked: Destinataire) -> None:
    with pytest.raises(LienClos, match="sans réponse"):
        finish(destinataire=asked)
    nothing_new(destinataire=asked, questions=asked.questions.all())
    finish(destinataire=asked)
    assert Courriel.objects.filter(genre="point-etape-recu").count() == 1


def test_questions_are_handed_to_a_colleague_and_one_s_link_reads_on(asked: Destinataire) -> None:
    other = transmit(destinataire=asked, nom="Ugo Essai", email="Ugo@exemple.test")
    asked.refresh_from_db()
    assert (asked.transmis_a, other.personne.nom, other.questions.count()) == (other, "Ugo Essai", 1)
    assert EntreeDeTrace.objects.filter(champ="transmis", apres=f"personne n° {other.personne_id}").exists()
    with pytest.raises(LienClos, match="transmis"):
        nothing_new(destinataire=asked, questions=other.questions.all())
    nothing_new(destinataire=other, questions=other.questions.all())


def test_what_the_team_has_dealt_with_is_not_handed_over(asked: Destinataire) -> None:
    kept = asked.questions.first()
    asked.questions.filter(pk=kept.pk).update(etat=Question.Etat.ACCEPTEE, repondu_le=horloge.now())
    other = transmit(destinataire=asked, nom="Ugo Suivant", email="ugo.suivant@exemple.test")
    assert not other.questions.filter(pk=kept.pk).exists()
    assert asked.questions.filter(pk=kept.pk).exists()


def test_one_does_not_hand_over_to_oneself_nor_to_who_is_asked(asked: Destinataire) -> None:
    for nom, email in ((asked.personne.nom.upper(), asked.personne.email), ("X", ""), ("X", "pas une adresse")):
        with pytest.raises(ValidationError):
            transmit(destinataire=asked, nom=nom, email=email)
    assert Destinataire.objects.count() == 1


def test_one_hands_over_to_a_colleague_behind_the_same_mailbox(asked: Destinataire) -> None:
    made = transmit(destinataire=asked, nom="Autre Collègue", email=asked.personne.email)
    assert (made.personne.nom, made.personne.email) == ("Autre Collègue", asked.personne.email)


def test_whoever_asks_to_be_left_alone_is_asked_no_more(
    vallon: EspaceDeContrat, equipe: Acces, asked: Destinataire
) -> None:
    leave_alone(destinataire=asked)
    leave_alone(destinataire=asked)
    assert RefusDeSollicitation.objects.count() == 1
    again = save_point(by=equipe, espace=vallon, given=given(titre="Encore"))
    (stop,) = plan_of(again, NOW.date()).blocages
    assert "ne souhaitent plus être sollicités" in stop.phrase


def test_a_revoked_an_expired_and_a_closed_link_answer_nothing(asked: Destinataire, equipe: Acces) -> None:
    question = only(asked)
    with simulated(NOW + timedelta(days=21)), pytest.raises(LienClos, match="expiré"):
        nothing_new(destinataire=asked, questions=[question])
    close_point(by=equipe, point=asked.point)
    with pytest.raises(LienClos, match="clos"):
        nothing_new(destinataire=asked, questions=[question])
    revoke_link(by=equipe, destinataire=asked)
    with pytest.raises(LienClos, match="révoqué"):
        nothing_new(destinataire=asked, questions=[question])
    assert only(asked).etat == "posee"


def test_an_answer_to_the_question_of_another_is_refused(
    vallon: EspaceDeContrat, equipe: Acces, point: PointDEtape, caf: Personne
) -> None:
    referent(person("Ugo Autre", signs_in=False), vallon, of="ccas")
    fiche(vallon, pilots=("caf",))
    fiche(vallon, "O01-A02", pilots=("ccas",))
    send_point(by=equipe, point=point)
    one, other = Destinataire.objects.select_related("point__espace", "personne").order_by("pk")
    with pytest.raises(Question.DoesNotExist):
        answer(destinataire=one, question=other.questions.get(), reponse=Reponse(sans_changement=True))
