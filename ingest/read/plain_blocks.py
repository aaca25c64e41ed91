"""The layout of plain text: paragraphs, headings, marked quotes, list items, captions, links.

Plain text tells little, so only what is plain to see counts here: what stands behind ``>`` or is indented is a
quotation. What the wording tells of turns and of other quotations, ``ingest.read.blocks`` finds.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from ingest.model import Block, BlockKind, Container, Link
from ingest.read.blocks import with_roles
from ingest.read.labels import label_at
from ingest.read.pieces import Piece
from ingest.read.plain_lines import Line
from ingest.urls import canonical

WRAPPED: Final = 110
"""Lines up to this long may be one paragraph that was wrapped; longer ones are paragraphs by themselves."""

HEADING: Final = 500
ADDRESS: Final = 4_000
"""Characters that a heading and an address may have at most."""

_GOOD_PART: Final = 0.25

_RULE: Final = re.compile(r"[-=_*~#.·•–—+\s]{2,}|[-=_*~#·•–—+]")
_UNDERLINE: Final = re.compile(r"={3,}|-{3,}")
_MARKED: Final = re.compile(r"(#{1,6})[ \t]+(\S.*?)[ \t#]*")
_ITEM: Final = re.compile(r"(?:[-*+•◦▪‣]|\d{1,3}[.)]|[a-z][)])[ \t\xa0]+(?=\S)")
_CAPTION: Final = re.compile(
    r"(?:\[?(?:photo|photograph|image|picture|figure|fig\.|credit|caption|illustration|screenshot|video|foto|bild|abb\.)"
    r"s?(?:[ ]+(?:by|credit|courtesy of|\d+))?[ ]*[:./-]|[(\[](?:photo|image|ap photo|reuters|getty)\b)"
    r"|.*(?:[(\[/ ](?:getty images|ap photo|afp|reuters|shutterstock|wikimedia commons)(?:/[\w .]+)?[)\]]?)$",
    re.IGNORECASE,
)
_URL: Final = re.compile(r"\bhttps?://[^\s<>\"“”«»‹›`|\\^{}]{1,4000}", re.IGNORECASE)
_MARKDOWN_LINK: Final = re.compile(
    r"\[([^\[\]\n]{1,500})\]\((https?://[^\s()<>]*(?:\([^\s()<>]*\)[^\s()<>]*)*)(?:[ ]+\"[^\"\n]*\")?\)"
)


@dataclass(frozen=True, slots=True)
class _Paragraph:
    start: int
    end: int
    words: str
    column: int
    quotes: int
    lines: int
    after_rule: bool


def blocks_of(text: str, lines: Sequence[Line], *, page: bool = True) -> tuple[Block, ...]:
    """The blocks of a text in order; ``lines`` are its lines. What holds no words (rules, blank lines) is in none.

    A ``page`` may begin with its title, and what follows a sentence with a colon there is mostly quoted; neither is so
    in a comment.
    """
    paragraphs = list(_paragraphs(text, lines))
    margin = _margin(paragraphs)
    pieces = [_piece(here, margin, first=page and place == 0) for place, here in enumerate(paragraphs)]
    return with_roles(text, pieces, marked=False, surely=not page)


def _paragraphs(text: str, lines: Sequence[Line]) -> Iterator[_Paragraph]:
    group: list[Line] = []
    after_rule = False
    for line in [*lines, None]:
        if line is not None and group and not _parts(group[-1], line):
            group.append(line)
            continue
        if group:
            underlined = len(group) > 1 and _UNDERLINE.fullmatch(group[-1].words)
            shown = group[:-1] if underlined else group
            first, last = shown[0], shown[-1]
            start = first.start + len(first.raw) - len(first.raw.lstrip("> \t\xa0\u3000"))
            end = last.start + len(last.raw.rstrip())
            yield _Paragraph(
                start, end, text[start:end], first.column, first.quotes, -1 if underlined else len(shown), after_rule
            )
            group, after_rule = [], False
        if line is not None and line.words:
            if _RULE.fullmatch(line.words):
                after_rule = True
            else:
                group = [line]


def _parts(before: Line, line: Line) -> bool:
    """Whether a line begins a new paragraph after the one before it."""
    if not line.words or _is_marked(before.words):
        return True
    if _UNDERLINE.fullmatch(line.words):
        return len(before.raw) > WRAPPED
    if _RULE.fullmatch(line.words) or line.quotes != before.quotes or _ITEM.match(line.words) or _is_marked(line.words):
        return True
    if len(before.raw) > WRAPPED or len(line.raw) > WRAPPED:
        return True
    return label_at(line.words, 0, len(line.words)) is not None


def _is_marked(words: str) -> bool:
    return len(words) <= HEADING and _MARKED.fullmatch(words) is not None


def _piece(here: _Paragraph, margin: int, *, first: bool) -> Piece:
    """A paragraph with what it tells of itself."""

    def piece(kind: BlockKind, start: int = here.start, end: int = here.end) -> Piece:
        return Piece(kind, start, end, depth=here.quotes, after_rule=here.after_rule, wrapped=here.lines > 1)

    marked = _MARKED.fullmatch(here.words) if len(here.words) <= HEADING else None
    if marked is not None:
        return piece("heading", here.start + marked.start(2), here.start + marked.end(2))
    if here.lines == -1 or (here.lines == 1 and (_is_heading(here.words) or (first and looks_like_title(here.words)))):
        return piece("heading")
    if here.quotes:
        return piece("quote")
    item = _ITEM.match(here.words)
    if item is not None:
        return piece("item", here.start + item.end())
    if len(here.words) < 400 and _CAPTION.match(here.words):
        return piece("caption")
    if here.column >= margin + 2 and len(here.words) > 40 and label_at(here.words, 0, len(here.words)) is None:
        return piece("quote")
    return piece("paragraph")


def _margin(paragraphs: Sequence[_Paragraph]) -> int:
    """Where the text begins, as far left as a good part of it does: what stands two columns further in is set off."""
    columns: dict[int, int] = {}
    for here in paragraphs:
        if not here.quotes and not _ITEM.match(here.words):
            columns[here.column] = columns.get(here.column, 0) + len(here.words)
    enough = sum(columns.values()) * _GOOD_PART
    return min((column for column, length in columns.items() if length >= enough), default=0)


def looks_like_title(words: str) -> bool:
    """Whether a first line reads like a headline: short, and no sentence unless it has a headline's capitals."""
    if not 2 <= len(words) <= 200 or "\n" in words or not re.search(r"\w", words) or words.endswith((":", ",", ";")):
        return False
    if _ITEM.match(words) or _URL.match(words):
        return False
    if not words.rstrip('"”’»)').endswith((".", "…")):
        return len(words.split()) <= 25
    long_words = [word for word in re.findall(r"[^\W\d_][\w’'-]*", words) if len(word) > 3]
    return len(long_words) >= 2 and sum(word[0].isupper() for word in long_words) * 4 >= 3 * len(long_words)


