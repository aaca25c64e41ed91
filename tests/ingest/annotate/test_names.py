"""Names by capital letters and the evidence around them."""

from __future__ import annotations

import pytest

from ingest.annotate import load


def names(text: str) -> dict[str, tuple[str, str]]:
    (found,) = load("rules").annotate([text])
    return {text[name.start : name.end]: (name.kind, name.method) for name in found.names}


@pytest.mark.parametrize(
    ("text", "name", "kind", "method"),
    [
        ("The aide to Senator Lindsey Graham left.", "Lindsey Graham", "person", "rule:title"),
        ("It was Kremlin Spokesman Dmitry Peskov again.", "Dmitry Peskov", "person", "rule:title"),
        ("They flew to France on Monday.", "France", "place", "rule:known-name"),
        ("A note by the Foreign Ministry followed.", "Foreign Ministry", "organization", "rule:head-word"),
        ("The shares of Acme Widgets Inc. fell.", "Acme Widgets Inc.", "organization", "rule:head-word"),
        ("Then NATO was asked.", "NATO", "organization", "rule:acronym"),
        ("Most Russians stayed at home.", "Russians", "group", "rule:demonym"),
        ("Later Szijjarto said it was late.", "Szijjarto", "person", "rule:speaks"),
        ("We met Zyxwv Qwertz there.", "Zyxwv Qwertz", "person", "rule:capitals"),
    ],
)
def test_evidence(text: str, name: str, kind: str, method: str) -> None:
    assert names(text).get(name) == (kind, method)


def test_a_family_name_follows_its_full_name() -> None:
    text = "It was Zyxwv Qwertz. Nobody had seen Qwertz before."
    (found,) = load("rules").annotate([text])
    assert [(text[name.start : name.end], name.method) for name in found.names] == [
        ("Zyxwv Qwertz", "rule:capitals"),
        ("Qwertz", "rule:alias"),
    ]


@pytest.mark.parametrize(
    "text", ["The Russian plan.", "On Monday it rained in April.", "I think so. But He did.", "A B C"]
)
def test_what_is_no_name(text: str) -> None:
    assert names(text) == {}


def test_capitals_tell_nothing_in_a_headline() -> None:
    assert names("Strange Talks Begin After Long Delay Without Any Result") == {}
