"""Attributions, transcript turns and introduced quotations -> assertions.

Of a transcript turn, and of a block quotation whose lead-in names where it is from, each sentence that can bear a
claim is an assertion: ``structure:turn`` (confidence 0.9) and ``structure:block-quote`` (0.8). What somebody else is
said to have said within such a sentence is an assertion of its own, reported in the sentence's.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from ingest.claims.outlets import OutletSpan
from ingest.claims.passages import passages_of
from ingest.claims.speakers import Cast, Resolved
from ingest.model import (
    BODY,
    Annotations,
    Assertion,
    Attribution,
    Cite,
    CiteRole,
    Container,
    Document,
    Id,
    Span,
    TimeOrigin,
    assertion_id,
    words_at,
)

_VIA = re.compile(
    r"\b(?:told|tells|telling|to|on|by|(?:interview|conversation|speaking|talking)\s+(?:with|to|on))"
    r"(?:\s+the)?(?:\s+\w+['’]s)?\s*$",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"\b(?:in|by|from|of|citing|cited)(?:\s+the)?\s*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Found:
    """What one text asserts, and where it names and links outlets."""

    container: Container
    annotations: Annotations
    named: Sequence[OutletSpan]
    linked: Sequence[OutletSpan]


def assertions_in(document: Document, found: Found, cast: Cast) -> list[Assertion]:
    """The assertions of one container, in the order of their content; no id comes twice."""
    layout = passages_of(document, found.container, found.annotations, found.named, cast)
    passages = [
        replace(
            _assertion(document, found.container, said.who, said.attribution), passage=said.passage, cites=said.cites
        )
        for said in layout.stated
    ]
    carriers = _Carriers(passages)
    made = [*passages]
    for attribution in layout.attributions:
        assertion = _from_attribution(document, found, cast, attribution, carriers)
        if assertion is not None:
            made.append(assertion)
    unique = {assertion.id: assertion for assertion in reversed(made)}
    return sorted(unique.values(), key=lambda assertion: (assertion.content, assertion.id))


class _Carriers:
    """Finds the passage sentence that a stretch of text stands in."""

    def __init__(self, passages: Sequence[Assertion]) -> None:
        self._passages = sorted(passages, key=lambda assertion: assertion.content[0].start)
        self._starts = [assertion.content[0].start for assertion in self._passages]

    def of(self, place: Span) -> Assertion | None:
        at = bisect_right(self._starts, place.start) - 1
        if at < 0 or self._passages[at].content[-1].end < place.end:
            return None
        return self._passages[at]


def _from_attribution(
    document: Document, found: Found, cast: Cast, attribution: Attribution, carriers: _Carriers
) -> Assertion | None:
    text = document.text_of(found.container)
    content = tuple(span for span in attribution.content if span.of(text).strip())
    if not content:
        return None
    attribution = replace(attribution, content=content)
    carrier = carriers.of(attribution.cue[0] if attribution.cue else content[0])
    if carrier is not None and words_at(text, attribution.source).lower() in {"i", "we"}:
        return None  # the turn's sentence says it already
    who = cast.resolve(found.container, attribution.source, content)
    assertion = _assertion(document, found.container, who, attribution)
    speaker = who.speaker.id if who.speaker else None
    return replace(
        assertion,
        cites=_cites(text, found, attribution, speaker),
        reported_in=carrier.id if carrier is not None and carrier.id != assertion.id else None,
    )


def _assertion(document: Document, container: Container, who: Resolved, attribution: Attribution) -> Assertion:
    text = document.text_of(container)
    when, origin = _asserted_at(document, container)
    return Assertion(
        id=assertion_id(document.node_of(container), attribution.source, attribution.cue, attribution.content),
        container=container,
        speaker=who.speaker,
        speaker_status=who.status,
        source=attribution.source,
        cue=attribution.cue,
        content=attribution.content,
        text=words_at(text, attribution.content),
        directness=attribution.directness,
        polarity=attribution.polarity,
        certainty=attribution.certainty,
        confidence=attribution.confidence,
        method=attribution.method,
        asserted_at=when,
        asserted_at_from=origin,
    )


def _asserted_at(document: Document, container: Container) -> tuple[datetime | None, TimeOrigin]:
    if container != BODY and (posted := document.comments[container].posted_at) is not None:
        return posted, "posted"
    if document.published_at is not None and container == BODY:
        return document.published_at, "published"
    return None, "unknown"


# --- outlets that an assertion came through --------------------------------------------------------------------


def _cites(text: str, found: Found, attribution: Attribution, speaker: Id | None) -> tuple[Cite, ...]:
    start, end = _sentence_around(found.annotations.sentences, attribution)
    cited: dict[Id, Cite] = {}
    sources: tuple[tuple[CiteRole, Sequence[OutletSpan]], ...] = (
        ("via", found.named),
        ("quoted", found.named),
        ("linked", found.linked),
    )
    for role, spans in sources:
        for outlet in _within(spans, start, end):
            if outlet.outlet.id == speaker or outlet.outlet.id in cited:
                continue
            if role == "linked" or _role(text, outlet, attribution, start) == role:
                cited[outlet.outlet.id] = Cite(
                    id=outlet.outlet.id,
                    name=outlet.outlet.name,
                    domain=outlet.outlet.domain,
                    role=role,
                    spans=(outlet.span,),
                )
    return tuple(cited.values())


def _role(text: str, outlet: OutletSpan, attribution: Attribution, start: int) -> CiteRole | None:
    """How the attribution's own words bring in an outlet; what stands in its content is no part of that."""
    if any(span.start < outlet.end and outlet.start < span.end for span in attribution.content):
        return None
    before = text[max(start, outlet.start - 60) : outlet.start]
    if any(span.start <= outlet.start and outlet.end <= span.end for span in attribution.source):
        return "quoted" if _QUOTED.search(before) else None
    if _VIA.search(before):
        return "via"
    return "quoted" if _QUOTED.search(before) else None


def _sentence_around(sentences: Sequence[Span], attribution: Attribution) -> tuple[int, int]:
    """The sentence of the cue, or else of the content."""
    place = (attribution.cue or attribution.source or attribution.content)[0]
    at = bisect_right(sentences, place.start, key=lambda span: span.start) - 1
    if at < 0:
        return place.start, place.end
    return min(sentences[at].start, place.start), max(sentences[at].end, place.end)


def _within(spans: Sequence[OutletSpan], start: int, end: int) -> Iterator[OutletSpan]:
    first = bisect_left(spans, start, key=lambda span: span.start)
    for span in spans[first:]:
        if span.start >= end:
            return
        if span.end <= end:
            yield span
