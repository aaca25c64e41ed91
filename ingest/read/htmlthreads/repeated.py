"""Threads without any telling name: parts with an author, a time and a text, under a heading that says "Comments"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

from lxml.etree import SubElement, _Element

from ingest.read.htmlthreads import vocabulary
from ingest.read.htmlthreads.fields import FieldReader
from ingest.read.htmlthreads.page import Page, plain_words, tokens

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "legend", "summary"})
_LABELS = frozenset({"p", "div", "span", "strong", "b", "caption", "th", "td"})
_NEVER = frozenset({"ul", "ol", "body", "html", "main", "tbody", "table", "form", "header", "nav"})


def candidates(page: Page, reader: FieldReader) -> list[_Element]:
    """Elements around the times (or else the authors) in the page's threads, in document order."""
    found: set[_Element] = set()
    for start, end in _joined(sorted(_regions(page))):
        marks = [element for element in page.elements[start:end] if reader.marks_time(element)]
        if not marks:
            marks = [element for element in page.elements[start:end] if reader.marks_author(element)]
        for mark in marks:
            for above in mark.iterancestors():
                if page.place[above] < start or above in found or page.holds_title(above):
                    break
                if above.tag not in _NEVER:
                    found.add(above)
    return sorted(found, key=page.place.__getitem__)


def _joined(regions: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Regions that overlap as one."""
    current: tuple[int, int] | None = None
    for start, end in regions:
        if current is not None and start < current[1]:
            current = (current[0], max(current[1], end))
            continue
        if current is not None:
            yield current
        current = (start, end)
    if current is not None:
        yield current


def _regions(page: Page) -> Iterator[tuple[int, int]]:
    """From where to where threads may reach: places of elements."""
    for element in page.elements:
        if element.tag in {"body", "html", "main", "head"} or page.holds_title(element):
            continue
        if any(vocabulary.names_thread(token) for token in tokens(element)):
            yield page.place[element] + 1, page.end(element)
    for element in page.elements:
        if not _is_heading(element):
            continue
        top = element
        for above in element.iterancestors():
            # Boxes around a heading alone say nothing of where the thread ends.
            if above.tag == "body" or page.end(above) > page.end(top) + 3:
                yield page.end(element), _next_heading(page, element, page.end(above))
                break
            top = above


def _is_heading(element: _Element) -> bool:
    if element.tag in _HEADINGS:
        text = " ".join("".join(element.itertext()).split())
    elif element.tag in _LABELS and len(element) <= 1:
        text = " ".join("".join(element.itertext()).split()) if len(element.text or "") < 60 else ""
        if (
            not text
            or len(text) > 30
            or not (element.get("id") or element.get("class") or element.tag in {"b", "strong", "p"})
        ):
            return False
    else:
        return False
    return 0 < len(text) <= 90 and vocabulary.HEADING.match(text) is not None


def _next_heading(page: Page, heading: _Element, end: int) -> int:
    for after in heading.itersiblings():
        if after.tag == heading.tag and heading.tag in _HEADINGS and not _is_heading(after):
            return min(end, page.place[after])
    return end


def wrap_definition_lists(root: _Element) -> None:
    """Makes one element of each comment that a page writes as a term and its definitions (``dt`` and ``dd``)."""
    for found in list(root.iter("dl")):
        terms = [child for child in found if child.tag == "dt"]
        if not terms or not _may_hold_thread(found, terms):
            continue
        for term in terms:
            run = [term]
            for after in term.itersiblings():
                if after.tag == "dt":
                    break
                run.append(after)
            box = SubElement(found, "div")
            found.insert(found.index(term), box)
            own = term.get("id")
            box.set("class", "comment " + (term.get("class") or "").replace("comment-author", ""))
            if own:
                box.set("id", own)
                del term.attrib["id"]
            for element in run:
                box.append(element)


def _may_hold_thread(found: _Element, terms: list[_Element]) -> bool:
    for place, element in enumerate((found, *found.iterancestors())):
        if place > 3 or element.tag == "body":
            break
        if any(vocabulary.names_thread(token) or vocabulary.names_item(token) for token in tokens(element)):
            return True
    return all(plain_words(term) & (vocabulary.ONE | vocabulary.MANY) for term in terms)


def wrap_signed_runs(root: _Element, reader: FieldReader) -> bool:
    """Makes one element of each comment that a page writes as paragraphs with a signature after (or before) them.

    Returns whether there were any: the tree has then changed.
    """
    changed = False
    by_parent: dict[_Element, list[_Element]] = {}
    for element in root.iter("p", "div", "h4", "h5", "small"):
        above = element.getparent()
        if above is not None and reader.is_signature(element):
            by_parent.setdefault(above, []).append(element)
    for above, signatures in by_parent.items():
        if not _near_thread(above):
            continue
        children = list(above)
        places = [children.index(one) for one in signatures]
        first = next(
            (
                place
                for place, child in enumerate(children)
                if child.tag not in {"a", "br", "hr", *_HEADINGS} and not _is_heading(child)
            ),
            0,
        )
        if len(places) > 1 and any(after - before == 1 for before, after in pairwise(places)):
            continue
        leads = first == places[0]
        bounds = [*places, len(children)] if leads else [first, *(place + 1 for place in places)]
        for start, end in pairwise(bounds):
            run = [child for child in children[start:end] if child.tag not in _HEADINGS and not _is_form(child)]
            if len(run) < 2:
                continue
            box = SubElement(above, "div")
            above.insert(above.index(run[0]), box)
            box.set("class", "comment")
            own = next((one.get("id") or one.get("name") for one in run if one.get("id") or one.get("name")), None)
            if own:
                box.set("data-comment-id", own)
            for element in run:
                box.append(element)
            changed = True
    return changed


def _is_form(element: _Element) -> bool:
    return element.tag == "form" or any(True for _ in element.iter("textarea"))


def _near_thread(element: _Element) -> bool:
    for place, above in enumerate((element, *element.iterancestors())):
        if place > 2 or above.tag in {"body", "html", "main"}:
            return False
        if any(vocabulary.names_thread(token) for token in tokens(above)):
            return True
        if any(_is_heading(child) for child in above):
            return True
    return False
