"""Expressions that may mean something, as the second stage of coreference compares them: what numpy alone can tell.

A mention is a range of word pieces, whole words within one sentence. What the network cannot see from where it reads
stands here: whether two of them have words in common, how far they lie apart, and whether a quotation parts them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, fields
from functools import lru_cache
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from ingest.annotate.neural.decode import Floats
from ingest.annotate.neural.pieces import GAP, NEW_PARAGRAPH, QUOTE, Pieces
from ingest.annotate.neural.quotes import OPENING, OUTSIDE, STRAY

LONGEST = 40
"""Pieces of a mention; 99 of 100 in GUM are shorter."""
FEWEST, DENSEST = 8, 0.5
"""Mentions of a window, at most: the larger of a number and of a share of its words."""

Integers = NDArray[np.int64]

WORDS = 5
"""How many of a mention's own words are compared."""
REMEMBERED = 4096
"""Of how many expressions it is kept what their words tell: the same ones come again and again in a text."""

# fmt: off
_CLASSES: dict[str, Sequence[str]] = {
    "he": ("he", "him", "his", "himself"),
    "she": ("she", "her", "hers", "herself"),
    "it": ("it", "its", "itself"),
    "they": ("they", "them", "their", "theirs", "themselves", "themself", "'em"),
    "i": ("i", "me", "my", "mine", "myself"),
    "we": ("we", "us", "our", "ours", "ourselves"),
    "you": ("you", "your", "yours", "yourself", "yourselves"),
    "this": ("this", "that", "these", "those"),
    "who": ("who", "whom", "whose", "which", "what"),
    "there": ("here", "there", "then", "now"),
}
_LED: dict[str, Sequence[str]] = {
    "definite": ("the",),
    "demonstrative": ("this", "that", "these", "those", "such"),
    "indefinite": ("a", "an", "some", "any", "another", "every", "each", "no", "many", "several", "few", "most", "all"),
    "possessed": ("my", "your", "his", "her", "its", "our", "their", "whose"),
}
# fmt: on
CLASSES = (*_CLASSES, *_LED, "name", "number", "other")
_PRONOUNS = {word: at for at, words in enumerate(_CLASSES.values()) for word in words}
_LEADS = {word: len(_CLASSES) + at for at, words in enumerate(_LED.values()) for word in words}
NAME, NUMBER, OTHER = (CLASSES.index(name) for name in ("name", "number", "other"))

_WORD = re.compile(r"[^\W_]+(?:[.'’-][^\W_]+)*")
_AFTER_HEAD = re.compile(
    r"(?:,|\(|:|—|–| - |\b(?:of|in|on|at|for|from|with|by|who|whom|whose|which|that|to|as|about|against|between|over|"
    r"under|near|after|before|during|into|than|where|when|and|or)\b)",
    re.IGNORECASE,
)
_LEADING = frozenset(word for words in _LED.values() for word in words) | {"mr", "mrs", "ms", "dr", "sir"}

DISTANCES = (1, 2, 3, 4, 5, 7, 10, 16, 32, 64, 128)
_STEPS = np.digitize(np.arange(DISTANCES[-1] + 1), DISTANCES).astype(np.int64)
_STEPS = np.digitize(np.arange(DISTANCES[-1] + 1), DISTANCES).astype(np.int64)
SENTENCES = (1, 2, 3, 5, 8, 16, 32)
PARAGRAPHS = (1, 2, 3, 6)
GAPS = (1, 2, 3, 4, 6, 12)
NO_MATCH, OVERLAP, HEAD_IN, HEADS, WHOLE = range(5)
QUICK_MATCHES = 3
"""Nothing the same, the same head, all the same."""
PAIR_SIZES = {
    "distance": len(DISTANCES) + 1,
    "sentences": len(SENTENCES) + 1,
    "paragraphs": len(PARAGRAPHS) + 1,
    "gap": len(GAPS) + 1,
    "match": 5,
    "nesting": 4,
    "quotation": 5,
    "classes": len(CLASSES) ** 2,
}
"""The columns of ``pair_features``, in order, with how many values each can take."""


