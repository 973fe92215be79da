"""What every room's tests may ask for: the signed document, a real browser, an accessibility check."""

import gc
import os
import random
import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.core.cache import cache
from django.db.models import QuerySet
from django.db.models.expressions import Col
from django.template import Context, Template
from django.test import Client, TransactionTestCase
from django.test.utils import setup_databases, teardown_databases
from django.urls import get_resolver
from django.utils.functional import cached_property
from django.utils.safestring import SafeString
from hypothesis import settings as examples
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright
from xdist.remote import Producer
from xdist.scheduler import LoadFileScheduling

from tenir.acteurs.models import Personne
from tenir.core import trace
from tenir.ecran.annulation import gestes
from tests import exemples, gabarit
from tests.jour import keep_the_day
from tests.navigateur import (
    FLAGS,
    assert_accessible_to_all,
    assert_holds_on_a_phone,
    assert_reflows,
    forget,
    land_whole,
    narrowed,
    newcomer,
    sign_in,
    watch,
)
from tests.parties import PARTS, loads, misplaced
from tests.transactions import SinceNow, since_now
from tests.vallon import as_, caf, ccas, client, colline, equipe, lecture, page_of, people, vallon  # noqa: F401 (fixtures)

ROOT = Path(__file__).resolve().parents[1]
expect.set_options(
    timeout=30_000
)  # as long as the rest of Playwright: a sign that never comes fails, a slow one does not

MARKER_OF_FIXTURE = {
    "coutras_document": "document_coutras",
    "chromium": "navigateur",
    "django_db_setup": "base",
}


LONGEST = (
    # journeys
    "test_navigateur_campagne.py",
    "test_navigateur_pages.py",
    "test_navigateur_equipe.py",
    "test_parcours_equipe.py",
    "test_navigateur_points.py",
    # the others: the first process migrates the database, which the second does not ask for meanwhile
    "test_routes.py",
    "test_html.py",  # of `TOGETHER`, as the three that follow
    "test_confidentialite.py",
    "test_conservation.py",
    "test_gardes.py",
    "test_pdf.py",
    "test_exports_de_listes.py",
    "test_lignes_demesurees.py",
    "test_systemes.py",
    "test_valeurs_brutes.py",
    "test_systemes_registres.py",
    "test_vie_fictive.py",
    "test_portes.py",
    "test_formats.py",
    "test_base_redemarree.py",
    "test_ecrans_natures.py",
    "test_boucle_tuee.py",
    "test_page_edition.py",
    "test_tout_le_site.py",
    "test_mutations.py",
    "test_regles.py",
    "test_releves_non_publies.py",
    "test_document.py",
    "test_nation.py",
    "test_sauvegarde.py",
)
"""The files to start with, so that no process ends alone with one of them. Only the time it takes depends on it.

A process has two files from the start, every other one of this list."""


TOGETHER = ("tests/visites/",)
"""The folders whose files share what one of them makes: one process has them all, as it has all of a file."""


def scope_of(nodeid: str) -> str:
    """What goes to one process with a test: its file, or its folder of `TOGETHER`."""
    file = nodeid.split("::", 1)[0]
    return next((folder for folder in TOGETHER if file.startswith(folder)), file)


class ByFile(LoadFileScheduling):
    """Deals files to processes; those of a folder of `TOGETHER` are one."""

    def _split_scope(self, nodeid: str) -> str:
        return scope_of(nodeid)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> ByFile | None:
    """Deal by file our own way, where files are dealt."""
    return ByFile(config, log) if config.getvalue("dist") == "loadfile" else None


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark each test by what it asks for, so that none can forget its marker."""
    for item in items:
        for fixture, marker in MARKER_OF_FIXTURE.items():
            if fixture in getattr(item, "fixturenames", ()):
                item.add_marker(marker)
        if item.get_closest_marker("django_db"):  # pytest-django then asks for it too late to be seen here
            item.add_marker("base")
    if found := misplaced(items):
        raise pytest.UsageError("\n".join(found))


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Load the files of the part alone; none of them is named again by the others."""
    part = config.getoption("partie")
    is_test = collection_path.name.startswith("test_") and collection_path.suffix == ".py"
    return True if part and is_test and not loads(part, collection_path) else None


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Iterator[object]:
    """Count the transactions that are opened once the fixtures have made what they make."""
    with since_now():
        return (yield)


def pytest_collection_finish() -> None:
    """Tell the collector of garbage that what is loaded by now stays: it went through all of it again and again."""
    gc.collect()
    gc.freeze()


