"""How a reply stands to what it answers: by its first words where those take sides, else as a judge of pairs finds it.

``rule:opening`` (0.9): "No, he never agreed", "That's not true", "Exactly", "You're right", "+1"; not "Yes, but ...".
What a reply quotes of the other is not its own words, and is left out first.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Final

from ingest.claims.matching import StanceJudge, Stances
from ingest.claims.wording import sections
from ingest.model import BODY, Document, Quote, Reply, Span, Stance

OPENING: Final = ("rule:opening", 0.9)

_SIGN: Final = re.compile(r"^[ \t]*(?:>|&gt;)[^\n]*$", re.MULTILINE)
_LINE: Final = re.compile(r"[^\n]+")
_FEWEST: Final = 15
"""Characters of a line that is repeated rather than said alike."""
_MARKS: Final = ("“", '"', "«", "‘", "”")
_SENTENCE: Final = re.compile(r"[^.!?\n]+(?:[.!?]+(?=\s|$)|[.!?](?=\S)|$|\n)+")
_ADDRESS: Final = re.compile(r"[\s>*_-]*(?:@[\w.-]+[\s,:–—-]+|[\w.-]+\s*[:,–—-]\s+(?=[A-Z“]))?")
_LONGEST: Final = 2_000
"""Characters of either side that are judged: models read no further."""
_OPENING_SENTENCES: Final = 2
_SHORT: Final = 60
"""Characters of a first sentence after which the second one may still take sides."""


@dataclass(frozen=True, slots=True)
class Own:
    """What a reply says itself, and where: the pieces of its text that repeat nobody."""

    pieces: tuple[Span, ...]
    text: str

    @property
    def words(self) -> str:
        """The pieces one after the other."""
        return "\n".join(piece.of(self.text).strip() for piece in self.pieces).strip()


@dataclass(frozen=True, slots=True)
class Opening:
    """The words with which a reply takes sides."""

    stance: Stance
    span: Span


@cache
def _patterns() -> Mapping[str, re.Pattern[str]]:
    lists = sections("stances.txt")
    return {name: re.compile(pattern, re.IGNORECASE) for name, pattern in lists.items()}


def own_words(text: str, quotes: Iterable[Quote], answered: str = "") -> Own:
    """A comment without the lines and stretches that it repeats of others, be it a short line of ``answered``."""
    lines = (Span(*match.span()) for match in _LINE.finditer(text))
    short = (line for line in lines if len(words := line.of(text).strip()) > _FEWEST and words in answered)
    signed = (Span(*match.span()) for match in _SIGN.finditer(text))
    repeated = sorted([*signed, *short, *(span for quote in quotes for span in quote.spans)])
    pieces: list[Span] = []
    at = 0
    for span in repeated:
        if span.start > at:
            pieces.append(Span(at, span.start))
        at = max(at, span.end)
    if at < len(text):
        pieces.append(Span(at, len(text)))
    return Own(
        tuple(piece for piece in pieces if any(c.isalnum() for c in piece.of(text)) or "+" in piece.of(text)), text
    )


def opening_of(own: Own) -> Opening | None:
    """How a reply takes sides with its first words; nothing where it does not, or takes it back at once."""
    return next(iter(openings_of(own)), None)


def openings_of(own: Own) -> list[Opening]:
    """Likewise, with each of its first sentences that goes on to take the same side."""
    found: list[Opening] = []
    if not own.pieces:
        return found
    piece = own.pieces[0]
    place, seen = piece.start, 0
    while seen < _OPENING_SENTENCES and place < piece.end:
        address = _ADDRESS.match(own.text, place, piece.end)
        start = address.end() if address is not None else place
        sentence = _SENTENCE.match(own.text, start, piece.end)
        end = sentence.end() if sentence is not None else piece.end
        opening = _opening_at(own, start, end) or (_opening_at(own, place, end) if start > place else None)
        if opening is not None and (not found or found[0].stance == opening.stance):
            found.append(opening)
        if sentence is None or (not found and len(sentence[0]) > _SHORT):
            break
        place, seen = sentence.end(), seen + 1
        while place < piece.end and own.text[place].isspace():
            place += 1
    return found


def _opening_at(own: Own, start: int, end: int) -> Opening | None:
    patterns, text = _patterns(), own.text
    if text[start - 1 : start] in _MARKS or text[start : start + 1] in _MARKS:
        return None  # somebody else's words
    # "No, you're right" begins as a contradiction: what explains more counts, and agreement of equals.
    found = {
        stance: match
        for stance in ("agree", "disagree")
        if (match := patterns[stance].match(text, start, end)) is not None
    }
    if not found:
        return None
    stance = max(found, key=lambda one: (found[one].end(), one == "agree"))
    match = found[stance]
    # "Yes, there is some of that, but ..."
    if stance == "agree" and patterns["but"].search(text, match.end(), end):
        return None
    return Opening("agree" if stance == "agree" else "disagree", Span(match.start(), match.end()))


def stances_of(
    document: Document, replies: Sequence[Reply], owns: Mapping[int, Own], judge: StanceJudge | None
) -> tuple[Reply, ...]:
    """The replies with their stances; those that nothing tells of stay without one."""
    pending: list[tuple[int, tuple[str, str]]] = []
    judged: list[Reply] = []
    for place, reply in enumerate(replies):
        own = owns[reply.comment]
        answered = document.text_of(reply.to)
        opening = opening_of(own)
        if not own.words or not answered.strip():
            # Nothing is said, or what was answered is gone: whether it agreed cannot be told.
            judged.append(reply)
        elif opening is not None:
            method, confidence = OPENING
            judged.append(replace(reply, stance=opening.stance, confidence=confidence, method=method))
        else:
            judged.append(reply)
            if judge is not None:
                title = f"{document.title}\n" if reply.to == BODY and document.title else ""
                pending.append((place, ((title + answered)[:_LONGEST], own.words[:_LONGEST])))
    if judge is not None and pending:
        for (place, _), found in zip(pending, judge.stances([pair for _, pair in pending]), strict=True):
            stance, confidence = likeliest(found)
            judged[place] = replace(judged[place], stance=stance, confidence=confidence, method=found.method)
    return tuple(judged)


def likeliest(found: Stances) -> tuple[Stance, float]:
    """The likeliest stance, and how likely it is; of equals the neutral one."""
    ranked: list[tuple[float, int, Stance]] = [
        (found.neutral, 2, "neutral"),
        (found.agree, 1, "agree"),
        (found.disagree, 0, "disagree"),
    ]
    probability, _, stance = max(ranked)
    return stance, round(min(1.0, max(0.0, probability)), 4)


def sentence_of(sentences: Sequence[Span], place: int) -> Span | None:
    """The sentence that a place stands in."""
    at = bisect_right(sentences, place, key=lambda span: span.start) - 1
    return sentences[at] if at >= 0 and place < sentences[at].end else None
