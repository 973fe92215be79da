"""How the journeys drive Chromium, and what they hold against a page."""

from typing import Any
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request, Response

FLAGS = [
    "--no-sandbox",
    "--disable-dev-shm-usage",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-quic",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
]
"""The last one holds a page to its site; a route of Playwright's would too, but stops the browser from caching."""

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


def forget(visitor: BrowserContext) -> None:
    """Close all that a visitor opened, and leave no trace of who it was; the site keeps nothing else in a browser."""
    for page in visitor.pages:
        page.close()
    visitor.clear_cookies()


AXE = Axe()


def axe_violations(page: Page, options: dict[str, Any], spared: list[str]) -> list[dict[str, Any]]:
    """What axe-core holds against a page, save what is spared; the hundreds of kilobytes of the rest stay there."""
    page.evaluate(AXE.axe_script)
    asked = "([spared, options]) => axe.run({exclude: spared}, options).then(all => all.violations)"
    found: list[dict[str, Any]] = page.evaluate(asked, [[[one] for one in spared], options])
    return found


def assert_reflows(page: Page) -> None:
    """Assert that nothing makes the page scroll sideways."""
    wide, screen = page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
    assert wide <= screen, f"{page.url} : {wide} px de large sur un écran de {screen} px"


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
