"""Spans, and ids that are the same on every machine."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.model import (
    Span,
    account_id,
    assertion_id,
    comment_id,
    document_id,
    entity_id,
    flat,
    make_id,
    outlet_id,
    site_of,
    version_id,
    words_at,
)

PARTS = st.lists(st.one_of(st.text(max_size=8), st.integers(), st.none()), max_size=4)


@given(PARTS, PARTS)
def test_ids_differ_where_any_part_does(one: list[str | int | None], other: list[str | int | None]) -> None:
    assert (make_id("ent", *one) == make_id("ent", *other)) == (one == other)


def test_ids_are_what_they_always_were() -> None:
    """A graph outlives the program that wrote it: an id that changes loses everything that was known by it."""
    assert make_id("ent", "person", "dmitry peskov", "") == "ent-652c152a08f5d939b49f"
    assert document_id(url="https://example.org/a", sha256="") == document_id(url="https://example.org/a", sha256="0")
    assert document_id(url=None, sha256="0") != document_id(url=None, sha256="1")


@pytest.mark.parametrize(
    ("made", "prefix"),
    [
        (document_id(url=None, sha256="x"), "doc-"),
        (version_id(document_id(url=None, sha256="x"), None, ""), "ver-"),
        (comment_id(document_id(url=None, sha256="x"), None, None, "", 0), "com-"),
        (account_id("example.org", "Ann"), "acc-"),
        (entity_id("person", "Ann"), "ent-"),
        (outlet_id(domain="tass.com", name="TASS"), "ent-"),
        (assertion_id(document_id(url=None, sha256="x"), (), (), (Span(0, 1),)), "ast-"),
    ],
)
def test_the_prefix_tells_the_type(made: str, prefix: str) -> None:
    assert made.startswith(prefix)
    assert len(made) == len(prefix) + 20


def test_names_are_the_same_in_any_case_and_spacing() -> None:
    assert entity_id("person", "Dmitry  PESKOV ") == entity_id("person", "Dmitry Peskov")
    assert entity_id("person", "Dmitry Peskov", "the younger") != entity_id("person", "Dmitry Peskov")
    assert entity_id("place", "Washington") != entity_id("person", "Washington")


def test_an_outlet_is_known_by_its_domain() -> None:
    assert outlet_id(domain="tass.com", name="TASS") == outlet_id(domain="tass.com", name="ITAR-TASS")
    assert outlet_id(domain=None, name="TASS") == outlet_id(domain=None, name="tass")


def test_comments_that_are_alike_differ_by_their_ordinal() -> None:
    document = document_id(url=None, sha256="x")
    assert comment_id(document, None, "Ann", "Yes", 0) != comment_id(document, None, "Ann", "Yes", 1)


@given(st.text(max_size=30), st.lists(st.integers(0, 30), max_size=6))
def test_words_at_joins_the_pieces(text: str, cuts: list[int]) -> None:
    bounds = sorted(min(cut, len(text)) for cut in cuts)
    spans = [Span(a, b) for a, b in zip(bounds[::2], bounds[1::2], strict=False)]
    assert words_at(text, spans) == " […] ".join(text[span.start : span.end] for span in spans)
    assert flat(spans) == [offset for span in spans for offset in (span.start, span.end)]


@pytest.mark.parametrize(("start", "end"), [(-1, 2), (3, 2)])
def test_what_is_no_span(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="not a span"):
        Span(start, end)


@pytest.mark.parametrize(
    ("url", "site"),
    [("https://www.Example.org/a", "example.org"), ("http://[bad", None), (None, None), ("mailto:a@b.c", None)],
)
def test_site_of(url: str | None, site: str | None) -> None:
    assert site_of(url) == site


@pytest.mark.parametrize(
    ("before", "after", "left"), [(None, None, "*so: *"), ("* ", "* ", "so:"), ("* ", "* :", "so"), ("*so: ", "*", "")]
)
def test_a_span_without_what_stands_at_its_ends(before: str | None, after: str | None, left: str) -> None:
    text = "And  *so: * then"
    assert Span(3, 12).stripped(text, before, after).of(text) == left