class LongestFirst:
    """Deals the files of `LONGEST` first, once the order of all is drawn by lot; in each, the walks of rooms last.

    What a room makes for its walk stands until the next room: a test that asks for none must not find it there.
    """

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Sort without disturbing the order of the rest."""
        rank = {name: at for at, name in enumerate(LONGEST)}
        items.sort(key=lambda item: (rank.get(item.path.name, len(rank)), "room" in getattr(item, "fixturenames", ())))


def pytest_configure(config: pytest.Config) -> None:
    """Before any test is loaded, keep to its day, say how many examples; a second hook of one name asks for a plugin
    of its own."""
    keep_the_day()
    examples.load_profile(exemples.NIGHT if config.getoption("nuit") else exemples.DAY)
    config.pluginmanager.register(LongestFirst())


def pytest_addoption(parser: pytest.Parser) -> None:
    """What `make test` says to its suites."""
    parser.addoption("--gabarit", type=Path, help="folder of the migrated database, shared by several suites")
    parser.addoption("--nuit", action="store_true", help="more examples, every contrast measured again")
    parser.addoption("--partie", choices=PARTS, help="load the files of this part alone")


@pytest.fixture(scope="session")
def _template_folder(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that all the processes of this run share, and no other run."""
    mine = tmp_path_factory.getbasetemp()
    alone = not hasattr(request.config, "workerinput")
    return request.config.getoption("gabarit") or (mine if alone else mine.parent)


@pytest.fixture(scope="session")
def django_db_setup(
    request: pytest.FixtureRequest,
    django_test_environment: None,
    django_db_blocker,
    django_db_modify_db_settings: None,
    _template_folder: Path,
) -> Iterator[None]:
    """The database of this process, migrated once for all of them."""
    afresh = request.config.getoption("nuit") or os.environ.get("CI") == "true"
    with django_db_blocker.unblock(), gabarit.template(_template_folder, afresh=afresh) as copied:
        databases = setup_databases(verbosity=0, interactive=False, keepdb=copied, serialized_aliases=())
    yield
    with django_db_blocker.unblock():
        teardown_databases(databases, verbosity=0)
        if not copied:
            gabarit.drop(_template_folder)


@pytest.fixture(autouse=True, scope="session")
def _emptied_by_a_copy(_template_folder: Path) -> Iterator[None]:
    """Copy the migrated database again after a test that commits."""
    emptied = TransactionTestCase._fixture_teardown

    def teardown(case: TransactionTestCase) -> None:
        if not gabarit.restored(_template_folder):
            emptied(case)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", teardown)
        yield


@pytest.fixture
def ailleurs(django_db_setup: None, _template_folder: Path, tmp_path: Path) -> dict[str, str]:
    """The environment of a site of its own, migrated, on SQLite, for the processes that a test starts."""
    gabarit.migrated_site(_template_folder, tmp_path / "tenir.sqlite3")
    kept = {name: value for name, value in os.environ.items() if not name.startswith("TENIR_")}
    return {
        **kept,
        "DJANGO_SETTINGS_MODULE": "tenir.config.settings",
        "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)]),
        "TENIR_VAR": str(tmp_path),
        "TENIR_LOCAL": "1",
    }


@pytest.fixture(scope="session")
def coutras_document() -> Path:
    """The signed document of Coutras, where it is given; it is never part of the repository."""
    document = Path(os.environ.get("TENIR_COUTRAS") or ROOT.parent / "shared" / "contract" / "coutras.txt")
    if not document.is_file():
        pytest.skip("document de Coutras absent (TENIR_COUTRAS)")
    return document


@pytest.fixture(autouse=True, scope="session")
def _site_as_it_is_set() -> None:
    """Load the addresses before a test changes a setting that they read once for all."""
    assert get_resolver().url_patterns


@pytest.fixture(autouse=True)
def _no_one_asked_before() -> None:
    """Forget how often an address asked: what a form without an account refuses depends on no other test."""
    cache.clear()


@pytest.fixture(autouse=True, scope="session")
def _what_is_written_opens_its_transaction() -> Iterator[None]:
    """Refuse, as a site would, what leaves a trace in no transaction but that of the test (`tests/transactions.py`)."""
    asked = Client.request

    def request(browser: Client, **given: object) -> object:
        with since_now():
            return asked(browser, **given)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(trace, "connection", SinceNow())
        patch.setattr(gestes, "connection", SinceNow())
        patch.setattr(Client, "request", request)
        yield


