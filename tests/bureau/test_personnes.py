"""« Ce que Tenir sait de moi », its archive; the persons of the platform; the screens that erase and hand over."""

import csv
import io
import json
import re
import zipfile
from collections.abc import Callable

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from tenir.acteurs.models import Personne
from tenir.core.marques import MARQUE
from tenir.core.models import EntreeDeTrace
from tenir.core.piece import Piece
from tenir.core.trace import Auteur, Fait, record
from tenir.habilitations.models import EspaceDeContrat, Habilitation, Referent
from tenir.habilitations.passation import Charge
from tenir.habilitations.services import trace_of
from tests.personnes import body, person, referent
from tests.pieces import beside
from tests.vie import fiche

pytestmark = pytest.mark.deux_bases

As = Callable[[str], Client]
OTHERS = "06 99 99 99 99"


@pytest.fixture
def told(vallon: EspaceDeContrat, people: dict[str, Personne]) -> Personne:
    """Cléo, contact and partner: the trace tells something of her, she changed something of somebody else."""
    cleo, gil = people["partenaire"], person("Gil Autre", signs_in=False)
    referent(cleo, vallon)
    with transaction.atomic():
        record(
            trace_of(vallon), Auteur(people["equipe"].pk), [Fait("personne", str(cleo.pk), "téléphone", "", "05 01")]
        )
        record(trace_of(vallon), Auteur(cleo.pk), [Fait("personne", str(gil.pk), "téléphone", "", OTHERS)])
        record(trace_of(vallon), Auteur(people["equipe"].pk), [Fait("personne", str(gil.pk), "nom", "", "Gil Autre")])
    return cleo


def page(client: Client, url: str) -> str:
    return client.get(url).content.decode().replace("\xa0", " ")


def archive(client: Client) -> zipfile.ZipFile:
    answer = client.get(reverse("mes-donnees-export"))
    assert answer["Content-Type"] == "application/zip"
    assert "no-store" in answer["Cache-Control"]
    return zipfile.ZipFile(io.BytesIO(answer.content))


def test_whoever_signs_in_reads_what_is_known_of_her_and_of_nobody_else(as_: As, told: Personne) -> None:
    html = page(as_("partenaire"), reverse("mes-donnees"))
    for known in ("Cléo Relais", "cleo-relais@exemple.test", "CCAS", "partenaire", "5 janvier 2026"):
        assert known in html
    assert 'data-label="Changements que j’ai faits">1<' in html
    assert 'data-label="Changements à mon sujet">1<' in html
    assert "Gil Autre" not in html
    assert OTHERS not in html


def test_the_page_says_how_to_be_erased_and_by_whom(as_: As, people: dict[str, Personne]) -> None:
    html = page(as_("lecture"), reverse("mes-donnees"))
    assert "mailto:ada-sommet@exemple.test" in html
    assert "Aucune trace ne parle de vous" in html


def test_the_head_of_every_page_leads_to_it(as_: As) -> None:
    assert f'href="{reverse("mes-donnees")}"' in page(as_("lecture"), reverse("mes-contrats") + "?liste=oui")


def test_the_archive_is_read_without_tenir(as_: As, told: Personne) -> None:
    with archive(as_("partenaire")) as files:
        assert {"LISEZMOI.txt", "donnees.json", "identite.csv", "roles.csv", "trace.csv"} <= set(files.namelist())
        known = json.loads(files.read("donnees.json"))
        roles = list(csv.DictReader(io.StringIO(files.read("roles.csv").decode("utf-8-sig")), delimiter=";"))
    assert known["identite"]["Courriel"] == "cleo-relais@exemple.test"
    assert known["roles"][0]["Rôle"] == roles[0]["Rôle"] == "partenaire"
    assert [(row["Par moi"], row["Champ"], row["Après"]) for row in known["trace"]] == [
        ("non", "téléphone", "05 01"),
        ("oui", "téléphone", ""),
    ]