@dataclass(frozen=True, slots=True)
class Mentions:
    """Mentions in the order of their starts, then their ends; ``start`` and ``end`` in pieces of the text.

    ``number``: how manieth it is in the text; ``sentence``, ``paragraph``: likewise of where it begins; ``quotation``:
    which one it stands in, 0 outside of any; ``kind``: of ``CLASSES``; ``whole``, ``head``: numbers that are equal
    where all its words, or its head, are the same, 0 for pronouns; ``words`` ``[n, WORDS]``: likewise of single words,
    0 for none. All ``int64[n]`` else.
    """

    start: Integers
    end: Integers
    number: Integers
    sentence: Integers
    paragraph: Integers
    quotation: Integers
    kind: Integers
    whole: Integers
    head: Integers
    words: Integers

    def __len__(self) -> int:
        return len(self.start)

    def take(self, index: Integers) -> Mentions:
        """Those at ``index``."""
        return Mentions(*(getattr(self, field.name)[index] for field in fields(self)))


def joined(parts: Sequence[Mentions]) -> Mentions:
    """Several one after another."""
    return Mentions(*(np.concatenate([getattr(part, field.name) for part in parts]) for field in fields(Mentions)))


@dataclass(frozen=True, slots=True)
class Places:
    """Of each piece of a text: which sentence, paragraph and quotation it stands in. ``int64[n]`` each."""

    sentence: Integers
    paragraph: Integers
    quotation: Integers


def places(pieces: Pieces, sentence_starts: Sequence[int]) -> Places:
    """``sentence_starts`` are pieces."""
    begins = np.zeros(len(pieces), dtype=np.int64)
    begins[np.asarray(sentence_starts, dtype=np.int64)] = 1
    breaks = pieces.features[:, GAP] == NEW_PARAGRAPH
    state = pieces.features[:, QUOTE]
    inside = (state != OUTSIDE) & (state != STRAY)
    opens = (state == OPENING) | (inside & ~np.concatenate(([False], inside[:-1])))
    return Places(np.cumsum(begins), np.cumsum(breaks), np.where(inside, np.cumsum(opens), 0))


def candidate_spans(
    scores: Floats, word_starts: NDArray[np.bool_], sentence: Integers, threshold: float
) -> tuple[Integers, Integers, Floats]:
    """Mentions in the scores ``[t, t]`` of a window, by first and last piece: their first pieces, ends and scores.

    They are at least ``threshold`` and whole words of one sentence; where there are too many, the best stay.
    """
    allowed = possible(word_starts, sentence)
    first, last = np.nonzero(allowed & (scores >= threshold))
    found = scores[first, last]
    most = max(FEWEST, int(DENSEST * word_starts.sum()))
    if len(found) > most:
        best = np.sort(np.argpartition(-found, most)[:most])
        first, last, found = first[best], last[best], found[best]
    return first, last + 1, found


def possible(word_starts: NDArray[np.bool_], sentence: Integers) -> NDArray[np.bool_]:
    """``bool[t, t]``: whether the pieces from one to another, both included, are whole words of one sentence."""
    count = len(word_starts)
    ends = np.concatenate((word_starts[1:], [True]))[:count]
    at = np.arange(count)
    width = at[None, :] - at[:, None]
    near = (width >= 0) & (width < LONGEST) & (sentence[:, None] == sentence[None, :])
    whole: NDArray[np.bool_] = near & word_starts[:, None] & ends[None, :]
    return whole


def describe(text: str, pieces: Pieces, place: Places, start: Integers, end: Integers, number: int = 0) -> Mentions:
    """The mentions ``[start, end)``, in order; ``number`` is that of the first."""
    count = len(start)
    kind, whole, head = (np.zeros(count, dtype=np.int64) for _ in range(3))
    words = np.zeros((count, WORDS), dtype=np.int64)
    first, last = pieces.starts[start].tolist(), pieces.ends[end - 1].tolist()
    for at, (low, high) in enumerate(zip(first, last, strict=True)):
        kind[at], whole[at], head[at], own = _keys(text[low:high])
        words[at, : len(own)] = own
    return Mentions(
        start,
        end,
        number + np.arange(count),
        place.sentence[start],
        place.paragraph[start],
        place.quotation[start],
        kind,
        whole,
        head,
        words,
    )


