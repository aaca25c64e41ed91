"""Where the comments of a page are: elements that hold one comment each, whatever the blog system calls them.

Elements are taken as comments where a name, an id or markup for machines suggests it (or where they are repeated
within a thread), and then only if they hold a text with an author or a time. The same comment is often wrapped twice
(``li#comment-1 > article#div-comment-1``): the outermost element that holds nothing else counts.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from lxml.etree import _Element

from ingest.read.htmlthreads import repeated, vocabulary
from ingest.read.htmlthreads.fields import FieldReader, Reading
from ingest.read.htmlthreads.page import Page, classes, plain_words, tokens
from ingest.read.words import wordset

_ITEM_TAGS: Final = wordset(
    """
    li article div section tr dl details table aside figure blockquote td dd p
    """
)
_LISTED_TAGS: Final = wordset(
    """
    li article div section tr dl details table
    """
)
_TYPE: Final = re.compile(r"(?:^|[/:\s])(?:Comment|UserComments|Answer)(?:$|\s)")


@dataclass(slots=True)
class Item:
    """An element that holds one comment, and what was read from it."""

    element: _Element
    reading: Reading


def find(page: Page, reader: FieldReader) -> list[Item]:
    """The comments of a page in document order; one that stands in another's element is a reply to it."""
    found = _settle(page, reader, _named(page), named=True)
    if found:
        return found
    found = _settle(page, reader, repeated.candidates(page, reader), named=False)
    # Without a name to go by, only what has both an author and a time is taken for a comment.
    return [item for item in found if item.reading.author is not None and item.reading.has_time]


def _named(page: Page) -> list[_Element]:
    return [element for element in page.elements if _may_be_item(page, element)]


def _may_be_item(page: Page, element: _Element) -> bool:
    if element.tag not in _ITEM_TAGS or element.get("itemprop") in {"text", "commentText"}:
        return False
    if _is_typed(element):
        return not page.holds_title(element)
    names = classes(element)
    own = element.get("id")
    named = (
        any(vocabulary.names_item(token) for token in names)
        or (own is not None and (vocabulary.STRONG_ID.match(own) is not None or vocabulary.names_item(own)))
        or "data-comment-id" in element.attrib
        or "data-commentid" in element.attrib
    )
    if not named and element.tag in _LISTED_TAGS:
        above = element.getparent()
        if above is not None and above.tag == "tbody":
            above = above.getparent()
        named = above is not None and (
            any(vocabulary.names_thread(token) for token in tokens(above))
            or (above.tag in {"ul", "ol"} and _in_thread(above))
        )
    return named and not page.holds_title(element)


def _is_typed(element: _Element) -> bool:
    """Whether markup for machines says that this is a comment: microdata, RDFa or microformats."""
    if _TYPE.search(element.get("itemtype") or "") or _TYPE.search(element.get("typeof") or ""):
        return True
    if "comment" in (element.get("itemprop") or "").split() and element.get("itemscope") is not None:
        return True
    names = classes(element)
    return (
        "u-comment" in names
        or "p-comment" in names
        or ("h-cite" in names and "u-mention" not in names and "u-in-reply-to" not in names)
    )


def _in_thread(element: _Element) -> bool:
    """Whether one of the nearest elements around is named as a thread."""
    for distance, above in enumerate(element.iterancestors()):
        if distance > 2:
            return False
        if any(vocabulary.names_item(token) for token in tokens(above)):
            return False
        if any(vocabulary.names_thread(token) for token in tokens(above)):
            return True
    return False


def _settle(page: Page, reader: FieldReader, candidates: Sequence[_Element], *, named: bool) -> list[Item]:
    """Which of the candidates hold a comment of their own; ``named`` where their names say that they may."""
    above = _nearest_above(page, candidates)
    inner: dict[_Element, list[Item]] = {}
    rest: list[Item] = []
    for element in reversed(candidates):
        within = inner.pop(element, [])
        within.reverse()  # candidates come last first
        settled = _decide(reader, element, within, named)
        owner = above[element]
        (rest if owner is None else inner.setdefault(owner, [])).extend(reversed(settled))
    rest.reverse()
    return _with_inner(rest)


