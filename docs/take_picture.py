"""Takes the README's pictures from Neo4j Browser, while the demonstration of `make demo` runs.

Needs an installed Chromium (`ONRECORD_CHROMIUM` names another than the one on the path). Run it with `make picture`.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from api.database import ensure, local
from api.settings import load
from cypher.saved import parameters, saved_queries

FOLDER = Path(__file__).with_name("pictures")
PAGE = (
    "MATCH p=(s:Speaker)-[:ASSERTED]->(:Assertion)-[:FOUND_IN]->(v:Version) "
    "WHERE v.title STARTS WITH 'Who closed' OPTIONAL MATCH q=(v)-[:VERSION_OF]->()-[:PUBLISHED_BY]->() RETURN p, q"
)
# Pasted, since Browser's editor closes brackets that are typed.
PASTE = """text => {
  const data = new DataTransfer();
  data.setData("text/plain", text);
  const pasted = new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true});
  document.activeElement.dispatchEvent(pasted);
}"""


def main() -> int:
    chromium = os.environ.get("ONRECORD_CHROMIUM") or shutil.which("chromium")
    if chromium is None:
        print("take_picture: no Chromium is installed; name one in ONRECORD_CHROMIUM", file=sys.stderr)
        return 1
    settings = load()
    connection = ensure(settings)
    server = local(settings).status().server
    if server is None:
        print("take_picture: the local Neo4j does not run; `make demo` starts it", file=sys.stderr)
        return 1
    api = json.loads((settings.home / "api.json").read_text())["address"]
    FOLDER.mkdir(exist_ok=True)
    with sync_playwright() as play:
        browser = play.chromium.launch(
            executable_path=chromium,
            args=["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        )
        page = browser.new_page(viewport={"width": 1280, "height": 620})
        page.goto(server.browser)
        page.get_by_test_id("username").fill(connection.user)
        page.get_by_test_id("password").fill(connection.password)
        page.get_by_test_id("connect").click()
        page.wait_for_timeout(4000)
        _run(page, f":style {api}/browser/onrecord.grass")
        _run(page, f":play {api}/browser/guide.html", "tour")
        queries = {query.name: query.statement for query in saved_queries()}
        _run(page, parameters(saved_queries()))
        _run(page, queries["09_one_dispute"], "dispute")
        _run(page, PAGE, "browser")
        browser.close()
    print(f"Look at what is in {FOLDER.relative_to(Path.cwd())} before it is committed.")
    return 0


def _run(page: Page, command: str, name: str | None = None) -> None:
    """Runs a command alone in Browser, and takes its picture once the drawing has come to rest."""
    for text in (":clear", command):
        page.locator("#monaco-main-editor, .monaco-editor").first.click()
        page.keyboard.press("Control+A")
        page.evaluate(PASTE, text)
        page.keyboard.press("Control+Enter")
        page.wait_for_timeout(1_500)
    if name:
        page.wait_for_timeout(10_000)
        page.screenshot(path=FOLDER / f"{name}.png")


if __name__ == "__main__":
    sys.exit(main())
