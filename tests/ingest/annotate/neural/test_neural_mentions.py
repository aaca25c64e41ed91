"""What numpy tells of mentions: which spans may be one, what they have in common, how far they lie apart."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.annotate.neural.mentions import (
    CLASSES,
    DISTANCES,
    HEAD_IN,
    HEADS,
    LONGEST,
    NO_MATCH,
    OVERLAP,
    PAIR_SIZES,
    QUICK_MATCHES,
    WHOLE,
    Mentions,
    candidate_spans,
    describe,
    joined,
    match,
    pair_features,
    places,
    possible,
    quick_distance,
    quick_match,
)
from ingest.annotate.neural.pieces import GAP, NEW_PARAGRAPH, SPACED, Pieces
from ingest.annotate.neural.quotes import quotation_states


def words(text: str) -> Pieces:
    """Every word a piece; two line breaks before one make a paragraph."""
    starts, at = [], 0
    for word in text.split():
        starts.append(text.index(word, at))
        at = starts[-1] + len(word)
    ends = [start + len(word) for start, word in zip(starts, text.split(), strict=True)]
    features = np.zeros((len(starts), 3), dtype=np.uint8)
    features[:, GAP] = [
        NEW_PARAGRAPH if at == 0 or "\n\n" in text[ends[at - 1] : start] else SPACED for at, start in enumerate(starts)
    ]
    features[:, 2] = quotation_states(text)[starts]
    place = np.array(starts, dtype=np.int32), np.array(ends, dtype=np.int32)
    return Pieces(np.zeros(len(starts), dtype=np.int32), *place, features, np.ones(len(starts), dtype=np.bool_))


def mentions(text: str, *phrases: str, sentences: list[int] | None = None) -> Mentions:
    """The phrases, each after the one before it."""
    pieces = words(text)
    at, ranges = 0, []
    for phrase in phrases:
        at = text.index(phrase, at)
        ranges.append(pieces.covering(at, at + len(phrase)))
    start, end = np.array(ranges, dtype=np.int64).T
    return describe(text, pieces, places(pieces, sentences or [0]), start, end)


@pytest.mark.parametrize(
    ("phrase", "kind"),
    [
        ("She", "she"),
        ("himself", "he"),
        ("theirs", "they"),
        ("WHO", "who"),
        ("the minister", "definite"),
        ("The Kremlin", "name"),
        ("Anna Reed", "name"),
        ("Ms. Reed", "name"),
        ("a nurse", "indefinite"),
        ("that tax", "demonstrative"),
        ("That", "this"),
        ("her brother", "possessed"),
        ("1998", "number"),
        ("shares", "other"),
        ("…", "other"),
    ],
)
def test_kinds(phrase: str, kind: str) -> None:
    assert CLASSES[mentions(phrase, phrase).kind[0]] == kind


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("the minister", "The minister", WHOLE),
        ("Ms. Reed", "Anna Reed", HEADS),
        ("Reed's", "Reed", WHOLE),
        ("the minister of defence", "the minister", HEADS),
        ("Putin", "Putin aide Yury Ushakov", HEAD_IN),
        ("Olsen Marine Group", "Olsen workers", OVERLAP),
        ("the ship", "the singer", NO_MATCH),
        ("she", "she", NO_MATCH),
        ("U.S. officials", "US officials", WHOLE),
        ("—", "—", NO_MATCH),
    ],
)
def test_what_two_have_in_common(one: str, other: str, same: int) -> None:
    two = mentions(f"{one} | {other}", one, other)
    assert match(two, np.array([1]), np.array([0])).tolist() == [same]
    assert match(two, np.array([0]), np.array([1])).tolist() == [same]
    quick = {WHOLE: 2, HEADS: 1}.get(same, 0)
    assert quick_match(two, np.array([1]))[0, 0] == quick < QUICK_MATCHES


def test_pairs_are_told_by_distance_sentence_paragraph_nesting_and_quotation() -> None:
    text = "“ I told the old man , ” Ada said . \n\nHe left ."
    found = mentions(
        text, "I", "the old man", "Ada", "He", sentences=[0, words(text).covering(text.index("He"), 99)[0]]
    )
    columns = dict(
        zip(PAIR_SIZES, pair_features(found, np.array([3]), np.array([[0, 1, 2]]))[0].T.tolist(), strict=True)
    )
    assert columns["distance"] == [np.digitize(by, DISTANCES) for by in (3, 2, 1)]
    assert columns["sentences"] == [1, 1, 1]
    assert columns["paragraphs"] == [1, 1, 1]
    assert columns["quotation"] == [3, 3, 0]
    assert columns["nesting"] == [0, 0, 0]
    assert pair_features(found, np.array([1]), np.array([[0]]))[0, 0, list(PAIR_SIZES).index("quotation")] == 1
    nested = mentions("her brother Paul", "her brother Paul", "her")
    assert pair_features(nested, np.array([1]), np.array([[0]]))[0, 0, list(PAIR_SIZES).index("nesting")] == 2


def test_distances_of_the_quick_comparison_are_those_of_the_close_one() -> None:
    count = 200
    text = " ".join(["it"] * count)
    found = describe(text, words(text), places(words(text), [0]), np.arange(count), np.arange(count) + 1)
    quick = quick_distance(found, np.array([count - 1]))[0]
    close = pair_features(found, np.array([count - 1]), np.arange(count)[None])[0, :, 0]
    assert quick.tolist() == close.tolist()


def test_spans_are_whole_words_of_one_sentence_and_not_too_long() -> None:
    starts = np.array([True, False, True, True] + [True] * LONGEST)
    sentence = np.array([1, 1, 1, 2] + [2] * LONGEST)
    allowed = possible(starts, sentence)
    assert allowed[0, 1]
    assert allowed[0, 2]
    assert allowed[2, 2]
    assert not allowed[0, 0], "half a word"
    assert not allowed[1, 2], "from within a word"
    assert not allowed[2, 3], "over the end of a sentence"
    assert allowed[3, 2 + LONGEST]
    assert not allowed[3, 3 + LONGEST]


def test_the_best_spans_are_kept_where_there_are_too_many() -> None:
    starts, sentence = np.ones(20, dtype=np.bool_), np.ones(20, dtype=np.int64)
    scores = np.arange(400, dtype=np.float32).reshape(20, 20)
    first, end, found = candidate_spans(scores, starts, sentence, -1.0)
    assert list(zip(first.tolist(), end.tolist(), strict=True))[-3:] == [(18, 19), (18, 20), (19, 20)]
    assert len(found) == 10
    assert found.tolist() == sorted(scores[np.triu_indices(20)].tolist())[-10:]
    assert len(candidate_spans(scores, starts, sentence, 1000.0)[0]) == 0


@given(st.lists(st.sampled_from(["he", "the Kremlin", "🙂", "’s", "ﬁ", "a", "of", "", "İ", "“", "1,000"]), min_size=1))
def test_any_words_can_be_described(parts: list[str]) -> None:
    text = " ".join(parts)
    pieces = words(text)
    if not len(pieces):
        return
    start = np.arange(len(pieces))
    found = describe(text, pieces, places(pieces, [0]), start, np.full(len(start), len(pieces)))
    pairs = pair_features(found, start, np.tile(start, (len(start), 1)))
    assert (pairs >= 0).all()
    assert (pairs.reshape(-1, pairs.shape[-1]).max(axis=0) < np.array(list(PAIR_SIZES.values()))).all()
    assert len(joined([found, found]).take(np.array([0]))) == 1
