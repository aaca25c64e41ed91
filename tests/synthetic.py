"""Synthetic extractions in any number, for benchmarks and large tests: no page is read and no text annotated.

Everything in them is invented. Extraction ``n`` is the same whatever is asked for beside it.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count

from ingest.model import BODY, Dispute, Extraction, Span
from tests.factories import Said, extraction
from tests.graph.disputing import account, dispute, whole

_GIVEN = "Ada Bram Cleo Dario Esme Filip Greta Hugo Ilse Jonas Kaja Leif Mira Nora Odette Piet Runa Sune Tove Viggo"
_FAMILY = "Abel Brandt Corvin Dahl Ekman Falk Grieg Holm Ivers Juhl Kramer Lind Moss Nyman Oduya Quill Rask Tarr"
_PAPERS = "Courier Gazette Herald Observer Telegraph Dispatch Tribune Chronicle Sentinel Examiner"
_THINGS = ("the bridge", "the library", "the harbour wall", "the school", "the water main", "the ferry", "the mill")
_FACTS = (
    "will stay closed until week {n}",
    "costs {n} crowns a year",
    "was inspected {n} times",
    "was repaired without a permit in {n}",
    "is used by {n} people every day",
    "lost {n} windows in the storm",
)
_NOUNS = "council papers evening rain market ledger summer window answer garden letter engine winter corner"
_VERBS = "met read left kept found counted moved heard opened passed watched carried closed followed forgot"


def extractions(assertions: int, *, start: int = 0) -> Iterator[Extraction]:
    """Pages, from number ``start``, until they hold at least so many assertions: eleven each or so."""
    held = 0
    for number in count(start):
        if held >= assertions:
            return
        made = page(number)
        held += len(made.assertions)
        yield made


def page(number: int, *, paragraphs: int = 8, comments: int = 8) -> Extraction:
    """Page ``number``: an assertion in almost every paragraph and in more than half of the comments, and some links.

    On every third page the person of the first assertion is denied what they said, and a reply that disagrees with a
    comment disputes what that asserts.
    """
    rng = random.Random(number)
    paper = rng.choice(_PAPERS.split())
    published = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=number)

    def person() -> str:
        return f"{rng.choice(_GIVEN.split())} {rng.choice(_FAMILY.split())}"

    def fact() -> str:
        return f"{rng.choice(_THINGS)} {rng.choice(_FACTS).format(n=rng.randrange(10_000))}"

    def filling() -> str:
        # Other words on each page, or all pages would be copies of one another.
        nouns, verbs = _NOUNS.split(), _VERBS.split()
        clauses = [f"the {rng.choice(nouns)} {rng.choice(verbs)} the {rng.choice(nouns)}" for _ in range(5)]
        return f"{', and '.join(clauses).capitalize()}."

    def paragraph() -> str:
        chance = rng.random()
        if chance < 0.6:
            return f"{person()} said “{fact()}”. {filling()}"
        if chance < 0.85:
            return f"{person()} told {rng.choice(_PAPERS.split())} “{fact()}”. {filling()}"
        page = f"https://{rng.choice(_PAPERS.split()).lower()}.example/{rng.randrange(5_000)}"
        return f"{filling()} More at {page} as of now."

    thread: list[Said] = []
    for place in range(comments):
        words = f"I say {fact()}" if rng.random() < 0.6 else f"Who paid for {rng.choice(_THINGS)}?"
        to = rng.randrange(place) if place and rng.random() < 0.5 else None
        stance = rng.choice(["agree", "disagree", "neutral"]) if to is not None else None
        posted = published + timedelta(minutes=place + 1)
        thread.append(Said(person(), f"{words} ({place})", to, posted, stance))

    body = [paragraph() for _ in range(paragraphs)]
    denying = person() if number % 3 == 0 else None
    if denying:
        body.append(f"{denying} denied “{fact()}”. {filling()}")
    made = extraction(
        "\n\n".join(body),
        thread,
        url=f"https://{paper.lower()}.example/{number}",
        title=f"What the council did, part {number}",
        author=person(),
        outlet=f"{paper.lower()}.example",
        published_at=published,
        fetched_at=published + timedelta(hours=2),
    )
    return replace(made, disputes=(*_denials(made), *_rebuttals(made, thread)))


def _denials(made: Extraction) -> Iterator[Dispute]:
    told = [one for one in made.assertions if one.container == BODY]
    for one in told:
        if one.polarity == "denied" and one is not told[0]:
            yield dispute(made, "denial", one.speaker, BODY, one.content, whole(told[0]), one, None)


def _rebuttals(made: Extraction, thread: list[Said]) -> Iterator[Dispute]:
    own = {one.container: one for one in made.assertions}
    for place, said in enumerate(thread):
        if said.stance == "disagree" and said.to in own:
            speaker = own[said.to].speaker
            assert speaker is not None
            assert said.author is not None
            by = replace(speaker, id=account(made, said.author), name=said.author)
            yield dispute(made, "rebuttal", by, place, (Span(0, len(said.text)),), whole(own[said.to]), None, None)
