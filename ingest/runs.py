"""Runs of words that two texts have in common, and a sketch by which texts with many of them are found.

Words are compared in lower case and without punctuation, so that a quotation is known again whatever marks and line
breaks stand in it. Nothing here knows of pages or of the graph.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b

from ingest.model import Span, Spans

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_MOST_PLACES = 16
_MOSTLY = 0.8

SHINGLE = 5
"""Words of a shingle of the sketch."""

HASHES = 256
BANDS = 64
"""The sketch has 64 bands of four hashes each. Of two texts that share s of all their shingles, some band is the same
with probability 1 - (1 - s^4)^64: 0.006 for a tenth, 0.41 for three tenths, 0.98 for a half, 0.99999 for seven tenths.
So stock phrases of a site do not make its pages candidates for copies of one another."""

_SEED = 20_160_503
_FORMAT = "rensa-0.5"
"""Part of every band: raised when the sketch changes, so that old bands match no new ones."""


@dataclass(frozen=True, slots=True)
class Run:
    """So many words from the ``one``-th word of one text that stand in another from its ``other``-th word on."""

    one: int
    other: int
    words: int


class Words:
    """A text as its words, and where they stand in it."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.spans = [match.span() for match in _WORD.finditer(text)]
        self.keys = [text[start:end].lower().replace("’", "'") for start, end in self.spans]

    def __len__(self) -> int:
        return len(self.keys)

    @cached_property
    def _starts(self) -> list[int]:
        return [start for start, _ in self.spans]

    def span(self, first: int, words: int) -> Span:
        """Where ``words`` words from the ``first``-th on stand, one at least."""
        return Span(self.spans[first][0], self.spans[first + words - 1][1])

    def within(self, span: Span) -> range:
        """The words that stand wholly within a span."""
        first = bisect_left(self._starts, span.start)
        last = bisect_left(self._starts, span.end)
        while last > first and self.spans[last - 1][1] > span.end:
            last -= 1
        return range(first, last)


Places = Mapping[tuple[str, ...], Sequence[int]]
"""Where so many words begin in a text, by the words."""


def places(words: Words, length: int, wanted: Collection[tuple[str, ...]]) -> dict[tuple[str, ...], list[int]]:
    """Where the stretches of ``length`` words that are asked for begin; of one that comes often, its first places."""
    found: dict[tuple[str, ...], list[int]] = {}
    keys = words.keys
    for at in range(len(keys) - length + 1):
        key = tuple(keys[at : at + length])
        if key in wanted and len(known := found.setdefault(key, [])) < _MOST_PLACES:
            known.append(at)
    return found


def stretches(words: Words, length: int, within: range | None = None) -> set[tuple[str, ...]]:
    """All stretches of ``length`` words, within some of the words or in all of them."""
    looked = range(len(words)) if within is None else within
    return {tuple(words.keys[at : at + length]) for at in range(looked.start, looked.stop - length + 1)}


def runs(
    one: Words, other: Words, least: int, *, within: range | None = None, known: Places | None = None, length: int = 0
) -> list[Run]:
    """Stretches of words that stand in both texts, in the order of the first one and not overlapping in it.

    From left to right, the longest that begins at each word; where the second text repeats itself, its first few
    places are tried. Time is that of reading both texts, or only the first one where ``known`` is given.

    Args:
        one: the text that may repeat the other.
        other: the text that may be repeated.
        least: words that a stretch must have.
        within: the words of ``one`` to look at; all where it is ``None``.
        known: where stretches of ``length`` words, ``least`` at most, begin in ``other``.
    """
    looked = range(len(one)) if within is None else within
    if known is None:
        length = least
        known = places(other, least, stretches(one, least, looked))
    found: list[Run] = []
    at = looked.start
    while at + least <= looked.stop:
        best = Run(at, 0, 0)
        for place in known.get(tuple(one.keys[at : at + length]), ()):
            words = _length(one.keys, other.keys, at, place, length, looked.stop)
            if words > best.words:
                best = Run(at, place, words)
        if best.words >= least:
            found.append(best)
            at += best.words
        else:
            at += 1
    return found


def _length(one: Sequence[str], other: Sequence[str], at: int, place: int, known: int, stop: int) -> int:
    words = known
    while at + words < stop and place + words < len(other) and one[at + words] == other[place + words]:
        words += 1
    return words


def mostly_same(words: Words, one: Spans, other: Spans) -> bool:
    """Whether stretches of a text lie in one another: what they share has four fifths of the shorter one's words."""
    both = sum(
        len(words.within(Span(max(a.start, b.start), min(a.end, b.end))))
        for a in one
        for b in other
        if a.start < b.end and b.start < a.end
    )
    shorter = min(sum(len(words.within(span)) for span in spans) for spans in (one, other))
    return both > 0 and both >= _MOSTLY * shorter


def bands(words: Words) -> list[str]:
    """The sketch of a text: 64 strings, of which texts that share much have some in common; none for a short text.

    MinHash over shingles of five words (Broder, 1997, "On the resemblance and containment of documents"), as bands of
    a locality-sensitive index (Indyk and Motwani, 1998).
    """
    if len(words) < SHINGLE:
        return []
    import rensa  # type: ignore[import-untyped]  # compiled; only what stores a page needs it

    shingles = {" ".join(words.keys[at : at + SHINGLE]) for at in range(len(words) - SHINGLE + 1)}
    sketch = rensa.RMinHash(num_perm=HASHES, seed=_SEED)
    sketch.update(sorted(shingles))
    hashes = sketch.digest()
    rows = HASHES // BANDS
    return [
        blake2b(repr((_FORMAT, band, hashes[band * rows : (band + 1) * rows])).encode(), digest_size=6).hexdigest()
        for band in range(BANDS)
    ]
