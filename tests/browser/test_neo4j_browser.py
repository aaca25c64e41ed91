"""The kit in the real Neo4j Browser, in a real Chromium: the tour opens, and every saved query shows what it should.

``ONRECORD_CHROMIUM`` names another Chromium than the one on the path. Where there is none the tests skip, and with
``CI=true`` they fail. ``ONRECORD_PICTURES`` names a folder to put pictures into.
"""

from __future__ import annotations

import os
import re
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import uvicorn
from playwright.sync_api import Locator, Page, expect, sync_playwright

from api.app import create
from cypher.saved import SavedQuery, parameters, saved_queries
from graph.driver import Connection, Graph
from graph.schema import apply
from tests.conftest import EMPTY
from tests.cypher.saved_graph import fill

ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PATIENCE_MS = 90_000
PASTE = """text => {
  const data = new DataTransfer();
  data.setData("text/plain", text);
  const pasted = new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true});
  document.activeElement.dispatchEvent(pasted);
}"""
PICTURES = os.environ.get("ONRECORD_PICTURES")


@pytest.fixture(scope="module")
def chromium() -> str:
    found = os.environ.get("ONRECORD_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if found is None:
        if os.environ.get("CI") == "true":
            pytest.fail("no Chromium is installed, and with CI=true there must be one")
        pytest.skip("no Chromium is installed; ONRECORD_CHROMIUM names one")
    return found


@pytest.fixture(scope="module")
def filled(neo4j_connection: Connection) -> None:
    with Graph.connect(neo4j_connection, wait_s=30) as graph:
        graph.execute(EMPTY)
        apply(graph)
        fill(graph)


@pytest.fixture(scope="module")
def kit(neo4j_connection: Connection, neo4j_browser: str) -> Iterator[str]:
    """Where the API serves the kit to that Browser."""
    origin = neo4j_browser.partition("/browser/")[0]
    config = uvicorn.Config(create(neo4j_connection, [origin]), host="127.0.0.1", port=0, log_level="error")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    for _ in range(600):
        if server.started:
            break
        thread.join(0.05)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}/browser"
    server.should_exit = True
    thread.join(10)


@pytest.fixture(scope="module")
def page(chromium: str, neo4j_browser: str, neo4j_connection: Connection, filled: None) -> Iterator[Page]:
    """Browser, signed in."""
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium, args=list(ARGUMENTS))
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        page.set_default_timeout(PATIENCE_MS)
        page.goto(neo4j_browser)
        page.get_by_test_id("username").fill(neo4j_connection.user)
        page.get_by_test_id("password").fill(neo4j_connection.password)
        page.get_by_test_id("connect").click()
        expect(page.locator("article").filter(has_text="You are connected")).to_be_visible(timeout=PATIENCE_MS)
        yield page
        browser.close()


def run(page: Page, command: str) -> Locator:
    """Types a command or query and runs it; the frame that it is answered in, which stands alone then."""
    editor = page.locator("#monaco-main-editor, .monaco-editor").first
    for text in (":clear", command):
        editor.click()
        page.keyboard.press("Control+A")
        # Pasted, since the editor closes brackets that are typed.
        page.evaluate(PASTE, text)
        page.keyboard.press("Control+Enter")
        if text == ":clear":
            expect(page.locator("[data-testid=frame]")).to_have_count(0, timeout=PATIENCE_MS)
    frame = page.locator("[data-testid=frame]").first
    expect(frame).to_be_visible(timeout=PATIENCE_MS)
    return frame


def run_from_afar(page: Page, command: str, expected: str) -> Locator:
    """Runs a command that fetches something. Browser asks for its allow-list some time after it has signed in."""
    for _ in range(30):
        frame = run(page, command)
        answer = frame.get_by_text(re.compile(f"{re.escape(expected)}|Hostname is not allowed")).first
        expect(answer).to_be_visible(timeout=PATIENCE_MS)
        if expected in answer.inner_text():
            return frame
        page.wait_for_timeout(2_000)
    raise AssertionError(f"{command}: Browser still does not allow its host")


def test_the_style_and_the_tour_open(page: Page, kit: str) -> None:
    run_from_afar(page, f":style {kit}/onrecord.grass", "node.Dispute")
    tour = run_from_afar(page, f":play {kit}/guide.html", "a tour of your graph")
    expect(tour).to_contain_text("2 pages")
    tour.get_by_text("a tour of your graph").first.scroll_into_view_if_needed()
    _picture(page, "tour")
    tour.locator("pre.runnable").filter(has_text=":params").first.click()
    expect(page.locator(".monaco-editor").first).to_contain_text(":params")


def test_a_click_in_the_tour_puts_a_query_into_the_editor(page: Page, kit: str) -> None:
    tour = run_from_afar(page, f":play {kit}/guide.html", "a tour of your graph")
    tour.get_by_test_id("nextSlide").click()
    tour.locator("pre.runnable").filter(has_text="MATCH (a:Assertion)").first.click()
    expect(page.locator(".monaco-editor").first).to_contain_text("MATCH (a:Assertion)")


def test_every_saved_query_shows_something(page: Page) -> None:
    run(page, parameters(saved_queries()))
    failed: dict[str, str] = {}
    for query in saved_queries():
        if fault := _fault(page, query):
            failed[query.name] = fault
    assert not failed


def _fault(page: Page, query: SavedQuery) -> str | None:
    frame = run(page, query.statement)
    told = frame.get_by_text(
        re.compile(r"Displaying \d+ nodes|Started streaming \d+ records|no changes, no records|ERROR|Neo\.\w+")
    ).first
    expect(told).to_be_visible(timeout=PATIENCE_MS)
    words = told.inner_text()
    if query.draws and PICTURES:
        page.wait_for_timeout(3_000)
        _picture(page, query.name)
    if query.draws:
        shown = re.search(r"Displaying (\d+) nodes", words)
        return None if shown and int(shown[1]) else words
    return None if re.search(r"streaming [1-9]\d* records", words) else words


def _picture(page: Page, name: str) -> None:
    if PICTURES:
        page.screenshot(path=Path(PICTURES) / f"{name}.png")
