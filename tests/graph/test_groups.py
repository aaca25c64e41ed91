"""The pure grouping of assertions into claims."""

from __future__ import annotations

import random
from itertools import combinations, pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.groups import Apart, Decided, Same, groups

MODEL = "model:pairs"


def plain(*ids: str) -> dict[str, str]:
    """Assertions that all say other words."""
    return {identity: f"words of {identity}" for identity in ids}


def pairs(*edges: str, score: float = 0.9, method: str = MODEL) -> list[Same]:
    return [Same(edge[0], edge[1], score, method) for edge in edges]


def joined(found: list[tuple[str, ...]]) -> list[str]:
    return ["".join(group) for group in found]


def test_what_the_pair_check_takes_for_the_same_is_one_claim() -> None:
    assert joined(groups(plain(*"abcd"), pairs("ab", "cd"))) == ["ab", "cd"]
    assert joined(groups(plain(*"abc"), pairs("ab", "bc"))) == ["abc"], "one pair in three may be missed"
    assert joined(groups({}, [])) == []


def test_one_mistake_between_two_groups_does_not_make_them_one() -> None:
    edges = [*combinations("abcd", 2), *combinations("uvwx", 2)]
    same = pairs(*("".join(edge) for edge in edges), "du")
    assert joined(groups(plain(*"abcduvwx"), same)) == ["abcd", "uvwx"]


def test_a_chain_does_not_lead_from_one_claim_to_another() -> None:
    chain = "abcdefghij"
    found = groups(plain(*chain), [Same(a, b, 0.6, MODEL) for a, b in pairwise(chain)])
    assert max(map(len, found)) <= 3


def test_a_group_is_cut_where_the_pair_check_tells_two_apart() -> None:
    same = [Same("a", "b", 0.9, MODEL), Same("b", "c", 0.8, MODEL)]
    assert joined(groups(plain(*"abc"), same, [Apart("a", "c", 0.9, MODEL)])) == ["ab", "c"]


def test_the_same_words_are_one_claim_and_count_once() -> None:
    sayings = {**plain(*"abc"), "x": "words of a", "y": "words of a", "z": "words of a"}
    assert joined(groups(sayings)) == ["axyz", "b", "c"]
    # Three more that copy one side give it no more weight: one pair of wordings in two is the same.
    assert joined(groups(sayings, pairs("ab"))) == ["abxyz", "c"]
    assert joined(groups(sayings, pairs("xb", "yc", "bc"))) == ["abcxyz"]


def test_structure_joins_whatever_the_pair_check_says() -> None:
    same = [Same("a", "b", 1.0, "structure:copies")]
    assert joined(groups(plain(*"ab"), same, [Apart("a", "b", 0.99, MODEL)])) == ["ab"]


def test_people_join_and_part_against_everything_else() -> None:
    same = [*pairs("ab", "bc", "ac"), Same("c", "d", 1.0, "structure:copies")]
    parted = [Decided("a", "b", "different_claim", 1)]
    found = groups(plain(*"abcd"), same, decided=parted)
    assert not any({"a", "b"} <= set(group) for group in found)
    assert joined(
        groups(plain(*"ab"), apart=[Apart("a", "b", 1, MODEL)], decided=[Decided("a", "b", "same_claim", 1)])
    ) == ["ab"]
    sayings = {"a": "x", "b": "x", "c": "x"}
    assert joined(groups(sayings, decided=parted)) == ["ac", "b"], "equal words go with the first that they may"
    assert joined(groups(plain(*"cd"), same, decided=[Decided("c", "d", "different_claim", 1)])) == ["c", "d"]


def test_of_decisions_that_exclude_one_another_the_last_hold() -> None:
    older = [Decided("a", "b", "different_claim", 1)]
    newer = [Decided("b", "c", "same_claim", 2), Decided("a", "c", "same_claim", 3)]
    assert joined(groups(plain(*"abc"), decided=older + newer)) == ["abc"]
    assert joined(groups(plain(*"abc"), decided=[*newer, Decided("a", "b", "different_claim", 4)])) == ["ac", "b"]


