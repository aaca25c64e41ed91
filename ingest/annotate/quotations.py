"""Quotations: which stretches of a text stand in quotation marks."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_MARK = re.compile(r"''|``|[“”„‟\"«»‘’‚‹›']")
_CLOSING = {
    "“": ("”", '"'),
    "„": ("“", "”", '"'),
    "‟": ("”", '"'),
    '"': ('"', "''"),
    "``": ("''", '"'),
    "''": ("''",),
    "«": ("»",),
    "»": ("«",),
    "‹": ("›",),
    "‘": ("’", "'"),
    "‚": ("‘", "’"),
    "'": ("'", "’"),
}
_REOPENING = frozenset('“„"«‘') | {"``", "''"}
_ELISION = re.compile(r"(?:\d|(?:em|til|tis|twas|cause|bout|round|n|cos|er|im)\b)", re.IGNORECASE)
_LONGEST_PLURAL = 1_000  # characters between a plural's apostrophe and the mark that ends the speech it stands in
_STRONG = frozenset(",.?!;:…—")


@dataclass(frozen=True, slots=True)
class Quotation:
    """A stretch in quotation marks, marks included.

    ``continues`` says that it takes up the one before it, which its paragraph left open, as with long speech.
    """

    start: int
    end: int
    continues: bool = False


def quotations(text: str, paragraphs: Sequence[tuple[int, int]]) -> list[Quotation]:
    """The outermost quotations of a text, in order.

    Marks of one paragraph pair with one another only; the exception is a paragraph that leaves a quotation open where
    the next one opens with the same mark. An apostrophe is no mark, and a mark without its partner is ignored.
    """
    found: list[Quotation] = []
    taken_up = False
    for number, (start, end) in enumerate(paragraphs):
        pairs, unclosed = _pairs(text, start, end)
        follower = paragraphs[number + 1][0] if number + 1 < len(paragraphs) else None
        left_open = _left_open(text, unclosed, follower)
        if left_open is not None:
            pairs.append((left_open, end))
        outermost = list(_outermost(pairs))
        for first, last in outermost:
            found.append(Quotation(first, last, continues=taken_up and first == start))
        taken_up = left_open is not None
    return found


def _left_open(text: str, unclosed: list[tuple[int, str]], follower: int | None) -> int | None:
    if follower is None:
        return None
    mark = _MARK.match(text, follower)
    if mark is None or mark[0] not in _REOPENING:
        return None
    return next((position for position, kind in reversed(unclosed) if kind == mark[0]), None)


def _outermost(pairs: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    reached = -1
    for start, end in sorted(pairs, key=lambda pair: (pair[0], -pair[1])):
        if start >= reached:
            yield start, end
            reached = end


def _pairs(text: str, start: int, end: int) -> tuple[list[tuple[int, int]], list[tuple[int, str]]]:
    """Pairs of marks of one paragraph, nested ones too, and the opening marks left without a partner."""
    marks = [(match.start(), match[0]) for match in _MARK.finditer(text, start, end)]
    strong = [at for at, mark in marks if mark in "’'" and _ends_speech(text, at, start, end)]
    pairs: list[tuple[int, int]] = []
    stack: list[tuple[int, str]] = []
    waiting: Counter[str] = Counter()  # how often each kind is on the stack: keeps the search for a partner constant

    for at, mark in marks:
        before = text[at - 1] if at > start else " "
        after = text[at + len(mark)] if at + len(mark) < end else " "
        if mark in "'’" and (
            _apostrophe(text, at, before, after, strong) or (mark == "’" and not _waits(waiting, mark))
        ):
            continue
        if _closes(mark, before, after, waiting):
            partner = _pop(stack, waiting, mark)
            if partner is not None and at > partner + 1:
                pairs.append((partner, at + len(mark)))
        elif _opens(text, at, mark, before, after):
            stack.append((at, mark))
            waiting[mark] += 1
    return pairs, stack


def _waits(waiting: Counter[str], mark: str) -> bool:
    return any(waiting[opening] and mark in closing for opening, closing in _CLOSING.items())


def _pop(stack: list[tuple[int, str]], waiting: Counter[str], mark: str) -> int | None:
    """Takes openings off the stack down to one that ``mark`` closes; those above it never found a partner."""
    while stack:
        at, opening = stack.pop()
        waiting[opening] -= 1
        if mark in _CLOSING[opening]:
            return at
    return None


def _closes(mark: str, before: str, after: str, waiting: Counter[str]) -> bool:
    if not _waits(waiting, mark):
        return False
    if mark in {'"', "''", "'"}:
        # A straight mark after white space and before a letter opens, whatever else stands open.
        return not (before.isspace() and not after.isspace())
    if mark == "“":
        return not before.isspace()
    return True


def _opens(text: str, at: int, mark: str, before: str, after: str) -> bool:
    if mark in "”’›" or (mark == "»" and not before.isspace()):
        return False
    if after.isspace():
        return mark == "«"  # French sets a space there
    if mark in "‘'":
        return not before.isalnum() and _ELISION.match(text, at + 1) is None
    if mark in {'"', "''"}:
        return not before.isalnum()
    return True


def _ends_speech(text: str, at: int, start: int, end: int) -> bool:
    before = text[at - 1] if at > start else " "
    after = text[at + 1] if at + 1 < end else " "
    return before in _STRONG or (after in _STRONG and not before.isspace())


def _apostrophe(text: str, at: int, before: str, after: str, strong: list[int]) -> bool:
    if before.isalnum() and after.isalnum():
        return True
    if before in "sS" and after.isspace():
        # A plural's apostrophe, if a mark that surely ends speech is still to come before another one opens.
        coming = bisect_right(strong, at)
        return (
            coming < len(strong) and strong[coming] - at < _LONGEST_PLURAL and text.find("‘", at, strong[coming]) == -1
        )
    return False
