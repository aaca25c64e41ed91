"""Assertions in words that can be read and compared away from their page."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.model import Entity, Extraction, Mention, entity_id
from ingest.wordings import Wording, plain, positive, wordings
from tests.factories import Said, extraction

MODI = entity_id("person", "Narendra Modi")


def of(text: str, *, directness: str = "direct", references: tuple[str, ...] = (), kind: str = "person") -> Wording:
    """The wording of the one assertion of a text; ``references`` are pronouns that mean Narendra Modi."""
    made = extraction(text)
    places = tuple(
        Mention("body", match, match + len(word)) for word in references for match in (text.index(f" {word} ") + 1,)
    )
    modi = Entity(MODI, "Narendra Modi", "person", (), places)
    [one] = made.assertions
    speaker = replace(one.speaker, kind=kind)  # type: ignore[type-var, arg-type]
    one = replace(one, directness=directness, speaker=speaker)  # type: ignore[arg-type]
    return wordings(replace(made, assertions=(one,), entities=(*made.entities, modi)))[one.id]


def scope_of(made: Extraction) -> list[str]:
    return [one.scope for one in wordings(made).values()]


def test_pronouns_that_the_page_explains_become_names_in_brackets() -> None:
    wording = of("Ada Brandt said “as he had agreed to stop importing oil”.", references=("he",))
    assert (wording.text, wording.scope) == ("as [Narendra Modi] had agreed to stop importing oil", "")
    assert wording.plain == "as Narendra Modi had agreed to stop importing oil"
    wording = of("Ada Brandt said “all of his friends were there”.", references=("his",))
    assert wording.text == "all of [Narendra Modi's] friends were there"
    assert wording.plain == "all of Narendra Modi's friends were there"


def test_who_speaks_of_himself_is_named() -> None:
    assert of("Ada Brandt said “I am sure that I have seen it all before”.").text == (
        "[Ada Brandt] [is] sure that [Ada Brandt] [has] seen it all before"
    )
    assert (
        of("Ada Brandt said “I’ll sell my house in May”.").text == "[Ada Brandt] will sell [Ada Brandt's] house in May"
    )
    assert of("Herald Group said “we will sell our house in May”.", kind="organization").text == (
        "[Herald Group] will sell [Herald Group's] house in May"
    )


def test_what_a_page_leaves_open_is_not_made_up() -> None:
    wording = of("Ada Brandt said “he had agreed to stop importing oil”.")
    assert (wording.text, wording.scope[:4]) == ("he had agreed to stop importing oil", "ver-")
    assert of("Ada Brandt said “we will sell the house in May”.").scope == entity_id("person", "Ada Brandt")
    assert of("Ada Brandt said “I will sell the house in May”.", directness="indirect").scope.startswith("ver-")
    for words in ("it was a mistake from the start", "you will see what happens", "this is the end of it", "a lie"):
        assert of(f"Ada Brandt said “{words}”.").scope.startswith("ver-"), words
    for words in ("it is clear that the mill was sold", "this week the mill will be sold", "the mill and its wheel"):
        assert of(f"Ada Brandt said “{words}”.").scope == "", words


def test_the_same_words_elsewhere_are_the_same_saying_only_where_they_explain_themselves() -> None:
    one, other = (
        extraction(f"{who} said “it was a mistake”. {who} said “The mill was sold!”.")
        for who in ("Ada Brandt", "Mira Holm")
    )
    mine, theirs = list(wordings(one).values()), list(wordings(other).values())
    assert mine[0].saying != theirs[0].saying
    assert mine[1].saying == theirs[1].saying == Wording("“the mill” was sold", False, "").saying
    assert mine[1].saying != Wording("the mill was sold", False, "ver-1").saying


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Modi had not agreed to stop", "Modi had agreed to stop"),
        ("Russia didn’t attack", "Russia did attack"),
        ("We won't pay", "We will pay"),
        ("Iran cannot win", "Iran can win"),
        ("He never agreed to it", "He agreed to it"),
        ("Isn't the mill sold?", "Is the mill sold?"),
        ("It was not untrue", "It was untrue"),
        ("“We did not ask for it,”", "We did ask for it,"),
    ],
)
def test_plain_negation_is_taken_off_and_told_beside(text: str, expected: str) -> None:
    assert positive(text) == (expected, True)


@pytest.mark.parametrize(
    "text",
    [
        "The mill was sold",
        "If we do not act, the mill will fall",
        "Not all members agreed",
        "The mill was not only sold",
        "They must not win",
        "Those who did not vote are sorry",
        "It is not yet done",
        "Nobody did not know",
        "The mill was not sold but given away",
        "No mill was sold",
        "“Two of the pylons are cracked,” […] “We did not ask for a closure.”",
        "The pylons are cracked. We did not ask for a closure.",
        "The roof leaks, and we did not know.",
        "The roof leaks; it is not our fault",
    ],
)
def test_other_negation_stays(text: str) -> None:
    assert positive(text) == (text, False)


@given(st.text(max_size=200))
def test_any_words_have_a_wording(text: str) -> None:
    words, negated = positive(text)
    assert len(words) <= len(text) + 1
    assert negated or words == text
    assert plain(plain(text)) == plain(text) or "'" in text
    assert Wording(words, negated, "").saying == Wording(words, negated, "").saying


def test_every_assertion_of_a_page_has_one() -> None:
    made = extraction("Ada Brandt said “the mill was sold”.", [Said("Otto", "I say the mill was never sold")])
    assert wordings(made).keys() == {one.id for one in made.assertions}
    assert [one.negated for one in wordings(made).values()] == [False, True]
    assert scope_of(made) == ["", ""]
