"""« Créer un contrat »: from a document, from a contract file, from nothing; what is hostile is refused in French."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tenir.atelier import enfant
from tenir.atelier.models import Brouillon, DocumentDepose
from tenir.atelier.services.creation import Depose, relire
from tenir.atelier.services.identite import joindre_document
from tenir.core.models import EntreeDeTrace, Travail
from tenir.core.travaux.boucle import advance_works
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces
from tests.atelier.brouillons import DOCUMENT, NOM, PROJET, TEXTE
from tests.formulaires import text

pytestmark = pytest.mark.django_db
As = Callable[[str], Client]
NOUVEAU = "/plateforme/contrats/nouveau/"


@pytest.fixture(autouse=True)
def _folder(settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def create(client: Client, depuis: str, content: bytes | None = None, name: str = "projet.txt", **more: object):  # type: ignore[no-untyped-def]
    data = {"depuis": depuis, "adresse": "ru-2024-2030", "titre": "", "debut": 2024, "fin": 2030, **more}
    if content is not None:
        data["fichier"] = SimpleUploadedFile(name, content)
    return client.post(NOUVEAU, data)


def test_a_document_is_read_by_a_work_then_reviewed(as_: As) -> None:
    client = as_("administration")
    answer = create(client, "document", PROJET.encode())
    assert answer["Location"].startswith("/travaux/")
    assert not EspaceDeContrat.objects.filter(slug="ru-2024-2030").exists()
    advance_works()
    work = Travail.objects.get()
    assert (work.etat, work.suite) == (Travail.Etat.FINI, "/espace/ru-2024-2030/atelier/")
    page = text(client.get(work.suite))
    assert "O01-A01 action prévue" in page
    assert "EXEMPLAIRE" not in page
    assert "[nom masqué]" in page


def test_a_contract_made_from_a_document_says_who_made_it(as_: As, people) -> None:
    create(as_("administration"), "document", PROJET.encode(), titre="Un autre titre (fictif)")
    advance_works()
    entry = EntreeDeTrace.objects.get(chaine__nom="contrat/ru-2024-2030", champ="création")
    assert (entry.apres, entry.acteur) == ("Un autre titre (fictif)", people["administration"].pk)


def test_nothing_of_the_raw_document_is_shown(as_: As) -> None:
    client = as_("administration")
    create(client, "document", PROJET.encode())
    advance_works()
    espace = EspaceDeContrat.objects.get(slug="ru-2024-2030")
    assert "Zoé EXEMPLAIRE" in DocumentDepose.objects.get().texte
    pages = ("atelier", "atelier-elements", "atelier-a-trancher", "atelier-signer", "atelier-fichier", "atelier-gestes")
    for name in pages:
        assert "EXEMPLAIRE" not in client.get(reverse(name, args=[espace.slug])).content.decode(), name


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"\x89PNG\r\n\x1a\n rien", "Ce fichier est une image"),
        (b"PK\x03\x04 abime", "Ce fichier Word est abîmé"),
        (b"%PDF-1.7 abime", "abîmé"),
        (b"\xff\xfe\x00\xd8", "lisible"),
        (b"Une lettre, sans orientation.\n", "est-ce bien un contrat de ville"),
        (b"\x00" * 4000, "texte"),
    ],
)
def test_what_is_no_document_makes_no_contract(as_: As, content: bytes, sentence: str) -> None:
    create(as_("administration"), "document", content, name="x.docx")
    advance_works()
    work = Travail.objects.get()
    assert work.etat == Travail.Etat.ECHOUE, work.phrase
    assert work.erreur
    assert not Brouillon.objects.exists()


def test_a_contract_begins_from_a_contract_file(as_: As) -> None:
    answer = create(as_("administration"), "fichier", TEXTE.encode(), name="x.yaml")
    assert answer["Location"] == "/espace/ru-2024-2030/atelier/"
    made = Brouillon.objects.get()
    assert (made.lire().slug, len(made.lire().items)) == ("ru-2024-2030", 11)


@pytest.mark.parametrize("content", [b"", b"format: autre\n", b"a: &x [1]\nb: *x\n", b"\x00\x01", TEXTE[:300].encode()])
def test_what_is_no_contract_file_is_refused_beside_the_field(as_: As, content: bytes) -> None:
    answer = create(as_("administration"), "fichier", content, name="x.yaml")
    assert answer.status_code == 422
    assert 'id="id_fichier_error"' in answer.content.decode()
    assert not Brouillon.objects.exists()


def test_a_contract_begins_from_nothing(as_: As) -> None:
    client = as_("administration")
    answer = create(client, "vide", titre="Contrat du Ru")
    assert "Ce texte est vide" in text(client.get(answer["Location"]))
    espace = EspaceDeContrat.objects.get(slug="ru-2024-2030")
    assert (espace.etat, espace.titre, espace.debut) == ("brouillon", "Contrat du Ru", 2024)


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"depuis": "vide"}, "titre"),
        ({"depuis": "document"}, "fichier"),
        ({"depuis": "vide", "titre": "T", "adresse": "vallon"}, "adresse"),
        ({"depuis": "vide", "titre": "T", "adresse": "Deux mots"}, "adresse"),
        ({"depuis": "vide", "titre": "T", "debut": 2030, "fin": 2024}, "fin"),
    ],
)
def test_what_is_missing_is_said_beside_its_field(as_: As, more: dict[str, object], field: str) -> None:
    answer = create(as_("administration"), **more)  # type: ignore[arg-type]
    assert answer.status_code == 422
    assert f'id="id_{field}_error"' in answer.content.decode()


@pytest.mark.parametrize("who", ["equipe", "partenaire", "lecture"])
def test_creating_is_for_the_administration_alone(as_: As, who: str) -> None:
    assert as_(who).get(NOUVEAU).status_code == 403


def test_an_empty_site_leads_whoever_runs_it_to_the_creation(as_: As) -> None:
    EspaceDeContrat.objects.all().delete()
    assert NOUVEAU in as_("visiteur").get("/").content.decode()
    assert NOUVEAU in as_("administration").get("/espace/").content.decode()


# The document is replaced


def read(texte: str) -> Depose:
    return Depose("signe.txt", enfant.read(texte.encode()))


def test_another_document_renumbers_what_cites_the_same_words_and_doubts_the_rest(by: Acces, draft: Brouillon) -> None:
    moved = "Une page de garde\n\n" + DOCUMENT.replace("un forum de l’emploi", "deux forums")
    made = joindre_document(by=by, brouillon=draft, depose=read(moved))
    draft.refresh_from_db()
    found = draft.lire()
    assert found.items["O01-A01"].source[0].debut == 7
    assert found.items["O02-A01"].source == ()
    assert "ne sont pas les mêmes" in draft.doutes["O02-A01"]["phrase"]
    shown = draft.document(found)
    assert shown is not None
    assert NOM not in "\n".join(shown.lignes)
    assert made is not None


def test_a_document_joined_to_an_empty_text_is_read_and_fills_it(as_: As) -> None:
    client = as_("administration")
    create(client, "vide", titre="Contrat du Ru (fictif)")
    url = reverse("atelier-document", args=["ru-2024-2030"])
    client.post(url, {"fichier": SimpleUploadedFile("projet.txt", PROJET.encode())})
    advance_works()
    made = Brouillon.objects.get()
    assert [one.code for one in made.lire().orientations] == ["O01", "O02"]
    assert made.lire().identite.titre == "Contrat du Ru (fictif)"
    page = text(client.get(reverse("atelier", args=["ru-2024-2030"])))
    assert "Document joint : projet.txt" in page
    assert "Ouvrir un centre de santé" in page


def test_what_is_understood_of_a_document_comes_by_one_door() -> None:
    compris = relire(read(PROJET))
    assert [one.code for one in compris.contrat.orientations] == ["O01", "O02"]
    assert all(one.texte is None for one in compris.contrat.items.values())


def test_a_demonstration_without_any_contract_has_someone_who_may_create_one(client: Client, settings) -> None:
    from tenir.demonstration.personnes import people, seed_administration

    settings.DEMONSTRATION = True
    assert (seed_administration(), seed_administration()) == (1, 1)
    client.force_login(people().get().utilisateur)
    assert client.get("/espace/").status_code in (200, 302)


def test_it_has_nobody_where_there_is_no_demonstration(db: None, settings) -> None:
    from tenir.demonstration.personnes import HorsDemonstration, seed_administration

    settings.DEMONSTRATION = False
    with pytest.raises(HorsDemonstration):
        seed_administration()


def test_what_was_not_read_is_said_until_it_is_written(as_: As) -> None:
    client = as_("administration")
    create(client, "document", PROJET.encode())
    advance_works()
    page = text(client.get(reverse("atelier", args=["ru-2024-2030"])))
    assert "Aucun signataire n’a été lu" in page
    assert "Aucune action n’a été lue" not in page
