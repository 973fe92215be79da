"""A comment from its writing to its withdrawal: who reads it, who is told, what is undone, what is forgotten."""

from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from tenir.acteurs.models import Personne
from tenir.commentaires import oubli
from tenir.commentaires.ecrans.bloc import novelties
from tenir.commentaires.lecteurs import readers_of
from tenir.commentaires.models import Commentaire, PersonneCitee
from tenir.commentaires.services import commentaires as services
from tenir.commentaires.services.commentaires import correct, unheard, withdraw, write
from tenir.commentaires.services.liens import LienClos, answer, take_back, token_of, why_closed
from tenir.core import horloge
from tenir.core.courriels import send_due
from tenir.core.marques import Perime
from tenir.core.models import Courriel, EntreeDeTrace
from tenir.core.oubli import Marques
from tenir.ecran.annulation.annuler import undo
from tenir.ecran.models import Geste
from tenir.engagements.models import SuiviDEngagement
from tenir.fiches.models import FicheAction
from tenir.habilitations.models import EspaceDeContrat, Referent
from tenir.habilitations.rights import Acces, Refus, acces_of
from tenir.points.models import Question
from tests.commentaires.paroles import citee, commentaire
from tests.partage import shared
from tests.personnes import body, contract, person, referent
from tests.vallon import people_of
from tests.vie import engagement, fiche, point_asked

pytestmark = pytest.mark.deux_bases

As = Callable[[str], Client]


@dataclass
class Scene:
    """An action carried by « caf », a promise of « ccas », an answer; everyone of the contract."""

    espace: EspaceDeContrat
    people: dict[str, Personne]
    fiche: FicheAction
    engagement: SuiviDEngagement
    question: Question

    def by(self, who: str) -> Acces:
        return acces_of(self.people[who])


@pytest.fixture(scope="module")
def _made(django_db_setup: None, django_db_blocker) -> Iterator[Scene]:
    def make() -> Scene:
        espace = contract("vallon", etat="signe")
        question = Question.objects.with_things().get(pk=point_asked(espace)[2])
        people = people_of(espace, contract("colline"))
        return Scene(espace, people, fiche(espace, pilots=("caf",)), engagement(espace, of="ccas"), question)

    with shared(django_db_blocker, make) as made:
        yield made


@pytest.fixture
def scene(_made: Scene, db: None) -> Scene:
    return deepcopy(_made)


@pytest.fixture(name="vallon")
def _vallon(scene: Scene) -> EspaceDeContrat:
    return scene.espace


@pytest.fixture(name="people")
def _people(scene: Scene) -> dict[str, Personne]:
    return scene.people


def page(client: Client, url: str) -> str:
    return client.get(url).content.decode().replace("\xa0", " ")


def url_of(scene: Scene) -> str:
    return reverse("fiche", args=[scene.espace.slug, scene.fiche.code])


def sent() -> list[tuple[list[str], str]]:
    send_due(horloge.now())
    return [(one.to, str(one.body).replace("\xa0", " ")) for one in mail.outbox]


def test_a_partner_comments_in_the_page_and_all_who_have_a_role_read_it(scene: Scene, as_: As) -> None:
    client = as_("partenaire")
    assert "Personne n’a encore commenté." in page(client, url_of(scene))
    told = reverse("commentaire-nouveau", args=[scene.espace.slug, "action", scene.fiche.code])
    client.get(told)
    answered = client.post(told, {"texte": "Qui ouvre ?", "citer": [scene.people["equipe"].pk]}, follow=True)
    assert "Qui ouvre\u202f?" in answered.content.decode()
    assert "Annuler" in answered.content.decode()
    for who in ("lecture", "copilote", "equipe"):
        assert "Qui ouvre\u202f?" in page(as_(who), url_of(scene))
    assert 'action="/espace/vallon/commentaires' not in page(as_("lecture"), url_of(scene))
    ((to, words),) = sent()
    assert to == [scene.people["equipe"].email]
    assert "Qui ouvre ?" in words
    assert f"{url_of(scene)}#commentaires" in words


