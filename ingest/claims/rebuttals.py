"""Rebuttals: replies that disagree, each with the words it disputes.

============================ ======================================================================================
quoted literally              the words that the reply repeats: by a sign, between marks, or as a line of its own
quoted in passing             a few words between marks that stand in what is answered
the contrary                  the sentence that the reply says with a negation, or without the one it has
nearest in meaning            the assertion or sentence that comes nearest to what the reply says first, by a judge of
                              pairs and by the words that both have
the whole                     of a comment, where nothing in particular stands out; the page itself never is
============================ ======================================================================================

The confidence is that of the stance times that of the words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from ingest.claims.matching import PairJudge
from ingest.claims.signs import contrary
from ingest.claims.stances import Own, Taken, opening_of, openings_of, own_sentences, sentence_of
from ingest.claims.targets import Likely, Page, Words, passage_like
from ingest.model import BODY, Container, Quote, Reply, Span, Spans, Target

QUOTED: Final = 0.95
IN_PASSING: Final = 0.85
CONTRARY: Final = 0.85
NEAREST: Final = 0.75
NEAR: Final = 0.6
WHOLE: Final = 0.45

SURE: Final = 0.55
"""A reply that disagrees at least so likely is a rebuttal."""

_PASSING: Final = re.compile(r"[“\"‘«]([^“”\"‘«»\n]{6,200})[”\"’»]")
_FEWEST_PASSING: Final = 2
_COMPARED: Final = 3
"""Sentences of a reply that tell what it is about: those that take sides, and the first that say something."""
_SENTENCES: Final = 200
"""Sentences of what is answered that are compared."""
REPLIES: Final = 300
"""Replies of a page whose sentences a judge compares: of the others common words alone tell."""
_CLOSE: Final = 0.6
_CLOSE_TO_PAGE: Final = 0.55
_FAIRLY: Final = 0.4


@dataclass(frozen=True, slots=True)
class Rebuttal:
    """A reply that disagrees: where it says so, and with which words."""

    reply: Reply
    spans: Spans
    target: Target
    basis: str
    confidence: float


def rebuttals(
    page: Page, replies: Sequence[Taken], owns: Mapping[int, Own], judge: PairJudge | None
) -> Iterator[Rebuttal]:
    """The rebuttals among ``replies``, in their order."""
    near = _Near(page, judge)
    for taken in replies:
        reply = taken.reply
        if reply.stance != "disagree" or reply.confidence is None or reply.confidence < SURE:
            continue
        own = owns[reply.comment]
        found = (
            _quoted(page, reply, own)
            or _in_passing(page, reply, own)
            or _contrary(page, reply, own)
            or near.found(taken, own)
            or _whole(page, reply)
        )
        if found is None:
            continue
        likely, how, place = found
        spans = _stated(page, taken, own, likely.target, place)
        yield Rebuttal(reply, spans, likely.target, _basis(taken, own, how), round(reply.confidence * likely.score, 4))


_Found = tuple[Likely, str, int | None]
"""What is disputed, how that was found, and the place in the reply that says it."""


def _quoted(page: Page, reply: Reply, own: Own) -> _Found | None:
    quotes = [quote for quote in page.quoted_in(reply.comment) if quote.of != reply.comment]
    if not quotes:
        return None
    # Of several quotations the first of what is answered, and where that one quotes somebody else, that.
    chosen = next((quote for quote in quotes if quote.of == reply.to), quotes[0])
    return Likely(_of_quote(page, chosen), QUOTED), "its words quoted", _after(own, chosen)


def _of_quote(page: Page, quote: Quote) -> Target:
    known = [one for identity in quote.assertions if (one := page.by_id.get(identity)) is not None]
    if len(known) == 1:
        return page.of_assertion(known[0])
    return page.of_words(quote.of, quote.of_spans)


def _after(own: Own, quote: Quote) -> int | None:
    end = quote.spans[-1].end
    piece = next((piece for piece in own.pieces if piece.start >= end), None)
    return None if piece is None else piece.start


def _in_passing(page: Page, reply: Reply, own: Own) -> _Found | None:
    answered = page.document.text_of(reply.to)
    for piece in own.pieces:
        for match in _PASSING.finditer(own.text, piece.start, piece.end):
            words = match[1].strip().strip(".,;:!?…").strip()
            if len(words.split()) < _FEWEST_PASSING:
                continue
            place = answered.lower().find(words.lower())
            if place >= 0:
                target = _around(page, reply.to, Span(place, place + len(words)))
                return Likely(target, IN_PASSING), "some of its words quoted", match.start()
    return None


def _around(page: Page, container: Container, words: Span) -> Target:
    """The words themselves; the assertion that they are most of, where there is one."""
    return page.of_words(container, (words,))


def _contrary(page: Page, reply: Reply, own: Own) -> _Found | None:
    found = contrary(own_sentences(page, reply.comment, own), page.sentences(reply.to), of_page=reply.to == BODY)
    if found is None:
        return None
    sign, answered = found
    place = sign.span.start if sign.span is not None else None
    return Likely(page.of_words(reply.to, (answered,)), CONTRARY), "the words it contradicts", place


class _Near:
    """What of a text a reply comes nearest to; remembers what the judge made of the sentences of each."""

    def __init__(self, page: Page, judge: PairJudge | None) -> None:
        self._page = page
        self._judge = judge
        self._vectors: dict[Container, NDArray[np.float32]] = {}
        self._left = REPLIES

    def found(self, taken: Taken, own: Own) -> _Found | None:
        """The sentence of what is answered that is nearest to those that take sides, and to the first ones."""
        reply = taken.reply
        places = [one.span.start for one in taken.signs if one.span is not None]
        sentences = [row for row in own_sentences(self._page, reply.comment, own) if len(row[1].all) > 1]
        signed = [row for row in sentences if any(row[0].start <= place < row[0].end for place in places)]
        said = (signed + [row for row in sentences if row not in signed])[:_COMPARED]
        if self._judge is None or not said or self._left <= 0:
            likely = passage_like(self._page, Words(own.words), reply.to)
            if likely is None or (reply.to == BODY and likely.score <= _FAIRLY):
                return None
            return Likely(likely.target, NEAREST if likely.score > 0.3 else NEAR), _NEAREST, None
        self._left -= 1
        best, at, by = self._nearest(self._judge, reply.to, said, own.text)
        if best < (_CLOSE_TO_PAGE if reply.to == BODY else _FAIRLY):
            return None
        target = self._page.of_words(reply.to, (self._page.sentences(reply.to)[at][0],))
        return Likely(target, NEAREST if best >= _CLOSE else NEAR), _NEAREST, said[by][0].start

    def _nearest(
        self, judge: PairJudge, answered: Container, said: Sequence[tuple[Span, Words]], text: str
    ) -> tuple[float, int, int]:
        """How near the nearest is, which sentence of ``answered`` it is, and of ``said``; of equals the first."""
        rows = self._page.sentences(answered)[:_SENTENCES]
        if answered not in self._vectors:
            words = self._page.document.text_of(answered)
            self._vectors[answered] = judge.embed([span.of(words) for span, _ in rows])
        near = self._vectors[answered] @ judge.embed([span.of(text) for span, _ in said]).T
        best, at, by = -1.0, 0, 0
        for row, (_, theirs) in enumerate(rows):
            for column, (_, mine) in enumerate(said):
                # What is said first is what is answered to, and names in common tell more than a likeness.
                score = float(near[row, column]) + 0.3 * mine.share(theirs) - 0.05 * column
                if score > best:
                    best, at, by = score, row, column
        return best, at, by


_NEAREST: Final = "the words nearest to its own"


def _whole(page: Page, reply: Reply) -> _Found | None:
    """A comment as a whole, and of a page nothing: which of its words are meant cannot be told."""
    text = page.document.text_of(reply.to)
    if reply.to == BODY or not text.strip():
        return None
    start, end = len(text) - len(text.lstrip()), len(text.rstrip())
    return Likely(page.of_words(reply.to, (Span(start, end),)), WHOLE), "the whole of it", None


def _stated(page: Page, taken: Taken, own: Own, target: Target, near: int | None) -> Spans:
    """Where a reply says it: the sentences that take sides, and the one that comes nearest to what it disputes."""
    reply = taken.reply
    sentences = page.found(reply.comment).sentences
    chosen: set[Span] = set()
    signs = (one.span.start for one in taken.signs if one.span is not None)
    for place in (*(one.span.start for one in openings_of(own)), *signs, near):
        if place is not None:
            chosen.add(_trimmed(own, sentence_of(sentences, place) or _line(own.text, place)))
    nearest = _nearest_sentence(page, reply, own, target)
    if nearest is not None:
        chosen.add(nearest)
    if not chosen:
        piece = own.pieces[0]
        chosen.add(_trimmed(own, sentence_of(sentences, piece.start) or piece))
    return _merged(sorted(span for span in chosen if span.end > span.start), own.text)


def _nearest_sentence(page: Page, reply: Reply, own: Own, target: Target) -> Span | None:
    wanted = Words(target.text)
    best, chosen = 0, None
    for span, words in page.sentences(reply.comment):
        if not any(piece.start <= span.start < piece.end for piece in own.pieces):
            continue
        shared = len(wanted.all & words.all)
        if shared > best:
            best, chosen = shared, span
    return chosen


def _trimmed(own: Own, span: Span) -> Span:
    """Within the reply's own words, and without white space around."""
    piece = next((piece for piece in own.pieces if piece.start < span.end and piece.end > span.start), span)
    return Span(max(span.start, piece.start), min(span.end, piece.end)).stripped(own.text)


def _line(text: str, place: int) -> Span:
    while place < len(text) and text[place].isspace():
        place += 1
    end = text.find("\n", place)
    return Span(place, len(text) if end < 0 else end)


def _merged(spans: Sequence[Span], text: str) -> Spans:
    merged: list[Span] = []
    for span in spans:
        if merged and not text[merged[-1].end : span.start].strip():
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return tuple(merged)


def _basis(taken: Taken, own: Own, how: str) -> str:
    opening = opening_of(own)
    spans = [opening.span] if opening is not None and opening.stance == "disagree" else []
    signs = sorted(taken.signs, key=lambda one: -one.weight)
    spans += [one.span for one in signs if one.span is not None]
    if not spans:
        return f"disagrees; {how}"
    words = " ".join(spans[0].of(own.text).split()).rstrip(",.:;!")
    return f"“{words}”; {how}"
