"""Word pieces of a text with their offsets and the features that an uncased vocabulary cannot show.

The encoder lower-cases and strips accents, so the offsets come from the tokenizer and never from its strings.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from ingest.annotate.neural.quotes import STATES, quotation_states

Ints = NDArray[np.int32]
Features = NDArray[np.uint8]

NO_SHAPE, LOWER, TITLE, UPPER, INITIAL, MIXED, DIGITS, ALPHANUMERIC, CASELESS, SYMBOL = range(10)
GLUED, SPACED, NEW_LINE, NEW_PARAGRAPH = range(4)

FEATURE_SIZES = {"shape": 10, "gap": 4, "quote": STATES}
"""The columns of ``Pieces.features``, in order, with how many values each can take."""
SHAPE, GAP, QUOTE = range(3)

_SURROGATE = re.compile("[\ud800-\udfff]")


class Encoding(Protocol):
    """What the tokenizer answers for one text."""

    @property
    def ids(self) -> list[int]: ...
    @property
    def offsets(self) -> list[tuple[int, int]]: ...
    @property
    def tokens(self) -> list[str]: ...


class Tokenizer(Protocol):
    """The part of ``tokenizers.Tokenizer`` that is used here."""

    def encode(self, sequence: str, *, add_special_tokens: bool) -> Encoding: ...


@dataclass(frozen=True, slots=True)
class Pieces:
    """The word pieces of one text, without the encoder's special ones.

    ``ids``, ``starts``, ``ends``: ``int32[n]``, vocabulary and code point offsets; ``features``: ``uint8[n, 3]``, the
    columns of ``FEATURE_SIZES``; ``word_starts``: ``bool[n]``, false for a piece that continues a word.
    """

    ids: Ints
    starts: Ints
    ends: Ints
    features: Features
    word_starts: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.ids)

    def covering(self, start: int, end: int) -> tuple[int, int]:
        """The half-open range of pieces that touch the characters ``[start, end)``; empty where none does."""
        low = int(np.searchsorted(self.ends, start, side="right"))
        high = int(np.searchsorted(self.starts, end, side="left"))
        return low, max(low, high)

    def offsets(self, low: int, high: int) -> tuple[int, int]:
        """The characters ``[start, end)`` that the pieces ``[low, high)`` cover. ``low < high``."""
        return int(self.starts[low]), int(self.ends[high - 1])


def cut(text: str, tokenizer: Tokenizer) -> Pieces:
    """The word pieces of ``text``. Lone surrogates are read as U+FFFD, so that offsets stay those of ``text``."""
    clean = _SURROGATE.sub("\ufffd", text)
    encoding = tokenizer.encode(clean, add_special_tokens=False)
    count = len(encoding.ids)
    offsets = np.array(encoding.offsets, dtype=np.int32).reshape(count, 2)
    starts, ends = np.ascontiguousarray(offsets[:, 0]), np.ascontiguousarray(offsets[:, 1])
    word_starts = np.array([not token.startswith("##") for token in encoding.tokens], dtype=np.bool_)
    features = np.zeros((count, len(FEATURE_SIZES)), dtype=np.uint8)
    if count:
        features[:, SHAPE] = _shapes(clean, starts, ends, word_starts)
        features[:, GAP] = _gaps(clean, starts, ends)
        features[:, QUOTE] = quotation_states(clean)[starts]
    return Pieces(np.array(encoding.ids, dtype=np.int32), starts, ends, features, word_starts)


def shape_of(word: str) -> int:
    """The case shape of a word as it stands in the text."""
    if word.islower():
        return LOWER if word.isalpha() else ALPHANUMERIC
    if word.isupper():
        if not word.isalpha():
            return ALPHANUMERIC
        return UPPER if len(word) > 1 else INITIAL
    if word.isalpha():
        if word[0].isupper() and word[1:].islower():
            return TITLE
        return MIXED if word.lower() != word.upper() else CASELESS
    if word.isdigit():
        return DIGITS
    return ALPHANUMERIC if word.isalnum() else SYMBOL


def _shapes(text: str, starts: Ints, ends: Ints, word_starts: NDArray[np.bool_]) -> NDArray[np.uint8]:
    firsts = np.flatnonzero(word_starts)
    if not len(firsts) or firsts[0] != 0:
        firsts = np.concatenate(([0], firsts))
    lasts = np.concatenate((firsts[1:], [len(starts)])) - 1
    per_word = [
        shape_of(text[start:end]) for start, end in zip(starts[firsts].tolist(), ends[lasts].tolist(), strict=True)
    ]
    return np.repeat(np.array(per_word, dtype=np.uint8), lasts - firsts + 1)


def _gaps(text: str, starts: Ints, ends: Ints) -> NDArray[np.uint8]:
    codes = np.frombuffer(text.encode("utf-32-le"), dtype=np.uint32)
    lines = np.concatenate(([0], np.cumsum(codes == ord("\n"))))
    gaps = np.empty(len(starts), dtype=np.uint8)
    gaps[0] = NEW_PARAGRAPH
    before, after = ends[:-1], starts[1:]
    breaks = lines[after] - lines[before]
    gaps[1:] = np.where(
        breaks > 1, NEW_PARAGRAPH, np.where(breaks == 1, NEW_LINE, np.where(after > before, SPACED, GLUED))
    )
    return gaps
