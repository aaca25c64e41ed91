"""Rebuttals: replies that disagree, each with the words it disputes.

============================ ======================================================================================
quoted literally              the words that the reply repeats: by a sign, between marks, or as a line of its own
quoted in passing             a few words between marks that stand in what is answered
nearest in meaning            the assertion or sentence that a judge of pairs finds contradicted, or that shares
                              the most words with the reply
the whole                     a short comment that answers nothing in particular
============================ ======================================================================================

The confidence is that of the stance times that of the words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from ingest.claims.matching import PairJudge
from ingest.claims.stances import Own, opening_of, openings_of, sentence_of
from ingest.claims.targets import Likely, Page, Words, passage_like
from ingest.model import BODY, Container, Quote, Reply, Span, Spans, Target

QUOTED: Final = 0.95
IN_PASSING: Final = 0.85
NEAREST: Final = 0.75
WHOLE: Final = 0.5

SURE: Final = 0.5
"""A reply that disagrees at least so likely is a rebuttal."""

_PASSING: Final = re.compile(r"[“\"‘«]([^“”\"‘«»\n]{6,200})[”\"’»]")
_FEWEST_PASSING: Final = 2
_SHORT: Final = 400
"""Characters of a comment that is disputed as a whole where no words of it stand out."""
_CANDIDATES: Final = 6


@dataclass(frozen=True, slots=True)
class Rebuttal:
    """A reply that disagrees: where it says so, and with which words."""

    reply: Reply
    spans: Spans
    target: Target
    basis: str
    confidence: float


def rebuttals(
    page: Page, replies: Sequence[Reply], owns: Mapping[int, Own], judge: PairJudge | None
) -> Iterator[Rebuttal]:
    """The rebuttals among ``replies``, in their order."""
    for reply in replies:
        if reply.stance != "disagree" or reply.confidence is None or reply.confidence < SURE:
            continue
        own = owns[reply.comment]
        found = (
            _quoted(page, reply, own)
            or _in_passing(page, reply, own)
            or _nearest(page, reply, own, judge)
            or _whole(page, reply)
        )
        if found is None:
            continue
        likely, how, near = found
        spans = _stated(page, reply, own, likely.target, near)
        yield Rebuttal(reply, spans, likely.target, _basis(own, how), round(reply.confidence * likely.score, 4))


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


def _nearest(page: Page, reply: Reply, own: Own, judge: PairJudge | None) -> _Found | None:
    words = Words(own.words)
    likely = passage_like(page, words, reply.to)
    if judge is not None:
        judged = _contradicted(page, reply, own, judge)
        if judged is not None and (likely is None or judged.score > NEAREST):
            return Likely(judged.target, max(NEAREST, judged.score)), "the words it contradicts", None
    if likely is None:
        return None
    return Likely(likely.target, NEAREST if likely.score > 0.3 else WHOLE), "the words nearest to its own", None


def _contradicted(page: Page, reply: Reply, own: Own, judge: PairJudge) -> Likely | None:
    """The sentence of what is answered that the judge finds contradicted by a sentence of the reply."""
    text = page.document.text_of(reply.to)
    said = [words.strip() for words in re.split(r"(?<=[.!?])\s+|\n+", own.words) if len(words.split()) > 2][
        :_CANDIDATES
    ]
    rows = page.sentences(reply.to)
    if not said or not rows:
        return None
    mine = judge.embed(said)
    theirs = judge.embed([span.of(text)[:1_000] for span, _ in rows[:400]])
    near = theirs @ mine.T
    ranked = sorted(
        ((float(near[i, j]), i, j) for i in range(near.shape[0]) for j in range(near.shape[1])), reverse=True
    )[:_CANDIDATES]
    relations = judge.relate([(rows[i][0].of(text)[:1_000], said[j]) for _, i, j in ranked])
    best: Likely | None = None
    for (_, i, _), relation in zip(ranked, relations, strict=True):
        if relation.contradicts >= 0.5 and (best is None or relation.contradicts > best.score):
            best = Likely(page.of_words(reply.to, (rows[i][0],)), relation.contradicts)
    return best


def _whole(page: Page, reply: Reply) -> _Found | None:
    """A short comment as a whole, and of a page nothing: which of its words are meant cannot be told."""
    text = page.document.text_of(reply.to)
    if reply.to == BODY or len(text) > _SHORT or not text.strip():
        rows = page.sentences(reply.to)
        if len(rows) != 1:
            return None
    start, end = len(text) - len(text.lstrip()), len(text.rstrip())
    return Likely(page.of_words(reply.to, (Span(start, end),)), WHOLE), "the whole of it", None


def _stated(page: Page, reply: Reply, own: Own, target: Target, near: int | None) -> Spans:
    """Where a reply says it: the sentence that takes sides, and the one that comes nearest to what it disputes."""
    sentences = page.found(reply.comment).sentences
    chosen: set[Span] = set()
    for place in (*(one.span.start for one in openings_of(own)), near):
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
    start, end = max(span.start, piece.start), min(span.end, piece.end)
    while start < end and own.text[start].isspace():
        start += 1
    while end > start and own.text[end - 1].isspace():
        end -= 1
    return Span(start, end)


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


def _basis(own: Own, how: str) -> str:
    opening = opening_of(own)
    if opening is None or opening.stance != "disagree":
        return f"disagrees; {how}"
    return f"“{' '.join(opening.span.of(own.text).split()).rstrip(',.:;!')}”; {how}"
