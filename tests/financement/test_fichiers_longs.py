"""A file of subsidies taken up in the ledger and given back the same; long ones read by parts, killed, cancelled."""

import csv
import io
import zipfile
from collections.abc import Callable, Iterator
from copy import deepcopy
from datetime import UTC, datetime, timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tenir.acteurs.models import Organisation
from tenir.core.marques import Perime
from tenir.core.models import Travail
from tenir.core.tableur import TableauIllisible, pasted, read_file
from tenir.core.tableur.colonnes import read_rows
from tenir.core.tableur.flux import rows_from, start, unfolded
from tenir.core.travaux.boucle import advance_works, step, take
from tenir.core.travaux.demande import ask_to_stop
from tenir.ecran.annulation.annuler import mark_of, standing, undo
from tenir.ecran.models import Geste
from tenir.financement.ecrans import importation, rapprochement, travaux
from tenir.financement.models import LigneDeFinancement, RapprochementDeSubventions, SubventionAPublier
from tenir.financement.publication import ENTETES, scdl_file, to_publish
from tenir.financement.services.rapprochements import (
    COMPLETES,
    KEPT,
    LEFT,
    OPENS,
    SAME,
    clean,
    keep_comparison,
    plan,
    shown,
    take_up,
)
from tenir.financement.subventions import COLONNES, REQUIRED, Lecture, Tri, compare, sift
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces
from tenir.habilitations.roles import Role
from tests.financement.argent import RIGHT, action, financeurs, line, then
from tests.financement.schema import faults
from tests.formulaires import Lectrice, send
from tests.partage import shared
from tests.personnes import acces, contract

pytestmark = pytest.mark.deux_bases
Made = tuple[EspaceDeContrat, Acces]
POSTE = "35600000049837"
NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def _made(django_db_setup: None, django_db_blocker) -> Iterator[Made]:
    def make() -> Made:
        espace = contract("vallon", etat="signe")
        team = acces("Basile Pivot", Role.EQUIPE, espace)
        action(espace, "O01-A01")
        action(espace, "O01-A02")
        financeurs(espace)
        Organisation.objects.filter(identifiant="ccas").update(siret=POSTE)
        return espace, team

    with shared(django_db_blocker, make) as made:
        yield made


@pytest.fixture
def made(_made: Made, db: None) -> Made:
    return deepcopy(_made)


def scdl(*rows: dict[str, str]) -> bytes:
    """A file of the schema."""
    out = io.StringIO()
    csv.writer(out).writerows([ENTETES, *([one.get(name, "") for name in ENTETES] for one in rows)])
    return out.getvalue().encode()


def row(objet: str = "Ateliers fictifs (O01-A01)", montant: str = "4000.50", **more: str) -> dict[str, str]:
    base = {
        "nomAttribuant": "CCAS", "idAttribuant": POSTE, "dateConvention": "2026-03-12", "referenceDecision": "2026-014",
        "nomBeneficiaire": "Association fictive", "idBeneficiaire": RIGHT, "objet": objet, "montant": montant,
        "nature": "aide en numéraire;aide en nature", "conditionsVersement": "échelonné",
        "datesPeriodeVersement": "2026-04-01/2026-12-31", "notificationUE": "non", "pourcentageSubvention": "0.8",
        "dispositifAide": "Contrat de ville",
    }  # fmt: skip
    return base | more


def kept(made: Made, content: bytes) -> RapprochementDeSubventions:
    grille = read_rows(read_file("scdl.csv", content), COLONNES, REQUIRED)
    return keep_comparison(by=made[1], espace=made[0], nom="scdl.csv", tri=sift(grille.rangs, Lecture(made[0])))


def taken(made: Made, content: bytes) -> list[str]:
    found = kept(made, content)
    assert [one.dit for one in plan(found) if one.sort == LEFT] == []
    return [one.sort for one in take_up(found, by=made[1], lu=shown(plan(found)))]


