"""Measure the pages and the commands in one database, and print the figures as JSON.

Run by `benchmarks.mesurer`, once per database and number of contracts: `python -m benchmarks.mesures 450`.
What a first run loaded is found again by the next in the same database.
"""

import json
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from statistics import median
from typing import Any

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.core.files.uploadedfile import SimpleUploadedFile  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.urls import NoReverseMatch, reverse  # noqa: E402

from benchmarks import activite, nation, vie  # noqa: E402
from benchmarks.pages import PAGES, Page, address, browser  # noqa: E402
from tenir.bureau.services.resumes import ask_for_summaries  # noqa: E402
from tenir.contrat.chargement import export_contract, load_contract, rebuild_projection  # noqa: E402
from tenir.core import horloge  # noqa: E402
from tenir.core.documents import pdf, word  # noqa: E402
from tenir.fichier.validation import validate  # noqa: E402
from tenir.habilitations.models import EspaceDeContrat  # noqa: E402
from tenir.points.services.destinataires import plan_of  # noqa: E402
from tenir.points.services.envoi import send_point  # noqa: E402
from tenir.points.services.liens import token_of  # noqa: E402
from tenir.points.synthese import synthesis_of  # noqa: E402

WARM_UP, PAGE_RUNS, COMMAND_RUNS = 2, 7, 2


@dataclass(frozen=True, slots=True)
class Mesure:
    """What one page or command costs: the median, in milliseconds of processor; sizes in bytes, sent and written."""

    nom: str
    ms: float
    requetes: int
    octets: int = 0
    octets_compresses: int = 0


def main() -> None:
    """Load the contracts that are missing, then measure everything."""
    count = int(sys.argv[1])
    seconds = prepare(count)
    espace = EspaceDeContrat.objects.get(slug=nation.slug(nation.MEASURED))
    pages = {page.nom: measure_page(page, espace) for page in PAGES}
    found = {
        "contrats": EspaceDeContrat.objects.count(),
        "base": database(),
        "octets": database_size(),
        "secondes": seconds,
        "etalon": round(min(timed(a_million_squares) for _ in range(5)), 1),
        "pages": {nom: asdict(one) if one else None for nom, one in pages.items()},
        "commandes": {one.nom: asdict(one) for one in measure_commands(espace)},
    }
    print(json.dumps(found))


def prepare(count: int) -> float:
    """Make the tables and load the contracts, unless this database holds them already; return the seconds it took."""
    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    kept = settings.VAR / "secondes"
    if EspaceDeContrat.objects.count() < count:
        kept.write_text(str(fill(count)))
    if connection.vendor == "postgresql":  # which does it by itself, a minute after a large load
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    return float(kept.read_text())


