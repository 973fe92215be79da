"""Every list of the team has named views by construction; an address is written in one way, what is gone is told."""

from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import pytest
from django.http import QueryDict
from django.test import Client
from django.urls import get_resolver, reverse
from hypothesis import given
from hypothesis import strategies as st

from tenir.core.listes import Colonne, Groupement, Liste, read
from tenir.core.listes.adresse import canonical, tidy
from tenir.ecran.models import VueNommee
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces
from tenir.habilitations.roles import RIGHTS
from tests import routes
from tests.ecran.vues import at, kept, shown, signed_in
from tests.vie import fiche

As = Callable[[str], Client]
Pour = VueNommee.Pour


# Every list


OTHER_THAN_LISTS = {
    *("frise", "chiffres", "droits", "fiche-qui-lit-quoi"),
    *("financement-scenario", "financement-subventions", "financement-tableau"),
}
"""Pages of the team that export, and are no list."""


def lists() -> Iterator[str]:
    """Every list of the team: a page that carries a right, and whose files have a route of their own."""
    known = get_resolver().reverse_dict
    for pattern in routes.routes():
        name = str(pattern.name)
        listed = name.removeprefix("plateforme-") not in OTHER_THAN_LISTS
        if listed and getattr(pattern.callback, "decision", "") in RIGHTS and known.getlist(f"{name}-export"):
            yield name


def test_the_lists_of_the_team_are_walked() -> None:
    wanted = {"fiches", "suivi-engagements", "suivi-indicateurs", "contacts", "trace", "points", "qualite", "personnes"}
    assert wanted | {"plateforme-trace", "trace-personne", "fiches-imports", "habilitations"} <= set(lists())


@pytest.mark.parametrize("name", sorted(lists()))
def test_every_list_of_the_team_keeps_opens_and_changes_a_view(
    as_: As, vallon: EspaceDeContrat, settings, tmp_path: Path, name: str
) -> None:
    settings.MEDIA_ROOT = tmp_path
    of = name.removeprefix("plateforme-")
    given = routes.arguments_of(routes.room_of(of), vallon)
    slug = [vallon.slug] if "slug" in routes.parameters(name) else []
    page = reverse(name, args=[*slug, *given.get(name, given.get(of, []))])
    client, asked = as_("administration"), "?colonnes=inconnue"
    VueNommee.objects.all().delete()
    assert "Enregistrer cette vue" not in client.get(page).content.decode()
    offered = client.get(page + asked).content.decode()
    saving = offered.split("Enregistrer cette vue")[0].rpartition('href="')[2].partition('"')[0].replace("&amp;", "&")
    assert client.get(saving).status_code == 200, name
    answer = client.post(saving, {"nom": "Une vue", "adresse": "colonnes=inconnue", "niveau": Pour.TOUS})
    assert answer.status_code == 302, name
    assert urlsplit(answer["Location"]).path == page
    opened = client.get(answer["Location"]).content.decode()
    vue = VueNommee.objects.get()
    assert (vue.liste, vue.espace) == (of, vallon if slug else None)
    assert "La vue « Une vue » est enregistrée." in opened.replace("\xa0", " ")
    assert f'vue={vue.pk}" aria-current="page">Une vue' in opened
    assert "colonne «\xa0inconnue\xa0»" in opened
    assert "Mettre à jour" in opened
    for small in ("vue-modifier", "vue-supprimer"):
        assert client.get(at(small, vue.espace, vue.pk), {"page": page}).status_code == 200
    assert client.post(f"{at('vue-ouverture', vue.espace, vue.pk)}?{urlencode({'page': page})}", {"opens": "oui"})
    assert client.get(page)["Location"] == f"{page}?colonnes=inconnue&vue={vue.pk}"
    assert client.get(f"{page}?vue=").status_code == 200


# An address


CHOOSABLE = Liste(
    "Choses",
    (
        Colonne("contrat", "Contrat", str, on_page=False),
        Colonne("code", "Code", read("code"), order_by=("code",)),
        Colonne("titre", "Titre", read("titre")),
        Colonne("fin", "Fin", read("fin"), usual=False),
    ),
    sort="code",
    groupings=(Groupement("axe", "Axe", lambda _: []),),
    choosable=True,
)


@pytest.mark.parametrize(
    ("asked", "same"),
    [
        ("q=&sort=code&groupe=&page=3&vue=12", ""),
        ("colonnes=titre&colonnes=code", "colonnes=code,titre"),
        ("colonnes=code,titre", ""),
        ("colonnes=fin,code", "colonnes=code&colonnes=fin"),
        ("retard=oui&groupe=axe", "groupe=axe&retard=oui&sort=code&q=+"),
        ("q=%00&retard=oui", "retard=oui"),
    ],
)
def test_two_addresses_that_show_the_same_are_one(asked: str, same: str) -> None:
    assert canonical(CHOOSABLE, QueryDict(asked)) == canonical(CHOOSABLE, QueryDict(same))


@given(st.lists(st.tuples(st.sampled_from(["q", "sort", "colonnes", "groupe", "page", "vue", "axe"]), st.text())))
def test_an_address_written_in_one_way_is_written_so_again(pairs: list[tuple[str, str]]) -> None:
    asked = QueryDict(urlencode([(name, value.encode("utf-8", "replace")) for name, value in pairs]))
    for write in (tidy, lambda one: canonical(CHOOSABLE, one)):
        once = write(asked)
        assert write(QueryDict(once)) == once
        assert "page" not in QueryDict(once)


def test_what_the_list_does_not_know_any_more_is_told_and_the_rest_is_shown(
    vallon: EspaceDeContrat, equipe: Acces
) -> None:
    fiche(vallon)
    asked = "colonnes=code,disparue&groupe=perdu&sort=-oublie&ancien=1&retard=oui"
    vue, client = kept(equipe, vallon, adresse=asked), signed_in(equipe)
    said = shown(client, vallon, f"?{vue.adresse}&vue={vue.pk}").replace("\xa0", " ")
    told = ("colonne « disparue »", "regroupement « perdu »", "tri « -oublie »", "filtre « ancien »")
    assert all(one in said for one in told), said
    action = f"{at('vue-actualiser', vallon, vue.pk)}?page={at('fiches', vallon)}"
    client.post(action, {"version": 1, "initial-adresse": vue.adresse, "adresse": "colonnes=code&retard=oui"})
    vue.refresh_from_db()
    assert vue.adresse == "colonnes=code&retard=oui"
    assert "ne montre pas" not in shown(client, vallon, f"?{vue.adresse}&vue={vue.pk}")


def test_a_value_of_a_filter_that_is_no_more_is_told_by_the_filter(vallon: EspaceDeContrat, equipe: Acces) -> None:
    vue = kept(equipe, vallon, adresse="statut=aboli")
    answer = signed_in(equipe).get(f"{at('fiches', vallon)}?{vue.adresse}&vue={vue.pk}")
    assert answer.status_code == 422
    assert 'aria-current="page">Mes retards' in answer.content.decode()


@pytest.mark.parametrize("number", ["", "0", "abc", "999999999999999999999", "12"])
def test_a_view_that_is_not_there_is_an_address_like_another(
    vallon: EspaceDeContrat, equipe: Acces, number: str
) -> None:
    assert "Enregistrer cette vue" in shown(signed_in(equipe), vallon, f"?retard=oui&vue={number}")
