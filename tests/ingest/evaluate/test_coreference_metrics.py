"""The measures of chains on an example that is worked out by hand in the paper, and decisions about pronouns."""

from __future__ import annotations

import pytest

from ingest.evaluate.coreference import (
    Decisions,
    Sides,
    b_cubed,
    ceaf_e,
    chain_scores,
    conll,
    decisions,
    muc,
    standing_for,
)
from ingest.evaluate.gold import Fragment


def chains(*words: str) -> list[list[Fragment]]:
    """Chains of one-letter expressions."""
    return [[(ord(letter), ord(letter) + 1) for letter in word] for word in words]


# Figure 1 of Pradhan et al. (2014): what is wanted is {a, b, c} and {d, e, f, g}.
WANTED, FOUND = chains("abc", "defg"), chains("ab", "cd", "fghi")


def test_links_as_worked_out_by_hand() -> None:
    assert muc(FOUND, WANTED) == Sides(2, 5, 2, 5)


def test_expressions_as_worked_out_by_hand() -> None:
    scored = b_cubed(FOUND, WANTED)
    assert scored.recall == pytest.approx(35 / 12 / 7)
    assert scored.precision == pytest.approx(4 / 8)
    assert scored.f1 == pytest.approx(2 * 0.5 * (35 / 84) / (0.5 + 35 / 84))


def test_chains_as_worked_out_by_hand() -> None:
    scored = ceaf_e(FOUND, WANTED)
    assert scored.recall == pytest.approx(1.3 / 2)
    assert scored.precision == pytest.approx(1.3 / 3)


def test_the_best_way_to_pair_chains_off_is_not_the_greedy_one() -> None:
    # {a, b, c, d} is likest to {a, b, e} (4/7), but then {e, g} is left with nothing.
    scored = ceaf_e(chains("abe", "cx"), chains("abcd", "eg"))
    assert scored.recalled == pytest.approx(2 / 6 + 2 / 5)


def test_chains_that_are_right_score_1_and_disjoint_ones_0() -> None:
    assert conll([chain_scores(WANTED, WANTED)]) == 1
    assert conll([chain_scores(chains("xy"), WANTED)]) == 0
    assert conll([chain_scores([], WANTED)]) == 0
    assert conll([chain_scores([], [])]) == 1


def test_expressions_that_nothing_else_means_count_for_nothing() -> None:
    assert chain_scores([*FOUND, *chains("z")], [*WANTED, *chains("y")]) == chain_scores(FOUND, WANTED)


def test_documents_add_up_before_they_are_divided() -> None:
    one, other = chain_scores(chains("ab"), chains("ab")), chain_scores(chains("x"), chains("cdef"))
    assert (one["muc"] + other["muc"]).recall == pytest.approx(1 / 4)
    assert conll([one, other]) < 1


def test_decisions_about_a_pronoun_count_over_both_names() -> None:
    assert decisions((True, False), (True, False)) == Decisions(1, 0, 0)
    assert decisions((True, True), (False, True)) == Decisions(1, 1, 0)
    assert decisions((False, False), (False, True)) == Decisions(0, 0, 1)
    both = decisions((True, True), (False, True)) + decisions((False, False), (False, True))
    assert both.f1 == pytest.approx(2 / 4)
    assert Decisions().f1 == 1


TEXT = "President Ada Stone met Leo Park of Narva."


@pytest.mark.parametrize(
    ("name", "spans", "chosen"),
    [
        ("Ada Stone", ["President Ada Stone", "Ada Stone"], "Ada Stone"),
        ("Stone", ["President Ada Stone", "Ada Stone"], "Ada Stone"),
        ("Leo", ["Leo Park of Narva", "Leo Park"], "Leo Park"),
        ("Leo Park", ["Leo", "Narva"], "Leo"),
        ("Leo Park", ["Leo Park of Narva"], None),
        ("Narva", ["Ada Stone"], None),
    ],
)
def test_a_name_stands_in_the_expression_that_means_it(name: str, spans: list[str], chosen: str | None) -> None:
    def place(words: str) -> Fragment:
        return TEXT.index(words), TEXT.index(words) + len(words)

    assert standing_for(place(name), map(place, spans), TEXT) == (place(chosen) if chosen else None)
