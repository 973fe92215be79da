"""An évaluation: who makes it, who reads it when, what is judged, needed and answered, what anyone reads."""

import csv
import io
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from tenir.atelier.models import Brouillon
from tenir.contrat.models import CodeRetire
from tenir.core import courriels, horloge
from tenir.core.models import Courriel
from tenir.ecran.annulation.annuler import undo
from tenir.ecran.models import Geste
from tenir.ecran.versions import Conflit
from tenir.evaluation.ecrans.messages import write_request
from tenir.evaluation.models import Appreciation, DonneeDeBesoin, Evaluation
from tenir.evaluation.services import appreciations, contributions, evaluations, instantanes
from tenir.evaluation.services.liens import LienClos, token_of
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces, Refus
from tenir.habilitations.roles import Role
from tests.evaluation.evaluations import (
    appreciee,
    chiffre,
    evaluation,
    figee,
    instantane,
    partagee,
    publiee,
    sollicitee,
)
from tests.formulaires import fill
from tests.mesures import releve
from tests.personnes import acces, body, contract, person, referent
from tests.preconisations.preconisations import asked
from tests.vie import engagement, fiche, indicateur, orientation

pytestmark = pytest.mark.deux_bases


@pytest.fixture
def espace(db: None) -> EspaceDeContrat:
    return contract("vallon")


@pytest.fixture
def equipe(espace: EspaceDeContrat) -> Acces:
    return acces("Basile Équipe", Role.EQUIPE, espace)


def signed_in(by: Acces) -> Client:
    client = Client()
    client.force_login(by.personne.utilisateur)
    return client


def at(name: str, espace: EspaceDeContrat, *args: object) -> str:
    return reverse(name, args=[espace.slug, *args])


def words(client: Client, name: str, espace: EspaceDeContrat, *args: object) -> str:
    answer = client.get(at(name, espace, *args))
    assert answer.status_code == 200
    return answer.content.decode().replace("\xa0", " ").replace("\u202f", " ")


# Who makes it, who reads it


def test_the_body_that_leads_makes_it_and_another_does_not(espace: EspaceDeContrat, equipe: Acces) -> None:
    made = evaluation(equipe, espace)
    hers = acces("Cléo CCAS", Role.PARTENAIRE, espace, of="ccas")
    others = acces("Noé Caf", Role.PARTENAIRE, espace, of="caf")
    evaluations.ask_question(by=hers, evaluation=made, texte="Qui en profite ?")
    for refused in (
        lambda: evaluation(others, espace),
        lambda: evaluations.ask_question(by=others, evaluation=made, texte="Qui ?"),
        lambda: instantanes.freeze(by=others, evaluation=made),
        lambda: evaluations.share(by=hers, evaluation=made),
        lambda: evaluations.publish(by=hers, evaluation=made),
    ):
        with pytest.raises(Refus):
            refused()


def test_it_is_read_by_those_who_make_it_then_by_the_contract_then_by_anyone(
    espace: EspaceDeContrat, equipe: Acces
) -> None:
    made = figee(equipe, espace)
    hers, reader = (
        signed_in(acces("Cléo CCAS", Role.PARTENAIRE, espace, of="ccas")),
        signed_in(acces("Dan Liseur", Role.LECTURE, espace)),
    )
    here = at("evaluation", espace, made.numero)
    public = at("evaluation-publique", espace, made.numero)
    assert [one.get(here).status_code for one in (hers, reader)] == [200, 404]
    assert "Mi-parcours" not in words(reader, "evaluations", espace)
    evaluations.share(by=equipe, evaluation=made)
    assert reader.get(here).status_code == 200
    assert Client().get(public).status_code == 404
    evaluations.publish(by=equipe, evaluation=made)
    assert Client().get(public).status_code == 200
    evaluations.take_back(by=equipe, evaluation=made)
    assert Client().get(public).status_code == 404
    evaluations.take_back(by=equipe, evaluation=made)
    assert reader.get(here).status_code == 404


