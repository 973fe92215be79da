"""Whom to call in each body: the list, a contact typed, ended, a spreadsheet of forty brought in."""

import html
import re
from collections.abc import Callable
from io import BytesIO

import lxml.html
import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from tenir.acteurs.models import Personne
from tenir.core.models import EntreeDeTrace
from tenir.habilitations.models import EspaceDeContrat, Referent
from tests.personnes import body, person, referent

As = Callable[[str], Client]
HEADINGS = "Prénom\tNOM\tStructure\tFonction\tMél\tTél.\n"


@pytest.fixture(autouse=True)
def bodies(vallon: EspaceDeContrat) -> None:
    """Two bodies of « vallon », known by a contact in each."""
    for name in ("ccas", "caf"):
        referent(person(f"Premier {name}", signs_in=False), vallon, of=name)


def to(name: str, espace: EspaceDeContrat, *args: object) -> str:
    return reverse(name, args=[espace.slug, *args])


def bring(
    client: Client, espace: EspaceDeContrat, texte: str = "", *, confirm: bool = False, file: object = None
) -> str:
    url = to("contacts-importer", espace)
    page = client.post(url, {"texte": texte, **({"fichier": file} if file else {})}).content.decode()
    if confirm:
        page = client.post(url, shown(page), follow=True).content.decode()
    return page.replace("\xa0", " ")


def shown(page: str) -> dict[str, str]:
    """What the page of a preview sends back to be recorded."""
    kept = re.search(r'<textarea name="texte" hidden>\n?(.*?)</textarea>', page, re.DOTALL)
    assert kept is not None
    return {"texte": html.unescape(kept[1]), "confirmer": "1"}


def workbook(rows: list[list[object]]) -> SimpleUploadedFile:
    out = BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Annuaire")
        for rank, row in enumerate(rows):
            sheet.write_row(rank, 0, row)
    return SimpleUploadedFile("../../contacts.xlsx", out.getvalue())


def test_a_contact_is_added_without_an_account(as_: As, vallon: EspaceDeContrat) -> None:
    sent = {"organisation": body("caf").pk, "nom": "Ida Essai", "fonction": "conseillère", "email": "ida@exemple.test"}
    told = as_("equipe").post(to("contact-nouveau", vallon), sent, follow=True).content.decode()
    assert "Ida Essai" in told
    found = Referent.objects.get(personne__nom="Ida Essai")
    assert (found.organisation, found.fonction, found.personne.utilisateur) == (body("caf"), "conseillère", None)
    entry = EntreeDeTrace.objects.get(genre="référent", objet=str(found.personne_id))
    assert entry.apres == "CAF, conseillère"


def test_the_same_person_is_known_the_second_time(as_: As, vallon: EspaceDeContrat) -> None:
    sent = {"organisation": body("caf").pk, "nom": "Ida Essai", "fonction": "conseillère", "email": "ida@exemple.test"}
    as_("equipe").post(to("contact-nouveau", vallon), sent)
    told = as_("equipe").post(to("contact-nouveau", vallon), sent, follow=True).content.decode()
    assert "déjà connu" in told
    assert Referent.objects.filter(personne__nom="Ida Essai").count() == 1


def test_what_is_known_of_someone_who_signs_in_is_not_replaced(as_: As, vallon: EspaceDeContrat, people: dict) -> None:
    sent = {"organisation": body("caf").pk, "nom": "VOISIN Eve", "email": people["voisin"].email, "telephone": "01"}
    as_("equipe").post(to("contact-nouveau", vallon), sent)
    people["voisin"].refresh_from_db()
    assert (people["voisin"].nom, people["voisin"].telephone) == ("Eve Voisin", "01")
    row = "Nom\tOrganisme\tTél.\nEve Voisin\tCAF\t02\n"
    assert "non remplacé, téléphone : 01 (le tableau dit 02)" in bring(as_("equipe"), vallon, row, confirm=False)
    bring(as_("equipe"), vallon, row, confirm=True)
    people["voisin"].refresh_from_db()
    assert people["voisin"].telephone == "01"


def test_a_wrong_address_keeps_what_was_typed(as_: As, vallon: EspaceDeContrat) -> None:
    sent = {"organisation": body("caf").pk, "nom": "Ida Essai", "email": "pas une adresse"}
    answer = as_("equipe").post(to("contact-nouveau", vallon), sent)
    assert answer.status_code == 422
    assert 'value="Ida Essai"' in answer.content.decode()


def test_a_contact_is_ended_after_a_confirmation(as_: As, vallon: EspaceDeContrat) -> None:
    held = Referent.objects.get(organisation=body("caf"))
    url = to("contact-fin", vallon, held.pk)
    assert "Mettre fin à ce contact" in as_("equipe").get(url).content.decode()
    as_("equipe").post(url, {"motif": "retraite"})
    held.refresh_from_db()
    assert held.au is not None
    assert "Premier caf" not in as_("equipe").get(to("contacts", vallon)).content.decode().split("<table")[-1]


