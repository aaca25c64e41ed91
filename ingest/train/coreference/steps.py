"""What a step learns from: the mentions of a few texts, the pairs of them, and how far both are from what is marked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional

from ingest.annotate.neural.coreference import NEVER
from ingest.annotate.neural.mentions import (
    DISTANCES,
    Integers,
    Mentions,
    candidate_spans,
    describe,
    joined,
    pair_features,
    possible,
)
from ingest.annotate.neural.windows import Window
from ingest.evaluate.coreference import standing_for
from ingest.train.coreference.data import Learned, Range
from ingest.train.coreference.network import CoreferenceNetwork, vectors

NOTHING = -1
"""The number of what an expression means that is not marked."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Windows of several texts, padded: states of each layer ``[b, t, 384]``, features ``[b, t, f]``, mask ``[b, t]``.

    ``rows``: of each row the text and the number of its window.
    """

    texts: Sequence[Learned]
    states: list[Tensor]
    features: Tensor
    mask: Tensor
    rows: list[tuple[int, int]]

    def window(self, row: int) -> tuple[Learned, Window]:
        """Whose row it is."""
        at, number = self.rows[row]
        return self.texts[at], self.texts[at].read.windows[number]


def collate(texts: Sequence[Learned]) -> Batch:
    """All windows of the texts, one row each."""
    rows = [(at, number) for at, text in enumerate(texts) for number in range(len(text.read.windows))]
    every = [texts[at].read.states[number] for at, number in rows]
    length = max(one.shape[1] for one in every)
    layers, _, width = every[0].shape
    states = np.zeros((layers, len(rows), length, width), dtype=np.float32)
    features = np.zeros((len(rows), length, texts[0].read.pieces.features.shape[1]), dtype=np.int64)
    mask = np.zeros((len(rows), length), dtype=np.bool_)
    for row, ((at, number), own) in enumerate(zip(rows, every, strict=True)):
        window, size = texts[at].read.windows[number], own.shape[1]
        states[:, row, :size] = own
        features[row, :size] = texts[at].read.pieces.features[window.start : window.end]
        mask[row, :size] = True
    return Batch(texts, list(torch.from_numpy(states)), torch.from_numpy(features), torch.from_numpy(mask), rows)


@dataclass(frozen=True, slots=True)
class Compared:
    """The mentions of a batch, text by text, with the likeliest before each.

    ``text`` and ``entity`` ``int64[n]``: whose they are, and what they mean; ``others`` ``[n, k]`` into them, and the
    log odds ``[n, k]`` of each against meaning nothing before; ``log`` ``[n, 1 + k]``: log probabilities, the first of
    nothing.
    """

    mentions: Mentions
    text: Integers
    entity: Integers
    others: Tensor
    odds: Tensor
    log: Tensor


def losses(network: CoreferenceNetwork, batch: Batch, *, threshold: float, keep: int) -> dict[str, Tensor]:
    """``mention`` and ``antecedent`` for each marked expression; ``pronoun`` for each text of one. Those it has."""
    scores, parts, shares = network.reader(batch.states, batch.features, batch.mask)
    spans = _spans(batch, scores.detach().numpy(), threshold)
    found = compare(network, batch, (scores, parts, shares), spans, keep)
    told: dict[str, Tensor] = {}
    if marked := sum(len(text.entities) for text in batch.texts):
        told["mention"] = _mention_loss(batch, scores) / marked
        told["antecedent"] = _antecedent_loss(batch, found) / marked
    if asked := [at for at, text in enumerate(batch.texts) if text.pronoun is not None]:
        every = [part for at in asked for part in _pronoun_losses(found, batch.texts[at], at)]
        told["pronoun"] = torch.stack(every).sum() / len(asked) if every else scores.sum() * 0
    return told


# --- mentions --------------------------------------------------------------------------------------------------


def _allowed(learned: Learned, window: Window) -> NDArray[np.bool_]:
    """Which spans of a window may be mentions that belong to it."""
    pieces, own = learned.read.pieces, slice(window.start, window.end)
    allowed = possible(pieces.word_starts[own], learned.read.place.sentence[own])
    allowed[: window.core_start - window.start] = False
    allowed[window.core_end - window.start :] = False
    return allowed


def _own(spans: Sequence[Range], window: Window) -> Iterator[Range]:
    """Those that begin in the window's core and end in the window, in its pieces, the last one included."""
    for low, high in spans:
        if window.core_start <= low < window.core_end and high <= window.end:
            yield low - window.start, high - 1 - window.start


def _mention_loss(batch: Batch, scores: Tensor) -> Tensor:
    loss = scores.new_zeros(())
    for row in range(len(batch.rows)):
        learned, window = batch.window(row)
        if not learned.entities:
            continue
        chosen = np.nonzero(_allowed(learned, window))
        labels = np.zeros((window.end - window.start,) * 2, dtype=np.float32)
        for low, high in _own(list(learned.entities), window):
            labels[low, high] = 1
        loss = loss + functional.binary_cross_entropy_with_logits(
            scores[row][chosen], torch.from_numpy(labels[chosen]), reduction="sum"
        )
    return loss


@dataclass(frozen=True, slots=True)
class _Spans:
    """Mentions by the row they were found in and their first and last piece there; ``start``, ``end`` in their text."""

    row: Integers
    first: Integers
    last: Integers
    start: Integers
    end: Integers
    text: Integers