@pytest.mark.parametrize("who", ["lecture", "voisin"])
def test_who_only_reads_does_not_comment(scene: Scene, who: str) -> None:
    with pytest.raises(Refus):
        commentaire(scene.by(who), scene.fiche)


def test_an_answer_is_commented_by_the_team_alone(scene: Scene, as_: As) -> None:
    with pytest.raises(Refus):
        commentaire(scene.by("partenaire"), scene.question)
    made = commentaire(scene.by("equipe"), scene.question, "À relire.")
    assert made.niveau == Commentaire.Pour.EQUIPE
    url = reverse("point-lire", args=[scene.espace.slug, scene.question.destinataire.point_id, scene.question.pk])
    assert "À relire." in page(as_("equipe"), url)
    named = [reverse(f"commentaire-{end}", args=[scene.espace.slug, made.pk]) for end in ("corriger", "retirer")]
    assert [as_("partenaire").get(one).status_code for one in named] == [403, 403]


def test_only_those_who_read_the_thing_are_told(scene: Scene) -> None:
    ida = referent(person("Ida Relais", signs_in=False), scene.espace, of="caf").personne
    zoe = referent(person("Zoé Ailleurs", signs_in=False), scene.espace, of="bailleur").personne
    asked = scene.question.destinataire.personne
    of_the_action, of_the_answer = readers_of(scene.fiche), readers_of(scene.question)
    roles = {scene.people[who].pk for who in ("equipe", "partenaire", "copilote", "lecture")}
    assert of_the_action.keys() == roles | {ida.pk}
    assert [one.personne for one in of_the_action.values() if one.par_lien] == [ida]
    assert of_the_answer.keys() == {scene.people["equipe"].pk, asked.pk}
    for wrong in (zoe.pk, scene.people["voisin"].pk, asked.pk):
        with pytest.raises(ValidationError, match="qui lisent ceci"):
            commentaire(scene.by("equipe"), scene.fiche, "Bonjour.", wrong)


def test_contacts_are_told_by_those_who_know_them_and_named_to_them_alone(scene: Scene, as_: As) -> None:
    ida = referent(person("Ida Relais", signs_in=False), scene.espace, of="caf").personne
    with pytest.raises(ValidationError, match="qui lisent ceci"):
        commentaire(scene.by("partenaire"), scene.fiche, "Bonjour.", ida.pk)
    commentaire(scene.by("copilote"), scene.fiche, "Bonjour.", ida.pk)
    assert "Prévenus : Ida Relais" in page(as_("equipe"), url_of(scene))
    assert "Prévenus" not in page(as_("partenaire"), url_of(scene))


def test_a_name_after_an_at_sign_tells_as_a_box_does(scene: Scene) -> None:
    made = commentaire(scene.by("equipe"), scene.engagement, "@cléo  relais, et @Inconnu : qui ouvre ?")
    assert [one.personne for one in made.personnes_citees.all()] == [scene.people["partenaire"]]


def test_a_name_after_an_at_sign_that_calls_nobody_is_said(scene: Scene, as_: As) -> None:
    said = "@cléo  relais, et @Inconnu Total : à nina@exemple.test ?"
    assert unheard(scene.by("equipe"), scene.fiche, said) == ["Inconnu Total"]
    url = reverse("commentaire-nouveau", args=[scene.espace.slug, "action", scene.fiche.code])
    sent = as_("equipe").post(url, {"texte": "@Inconnu, qui ouvre ?"}, follow=True)
    assert "« @Inconnu » n’a prévenu personne" in sent.content.decode().replace("\xa0", " ")


