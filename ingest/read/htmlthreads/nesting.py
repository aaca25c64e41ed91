"""Which comment answers which: by what the page states, by levels, by how elements are nested, by indentation."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from lxml.etree import _Element

from ingest.read.htmlthreads import vocabulary
from ingest.read.htmlthreads.items import Item
from ingest.read.htmlthreads.page import Page, classes, plain_words

_PARENT_ATTRIBUTES: Final = (
    "data-parent", "data-parent-id", "data-parentid", "data-comment-parent", "data-parent-comment-id",
    "data-comment-parent-id", "data-reply-to", "data-replyto", "data-in-reply-to", "data-parent-comment", "parent",
    "parentid",
)  # fmt: skip
_LEVEL_ATTRIBUTES: Final = (
    "data-depth",
    "data-level",
    "data-indent",
    "data-nesting",
    "data-comment-depth",
    "data-comment-level",
    "aria-level",
    "indent",
    "data-lvl",
    "data-nest-level",
)
_INDENT: Final = re.compile(
    r"(?:margin-left|padding-left|margin-inline-start|padding-inline-start|left|text-indent|"
    r"width)\s*:\s*(?P<one>\d+(?:\.\d+)?)(?:px|em|rem|%|ex|pt)?"
    r"|(?:^|;)\s*(?:margin|padding)\s*:\s*\S+\s+\S+\s+\S+\s+(?P<four>\d+(?:\.\d+)?)(?:px|em|rem|%|ex|pt)?"
    r"|--[\w-]*(?:depth|level|indent)[\w-]*\s*:\s*(?P<var>\d+(?:\.\d+)?)",
    re.IGNORECASE,
)
_IDS: Final = ("id", "data-comment-id", "data-commentid", "data-id", "data-key", "name")


def parents(page: Page, items: Sequence[Item]) -> list[int | None]:
    """The index of each item's parent among ``items``; ``None`` for a comment on the page itself."""
    found, holders = _by_elements(page, items)
    levels = [_level(item.element, holder) for item, holder in zip(items, holders, strict=True)]
    if len(items) > 1 and all(level is not None for level in levels) and len(set(levels)) > 1:
        found = _by_levels([level or 0 for level in levels])
    elif all(parent is None for parent in found):
        indents = [_indent(item.element, holder) for item, holder in zip(items, holders, strict=True)]
        if len(set(indents)) > 1:
            found = _by_levels(indents)
    return _as_stated(items, holders, found)


# --- nested elements -----------------------------------------------------------------------------------------------


def _by_elements(page: Page, items: Sequence[Item]) -> tuple[list[int | None], list[_Element]]:
    """Parents by how elements stand in one another; and for each item the largest element that is its own."""
    number = {item.element: index for index, item in enumerate(items)}
    found: list[int | None] = [None] * len(items)
    holders = [item.element for item in items]
    children: dict[_Element, list[_Element]] = {}
    for item in items:
        below = item.element
        for above in item.element.iterancestors():
            known = children.get(above)
            if known is None:
                children[above] = [below]
                below = above
                continue
            # From here on up the way is known.
            if known[-1] is not below:
                known.append(below)
            break
    # An element with one child that leads to comments is passed through; what matters is where ways part.
    waiting: list[tuple[_Element, int | None]] = [(page.root, None)] if page.root in children else []
    if page.root in number:
        waiting = [(page.root, None)]
    while waiting:
        element, parent = waiting.pop()
        if element in number and element is not page.root:
            parent = number[element]
        last: tuple[_Element, int] | None = None
        for child in children.get(element, ()):
            alone = _only(child, children, number)
            if alone is None:
                nested = last is not None and _hangs_on(child, last[0], children, number)
                waiting.append((child, last[1] if nested and last is not None else parent))
                if not nested:
                    last = None
                continue
            index = number[alone]
            if last is not None and _hangs_on(child, last[0], children, number):
                found[index] = last[1]
            else:
                found[index] = parent
                last = (child, index)
            holders[index] = child
            waiting.append((alone, index))
    for index, item in enumerate(items):
        holder = holders[index]
        if holder is item.element:
            holders[index] = _widened(item.element, children, number)
    return found, holders


def _only(element: _Element, children: dict[_Element, list[_Element]], number: dict[_Element, int]) -> _Element | None:
    """The one comment that ``element`` leads to without a fork, or ``None`` where it leads to several side by side."""
    while element not in number:
        below = children.get(element, ())
        if len(below) != 1:
            return None
        element = below[0]
    return element


def _first(element: _Element, children: dict[_Element, list[_Element]], number: dict[_Element, int]) -> int:
    """How many elements stand between ``element`` and the first comment in it."""
    steps = 0
    while element not in number:
        element = children[element][0]
        steps += 1
    return steps


def _hangs_on(
    element: _Element, before: _Element, children: dict[_Element, list[_Element]], number: dict[_Element, int]
) -> bool:
    """Whether ``element`` holds replies to the comment in ``before``, its elder sibling, and not comments beside it."""
    mine, its = plain_words(element), plain_words(before)
    if (mine & vocabulary.NESTING) - its:
        return True
    if element.tag == before.tag and (
        set(classes(element)) & set(classes(before)) or (not classes(element) and not classes(before))
    ):
        return False
    if mine & vocabulary.MORE:
        return False
    return _first(element, children, number) > _first(before, children, number)


