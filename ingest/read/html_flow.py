"""From elements to running text, with offsets of its blocks and links kept in the same pass."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable
from dataclasses import dataclass, field
from typing import Final

from lxml.etree import _Element, iterwalk

from ingest.model import BlockKind
from ingest.read.words import wordset

BLOCKS: Final = wordset(
    """
    address article aside blockquote body center dd details dialog div dl dt fieldset figcaption figure footer
    form h1 h2 h3 h4 h5 h6 header hgroup html li main menu nav ol p pre section summary table tbody tfoot thead
    tr ul caption
    """
)
DROPPED: Final = wordset(
    """
    script style head title meta link base template iframe object embed svg math canvas audio video map form
    button input select textarea option datalist progress meter dialog menu noframes frameset frame applet param
    source track img picture graphic
    """
)
_KINDS: Final[dict[str, BlockKind]] = {
    "blockquote": "quote",
    "quote": "quote",
    "li": "item",
    "item": "item",
    "head": "heading",
    "figcaption": "caption",
    "caption": "caption",
    **{f"h{level}": "heading" for level in range(1, 7)},
}
_SPACE: Final = re.compile(r"[ \t\r\n\f\v\u00a0\u2028\u2029]+")
# No character of a text: they are left over from broken encodings, and XML forbids them.
_CONTROL: Final = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\u200b\ufeff]")


@dataclass(frozen=True, slots=True)
class FlowBlock:
    """A block of the flowing text.

    ``bold`` is how many of its first characters stand in bold, ``depth`` in how many quotations it stands.
    """

    kind: BlockKind
    start: int
    end: int
    bold: int = 0
    depth: int = 0


@dataclass(frozen=True, slots=True)
class FlowLink:
    """A link on the words ``[start, end)``, its target as the page writes it."""

    start: int
    end: int
    target: str


@dataclass(frozen=True, slots=True)
class Flowed:
    """Text without white space around it; blocks and links in order of their start."""

    text: str
    blocks: tuple[FlowBlock, ...] = ()
    links: tuple[FlowLink, ...] = ()


@dataclass(slots=True)
class _Open:
    kind: BlockKind
    start: int
    bold: int = 0
    plain: bool = False
    depth: int = 0


@dataclass(slots=True)
class _Writer:
    quote_mark: str
    parts: list[str] = field(default_factory=list)
    length: int = 0
    breaks: int = 0
    space: bool = False
    quotes: int = 0
    bold: int = 0
    verbatim: int = 0
    kinds: list[BlockKind] = field(default_factory=list)
    block: _Open | None = None
    blocks: list[FlowBlock] = field(default_factory=list)
    open_links: list[tuple[str, int | None]] = field(default_factory=list)
    links: list[FlowLink] = field(default_factory=list)

    def write(self, text: str | None) -> None:
        if not text:
            return
        text = _CONTROL.sub("", text)
        if self.verbatim:
            lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u00a0", " ").split("\n")
            for number, line in enumerate(lines):
                if number:
                    self.line()
                if line.strip():
                    self._put(line)
            return
        flat = _SPACE.sub(" ", text)
        core = flat.strip(" ")
        if not core:
            self.space = self.space or bool(flat)
            return
        self.space = self.space or flat[0] == " "
        self._put(core)
        self.space = flat[-1] == " "

    def _at_line_start(self) -> bool:
        return not self.parts or self.breaks > 0

    def _put(self, core: str) -> None:
        if self._at_line_start():
            if self.parts:
                self._append("\n" * self.breaks)
            if self.quotes and self.quote_mark:
                self._append(self.quote_mark * self.quotes)
        elif self.space:
            self._append(" ")
        self.breaks = 0
        self.space = False
        if self.block is None:
            kind: BlockKind = "quote" if self.quotes else (self.kinds[-1] if self.kinds else "paragraph")
            self.block = _Open(kind, self.length, depth=self.quotes)
        for number, (target, start) in enumerate(self.open_links):
            if start is None:
                self.open_links[number] = (target, self.length)
        self._append(core)
        if not self.block.plain:
            if self.bold:
                self.block.bold = self.length - self.block.start
            else:
                self.block.plain = True

    def _append(self, text: str) -> None:
        self.parts.append(text)
        self.length += len(text)

    def line(self) -> None:
        """A line break inside a block; two in a row part paragraphs."""
        if not self.parts:
            return
        self.breaks += 1
        if self.breaks >= 2:
            self.part()

    def part(self, breaks: int = 2) -> None:
        """The end of a block."""
        if self.block is not None:
            block = self.block
            self.blocks.append(FlowBlock(block.kind, block.start, self.length, block.bold, block.depth))
            self.block = None
        if self.parts:
            self.breaks = max(min(self.breaks, 2), breaks)
        self.space = False

    def open_link(self, target: str) -> None:
        self.open_links.append((target, None))

    def close_link(self) -> None:
        target, start = self.open_links.pop()
        if start is not None:
            self.links.append(FlowLink(start, self.length, target))


def flow(
    roots: Iterable[_Element],
    *,
    dropped: Callable[[_Element], bool] | None = None,
    skip: Container[_Element] = (),
    quote_mark: str = "",
) -> Flowed:
    """The text of ``roots`` as a reader sees it: paragraphs parted by a blank line, lines and list items by a line end.

    White space is collapsed as a browser does it, except in preformatted text. Each line within a quotation begins with
    ``quote_mark``, as many times as quotations stand in one another. Takes HTML and the XML of trafilatura.

    Args:
        dropped: elements of no interest, with all that is in them (what follows them is kept).
        skip: the same as a collection.
    """
    writer = _Writer(quote_mark)
    for root in roots:
        writer.part()
        walk = iterwalk(root, events=("start", "end"))
        closing: dict[_Element, tuple[str, ...]] = {}
        for event, element in walk:
            if event == "end":
                _leave(writer, closing.pop(element, ()))
                if element is not root:
                    writer.write(element.tail)
                continue
            tag = element.tag
            if (
                not isinstance(tag, str)
                or (tag in DROPPED and not _is_heading(element))
                or element in skip
                or (dropped is not None and dropped(element))
            ):
                walk.skip_subtree()
                continue
            closing[element] = _enter(writer, element, tag)
            writer.write(element.text)
    writer.part()
    return Flowed(
        "".join(writer.parts), tuple(writer.blocks), tuple(sorted(writer.links, key=lambda x: (x.start, x.end)))
    )


def _is_heading(element: _Element) -> bool:
    """Whether a ``head`` is trafilatura's name for a heading and not the head of a page."""
    above = element.getparent()
    return element.tag == "head" and above is not None and above.tag != "html"