def test_a_member_of_another_contract_reads_nothing(espace: EspaceDeContrat, equipe: Acces) -> None:
    made = partagee(equipe, espace)
    other = signed_in(acces("Ève Voisine", Role.EQUIPE, contract("colline")))
    for name, args in (("evaluation", [made.numero]), ("evaluation-dossier", [made.numero]), ("evaluations", [])):
        assert other.get(at(name, espace, *args)).status_code in (403, 404)


def test_nothing_is_shared_nor_published_before_it_is_frozen(espace: EspaceDeContrat, equipe: Acces) -> None:
    made = evaluation(equipe, espace)
    for act in (evaluations.share, evaluations.publish):
        with pytest.raises(ValidationError, match="Figez d’abord"):
            act(by=equipe, evaluation=made)
    with pytest.raises(ValidationError, match="Seuls ceux qui la conduisent"):
        evaluations.take_back(by=equipe, evaluation=made)


def test_a_later_snapshot_is_not_public_until_it_is_published_too(espace: EspaceDeContrat, equipe: Acces) -> None:
    made = publiee(equipe, espace)
    first = instantane(made)
    instantanes.freeze(by=equipe, evaluation=made, motif="Une action manquait.")
    made.refresh_from_db()
    assert made.instantane_publie == first
    assert evaluations.publish(by=equipe, evaluation=made).instantane_publie == instantane(made)
    with pytest.raises(ValidationError, match="déjà publié"):
        evaluations.publish(by=equipe, evaluation=made)


def test_the_start_of_what_is_frozen_does_not_move(espace: EspaceDeContrat, equipe: Acces) -> None:
    made = figee(equipe, espace)
    with pytest.raises(ValidationError, match="il ne change plus"):
        evaluations.rewrite_evaluation(
            by=equipe, evaluation=made, version=made.version, changes={"depart": date(2025, 1, 1)}
        )


def test_the_database_holds_what_an_evaluation_may_say(espace: EspaceDeContrat, equipe: Acces) -> None:
    made = figee(equipe, espace)
    appreciee(equipe, made, orientation(espace))
    told = chiffre(equipe, made, orientation(espace))
    for rows, wrong in (
        (Evaluation.objects.filter(pk=made.pk), {"titre": ""}),
        (Evaluation.objects.filter(pk=made.pk), {"etat": "publiee"}),
        (Evaluation.objects.filter(pk=made.pk), {"a_figer_le": made.depart}),
        (Appreciation.objects.all(), {"raisons": ""}),
        (DonneeDeBesoin.objects.filter(pk=told.pk), {"source": ""}),
        (DonneeDeBesoin.objects.filter(pk=told.pk), {"annee": 12}),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**wrong)


# What is judged and needed


def test_an_orientation_is_judged_with_its_reasons_and_what_it_leads_to(espace: EspaceDeContrat, equipe: Acces) -> None:
    one, made = orientation(espace), partagee(equipe, espace)
    demand = asked(equipe, espace)
    with pytest.raises(ValidationError, match="Donnez les raisons"):
        appreciee(equipe, made, one, raisons="")
    appreciee(equipe, made, one, recommandation="ajuster", demandes="Un lieu.", preconisation=demand)
    told = words(
        signed_in(acces("Dan Liseur", Role.LECTURE, espace)), "evaluation-orientation", espace, made.numero, "O01"
    )
    for said in ("Recommandation : ajuster.", "Un lieu.", demand.code, "Les faits le disent."):
        assert said in told


def test_an_orientation_that_was_withdrawn_is_said_so(espace: EspaceDeContrat, equipe: Acces) -> None:
    made = figee(equipe, espace)
    CodeRetire.objects.create(espace=espace, code="O09", motif="Redite")
    gone = signed_in(equipe).get(at("evaluation-orientation", espace, made.numero, "O09"))
    assert (gone.status_code, "Pourquoi\xa0: Redite" in gone.content.decode().replace("&nbsp;", "\xa0")) == (410, True)
    assert signed_in(equipe).get(at("evaluation-orientation", espace, made.numero, "O10")).status_code == 404


def test_two_who_judge_at_once_see_each_other(espace: EspaceDeContrat, equipe: Acces) -> None:
    one, made = orientation(espace), figee(equipe, espace)
    first, second = appreciations.judged_of(made, one), appreciations.judged_of(made, one)
    appreciations.judge(by=equipe, appreciation=first, version=0, changes={"demandes": "Un lieu."})
    with pytest.raises(Conflit):
        appreciations.judge(by=equipe, appreciation=second, version=0, changes={"demandes": "Un poste."})


