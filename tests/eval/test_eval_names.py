"""Labelled pairs of names: who is taken for whom without a person's word, and who is shown to a person at all."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml

from graph.names import LEAST, SURE, Keys, Likeness, keys, likeness

LABELLED = yaml.safe_load((Path(__file__).parent / "names.yaml").read_text(encoding="utf-8"))

FEWEST = {"same": 121, "different": 58, "unclear": 41}
"""Pairs that there must be of each label, so that none is lost in silence."""

PRECISION = 0.98
"""Of the pairs that are taken for one without a person's word, how many must be."""
MERGED = 0.7
"""Of the pairs that are one, how many must be taken for one."""
FOUND = 0.93
"""Of the pairs that are one, how many must at least be shown to a person."""


@dataclass(frozen=True, slots=True)
class Case:
    kind: str
    label: str
    one: str
    other: str

    @property
    def like(self) -> Likeness:
        return likeness(self.kind, self.one, self.other)

    @property
    def found(self) -> bool:
        """Whether the graph finds one from the other, and how like they are is worth a look."""
        return self.like.score >= LEAST and meet(keys(self.kind, self.one), keys(self.kind, self.other))


def meet(one: Keys, other: Keys) -> bool:
    whole, others = {one.whole, one.joined} - {None}, {other.whole, other.joined} - {None}
    return bool(
        whole & others or (one.short and one.short == other.short_of) or (other.short and other.short == one.short_of)
    )


def cases() -> Iterator[Case]:
    for kind, labels in LABELLED.items():
        for label, pairs in labels.items():
            for one, *other in pairs:
                # A list of three is a name with a comma in it.
                yield Case(kind, label, one, ", ".join(other))


CASES = list(cases())


def test_there_are_enough_pairs() -> None:
    for label, fewest in FEWEST.items():
        assert sum(case.label == label for case in CASES) >= fewest, label


def test_who_is_taken_for_one_is_one() -> None:
    merged = [case for case in CASES if case.like.score >= SURE and case.found]
    wrong = [case for case in merged if case.label != "same"]
    assert len(merged) - len(wrong) >= PRECISION * len(merged), wrong


def test_most_who_are_one_are_taken_for_one_and_nearly_all_are_shown() -> None:
    same = [case for case in CASES if case.label == "same"]
    missed = [case for case in same if not (case.like.score >= SURE and case.found)]
    assert len(same) - len(missed) >= MERGED * len(same), missed
    unseen = [case for case in same if not case.found]
    assert len(same) - len(unseen) >= FOUND * len(same), unseen


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.one} / {case.other}")
def test_neither_order_nor_case_counts(case: Case) -> None:
    assert likeness(case.kind, case.other, case.one) == case.like
    assert likeness(case.kind, case.one.upper(), case.other.lower()) == case.like
    assert keys(case.kind, case.one.upper()) == keys(case.kind, case.one.lower()) == keys(case.kind, case.one)


def test_what_is_sure_shares_a_key_of_whole_names() -> None:
    for case in CASES:
        assert case.found or case.like.score < SURE, case
