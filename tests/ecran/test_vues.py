"""Named views of lists: kept, opened, changed, shared, removed; what leaves with the person who kept them."""

import csv
import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlencode

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tenir.contrat.archive.ecriture import export_archive
from tenir.core import horloge
from tenir.core.marques import MARQUE, seal
from tenir.core.models import EntreeDeTrace
from tenir.ecran.annulation.annuler import undo
from tenir.ecran.models import Geste, VueNommee, VueParDefaut
from tenir.ecran.services.vues import delete_vue, open_on, update_vue
from tenir.ecran.services.vues import shown as words
from tenir.habilitations.effacement import erase_person
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces, Refus
from tenir.habilitations.roles import Role
from tests.ecran.vues import LATE, at, kept, shared, shown, signed_in, undone
from tests.personnes import acces
from tests.vie import fiche

As = Callable[[str], Client]
Pour = VueNommee.Pour


@pytest.fixture
def bea(vallon: EspaceDeContrat) -> Acces:
    """Someone else of the team."""
    return acces("Béa Pivot", Role.EQUIPE, vallon)


@pytest.fixture
def dan(vallon: EspaceDeContrat) -> Acces:
    """Someone who reads."""
    return acces("Dan Liseur", Role.LECTURE, vallon)


# Keeping


def test_a_double_tap_is_one_view(vallon: EspaceDeContrat, equipe: Acces) -> None:
    client, page = signed_in(equipe), at("fiches", vallon)
    url = f"{at('vue-enregistrer', vallon, 'fiches')}?{urlencode({'page': page, 'adresse': LATE})}"
    sent = [client.post(url, {"nom": "Mes retards", "adresse": LATE, "niveau": Pour.SOI}) for _ in range(2)]
    assert [answer["Location"] for answer in sent] == [f"{page}?{LATE}&vue={VueNommee.objects.get().pk}"] * 2
    assert Geste.objects.count() == 1


@pytest.mark.parametrize("nom", ["Mes retards", "  mes   RETARDS ", "Més retards"])
def test_a_name_is_taken_once_by_someone_in_a_list_of_a_contract(
    vallon: EspaceDeContrat, equipe: Acces, bea: Acces, nom: str
) -> None:
    kept(equipe, vallon)
    with pytest.raises(ValidationError) as refused:
        kept(equipe, vallon, nom, adresse="retard=oui")
    form = signed_in(equipe).post(
        f"{at('vue-enregistrer', vallon, 'fiches')}?adresse=q", {"nom": nom, "adresse": "q=1", "niveau": Pour.SOI}
    )
    assert form.status_code == 422
    assert "porte déjà ce nom" in form.content.decode()
    assert refused.value.error_dict["__all__"][0].code == "nom"
    kept(bea, vallon, nom)
    kept(equipe, vallon, nom, liste="points")
    kept(equipe, vallon, nom, niveau=Pour.TOUS)


def test_a_shared_name_is_taken_once_for_everyone(vallon: EspaceDeContrat, equipe: Acces, bea: Acces) -> None:
    shared(equipe, vallon)
    with pytest.raises(ValidationError, match="vue partagée"):
        shared(bea, vallon)


def test_on_the_platform_too_a_name_is_taken_once(db: None) -> None:
    ada = acces("Ada", Role.ADMINISTRATION)
    shared(ada, None, liste="trace")
    with pytest.raises(ValidationError, match="vue partagée"):
        shared(ada, None, liste="trace", adresse="q=autre")


@pytest.mark.parametrize("adresse", ["q=" + "é" * 900, "a=1&" * 600])
def test_an_address_too_long_is_refused(vallon: EspaceDeContrat, equipe: Acces, adresse: str) -> None:
    url = at("vue-enregistrer", vallon, "fiches")
    answer = signed_in(equipe).post(url, {"nom": "Longue", "adresse": adresse, "niveau": Pour.SOI})
    assert answer.status_code == 422


@pytest.mark.parametrize("liste", ["aujourdhui", "frise-inconnue", "points", "personnes", "trace-personne"])
def test_only_a_list_that_one_may_open_keeps_views(vallon: EspaceDeContrat, dan: Acces, liste: str) -> None:
    client = signed_in(dan)
    assert client.get(at("vue-enregistrer", vallon, liste)).status_code == 404
    page = reverse("point-nouveau", args=[vallon.slug])
    assert client.get(at("vue-enregistrer", vallon, liste), {"page": page}).status_code == 404


