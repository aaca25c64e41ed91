"""Passages: what a text's layout says who said, with names and attributions made by hand."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest

from ingest import claims
from ingest.annotate.layout import paragraphs
from ingest.annotate.sentences import sentences
from ingest.model import Annotations, Assertion, Attribution, Block, Link, Name, Span, Spans
from ingest.read.plain_blocks import blocks_of
from ingest.read.plain_lines import lines_of
from tests.ingest.claims.pages import page

Marked = tuple[str, str, str]
"""Source, cue and content of an attribution, as words of the text."""


def found(
    text: str,
    names: Sequence[str] = (),
    marked: Sequence[Marked] = (),
    *,
    blocks: Sequence[Block] | None = None,
    links: Mapping[str, str] | None = None,
) -> list[Assertion]:
    """What a plain page asserts; ``links`` are addresses by the words that they are set on."""
    document = page(
        text,
        blocks=blocks_of(text, lines_of(text)) if blocks is None else blocks,
        links=[Link("body", text.index(on), text.index(on) + len(on), url) for on, url in (links or {}).items()],
    )
    annotations = Annotations(
        sentences=tuple(Span(*one) for start, end in paragraphs(text) for one in sentences(text, start, end)),
        names=tuple(
            sorted(
                (
                    Name(match.start(), match.end(), "person", 0.9, "hand")
                    for name in names
                    for match in re.finditer(rf"\b{name}\b", text)
                ),
                key=lambda name: name.start,
            )
        ),
        attributions=tuple(attribution(text, one) for one in marked),
    )
    return list(claims.find(document, {"body": annotations}).assertions)


def attribution(text: str, marked: Marked) -> Attribution:
    source, cue, content = (Span(text.index(words), text.index(words) + len(words)) for words in marked)
    return Attribution((source,), (cue,), (content,), "direct", "affirmed", "certain", 0.9, "hand")


def later(spans: Spans, by: int) -> Spans:
    return tuple(Span(span.start + by, span.end + by) for span in spans)


def who(assertions: Sequence[Assertion]) -> list[tuple[str | None, str]]:
    return [(one.speaker.name if one.speaker else None, one.text) for one in assertions]


@pytest.mark.parametrize(
    ("lead_in", "speaker"),
    [
        ("In her letter, Ann Lee wrote:", "Ann Lee"),
        ("Here is what Ann Lee told the court:", "Ann Lee"),
        ("In the words of Ann Lee:", "Ann Lee"),
        ("From Ann Lee’s diary:", "Ann Lee"),
        ("As Ann Lee, who was there, puts it:", "Ann Lee"),
        ("Bob Ray asked, and Ann Lee answered:", "Ann Lee"),
        ("Reuters reports:", "Reuters"),
        ("According to a report by Reuters:", "Reuters"),
        ("Reuters, 4 May 2021:", "Reuters"),
        ("Später schreibt Eva Kern vom Verein:", "Eva Kern"),
        ("The court found for the farmers and noted:", None),
        ("The judges wrote:", "The judges"),
        ("This is what Bob Ray should read:", None),
    ],
)
def test_whose_words_a_lead_in_brings_in(lead_in: str, speaker: str | None) -> None:
    text = f"{lead_in}\n\nThe dam was built of stone."
    start = len(lead_in) + 2
    blocks = [Block("paragraph", 0, len(lead_in)), Block("quote", start, len(text), Span(0, len(lead_in)))]
    told = found(text, ["Ann Lee", "Bob Ray"], blocks=blocks)
    assert who(told) == ([(speaker, "The dam was built of stone.")] if speaker else [])


def test_the_outlet_of_a_persons_words_is_cited() -> None:
    (one,) = found("As Ann Lee wrote in the Guardian:\n\nThe dam was built of stone.", ["Ann Lee"])
    assert one.speaker is not None
    assert (one.speaker.name, [(cite.name, cite.role) for cite in one.cites]) == (
        "Ann Lee",
        [("The Guardian", "via")],
    )


def test_a_signature_may_name_the_outlet_that_the_words_stood_in() -> None:
    (assertion,) = found("Words.\n\n“The ferry is late.” — Ann Lee, The Atlantic\n\nMore words.", ["Ann Lee"])
    assert who([assertion]) == [("Ann Lee", "“The ferry is late.”")]
    assert [(cite.name, cite.role) for cite in assertion.cites] == [("The Atlantic", "via")]


def test_what_a_quoted_report_attributes_came_through_its_outlet() -> None:
    text = "From Reuters:\n\nThe dam was built of stone, Ann Lee said."
    inner, outer = found(text, ["Ann Lee"], [("Ann Lee", "said", "The dam was built of stone,")])
    assert (inner.speaker is not None, outer.speaker is not None) == (True, True)
    assert inner.reported_in == outer.id
    assert [(cite.name, cite.role) for cite in inner.cites] == [("Reuters", "quoted")]


def test_what_a_report_attributes_as_a_whole_is_not_stated_by_its_outlet() -> None:
    text = "From Reuters:\n\n“The dam was built of stone. It cost nothing at all,” Ann Lee said."
    told = found(text, ["Ann Lee"], [("Ann Lee", "said", "“The dam was built of stone. It cost nothing at all,”")])
    assert ("Reuters", "“The dam was built of stone.") not in who(told)
    assert [one.speaker.name for one in told if one.speaker] == ["Ann Lee", "Reuters"]


def test_a_transcript_came_through_what_the_sentence_above_it_names() -> None:
    text = "From Reuters, the remarks of Minister Ann Lee:\n\nMinister Ann Lee: The dam was built of stone."
    (one,) = found(text, ["Ann Lee"])
    assert [(cite.name, cite.role) for cite in one.cites] == [("Reuters", "via")]


def test_the_same_words_in_the_transcript_below_tell_whose_a_quotation_is() -> None:
    text = (
        "Now this is just tacky:\n\nThe dam was built of gold.\n\nSo much for that. The remarks:\n\n"
        "Minister Ann Lee: The dam was built of gold. It cost nothing at all."
    )
    told = found(text, ["Ann Lee"])
    assert {name for name, _ in who(told)} == {"Ann Lee"}
    assert [one.method for one in told] == ["structure:same-words", "structure:turn", "structure:turn"]
    assert len({one.passage for one in told}) == 2


def test_initials_and_family_names_are_the_full_names_of_the_page() -> None:
    text = (
        "Ann Lee runs the mill.\n\nJK: How old is it?\n\nAL: The mill was built in 1820.\n\nJK: Who built it?\n\n"
        "AL: My family built it."
    )
    assert {name for name, _ in who(found(text, ["Ann Lee"]))} == {"Ann Lee"}


def test_who_takes_turns_is_a_person_whatever_the_annotator_took_the_name_for() -> None:
    text = "The remarks of the minister:\n\nMinister Ann Lee: The dam was built of stone.\n\nThank you.\n\nLee left."
    document = page(text, blocks=blocks_of(text, lines_of(text)))
    names = tuple(
        Name(text.index(name), text.index(name) + len(name), "organization", 0.9, "hand")
        for name in ("Ann Lee", "Lee left")
    )
    names = (names[0], Name(names[1].start, names[1].start + 3, "organization", 0.9, "hand"))
    annotations = Annotations(
        sentences=tuple(Span(*one) for start, end in paragraphs(text) for one in sentences(text, start, end)),
        names=names,
    )
    extraction = claims.find(document, {"body": annotations})
    assert [(one.name, one.kind) for one in extraction.entities] == [("Ann Lee", "person")]


def test_a_paper_that_asks_the_questions_is_the_one_that_the_page_names() -> None:
    text = (
        "The Quay Review met Ann Lee.\n\nQuay Review: You own the mill.\n\nAnn Lee: The mill is old.\n\n"
        "Quay Review: It was built in 1820.\n\nAnn Lee: My family built it."
    )
    document = page(text, blocks=blocks_of(text, lines_of(text)))
    annotations = Annotations(
        sentences=tuple(Span(*one) for start, end in paragraphs(text) for one in sentences(text, start, end)),
        names=(Name(4, 15, "organization", 0.9, "hand"), Name(20, 27, "person", 0.9, "hand")),
    )
    extraction = claims.find(document, {"body": annotations})
    assert [(one.name, one.kind) for one in extraction.entities] == [
        ("Quay Review", "organization"),
        ("Ann Lee", "person"),
    ]
    assert {one.speaker.kind for one in extraction.assertions if one.speaker} == {"organization", "person"}


def test_that_said_is_nobodys_word() -> None:
    text = "That said, the dam is old."
    assert found(text, [], [("That", "said", "the dam is old")]) == []


def test_a_lead_in_that_is_marked_as_an_attribution_says_it_once() -> None:
    text = "In her letter, Ann Lee wrote:\n\n“The dam was built of stone. It is safe.”"
    told = found(text, ["Ann Lee"], [("Ann Lee", "wrote", "“The dam was built of stone. It is safe.”")])
    assert [one.method for one in told] == ["structure:block-quote"] * 2


def test_a_pulled_quote_says_nothing_a_second_time() -> None:
    sentence = "“The dam was built of stone,” Ann Lee said."
    text = f"{sentence} It is old.\n\n{sentence}"
    second = text.rindex(sentence)
    blocks = [Block("paragraph", 0, second - 2), Block("quote", second, len(text))]
    words = "“The dam was built of stone,”"
    first = attribution(text, ("Ann Lee", "said", words))
    moved = replace(
        first, source=later(first.source, second), cue=later(first.cue, second), content=later(first.content, second)
    )
    document = page(text, blocks=blocks)
    annotations = Annotations(
        sentences=tuple(Span(*one) for start, end in paragraphs(text) for one in sentences(text, start, end)),
        attributions=(first, moved),
    )
    (one,) = claims.find(document, {"body": annotations}).assertions
    assert one.content == first.content


def test_the_address_below_a_quotation_is_where_it_is_from() -> None:
    link = "https://www.reuters.com/world/a"
    text = f"It may go ahead in two weeks:\n\n“The dam was built of stone.”\n\n{link}\n\nOr not."
    (one,) = found(text, links={link: link})
    assert one.speaker is not None
    assert (one.speaker.name, one.speaker.kind, one.speaker.method) == ("Reuters", "outlet", "structure:link")


SPEECH = "“The dam was built of stone,” Ann Lee said"


@pytest.mark.parametrize(
    ("after", "goes_on"),
    [
        (". “It is safe.”", ["“It is safe.”"]),
        (" in May. “It is safe. It was never in danger.”", ["“It is safe.", "It was never in danger.”"]),
        (
            ". “It is safe.\n\n“It was never in danger.”\n\nNobody else spoke.",
            ["“It is safe.", "“It was never in danger.”"],
        ),
        (". “It is safe,” Bob Ray said.", []),
        (". The “safe dam” is old.", []),
        (". “Safety first” stands above its door.", []),
        (". It rained. “It is safe.”", []),
        (".\n\n“It is safe.”", []),
    ],
)
def test_quotations_that_go_on_without_a_cue(after: str, goes_on: list[str]) -> None:
    told = found(SPEECH + after, ["Ann Lee"], [("Ann Lee", "said", "“The dam was built of stone,”")])
    continued = [one for one in told if one.method == "structure:continued"]
    assert who(continued) == [("Ann Lee", words) for words in goes_on]
    assert len({one.id for one in told}) == 1 + len(goes_on)


def test_a_content_left_open_goes_on_in_the_next_paragraph() -> None:
    opened = "“The dam was built of stone. It is safe."
    text = f"Ann Lee said: {opened}\n\n“It was never in danger.”\n\n“I doubt it,” Bob Ray said."
    told = found(text, ["Ann Lee", "Bob Ray"], [("Ann Lee", "said", opened)])
    assert who([one for one in told if one.method == "structure:continued"]) == [
        ("Ann Lee", "“It was never in danger.”")
    ]
