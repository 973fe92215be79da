"""The bench of the journeys sees the faults it exists for."""

import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from playwright.sync_api import Browser, Page

from tests.navigateur import newcomer, watch


@pytest.fixture
def faults() -> list[str]:
    return []


@pytest.fixture
def page(chromium: Browser, live_server, faults: list[str]):
    page = chromium.new_page()
    watch(page, live_server.url, faults)
    page.goto(live_server.url)
    yield page
    page.close()


SMALL = """() => ['a', 'b'].forEach(name => {
        const button = Object.assign(document.createElement('button'), {textContent: name});
        Object.assign(button.style, {width: '9px', height: '9px', minHeight: 0, padding: 0, border: 0, margin: 0});
        document.body.append(button);
    })"""


def test_an_inline_style_is_a_fault(page: Page, faults: list[str]) -> None:
    with page.expect_console_message():
        page.evaluate("document.body.insertAdjacentHTML('beforeend', '<p style=\"color: red\">x</p>')")
    assert "style-src" in "".join(faults)


def test_an_inline_script_is_a_fault(page: Page, faults: list[str]) -> None:
    with page.expect_console_message():
        page.evaluate("document.body.append(Object.assign(document.createElement('script'), {text: '1'}))")
    assert "script-src" in "".join(faults)


def test_a_missing_resource_is_a_fault(page: Page, faults: list[str]) -> None:
    with page.expect_response("**/statique/absent.css"):
        page.evaluate("fetch('/statique/absent.css')")
    assert "/statique/absent.css" in "".join(faults)


def test_leaving_the_site_is_a_fault(page: Page, faults: list[str]) -> None:
    with page.expect_request("http://ailleurs.invalid/"):
        page.evaluate("void (location.href = 'http://ailleurs.invalid/')")
    assert "http://ailleurs.invalid/" in "".join(faults)


def test_the_home_page_has_no_fault(page: Page, faults: list[str]) -> None:
    with page.expect_console_message(lambda message: message.text == "fin"):
        page.evaluate("console.log('fin')")  # told after all that the page had to say
    assert faults == []


def test_the_accessibility_check_sees_an_image_without_a_text(page: Page, axe) -> None:
    page.evaluate("document.body.append(document.createElement('img'))")
    with pytest.raises(AssertionError, match="image-alt"):
        axe(page)


def test_a_text_hard_to_read_is_a_fault_once_all_others_are_known(page: Page, axe) -> None:
    axe(page)
    page.evaluate("document.querySelector('main p').style.color = '#ddd'")
    for _again in range(2):
        with pytest.raises(AssertionError, match="color-contrast"):
            axe(page)
    page.evaluate("document.querySelector('main p').style.color = ''")
    axe(page)


def test_a_page_narrowed_shows_the_faults_of_a_phone_then_is_wide_again(page: Page, axe) -> None:
    axe(page, phone=360)
    page.evaluate("document.body.style.minWidth = '700px'")
    with pytest.raises(AssertionError, match="700 px de large sur un écran de 360 px"):
        axe(page, phone=360)
    page.evaluate("document.body.style.minWidth = ''")
    page.evaluate(SMALL)
    with pytest.raises(AssertionError, match="target-size"):
        axe(page, phone=360)
    assert page.viewport_size == {"width": 1280, "height": 720}


@pytest.mark.parametrize("width", [360])
def test_on_a_phone_a_target_too_small_for_a_finger_is_a_fault(page: Page, axe, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.evaluate(SMALL)
    with pytest.raises(AssertionError, match="target-size"):
        axe(page)


@pytest.mark.parametrize("width", [360])
def test_on_a_phone_a_sideways_scroll_is_a_fault(page: Page, axe, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    axe(page)
    page.evaluate("document.body.style.width = '900px'")
    with pytest.raises(AssertionError, match="px de large"):
        axe(page)


COOKIE = {"name": "sessionid", "value": "x"}


@pytest.mark.parametrize("_again", [1, 2])
def test_each_page_is_opened_by_another_visitor_who_is_nobody(ouvrir, live_server, _again: int) -> None:
    first = ouvrir("/licence/")
    assert first.context.cookies() == []
    first.context.add_cookies([{**COOKIE, "url": live_server.url}])
    assert ouvrir("/licence/").context.cookies() == []


HALVES = (b"<!doctype html><title>x</title><a href=/suite>suite</a>", b"<p>la fin</p>")


class EnDeuxFois(BaseHTTPRequestHandler):
    """A page whose end comes half a second after its beginning."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        for half in HALVES:
            self.wfile.write(half)
            self.wfile.flush()
            time.sleep(0.5)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.mark.parametrize("gesture", ["click", "press", "keyboard"])
def test_a_gesture_ends_on_a_whole_page(chromium: Browser, gesture: str) -> None:
    with ThreadingHTTPServer(("localhost", 0), EnDeuxFois) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        visitor = newcomer(chromium)
        page = visitor.new_page()
        page.goto(f"http://localhost:{server.server_port}/")
        link = page.get_by_role("link", name="suite")
        link.focus()
        if gesture == "click":
            link.click()
        elif gesture == "press":
            link.press("Enter")
        else:
            page.keyboard.press("Enter")
        shown = page.get_by_text("la fin").count()
        assert (page.url.rsplit("/", 1)[1], shown) == ("suite", 1)
        visitor.close()
        server.shutdown()