@pytest.mark.parametrize("page", ["https://exemple.test/", "//exemple.test", "/espace/colline/actions/", "x", "/"])
def test_one_comes_back_to_the_list_and_nowhere_else(vallon: EspaceDeContrat, equipe: Acces, page: str) -> None:
    url = f"{at('vue-enregistrer', vallon, 'fiches')}?{urlencode({'page': page})}"
    answer = signed_in(equipe).post(url, {"nom": "Mes retards", "adresse": LATE, "niveau": Pour.SOI})
    assert answer["Location"].startswith(at("fiches", vallon) + "?")


# Who


def test_one_s_own_view_does_not_exist_for_another(vallon: EspaceDeContrat, equipe: Acces, bea: Acces) -> None:
    vue, client = kept(equipe, vallon), signed_in(bea)
    open_on(by=equipe, vue=vue, opens=True)
    assert "Mes retards" not in shown(client, vallon, f"?{LATE}&vue={vue.pk}")
    for name in ("vue-modifier", "vue-supprimer", "vue-actualiser"):
        assert client.post(at(name, vallon, vue.pk), {"version": 1}).status_code == 404
    assert client.post(at("vue-ouverture", vallon, vue.pk), {"opens": "oui"}).status_code == 404
    with pytest.raises(Refus):
        update_vue(by=bea, vue=vue, version=1, changes={"nom": "À moi"})
    with pytest.raises(Refus):
        delete_vue(by=bea, vue=vue)


def test_what_one_does_for_oneself_is_not_undone_by_another(vallon: EspaceDeContrat, equipe: Acces, bea: Acces) -> None:
    kept(equipe, vallon)
    client, geste = signed_in(bea), Geste.objects.get()
    assert "Mes retards" not in client.get(at("gestes", vallon)).content.decode()
    refused = client.get(at("geste", vallon, geste.pk))
    assert refused.status_code == 403
    assert "Mes retards" not in refused.content.decode()
    with pytest.raises(Refus):
        undo(by=bea, geste=geste)
    shared(equipe, vallon)
    assert "Les retards" in client.get(at("gestes", vallon)).content.decode()


def test_a_shared_view_is_seen_by_all_who_open_the_list_and_changed_by_the_team(
    vallon: EspaceDeContrat, equipe: Acces, bea: Acces, dan: Acces
) -> None:
    vue, client = shared(equipe, vallon), signed_in(dan)
    said = shown(client, vallon, f"?{LATE}&vue={vue.pk}")
    assert "Les retards" in said
    assert "Régler" not in said
    assert "Toujours" in said
    for name in ("vue-modifier", "vue-supprimer", "vue-actualiser"):
        assert client.post(at(name, vallon, vue.pk), {"version": 1}).status_code == 403
    with pytest.raises(Refus):
        shared(dan, vallon, "Pour tous")
    with pytest.raises(Refus):
        update_vue(by=dan, vue=kept(dan, vallon), version=1, changes={"niveau": Pour.TOUS})
    assert update_vue(by=bea, vue=vue, version=1, changes={"nom": "En retard"}).nom == "En retard"


def test_a_shared_view_is_taken_back_by_whoever_saved_it_alone(
    vallon: EspaceDeContrat, equipe: Acces, bea: Acces
) -> None:
    vue = shared(equipe, vallon)
    open_on(by=bea, vue=vue, opens=True)
    with pytest.raises(ValidationError, match="Seule la personne"):
        update_vue(by=bea, vue=vue, version=1, changes={"niveau": Pour.SOI})
    update_vue(by=equipe, vue=vue, version=1, changes={"niveau": Pour.SOI})
    assert not VueParDefaut.objects.exists()
    undone(equipe)
    assert VueParDefaut.objects.get().personne == bea.personne
    assert VueNommee.objects.get().partagee


def test_a_view_widens_nothing_of_what_someone_sees(vallon: EspaceDeContrat, equipe: Acces, dan: Acces) -> None:
    fiche(vallon, difficultes="Le bailleur fictif ne répond plus")
    vue = shared(equipe, vallon, adresse="colonnes=code,difficultes")
    opened = f"?{vue.adresse}&vue={vue.pk}"
    assert "ne répond plus" in shown(signed_in(equipe), vallon, opened)
    said = shown(signed_in(dan), vallon, opened)
    assert "ne répond plus" not in said
    assert "colonne «\xa0difficultes\xa0»" in said


# Changing


