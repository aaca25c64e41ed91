"""What a text's layout says who said: turns, introduced quotations, and quotations that go on without a new cue.

Of a transcript turn, and of a quotation whose lead-in or signature names where it is from, each sentence that can bear
a claim is stated by the passage's speaker:

====================== ==== =======================================================================================
structure:turn         0.9  the turn of a transcript or an interview
structure:block-quote  0.8  a quotation whose lead-in or signature names its source
structure:same-words   0.75 a quotation that names none, but whose words stand in a passage that does
structure:continued    0.75 a quotation that goes on from an attribution (``ingest.claims.continued``)
====================== ==== =======================================================================================

A caption or a pulled quote that repeats a sentence of its text says nothing a second time.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from ingest.claims.bearing import bears_claim, is_hedged
from ingest.claims.continued import with_continued
from ingest.claims.introductions import (
    Introduced,
    Scene,
    by_label,
    by_lead_in,
    by_signature,
    fuller_names,
    label_name,
    through,
)
from ingest.claims.outlets import OutletSpan
from ingest.claims.speakers import Cast, Resolved
from ingest.model import (
    BODY,
    Annotations,
    Assertion,
    Attribution,
    Block,
    Cite,
    Container,
    Document,
    Id,
    Span,
    make_id,
)

TURN: Final = ("structure:turn", 0.9)
BLOCK_QUOTE: Final = ("structure:block-quote", 0.8)
SAME_WORDS: Final = ("structure:same-words", 0.75)

_DECORATION: Final = " \t\n\r\xa0>*_"
_QUOTED_LINE: Final = re.compile(r"[.!?…][”\"’)]*[ \t]*\n[ \t]*>[>\s]*(?=[^a-zß-öø-ÿ\s])")
_PLAIN: Final = re.compile(r"\W+")
_SLACK: Final = 2
"""Characters, such as marks and a full stop, that may stand between a sentence's end and its content's."""
_FEWEST_SAME: Final = 4
"""Words of a sentence that are not said alike by chance."""


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
    """What a text's layout says who said, and the attributions of its wording as the layout leaves them.

    ``quoted`` are stretches that an outlet is quoted with, in order: what is attributed in one came through it.
    """

    stated: tuple[Stated, ...]
    attributions: tuple[Attribution, ...]
    quoted: tuple[tuple[Span, Cite], ...] = ()

    def cited(self, assertion: Assertion) -> tuple[Cite, ...]:
        """The outlets that an assertion came through, with the one, if any, that its words are quoted from."""
        place = (assertion.cue or assertion.content)[0].start
        at = bisect_right(self.quoted, place, key=lambda one: one[0].start) - 1
        if at < 0 or place >= self.quoted[at][0].end:
            return assertion.cites
        cite = self.quoted[at][1]
        known = {one.id for one in assertion.cites} | ({assertion.speaker.id} if assertion.speaker else set())
        return assertion.cites if cite.id in known else (*assertion.cites, cite)


@dataclass(slots=True)
class _Passage:
    """The blocks that one lead-in introduces."""

    lead_in: Span
    blocks: list[Block]
    by: Introduced | None = None
    method: tuple[str, float] = BLOCK_QUOTE


def who_take_turns(document: Document, annotations: Mapping[Container, Annotations]) -> dict[Container, Annotations]:
    """The annotations, with the names of those who take turns in a transcript for persons: only people do."""
    return {container: _speaking(document, container, found) for container, found in annotations.items()}


def _speaking(document: Document, container: Container, found: Annotations) -> Annotations:
    text = document.text_of(container)
    labels = [one.lead_in for one in _blocks(document, container) if one.kind == "turn" and one.lead_in is not None]
    if not labels:
        return found
    ordered = sorted(found.names, key=lambda one: one.start)
    names: set[str] = set()
    for label in labels:
        at = bisect_right(ordered, label.end, key=lambda one: one.start) - 1
        if at >= 0 and label.start <= ordered[at].start:
            name = " ".join(text[ordered[at].start : ordered[at].end].casefold().split())
            if " " in name:
                names.update((name, name.rsplit(" ", 1)[-1]))
    method, confidence = TURN
    return replace(
        found,
        names=tuple(
            replace(one, kind="person", method=method, confidence=confidence)
            if one.kind in {"organization", "place", "group"}
            and " ".join(text[one.start : one.end].casefold().split()) in names
            else one
            for one in found.names
        ),
    )


def _blocks(document: Document, container: Container) -> tuple[Block, ...]:
    return document.blocks if container == BODY else document.comments[container].blocks


def passages_of(
    document: Document,
    container: Container,
    found: Annotations,
    named: Sequence[OutletSpan],
    linked: Sequence[OutletSpan],
    cast: Cast,
) -> Passages:
    """What the layout of a container says, in the order of the text.

    Args:
        document: the page.
        container: the text.
        found: what an annotator found in it.
        named: where it names outlets, in order.
        linked: where it links to outlets, in order.
        cast: who its sources are.
    """
    text = document.text_of(container)
    blocks = _blocks(document, container)
    scene = Scene(container, text, found, named, sorted(linked, key=lambda one: one.start), cast)
    passages = _introduced(scene, blocks)
    again = _again(text, found.sentences, blocks, passages)
    own = [
        one
        for one in found.attributions
        if not _within(again, (one.cue or one.content)[:1]) and not _introduces(one, passages)
    ]
    elsewhere = _Union(span for one in own if one.source and one.cue for span in one.content)
    stated = [
        Stated(attribution, passage.by.who, _id(document, container, passage.lead_in), passage.by.cites)
        for passage in passages
        if passage.by is not None
        for attribution in _sentences(scene, passage, document.language)
        if not elsewhere.covers(attribution.content[0])
    ]
    attributions = with_continued(text, found.sentences, own, document.language)
    return Passages(tuple(stated), attributions, tuple(_quoted(passages, named, scene.linked)))


class _Union:
    """Stretches of a text, as one: what the words around it attribute to somebody is not stated by the passage."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self._spans: list[Span] = []
        for span in sorted(spans):
            if self._spans and span.start <= self._spans[-1].end + _SLACK:
                self._spans[-1] = Span(self._spans[-1].start, max(span.end, self._spans[-1].end))
            else:
                self._spans.append(span)

    def covers(self, span: Span) -> bool:
        at = bisect_right(self._spans, span.start + _SLACK, key=lambda one: one.start) - 1
        return at >= 0 and self._spans[at].end >= span.end - _SLACK


