"""Decoding and windows, with a network whose scores are known: the word before "said" is its source, three after it its
content, "Ada" is a person's name, and a sentence starts after a full stop."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pytest
from numpy.typing import NDArray

from ingest.annotate.neural.acceptance import MEASURES
from ingest.annotate.neural.decode import Floats, bio_transitions
from ingest.annotate.neural.pieces import GAP, NEW_LINE, NEW_PARAGRAPH, Pieces
from ingest.annotate.neural.predict import CLS, PAD, SEP, Findings, Found, Settings, analyse, apart

SAID, ADA, STOP, OTHER, MAYBE, MAY = 1, 2, 3, 4, 5, 6
WORDS = {"said": SAID, "Ada": ADA, ".": STOP, "maybe": MAYBE, "may": MAY}


class Known:
    """Scores by rule. The states hold the ids, so that the second stage can look at them too."""

    transitions = bio_transitions(3)

    def __init__(self) -> None:
        self.largest = 0

    def encode(
        self, ids: NDArray[np.int64], features: NDArray[np.int64], mask: NDArray[np.bool_]
    ) -> tuple[Floats, Mapping[str, Floats]]:
        self.largest = max(self.largest, ids.shape[1])
        assert (ids[:, 0] == CLS).all()
        assert ((ids == PAD) == ~mask).all()
        cue = np.zeros((*ids.shape, 3), dtype=np.float32)
        cue[..., 0] = np.where((ids == SAID) | (ids == MAY), -3, np.where(ids == MAYBE, 0.5, 3))
        cue[..., 2] = -9
        names = np.zeros((*ids.shape, 15), dtype=np.float32)
        names[..., 0] = 1
        names[..., 1] = np.where(ids == ADA, 5, -5)
        names[ids == SEP] = 9  # a special piece must not count whatever its scores are
        sentences = np.zeros((*ids.shape, 2), dtype=np.float32)
        sentences[:, 1:, 1] = np.where(ids[:, :-1] == STOP, 1, -1)
        sentences[:, 1, 1] = 1
        return ids[..., None].astype(np.float32), {"cue": cue, "names": names, "sentences": sentences}

    def link(
        self, states: Floats, features: NDArray[np.int64], places: NDArray[np.int64], mask: NDArray[np.bool_]
    ) -> tuple[Floats, Floats]:
        count, length, _ = states.shape
        tags = np.zeros((count, length, 7), dtype=np.float32)
        tags[..., 0] = 1
        odds = np.empty(count, dtype=np.float32)
        for row in range(count):
            cue = int(np.flatnonzero((places[row, :, 0] == 0) & mask[row])[0])
            assert states[row, cue, 0] in {SAID, MAYBE, MAY}
            odds[row] = 2 if states[row, cue, 0] == SAID else -2
            first = cue - int(states[row, cue - 1, 0] == MAY)
            last = cue + int(states[row, cue, 0] == MAY)
            tags[row, first, 5] = 5
            tags[row, first + 1 : last + 1, 6] = 5
            tags[row, first - 1, 1] = 5
            tags[row, last + 1, 3] = 5
            tags[row, last + 2 : last + 4, 4] = 5
        return tags, odds


def read(words: list[str], paragraph: int = 0) -> Pieces:
    count = len(words)
    features = np.ones((count, 3), dtype=np.uint8)
    if paragraph:
        features[::paragraph, 1] = 3
    starts = np.cumsum([0, *(len(word) + 1 for word in words[:-1])]).astype(np.int32)
    ends = starts + np.array([len(word) for word in words], dtype=np.int32)
    ids = np.array([WORDS.get(word, OTHER) for word in words], dtype=np.int32)
    return Pieces(ids, starts, ends, features, np.ones(count, dtype=np.bool_))


SENTENCE = ["Ada", "said", "it", "is", "late", "."]


def found(words: list[str], settings: Settings, paragraph: int = 0) -> Findings:
    return analyse(read(words, paragraph), Known(), settings, 7)


def test_one_sentence() -> None:
    findings = found(SENTENCE, Settings())
    assert findings.sentences == [0]
    assert findings.names == [(0, 1, 0)]
    (one,) = findings.attributions
    assert (one.cue, one.source, one.content) == ((1, 2), ((0, 1),), ((2, 5),))
    assert (one.first, one.second) == (pytest.approx(3.0, abs=0.01), 2.0)
    assert one.score == pytest.approx(2.5, abs=0.01)


def test_what_a_candidate_is_like_counts_as_its_weights_say() -> None:
    weights = tuple(float(name in {"second", "no_source", "cue_kept"}) for name in MEASURES)
    (one,) = found(SENTENCE, Settings(acceptance=(*weights, 7.0))).attributions
    assert one.score == pytest.approx(2 + 0 + 1 + 7)
    assert one.measures[MEASURES.index("path")] < 0
    with pytest.raises(ValueError, match="3 weights for 10 measures"):
        Settings(acceptance=(1.0, 2.0, 3.0))


@pytest.mark.parametrize("paragraph", [0, 6, 42])
@pytest.mark.parametrize(
    "settings", [Settings(window=30, context=6, batch=3, link_batch=2), Settings(window=64, context=8)]
)
def test_a_long_text_loses_and_repeats_nothing_at_any_windows_edge(settings: Settings, paragraph: int) -> None:
    times = 200
    findings = found(SENTENCE * times, settings, paragraph)
    assert findings.sentences == list(range(0, 6 * times, 6))
    assert findings.names == [(at, at + 1, 0) for at in range(0, 6 * times, 6)]
    assert [(one.cue, one.source, one.content) for one in findings.attributions] == [
        ((at + 1, at + 2), ((at, at + 1),), ((at + 2, at + 5),)) for at in range(0, 6 * times, 6)
    ]


def test_windows_stay_within_their_size_however_long_the_text() -> None:
    network = Known()
    analyse(read(SENTENCE * 500), network, Settings(window=64, context=8), 7)
    assert network.largest <= 66


def test_a_lower_bar_for_candidates_finds_more_of_which_the_second_stage_thinks_little() -> None:
    words = ["Ada", "maybe", *SENTENCE[2:]]
    assert found(words, Settings(cue_bias=0.0)).attributions == []
    (one,) = found(words, Settings(cue_bias=2.0)).attributions
    assert one.first < 0
    assert one.second < 0


def test_the_second_stage_puts_a_cues_ends_right_and_two_that_become_one_count_once() -> None:
    """Both "may" and "said" are candidates; the second stage sees that they are one cue."""
    (one,) = found(["Ada", "may", *SENTENCE[1:]], Settings()).attributions
    assert (one.cue, one.content) == ((1, 3), ((3, 6),))


def test_a_text_of_nothing_holds_nothing() -> None:
    nothing = Pieces(
        *(np.zeros(0, dtype=np.int32) for _ in range(3)), np.zeros((0, 3), np.uint8), np.zeros(0, np.bool_)
    )
    assert analyse(nothing, Known(), Settings(), 7) == Findings()


@pytest.mark.parametrize("batch", [1, 3])
def test_a_cue_reaches_beyond_its_window_as_far_as_within_it(batch: int) -> None:
    """The content of the only cue is 40 pieces long and the windows' cores at most 20."""

    class Far(Known):
        def link(
            self, states: Floats, features: NDArray[np.int64], places: NDArray[np.int64], mask: NDArray[np.bool_]
        ) -> tuple[Floats, Floats]:
            tags, odds = super().link(states, features, places, mask)
            cue = int(np.flatnonzero((places[0, :, 0] == 0) & mask[0])[0])
            tags[0, cue + 2 :, 4] = np.where(states[0, cue + 2 :, 0] == STOP, -5, 5)
            return tags, odds

    for before in range(60):
        words = [*["so"] * before, "Ada", "said", *["it"] * 40, ".", *["so"] * 60]
        settings = Settings(window=30, context=5, reach=50, batch=batch)
        (one,) = analyse(read(words), Far(), settings, 7).attributions
        assert (one.source, one.cue) == (((before, before + 1),), (before + 1, before + 2))
        assert one.content[0] == (before + 2, before + 42)