def test_a_file_taken_up_leaves_the_same_and_comes_back_the_same(made: Made) -> None:
    espace, _ = made
    given = scdl(
        row(), row("Jardin fictif (O01-A02)", "1500.00", rnaBeneficiaire="W332000001", idRAE="12345"),
        row("Fête de quartier, O01", "700.25", pourcentageSubvention="1", datesPeriodeVersement="2026-05-02",
            nature="aide en numéraire", notificationUE="oui"),
    )  # fmt: skip
    assert taken(made, given) == [OPENS] * 3
    out = scdl_file(to_publish(espace))
    assert faults(out) == []
    assert sorted(csv.reader(io.StringIO(out.decode()))) == sorted(csv.reader(io.StringIO(given.decode())))
    assert taken(made, out) == [SAME] * 3
    assert scdl_file(to_publish(espace)) == out
    found = compare(Tri.from_json(kept(made, out).contenu), Lecture(espace))
    assert (found.accords, found.differences, found.douteuses) == (3, [], [])


def test_what_contradicts_the_ledger_is_left_and_what_completes_it_is_taken(made: Made) -> None:
    espace, team = made
    held = line(team, espace, montant="4000.50")
    line(team, espace, "O01-A02", montant="900")
    rows = [
        row(), row("Jardin fictif (O01-A02)", "1500"), row("Contrat de ville, sans code", "12"),
        row("Ateliers (O01-A01)", "-5"), row("Autre (O01-A01)", "77", nomAttribuant="Martiens"),
    ]  # fmt: skip
    found = kept(made, scdl(*rows))
    told = plan(found)
    assert [one.sort for one in told] == [COMPLETES, LEFT, LEFT, LEFT, LEFT]
    why = " | ".join(one.dit.replace("\u00a0", " ").replace("\u202f", " ") for one in told)
    for said in ("le registre dit 900 €", "aucune action", "nul ou négatif", "« Martiens » n’est pas"):
        assert said in why
    take_up(found, by=team, lu=shown(told))
    assert SubventionAPublier.objects.get().ligne_id == held.pk


def test_what_changed_since_it_was_shown_is_shown_again_and_all_is_undone_at_once(made: Made) -> None:
    espace, team = made
    found = kept(made, scdl(row(), row("Jardin fictif (O01-A02)", "1500")))
    seen = shown(plan(found))
    other = line(team, espace, montant="4000.50")
    with pytest.raises(Perime):
        take_up(found, by=team, lu=seen)
    then(team, other, "annule", None, motif="Raison fictive.")
    take_up(found, by=team, lu=shown(plan(found)))
    geste = Geste.objects.latest("pk")
    before = LigneDeFinancement.objects.count()
    undo(by=team, geste=geste, shown=mark_of(standing(geste, team)))
    assert LigneDeFinancement.objects.count() == before - 1
    assert not SubventionAPublier.objects.exists()


def long_file(rows: int) -> bytes:
    """Rows of other policies, one in a thousand of which is of the contract."""
    some = (row(f"Fête {n}, Contrat de ville O01-A01" if n % 1000 == 0 else f"Fête {n}", dispositifAide="")
            for n in range(rows))  # fmt: skip
    return scdl(*some)


def asked(made: Made, content: bytes, nom: str = "long.csv") -> Travail:
    return travaux.ask_to_read(made[1], made[0], nom, ContentFile(content))


def all_steps() -> None:
    advance_works(lambda: NOW)


def killed_after(travail: Travail, steps: int) -> None:
    """A loop takes the work, does some steps, then is killed: its lease runs out."""
    held = take(NOW)
    assert held is not None
    assert held.pk == travail.pk
    for _ in range(steps):
        step(held, lambda: NOW)
    Travail.objects.filter(pk=travail.pk).update(bail="", bail_jusqu_a=None, essais=1)


