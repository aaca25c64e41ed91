from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.annotate.pairs.straight import straightened


@pytest.mark.parametrize(
    ("text", "straight"),
    [
        ("Two shots were fired, police said.", "Two shots were fired"),
        ("Police said on Monday that two shots were fired.", "two shots were fired"),
        ("According to the mayor, rents fell.", "rents fell"),
        ("Rents fell, according to the mayor", "Rents fell"),
        ("In April, the rents in Oslo fell.", "the rents in Oslo fell in April"),
        ("On Monday Ferris replaced Lopez.", "the Ferris replaced Lopez on Monday"),
        ("It was Howard Moss who found the cave.", "the Howard Moss found the cave"),
        ("The pilot who landed the jet was Ruth Alder.", "the Ruth Alder was the pilot who landed the jet"),
        ("The only goal was scored by Mia Brandt in Hamburg.", "the Mia Brandt scored the only goal in Hamburg"),
        ("The bill was backed by Hale's former chief.", "the Hale's former chief backed the bill"),
        ("The bear was shot by a ranger near the school.", "a ranger shot the bear near the school"),
    ],
)
def test_a_text_in_its_plainest_order(text: str, straight: str) -> None:
    assert straightened(text, text) == (straight, straight)


@pytest.mark.parametrize(
    "text",
    [
        "The firm said it had lost money",
        "A poll found that 54 percent backed the bill",
        "The minister denied that he knew, and never said so",
        "In Myanmar, also known as Burma, the army rules",
        "The work was finished by Monday",
        "It was not until 1985 that the bridge opened",
        "During a debate, Smith backed the plan",
        "Last month, prices rose",
        "Two shots were fired, a witness said",
        "Rents rose by a fifth",
    ],
)
def test_what_would_be_lost_or_has_no_such_shape_stays(text: str) -> None:
    assert straightened(text, text) == (text, text)


def test_a_passive_takes_the_verb_as_the_other_text_has_it() -> None:
    assert straightened("The letter was written by Ann Moss", "Bo Hale wrote the letter") == (
        "the Ann Moss wrote the letter",
        "Bo Hale wrote the letter",
    )


def test_a_name_at_the_beginning_is_known_by_the_other_text() -> None:
    assert straightened("Ferris replaced Lopez", "the coach Ferris left")[0] == "the Ferris replaced Lopez"


@given(st.text(), st.text())
def test_any_two_strings_are_straightened_alike_in_either_order(a: str, b: str) -> None:
    assert straightened(a, b) == straightened(b, a)[::-1]
