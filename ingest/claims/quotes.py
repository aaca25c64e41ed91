"""Literal repetition: a comment that quotes the page or a comment before it says nothing anew.

Quoted are the words of a line that begins with ``>``, words between quotation marks (eight or more), and lines of
eight words or more that stand wholly in another text, as block quotes do once their layout is lost. They count where
the words are found in the page's body or in a comment that stands before, above all the one that is answered. What a
comment attributes *within* such words (source, cue and content) was attributed by the text that it quotes: it is no
assertion of its own. Who is quoted with a source and cue of the comment's ("Peskov said “…”") still is.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from ingest.model import BODY, Assertion, Comment, Container, Document, Quote, Span, Spans
from ingest.runs import Run, Words, mostly_same, places, runs

MARKED = ("structure:quoted-line", 0.95)
BETWEEN_MARKS = ("rule:same-words", 0.9)
WHOLE_LINE = ("rule:same-line", 0.8)

FEWEST = 8
"""Words that quotation marks or a line without a mark must hold; fewer are said alike by chance."""

_FEWEST_MARKED = 4
_ENOUGH = 0.8
_LINE = re.compile(r"[^\n]+")
_SIGN = re.compile(r"\s*(?:>|&gt;)+\s?")
_QUOTED = re.compile(r"“[^“”\n]{30,}”|\"[^\"\n]{30,}\"|«[^«»\n]{30,}»|„[^„“”\n]{30,}[“”]")


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Words that may be quoted: where they stand with their marks, how they are marked, and what to try otherwise."""

    span: Span
    words: range
    method: str
    confidence: float
    least: int
    within: tuple[_Stretch, ...] = ()


@dataclass(frozen=True, slots=True)
class Repeated:
    """What a page's comments repeat, and the assertions of each container that are left."""

    quotes: tuple[Quote, ...]
    anew: Mapping[Container, Sequence[Assertion]]


def quoted(document: Document, assertions: Mapping[Container, Sequence[Assertion]]) -> Repeated:
    """What the comments of a page repeat of its body and of one another, in their order.

    Args:
        document: the page.
        assertions: of each of its containers.
    """
    if not document.comments:
        return Repeated((), assertions)
    words = {container: Words(text) for container, text in document.containers()}
    stretches = {comment.index: list(_stretches(words[comment.index])) for comment in document.comments}
    held = _held(words, stretches)
    left = dict(assertions)
    found: list[Quote] = []
    said: dict[Container, _Said] = {}
    for comment in document.comments:
        here: list[Quote] = []
        for stretch in stretches[comment.index]:
            for tried in (stretch, *stretch.within):
                best = _source(document, comment, tried, words, held)
                if best is None:
                    continue
                of, shared = best
                if of not in said:
                    said[of] = _Said(left.get(of, ()))
                here.append(_quote(comment.index, tried, of, shared, words[of], said[of]))
                if tried is stretch:
                    break
        if here:
            left[comment.index] = _anew(left.get(comment.index, ()), here, comment.text)
            said.pop(comment.index, None)
            found += here
    ids = {one.id for each in left.values() for one in each}
    # Of comments that do not stand in the order of their times, one may quote what turned out to be a quotation.
    known = (replace(quote, assertions=tuple(one for one in quote.assertions if one in ids)) for quote in found)
    return Repeated(tuple(known), left)


def _anew(assertions: Sequence[Assertion], quotes: Sequence[Quote], text: str) -> list[Assertion]:
    """The assertions of one text without those that only stand in words which it quotes."""
    repeated = [_with_marks(text, span) for quote in quotes for span in quote.spans]

    def is_repeated(span: Span) -> bool:
        return any(low <= span.start and span.end <= high for low, high in repeated)

    return [one for one in assertions if not all(map(is_repeated, (*one.source, *one.cue, *one.content)))]


def _with_marks(text: str, span: Span) -> tuple[int, int]:
    low, high = span.start, span.end
    while low and text[low - 1] in _MARKS:
        low -= 1
    while high < len(text) and text[high] in _MARKS:
        high += 1
    return low, high


_MARKS = " \t“”\"'’‘«»„.,;:!?…>()[]-–—"


def _stretches(words: Words) -> Iterator[_Stretch]:
    """Candidates in the order of the text: no two of them overlap."""
    text = words.text
    for line in _LINE.finditer(text):
        sign = _SIGN.match(text, line.start(), line.end())
        if sign:
            yield from _of(words, Span(sign.end(), line.end()), MARKED, _FEWEST_MARKED)
            continue
        marked = [
            stretch
            for match in _QUOTED.finditer(text, line.start(), line.end())
            for stretch in _of(words, Span(*match.span()), BETWEEN_MARKS, FEWEST)
        ]
        whole = [replace(one, within=tuple(marked)) for one in _of(words, Span(*line.span()), WHOLE_LINE, FEWEST)]
        yield from whole or marked