def _quoted(
    passages: Iterable[_Passage], named: Sequence[OutletSpan], linked: Sequence[OutletSpan]
) -> list[tuple[Span, Cite]]:
    domains = {one.outlet.id: one.outlet.domain for one in (*linked, *named)}
    found: list[tuple[Span, Cite]] = []
    for passage in passages:
        speaker = passage.by.who.speaker if passage.by is not None else None
        if passage.by is not None and speaker is not None and speaker.kind == "outlet":
            cite = Cite(speaker.id, speaker.name, domains.get(speaker.id), "quoted", (passage.by.source,))
            found.extend((Span(block.start, block.end), cite) for block in passage.blocks)
    return sorted(found, key=lambda one: one[0].start)


def _id(document: Document, container: Container, lead_in: Span) -> Id:
    return make_id("pas", document.node_of(container), lead_in.start, lead_in.end)


# --- whose passages they are -----------------------------------------------------------------------------------------


def _introduced(scene: Scene, blocks: Sequence[Block]) -> list[_Passage]:
    passages = list(_grouped(blocks))
    labels = [label_name(one.lead_in.of(scene.text)) for one in passages if one.blocks[0].kind == "turn"]
    fuller = fuller_names(scene.text, scene.found.names, labels) if labels else {}
    came_through = _through_transcript(scene, blocks)
    before: Introduced | None = None
    for passage in passages:
        first = passage.blocks[0]
        if first.kind == "turn":
            passage.method = TURN
            passage.by = by_label(scene, passage.lead_in, fuller)
            if passage.by is not None and came_through.get(first.start):
                passage.by = replace(passage.by, cites=came_through[first.start])
            continue
        if passage.lead_in.start >= first.start:
            passage.by = _signed(scene, passage.lead_in)
        else:
            passage.by = by_lead_in(scene, passage.lead_in, before)
        before = passage.by or before
    _by_same_words(scene, passages)
    return passages


