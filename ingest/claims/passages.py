"""Transcript turns and introduced quotations -> what their speakers state, sentence by sentence.

Of a transcript turn, and of a block quotation whose lead-in names where it is from, each sentence that can bear a
claim is stated by the passage's speaker: ``structure:turn`` (confidence 0.9) and ``structure:block-quote`` (0.8).
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from ingest.claims.bearing import bears_claim
from ingest.claims.outlets import OutletSpan
from ingest.claims.speakers import Cast, Resolved, plain
from ingest.model import (
    BODY,
    Annotations,
    Attribution,
    Block,
    Certainty,
    Cite,
    Container,
    Document,
    Id,
    Polarity,
    Span,
    make_id,
)

TURN: Final = ("structure:turn", 0.9)
BLOCK_QUOTE: Final = ("structure:block-quote", 0.8)

_HEDGES: Final = re.compile(
    r"\b(?:may|might|allegedly|reportedly|possibly|perhaps|probably|apparently|likely|presumably)\b"
)
# How a lead-in brings in what follows it: "From the same article:", "From the BBC:", "as Smith's summary has it:".
_SAME: Final = re.compile(
    r"\b(?:the|that|this)\s+same\s+(?:\w+\s+)?(?:account|article|report|story|piece|post|source|paper)\b|\bibid\b",
    re.IGNORECASE,
)
_IN: Final = re.compile(r"\b(?:from|per|via|in|at|by|as|according\s+to)\s+(?:the\s+)?(?:\S+\s+){0,3}$", re.IGNORECASE)
_FROM: Final = re.compile(r"\b(?:from|per|via|by|according\s+to)\s+(?:the\s+)?(?:\S+\s+){0,3}$", re.IGNORECASE)
_WORDS_OF: Final = re.compile(
    r"['’]s?\s+(?:\w+\s+){0,2}(?:words|summary|statement|account|remarks|comments?|commentary|speech|post|tweet|article"
    r"|report|version|response|reply|answer|explanation|take)\b"
)
_SPEAKS: Final = re.compile(
    r",?\s*(?:\w+\s+){0,3}(?:sa(?:id|ys)|wr(?:ote|ites)|report(?:ed|s)|puts? it|argue[ds]|note[ds]|explain(?:ed|s)"
    r"|state[ds]|tweet(?:ed|s)|post(?:ed|s)|add(?:ed|s))\b"
)
_REACH: Final = 80
# What a transcript calls a speaker whom it does not name.
_GENERIC: Final = re.compile(
    r"(?:(?:(?:fe)?male|unknown|unidentified) )?"
    r"(?:questions?|moderator|host|interviewer|answer|q|a|audience(?: member)?|operator|reporter|journalist|speaker)"
    r"(?: \d+)?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Stated:
    """A sentence of a turn or of a block quotation, as its speaker's.

    ``passage`` is shared by all sentences that one lead-in introduces.
    """

    attribution: Attribution
    who: Resolved
    passage: Id
    cites: tuple[Cite, ...] = ()


@dataclass(frozen=True, slots=True)
class Passages:
    """What a text's layout says who said, and the attributions of its wording as the layout leaves them."""

    stated: tuple[Stated, ...]
    attributions: tuple[Attribution, ...]


def passages_of(
    document: Document, container: Container, found: Annotations, outlets: Sequence[OutletSpan], cast: Cast
) -> Passages:
    """What the layout of a container says, in the order of the text; ``outlets`` is where it names outlets."""
    return Passages(tuple(_stated(document, container, found, outlets, cast)), found.attributions)


def _stated(
    document: Document, container: Container, found: Annotations, outlets: Sequence[OutletSpan], cast: Cast
) -> Iterator[Stated]:
    if container != BODY:
        return
    text = document.text_of(container)
    before: Resolved | None = None
    for block in document.blocks:
        if block.lead_in is None or block.kind not in ("turn", "quote"):
            continue
        method, confidence = TURN if block.kind == "turn" else BLOCK_QUOTE
        who, source = _introduced(text, container, found, outlets, cast, block, before)
        if who is None:
            continue
        before = who
        passage = make_id("pas", document.node_of(container), block.lead_in.start, block.lead_in.end)
        for sentence in _claim_bearing(text, found.sentences, block):
            words = sentence.of(text)
            attribution = Attribution(
                source=(source,),
                cue=(),
                content=(sentence,),
                directness="direct",
                polarity=_polarity(words),
                certainty=_certainty(words),
                confidence=confidence,
                method=method,
            )
            yield Stated(attribution, who, passage)


def _introduced(
    text: str,
    container: Container,
    found: Annotations,
    outlets: Sequence[OutletSpan],
    cast: Cast,
    block: Block,
    before: Resolved | None,
) -> tuple[Resolved | None, Span]:
    """Who a turn or a block quotation is by, and where its lead-in says so."""
    lead_in = block.lead_in
    assert lead_in is not None
    words = lead_in.of(text)
    end = lead_in.start + len(words.rstrip().rstrip(":").rstrip())
    place = Span(lead_in.start, max(end, lead_in.start))
    if block.kind == "turn":
        name = plain(place.of(text))
        if not name or _GENERIC.fullmatch(name):
            return (cast.unnamed(container, place.start, place.end, name) if name else None), place
        return cast.named(container, place.start, place.end, last=True) or cast.person(
            container, place.start, place.end, name
        ), place
    if _SAME.search(words):
        return before, place
    return _quoted_from(text, container, found, outlets, cast, place)


def _quoted_from(
    text: str, container: Container, found: Annotations, outlets: Sequence[OutletSpan], cast: Cast, place: Span
) -> tuple[Resolved | None, Span]:
    """Whose words a lead-in introduces: an outlet, or somebody whose words or speaking it mentions."""
    brought = [(span.span, _IN) for span in _within(outlets, place.start, place.end)]
    names = [
        (Span(name.start, name.end), _FROM if name.kind != "place" else None)
        for name in found.names
        if place.start <= name.start and name.end <= place.end
    ]
    for span, brings_in in [*brought, *names]:
        before = text[max(place.start, span.start - _REACH) : span.start]
        after = text[span.end : min(place.end, span.end + _REACH)]
        if (brings_in is not None and brings_in.search(before)) or _WORDS_OF.match(after) or _SPEAKS.match(after):
            who = cast.named(container, span.start, span.end)
            if who is not None:
                return who, span
    return None, place


def _within(spans: Sequence[OutletSpan], start: int, end: int) -> Iterator[OutletSpan]:
    first = bisect_left(spans, start, key=lambda span: span.start)
    for span in spans[first:]:
        if span.start >= end:
            return
        if span.end <= end:
            yield span


def _claim_bearing(text: str, sentences: Sequence[Span], block: Block) -> Iterator[Span]:
    start = block.start
    if block.lead_in is not None and block.start <= block.lead_in.start < block.end:
        start = block.lead_in.end
    first = bisect_right(sentences, start, key=lambda span: span.end)
    for sentence in sentences[first:]:
        if sentence.start >= block.end:
            return
        piece = _trimmed(text, max(sentence.start, start), min(sentence.end, block.end))
        if bears_claim(piece.of(text)):
            yield piece


def _trimmed(text: str, start: int, end: int) -> Span:
    while start < end and (text[start].isspace() or text[start] == ":"):
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)


def _polarity(words: str) -> Polarity:
    return "questioned" if words.rstrip('"”’»)').endswith("?") else "affirmed"


def _certainty(words: str) -> Certainty:
    return "hedged" if _HEDGES.search(words) else "certain"
