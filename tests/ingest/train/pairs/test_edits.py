from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.train.pairs import edits


def made(edit: edits.Edit, text: str, tries: int = 40) -> set[str | None]:
    return {edit(text, np.random.default_rng(seed)) for seed in range(tries)}


def test_a_number_becomes_another_and_nothing_else_changes() -> None:
    text = "The fire killed 120 people in 2019."
    found = made(edits.other_number, text)
    assert text not in found
    for other in found - {None}:
        assert other is not None
        assert other.startswith("The fire killed ")
        assert other != text
    assert made(edits.other_number, "No number here.") == {None}


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("The court did not rule.", "The court did rule."),
        ("They can't vote.", "They can vote."),
        ("He won't go.", "He will go."),
        ("She has never lied.", "She has lied."),
    ],
)
def test_a_denial_of_what_is_denied_affirms_it(text: str, wanted: str) -> None:
    assert made(edits.denied, text) == {wanted}


def test_a_denial_of_what_is_affirmed_has_a_word_that_denies() -> None:
    for other in made(edits.denied, "The bridge is safe for trucks."):
        assert other is not None
        assert any(word in other.lower() for word in ("not", "n't", "never", "no ", "false"))


def test_names_change_places_unless_they_are_listed() -> None:
    assert made(edits.swapped_names, "It is said Kenya beat Uganda.") == {"It is said Uganda beat Kenya."}
    assert made(edits.swapped_names, "It is said Kenya and Uganda met.") == {None}


def test_another_name_takes_the_place_of_one() -> None:
    assert made(edits.other_name(["Peru"]), "It is said Kenya voted.") == {"It is said Peru voted."}
    assert made(edits.other_name([]), "It is said Kenya voted.") == {None}


def test_phrases_of_time_move_to_the_front_and_back() -> None:
    assert edits.moved_phrase("The strike of the miners began on Monday.", np.random.default_rng(0)) == (
        "On Monday, the strike of the miners began."
    )
    assert edits.moved_phrase("On Monday, the strike began.", np.random.default_rng(0)) == (
        "The strike began on Monday."
    )


def test_words_keep_their_capital() -> None:
    edit = edits.swap_words({"all": ("some",)})
    assert edit("All of them left.", np.random.default_rng(0)) == "Some of them left."


def test_another_word_has_the_same_ending_and_another_sense() -> None:
    edit = edits.other_word(["started", "painted", "bridge", "closing"])
    assert edit("The mill closed.", np.random.default_rng(0)) in {"The mill started.", "The mill painted."}
    assert edits.other_word(["began"])("It started.", np.random.default_rng(0)) is None
    assert edits.other_word(["bridges"])("The bridges fell.", np.random.default_rng(0)) is None


def test_words_that_only_few_texts_have_are_not_put_anywhere() -> None:
    assert edits.plain_words(["the bridge fell", "a bridge", "the Bridge, that bridge", "another mill"]) == ["bridge"]


@given(st.text(max_size=80), st.integers(0, 50))
def test_any_string_is_edited_or_left_alone(text: str, seed: int) -> None:
    random = np.random.default_rng(seed)
    assert isinstance(edits.kept(text, random), str)
    for _, edit, labels in edits.changing(["Peru", "Ada Brook"], ["walking", "bridge"]):
        other = edit(text, random)
        assert other is None or isinstance(other, str)
        assert 0 not in labels, "what changes a claim cannot be the same claim"
