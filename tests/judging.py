"""A pair check by words alone, for tests: plain enough to be sure of, and the same on every machine."""

from __future__ import annotations

import re
from collections.abc import Sequence
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from ingest.claims.matching import Relation

DIMENSIONS = 64
METHOD = "model:test-words"
_EMPTY = frozenset(
    {"a", "an", "and", "at", "by", "for", "in", "is", "it", "its", "of", "on", "or", "that", "the", "to", "was"}
)
_OPPOSITE = {"opened": "closed", "closed": "opened", "safe": "unsafe", "unsafe": "safe"}


class WordJudge:
    """Two wordings are the same where most of their words are, and exclude one another where then a number differs, or
    one has the opposite of a word of the other's."""

    dimensions = DIMENSIONS

    def __init__(self) -> None:
        self.asked: list[tuple[str, str]] = []

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Words without numbers, each in a place of its own as far as there are places."""
        made = np.zeros((len(texts), DIMENSIONS), dtype=np.float32)
        for row, text in zip(made, texts, strict=True):
            for word in _words(text)[0] or {text}:
                key = min(word, _OPPOSITE.get(word, word))
                digest = blake2b(key.encode(), digest_size=4).digest()
                row[int.from_bytes(digest, "big") % DIMENSIONS] += 1
        return made / np.linalg.norm(made, axis=1, keepdims=True)

    def relate(self, pairs: Sequence[tuple[str, str]]) -> list[Relation]:
        """By the share of words that both have."""
        self.asked += pairs
        return [self._relate(*pair) for pair in pairs]

    def _relate(self, one: str, other: str) -> Relation:
        (mine, my_numbers), (theirs, their_numbers) = _words(one), _words(other)
        opposed = {word for word in mine if _OPPOSITE.get(word) in theirs}
        mine, theirs = mine - opposed, theirs - {_OPPOSITE[word] for word in opposed}
        share = len(mine & theirs) / max(1, len(mine | theirs))
        if share < 0.7:
            return Relation(round(share / 2, 4), 0.0, METHOD)
        if my_numbers != their_numbers or opposed:
            return Relation(0.05, round(0.5 + share / 2, 4), METHOD)
        return Relation(round(0.3 + share * 0.7, 4), 0.0, METHOD)


def _words(text: str) -> tuple[set[str], set[str]]:
    found = {word for word in re.findall(r"\w+", text.casefold()) if word not in _EMPTY}
    numbers = {word for word in found if word.isdigit()}
    return found - numbers, numbers
