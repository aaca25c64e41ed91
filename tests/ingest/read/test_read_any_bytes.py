"""Whatever comes in, a document or an ``IngestError`` comes out, with offsets that hold."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from ingest.errors import BinarySourceError, EmptySourceError, IngestError, SourceError, TooLargeError
from ingest.model import Document, Fetched
from ingest.read import ReadLimits, read

NOW = datetime(2026, 1, 1, tzinfo=UTC)
TYPES = (
    None,
    "text/plain",
    "text/html",
    "text/markdown",
    "application/xhtml+xml",
    "application/octet-stream",
    "image/png",
    "",
)
PIECES = (
    *(
        b"<p>",
        b"<ul><li>",
        b"</div>",
        b"<!--",
        b"<script>",
        b"<article>",
        b"&#x",
        b"<a href='",
        b"<meta charset=",
        b"]]>",
        b"<h1>",
    ),
    *(
        b"\n\n",
        b"  1. Bob\n",
        b"    Reply\n",
        b"3 comments\n",
        b"> > ",
        b"\t",
        b"\r\n",
        b"# ",
        b"Name: ",
        b"http://x.y/(a).",
        b"____",
    ),
    *(
        b"\xff\xfe",
        b"\xef\xbb\xbf",
        b"\x00",
        b"\xed\xa0\x80",
        b"\xe2\x80\x9cquoted\xe2\x80\x9d ",
        b"October 17, 2025 at 10:02 am\n",
    ),
    *(
        b"From the BBC:\n",
        b"By Ann Lee\n",
        b"[a](http://b.c)",
        b'{"@type":"Comment"}',
        b"<ol class=commentlist><li id=comment-1>",
    ),
)


def checked(body: bytes, media_type: str | None, charset: str | None = None) -> Document | IngestError:
    try:
        document = read(Fetched("fuzz", body, None, media_type, charset, NOW))
    except IngestError as error:
        refused = error
    else:
        return whole(document)
    assert str(refused).startswith("fuzz: ")
    assert str(refused).isprintable()
    return refused


def whole(document: Document) -> Document:
    for _, text in document.containers():
        text.encode()
    ends = [0]
    for block in document.blocks:
        assert ends[-1] <= block.start < block.end <= len(document.text)
        assert block.lead_in is None or document.text[block.lead_in.start : block.lead_in.end].strip()
        ends.append(block.end)
    for link in document.links:
        assert 0 <= link.start <= link.end <= len(document.text_of(link.container))
    for comment in document.comments:
        assert comment.depth == (0 if comment.parent is None else document.comments[comment.parent].depth + 1)
    return document


@given(
    body=st.binary(max_size=300),
    media_type=st.sampled_from(TYPES),
    charset=st.sampled_from([None, "utf-8", "gbk", "x"]),
)
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@example(body=b"\xef\xbb\xbf", media_type=None, charset=None)
@example(body=b"<", media_type="text/html", charset=None)
def test_any_bytes(body, media_type, charset):
    checked(body, media_type, charset)


@given(
    pieces=st.lists(
        st.one_of(st.sampled_from(PIECES), st.binary(max_size=6), st.text(max_size=8).map(str.encode)), max_size=25
    ),
    media_type=st.sampled_from(["text/plain", "text/html", None]),
)
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_bytes_that_look_like_pages(pieces, media_type):
    checked(b"".join(pieces), media_type)


@given(media_type=st.text(max_size=30))
@settings(deadline=None)
def test_any_media_type(media_type):
    checked(b"Some words on a page.", media_type)


@pytest.mark.parametrize("body", [b"", b" \n\t", b"\xef\xbb\xbf", b"\xef\xbb\xbf \r\n", b"\xff\xfe", b"\xff\xfe \0"])
def test_nothing_in_it(body):
    assert isinstance(checked(body, "text/plain"), EmptySourceError)


def test_too_large():
    assert isinstance(checked(b"word " * 10_000_001, "text/plain"), TooLargeError)
    assert isinstance(checked(b"<p>word " * 7_000_000, "text/html"), TooLargeError)
    assert isinstance(checked(b"x\n" * 200_001, "text/plain"), TooLargeError)
    with pytest.raises(TooLargeError, match="11 bytes, and at most 10"):
        read(Fetched("x", b"eleven char", None, None, None, NOW), limits=ReadLimits(max_bytes=10))


@pytest.mark.parametrize("media_type", ["image/png", "application/json", "application/pdf", "video/mp4"])
def test_media_types_that_are_no_pages(media_type):
    error = checked(b"words", media_type)
    assert isinstance(error, BinarySourceError)
    assert media_type in str(error)


def test_markup_is_read_as_such_whatever_is_stated():
    page = (
        b"<!doctype html><html><body><article><h1>Title</h1><p>Words on a page, and more.</p></article></body></html>"
    )
    for media_type in (None, "text/plain", "application/octet-stream"):
        assert checked(page, media_type).kind == "html"


def test_urls_are_canonical_in_documents():
    document = read(Fetched("x", b"Words.", "HTTPS://Example.org:443/a?utm_source=b#c", "text/plain", None, NOW))
    assert document.url == "https://example.org/a"
    assert document.outlet.domain == "example.org"
    with pytest.raises(SourceError, match="not an http"):
        read(Fetched("x", b"Words.", "ftp://example.org/", "text/plain", None, NOW))


SEED = Path(__file__).parents[3] / "../shared/data/seed"


@pytest.mark.skipif(not SEED.is_dir(), reason="../shared/data is not here")
@pytest.mark.parametrize("cut", [1, 1000, 20_000, 30_000])
def test_a_page_that_was_cut_off(cut):
    (path,) = SEED.glob("*.txt")
    assert isinstance(checked(path.read_bytes()[:-cut], "text/plain"), Document)


HOSTILE = {
    "one heading": b"# x" + b" " * 1_000_000 + b"y",
    "addresses of brackets": (b"http://x" + b")" * 3_900 + b" ") * 200,
    "marks of quotation": (b">" * 5_000 + b" Bob says:\n" + b">" * 5_000 + b" text\n") * 100,
    "brackets": b"[a](http://" + b"()" * 400_000,
    "comments of markup": b"<!---->" * 100_000 + b"x",
    "openers": b"5 comments\n" + b"1. Bob\n" * 20_000,
    "headings": b"Comments\n\nBob\n2024-05-03\n" * 5_000,
    "deep": b"3 comments\n"
    + b"".join(b" " * depth + b"1. Bob\n\n " + b" " * depth + b"text\n" for depth in range(1_000)),
}


@pytest.mark.parametrize("body", HOSTILE.values(), ids=HOSTILE)
def test_what_is_built_to_take_forever(body):
    """Each of these takes minutes or more where something is looked at again for every character before it."""
    checked(body, "text/plain")