def _of(words: Words, span: Span, how: tuple[str, float], least: int) -> Iterator[_Stretch]:
    within = words.within(span)
    if len(within) >= least:
        yield _Stretch(span, within, *how, least)


_Key = tuple[str, ...]
_Held = Mapping[_Key, Mapping[Container, list[int]]]


def _held(words: Mapping[Container, Words], stretches: Mapping[int, Sequence[_Stretch]]) -> _Held:
    """Which texts hold four words that stretches begin with, or, of marked ones, any four of their words, and where."""
    wanted: set[_Key] = set()
    for index, several in stretches.items():
        for stretch in several:
            for one in (stretch, *stretch.within):
                wanted.update(_keys(words[index], one))
    held: dict[_Key, dict[Container, list[int]]] = defaultdict(dict)
    if wanted:
        for container, there in words.items():
            for key, at in places(there, _FEWEST_MARKED, wanted).items():
                # What ever so many texts say is as well taken from the first that do.
                if len(held[key]) < _MOST_TEXTS:
                    held[key][container] = at
    return held


def _keys(words: Words, stretch: _Stretch) -> Iterator[_Key]:
    first, last = stretch.words.start, stretch.words.stop - _FEWEST_MARKED
    for at in range(first, first + 1 if stretch.method == WHOLE_LINE[0] else last + 1):
        yield tuple(words.keys[at : at + _FEWEST_MARKED])


_MOST_TEXTS = 20
_HIGHEST = 50


def _source(
    document: Document, comment: Comment, stretch: _Stretch, words: Mapping[Container, Words], held: _Held
) -> tuple[Container, list[Run]] | None:
    """The text that a stretch is taken from, and the runs that it shares with it."""
    own = words[comment.index]
    marked = stretch.method != WHOLE_LINE[0]
    shown: dict[Container, dict[_Key, list[int]]] = defaultdict(dict)
    for key in _keys(own, stretch):
        for container, at in held.get(key, {}).items():
            if _before(document, comment, container):
                shown[container][key] = at
    if not shown:
        return None
    above = _above(document, comment)
    # Between equals the one that is answered, then what stands higher.
    ordered = sorted(shown, key=lambda one: (-len(shown[one]), above.get(one, len(above)), -1 if one == BODY else one))
    whole = len(stretch.words)
    least = min(stretch.least, whole)
    best: tuple[Container, list[Run]] | None = None
    most = 0
    for container in ordered[:_MOST_TEXTS]:
        shared = runs(own, words[container], least, within=stretch.words, known=shown[container], length=_FEWEST_MARKED)
        same = sum(run.words for run in shared)
        if same == whole and not marked and container != BODY and _same_author(document, comment, container):
            return None  # posted twice, or said again
        if same > most:
            best, most = (container, shared), same
    return best if most >= (_ENOUGH * whole if marked else whole) else None


def _same_author(document: Document, comment: Comment, other: int) -> bool:
    return comment.author is not None and comment.author == document.comments[other].author


def _before(document: Document, comment: Comment, container: Container) -> bool:
    if container == BODY:
        return True
    other = document.comments[container]
    if other.posted_at is not None and comment.posted_at is not None:
        try:
            return (other.posted_at, other.index) < (comment.posted_at, comment.index)
        except TypeError:  # one of them tells its zone and one does not
            pass
    return other.index < comment.index


def _above(document: Document, comment: Comment) -> dict[Container, int]:
    """How far above a comment those stand that it answers, the nearest first; the page is the last."""
    found: dict[Container, int] = {}
    at = comment.parent
    while at is not None and at not in found and len(found) < _HIGHEST:
        found[at] = len(found)
        at = document.comments[at].parent
    found[BODY] = len(found)
    return found


class _Said:
    """Finds the assertions of a text whose content meets a stretch of it, without looking at all of them."""

    def __init__(self, assertions: Sequence[Assertion]) -> None:
        self._assertions = assertions
        pieces = sorted((span.start, span.end, at) for at, one in enumerate(assertions) for span in one.content)
        self._pieces = pieces
        self._reached = list(accumulate((end for _, end, _ in pieces), max))

    def meeting(self, spans: Spans) -> Iterator[Assertion]:
        """In the order of the text; each once."""
        met: set[int] = set()
        for span in spans:
            place = bisect_left(self._pieces, (span.end,))
            while place and self._reached[place - 1] > span.start:
                place -= 1
                if self._pieces[place][1] > span.start:
                    met.add(self._pieces[place][2])
        return (self._assertions[at] for at in sorted(met))


def _quote(
    container: int,
    stretch: _Stretch,
    of: Container,
    shared: Sequence[Run],
    there: Words,
    said: _Said,
) -> Quote:
    of_spans = tuple(sorted(there.span(run.other, run.words) for run in shared))
    return Quote(
        container=container,
        spans=(stretch.span,),
        of=of,
        of_spans=of_spans,
        assertions=tuple(one.id for one in said.meeting(of_spans) if mostly_same(there, one.content, of_spans)),
        method=stretch.method,
        confidence=stretch.confidence,
    )
