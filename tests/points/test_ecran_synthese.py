"""The screens of the synthesis: seen before, frozen once, read by those of the contract, in Word and in PDF."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tenir.habilitations.models import EspaceDeContrat
from tenir.points.models import Destinataire, PointDEtape, Question
from tests.pages import html_of
from tests.vie import fiche, frozen_point, point_asked

As = Callable[[str], Client]


def to(name: str, espace: EspaceDeContrat, *args: object) -> str:
    return reverse(name, args=[espace.slug, *args])


def text(client: Client, url: str, status: int = 200) -> str:
    found = client.get(url)
    assert found.status_code == status
    return html_of(found).replace("\xa0", " ").replace("\u202f", " ")


@pytest.fixture
def closed(vallon: EspaceDeContrat) -> int:
    """A point d'étape closed without any answer."""
    number, _, _ = point_asked(vallon)
    now = timezone.now()
    PointDEtape.objects.update(envoye_le=now, clos_le=now)
    return number


def test_the_team_sees_it_freezes_it_and_it_changes_no_more(as_: As, vallon: EspaceDeContrat, closed: int) -> None:
    client, url = as_("equipe"), to("point-synthese-figer", vallon, closed)
    assert "Préparer la synthèse" in text(client, to("point", vallon, closed))
    assert "Synthèses à figer" in text(client, to("aujourdhui", vallon))
    assert "Figer cette synthèse" in text(client, url)
    client.post(url)
    html = text(client, to("point-synthese", vallon, closed))
    assert "O09-A09" in html
    assert PointDEtape.objects.get().synthese_sha256 in html
    assert "Synthèses à figer" not in text(client, to("aujourdhui", vallon))
    Question.objects.all().delete()
    assert "O09-A09" in text(client, to("point-synthese", vallon, closed))
    assert client.get(url).url == client.post(url).url == to("point-synthese", vallon, closed)


def test_an_answer_to_read_and_an_open_point_stop_it(as_: As, vallon: EspaceDeContrat, closed: int) -> None:
    client, url = as_("equipe"), to("point-synthese-figer", vallon, closed)
    asked = Destinataire.objects.get()
    Question.objects.update(etat="repondue", repondu_le=timezone.now(), repondu_par=asked.personne)
    html = text(client, url)
    assert "2 réponses attendent d’être lues" in html
    assert "Figer cette synthèse" not in html
    assert client.post(url).url == url
    PointDEtape.objects.update(clos_le=None)
    assert "une fois le point d’étape clos" in text(client, url)
    assert PointDEtape.objects.get().synthese_le is None


def test_a_partner_finds_it_from_the_figures_and_only_once_frozen(
    as_: As, vallon: EspaceDeContrat, closed: int
) -> None:
    client = as_("partenaire")
    assert client.get(to("point-synthese", vallon, closed)).status_code == 404
    assert "points d’étape" not in text(client, to("chiffres", vallon))
    number = frozen_point(vallon)
    assert to("point-synthese", vallon, number) in text(client, to("chiffres", vallon))
    html = text(client, to("point-synthese", vallon, number))
    assert "Le contrat en chiffres" in html
    assert to("point", vallon, number) + '"' not in html


@pytest.mark.parametrize(("format", "head"), [("docx", b"PK"), ("pdf", b"%PDF-")])
def test_it_leaves_as_word_and_as_pdf(as_: As, vallon: EspaceDeContrat, format: str, head: bytes) -> None:
    answer = as_("lecture").get(to("point-synthese-fichier", vallon, frozen_point(vallon), format))
    assert answer.content.startswith(head)
    assert answer["Content-Disposition"] == f'attachment; filename="vallon-synthese-Hiver.{format}"'


def test_an_unknown_format_does_not_exist(as_: As, vallon: EspaceDeContrat) -> None:
    assert as_("lecture").get(to("point-synthese-fichier", vallon, frozen_point(vallon), "txt")).status_code == 404


def test_one_that_was_altered_is_not_shown(as_: As, vallon: EspaceDeContrat) -> None:
    number = frozen_point(vallon)
    PointDEtape.objects.update(synthese_sha256="0" * 64)
    assert "son empreinte a changé" in text(as_("lecture"), to("point-synthese", vallon, number), status=409)


def test_a_synthesis_of_many_actions_is_one_row_each(as_: As, vallon: EspaceDeContrat, closed: int) -> None:
    asked = Destinataire.objects.get()
    for rank in range(1, 6):
        asked.questions.create(ordre=rank + 1, fiche=fiche(vallon, f"O01-A0{rank}", pilots=("caf",)))
    html = text(as_("equipe"), to("point-synthese-figer", vallon, closed))
    assert html.count('<th scope="row" class="code">O0') == 6
