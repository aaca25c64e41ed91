"""What comments repeat literally, and that it is said only once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from ingest import claims
from ingest.model import Annotations, Attribution, Container, Document, Extraction, Quote, Span, words_at
from tests.ingest.claims.pages import page

EARLY, LATE = datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 1, 2, tzinfo=UTC)
SAID = "“We found hairline cracks in two of the eleven pylons,” Ilse Tarrant said."
CONTENT = "“We found hairline cracks in two of the eleven pylons,”"
BODY = f"The bridge is shut.\n\n{SAID}\n\nNobody had asked the engineers about it before the storm came."


def attributed(text: str, source: str, cue: str, content: str, at: int = 0) -> Attribution:
    start = text.index(content, at)
    return Attribution(
        source=(Span(text.index(source, start), text.index(source, start) + len(source)),),
        cue=(Span(text.index(cue, start), text.index(cue, start) + len(cue)),),
        content=(Span(start, start + len(content)),),
        directness="direct",
        polarity="affirmed",
        certainty="certain",
        confidence=0.9,
        method="rule:by-hand",
    )


def found(document: Document, where: Mapping[Container, Sequence[Attribution]]) -> Extraction:
    annotations = {
        container: Annotations((Span(0, len(text)),), (), tuple(where.get(container, ())))
        for container, text in document.containers()
    }
    return claims.find(document, annotations)


def only_quote(comment: str, body: str = BODY) -> tuple[Quote, Extraction]:
    document = page(body, comments=[("ann", None, comment)])
    inner = [attributed(comment, "Ilse Tarrant", "said", CONTENT)] if SAID in comment else []
    made = found(document, {"body": [attributed(body, "Ilse Tarrant", "said", CONTENT)], 0: inner})
    (quote,) = made.quotes
    return quote, made


@pytest.mark.parametrize(
    "comment",
    [
        f"> {SAID}\nAnd who paid for it?",
        f"{SAID}\nAnd who paid for it?",
        f'It says "{SAID}" and no more than that.',
    ],
)
def test_what_a_comment_repeats_is_no_assertion_of_its_own(comment: str) -> None:
    quote, made = only_quote(comment)
    (assertion,) = made.assertions
    assert assertion.container == "body"
    assert quote.of == "body"
    assert quote.assertions == (assertion.id,)
    assert "hairline cracks" in words_at(comment, quote.spans)
    assert words_at(made.document.text, quote.of_spans) == SAID.strip("“.")


def test_who_is_quoted_anew_is_an_assertion_and_its_words_are_still_a_quotation() -> None:
    comment = f"{CONTENT} Ilse Tarrant told us all last week."
    document = page(BODY, comments=[("ann", None, comment)])
    told = [attributed(comment, "Ilse Tarrant", "told", CONTENT)]
    made = found(document, {"body": [attributed(BODY, "Ilse Tarrant", "said", CONTENT)], 0: told})
    first, second = made.assertions
    assert (first.container, second.container) == ("body", 0)
    assert [quote.assertions for quote in made.quotes] == [(first.id,)]


def test_words_that_are_nobodys_are_quoted_from_the_text() -> None:
    quote, _ = only_quote("> Nobody had asked the engineers about it\nTrue.")
    assert quote.assertions == ()
    assert words_at(BODY, quote.of_spans) == "Nobody had asked the engineers about it"


@pytest.mark.parametrize(
    "comment",
    [
        "> The bridge is\nIt is.",
        "“Nobody had asked the engineers” is what they say.",
        "Nobody had asked the engineers about it before the flood came.",
        "“We found deep holes in nine of the twelve pylons” is not what she said.",
    ],
)
def test_fewer_words_or_others_are_no_quotation(comment: str) -> None:
    assert found(page(BODY, comments=[("ann", None, comment)]), {}).quotes == ()


def test_a_comment_is_quoted_by_those_that_come_after_it_and_first_by_its_answers() -> None:
    words = "I have crossed this bridge every day for thirty years now."
    document = page(
        "Text.",
        comments=[
            ("ann", None, words),
            ("bob", None, f"> {words}\nNo."),
            ("cid", 1, f"> {words}\nYes."),
            ("ann", None, words),
        ],
    )
    quotes = found(document, {}).quotes
    assert [(quote.container, quote.of) for quote in quotes] == [(1, 0), (2, 1)]


def test_what_was_posted_later_is_not_quoted() -> None:
    words = "I have crossed this bridge every day for thirty years now."
    document = page("Text.", comments=[("ann", None, f"> {words}"), ("bob", None, words)])
    early, late = (replace(one, posted_at=at) for one, at in zip(document.comments, (LATE, EARLY), strict=True))
    assert [(one.container, one.of) for one in found(replace(document, comments=(early, late)), {}).quotes] == [(0, 1)]
    # Where only one of the times has a zone they cannot be compared, and the order of the page decides.
    early = replace(early, posted_at=LATE.replace(tzinfo=None))
    assert [(one.container, one.of) for one in found(replace(document, comments=(early, late)), {}).quotes] == [(1, 0)]


def test_ten_thousand_comments_that_quote_one_another() -> None:
    words = "I have crossed this bridge every day for thirty years now."
    document = page("Text.", comments=[(f"a{n}", None, f"> {words}\nNumber {n}.") for n in range(3_000)])
    quotes = found(document, {}).quotes
    assert len(quotes) == 2_999
    assert all(isinstance(quote.of, int) and quote.of < int(quote.container) for quote in quotes)
