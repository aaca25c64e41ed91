from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.annotate.neural.links import DISTANCES, PARAGRAPHS, SIDE, slices
from ingest.annotate.neural.pieces import NEW_PARAGRAPH, SPACED
from ingest.annotate.neural.windows import cut_points, windows


def gaps(length: int, **breaks: list[int]) -> np.ndarray:
    values = np.full(length, SPACED, dtype=np.uint8)
    values[0] = NEW_PARAGRAPH
    values[breaks.get("paragraphs", [])] = NEW_PARAGRAPH
    values[breaks.get("glued", [])] = 0
    return values


@given(
    st.lists(st.integers(0, 3), min_size=1, max_size=400),
    st.integers(20, 60),
    st.integers(0, 9),
)
def test_cores_tile_any_text_and_windows_stay_within_their_size(values: list[int], size: int, context: int) -> None:
    found = list(windows(np.array(values, dtype=np.uint8), size, context))
    assert found[0].core_start == 0
    assert found[-1].core_end == len(values)
    for one, other in pairwise(found):
        assert one.core_end == other.core_start
    for one in found:
        assert 0 <= one.start <= one.core_start < one.core_end <= one.end <= len(values)
        assert one.end - one.start <= size
        assert one.core_start - one.start >= min(context, one.core_start)
        assert one.end - one.core_end >= min(context, len(values) - one.core_end)


def test_a_short_text_is_one_window() -> None:
    (window,) = windows(gaps(10), 10, 4)
    assert (window.start, window.end, window.core_start, window.core_end) == (0, 10, 0, 10)
    assert list(windows(np.zeros(0, dtype=np.uint8), 10, 4)) == []


def test_cores_end_at_paragraphs_where_one_is_near_and_between_words_otherwise() -> None:
    assert cut_points(gaps(100, paragraphs=[35, 70]), 40) == [0, 35, 70, 100]
    assert cut_points(gaps(60, paragraphs=[3], glued=[39, 40]), 40) == [0, 38, 60]


def test_windows_without_room_for_a_core_are_refused() -> None:
    with pytest.raises(ValueError, match="no room"):
        list(windows(gaps(100), 64, 32))


def test_text_without_any_gap_is_cut_anywhere() -> None:
    assert cut_points(np.zeros(90, dtype=np.uint8), 40) == [0, 40, 80, 90]


def test_training_may_begin_with_a_shorter_core() -> None:
    assert cut_points(gaps(100), 40, first=10) == [0, 10, 50, 90, 100]


def test_slices_show_what_stands_around_a_cue() -> None:
    features = np.zeros((30, 3), dtype=np.uint8)
    features[:, 1] = gaps(30, paragraphs=[12])
    cut = slices(np.array([[10, 12]]), features, 4)
    assert cut.index[0].tolist() == list(range(6, 14))
    assert cut.inside.all()
    # Four before the cue, nearest last; the cue; then after it.
    assert cut.places[0, :, 0].tolist() == [4, 3, 2, 1, 0, 0, SIDE + 1, SIDE + 2]
    assert cut.places[0, :, 1].tolist() == [2] * 6 + [3, 3]


def test_slices_at_an_edge_say_what_is_beyond_it() -> None:
    features = np.zeros((5, 3), dtype=np.uint8)
    cut = slices(np.array([[0, 1], [4, 5]]), features, 3)
    assert cut.inside.tolist() == [[False] * 3 + [True] * 3, [True] * 4 + [False] * 2]
    assert cut.index.min() == 0
    assert cut.index.max() == 4


@pytest.mark.parametrize("reach", [8, 72, 250])
def test_places_stay_within_their_tables(reach: int) -> None:
    features = np.zeros((600, 3), dtype=np.uint8)
    features[::7, 1] = NEW_PARAGRAPH
    places = slices(np.array([[300, 302]]), features, reach).places
    assert places[..., 0].max() < DISTANCES
    assert places[..., 1].max() < PARAGRAPHS
    before = places[0, :reach, 0]
    assert (np.diff(before.astype(int)) <= 0).all()
