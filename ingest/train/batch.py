"""Windows as tensors, and the loss of a batch."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional

from ingest.annotate.neural.decode import spans_of
from ingest.annotate.neural.links import Slices, slices
from ingest.annotate.neural.predict import CLS, PAD, SEP, Range, candidates
from ingest.train.config import Config
from ingest.train.labels import Example, Link
from ingest.train.network import Network


@dataclass(frozen=True, slots=True)
class Batch:
    """Windows of one task; ``at`` are the flat positions of the real pieces among ``b * t``, as ``labels`` has them."""

    examples: Sequence[Example]
    ids: Tensor
    features: Tensor
    mask: Tensor
    at: Tensor
    labels: Mapping[str, Tensor]

    @property
    def pieces(self) -> int:
        """How many real pieces there are."""
        return len(self.at)


def collate(examples: Sequence[Example], device: torch.device) -> Batch:
    """Pads windows of one task to one length, the encoder's special pieces around each."""
    length = max(len(example.pieces) for example in examples) + 2
    count = len(examples)
    ids = np.full((count, length), PAD, dtype=np.int64)
    features = np.zeros((count, length, examples[0].pieces.features.shape[1]), dtype=np.int64)
    mask = np.zeros((count, length), dtype=np.bool_)
    at = []
    for row, example in enumerate(examples):
        size = len(example.pieces)
        ids[row, 0], ids[row, size + 1] = CLS, SEP
        ids[row, 1 : size + 1] = example.pieces.ids
        features[row, 1 : size + 1] = example.pieces.features
        mask[row, : size + 2] = True
        at.append(row * length + 1 + np.arange(size))
    labels = {name: np.concatenate([example.labels[name] for example in examples]) for name in examples[0].labels}
    return Batch(
        examples,
        torch.from_numpy(ids).to(device),
        torch.from_numpy(features).to(device),
        torch.from_numpy(mask).to(device),
        torch.from_numpy(np.concatenate(at)).to(device),
        {name: _tensor(values).to(device) for name, values in labels.items()},
    )


def _tensor(values: NDArray[np.generic]) -> Tensor:
    return torch.from_numpy(values if values.dtype == np.bool_ else values.astype(np.int64))


def losses(network: Network, batch: Batch, config: Config) -> dict[str, Tensor]:
    """Minus the log likelihood of each head's labels, per real piece of the batch; not yet weighted."""
    encoded = network(batch.ids, batch.features, batch.mask, frozenset(batch.labels))
    result: dict[str, Tensor] = {}
    for name, scores in encoded.scores.items():
        flat = scores.flatten(0, 1)[batch.at].float()
        result[name] = network.heads[name].loss(flat, batch.labels[name]) / batch.pieces
    if "cue" in batch.labels:
        result.update(_link_losses(network, batch, encoded.states, encoded.scores["cue"], config))
    return result


def linker_lessons(example: Example, guessed: Sequence[Range]) -> list[tuple[Range, Link | None]]:
    """The cues that the second stage learns from, each with the link that it belongs to, or none where it is wrong.

    True cues; guesses of the first stage that overlap one, whose ends the second stage should put right; and guesses
    beside all of them, which it should refuse. A guess at a true cue whose link leaves the window teaches nothing.
    """
    links = {(link.start, link.end): link for link in example.links}
    lessons: list[tuple[Range, Link | None]] = [*links.items()]
    marked = [(start, end) for start, end, _ in spans_of(example.labels["cue"])]
    for guess in guessed[: 2 * len(marked) + 4]:
        if guess in links or guess in marked:
            continue
        near = [cue for cue in marked if cue[0] < guess[1] and guess[0] < cue[1]]
        if not near:
            lessons.append((guess, None))
        elif near[0] in links:
            lessons.append((guess, links[near[0]]))
    return lessons


def own_tags(links: Sequence[Link | None], cut: Slices) -> NDArray[np.int8]:
    """The tags ``[k, l]`` of each link in its slice; none where there is no link.

    What goes on from before its slice, or after another span within it, begins anew: a sequence with an inside tag that
    continues nothing is impossible, and a single one would outweigh all other losses.
    """
    tags = np.zeros(cut.index.shape, dtype=np.int8)
    for row, link in enumerate(links):
        if link is not None:
            tags[row] = np.where(cut.inside[row], link.tags[cut.index[row]], 0)
    before = np.pad(tags[:, :-1], ((0, 0), (1, 0)))
    inside = (tags > 0) & (tags % 2 == 0)
    return tags - (inside & (before != tags) & (before != tags - 1)).astype(np.int8)


def _link_losses(network: Network, batch: Batch, states: Tensor, cue: Tensor, config: Config) -> dict[str, Tensor]:
    """Of the second stage: the spans of true cues, and which of those and the first stage's wrong ones are true."""
    scores = cue.detach().float().cpu().numpy()
    inner = np.zeros(scores.shape[:2], dtype=np.bool_)
    inner.reshape(-1)[batch.at.cpu().numpy()] = True
    guesses = candidates(scores, inner, config.negative_cues)
    length = batch.ids.shape[1]
    index, features, places, inside, tags, valid = [], [], [], [], [], []
    for row, example in enumerate(batch.examples):
        guessed = [(start - 1, end - 1) for (start, end), _ in guesses[row]]
        lessons = linker_lessons(example, guessed)
        if not lessons:
            continue
        cut = slices(np.array([cue for cue, _ in lessons]), example.pieces.features, config.reach)
        index.append(cut.index + 1 + row * length)
        features.append(example.pieces.features[cut.index])
        places.append(cut.places)
        inside.append(cut.inside)
        tags.append(own_tags([link for _, link in lessons], cut))
        valid.append(np.array([link is not None for _, link in lessons]))
    if not index:
        return {}
    device = states.device
    mask = torch.from_numpy(np.concatenate(inside)).to(device)
    truth = torch.from_numpy(np.concatenate(valid)).to(device)
    near = states.flatten(0, 1)[torch.from_numpy(np.concatenate(index)).to(device)]
    found, odds = network.linker(
        near, _tensor(np.concatenate(features)).to(device), _tensor(np.concatenate(places)).to(device), mask
    )
    refused = functional.binary_cross_entropy_with_logits(odds.float(), truth.float(), reduction="sum")
    result = {"valid": refused / batch.pieces}
    if bool(truth.any()):
        gold = _tensor(np.concatenate(tags)).to(device)
        result["links"] = network.linker.crf(found[truth], gold[truth], mask[truth]).sum() / batch.pieces
    return result
