"""A table of contacts: every row is accounted for, a person is a name in a body, the same file again adds nothing."""

import csv
import html
import io
import re
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tenir.acteurs.models import Personne
from tenir.core.tableur import pasted, read_file
from tenir.core.tableur.colonnes import Grille
from tenir.equipe.ecrans.contacts.importation import ApercuPerime, digest, import_contacts, preview, read
from tenir.habilitations.models import EspaceDeContrat, Referent
from tenir.habilitations.rights import Acces
from tenir.habilitations.roles import Role
from tests.core.tables import xlsx
from tests.equipe.test_contacts import bring
from tests.personnes import acces, body, person, referent

As = Callable[[str], Client]
HEAD = "Nom\tPrénom\tOrganisme\tFonction\tCourriel\tTéléphone\n"


@pytest.fixture
def equipe(vallon: EspaceDeContrat) -> Acces:
    """Someone of the team, in a contract of two bodies."""
    for name in ("ccas", "caf"):
        referent(person(f"Premier {name}", signs_in=False), vallon, of=name)
    return acces("Équipe Essai", Role.EQUIPE, vallon)


def imported(equipe: Acces, espace: EspaceDeContrat, lu: Grille) -> list[str]:
    """What became of each row, applied as it was shown."""
    shown = preview(lu, by=equipe, espace=espace)
    done = import_contacts(lu, by=equipe, espace=espace, empreinte=digest(shown))
    assert done == shown
    return [one.sort for one in done]


def rows(*lines: str) -> Grille:
    return read([pasted(HEAD + "\n".join(lines))])


def names(of: str) -> list[str]:
    return sorted(Referent.objects.filter(organisation=body(of)).values_list("personne__nom", flat=True))


def test_two_persons_of_one_mailbox_are_two_and_nobody_is_renamed(equipe: Acces, vallon: EspaceDeContrat) -> None:
    lu = rows("Essai\tIda\tCAF\t\taccueil@caf.example\t", "Essai\tOmar\tCAF\t\taccueil@caf.example\t")
    assert imported(equipe, vallon, lu) == ["ajouté", "ajouté"]
    assert names("caf") == ["Ida Essai", "Omar Essai", "Premier caf"]
    assert "même adresse que Ida Essai" in preview(lu, by=equipe, espace=vallon)[1].laisses


SPELLINGS = [
    "D’Armor\tÉlodie",
    "D'ARMOR\tÉLODIE",
    "d’armor\tElodie",
    "Élodie D’Armor\t",
    "D’ARMOR Élodie\t",
    "Mme Élodie d'Armor\t",
]


@pytest.mark.parametrize("again", SPELLINGS)
def test_a_name_written_otherwise_is_the_same_person(equipe: Acces, vallon: EspaceDeContrat, again: str) -> None:
    imported(equipe, vallon, rows("D’Armor\tÉlodie\tCAF\t\t\t"))
    assert imported(equipe, vallon, rows(f"{again}\tCAF\t\t\t06")) == ["mis à jour"]
    assert names("caf") == ["Premier caf", "Élodie D’Armor"]


def test_what_changes_of_whom_is_shown_before_and_after(equipe: Acces, vallon: EspaceDeContrat) -> None:
    imported(equipe, vallon, rows("Essai\tIda\tCAF\tconseillère\tida@caf.example\t06 39 98 00 01"))
    [line] = preview(rows("ESSAI\tIda\tCAF\tdirectrice\ti.essai@caf.example\t+33639980001"), by=equipe, espace=vallon)
    assert line.nom == "Ida Essai"
    assert line.changements == (
        ("adresse électronique", "ida@caf.example", "i.essai@caf.example"),
        ("fonction", "conseillère", "directrice"),
    )


WORDS = st.text(st.sampled_from(list("abcÉé '’-;\"@")), max_size=8)
ROW = st.tuples(WORDS, WORDS, st.sampled_from(["CAF", "C.A.F.", "ccas", "Inconnue", ""]), WORDS, WORDS, WORDS)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(table=st.lists(ROW, min_size=1, max_size=6))
def test_rows_in_are_rows_kept_and_rows_explained_and_the_same_file_again_adds_nothing(
    equipe: Acces, vallon: EspaceDeContrat, table: list[tuple[str, ...]]
) -> None:
    out = io.StringIO()
    csv.writer(out, delimiter=";").writerows([HEAD.strip().split("\t"), *table])
    lu = read(read_file("x.csv", out.getvalue().encode()))
    shown = preview(lu, by=equipe, espace=vallon)
    assert len(shown) == sum(any(cell.strip() for cell in row) for row in table)
    assert all(one.raison for one in shown if one.refusee)
    imported(equipe, vallon, lu)
    before = (Referent.objects.count(), Personne.objects.count())
    assert {one.sort for one in preview(lu, by=equipe, espace=vallon)} <= {"déjà connu", "refusée"}
    imported(equipe, vallon, lu)
    assert (Referent.objects.count(), Personne.objects.count()) == before


def test_what_was_not_shown_is_not_recorded(equipe: Acces, vallon: EspaceDeContrat) -> None:
    lu = rows("Essai\tIda\tCAF\t\tida@caf.example\t")
    shown = digest(preview(lu, by=equipe, espace=vallon))
    imported(equipe, vallon, rows("Essai\tIda\tCAF\t\tautre@caf.example\t"))
    with pytest.raises(ApercuPerime):
        import_contacts(lu, by=equipe, espace=vallon, empreinte=shown)
    assert Personne.objects.get(nom="Ida Essai").email == "autre@caf.example"