def _signed(scene: Scene, lead_in: Span) -> Introduced | None:
    if lead_in.of(scene.text).lstrip("([").lower().startswith("http"):
        return by_lead_in(scene, lead_in, None)
    return by_signature(scene, lead_in)


def _grouped(blocks: Sequence[Block]) -> Iterator[_Passage]:
    """The passages of a text: the blocks of a quotation share their lead-in, whatever stands between them."""
    open_: dict[Span, _Passage] = {}
    for block in blocks:
        if block.lead_in is None or block.kind not in ("turn", "quote"):
            continue
        if block.lead_in in open_:
            open_[block.lead_in].blocks.append(block)
        else:
            open_[block.lead_in] = _Passage(block.lead_in, [block])
    return iter(sorted(open_.values(), key=lambda one: one.lead_in.start))


def _through_transcript(scene: Scene, blocks: Sequence[Block]) -> dict[int, tuple[Cite, ...]]:
    """For the start of each turn, the outlets that the sentence above its transcript says it came through."""
    found: dict[int, tuple[Cite, ...]] = {}
    cites: tuple[Cite, ...] = ()
    above: Block | None = None
    for block in blocks:
        if block.kind == "turn":
            if above is not None and above.kind != "turn":
                words = scene.text[above.start : above.end].rstrip()
                cites = through(scene, _last_line(scene.text, above)) if words.endswith((":", "：")) else ()
            if cites:
                found[block.start] = cites
        if block.kind not in ("heading", "caption"):
            above = block
    return found


def _last_line(text: str, block: Block) -> Span:
    """The last sentence of a block, as far as a full stop tells."""
    stop = max(text.rfind(mark, block.start, block.end) for mark in (". ", "? ", "! ", "\n"))
    return Span(stop + 1 if stop >= block.start else block.start, block.end)


def _by_same_words(scene: Scene, passages: Sequence[_Passage]) -> None:
    """Quotations whose sentences all stand in a passage that says more of where they are from.

    Such as one whose lead-in names nobody, of words from the transcript that the page shows in full further down.
    """
    turns = [one.blocks[0].kind == "turn" for one in passages]
    if all(turns) or not (any(turns) or any(one.by is None for one in passages)):
        return
    stood: dict[str, _Passage] = {}
    for passage in sorted(passages, key=lambda one: one.blocks[0].kind != "turn"):
        if passage.by is not None:
            for piece in _pieces(scene, passage):
                stood.setdefault(_key(piece.of(scene.text)), passage)
    for passage in passages:
        if passage.blocks[0].kind == "turn" or (passage.by is not None and passage.by.cites):
            continue
        sources = [stood.get(_key(piece.of(scene.text))) for piece in _pieces(scene, passage)]
        first = sources[0] if sources else None
        if first is None or first.by is None or any(source is not first for source in sources):
            continue
        if passage.by is None:
            passage.by, passage.method = first.by, SAME_WORDS
        elif _same_speaker(passage.by, first.by):
            passage.by = replace(passage.by, cites=first.by.cites)


def _same_speaker(one: Introduced, other: Introduced) -> bool:
    return one.who.speaker is not None and other.who.speaker is not None and one.who.speaker.id == other.who.speaker.id


