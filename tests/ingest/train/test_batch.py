from __future__ import annotations

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="the extra train is not installed")

from ingest.annotate.neural.links import slices  # noqa: E402
from ingest.annotate.neural.pieces import Pieces  # noqa: E402
from ingest.train import config as settings  # noqa: E402
from ingest.train.batch import collate, linker_lessons, losses, own_tags  # noqa: E402
from ingest.train.labels import Example, Link  # noqa: E402
from ingest.train.network import Network  # noqa: E402


def example(length: int, cue: int, content: tuple[int, int]) -> Example:
    """Single-piece cue at ``cue``, its content at the pieces ``content``."""
    pieces = Pieces(
        np.full(length, 2000, dtype=np.int32),
        np.arange(length, dtype=np.int32) * 2,
        np.arange(length, dtype=np.int32) * 2 + 1,
        np.ones((length, 3), dtype=np.uint8),
        np.ones(length, dtype=np.bool_),
    )
    tags = np.zeros(length, dtype=np.int8)
    tags[content[0] : content[1]] = 4
    tags[content[0]] = 3
    tags[cue] = 5
    cues = np.zeros(length, dtype=np.int8)
    cues[cue] = 1
    labels = {"cue": cues, "roles": np.zeros((length, 6), dtype=np.uint8)}
    return Example(pieces, labels, (Link(cue, cue + 1, tags),))


def test_a_span_that_began_before_its_slice_begins_with_it() -> None:
    one = example(40, 30, (5, 29))
    cut = slices(np.array([[30, 31], [3, 4]]), one.pieces.features, 8)
    tags = own_tags([one.links[0], None], cut)
    assert tags[0].tolist() == [3] + [4] * 6 + [0] + [5] + [0] * 7
    assert not tags[1].any()


def test_a_span_within_its_slice_stays_as_it_is_at_the_texts_beginning() -> None:
    one = example(12, 6, (0, 4))
    cut = slices(np.array([[6, 7]]), one.pieces.features, 8)
    assert own_tags(one.links, cut)[0, 2:9].tolist() == [3, 4, 4, 4, 0, 0, 5]


def test_what_goes_on_after_another_span_begins_anew() -> None:
    one = example(20, 10, (5, 15))
    (link,) = one.links
    link.tags[8:10] = [1, 2]  # a source in the midst of the content, which the cue parts too
    cut = slices(np.array([[10, 11]]), one.pieces.features, 6)
    assert own_tags(one.links, cut)[0].tolist() == [0, 3, 4, 4, 1, 2, 5, 3, 4, 4, 4, 0]


def test_guesses_at_a_cue_learn_its_link_and_guesses_beside_it_are_wrong() -> None:
    one = example(40, 30, (5, 29))
    (link,) = one.links
    lessons = linker_lessons(one, [(30, 31), (29, 32), (2, 4)])
    assert lessons == [((30, 31), link), ((29, 32), link), ((2, 4), None)]


def test_guesses_at_a_cue_whose_link_left_the_window_teach_nothing() -> None:
    one = example(40, 30, (5, 29))
    cut_off = Example(one.pieces, one.labels, ())
    assert linker_lessons(cut_off, [(30, 31), (29, 31), (2, 4)]) == [((2, 4), None)]


def test_no_loss_is_out_of_all_proportion_when_spans_leave_their_slices() -> None:
    config = settings.load(reach=8, dropout=0.0)
    torch.manual_seed(0)
    network = Network(config).eval()
    batch = collate([example(40, 30, (5, 29)), example(12, 6, (0, 4))], torch.device("cpu"))
    with torch.no_grad():
        parts = losses(network, batch, config)
    assert set(parts) == {"cue", "roles", "links", "valid"}
    assert 0 < float(parts["links"]) * batch.pieces < 2 * 16 * 5
    assert batch.pieces == 52
