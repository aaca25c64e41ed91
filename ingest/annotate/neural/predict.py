"""Runs the network over a text of any length and decodes what it finds, in numpy, whatever computes the scores."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from ingest.annotate.neural.acceptance import MEAN, MEASURES, log_odds, measures
from ingest.annotate.neural.decode import (
    Floats,
    bio_starts,
    bio_transitions,
    by_word,
    path_likelihood,
    spans_of,
    viterbi,
)
from ingest.annotate.neural.links import CONTENT, CUE, LINK_KINDS, SOURCE, slices
from ingest.annotate.neural.pieces import GAP, NEW_PARAGRAPH, Pieces
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
        """Scores ``[k, l, g]`` of the tags over ``LINK_KINDS``, and the log odds ``[k]`` that each is a cue."""
        ...

    @property
    def transitions(self) -> Floats:
        """``[g, g]``: the learned scores of one link tag after another."""
        ...


@dataclass(frozen=True, slots=True)
class Settings:
    """How texts are cut and what is kept.

    ``cue_bias`` is taken from the score of "no cue" to find candidates; a candidate stays when its log odds, from its
    ``MEASURES`` with the weights ``acceptance``, reach ``threshold``. A sentence starts with every paragraph, and where
    the log odds of that exceed ``sentence_threshold``.
    """

    window: int = 254
    context: int = 32
    reach: int = 72
    batch: int = 8
    link_batch: int = 32
    cue_bias: float = 0.0
    threshold: float = 0.0
    sentence_threshold: float = 0.0
    acceptance: tuple[float, ...] = MEAN

    def __post_init__(self) -> None:
        if len(self.acceptance) != len(MEASURES) + 1:
            raise ValueError(f"{len(self.acceptance)} weights for {len(MEASURES)} measures and a constant")


@dataclass(frozen=True, slots=True)
class Found:
    """An attribution in pieces, its cue as the second stage puts it, its ``MEASURES``, and its log odds from them."""

    cue: Range
    source: tuple[Range, ...]
    content: tuple[Range, ...]
    measures: tuple[float, ...]
    score: float

    @property
    def first(self) -> float:
        """The first stage's log odds that its weakest piece belongs to a cue."""
        return self.measures[MEASURES.index("first")]

    @property
    def second(self) -> float:
        """The second stage's log odds that it is a cue."""
        return self.measures[MEASURES.index("second")]


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
    best: dict[Range, Found] = {}
    for one in findings.attributions:  # two candidates may turn out to be the same cue
        if one.cue not in best or best[one.cue].score < one.score:
            best[one.cue] = one
    findings.attributions = [best[cue] for cue in sorted(best)]
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


def candidates(scores: Floats, mask: NDArray[np.bool_], bias: float) -> list[list[tuple[Range, float]]]:
    """Cues in the scores ``[b, t, 3]`` of each window, where ``mask`` ``[b, t]`` is true, with their log odds.

    Those are of a cue's weakest piece against "no cue".
    """
    biased = scores.copy()
    biased[..., 0] -= bias
    odds = np.logaddexp(scores[..., 1], scores[..., 2]) - scores[..., 0]
    return [
        [((start, end), float(odds[row, start:end].min())) for start, end, _ in spans_of(tags)]
        for row, tags in enumerate(viterbi(biased, bio_transitions(1), bio_starts(1), mask))
    ]