def test_a_copilote_is_offered_to_correct_the_contacts_of_its_body_alone(as_: As, vallon: EspaceDeContrat) -> None:
    page = as_("copilote").get(to("contacts", vallon)).content.decode()
    assert "Premier caf" in page
    own, other = (
        Referent.objects.get(organisation=body(one), personne__nom=f"Premier {one}") for one in ("ccas", "caf")
    )
    assert to("contact-modifier", vallon, own.pk) in page
    assert to("contact-modifier", vallon, other.pk) not in page


def test_a_partner_sees_and_changes_the_contacts_of_its_body_alone(as_: As, vallon: EspaceDeContrat) -> None:
    page = as_("partenaire").get(to("contacts", vallon)).content.decode()
    assert "Premier ccas" in page
    assert "Premier caf" not in page
    other = Referent.objects.get(organisation=body("caf"))
    assert as_("partenaire").post(to("contact-fin", vallon, other.pk)).status_code == 403
    sent = {"organisation": body("caf").pk, "nom": "Intrus"}
    assert as_("partenaire").post(to("contact-nouveau", vallon), sent).status_code == 422
    assert not Personne.objects.filter(nom="Intrus").exists()


def test_forty_rows_are_shown_then_kept_or_explained(as_: As, vallon: EspaceDeContrat) -> None:
    rows = "".join(f"Prénom{n}\tNom{n}\tCAF\tposte {n}\tp{n}@exemple.test\t05 00 00 00 {n:02}\n" for n in range(37))
    wrong = "\tSans Corps\t\t\t\t\nAda\tLoin\tInconnue\t\t\t\nIan\tFaux\tCCAS\t\tadresse\t\n"
    before = Referent.objects.count()
    page = bring(as_("equipe"), vallon, HEADINGS + rows + wrong)
    assert (page.count("ajouté"), page.count("<b>refusée</b>")) == (37, 3)
    assert "cellule C40" in page
    assert Referent.objects.count() == before, "the preview keeps nothing"
    told = bring(as_("equipe"), vallon, HEADINGS + rows + wrong, confirm=True)
    assert "37 ajoutés" in told
    assert "3 lignes laissées de côté" in told
    assert Referent.objects.count() == before + 37
    again = bring(as_("equipe"), vallon, HEADINGS + rows)
    assert again.count("déjà connu") == 37


def test_a_workbook_says_where_a_cell_is_wrong(as_: As, vallon: EspaceDeContrat) -> None:
    file = workbook([["Nom", "Organisme", "Courriel"], ["Ida Essai", "CAF", "=1+1"], ["Ian Essai", "CAF", ""]])
    page = bring(as_("equipe"), vallon, file=file)
    assert "feuille « Annuaire », cellule C2" in page
    assert (page.count("ajouté"), page.count("<b>refusée</b>")) == (1, 1)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "vide"),
        (b"PK\x03\x04 abime", "abîmé"),
        (b"%PDF-1.7", "ni un classeur"),
        (b"a\0b", "ni un classeur"),
        ("Rôle;Ville\nx;y\n".encode("cp1252"), "il manque"),
        (b"x" * (2 * 1024 * 1024 + 1), "2 Mo"),
        (b"nom;organisme\n" + b"a;b\n" * 3000, "dépasse"),
    ],
)
def test_a_hostile_or_foreign_file_is_refused_in_one_sentence(
    as_: As, vallon: EspaceDeContrat, content: bytes, said: str
) -> None:
    told = bring(as_("equipe"), vallon, file=SimpleUploadedFile("contacts.csv", content))
    assert said in told


def test_the_export_computes_nothing(as_: As, vallon: EspaceDeContrat) -> None:
    referent(person("=cmd()", signs_in=False), vallon, of="caf")
    assert b"'=cmd()" in as_("equipe").get(to("contacts-export", vallon, "csv")).content
    sheet = load_workbook(BytesIO(as_("equipe").get(to("contacts-export", vallon, "xlsx")).content)).active
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n"}


def test_a_contact_of_another_contract_does_not_exist_here(
    as_: As, vallon: EspaceDeContrat, colline: EspaceDeContrat
) -> None:
    elsewhere = referent(person("Loin", signs_in=False), colline)
    for name in ("contact-fin", "contact-modifier"):
        assert as_("equipe").post(to(name, vallon, elsewhere.pk)).status_code == 404


def test_the_list_asks_the_same_questions_whatever_its_length(
    as_: As, vallon: EspaceDeContrat, django_assert_max_num_queries
) -> None:
    for n in range(30):
        referent(person(f"Personne {n}", signs_in=False), vallon, of="caf")
    client = as_("equipe")
    with django_assert_max_num_queries(14):
        client.get(to("contacts", vallon))


# Correcting a contact


