"""Runs the network over a text of any length and decodes what it finds, in numpy, whatever computes the scores."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice, pairwise
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from ingest.annotate.neural.acceptance import MEAN, MEASURES, log_odds, measures
from ingest.annotate.neural.coreference import Link
from ingest.annotate.neural.decode import (
    IMPOSSIBLE,
    Floats,
    bio_starts,
    bio_transitions,
    by_word,
    path_likelihood,
    spans_of,
    viterbi,
)
from ingest.annotate.neural.links import CONTENT, CUE, LINK_KINDS, SOURCE, slices
from ingest.annotate.neural.pieces import GAP, NEW_PARAGRAPH, Features, Pieces
from ingest.annotate.neural.windows import Window, windows

CLS, SEP, PAD = 101, 102, 0
LOWER = "lower"
"""Under which name a network gives, with the scores, the states of a lower layer, for who reads both."""
Range = tuple[int, int]
Candidate = tuple[Range, float]
"""A cue of the first stage, with the log odds that it is one."""


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
    context: int = 16
    reach: int = 72
    batch: int = 16
    link_batch: int = 8
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
    """What a text holds, in pieces: sentence starts, names ``(start, end, kind)``, candidate attributions, links."""

    sentences: list[int] = field(default_factory=list)
    names: list[tuple[int, int, int]] = field(default_factory=list)
    attributions: list[Found] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)


class Reader(Protocol):
    """What reads the encoder's states too, and finds what may mean the same."""

    def resolve(self, group: Sequence[Window], states: Floats, sentences: Sequence[int]) -> Iterable[Link]:
        """The links in the next windows, with the starts of all sentences known so far."""
        ...


def analyse(
    pieces: Pieces, network: Network, settings: Settings, name_kinds: int, resolver: Reader | None = None
) -> Findings:
    """All findings of one text, in order. Memory does not grow with the text but for what is found.

    Links are found where there is a ``resolver``, which begins with this text.
    """
    findings = Findings()
    linking = _Linking(pieces, network, settings)
    reached = 0  # where the last candidate ends
    parts = windows(pieces.features[:, GAP], settings.window, settings.context)
    while group := list(islice(parts, settings.batch)):
        states, scores = network.encode(*padded(pieces, group))
        if "sentences" in scores:
            _sentences(pieces, group, scores["sentences"], settings, findings)
        if "names" in scores:
            _names(pieces, group, scores["names"], name_kinds, findings)
        if "cue" in scores:
            cues = _cues(group, scores["cue"], settings, reached)
            reached = cues[-1][0][1] if cues else reached
            findings.attributions.extend(linking.link(group, states, cues))
        if resolver is not None:
            seen = np.concatenate([scores[LOWER], states], axis=-1) if LOWER in scores else states
            findings.links.extend(resolver.resolve(group, seen, findings.sentences))
    findings.attributions = apart(findings.attributions)
    return findings


def apart(found: Iterable[Found]) -> list[Found]:
    """The attributions by the place of their cues, of those whose cues overlap only the one with the best score.

    Two candidates may turn out to be the same cue, or one of them a part of the other: "was said" and "said".
    """
    kept: list[Found] = []
    for one in sorted(found, key=lambda one: (one.cue, -one.score)):
        if kept and one.cue[0] < kept[-1].cue[1]:
            if one.score > kept[-1].score:
                kept[-1] = one
        else:
            kept.append(one)
    return kept


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


def _inner(group: Sequence[Window], length: int) -> NDArray[np.bool_]:
    """``bool[b, length]``, true for the real pieces of padded windows: neither padding nor a special piece."""
    at = np.arange(length)
    sizes = np.array([[window.end - window.start] for window in group])
    return (at >= 1) & (at <= sizes)


def _sentences(pieces: Pieces, group: Sequence[Window], scores: Floats, settings: Settings, findings: Findings) -> None:
    odds = scores[..., 1] - scores[..., 0]
    for row, window in enumerate(group):
        first = window.core_start - window.start + 1
        begins = odds[row, first : first + window.core_end - window.core_start] > settings.sentence_threshold
        begins |= pieces.features[window.core_start : window.core_end, GAP] == NEW_PARAGRAPH
        findings.sentences.extend((np.flatnonzero(begins) + window.core_start).tolist())


def _names(pieces: Pieces, group: list[Window], scores: Floats, name_kinds: int, findings: Findings) -> None:
    words = [
        by_word(scores[row, 1 : window.end - window.start + 1], pieces.word_starts[window.start : window.end])
        for row, window in enumerate(group)
    ]
    longest = max(len(firsts) for _, firsts in words)
    padded_words = np.zeros((len(group), longest, scores.shape[-1]), dtype=np.float32)
    mask = np.zeros((len(group), longest), dtype=np.bool_)
    for row, (window, (of_words, firsts)) in enumerate(zip(group, words, strict=True)):
        padded_words[row, : len(firsts)] = of_words
        begins_paragraph = pieces.features[firsts + window.start, GAP] == NEW_PARAGRAPH
        padded_words[row, : len(firsts), 2::2] += IMPOSSIBLE * begins_paragraph[:, None]  # no name runs on there
        mask[row, : len(firsts)] = True
    tags = viterbi(padded_words, bio_transitions(name_kinds), bio_starts(name_kinds), mask)
    for window, row_tags, (_, firsts) in zip(group, tags, words, strict=True):
        bounds = np.concatenate((firsts, [window.end - window.start])) + window.start
        for first, last, kind in spans_of(row_tags):
            start, end = int(bounds[first]), int(bounds[last])
            if _counts(start, end, window, findings.names[-1][1] if findings.names else 0):
                findings.names.append((start, end, kind))


