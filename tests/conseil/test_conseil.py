"""The council: candidates, the frozen list, the draw and its replay, mandates, replacement, what is erased."""

import hashlib
import subprocess
import sys
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from tenir.conseil.ecrans.bloc import sections
from tenir.conseil.explication import explained
from tenir.conseil.models import AppelACandidatures, Candidature, Mandat
from tenir.conseil.oubli import forget
from tenir.conseil.services.appels import change_call, draw_lots, freeze, result_of
from tenir.conseil.services.candidatures import correct, withdraw
from tenir.conseil.services.effacement import erase_due
from tenir.conseil.services.mandats import leave
from tenir.core import horloge
from tenir.core.envois import CHAMP, new_key
from tenir.core.models import EntreeDeTrace
from tenir.core.oubli import Marques
from tenir.ecran.models import Geste
from tenir.ecran.versions import Conflit
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces, Refus
from tenir.habilitations.roles import Role
from tenir.public.conseil.vues import REJOUER
from tests.conseil.appels import MOTS, appel, candidat, clos, fige, membre, tire
from tests.partage import shared
from tests.personnes import acces, body, contract

pytestmark = pytest.mark.deux_bases


@dataclass
class Salle:
    """A public contract, its team, a partner of « ccas », and one who speaks for the council."""

    espace: EspaceDeContrat
    equipe: Acces
    ccas: Acces
    conseil: Acces


@pytest.fixture(scope="module")
def _made(django_db_setup: None, django_db_blocker) -> Iterator[Salle]:
    def make() -> Salle:
        espace, council = contract("vallon"), body("conseil")
        council.nature = "conseil citoyen"
        council.save()
        team, partner = acces("Basile Pivot", Role.EQUIPE, espace), acces("Cléo", Role.PARTENAIRE, espace, of="ccas")
        return Salle(espace, team, partner, acces("Zoé Conseil", Role.PARTENAIRE, espace, of="conseil"))

    with shared(django_db_blocker, make) as made:
        yield made


@pytest.fixture
def salle(_made: Salle, db: None) -> Salle:
    return deepcopy(_made)


def later(days: int) -> datetime:
    return datetime.now(UTC) + timedelta(days=days)


def test_the_list_is_published_with_its_digest_before_any_word_and_never_changes_after(salle: Salle) -> None:
    found = fige(salle.equipe, salle.espace)
    assert found.empreinte == hashlib.sha256(found.liste.encode()).hexdigest()
    assert found.liste.splitlines()[:2] == ["numero;college;sexe", "1;habitants;F"]
    assert "Zélie" not in found.liste
    for changes in ({"sieges_habitants": 9}, {"ferme_le": horloge.today() + timedelta(days=5)}):
        with pytest.raises(ValidationError, match="ne changent plus"):
            change_call(by=salle.equipe, appel=found, version=found.version, changes=changes)
    one = found.candidatures.get(numero=1)
    with pytest.raises(ValidationError, match="figée"):
        correct(by=salle.equipe, candidature=one, version=one.version, changes={"sexe": "H"})
    with pytest.raises(ValidationError, match="avant que la liste"):
        withdraw(by=salle.equipe, candidature=one)
    correct(by=salle.equipe, candidature=one, version=one.version, changes={"contact": "06 00 00 00 00"})


def test_a_list_is_frozen_once_the_call_is_over_and_drawn_once(salle: Salle) -> None:
    found = appel(salle.equipe, salle.espace)
    candidat(found)
    with pytest.raises(ValidationError, match="une fois l’appel fermé"):
        freeze(by=salle.equipe, appel=found)
    with pytest.raises(ValidationError, match="liste figée"):
        draw_lots(by=salle.equipe, appel=found, **MOTS)
    found = freeze(by=salle.equipe, appel=clos(found))
    with pytest.raises(ValidationError, match="Trois mots"):
        draw_lots(by=salle.equipe, appel=found, mots="un deux", circonstances="Ici.")
    draw_lots(by=salle.equipe, appel=found, **MOTS)
    with pytest.raises(ValidationError, match="une seule fois"):
        draw_lots(by=salle.equipe, appel=found, **MOTS)
    told = Geste.objects.filter(espace=salle.espace).values_list("phrase", flat=True)
    assert not [one for one in told if "tir" in one], "a draw is never undone"