def corrected(client: Client, espace: EspaceDeContrat, held: Referent, **typed: object) -> str:
    """The form of a contact, as its page shows it, with what is typed over it."""
    url = to("contact-modifier", espace, held.pk)
    [form] = [
        one for one in lxml.html.fromstring(client.get(url).content).forms if one.method == "POST" and not one.action
    ]
    sent = {name: value or "" for name, value in form.form_values()} | typed
    return client.post(url, sent, follow=True).content.decode().replace("\xa0", " ")


def test_correcting_the_address_alone_corrects_that_contact(as_: As, vallon: EspaceDeContrat) -> None:
    held = Referent.objects.get(organisation=body("caf"))
    told = corrected(as_("equipe"), vallon, held, email="juste@exemple.test")
    assert "corrigé" in told
    [kept] = Referent.objects.filter(organisation=body("caf"), au=None)
    assert (kept.pk, kept.personne_id, kept.personne.email) == (held.pk, held.personne_id, "juste@exemple.test")
    fact = EntreeDeTrace.objects.get(genre="personne", objet=str(held.personne_id))
    assert (fact.avant, fact.apres) == ("premier-caf@exemple.test", "juste@exemple.test")


def test_what_is_emptied_is_emptied(as_: As, vallon: EspaceDeContrat) -> None:
    held = Referent.objects.get(organisation=body("caf"))
    corrected(as_("equipe"), vallon, held, telephone="01", fonction="cheffe")
    corrected(as_("equipe"), vallon, held, telephone="", fonction="", email="")
    held.refresh_from_db()
    assert (held.fonction, held.personne.telephone, held.personne.email) == ("", "", "")


def test_a_contact_goes_to_another_body_or_takes_another_name(as_: As, vallon: EspaceDeContrat) -> None:
    held = Referent.objects.get(organisation=body("caf"))
    corrected(as_("equipe"), vallon, held, nom="Premiere Caf-Essai", organisation=body("ccas").pk)
    held.refresh_from_db()
    assert (held.personne.nom, held.organisation) == ("Premiere Caf-Essai", body("ccas"))


def test_who_signs_in_or_is_known_elsewhere_is_corrected_by_the_administration_alone(
    as_: As, vallon: EspaceDeContrat, colline: EspaceDeContrat, people: dict[str, Personne]
) -> None:
    known = person("Ida Ailleurs", signs_in=False)
    referent(known, colline)
    for someone in (people["voisin"], known):
        held = referent(someone, vallon, of="caf")
        before = someone.email
        assert "par l’administration" in corrected(as_("equipe"), vallon, held, email="autre@exemple.test")
        someone.refresh_from_db()
        assert someone.email == before
        corrected(as_("equipe"), vallon, held, fonction="cheffe")
        held.refresh_from_db()
        assert held.fonction == "cheffe"
    corrected(as_("administration"), vallon, held, email="autre@exemple.test")
    known.refresh_from_db()
    assert known.email == "autre@exemple.test"


def test_adding_someone_known_does_not_replace_what_is_known(as_: As, vallon: EspaceDeContrat) -> None:
    sent = {"organisation": body("caf").pk, "nom": "CAF Premier", "email": "autre@exemple.test"}
    answer = as_("equipe").post(to("contact-nouveau", vallon), sent)
    assert answer.status_code == 422
    assert "corrigez ce contact" in answer.content.decode()
    assert Personne.objects.get(nom="Premier caf").email == "premier-caf@exemple.test"


def test_a_colleague_behind_the_same_mailbox_takes_over(as_: As, vallon: EspaceDeContrat) -> None:
    held = Referent.objects.get(organisation=body("caf"))
    url = to("contact-fin", vallon, held.pk)
    [form] = [
        one
        for one in lxml.html.fromstring(as_("equipe").get(url).content).forms
        if one.method == "POST" and not one.action
    ]
    sent = {name: value or "" for name, value in form.form_values()}
    told = (
        as_("equipe")
        .post(url, sent | {"nom": "Suite Essai", "email": held.personne.email}, follow=True)
        .content.decode()
    )
    assert "Suite Essai prend la suite" in told.replace("\xa0", " ")
    assert Referent.objects.get(organisation=body("caf"), au=None).personne.email == held.personne.email


@pytest.mark.parametrize("asked", ["elodie armor", "D'ARMOR", "référENTE", "Armor élo", "armor@exemple"])
def test_a_contact_is_found_however_it_is_asked(as_: As, vallon: EspaceDeContrat, asked: str) -> None:
    found = Personne.objects.create(nom="Élodie d’Armor", email="armor@exemple.test")
    Referent.objects.create(
        espace=vallon, personne=found, organisation=body("caf"), fonction="Référente", du="2026-01-05"
    )
    page = as_("equipe").get(to("contacts", vallon), {"q": asked}).content.decode()
    assert "Élodie d’Armor" in page
    assert "Premier caf" not in page.split("<table")[-1]
