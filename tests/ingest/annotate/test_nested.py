"""What is attributed within what is attributed, whichever annotator found the outer one."""

from __future__ import annotations

import pytest

from ingest.annotate.nested import with_nested
from ingest.model import Annotations, Attribution, words_at
from tests.eval.marked import unmarked


def within(marked: str) -> list[tuple[str, str, str]]:
    """What is found within the attributions that are marked: source, cue, content."""
    text, known = unmarked(marked)
    found = with_nested(text, Annotations((), (), tuple(known.values()))).attributions
    assert found[: len(known)] == tuple(known.values())
    return [tuple(words_at(text, role) for role in (one.source, one.cue, one.content)) for one in found[len(known) :]]


@pytest.mark.parametrize(
    ("marked", "inner"),
    [
        (
            "[s1 Smith] [c1 said] [x1 that Jones had claimed that the bridge was unsafe].",
            [("Jones", "had claimed", "that the bridge was unsafe")],
        ),
        (
            "[s1 Smith] [c1 said]: [x1 “Mayor Quill told us that the bridge was unsafe.”]",
            [("Mayor Quill", "told", "that the bridge was unsafe")],
        ),
        (
            "[s1 RT] [c1 writes] [x1 that the BBC reported that Peskov told TASS that it was late].",
            [
                ("the BBC", "reported", "that Peskov told TASS that it was late"),
                ("Peskov", "told", "that it was late"),
            ],
        ),
        ("[s1 Smith] [c1 said] [x1 that he believes that the bridge is unsafe].", []),
        ("[s1 Smith] [c1 said]: [x1 “I think that the bridge is unsafe.”]", []),
        ("[s1 Smith] [c1 said] [x1 that the bridge was shut on Monday].", []),
        ("[s1 Smith] [c1 said] [x1 it].", []),
    ],
)
def test_what_is_found(marked: str, inner: list[tuple[str, str, str]]) -> None:
    assert within(marked) == inner


def test_what_is_known_already_is_not_found_again() -> None:
    assert within("[s1 Smith] [c1 said] [x1 that [s2 Jones] [c2 had claimed] [x2 that it was unsafe]].") == []


def test_it_is_no_surer_than_what_is_around_it() -> None:
    text, known = unmarked("[s1 Smith] [c1 said] [x1 that Jones had claimed that the bridge was unsafe].")
    outer: Attribution = known[1]
    unsure = Annotations((), (), (Attribution(*(getattr(outer, name) for name in FIELDS), 0.3, outer.method),))
    assert [one.confidence for one in with_nested(text, unsure).attributions] == [0.3, 0.3]


FIELDS = ("source", "cue", "content", "directness", "polarity", "certainty")