def _inner(mask: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """True for the real pieces: neither padding nor the special piece at either end."""
    inner = mask.copy()
    inner[:, 0] = False
    inner[np.arange(len(mask)), mask.sum(axis=1) - 1] = False
    return inner


def _analyse(
    pieces: Pieces, group: list[Window], network: Network, settings: Settings, name_kinds: int, findings: Findings
) -> None:
    ids, features, mask = padded(pieces, group)
    states, scores = network.encode(ids, features, mask)
    inner = _inner(mask)
    if "sentences" in scores:
        odds = scores["sentences"][..., 1] - scores["sentences"][..., 0]
        for row, window in enumerate(group):
            begins = odds[row, 1 : window.end - window.start + 1] > settings.sentence_threshold
            begins |= pieces.features[window.start : window.end, GAP] == NEW_PARAGRAPH
            findings.sentences.extend(
                at for at in (np.flatnonzero(begins) + window.start).tolist() if _in_core(at, window)
            )
    if "names" in scores:
        _names(pieces, group, scores["names"], name_kinds, findings)
    if "cue" in scores:
        waiting = [
            (row, (start - 1, end - 1), odds)
            for row, found in enumerate(candidates(scores["cue"], inner, settings.cue_bias))
            for (start, end), odds in found
            if _in_core(start - 1 + group[row].start, group[row])
        ]
        for at in range(0, len(waiting), settings.link_batch):
            chunk = waiting[at : at + settings.link_batch]
            findings.attributions.extend(_link(chunk, pieces, group, states, network, settings))


def _names(pieces: Pieces, group: list[Window], scores: Floats, name_kinds: int, findings: Findings) -> None:
    words = [
        by_word(scores[row, 1 : window.end - window.start + 1], pieces.word_starts[window.start : window.end])
        for row, window in enumerate(group)
    ]
    longest = max(len(firsts) for _, firsts in words)
    padded_words = np.zeros((len(group), longest, scores.shape[-1]), dtype=np.float32)
    mask = np.zeros((len(group), longest), dtype=np.bool_)
    for row, (of_words, firsts) in enumerate(words):
        padded_words[row, : len(firsts)] = of_words
        mask[row, : len(firsts)] = True
    tags = viterbi(padded_words, bio_transitions(name_kinds), bio_starts(name_kinds), mask)
    for window, row_tags, (_, firsts) in zip(group, tags, words, strict=True):
        bounds = np.concatenate((firsts, [window.end - window.start])) + window.start
        findings.names.extend(
            (int(bounds[start]), int(bounds[end]), kind)
            for start, end, kind in spans_of(row_tags)
            if _in_core(int(bounds[start]), window)
        )


def _in_core(at: int, window: Window) -> bool:
    return window.core_start <= at < window.core_end


def _link(
    chunk: Sequence[tuple[int, Range, float]],
    pieces: Pieces,
    group: Sequence[Window],
    states: Floats,
    network: Network,
    settings: Settings,
) -> Iterator[Found]:
    """Each cue with its own source and content; rows and ranges count within their window."""
    parts = []
    for row, cue, _ in chunk:
        window = group[row]
        own = pieces.features[window.start : window.end]
        cut = slices(np.array([cue]), own, settings.reach)
        parts.append((states[row, cut.index[0] + 1], own[cut.index[0]], cut.places[0], cut.inside[0]))
    near, features, places, mask = (np.stack(column) for column in zip(*parts, strict=True))
    scores, second = network.link(near, features.astype(np.int64), places.astype(np.int64), mask)
    starts = bio_starts(len(LINK_KINDS))
    tags = viterbi(scores, network.transitions, starts, mask)
    paths = path_likelihood(scores, tags, network.transitions, starts, mask)
    for (row, cue, first), cue_tags, odds, path in zip(chunk, tags, second, paths, strict=True):
        base = group[row].start
        low = base + cue[0] - settings.reach
        roles: tuple[list[Range], ...] = tuple([] for _ in LINK_KINDS)
        for start, end, kind in spans_of(cue_tags):
            roles[kind].append((start + low, end + low))
        guess = (cue[0] + base, cue[1] + base)
        ends = next((span for span in roles[CUE] if span[0] < guess[1] and guess[0] < span[1]), guess)
        values = measures(guess, ends, roles[SOURCE], roles[CONTENT], (first, float(odds)), float(path))
        yield Found(ends, tuple(roles[SOURCE]), tuple(roles[CONTENT]), values, log_odds(settings.acceptance, values))
