"""Bad input with the models that come with the package, and how much of a long thread they are asked about."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np
import pytest
from numpy.typing import NDArray

from ingest.annotate.pairs import OnnxPairJudge
from ingest.claims import contradictions, rebuttals, stances
from ingest.claims.matching import Judges, Relation, Stances
from tests.ingest.claims.pages import page
from tests.ingest.claims.test_claims_disputes import found_in, told


@cache
def models() -> Judges:
    model = OnnxPairJudge()
    return Judges(pairs=model, stance=model)


def test_a_reply_to_what_was_deleted() -> None:
    comments = ((None, None, ""), ("eli", 0, "That is false, and you know it. Nobody has read it."))
    extraction = found_in(page("The lake froze.", comments=comments), models())
    assert (extraction.replies[1].stance, extraction.disputes) == (None, ())


def test_a_page_that_quotes_itself() -> None:
    text = "“The dam is safe,” said Ann Reed. The dam is safe, we wrote last week.\n\n> The dam is safe"
    comments = (("bert", None, text), ("bert", 0, text))
    assert found_in(page(text, comments=comments), models()).disputes == ()


def test_not_untrue() -> None:
    text = "Bob Lee said that the press is in trouble. Ann Reed said that this was not untrue."
    assert found_in(page(text), models()).disputes == ()


def test_irony_is_not_taken_for_consent() -> None:
    comments = (
        ("bert", None, "The new bypass will end the traffic jams for good."),
        ("cleo", 0, "Sure, just like the last two bypasses did. /s"),
    )
    reply = found_in(page("The council builds a bypass.", comments=comments), models()).replies[1]
    assert reply.stance != "agree"


def test_a_claim_of_five_thousand_characters() -> None:
    long = "the mill " + "and the mill " * (5_000 // 13) + "was sold"
    comments = (("cleo", None, long), ("dan", 0, f"No, {long}"))
    extraction = found_in(page(f"Bob Lee said that {long}. Ann Reed denied that {long}.", comments=comments), models())
    assert [kind for kind, *_ in told(extraction)] == ["denial", "rebuttal"]
    assert all(one.target is not None for one in extraction.disputes)


class Counting:
    """Asks nothing, and counts what it was asked."""

    dimensions = 4

    def __init__(self) -> None:
        self.embedded = self.related = self.judged = 0

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.embedded += len(texts)
        return np.full((len(texts), 4), 0.5, np.float32)

    def relate(self, pairs: Sequence[tuple[str, str]]) -> list[Relation]:
        self.related += len(pairs)
        return [Relation(0.0, 0.0, "model:test") for _ in pairs]

    def stances(self, pairs: Sequence[tuple[str, str]]) -> list[Stances]:
        self.judged += len(pairs)
        return [Stances(0.1, 0.8, 0.1, "model:test") for _ in pairs]


def test_of_a_long_thread_the_models_are_asked_about_a_part(monkeypatch: pytest.MonkeyPatch) -> None:
    """What they cost must not grow with the replies to one comment, of which there may be ten thousand."""
    monkeypatch.setattr(stances, "MOST", 40)
    monkeypatch.setattr(stances, "MOST_QUOTING", 20)
    monkeypatch.setattr(rebuttals, "REPLIES", 30)
    monkeypatch.setattr(contradictions, "PAIRS", 50)
    said = "The dam at Velm was opened in the spring of that year. It is unsafe, and the council knows it."
    comments: list[tuple[str, int | None, str]] = [("ann", None, said)]
    for n in range(200):
        quoted = f"> {said}\n" if n % 2 else ""
        comments.append(
            (f"u{n}", 0, f"{quoted}I fear you are badly mistaken. The dam at Velm opened {n} years before that.")
        )
    asked = Counting()
    extraction = found_in(page("A short history.", comments=comments), Judges(pairs=asked, stance=asked))
    assert asked.judged == 40
    assert asked.related <= 50 + 20
    assert 0 < asked.embedded <= 30 * 3 + 200
    # Those that no model was asked about have said that they disagree all the same.
    assert sum(one.kind == "rebuttal" for one in extraction.disputes) == 200
