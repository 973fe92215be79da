"""How the journeys drive Chromium, and what they hold against a page."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Keyboard,
    Locator,
    Page,
    Request,
    Response,
    TimeoutError,
)

from tenir.acteurs.models import Personne

FLAGS = [
    "--no-sandbox",
    "--disable-dev-shm-usage",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-quic",
    "--in-process-gpu",
    "--renderer-process-limit=1",
    "--disable-site-isolation-trials",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
]
"""The last one holds a page to its site; a route of Playwright's would too, but stops the browser from caching. The
three before it spare a process for each page: one site is visited, and nothing hostile.
"""

OF_THE_PAGE = {"data", "blob", "about"}


def watch(page: Page, site: str, faults: list[str]) -> None:
    """Note each fault of the page, and each request that would leave the site."""

    def note_request(request: Request) -> None:
        asked = urlsplit(request.url)
        if asked.scheme not in OF_THE_PAGE and asked.netloc != urlsplit(site).netloc:
            faults.append(f"{page.url} demande {request.url}")

    def note_console(message: ConsoleMessage) -> None:
        # A resource that fails is noted by `note_response`, which knows a page from what it loads.
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            faults.append(f"{page.url} : {message.text}")

    def note_response(response: Response) -> None:
        if response.status >= 400 and not response.request.is_navigation_request():
            faults.append(f"{page.url} : {response.status} {response.url}")

    page.on("request", note_request)
    page.on("console", note_console)
    page.on("pageerror", lambda error: faults.append(f"{page.url} : {error}"))
    page.on("response", note_response)


def newcomer(chromium: Browser) -> BrowserContext:
    """A visitor whose window stays open on a blank page: another page there costs Chromium half as much as a window."""
    visitor = chromium.new_context(locale="fr-FR", accept_downloads=True)
    visitor.add_init_script(LEAVING)
    visitor.new_page()
    return visitor


def forget(visitor: BrowserContext) -> None:
    """Close all that a visitor opened, and leave no trace of who it was; the site keeps nothing else in a browser."""
    for page in visitor.pages[1:]:
        page.close()
    visitor.clear_cookies()


AXE = Axe()
CONTRAST = "color-contrast"
LOOKS = """() => {
    const looks = new Map(), style = element => {
        if (!element) return '';
        if (!looks.has(element)) {
            const {backgroundColor, backgroundImage, opacity, position, transform} = getComputedStyle(element);
            const own = [backgroundColor, backgroundImage, opacity, position, transform].join(' ');
            looks.set(element, [own, style(element.parentElement)].join('<'));
        }
        return looks.get(element);
    };
    const speaks = one => one.matches('input, select, textarea, button')
        || [...one.childNodes].some(child => child.nodeType === Node.TEXT_NODE && child.data.trim());
    const look = one => {
        const {color, fontSize, fontWeight, textShadow, visibility} = getComputedStyle(one);
        return [one.localName, one.disabled, color, fontSize, fontWeight, textShadow, visibility, style(one)].join(' ');
    };
    window.lookingAs = Map.groupBy([...document.body.querySelectorAll('*')].filter(speaks), look);
    return [...window.lookingAs.keys()];
}"""
"""How each text of a page looks: its own colour and size, all the grounds it lies on."""
legible: set[str] = set()
"""The looks in which axe-core found nothing to say, on any page: measuring contrasts is two thirds of its time."""


EVERY_RULE = {"resultTypes": ["violations"]}  # what passes is not described node by node
BUT_CONTRAST = {**EVERY_RULE, "rules": {CONTRAST: {"enabled": False}}}
CONTRAST_ALONE = {**EVERY_RULE, "runOnly": {"type": "rule", "values": [CONTRAST]}}
OF_A_PHONE = {**EVERY_RULE, "runOnly": {"type": "rule", "values": ["target-size"]}}
"""What depends on the width, with the reflow."""
RUN = """([options, looks]) => {
    const those = looks.length ? {include: looks.flatMap(look => window.lookingAs.get(look))} : document;
    return axe.run(those, options).then(all => all.violations);
}"""


def assert_accessible_to_all(page: Page, *, afresh: bool) -> None:
    """Assert that axe-core finds nothing; contrasts are measured on each text that looks as none did, or afresh."""
    if afresh:
        _assert_no_violation(page, EVERY_RULE)
        return
    _assert_no_violation(page, BUT_CONTRAST)
    if unknown := set(page.evaluate(LOOKS)) - legible:
        _assert_no_violation(page, CONTRAST_ALONE, sorted(unknown))
        legible.update(unknown)


def assert_holds_on_a_phone(page: Page) -> None:
    """Assert that what one aims at is large enough for a finger, and that nothing scrolls sideways."""
    _assert_no_violation(page, OF_A_PHONE)
    assert_reflows(page)


def _assert_no_violation(page: Page, options: dict[str, Any], looks: Sequence[str] = ()) -> None:
    """Assert that axe-core holds nothing against a page, or against its texts that look so.

    Of what it found, the hundreds of kilobytes that are no violation stay in the page.
    """
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.axe_script)
    violations = page.evaluate(RUN, [options, list(looks)])
    found = [f"{v['id']} ({v['impact']}) : {node['html']}" for v in violations for node in v["nodes"]]
    assert not found, f"{page.url}\n" + "\n".join(found)


def assert_reflows(page: Page) -> None:
    """Assert that nothing makes the page scroll sideways."""
    wide, screen = page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
    assert wide <= screen, f"{page.url} : {wide} px de large sur un écran de {screen} px"


@contextmanager
def narrowed(page: Page, width: int) -> Iterator[None]:
    """The page on a phone inside, then as it was: no script of ours knows the width, the style sheets alone do."""
    before = page.viewport_size
    assert before
    _resize(page, width, before["height"])
    try:
        yield
    finally:
        _resize(page, before["width"], before["height"])


def _resize(page: Page, width: int, height: int) -> None:
    page.set_viewport_size({"width": width, "height": height})
    page.wait_for_function("width => innerWidth === width", arg=width)


def sign_in(visitor: BrowserContext, personne: Personne, site: str) -> None:
    """Let a visitor come as someone who has signed in, by a session made in the database."""
    client = Client()
    assert personne.utilisateur
    client.force_login(personne.utilisateur)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    visitor.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": site}])


BLANK = "about:blank"
GESTURES: Sequence[tuple[type[Any], str]] = (
    (Locator, "click"),
    (Locator, "press"),
    (Locator, "tap"),
    (Keyboard, "press"),
)
LEAVING = """
navigation.addEventListener("navigate", event => {
    const file = /\\.[a-z]{2,4}$/.test(new URL(event.destination.url).pathname);
    window.quittee = !event.destination.sameDocument && event.downloadRequest === null && !file;
});
navigation.addEventListener("navigateerror", () => { window.quittee = false; });
"""
"""A page that is about to be left says so; one that only gives a file is not left."""
WHOLE = "() => !window.quittee && document.readyState !== 'loading'"
LONG_ENOUGH = 10_000
"""Milliseconds. Past them the journey goes on: what it looks for next says what is wrong better than this."""


def land_whole(browser: Browser, patch: pytest.MonkeyPatch) -> None:
    """Make each gesture of a journey end on a page that is whole.

    A page shows while it is still coming, and the one before until it comes: what asks at once (`count`, `is_visible`,
    `all_inner_texts`) then sees a part of it, or what was, one time in many.
    """

    def landing(gesture: Callable[..., Any]) -> Callable[..., Any]:
        def done(*args: Any, **kwargs: Any) -> Any:
            found = gesture(*args, **kwargs)
            for page in [page for visitor in browser.contexts for page in visitor.pages if page.url != BLANK]:
                with suppress(TimeoutError):
                    page.wait_for_function(WHOLE, timeout=LONG_ENOUGH)
            return found

        return done

    for owner, name in GESTURES:
        patch.setattr(owner, name, landing(getattr(owner, name)))


def unfold(page: Page) -> None:
    """Unfold the menu of a phone; on a computer everything but the account is there already."""
    menu = page.locator("header .menu:not([open]) > summary")
    if menu.is_visible():
        menu.click()


def follow(page: Page, name: str) -> None:
    """Follow a link of the head of a page, folded or not."""
    link = page.locator("header.tete").get_by_role("link", name=name, exact=True)
    if not link.count():
        page.locator("header.tete summary:visible").click()
    link.click()