def test_a_view_that_the_address_leaves_is_said_modified_then_kept_or_left(
    vallon: EspaceDeContrat, equipe: Acces
) -> None:
    fiche(vallon)
    vue, client, page = kept(equipe, vallon), signed_in(equipe), at("fiches", vallon)
    same = shown(client, vallon, f"?retard=oui&groupe=axe&sort=code&q=&page=1&vue={vue.pk}")
    assert "Vue modifiée" not in same
    said = shown(client, vallon, f"?silence=oui&vue={vue.pk}")
    assert "Vue modifiée" in said
    assert f'href="?{LATE.replace("&", "&amp;")}&amp;vue={vue.pk}">Revenir' in said
    action = f"{at('vue-actualiser', vallon, vue.pk)}?page={page}"
    sent = {"version": 1, "initial-adresse": LATE, "adresse": "silence=oui"}
    answers = [client.post(action, sent)["Location"] for _ in range(2)]
    assert answers == [f"{page}?silence=oui&vue={vue.pk}"] * 2
    assert VueNommee.objects.get().version == 2
    undone(equipe)
    assert VueNommee.objects.get().adresse == LATE


def test_of_two_who_change_a_shared_view_the_second_sees_the_first_and_chooses(
    vallon: EspaceDeContrat, equipe: Acces, bea: Acces
) -> None:
    vue, client = shared(equipe, vallon), signed_in(bea)
    action = f"{at('vue-actualiser', vallon, vue.pk)}?page={at('fiches', vallon)}"
    update_vue(by=equipe, vue=vue, version=1, changes={"adresse": "statut=en-cours"})
    sent = {"version": 1, "initial-adresse": LATE, "adresse": "silence=oui"}
    conflict = client.post(action, sent)
    said = conflict.content.decode().replace("\xa0", " ")
    assert conflict.status_code == 409
    assert equipe.personne.nom in said
    assert "« statut : en-cours »" in said
    assert "« silence : oui »" in said
    chosen = {"arbitrage": 1, "version": 2, "initial-adresse": "statut=en-cours", "adresse": "silence=oui"}
    client.post(action, {**chosen, "choix-adresse": "mienne"})
    assert VueNommee.objects.get().adresse == "silence=oui"
    named = {"version": 1, "nom": "Mon nom", "initial-nom": "Les retards"}
    assert client.post(at("vue-modifier", vallon, vue.pk), named).status_code == 409


def test_a_view_changed_since_it_was_read_is_removed_once_read_again(
    vallon: EspaceDeContrat, equipe: Acces, bea: Acces
) -> None:
    vue, client = shared(equipe, vallon), signed_in(bea)
    read, url = seal(words(vue)), at("vue-supprimer", vallon, vue.pk)
    update_vue(by=equipe, vue=vue, version=1, changes={"nom": "En retard"})
    answer = client.post(url, {MARQUE: read})
    assert answer.status_code == 409
    assert "En retard" in answer.content.decode()
    vue.refresh_from_db()
    assert client.post(url, {MARQUE: seal(words(vue))}).status_code == 302
    assert not VueNommee.objects.exists()
    delete_vue(by=bea, vue=vue)
    assert client.post(url, {MARQUE: read}).status_code == 404


def test_a_removed_view_comes_back_with_the_lists_that_opened_on_it(
    vallon: EspaceDeContrat, equipe: Acces, dan: Acces
) -> None:
    vue = shared(equipe, vallon)
    open_on(by=dan, vue=vue, opens=True)
    delete_vue(by=equipe, vue=vue)
    assert signed_in(dan).get(at("fiches", vallon)).status_code == 200
    undone(equipe)
    assert signed_in(dan).get(at("fiches", vallon))["Location"].endswith(f"vue={vue.pk}")


def test_on_the_platform_a_removed_view_comes_back_too(db: None) -> None:
    ada = acces("Ada", Role.ADMINISTRATION)
    vue = shared(ada, None, liste="trace")
    delete_vue(by=ada, vue=vue)
    client, geste = signed_in(ada), Geste.objects.latest("pk")
    assert "Les retards" in client.get(at("gestes", None)).content.decode()
    assert client.post(at("geste", None, geste.pk)).status_code == 302
    assert VueNommee.objects.get().nom == "Les retards"


def test_a_list_opens_on_one_view_for_each(vallon: EspaceDeContrat, equipe: Acces, bea: Acces) -> None:
    first, second = shared(equipe, vallon), kept(equipe, vallon)
    for vue in (first, second, second):
        open_on(by=equipe, vue=vue, opens=True)
    open_on(by=bea, vue=first, opens=True)
    assert VueParDefaut.objects.get(personne=equipe.personne).vue == second
    open_on(by=equipe, vue=first, opens=False)
    assert VueParDefaut.objects.get(personne=equipe.personne).vue == second
    undone(bea)
    assert not VueParDefaut.objects.filter(personne=bea.personne).exists()


