"""Cuts long texts into overlapping windows, so that memory does not grow with a text and no edge lacks context."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from ingest.annotate.neural.pieces import NEW_LINE


@dataclass(frozen=True, slots=True)
class Window:
    """The pieces ``[start, end)`` are read together; what is found in ``[core_start, core_end)`` counts."""

    start: int
    end: int
    core_start: int
    core_end: int


def cut_points(gaps: NDArray[np.uint8], size: int, first: int = 0) -> list[int]:
    """Where cores begin, in pieces, with the end of the text last: each core has at most ``size`` pieces.

    A core ends at the last blank line that fits, else at the last line break, else at the last gap between words, else
    anywhere; of the first two only those count that leave the core at least half full, and of gaps at least a quarter.
    ``first`` > 0 makes the first core at most that long, so that training sees different windows in each epoch.
    """
    count = len(gaps)
    points = [0]
    while points[-1] < count:
        start = points[-1]
        limit = start + (first if first and start == 0 else size)
        if limit >= count:
            points.append(count)
            break
        points.append(_last_break(gaps, start, limit))
    return points


def _last_break(gaps: NDArray[np.uint8], start: int, limit: int) -> int:
    length = limit - start
    for least, floor in ((NEW_LINE + 1, length // 2), (NEW_LINE, length // 2), (1, length // 4)):
        low = start + max(1, floor)
        found = np.flatnonzero(gaps[low : limit + 1] >= least)
        if len(found):
            return low + int(found[-1])
    return limit


def windows(gaps: NDArray[np.uint8], size: int, context: int) -> Iterator[Window]:
    """Windows of at most ``size`` pieces: cores that tile the text, each with ``context`` pieces on both sides."""
    if context < 0 or size <= 2 * context:
        raise ValueError(f"a window of {size} pieces has no room for {context} of context on either side")
    count = len(gaps)
    if count <= size:
        if count:
            yield Window(0, count, 0, count)
        return
    points = cut_points(gaps, size - 2 * context)
    for start, end in pairwise(points):
        yield Window(max(0, start - context), min(count, end + context), start, end)
