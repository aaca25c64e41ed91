"""Words of two texts: which are kept, which are names, what moved, what stands for what."""

from __future__ import annotations

import pytest

from ingest.annotate.pairs.compared import in_order, match, stands_for, told_apart, words_of


def test_particles_and_titles_are_left_out_and_contractions_written_out() -> None:
    assert [word.lower for word in words_of("The doctor didn't see Mr Reed's dog.")] == [
        *("doctor", "did", "not", "see", "reed", "dog")
    ]


def test_a_word_knows_where_it_stands() -> None:
    word = words_of("It was taken by the King of Oslo.")[-1]
    assert (word.lower, word.name, word.before, word.after) == ("oslo", True, "of", "")


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Ann Moss left Oslo.", ["ann", "moss", "oslo"]),
        ("When Ann left it rained.", ["ann"]),
        ("Farmers left on Monday.", []),
        ("Norway left.", ["norway"]),
        ("NASA left.", ["nasa"]),
    ],
)
def test_a_first_word_is_a_name_where_that_is_sure(text: str, names: list[str]) -> None:
    assert [word.lower for word in words_of(text) if word.name] == names


def test_a_phrase_that_moved_is_in_both() -> None:
    one, other = in_order("Last week rents in Bergen rose.", "Rents in Bergen fell last week.")
    texts = told_apart(one, other)
    assert {word.lower for word in texts.alone} == {"rose", "fell"}
    assert (len(texts.lefts), len(texts.rights), texts.shared) == (1, 1, 4)


def test_words_in_other_places_are_no_phrase_that_moved() -> None:
    one, other = in_order("Older women earn less than men.", "Older men earn more than women.")
    texts = told_apart(one, other)
    assert len(texts.lefts) > 1 < len(texts.rights)


@pytest.mark.parametrize(
    ("one", "other", "may"),
    [
        ("bought", "purchased", True),
        ("knew", "know", True),
        ("kyiv", "ukraine", True),
        ("cat", "budget", False),
        ("qwzx", "qwzx", True),
    ],
)
def test_what_may_stand_for_what(one: str, other: str, may: bool) -> None:
    assert stands_for(one, other) is stands_for(other, one) is may


def test_words_match_where_each_has_its_like_or_one_side_has_none() -> None:
    assert match({"bought"}, {"purchased"})
    assert match(set(), {"company", "cat"})
    assert not match({"bought"}, {"purchased", "cat"})