def test_what_a_judgement_leads_to_is_of_this_contract(espace: EspaceDeContrat, equipe: Acces) -> None:
    one, made, other = orientation(espace), figee(equipe, espace), contract("colline")
    elsewhere = asked(acces("Ève Ailleurs", Role.EQUIPE, other), other)
    with pytest.raises(ValidationError, match="Choisissez dans ce contrat"):
        appreciee(equipe, made, one, preconisation=elsewhere)
    draft = Brouillon.objects.create(espace=espace, ouvert_par=equipe.personne, ouvert_le=horloge.now())
    with pytest.raises(ValidationError, match="Choisissez un avenant"):
        appreciee(equipe, made, one, avenant=draft)
    with pytest.raises(ValidationError, match="Choisissez dans ce contrat"):
        chiffre(equipe, made, orientation(other))


def test_a_figure_never_travels_alone_and_what_is_not_given_is_said(espace: EspaceDeContrat, equipe: Acces) -> None:
    one, made = orientation(espace), partagee(equipe, espace)
    with pytest.raises(ValidationError, match="source"):
        chiffre(equipe, made, one, source="")
    told = chiffre(equipe, made, one, demandee_a=body("caf"))
    page = words(signed_in(equipe), "evaluation-orientation", espace, made.numero, "O01")
    assert "non fournie, demandée à la CAF" in page
    appreciations.rewrite_figure(by=equipe, donnee=told, version=1, changes={"valeur": 38, "unite": "%"})
    assert "38 %" in words(signed_in(equipe), "evaluation-orientation", espace, made.numero, "O01")


def test_a_reading_is_taken_up_as_a_figure_with_its_source(espace: EspaceDeContrat, equipe: Acces) -> None:
    one, made = orientation(espace), partagee(equipe, espace)
    suivi = indicateur(espace, unite="jeunes")
    suivi.indicateur.orientations.set([one])
    releve(suivi, "30", date(2024, 12, 31))
    read = releve(suivi, "38", date(2025, 12, 31), source="Mission locale")
    team, here = signed_in(equipe), (espace, made.numero, "O01")
    assert f"?releve={read.pk}" in team.get(at("evaluation-orientation", *here)).content.decode()
    assert "30 jeunes" not in words(team, "evaluation-orientation", *here)
    form = team.get(at("evaluation-chiffre-nouveau", *here), {"releve": read.pk}).context["form"]
    begun = {name: str(form[name].value()).replace("\xa0", " ") for name in ("valeur", "unite", "annee", "source")}
    assert begun == {"valeur": "38", "unite": "jeunes", "annee": "2025", "source": "Relevé I01 : Mission locale"}
    reader = signed_in(acces("Dan Liseur", Role.LECTURE, espace))
    assert "?releve=" not in reader.get(at("evaluation-orientation", *here)).content.decode()
    assert "38 jeunes" in words(reader, "evaluation-orientation", *here)


@pytest.mark.parametrize("asked", ["0", "abc", "-1", "9" * 40])
def test_a_reading_that_is_not_of_the_orientation_begins_nothing(
    espace: EspaceDeContrat, equipe: Acces, asked: str
) -> None:
    one, made = orientation(espace), partagee(equipe, espace)
    answered = signed_in(equipe).get(at("evaluation-chiffre-nouveau", espace, made.numero, one.code), {"releve": asked})
    assert answered.status_code == 200
    assert not answered.context["form"]["libelle"].value()


def test_what_is_removed_comes_back_for_a_while(espace: EspaceDeContrat, equipe: Acces) -> None:
    one, made = orientation(espace), figee(equipe, espace)
    told = chiffre(equipe, made, one)
    question = made.questions.get()
    appreciations.remove_figure(by=equipe, donnee=told)
    evaluations.remove_question(by=equipe, question=question)
    assert (made.donnees.count(), made.questions.count()) == (0, 0)
    for geste in Geste.objects.undoable(horloge.now())[:2]:
        undo(by=equipe, geste=geste)
    assert (made.donnees.count(), made.questions.count()) == (1, 1)