def test_someone_without_account_answers_by_her_link_and_the_writer_is_told(scene: Scene, client: Client) -> None:
    told = citee(scene.by("equipe"), scene.fiche)
    link = reverse("commentaire", args=[token_of(told)])
    ((to, words),) = sent()
    assert (to, link in words) == ([told.personne.email], True)
    shown = client.get(link)
    assert "no-store" in shown["Cache-Control"]
    client.post(link, {"texte": "C’est nous."})
    made = Commentaire.objects.get(par_lien=True)
    assert (made.auteur, str(made.pour), made.repond_a) == (told.personne, "CAF", told.commentaire)
    assert sent()[-1][0] == [scene.people["equipe"].email]
    assert "répond à votre commentaire" in sent()[-1][1]
    assert "Reprendre ma réponse" in page(client, link)
    client.post(reverse("commentaire-reprendre", args=[token_of(told)]), {"numero": made.pk})
    assert not Commentaire.objects.filter(par_lien=True).exists()
    champs = EntreeDeTrace.objects.filter(champ__startswith="commentaire n° ").order_by("rang")
    assert [one.apres for one in champs] == ["écrit", "écrit", "repris"]


def test_a_link_closes_when_she_is_no_more_a_contact_or_the_comment_is_withdrawn(scene: Scene) -> None:
    told = citee(scene.by("equipe"), scene.fiche)
    assert not why_closed(told)
    Referent.objects.update(au=horloge.today())
    assert "plus un contact" in why_closed(told)
    Referent.objects.update(au=None)
    withdraw(by=scene.by("equipe"), commentaire=told.commentaire, motif="Hors sujet.")
    found = PersonneCitee.objects.get(pk=told.pk)
    assert why_closed(found) == "L’équipe a retiré ce commentaire : Hors sujet."
    with pytest.raises(LienClos):
        answer(citee=told, texte="Trop tard.")
    assert sent() == []


def test_a_link_answers_what_was_read(scene: Scene) -> None:
    told = citee(scene.by("equipe"), scene.fiche)
    correct(by=scene.by("equipe"), commentaire=told.commentaire, texte="Qui ferme la salle ?")
    with pytest.raises(Perime):
        answer(citee=told, texte="Nous.", lu={"commentaire": "Qui ouvre la salle ?"})


def test_a_comment_is_taken_back_by_the_undo_and_its_message_does_not_leave(scene: Scene) -> None:
    by = scene.by("partenaire")
    commentaire(by, scene.fiche, "Trop vite.", scene.people["equipe"].pk)
    undo(by=by, geste=Geste.objects.get())
    assert not Commentaire.objects.exists()
    assert sent() == []
    assert Courriel.objects.get().etat == Courriel.Etat.ANNULE


def test_a_comment_is_corrected_by_its_author_for_ten_minutes(scene: Scene, as_: As) -> None:
    by = scene.by("partenaire")
    made = commentaire(by, scene.fiche, "Qui ouvr ?")
    with pytest.raises(Refus):
        correct(by=scene.by("equipe"), commentaire=made, texte="Autre.")
    with pytest.raises(Perime):
        correct(by=by, commentaire=made, texte="Autre.", lu={"commentaire": "Lu avant"})
    correct(by=by, commentaire=made, texte="Qui ouvre ?")
    assert "corrigé depuis" in page(as_("lecture"), url_of(scene))
    Commentaire.objects.update(ecrit_le=horloge.now() - timedelta(minutes=11))
    with pytest.raises(ValidationError, match="pendant dix minutes"):
        correct(by=by, commentaire=made, texte="Encore.")
    url = reverse("commentaire-corriger", args=[scene.espace.slug, made.pk])
    assert "pendant dix minutes" in page(as_("partenaire"), url)
    assert "par qui l’a écrit" in page(as_("copilote"), url)


def test_the_team_withdraws_a_comment_and_its_reason_stands_in_its_place(scene: Scene, as_: As) -> None:
    made = commentaire(scene.by("partenaire"), scene.fiche, "De trop.")
    with pytest.raises(Refus):
        withdraw(by=scene.by("partenaire"), commentaire=made, motif="Mien.")
    client = as_("equipe")
    url = reverse("commentaire-retirer", args=[scene.espace.slug, made.pk])
    client.get(url)
    assert client.post(url, {"motif": ""}).status_code == 422
    client.post(url, {"motif": "Hors sujet."})
    shown = page(as_("lecture"), url_of(scene))
    assert "De trop." not in shown
    assert "Hors sujet." in shown
    assert EntreeDeTrace.objects.order_by("rang").last().motif == "Hors sujet."  # type: ignore[union-attr]
    with pytest.raises(ValidationError, match="déjà retiré"):
        withdraw(by=scene.by("equipe"), commentaire=made, motif="Encore.")
    undo(by=scene.by("equipe"), geste=Geste.objects.latest("pk"))
    assert Commentaire.objects.get().texte == "De trop."


