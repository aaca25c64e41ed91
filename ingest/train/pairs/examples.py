"""Pairs of texts to learn from, and what each kind of label means."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Task = Literal["relation", "stance", "weakens", "similarity"]

RELATIONS = ("same", "contradicts", "different")
SAME, CONTRADICTS, DIFFERENT = frozenset({0}), frozenset({1}), frozenset({2})
NOT_SAME = CONTRADICTS | DIFFERENT
"""What is known of a pair whose corpus doesn't tell a contradiction from another topic."""
STANCES = ("disagree", "neutral", "agree")
"""In the order of the labels of ``shared/data/reply_stance``: 0, 1, 2."""
WEAKENS = ("no", "yes")


@dataclass(frozen=True, slots=True)
class PairExample:
    """Two texts and what is known of them.

    ``labels`` are the classes of the task's head that may be right; ``value`` is the similarity from 0 to 1, for the
    task ``similarity`` alone. For ``stance`` ``a`` is what is answered and ``b`` the reply; for ``weakens`` the
    question is whether ``b`` weakens ``a``; the other tasks are the same in both orders. ``source`` names the corpus.
    """

    task: Task
    a: str
    b: str
    labels: frozenset[int]
    source: str
    value: float = 0.0
