"""What follows from assertions being one claim, without a graph."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from graph.derived import (
    OTHERS_WORDS,
    OWN_EARLIER,
    Member,
    Tie,
    claim,
    contradiction,
    contradictions,
    disputes_within,
    heirs,
    ties,
)
from graph.groups import Apart, Decided, Same
from ingest.model import Id, claim_id

DAY = datetime(2026, 1, 1, tzinfo=UTC)
SURE = Tie(0.9, "model:pairs")


def member(identity: str, day: int = 0, **given: Any) -> Member:
    values: dict[str, Any] = {
        "key": f"words of {identity}",
        "node": f"ver-{identity}",
        "text": f"the mill in {identity} was sold today",
        "scope": "",
        "negated": False,
        "polarity": "affirmed",
        "directness": "direct",
        "content": (0, 9),
        "seen": DAY + timedelta(days=day),
        "current": True,
        "wrong": False,
        "confidence": 0.8,
        "speaker": f"ent-{identity}",
        "person": f"ent-{identity}",
    } | given
    return Member(id=identity, wording=values.pop("wording", values["text"]), **values)


def told(rows: list[dict[str, Any]]) -> list[tuple[str, str, str]]:
    return [(row["properties"]["kind"], row["stated"], row["against"]) for row in rows]


def test_a_claim_has_the_clearest_words_of_its_assertions() -> None:
    members = [
        member("a", wording="[Modi] sold the old mill in May"),
        member("b", wording="Modi sold the old mill in May"),
        member("c", wording="sold"),
        member("d", wording="the old mill […] sold by Modi in May"),
        member("e", wording="Modi sold the mill to Ada in May", negated=True),
        member("f", wording="he sold the old mill in May", scope="ver-f"),
        member("g", wording="Modi sold an old mill in May", wrong=True),
    ]
    for given in (members, members[::-1]):
        assert claim(given)["text"] == "Modi sold the old mill in May"


def test_a_claim_keeps_the_ids_that_its_parts_had() -> None:
    members = [member("b", 2), member("a", 3), member("c", 1)]
    row = claim(members, ["clm-old"])
    assert row["id"] == claim_id(Id("a"))
    assert row["formerIds"] == sorted([claim_id(Id("b")), claim_id(Id("c")), "clm-old"])
    assert (row["firstSeen"], row["lastSeen"]) == (DAY + timedelta(days=1), DAY + timedelta(days=3))


def test_times_are_of_what_is_said_today() -> None:
    row = claim([member("a", 2), member("b", 1, current=False), member("c", 9, wrong=True)])
    assert row["firstSeen"] == row["lastSeen"] == DAY + timedelta(days=2)
    assert claim([member("a", 5, current=False)])["lastSeen"] == DAY + timedelta(days=5)


def test_of_several_reasons_the_surest_holds_an_assertion_in_its_claim() -> None:
    members = [member("a"), member("b"), member("c", key="x"), member("d", key="x"), member("e")]
    found = ties(
        members,
        [
            Same("a", "b", 0.7, "model:pairs"),
            Same("a", "c", 0.8, "model:pairs"),
            Same("a", "z", 1.0, "structure:copies"),
        ],
        [Decided("b", "e", "same_claim", 1)],
    )
    assert {identity: (tie.score, tie.method) for identity, tie in found.items()} == {
        "a": (0.8, "model:pairs"),
        "b": (1.0, "review:same-claim"),
        "c": (1.0, "rule:same-words"),
        "d": (1.0, "rule:same-words"),
        "e": (1.0, "review:same-claim"),
    }
    assert ties([member("a")], [], []) == {"a": Tie(1.0, "rule:own-claim")}


def test_who_denies_disputes_what_was_said_last_before() -> None:
    members = [member("a", 1), member("b", 3), member("c", 5), member("d", 4, polarity="denied")]
    assert told(disputes_within(members)) == [("denial", "d", "b")]
    assert told(disputes_within([members[2], members[3]])) == [("denial", "d", "c")], "or else what came first after"
    assert disputes_within([members[3]]) == []
    same = member("x", 1, speaker="ent-d")
    assert disputes_within([same, members[3]]) == [], "who denies own words denies nobody's"


def test_what_a_page_states_itself_is_not_derived_again() -> None:
    stated = member("d", 4, polarity="denied", states=(("denial", frozenset({"q"})),))
    assert disputes_within([member("a", 1), stated]) == []
    one, other = [member("a", 1)], [member("b", 2, states=(("contradiction", frozenset({"a"})),))]
    assert contradictions(one, other, SURE) == []


def test_the_plain_opposite_contradicts() -> None:
    members = [member("a", 1), member("b", 2, negated=True), member("c", 3)]
    assert told(disputes_within(members)) == [("contradiction", "c", "b"), ("contradiction", "b", "a")]
    assert disputes_within([member("a", 1), member("b", 2, negated=True, polarity="denied")]) == []


def test_the_later_disputes_the_earlier_once_for_each_speaker() -> None:
    nine = [member("a", 1, speaker="ent-1", person="ent-1"), member("b", 4, speaker="ent-1", person="ent-1")]
    twelve = [
        member("c", 2, speaker="ent-2"),
        member("d", 3, speaker="ent-2"),
        member("e", 5, speaker="ent-1", person="ent-1"),
    ]
    rows = contradictions(nine, twelve, SURE)
    assert sorted(told(rows)) == [("contradiction", "c", "a"), ("contradiction", "e", "b")]
    basis = {row["stated"]: (row["properties"]["basis"], row["properties"]["own"]) for row in rows}
    assert basis == {"c": (OTHERS_WORDS, None), "e": (OWN_EARLIER, True)}
    assert {row["properties"]["confidence"] for row in rows} == {0.72}
    assert sorted(told(contradictions(twelve, nine, SURE))) == sorted(told(rows))


def test_what_is_gone_wrong_or_denied_contradicts_nothing() -> None:
    one = [member("a", 1)]
    for given in ({"current": False}, {"wrong": True}, {"polarity": "denied"}, {"polarity": "questioned"}):
        assert contradictions(one, [member("b", 2, **given)], SURE) == []
    assert contradictions(one, [member("b", 2, speaker=None)], SURE) == []
    assert told(contradictions([member("a", 1, speaker=None)], [member("b", 2)], SURE)) == [("contradiction", "b", "a")]


def test_claims_exclude_one_another_where_most_of_their_words_do() -> None:
    one, other = [member("a"), member("b")], [member("c"), member("d", wrong=True)]
    foe = Apart("a", "c", 0.8, "rule:numbers")
    assert contradiction(one, other, [foe], []) == Tie(0.8, "rule:numbers")
    assert contradiction(one, other, [foe], [Same("b", "c", 0.6, "model:pairs")]) is None
    assert contradiction(one, other, [Apart("a", "d", 0.8, "rule:numbers")], []) is None, "a wrong one proves nothing"
    assert contradiction(one, other, [Apart("a", "b", 0.8, "rule:numbers")], []) is None


def test_the_place_of_a_claim_that_is_gone_takes_who_has_most_of_it() -> None:
    assert heirs(
        {"x": ["a", "b", "c"], "y": ["d"], "k": ["e"]}, {"a": "k", "b": "m", "c": "m", "d": "m", "e": "k"}
    ) == {
        "x": "m",
        "y": "m",
    }