@pytest.mark.parametrize(("first_sees", "second_sees", "told"), [(2, 1, 2), (1, 2, 2), (2, 2, 2), (1, 1, 1)])
@pytest.mark.parametrize("batch", [1, 2])
def test_windows_that_disagree_where_a_span_at_their_seam_begins_lose_and_repeat_nothing(
    first_sees: int, second_sees: int, told: int, batch: int
) -> None:
    """The cue and the name are two words about the seam at 20, of which a window sees both or the last.

    Where the first one sees the last and the second one both, each begins in the other's core.
    """
    words = ["so"] * 60
    seam = 20

    class Torn(Known):
        windows = 0

        def encode(
            self, ids: NDArray[np.int64], features: NDArray[np.int64], mask: NDArray[np.bool_]
        ) -> tuple[Floats, Mapping[str, Floats]]:
            states, scores = super().encode(ids, features, mask)
            for row in range(len(ids)):
                start, sees = ((0, first_sees), (seam - 5, second_sees))[self.windows] if self.windows < 2 else (0, 0)
                self.windows += 1
                if sees:
                    at = 1 + seam + 1 - sees - start
                    scores["cue"][row, at, 1] = scores["names"][row, at, 1] = 9
                    scores["cue"][row, at + 1 : at + sees, 2] = scores["names"][row, at + 1 : at + sees, 2] = 9
            return states, scores

        def link(
            self, states: Floats, features: NDArray[np.int64], places: NDArray[np.int64], mask: NDArray[np.bool_]
        ) -> tuple[Floats, Floats]:
            tags = np.zeros((*states.shape[:2], 7), dtype=np.float32)
            tags[..., 0] = 1
            assert mask[:, 0].all(), "states that a cue at a seam reaches were let go"
            return tags, np.ones(len(states), dtype=np.float32)

    settings = Settings(window=30, context=5, reach=15, batch=batch)
    findings = analyse(read(words), Torn(), settings, 7)
    expected = (seam + 1 - told, seam + 1)
    assert [one.cue for one in findings.attributions] == [expected]
    assert findings.names == [(*expected, 0)]


