"""Attributions, transcript turns and introduced quotations -> assertions.

Of a transcript turn, and of a block quotation whose lead-in names where it is from, each sentence that can bear a
claim is an assertion: ``structure:turn`` (confidence 0.9) and ``structure:block-quote`` (0.8). What somebody else is
said to have said within such a sentence is an assertion of its own. What nobody is said to have said is the writer's
own word (``ingest.claims.own``).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import compress
from typing import Final

from ingest.claims.bearing import is_courtesy
from ingest.claims.chains import outwards, relayed
from ingest.claims.cites import Cites
from ingest.claims.outlets import OutletSpan
from ingest.claims.own import own_statements
from ingest.claims.passages import passages_of
from ingest.claims.saying import says_nothing
from ingest.claims.speakers import Cast, Resolved
from ingest.claims.times import When, asserted_at, written_at
from ingest.model import (
    Annotations,
    Assertion,
    Attribution,
    Container,
    Document,
    Span,
    assertion_id,
    words_at,
)

# "That said, it was late": nobody says anything.
_CONNECTS: Final = re.compile(r"that(?:\s+being)?\s+said,", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Found:
    """What one text asserts, and where it names and links outlets."""

    container: Container
    annotations: Annotations
    named: Sequence[OutletSpan]
    linked: Sequence[OutletSpan]


def assertions_in(document: Document, found: Found, cast: Cast) -> list[Assertion]:
    """The assertions of one container, in the order of their content; no id comes twice.

    Which of them is reported in which is not told yet: ``chains.carried`` does once it is known which are left.
    """
    text = document.text_of(found.container)
    layout = passages_of(document, found.container, found.annotations, found.named, found.linked, cast)
    attributions = relayed(text, found.annotations.sentences, layout.attributions, found.named)
    cues = sorted(span for one in attributions for span in one.cue)
    passages = [
        replace(_assertion(document, found, said.who, said.attribution, cues), passage=said.passage, cites=said.cites)
        for said in layout.stated
    ]
    outlet = document.outlet.id if document.outlet else None
    cites = Cites(text, found.annotations.sentences, attributions, found.named, found.linked, outlet)
    carriers = _Carriers(passages)
    made = [*passages]
    telling = [not says_nothing(text, one) for one in attributions]
    taken = [*(said.attribution for said in layout.stated), *compress(attributions, telling)]
    own_words = list(_own(document, found, cast, taken))
    stated = _Carriers([*passages, *own_words])
    for attribution, tells in zip(attributions, telling, strict=True):
        if not tells and stated.has(_place(attribution)):
            continue  # whoever states the sentence says it
        assertion = _from_attribution(document, found, cast, attribution, carriers, cues, cites)
        if assertion is not None:
            made.append(replace(assertion, cites=layout.cited(assertion)))
    made += own_words
    unique = {assertion.id: assertion for assertion in reversed(made)}
    return sorted(unique.values(), key=lambda assertion: (assertion.content, assertion.id))


def _own(document: Document, found: Found, cast: Cast, attributed: Sequence[Attribution]) -> Iterator[Assertion]:
    """What the writer states; nothing where the page does not say who that is."""
    writer = cast.writer(found.container)
    if writer.speaker is None:
        return
    when = written_at(document, found.container)
    for own in own_statements(document, found.container, found.annotations.sentences, attributed):
        yield _made(document, found.container, writer, own, when)


class _Carriers:
    """Finds the passage sentence that a stretch of text stands in."""

    def __init__(self, passages: Sequence[Assertion]) -> None:
        self._passages = sorted(passages, key=lambda assertion: assertion.content[0].start)
        self._starts = [assertion.content[0].start for assertion in self._passages]

    def has(self, place: Span) -> bool:
        at = bisect_right(self._starts, place.start) - 1
        return at >= 0 and self._passages[at].content[-1].end >= place.end


def _from_attribution(
    document: Document,
    found: Found,
    cast: Cast,
    attribution: Attribution,
    carriers: _Carriers,
    cues: Sequence[Span],
    cites: Cites,
) -> Assertion | None:
    text = document.text_of(found.container)
    content = tuple(span for span in attribution.content if span.of(text).strip())
    if not content:
        return None
    if is_courtesy(words_at(text, content)):
        return None
    if attribution.source and _CONNECTS.match(text, attribution.source[0].start):
        return None
    attribution = replace(attribution, content=content)
    carried = carriers.has(_place(attribution))
    if carried and words_at(text, attribution.source).lower() in {"i", "we"}:
        return None  # the turn's sentence says it already
    who = cast.resolve(found.container, attribution.source, content)
    assertion = _assertion(document, found, who, attribution, cues)
    speaker = who.speaker.id if who.speaker else None
    return replace(assertion, cites=outwards(cites.of(attribution, speaker), attribution))


def _place(attribution: Attribution) -> Span:
    return (attribution.cue or attribution.content or attribution.source)[0]


def _assertion(
    document: Document, found: Found, who: Resolved, attribution: Attribution, cues: Sequence[Span]
) -> Assertion:
    text = document.text_of(found.container)
    around = _around(text, found.annotations.sentences, attribution)
    when = asserted_at(document, found.container, around, attribution, cues)
    return _made(document, found.container, who, attribution, when)


def _made(document: Document, container: Container, who: Resolved, attribution: Attribution, when: When) -> Assertion:
    return Assertion(
        id=assertion_id(document.node_of(container), attribution.source, attribution.cue, attribution.content),
        container=container,
        speaker=who.speaker,
        speaker_status=who.status,
        source=attribution.source,
        cue=attribution.cue,
        content=attribution.content,
        text=words_at(document.text_of(container), attribution.content),
        directness=attribution.directness,
        polarity=attribution.polarity,
        certainty=attribution.certainty,
        confidence=attribution.confidence,
        method=attribution.method,
        asserted_at=when.at,
        asserted_at_from=when.origin,
        asserted_at_precision=when.precision,
        when=when.words,
    )


def _around(text: str, sentences: Sequence[Span], attribution: Attribution) -> Span:
    """The sentence in which somebody is said to speak; of words that only a lead-in introduces, the lead-in."""
    if attribution.cue or not attribution.source:
        return Span(*_sentence_around(sentences, attribution))
    source = attribution.source[0]
    start = text.rfind("\n", 0, source.start) + 1
    ends = (text.find("\n", source.end), text.find(":", source.end), attribution.content[0].start, len(text))
    return Span(start, max(source.end, min(end for end in ends if end >= source.end or end == len(text))))


def _sentence_around(sentences: Sequence[Span], attribution: Attribution) -> tuple[int, int]:
    """The sentence of the cue, or else of the content."""
    place = (attribution.cue or attribution.source or attribution.content)[0]
    at = bisect_right(sentences, place.start, key=lambda span: span.start) - 1
    if at < 0:
        return place.start, place.end
    return min(sentences[at].start, place.start), max(sentences[at].end, place.end)
