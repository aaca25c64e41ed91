"""Takes the README's picture of the graph from Neo4j Browser, while the demonstration of `make demo` runs.

Needs an installed Chromium (`ONRECORD_CHROMIUM` names another than the one on the path). Run it with `make picture`.
"""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

from api.database import ensure, local
from api.settings import load

TARGET = Path(__file__).with_name("pictures") / "browser.png"
QUERY = (
    "MATCH p=(s:Speaker)-[:ASSERTED]->(:Assertion)-[:FOUND_IN]->(v:Version) "
    "WHERE v.title STARTS WITH 'Who closed' OPTIONAL MATCH q=(v)-[:VERSION_OF]->()-[:PUBLISHED_BY]->() RETURN p, q"
)


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
        page.locator(".cm-content, .CodeMirror, .monaco-editor").first.click()
        page.keyboard.insert_text(QUERY)
        page.keyboard.press("Control+Enter")
        page.wait_for_timeout(12000)
        TARGET.parent.mkdir(exist_ok=True)
        page.screenshot(path=TARGET)
        browser.close()
    print(f"Look at {TARGET.relative_to(Path.cwd())} before it is committed.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
