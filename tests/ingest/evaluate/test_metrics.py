"""Against cases counted by hand."""

from __future__ import annotations

import pytest

from ingest.evaluate.gold import Triple
from ingest.evaluate.metrics import Counts, attribution_counts, bootstrap, characters, exact, reliability, total
from ingest.evaluate.names import name_counts
from ingest.evaluate.sentences import start_counts

# "He said it is late" / "She added that it will rain"
SAID = Triple(source=((0, 2),), cue=((3, 7),), content=((8, 18),))
ADDED = Triple(source=((20, 23),), cue=((24, 29),), content=((30, 47),))
SPLIT = Triple(source=((50, 53),), cue=((54, 58),), content=((40, 48), (60, 70)))


def test_equal_annotations_score_one_everywhere() -> None:
    counts = attribution_counts([SAID, SPLIT], [SPLIT, SAID])
    assert {name: one.f1 for name, one in counts.items()} == dict.fromkeys(counts, 1.0)
    assert counts["content"] == Counts(right=3, found=3, wanted=3)
    assert counts["triple"] == Counts(right=2, found=2, wanted=2)


def test_a_content_one_character_short_costs_its_fragment_and_its_triple_but_hardly_its_characters() -> None:
    short = Triple(SAID.source, SAID.cue, ((8, 17),))
    counts = attribution_counts([short, ADDED], [SAID, ADDED])
    assert counts["source"] == Counts(2, 2, 2)
    assert counts["content"] == Counts(1, 2, 2)
    assert counts["triple"] == Counts(1, 2, 2)
    assert counts["content_characters"] == Counts(26, 26, 27)
    assert counts["content_characters"].f1 == pytest.approx(52 / 53)


def test_a_source_shared_by_two_attributions_counts_once_as_a_span_and_twice_in_triples() -> None:
    again = Triple(SAID.source, ADDED.cue, ADDED.content)
    counts = attribution_counts([SAID], [SAID, again])
    assert counts["source"] == Counts(1, 1, 1)
    assert counts["cue"] == Counts(1, 1, 2)
    assert counts["triple"] == Counts(1, 1, 2)


def test_one_missing_fragment_of_a_split_content_leaves_the_other_right_and_the_triple_wrong() -> None:
    counts = attribution_counts([Triple(SPLIT.source, SPLIT.cue, SPLIT.content[:1])], [SPLIT])
    assert counts["content"] == Counts(1, 1, 2)
    assert counts["content"].f1 == pytest.approx(2 / 3)
    assert counts["triple"].f1 == 0


def test_empty_roles_are_right_when_they_are_empty_on_both_sides() -> None:
    unnamed = Triple((), SAID.cue, SAID.content)
    assert attribution_counts([unnamed], [unnamed])["triple"] == Counts(1, 1, 1)
    assert attribution_counts([SAID], [unnamed])["triple"] == Counts(0, 1, 1)
    assert attribution_counts([SAID], [unnamed])["source"] == Counts(0, 1, 0)


def test_links_to_the_wrong_source_leave_all_spans_right_and_no_triple() -> None:
    crossed = [
        Triple(ADDED.source, SAID.cue, SAID.content),
        Triple(SAID.source, ADDED.cue, ADDED.content),
    ]
    counts = attribution_counts(crossed, [SAID, ADDED])
    assert [counts[role].f1 for role in ("source", "cue", "content")] == [1, 1, 1]
    assert counts["triple"] == Counts(0, 2, 2)


def test_micro_average_weighs_articles_by_their_spans() -> None:
    # 1 of 1 and 1 of 9: the mean of both F1 would be 0.56, the micro average is 2 / 10.
    assert total([Counts(1, 1, 1), Counts(1, 9, 9)]).f1 == pytest.approx(0.2)


def test_precision_recall_and_f1() -> None:
    counts = Counts(right=3, found=4, wanted=6)
    assert (counts.precision, counts.recall) == (0.75, 0.5)
    assert counts.f1 == pytest.approx(0.6)
    assert Counts().f1 == 1
    assert (Counts(0, 0, 5).precision, Counts(0, 0, 5).f1) == (0, 0)
    assert (Counts(0, 5, 0).recall, Counts(0, 5, 0).f1) == (0, 0)


def test_repeated_things_count_once() -> None:
    assert exact([1, 1, 2], [2, 2, 3]) == Counts(1, 2, 2)


def test_characters_under_several_spans_count_once() -> None:
    assert characters([(0, 4), (2, 6)], [(4, 10)]) == Counts(2, 6, 6)


def test_bootstrap_holds_the_value_and_is_the_same_for_the_same_seed() -> None:
    articles = [Counts(right, 10, 10) for right in (2, 9, 5, 7, 4, 8)]
    one = bootstrap(articles, rounds=500, seed=3)
    assert one.value == pytest.approx(35 / 60)
    assert 0.2 <= one.low < one.value < one.high <= 0.9
    assert one == bootstrap(articles, rounds=500, seed=3)


def test_bootstrap_of_articles_that_are_alike_has_no_width() -> None:
    interval = bootstrap([Counts(1, 2, 2)] * 5, rounds=50)
    assert (interval.low, interval.value, interval.high) == (0.5, 0.5, 0.5)
    assert bootstrap([Counts(1, 2, 2)]).low == 0.5


def test_names_of_kinds_that_are_not_scored_count_on_neither_side() -> None:
    wanted = [(0, 3, "person"), (5, 9, "place")]
    found = [(0, 3, "person"), (5, 9, "organization"), (12, 15, "event")]
    assert name_counts(found, wanted) == Counts(1, 2, 2)


def test_sentence_starts_with_and_without_the_first() -> None:
    assert start_counts([0, 10, 30], [0, 10, 20]) == Counts(2, 3, 3)
    assert start_counts([0, 10, 30], [0, 10, 20], inner=True) == Counts(1, 2, 2)
    assert start_counts([0], [0], inner=True).f1 == 1


def test_reliability_weighs_the_distance_of_each_bin_by_what_it_holds() -> None:
    # Four at 0.9 of which two are right, one at 0.15 that is wrong: (4 * |0.9 - 0.5| + 1 * |0.15 - 0|) / 5.
    judged = [(0.9, True), (0.9, True), (0.9, False), (0.9, False), (0.15, False)]
    answer = reliability(judged)
    assert answer.error == pytest.approx((4 * 0.4 + 0.15) / 5)
    assert [(row.low, row.high, row.count, row.right) for row in answer.bins] == [
        (0.1, 0.2, 1, 0.0),
        (0.9, 1.0, 4, 0.5),
    ]
    assert reliability([(1.0, True)]).bins[0].low == 0.9
    assert reliability([]).error == 0


def test_bootstrap_resamples_articles_and_not_what_is_in_them() -> None:
    # Either all right or all wrong: with two articles a quarter of the resamplings has only one kind, each way.
    interval = bootstrap([Counts(10, 10, 10), Counts(0, 10, 10)], rounds=400)
    assert (interval.low, interval.value, interval.high) == (0.0, 0.5, 1.0)
