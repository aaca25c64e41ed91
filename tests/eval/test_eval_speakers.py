"""Labelled texts: who each attribution belongs to. The floors stand in ``floors.toml``."""

from __future__ import annotations

from tests.eval import floors
from tests.eval.speakers import CASES, wrong

FEWEST, FEWEST_BLIND = 74, 38
"""Cases that there must be, and how many of them were labelled before the rules were tried on them."""


def test_there_are_enough_cases_of_all_kinds() -> None:
    assert len(CASES) >= FEWEST
    assert sum(bool(case.get("blind")) for case in CASES) >= FEWEST_BLIND
    kinds = {label.split()[0] for case in CASES for label in case["is"].values()}
    assert kinds == {"person", "organization", "group", "outlet", "account", "unnamed", "none", "unresolved"}


def test_no_figure_falls_below_its_floor() -> None:
    kept = floors.read()["floors"]["speakers"]["cases"]
    assert floors.missed(floors.speakers(), kept) == [], [line for case in CASES for line in wrong(case)]


def test_the_gate_sees_a_case_that_is_wrong() -> None:
    case = CASES[0]
    assert wrong(case) == []
    assert wrong(case | {"is": {1: "person Somebody Else"}}) != []
    assert wrong(case | {"is": {1: "unresolved"}}) != []
    assert wrong(case | {"is": {1: "person Odette Quill by rule:name"}}) != []