# What leaves, what stays


def test_a_file_follows_the_view(vallon: EspaceDeContrat, equipe: Acces) -> None:
    fiche(vallon)
    vue, client = kept(equipe, vallon, adresse="colonnes=code,statut"), signed_in(equipe)
    said = shown(client, vallon, f"?{vue.adresse}&vue={vue.pk}")
    url = f"{at('fiches-export', vallon, 'csv')}?{vue.adresse}&vue={vue.pk}"
    assert url.replace("&", "&amp;").replace(",", "%2C") in said or url.replace("&", "&amp;") in said
    text = client.get(url).content.decode("utf-8-sig")
    assert len(next(csv.reader(io.StringIO(text), delimiter=";"))) == 3


def test_the_trace_tells_what_is_shared_and_only_that_one_kept_a_view_for_oneself(
    vallon: EspaceDeContrat, equipe: Acces
) -> None:
    own = kept(equipe, vallon, "Nom secret", adresse="q=motsecret")
    update_vue(by=equipe, vue=own, version=1, changes={"nom": "Nom secret bis", "adresse": "q=motsecret2"})
    open_on(by=equipe, vue=own, opens=True)
    delete_vue(by=equipe, vue=own)
    vue = shared(equipe, vallon)
    update_vue(by=equipe, vue=vue, version=1, changes={"adresse": "statut=en-cours"})
    told = [(one.genre, one.objet, one.champ, one.avant, one.apres) for one in EntreeDeTrace.objects.order_by("rang")]
    assert "secret" not in json.dumps(told)
    assert ("liste", "fiches", "vue pour soi", "", "enregistrée") in told
    assert ("liste", "fiches", "vue pour soi", "enregistrée", "supprimée") in told
    words = "groupe : axe ; retard : oui"
    assert ("liste", "fiches", "vue « Les retards »", "", words) in told
    assert told[-1][2:] == ("vue « Les retards », ce qu’elle demande", words, "statut : en-cours")


def test_her_views_are_known_to_her_and_go_with_her_the_shared_ones_stay_without_her(
    vallon: EspaceDeContrat, equipe: Acces, bea: Acces
) -> None:
    own, of_all = kept(equipe, vallon), shared(equipe, vallon)
    open_on(by=equipe, vue=of_all, opens=True)
    open_on(by=bea, vue=of_all, opens=True)
    client = signed_in(equipe)
    page = client.get(reverse("mes-donnees")).content.decode()
    taken = zipfile.ZipFile(io.BytesIO(client.get(reverse("mes-donnees-export")).content))
    assert "Mes retards" in page
    rows = json.loads(taken.read("donnees.json"))["vues"]
    assert [row["Nom"] for row in rows] == ["Mes retards", "Les retards"]
    assert [row["Ce qu’elle demande"] for row in rows] == ["groupe : axe ; retard : oui"] * 2
    assert [row["S’ouvre d’office"] for row in rows] == ["", "oui"]
    assert json.loads(taken.read("donnees.json"))["gestes"]
    erase_person(by=acces("Ada", Role.ADMINISTRATION), personne=equipe.personne, motif="à sa demande")
    assert VueNommee.objects.get() == of_all
    assert VueNommee.objects.get().personne is None
    assert VueParDefaut.objects.get().personne == bea.personne
    assert own.pk != of_all.pk
    assert "Les retards" in shown(signed_in(bea), vallon, "?vue=")
    update_vue(by=bea, vue=of_all, version=1, changes={"nom": "En retard"})


def test_the_archive_of_a_contract_holds_shared_views_alone(
    vallon: EspaceDeContrat, equipe: Acces, tmp_path: Path
) -> None:
    kept(equipe, vallon), shared(equipe, vallon)
    export_archive("vallon", tmp_path / "a.zip", on=horloge.today(), with_contacts=True)
    with zipfile.ZipFile(tmp_path / "a.zip") as archive:
        said = "".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())
    assert "Les retards" in said
    assert "Mes retards" not in said


def test_more_views_cost_no_more_queries(vallon: EspaceDeContrat, equipe: Acces) -> None:
    client, page = signed_in(equipe), at("fiches", vallon)
    client.get(page)
    before = queries(client, page)
    for number in range(30):
        shared(equipe, vallon, f"Vue {number}")
    assert queries(client, page) == before


def queries(client: Client, url: str) -> int:
    with CaptureQueriesContext(connection) as caught:
        answer: HttpResponse = client.get(url)
    assert answer.status_code == 200
    return len(caught)