def test_the_archive_tells_nothing_of_the_others_whose_data_she_changed(as_: As, told: Personne) -> None:
    with archive(as_("partenaire")) as files:
        content = "".join(files.read(name).decode() for name in files.namelist())
    assert OTHERS not in content
    assert "Gil Autre" not in content


def test_a_formula_in_her_data_is_text_in_the_archive(as_: As, told: Personne) -> None:
    Personne.objects.filter(pk=told.pk).update(telephone="=1+1")
    with archive(as_("partenaire")) as files:
        assert "'=1+1" in files.read("identite.csv").decode("utf-8-sig")


def test_the_page_asks_the_same_questions_whatever_is_known(
    as_: As, told: Personne, vallon: EspaceDeContrat, django_assert_max_num_queries
) -> None:
    with transaction.atomic():
        for n in range(30):
            referent(told, vallon, of=f"organisme-{n}")
            record(trace_of(vallon), Auteur(told.pk), [Fait("action", f"A{n}", "titre", "", "x")])
    client = as_("partenaire")
    with django_assert_max_num_queries(20):
        client.get(reverse("mes-donnees"))


# ── The persons of the platform, and erasing one ──────────────────────────────────────────────────────────────────


def test_the_administration_finds_the_person_who_asks(as_: As, told: Personne) -> None:
    html = page(as_("administration"), reverse("personnes") + "?q=cleo-relais")
    assert f'href="{reverse("personne-effacer", args=[told.pk])}"' in html
    assert "Basile Pivot" not in html


def test_the_list_of_persons_asks_the_same_questions_whatever_its_length(
    as_: As, django_assert_max_num_queries
) -> None:
    for n in range(30):
        person(f"Personne {n}", signs_in=False)
    client = as_("administration")
    with django_assert_max_num_queries(10):
        client.get(reverse("personnes"))


def test_what_goes_and_what_stays_are_shown_and_nothing_goes_until_confirmed(as_: As, told: Personne) -> None:
    html = page(as_("administration"), reverse("personne-effacer", args=[told.pk]))
    assert "Cléo Relais, cleo-relais@exemple.test" in html
    assert "Les valeurs de 1 entrée de la trace" in html
    assert f"Son numéro, {told.pk}" in html
    told.refresh_from_db()
    assert told.nom == "Cléo Relais"


def test_a_person_is_erased_and_every_list_shows_her_number(
    as_: As, told: Personne, vallon: EspaceDeContrat, people: dict[str, Personne]
) -> None:
    client = as_("administration")
    Habilitation.objects.filter(personne=people["lecture"]).update(donnee_par=told)
    answer = client.post(reverse("personne-effacer", args=[told.pk]), {"motif": "À sa demande."}, follow=True)
    number = f"personne n° {told.pk}"
    assert number in answer.content.decode().replace("\xa0", " ").lower()
    for url in (
        reverse("personnes") + "?quand=toutes",
        reverse("contacts", args=[vallon.slug]) + "?quand=tous",
        reverse("habilitations", args=[vallon.slug]) + "?quand=tous",
        reverse("trace-personne", args=[vallon.slug, told.pk]),
    ):
        html = page(client, url)
        assert number in html, url
        assert "Cléo" not in html, url
    assert page(client, reverse("habilitations", args=[vallon.slug])).count(number) == 1  # who gave another's role
    assert client.get(reverse("personne-effacer", args=[told.pk])).status_code == 404


def test_without_a_reason_the_page_comes_back(as_: As, told: Personne) -> None:
    answer = as_("administration").post(reverse("personne-effacer", args=[told.pk]), {"motif": " "})
    assert answer.status_code == 422
    told.refresh_from_db()
    assert told.effacee_le is None


def test_the_last_administrator_is_told_why_she_stays(as_: As, people: dict[str, Personne]) -> None:
    answer = as_("administration").post(
        reverse("personne-effacer", args=[people["administration"].pk]), {"motif": "Départ."}
    )
    assert answer.status_code == 422
    assert "dernière personne qui administre" in answer.content.decode()