@pytest.fixture(autouse=True, scope="session")
def _shuffle_unordered_querysets() -> Iterator[None]:
    """Give the rows of a queryset without order in any order, so that no test leans on chance."""
    fetch_all = QuerySet._fetch_all

    def fetch_all_and_shuffle(queryset: QuerySet) -> None:
        fresh = queryset._result_cache is None
        fetch_all(queryset)
        if fresh and not queryset.ordered:
            random.shuffle(queryset._result_cache)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(QuerySet, "_fetch_all", fetch_all_and_shuffle)
        yield


@pytest.fixture(autouse=True, scope="session")
def _know_a_column_at_once() -> Iterator[None]:
    """Compare the columns of a query by what they are: Django works it out from the signature of their class.

    It does so for each column of each query that has an order: one twentieth of the time of the tests.
    """
    known = cached_property(lambda column: (type(column), column.alias, column.target, column.output_field))
    known.__set_name__(Col, "identity")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Col, "identity", known, raising=False)
        yield


@pytest.fixture(autouse=True, scope="session")
def _keep_what_a_page_was_given(django_test_environment: None) -> Iterator[None]:
    """Keep what a page was given (`answer.context`), not each of its components: seventy copies that no test reads."""
    told = Template._render

    def render(template: Template, context: Context) -> SafeString:
        return told(template, context) if context.template is template else template.nodelist.render(context)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Template, "_render", render)
        yield


@pytest.fixture(scope="session")
def chromium(live_server) -> Iterator[Browser]:
    """One real Chromium for the session; it leaves before the server stops, which then has no one to serve."""
    names = (os.environ.get("TENIR_CHROMIUM"), "chromium", "chromium-browser", "google-chrome")
    path = next((found for name in names if name and (found := shutil.which(name))), None)
    if path is None:
        pytest.skip("Chromium absent (TENIR_CHROMIUM)")
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        # Playwright's loop runs in this thread, where Django would refuse to touch its database.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        land_whole(browser, patch)
        yield browser
        browser.close()
    for thread in threading.enumerate():
        if "process_request_thread" in thread.name:  # it waits for a visitor who is gone
            thread.join(timeout=10)


@pytest.fixture(scope="session")
def _visitors(chromium: Browser) -> list[BrowserContext]:
    """Browsers that know nothing of each other; kept from one test to the next, as a new one costs half a second."""
    return []


@pytest.fixture
def ouvrir(chromium: Browser, live_server, _visitors: list[BrowserContext]) -> Iterator[Callable[..., Page]]:
    """Open an address of the site: `page = ouvrir("/", width=360)`; each call is another visitor, without a cookie.

    `by` is who has signed in there before, if someone has; sign-in itself has its own journeys.

    At the end the test fails on any console error, breach of the content policy, broken resource, or
    request that left the site.
    """
    faults: list[str] = []
    opened: list[Page] = []

    def open_page(path: str = "/", *, by: Personne | None = None, width: int = 1280, height: int = 900) -> Page:
        if len(opened) == len(_visitors):
            _visitors.append(newcomer(chromium))
        visitor = _visitors[len(opened)]
        page = visitor.new_page()
        opened.append(page)
        page.set_viewport_size({"width": width, "height": height})
        watch(page, live_server.url, faults)
        if by:
            sign_in(visitor, by, live_server.url)
        page.goto(live_server.url + path)
        return page

    yield open_page
    for visitor in _visitors[: len(opened)]:
        forget(visitor)
    assert not faults, "\n".join(faults)


PHONE = 600


@pytest.fixture
def axe(request: pytest.FixtureRequest) -> Callable[..., None]:
    """Assert that axe-core finds nothing to say about a page: `axe(page)`, or `axe(page, phone=360)` for both screens.

    Names, roles, contrasts and order are those of the wide screen. On a narrow one, what one aims at must be large
    enough and nothing may scroll sideways: that is all a journey made at several widths asks of its narrow one, and
    what `phone` asks of the page, once narrowed. A journey made on a phone alone has all of it.
    """
    given = request.node.callspec.params if hasattr(request.node, "callspec") else {}
    narrow = given.get("width", PHONE) < PHONE
    afresh = request.config.getoption("nuit")

    def assert_accessible(page: Page, *, phone: int = 0) -> None:
        page.wait_for_load_state()  # a click returns once its page is under way: axe must not meet half of one
        if narrow:
            assert_holds_on_a_phone(page)
            return
        assert_accessible_to_all(page, afresh=afresh)
        if phone:
            assert_reflows(page)
            with narrowed(page, phone):
                assert_holds_on_a_phone(page)

    return assert_accessible
