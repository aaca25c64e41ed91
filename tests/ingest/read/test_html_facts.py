"""Captions, sources and quotations within quotations, as a page's mark-up tells of them."""

from __future__ import annotations

from datetime import UTC, datetime

from ingest.model import Document, Fetched
from ingest.read import read

FILLER = "<p>{} the council voted to build a bridge across the harbour, after a debate that lasted the whole day.</p>"
FIGURE = "<figure><img src='a.jpg'><figcaption>The old bridge, closed since 2019.</figcaption></figure>"


def page(body: str, around: str = "{}") -> Document:
    article = f"<article><h1>A bridge</h1>{FILLER.format('On Tuesday')}{body}{FILLER.format('On Friday')}</article>"
    markup = f"<html lang='en'><body>{around.format(article)}</body></html>"
    return read(Fetched("page.html", markup.encode(), None, "text/html", "utf-8", datetime(2026, 1, 2, tzinfo=UTC)))


def told(document: Document) -> list[tuple[str, str]]:
    return [(block.kind, document.text[block.start : block.end]) for block in document.blocks]


def test_a_caption_stands_once_between_the_paragraphs_around_it() -> None:
    document = page(f"<p>The mayor spoke first, and nobody answered her.</p>{FIGURE}<p>Then it was over.</p>{FIGURE}")
    found = told(document)
    assert found.count(("caption", "The old bridge, closed since 2019.")) == 1
    at = found.index(("caption", "The old bridge, closed since 2019."))
    assert found[at - 1][1].startswith("The mayor spoke")
    assert found[at + 1][1] == "Then it was over."


def test_captions_beside_the_article_are_none_of_its() -> None:
    document = page("<p>The mayor spoke.</p>", around="{}<aside>" + FIGURE + "</aside>")
    assert "caption" not in {kind for kind, _ in told(document)}


def test_captions_as_old_blogs_write_them() -> None:
    document = page("<div class='wp-caption'><img src='a.jpg'><p class='wp-caption-text'>The bridge in May.</p></div>")
    assert ("caption", "The bridge in May.") in told(document)


def test_the_source_of_a_quotation_is_no_caption() -> None:
    document = page(
        "<p>A letter came.</p><figure><blockquote><p>It rained for nine days, and the cellar is full.</p></blockquote>"
        "<figcaption>Ann Lee, in a letter</figcaption></figure>"
    )
    (quote,) = [block for block in document.blocks if block.lead_in is not None]
    assert quote.lead_in is not None
    assert quote.lead_in.of(document.text) == "Ann Lee, in a letter"
    assert document.text[quote.start : quote.end].startswith("It rained")
