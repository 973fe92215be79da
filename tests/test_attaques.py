"""What is tried against the screens of the team: fields that no form shows, things of another contract, evil files."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import xlsxwriter
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tenir.acteurs.models import Organisation, Personne, Utilisateur
from tenir.habilitations.models import EspaceDeContrat, Habilitation, Invitation, Referent
from tests.personnes import body, person, referent, second_factor

As = Callable[[str], Client]
SECRET = "une phrase assez longue"


def to(name: str, espace: EspaceDeContrat, *args: object) -> str:
    return reverse(name, args=[espace.slug, *args])


@pytest.fixture
def bodies(vallon: EspaceDeContrat, colline: EspaceDeContrat) -> dict[str, Referent]:
    """A contact in each contract, in a body of its own."""
    return {
        "ici": referent(person("Ici Contact", signs_in=False), vallon, of="caf"),
        "ailleurs": referent(person("Ailleurs Contact", signs_in=False), colline, of="mairie-d-ailleurs"),
    }


# ── Fields that no form shows ─────────────────────────────────────────────────────────────────────────────────────


def test_a_contact_takes_nothing_that_its_form_does_not_ask(
    as_: As, vallon: EspaceDeContrat, colline: EspaceDeContrat, bodies: dict[str, Referent], people: dict[str, Personne]
) -> None:
    more = {
        "espace": colline.pk,
        "personne": people["administration"].pk,
        "utilisateur": people["administration"].utilisateur_id,
        "du": "2001-01-01",
        "au": "2099-01-01",
        "effacee_le": "2001-01-01",
        "id": bodies["ailleurs"].pk,
    }
    as_("equipe").post(to("contact-nouveau", vallon), {"organisation": body("caf").pk, "nom": "Ida Essai", **more})
    made = Referent.objects.get(personne__nom="Ida Essai")
    assert (made.espace, made.du, made.au) == (vallon, timezone.localdate(), None)
    assert (made.personne.utilisateur, made.personne.effacee_le) == (None, None)
    bodies["ailleurs"].refresh_from_db()
    assert bodies["ailleurs"].espace == colline


def test_a_role_takes_nothing_that_its_form_does_not_ask(
    as_: As, vallon: EspaceDeContrat, colline: EspaceDeContrat, bodies: dict[str, Referent], people: dict[str, Personne]
) -> None:
    more = {"espace": colline.pk, "du": "2001-01-01", "donnee_par": people["lecture"].pk, "is_superuser": "1"}
    sent = {"personne": bodies["ici"].personne_id, "role": "lecture", **more}
    as_("equipe").post(to("habilitation-nouvelle", vallon), sent)
    made = Habilitation.objects.get(personne=bodies["ici"].personne)
    assert (made.espace, made.du, made.donnee_par) == (vallon, timezone.localdate(), people["equipe"])
    assert not Utilisateur.objects.filter(is_superuser=True).exists()


def test_an_invitation_takes_nothing_that_its_form_does_not_ask(
    as_: As, vallon: EspaceDeContrat, colline: EspaceDeContrat, people: dict[str, Personne]
) -> None:
    more = {
        "espace": colline.pk,
        "jeton": "a" * 64,
        "expire_le": "2099-01-01",
        "acceptee_le": "2026-01-01",
        "invitee_par": people["administration"].pk,
    }
    sent = {"email": "ida@exemple.test", "role": "lecture", **more}
    as_("equipe").post(to("invitation-nouvelle", vallon), sent)
    made = Invitation.objects.get()
    assert (made.espace, made.invitee_par, made.acceptee_le) == (vallon, people["equipe"], None)
    assert made.jeton != "a" * 64
    assert made.expire_le.year < 2099


def test_whoever_accepts_chooses_neither_her_role_nor_her_address(
    as_: As, vallon: EspaceDeContrat, colline: EspaceDeContrat
) -> None:
    as_("equipe").post(to("invitation-nouvelle", vallon), {"email": "ida@exemple.test", "role": "lecture"})
    link = mail.outbox[-1].body.split("http://testserver")[1].split()[0]
    asked = {"nom": "Ida Essai", "email": "autre@exemple.test", "role": "administration", "espace": colline.pk}
    Client().post(link, asked)
    made = Habilitation.objects.get(personne__nom="Ida Essai")
    assert (made.role, made.espace, made.personne.email) == ("lecture", vallon, "ida@exemple.test")
    assert not Utilisateur.objects.filter(email="autre@exemple.test").exists()


# ── Things of another contract ────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("name", "sent"),
    [
        ("contact-nouveau", {"nom": "Intrus"}),
        ("invitation-nouvelle", {"email": "intrus@exemple.test", "role": "partenaire"}),
        ("habilitation-nouvelle", {"role": "partenaire"}),
    ],
)
def test_a_body_of_another_contract_is_not_offered_nor_taken(
    as_: As, vallon: EspaceDeContrat, bodies: dict[str, Referent], name: str, sent: dict[str, object]
) -> None:
    elsewhere: Organisation = bodies["ailleurs"].organisation
    url, client = to(name, vallon), as_("equipe")
    assert elsewhere.nom not in client.get(url).content.decode()
    more = {"organisation": elsewhere.pk, "personne": bodies["ici"].personne_id}
    assert client.post(url, {**sent, **more}).status_code == 422
    assert not Referent.objects.filter(organisation=elsewhere, espace=vallon).exists()
    assert not Invitation.objects.exists()
    assert not Habilitation.objects.filter(organisation=elsewhere).exists()


def test_a_person_of_another_contract_receives_no_role_and_takes_up_nothing(
    as_: As, vallon: EspaceDeContrat, bodies: dict[str, Referent]
) -> None:
    elsewhere, client = bodies["ailleurs"].personne, as_("equipe")
    role = client.post(to("habilitation-nouvelle", vallon), {"personne": elsewhere.pk, "role": "lecture"})
    assert role.status_code == 422
    suite = client.post(to("contact-fin", vallon, bodies["ici"].pk), {"successeur": elsewhere.pk})
    assert suite.status_code == 422
    assert not elsewhere.habilitations.exists()
    assert [held.pk for held in elsewhere.referents.all()] == [bodies["ailleurs"].pk]


def test_an_import_does_not_rename_a_person_of_another_contract(
    as_: As, vallon: EspaceDeContrat, bodies: dict[str, Referent]
) -> None:
    known = bodies["ailleurs"].personne
    rows = f"Nom\tOrganisme\tMél\tTél.\nVolé\tCAF\t{known.email}\t05 55 55 55 55\n"
    as_("equipe").post(to("contacts-importer", vallon), {"texte": rows, "confirmer": "1"})
    known.refresh_from_db()
    assert known.nom == "Ailleurs Contact"


# ── Evil files ────────────────────────────────────────────────────────────────────────────────────────────────────


NAMES = [
    "../../../../etc/passwd",
    "..\\..\\contacts.xlsx",
    "<script>alert(1)</script>.csv",
    "contacts.csv\r\nX-Intrus: oui",
    "con\x00tacts.csv",
    "=cmd.csv",
    "x" * 300 + ".csv",
    "\u202excod.exe.csv",
]


@pytest.mark.parametrize("name", NAMES)
def test_the_name_of_a_file_is_believed_in_nothing(
    as_: As, vallon: EspaceDeContrat, bodies: dict[str, Referent], settings, tmp_path: Path, name: str
) -> None:
    settings.MEDIA_ROOT = tmp_path
    file = SimpleUploadedFile("x", b"Nom;Organisme\nIda Essai;CAF\n")
    file._name = name  # type: ignore[attr-defined]  # as an evil browser would write it
    answer = as_("equipe").post(to("contacts-importer", vallon), {"fichier": file})
    assert answer.status_code in {200, 422}
    assert "<script>alert" not in answer.content.decode()
    assert "X-Intrus" not in answer.headers
    assert list(tmp_path.iterdir()) == []


def workbook(*, replaced: dict[str, bytes]) -> bytes:
    """A workbook of one contact, with some of its parts replaced."""
    made, out = io.BytesIO(), io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Annuaire")
        sheet.write_row(0, 0, ["Nom", "Organisme"])
        sheet.write_row(1, 0, ["Ida Essai", "CAF"])
    with zipfile.ZipFile(made) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for part in source.namelist():
            target.writestr(part, replaced.get(part) or source.read(part))
    return out.getvalue()


STRINGS = "xl/sharedStrings.xml"
NS = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def strings(doctype: str, entity: str) -> bytes:
    """The texts of the workbook, one of them being an entity."""
    texts = "".join(f"<si><t>{text}</t></si>" for text in ("Nom", "Organisme", entity, "CAF"))
    return f'<?xml version="1.0"?>{doctype}<sst {NS} count="4" uniqueCount="4">{texts}</sst>'.encode()


LAUGHS = "".join(f'<!ENTITY l{n} "{"&l%d;" % (n - 1) * 10}">' for n in range(1, 10))  # noqa: UP031
EVIL = {
    "a bomb": {"xl/media/bombe.xml": b"0", "xl/theme/theme1.xml": b"0" * (41 * 1024 * 1024)},
    "a billion laughs": {STRINGS: strings(f'<!DOCTYPE sst [<!ENTITY l0 "rire">{LAUGHS}]>', "&l9;")},
}


@pytest.mark.parametrize("evil", EVIL)
def test_an_evil_workbook_does_not_grow(
    as_: As, vallon: EspaceDeContrat, bodies: dict[str, Referent], evil: str
) -> None:
    html = imported(as_, vallon, EVIL[evil])
    assert "ajouté" not in html
    assert len(html) < 100_000


def test_an_evil_workbook_reads_no_file_of_the_server(
    as_: As, vallon: EspaceDeContrat, bodies: dict[str, Referent], tmp_path: Path
) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("Mot de passe du serveur", "utf-8")
    entity = f'<!DOCTYPE sst [<!ENTITY f SYSTEM "{secret.as_uri()}">]>'
    html = imported(as_, vallon, {STRINGS: strings(entity, "&f;")})
    assert "ajouté" not in html
    assert "Mot de passe du serveur" not in html


def imported(as_: As, vallon: EspaceDeContrat, replaced: dict[str, bytes]) -> str:
    """What the team reads once it sent this workbook to the directory."""
    file = SimpleUploadedFile("contacts.xlsx", workbook(replaced=replaced))
    return as_("equipe").post(to("contacts-importer", vallon), {"fichier": file}).content.decode()


# ── Addresses ─────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_forged_host_sends_no_invitation(as_: As, vallon: EspaceDeContrat, settings) -> None:
    settings.ALLOWED_HOSTS = ["tenir.exemple"]
    sent = {"email": "ida@exemple.test", "role": "lecture"}
    for headers in ({"host": "mechant.test"}, {"host": "tenir.exemple@mechant.test"}):
        assert as_("equipe").post(to("invitation-nouvelle", vallon), sent, headers=headers).status_code == 400
    assert mail.outbox == []
    believed = {"host": "tenir.exemple", "x-forwarded-host": "mechant.test", "x-forwarded-server": "mechant.test"}
    as_("equipe").post(to("invitation-nouvelle", vallon), sent, headers=believed)
    assert "http://tenir.exemple/invitation/" in mail.outbox[0].body
    assert "mechant" not in mail.outbox[0].body


@pytest.mark.parametrize("evil", ["https://mechant.test/", "//mechant.test/", "/\\mechant.test", "javascript:alert(1)"])
def test_confirming_and_signing_out_lead_nowhere_outside(as_: As, people: dict[str, Personne], evil: str) -> None:
    reader = people["lecture"].utilisateur
    assert reader
    reader.set_password(SECRET)
    reader.save()
    for name, sent in (("account_reauthenticate", {"password": SECRET}), ("account_logout", {})):
        answer = as_("lecture").post(f"{reverse(name)}?next={evil}", {**sent, "next": evil})
        assert answer.status_code == 302
        led = urlsplit(answer["Location"])
        assert (led.scheme, led.netloc) == ("", "")
        assert led.path.startswith("/")
        assert not led.path.startswith(("//", "/\\"))


def test_half_a_sign_in_opens_nothing(people: dict[str, Personne]) -> None:
    """The password alone, when a second factor is set up."""
    reader = people["lecture"]
    assert reader.utilisateur
    reader.utilisateur.set_password(SECRET)
    reader.utilisateur.save()
    second_factor(reader)
    client = Client()
    client.post(reverse("account_login"), {"login": reader.email, "password": SECRET})
    for url in (reverse("mes-contrats"), reverse("mes-donnees"), reverse("mes-donnees-export")):
        assert client.get(url).status_code == 302
