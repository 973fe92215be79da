"""The pages by which a table comes in: its columns asked, what is explained taken away, another body's nowhere."""

import io
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.http import HttpResponse
from django.test import Client

from tenir.acteurs.models import Personne
from tenir.activite.ecrans.importation import travail
from tenir.activite.enums import Statut
from tenir.activite.models import Entree, ImportDEntrees
from tenir.activite.oubli import forget
from tenir.activite.services.importation import preview, write_import
from tenir.contrat.models import Lieu
from tenir.core.models import Travail
from tenir.core.oubli import Marques
from tenir.core.travaux.boucle import advance_works
from tenir.ecran.models import Geste
from tenir.habilitations.models import EspaceDeContrat, Habilitation
from tenir.habilitations.rights import acces_of
from tenir.habilitations.roles import Role
from tests.activite.registre import HEURES, VEILLE, entree, kinds
from tests.activite.tableurs import address, by_hand, day, deposed, furnish, plainly, row, sheet, today
from tests.formulaires import held
from tests.personnes import acces, person

pytestmark = pytest.mark.deux_bases

As = Callable[[str], Client]


@pytest.fixture(autouse=True)
def bodies(vallon: EspaceDeContrat) -> None:
    """The bodies of the contract, and a place."""
    furnish(vallon)


def given(client: Client, espace: EspaceDeContrat, text: str) -> HttpResponse:
    """The page to which rows that are pasted lead."""
    return client.post(address(espace), {"texte": text}, follow=True)


def said(page: HttpResponse) -> str:
    return plainly(page.content.decode())


def url(page: HttpResponse) -> str:
    return str(page.redirect_chain[-1][0])


# Its columns


def test_the_values_of_the_column_of_kinds_are_asked_one_by_one(as_: As, vallon: EspaceDeContrat) -> None:
    client = as_("partenaire")
    told = ((3, "Atelier", 1), (4, "Pause café", ""), (5, "Permanences", 9))
    rows = [f"{day(one)}\t{kind}\t{one}\t{women}" for one, kind, women in told]
    page = given(client, vallon, "\n".join(["Date\tType\tParticipants\tDont femmes", *rows]))
    form = held(page)
    assert [form[f"n{rank}"] for rank in range(3)] == ["atelier", "", "permanence"]
    assert (form["c0"], form["c1"], form["c2"]) == ("jour", "nature", "principal")
    assert form["c3"] == "principal__sexe__f"
    shown = client.post(url(page), form | {"n1": "atelier"}, follow=True)
    assert "3 lignes lues : 2 à inscrire ; 1 expliquée" in said(shown)
    assert "« Dont femmes » : ces parts font 9, plus que le total : 5" in said(shown)
    assert "Permanence, le" in said(shown)


def test_a_column_said_to_hold_kinds_is_asked_about_at_once(as_: As, vallon: EspaceDeContrat) -> None:
    client = as_("partenaire")
    page = given(client, vallon, f"Date\tQuoi\tParticipants\n{day(3)}\tPause\t4")
    assert "n0" not in held(page)
    asked = client.post(url(page), held(page) | {"c1": "nature"})
    assert asked.status_code == 200
    assert held(asked)["n0"] == ""
    assert not ImportDEntrees.objects.get().plan


def test_the_numbers_are_those_of_the_kind_that_is_chosen(as_: As, vallon: EspaceDeContrat) -> None:
    client = as_("partenaire")
    page = given(client, vallon, f"Date\tNb de personnes\n{day(3)}\t4")
    again = client.post(url(page), held(page) | {"nature": "permanence"})
    assert (again.status_code, held(again)["c1"], held(again)["nature"]) == (200, "v_recus", "permanence")


