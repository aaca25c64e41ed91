"""Which words of a page are disputed: those that share the most with the objection, or that it points at.

A proposition is looked for by its words: how much of it, names and numbers counting double, stands in an assertion
or a sentence. What only points ("denied it", "called the report false") leads to the assertion before it, or else
right after.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from ingest.claims.wording import is_negated, names_in, negated_words, stems
from ingest.model import (
    BODY,
    Annotations,
    Assertion,
    Container,
    Document,
    Id,
    Quote,
    Span,
    Spans,
    Target,
    flat,
    words_at,
)

REACH: Final = 900
"""Characters that words which only point may lie before what they point at; print says it again after that."""
_AFTER: Final = 400
_LONGEST: Final = 1_500
"""Characters of one side that are compared: what is longer is compared by its beginning."""
_HIGHEST: Final = 50
_LINE_START: Final = " \t\r\n\xa0>"


@dataclass(frozen=True, slots=True)
class Likely:
    """What words may be against, and how much of them it bears out, from 0 to 1."""

    target: Target
    score: float


class Words:
    """The words of some text as they are compared; names and numbers count double."""

    def __init__(self, text: str) -> None:
        text = text[:_LONGEST]
        self.all = stems(text)
        self.names = names_in(text) & self.all
        self.negated = is_negated(text)
        self._text = text

    @cached_property
    def denied(self) -> frozenset[str]:
        """What the negations among them are of."""
        return negated_words(self._text)

    def opposes(self, other: Words) -> bool:
        """Whether one negates a word of the other that is not negated there."""
        if self.negated == other.negated:
            return False
        return bool(self.denied & other.all if self.negated else other.denied & self.all)

    def share(self, other: Words) -> float:
        """How much of these words stands in ``other``."""
        whole = len(self.all) + len(self.names)
        return (len(self.all & other.all) + len(self.names & other.all)) / whole if whole else 0.0


class Page:
    """A document with what was found in it, for looking for targets.

    Args:
        document: the page.
        annotations: of each of its containers.
        assertions: all of it, in their order.
        quotes: what its comments repeat.
        unread: the containers in a language that nothing here compares.
    """

    def __init__(
        self,
        document: Document,
        annotations: Mapping[Container, Annotations],
        assertions: Sequence[Assertion],
        quotes: Sequence[Quote],
        unread: Collection[Container] = (),
    ) -> None:
        self.document = document
        self.unread = frozenset(unread)
        self.assertions = assertions
        self.quotes = quotes
        self._annotations = annotations
        self._words: dict[Id, Words] = {}
        self._sentence_words: dict[Container, list[tuple[Span, Words]]] = {}
        self._holders: dict[str, list[int]] | None = None
        self._quotes: dict[Container, list[Quote]] | None = None

    @cached_property
    def by_id(self) -> Mapping[Id, Assertion]:
        """The assertions by their ids."""
        return {one.id: one for one in self.assertions}

    @cached_property
    def by_container(self) -> Mapping[Container, Sequence[Assertion]]:
        """The assertions of each container, in the order of their content."""
        found: dict[Container, list[Assertion]] = {}
        for one in self.assertions:
            found.setdefault(one.container, []).append(one)
        return found

    def found(self, container: Container) -> Annotations:
        """What was annotated in a container."""
        return self._annotations.get(container, Annotations())

    def said_in(self, container: Container) -> Sequence[Assertion]:
        """The assertions of a container, in the order of their content."""
        return self.by_container.get(container, ())

    def words(self, assertion: Assertion) -> Words:
        """The words of an assertion."""
        known = self._words.get(assertion.id)
        if known is None:
            known = self._words[assertion.id] = Words(assertion.text)
        return known

    def sharing(self, words: Words) -> Iterable[Assertion]:
        """The assertions that have a word in common with ``words``, in the order of the page."""
        if self._holders is None:
            self._holders = {}
            for place, one in enumerate(self.assertions):
                for word in self.words(one).all:
                    self._holders.setdefault(word, []).append(place)
        found = {place for word in words.all for place in self._holders.get(word, ())}
        return (self.assertions[place] for place in sorted(found))

    def quoted_in(self, container: Container) -> Sequence[Quote]:
        """What a container repeats of others."""
        if self._quotes is None:
            self._quotes = {}
            for quote in self.quotes:
                self._quotes.setdefault(quote.container, []).append(quote)
        return self._quotes.get(container, ())

    def sentences(self, container: Container) -> Sequence[tuple[Span, Words]]:
        """The sentences of a container with their words."""
        known = self._sentence_words.get(container)
        if known is None:
            text = self.document.text_of(container)
            spans = self.found(container).sentences or ((Span(0, len(text)),) if text.strip() else ())
            known = [
                (span, Words(span.of(text)))
                for each in spans
                if (span := each.stripped(text, _LINE_START)).end > span.start
            ]
            self._sentence_words[container] = known
        return known

    def above(self, container: Container) -> Iterable[Container]:
        """What a container answers, the nearest first, and the body at last."""
        at = None if container == BODY else self.document.comments[container].parent
        seen = 0
        while at is not None and seen < _HIGHEST:
            yield at
            at = self.document.comments[at].parent
            seen += 1
        if container != BODY:
            yield BODY

    def of_assertion(self, assertion: Assertion) -> Target:
        """An assertion as what is disputed."""
        return Target(assertion.container, assertion.content, assertion.text, assertion.id)

    def of_words(self, container: Container, spans: Spans) -> Target:
        """A passage as what is disputed; the assertion whose content it is, where there is one."""
        for one in self.said_in(container):
            if one.content and _mostly(one.content, spans) and _mostly(spans, one.content):
                return self.of_assertion(one)
        return Target(container, spans, words_at(self.document.text_of(container), spans))

    def in_heading(self, container: Container, place: Span) -> bool:
        """Whether a place stands in a heading of the page."""
        return container == BODY and any(
            block.kind == "heading" and block.start <= place.start < block.end for block in self.document.blocks
        )

    def innermost(self, container: Container, place: int) -> Assertion | None:
        """The narrowest assertion in whose content a place stands."""
        around = [
            one
            for one in self.said_in(container)
            if one.directness != "own" and any(span.start <= place < span.end for span in one.content)
        ]
        return min(around, key=lambda one: (one.content[-1].end - one.content[0].start, one.id), default=None)

    def by_cue(self, container: Container, cue: Span) -> Assertion | None:
        """The assertion whose cue meets these words, or whose content begins right where they end."""
        for one in self.said_in(container):
            if any(span.start < cue.end and span.end > cue.start for span in one.cue):
                return one
        return None


Accepts = Callable[[Assertion], bool]


def by_words(page: Page, words: Words, container: Container, place: int, accepts: Accepts) -> Likely | None:
    """The assertion that bears out the most of ``words``: of equals one of the same container, then the nearest."""
    order = {where: at for at, where in enumerate((container, *page.above(container)))}
    best: tuple[float, int, int] | None = None
    chosen: Assertion | None = None
    for one in page.sharing(words):
        if one.container not in order or not accepts(one):
            continue
        away = abs(one.content[0].start - place) if one.container == container else 0
        key = (-words.share(page.words(one)), order[one.container], away)
        if best is None or key < best:
            best, chosen = key, one
    return None if best is None or chosen is None else Likely(page.of_assertion(chosen), -best[0])


def pointed_at(
    page: Page,
    container: Container,
    sentence: Span,
    place: int,
    accepts: Accepts,
    prefers: Callable[[Assertion], float],
) -> Likely | None:
    """The assertion that words at ``place`` in ``sentence`` point at: nearest before, or right after, unless another is
    preferred.

    ``prefers`` adds to how likely an assertion is, from 0 to 1.
    """
    best: tuple[float, int] | None = None
    chosen: Assertion | None = None
    for one in page.said_in(container):
        if not accepts(one):
            continue
        start, end = extent(one)
        if sentence.start <= start and end <= sentence.end and one.content[0].start >= sentence.start:
            away, base = 0, 0.65 if end <= place else 0.5
        elif start < sentence.start:
            away = max(0, sentence.start - end)
            base = 0.6
        else:
            away, base = max(0, start - sentence.end), 0.4
        if away > (REACH if start < sentence.start else _AFTER):
            continue
        likely = base + 0.3 * prefers(one) - 0.5 * away / REACH
        key = (-likely, away)
        if best is None or key < best:
            best, chosen = key, one
    return None if best is None or chosen is None else Likely(page.of_assertion(chosen), min(1.0, -best[0]))


def passage_like(page: Page, words: Words, container: Container) -> Likely | None:
    """The sentence of a container that has the most in common with ``words``; what few of them hold counts more."""
    rows = page.sentences(container)
    often: dict[str, int] = {}
    for _, each in rows:
        for word in each.all:
            often[word] = often.get(word, 0) + 1
    best: tuple[float, int] | None = None
    chosen: Span | None = None
    for span, each in rows:
        shared = words.all & each.all
        if not shared:
            continue
        weight = sum((2.0 if word in each.names else 1.0) / often[word] for word in shared)
        score = weight / (len(each.all) + 2) ** 0.5
        if best is None or score > best[0]:
            best, chosen = (score, span.start), span
    if best is None or chosen is None:
        return None
    return Likely(page.of_words(container, (chosen,)), min(1.0, best[0]))


def extent(assertion: Assertion) -> tuple[int, int]:
    """From where to where the text makes an assertion: source, cue and content together."""
    spans = (*assertion.source, *assertion.cue, *assertion.content)
    return min(span.start for span in spans), max(span.end for span in spans)


def against(document: Document, target: Target | None, proposition: str | None) -> str | None:
    """What makes a target itself, as ``dispute_id`` takes it."""
    if target is None:
        return proposition
    if target.assertion is not None:
        return target.assertion
    return f"{document.node_of(target.container)} {flat(target.spans)}"


def sentence_span(sentences: Sequence[Span], place: int) -> Span | None:
    """The sentence that a place stands in."""
    at = bisect_right(sentences, place, key=lambda span: span.start) - 1
    return sentences[at] if at >= 0 and place < sentences[at].end else None


def _mostly(some: Spans, others: Spans) -> bool:
    whole = sum(span.end - span.start for span in some)
    shared = sum(max(0, min(a.end, b.end) - max(a.start, b.start)) for a in some for b in others)
    return whole > 0 and shared >= 0.8 * whole
