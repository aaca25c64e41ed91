"""Lines of plain text, as its layout and its threads are read from them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

TAB: Final = 8
QUOTE: Final = 1000
"""What a ``>`` adds to a line's column: more than any indentation."""

DEEPEST: Final = 50
"""Marks of quotation that are counted; what stands behind more of them is words."""

_END: Final = re.compile(r"\r\n|\n|\r")
_INDENT: Final = re.compile(r"[ \t\xa0\u3000]*")


@dataclass(frozen=True, slots=True)
class Line:
    """A line without its end.

    ``start`` is its offset, ``raw`` all of it, ``words`` what stands after ``>`` and white space. ``column`` grows with
    the indentation, and more with each ``>``; ``quotes`` is the number of these.
    """

    start: int
    raw: str
    words: str
    column: int
    quotes: int


def lines_of(text: str) -> list[Line]:
    """The lines of a text, whatever they end with."""
    lines = []
    start = 0
    for match in _END.finditer(text):
        lines.append(_line(start, text[start : match.start()]))
        start = match.end()
    if start < len(text):
        lines.append(_line(start, text[start:]))
    return lines


def width(raw: str) -> int:
    """Columns of white space before the words of a line."""
    return len(raw[: _indented(raw, 0)].expandtabs(TAB))


def dedented(raw: str, margin: int) -> str:
    """A line without as much of its white space as ``margin`` columns."""
    column = at = 0
    while at < len(raw) and column < margin and raw[at] in " \t\xa0\u3000":
        column = column + 1 if raw[at] != "\t" else (column // TAB + 1) * TAB
        at += 1
    return raw[at:]


def unquoted(raw: str, quotes: int) -> str:
    """A line without its first ``quotes`` marks of quotation."""
    for _ in range(quotes):
        raw = re.sub(r"^[ \t]*>[ ]?", "", raw)
    return raw


def _line(start: int, raw: str) -> Line:
    at = _indented(raw, 0)
    column, quotes = len(raw[:at].expandtabs(TAB)), 0
    while quotes < DEEPEST and raw.startswith(">", at):
        quotes += 1
        inner = _indented(raw, at + 1)
        column = max(len(raw[at + 1 : inner].expandtabs(TAB)) - 1, 0)
        at = inner
    return Line(start, raw, raw[at:].strip(), column + QUOTE * quotes, quotes)


def _indented(raw: str, at: int) -> int:
    match = _INDENT.match(raw, at)
    return match.end() if match else at
