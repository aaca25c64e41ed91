"""What a page's mark-up tells of its quotations and captions, and the extraction of its main text leaves out.

trafilatura drops the captions of figures, runs a quotation within a quotation into the outer one, and keeps no
``cite``. All of that stands in the page: captions are put back where they stood between the paragraphs that were kept,
and the rest is told by the words of each paragraph.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from lxml import etree
from lxml.etree import _Element, iterwalk

from ingest.read.words import wordset

_TEXT: Final = wordset("p h1 h2 h3 h4 h5 h6 li blockquote pre td figcaption")
_HOLDERS: Final = wordset("p h1 h2 h3 h4 h5 h6 li blockquote pre ul ol dl div table section article figure")
_WHOLE: Final = wordset("article main")
_NEAR: Final = 2
"""How many elements up a paragraph and a figure of one text have theirs in common, where no ``article`` tells."""

_FEWEST_WORDS: Final = 2
_LONGEST: Final = 1_000


@dataclass(slots=True)
class Facts:
    """By the words of a paragraph, white space apart: how many quotations it stands in, and what else it is."""

    depths: dict[str, int] = field(default_factory=dict)
    sources: set[str] = field(default_factory=set)
    captions: set[str] = field(default_factory=set)

    def depth(self, words: str, known: int) -> int:
        """In how many quotations the paragraph with these words stands; at least ``known``."""
        return max(known, self.depths.get(_key(words), 0)) if self.depths and known else known

    def signs(self, words: str) -> bool:
        """Whether the paragraph with these words says where the quotation above it is from."""
        return bool(self.sources) and _key(words) in self.sources

    def is_caption(self, words: str) -> bool:
        """Whether the paragraph with these words is the caption of a figure."""
        return bool(self.captions) and _key(words) in self.captions


def facts_of(page: _Element) -> Facts:
    """What the mark-up of a page tells of its quotations and captions."""
    facts = Facts(captions={_key(_words(caption)) for caption in _captions(page)})
    facts.captions.discard("")
    if next(page.iter("blockquote"), None) is None:
        return facts
    depth = 0
    for event, element in iterwalk(
        page, events=("start", "end"), tag=("blockquote", "p", "li", "div", "cite", "footer")
    ):
        if element.tag == "blockquote":
            depth += 1 if event == "start" else -1
        if event == "end" or depth == 0:
            continue
        if element.tag in {"cite", "footer"}:
            facts.sources.add(_key(_words(element)))
        elif depth > 1 and _is_paragraph(element):
            facts.depths[_key(_words(element))] = depth
    for figure in page.iter("figure"):
        if figure.find(".//blockquote") is not None:
            facts.sources.update(_key(_words(caption)) for caption in figure.iter("figcaption"))
    facts.sources.discard("")
    facts.captions -= facts.sources
    facts.depths.pop("", None)
    return facts


def restore_captions(body: _Element, page: _Element) -> None:
    """Puts the captions of a page's figures back into its main text, each once, between the paragraphs around it."""
    captions = list(_captions(page))
    if not captions:
        return
    kept = {key: element for element in body.iter() if (key := _key(_words(element)))}
    chosen: dict[_Element, str] = {}
    seen: set[str] = set()
    for element in captions:
        words = _words(element)
        key = _key(words)
        if key not in seen and len(words.split()) >= _FEWEST_WORDS and len(words) <= _LONGEST:
            seen.add(key)
            if key not in kept:
                chosen[element] = words
    if chosen:
        _insert(body, page, chosen, kept)


def _captions(page: _Element) -> Iterator[_Element]:
    yield from page.iter("figcaption")
    for element in page.iter("p", "div", "span", "dd"):
        if "wp-caption-text" in (element.get("class") or "").split():
            yield element


def _insert(body: _Element, page: _Element, captions: dict[_Element, str], kept: dict[str, _Element]) -> None:
    waiting: list[tuple[_Element, str]] = []
    last: tuple[_Element, _Element] | None = None
    for element in page.iter():
        if element in captions:
            waiting.append((element, captions[element]))
            continue
        if element.tag not in _TEXT or not _is_paragraph(element):
            continue
        found = kept.get(_key(_words(element)))
        if found is None:
            continue
        top = _top(body, found)
        for caption, words in waiting:
            if _belongs(caption, element):
                top.addprevious(_made(words))
        waiting = []
        last = element, top
    if last is not None:
        element, top = last
        for caption, words in reversed(waiting):
            if _belongs(caption, element):
                top.addnext(_made(words))


def _is_paragraph(element: _Element) -> bool:
    """Whether an element holds running text and no paragraphs: its words are then read once, however deep it stands."""
    return not any(child.tag in _HOLDERS for child in element)


def _belongs(caption: _Element, paragraph: _Element) -> bool:
    """Whether a figure belongs to the text that a paragraph is of, and not to what stands beside it on the page."""
    above = set(caption.iterancestors())
    near = paragraph.getparent()
    for parent in paragraph.iterancestors():
        if parent in above:
            return (
                parent is near or parent.tag in _WHOLE - {"body"} or (near is not None and parent is near.getparent())
            )
        if parent.tag in _WHOLE:
            return False
    return False


def _top(body: _Element, element: _Element) -> _Element:
    while (above := element.getparent()) is not None and above is not body:
        element = above
    return element


def _made(words: str) -> _Element:
    element = etree.Element("figcaption")
    element.text = words
    return element


def _words(element: _Element) -> str:
    return " ".join("".join(text for text in element.itertext() if isinstance(text, str)).split())


def _key(words: str) -> str:
    return "".join(words.split())
