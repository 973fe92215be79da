"""The page behind a link: what it shows, what it changes, and every way it must not serve."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tenir.acteurs.models import Personne
from tenir.core import horloge
from tenir.core.courriels import send_due
from tenir.core.models import Courriel, EntreeDeTrace
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import acces_of
from tenir.points.models import Destinataire, PointDEtape, Question, RefusDeSollicitation
from tenir.points.services.envoi import close_point, revoke_link, save_point, send_point
from tenir.points.services.lecture import accept, accept_plain, send_back
from tenir.points.services.liens import token_of
from tests.personnes import body, person, referent
from tests.vie import engagement, fiche, indicateur, jalon

PAGES = ("point-reponse", "point-transmettre", "point-ne-plus")
Send = Callable[..., Destinataire]


@pytest.fixture
def send(vallon: EspaceDeContrat, people: dict[str, Personne]) -> Send:
    """Ask « caf », whose contact is Ida, about what it answers for."""
    referent(person("Ida Relais", signs_in=False), vallon, of="caf")
    team = acces_of(people["equipe"])

    def ask(**more: object) -> Destinataire:
        today = timezone.localdate()
        given = {"titre": "Automne", "engagements": True, "indicateurs": True, "mot": "Merci à vous.", **more}
        point = save_point(by=team, espace=vallon, given={"reponse_avant": today + timedelta(days=15), **given})
        send_point(by=team, point=point)
        return Destinataire.objects.select_related("point__espace", "personne").get()

    return ask


@pytest.fixture
def team(people: dict[str, Personne]) -> object:
    return acces_of(people["equipe"])


def url(name: str, asked: Destinataire, *args: object) -> str:
    return reverse(name, args=[token_of(asked), *args])


def read(client: Client, asked: Destinataire, status: int = 200) -> str:
    answer = client.get(url("point-reponse", asked))
    assert answer.status_code == status
    return answer.content.decode().replace("\xa0", " ")


def rows() -> tuple[int, ...]:
    counted = (Personne, Destinataire, RefusDeSollicitation, EntreeDeTrace, Courriel)
    return (*(model.objects.count() for model in counted), Question.objects.waiting().count())


def test_it_shows_what_is_asked_and_what_was_said_last(client: Client, vallon: EspaceDeContrat, send: Send) -> None:
    of = fiche(vallon, pilots=("caf",), statut="en-cours")
    of.nouvelles.create(le=timezone.localdate(), texte="Deux parrainages signés.")
    jalon(of, timezone.localdate() + timedelta(days=9), "première convention")
    engagement(vallon, of="caf")
    indicateur(vallon, organisme=body("caf"), unite="parents")
    html = read(client, send())
    for words in (
        "Bonjour. Trois questions, deux minutes.",
        "« Deux parrainages signés. »",
        "première convention",
        "Engagement S01-E01",
        "Indicateur I01 (parents)",
        "Aucun relevé n’a encore été donné.",
        "Merci à vous.",
        "Trois questions sans réponse.",
    ):
        assert words in html


@pytest.mark.parametrize("method", ["get", "head"])
def test_opening_changes_nothing_however_often_even_by_a_machine(
    client: Client, vallon: EspaceDeContrat, send: Send, method: str
) -> None:
    fiche(vallon, pilots=("caf",))
    asked = send()
    before = rows()
    for name in PAGES * 2:
        assert getattr(client, method)(url(name, asked)).status_code == 200
    for name, args in (("point-repondre", [1]), ("point-rien-de-nouveau", []), ("point-terminer", [])):
        assert getattr(client, method)(url(name, asked, *args)).status_code == 405
    assert rows() == before
    answer = client.get(url("point-reponse", asked))
    assert (answer["Referrer-Policy"], answer["X-Robots-Tag"]) == ("same-origin", "noindex")
    assert "no-store" in answer["Cache-Control"]


def test_five_unchanged_actions_take_two_gestures(client: Client, vallon: EspaceDeContrat, send: Send) -> None:
    for rank in range(1, 6):
        fiche(vallon, f"O01-A0{rank}", pilots=("caf",))
    asked = send(engagements=False, indicateurs=False)
    client.post(url("point-rien-de-nouveau", asked))
    client.post(url("point-terminer", asked))
    assert asked.questions.answered().count() == 5
    assert "Vous avez répondu à tout" in read(client, asked)


def test_one_change_with_a_sentence_is_one_post(client: Client, vallon: EspaceDeContrat, send: Send) -> None:
    fiche(vallon, pilots=("caf",), statut="en-preparation")
    asked = send()
    question = asked.questions.get()
    sent = {f"q{question.pk}-statut": "en-cours", f"q{question.pk}-phrase": "Le lieu a ouvert."}
    answer = client.post(url("point-repondre", asked, question.pk), sent)
    assert answer["Location"].endswith("#fin")
    assert "en cours ; Le lieu a ouvert." in read(client, asked).replace("\u202f", " ")


def test_what_is_wrong_is_shown_with_what_was_typed(client: Client, vallon: EspaceDeContrat, send: Send) -> None:
    fiche(vallon, pilots=("caf",))
    asked = send()
    question = asked.questions.get()
    for sent, told in (
        ({}, "Dites ce qui est nouveau"),
        ({"statut": "abandonnee"}, "Dites pourquoi"),
        ({"statut": "perdue", "phrase": "Texte gardé"}, "Texte gardé"),
    ):
        answer = client.post(
            url("point-repondre", asked, question.pk), {f"q{question.pk}-{name}": value for name, value in sent.items()}
        )
        assert answer.status_code == 422
        assert told in answer.content.decode()
    assert asked.questions.waiting().count() == 1


def test_a_figure_is_typed_in_french(client: Client, vallon: EspaceDeContrat, send: Send) -> None:
    indicateur(vallon, organisme=body("caf"))
    asked = send()
    question = asked.questions.get()
    whole = {"valeur": "1 415,5", "debut": "2026-01-01", "fin": "2026-06-30", "source": "comptage"}

    def post(**more: str) -> int:
        sent = {f"q{question.pk}-{name}": value for name, value in {**whole, **more}.items()}
        return client.post(url("point-repondre", asked, question.pk), sent).status_code

    assert post(valeur="beaucoup") == 422
    assert post() == 302
    assert str(asked.questions.get().valeur) == "1415.5000"


def files(folder: Path) -> list[bytes]:
    return [path.read_bytes() for path in folder.rglob("*") if path.is_file()]


def test_a_file_is_given_replaced_taken_back_and_enters_the_fiche(
    client: Client,
    vallon: EspaceDeContrat,
    send: Send,
    team: object,
    settings,
    tmp_path: Path,
    django_capture_on_commit_callbacks,
) -> None:
    settings.MEDIA_ROOT = tmp_path
    of = fiche(vallon, pilots=("caf",))
    asked = send()
    question = asked.questions.get()

    def post(**sent: object) -> int:
        named = {f"q{question.pk}-{name}": value for name, value in sent.items()}
        with django_capture_on_commit_callbacks(execute=True):
            return client.post(url("point-repondre", asked, question.pk), named).status_code

    assert post(fichier=SimpleUploadedFile("bilan.exe", b"MZ")) == 422
    assert post(fichier=SimpleUploadedFile("bilan.pdf", b"MZ"), phrase="Texte gardé") == 422
    assert files(tmp_path) == []
    assert post(fichier=SimpleUploadedFile("brouillon.txt", b"un")) == 302
    assert post(fichier=SimpleUploadedFile("../bilan.txt", b"deux"), phrase="Le bilan.") == 302
    assert files(tmp_path) == [b"deux"]
    assert "bilan.txt" in read(client, asked)
    assert client.get(url("point-fichier", asked, question.pk)).content == b"deux"
    assert post(phrase="Le bilan, sans changer de fichier.") == 302
    assert files(tmp_path) == [b"deux"]
    assert post(sans_fichier="on", phrase="Sans.") == 302
    assert files(tmp_path) == []
    assert client.get(url("point-fichier", asked, question.pk)).status_code == 404
    assert post(fichier=SimpleUploadedFile("bilan.txt", b"trois")) == 302
    assert accept_plain(by=team, point=asked.point).acceptees == []
    accept(by=team, question=question)
    piece = of.pieces.get()
    assert (piece.nom, Path(piece.fichier.path).read_bytes(), piece.ajoutee_par) == (
        "bilan.txt",
        b"trois",
        asked.personne,
    )


def test_the_file_of_an_answer_about_a_promise_becomes_its_proof(
    client: Client, vallon: EspaceDeContrat, send: Send, team: object, settings, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = tmp_path
    of = engagement(vallon, of="caf")
    asked = send()
    question = asked.questions.get()
    given = {f"q{question.pk}-fichier": SimpleUploadedFile("bilan.txt", b"vu")}
    client.post(url("point-repondre", asked, question.pk), given)
    accept(by=team, question=question)
    assert Path(of.preuves.get().fichier.path).read_bytes() == b"vu"


def test_the_file_of_an_answer_is_not_that_of_another_link(
    client: Client, vallon: EspaceDeContrat, send: Send, settings, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = tmp_path
    fiche(vallon, pilots=("caf",))
    asked = send()
    question = asked.questions.get()
    given = {f"q{question.pk}-fichier": SimpleUploadedFile("bilan.txt", b"vu")}
    client.post(url("point-repondre", asked, question.pk), given)
    colleague = person("Ugo Autre", signs_in=False)
    other = asked.point.destinataires.create(personne=colleague, expire_le=asked.expire_le)
    assert client.get(url("point-fichier", other, question.pk)).status_code == 404


def test_a_colleague_receives_a_link_and_the_first_one_reads(
    client: Client, vallon: EspaceDeContrat, send: Send, settings
) -> None:
    fiche(vallon, pilots=("caf",))
    asked = send()
    assert client.post(url("point-transmettre", asked), {"nom": "", "email": "non"}).status_code == 422
    client.post(url("point-transmettre", asked), {"nom": "Ugo Essai", "email": "ugo@exemple.test"})
    other = Destinataire.objects.get(personne__nom="Ugo Essai")
    html = read(client, asked)
    assert "vous pouvez encore lire les réponses" in html
    assert "Rien de nouveau" not in html
    client.post(url("point-rien-de-nouveau", asked))
    assert other.questions.waiting().count() == 1
    client.post(url("point-rien-de-nouveau", other))
    assert "rien de nouveau" in read(client, asked)
    send_due(timezone.now())
    assert settings.ADRESSE + url("point-reponse", other) in mail.outbox[-1].body


def test_whoever_asks_to_be_left_alone_receives_no_reminder(
    client: Client, vallon: EspaceDeContrat, send: Send
) -> None:
    fiche(vallon, pilots=("caf",))
    tomorrow = timezone.localdate() + timedelta(days=1)
    asked = send(rappel_1_le=tomorrow)
    send_due(timezone.now())
    client.post(url("point-ne-plus", asked))
    send_due(timezone.now() + timedelta(days=3))
    assert len(mail.outbox) == 1
    assert RefusDeSollicitation.objects.get().personne == asked.personne


def test_reminders_stop_on_answer_and_a_receipt_leaves(client: Client, vallon: EspaceDeContrat, send: Send) -> None:
    fiche(vallon, pilots=("caf",))
    days = [timezone.localdate() + timedelta(days=n) for n in (2, 5)]
    asked = send(rappel_1_le=days[0], rappel_2_le=days[1])
    send_due(timezone.now())
    send_due(timezone.now() + timedelta(days=3))
    client.post(url("point-rien-de-nouveau", asked))
    client.post(url("point-terminer", asked))
    send_due(timezone.now() + timedelta(days=6))
    told = [message.subject.removeprefix("Contrat vallon : ").split(",")[0] for message in mail.outbox]
    assert told == ["une question", "rappel", "vos réponses sont reçues (Automne)"]
    assert "rien de nouveau" in mail.outbox[-1].body


def test_a_question_back_leaves_by_the_same_link(
    client: Client, vallon: EspaceDeContrat, send: Send, team: object
) -> None:
    fiche(vallon, pilots=("caf",))
    asked = send()
    question = asked.questions.get()
    client.post(url("point-repondre", asked, question.pk), {f"q{question.pk}-phrase": "Presque."})
    send_back(by=team, question=question, retour="Combien d’ateliers ?")
    assert "Combien d’ateliers" in read(client, asked)
    send_due(timezone.now())
    assert "Combien d’ateliers" in mail.outbox[-1].body


def test_what_the_team_accepted_of_others_shows_and_the_rest_does_not(
    client: Client, vallon: EspaceDeContrat, send: Send, team: object
) -> None:
    other = referent(person("Ugo Autre", signs_in=False), vallon, of="ccas").personne
    fiche(vallon, pilots=("caf", "ccas"))
    send_point_to_both = pytest.raises(Destinataire.MultipleObjectsReturned)
    with send_point_to_both:
        send()
    hers, his = (Destinataire.objects.get(personne__nom="Ida Relais"), Destinataire.objects.get(personne=other))
    question = his.questions.get()
    client.post(url("point-repondre", his, question.pk), {f"q{question.pk}-phrase": "Douze ateliers tenus."})
    assert "Douze ateliers" not in read(client, hers)
    accept_plain(by=team, point=PointDEtape.objects.get())
    assert "Douze ateliers" in read(client, hers)


def test_a_link_that_serves_no_more_says_so(client: Client, vallon: EspaceDeContrat, send: Send, team: object) -> None:
    fiche(vallon, pilots=("caf",))
    asked = send()
    close_point(by=team, point=asked.point)
    assert "est clos" in read(client, asked)
    before = rows()
    client.post(url("point-rien-de-nouveau", asked))
    assert rows() == before
    PointDEtape.objects.update(clos_le=None)
    past = timezone.now() - timedelta(days=30)
    Destinataire.objects.update(cree_le=past, expire_le=past + timedelta(days=21))
    assert "a expiré" in read(client, asked, status=410)
    Destinataire.objects.update(expire_le=timezone.now() + timedelta(days=1))
    revoke_link(by=team, destinataire=asked)
    assert "révoqué" in read(client, asked, status=410)


def test_a_forged_link_says_nothing_of_anyone(client: Client, vallon: EspaceDeContrat, send: Send) -> None:
    fiche(vallon, pilots=("caf",))
    asked = send()
    for wrong in (f"{asked.pk}-{'0' * 64}", "x", f"{asked.pk}"):
        answer = client.get(f"/point/{wrong}/")
        assert answer.status_code == 404
        assert "Ida" not in answer.content.decode()


def test_a_person_changed_between_the_preview_and_the_mail_receives_nothing(
    client: Client, vallon: EspaceDeContrat, send: Send
) -> None:
    fiche(vallon, pilots=("caf",))
    asked = send()
    asked.personne.referents.update(au=timezone.localdate() - timedelta(days=1))
    send_due(timezone.now())
    assert not mail.outbox


def test_a_fictitious_contract_says_so_in_its_messages(client: Client, vallon: EspaceDeContrat, send: Send) -> None:
    EspaceDeContrat.objects.filter(pk=vallon.pk).update(fictif=True)
    fiche(vallon, pilots=("caf",))
    send()
    send_due(timezone.now())
    assert mail.outbox[0].subject.startswith("[fictif]")
    assert "fictif" in mail.outbox[0].body


def test_the_page_takes_as_many_queries_for_one_question_as_for_twelve(
    client: Client, vallon: EspaceDeContrat, send: Send
) -> None:
    fiche(vallon, pilots=("caf",))
    engagement(vallon, of="caf")
    indicateur(vallon, organisme=body("caf"))
    asked = send()

    def count() -> int:
        with CaptureQueriesContext(connection) as caught:
            read(client, asked)
        return len(caught)

    few = count()
    for rank in range(2, 12):
        asked.questions.create(ordre=rank, fiche=fiche(vallon, f"O01-A{rank:02}", pilots=("caf",)))
    assert count() == few


def test_the_end_says_what_became_of_the_answers_of_the_last_time(client: Client, vallon: EspaceDeContrat) -> None:
    now, someone = horloge.now(), person("Ida Deux-Fois", signs_in=False)
    links = []
    for rank, (titre, etat) in enumerate([("Printemps", "acceptee"), ("Automne", "repondue")]):
        sent = now - timedelta(days=90 * (1 - rank))
        point = PointDEtape.objects.create(
            espace=vallon, titre=titre, reponse_avant=horloge.today(), cree_par=someone, envoye_le=sent
        )
        asked = Destinataire.objects.create(point=point, personne=someone, expire_le=now + timedelta(days=9))
        of = fiche(vallon, f"O01-A0{rank + 7}")
        Question.objects.create(
            destinataire=asked, ordre=1, fiche=of, etat=etat, phrase=f"Dit au {titre}.", repondu_le=now, traitee_le=now
        )
        links.append(reverse("point-fin", args=[token_of(asked)]))
    first, last = (client.get(link).content.decode().replace("\xa0", " ") for link in links)
    assert "Dit au Automne." in last
    assert "pas encore lue par l’équipe" in last
    assert "Dit au Printemps." in last
    assert "acceptée : elle est dans le suivi du contrat" in last
    assert "Dit au Automne." not in first
    assert "La prochaine fois" in first
    Question.objects.filter(phrase="Dit au Printemps.").update(etat="ecartee", pourquoi="Un autre service l’a dit.")
    aside = client.get(links[1]).content.decode().replace("\xa0", " ")
    assert "écartée par l’équipe : elle n’est pas dans le suivi" in aside
    assert "« Un autre service l’a dit. »" in aside
