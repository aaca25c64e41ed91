"""Comment threads in the HTML of any blog system: who wrote what, in answer to whom.

``find`` reads a thread and takes it out of the tree, so that what is left is the page's own text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import urljoin, urlsplit

from lxml.etree import _Element

from ingest.read.html_flow import FlowLink
from ingest.read.htmlthreads import items as finder
from ingest.read.htmlthreads import nesting, vocabulary
from ingest.read.htmlthreads.fields import FieldReader
from ingest.read.htmlthreads.items import Item
from ingest.read.htmlthreads.page import Page, tokens
from ingest.read.htmlthreads.times import TimeReader

__all__ = ["Found", "find"]


@dataclass(frozen=True, slots=True)
class Found:
    """A comment of a page. ``parent`` is an index among the page's comments; links have absolute targets."""

    author: str | None
    text: str
    parent: int | None
    posted_at: datetime | None
    url: str | None
    by_post_author: bool
    links: tuple[FlowLink, ...] = ()


def find(root: _Element, *, base: str | None, page_url: str | None, language: str | None) -> tuple[Found, ...]:
    """The comments of the page, which are taken out of ``root`` together with their thread's headings and forms.

    Args:
        base: what relative addresses are resolved against; without one they are left out.
        page_url: the page's own address, to tell a thread from a list of comments on other pages.
        language: the page's language tag.
    """
    page = Page(root)
    reader = FieldReader(page, TimeReader(language, _samples(page)))
    found = finder.find(page, reader)
    widgets = [item for item in found if _is_widget(item, page_url)]
    found = [item for item in found if item not in widgets]
    above = nesting.parents(page, found)
    comments = _without_pings(found, above, base)
    _take_out(page, [*found, *widgets])
    return comments


def _samples(page: Page) -> list[str]:
    """Short texts of a page that may hold dates."""
    texts = ((element.text or "") + " " + (element.tail or "") for element in page.elements)
    return [text for text in texts if "/" in text and len(text) < 200]


def _is_widget(item: Item, page_url: str | None) -> bool:
    """A list of the newest comments on other pages, as sidebars show it."""
    for above in item.element.iterancestors():
        names = {name.lower() for name in tokens(above)}
        if names & vocabulary.WIDGET or any(
            {"recent", "latest", "newest"} & set(vocabulary.words(name)) for name in names
        ):
            return True
    return False


def _without_pings(found: Sequence[Item], above: Sequence[int | None], base: str | None) -> tuple[Found, ...]:
    kept = [index for index, item in enumerate(found) if not item.reading.ping]
    place = {index: number for number, index in enumerate(kept)}
    out: list[Found] = []
    for index in kept:
        reading = found[index].reading
        parent, steps = above[index], 0
        while parent is not None and parent not in place and steps < len(found):
            parent, steps = above[parent], steps + 1
        out.append(
            Found(
                author=reading.author,
                text=reading.text,
                parent=place.get(parent) if parent is not None else None,
                posted_at=reading.posted_at,
                url=absolute(reading.url, base) or _anchor(found[index], base),
                by_post_author=reading.by_post_author,
                links=tuple(
                    replace(link, target=target)
                    for link in reading.links
                    if (target := absolute(link.target, base)) is not None
                ),
            )
        )
    return tuple(out)


def _anchor(item: Item, base: str | None) -> str | None:
    """The address that leads to a comment by its id, where the page links to none."""
    for element in (item.element, *item.element.iterdescendants("article", "div", "a", "li")):
        own = element.get("id") or (element.get("name") if element.tag == "a" else None)
        if own and vocabulary.ITEM_ID.match(own):
            return absolute(f"#{own}", base)
    return None


def absolute(target: str | None, base: str | None) -> str | None:
    """An http or https address, resolved against ``base``; ``None`` where it is none or cannot be resolved."""
    if not target:
        return None
    target = "".join(target.split()) if "\n" in target or "\t" in target else target.strip()
    try:
        joined = urljoin(base, target) if base else target
        parts = urlsplit(joined)
        if parts.scheme.lower() not in {"http", "https"} or not parts.hostname:
            return None
    except ValueError:
        return None
    return joined


def _take_out(page: Page, found: Sequence[Item]) -> None:
    gone: set[_Element] = set()
    for item in found:
        top = item.element
        for above in item.element.iterancestors():
            if above in gone:
                top = above
                break
            if above.tag in {"body", "html", "main"} or page.holds_title(above):
                break
            if any(vocabulary.names_thread(token) or vocabulary.names_item(token) for token in tokens(above)):
                top = above
        gone.add(top)
    for element in page.elements:
        if element.tag not in {"body", "html", "main", "article"} and not page.holds_title(element):
            names = tokens(element)
            if any(
                name.lower()
                in {
                    "comments",
                    "respond",
                    "commentform",
                    "comment-form",
                    "comment-respond",
                    "comments-area",
                    "disqus_thread",
                }
                for name in names
            ):
                gone.add(element)
    for element in gone:
        remove(element)


def remove(element: _Element) -> None:
    """Takes an element out of its tree and leaves the text that follows it."""
    above = element.getparent()
    if above is None:
        return
    if element.tail:
        previous = element.getprevious()
        if previous is not None:
            previous.tail = (previous.tail or "") + element.tail
        else:
            above.text = (above.text or "") + element.tail
    element.tail = None
    above.remove(element)
