"""Roles of paragraphs: turns, quotations, and how far they reach."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.read.blocks import with_roles
from ingest.read.pieces import Piece

Told = list[tuple[str, str, str | None]]


def roles(paragraphs: Sequence[str | tuple[str, dict[str, object]]], *, marked: bool = False) -> Told:
    """(kind, words, lead-in) of each block of a page with these paragraphs; a pair says more of one's layout."""
    text, pieces = "", []
    for one in paragraphs:
        words, layout = one if isinstance(one, tuple) else (one, {})
        pieces.append(Piece(layout.pop("kind", "paragraph"), len(text), len(text) + len(words), **layout))  # type: ignore[arg-type]
        text += words + "\n\n"
    return [
        (block.kind, text[block.start : block.end], None if block.lead_in is None else block.lead_in.of(text))
        for block in with_roles(text, pieces, marked=marked)
    ]


def quote(words: str, depth: int = 1, **layout: object) -> tuple[str, dict[str, object]]:
    return words, {"kind": "quote", "depth": depth, **layout}


def test_a_turn_goes_on_until_the_next_speaker() -> None:
    assert roles(["ANN LEE: It rained.", "It rained all day.", "BOB RAY: No.", "ANN LEE: Yes."]) == [
        ("turn", "ANN LEE: It rained.\n\nIt rained all day.", "ANN LEE:"),
        ("turn", "BOB RAY: No.", "BOB RAY:"),
        ("turn", "ANN LEE: Yes.", "ANN LEE:"),
    ]


@pytest.mark.parametrize(
    "after",
    [
        ("A heading", {"kind": "heading"}),
        ("The writer goes on below a line that is drawn, with some words.", {"after_rule": True}),
        "Lee left the room after that, and nobody spoke for a while, as those who were there remember it.",
        "Print Friendly, PDF & Email",
    ],
)
def test_the_last_turn_ends_where_something_else_begins(after: str | tuple[str, dict[str, object]]) -> None:
    found = roles(["The remarks in full:", "Minister Ann Lee: It rained.", "It rained all day.", after])
    assert [kind for kind, _, _ in found] == ["paragraph", "turn", found[-1][0]]
    assert found[-1][0] != "turn"


def test_thanks_end_the_last_turn() -> None:
    words = "It rained in every valley of the country for nine days and nine nights, and it did not stop."
    found = roles(["The remarks in full:", "Minister Ann Lee: It rained.", "Thank you for your attention.", words])
    assert [kind for kind, _, _ in found] == ["paragraph", "turn", "paragraph"]


def test_quotation_marks_tell_where_a_turn_ends() -> None:
    found = roles(["Ann Lee, baker: “It rained.”", "It did not rain in the next valley, where nobody lives."])
    assert [(kind, lead_in) for kind, _, lead_in in found] == [("turn", "Ann Lee, baker:"), ("paragraph", None)]


def test_a_label_may_have_its_line_to_itself() -> None:
    bold = {"bold": 7}
    found = roles(
        [("Ann Lee", dict(bold)), "It rained.", ("Bob Ray", dict(bold)), "No.", ("Ann Lee", dict(bold)), "Yes."]
    )
    assert [(kind, words) for kind, words, _ in found][:2] == [
        ("turn", "Ann Lee\n\nIt rained."),
        ("turn", "Bob Ray\n\nNo."),
    ]


def test_marked_quotations_share_the_sentence_above() -> None:
    assert roles(
        ["It goes on. From the BBC:", quote("It rained."), quote("It snowed."), "So it did."], marked=True
    ) == [
        ("paragraph", "It goes on. From the BBC:", None),
        ("quote", "It rained.", "From the BBC:"),
        ("quote", "It snowed.", "From the BBC:"),
        ("paragraph", "So it did.", None),
    ]


