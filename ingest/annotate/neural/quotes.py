"""Which characters of a text stand inside quotation marks."""

from __future__ import annotations

import re

import numpy as np
from numpy.typing import NDArray

OUTSIDE, INSIDE, NESTED, OPENING, CLOSING, UNCLOSED, STRAY = range(7)
STATES = 7

_MARKS = re.compile(r"""``|''|[“”„«»"‘’']|\n\s*\n""")
_DOUBLE_OPEN = frozenset("“„«")
_DOUBLE_CLOSE = frozenset("”»")


def quotation_states(text: str) -> NDArray[np.uint8]:
    """The state of each character: ``uint8[len(text)]`` of the constants of this module.

    Marks pair within a paragraph (a blank line ends it). An opening mark without its closing one makes the rest of the
    paragraph ``UNCLOSED``, as in a quotation over several paragraphs, where only the last is closed; a closing mark
    without its opening one is ``STRAY``. Apostrophes are no marks.
    """
    states = np.zeros(len(text), dtype=np.uint8)
    open_marks: list[tuple[int, str]] = []
    paragraph_start = 0
    for match in _MARKS.finditer(text):
        at, mark = match.start(), match.group()
        if mark.isspace():
            _leave_open(states, open_marks, at)
            paragraph_start = match.end()
            continue
        family = "'" if mark in {"‘", "’", "'"} else '"'
        opens = _opens(text, at, mark, family, open_marks, paragraph_start)
        if opens is None:
            continue
        if opens:
            open_marks.append((at, family))
            states[at : match.end()] = OPENING
            continue
        while open_marks and open_marks[-1][1] != family:  # a forgotten inner mark ends with the outer one
            states[open_marks.pop()[0]] = STRAY
        if not open_marks:
            states[at : match.end()] = STRAY
            continue
        start, _ = open_marks.pop()
        inner = states[start + 1 : at]
        inner[inner == INSIDE] = NESTED
        inner[inner == OUTSIDE] = INSIDE
        states[at : match.end()] = CLOSING
    _leave_open(states, open_marks, len(text))
    return states


def _leave_open(states: NDArray[np.uint8], open_marks: list[tuple[int, str]], end: int) -> None:
    """Paints what unclosed double marks began, up to the paragraph's end; unclosed single ones were apostrophes."""
    for start, family in reversed(open_marks):
        if family == "'":
            states[start] = OUTSIDE
        else:
            rest = states[start + 1 : end]
            rest[rest == OUTSIDE] = UNCLOSED
    open_marks.clear()


def _opens(
    text: str, at: int, mark: str, family: str, open_marks: list[tuple[int, str]], paragraph_start: int
) -> bool | None:
    """Whether the mark opens (True) or closes (False) a quotation; ``None`` for an apostrophe."""
    before = text[at - 1] if at > paragraph_start else " "
    after = text[at + len(mark)] if at + len(mark) < len(text) else " "
    is_open = any(kind == family for _, kind in open_marks)
    if family == '"':
        if mark in _DOUBLE_OPEN or mark == "``":
            return True
        if mark in _DOUBLE_CLOSE:
            return False
        return not is_open
    if before.isalnum() and after.isalnum():
        return None
    if mark == "‘":
        return True
    if is_open and not before.isspace() and not after.isalnum():
        return False
    starts_word = after.isalnum() or after in '"“'
    if mark == "'" and starts_word and (before.isspace() or before in '("“[—–-') and not is_open:
        return True
    return None
