"""Pages that long fuzzing found to end in something other than a document or an ``IngestError``."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from ingest.errors import IngestError
from ingest.model import Fetched
from ingest.read import read

PAGES = (
    b"<!doctype html><p>\x0b",
    b"<!doctype html><p>a&#11;b &#x1f; &#xfffe; &#0; x</p>",
    b'<p title="&#11;">a <a href="&#1;x">link</a></p>',
)


@pytest.mark.parametrize("page", PAGES, ids=range(len(PAGES)))
def test_a_page_is_a_document_or_an_error(page: bytes) -> None:
    try:
        document = read(Fetched("fuzz", page, None, "text/html", "utf-8", datetime(2026, 1, 1, tzinfo=UTC)))
    except IngestError:
        return
    assert document.text