def test_a_call_that_nobody_answered_is_not_drawn(salle: Salle) -> None:
    with pytest.raises(ValidationError, match="Personne n’a candidaté"):
        freeze(by=salle.equipe, appel=clos(appel(salle.equipe, salle.espace)))


def test_the_draw_seats_its_members_and_says_what_a_quota_could_not_fill(salle: Salle) -> None:
    found = tire(salle.equipe, salle.espace)
    residents, local = result_of(found)
    seated = set(Mandat.objects.filter(espace=salle.espace).values_list("candidature__numero", flat=True))
    assert seated == {one.numero for one in (*residents.membres, *local.membres)}
    assert [one.sexe for one in residents.membres].count("F") == 2
    assert len(local.membres) == 2
    told = " ".join(explained(found).colleges[1].phrases)
    assert "1 siège réservé à des hommes, faute de candidatures, va aux rangs suivants".replace(" ", "") in (
        told.replace("\u00a0", "").replace(" ", "")
    )


def test_sy09_a_stranger_replays_the_draw_from_what_the_site_publishes(salle: Salle, tmp_path: Path) -> None:
    found = tire(salle.equipe, salle.espace)
    visitor, base = Client(), f"/contrats/{salle.espace.slug}/conseil-citoyen"
    for name, url in (("candidats.csv", f"{base}/appels/1/candidats.csv"), ("rejouer.py", f"{base}/rejouer.py")):
        (tmp_path / name).write_bytes(visitor.get(url).content)
    page = visitor.get(f"{base}/appels/1").content.decode()
    assert found.empreinte in page
    assert found.mots in page
    asked = ["habitants=4,2,2,2", "acteurs=2,1,1,1"]
    assert f"python3 rejouer.py candidats.csv &quot;{found.mots}&quot; {' '.join(asked)}" in page
    run = subprocess.run(
        [sys.executable, "-I", "rejouer.py", "candidats.csv", found.mots, *asked],
        cwd=tmp_path, capture_output=True, check=True, encoding="utf-8", env={"PYTHONIOENCODING": "utf-8"},
    )  # fmt: skip
    assert found.empreinte in run.stdout
    for one in result_of(found):
        assert f"{one.college} membres : {' '.join(str(each.numero) for each in one.membres)}\n" in run.stdout
        assert f"{one.college} suppleants : {' '.join(str(each.numero) for each in one.suppleants)}\n" in run.stdout
    assert "Zélie" not in page


def test_sy09_seats_kept_by_age_and_sector_are_drawn_and_replayed_by_a_stranger(salle: Salle, tmp_path: Path) -> None:
    kept = {"jeunes_habitants": 1, "secteurs": "Gare : 1\nCentre"}
    found = appel(salle.equipe, salle.espace, **kept)
    for sexe in "FH":
        for rank in range(10):
            candidat(found, sexe=sexe, age="16-25" if rank < 5 else "46-64", secteur="Gare" if rank < 5 else "Centre")
    found = freeze(by=salle.equipe, appel=clos(found))
    assert found.liste.startswith("numero;college;sexe;age;secteur\n")
    assert "Centre" not in found.liste
    assert "46-64" not in found.liste
    draw_lots(by=salle.equipe, appel=found, **MOTS)
    found.refresh_from_db()
    base = f"/contrats/{salle.espace.slug}/conseil-citoyen"
    page = Client().get(f"{base}/appels/1").content.decode()
    assert "&quot;habitants:age:16-25=1&quot; &quot;habitants:secteur:Gare=1&quot;" in page
    (tmp_path / "candidats.csv").write_text(found.liste)
    asked = ["habitants=4,2,2,2", "habitants:age:16-25=1", "habitants:secteur:Gare=1", "acteurs=2,1,1,1"]
    run = subprocess.run(
        [sys.executable, "-I", REJOUER, "candidats.csv", found.mots, *asked],
        cwd=tmp_path, capture_output=True, check=True, encoding="utf-8", env={"PYTHONIOENCODING": "utf-8"},
    )  # fmt: skip
    for one in result_of(found):
        assert f"{one.college} membres : {' '.join(str(each.numero) for each in one.membres)}\n" in run.stdout
    assert any(drawn.age == "16-25" for drawn in result_of(found)[0].membres)