# What bodies say


def test_a_body_answers_by_its_link_without_an_account(espace: EspaceDeContrat, equipe: Acces) -> None:
    told = sollicitee(equipe, partagee(equipe, espace))
    here = reverse("evaluation-reponse", args=[token_of(told)])
    client = Client()
    assert fill(client, here).status_code == 422
    assert fill(client, here, change="Plus de familles.").status_code == 302
    told.refresh_from_db()
    assert (told.change, told.par_lien, told.recue_le) == ("Plus de familles.", True, horloge.today(espace))
    page = words(signed_in(acces("Dan Liseur", Role.LECTURE, espace)), "evaluation-contributions", espace, 1)
    assert "Plus de familles." in page
    assert "par son lien" in page


def test_a_link_answers_no_more_once_the_evaluation_is_published(espace: EspaceDeContrat, equipe: Acces) -> None:
    made = figee(equipe, espace)
    told = sollicitee(equipe, made)
    evaluations.publish(by=equipe, evaluation=made)
    told.refresh_from_db()
    with pytest.raises(LienClos):
        contributions.answer(by=None, contribution=told, change="Trop tard.", besoin="")
    assert (
        "les réponses sont closes"
        in Client().get(reverse("evaluation-reponse", args=[token_of(told)])).content.decode()
    )


def test_contacts_are_written_to_once_and_no_more_once_it_answered(espace: EspaceDeContrat, equipe: Acces) -> None:
    hers = referent(person("Ida Contact", signs_in=False), espace)
    told = sollicitee(equipe, figee(equipe, espace))
    sollicitee(equipe, told.evaluation)
    (waiting,) = Courriel.objects.filter(genre=contributions.DEMANDE)
    message = write_request(waiting.cible, horloge.now())
    assert not isinstance(message, str)
    assert token_of(told) in message.corps
    contributions.answer(by=None, contribution=told, change="", besoin="Un lieu.")
    assert write_request(waiting.cible, horloge.now()) == "Aucune réponse n’est plus attendue."
    contributions.forget_person(hers.personne)
    assert courriels.of(contributions.DEMANDE, waiting.cible).get().adresse == ""


def test_a_body_that_answered_is_not_asked_again(espace: EspaceDeContrat, equipe: Acces) -> None:
    told = sollicitee(equipe, figee(equipe, espace))
    contributions.answer(by=equipe, contribution=told, change="Plus de familles.", besoin="")
    assert contributions.ask_bodies(by=equipe, evaluation=told.evaluation, organismes=[body("ccas")]) == []
    with pytest.raises(ValidationError, match="un organisme au moins"):
        contributions.ask_bodies(by=equipe, evaluation=told.evaluation, organismes=[])


# What pages and files say


def test_what_cannot_be_told_is_counted_by_its_reason(espace: EspaceDeContrat, equipe: Acces) -> None:
    fiche(espace)
    fiche(espace, "O01-A02", statut="en-cours")
    indicateur(espace)
    orientation(espace, "O02")
    made = partagee(equipe, espace)
    page = words(signed_in(equipe), "evaluation", espace, made.numero)
    for said in (
        "1 action : personne n’a rien dit.",
        "2 orientations : aucun indicateur.",
        "1 indicateur : aucune valeur.",
    ):
        assert said in page


def test_the_list_filters_and_leaves_as_a_file(espace: EspaceDeContrat, equipe: Acces) -> None:
    fiche(espace, statut="en-cours")
    engagement(espace, etat="tenu")
    made = partagee(equipe, espace)
    client = signed_in(equipe)
    answer = client.get(f"{at('evaluation-comparaison-export', espace, made.numero, 'csv')}?sorte=action")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
    assert [(row["Code"], row["Ce qui a bougé"]) for row in rows] == [("O01-A01", "a avancé")]
    refused = client.get(f"{at('evaluation-comparaison-export', espace, made.numero, 'csv')}?sorte=faux")
    assert refused.status_code == 400