def test_the_name_of_the_file_tells_the_kind(as_: As, vallon: EspaceDeContrat) -> None:
    upload = io.BytesIO(sheet([row()]))
    upload.name = "Permanences 2026.csv"
    page = as_("partenaire").post(address(vallon), {"fichier": upload}, follow=True)
    assert (held(page)["nature"], held(page)["c1"]) == ("permanence", "v_recus")


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ({"c0": ""}, "Dites quelle colonne donne le jour."),
        ({"c1": "jour"}, "La colonne « Date » le dit déjà"),
        ({"nature": "", "avant": ""}, "Choisissez une nature, ou la colonne qui la dit."),
    ],
)
def test_what_is_missing_or_said_twice_is_told(
    as_: As, vallon: EspaceDeContrat, typed: dict[str, str], expected: str
) -> None:
    client = as_("partenaire")
    page = given(client, vallon, f"Date\tNombre\n{day(3)}\t4")
    page = client.post(url(page), held(page) | {"nature": "atelier"})
    answer = client.post(page.request["PATH_INFO"], held(page) | typed)
    assert answer.status_code == 422
    assert expected in said(answer)


@pytest.mark.parametrize("text", ["", "Date\tNombre"])
def test_no_table_is_refused_with_a_sentence(as_: As, vallon: EspaceDeContrat, text: str) -> None:
    answer = as_("partenaire").post(address(vallon), {"texte": text})
    assert answer.status_code == 422
    assert not ImportDEntrees.objects.exists()


# What is explained


def test_what_is_explained_is_taken_away_before_and_after(as_: As, vallon: EspaceDeContrat) -> None:
    client = as_("partenaire")
    by = acces_of(Personne.objects.get(nom="Cléo Relais"))
    depose = deposed(by, vallon, sheet([row(), row(4, **{"Nb de personnes": "douze"})]))
    file = address(vallon, "activite-import-expliquees", depose.pk)
    before = client.get(file)
    assert before["Content-Type"].startswith("text/csv")
    assert "3;à corriger" in said(before)
    confirmed(client, vallon, depose)
    assert client.get(file).content == before.content
    assert Entree.objects.count() == 1


def test_the_table_of_another_body_does_not_exist(as_: As, vallon: EspaceDeContrat) -> None:
    caf = acces("Gil Voisin", Role.PARTENAIRE, vallon, of="caf")
    depose = deposed(caf, vallon, sheet([row()]), of="caf")
    client = as_("partenaire")
    for name in ("", "-colonnes", "-expliquees"):
        assert client.get(address(vallon, f"activite-import{name}", depose.pk)).status_code == 404
    assert "suivi.csv" not in said(client.get(address(vallon)))


def test_a_preview_shown_before_a_change_is_shown_again(as_: As, vallon: EspaceDeContrat) -> None:
    client = as_("equipe")
    by = acces_of(Personne.objects.get(nom="Basile Pivot"))
    depose = deposed(by, vallon, sheet([row(), row(4)]))
    page = address(vallon, "activite-import", depose.pk)
    form = held(client.get(page))
    by_hand(by, vallon, 3)
    answer = client.post(page, form)
    assert answer.status_code == 409
    assert "2 lignes lues : 1 à inscrire ; 1 expliquée" in said(answer)
    assert Entree.objects.count() == 1


def confirmed(client: Client, espace: EspaceDeContrat, depose: ImportDEntrees) -> HttpResponse:
    page = address(espace, "activite-import", depose.pk)
    return client.post(page, held(client.get(page)), follow=True)


# Our own files come back


