"""Long fuzzing: whatever comes in, a document or an error that names it comes out, and offsets hold.

Each test goes on for ``ONRECORD_SOAK_SECONDS`` (60 where it is not set), with a new seed for every round.
"""

from __future__ import annotations

import html as markup
import json
import os
import random
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from ingest.errors import IngestError
from ingest.model import BODY, Document, Extraction, Fetched
from ingest.read import read
from tests.soak.invariants import check_document, check_extraction
from tests.soak.strategies import (
    CHARSETS,
    HTML,
    MEDIA_TYPES,
    PROSE,
    URLS,
    Thread,
    broken_pages,
    thread_as_html,
    thread_as_text,
    threads,
)

pytestmark = [pytest.mark.soak, pytest.mark.timeout(3_600)]

SECONDS = float(os.environ.get("ONRECORD_SOAK_SECONDS", "60"))
ROUND = 200
NOW = datetime(2026, 1, 2, 3, 4, tzinfo=UTC)


def go_on(test: Callable[[Any], None], values: SearchStrategy[Any]) -> None:
    """Tries ``test`` on ever new ``values`` until the time is up; a failure is shrunk and raised."""
    until = time.monotonic() + SECONDS
    tried = 0
    while time.monotonic() < until:
        number = random.SystemRandom().getrandbits(64)

        @seed(number)
        @settings(
            max_examples=ROUND,
            deadline=None,
            database=None,
            phases=[Phase.generate, Phase.target, Phase.shrink],
            suppress_health_check=list(HealthCheck),
        )
        @given(values)
        def one_round(value: Any) -> None:
            test(value)

        try:
            one_round()
        except BaseException as error:
            error.add_note(f"seed {number}, after {tried:,} examples")
            raise
        tried += ROUND
    print(f"{tried:,} examples")


def fetched(body: bytes, media_type: str | None = None, charset: str | None = None, url: str | None = None) -> Fetched:
    return Fetched("fuzz", body, url, media_type, charset, NOW)


def document_or_error(one: Fetched) -> Document | None:
    """What the reader makes of it; anything but a sound document or an ``IngestError`` of one line fails."""
    try:
        document = read(one)
    except IngestError as error:
        check_error(error)
        return None
    check_document(document)
    return document


def check_error(error: IngestError) -> None:
    """It names the source, gives a reason, and stands on one line."""
    line = str(error)
    assert line.startswith("fuzz: ")
    assert len(line) > len("fuzz: ")
    assert len(line.splitlines()) == 1


def test_any_bytes_are_a_document_or_an_ingest_error() -> None:
    anything = st.binary(max_size=3_000) | st.text(max_size=1_500).map(
        lambda text: text.encode("utf-8", "surrogatepass")
    )
    marked = st.tuples(
        st.sampled_from((b"<html>", b"<!doctype html><p>", b"\xef\xbb\xbf", b"\xff\xfe", b"%PDF-")), anything
    )
    go_on(
        document_or_error,
        st.builds(fetched, anything | marked.map(b"".join) | broken_pages(), MEDIA_TYPES, CHARSETS, URLS),
    )


def test_any_tree_of_html_is_read_the_same_twice() -> None:
    def check(text: str) -> None:
        one = fetched(text.encode("utf-8", "surrogatepass"), "text/html", "utf-8", "https://example.com/page")
        first = document_or_error(one)
        assert document_or_error(one) == first

    go_on(check, HTML.map(lambda inner: f"<html><body>{inner}</body></html>"))


@pytest.mark.parametrize("form", ["html", "text"])
def test_any_thread_is_read_as_the_tree_that_it_is(form: str) -> None:
    def check(thread: Thread) -> None:
        text = thread_as_html(thread) if form == "html" else thread_as_text(thread)
        document = read(fetched(text.encode(), "text/html" if form == "html" else "text/plain", "utf-8"))
        check_document(document)
        assert [(each.parent, each.author, each.text.split()) for each in document.comments] == [
            (parent, author, " ".join(paragraphs).split()) for parent, author, paragraphs in thread
        ]

    go_on(check, threads())


def test_offsets_hold_for_any_text_through_extract() -> None:
    from ingest.annotate import load
    from ingest.jsonl import as_json
    from ingest.run import extract

    annotator = load("rules")
    asserted = 0

    def check(one: Fetched) -> None:
        nonlocal asserted
        try:
            extraction: Extraction = extract(one, annotator)
        except IngestError as error:
            check_error(error)
            return
        check_extraction(extraction)
        assert replace(extract(one, annotator), sentences={}) == replace(extraction, sentences={})
        asserted += len(extraction.assertions)
        written = json.loads(json.dumps(as_json(extraction)))
        texts: dict[str | int, str] = {BODY: written["text"]}
        texts.update({each["index"]: each["text"] for each in written["comments"]})
        for assertion in written["assertions"]:
            text = texts[assertion["container"]]
            assert " […] ".join(text[start:end] for start, end in assertion["content"]) == assertion["text"]

    as_text = PROSE.map(lambda text: fetched(text.encode("utf-8", "surrogatepass"), "text/plain", "utf-8"))
    as_page = st.lists(PROSE, max_size=4).map(
        lambda texts: fetched(
            "".join(("<html><article>", *(f"<p>{markup.escape(text)}</p>" for text in texts))).encode(
                "utf-8", "replace"
            ),
            "text/html",
            "utf-8",
        )
    )
    go_on(check, as_text | as_page)
    assert asserted > 0, "nothing was ever asserted: this test has shown nothing"
