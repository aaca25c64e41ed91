"""Sentences with their attributions marked in brackets, as ``chains_and_times.yaml`` explains."""

from __future__ import annotations

import re
from collections import defaultdict

from ingest.model import Attribution, Span

_TOKEN = re.compile(r"\[([scx])(\d(?:\+\d)*) ?|\]")


def unmarked(marked: str) -> tuple[str, dict[int, Attribution]]:
    """The plain text, and each attribution by its number."""
    text: list[str] = []
    length = 0
    places: dict[tuple[str, int], list[Span]] = defaultdict(list)
    open_: list[tuple[str, list[int], int]] = []
    after = 0
    for token in _TOKEN.finditer(marked):
        plain = marked[after : token.start()]
        text.append(plain)
        length += len(plain)
        after = token.end()
        if token[1]:
            open_.append((token[1], [int(number) for number in token[2].split("+")], length))
        else:
            role, numbers, start = open_.pop()
            for number in numbers:
                places[role, number].append(Span(start, length))
    if open_:
        raise ValueError(f"a bracket is not closed: {marked}")
    text.append(marked[after:])
    numbers = sorted({number for _, number in places})
    return "".join(text), {
        number: Attribution(
            source=tuple(places["s", number]),
            cue=tuple(places["c", number]),
            content=tuple(sorted(places["x", number])),
            directness="indirect",
            polarity="affirmed",
            certainty="certain",
            confidence=0.9,
            method="rule:by-hand",
        )
        for number in numbers
    }