def test_a_page_shown_before_a_change_is_shown_again(as_: As, equipe: Acces, vallon: EspaceDeContrat) -> None:
    url, client = reverse("contacts-importer", args=[vallon.slug]), as_("equipe")
    page = client.post(url, {"texte": HEAD + "Essai\tIda\tCAF\t\tida@caf.example\t"}).content.decode()
    kept = re.search(r'name="texte" hidden>\n?(.*?)</textarea>', page, re.DOTALL)
    assert kept
    imported(equipe, vallon, rows("Essai\tIda\tCAF\t\tautre@caf.example\t"))
    answer = client.post(url, {"texte": html.unescape(kept[1]), "confirmer": "1"})
    assert answer.status_code == 409
    assert "Rien n’est enregistré" in answer.content.decode().replace("\xa0", " ")
    assert Personne.objects.get(nom="Ida Essai").email == "autre@caf.example"


@pytest.mark.parametrize(
    "kept", ["", "[]", '{"vu": 1}', '{"vu": "a", "tableau": ["", {}, [[1, "a", []]], []]}', "Nom;Organisme"]
)
def test_a_preview_that_was_altered_is_refused_with_a_sentence(
    as_: As, equipe: Acces, vallon: EspaceDeContrat, kept: str
) -> None:
    url = reverse("contacts-importer", args=[vallon.slug])
    answer = as_("equipe").post(url, {"texte": kept, "confirmer": "1"})
    assert answer.status_code == 422
    assert "reprenez-le" in answer.content.decode()


@pytest.mark.parametrize("format", ["csv", "xlsx"])
def test_our_export_brought_back_changes_nothing(as_: As, equipe: Acces, vallon: EspaceDeContrat, format: str) -> None:
    imported(
        equipe, vallon, rows("=Essai\tIda\tCAF\t+chef\tida@caf.example\t+33 6 39 98 00 04", "'+Essai\tBo\tCCAS\t\t\t")
    )
    file = as_("equipe").get(reverse("contacts-export", args=[vallon.slug, format])).content
    lu = read(read_file("x", file))
    assert {one.sort for one in preview(lu, by=equipe, espace=vallon)} == {"déjà connu"}


PROGRAMS = {
    "outlook": "Titre=Mme|Prénom=Ida|Deuxième prénom=|Nom=Essai|Société=CAF|Service=|Titre1=cheffe|"
    "Téléphone (bureau)=01|Adresse de messagerie=ida@caf.example|"
    "Type de messagerie=SMTP|Nom complet de l'adresse de messagerie=Ida (CAF)",
    "thunderbird": "Prénom=Ida|Nom de famille=Essai|Nom à afficher=Ida Essai|"
    "Adresse électronique principale=ida@caf.example|Téléphone professionnel=01|Profession=cheffe|Organisation=CAF",
    "google": "First Name=Ida|Last Name=Essai|Organization Name=CAF|Organization Title=cheffe|"
    "E-mail 1 - Value=ida@caf.example|Phone 1 - Value=01|Labels=* myContacts",
    "english": "Title=Mrs|First Name=Ida|Last Name=Essai|Company=CAF|Job Title=cheffe|Business Phone=01|"
    "E-mail Address=ida@caf.example",
    "town": "N°=1|Structure=CAF|NOM Prénom=Ida Essai|Qualité=cheffe|Mél=ida@caf.example|Tél. direct=01|Observations=",
    "other": "Nom de la structure=CAF|Nom du référent=Essai|Prénom du référent=Ida|Fonction dans la structure=cheffe|"
    "Courriel professionnel=ida@caf.example|Numéro de téléphone=01",
    "capitals": "ORGANISME=CAF|CIVILITÉ=Mme|PRÉNOM=Ida|NOM=Essai|FONCTION=cheffe|E-MAIL=ida@caf.example|TELEPHONE=01",
}


@pytest.mark.parametrize("program", PROGRAMS)
def test_the_headings_of_any_program_are_known_by_their_words(
    equipe: Acces, vallon: EspaceDeContrat, program: str
) -> None:
    pairs = [one.split("=") for one in PROGRAMS[program].split("|")]
    lu = read([pasted("\n".join("\t".join(row) for row in zip(*pairs, strict=True)))])
    [line] = preview(lu, by=equipe, espace=vallon)
    assert (line.nom, line.organisme, line.email, line.sort) == ("Ida Essai", "CAF", "ida@caf.example", "ajouté")
    assert (lu.rangs[0].cellules["fonction"], lu.rangs[0].cellules["telephone"]) == ("cheffe", "01")


def test_everything_left_of_a_file_is_told(as_: As, equipe: Acces, vallon: EspaceDeContrat) -> None:
    table = [
        ["Annuaire 2027"],
        [],
        ["Nom", "Organisme", "Tél.", "Portable", "Anniversaire"],
        ["Ida", "CAF", "01", "06", "mai"],
    ]
    page = bring(as_("equipe"), vallon, file=SimpleUploadedFile("a.xlsx", xlsx(table)))
    for said in ("Au-dessus des titres", "« Anniversaire »", "non repris, Portable : 06", "1 ligne lue"):
        assert said in page