def _is_heading(words: str) -> bool:
    return (
        4 <= len(words) <= 100 and words.isupper() and len(re.findall(r"[^\W\d_]{2,}", words)) >= 2 and ":" not in words
    )


# --- links -------------------------------------------------------------------------------------------------------


def links_of(container: Container, text: str) -> Iterable[Link]:
    """The links that are written in a text: bare addresses, and Markdown's words with an address."""
    taken: list[tuple[int, int]] = []
    for match in _MARKDOWN_LINK.finditer(text):
        if _is_address(match[2]):
            taken.append(match.span())
            yield Link(container, match.start(1), match.end(1), match[2])
    place = 0
    for match in _URL.finditer(text):
        while place < len(taken) and taken[place][1] <= match.start():
            place += 1
        if place < len(taken) and taken[place][0] <= match.start():
            continue
        url = _trimmed(match[0])
        if len(match[0]) < ADDRESS and _is_address(url):
            yield Link(container, match.start(), match.start() + len(url), url)


def _trimmed(url: str) -> str:
    """An address without the punctuation of the sentence that it stands in."""
    unopened = {")": url.count(")") - url.count("("), "]": url.count("]") - url.count("[")}
    end = len(url)
    while end and (url[end - 1] in ".,;:!?'’‘*_…—–" or unopened.get(url[end - 1], 0) > 0):
        end -= 1
        if url[end] in unopened:
            unopened[url[end]] -= 1
    return url[:end]


def _is_address(url: str) -> bool:
    try:
        canonical(url)
    except ValueError:
        return False
    return True
