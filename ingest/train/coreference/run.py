"""Learning steps of coreference."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from ingest.annotate.neural.mentions import (
    DISTANCES,
    Mentions,
    candidate_spans,
    describe,
    joined,
    pair_features,
    possible,
)
from ingest.evaluate.coreference import standing_for
from ingest.train.coreference.data import Learned
from ingest.train.coreference.network import CoreferenceNetwork, vectors

FAR = -1e4


@dataclass(frozen=True, slots=True)
class Batch:
    """Windows of several texts, padded: states of each layer ``[b, t, 384]``, features, mask; whose each row is."""

    texts: Sequence[Learned]
    states: list[Tensor]
    features: Tensor
    mask: Tensor
    rows: list[tuple[int, int]]
    """Of each row the text and the number of its window."""


def collate(texts: Sequence[Learned]) -> Batch:
    rows = [(at, number) for at, text in enumerate(texts) for number in range(len(text.read.windows))]
    length = max(text.read.states[number].shape[1] for text in texts for number in range(len(text.read.windows)))
    layers = texts[0].read.states[0].shape[0]
    width = texts[0].read.states[0].shape[2]
    states = np.zeros((layers, len(rows), length, width), dtype=np.float32)
    features = np.zeros((len(rows), length, texts[0].read.pieces.features.shape[1]), dtype=np.int64)
    mask = np.zeros((len(rows), length), dtype=np.bool_)
    for row, (at, number) in enumerate(rows):
        read = texts[at].read
        window, own = read.windows[number], read.states[number]
        size = own.shape[1]
        states[:, row, :size] = own
        features[row, :size] = read.pieces.features[window.start : window.end]
        mask[row, :size] = True
    return Batch(texts, list(torch.from_numpy(states)), torch.from_numpy(features), torch.from_numpy(mask), rows)


@dataclass(frozen=True, slots=True)
class Losses:
    mention: Tensor
    antecedent: Tensor
    pronoun: Tensor


@dataclass(frozen=True, slots=True)
class Compared:
    """All mentions of a batch with the likeliest before each: ``table``, whose text, entity (-1 none), logits."""

    table: Mentions
    text: np.ndarray
    entity: np.ndarray
    others: Tensor
    logits: Tensor


def compare(network: CoreferenceNetwork, batch: Batch, *, threshold: float, keep: int, inject: bool):
    scores, parts, shares = network.reader(batch.states, batch.features, batch.mask)
    scores = scores.float()
    plain = scores.detach().numpy()
    mention_loss = scores.new_zeros(())
    tables, texts, entities, rows, firsts, lasts = [], [], [], [], [], []
    by_text: dict[int, list[tuple[int, int, int]]] = {}
    for row, (at, number) in enumerate(batch.rows):
        learned = batch.texts[at]
        read = learned.read
        window = read.windows[number]
        size = window.end - window.start
        own = slice(window.start, window.end)
        word_starts, sentence = read.pieces.word_starts[own], read.place.sentence[own]
        core = np.arange(window.start, window.end)
        core = (core >= window.core_start) & (core < window.core_end)
        allowed = possible(word_starts, sentence) & core[:, None]
        gold = {
            (low - window.start, high - 1 - window.start)
            for low, high in learned.entities
            if window.core_start <= low < window.core_end and high <= window.end
        }
        if learned.entities:
            labels = np.zeros((size, size), dtype=np.float32)
            for low, high in gold:
                labels[low, high] = 1
            chosen = np.nonzero(allowed)
            mention_loss = mention_loss + functional.binary_cross_entropy_with_logits(
                scores[row][chosen], torch.from_numpy(labels[chosen]), reduction="sum"
            )
        first, end, _ = candidate_spans(
            np.where(core[:, None], plain[row, :size, :size], FAR), word_starts, sentence, threshold
        )
        spans = set(zip(first.tolist(), (end - 1).tolist(), strict=True))
        if inject:
            spans |= gold
        spans_abs = {(low + window.start, high + 1 + window.start) for low, high in spans}
        if inject and learned.pronoun is not None:
            for wanted in (learned.pronoun, *learned.names):
                if window.core_start <= wanted[0] < window.core_end and wanted[1] <= window.end:
                    if wanted is learned.pronoun or _standing(learned, wanted, spans_abs) is None:
                        spans.add((wanted[0] - window.start, wanted[1] - 1 - window.start))
                        spans_abs.add(wanted)
        by_text.setdefault(at, []).extend((row, low, high) for low, high in sorted(spans))
    for at, found in sorted(by_text.items()):
        learned = batch.texts[at]
        read = learned.read
        starts = np.array([low + read.windows[batch.rows[row][1]].start for row, low, _ in found], dtype=np.int64)
        ends = np.array([high + 1 + read.windows[batch.rows[row][1]].start for row, _, high in found], dtype=np.int64)
        order = np.lexsort((ends, starts))
        found = [found[one] for one in order]
        starts, ends = starts[order], ends[order]
        tables.append(describe(read.text, read.pieces, read.place, starts, ends))
        texts.append(np.full(len(found), at))
        entities.append(
            np.array([learned.entities.get((s, e), -1) for s, e in zip(starts.tolist(), ends.tolist(), strict=True)])
        )
        rows += [row for row, _, _ in found]
        firsts += [low for _, low, _ in found]
        lasts += [high for _, _, high in found]
    table = joined(tables)
    text, entity = np.concatenate(texts), np.concatenate(entities)
    at_rows, at_first, at_last = torch.tensor(rows), torch.tensor(firsts), torch.tensor(lasts)
    whole = vectors(parts, shares, at_rows, at_first, at_last)
    vector, own, other = whole.split([network.vector, network.coarse_size, network.coarse_size], dim=-1)
    mention = scores[at_rows, at_first, at_last]
    count = len(table)
    index = np.arange(count)
    before = (index[None, :] < index[:, None]) & (text[None, :] == text[:, None])
    same_head = (table.head[:, None] == table.head[None, :]) & (table.head[:, None] != 0)
    same_all = (table.whole[:, None] == table.whole[None, :]) & (table.whole[:, None] != 0)
    coarse = network.coarse(
        own,
        other,
        (mention, mention),
        torch.from_numpy(table.kind),
        torch.from_numpy(np.where(same_all, 2, np.where(same_head, 1, 0))),
        torch.from_numpy(np.digitize(table.number[:, None] - table.number[None, :], DISTANCES)),
    )
    coarse = coarse.masked_fill(~torch.from_numpy(before), FAR)
    best, others = coarse.topk(min(keep, count), dim=-1)
    pairs = torch.from_numpy(pair_features(table, index, others.numpy()))
    close = network.judge(vector, torch.from_numpy(index), others, pairs)
    logits = torch.where(best <= FAR / 2, torch.full_like(best, FAR), best + close.float())
    return Compared(table, text, entity, others, logits), mention_loss


def _standing(learned: Learned, name: tuple[int, int], spans: set[tuple[int, int]]) -> tuple[int, int] | None:
    pieces = learned.read.pieces
    places = {pieces.offsets(*span): span for span in spans}
    found = standing_for(pieces.offsets(*name), places, learned.read.text)
    return places[found] if found else None


def losses(network: CoreferenceNetwork, batch: Batch, *, threshold: float, keep: int) -> Losses:
    found, mention_loss = compare(network, batch, threshold=threshold, keep=keep, inject=True)
    log_all = functional.log_softmax(functional.pad(found.logits, (1, 0)), dim=-1)
    zero = log_all.new_zeros(())
    marked = sum(len(text.entities) for text in batch.texts)
    antecedent = pronoun = zero
    if marked:
        known = np.array([bool(text.entities) for text in batch.texts])[found.text]
        other = found.others.numpy()
        right = (found.entity[:, None] == found.entity[other]) & (found.entity[:, None] >= 0)
        right &= found.logits.detach().numpy() > FAR / 2
        right = np.concatenate([~right.any(1, keepdims=True), right], axis=1)
        chosen = log_all.masked_fill(~torch.from_numpy(right), FAR * 10).logsumexp(-1)
        antecedent = -chosen[torch.from_numpy(known)].sum() / marked
        mention_loss = mention_loss / marked
    asked = [at for at, text in enumerate(batch.texts) if text.pronoun is not None]
    if asked:
        parts = []
        for at in asked:
            parts += _pronoun(found, batch.texts[at], at, log_all)
        if parts:
            pronoun = torch.stack(parts).sum() / len(asked)
    return Losses(mention_loss, antecedent, pronoun)


def _pronoun(found: Compared, learned: Learned, at: int, log_all: Tensor) -> list[Tensor]:
    index = np.flatnonzero(found.text == at)
    low = int(index[0])
    count = len(index)
    spans = list(zip(found.table.start[index].tolist(), found.table.end[index].tolist(), strict=True))
    own = {span: one for one, span in enumerate(spans)}
    links = log_all.new_zeros((count, found.logits.shape[1] * 0 + count + 1))
    local = found.others[index[0] : index[0] + count] - low
    probability = log_all[low : low + count, 1:].exp()
    valid = (local >= 0) & (local < count)
    links = links.scatter_add(1, torch.where(valid, local, count), probability * valid)[:, :count]
    assert learned.pronoun is not None
    if learned.pronoun not in own:
        return []
    wanted = [(name, means) for name, means in zip(learned.names, learned.means, strict=True)]
    places = [(_standing(learned, name, set(spans)), means) for name, means in wanted]
    last = max([own[learned.pronoun], *(own[place] for place, _ in places if place is not None)]) + 1
    together = same_entity(links[:last, :last])
    answers = []
    for place, means in places:
        if place is None or place == learned.pronoun:
            continue
        chance = together[own[learned.pronoun], own[place]].clamp(1e-5, 1 - 1e-5)
        answers.append(-(chance.log() if means else (1 - chance).log()))
    return answers


def same_entity(links: Tensor) -> Tensor:
    """``[n, n]``: the probability that two mentions mean the same, where each means what the one it is linked to means.

    ``links`` ``[n, n]``: the probability of each link to an earlier mention, which are independent of one another.
    """
    together = links.new_ones((1, 1))
    for at in range(1, len(links)):
        row = links[at : at + 1, :at] @ together
        together = torch.cat([torch.cat([together, row], 0), torch.cat([row.T, row.new_ones((1, 1))], 0)], 1)
    return together
