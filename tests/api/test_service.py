"""Which fetched pages an ingest leaves on disk, and which forgetting takes: real pages over HTTP, a real Neo4j."""

from __future__ import annotations

import hashlib
import io
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from typer.testing import CliRunner

from api import service
from api.commands.forget import app
from api.settings import Settings
from graph.driver import Connection, Graph
from graph.store import Store
from ingest.annotate import Annotator, load
from ingest.archive import Archive, ArchiveError
from ingest.model import account_id, document_id
from tests.factories import Said, extraction

PAGE = b"<html><head><title>Note</title></head><body><p>Ada Brandt said the mill was sold in May.</p></body></html>"
SHA256 = hashlib.sha256(PAGE).hexdigest()
ADDED = b"<!-- made anew for every reader -->"


def with_thread(*comments: str) -> bytes:
    items = "".join(
        f'<li id="comment-{number}" class="comment"><article class="comment-body"><footer class="comment-meta">'
        f'<div class="comment-author vcard"><b class="fn">Otto {number}</b> <span class="says">says:</span></div>'
        f'</footer><div class="comment-content"><p>{words}</p></div></article></li>'
        for number, words in enumerate(comments)
    )
    thread = f'<div id="comments" class="comments-area"><ol class="comment-list">{items}</ol></div>'
    return PAGE.replace(b"</body>", thread.encode() + b"</body>")


class Mirror(BaseHTTPRequestHandler):
    """The same page under every address: what ``body`` holds."""

    body = PAGE

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(self.body)))
        self.end_headers()
        self.wfile.write(self.body)

    def log_message(self, *_: object) -> None:
        """Says nothing."""


@pytest.fixture
def site() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Mirror) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.fixture(scope="module")
def annotator() -> Annotator:
    return load("rules")


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path / "home", allow_private_addresses=True)


def outcomes(sources: list[str], graph: Graph, settings: Settings, annotator: Annotator) -> list[str]:
    done = service.ingest(
        sources, settings=settings, store=Store(graph), annotator=annotator, stated_url=None, stdin=io.BytesIO()
    )
    return [one.stored.outcome if isinstance(one, service.Ingested) else one.reason for one in done]


def test_bytes_stay_as_long_as_one_of_their_pages_is_on_record(
    site: str, graph: Graph, settings: Settings, annotator: Annotator
) -> None:
    archive = Archive(settings.home / service.ARCHIVE)
    one, other = f"{site}/a", f"{site}/b"
    ids = {url: document_id(url=url, sha256="") for url in (one, other)}
    assert outcomes([one], graph, settings, annotator) == ["created"]
    forgot, deleted = service.forget(ids[one], settings=settings, store=Store(graph))
    assert (forgot.unproving, deleted, SHA256 in archive) == ((SHA256,), 1, False)

    # The forgotten page is settled first, when the other one is on its way already.
    assert outcomes([one, other], graph, settings, annotator) == ["forgotten", "created"]
    assert archive.load(SHA256) == PAGE
    assert outcomes([one], graph, settings, annotator) == ["forgotten"]
    assert SHA256 in archive, "it was there before, for the other page"

    # Lost bytes come back with the page that they prove, though it has not changed.
    archive.drop(SHA256)
    assert outcomes([other, one], graph, settings, annotator) == ["unchanged", "forgotten"]
    assert SHA256 in archive
    service.forget(ids[other], settings=settings, store=Store(graph))
    assert outcomes([one, other], graph, settings, annotator) == ["forgotten", "forgotten"]
    assert SHA256 not in archive


def test_what_is_kept_is_what_proves_something(
    site: str, graph: Graph, settings: Settings, annotator: Annotator, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive = Archive(settings.home / service.ARCHIVE)
    url = f"{site}/a"
    said = ("It was a dull meeting, as ever.", "I was there, and it was not.")
    first, grown = with_thread(*said), with_thread(*said, "Dora Falk said “we never sold the mill to anyone”.")

    def ingested(body: bytes) -> list[str]:
        monkeypatch.setattr(Mirror, "body", body)
        return outcomes([url], graph, settings, annotator)

    def kept() -> set[bytes]:
        return {archive.load(path.stem) for path in archive.folder.rglob("*.gz")}

    assert ingested(first) == ["created"]
    assert ingested(grown) == ["updated"]
    rows = graph.execute("MATCH (v:Version)-[:SHOWS]->(c) RETURN v.sha256, c.sha256, c.text CONTAINS 'Dora' AS late")
    assert len(rows) == 3
    for row in rows:
        assert archive.load(row["v.sha256"]) == first
        assert archive.load(row["c.sha256"]) == (grown if row["late"] else first)

    assert ingested(grown + ADDED) == ["unchanged"]
    assert ingested(first + ADDED) == ["updated"], "a comment is gone"
    assert kept() == {first, grown}

    # The last copy of the page is worth more than a checksum.
    archive.drop(hashlib.sha256(first).hexdigest())
    assert ingested(first + ADDED) == ["unchanged"]
    assert kept() == {first + ADDED, grown}


def test_bytes_that_cannot_be_deleted_are_named(
    site: str, graph: Graph, settings: Settings, annotator: Annotator
) -> None:
    archive = Archive(settings.home / service.ARCHIVE)
    assert outcomes([f"{site}/a"], graph, settings, annotator) == ["created"]
    archive.drop(SHA256)
    stuck = archive.folder / SHA256[:2] / f"{SHA256}.gz"
    stuck.mkdir()
    with pytest.raises(ArchiveError, match=str(stuck)):
        service.forget(document_id(url=f"{site}/a", sha256=""), settings=settings, store=Store(graph))


def test_the_command_says_which_pages_stay(
    graph: Graph, neo4j_connection: Connection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = extraction("Ada Brandt said “yes”.", [Said("Otto", "I say no")])
    Store(graph).put(made)
    for name in ("uri", "user", "password", "database"):
        monkeypatch.setenv(f"NEO4J_{name.upper()}", getattr(neo4j_connection, name))
    monkeypatch.setenv("ONRECORD_HOME", str(tmp_path))
    archive = Archive(tmp_path / service.ARCHIVE)
    archive.keep(b"another page")
    account = CliRunner().invoke(app, [account_id(made.document.site, "Otto")])
    assert account.exit_code == 0
    assert account.stdout.splitlines()[1] == "Kept pages that hold its comments stay: they prove what others said."
    document = CliRunner().invoke(app, [made.document.id, "--json"])
    assert json.loads(document.stdout) == {
        "id": made.document.id,
        "already": False,
        "texts": 2,
        "assertions": 1,
        "unproving": [made.document.sha256],
        "deleted_pages": 0,
    }
    assert archive.load(archive.keep(b"another page")) == b"another page"