def test_our_own_export_comes_back_unchanged(as_: As, vallon: EspaceDeContrat) -> None:
    equipe = acces("Ali Plume", Role.EQUIPE, vallon)
    kinds(vallon, HEURES, VEILLE)
    place = Lieu.objects.get()
    entree(
        equipe, vallon, 12, lieu=place, valeurs={("presents", "sexe:f"): 7, ("presents", "age:16-25"): 3}, minutes=90
    )
    entree(equipe, vallon, 9, autre_lieu="Gymnase", titre="Le bail", of="caf", quartier="oui")
    entree(equipe, vallon, 9, le=today() + timedelta(days=9), statut=Statut.PREVUE)
    entree(equipe, vallon, None, nature="veille", valeurs={("faits", ""): 3})
    entree(equipe, vallon, 9, nature="atelier", le=today() - timedelta(days=9), statut=Statut.ANNULEE)
    for _ in range(2):
        entree(equipe, vallon, 4, titre="Groupe", autre_lieu="Gymnase")
    parts = {("heures", ""): "12.5", ("venus", ""): 14, ("venus", "sexe:f"): 9, ("motifs", "choix:droits"): 2}
    entree(equipe, vallon, None, nature="heures", debut=today() - timedelta(days=90), fin=today(), valeurs=parts)
    client = as_("equipe")
    for format in ("csv", "xlsx"):
        content = client.get(address(vallon, "activite-export", format)).content
        upload = io.BytesIO(content)
        upload.name = f"activite.{format}"
        page = client.post(address(vallon), {"fichier": upload}, follow=True)
        if page.redirect_chain[-1][0].endswith("/colonnes/"):
            page = client.post(page.redirect_chain[-1][0], held(page), follow=True)
        assert "8 lignes lues : 0 à inscrire ; 8 expliquées" in plainly(page.content.decode()), plainly(
            page.content.decode()
        )


# Long tables


@pytest.fixture
def two_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two rows at once on the page, no more."""
    monkeypatch.setattr(travail, "D_UN_COUP", 2)


def test_a_long_table_is_written_by_the_loop(as_: As, vallon: EspaceDeContrat, two_at_once: None) -> None:
    client = as_("partenaire")
    by = acces_of(Personne.objects.get(nom="Cléo Relais"))
    depose = deposed(by, vallon, sheet([row(3), row(4), row(5)]))
    page = confirmed(client, vallon, depose)
    assert "Inscription de « suivi.csv »" in plainly(page.content.decode())
    assert not Entree.objects.exists()
    advance_works()
    done = Travail.objects.get()
    assert (done.etat, done.erreur, Entree.objects.count()) == ("fini", "", 3)
    assert "3 lignes lues : 3 inscrites" in plainly(client.get(done.suite).content.decode())
    assert Geste.objects.get().par == by.personne


def test_a_long_table_is_not_written_once_the_register_changed(
    as_: As, vallon: EspaceDeContrat, two_at_once: None
) -> None:
    client = as_("equipe")
    by = acces_of(Personne.objects.get(nom="Basile Pivot"))
    depose = deposed(by, vallon, sheet([row(3), row(4), row(5)]))
    confirmed(client, vallon, depose)
    by_hand(by, vallon, 3)
    advance_works()
    done = Travail.objects.get()
    assert (done.etat, Entree.objects.count()) == ("echoue", 1)
    assert "rien n’est inscrit" in done.erreur


def test_a_long_table_of_one_whose_role_ended_is_not_written(
    as_: As, vallon: EspaceDeContrat, two_at_once: None
) -> None:
    client = as_("partenaire")
    by = acces_of(Personne.objects.get(nom="Cléo Relais"))
    confirmed(client, vallon, deposed(by, vallon, sheet([row(3), row(4), row(5)])))
    Habilitation.objects.filter(personne=by.personne).delete()
    advance_works()
    assert (Travail.objects.get().etat, Entree.objects.count()) == ("echoue", 0)


# Erased people


def test_a_table_and_a_receipt_that_name_someone_erased_lose_it(vallon: EspaceDeContrat) -> None:
    by = acces("Ali Plume", Role.EQUIPE, vallon)
    erased = person("Ida Effacée", signs_in=False)
    named, other = sheet([row(Salle="Ida Effacée"), row(**{"Nb de personnes": "Ida Effacée"})]), sheet([row(9)])
    for content in (named, other):
        deposed(by, vallon, content)
    done = deposed(by, vallon, named)
    write_import(by=by, depose=done, empreinte=preview(by, done).empreinte)
    forget(erased, Marques(["Ida Effacée"], [], [], unique=True))
    waiting = ImportDEntrees.objects.exclude(pk=done.pk)
    done.refresh_from_db()
    assert [one.contenu[2][1][0] for one in waiting] == [day(9)]
    assert (done.nom, done.bilan["expliquees"], done.bilan["lues"]) == ("", [], 2)