def test_pairs_with_others_are_left_out() -> None:
    assert joined(groups(plain(*"ab"), pairs("az", "zb"), [Apart("a", "z", 1.0, MODEL)])) == ["a", "b"]


IDS = [f"ast-{n:02}" for n in range(12)]
ids = st.sampled_from(IDS)
scores = st.floats(0.5, 1.0)
distinct = st.tuples(ids, ids).filter(lambda pair: pair[0] < pair[1])
methods = st.sampled_from([MODEL, MODEL, MODEL, "structure:copies"])


@st.composite
def worlds(draw: st.DrawFn) -> dict[str, Any]:
    chosen = draw(st.lists(ids, unique=True, min_size=1))
    return {
        "sayings": {identity: draw(st.sampled_from([identity, identity, "one", "two"])) for identity in chosen},
        "same": [
            Same(*pair, draw(scores), draw(methods)) for pair in draw(st.lists(distinct, unique=True, max_size=40))
        ],
        "apart": [Apart(*pair, draw(scores), MODEL) for pair in draw(st.lists(distinct, unique=True, max_size=8))],
        "decided": [
            Decided(*pair, draw(st.sampled_from(["same_claim", "different_claim"])), order)
            for order, pair in enumerate(draw(st.lists(distinct, unique=True, max_size=5)))
        ],
    }


@settings(max_examples=300, deadline=None)
@given(world=worlds(), seed=st.integers())
def test_any_order_gives_the_same_groups(world: dict[str, Any], seed: int) -> None:
    expected = groups(**world)
    mixed = random.Random(seed)
    shuffled = {
        "sayings": dict(mixed.sample(sorted(world["sayings"].items()), len(world["sayings"]))),
        **{name: mixed.sample(world[name], len(world[name])) for name in ("same", "apart", "decided")},
    }
    assert groups(**shuffled) == expected


@settings(max_examples=300, deadline=None)
@given(world=worlds())
def test_groups_are_a_partition_that_keeps_apart_what_people_parted_last(world: dict[str, Any]) -> None:
    found = groups(**world)
    assert sorted(identity for group in found for identity in group) == sorted(world["sayings"])
    last = max(world["decided"], key=lambda one: one.order, default=None)
    if last is not None and {last.one, last.other} <= world["sayings"].keys():
        together = any({last.one, last.other} <= set(group) for group in found)
        assert together == (last.decision == "same_claim")


@settings(max_examples=200, deadline=None)
@given(world=worlds())
def test_without_people_two_of_different_words_that_are_told_apart_meet_by_structure_alone(
    world: dict[str, Any],
) -> None:
    world = {**world, "decided": [], "sayings": {one: one for one in world["sayings"]}}
    firm = [edge for edge in world["same"] if edge.method != MODEL]
    by_structure = groups(world["sayings"], firm)
    linked = {frozenset((edge.one, edge.other)) for edge in world["same"]}
    for group in groups(**world):
        for foe in world["apart"]:
            if {foe.one, foe.other} <= set(group) and frozenset((foe.one, foe.other)) not in linked:
                cells = [set(cell) for cell in by_structure if {foe.one, foe.other} & set(cell)]
                between = [edge for edge in world["same"] if len(cells) == 2 and _crosses(edge, cells)]
                assert len(cells) == 1 or between, (group, foe)


def _crosses(edge: Same, cells: list[set[str]]) -> bool:
    return any(edge.one in a and edge.other in b for a, b in (cells, cells[::-1]))


@pytest.mark.parametrize("size", [400])
def test_large_groups_are_found_quickly(size: int) -> None:
    rng = random.Random(1)
    names = [f"ast-{n:04}" for n in range(size)]
    blocks = [names[start : start + 20] for start in range(0, size, 20)]
    same = [Same(*sorted(rng.sample(block, 2)), rng.uniform(0.5, 1), MODEL) for block in blocks for _ in range(150)]
    found = groups({name: name for name in names}, same)
    assert len(found) >= size // 20
    assert max(map(len, found)) <= 20
