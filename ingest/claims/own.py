"""The writer's own word: sentences that can bear a claim and that nobody else is said to have said.

``rule:own-statement`` (0.8): a sentence of a post or a comment, outside of every attribution, quotation, turn, heading
and caption. Of a sentence in which somebody else says something, a main clause before it is the writer's still ("The
mayor is leaving, and she says that she is glad"); otherwise such a sentence is left to that attribution, though the
writer may say something in it too.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from ingest.claims.bearing import bears_claim, is_hedged
from ingest.claims.saying import leads_in
from ingest.model import BODY, Attribution, Container, Document, Span

METHOD: Final = ("rule:own-statement", 0.8)

# Layouts in which a text gives others' words, or words that are no statement.
_NOT_OWN: Final = frozenset(("quote", "turn", "heading", "caption"))
_QUOTED_LINE: Final = re.compile(r"^[ \t]*(?:>|&gt;).*$", re.MULTILINE)
_ALL_QUOTED: Final = re.compile(r"[“\"«„][^“”\"«»„]*[”\"»“]?[.!?…]?", re.DOTALL)
_FEWEST_WORDS: Final = 4
_FEWEST_BEFORE_COLON: Final = 7
# Where a main clause ends and another one is joined to it.
_JOINT: Final = re.compile(
    r"(?:[,;]|\s[–—-])\s+(?=(?:and|but|so|yet|while|whilst|whereas|though|although|which|because|since|until|to\s+the\s+(?:degree"
    r"|extent|point))\s)|;\s|\s[–—]\s",
    re.IGNORECASE,
)
# What a sentence opens with that only what follows completes.
_DEPENDS: Final = re.compile(
    r"(?:if|when|while|whilst|although|though|because|since|as|after|before|once|unless|until|whether|according|given|despite"
    r"|had|were|should|what|who|that)\b",
    re.IGNORECASE,
)
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
            # A source without a cue stands in the words that lead a passage in, which may be a statement themselves.
            *(span for one in attributed for span in (*(one.source if one.cue else ()), *one.cue, *one.content)),
            *(Span(block.start, block.end) for block in blocks if block.kind in _NOT_OWN),
            *(Span(*match.span()) for match in _QUOTED_LINE.finditer(text)),
        ]
    )
    method, confidence = METHOD
    english = document.language in (None, "en")
    for sentence in sentences:
        piece = sentence.stripped(text, _EDGES, _EDGES)
        if taken.overlaps(piece):
            clause = _clause_before(text, piece, taken)
            if clause is None:
                continue
            piece = clause
        words = piece.of(text)
        if english and words.endswith(":") and len(words.split()) >= _FEWEST_BEFORE_COLON and not leads_in(words):
            piece = Span(piece.start, piece.end - 1)  # it says something itself, whatever it introduces
            words = piece.of(text)
        if _ALL_QUOTED.fullmatch(words) or not bears_claim(words, document.language):
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


def _clause_before(text: str, sentence: Span, taken: _Taken) -> Span | None:
    """The main clause that a sentence begins with, where another one that is somebody else's is joined to it."""
    first = taken.first(sentence)
    joint = max(_JOINT.finditer(text, sentence.start, first), key=re.Match.start, default=None)
    if joint is None or _DEPENDS.match(text, sentence.start, joint.start()):
        return None
    clause = Span(sentence.start, joint.start()).stripped(text, _EDGES, _EDGES)
    return clause if len(clause.of(text).split()) >= _FEWEST_WORDS else None


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

    def first(self, span: Span) -> int:
        """Where what is taken in ``span``, which must overlap with something, begins."""
        at = bisect_right(self._ends, span.start)
        return max(self._starts[at], span.start)