def fill(count: int) -> float:
    """Load that many contracts, saying how far it is; return the seconds it took."""
    started = time.perf_counter()
    for done, rank in enumerate(nation.ranks(count), start=1):
        nation.load_and_publish(rank)
        print(f"\r{done}/{count}", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    return time.perf_counter() - started


def database() -> str:
    """The engine and its version."""
    if connection.vendor == "sqlite":
        return f"SQLite {connection.Database.sqlite_version}"
    return f"PostgreSQL {connection.pg_version // 10_000}"


def database_size() -> int:
    """The size of the database, in bytes."""
    sqlite = "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()"
    with connection.cursor() as cursor:
        cursor.execute(sqlite if connection.vendor == "sqlite" else "SELECT pg_database_size(current_database())")
        return int(cursor.fetchone()[0])


def measure_page(page: Page, espace: EspaceDeContrat) -> Mesure | None:
    """What a page costs; None while it does not exist."""
    client, plain_client = browser(page, espace, gzip=True), browser(page, espace)
    try:
        url = address(page, espace)
    except NoReverseMatch:
        return None
    response = client.get(url)
    if response.status_code == 404:
        return None
    assert response.status_code == 200, f"{url} : {response.status_code}"
    plain = plain_client.get(url)
    ms, queries = cost(lambda: client.get(url), PAGE_RUNS)
    return Mesure(page.nom, ms, queries, len(plain.content), len(response.content))


def spreadsheet_back(espace: EspaceDeContrat) -> Callable[[], Any]:
    """The spreadsheet of a contract brought back as it left, and its preview."""
    client = Client(HTTP_HOST="localhost")
    client.force_login(vie.team_of(espace))
    content = client.get(reverse("fiches-classeur", args=[espace.slug])).content

    def bring() -> None:
        file = SimpleUploadedFile("fiches.xlsx", content)
        answer = client.post(reverse("fiches-deposer", args=[espace.slug]), {"fichier": file}, follow=True)
        assert answer.status_code == 200, answer.status_code

    return bring


def measure_link(espace: EspaceDeContrat) -> Mesure:
    """The page behind the link of a point d'étape, for whoever has the most questions."""
    asked = vie.asked(espace)
    url, client = reverse("point-reponse", args=[token_of(asked)]), Client(HTTP_HOST="localhost")
    ms, queries = cost(lambda: client.get(url), PAGE_RUNS)
    return Mesure(f"the page behind a link, {asked.questions.count()} questions", ms, queries)


def measure_synthesis(espace: EspaceDeContrat) -> Iterator[Mesure]:
    """The synthesis of a point d'étape that was sent, its two files, and asking for everyone's summary once more."""
    point = vie.asked(espace).point
    document = synthesis_of(point, horloge.today())
    ask_for_summaries(horloge.now())
    acts: dict[str, Callable[[], Any]] = {
        "the synthesis of a point d’étape": lambda: synthesis_of(point, horloge.today()),
        "its PDF": lambda: pdf.write(document),
        "its Word file": lambda: word.write(document),
        "ask again for everyone’s summary": lambda: ask_for_summaries(horloge.now()),
    }
    for nom, act in acts.items():
        ms, queries = cost(act, COMMAND_RUNS)
        yield Mesure(nom, ms, queries)


def measure_commands(espace: EspaceDeContrat) -> Iterator[Mesure]:
    """What each command costs on a contract of the measured size, starting Python left out."""
    text, document = export_contract(espace.slug), nation.document
    new = text.replace(espace.slug, nation.slug(nation.NEW))
    commands: dict[str, Callable[[], Any]] = {
        "load a contract with its document": lambda: load_contract(new, commande="bench", document=document()),
        "load it again: nothing changes": lambda: load_contract(text, commande="bench", document=document()),
        "export": lambda: export_contract(espace.slug),
        "valider": lambda: validate(text),
        "rebuild the projection": lambda: rebuild_projection(espace),
        "the spreadsheet back, and its preview": spreadsheet_back(espace),
        "whom a point d’étape asks": lambda: plan_of(vie.draft(espace), horloge.today()),
        "send a point d’étape": lambda: send_point(by=vie.acces_of_team(espace), point=vie.draft(espace)),
    }
    for nom, command in commands.items():
        ms, queries = cost(undone(command), COMMAND_RUNS)
        yield Mesure(nom, ms, queries, len(text.encode()))
    yield measure_link(espace)
    yield from measure_synthesis(espace)
    yield from measure_activity(espace)


def measure_activity(espace: EspaceDeContrat) -> Iterator[Mesure]:
    """What is done in the register, by a carnet or from a table; what it writes is rolled back."""
    for nom, act in activite.acts(espace).items():
        ms, queries = cost(undone(act), PAGE_RUNS if nom.startswith("the page") else COMMAND_RUNS)
        yield Mesure(nom, ms, queries)


def undone(command: Callable[[], Any]) -> Callable[[], Any]:
    """The command, what it wrote rolled back, so that each run finds the same database."""

    def run() -> None:
        with transaction.atomic():
            command()
            transaction.set_rollback(True)

    return run


def cost(act: Callable[[], Any], runs: int) -> tuple[float, int]:
    """The median time of an act in milliseconds, once warm, and its queries (those of the transaction included)."""
    for _ in range(WARM_UP):
        act()
    with CaptureQueriesContext(connection) as caught:
        act()
    queries = len(caught)  # now: the next request empties the log it counts in
    return round(median(timed(act) for _ in range(runs)), 2), queries


def a_million_squares() -> int:
    """Plain Python, to compare one machine, or one moment, with another."""
    return sum(number * number for number in range(1_000_000))


def timed(act: Callable[[], Any]) -> float:
    """The milliseconds of processor of one run: what else the machine does at that moment is not in them."""
    started = time.process_time()
    act()
    return (time.process_time() - started) * 1000


if __name__ == "__main__":
    main()
