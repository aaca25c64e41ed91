"""The networks that compare two texts: MiniLM as it came reads each alone, and a small network looks at both.

MiniLM is frozen, so what it makes of a text is made once, whatever the text is compared with, and its embedding is
the one that MiniLM was made for. The small network sees the states of a middle layer, which tell the words, and of the
last, which tell the sense. In it every piece sees both texts; whether another piece stands in its own text or in the
other one is a learned term of each attention head. So nothing says which text came first: pairs in either order give
the same, but for the heads that are asked about an order.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import torch
from torch import Tensor, nn
from torch.nn import functional

from ingest.train.encoder import LAYERS, WIDTH, Dropout, Encoder, Layer, attention_bias
from ingest.train.pairs.examples import RELATIONS, STANCES, WEAKENS

MIDDLE = 3
"""After which layer the first half of the states is taken."""
HEAD_SIZES: Mapping[str, int] = {
    "relation": len(RELATIONS), "similarity": 1, "stance": len(STANCES), "weakens": len(WEAKENS)
}  # fmt: skip
SYMMETRIC = frozenset({"relation", "similarity"})
SMALL, SMALL_HEADS, SMALL_LAYERS = 128, 4, 2
CLS, SEP = 101, 102


class Texts(nn.Module):
    """What MiniLM makes of each text alone."""

    def __init__(self, encoder: Encoder) -> None:
        super().__init__()
        self.encoder = encoder

    def forward(self, ids: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        """``int64[b, t]``, ``bool[b, t]`` to states ``[b, t, 768]`` and embeddings ``[b, 384]`` of length 1.

        The embedding is the mean of the last layer over all pieces, as MiniLM was trained to give it.
        """
        states = self.encoder.norm(self.encoder.words(ids) + self.encoder.positions.weight[: ids.shape[1]])
        bias = attention_bias(mask)
        middle = states
        for number, layer in enumerate(self.encoder.layers, 1):
            states = layer(states, bias)
            if number == MIDDLE < LAYERS:
                middle = states
        weights = mask.to(states.dtype).unsqueeze(-1)
        embedding = functional.normalize((states * weights).sum(1) / weights.sum(1).clamp(min=1), dim=-1)
        return torch.cat([middle, states], dim=-1), embedding


class PairHead(nn.Module):
    """Scores of a pair from what its two texts became: of their sum and distance, or of each for itself."""

    def __init__(self, size: int, symmetric: bool, dropout: float) -> None:
        super().__init__()
        self.symmetric = symmetric
        self.dropout = Dropout(dropout)
        self.up = nn.Linear(7 * SMALL, SMALL)
        self.out = nn.Linear(SMALL, size)

    def forward(self, a: Tensor, b: Tensor, apart: Tensor) -> Tensor:
        """``[n, 3 * SMALL]`` of each text and ``[n, SMALL]`` of how their embeddings differ, to ``[n, size]``."""
        both = [a + b, (a - b).abs(), apart] if self.symmetric else [a, b, apart]
        return self.out(self.dropout(functional.gelu(self.up(self.dropout(torch.cat(both, dim=-1))))))


class PairNetwork(nn.Module):
    """The small network over two texts, and a head for each question that it is asked."""

    def __init__(self, heads: Sequence[str], dropout: float) -> None:
        super().__init__()
        self.project = nn.Linear(2 * WIDTH, SMALL)
        self.match = nn.Linear(3, SMALL, bias=False)
        self.apart = nn.Linear(2 * WIDTH, SMALL)
        self.norm = nn.LayerNorm(SMALL)
        self.dropout = Dropout(dropout)
        self.layers = nn.ModuleList([Layer(SMALL, SMALL_HEADS, 2 * SMALL, dropout, 1e-6) for _ in range(SMALL_LAYERS)])
        self.other = nn.Parameter(torch.zeros(SMALL_LAYERS, SMALL_HEADS))
        """What each head of each layer adds to its scores of pieces in the other text."""
        self.heads = nn.ModuleDict({name: PairHead(HEAD_SIZES[name], name in SYMMETRIC, dropout) for name in heads})

    def forward(self, states: Tensor, ids: Tensor, sides: Tensor, embeddings: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """What the two texts of each pair became, ``[n, 3 * SMALL]`` each, and how they differ, for the heads.

        ``states`` ``[n, t, 768]`` are those of both texts one after the other, ``ids`` their pieces, ``sides``
        ``int64[n, t]`` 1 and 2 where a piece is of the first and the second text, 0 beyond them; ``embeddings``
        ``[n, 2, 384]``. The first piece of a text is its special one.
        """
        there = sides > 0
        across = (sides.unsqueeze(2) != sides.unsqueeze(1)) & there.unsqueeze(2) & there.unsqueeze(1)
        mixed = self.project(states) + self.match(matches(states, ids, across))
        mixed = self.dropout(self.norm(mixed))
        away = across.to(states.dtype).unsqueeze(1)
        base = attention_bias(there)
        for layer, other in zip(self.layers, self.other, strict=True):
            mixed = layer(mixed, base + away * other.view(1, -1, 1, 1))
        one, two = embeddings[:, 0], embeddings[:, 1]
        # Products and distances of 384 values are small: about one 384th of a unit on average.
        apart = functional.gelu(self.apart(torch.cat([20 * (one - two).abs(), 400 * one * two], dim=-1)))
        return pooled(mixed, sides == 1), pooled(mixed, sides == 2), apart

    def scores(self, states: Tensor, ids: Tensor, sides: Tensor, embeddings: Tensor) -> dict[str, Tensor]:
        """The scores of every head."""
        became = self(states, ids, sides, embeddings)
        return {name: head(*became) for name, head in self.heads.items()}


class Ensemble(nn.Module):
    """Networks that learned the same from other beginnings: the logarithm of their mean probabilities."""

    def __init__(self, members: Sequence[PairNetwork]) -> None:
        super().__init__()
        self.members = nn.ModuleList(members)

    def scores(self, states: Tensor, ids: Tensor, sides: Tensor, embeddings: Tensor) -> dict[str, Tensor]:
        """As ``PairNetwork.scores``, of the heads that choose among classes."""
        each = [member.scores(states, ids, sides, embeddings) for member in self.members]
        return {
            name: torch.stack([one[name].log_softmax(-1) for one in each]).logsumexp(0) - math.log(len(each))
            for name in each[0]
            if HEAD_SIZES[name] > 1
        }


def matches(states: Tensor, ids: Tensor, across: Tensor) -> Tensor:
    """``[n, t, 3]``: whether the other text has the same piece, and how near its nearest middle and last states are.

    Nearness is a cosine, from 0 on; the special pieces match nothing.
    """
    word = (ids != CLS) & (ids != SEP)
    eligible = across & word.unsqueeze(2) & word.unsqueeze(1)
    same = (ids.unsqueeze(2) == ids.unsqueeze(1)) & eligible
    weights = eligible.to(states.dtype)
    found = [same.to(states.dtype).amax(-1)]
    for part in (states[..., :WIDTH], states[..., WIDTH:]):
        unit = part / part.norm(dim=-1, keepdim=True).clamp(min=1e-6)
        found.append((torch.matmul(unit, unit.transpose(1, 2)) * weights).amax(-1))
    return torch.stack(found, dim=-1)


def pooled(states: Tensor, mask: Tensor) -> Tensor:
    """``[n, 3 * SMALL]``: the first piece of ``mask``, the mean over it, and the largest of each value."""
    weights = mask.to(states.dtype)
    first = weights * (weights.cumsum(1) == 1).to(states.dtype)
    mean = (states * weights.unsqueeze(-1)).sum(1) / weights.sum(1, keepdim=True).clamp(min=1)
    largest = (states + (weights.unsqueeze(-1) - 1) * 1e4).amax(1)
    return torch.cat([(states * first.unsqueeze(-1)).sum(1), mean, largest], dim=-1)