def _nearest_above(page: Page, candidates: Sequence[_Element]) -> dict[_Element, _Element | None]:
    above: dict[_Element, _Element | None] = {}
    open_elements: list[_Element] = []
    for element in candidates:
        while open_elements and not page.inside(element, open_elements[-1]):
            open_elements.pop()
        above[element] = open_elements[-1] if open_elements else None
        open_elements.append(element)
    return above


class _Holding(Item):
    """An item that holds others."""

    __slots__ = ("inner",)

    def __init__(self, element: _Element, reading: Reading, inner: list[Item]) -> None:
        super().__init__(element, reading)
        self.inner = inner


def _decide(reader: FieldReader, element: _Element, within: list[Item], named: bool) -> list[Item]:
    # A list is never one comment, however much stands beside its items.
    if element.tag in {"ul", "ol"} or (
        _is_list_of(element, within) and not _names_the_same(element, within[0].element)
    ):
        return within
    reading = reader.read(element, [item.element for item in within])
    if reading.complete:
        return [_Holding(element, reading, within)]
    if not within:
        return [_Holding(element, reading, [])] if _is_notice(element, reading) else []
    first, others = within[0], within[1:]
    if not named or _holds_replies(element):
        return within
    if _names_the_same(element, first.element) or (
        _leads_straight(element, first.element) and all(not _leads_straight(element, other.element) for other in others)
    ):
        inside = first.inner if isinstance(first, _Holding) else []
        merged = reader.read(element, [item.element for item in (*inside, *others)])
        if not merged.complete:
            merged = first.reading
        merged.by_post_author = merged.by_post_author or first.reading.by_post_author
        return [_Holding(element, merged, [*inside, *others])]
    return within


def _holds_replies(element: _Element) -> bool:
    """Whether an element is named for what hangs on a comment, and not for a comment."""
    names = tokens(element)
    return bool(plain_words(element) & vocabulary.NESTING) and not any(vocabulary.names_item(name) for name in names)


def _is_list_of(element: _Element, within: Sequence[Item]) -> bool:
    """Whether an element holds several comments side by side, all in the same way."""
    if len(within) < 2:
        return False
    parents = [item.element.getparent() for item in within]
    return all(parent is element for parent in parents) and not _is_typed(element)


def _is_notice(element: _Element, reading: Reading) -> bool:
    """A comment that was taken away and left its place: it has an id like the others and a few words, but no author."""
    own = element.get("id")
    if not reading.text or len(reading.text) > 200 or own is None or vocabulary.STRONG_ID.match(own) is None:
        return False
    return (
        re.search(
            r"delet|remov|gelöscht|entfernt|moderat|supprim|eliminad|borrad|verwijderd|rimoss|usunięt|hidden|удал",
            reading.text,
            re.IGNORECASE,
        )
        is not None
    )


def _names_the_same(outer: _Element, inner: _Element) -> bool:
    one, other = _number(outer), _number(inner)
    return one is not None and one == other


def _number(element: _Element) -> str | None:
    match = vocabulary.ITEM_ID.match(element.get("id") or "")
    return match["number"] if match else element.get("data-comment-id") or element.get("data-commentid")


def _leads_straight(outer: _Element, inner: _Element) -> bool:
    """Whether ``inner`` stands in ``outer`` itself and not in a list of replies."""
    for above in inner.iterancestors():
        if above is outer:
            return True
        if above.tag in {"ul", "ol"} or plain_words(above) & vocabulary.NESTING:
            return False
    return False


def _with_inner(items: Sequence[Item]) -> list[Item]:
    """All items, those that hold others before what they hold."""
    out: list[Item] = []
    waiting = list(reversed(items))
    while waiting:
        item = waiting.pop()
        out.append(Item(item.element, item.reading))
        if isinstance(item, _Holding):
            waiting.extend(reversed(item.inner))
    return out
