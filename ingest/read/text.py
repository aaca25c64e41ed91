"""Plain text -> Document."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from datetime import datetime
from typing import Final

from ingest.errors import EmptySourceError, TooLargeError
from ingest.model import Block, Document, Fetched, Outlet, document_id, outlet_id, version_id
from ingest.read import plain_thread, thread
from ingest.read.encoding import decode
from ingest.read.language import language_of
from ingest.read.limits import ReadLimits
from ingest.read.plain_blocks import blocks_of, links_of, looks_like_title
from ingest.read.plain_lines import lines_of
from ingest.read.times import parse_time, time_line
from ingest.urls import registered_domain

HEAD: Final = 6
"""Paragraphs at the top, among which a by-line and a date are looked for."""

_BY: Final = re.compile(
    r"(?:by|von|par|por|da|door)[: ]+(?P<name>[^\W\d_][^|·•–—\n,(]{2,60}?)(?:[ ]*(?:[|·•–—,(]|[ ]-[ ]).*)?",
    re.IGNORECASE,
)
_DATED: Final = re.compile(
    r"(?:published|posted|updated|date|veröffentlicht|publié|publicado)?(?:[ ]+on)?[ ]*:?[ ]*(.*)", re.IGNORECASE
)


def read(fetched: Fetched, limits: ReadLimits) -> Document:
    """A page of plain text: all of it up to the heading of its thread is the body, verbatim.

    Raises:
        ReadError: empty, too many lines, not text, or in an encoding that could not be found out.
    """
    whole = decode(fetched.body, source=fetched.source, charset=fetched.charset)
    if not whole.strip():
        raise EmptySourceError(fetched.source, "it is empty")
    lines = whole.count("\n") + whole.count("\r")
    if lines > limits.max_lines:
        raise TooLargeError(fetched.source, f"{lines:,} lines, and at most {limits.max_lines:,} are read of one text")
    language = language_of(whole)
    found = plain_thread.find(whole, language)
    text = whole if found is None else whole[: found.start]
    blocks = blocks_of(text, lines_of(text))
    title = _title(text, blocks)
    sha256 = hashlib.sha256(fetched.body).hexdigest()
    document = document_id(url=fetched.url, sha256=sha256)
    comments = () if found is None else thread.comments(document, found.entries)
    author, published_at = _by_line(text, blocks, language)
    return Document(
        id=document,
        version=version_id(document, title, text),
        kind="text",
        url=fetched.url,
        title=title,
        outlet=_outlet(fetched.url),
        author=author,
        published_at=published_at,
        fetched_at=fetched.fetched_at,
        language=language,
        sha256=sha256,
        text=text,
        tail="" if found is None else found.tail,
        blocks=blocks,
        links=(*links_of("body", text), *(link for one in comments for link in links_of(one.index, one.text))),
        comments=comments,
    )


def _title(text: str, blocks: Sequence[Block]) -> str | None:
    if not blocks or blocks[0].kind != "heading":
        return None
    words = " ".join(text[blocks[0].start : blocks[0].end].split())
    return words if len(blocks) > 1 or looks_like_title(words) else None


def _by_line(text: str, blocks: Sequence[Block], language: str | None) -> tuple[str | None, datetime | None]:
    """(author, time of publication) where lines of their own at the top state them."""
    author: str | None = None
    published: datetime | None = None
    for block in blocks[:HEAD]:
        for words in text[block.start : block.end].splitlines()[:3]:
            if len(words) > 120:
                break
            by = _BY.fullmatch(words.strip())
            if author is None and by is not None and len(by["name"].split()) <= 6 and by["name"][0].isupper():
                author = by["name"].strip()
            dated = _DATED.fullmatch(words.strip())
            when = time_line(dated[1]) if dated is not None else None
            if when is None and by is not None:
                when = time_line(words.strip()[by.end("name") :].strip(" ,|·•–—-("))
            if published is None and when is not None:
                published = parse_time(when, language)
    return author, published


def _outlet(url: str | None) -> Outlet | None:
    """The publisher, as far as an address tells it: the domain that was registered for it."""
    domain = registered_domain(url) if url is not None else None
    return None if domain is None else Outlet(outlet_id(domain=domain, name=domain), domain, domain)
