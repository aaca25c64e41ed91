"""Rounds large tables of weights to what a byte and a scale for each row can hold."""

from __future__ import annotations

import torch
from torch import nn

LARGE = 100_000
"""Tables with fewer values than this stay as they are."""
BYTE = 127


def rounded(network: nn.Module) -> nn.Module:
    """Rounds, in place, every table of weights that is stored in bytes. Rounding twice changes nothing more."""
    with torch.no_grad():
        for parameter in network.parameters():
            if parameter.ndim == 2 and parameter.numel() >= LARGE:
                scale = parameter.abs().amax(1, keepdim=True).clamp(min=1e-12) / BYTE
                parameter.copy_((parameter / scale).round() * scale)
    return network
