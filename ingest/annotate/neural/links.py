"""What the second stage sees of a cue: the pieces around it, and where each stands towards it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ingest.annotate.neural.pieces import GAP, NEW_PARAGRAPH, Features

NEAR = 8
"""Distances up to this have a bucket each; beyond, four buckets double the distance."""
SIDE = 24
DISTANCES = 2 * SIDE + 1
PARAGRAPHS = 5
PLACE_SIZES = {"distance": DISTANCES, "paragraph": PARAGRAPHS}
"""The columns of ``Slices.places``, in order, with how many values each can take."""

LINK_KINDS = ("source", "content", "cue")
"""What the second stage tags for a cue, in the order of its BIO tags; the cue again: it sees its ends better."""
SOURCE, CONTENT, CUE = range(3)


@dataclass(frozen=True, slots=True)
class Slices:
    """The surroundings of ``k`` cues, ``2 * reach`` pieces each.

    ``index``: ``int64[k, l]``, positions in the window, clipped to it; ``inside``: ``bool[k, l]``, false beyond the
    window's edge; ``places``: ``uint8[k, l, 2]``, the columns of ``PLACE_SIZES``; 0 in the first marks the cue itself.
    """

    index: NDArray[np.int64]
    inside: NDArray[np.bool_]
    places: Features


def slices(cues: NDArray[np.int64], features: Features, reach: int) -> Slices:
    """The surroundings of ``cues`` (``int64[k, 2]``, half-open) in one window with ``features`` (``uint8[n, f]``)."""
    length = len(features)
    paragraph = np.cumsum(features[:, GAP] == NEW_PARAGRAPH)
    position = cues[:, :1] - reach + np.arange(2 * reach)
    inside = (position >= 0) & (position < length)
    index = np.clip(position, 0, max(0, length - 1))
    before = cues[:, :1] - index
    after = index - cues[:, 1:] + 1
    places = np.empty((*index.shape, 2), dtype=np.uint8)
    places[..., 0] = np.where(before > 0, _bucket(before), np.where(after > 0, SIDE + _bucket(after), 0))
    apart = paragraph[index] - paragraph[cues[:, :1]]
    places[..., 1] = np.clip(apart, -(PARAGRAPHS // 2), PARAGRAPHS // 2) + PARAGRAPHS // 2
    return Slices(index, inside, places)


def _bucket(distance: NDArray[np.int64]) -> NDArray[np.int64]:
    """1 to ``SIDE`` for distances from 1."""
    near = np.maximum(distance, 1)
    far = NEAR + np.floor(4 * np.log2(near / NEAR)).astype(np.int64) + 1
    return np.where(near <= NEAR, near, np.minimum(far, SIDE))
