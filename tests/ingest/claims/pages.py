"""Documents made by hand, and what the rules find in them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from ingest import claims
from ingest.annotate import load
from ingest.model import (
    Assertion,
    Block,
    Comment,
    Document,
    Extraction,
    Link,
    Outlet,
    comment_id,
    document_id,
    version_id,
)

ANNOTATOR = load("rules")
FETCHED = datetime(2026, 1, 2, 3, 4, tzinfo=UTC)


def page(
    text: str,
    *,
    comments: Sequence[tuple[str | None, int | None, str]] = (),
    blocks: Sequence[Block] = (),
    links: Sequence[Link] = (),
    author: str | None = None,
    outlet: Outlet | None = None,
    published_at: datetime | None = None,
    posted_at: datetime | None = None,
) -> Document:
    """A page with comments given as (author, parent, text)."""
    document = document_id(url=None, sha256=text)
    thread: list[Comment] = []
    for index, (name, parent, words) in enumerate(comments):
        above = thread[parent] if parent is not None else None
        thread.append(
            Comment(
                index=index,
                id=comment_id(document, above.id if above else None, name, words, index),
                author=name,
                by_post_author=False,
                depth=above.depth + 1 if above else 0,
                parent=parent,
                posted_at=posted_at,
                url=None,
                text=words,
            )
        )
    return Document(
        id=document,
        version=version_id(document, None, text),
        kind="text",
        url=None,
        title=None,
        outlet=outlet,
        author=author,
        published_at=published_at,
        fetched_at=FETCHED,
        language="en",
        sha256="",
        text=text,
        blocks=tuple(blocks),
        links=tuple(links),
        comments=tuple(thread),
    )


def extracted(document: Document) -> Extraction:
    """What the rules find on a page."""
    containers = list(document.containers())
    found = ANNOTATOR.annotate(text for _, text in containers)
    return claims.find(document, dict(zip((container for container, _ in containers), found, strict=True)))


def only(document: Document) -> Assertion:
    """The one assertion of a page."""
    (assertion,) = extracted(document).assertions
    return assertion
