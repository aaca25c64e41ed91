"""Pages that make it hard to tell who speaks: namesakes, outlets' and places' names, circles, a thousand speakers."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import pytest

from ingest import claims
from ingest.claims.outlets import all_named
from ingest.model import BODY, Annotations, Assertion, Attribution, EntityKind, Extraction, Id, Name, Span
from tests.effort import steps
from tests.ingest.claims.pages import extracted, page

_SAID = re.compile(r"(?P<source>[^.,“”\n]+?) (?P<cue>said) (?P<content>that [^.“”\n]+)\.")
_CROWDS = (240, 960)
"""Attributions on a page, of a fourth as many speakers. Four times as many may take at most eight times the steps,
where n log n takes five and a square sixteen."""


def found(text: str, names: Mapping[str, EntityKind]) -> Extraction:
    """What is found on a page whose every "X said that ..." is an attribution, and which names only ``names``."""
    pattern = re.compile(rf"\b(?:{'|'.join(map(re.escape, sorted(names, key=len, reverse=True)))})\b")
    annotations = Annotations(
        sentences=tuple(Span(*match.span()) for match in re.finditer(r"[^.\n]+\.", text)),
        names=tuple(
            Name(match.start(), match.end(), names[match[0]], 0.9, "by-hand") for match in pattern.finditer(text)
        ),
        attributions=tuple(
            Attribution(
                source=(Span(*match.span("source")),),
                cue=(Span(*match.span("cue")),),
                content=(Span(*match.span("content")),),
                directness="indirect",
                polarity="affirmed",
                certainty="certain",
                confidence=0.9,
                method="by-hand",
            )
            for match in _SAID.finditer(text)
        ),
    )
    return claims.find(page(text), {BODY: annotations})


def speakers(extraction: Extraction) -> list[str | None]:
    return [one.speaker.name if one.speaker else None for one in extraction.assertions]


# --- namesakes ---------------------------------------------------------------------------------------------------


def test_every_paragraph_names_two_people_by_one_family_name() -> None:
    paragraph = "Maria Okonkwo met Peter Okonkwo. Okonkwo said that it was late. Mr. Okonkwo said that it was early."
    text = "\n\n".join([paragraph] * 50)
    names: dict[str, EntityKind] = {"Maria Okonkwo": "person", "Peter Okonkwo": "person", "Okonkwo": "person"}
    told = speakers(found(text, names))
    assert len(told) == 100
    assert set(told[::2]) == {"Okonkwo"}, "nothing tells whom the bare name means"
    assert set(told[1::2]) == {"Peter Okonkwo"}


def test_two_hundred_people_share_a_family_name() -> None:
    given = [f"{first}{second}" for first in "BCDFGHJKLM" for second in ("ana", "elo", "iru", "ono", "uba") * 4]
    people = sorted({f"{name}{at} Okonkwo" for at, name in enumerate(given)})
    people = [re.sub(r"\d+", lambda match: chr(97 + int(match[0]) % 26) * 2, name) for name in people]
    text = "\n\n".join(f"{name} came. Okonkwo said that it was late." for name in people)
    names: dict[str, EntityKind] = {**dict.fromkeys(people, "person"), "Okonkwo": "person"}
    assert speakers(found(text, names)) == people, "whoever is named in full in the paragraph"


# --- names of outlets and places ---------------------------------------------------------------------------------


def test_a_person_who_is_named_like_an_outlet() -> None:
    text = "Andrew Breitbart founded it. Andrew Breitbart said that it was late. Breitbart said that it was early."
    extraction = found(text, {"Andrew Breitbart": "person", "Breitbart": "person"})
    assert speakers(extraction) == ["Andrew Breitbart", "Andrew Breitbart"]
    assert extraction.outlets == ()


def test_an_outlet_within_a_persons_name_is_the_persons() -> None:
    text = "Dana Axios said that it was late."
    extraction = found(text, {"Dana Axios": "person"})
    assert speakers(extraction) == ["Dana Axios"]
    assert extraction.outlets == ()


def test_an_outlet_that_is_named_like_a_place_speaks_as_an_outlet_only() -> None:
    text = "The Washington Post said that it was late. Washington said that it was early."
    extraction = found(text, {"Washington": "place"})
    assert [(one.speaker.name, one.speaker.kind) for one in extraction.assertions if one.speaker] == [
        ("Washington Post", "outlet"),
        ("Government of the United States", "organization"),
    ]


def test_a_dateline_names_no_government() -> None:
    text = "MOSCOW — Rents rose in May.\n\nMoscow said that it was late."
    assert speakers(found(text, {"MOSCOW": "place", "Moscow": "place"})) == ["Government of Russia"]
    marked = "MOSCOW (Reuters) - Rents rose."
    attribution = Attribution(
        (Span(0, 6),), (), (Span(19, 30),), "indirect", "affirmed", "certain", confidence=0.9, method="by-hand"
    )
    document = page(marked)
    names = (Name(0, 6, "place", 0.9, "by-hand"),)
    annotations = Annotations((Span(0, len(marked)),), names, (attribution,))
    (assertion,) = claims.find(document, {BODY: annotations}).assertions
    assert assertion.speaker is None or assertion.speaker.method != "rule:metonymy"


# --- circles -----------------------------------------------------------------------------------------------------


def ends(assertions: Sequence[Assertion]) -> bool:
    """Whether following ``reported_in`` ends, from wherever it begins."""
    above: dict[Id, Id | None] = {one.id: one.reported_in for one in assertions}
    for start in above:
        at: Id | None = start
        for _ in range(len(above) + 1):
            if at is None:
                break
            at = above.get(at)
        if at is not None:
            return False
    return True


def test_a_quotes_b_quotes_a() -> None:
    said = "Odette Quill said that Tom Harrow lied and that Tom Harrow said that Odette Quill said that it was late."
    first = f"“{said}” Harrow said that Quill said that Harrow said that it was late."
    thread = [
        ("quill", None, f"> {first}\n\nHarrow said that I said it."),
        ("harrow", 0, f"{first}\n\n> Harrow said that I said it."),
    ]
    extraction = extracted(page(first, comments=thread))
    assert extraction.assertions
    assert ends(extraction.assertions)


def test_attributions_that_lie_in_one_another_make_no_circle() -> None:
    text = "Quill said that Harrow said that rents rose"
    quill = Attribution(
        (Span(0, 5),), (Span(6, 10),), (Span(16, 43),), "indirect", "affirmed", "certain", confidence=0.9, method="a"
    )
    harrow = Attribution(
        (Span(16, 22),), (Span(23, 27),), (Span(0, 15), Span(28, 43)), "indirect", "affirmed", "certain", 0.9, "a"
    )
    extraction = claims.find(page(text), {BODY: Annotations((Span(0, len(text)),), (), (quill, harrow))})
    assert len(extraction.assertions) == 2
    assert sum(one.reported_in is not None for one in extraction.assertions) == 1
    assert ends(extraction.assertions)


# --- a thousand speakers -----------------------------------------------------------------------------------------


def crowd(number: int) -> str:
    """As many people who each speak twice, by name and by a pronoun, and a role and a family name for each."""
    letters = "bcdfghjklmnprstvz"
    lines = []
    for at in range(number // 4):
        family = "".join(letters[at // len(letters) ** power % len(letters)] + "ae"[power % 2] for power in range(4))
        given = ("Maria", "Peter", "Odette", "Tom")[at % 4]
        pronoun = ("She", "He")[at % 2]
        lines.append(
            f"Senator {given} {family.title()} said that it was late. {pronoun} said that it rained. "
            f"The senator said that it was cold. {family.title()} said that it was dark."
        )
    return "\n\n".join(lines)


def steps_of(number: int) -> int:
    text = crowd(number)
    names: dict[str, EntityKind] = {}
    for match in re.finditer(r"Senator (\w+ (\w+)) said", text):
        names[match[1]] = names[match[2]] = "person"
    told: list[Extraction] = []
    taken = steps(lambda: told.append(found(text, names)))
    (extraction,) = told
    assert len(extraction.assertions) == number
    assert len(set(speakers(extraction))) == number // 4
    return taken


def test_a_thousand_attributions_take_little_more_each_than_a_few_hundred() -> None:
    steps_of(40)  # What is read from files once is no matter of the page's length.
    few, many = (steps_of(number) for number in _CROWDS)
    assert many <= 8 * few


def test_a_thousand_comments_that_answer_each_other_about_him() -> None:
    first = "Tom Harrow said that it was late."
    thread = [("a", None, first), *((f"b{at}", at, "He said that it was late.") for at in range(1_000))]
    told = speakers(extracted(page("Nothing else.", comments=thread)))
    assert told == ["Tom Harrow"] * 1_001


@pytest.mark.parametrize("text", ["", " ", "said that it was late.", "He said that He said that it was late."])
def test_texts_with_nobody_in_them(text: str) -> None:
    assert ends(extracted(page(text)).assertions)
    assert all_named(page(text), None)[BODY] == []
