"""A small corpus with all that lists can be asked for, and the answers that a plain loop over it gives."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from graph.read import FIRST, LAST, Matching, Page
from ingest.model import Assertion, Extraction, Mention, claim_id
from tests.factories import Said, extraction

DAY = datetime(2026, 1, 1, tzinfo=UTC)


def corpus() -> list[Extraction]:
    """Pages of two outlets and of none, with and without a date, with comments that say something themselves."""
    pages = []
    for number in range(9):
        outlet = ("courier.example", "gazette.example", None)[number % 3]
        published = None if number == 7 else DAY + timedelta(days=number // 2)
        body = (
            f"Ada Brandt said “the bridge costs {number} crowns”. "
            f"Bram Dahl told Herald “Ada Brandt said “nothing” of bridge {number}”. "
            f"Cleo Ekman denied “the mill was sold in {number % 4}”. "
            "In the evening Ada Brandt went home."
        )
        thread = [
            Said("reader", f"I say the bridge 😀 is old {number}", None, published),
            Said("Dario", "Esme Falk said “we never sold the mill”.", 0, published and published + timedelta(hours=3)),
            Said(None, "Nothing to say here."),
        ]
        pages.append(
            _naming(
                "Ada Brandt",
                extraction(
                    body,
                    thread,
                    url=f"https://{outlet or 'blog.example'}/{number}",
                    title=f"Bridge and mill, part {number}",
                    outlet=outlet,
                    published_at=published,
                    fetched_at=DAY + timedelta(days=30 + number),
                    confidence=(number + 1) / 10,
                ),
            )
        )
    return pages


def _naming(name: str, page: Extraction) -> Extraction:
    """The page with the name also found within somebody's words."""
    start = page.document.text.index(f"“{name}") + 1
    named = tuple(
        replace(one, mentions=(*one.mentions, Mention("body", start, start + len(name)))) if one.name == name else one
        for one in page.entities
    )
    return replace(page, entities=named)


@dataclass(frozen=True, slots=True)
class Held:
    """One assertion with what it can be asked by."""

    assertion: Assertion
    page: Extraction

    @property
    def key(self) -> tuple[datetime, str]:
        return self.assertion.asserted_at or self.page.document.fetched_at, self.assertion.id

    @property
    def outlets(self) -> set[str]:
        published = self.page.document.outlet
        return {cite.id for cite in self.assertion.cites} | ({published.id} if published else set())

    @property
    def entities(self) -> set[str]:
        [content] = self.assertion.content
        here = self.assertion.container
        named = [(one.id, one.mentions) for one in self.page.entities]
        named += [(one.outlet.id, one.mentions) for one in self.page.outlets]
        return {
            identity
            for identity, mentions in named
            for mention in mentions
            if mention.container == here and content.start <= mention.start and mention.end <= content.end
        }

    @property
    def own_comment(self) -> bool:
        return self.assertion.directness == "own" and self.assertion.container != "body"

    def matches(self, wanted: Matching) -> bool:
        time = self.assertion.asserted_at
        dated = wanted.since is not None or wanted.until is not None
        checks: Sequence[Callable[[], bool]] = (
            lambda: (
                wanted.speaker is None
                or (self.assertion.speaker is not None and self.assertion.speaker.id == wanted.speaker)
            ),
            lambda: wanted.outlet is None or wanted.outlet in self.outlets,
            lambda: wanted.entity is None or wanted.entity in self.entities,
            lambda: wanted.document is None or self.page.document.id == wanted.document,
            lambda: wanted.claim is None or claim_id(self.assertion.id) == wanted.claim,
            lambda: wanted.directness is None or self.assertion.directness == wanted.directness,
            lambda: not dated or (time is not None and (wanted.since or FIRST) <= time <= (wanted.until or LAST)),
            lambda: wanted.min_confidence is None or self.assertion.confidence >= wanted.min_confidence,
            lambda: wanted.words is None or all(piece in self.assertion.text for piece in wanted.words.pieces),
        )
        return all(check() for check in checks)


def held(pages: Sequence[Extraction]) -> list[Held]:
    """All assertions of the pages, the newest first, as lists order them."""
    every = [Held(assertion, page) for page in pages for assertion in page.assertions]
    return sorted(every, key=lambda one: one.key, reverse=True)


def walk(ask: Callable[[Any], Page[Any]], most: int = 200) -> Iterator[dict[str, Any]]:
    """Every row of a list, page after page."""
    after = None
    for _ in range(most):
        page = ask(after)
        yield from page.rows
        after = page.next
        if after is None:
            return
    raise AssertionError("the list does not end")