@pytest.mark.parametrize("steps", [0, 1, 2])
def test_a_long_file_killed_half_way_goes_on_and_says_the_same(
    made: Made, steps: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(travaux, "STEP", 1_500)
    content = long_file(5_000)
    travail = asked(made, content)
    killed_after(travail, steps)
    travail.refresh_from_db()
    assert travail.fait == max(0, steps - 1) * 1_500 + (2 if steps > 1 else 0)
    assert not RapprochementDeSubventions.objects.exists(), "nothing half-done"
    all_steps()
    travail.refresh_from_db()
    assert (travail.etat, travail.total) == (Travail.Etat.FINI, travail.fait)
    found = RapprochementDeSubventions.objects.get()
    assert travail.suite == reverse("financement-rapprochement", args=[made[0].slug, found.numero])
    whole = sift(rows_of(content), Lecture(made[0]))
    assert (found.lues, found.contenu["gardes"]) == (5_000, whole.to_json()["gardes"])
    assert len(whole.gardes) == 5


def rows_of(content: bytes) -> list:
    with unfolded(io.BytesIO(content)) as file:
        mark, _ = start(file, COLONNES, REQUIRED)
        return rows_from(file, mark, 1_000_000)[0]


def test_a_long_file_cancelled_half_way_leaves_nothing(made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(travaux, "STEP", 1_000)
    travail = asked(made, long_file(3_000))
    killed_after(travail, 2)
    assert ask_to_stop(travail, auteur=made[1].auteur(made[0]))
    all_steps()
    travail.refresh_from_db()
    assert (travail.etat, travail.depose.name) == (Travail.Etat.ANNULE, "")
    assert not RapprochementDeSubventions.objects.exists()


def zipped(content: bytes, name: str = "subventions.csv") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return out.getvalue()


@pytest.mark.parametrize(
    "given",
    [
        lambda plain: plain,
        zipped,
        lambda plain: b"\xef\xbb\xbf" + plain,
        lambda plain: b"sep=,\r\n" + plain,
        lambda plain: plain.decode().encode("cp1252"),
        lambda plain: plain.replace(b"Association fictive", b'"Association\r\nfictive"'),
    ],
)
def test_a_long_file_is_read_the_same_however_it_is_written(made: Made, given: Callable[[bytes], bytes]) -> None:
    wanted = [one.cellules["objet"] for one in rows_of(long_file(30))]
    assert [one.cellules["objet"] for one in rows_of(given(long_file(30)))] == wanted


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"a,b\n" * 5_000, "ne nomme les colonnes"),
        (scdl(row()) + b'"jamais ferm\xc3\xa9' + b"x" * 200_000, "jamais refermé"),
        (scdl(row()) + b"x" * 1_000_001, "ligne sans fin"),
        (b"nomAttribuant,montant\n\0\n", "pas du texte"),
    ],
)
def test_a_file_that_is_none_says_why(made: Made, content: bytes, why: str) -> None:
    travail = asked(made, content)
    all_steps()
    travail.refresh_from_db()
    assert travail.etat == Travail.Etat.ECHOUE
    assert why in travail.erreur


def test_an_archive_holds_one_csv(made: Made) -> None:
    with pytest.raises(TableauIllisible, match="archive"), unfolded(io.BytesIO(zipped(b"", "notes.md"))):
        pass


def test_the_page_sends_a_long_file_to_the_loop_and_reads_a_short_one(made: Made) -> None:
    espace, team = made
    client = Lectrice()
    client.force_login(team.personne.utilisateur)
    url = reverse("financements-comparer", args=[espace.slug])
    for content in (long_file(2_100), zipped(long_file(10))):
        answer = send(client, url, client.get(url), fichier=SimpleUploadedFile("long.csv", content))
        travail = Travail.objects.latest("pk")
        assert answer.url == reverse("travail", args=[travail.pk])
        assert "long.csv" in client.get(answer.url).content.decode()
    answer = send(client, url, client.get(url), fichier=SimpleUploadedFile("court.csv", scdl(row())))
    assert "reprendre" in client.get(answer.url).content.decode()
    act = f"{answer.url}reprendre/"
    assert "ouvre une ligne" in client.get(act).content.decode()
    assert send(client, act, client.get(act)).status_code == 302
    assert LigneDeFinancement.objects.filter(etat="conventionne").count() == 1


