"""The screens of promises: the list, the page of one, what each may say of it."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tenir.acteurs.models import Personne
from tenir.core import horloge
from tenir.core.models import EntreeDeTrace
from tenir.ecran.annulation.menage import clean
from tenir.engagements.models import SuiviDEngagement
from tenir.engagements.services.preuves import add_preuve
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Refus, acces_of
from tests.formulaires import fill
from tests.vie import engagement, fiche, indicateur

pytestmark = pytest.mark.deux_bases

As = Callable[[str], Client]


def to(name: str, espace: EspaceDeContrat, *args: object) -> str:
    return reverse(name, args=[espace.slug, *args])


def text(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200
    return answer.content.decode().replace("\xa0", " ")


def test_where_nothing_is_announced_it_is_said(as_: As, vallon: EspaceDeContrat) -> None:
    engagement(vallon, of="caf")
    html = text(as_("lecture"), to("suivi-engagement", vallon, "S01-E01"))
    for words in ("rien n’est annoncé", "Aucune preuve", "Personne n’en a encore rien dit", "Non fourni"):
        assert words in html
    assert "Dire où il en est" not in html


def test_a_signatory_says_where_its_promise_stands_in_one_gesture(as_: As, vallon: EspaceDeContrat) -> None:
    of = engagement(vallon, of="ccas")
    client, url = as_("partenaire"), to("suivi-engagement-dire", vallon, of.code)
    answer = fill(client, url, etat="tenu", texte="Le lieu est ouvert.")
    assert answer.status_code == 302
    html = text(client, to("suivi-engagement", vallon, of.code))
    assert "tenu" in html
    assert "Le lieu est ouvert." in html


@pytest.mark.parametrize(
    ("given", "told"), [({"etat": ""}, "Dites où en est"), ({"etat": "non-tenu"}, "Dites pourquoi")]
)
def test_what_says_nothing_is_refused(as_: As, vallon: EspaceDeContrat, given: dict, told: str) -> None:
    of = engagement(vallon, of="ccas")
    answer = fill(as_("partenaire"), to("suivi-engagement-dire", vallon, of.code), **given)
    assert answer.status_code == 422
    assert told in answer.content.decode().split("avis-titre")[1]
    of.refresh_from_db()
    assert of.etat == ""


def test_a_partner_does_not_touch_the_promise_of_another(as_: As, vallon: EspaceDeContrat) -> None:
    of = engagement(vallon, of="caf", difficultes="Le poste est vacant.")
    client = as_("partenaire")
    for name in (
        "suivi-engagement-dire",
        "suivi-engagement-definir",
        "suivi-engagement-rattacher",
        "suivi-engagement-preuve-nouvelle",
    ):
        assert client.get(to(name, vallon, of.code)).status_code == 403
    assert "vacant" not in text(client, to("suivi-engagement", vallon, of.code))
    assert "vacant" in text(as_("equipe"), to("suivi-engagement", vallon, of.code))


def test_two_people_on_one_promise_the_second_chooses(as_: As, vallon: EspaceDeContrat) -> None:
    of = engagement(vallon, of="ccas")
    client, url = as_("equipe"), to("suivi-engagement-dire", vallon, of.code)
    client.get(url)
    SuiviDEngagement.objects.filter(pk=of.pk).update(etat="en-cours", etat_depuis=date(2026, 9, 1), version=2)
    sent = {"etat": "tenu", "initial-etat": "", "version": "1"}
    answer = client.post(url, sent)
    assert answer.status_code == 409
    assert "Écrire la mienne" in answer.content.decode()


def test_the_team_says_what_is_awaited_and_links(as_: As, vallon: EspaceDeContrat) -> None:
    of, followed, measured = engagement(vallon, of="caf"), fiche(vallon), indicateur(vallon)
    client = as_("equipe")
    fill(
        client, to("suivi-engagement-definir", vallon, of.code), jugement="Un bilan annuel.", attendu_pour="2026-06-30"
    )
    linked = {"actions": [followed.action.pk], "indicateurs": [measured.indicateur.pk]}
    client.post(to("suivi-engagement-rattacher", vallon, of.code), linked)
    html = text(client, to("suivi-engagement", vallon, of.code))
    for words in ("Un bilan annuel.", "30 juin 2026", "Action O01-A01", "Indicateur I01"):
        assert words in html
    assert "S01-E01" in text(client, to("suivi-engagements", vallon) + "?retard=oui")


def test_a_proof_is_a_link_or_a_figure_with_its_source(as_: As, vallon: EspaceDeContrat) -> None:
    of = engagement(vallon, of="ccas")
    client, url = as_("partenaire"), to("suivi-engagement-preuve-nouvelle", vallon, of.code)
    for wrong in ({"titre": "Rien"}, {"titre": "Nu", "chiffre": "12"}, {"titre": "X", "lien": "javascript:alert(1)"}):
        assert client.post(url, wrong).status_code == 422
    client.post(url, {"titre": "Permanences", "chiffre": "12", "source": "registre du CCAS"})
    html = text(client, to("suivi-engagement", vallon, of.code))
    assert "registre du CCAS" in html
    client.post(to("suivi-engagement-preuve-retirer", vallon, of.code, of.preuves.get().pk))
    assert not of.preuves.exists()
    assert EntreeDeTrace.objects.filter(champ="preuve « Permanences »").count() == 2


def test_a_proof_may_be_a_file_and_the_file_goes_with_it(
    as_: As, vallon: EspaceDeContrat, settings, tmp_path: Path, django_capture_on_commit_callbacks
) -> None:
    settings.MEDIA_ROOT = tmp_path
    of = engagement(vallon, of="ccas")
    client, url = as_("partenaire"), to("suivi-engagement-preuve-nouvelle", vallon, of.code)
    refused = client.post(url, {"fichier": SimpleUploadedFile("bilan.pdf", b"MZ")})
    assert (refused.status_code, "n’est pas un vrai" in refused.content.decode()) == (422, True)
    both = {"fichier": SimpleUploadedFile("a.txt", b"a"), "lien": "https://exemple.test/"}
    assert client.post(url, both).status_code == 422
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
    client.post(url, {"fichier": SimpleUploadedFile("bilan.txt", b"Douze permanences")})
    proof = of.preuves.get()
    assert proof.titre == "bilan.txt"
    assert "bilan.txt" in text(client, to("suivi-engagement", vallon, of.code))
    answer = as_("lecture").get(to("suivi-engagement-preuve", vallon, of.code, proof.pk))
    assert (answer.content, answer["Content-Disposition"]) == (b"Douze permanences", 'attachment; filename="bilan.txt"')
    with django_capture_on_commit_callbacks(execute=True):
        as_("partenaire").post(to("suivi-engagement-preuve-retirer", vallon, of.code, proof.pk))
        assert as_("lecture").get(to("suivi-engagement-preuve", vallon, of.code, proof.pk)).status_code == 404
        clean(horloge.now() + timedelta(minutes=11))
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_a_proof_of_elsewhere_is_refused_by_the_service(vallon: EspaceDeContrat, people: dict[str, Personne]) -> None:
    of = engagement(vallon, of="caf")
    with pytest.raises(Refus):
        add_preuve(by=acces_of(people["partenaire"]), suivi=of, titre="X", lien="https://exemple.test/")
    with pytest.raises(ValidationError):
        add_preuve(by=acces_of(people["equipe"]), suivi=of, titre="X")


@pytest.mark.parametrize(
    ("query", "codes"),
    [
        ("etat=tenu", ["S01-E01"]),
        ("etat=aucun", ["S02-E01"]),
        ("signataire=S02", ["S02-E01"]),
        ("signataire=moi", ["S02-E01"]),
        ("q=S01", ["S01-E01"]),
        ("retard=oui", []),
    ],
)
def test_the_list_filters_and_leaves_as_a_file(as_: As, vallon: EspaceDeContrat, query: str, codes: list[str]) -> None:
    engagement(vallon, "S01-E01", of="caf", etat="tenu")
    engagement(vallon, "S02-E01", of="ccas")
    rows = (
        as_("partenaire").get(to("suivi-engagements-export", vallon, "csv") + f"?{query}").content.decode("utf-8-sig")
    )
    assert [line.split(";")[1] for line in rows.splitlines()[1:]] == codes


@pytest.mark.parametrize("name", ["suivi-engagements", "suivi-engagement"])
def test_the_number_of_queries_does_not_grow(as_: As, vallon: EspaceDeContrat, name: str) -> None:
    def add(ranks: range) -> None:
        for rank in ranks:
            one = engagement(vallon, f"S01-E{rank:02}", of="caf")
            one.actions.add(fiche(vallon, f"O01-A{rank:02}").action)
            first = SuiviDEngagement.objects.order_by("pk")[0]
            first.actions.add(*one.actions.all())
            first.nouvelles.create(le=date(2026, 9, rank), texte="Dit.")
            first.preuves.create(titre=f"Preuve {rank}", lien="https://exemple.test/")

    def count() -> int:
        url = to(name, vallon, *(["S01-E01"] if name == "suivi-engagement" else []))
        with CaptureQueriesContext(connection) as caught:
            text(client, url)
        return len(caught)

    client = as_("equipe")
    add(range(1, 3))
    few = count()
    add(range(3, 9))
    assert count() == few
