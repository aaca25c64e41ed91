"""What holds for every document and every extraction, whatever the page was."""

from __future__ import annotations

from ingest.model import Document, Extraction, Span, Spans, words_at


def check_document(document: Document) -> None:
    """Layout, links and thread point where they say, and the thread is a tree.

    Raises:
        AssertionError: says which of it does not hold.
    """
    texts = dict(document.containers())
    for container, text in texts.items():
        # A lone surrogate cannot be stored nor sent, so a reader must have replaced it.
        text.encode("utf-8")
        assert "\0" not in text or container == "body" or container >= 0
    for block in document.blocks:
        _within(Span(block.start, block.end), document.text)
        if block.lead_in is not None:
            _within(block.lead_in, document.text)
    for link in document.links:
        _within(Span(link.start, link.end), texts[link.container])
        assert link.url
    for place, comment in enumerate(document.comments):
        assert comment.index == place
        if comment.parent is None:
            assert comment.depth == 0
        else:
            assert 0 <= comment.parent < place
            assert comment.depth == document.comments[comment.parent].depth + 1
    ids = [document.id, document.version, *(comment.id for comment in document.comments)]
    assert len(ids) == len(set(ids)), "two things have one id"


def check_extraction(extraction: Extraction) -> None:
    """Every assertion's words stand where its offsets say, and whatever it refers to is there.

    Raises:
        AssertionError: says which of it does not hold.
    """
    document = extraction.document
    check_document(document)
    texts = dict(document.containers())
    ids = {assertion.id for assertion in extraction.assertions}
    assert len(ids) == len(extraction.assertions), "two assertions have one id"
    for assertion in extraction.assertions:
        text = texts[assertion.container]
        for spans in (assertion.source, assertion.cue, assertion.content):
            _ordered(spans, text)
        assert assertion.content
        assert words_at(text, assertion.content) == assertion.text
        assert assertion.text.strip()
        assert 0.0 <= assertion.confidence <= 1.0
        assert assertion.method.split(":")[0] in {"model", "rule", "structure"}
        assert assertion.reported_in is None or assertion.reported_in in ids
        assert (assertion.speaker is not None) == (assertion.speaker_status in {"resolved", "unnamed"}) or (
            assertion.directness == "own"
        )
    for entity in extraction.entities:
        assert entity.name.strip()
        for mention in (*entity.mentions, *entity.references):
            _within(Span(mention.start, mention.end), texts[mention.container])
    for outlet in extraction.outlets:
        for mention in outlet.mentions:
            _within(Span(mention.start, mention.end), texts[mention.container])
    for reply in extraction.replies:
        assert reply.comment in texts
        assert reply.to in texts
        assert reply.to != reply.comment


def _ordered(spans: Spans, text: str) -> None:
    """Pieces in order, not overlapping, none of them empty."""
    before = 0
    for span in spans:
        assert before <= span.start
        _within(span, text)
        before = span.end


def _within(span: Span, text: str) -> None:
    assert 0 <= span.start < span.end <= len(text), (span, len(text))
