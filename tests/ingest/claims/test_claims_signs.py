"""By which signs a reply takes sides, which words only look like them, and how they add up."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pytest

from ingest.claims.signs import ADDRESSED, CONTRARY, Sign, contrary, signs_in, weighed
from ingest.claims.targets import Words
from ingest.model import Span, Stances


def sentences(text: str) -> list[Span]:
    return [Span(*match.span()) for match in re.finditer(r"[^.!?\s][^.!?]*[.!?]*", text)]


def signs(text: str) -> list[tuple[str, str, str]]:
    found = signs_in(text, (Span(0, len(text)),), sentences(text))
    return [(one.stance, one.method, one.span.of(text) if one.span else "") for one in found]


@pytest.mark.parametrize(
    ("reply", "stance", "method", "words"),
    [
        ("It is new. You are badly mistaken about the key.", "disagree", "rule:objection", "You are badly mistaken"),
        ("I fear you haven't read the report.", "disagree", "rule:objection", "you haven't read"),
        ("Your point about the keel is simply nonsense.", "disagree", "rule:objection", None),
        ("Your paranoid fantasy has no place here.", "disagree", "rule:objection", "Your paranoid fantasy"),
        ("Nobody said so, it's a strawman.", "disagree", "rule:objection", "strawman"),
        ("The tax claim is flat wrong.", "disagree", "rule:objection", "flat wrong"),
        ("Could everyone please stop with the dragons?", "disagree", "rule:objection", None),
        ("I never claimed the ferry was fast.", "disagree", "rule:disowned-words", "I never claimed"),
        ("My remark has nothing to do with money.", "disagree", "rule:disowned-words", "has nothing to do with"),
        ("The bridge is old. However, it was mended.", "disagree", "rule:turn", "However"),
        ("So where are the engineers?", "disagree", "rule:challenge", "So where are the engineers?"),
        ("Fifty pounds for that?", "disagree", "rule:question", "Fifty pounds for that?"),
        ("Late to this, but I fully agree.", "agree", "rule:assent", "I fully agree"),
        ("In that light it makes a lot of sense.", "agree", "rule:assent", "makes a lot of sense"),
        ("The link worked, thank you.", "agree", "rule:thanks", "thank you"),
    ],
)  # fmt: skip
def test_signs(reply: str, stance: str, method: str, words: str | None) -> None:
    found = signs(reply)
    assert (stance, method) in [one[:2] for one in found], found
    if words is not None:
        assert words in [one[2] for one in found]


@pytest.mark.parametrize(
    "reply",
    [
        "Tell me if you are wrong.",  # a condition
        "He told her “you are wrong” and left.",  # somebody else's words
        "You don't need an oven.",
        "You can read the report at the library.",
        "Your point about the keel is good.",
        "How long can I keep it in the fridge?",  # a request
        "So how do I clean it?",
        "Is there a way to do it by hand?",
        "The bridge is old. It is wide. It is red. However, it was mended.",  # too late to be a turn against it
        "",
    ],
)
def test_what_looks_like_a_sign(reply: str) -> None:
    assert [one for one in signs(reply) if one[0] != "neutral"] == []


def rows(text: str) -> Sequence[tuple[Span, Words]]:
    return [(span, Words(span.of(text))) for span in sentences(text)]


@pytest.mark.parametrize(
    ("answered", "reply", "against"),
    [
        ("The dam is old. Ann signed the lease.", "Ann never signed any lease.", "Ann signed the lease."),
        ("There is no tunnel at Velm.", "There is a tunnel at Velm, I drove it.", "There is no tunnel at Velm."),
        ("They want to split the US from Europe.", "There is no split between Europe and the US.", None),
        # What is negated is something else.
        ("The mayor signed the lease.", "The mayor does not read a lease.", ""),
        ("The mayor never signed the lease.", "The lease was never signed by the mayor.", ""),
        ("The mayor signed the lease.", "Nobody signed in.", ""),
    ],
)  # fmt: skip
def test_what_is_said_with_a_negation_and_without(answered: str, reply: str, against: str | None) -> None:
    found = contrary(rows(reply), rows(answered), of_page=False)
    if against == "":
        assert found is None
    else:
        assert found is not None
        assert found[1].of(answered) == (against or answered)
        assert found[0].method == CONTRARY[0]


def test_a_page_must_say_more_of_the_same() -> None:
    reply, answered = rows("Ships from Korsk never paid the harbour toll, I heard."), rows("Every boat paid the toll.")
    assert contrary(reply, answered, of_page=False) is not None
    assert contrary(reply, answered, of_page=True) is None


OBJECTS = Sign("disagree", ADDRESSED[1], ADDRESSED[0], None)


def test_signs_and_a_model_add_up() -> None:
    assert weighed([OBJECTS], None)[::2] == ("disagree", ADDRESSED[0])
    usual = Stances(0.5, 0.12, 0.35, "model:x")
    sure = Stances(0.1, 0.8, 0.1, "model:x")
    assert weighed([OBJECTS], sure)[1] > weighed([OBJECTS], usual)[1] > 0.5
    assert weighed([], sure)[::2] == ("disagree", "model:x")
    # It holds most replies for agreement, so that by itself says nothing.
    assert weighed([], Stances(0.8, 0.05, 0.15, "model:x"))[0] == "neutral"


def test_a_turn_after_a_concession_weighs_more() -> None:
    granted, told = "It may be true. However, it rains.", "It is Monday. However, it rains."
    weights = [
        [one.weight for one in signs_in(text, (Span(0, len(text)),), sentences(text)) if one.method == "rule:turn"]
        for text in (granted, told)
    ]
    assert weights[0] > weights[1] > [0]


def test_thanks_outweigh_a_question() -> None:
    both = [Sign("disagree", 0.6, "rule:question", None), Sign("agree", 1.0, "rule:thanks", None)]
    assert weighed(both, None)[0] != "disagree"


def test_a_side_is_taken_only_where_that_is_likelier_than_not() -> None:
    assert weighed([Sign("disagree", 0.7, "rule:turn", None)], None)[0] == "neutral"
    assert weighed([Sign("agree", 0.8, "rule:x", None)], None)[0] == "neutral"
