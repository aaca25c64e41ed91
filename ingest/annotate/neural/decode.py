"""From scores of word pieces to spans, in numpy."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

IMPOSSIBLE = -1e4
"""Added to the score of a step that a sequence of tags cannot take."""


def bio_tags(kinds: Sequence[str]) -> tuple[str, ...]:
    """``("O", "B-a", "I-a", "B-b", "I-b", ...)``: outside, and beginning and inside of each kind."""
    return ("O", *(f"{part}-{kind}" for kind in kinds for part in "BI"))


def bio_transitions(kinds: int) -> Floats:
    """``float32[2k + 1, 2k + 1]`` over ``bio_tags``: 0 where a tag may follow another, else ``IMPOSSIBLE``."""
    size = 2 * kinds + 1
    steps = np.zeros((size, size), dtype=np.float32)
    for inside in range(2, size, 2):
        steps[:, inside] = IMPOSSIBLE
        steps[[inside - 1, inside], inside] = 0
    return steps


def bio_starts(kinds: int) -> Floats:
    """``float32[2k + 1]``: a sequence cannot begin inside a span."""
    starts = np.zeros(2 * kinds + 1, dtype=np.float32)
    starts[2::2] = IMPOSSIBLE
    return starts


def viterbi(
    scores: Floats, transitions: Floats, starts: Floats, mask: NDArray[np.bool_] | None = None
) -> NDArray[np.int64]:
    """The best sequences of tags, ``int64[m, n]``, for ``scores`` ``[m, n, k]``.

    Positions where ``mask`` ``[m, n]`` is false are no part of a sequence and get tag 0.
    """
    count, length, size = scores.shape
    inside = np.ones((length, count), dtype=np.bool_) if mask is None else np.ascontiguousarray(mask.T)
    going = np.zeros_like(inside)  # a position that continues a sequence
    going[1:] = inside[1:] & np.maximum.accumulate(inside, axis=0)[:-1]
    # Tags first: steps from tag to tag then run over all sequences at once, in adjoining memory.
    ours = np.ascontiguousarray(scores.transpose(1, 2, 0))
    steps = transitions[:, :, None]
    first = starts[:, None]
    totals = np.zeros((length + 1, size, count), dtype=np.float32)  # the last one for the position before the first
    every_in: list[bool] = np.all(inside, axis=1).tolist()
    every_on: list[bool] = np.all(going, axis=1).tolist()
    for at in range(length):
        before = totals[at - 1]
        moved = (before[:, None] + steps).max(axis=0)
        if not every_on[at]:
            moved = np.where(going[at], moved, first)
        moved += ours[at]
        totals[at] = moved if every_in[at] else np.where(inside[at], moved, before)
    best = np.zeros((length, count), dtype=np.int64)
    here = totals[length - 1].argmax(axis=0)
    for at in range(length - 1, -1, -1):
        best[at] = here
        back = (totals[at - 1] + transitions[:, here]).argmax(axis=0)
        here = back if every_on[at] else np.where(going[at], back, here)
    best[~inside] = 0
    return np.ascontiguousarray(best.T)


def path_likelihood(
    scores: Floats,
    tags: NDArray[np.int64],
    transitions: Floats,
    starts: Floats,
    mask: NDArray[np.bool_],
) -> Floats:
    """The log likelihood, ``float32[m]``, of sequences of tags ``[m, n]`` under the linear-chain CRF with ``scores``.

    ``scores`` ``[m, n, k]``; ``mask`` ``[m, n]`` is true on one stretch of each row. The forward sums are kept as
    probabilities, scaled at each step: logarithms of sums at each would take several times as long.
    """
    count, length, size = scores.shape
    top = scores.max(axis=2)
    weights = np.exp(scores - top[..., None]) + np.finfo(np.float32).tiny
    steps, first = np.exp(transitions), np.exp(starts)
    begun = np.pad(np.maximum.accumulate(mask, axis=1), ((0, 0), (1, 0)))[..., None]
    scales = np.ones((count, length, 1), dtype=np.float32)
    forward = np.zeros((count, size), dtype=np.float32)
    for at in range(length):
        moved = np.where(begun[:, at], forward @ steps, first) * weights[:, at]
        scales[:, at] = moved.sum(axis=1, keepdims=True)
        forward = np.where(mask[:, at, None], moved / scales[:, at], forward)
    total = ((np.log(scales[..., 0]) + top) * mask).sum(axis=1)
    chosen = (np.take_along_axis(scores, tags[..., None], axis=2)[..., 0] * mask).sum(axis=1)
    chosen += (transitions[tags[:, :-1], tags[:, 1:]] * (mask[:, :-1] & mask[:, 1:])).sum(axis=1)
    chosen += starts[tags[np.arange(count), mask.argmax(axis=1)]] * mask.any(axis=1)
    likelihood: Floats = (chosen - total).astype(np.float32)
    return likelihood


def by_word(scores: Floats, word_starts: NDArray[np.bool_]) -> tuple[Floats, NDArray[np.int64]]:
    """The scores of words, ``[w, k]``, and the first piece of each, from those of pieces over ``bio_tags``, ``[n, k]``.

    A word that begins a span goes on inside it, so that no span begins or ends within a word. ``n > 0``.
    """
    firsts = np.flatnonzero(word_starts)
    if not len(firsts) or firsts[0] != 0:
        firsts = np.concatenate(([0], firsts))
    pieces = scores.copy()
    later = np.ones(len(scores), dtype=np.bool_)
    later[firsts] = False
    pieces[later, 1::2] = pieces[later, 2::2]
    return np.add.reduceat(pieces, firsts, axis=0), firsts


def spans_of(tags: Sequence[int] | NDArray[np.int64]) -> list[tuple[int, int, int]]:
    """``(start, end, kind)`` of each span in a sequence of indexes into ``bio_tags``; kinds count from 0.

    An inside tag that continues nothing begins a span.
    """
    spans: list[tuple[int, int, int]] = []
    start, kind = 0, -1
    for at, tag in enumerate([*map(int, tags), 0]):
        here = (tag - 1) // 2 if tag else -1
        if kind >= 0 and (here != kind or tag % 2 == 1):
            spans.append((start, at, kind))
            kind = -1
        if here >= 0 and kind < 0:
            start, kind = at, here
    return spans