# --- what they say ---------------------------------------------------------------------------------------------------


def _sentences(scene: Scene, passage: _Passage, language: str | None) -> Iterator[Attribution]:
    assert passage.by is not None
    method, confidence = passage.method
    for piece in _pieces(scene, passage):
        words = piece.of(scene.text)
        if bears_claim(words, language):
            yield Attribution(
                source=(passage.by.source,),
                cue=(),
                content=(piece,),
                directness="direct",
                polarity="affirmed",
                certainty="hedged" if is_hedged(words) else "certain",
                confidence=confidence,
                method=method,
            )


def _pieces(scene: Scene, passage: _Passage) -> Iterator[Span]:
    """The sentences of a passage, as far as they stand in its blocks and outside of its lead-in."""
    sentences = scene.found.sentences
    for block in passage.blocks:
        start, end = block.start, block.end
        if start <= passage.lead_in.start < end:
            if passage.lead_in.start - start < end - passage.lead_in.end:
                start = passage.lead_in.end
            else:
                end = passage.lead_in.start
        for at in range(bisect_right(sentences, start, key=lambda span: span.end), len(sentences)):
            sentence = sentences[at]
            if sentence.start >= end:
                break
            yield from _parted(scene.text, max(sentence.start, start), min(sentence.end, end))


def _parted(text: str, start: int, end: int) -> Iterator[Span]:
    """A sentence, or more of them where the sign of quotation at the beginning of a line hid that one ends there."""
    cuts = [match.end() for match in _QUOTED_LINE.finditer(text, start, end)]
    for first, last in pairwise((start, *cuts, end)):
        piece = Span(first, last).stripped(text, f"{_DECORATION}:：", _DECORATION)
        if piece.end > piece.start:
            yield piece


# --- what they say once ----------------------------------------------------------------------------------------------


def _again(text: str, sentences: Sequence[Span], blocks: Iterable[Block], passages: Sequence[_Passage]) -> list[Span]:
    """Sentences of captions and of quotations that nobody is named for, which stand elsewhere in the same text."""
    known = {passage.lead_in for passage in passages if passage.by is not None}
    apart = [one for one in blocks if one.kind == "caption" or (one.kind == "quote" and one.lead_in not in known)]
    if not apart:
        return []
    inside = [sentence for sentence in sentences if _in_any(apart, sentence)]
    wanted = {_key(sentence.of(text)) for sentence in inside}
    chosen = set(inside)
    elsewhere = {key for sentence in sentences if sentence not in chosen and (key := _key(sentence.of(text))) in wanted}
    return [
        sentence
        for sentence in inside
        if (key := _key(sentence.of(text))) in elsewhere and len(key.split()) >= _FEWEST_SAME
    ]


def _in_any(blocks: Sequence[Block], sentence: Span) -> bool:
    at = bisect_right(blocks, sentence.start, key=lambda block: block.start) - 1
    return at >= 0 and blocks[at].end > sentence.start


def _within(spans: Sequence[Span], places: Sequence[Span]) -> bool:
    if not spans or not places:
        return False
    at = bisect_left(spans, places[0].end, key=lambda span: span.start) - 1
    return at >= 0 and spans[at].end >= places[0].end


def _introduces(attribution: Attribution, passages: Sequence[_Passage]) -> bool:
    """Whether an attribution is what a lead-in makes of its passage: the layout says that, sentence by sentence."""
    if not attribution.cue or not attribution.content:
        return False
    cue, content = attribution.cue, attribution.content[0]
    at = bisect_right(passages, cue[0].start, key=lambda one: one.lead_in.start) - 1
    if at < 0 or passages[at].by is None or passages[at].lead_in.end < cue[-1].end:
        return False
    return any(block.start <= content.start < block.end for block in passages[at].blocks)


def _key(words: str) -> str:
    return " ".join(_PLAIN.sub(" ", words).casefold().split())
