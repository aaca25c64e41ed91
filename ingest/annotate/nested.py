"""Attributions within what somebody is said to have said: "Smith said that Jones had claimed that ...".

The corpora that the model learns from mark only the outermost attribution, and the rules look at no words between
quotation marks. So the words of each attribution are read once more by the rules, as a text of their own. What they
find there keeps their ``method``, with a confidence that is no higher than that of the attribution around it. Left out
are what a pronoun is the source of (whoever says "I think" or "he believes" within his own words has said it already),
and the patterns that are wrong too often without the rest of the sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from ingest.annotate import lexicon
from ingest.annotate.pipeline import RuleAnnotator
from ingest.model import Annotations, Attribution, Span

METHODS = frozenset(("rule:that-clause", "rule:quotation+verb", "rule:according-to", "rule:clause"))
"""What is believed of the rules here: 15 of 16 on forty articles of PolNeAR's development part, read by hand."""

_FEWEST_WORDS = 5
_OPENING = re.compile(r"[\s“\"'‘«„]*(?:that\s+)?[“\"'‘«„]?", re.IGNORECASE)
_CLOSING = " \n”\"'’»"
_PRONOUNS = frozenset(("i", "we", "you", "he", "she", "it", "they", "one", "who", "which", "that", "this", "nobody"))


def with_nested(text: str, found: Annotations) -> Annotations:
    """The annotations of a text, with what their attributions attribute to others in turn."""
    within = list(_within(text, found.attributions))
    if not within:
        return found
    return replace(found, attributions=(*found.attributions, *within))


def _within(text: str, attributions: tuple[Attribution, ...]) -> Iterator[Attribution]:
    taken = {at for one in attributions for span in (*one.cue, *one.source) for at in range(span.start, span.end)}
    pieces = [
        (outer, bare.start, bare.of(text))
        for outer in attributions
        for span in outer.content
        if _may_report((bare := _without_marks(text, span)).of(text))
    ]
    for (outer, start, _), found in zip(pieces, _rules().annotate(piece for _, _, piece in pieces), strict=True):
        for inner in found.attributions:
            moved = inner.moved(start)
            words = " ".join(span.of(text) for span in moved.source).lower()
            if moved.method not in METHODS or not words or words in _PRONOUNS or not taken.isdisjoint(_places(moved)):
                continue
            taken.update(_places(moved))
            yield replace(moved, confidence=round(min(outer.confidence, moved.confidence), 2))


def _without_marks(text: str, span: Span) -> Span:
    """Words without the "that" and the quotation marks around them, which are the outer attribution's."""
    words = span.of(text)
    opening = _OPENING.match(words)
    start = opening.end() if opening else 0
    return Span(span.start + start, span.start + max(start, len(words.rstrip(_CLOSING))))


def _may_report(piece: str) -> bool:
    words = re.findall(r"\w+", piece.lower())
    return len(words) >= _FEWEST_WORDS and not _verbs().isdisjoint(words[1:])


def _places(attribution: Attribution) -> range:
    return range(attribution.cue[0].start, attribution.cue[-1].end)


@cache
def _rules() -> RuleAnnotator:
    return RuleAnnotator()


@cache
def _verbs() -> frozenset[str]:
    return frozenset((*lexicon.verbs(), "according"))
