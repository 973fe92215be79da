"""How the journeys drive Chromium, and what they hold against a page."""

from urllib.parse import urlsplit

from playwright.sync_api import ConsoleMessage, Page, Request, Response

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