def test_a_quotation_within_a_quotation_has_its_own_lead_in() -> None:
    found = roles(
        ["From the BBC:", quote("Lee read a letter:"), quote("It rained.", 2), quote("Nobody spoke."), "So it went."],
        marked=True,
    )
    assert [lead_in for _, _, lead_in in found] == [None, "From the BBC:", "Lee read a letter:", "From the BBC:", None]


@pytest.mark.parametrize("signature", ["— Ann Lee", "-Ann Lee", "– Ann Lee, baker, in 1920"])
def test_a_signature_is_the_lead_in(signature: str) -> None:
    assert roles(["It says:", "“It rained.”", signature])[1:] == [
        ("quote", "“It rained.”", signature),
        ("paragraph", signature, None),
    ]


def test_a_source_that_is_marked_up_needs_no_dash() -> None:
    found = roles(["Words.", quote("It rained."), quote("Ann Lee, diary", signs=True)], marked=True)
    assert [lead_in for _, _, lead_in in found] == [None, "Ann Lee, diary", None]


@pytest.mark.parametrize(
    ("words", "signature"),
    [
        ("“It rained.” — Ann Lee, diary", "— Ann Lee, diary"),
        ("It rained. It poured. —Ann Lee", "—Ann Lee"),
        ("It rained. — Why not.", None),
        ("It rained. — Never", None),
        ("The town – small and old – was late – Ann Lee knew", None),
        ("It rained. " * 20 + "— Ann Lee", "— Ann Lee"),
    ],
)
def test_a_marked_quotation_may_be_signed_behind_its_last_sentence(words: str, signature: str | None) -> None:
    assert roles(["Words.", quote(words)], marked=True)[1:] == [("quote", words, signature)]


def test_the_address_below_signs_what_no_report_leads_to() -> None:
    link = "https://e.org/a"
    assert roles(["It may be so in two weeks:", "“It rained.”", link])[1][2] == link
    assert roles(["From the BBC:", "“It rained.”", link])[1][2] == "From the BBC:"


def test_one_pair_of_marks_around_several_paragraphs() -> None:
    found = roles(
        ["They say so-", "‘It rained, “for days.”", "It snowed later.", "It was the farmers’ year.’", "So it was."]
    )
    assert [kind for kind, _, _ in found] == ["paragraph", "quote", "quote", "quote", "paragraph"]


def test_an_unmarked_report_goes_on_while_it_reads_like_one() -> None:
    found = roles(
        [
            "From the BBC:",
            "It rained on Monday.",
            "It rained on Tuesday, too.",
            "It may rain for days, officials said.",
            "I doubt that.",
        ]
    )
    assert [kind for kind, _, _ in found] == ["paragraph", "quote", "quote", "quote", "paragraph"]


def test_where_quotations_are_marked_a_colon_alone_makes_none() -> None:
    assert [kind for kind, _, _ in roles(["From the BBC:", "It rained."], marked=True)] == ["paragraph", "paragraph"]


WORDS = st.sampled_from(
    [
        "From the BBC:",
        "ANN LEE: It rained.",
        "Bob Ray: No.",
        "Question: Why?",
        "“It rained.",
        "It snowed.”",
        "— Ann Lee",
        "So it did.",
        "It rained, he said.",
        "https://e.org/a",
        "‘It rained",
        "“It rained.” — Ann Lee",
        "",
        "Thank you.",
    ]
)
LAYOUTS = st.fixed_dictionaries(
    {
        "kind": st.sampled_from(["paragraph", "heading", "quote", "item", "caption"]),
        "depth": st.integers(0, 3),
        "bold": st.integers(0, 9),
        "after_rule": st.booleans(),
        "signs": st.booleans(),
    }
)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(WORDS, LAYOUTS), max_size=14), st.booleans())
def test_blocks_cover_their_paragraphs_in_order(paragraphs: list[tuple[str, dict[str, object]]], marked: bool) -> None:
    given_words = [words for words, _ in paragraphs]
    found = roles(paragraphs, marked=marked)
    assert "".join("".join(words.split()) for _, words, _ in found) == "".join("".join(given_words).split())