def test_a_class_of_fewer_than_five_is_not_said_and_the_page_says_so(salle: Salle) -> None:
    found = appel(salle.equipe, salle.espace, jeunes_habitants=1)
    for rank in range(9):
        candidat(found, age="16-25" if rank < 3 else "")
    found = freeze(by=salle.equipe, appel=clos(found))
    assert found.liste.startswith("numero;college;sexe\n")
    page = Client().get(f"/contrats/{salle.espace.slug}/conseil-citoyen/appels/1").content.decode()
    assert "Trop peu de candidatures pour être dit dans la liste" in page
    assert "16 à 25 ans" in page


@pytest.mark.une_base
@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"secteurs": "Gare : 2\nGare : 1"}, "une fois"),
        ({"secteurs": "Rue ; du Port"}, "un secteur par ligne"),
        ({"secteurs": "Gare : 5"}, "secteurs ne dépassent pas"),
        ({"jeunes_habitants": 3, "aines_habitants": 2}, "âges ne dépassent pas"),
    ],
)
def test_what_is_kept_by_age_or_sector_holds_in_the_seats(salle: Salle, given: dict, why: str) -> None:
    with pytest.raises(ValidationError, match=why):
        appel(salle.equipe, salle.espace, **given)


def test_the_form_offers_the_sectors_of_the_call_and_says_what_the_draw_counts(salle: Salle) -> None:
    appel(salle.equipe, salle.espace, secteurs="Gare : 1\nCentre")
    page = Client().get(reverse("candidater", args=[salle.espace.slug, 1])).content.decode()
    assert '<option value="Centre">Centre</option>' in page
    assert "Le tirage en tient compte" in page


def test_one_who_leaves_is_replaced_by_the_next_deputy_of_the_same_sex_without_a_new_draw(salle: Salle) -> None:
    found = tire(salle.equipe, salle.espace, women=3, men=6)
    residents = result_of(found)[0]
    first = next(one for one in residents.membres if one.sexe == "H")
    mandat = Mandat.objects.of(salle.espace).get(candidature__numero=first.numero)
    made = leave(by=salle.equipe, mandat=mandat, motif="Déménagement.")
    same = [one.numero for one in residents.suppleants if one.sexe == "H"]
    expected = (same or [one.numero for one in residents.suppleants])[0]
    assert made is not None
    assert (made.candidature.numero, made.au) == (expected, found.mandats_jusqu_au)
    with pytest.raises(ValidationError, match="déjà pris fin"):
        leave(by=salle.equipe, mandat=mandat, motif="Encore.")
    again = leave(by=salle.equipe, mandat=made, motif="Refus.")
    assert again is not None
    assert again.candidature.numero == next(one.numero for one in residents.suppleants if one.numero != expected)
    assert leave(by=salle.equipe, mandat=again, motif="Refus.") is None


def test_a_partner_reads_numbers_the_council_reads_names_and_neither_draws(salle: Salle) -> None:
    membre(salle.equipe, salle.espace)
    found = fige(salle.equipe, salle.espace)
    for who, named in ((salle.ccas, False), (salle.conseil, True), (salle.equipe, True)):
        client = Client()
        client.force_login(who.personne.utilisateur)
        page = client.get(f"/espace/{salle.espace.slug}/conseil/").content.decode()
        assert ("Ivan Fictif" in page) is named
    for who in (salle.ccas, salle.conseil):
        with pytest.raises(Refus):
            draw_lots(by=who, appel=found, **MOTS)


def test_two_who_change_a_call_at_once_do_not_overwrite_each_other(salle: Salle) -> None:
    found = appel(salle.equipe, salle.espace)
    change_call(by=salle.equipe, appel=found, version=1, changes={"texte": "Venez tous."})
    with pytest.raises(Conflit):
        change_call(by=salle.equipe, appel=found, version=1, changes={"texte": "Venez donc."})


def test_the_public_form_takes_a_candidate_and_tells_its_number(salle: Salle) -> None:
    appel(salle.equipe, salle.espace)
    url = f"/contrats/{salle.espace.slug}/conseil-citoyen/appels/1/candidater/"
    given = {"nom": "Léo Fictif", "contact": "leo@exemple.test", "college": "habitants", "sexe": "H", "age": "16-25"}
    page = Client().post(url, given, follow=True).content.decode()
    assert "Votre numéro est le <b>1</b>" in page
    assert Client().post(url, {**given, "site_web": "http://spam.test"}).status_code == 302
    assert "numéro" not in Client().get(f"{url}?recu=7:faux").content.decode()
    assert Client().post(url, {**given, "college": ""}).status_code == 422
    assert [one.nom for one in Candidature.objects.filter(espace=salle.espace)] == ["Léo Fictif"]
    told = EntreeDeTrace.objects.filter(genre="conseil citoyen").values_list("avant", "apres", "objet")
    assert "Léo" not in str(list(told))


