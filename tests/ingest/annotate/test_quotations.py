"""Which stretches of a text stand in quotation marks."""

from __future__ import annotations

import pytest

from ingest.annotate.layout import paragraphs
from ingest.annotate.quotations import quotations


def quoted(text: str) -> list[str]:
    return [text[found.start : found.end] for found in quotations(text, list(paragraphs(text)))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He said “it is late” and left.", ["“it is late”"]),
        ('He said "it is late" and left.', ['"it is late"']),
        ("He said 'it is late' and left.", ["'it is late'"]),
        ("He said ‘it is late’ and left.", ["‘it is late’"]),
        ("Er sagte: „Es ist spät“, und ging.", ["„Es ist spät“"]),
        ("Powiedział: „Jest późno” i wyszedł.", ["„Jest późno”"]),
        ("Il a dit « il est tard » et part.", ["« il est tard »"]),
        ("Er sagte »es ist spät« und ging.", ["»es ist spät«"]),
        ("He said ''it is late'' and left.", ["''it is late''"]),
        ("He said ``it is late'' and left.", ["``it is late''"]),
    ],
)
def test_every_style_of_marks(text: str, expected: list[str]) -> None:
    assert quoted(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "It's the officials' view, and they don't like it.",
        "It’s the officials’ view, and they don’t like it.",
        "Back in the '90s we said rock 'n' roll.",
        'A board of 5" by 7" will do.',
        "An opening “ that nobody closes.",
        'One " alone.',
        "A closing ” alone.",
        "",
    ],
)
def test_apostrophes_and_lonely_marks_are_no_quotations(text: str) -> None:
    assert quoted(text) == []


def test_a_plural_apostrophe_does_not_end_speech() -> None:
    assert quoted("‘The officials’ view is wrong,’ he said.") == ["‘The officials’ view is wrong,’"]


def test_only_the_outermost_of_nested_marks() -> None:
    assert quoted("“He told me ‘no’ twice,” she said. ‘A “b” c,’ he said.") == [
        "“He told me ‘no’ twice,”",
        "‘A “b” c,’",
    ]


def test_a_paragraph_may_leave_a_quotation_open_for_the_next() -> None:
    text = "“First part.\n\n“Second part,” he said. “Third.”"
    found = quotations(text, list(paragraphs(text)))
    assert [(text[each.start : each.end], each.continues) for each in found] == [
        ("“First part.", False),
        ("“Second part,”", True),
        ("“Third.”", False),
    ]


def test_an_unclosed_mark_swallows_no_other_quotation() -> None:
    assert quoted("He “began, and then “it is late” was all.\n\nNothing more.") == ["“it is late”"]
