"""Finds what means the same in a text of any length, window by window, whatever computes the scores.

Each mention is compared with those before it: the last ``Options.memory`` of them, and of names that stand further
back the last one of each. So memory does not grow with the text, and time grows with it in proportion.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from ingest.annotate.neural.decode import Floats
from ingest.annotate.neural.mentions import (
    CLASSES,
    DISTANCES,
    NAME,
    QUICK_MATCHES,
    Integers,
    Mentions,
    candidate_spans,
    describe,
    joined,
    pair_features,
    places,
    quick_distance,
    quick_match,
)
from ingest.annotate.neural.pieces import Pieces
from ingest.annotate.neural.windows import Window

Range = tuple[int, int]
NEVER = -1e4
MOST_SHARE = 8.0
"""To which a piece's log share of a mention's vector is kept, up and down."""


@dataclass(frozen=True, slots=True)
class Tables:
    """What the quick comparison of two mentions adds to the product of their vectors.

    ``match`` ``[kinds, QUICK_MATCHES]`` and ``distance`` ``[kinds, distances]`` by the later one's kind; ``mention``
    ``[2]``: what the scores of the later and of the earlier one count for; ``none``: the score of meaning neither.
    """

    match: Floats
    distance: Floats
    mention: Floats

    def __post_init__(self) -> None:
        wanted = ((len(CLASSES), QUICK_MATCHES), (len(CLASSES), len(DISTANCES) + 1), (2,))
        for table, shape in zip((self.match, self.distance, self.mention), wanted, strict=True):
            if table.shape != shape:
                raise ValueError(f"a table of shape {table.shape}, not {shape}")


class CoreferenceNetwork(Protocol):
    """Whatever computes the scores: PyTorch while training, ONNX Runtime afterwards."""

    @property
    def tables(self) -> Tables: ...

    def read(self, states: Floats, features: NDArray[np.int64]) -> tuple[Floats, Floats, Floats]:
        """Of a window's states ``[t, w]``: scores ``[t, t]`` of mentions by first and last piece; parts ``[t, 3 * d]``
        and log shares ``[t, 1]`` of their vectors, as ``vectors`` takes them."""
        ...

    def judge(self, mentions: Floats, own: Integers, others: Integers, pairs: Integers) -> Floats:
        """Scores ``[n, k]`` of ``own`` ``[n]`` against ``others`` ``[n, k]``, rows of ``mentions`` ``[m, v]``."""
        ...


@dataclass(frozen=True, slots=True)
class Options:
    """How mentions are found and compared.

    ``threshold``: of a mention's score; ``keep``: how many likely antecedents are looked at closely; ``memory``: how
    many mentions back; ``names``: how many names further back; ``vector``, ``coarse``: sizes of the vectors of the
    close and of the quick comparison; ``linked``: from which probability on two are taken for the same; ``least``:
    below which probability an antecedent is not told; ``most``: how many are.
    """

    vector: int
    coarse: int
    threshold: float = -2.0
    keep: int = 16
    memory: int = 200
    names: int = 64
    linked: float = 0.25
    least: float = 0.05
    most: int = 3


@dataclass(frozen=True, slots=True)
class Link:
    """An expression and those that it may mean the same as, each of another thing, with probabilities, best first."""

    expression: Range
    antecedents: tuple[tuple[Range, float], ...]


def vectors(parts: Floats, shares: Floats, first: Integers, last: Integers) -> Floats:
    """``[n, d]`` of the mentions from their ``first`` to their ``last`` piece of a window.

    A mention's vector is what its first piece, its last piece and, weighed by their shares, all of its pieces add.
    """
    size = parts.shape[1] // 3
    weights = np.exp(np.clip(shares.astype(np.float64), -MOST_SHARE, MOST_SHARE))
    sums = np.zeros((len(parts) + 1, size))
    np.cumsum(parts[:, 2 * size :] * weights, axis=0, out=sums[1:])
    total = np.concatenate(([0.0], np.cumsum(weights[:, 0])))[:, None]
    mean = (sums[last + 1] - sums[first]) / (total[last + 1] - total[first])
    whole: Floats = (parts[first, :size] + parts[last, size : 2 * size] + mean).astype(np.float32)
    return whole


@dataclass(slots=True)
class _Held:
    """Mentions with their vectors, scores, and the number of what each means."""

    mentions: Mentions
    vectors: Floats
    scores: Floats
    entities: Integers

    def take(self, index: Integers) -> _Held:
        return _Held(self.mentions.take(index), self.vectors[index], self.scores[index], self.entities[index])


class Resolver:
    """Resolves the mentions of one text, whose windows it is given in order."""

    def __init__(self, text: str, pieces: Pieces, network: CoreferenceNetwork, options: Options) -> None:
        self._text = text
        self._pieces = pieces
        self._network = network
        self._options = options
        self._held: _Held | None = None
        self._count = 0
        self._entities = 0
        self._sentences: list[int] = []

    def resolve(self, group: Sequence[Window], states: Floats, sentences: Sequence[int]) -> Iterator[Link]:
        """Links of the mentions in the next windows.

        ``states`` ``[b, t, w]`` are the encoder's, special pieces and padding with them; ``sentences`` are the starts
        of all sentences known so far, in pieces of the text.
        """
        place = places(self._pieces, sentences)
        for row, window in enumerate(group):
            size = window.end - window.start
            features = self._pieces.features[window.start : window.end].astype(np.int64)
            scores, parts, shares = self._network.read(states[row, 1 : size + 1], features)
            outside = np.ones(size, dtype=np.bool_)
            outside[window.core_start - window.start : window.core_end - window.start] = False
            scores[outside] = NEVER
            first, end, found = candidate_spans(
                scores,
                self._pieces.word_starts[window.start : window.end],
                place.sentence[window.start : window.end],
                self._options.threshold,
            )
            if not len(first):
                continue
            mentions = describe(self._text, self._pieces, place, first + window.start, end + window.start, self._count)
            self._count += len(mentions)
            whole = vectors(parts, shares, first, end - 1)
            yield from self._compare(_Held(mentions, whole, found, np.zeros(len(first), dtype=np.int64)))

    def _compare(self, new: _Held) -> Iterator[Link]:
        options = self._options
        old = 0 if self._held is None else len(self._held.mentions)
        pool = new if self._held is None else _together(self._held, new)
        own = np.arange(old, old + len(new.mentions))
        coarse = self._coarse(pool, own)
        keep = min(options.keep, coarse.shape[1])
        others = np.argpartition(-coarse, keep - 1, axis=1)[:, :keep]
        best = np.take_along_axis(coarse, others, axis=1)
        pairs = pair_features(pool.mentions, own, others)
        close = self._network.judge(pool.vectors[:, : options.vector], own, others, pairs)
        logits = np.where(best <= NEVER / 2, NEVER, best + close)
        top = np.maximum(logits.max(axis=1, keepdims=True), 0)
        odds = np.exp(logits - top)
        chances = odds / (odds.sum(axis=1, keepdims=True) + np.exp(-top))
        yield from self._decide(pool, own, others, chances)
        self._held = self._kept(pool)

    def _coarse(self, pool: _Held, own: Integers) -> Floats:
        tables, size = self._network.tables, self._options.coarse
        at = self._options.vector
        mine = pool.vectors[own, at : at + size]
        theirs = pool.vectors[:, at + size :]
        kind = pool.mentions.kind[own][:, None]
        scores = mine @ theirs.T / np.float32(np.sqrt(size))
        scores += tables.match[kind, quick_match(pool.mentions, own)]
        scores += tables.distance[kind, quick_distance(pool.mentions, own)]
        scores += tables.mention[0] * pool.scores[own][:, None] + tables.mention[1] * pool.scores
        scores[np.arange(len(pool.scores)) >= own[:, None]] = NEVER
        result: Floats = scores
        return result

    def _decide(self, pool: _Held, own: Integers, others: Integers, chances: Floats) -> Iterator[Link]:
        options = self._options
        start, end = pool.mentions.start.tolist(), pool.mentions.end.tolist()
        told = chances > options.least / 8
        for row, at in enumerate(own.tolist()):
            sums: dict[int, float] = {}
            likeliest: dict[int, tuple[float, int]] = {}
            for column in np.flatnonzero(told[row]).tolist():
                other, chance = int(others[row, column]), float(chances[row, column])
                entity = int(pool.entities[other])
                sums[entity] = sums.get(entity, 0.0) + chance
                likeliest[entity] = max(likeliest.get(entity, (0.0, 0)), (chance, other))
            ranked = sorted(sums.items(), key=lambda item: (-item[1], item[0]))
            if ranked and ranked[0][1] >= options.linked:
                pool.entities[at] = ranked[0][0]
            else:
                self._entities += 1
                pool.entities[at] = self._entities
            found = tuple(
                ((start[likeliest[entity][1]], end[likeliest[entity][1]]), chance)
                for entity, chance in ranked[: options.most]
                if chance >= options.least
            )
            if found:
                yield Link((start[at], end[at]), found)

    def _kept(self, pool: _Held) -> _Held:
        """The last mentions, and of names before them the last one of each."""
        far = len(pool.mentions) - self._options.memory
        if far <= 0:
            return pool
        names: dict[int, int] = {}
        for at in range(far):
            if pool.mentions.kind[at] == NAME:
                names.pop(key := int(pool.mentions.whole[at]), None)
                names[key] = at
        kept = sorted(list(names.values())[-self._options.names :]) if self._options.names else []
        return pool.take(np.array([*kept, *range(far, len(pool.mentions))], dtype=np.int64))


def _together(one: _Held, other: _Held) -> _Held:
    return _Held(
        joined([one.mentions, other.mentions]),
        np.concatenate([one.vectors, other.vectors]),
        np.concatenate([one.scores, other.scores]),
        np.concatenate([one.entities, other.entities]),
    )


def tables(values: Mapping[str, object]) -> Tables:
    """From plain lists. Raises ``ValueError`` or ``TypeError`` for tables of another size, ``KeyError`` without one."""
    return Tables(*(np.array(values[name], dtype=np.float32) for name in ("match", "distance", "mention")))