@lru_cache(maxsize=REMEMBERED)
def _keys(words: str) -> tuple[int, int, int, tuple[int, ...]]:
    """Kind, key of the whole, key of the head, keys of the words that tell something."""
    lowered = words.lower().replace("’", "'")
    if (pronoun := _PRONOUNS.get(lowered)) is not None:
        return pronoun, 0, 0, ()
    found = _WORD.findall(words)
    if not found:
        return OTHER, 0, 0, ()
    plain = [_plain(word) for word in found]
    lead = _LEADS.get(plain[0])
    while len(plain) > 1 and plain[0] in _LEADING:
        plain, found = plain[1:], found[1:]
    begun = words.find(found[0])
    cut = _AFTER_HEAD.search(words, begun + len(found[0]))
    own = _WORD.findall(words[begun : cut.start()]) if cut else found
    head = own[-1] if own else found[0]
    if lead is None:
        lead = NAME if head[:1].isupper() else NUMBER if head[:1].isdigit() else OTHER
    elif lead == len(_CLASSES) and head[:1].isupper():  # the Kremlin
        lead = NAME
    keys = [_key(word) for word in dict.fromkeys(plain) if len(word) > 1 and not _AFTER_HEAD.fullmatch(word)]
    return lead, _key(" ".join(plain)), _key(_plain(head)), tuple(keys[:WORDS])


def _plain(word: str) -> str:
    word = word.lower().replace("’", "'")
    return word.removesuffix("'s").replace(".", "")


def _key(words: str) -> int:
    return crc32(words.encode("utf-8", "replace")) + 1


def pair_features(mentions: Mentions, own: Integers, others: Integers) -> Integers:
    """``int64[n, k, f]`` of the columns ``PAIR_SIZES``, for ``own`` ``[n]`` against those of ``others`` ``[n, k]``."""
    one = own[:, None]
    start, end = mentions.start, mentions.end
    inside = (start[one] <= start[others]) & (end[others] <= end[one])
    around = (start[others] <= start[one]) & (end[one] <= end[others])
    crossing = (start[others] < end[one]) & (start[one] < end[others])
    columns = (
        np.digitize(mentions.number[one] - mentions.number[others], DISTANCES),
        np.digitize(mentions.sentence[one] - mentions.sentence[others], SENTENCES),
        np.digitize(mentions.paragraph[one] - mentions.paragraph[others], PARAGRAPHS),
        np.digitize(start[one] - end[others] + 1, GAPS),
        match(mentions, one, others),
        np.where(inside, 1, np.where(around, 2, np.where(crossing, 3, 0))),
        _across(mentions.quotation[one], mentions.quotation[others]),
        mentions.kind[one] * len(CLASSES) + mentions.kind[others],
    )
    return np.stack(columns, axis=-1)


def quick_match(mentions: Mentions, own: Integers) -> Integers:
    """``[n, m]``: how much of ``own`` ``[n]`` is the same in each mention, of ``QUICK_MATCHES``."""
    head, whole = mentions.head[own][:, None], mentions.whole[own][:, None]
    found = np.where((head == mentions.head) & (head != 0), 1, 0)
    found[(whole == mentions.whole) & (whole != 0)] = 2
    return found.astype(np.int64)


def quick_distance(mentions: Mentions, own: Integers) -> Integers:
    """``[n, m]``: how many mentions each stands before ``own`` ``[n]``, in steps of ``DISTANCES``; 0 for later ones."""
    steps: Integers = _STEPS[np.clip(mentions.number[own][:, None] - mentions.number, 0, len(_STEPS) - 1)]
    return steps


def match(mentions: Mentions, one: Integers, others: Integers) -> Integers:
    """How much of their words mentions have in common: ``NO_MATCH`` to ``WHOLE``. The two broadcast."""
    words = mentions.words
    mine, theirs = words[one], words[others]
    overlap = np.zeros(np.broadcast_shapes(one.shape, others.shape), dtype=np.bool_)
    for at in range(WORDS):
        word = mine[..., at : at + 1]
        overlap |= ((word == theirs) & (word != 0)).any(axis=-1)
    my_head, their_head = mentions.head[one], mentions.head[others]
    head_in = ((my_head[..., None] == theirs).any(-1) & (my_head != 0)) | (
        (their_head[..., None] == mine).any(-1) & (their_head != 0)
    )
    heads = (my_head == their_head) & (my_head != 0)
    whole = (mentions.whole[one] == mentions.whole[others]) & (mentions.whole[one] != 0)
    found = np.where(whole, WHOLE, np.where(heads, HEADS, np.where(head_in, HEAD_IN, np.where(overlap, OVERLAP, 0))))
    return found.astype(np.int64)


def _across(mine: Integers, theirs: Integers) -> Integers:
    """0: both outside of quotations; 1: in the same one; 2, 3: only the one, only the other inside; 4: in two."""
    return np.where(
        mine == theirs, np.where(mine == 0, 0, 1), np.where(theirs == 0, 2, np.where(mine == 0, 3, 4))
    ).astype(np.int64)