def test_a_form_sent_twice_is_one_candidate(salle: Salle) -> None:
    appel(salle.equipe, salle.espace)
    url = f"/contrats/{salle.espace.slug}/conseil-citoyen/appels/1/candidater/"
    given = {"nom": "Léo Fictif", "contact": "leo@exemple.test", "college": "habitants", "sexe": "H", CHAMP: new_key()}
    client = Client()
    for _ in range(2):
        client.post(url, given)
    assert Candidature.objects.count() == 1


def test_the_form_is_closed_after_the_last_day_and_does_not_exist_before_the_first(salle: Salle) -> None:
    url = f"/contrats/{salle.espace.slug}/conseil-citoyen/appels/1/candidater/"
    found = appel(salle.equipe, salle.espace, ouvre_le=horloge.today() + timedelta(days=2))
    assert Client().get(url).status_code == 404
    clos(found)
    assert "ne prend plus de candidatures" in Client().get(url).content.decode()
    given = {"nom": "Léo Fictif", "contact": "leo@exemple.test", "college": "habitants", "sexe": "H"}
    assert Client().post(url, given).status_code == 422


@pytest.mark.parametrize(("days", "left"), [(1, 12), (61, 9), (800, 0)])
def test_contacts_are_erased_two_months_after_the_draw_then_at_the_end_of_the_mandate(
    salle: Salle, days: int, left: int
) -> None:
    found = tire(salle.equipe, salle.espace)
    erase_due(later(days))
    erase_due(later(days))
    kept = Candidature.objects.filter(espace=salle.espace).reachable()
    assert kept.count() == left
    assert not Candidature.objects.filter(espace=salle.espace, efface_le__isnull=False).exclude(nom="").exists()
    found.refresh_from_db()
    assert result_of(found), "the draw is still replayed"


def test_a_withdrawn_candidate_and_one_of_a_call_never_drawn_are_erased(salle: Salle) -> None:
    found = appel(salle.equipe, salle.espace)
    gone, stays = candidat(found), candidat(found)
    withdraw(by=salle.equipe, candidature=gone)
    erase_due(later(1))
    assert list(Candidature.objects.reachable()) == [stays]
    erase_due(later(400))
    assert not Candidature.objects.reachable().exists()


def test_erasing_a_person_erases_the_candidate_whose_contact_is_hers(salle: Salle) -> None:
    found = appel(salle.equipe, salle.espace)
    candidat(found)
    other = candidat(found, contact="autre@exemple.test")
    forget(salle.ccas.personne, Marques(["Zélie Fictive"], ["zelie@exemple.test"], [], unique=True))
    assert list(Candidature.objects.reachable()) == [other], "a namesake is a mention: people decide"


def test_the_desk_tells_the_floor_the_mandates_that_end_and_what_a_call_waits_for(salle: Salle) -> None:
    today = horloge.today()
    assert not next(sections(salle.equipe, salle.espace, today)).lignes, "nothing of a council nobody wrote here"
    membre(salle.equipe, salle.espace, au=today + timedelta(days=30))
    fige(salle.equipe, salle.espace)
    titles = [one.title.replace("\u00a0", " ") for one in next(sections(salle.equipe, salle.espace, today)).lignes]
    assert titles[0] == "Le conseil citoyen n’a que 1 membre"
    assert titles[1].startswith("1 mandat prend fin, le premier le")
    assert titles[2].startswith("Appel à candidatures n° 1")
    assert not list(sections(salle.ccas, salle.espace, today))


def test_the_database_refuses_a_draw_without_a_frozen_list(salle: Salle) -> None:
    found = appel(salle.equipe, salle.espace)
    found.mots, found.circonstances, found.tire_le = "a b c", "Ici.", horloge.today()
    found.mandats_jusqu_au = found.tire_le + timedelta(days=9)
    with pytest.raises(ValidationError, match="liste figée"):
        found.full_clean()
    assert AppelACandidatures.objects.get(pk=found.pk).mots == ""
