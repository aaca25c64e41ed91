"""Two thousand pages that say the same few hundred things in other words, and a pair check that errs now and then."""

from __future__ import annotations

import os
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from hashlib import blake2b
from itertools import product

import numpy as np
import pytest
from numpy.typing import NDArray

from graph.driver import Graph
from graph.store import Store
from ingest.claims.matching import Relation
from ingest.model import Extraction
from tests.factories import extraction
from tests.judging import METHOD, WordJudge

pytestmark = [pytest.mark.soak, pytest.mark.timeout(3_400)]

PAGES = int(os.environ.get("ONRECORD_SOAK_REWRITES", "2000"))
EACH = 3
ERRS = 0.0025
"""How many near pairs of two facts the pair check takes for the same: about one in twenty of all that it does."""

TOWNS = ("Arden", "Bergen", "Corin", "Dorset", "Elmau", "Farum", "Gorlitz", "Horsens")
THINGS = ("mill", "bridge", "library", "ferry", "school", "harbour", "museum", "theatre", "forest", "brewery")
BUYERS = ("Corvin", "Dahlgren", "Eskil", "Falkner", "Grieg", "Holmqvist")
FACTS = list(product(TOWNS, THINGS, BUYERS))
NAMES = frozenset((*TOWNS, *THINGS, *BUYERS))
EXTRA = ("", "", "yesterday", "finally", "quietly", "reluctantly", "officially")


class ErringJudge(WordJudge):
    """Knows a fact by its names, and takes some pairs of two facts for the same; always the same ones.

    What shares two of three names is near.
    """

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return super().embed([" ".join(sorted(_names(text))) or text for text in texts])

    def relate(self, pairs: Sequence[tuple[str, str]]) -> list[Relation]:
        return [
            Relation(0.9 if _names(one) == _names(other) else 0.7 if _drawn((one, other)) else 0.0, 0.0, METHOD)
            for one, other in pairs
        ]


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split()) & NAMES


def _drawn(pair: tuple[str, str]) -> bool:
    digest = blake2b("\n".join(sorted(pair)).encode(), digest_size=4).digest()
    return int.from_bytes(digest, "big") < ERRS * 2**32


def wording(fact: tuple[str, str, str], rng: random.Random) -> str:
    town, thing, buyer = fact
    extra = rng.choice(EXTRA)
    words = rng.choice(
        (
            f"the council of {town} {extra} sold the {thing} to {buyer}",
            f"the {thing} of {town} was {extra} sold to {buyer} by the council",
            f"{buyer} was sold the {thing} by the {town} council {extra}",
        )
    )
    return " ".join(words.split())


def rewrites() -> Iterator[tuple[Extraction, list[tuple[str, str, str]]]]:
    """Pages, each with the facts that its assertions state, in their order."""
    rng = random.Random(1)
    for number in range(PAGES):
        facts = [rng.choice(FACTS) for _ in range(EACH)]
        said = " ".join(f"Ada Brandt{chr(97 + n)} said “{wording(fact, rng)}”." for n, fact in enumerate(facts))
        published = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=number)
        yield extraction(said, url=f"https://courier.example/{number}", published_at=published), facts


def test_no_claim_swallows_anothers(graph: Graph) -> None:
    stated: dict[str, tuple[str, str, str]] = {}

    def pages() -> Iterator[Extraction]:
        for made, facts in rewrites():
            stated.update({one.id: fact for one, fact in zip(made.assertions, facts, strict=True)})
            yield made

    for stored in Store(graph, ErringJudge()).put_many(pages()):
        assert not isinstance(stored, Exception), stored
    found = graph.execute(
        "MATCH (c:Claim) RETURN COLLECT { MATCH (c)<-[:EXPRESSES]-(a) RETURN a.id } AS ids", mode="read"
    )
    claims = [Counter(stated[identity] for identity in row["ids"]) for row in found]
    strays = sum(claim.total() - max(claim.values()) for claim in claims)
    wrong = sum(len(claim) > 1 for claim in claims)
    largest = max(claim.total() for claim in claims)
    expected = Counter(stated.values())
    whole = sum(max((claim[fact] for claim in claims), default=0) for fact in expected)
    print(
        f"{len(stated):,} assertions of {len(expected):,} facts: {len(claims):,} claims, {wrong} of several facts, "
        f"{strays} assertions astray, {whole / len(stated):.1%} with the most of their fact"
    )
    assert strays <= 0.01 * len(stated)
    assert largest <= 1.5 * max(expected.values())
    assert whole >= 0.95 * len(stated)
