"""The layout of plain text: paragraphs, headings, quotes, list items, transcript turns, captions, links.

Plain text tells little, so only what is plain to see counts. A paragraph is a quotation where it is marked as one or
indented, or where the one before it ends in a colon and this one does not go on in the writer's own voice. Names
before a colon are turns of a transcript where there are several of them, or where such a colon leads to them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from ingest.model import Block, BlockKind, Container, Link, Span
from ingest.read.plain_lines import Line
from ingest.read.words import wordset
from ingest.urls import canonical

WRAPPED: Final = 110
"""Lines up to this long may be one paragraph that was wrapped; longer ones are paragraphs by themselves."""

HEADING: Final = 500
ADDRESS: Final = 4_000
"""Characters that a heading and an address may have at most."""

_RULE: Final = re.compile(r"[-=_*~#.·•–—+\s]{2,}|[-=_*~#·•–—+]")
_UNDERLINE: Final = re.compile(r"={3,}|-{3,}")
_MARKED: Final = re.compile(r"(#{1,6})[ \t]+(\S.*?)[ \t#]*")
_ITEM: Final = re.compile(r"(?:[-*+•◦▪‣]|\d{1,3}[.)]|[a-z][)])[ \t\xa0]+(?=\S)")
_TURN: Final = re.compile(r"([^:\n]{1,90}):(?=\s|$)")
_CAPTION: Final = re.compile(
    r"(?:\[?(?:photo|photograph|image|picture|figure|fig\.|credit|caption|illustration|screenshot|video|foto|bild|abb\.)"
    r"s?(?:[ ]+(?:by|credit|courtesy of|\d+))?[ ]*[:./-]|[(\[](?:photo|image|ap photo|reuters|getty)\b)"
    r"|.*(?:[(\[/ ](?:getty images|ap photo|afp|reuters|shutterstock|wikimedia commons)(?:/[\w .]+)?[)\]]?)$",
    re.IGNORECASE,
)
_NO_SPEAKERS: Final = wordset(
    """
    note notes update updates updated correction clarification photo photos image images picture video source sources
    credit caption related tags tag category categories topics share published posted by date time location where when
    what why how who contact email e-mail tel phone fax subject re title subtitle disclaimer warning ps p.s summary
    conclusion background example examples however here address website url link links http https step figure table
    chapter section part ingredients advertisement copyright keywords abstract isbn doi from to cc remember hint tip
    important attention result results reason reasons fact facts bottom line
    """
)
_OWN_VOICE: Final = re.compile(
    r"(?:so|and|but|now|yet|thus|hence|however|notice|note|of course|then|here|still|or|that said|in other words|this"
    r"|that|these|those|i|i['’]\w+|we|we['’]\w+|my|our|as i|as we|if you|you|keep in mind|recall|remember|needless"
    r"|to be fair|nevertheless|therefore|also|well|anyway|indeed|in keeping)\b",
    re.IGNORECASE,
)
_SENTENCE_END: Final = re.compile(r"[.!?…][\"”’»)\]]*[ \t\xa0\n\r]+(?=\S)")
_ENDS: Final = re.compile(r"[.!?…:;][\"”’»)\]*_]*$|[\"”»]$")
_PARTICLES: Final = wordset("of the and to for de la le von van der den du di da del al bin ibn in at on a an")
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


def blocks_of(text: str, lines: Sequence[Line]) -> tuple[Block, ...]:
    """The blocks of a text in order; ``lines`` are its lines. What holds no words (rules, blank lines) is in none."""
    paragraphs = list(_paragraphs(text, lines))
    speakers = _speakers(paragraphs)
    margin = _margin(paragraphs)
    blocks: list[Block] = []
    lead: Span | None = None
    quoted = open_turn = False
    for place, here in enumerate(paragraphs):
        kind, start, end, lead_in = _kind(here, margin, first=place == 0, lead=lead, speakers=speakers)
        if kind == "paragraph":
            if open_turn and not here.after_rule and _goes_on(here.words):
                blocks[-1] = Block("turn", blocks[-1].start, here.end, blocks[-1].lead_in)
                lead = None
                continue
            if lead is not None and _may_be_quoted(here.words):
                kind, lead_in, quoted = "quote", lead, True
            elif quoted and here.words[:1] in '“"«„' and blocks[-1].kind == "quote":
                lead_in = blocks[-1].lead_in
                kind = "quote"
            else:
                quoted = False
        elif kind == "quote":
            lead_in = lead
        if kind == "turn":
            # The words of a transcript go on below their speaker's name; a lone "Name: words" in an article does not.
            open_turn = lead is not None or len(speakers) > 1 or here.after_rule
        elif kind != "item" or not open_turn:
            open_turn = open_turn and kind == "item"
        blocks.append(Block(kind, start, end, lead_in))
        lead = _lead_in(text, here) if kind in ("paragraph", "heading") else None
    return tuple(blocks)


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
    return _speaker(line.words) is not None


def _is_marked(words: str) -> bool:
    return len(words) <= HEADING and _MARKED.fullmatch(words) is not None


def _kind(
    here: _Paragraph, margin: int, *, first: bool, lead: Span | None, speakers: frozenset[str]
) -> tuple[BlockKind, int, int, Span | None]:
    """(kind, where its words begin and end, lead-in) of a paragraph, as far as it tells itself."""
    marked = _MARKED.fullmatch(here.words) if len(here.words) <= HEADING else None
    if marked is not None:
        return "heading", here.start + marked.start(2), here.start + marked.end(2), None
    if here.lines == -1 or (here.lines == 1 and (_is_heading(here.words) or (first and looks_like_title(here.words)))):
        return "heading", here.start, here.end, None
    if here.quotes:
        return "quote", here.start, here.end, None
    item = _ITEM.match(here.words)
    if item is not None:
        return "item", here.start + item.end(), here.end, None
    if len(here.words) < 400 and _CAPTION.match(here.words):
        return "caption", here.start, here.end, None
    speaker = _speaker(here.words)
    if speaker is not None and (_key(speaker) in speakers or (lead is not None and len(speaker.split()) > 1)):
        return "turn", here.start, here.end, Span(here.start, here.start + len(speaker) + 1)
    if here.column >= margin + 2 and len(here.words) > 40:
        return "quote", here.start, here.end, None
    return "paragraph", here.start, here.end, None


def _margin(paragraphs: Sequence[_Paragraph]) -> int:
    """Where most of the text begins: what stands two columns further in is set off from it."""
    columns: dict[int, int] = {}
    for here in paragraphs:
        if not here.quotes and not _ITEM.match(here.words):
            columns[here.column] = columns.get(here.column, 0) + len(here.words)
    return max(columns, key=lambda column: columns[column], default=0)


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


def _speaker(words: str) -> str | None:
    """The name before a colon at the beginning of a paragraph, where it can be one."""
    match = _TURN.match(words)
    if match is None:
        return None
    name = match[1].strip("*_ \t")
    parts = name.split()
    if not parts or len(parts) > 12 or _key(name) in _NO_SPEAKERS or _key(parts[0]) in _NO_SPEAKERS:
        return None
    if not all(part[0].isupper() or part[0] in '(“"' or part.lower() in _PARTICLES for part in parts):
        return None
    if not parts[0][0].isupper() or (re.search(r"[.!?]\s", name) and not re.search(r"\b[A-Z][a-z]{0,3}\.\s", name)):
        return None
    return match[1]


def _speakers(paragraphs: Sequence[_Paragraph]) -> frozenset[str]:
    """Names that stand before a colon as speakers do: one of them twice, or full names, or two and more."""
    counts: dict[str, int] = {}
    full: set[str] = set()
    for here in paragraphs:
        speaker = _speaker(here.words)
        if speaker is not None and len(here.words) > len(speaker) + 2:
            counts[_key(speaker)] = counts.get(_key(speaker), 0) + 1
            if sum(part[0].isupper() for part in speaker.split()) >= 2:
                full.add(_key(speaker))
    if max(counts.values(), default=0) >= 2 and len(counts) >= 2:
        return frozenset(counts)
    if sum(counts.values()) >= 3 and full:
        return frozenset(counts)
    return frozenset(name for name in full if counts[name] >= 2)


def _key(name: str) -> str:
    return name.strip("*_ \t.").casefold()


def _lead_in(text: str, here: _Paragraph) -> Span | None:
    """The last sentence of a paragraph, where it ends in a colon and so leads to what follows."""
    if not here.words.rstrip("*_").endswith(":"):
        return None
    ends = [match.end() for match in _SENTENCE_END.finditer(here.words)]
    start = here.start + next((end for end in reversed(ends) if len(here.words) - end > 4), 0)
    return Span(start, here.end) if here.end - start <= 400 and text[start : here.end].strip() else None


def _may_be_quoted(words: str) -> bool:
    """Whether a paragraph after a colon can be somebody else's words: not the writer going on, not another lead-in."""
    return not words.endswith(":") and _OWN_VOICE.match(words) is None


def _goes_on(words: str) -> bool:
    return len(words) > 80 or _ENDS.search(words) is not None


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
