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
from ingest.claims.speakers import Cast, Resolved, plain
from ingest.model import (
    BODY,
    Annotations,
    Assertion,
    Attribution,
    Block,
    Certainty,
    Cite,
    CiteRole,
    Container,
    Document,
    Id,
    Polarity,
    Span,
    TimeOrigin,
    assertion_id,
    make_id,
    words_at,
)

TURN = ("structure:turn", 0.9)
BLOCK_QUOTE = ("structure:block-quote", 0.8)

# A sentence of fewer words seldom claims anything: "Thank you.", "Good morning, colleagues."
_FEWEST_WORDS = 4
_WORD = re.compile(r"\w+")
_HEDGES = re.compile(r"\b(?:may|might|allegedly|reportedly|possibly|perhaps|probably|apparently|likely|presumably)\b")
_VIA = re.compile(
    r"\b(?:told|tells|telling|to|on|by|(?:interview|conversation|speaking|talking)\s+(?:with|to|on))"
    r"(?:\s+the)?(?:\s+\w+['’]s)?\s*$",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"\b(?:in|by|from|of|citing|cited)(?:\s+the)?\s*$", re.IGNORECASE)

# How a lead-in brings in what follows it: "From the same article:", "From the BBC:", "as Smith's summary has it:".
_SAME = re.compile(
    r"\b(?:the|that|this)\s+same\s+(?:\w+\s+)?(?:account|article|report|story|piece|post|source|paper)\b|\bibid\b",
    re.IGNORECASE,
)
_IN = re.compile(r"\b(?:from|per|via|in|at|by|as|according\s+to)\s+(?:the\s+)?(?:\S+\s+){0,3}$", re.IGNORECASE)
_FROM = re.compile(r"\b(?:from|per|via|by|according\s+to)\s+(?:the\s+)?(?:\S+\s+){0,3}$", re.IGNORECASE)
_WORDS_OF = re.compile(
    r"['’]s?\s+(?:\w+\s+){0,2}(?:words|summary|statement|account|remarks|comments?|commentary|speech|post|tweet|article"
    r"|report|version|response|reply|answer|explanation|take)\b"
)
_SPEAKS = re.compile(
    r",?\s*(?:\w+\s+){0,3}(?:sa(?:id|ys)|wr(?:ote|ites)|report(?:ed|s)|puts? it|argue[ds]|note[ds]|explain(?:ed|s)"
    r"|state[ds]|tweet(?:ed|s)|post(?:ed|s)|add(?:ed|s))\b"
)
_REACH = 80
# What a transcript calls a speaker whom it does not name.
_GENERIC = re.compile(
    r"(?:(?:(?:fe)?male|unknown|unidentified) )?"
    r"(?:questions?|moderator|host|interviewer|answer|q|a|audience(?: member)?|operator|reporter|journalist|speaker)"
    r"(?: \d+)?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Found:
    """What one text asserts, and where it names and links outlets."""

    container: Container
    annotations: Annotations
    named: Sequence[OutletSpan]
    linked: Sequence[OutletSpan]


def assertions_in(document: Document, found: Found, cast: Cast) -> list[Assertion]:
    """The assertions of one container, in the order of their content; no id comes twice."""
    passages = list(_passages(document, found, cast)) if found.container == BODY else []
    carriers = _Carriers(passages)
    made = [*passages]
    for attribution in found.annotations.attributions:
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


# --- transcripts and block quotations --------------------------------------------------------------------------


def _passages(document: Document, found: Found, cast: Cast) -> Iterator[Assertion]:
    before: Resolved | None = None
    known: dict[Span, Id] = {}
    for block in document.blocks:
        if block.lead_in is None or block.kind not in ("turn", "quote"):
            continue
        method, confidence = TURN if block.kind == "turn" else BLOCK_QUOTE
        who, source = _introduced(document, found, cast, block, before)
        if who is None:
            continue
        before = who
        passage = known.setdefault(
            block.lead_in, make_id("pas", document.version, block.lead_in.start, block.lead_in.end)
        )
        for sentence in _claim_bearing(document.text, found.annotations.sentences, block):
            attribution = Attribution(
                source=(source,),
                cue=(),
                content=(sentence,),
                directness="direct",
                polarity=_polarity(sentence.of(document.text)),
                certainty=_certainty(sentence.of(document.text)),
                confidence=confidence,
                method=method,
            )
            yield replace(_assertion(document, found.container, who, attribution), passage=passage)


def _introduced(
    document: Document, found: Found, cast: Cast, block: Block, before: Resolved | None
) -> tuple[Resolved | None, Span]:
    """Who a turn or a block quotation is by, and where its lead-in says so."""
    lead_in = block.lead_in
    assert lead_in is not None
    words = lead_in.of(document.text)
    end = lead_in.start + len(words.rstrip().rstrip(":").rstrip())
    place = Span(lead_in.start, max(end, lead_in.start))
    if block.kind == "turn":
        name = plain(place.of(document.text))
        if not name or _GENERIC.fullmatch(name):
            return (cast.unnamed(found.container, place.start, place.end, name) if name else None), place
        return cast.named(found.container, place.start, place.end, last=True) or cast.person(
            found.container, place.start, place.end, name
        ), place
    if _SAME.search(words):
        return before, place
    return _quoted_from(document.text, found, cast, place)


def _quoted_from(text: str, found: Found, cast: Cast, place: Span) -> tuple[Resolved | None, Span]:
    """Whose words a lead-in introduces: an outlet, or somebody whose words or speaking it mentions."""
    outlets = [(span.span, _IN) for span in _within(found.named, place.start, place.end)]
    names = [
        (Span(name.start, name.end), _FROM if name.kind != "place" else None)
        for name in found.annotations.names
        if place.start <= name.start and name.end <= place.end
    ]
    for span, brings_in in [*outlets, *names]:
        before = text[max(place.start, span.start - _REACH) : span.start]
        after = text[span.end : min(place.end, span.end + _REACH)]
        if (brings_in is not None and brings_in.search(before)) or _WORDS_OF.match(after) or _SPEAKS.match(after):
            who = cast.named(found.container, span.start, span.end)
            if who is not None:
                return who, span
    return None, place


def _claim_bearing(text: str, sentences: Sequence[Span], block: Block) -> Iterator[Span]:
    start = block.start
    if block.lead_in is not None and block.start <= block.lead_in.start < block.end:
        start = block.lead_in.end
    first = bisect_right(sentences, start, key=lambda span: span.end)
    for sentence in sentences[first:]:
        if sentence.start >= block.end:
            return
        piece = _trimmed(text, max(sentence.start, start), min(sentence.end, block.end))
        words = piece.of(text)
        if len(_WORD.findall(words)) >= _FEWEST_WORDS and not words.endswith("?"):
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
