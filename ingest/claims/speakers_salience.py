"""Who is spoken of where a pronoun stands: the persons and bodies named before it, by how much they stand out there.

A mention counts more the nearer it is, as the subject of its sentence, and most where its bearer has just spoken; it
counts less as a possessor, after a preposition, before a noun ("Trump supporters"), and in somebody's words.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right, insort
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final

from ingest.claims.speakers_phrases import heads
from ingest.model import EntityKind, Id, Span

REACH: Final = 1_500
"""As far back as a pronoun is followed, in code points. Print names a person again after a few paragraphs."""
_MOST: Final = 60
"""Mentions that are looked at, so that a page of nothing but names takes no longer for each pronoun."""

_SENTENCE: Final = 0.62
_PARAGRAPH: Final = 0.85
"""What a mention still counts a sentence, and a paragraph, further on."""
_SPOKE: Final = 1.9
_SUBJECT: Final = 1.35
_OPENS: Final = 1.15
_POSSESSOR: Final = 0.5
_AFTER_PREPOSITION: Final = 0.5
_BEFORE_NOUN: Final = 0.35
_IN_WORDS: Final = 0.2

_PREPOSITION: Final = re.compile(
    r"\b(?:of|for|from|to|with|at|in|by|on|about|against|between|under|near|over|than|like|after|before)\s+"
    r"(?:(?:the|a|an|his|her|their|its)\s+)?(?:[^\W\d_a-z][\w.’'-]*\s+){0,4}$"
)
_VERB: Final = re.compile(
    r"(?:,[^,.;\n]{2,80},)?\s+(?:(?:\w+ly|also|never|then|once|still|later|himself|herself)\s+)?"
    r"(?:(?:is|was|were|are|has|had|have|will|would|did|does|can|could|may|might|must|should)(?:n['’]t)?|won['’]t|can['’]t"
    r"|said|says|told|went|came|made|took"
    r"|gave|got|won|lost|ran|left|held|met|saw|spoke|wrote|began|kept|put|led|drew|sought|[a-z]{2,}ed|[a-z]{2,}[^s\W]s)\b"
)
_NOUN: Final = re.compile(
    r"\s+(?!(?:and|or|but|as|at|by|for|from|in|of|on|to|with|who|that|which|while|when|if|than|because|after|before|during"
    r"|over|about|against|into|not|also|then|himself|herself)\b)[a-z]{3,}"
)


@dataclass(frozen=True, slots=True, order=True)
class Seen:
    """Somebody or something where the text names or means it; ``weight`` is how much it stands out there."""

    start: int
    end: int
    who: Id = field(compare=False)
    kind: EntityKind = field(compare=False)
    weight: float = field(compare=False)


class Salience:
    """Who stands out where in one text.

    Args:
        text: what all offsets point into.
        sentences: of the text, in order.
        reported: where somebody's words stand, in order.
        sources: where the text says who speaks, by their starts.
    """

    def __init__(self, text: str, sentences: Sequence[Span], reported: Sequence[Span], sources: Sequence[Span]) -> None:
        self._text = text
        self._sentences = [span.start for span in sentences]
        self._lines = [match.start() for match in re.finditer("\n", text)]
        self._reported = reported
        self._sources = sorted(sources)
        self._seen: list[Seen] = []

    def add(self, start: int, end: int, who: Id, kind: EntityKind) -> None:
        """Notes where somebody is named or meant."""
        insort(self._seen, Seen(start, end, who, kind, self._weight(start, end)))

    def before(self, place: int, fits: Callable[[Seen], bool]) -> list[tuple[Id, float]]:
        """Who stands out at ``place``, of those that fit, first those who do most; the figures add up to 1."""
        at = bisect_left(self._seen, place, key=lambda one: one.start)
        here, line, scores = self._sentence(place), bisect_left(self._lines, place), dict[Id, float]()
        for index in range(at - 1, max(-1, at - 1 - _MOST), -1):
            seen = self._seen[index]
            if place - seen.end > REACH:
                break
            if seen.end > place or not fits(seen):
                continue
            away = here - self._sentence(seen.start)
            between = line - bisect_left(self._lines, seen.end)
            value = seen.weight * _SENTENCE**away * _PARAGRAPH ** min(between, 6)
            # Of several mentions the best counts, and the others a little.
            known = scores.get(seen.who, 0.0)
            scores[seen.who] = max(known, value) + 0.25 * min(known, value)
        whole = sum(scores.values())
        ranked = sorted(scores.items(), key=lambda one: -one[1])
        return [(who, score / whole) for who, score in ranked] if whole else []

    def sentence_start(self, place: int) -> int:
        """Where the sentence around a place begins."""
        at = self._sentence(place)
        return self._sentences[at - 1] if at else 0

    def sentences_between(self, place: int, later: int) -> int:
        """How many sentences begin between two places."""
        return self._sentence(later) - self._sentence(place)

    def _sentence(self, place: int) -> int:
        return bisect_right(self._sentences, place)

    def _weight(self, start: int, end: int) -> float:
        text = self._text
        weight = 1.0
        after = text[end : end + 2]
        if self._speaks(start, end):
            weight *= _SPOKE
        elif after in {"’s", "'s"} or after[:1] in {"’", "'"}:
            weight *= _POSSESSOR
        elif _VERB.match(text, end):
            weight *= _SUBJECT
        elif _NOUN.match(text, end):
            weight *= _BEFORE_NOUN
        if _PREPOSITION.search(text, max(0, start - 60), start) and weight <= 1:
            weight *= _AFTER_PREPOSITION
        at = self._sentence(start)
        if at and start - self._sentences[at - 1] < 12:
            weight *= _OPENS
        if self._is_reported(start):
            weight *= _IN_WORDS
        return weight

    def _speaks(self, start: int, end: int) -> bool:
        at = bisect_right(self._sources, start, key=lambda span: span.start) - 1
        if at < 0 or self._sources[at].end < end:
            return False
        source = self._sources[at]
        return heads(self._text, source.start, start, end, source.end, person=True)

    def _is_reported(self, place: int) -> bool:
        at = bisect_right(self._reported, place, key=lambda span: span.start)
        return any(span.start <= place < span.end for span in self._reported[max(0, at - 3) : at])