def test_many_rows_are_written_by_the_loop_all_or_none(made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    espace, team = made
    for page in (importation, rapprochement):
        monkeypatch.setattr(page, "AT_ONCE", 1)
    client = Lectrice()
    client.force_login(team.personne.utilisateur)
    url = reverse("financements-importer", args=[espace.slug])
    text = "Code\tFinanceur\tAnnée\tÉtat\tMontant\tDate\n" + "\n".join(
        f"O01-A0{n}\tCCAS\t2026\tvoté\t{n}00\t12/03/2026" for n in (1, 2)
    )
    preview = send(client, url, client.get(url), texte=text)
    assert send(client, url, preview, confirmer="1").url.startswith("/travaux/")
    assert not LigneDeFinancement.objects.filter(vote__gt=0).exists()
    all_steps()
    assert sorted(map(int, LigneDeFinancement.objects.filter(vote__gt=0).values_list("vote", flat=True))) == [100, 200]
    again = send(client, url, client.get(url), texte=text.replace("voté", "proposé"))
    then(team, LigneDeFinancement.objects.filter(vote=100).get(), "conventionne", "100")
    assert send(client, url, again, confirmer="1").url.startswith("/travaux/")
    all_steps()
    assert "a changé depuis" in Travail.objects.latest("pk").erreur
    assert not LigneDeFinancement.objects.filter(etat="propose").exists(), "all of it, or nothing"


def test_many_subsidies_are_taken_up_by_the_loop(made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    espace, team = made
    monkeypatch.setattr(rapprochement, "AT_ONCE", 1)
    found = kept(made, scdl(row(), row("Jardin fictif (O01-A02)", "1500")))
    client = Lectrice()
    client.force_login(team.personne.utilisateur)
    act = reverse("financement-rapprochement-reprendre", args=[espace.slug, found.numero])
    rows = [one.rang for one in plan(found)]
    assert send(client, act, client.get(act), prendre=rows).url.startswith("/travaux/")
    all_steps()
    assert SubventionAPublier.objects.count() == 2


def test_one_chooses_which_rows_are_taken_up(made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    found = kept(made, scdl(row(), row("Jardin fictif (O01-A02)", "1500"), row("Rien qui se rattache", "70")))
    client = Lectrice()
    client.force_login(made[1].personne.utilisateur)
    act = reverse("financement-rapprochement-reprendre", args=[made[0].slug, found.numero])
    page = client.get(act)
    told = page.content.decode().replace("\xa0", " ").replace("\u202f", " ")
    assert told.count("checked>") == 2, "every row that writes something is ticked at first"
    assert "2 lignes à inscrire : 2 ouvrent une ligne (" in told
    assert "Ce qui n’entre pas (1)" in told
    none = client.get(f"{act}?cocher=rien")
    assert "checked>" not in none.content.decode()
    refused = send(client, act, none, prendre=[])
    assert refused.status_code == 422
    assert "Cochez au moins une ligne" in refused.content.decode()
    second = next(one.rang for one in plan(found) if "Jardin" in one.quoi)
    assert send(client, act, page, prendre=[second]).status_code == 302
    assert [
        int(one) for one in LigneDeFinancement.objects.filter(etat="conventionne").values_list("vote", flat=True)
    ] == [1500]
    monkeypatch.setattr(rapprochement, "AT_ONCE", 0)
    again = client.get(act)
    left = next(one.rang for one in plan(found) if one.change)
    assert send(client, act, again, prendre=[left, 999]).url.startswith("/travaux/"), "the loop takes the chosen ones"
    all_steps()
    assert LigneDeFinancement.objects.filter(etat="conventionne").count() == 2


def test_what_was_read_is_erased_after_thirty_days(made: Made) -> None:
    found = kept(made, scdl(row()))
    RapprochementDeSubventions.objects.update(lu_le=NOW)
    assert clean(NOW + KEPT).endswith("0.")
    assert clean(NOW + KEPT + timedelta(days=1)).endswith("1.")
    assert not RapprochementDeSubventions.objects.filter(pk=found.pk).exists()


def test_rows_pasted_say_so(made: Made) -> None:
    grille = read_rows([pasted("nomAttribuant\tmontant\nCCAS\t10")], COLONNES, REQUIRED)
    made_ = keep_comparison(by=made[1], espace=made[0], nom="", tri=sift(grille.rangs, Lecture(made[0])))
    assert made_.nom == "lignes collées"