def _cues(group: Sequence[Window], scores: Floats, settings: Settings, reached: int) -> list[Candidate]:
    """The candidates of windows, in pieces of the text, in order; those of earlier windows end at ``reached``."""
    found = candidates(scores, _inner(group, scores.shape[1]), settings.cue_bias)
    cues: list[Candidate] = []
    for window, ones in zip(group, found, strict=True):
        for (first, last), odds in ones:
            start, end = first - 1 + window.start, last - 1 + window.start
            if _counts(start, end, window, reached):
                cues.append(((start, end), odds))
                reached = end
    return cues


def _counts(start: int, end: int, window: Window, reached: int) -> bool:
    """Whether a span that a window shows is to be kept; those kept so far end at ``reached``.

    Two windows may disagree about where a span at their seam begins, each taking it for the other's. So whatever
    touches a window's core counts, the first window's before the second one's where they overlap.
    """
    return start < window.core_end and end > window.core_start and start >= reached


class _Linking:
    """Finds each cue's own source and content, as soon as all pieces within its reach have been read.

    A piece's state is that of the window whose core it stands in, so that a cue reaches as far at a window's edge as
    anywhere else. States that no cue to come can reach are let go.
    """

    def __init__(self, pieces: Pieces, network: Network, settings: Settings) -> None:
        self._pieces = pieces
        self._network = network
        self._settings = settings
        self._states: Floats = np.empty((0, 0), dtype=np.float32)
        self._start = 0
        self._waiting: list[Candidate] = []

    def link(self, group: Sequence[Window], states: Floats, cues: Sequence[Candidate]) -> list[Found]:
        """Takes the states ``[b, t, w]`` of the next windows and the cues in them; answers what can be told by now."""
        cores = [
            states[row, 1 + window.core_start - window.start : 1 + window.core_end - window.start]
            for row, window in enumerate(group)
        ]
        self._states = np.concatenate([self._states, *cores] if len(self._states) else cores)
        self._waiting.extend(cues)
        reach, read = self._settings.reach, group[-1].core_end
        ready = len(self._waiting)
        if read < len(self._pieces):
            ready = sum(1 for (start, _), _ in self._waiting if start + reach <= read)
        found = list(self._linked(self._waiting[:ready])) if ready else []
        del self._waiting[:ready]
        # A cue that the next window finds may begin before its core.
        keep = max(self._start, min([read - self._settings.context, *(at for (at, _), _ in self._waiting)]) - reach)
        self._states = self._states[keep - self._start :]
        self._start = keep
        return found

    def _linked(self, cues: Sequence[Candidate]) -> Iterator[Found]:
        reach = self._settings.reach
        ranges = np.array([cue for cue, _ in cues])
        features = self._pieces.features[self._start : self._start + len(self._states)]
        cut = slices(ranges - self._start, features, reach)
        used = np.flatnonzero(cut.inside.any(axis=0))
        mask = cut.inside[:, used]
        scores, second = self._scores(cut.index[:, used], features, cut.places[:, used], mask)
        starts = bio_starts(len(LINK_KINDS))
        tags = viterbi(scores, self._network.transitions, starts, mask)
        paths = path_likelihood(scores, tags, self._network.transitions, starts, mask)
        for (guess, first), cue_tags, odds, path in zip(cues, tags, second, paths, strict=True):
            low = guess[0] - reach + int(used[0])
            roles: tuple[list[Range], ...] = tuple([] for _ in LINK_KINDS)
            for start, end, kind in spans_of(cue_tags):
                roles[kind].append((start + low, end + low))
            ends = next((span for span in roles[CUE] if span[0] < guess[1] and guess[0] < span[1]), guess)
            values = measures(guess, ends, roles[SOURCE], roles[CONTENT], (first, float(odds)), float(path))
            score = log_odds(self._settings.acceptance, values)
            cue = next(part for part in self._by_paragraph([ends]) if part[0] < guess[1] and guess[0] < part[1])
            yield Found(cue, self._by_paragraph(roles[SOURCE]), self._by_paragraph(roles[CONTENT]), values, score)

    def _by_paragraph(self, spans: Sequence[Range]) -> tuple[Range, ...]:
        """The same spans, but none over a blank line: what runs on there is a piece for each paragraph."""
        parts: list[Range] = []
        for start, end in spans:
            breaks = np.flatnonzero(self._pieces.features[start + 1 : end, GAP] == NEW_PARAGRAPH) + start + 1
            parts.extend(pairwise([start, *breaks.tolist(), end]))
        return tuple(parts)

    def _scores(
        self, index: NDArray[np.int64], features: Features, places: Features, mask: NDArray[np.bool_]
    ) -> tuple[Floats, Floats]:
        parts = []
        for at in range(0, len(index), self._settings.link_batch):
            rows = slice(at, at + self._settings.link_batch)
            near = index[rows]
            parts.append(
                self._network.link(
                    self._states[near], features[near].astype(np.int64), places[rows].astype(np.int64), mask[rows]
                )
            )
        scores, second = (np.concatenate(column) for column in zip(*parts, strict=True))
        return scores, second