def _widened(element: _Element, children: dict[_Element, list[_Element]], number: dict[_Element, int]) -> _Element:
    """The wrapper around a comment whose first comment it is: levels and ids are often written there."""
    best = element
    for distance, above in enumerate(element.iterancestors()):
        if distance > 3 or above in number or above.tag in {"ul", "ol", "body", "main", "tbody"}:
            break
        below = children.get(above, ())
        if len(below) > 1 and not (_number_in(above) and below[0] is best):
            break
        if any(vocabulary.names_thread(token) for token in classes(above)):
            break
        best = above
    return best


def _number_in(element: _Element) -> bool:
    return vocabulary.ITEM_ID.match(element.get("id") or "") is not None


# --- levels --------------------------------------------------------------------------------------------------------


def _chain(element: _Element, holder: _Element) -> list[_Element]:
    """From a comment's element out to its holder, and the first elements inside it."""
    chain = [element]
    above = element
    while above is not holder:
        parent = above.getparent()
        if parent is None:
            break
        above = parent
        chain.append(above)
    return chain


def _level(element: _Element, holder: _Element) -> int | None:
    for one in _chain(element, holder):
        for key in _LEVEL_ATTRIBUTES:
            value = one.get(key)
            if value and value.strip().isdigit():
                return int(value)
        for token in classes(one):
            match = vocabulary.LEVEL.match(token)
            if match:
                return int(match[1])
    for one in element.iter("td", "div", "span"):
        value = one.get("indent")
        if value and value.isdigit():
            return int(value)
        if one is not element and any(True for _ in one.iter("p", "a")):
            break
    return None


def _indent(element: _Element, holder: _Element) -> float:
    """How far a comment is set in, in whatever unit the page uses."""
    far = 0.0
    for one in _chain(element, holder):
        far += _style_indent(one)
    if not far:
        for one in (*element.iter("img"),):
            width = one.get("width") or ""
            source = (one.get("src") or "").rsplit("/", 1)[-1].lower()
            if width.isdigit() and re.match(r"(?:s|spacer|blank|pixel|transparent|clear|trans|dot|shim)\.", source):
                return float(width)
    if not far and element.tag in {"tr", "table"}:
        for one in element.iter("td"):
            width = one.get("width") or ""
            if not "".join(one.itertext()).strip():
                return float(width) if width.isdigit() else _style_indent(one)
            break
    return far


def _style_indent(element: _Element) -> float:
    match = _INDENT.search(element.get("style") or "")
    if match is None:
        return 0.0
    if "width" in match[0].lower() and element.tag not in {"td", "img"}:
        return 0.0
    return float(match["one"] or match["four"] or match["var"] or 0)


def _by_levels(levels: Sequence[float]) -> list[int | None]:
    """The parent of each is the last before it of a lower level."""
    found: list[int | None] = []
    above: list[int] = []
    for index, level in enumerate(levels):
        while above and levels[above[-1]] >= level:
            above.pop()
        found.append(above[-1] if above else None)
        above.append(index)
    return found


# --- what the page states -------------------------------------------------------------------------------------------


def _as_stated(items: Sequence[Item], holders: Sequence[_Element], found: Sequence[int | None]) -> list[int | None]:
    """Parents that the page names by id go before all others; by author's name, only where nothing else tells."""
    keys: dict[str, int] = {}
    for index, (item, holder) in enumerate(zip(items, holders, strict=True)):
        for one in _chain(item.element, holder):
            for key in _IDS:
                _add(keys, one.get(key), index)
        for one in item.element:
            if one.tag in {"a", "span"}:
                _add(keys, one.get("id") or one.get("name"), index)
        if item.reading.url and "#" in item.reading.url:
            _add(keys, item.reading.url.rsplit("#", 1)[1], index)
        if item.reading.url:
            keys.setdefault(item.reading.url, index)
    flat = all(parent is None for parent in found)
    out = list(found)
    for index, (item, holder) in enumerate(zip(items, holders, strict=True)):
        stated = _stated_parent(item, holder, keys)
        if stated is not None and stated != index:
            out[index] = stated
            continue
        if not flat:
            continue
        for target in item.reading.answers:
            answered = _answered(items, index, target, keys)
            if answered is not None:
                out[index] = answered
                break
    return out


def _stated_parent(item: Item, holder: _Element, keys: dict[str, int]) -> int | None:
    for one in _chain(item.element, holder):
        for key in _PARENT_ATTRIBUTES:
            value = (one.get(key) or "").strip().lstrip("#")
            if value and value in keys:
                return keys[value]
    return None


def _add(keys: dict[str, int], value: str | None, index: int) -> None:
    if not value:
        return
    keys.setdefault(value, index)
    match = vocabulary.ITEM_ID.match(value)
    if match:
        keys.setdefault(match["number"], index)


def _answered(items: Sequence[Item], index: int, target: str, keys: dict[str, int]) -> int | None:
    if not target.startswith("@"):
        fragment = target.rsplit("#", 1)[1] if "#" in target else target
        match = vocabulary.ITEM_ID.match(fragment)
        other = keys.get(fragment, keys.get(match["number"]) if match else None)
        return other if other is not None and other != index else None
    name = target[1:].strip().casefold()
    for before in range(index - 1, -1, -1):
        if (items[before].reading.author or "").casefold() == name:
            return before
    return None