def _spans(batch: Batch, scores: NDArray[np.float32], threshold: float) -> _Spans:
    """What the network takes for mentions, and all that are marked, in the order of the texts."""
    found: list[tuple[int, int, int, int, int, int]] = []
    for row, (at, _) in enumerate(batch.rows):
        learned, window = batch.window(row)
        pieces, size, own = learned.read.pieces, window.end - window.start, slice(window.start, window.end)
        within = np.where(_allowed(learned, window), scores[row, :size, :size], NEVER)
        sentence = learned.read.place.sentence[own]
        first, end, _ = candidate_spans(within, pieces.word_starts[own], sentence, threshold)
        spans = set(zip(first.tolist(), (end - 1).tolist(), strict=True))
        spans.update(_own(list(learned.entities), window))
        if learned.pronoun is not None:
            spans.update(_own([learned.pronoun], window))
            seen = {(low + window.start, high + 1 + window.start) for low, high in spans}
            spans.update(_own([name for name in learned.names if standing(learned, name, seen) is None], window))
        found += [(at, low + window.start, high + 1 + window.start, row, low, high) for low, high in spans]
    text, start, end, row, first, last = np.array(sorted(found), dtype=np.int64).T
    return _Spans(row, first, last, start, end, text)


def standing(learned: Learned, name: Range, spans: set[Range]) -> Range | None:
    """Which of the spans is the mention of a marked name, all in pieces; see ``standing_for``."""
    pieces = learned.read.pieces
    places = {pieces.offsets(*span): span for span in spans}
    found = standing_for(pieces.offsets(*name), places, learned.read.text)
    return places[found] if found else None


# --- pairs -----------------------------------------------------------------------------------------------------


def compare(
    network: CoreferenceNetwork, batch: Batch, outputs: tuple[Tensor, Tensor, Tensor], spans: _Spans, keep: int
) -> Compared:
    """Of each mention the ``keep`` likeliest before it in its text, looked at closely."""
    scores, parts, shares = outputs
    tables, entities = [], []
    for at in np.unique(spans.text).tolist():
        learned, own = batch.texts[at], spans.text == at
        start, end = spans.start[own], spans.end[own]
        tables.append(describe(learned.read.text, learned.read.pieces, learned.read.place, start, end))
        ranges = zip(start.tolist(), end.tolist(), strict=True)
        entities.append(np.array([learned.entities.get(one, NOTHING) for one in ranges], dtype=np.int64))
    mentions = joined(tables)
    where = [torch.from_numpy(np.ascontiguousarray(one)) for one in (spans.row, spans.first, spans.last)]
    whole = vectors(parts, shares, *where)
    vector, mine, theirs = whole.split([network.vector, network.coarse_size, network.coarse_size], dim=-1)
    coarse = network.coarse(mine, theirs, scores[tuple(where)], mentions)
    index = np.arange(len(mentions))
    before = (index[None, :] < index[:, None]) & (spans.text[None, :] == spans.text[:, None])
    coarse = coarse.masked_fill(~torch.from_numpy(before), NEVER)
    best, others = coarse.topk(min(keep, len(mentions)), dim=-1)
    pairs = torch.from_numpy(pair_features(mentions, index, others.numpy()))
    odds = best + network.judge(vector, torch.from_numpy(index), others, pairs)
    odds = odds.masked_fill(best <= NEVER / 2, NEVER)
    log = functional.log_softmax(functional.pad(odds, (1, 0)), dim=-1)
    return Compared(mentions, spans.text, np.concatenate(entities), others, odds, log)


def _antecedent_loss(batch: Batch, found: Compared) -> Tensor:
    """Minus the log probability that each mention means what a right one before it means, or nothing if none does."""
    known = np.array([bool(text.entities) for text in batch.texts])[found.text]
    right = (found.entity[:, None] == found.entity[found.others.numpy()]) & (found.entity[:, None] != NOTHING)
    right &= found.odds.detach().numpy() > NEVER / 2
    right = np.concatenate([~right.any(axis=1, keepdims=True), right], axis=1)
    chosen = found.log.masked_fill(~torch.from_numpy(right), 10 * NEVER).logsumexp(-1)
    return -chosen[torch.from_numpy(known)].sum()


def _pronoun_losses(found: Compared, learned: Learned, at: int) -> Iterator[Tensor]:
    """For each name, minus the log probability that the pronoun means it if it does, or else that it does not."""
    own = np.flatnonzero(found.text == at)
    low, count = int(own[0]), len(own)
    ranges = zip(found.mentions.start[own].tolist(), found.mentions.end[own].tolist(), strict=True)
    number = {span: one for one, span in enumerate(ranges)}
    assert learned.pronoun is not None
    names = [
        (number[place], means)
        for name, means in zip(learned.names, learned.means, strict=True)
        if (place := standing(learned, name, set(number))) is not None and place != learned.pronoun
    ]
    if not names or learned.pronoun not in number:
        return
    pronoun = number[learned.pronoun]
    local = found.others[low : low + count] - low
    inside = (local >= 0) & (local < count)
    links = found.log.new_zeros((count, count + 1)).scatter_add(
        1, torch.where(inside, local, count), found.log[low : low + count, 1:].exp() * inside
    )
    last = max([pronoun, *(at_name for at_name, _ in names)]) + 1
    same = same_thing(links[:last, :last])
    for at_name, means in names:
        chance = same[pronoun, at_name].clamp(1e-5, 1 - 1e-5)
        yield -(chance.log() if means else (1 - chance).log())


def same_thing(links: Tensor) -> Tensor:
    """As ``ingest.evaluate.coreference_report.same_thing``, and can be learned from."""
    same = links.new_ones((1, 1))
    for at in range(1, len(links)):
        row = links[at : at + 1, :at] @ same
        same = torch.cat([torch.cat([same, row]), torch.cat([row.T, row.new_ones((1, 1))])], 1)
    return same


def distances(mentions: Mentions) -> Integers:
    """``[n, n]``: how many mentions two of a text lie apart, in steps of ``DISTANCES``."""
    return np.digitize(mentions.number[:, None] - mentions.number[None, :], DISTANCES).astype(np.int64)
