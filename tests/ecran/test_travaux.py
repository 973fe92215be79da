"""The page of a long work: who sees it, what it says at each moment, how it is cancelled."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tenir.acteurs.models import Personne
from tenir.core.models import EntreeDeTrace, TacheDeFond, Travail
from tenir.core.piece import Piece
from tenir.core.travaux.boucle import advance_works
from tenir.core.travaux.chantier import Chantier, Fin, Pas, Suivi, TravailRefuse
from tenir.core.travaux.demande import Demande
from tenir.ecran import travaux
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Refus, acces_of
from tenir.habilitations.roles import Role
from tests.personnes import member
from tests.pieces import beside

As = Callable[[str], Client]


def two_steps(travail: Travail, suivi: Suivi) -> Pas | Fin:
    """What the work of these tests does."""
    if travail.argument.get("refuse"):
        raise TravailRefuse("Ce fichier est vide.")
    return Fin("Tout est lu.", suite="/suite/") if travail.marque else Pas({"a": 1}, 1, 2, "La moitié est lue")


@pytest.fixture(autouse=True)
def _essai(monkeypatch: pytest.MonkeyPatch, settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path
    everyone = Chantier(two_steps, "fiche.read")
    platform = Chantier(two_steps, "plateforme.update")
    beside(monkeypatch, Piece("essai", works={"essai": everyone, "essai-plateforme": platform}))


def asked(by: Personne, espace: EspaceDeContrat | None, genre: str = "essai", **argument: bool) -> Travail:
    demande = Demande(genre, "Lecture d’un essai", "/retour/", argument=argument)
    return travaux.ask(acces_of(by), espace, demande)


def said(client: Client, travail: Travail) -> str:
    answer = client.get(travaux.page_of(travail))
    assert answer.status_code == 200
    return answer.content.decode().replace("\xa0", " ").replace("&nbsp;", " ")


EXPECTED = {"visiteur": 302, "sans role": 404, "voisin": 404, "lecture": 200, "partenaire": 404, "equipe": 200}


@pytest.mark.parametrize(("who", "status"), [*EXPECTED.items(), ("administration", 200)])
def test_a_work_opens_to_who_asked_it_and_to_the_team(
    as_: As, vallon: EspaceDeContrat, people: dict[str, Personne], who: str, status: int
) -> None:
    travail = asked(people["lecture"], vallon)
    Travail.objects.update(etat="fini", fin=timezone.now(), fichier="travaux/x.txt", nom_du_fichier="x.txt")
    travail.refresh_from_db()
    travail.fichier.save("x.txt", ContentFile(b"lu"))
    client = as_(who)
    for name in ("travail", "travail-annuler", "travail-fichier"):
        assert client.get(reverse(name, args=[travail.pk])).status_code == status, name
    assert client.post(reverse("travail-annuler", args=[travail.pk])).status_code == (302 if status == 200 else status)


@pytest.mark.parametrize("who", ["visiteur", "sans role", "lecture", "equipe", "administration"])
def test_a_work_of_the_platform_opens_to_its_administration_alone(
    as_: As, people: dict[str, Personne], who: str
) -> None:
    travail = asked(people["administration"], None, "essai-plateforme")
    expected = {"visiteur": 302, "administration": 200}.get(who, 404)
    assert as_(who).get(travaux.page_of(travail)).status_code == expected


def test_a_work_that_does_not_exist_and_one_whose_kind_is_gone_are_not_found(
    as_: As, vallon: EspaceDeContrat, people: dict[str, Personne]
) -> None:
    asked(people["equipe"], vallon)
    Travail.objects.update(genre="disparu")
    for number in (Travail.objects.get().pk, 10**15):
        assert as_("equipe").get(reverse("travail", args=[number])).status_code == 404


def test_one_who_lost_her_role_no_longer_sees_what_she_asked(as_: As, vallon: EspaceDeContrat) -> None:
    gone = member("Gil Parti", Role.EQUIPE, vallon)
    travail = asked(gone, vallon)
    gone.habilitations.all().delete()
    client = Client()
    client.force_login(gone.utilisateur)
    assert client.get(travaux.page_of(travail)).status_code == 404


def test_asking_needs_the_right_of_its_kind(vallon: EspaceDeContrat, people: dict[str, Personne]) -> None:
    with pytest.raises(Refus):
        asked(people["equipe"], None, "essai-plateforme")
    assert not Travail.objects.exists()


def test_a_work_is_followed_from_its_demand_to_its_result(
    as_: As, vallon: EspaceDeContrat, people: dict[str, Personne]
) -> None:
    client, travail = as_("equipe"), asked(people["equipe"], vallon)
    page = said(client, travail)
    assert "Il attend son tour." in page
    assert "par Basile Pivot" in page
    assert "data-ouvert" in page
    steps: list[int] = []
    advance_works(stop=lambda: len(steps) > 1 or steps.append(1))  # type: ignore[func-returns-value]
    page = said(client, travail)
    assert "La moitié est lue" in page
    assert 'value="1" max="2">1 sur 2</progress>' in page
    advance_works()
    page = said(client, travail)
    assert "Tout est lu." in page
    assert 'href="/suite/">Voir le résultat' in page
    assert "data-ouvert" not in page
    assert "travail.js" not in page
    assert "Annuler" not in page


def test_a_failure_is_told(as_: As, vallon: EspaceDeContrat, people: dict[str, Personne]) -> None:
    travail = asked(people["equipe"], vallon, refuse=True)
    advance_works()
    page = said(as_("equipe"), travail)
    assert "Ce fichier est vide." in page
    assert "échoué" in page


def test_a_work_is_cancelled_once_confirmed_and_the_trace_says_by_whom(
    as_: As, vallon: EspaceDeContrat, people: dict[str, Personne]
) -> None:
    client, travail = as_("equipe"), asked(people["lecture"], vallon)
    url = reverse("travail-annuler", args=[travail.pk])
    assert url in said(client, travail)
    assert "Annuler ce travail\u202f?" in client.get(url).content.decode()
    assert Travail.objects.get().ouvert
    assert client.post(url, follow=True).status_code == 200
    assert Travail.objects.get().etat == "annule"
    entry = EntreeDeTrace.objects.get(genre="travail", champ="arrêt")
    assert (entry.acteur, entry.chaine.nom) == (people["equipe"].pk, "contrat/vallon")
    again = client.post(url, follow=True).content.decode().replace("\xa0", " ")
    assert "Il n’y a plus rien à annuler : ce travail est annulé." in again


def test_a_stop_that_was_asked_is_told_until_it_is_heard(
    as_: As, vallon: EspaceDeContrat, people: dict[str, Personne]
) -> None:
    travail = asked(people["equipe"], vallon)
    Travail.objects.update(etat="en-cours", arret_le=timezone.now())
    page = said(as_("equipe"), travail)
    assert "L’arrêt est demandé" in page
    assert reverse("travail-annuler", args=[travail.pk]) not in page


@pytest.mark.parametrize(
    ("asked_ago", "beat_ago", "sentence"),
    [
        (1, None, ""),
        (5, None, "La boucle ne tourne pas encore"),
        (5, 1, ""),
        (60, 12, "La boucle ne tourne pas depuis 12 minutes"),
    ],
)
def test_a_loop_that_does_not_run_is_said(
    as_: As,
    vallon: EspaceDeContrat,
    people: dict[str, Personne],
    asked_ago: int,
    beat_ago: int | None,
    sentence: str,
) -> None:
    travail, now = asked(people["equipe"], vallon), timezone.now()
    Travail.objects.update(demande_le=now - timedelta(minutes=asked_ago))
    if beat_ago:
        TacheDeFond.objects.create(nom="x", prochaine_le=now, battue_le=now - timedelta(minutes=beat_ago))
    page = said(as_("equipe"), travail)
    assert sentence in page
    assert sentence or "La boucle" not in page


def test_the_desk_shows_hers_alone_at_a_constant_cost(
    as_: As, vallon: EspaceDeContrat, people: dict[str, Personne]
) -> None:
    client, url = as_("equipe"), reverse("aujourdhui", args=[vallon.slug])

    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            client.get(url)
        return len(seen)

    assert "Travaux en cours" not in client.get(url).content.decode()
    asked(people["lecture"], vallon)
    before = queries()
    for _ in range(3):
        asked(people["equipe"], vallon)
    assert queries() == before
    assert client.get(url).content.decode().count("Lecture d’un essai") == 3


def test_the_page_costs_few_queries(as_: As, vallon: EspaceDeContrat, people: dict[str, Personne]) -> None:
    client, travail = as_("equipe"), asked(people["equipe"], vallon)
    with CaptureQueriesContext(connection) as seen:
        said(client, travail)
    assert len(seen) <= 8
