"""Runs the network over a text of any length and decodes what it finds, in numpy, whatever computes the scores."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from ingest.annotate.neural.decode import (
    Floats,
    bio_starts,
    bio_transitions,
    log_softmax,
    spans_of,
    viterbi,
)
from ingest.annotate.neural.links import LINK_KINDS, slices
from ingest.annotate.neural.pieces import Pieces
from ingest.annotate.neural.windows import Window, windows

CLS, SEP, PAD = 101, 102, 0
Range = tuple[int, int]


class Network(Protocol):
    """Whatever computes the scores: PyTorch while training, ONNX Runtime afterwards."""

    def encode(
        self, ids: NDArray[np.int64], features: NDArray[np.int64], mask: NDArray[np.bool_]
    ) -> tuple[Floats, Mapping[str, Floats]]:
        """States ``[b, t, w]`` and each head's scores ``[b, t, k]`` of padded windows with the special pieces."""
        ...

    def link(
        self, states: Floats, features: NDArray[np.int64], places: NDArray[np.int64], mask: NDArray[np.bool_]
    ) -> tuple[Floats, Floats]:
        """Tag scores ``[k, l, 5]`` and the log odds ``[k]`` that each is a cue."""
        ...

    @property
    def transitions(self) -> Floats:
        """``[5, 5]``: the learned scores of one link tag after another."""
        ...


@dataclass(frozen=True, slots=True)
class Settings:
    """How texts are cut and what is kept.

    ``cue_bias`` is taken from the score of "no cue" to find candidates; a candidate stays when the mean of its log odds
    in both stages reaches ``threshold``.
    """

    window: int = 254
    context: int = 32
    reach: int = 72
    batch: int = 8
    link_batch: int = 32
    cue_bias: float = 1.0
    threshold: float = 0.0


@dataclass(frozen=True, slots=True)
class Found:
    """An attribution in pieces, with the log odds of its cue in the first and in the second stage."""

    cue: Range
    source: tuple[Range, ...]
    content: tuple[Range, ...]
    first: float
    second: float

    @property
    def score(self) -> float:
        """The mean of both stages' log odds."""
        return (self.first + self.second) / 2


@dataclass(slots=True)
class Findings:
    """What a text holds, in pieces: sentence starts, names ``(start, end, kind)`` and candidate attributions."""

    sentences: list[int] = field(default_factory=list)
    names: list[tuple[int, int, int]] = field(default_factory=list)
    attributions: list[Found] = field(default_factory=list)


def analyse(pieces: Pieces, network: Network, settings: Settings, name_kinds: int) -> Findings:
    """All findings of one text, in order. Memory does not grow with the text but for what is found."""
    findings = Findings()
    parts = windows(pieces.features[:, 1], settings.window, settings.context)
    while group := list(islice(parts, settings.batch)):
        _analyse(pieces, group, network, settings, name_kinds, findings)
    return findings


def padded(pieces: Pieces, group: Sequence[Window]) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.bool_]]:
    """Ids, features and mask of windows as the encoder reads them: a special piece at both ends, padding after."""
    length = max(window.end - window.start for window in group) + 2
    ids = np.full((len(group), length), PAD, dtype=np.int64)
    features = np.zeros((len(group), length, pieces.features.shape[1]), dtype=np.int64)
    mask = np.zeros((len(group), length), dtype=np.bool_)
    for row, window in enumerate(group):
        size = window.end - window.start
        ids[row, 0], ids[row, size + 1] = CLS, SEP
        ids[row, 1 : size + 1] = pieces.ids[window.start : window.end]
        features[row, 1 : size + 1] = pieces.features[window.start : window.end]
        mask[row, : size + 2] = True
    return ids, features, mask


def candidates(scores: Floats, bias: float) -> tuple[list[Range], list[float]]:
    """Cues in the scores ``[n, 3]`` of one window, and the log odds of each: its weakest piece against "no cue"."""
    biased = scores.copy()
    biased[:, 0] -= bias
    ranges = [(start, end) for start, end, _ in spans_of(viterbi(biased, bio_transitions(1), bio_starts(1)))]
    odds = np.logaddexp(scores[:, 1], scores[:, 2]) - scores[:, 0]
    return ranges, [float(odds[start:end].min()) for start, end in ranges]


def _analyse(
    pieces: Pieces, group: list[Window], network: Network, settings: Settings, name_kinds: int, findings: Findings
) -> None:
    ids, features, mask = padded(pieces, group)
    states, scores = network.encode(ids, features, mask)
    waiting: list[tuple[int, int, Range, float]] = []
    for row, window in enumerate(group):
        size, base = window.end - window.start, window.start
        inner = slice(1, size + 1)
        if "sentences" in scores:
            starts = np.flatnonzero(scores["sentences"][row, inner, 1] > scores["sentences"][row, inner, 0]) + base
            findings.sentences.extend(at for at in starts.tolist() if window.core_start <= at < window.core_end)
        if "names" in scores:
            tags = viterbi(
                log_softmax(scores["names"][row, inner]), bio_transitions(name_kinds), bio_starts(name_kinds)
            )
            findings.names.extend(
                (start + base, end + base, kind)
                for start, end, kind in spans_of(tags)
                if window.core_start <= start + base < window.core_end
            )
        if "cue" in scores:
            for cue, odds in zip(*candidates(scores["cue"][row, inner], settings.cue_bias), strict=True):
                if window.core_start <= cue[0] + base < window.core_end:
                    waiting.append((row, base, cue, odds))
    for chunk in _chunks(waiting, settings.link_batch):
        findings.attributions.extend(_link(chunk, pieces, group, states, network, settings))


def _chunks(items: list[tuple[int, int, Range, float]], size: int) -> Iterator[list[tuple[int, int, Range, float]]]:
    for at in range(0, len(items), size):
        yield items[at : at + size]


def _link(
    chunk: list[tuple[int, int, Range, float]],
    pieces: Pieces,
    group: list[Window],
    states: Floats,
    network: Network,
    settings: Settings,
) -> Iterator[Found]:
    parts = []
    for row, _, cue, _ in chunk:
        window = group[row]
        own = pieces.features[window.start : window.end]
        cut = slices(np.array([cue]), own, settings.reach)
        parts.append((states[row, cut.index[0] + 1], own[cut.index[0]], cut.places[0], cut.inside[0], cut.index[0]))
    near, features, places, mask, index = (np.stack(column) for column in zip(*parts, strict=True))
    tags, odds = network.link(near, features.astype(np.int64), places.astype(np.int64), mask)
    kinds = len(LINK_KINDS)
    transitions, starts = network.transitions, bio_starts(kinds)
    for at, (_, base, cue, first) in enumerate(chunk):
        here = mask[at]
        spans = spans_of(viterbi(tags[at][here], transitions, starts))
        low = int(index[at][here][0]) + base
        roles: list[list[Range]] = [[], []]
        for start, end, kind in spans:
            roles[kind].append((start + low, end + low))
        found_cue = (cue[0] + base, cue[1] + base)
        yield Found(found_cue, tuple(roles[0]), tuple(roles[1]), first, float(odds[at]))
