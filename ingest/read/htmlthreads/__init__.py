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
from ingest.read.htmlthreads import linked, nesting, repeated, vocabulary
from ingest.read.htmlthreads.fields import FieldReader, Reading
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
    repeated.wrap_definition_lists(root)
    times = TimeReader(language, _samples(root))
    page = Page(root)
    reader = FieldReader(page, times)
    if repeated.wrap_signed_runs(root, reader):
        page = Page(root)
        reader = FieldReader(page, times)
    found = finder.find(page, reader)
    widgets = _widgets(found, page_url)
    found = [item for item in found if item not in widgets]
    if found:
        comments = _without_pings(
            [item.reading for item in found], nesting.parents(page, found), [_own_id(item) for item in found], base
        )
    else:
        # What only machines are told is read where nothing is to be seen: a script shows it to people.
        readings, above = linked.find(root, times)
        comments = _without_pings(readings, above, [None] * len(readings), base)
    _take_out(page, [*found, *widgets])
    return comments


def _samples(root: _Element) -> list[str]:
    """Short texts of a page that may hold dates."""
    texts = ((element.text or "") + " " + (element.tail or "") for element in root.iter())
    return [text for text in texts if "/" in text and len(text) < 200]


def _widgets(found: Sequence[Item], page_url: str | None) -> list[Item]:
    """Comments in lists of the newest comments on other pages, as sidebars show them."""
    own = _path(page_url)
    paths = [_path(item.reading.url) for item in found]
    # Where comments link to this very page, those that link to another one belong there.
    away = [own in paths and path not in (None, own) for path in paths]
    known: dict[_Element, bool] = {}
    return [item for item, elsewhere in zip(found, away, strict=True) if elsewhere or _in_widget(item, known)]


def _in_widget(item: Item, known: dict[_Element, bool]) -> bool:
    """Whether a comment stands in a sidebar's list; ``known`` keeps what was found of elements around it."""
    way: list[_Element] = []
    answer = False
    for above in item.element.iterancestors():
        if above.tag in {"body", "html"}:
            break
        if above in known:
            answer = known[above]
            break
        way.append(above)
        names = {name.lower() for name in tokens(above)}
        if names & vocabulary.WIDGET or any(
            {"recent", "latest", "newest"} & {*vocabulary.words(name)} for name in names
        ):
            answer = True
            break
    known.update(dict.fromkeys(way, answer))
    return answer


def _path(address: str | None) -> str | None:
    """The path of an address that leads into a page, without the number of the page of a long thread."""
    if not address or address.startswith("#"):
        return None
    try:
        path = urlsplit(address).path.rstrip("/")
    except ValueError:
        return None
    return re.sub(r"/(?:comment-page-\d+|amp)$", "", path).lower() or None


def _without_pings(
    readings: Sequence[Reading], above: Sequence[int | None], ids: Sequence[str | None], base: str | None
) -> tuple[Found, ...]:
    kept = [index for index, reading in enumerate(readings) if not reading.ping]
    place = {index: number for number, index in enumerate(kept)}
    out: list[Found] = []
    for index in kept:
        reading = readings[index]
        parent, steps = above[index], 0
        while parent is not None and parent not in place and steps < len(readings):
            parent, steps = above[parent], steps + 1
        out.append(
            Found(
                author=reading.author,
                text=reading.text,
                parent=place.get(parent) if parent is not None else None,
                posted_at=reading.posted_at,
                url=absolute(reading.url, base) or absolute(ids[index], base),
                by_post_author=reading.by_post_author,
                links=tuple(
                    replace(link, target=target)
                    for link in reading.links
                    if (target := absolute(link.target, base)) is not None
                ),
            )
        )
    return tuple(out)


def _own_id(item: Item) -> str | None:
    """The fragment that leads to a comment by its id."""
    for element in (item.element, *item.element.iterdescendants("article", "div", "a", "li")):
        own = element.get("id") or (element.get("name") if element.tag == "a" else None)
        if own and vocabulary.ITEM_ID.match(own):
            return f"#{own}"
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
    last: _Element | None = None
    for item in sorted(found, key=lambda one: page.place[one.element]):
        if last is not None and page.inside(item.element, last):
            continue
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
        last = top
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
