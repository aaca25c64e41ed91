"""The whole network: one encoder, a dictionary of heads, and the second stage that links a cue to its own spans.

To add a head, give it a name: in ``heads()``; in the examples' labels (``labels.py``); and in ``[weights]`` of
``config.toml``. Data of its own are one more task of ``data.epoch_windows``, with a share in ``[shares]``. To ship it,
add the name to ``export.SHIPPED_HEADS``, and to ``predict.analyse`` what reads its scores.

A head that judges a whole text, or two texts in one window, labels one piece and leaves the others ``UNKNOWN``. What
relates spans to one another, as coreference does, is a second stage beside ``Linker`` that reads the encoder's states.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional

from ingest.annotate.neural.decode import bio_starts, bio_tags, bio_transitions
from ingest.annotate.neural.links import LINK_KINDS, PLACE_SIZES
from ingest.annotate.neural.pieces import FEATURE_SIZES
from ingest.train.config import Config
from ingest.train.crf import Crf
from ingest.train.encoder import WIDTH, Dropout, Encoder, Layer, attention_bias
from ingest.train.labels import DEPREL, NAME_TAGS, ROLE_FLAGS, UNKNOWN, UPOS


class Head(nn.Module):
    """Scores of each word piece from its state."""

    def __init__(self, size: int, dropout: float) -> None:
        super().__init__()
        self.dropout = Dropout(dropout)
        self.out = nn.Linear(WIDTH, size)

    def forward(self, states: Tensor) -> Tensor:
        """``[..., 384]`` to ``[..., size]``."""
        return self.out(self.dropout(states))

    def loss(self, scores: Tensor, labels: Tensor) -> Tensor:
        """Minus the log likelihood of all labels that are known, summed."""
        raise NotImplementedError


class TagHead(Head):
    """One of several tags; ``labels`` ``int64[n]``, ``UNKNOWN`` where the corpus tells none."""

    def loss(self, scores: Tensor, labels: Tensor) -> Tensor:
        return functional.cross_entropy(scores, labels, ignore_index=UNKNOWN, reduction="sum")


class PartialTagHead(Head):
    """One of the tags that a corpus allows: their probabilities together should be 1.

    ``labels`` ``int64[n, k]`` of ``RULED_OUT``, ``ALLOWED`` and ``UNTOLD``. A tag that the corpus would not tell counts
    for less (``prior``, in log odds): without that the kinds that few corpora annotate drew to themselves whatever was
    hard to name, since nothing ruled them out.
    """

    def __init__(self, size: int, dropout: float, prior: float = -2.0) -> None:
        super().__init__(size, dropout)
        self.register_buffer("worth", torch.tensor([-1e4, 0.0, prior]), persistent=False)

    def loss(self, scores: Tensor, labels: Tensor) -> Tensor:
        allowed = (scores + self.get_buffer("worth")[labels]).logsumexp(-1)
        return (scores.logsumexp(-1) - allowed).sum()


class FlagHead(Head):
    """Several flags that are independent; ``labels`` ``[n, k]`` of 0 and 1."""

    def loss(self, scores: Tensor, labels: Tensor) -> Tensor:
        return functional.binary_cross_entropy_with_logits(scores, labels.float(), reduction="sum")


def heads(dropout: float) -> dict[str, Head]:
    """Every head of the encoder, by the name that its labels and its weight in the settings have too."""
    return {
        "sentences": TagHead(2, dropout),
        "names": PartialTagHead(len(NAME_TAGS), dropout),
        "cue": TagHead(len(bio_tags(["cue"])), dropout),
        "roles": FlagHead(len(ROLE_FLAGS), dropout),
        "upos": TagHead(len(UPOS), dropout),
        "deprel": TagHead(len(DEPREL), dropout),
    }


class Linker(nn.Module):
    """The second stage: what around a cue is its own source and content, where it ends, and whether it is one."""

    def __init__(self, width: int, layers: int, dropout: float) -> None:
        super().__init__()
        self.project = nn.Linear(WIDTH, width)
        self.cue = nn.Linear(WIDTH, width)
        self.features = nn.ModuleList([nn.Embedding(size, width) for size in FEATURE_SIZES.values()])
        self.places = nn.ModuleList([nn.Embedding(size, width) for size in PLACE_SIZES.values()])
        for embedding in [*self.features, *self.places]:
            nn.init.normal_(embedding.weight, std=0.1)
        self.norm = nn.LayerNorm(width)
        self.dropout = Dropout(dropout)
        self.layers = nn.ModuleList(
            [Layer(width, max(1, width // 32), 2 * width, dropout, 1e-6) for _ in range(layers)]
        )
        self.tags = nn.Linear(width, len(bio_tags(LINK_KINDS)))
        self.valid = nn.Linear(width, 1)
        kinds = len(LINK_KINDS)
        self.crf = Crf(torch.from_numpy(bio_transitions(kinds)), torch.from_numpy(bio_starts(kinds)))

    def forward(self, states: Tensor, features: Tensor, places: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        """Of ``k`` cues with ``l`` pieces around each: tag scores ``[k, l, g]`` and log odds ``[k]`` that it is one.

        ``states`` ``[k, l, 384]``, ``features`` and ``places`` ``int64[k, l, ...]``, ``mask`` ``bool[k, l]``.
        """
        in_cue = ((places[..., 0] == 0) & mask).to(states.dtype).unsqueeze(-1)
        size = in_cue.sum(1).clamp(min=1)
        cue = (states * in_cue).sum(1) / size
        mixed = self.project(states) + self.cue(cue).unsqueeze(1)
        for column, embedding in enumerate(self.features):
            mixed = mixed + embedding(features[..., column])
        for column, embedding in enumerate(self.places):
            mixed = mixed + embedding(places[..., column])
        mixed = self.dropout(self.norm(mixed))
        bias = attention_bias(mask)
        for layer in self.layers:
            mixed = layer(mixed, bias)
        pooled = (mixed * in_cue).sum(1) / size
        return self.tags(mixed), self.valid(pooled).squeeze(-1)


@dataclass(frozen=True, slots=True)
class Encoded:
    """States ``[b, t, 384]`` and the scores of each head ``[b, t, ...]``."""

    states: Tensor
    scores: Mapping[str, Tensor]


class Network(nn.Module):
    """Encoder, heads and linker."""

    def __init__(self, config: Config) -> None:
        super().__init__()
        self.encoder = Encoder(list(FEATURE_SIZES.values()), config.dropout)
        self.heads = nn.ModuleDict(heads(config.dropout))
        self.linker = Linker(config.link_width, config.link_layers, config.dropout)
        self.encoder.words.weight.requires_grad_(config.train_embeddings)

    def forward(self, ids: Tensor, features: Tensor, mask: Tensor, only: frozenset[str] | None = None) -> Encoded:
        """As ``Encoder``; ``only`` names the heads that are wanted."""
        states = self.encoder(ids, features, mask)
        scores = {name: head(states) for name, head in self.heads.items() if only is None or name in only}
        return Encoded(states, scores)
