"""How the journeys drive Chromium, and what they hold against a page."""

from urllib.parse import urlsplit

from playwright.sync_api import ConsoleMessage, Page, Response, Route

FLAGS = [
    "--no-sandbox",
    "--disable-dev-shm-usage",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-quic",
]


def watch(page: Page, site: str, faults: list[str]) -> None:
    """Keep the page on the site, and note each of its faults."""

    def keep_home(route: Route) -> None:
        if urlsplit(route.request.url).netloc == urlsplit(site).netloc:
            route.continue_()
        else:
            faults.append(f"{page.url} demande {route.request.url}")
            route.abort()

    def note_console(message: ConsoleMessage) -> None:
        # A resource that fails is noted by `note_response`, which knows a page from what it loads.
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            faults.append(f"{page.url} : {message.text}")

    def note_response(response: Response) -> None:
        if response.status >= 400 and not response.request.is_navigation_request():
            faults.append(f"{page.url} : {response.status} {response.url}")

    page.route("**/*", keep_home)
    page.on("console", note_console)
    page.on("pageerror", lambda error: faults.append(f"{page.url} : {error}"))
    page.on("response", note_response)
