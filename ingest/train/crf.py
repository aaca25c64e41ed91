"""A linear-chain conditional random field over the tags of short sequences."""

from __future__ import annotations

import torch
from torch import Tensor, nn


class Crf(nn.Module):
    """Learned scores of one tag after another, on top of those that are impossible.

    ``forbidden`` is ``float[k, k]`` and ``starts`` ``float[k]``: 0, or a large negative number where a step or a first
    tag cannot be.
    """

    forbidden: Tensor
    starts: Tensor

    def __init__(self, forbidden: Tensor, starts: Tensor) -> None:
        super().__init__()
        self.register_buffer("forbidden", forbidden)
        self.register_buffer("starts", starts)
        self.steps = nn.Parameter(torch.zeros_like(forbidden))

    @property
    def transitions(self) -> Tensor:
        """``float[k, k]``: what a step adds to a sequence's score."""
        return self.steps + self.forbidden

    def forward(self, scores: Tensor, tags: Tensor, mask: Tensor) -> Tensor:
        """Minus the log likelihood of each sequence, ``[n]``.

        ``scores`` ``[n, l, k]``, ``tags`` ``int64[n, l]``, ``mask`` ``bool[n, l]``; positions outside the mask are
        skipped, wherever they stand.
        """
        scores = scores.float()
        transitions = self.transitions
        length = scores.shape[1]
        keep = mask.unsqueeze(-1)
        chosen = scores.gather(-1, tags.unsqueeze(-1)).squeeze(-1) * mask
        total = scores.new_zeros(scores.shape[0], scores.shape[2])
        gold = chosen.sum(1)
        begun = torch.zeros_like(mask[:, 0])
        last = torch.zeros_like(tags[:, 0])
        for at in range(length):
            now = mask[:, at]
            joined = torch.logsumexp(total.unsqueeze(2) + transitions, dim=1)
            first = self.starts.expand_as(total)
            moved = torch.where(begun.unsqueeze(-1), joined, first) + scores[:, at]
            total = torch.where(keep[:, at], moved, total)
            step = torch.where(begun, transitions[last, tags[:, at]], self.starts[tags[:, at]])
            gold = gold + step * now
            last = torch.where(now, tags[:, at], last)
            begun = begun | now
        return (torch.logsumexp(total, dim=1) - gold) * begun
