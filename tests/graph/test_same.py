"""Who is taken for whom, by plain data."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from itertools import combinations
from typing import Literal

from hypothesis import given, settings
from hypothesis import strategies as st

from graph.names import SURE, likeness
from graph.same import Decided, Node, groups, pair
from ingest.model import Id

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def people(*names: str) -> list[Node]:
    return [Node(Id(f"ent-{name}"), "person", name) for name in names]


def edges(nodes: list[Node]) -> dict[tuple[Id, Id], float]:
    found = {pair(a.id, b.id): likeness("person", a.name, b.name).score for a, b in combinations(nodes, 2)}
    return {both: score for both, score in found.items() if score >= SURE}


def said(one: str, other: str, decision: Literal["same", "different"], minute: int = 0) -> Decided:
    at = NOON + timedelta(minutes=minute)
    return Decided(Id(f"ent-{one}"), Id(f"ent-{other}"), decision, at, f"rev-{one}{other}{minute}")


def sets(found: dict[Id, Id]) -> set[frozenset[str]]:
    return {
        frozenset(one.removeprefix("ent-") for one in found if found[one] == stands) for stands in set(found.values())
    }


def test_spellings_of_one_name_are_one() -> None:
    nodes = people("Dmitry Peskov", "Dmitri Peskov", "Дмитрий Песков")
    assert len(sets(groups(nodes, edges(nodes), []))) == 1


def test_a_second_bearer_casts_doubt_on_both() -> None:
    nodes = people("Dmitry S. Peskov", "Dmitry Sergeyevich Peskov", "Dmitry Stepanovich Peskov")
    assert sets(groups(nodes, edges(nodes), [])) == {frozenset({node.name}) for node in nodes}
    assert len(sets(groups(nodes[:2], edges(nodes[:2]), []))) == 1
    known = groups(nodes, edges(nodes), [said("Dmitry S. Peskov", "Dmitry Stepanovich Peskov", "different")])
    assert frozenset({"Dmitry S. Peskov", "Dmitry Sergeyevich Peskov"}) in sets(known)


def test_the_last_word_on_a_pair_decides() -> None:
    nodes = people("Dmitry Peskov", "Dmitri Peskov")
    words = [said("Dmitry Peskov", "Dmitri Peskov", "different", 1), said("Dmitri Peskov", "Dmitry Peskov", "same", 2)]
    assert len(sets(groups(nodes, edges(nodes), words))) == 1
    assert len(sets(groups(nodes, edges(nodes), [*words, said("Dmitri Peskov", "Dmitry Peskov", "different", 3)]))) == 2
    assert len(sets(groups(nodes, edges(nodes), reversed(words)))) == 1


def test_who_is_kept_apart_is_not_brought_together_by_a_third() -> None:
    nodes = people("A One", "B Two", "C Three")
    words = [
        said("A One", "B Two", "same", 1),
        said("A One", "C Three", "different", 2),
        said("B Two", "C Three", "same", 3),
    ]
    # The later one of the two that cannot both hold.
    assert sets(groups(nodes, {}, words)) == {frozenset({"A One"}), frozenset({"B Two", "C Three"})}


def test_an_account_stands_for_nobody_with_a_name_of_their_own() -> None:
    nodes = [Node(Id("acc-1"), "account", "peskov"), *people("Peskov", "Dmitry Peskov")]
    words = [said("Peskov", "Dmitry Peskov", "same"), Decided(Id("acc-1"), Id("ent-Peskov"), "same", NOON, "rev-1")]
    assert set(groups(nodes, {}, words).values()) == {"ent-Dmitry Peskov"}


NAMES = [
    "Dmitry Peskov",
    "Dmitri Peskov",
    "Dmitry S. Peskov",
    "Dmitry Sergeyevich Peskov",
    "Dmitry Stepanovich Peskov",
    "Dmitry Peskov Jr",
]


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES), st.sampled_from(["same", "different"])), max_size=6
    ),
    st.randoms(use_true_random=False),
)
def test_order_does_not_matter_and_nobody_is_with_whom_they_are_kept_from(
    words: list[tuple[str, str, Literal["same", "different"]]], rng: random.Random
) -> None:
    nodes = people(*NAMES)
    decided = [said(a, b, decision, minute) for minute, (a, b, decision) in enumerate(words) if a != b]
    found = groups(nodes, edges(nodes), decided)
    shuffled, again = list(decided), list(nodes)
    rng.shuffle(shuffled)
    rng.shuffle(again)
    assert groups(again, dict(sorted(edges(again).items(), reverse=True)), shuffled) == found
    last = {pair(one.one, one.other): one.decision for one in decided}
    for (one, other), decision in last.items():
        if decision == "different":
            assert found[one] != found[other]
