from __future__ import annotations

from itertools import pairwise, product

import numpy as np
import pytest

from ingest.annotate.neural.decode import (
    bio_starts,
    bio_tags,
    bio_transitions,
    by_word,
    path_likelihood,
    spans_of,
    viterbi,
)


def test_tags_of_two_kinds() -> None:
    assert bio_tags(["a", "b"]) == ("O", "B-a", "I-a", "B-b", "I-b")


@pytest.mark.parametrize("kinds", [1, 2])
def test_viterbi_finds_what_trying_every_sequence_finds(kinds: int) -> None:
    random = np.random.default_rng(7)
    size = 2 * kinds + 1
    learned = bio_transitions(kinds) + random.normal(size=(size, size)).astype(np.float32)
    starts = bio_starts(kinds)
    for _ in range(20):
        scores = random.normal(size=(5, size)).astype(np.float32)

        def worth(tags: tuple[int, ...], scores: np.ndarray = scores) -> float:
            steps = sum(learned[a, b] for a, b in pairwise(tags))
            return float(starts[tags[0]] + steps + sum(scores[at, tag] for at, tag in enumerate(tags)))

        best = max(product(range(size), repeat=5), key=worth)
        assert tuple(viterbi(scores[None], learned, starts)[0]) == best


def test_no_sequence_goes_inside_a_span_that_did_not_begin() -> None:
    inside = np.array([[[0, 0, 5], [0, 0, 5], [3, 0, 0]]], dtype=np.float32)
    assert viterbi(inside, bio_transitions(1), bio_starts(1)).tolist() == [[1, 2, 0]]
    other = np.array([[[0, 5, 0, 0, 0], [0, 0, 0, 0, 5]]], dtype=np.float32)
    assert viterbi(other, bio_transitions(2), bio_starts(2))[0, 1] != 4


def test_positions_outside_the_mask_change_nothing_on_either_side() -> None:
    random = np.random.default_rng(1)
    learned = bio_transitions(2) + random.normal(size=(5, 5)).astype(np.float32)
    scores = random.normal(size=(30, 9, 5)).astype(np.float32)
    mask = np.zeros((30, 9), dtype=np.bool_)
    mask[:, 2:7] = True
    alone = viterbi(scores[:, 2:7], learned, bio_starts(2))
    within = viterbi(scores, learned, bio_starts(2), mask)
    assert within[:, 2:7].tolist() == alone.tolist()
    assert not within[:, [0, 1, 7, 8]].any()
    assert not viterbi(scores, learned, bio_starts(2), np.zeros_like(mask)).any()


def test_the_likelihoods_of_all_sequences_together_are_one_and_their_ratios_those_of_their_scores() -> None:
    random = np.random.default_rng(3)
    learned = bio_transitions(1) + random.normal(size=(3, 3)).astype(np.float32)
    scores = np.repeat(random.normal(scale=4, size=(1, 6, 3)).astype(np.float32), 3**4, axis=0)
    mask = np.ones((3**4, 6), dtype=np.bool_)
    mask[:, [0, 5]] = False
    tags = np.zeros((3**4, 6), dtype=np.int64)
    tags[:, 1:5] = list(product(range(3), repeat=4))
    found = path_likelihood(scores, tags, learned, bio_starts(1), mask)
    assert np.exp(found).sum() == pytest.approx(1, abs=1e-4)
    one, other = (
        (tags[:, 1:5] == [1, 2, 0, 1]).all(axis=1).argmax(),
        (tags[:, 1:5] == [0, 0, 0, 0]).all(axis=1).argmax(),
    )
    inner = scores[0, 1:5]
    apart = inner[[0, 1, 3], [1, 2, 1]].sum() - inner[[0, 1, 3], 0].sum()
    steps = learned[1, 2] + learned[2, 0] + learned[0, 1] - 3 * learned[0, 0]
    assert found[one] - found[other] == pytest.approx(apart + steps, abs=1e-3)
    assert found.argmax() == (tags == viterbi(scores[:1], learned, bio_starts(1), mask[:1])).all(axis=1).argmax()


def test_words_that_begin_a_span_go_on_inside_it() -> None:
    pieces = np.array([[0, 2, 0], [1, 9, 4], [3, 0, 5], [1, 2, 3]], dtype=np.float32)
    words, firsts = by_word(pieces, np.array([True, False, False, True]))
    assert firsts.tolist() == [0, 3]
    assert words.tolist() == [[4, 11, 9], [1, 2, 3]]
    continued, firsts = by_word(pieces[1:3], np.array([False, True]))
    assert (continued.tolist(), firsts.tolist()) == (pieces[1:3].tolist(), [0, 1])


def test_nothing_decodes_to_nothing() -> None:
    assert viterbi(np.zeros((1, 0, 3), dtype=np.float32), bio_transitions(1), bio_starts(1)).tolist() == [[]]


@pytest.mark.parametrize(
    ("tags", "spans"),
    [
        ([], []),
        ([0, 0], []),
        ([1, 2, 0, 1], [(0, 2, 0), (3, 4, 0)]),
        ([1, 1, 2], [(0, 1, 0), (1, 3, 0)]),
        ([1, 2, 3, 4, 0], [(0, 2, 0), (2, 4, 1)]),
        ([2, 2, 4], [(0, 2, 0), (2, 3, 1)]),
    ],
)
def test_spans_of_tags(tags: list[int], spans: list[tuple[int, int, int]]) -> None:
    assert spans_of(tags) == spans