def test_an_administrator_who_erases_herself_is_signed_out(as_: As, people: dict[str, Personne]) -> None:
    other = person("Zoé Relève")
    Habilitation.objects.create(personne=other, role="administration", du="2026-01-05")
    client = as_("administration")
    answer = client.post(reverse("personne-effacer", args=[people["administration"].pk]), {"motif": "Départ."})
    assert answer["Location"] == "/"
    assert "_auth_user_id" not in client.session
    assert Personne.objects.get(pk=people["administration"].pk).nom == ""


def test_the_texts_that_name_her_are_told_before_and_taken_off_after(
    as_: As, told: Personne, vallon: EspaceDeContrat
) -> None:
    client, given = as_("administration"), fiche(vallon, prochaine_etape="Voir avec Cléo Relais, au CCAS.")
    assert "prochaine étape (fiche action n°" in page(client, reverse("personne-effacer", args=[told.pk]))
    answer = client.post(reverse("personne-effacer", args=[told.pk]), {"motif": "À sa demande."}, follow=True)
    html = answer.content.decode().replace("\xa0", " ")
    assert "Voir avec Cléo Relais, au CCAS." in html
    assert f'href="{reverse("fiche-modifier", args=[vallon.slug, given.code])}"' in html
    assert "1 texte à relire" in page(client, reverse("personnes") + "?quand=toutes")
    client.post(reverse("personne-mentions", args=[told.pk]), {**hidden(html), **chosen(told, "retirer")})
    given.refresh_from_db()
    assert given.prochaine_etape == "Voir avec [effacé], au CCAS."
    assert "Rien à retirer." in page(client, reverse("personne-mentions", args=[told.pk]))


def test_a_text_that_changed_since_it_was_read_is_read_again(as_: As, told: Personne, vallon: EspaceDeContrat) -> None:
    client, given = as_("administration"), fiche(vallon, prochaine_etape="Voir Cléo Relais.")
    client.post(reverse("personne-effacer", args=[told.pk]), {"motif": "À sa demande."})
    read = hidden(page(client, reverse("personne-mentions", args=[told.pk])))
    type(given).objects.update(prochaine_etape="Voir le CCAS.")
    given.refresh_from_db()
    answer = client.post(reverse("personne-mentions", args=[told.pk]), {**read, **chosen(told, "retirer")})
    assert answer.status_code == 409
    given.refresh_from_db()
    assert given.prochaine_etape == "Voir le CCAS."


def test_the_text_of_someone_else_is_kept(as_: As, told: Personne, vallon: EspaceDeContrat) -> None:
    client, given = as_("administration"), fiche(vallon, prochaine_etape="Voir Cléo Relais, de Songe.")
    client.post(reverse("personne-effacer", args=[told.pk]), {"motif": "À sa demande."})
    read = hidden(page(client, reverse("personne-mentions", args=[told.pk])))
    client.post(reverse("personne-mentions", args=[told.pk]), {**read, **chosen(told, "garder")})
    given.refresh_from_db()
    assert (given.prochaine_etape, told.mentions.count()) == ("Voir Cléo Relais, de Songe.", 0)


def chosen(of: Personne, geste: str) -> dict[str, object]:
    """Her one mention, and what is done of it."""
    return {"mention": of.mentions.get().pk, "geste": geste}


def hidden(html: str) -> dict[str, str]:
    """The mark that the form carries."""
    return {MARQUE: re.findall(rf'name="{MARQUE}" value="([^"]*)"', html)[-1]}


def test_an_erased_person_does_not_come_in_again(as_: As, told: Personne) -> None:
    hers = Client()
    assert told.utilisateur
    hers.force_login(told.utilisateur)
    as_("administration").post(reverse("personne-effacer", args=[told.pk]), {"motif": "À sa demande."})
    assert hers.get(reverse("mes-contrats")).status_code == 302


