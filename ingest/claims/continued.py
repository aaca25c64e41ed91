"""Quotations that go on without a new cue: the next sentence in quotation marks, or the next paragraph of a speech.

``“We lost nine ships,” Klein said. “The crews are safe.”``: the second quotation is Klein's too. So is the paragraph
that opens with a quotation mark where the one before left its quotation open. Each sentence of such a quotation is an
attribution of its own with the source and the cue of the one that it goes on from: ``structure:continued`` (0.75).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from ingest.claims.bearing import bears_claim
from ingest.model import Attribution, Span

METHOD: Final = ("structure:continued", 0.75)

_PARAGRAPH_END: Final = re.compile(r"\n[ \t\xa0]*\n\s*")
_CLOSING: Final = {"“": "”", "„": "“”", "«": "»", '"': '"'}
# What may stand between an attribution and the quotation that the sentence after it begins with.
_NEXT: Final = re.compile(r"[^.!?\n“„«\"]{0,120}(?:[.!?][”\"]?|(?<=[.!?])|(?<=[.!?][”\"]))\s+(?=[“„«\"])")
_AGAIN: Final = re.compile(r"[.,;:]?\s+(?=[“„«\"])")
_ANOTHER: Final = re.compile(r"[.]?\s*$|[.]?\s+[^\W\d_a-zß-öø-ÿ]|[.]?\s+[“„«\"(\[]")


def with_continued(
    text: str, sentences: Sequence[Span], attributions: Sequence[Attribution], language: str | None
) -> tuple[Attribution, ...]:
    """``attributions``, and one for each sentence that goes on with the quotation of one of them."""
    quoting = sorted(
        (one for one in attributions if one.source and _quotes(text, one)), key=lambda one: one.content[-1].end
    )
    if not quoting:
        return tuple(attributions)
    taken = _Taken(attributions)
    added: list[Attribution] = []
    for one in quoting:
        for quotation in _following(text, one, taken):
            taken.add(quotation)
            for piece in _sentences(text, sentences, quotation):
                if bears_claim(piece.of(text), language):
                    added.append(_goes_on(one, piece))
    return (*attributions, *added)


def _goes_on(attribution: Attribution, piece: Span) -> Attribution:
    method, confidence = METHOD
    return replace(
        attribution,
        content=(piece,),
        directness="direct",
        polarity="affirmed",
        confidence=confidence,
        method=method,
    )


class _Taken:
    """Where something is attributed already."""

    def __init__(self, attributions: Sequence[Attribution]) -> None:
        spans = [span for one in attributions for span in (*one.content, *one.source, *one.cue)]
        self._starts: list[int] = []
        self._ends: list[int] = []
        for span in sorted(spans):
            if self._ends and span.start <= self._ends[-1]:
                self._ends[-1] = max(self._ends[-1], span.end)
            else:
                self._starts.append(span.start)
                self._ends.append(span.end)

    def add(self, span: Span) -> None:
        at = bisect_right(self._starts, span.start)
        self._starts.insert(at, span.start)
        self._ends.insert(at, span.end)

    def overlaps(self, span: Span) -> bool:
        at = bisect_right(self._starts, span.start) - 1
        return (at >= 0 and self._ends[at] > span.start) or (
            at + 1 < len(self._starts) and self._starts[at + 1] < span.end
        )


def _quotes(text: str, attribution: Attribution) -> bool:
    """Whether the last piece that is attributed is a quotation, or the rest of one."""
    words = attribution.content[-1].of(text) if attribution.content else ""
    return attribution.directness in {"direct", "mixed"} and any(mark in words for mark in '“”„«»"')


def _following(text: str, attribution: Attribution, taken: _Taken) -> Iterator[Span]:
    """The quotations that go on from an attribution, one after the other."""
    end = _paragraph_end(text, attribution.content[-1].start)
    left_open = _left_open(text, attribution.content[-1], end)
    if not left_open:
        place = max(span.end for span in (*attribution.source, *attribution.cue, *attribution.content))
        begins = _NEXT.match(text, place, end)
        while begins is not None and not left_open:
            quotation, closed = _quotation(text, begins.end(), end)
            if taken.overlaps(quotation) or (closed and not _is_speech(text, quotation, end)):
                return
            yield quotation
            left_open = not closed
            begins = _AGAIN.match(text, quotation.end, end)
    while left_open:
        opens = _PARAGRAPH_END.match(text, end)
        if opens is None or text[opens.end() : opens.end() + 1] not in _CLOSING:
            return
        end = _paragraph_end(text, opens.end())
        quotation, closed = _quotation(text, opens.end(), end)
        if taken.overlaps(quotation):
            return
        yield quotation
        left_open = not closed


def _paragraph_end(text: str, place: int) -> int:
    end = _PARAGRAPH_END.search(text, place)
    return end.start() if end is not None else len(text)


def _left_open(text: str, last: Span, end: int) -> bool:
    """Whether a content that reaches to its paragraph's end leaves its quotation open there."""
    if text[last.end : end].strip():
        return False
    words = last.of(text)
    if words.count('"') % 2:
        return True
    opened = max(words.rfind(mark) for mark in "“„«")
    return opened >= 0 and not any(mark in words[opened + 1 :] for mark in _CLOSING[words[opened]])


def _quotation(text: str, start: int, end: int) -> tuple[Span, bool]:
    """The quotation that begins at ``start``, and whether it is closed before ``end``."""
    ends = [at for mark in _CLOSING[text[start]] if (at := text.find(mark, start + 1, end)) >= 0]
    return (Span(start, min(ends) + 1), True) if ends else (Span(start, end), False)


def _is_speech(text: str, quotation: Span, end: int) -> bool:
    """Whether a quotation is a sentence of its own, and no words that the next cue or the writer takes up."""
    inside = text[quotation.start + 1 : quotation.end - 1].rstrip()
    if inside[-1:] not in {".", "!", "?", "…"} and not text.startswith(".", quotation.end):
        return False
    return _ANOTHER.match(text, quotation.end, end) is not None


def _sentences(text: str, sentences: Sequence[Span], quotation: Span) -> Iterator[Span]:
    first = bisect_right(sentences, quotation.start, key=lambda span: span.end)
    for at in range(first, len(sentences)):
        sentence = sentences[at]
        if sentence.start >= quotation.end:
            return
        start, end = max(sentence.start, quotation.start), min(sentence.end, quotation.end)
        while end > start and text[end - 1].isspace():
            end -= 1
        if end > start:
            yield Span(start, end)
