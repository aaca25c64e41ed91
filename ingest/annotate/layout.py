"""Where paragraphs are, and how a long text is cut into pieces that can be read one by one."""

from __future__ import annotations

import re
from collections.abc import Iterator

SURROGATE = re.compile("[\ud800-\udfff]")
"""What no encoding can write, and spaCy therefore cannot take."""

_LINE = re.compile(r"[^\n\r\u0085\u2028\u2029]+")
_BREAK = re.compile(r"\r\n|[\n\r\u0085\u2028\u2029]")
_FIRST_WORD = re.compile(r"\s*(\S{1,80})")

# Wider lines than this are paragraphs of their own, not lines that an editor wrapped.
_WIDEST_WRAPPED = 120


def paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """The paragraphs of a text as ``(start, end)``, without white space at their edges.

    A blank line ends a paragraph. A single line end does so unless the line was wrapped there: its next word would not
    have fitted, or goes on in lower case.
    """
    group: list[tuple[int, int]] = []
    for match in _LINE.finditer(text):
        start, end = match.span()
        if text[start:end].isspace():
            continue
        if group and len(_BREAK.findall(text, group[-1][1], start)) > 1:
            yield from _unwrapped(text, group)
            group = []
        group.append((start, end))
    yield from _unwrapped(text, group)


def _unwrapped(text: str, lines: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    if not lines:
        return
    width = max(end - start for start, end in lines)
    start, end = lines[0]
    for following in lines[1:]:
        if width <= _WIDEST_WRAPPED and _wraps(text, (start, end), following, width):
            end = following[1]
        else:
            yield _stripped(text, start, end)
            start, end = following
    yield _stripped(text, start, end)


def _wraps(text: str, above: tuple[int, int], below: tuple[int, int], width: int) -> bool:
    word = _FIRST_WORD.match(text, below[0], below[1])
    if word is None:
        return False
    line_start = max(above[0], above[1] - width)
    return word[1][0].islower() or above[1] - line_start + 1 + len(word[1]) > width


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


_CUTS = (
    re.compile(r"\n\s*\n|[\r\u2029]"),
    re.compile(r"[\n\u2028\u0085]"),
    re.compile(r"[.!?]['”’\"]?\s"),
    re.compile(r"\s"),
)


def pieces(text: str, longest: int) -> Iterator[tuple[int, int]]:
    """Cuts a text into ``(start, end)`` of at most ``longest`` characters.

    It is cut where that does least harm: between paragraphs, else lines, else sentences, else words, else anywhere.
    """
    start = 0
    while len(text) - start > longest:
        # Only the last half of a piece is searched, so that no piece is tiny and no text is read twice over.
        middle, limit = start + longest // 2, start + longest
        for cut in _CUTS:
            ends = [match.end() for match in cut.finditer(text, middle, limit)]
            if ends:
                break
        end = ends[-1] if ends else limit
        yield start, end
        start = end
    if start < len(text) or not text:
        yield start, len(text)