@pytest.mark.parametrize("texte", ["", "   ", "x" * 1501])
def test_a_comment_says_something_and_no_more_than_a_page(scene: Scene, texte: str) -> None:
    with pytest.raises(ValidationError):
        commentaire(scene.by("equipe"), scene.fiche, texte)


def test_nobody_writes_more_than_a_few_in_an_hour(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(services, "MOST_IN_AN_HOUR", 2)
    monkeypatch.setattr(services, "MOST_CITED", 1)
    with pytest.raises(ValidationError, match="au plus"):
        commentaire(scene.by("equipe"), scene.fiche, "Deux.", *readers_of(scene.engagement))
    for _ in range(2):
        commentaire(scene.by("equipe"), scene.fiche)
    with pytest.raises(ValidationError, match="en une heure"):
        commentaire(scene.by("equipe"), scene.fiche)


def test_what_others_said_is_new_to_whom_it_concerns(scene: Scene) -> None:
    since = horloge.now() - timedelta(minutes=1)
    by = scene.by("equipe")
    commentaire(by, scene.fiche, "Sur l’action.")
    commentaire(by, scene.engagement, "Sur l’engagement.")
    commentaire(by, scene.question, "Sur la réponse.")
    commentaire(by, fiche(scene.espace, "O01-A02"), "À Dan.", scene.people["lecture"].pk)

    def told(who: str) -> set[str]:
        return {one.quoi.split(":\xa0")[-1].split(": ")[-1] for one in novelties(scene.by(who), scene.espace, since)}

    assert told("copilote") == {"Sur l’action.", "Sur l’engagement.", "À Dan."}
    assert told("partenaire") == {"Sur l’engagement."}
    assert "À Dan." in told("lecture")
    assert told("equipe") == set()


def test_someone_erased_is_told_no_more_and_takes_away_what_is_hers(scene: Scene) -> None:
    told = citee(scene.by("equipe"), scene.fiche)
    answer(citee=told, texte="C’est nous.")
    written, received = oubli.known(told.personne)
    assert [row[-1] for row in written.lignes] == ["C’est nous."]
    assert [row[-1] for row in received.lignes] == ["Qui ouvre la salle ?"]
    oubli.forget(told.personne, Marques((), (), (), unique=False))
    assert not PersonneCitee.objects.filter(personne=told.personne).exists()
    assert told.personne.email not in [to for (to, *_), _words in sent()]
    assert Commentaire.objects.filter(auteur=told.personne).exists()


def test_an_answer_is_taken_back_for_ten_minutes_and_only_hers(scene: Scene) -> None:
    told, other = citee(scene.by("equipe"), scene.fiche), None
    made = answer(citee=told, texte="C’est nous.")
    other = write(by=scene.by("equipe"), chose=scene.fiche, texte="Merci.")
    with pytest.raises(LienClos, match="n’est plus là"):
        take_back(citee=told, numero=other.pk)
    assert Commentaire.objects.count() == 3
    Commentaire.objects.filter(pk=made.pk).update(ecrit_le=horloge.now() - timedelta(minutes=11))
    with pytest.raises(LienClos, match="pendant dix minutes"):
        take_back(citee=told, numero=made.pk)


def test_bodies_of_a_promise_are_those_who_signed_it(scene: Scene) -> None:
    found = referent(person("Noé Signataire", signs_in=False), scene.espace, of="ccas").personne
    assert readers_of(scene.engagement)[found.pk].organisation == body("ccas")