def test_the_file_says_its_snapshot_and_what_nobody_judged(espace: EspaceDeContrat, equipe: Acces) -> None:
    made = partagee(equipe, espace)
    page = words(signed_in(equipe), "evaluation-dossier", espace, made.numero)
    assert instantane(made).sha256 in page
    assert "Personne n’a encore apprécié cette orientation." in page
    for format, start in (("pdf", b"%PDF"), ("docx", b"PK")):
        answer = signed_in(equipe).get(at("evaluation-fichier", espace, made.numero, format))
        assert answer.content.startswith(start)


def test_a_second_snapshot_is_compared_with_the_first(espace: EspaceDeContrat, equipe: Acces) -> None:
    one = fiche(espace, statut="en-preparation")
    made = partagee(equipe, espace)
    type(one).objects.filter(pk=one.pk).update(statut="realisee")
    instantanes.freeze(by=equipe, evaluation=made, motif="Six mois après.")
    answer = signed_in(equipe).get(f"{at('evaluation-comparaison', espace, made.numero)}?apres=2&avant=1&sorte=action")
    page = answer.content.decode().replace("\xa0", " ")
    assert "en préparation" in page
    assert "réalisée" in page
    assert "EV1-2" in page


def test_the_public_page_tells_no_value_of_an_indicator_and_what_the_team_keeps(
    espace: EspaceDeContrat, equipe: Acces
) -> None:
    fiche(espace, statut="en-cours")
    engagement(espace, etat="tenu")
    indicateur(espace)
    made = publiee(equipe, espace)
    appreciee(equipe, made, orientation(espace), raisons="Jugement interne.")
    page = words(Client(), "evaluation-publique", espace, made.numero)
    assert "Non publié : les valeurs des indicateurs, les montants et leurs suites." in page
    assert "engagement S01-E01" in page
    assert "Jugement interne" not in page
    EspaceDeContrat.objects.filter(pk=espace.pk).update(publie_engagements=False)
    kept = words(Client(), "evaluation-publique", espace, made.numero)
    assert "engagement S01-E01" not in kept
    assert "l’état des engagements" in kept


def test_a_list_of_nothing_says_so(espace: EspaceDeContrat, equipe: Acces) -> None:
    client = signed_in(equipe)
    assert "Aucune évaluation n’est à lire pour l’instant." in words(client, "evaluations", espace)
    assert "Aucune évaluation n’est publiée pour l’instant." in words(Client(), "evaluations-publiques", espace)
    made = evaluation(equipe, espace, questions=())
    page = words(client, "evaluation", espace, made.numero)
    assert "La situation n’est pas figée pour l’instant." in page
    assert "Aucune question n’est posée pour l’instant." in page
    for name in ("evaluation-comparaison", "evaluation-dossier"):
        assert client.get(at(name, espace, made.numero)).status_code == 404


def test_days_are_in_order(espace: EspaceDeContrat, equipe: Acces) -> None:
    day = horloge.today(espace)
    with pytest.raises(ValidationError, match="après celle de départ"):
        evaluation(equipe, espace, a_figer_le=date(2023, 1, 1))
    with pytest.raises(ValidationError, match="rendue après"):
        evaluation(equipe, espace, a_figer_le=day, a_rendre_le=day - timedelta(days=1))


def test_the_desk_tells_what_is_to_freeze_soon_to_those_who_make_it(espace: EspaceDeContrat, equipe: Acces) -> None:
    day = horloge.today(espace)
    orientation(espace)
    made = evaluation(equipe, espace, a_figer_le=day + timedelta(days=2))
    evaluation(equipe, espace, titre="Plus tard", a_figer_le=day + timedelta(days=400))
    hers = signed_in(acces("Cléo CCAS", Role.PARTENAIRE, espace, of="ccas"))
    others = signed_in(acces("Noé Caf", Role.PARTENAIRE, espace, of="caf"))
    for client in (signed_in(equipe), hers):
        page = words(client, "aujourdhui", espace)
        assert "à figer le" in page
        assert "Plus tard" not in page
    assert "à figer le" not in words(others, "aujourdhui", espace)
    instantanes.freeze(by=equipe, evaluation=made)
    assert "à figer le" not in words(hers, "aujourdhui", espace)
