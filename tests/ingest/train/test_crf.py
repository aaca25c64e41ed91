from __future__ import annotations

from itertools import product

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="the extra train is not installed")

from ingest.annotate.neural.decode import bio_starts, bio_transitions  # noqa: E402
from ingest.train.crf import Crf  # noqa: E402


def worth(crf: Crf, scores: np.ndarray, tags: tuple[int, ...]) -> float:
    steps = crf.transitions.detach().numpy()
    starts = crf.starts.numpy()
    total = float(starts[tags[0]])
    for at, tag in enumerate(tags):
        total += float(scores[at, tag]) + (float(steps[tags[at - 1], tag]) if at else 0.0)
    return total


def test_the_likelihood_is_what_summing_over_every_sequence_gives() -> None:
    torch.manual_seed(0)
    crf = Crf(torch.from_numpy(bio_transitions(2)), torch.from_numpy(bio_starts(2)))
    with torch.no_grad():
        crf.steps.normal_()
    scores = torch.randn(1, 4, 5)
    gold = (1, 2, 0, 3)
    values = [worth(crf, scores[0].numpy(), tags) for tags in product(range(5), repeat=4)]
    expected = np.logaddexp.reduce(values) - worth(crf, scores[0].numpy(), gold)
    loss = crf(scores, torch.tensor([gold]), torch.ones(1, 4, dtype=torch.bool))
    assert loss.item() == pytest.approx(expected, abs=1e-4)


def test_positions_outside_the_mask_change_nothing_on_either_side() -> None:
    torch.manual_seed(0)
    crf = Crf(torch.from_numpy(bio_transitions(1)), torch.from_numpy(bio_starts(1)))
    scores, tags = torch.randn(1, 3, 3), torch.tensor([[0, 1, 2]])
    alone = crf(scores, tags, torch.ones(1, 3, dtype=torch.bool))
    around = torch.randn(1, 7, 3)
    around[:, 2:5] = scores
    wide = torch.tensor([[0, 2, 0, 1, 2, 1, 0]])
    mask = torch.tensor([[False, False, True, True, True, False, False]])
    assert crf(around, wide, mask).item() == pytest.approx(alone.item(), abs=1e-5)
    assert crf(around, wide, torch.zeros_like(mask)).item() == 0


def test_learning_makes_the_right_sequence_the_likeliest() -> None:
    torch.manual_seed(0)
    crf = Crf(torch.from_numpy(bio_transitions(1)), torch.from_numpy(bio_starts(1)))
    scores = torch.zeros(1, 4, 3, requires_grad=True)
    tags, mask = torch.tensor([[0, 1, 2, 0]]), torch.ones(1, 4, dtype=torch.bool)
    optimizer = torch.optim.Adam([scores, *crf.parameters()], 0.3)
    for _ in range(40):
        optimizer.zero_grad()
        loss = crf(scores, tags, mask).sum()
        loss.backward()
        optimizer.step()
    assert loss.item() < 0.05
