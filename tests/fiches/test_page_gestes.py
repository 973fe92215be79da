"""The small gestures on a fiche: jalons, partners, pièces."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tenir.acteurs.models import Personne
from tenir.contrat.models import Signataire
from tenir.core import horloge
from tenir.core.models import EntreeDeTrace
from tenir.fiches.models import FicheAction, Jalon, PieceDeFiche
from tenir.fiches.services.jalons import update_jalon
from tenir.fiches.services.nouvelles import set_part
from tenir.fiches.services.pieces import add_piece
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.niveaux import Niveau
from tenir.habilitations.rights import acces_of
from tests.formulaires import fill, held, send, text
from tests.pages import html_of
from tests.personnes import body
from tests.vie import fiche, jalon

As = Callable[[str], Client]
People = dict[str, Personne]


@pytest.fixture(autouse=True)
def media(settings, tmp_path: Path) -> Path:
    """Where files are kept for a test."""
    settings.MEDIA_ROOT = tmp_path / "documents"
    return settings.MEDIA_ROOT


def at(of: FicheAction, name: str, *more: object) -> str:
    return reverse(f"fiche-{name}", args=[of.espace.slug, of.code, *more])


def told() -> list[tuple[str, str, str]]:
    return list(EntreeDeTrace.objects.filter(genre="fiche action").values_list("champ", "avant", "apres"))


# Jalons


def test_a_jalon_is_added(as_: As, vallon: EspaceDeContrat) -> None:
    of = fiche(vallon, pilots=("ccas",))
    typed = {"titre": "Signer le bail", "prevu_le": "2027-03-01"}
    assert fill(as_("partenaire"), at(of, "jalon-nouveau"), **typed).status_code == 302
    assert (of.jalons.get().titre, of.jalons.get().prevu_le) == ("Signer le bail", date(2027, 3, 1))


def test_a_jalon_without_a_day_comes_back_as_it_was_typed(as_: As, vallon: EspaceDeContrat) -> None:
    answer = fill(as_("equipe"), at(fiche(vallon), "jalon-nouveau"), titre="Signer le bail")
    assert (answer.status_code, held(answer)["titre"]) == (422, "Signer le bail")
    assert 'href="#id_prevu_le"' in answer.content.decode()
    assert not Jalon.objects.exists()


def test_a_jalon_is_reached_today_in_one_gesture(as_: As, vallon: EspaceDeContrat) -> None:
    of = fiche(vallon)
    step = jalon(of, date(2026, 1, 5))
    answer = as_("equipe").post(at(of, "jalon-atteint", step.pk), follow=True)
    step.refresh_from_db()
    assert step.atteint_le == horloge.today()
    assert "Le jalon « Ouvrir le lieu » est atteint." in text(answer)


@pytest.mark.parametrize("settled", ["atteint_le", "abandonne_le"])
@pytest.mark.parametrize("gesture", ["jalon-atteint", "jalon-abandonner"])
def test_a_jalon_settled_by_someone_else_stays_as_she_said(
    as_: As, vallon: EspaceDeContrat, gesture: str, settled: str
) -> None:
    of = fiche(vallon)
    step = jalon(of, date(2026, 1, 5), **{settled: date(2026, 2, 3)})
    as_("equipe").post(at(of, gesture, step.pk), {"motif": "Vendu"})
    kept = {name: getattr(Jalon.objects.get(), name) for name in ("atteint_le", "abandonne_le")}
    assert kept == {"atteint_le": None, "abandonne_le": None, settled: date(2026, 2, 3)}
    assert told() == []


def test_giving_a_jalon_up_asks_why(as_: As, vallon: EspaceDeContrat) -> None:
    of = fiche(vallon)
    step = jalon(of, date(2026, 1, 5))
    url = at(of, "jalon-abandonner", step.pk)
    assert fill(as_("equipe"), url).status_code == 422
    assert fill(as_("equipe"), url, motif="Le local est vendu.").status_code == 302
    step.refresh_from_db()
    assert step.abandonne_le == horloge.today()
    assert EntreeDeTrace.objects.get(genre="fiche action").motif == "Le local est vendu."


def test_a_jalon_typed_by_mistake_goes_once_confirmed(as_: As, vallon: EspaceDeContrat) -> None:
    of = fiche(vallon)
    url = at(of, "jalon-retirer", jalon(of, date(2030, 1, 1)).pk)
    assert "Retirer ce jalon ?" in text(as_("equipe").get(url))
    assert of.jalons.count() == 1
    assert fill(as_("equipe"), url).status_code == 302
    assert of.jalons.count() == 0


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"revise_le": "2030-01-01"}, "revise_le"),
        ({"atteint_le": "2030-01-01"}, "atteint_le"),
        ({"atteint_le": "2026-02-01", "abandonne_le": "2026-02-01"}, "abandonne_le"),
        ({"titre": " "}, "titre"),
    ],
)
def test_what_no_jalon_can_be_is_refused_beside_its_field(
    as_: As, vallon: EspaceDeContrat, typed: dict[str, str], field: str
) -> None:
    of = fiche(vallon)
    answer = fill(as_("equipe"), at(of, "jalon-modifier", jalon(of, date(2030, 1, 1)).pk), **typed)
    assert (answer.status_code, list(answer.context["form"].errors), told()) == (422, [field], [])


def test_two_people_on_one_jalon_the_second_chooses(as_: As, vallon: EspaceDeContrat, people: People) -> None:
    of = fiche(vallon)
    step = jalon(of, date(2030, 1, 1))
    client, url = as_("equipe"), at(of, "jalon-modifier", step.pk)
    page = client.get(url)
    other = acces_of(people["administration"])
    update_jalon(by=other, jalon=step, changes={"revise_le": date(2030, 3, 1), "titre": "Ouvrir le local"})
    conflict = send(client, url, page, revise_le="2030-04-01", motif="Notaire absent")
    assert conflict.status_code == 409
    assert "« 1er mars 2030 » Écrire la mienne : « 1er avril 2030 »" in text(conflict)
    assert "Ce qui est attendu Ouvrir le local" in text(conflict)
    assert send(client, url, conflict, choix__revise_le="mienne").status_code == 302
    step.refresh_from_db()
    assert (step.titre, step.revise_le) == ("Ouvrir le local", date(2030, 4, 1))
    assert EntreeDeTrace.objects.filter(motif="Notaire absent").count() == 1


# Partners


def test_a_partner_is_named_given_a_part_and_taken_away(as_: As, vallon: EspaceDeContrat) -> None:
    of = fiche(vallon, pilots=("ccas", "caf"))
    client = as_("equipe")
    assert fill(client, at(of, "partenaire-nouveau"), organisation=body("caf").pk, part="finance").status_code == 302
    row = of.partenaires.get()
    assert fill(client, at(of, "partenaire-modifier", row.pk), part="finance et anime").status_code == 302
    assert of.partenaires.get().part == "finance et anime"
    fill(client, at(of, "partenaire-retirer", row.pk))
    assert not of.partenaires.exists()
    assert [after for _, _, after in told()] == ["finance", "finance et anime", ""]


def test_only_the_bodies_of_the_contract_that_are_not_yet_partners_are_offered(
    as_: As, vallon: EspaceDeContrat, colline: EspaceDeContrat
) -> None:
    of = fiche(vallon, pilots=("ccas", "caf"))
    fiche(colline, pilots=("bailleur",))
    of.partenaires.create(organisation=body("caf"))
    form = as_("equipe").get(at(of, "partenaire-nouveau")).context["form"]
    assert [name for _, name in form.fields["organisation"].choices] == ["Choisissez", "CCAS"]
    refused = fill(as_("equipe"), at(of, "partenaire-nouveau"), organisation=body("bailleur").pk)
    assert refused.status_code == 422


def test_the_part_of_a_printed_partner_is_said_from_its_line(as_: As, vallon: EspaceDeContrat) -> None:
    of = fiche(vallon, pilots=("ccas",))
    page = as_("equipe").get(f"{at(of, 'partenaire-nouveau')}?organisme={body('ccas').pk}")
    assert held(page)["organisation"] == str(body("ccas").pk)


def test_two_people_on_one_part_the_second_chooses(as_: As, vallon: EspaceDeContrat, people: People) -> None:
    of = fiche(vallon)
    row = of.partenaires.create(organisation=body("caf"), part="finance")
    client, url = as_("equipe"), at(of, "partenaire-modifier", row.pk)
    page = client.get(url)
    set_part(by=acces_of(people["administration"]), fiche=of, organisation=body("caf"), part="prête la salle")
    conflict = send(client, url, page, part="anime")
    assert conflict.status_code == 409
    assert send(client, url, conflict, choix__part="mienne").status_code == 302
    row.refresh_from_db()
    assert row.part == "anime"


# Pièces


def test_a_file_is_added_and_comes_back_as_it_was(as_: As, vallon: EspaceDeContrat) -> None:
    of = fiche(vallon, pilots=("ccas",))
    file = SimpleUploadedFile("Bilan de l’été.csv", b"a;b\n", content_type="text/html")
    answer = fill(as_("partenaire"), at(of, "piece-nouvelle"), fichier=file, niveau="1")
    assert answer.status_code == 302
    piece = PieceDeFiche.objects.get()
    got = as_("lecture").get(at(of, "piece", piece.pk))
    assert (got.status_code, got.content, got["Content-Type"]) == (200, b"a;b\n", "text/csv")
    assert got["X-Content-Type-Options"] == "nosniff"
    assert got["Cache-Control"] == "private, no-store"
    named = "filename*=utf-8''Bilan%20de%20l%E2%80%99%C3%A9t%C3%A9.csv"
    assert got["Content-Disposition"] == f"attachment; {named}"


@pytest.mark.parametrize(
    ("niveau", "readers"),
    [
        (Niveau.PUBLIC, {"lecture", "partenaire", "equipe"}),
        (Niveau.PARTENAIRES, {"lecture", "partenaire", "equipe"}),
        (Niveau.EQUIPE, {"equipe"}),
    ],
)
def test_a_file_is_opened_by_its_level_alone(
    as_: As, vallon: EspaceDeContrat, people: People, niveau: Niveau, readers: set[str]
) -> None:
    of = fiche(vallon, pilots=("caf",))
    file = SimpleUploadedFile("Compte rendu.txt", b"vu")
    piece = add_piece(by=acces_of(people["equipe"]), fiche=of, niveau=niveau, fichier=file)
    for who in ("lecture", "partenaire", "equipe"):
        page = as_(who).get(reverse("fiche", args=[vallon.slug, of.code]))
        answer = as_(who).get(at(of, "piece", piece.pk))
        assert ("Compte rendu.txt" in text(page)) == (who in readers)
        assert answer.status_code == (200 if who in readers else 403)
    assert as_("voisin").get(at(of, "piece", piece.pk)).status_code == 404
    assert as_("visiteur").get(at(of, "piece", piece.pk)).status_code == 302


def test_who_carries_the_action_opens_what_is_kept_for_it(as_: As, vallon: EspaceDeContrat, people: People) -> None:
    of = fiche(vallon, pilots=("ccas",))
    file = SimpleUploadedFile("Compte rendu.txt", b"vu")
    piece = add_piece(by=acces_of(people["equipe"]), fiche=of, niveau=Niveau.EQUIPE, fichier=file)
    assert as_("partenaire").get(at(of, "piece", piece.pk)).content == b"vu"


def test_a_file_has_no_address_of_its_own(as_: As, vallon: EspaceDeContrat, people: People, settings) -> None:
    of = fiche(vallon)
    file = SimpleUploadedFile("a.txt", b"vu")
    piece = add_piece(by=acces_of(people["equipe"]), fiche=of, niveau=Niveau.PUBLIC, fichier=file)
    assert settings.MEDIA_URL in {"", "/"}
    for url in (f"/{piece.fichier.name}", f"/media/{piece.fichier.name}", f"/documents/{piece.fichier.name}"):
        assert as_("equipe").get(url).status_code == 404


def test_a_file_lost_on_the_disk_does_not_exist(as_: As, vallon: EspaceDeContrat, people: People) -> None:
    of = fiche(vallon)
    file = SimpleUploadedFile("a.txt", b"vu")
    piece = add_piece(by=acces_of(people["equipe"]), fiche=of, niveau=Niveau.PUBLIC, fichier=file)
    piece.fichier.storage.delete(piece.fichier.name)
    assert as_("equipe").get(at(of, "piece", piece.pk)).status_code == 404


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"fichier": SimpleUploadedFile("page.html", b"<html>")}, "Ce type de fichier n’est pas accepté"),
        ({"fichier": SimpleUploadedFile("vide.pdf", b"")}, "Ce fichier est vide."),
        ({"fichier": SimpleUploadedFile("a.png", b"%PDF-")}, "n’est pas un vrai .png"),
        ({"lien": "javascript:alert(1)"}, "Un lien commence par https:// ou http://."),
        ({"titre": "Ni l’un ni l’autre"}, "Donnez un fichier ou un lien, pas les deux."),
        ({"lien": "https://exemple.test/", "niveau": "7"}, "n’en fait pas partie"),
    ],
)
def test_what_is_refused_says_why_and_keeps_nothing(
    as_: As, vallon: EspaceDeContrat, media: Path, typed: dict[str, object], said: str
) -> None:
    for file in typed.values():
        if isinstance(file, SimpleUploadedFile):
            file.seek(0)
    answer = fill(as_("equipe"), at(fiche(vallon), "piece-nouvelle"), **typed)
    assert answer.status_code == 422
    assert said in text(answer)
    assert (PieceDeFiche.objects.count(), [path for path in media.rglob("*") if path.is_file()]) == (0, [])


def test_a_link_opens_elsewhere_and_tells_nothing_of_where_one_came_from(as_: As, vallon: EspaceDeContrat) -> None:
    of = fiche(vallon)
    fill(as_("equipe"), at(of, "piece-nouvelle"), lien="https://exemple.test/projet", titre="Le projet")
    page = html_of(as_("lecture").get(reverse("fiche", args=[vallon.slug, of.code])))
    assert '<a href="https://exemple.test/projet" rel="external noopener noreferrer">Le projet</a>' in page
    assert as_("lecture").get(at(of, "piece", of.pieces.get().pk)).status_code == 404


def test_a_piece_goes_once_confirmed(as_: As, vallon: EspaceDeContrat, people: People) -> None:
    of = fiche(vallon)
    file = SimpleUploadedFile("a.txt", b"vu")
    piece = add_piece(by=acces_of(people["equipe"]), fiche=of, niveau=Niveau.PUBLIC, fichier=file)
    url = at(of, "piece-retirer", piece.pk)
    assert "Le fichier sera effacé" in text(as_("equipe").get(url))
    assert of.pieces.count() == 1
    assert fill(as_("equipe"), url).status_code == 302
    assert of.pieces.count() == 0


# The pages themselves


def test_the_queries_of_a_form_do_not_grow_with_the_bodies_of_the_contract(as_: As, vallon: EspaceDeContrat) -> None:
    of = fiche(vallon, pilots=("ccas",))
    client, url = as_("equipe"), reverse("fiche-modifier", args=[vallon.slug, of.code])
    client.get(url)
    counts = []
    for end in (1, 9):
        for rank in range(end):
            signs = {"code": f"S{end}{rank}", "ordre": rank, "organisation": body(f"organisme-{end}-{rank}")}
            Signataire.objects.create(espace=vallon, nom=f"Organisme {rank}", **signs)
        with CaptureQueriesContext(connection) as asked:
            client.get(url)
        counts.append(len(asked))
    assert counts[0] == counts[1]
