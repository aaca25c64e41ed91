"""The writer's own word: sentences that can bear a claim and that nobody else is said to have said.

``rule:own-statement`` (0.8): a sentence of a post or a comment, outside of every attribution, quotation, turn, heading
and caption. It is wholly the writer's or not taken at all: a sentence in which somebody else says something is left to
that attribution, though the writer may say something in it too.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from ingest.claims.bearing import bears_claim, is_hedged
from ingest.model import BODY, Attribution, Container, Document, Span

METHOD: Final = ("rule:own-statement", 0.8)

# Layouts in which a text gives others' words, or words that are no statement.
_NOT_OWN: Final = frozenset(("quote", "turn", "heading", "caption"))
_QUOTED_LINE: Final = re.compile(r"^[ \t]*(?:>|&gt;).*$", re.MULTILINE)
_ALL_QUOTED: Final = re.compile(r"[“\"«„][^“”\"«»„]*[”\"»“]?[.!?…]?", re.DOTALL)
_EDGES: Final = " \t\n\r\xa0*_"


def own_statements(
    document: Document, container: Container, sentences: Sequence[Span], attributed: Iterable[Attribution]
) -> Iterator[Attribution]:
    """What the writer of a text states in it, in order, each as an attribution without source and cue.

    Args:
        document: the page.
        container: the text.
        sentences: of the text, in order.
        attributed: all that the text's wording and its layout attribute to anybody.
    """
    text = document.text_of(container)
    blocks = document.blocks if container == BODY else document.comments[container].blocks
    taken = _Taken(
        [
            *(span for one in attributed for span in (*one.source, *one.cue, *one.content)),
            *(Span(block.start, block.end) for block in blocks if block.kind in _NOT_OWN),
            *(Span(*match.span()) for match in _QUOTED_LINE.finditer(text)),
        ]
    )
    method, confidence = METHOD
    for sentence in sentences:
        piece = _trimmed(text, sentence)
        words = piece.of(text)
        if taken.overlaps(piece) or _ALL_QUOTED.fullmatch(words) or not bears_claim(words, document.language):
            continue
        yield Attribution(
            source=(),
            cue=(),
            content=(piece,),
            directness="own",
            polarity="affirmed",
            certainty="hedged" if is_hedged(words) else "certain",
            confidence=confidence,
            method=method,
        )


class _Taken:
    """Stretches of a text that are somebody else's words, or no words of a statement."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        for span in sorted(spans):
            if span.start == span.end:
                continue
            if self._ends and span.start <= self._ends[-1]:
                self._ends[-1] = max(self._ends[-1], span.end)
            else:
                self._starts.append(span.start)
                self._ends.append(span.end)

    def overlaps(self, span: Span) -> bool:
        at = bisect_right(self._starts, span.end - 1) - 1
        return at >= 0 and self._ends[at] > span.start


def _trimmed(text: str, span: Span) -> Span:
    start, end = span.start, span.end
    while start < end and text[start] in _EDGES:
        start += 1
    while end > start and text[end - 1] in _EDGES:
        end -= 1
    return Span(start, end)