# ── Handing over ──────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def charges(monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, int]]:
    """A room that puts everybody in charge of one lantern, and notes who hands over to whom."""
    handed: list[tuple[int, int]] = []
    lantern = Charge(
        "lanterne", lambda espace, personne: 1, lambda by, espace, de, a: handed.append((de.pk, a.pk)) or [], genre="f"
    )
    beside(monkeypatch, Piece("fiches", charges=[lantern]))
    return handed


@pytest.fixture
def leaving(vallon: EspaceDeContrat, people: dict[str, Personne]) -> Referent:
    return referent(person("Gil Sortant", signs_in=False), vallon)


def fin(held: Referent) -> str:
    return reverse("contact-fin", args=[held.espace.slug, held.pk])


def test_a_contact_hands_over_to_another_of_its_body(
    as_: As, vallon: EspaceDeContrat, leaving: Referent, charges: list[tuple[int, int]]
) -> None:
    suite = referent(person("Ida Suite", signs_in=False), vallon).personne
    elsewhere = referent(person("Loin Ailleurs", signs_in=False), vallon, of="caf").personne
    client = as_("equipe")
    html = page(client, fin(leaving))
    assert "1 lanterne" in html
    assert "Ida Suite" in html
    assert "Loin Ailleurs" not in html
    assert client.post(fin(leaving), {"successeur": elsewhere.pk}).status_code == 422
    answer = client.post(fin(leaving), {"successeur": suite.pk, "motif": "départ"}, follow=True)
    assert "Ida Suite prend la suite" in answer.content.decode()
    assert charges == [(leaving.personne_id, suite.pk)]


def test_a_contact_hands_over_to_someone_new(as_: As, leaving: Referent) -> None:
    client = as_("equipe")
    sent = {"nom": "Noa Neuve", "email": "noa@exemple.test"}
    assert "Noa Neuve prend la suite" in client.post(fin(leaving), sent, follow=True).content.decode()
    assert Referent.objects.get(personne__email="noa@exemple.test").organisation == body("ccas")
    assert EntreeDeTrace.objects.filter(champ="passe la main à", objet=str(leaving.personne_id)).count() == 1


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"email": "noa@exemple.test"}, "Donnez le nom de la personne qui prend la suite"),
        ({"nom": "Noa Neuve", "telephone": "abc", "email": "pas une adresse"}, "adresse"),
    ],
)
def test_a_successor_that_does_not_hold_together_is_refused(
    as_: As, leaving: Referent, sent: dict[str, str], sentence: str
) -> None:
    answer = as_("equipe").post(fin(leaving), sent)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    leaving.refresh_from_db()
    assert leaving.au is None


def test_two_successors_are_one_too_many(as_: As, vallon: EspaceDeContrat, leaving: Referent) -> None:
    suite = referent(person("Ida Suite", signs_in=False), vallon).personne
    answer = as_("equipe").post(fin(leaving), {"successeur": suite.pk, "nom": "Noa Neuve"})
    assert answer.status_code == 422
    assert "pas les deux" in answer.content.decode()


def test_a_role_that_ends_hands_over_what_it_held(
    as_: As, vallon: EspaceDeContrat, people: dict[str, Personne], charges: list[tuple[int, int]]
) -> None:
    held = Habilitation.objects.get(personne=people["lecture"])
    url = reverse("habilitation-fin", args=[vallon.slug, held.pk])
    client = as_("equipe")
    assert "1 lanterne" in page(client, url)
    client.post(url, {"successeur": people["partenaire"].pk})
    assert charges == [(people["lecture"].pk, people["partenaire"].pk)]


def test_a_role_that_holds_nothing_ends_without_asking_to_whom(
    as_: As, vallon: EspaceDeContrat, people: dict[str, Personne]
) -> None:
    held = Habilitation.objects.get(personne=people["lecture"])
    html = page(as_("equipe"), reverse("habilitation-fin", args=[vallon.slug, held.pk]))
    assert "Passe la main" not in html
