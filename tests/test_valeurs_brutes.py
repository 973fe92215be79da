"""No value of Python reaches a person: every page, file and message of a lived contract and of an empty one, read.

Here as the team, whose pages hold the most; `tests/test_routes.py` reads each page of a room as a partner and as the
administration, `tests/visites` what each reader of a planted contract is shown.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from tenir.acteurs.models import Personne
from tenir.core import horloge
from tenir.core.courriels import send_due
from tenir.habilitations.models import EspaceDeContrat
from tests.brutes import found_in, read_in
from tests.parcours import Reponse
from tests.personnes import contract
from tests.public.conftest import FICTIF, load_and_publish
from tests.routes import arguments_of, parameters, rooms, stated
from tests.vallon import people_of

VIDE = Path(__file__).parent / "public/vide.yaml"
OURS = {"licence", "composants"}
"""What shows code on purpose: a licence, the gallery of components."""


def addresses(espace: EspaceDeContrat, name: str, given: dict[str, list[object]]) -> Iterator[str]:
    slug = [espace.slug] if "slug" in parameters(name) else []
    wanted = parameters(name)[len(slug) :]
    args = given.get(name, [])
    if len(args) != len(wanted):
        return
    yield reverse(name, args=[*slug, *args])
    if args and args[0] == "csv":
        yield reverse(name, args=[*slug, "xlsx", *args[1:]])


def read_all(
    client: Client, espace: EspaceDeContrat, *, empty: bool = False, rooms_read: set[str] | None = None
) -> dict[str, list[str]]:
    """What every address that opens says that it should not."""
    found: dict[str, list[str]] = {}
    for room, module in rooms().items():
        if rooms_read and room not in rooms_read:
            continue
        made = {} if empty else arguments_of(module, espace)
        exports = {name: ["csv"] for name in module.ROUTES if parameters(name)[-1:] == ["format"]}
        for name in module.ROUTES:
            for url in addresses(espace, name, exports | made) if name not in OURS else ():
                for asked in ("", *stated()[name].aussi):
                    answer = client.get(url + asked)
                    if wrong := read_in(Reponse.of(answer)):
                        found[url + asked] = wrong
    return found


@pytest.fixture
def people(db: None) -> dict[str, Personne]:
    return people_of(contract("vallon", etat="signe"), contract("colline"))


def test_no_page_nor_file_of_a_lived_contract_shows_a_value_of_python(
    client: Client, people: dict[str, Personne], settings, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT, settings.SAUVEGARDES = tmp_path, str(tmp_path)
    client.force_login(people["equipe"].utilisateur)
    assert read_all(client, EspaceDeContrat.objects.get(slug="vallon")) == {}


def test_no_page_nor_file_of_the_fictitious_contract_shows_one(client: Client, db: None) -> None:
    fictif = load_and_publish(FICTIF, FICTIF.with_suffix(".txt"))
    assert read_all(client, fictif, rooms_read={"public"}) == {}


@pytest.mark.parametrize("who", ["visiteur", "administration"])
def test_no_page_nor_file_of_an_empty_contract_shows_one(client: Client, people: dict[str, Personne], who: str) -> None:
    espace = load_and_publish(VIDE)
    if who != "visiteur":
        client.force_login(people[who].utilisateur)
    assert read_all(client, espace, empty=True) == {}


def test_no_message_shows_one(people: dict[str, Personne], settings, tmp_path: Path) -> None:
    from tenir.core.courriels import enqueue
    from tenir.core.models import Courriel
    from tenir.points.models import Destinataire
    from tests.vie import point_asked

    settings.MEDIA_ROOT = tmp_path
    point_asked(EspaceDeContrat.objects.get(slug="vallon"))
    asked = Destinataire.objects.get()
    type(asked.point).objects.update(envoye_le=asked.cree_le)
    for kind in ("point-etape", "point-etape-rappel", "point-etape-recu", "point-etape-retour"):
        target = asked.questions.earliest("pk").pk if kind == "point-etape-retour" else asked.pk
        enqueue(cle=f"{kind}/x", genre=kind, cible=str(target))
    send_due(horloge.now())
    assert len(mail.outbox) == Courriel.objects.filter(etat="envoye").count() > 0
    wrong = {one.subject: found_in(f"{one.subject}\n{one.body}") for one in mail.outbox}
    assert {subject: found for subject, found in wrong.items() if found} == {}


def test_the_net_catches_what_python_writes() -> None:
    for value in (None, True, {"a": 1}, ["a"], ValueError("x"), horloge.now(), object(), Client):
        text = f"Valeur : {value!r}"
        assert found_in(text), text
    assert found_in(str(horloge.now()))
    assert not found_in("L’action est vraie, rien n’est faux : « aucune », le 3 mars 2026 à 9 h 05 (voir ci-dessous).")