def _enter(writer: _Writer, element: _Element, tag: str) -> tuple[str, ...]:
    """Writes what stands before an element's text; returns what has to be undone after it."""
    undo: list[str] = []
    if tag in {"br", "lb"}:
        writer.line()
    elif tag in {"hr"}:
        writer.part()
    elif tag in {"td", "th", "cell"}:
        writer.space = True
    elif tag in {"a", "ref"}:
        target = element.get("href") or element.get("target")
        if target and target.strip():
            writer.open_link(target.strip())
            undo.append("link")
    elif tag in {"b", "strong"} or (tag == "hi" and "#b" in (element.get("rend") or "")):
        writer.bold += 1
        undo.append("bold")
    elif tag in BLOCKS or tag in {"head", "quote", "list", "item", "row"}:
        tight = tag in {"li", "item", "tr", "row", "dt", "dd"}
        writer.part(1 if tight and writer.length else 2)
        undo.append("tight" if tight else "part")
        if tag in {"blockquote", "quote"}:
            writer.quotes += 1
            undo.append("quote")
        kind = _KINDS.get(tag)
        if kind is not None:
            writer.kinds.append(kind)
            undo.append("kind")
    if tag in {"pre", "textarea"}:
        writer.verbatim += 1
        undo.append("verbatim")
    return tuple(undo)


def _leave(writer: _Writer, undo: tuple[str, ...]) -> None:
    for what in reversed(undo):
        if what == "link":
            writer.close_link()
        elif what == "bold":
            writer.bold -= 1
        elif what == "part":
            writer.part()
        elif what == "tight":
            writer.part(1)
        elif what == "quote":
            writer.quotes -= 1
        elif what == "kind":
            writer.kinds.pop()
        elif what == "verbatim":
            writer.verbatim -= 1