def test_no_span_runs_over_a_blank_line_but_over_the_end_of_a_line() -> None:
    """What the second stage tags in one go is a piece for each paragraph; a name does not run on."""

    class Running(Known):
        def encode(
            self, ids: NDArray[np.int64], features: NDArray[np.int64], mask: NDArray[np.bool_]
        ) -> tuple[Floats, Mapping[str, Floats]]:
            states, scores = super().encode(ids, features, mask)
            scores["names"][:, 2:, 2] = 3
            return states, scores

        def link(
            self, states: Floats, features: NDArray[np.int64], places: NDArray[np.int64], mask: NDArray[np.bool_]
        ) -> tuple[Floats, Floats]:
            tags, odds = super().link(states, features, places, mask)
            tags[0, 3:, 4] = 5
            return tags, odds

    pieces = read(["Ada", "said", "it", "is", "very", "late", "and", "dark"])
    pieces.features[4, GAP] = NEW_LINE
    pieces.features[6, GAP] = NEW_PARAGRAPH
    findings = analyse(pieces, Running(), Settings(), 7)
    (one,) = findings.attributions
    assert one.content == ((2, 6), (6, 8))
    assert one.measures[MEASURES.index("more_contents")] == 0, "acceptance was learned from what the network tags"
    assert findings.names == [(0, 6, 0)]


def test_of_cues_that_overlap_the_best_stays() -> None:
    def found(start: int, end: int, score: float) -> Found:
        return Found((start, end), (), (), (), score)

    was_said, said, again, later = found(3, 5, 0.5), found(4, 5, 0.7), found(3, 5, 0.1), found(5, 6, -1.0)
    assert apart([later, was_said, again, said]) == [said, later]
