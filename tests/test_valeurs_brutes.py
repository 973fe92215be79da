"""No value of Python reaches a person: every page, file and message of a lived contract and of an empty one, read."""

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from django.core import mail
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from lxml import html
from openpyxl import load_workbook

from tenir.acteurs.models import Personne
from tenir.core import horloge
from tenir.core.courriels import send_due
from tenir.habilitations.models import EspaceDeContrat
from tests.personnes import contract
from tests.public.conftest import FICTIF, load_and_publish
from tests.routes import arguments_of, parameters, rooms, stated
from tests.vallon import people_of

VIDE = Path(__file__).parent / "public/vide.yaml"
BRUTES = re.compile(
    r"""\bNone\b|\bTrue\b|\bFalse\b|\bNaN\b|\bnan\b|Decimal\(|datetime\.|OrderedDict|\bdict_|QuerySet\b|
    \{'|\['|\('|'\)|'\}|'\]|<[A-Za-z_.]+\ object|<[A-Z]\w+:\ |\bobject\ at\ 0x|Traceback|\b\w+(Error|Exception)\(|
    __\w+__|
    <class\ |\d\d:\d\d:\d\d\.\d{3}|\d{4}-\d\d-\d\d\ \d\d:\d\d:\d\d|lambda|&lt;\w+:\ """,
    re.VERBOSE,
)
"""What Python writes of its values, and no one else."""
READ = ("text/html", "text/csv", "text/plain")
SHOWN = ("title", "alt", "aria-label", "placeholder", "data-label")
OURS = {"licence", "composants"}
"""What shows code on purpose: a licence, the gallery of components."""


def words_of(answer: HttpResponse) -> str:
    """All that a person reads of an answer: a page and its labels, the cells of a file."""
    kind = answer["Content-Type"].split(";")[0]
    if kind == "text/html":
        page = html.fromstring(answer.content)
        for code in page.xpath("//script|//style|//input[@type='hidden']"):
            code.drop_tree()
        labels = (str(value) for name in SHOWN for value in page.xpath(f"//@{name}"))
        values = (str(value) for value in page.xpath("//input/@value"))
        return "\n".join([*page.itertext(), *labels, *values])
    if "spreadsheetml" in kind:
        shown = (one for one in load_workbook(BytesIO(answer.content)) if one.sheet_state == "visible")
        return "\n".join(str(c) for sheet in shown for row in sheet.values for c in row if isinstance(c, str))
    return answer.content.decode("utf-8-sig") if kind in READ else ""


def found_in(text: str) -> list[str]:
    return [text[max(0, one.start() - 40) : one.end() + 40] for one in BRUTES.finditer(text)]


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
                    if answer.status_code == 200 and (wrong := found_in(words_of(answer))):
                        found[url + asked] = wrong
    return found


@pytest.fixture
def people(db: None) -> dict[str, Personne]:
    return people_of(contract("vallon", etat="signe"), contract("colline"))


@pytest.mark.parametrize("who", ["partenaire", "equipe", "administration"])
def test_no_page_nor_file_of_a_lived_contract_shows_a_value_of_python(
    client: Client, people: dict[str, Personne], settings, tmp_path: Path, who: str
) -> None:
    settings.MEDIA_ROOT, settings.SAUVEGARDES = tmp_path, str(tmp_path)
    client.force_login(people[who].utilisateur)
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
