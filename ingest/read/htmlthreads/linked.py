"""Comments in a page's JSON-LD: schema.org Comment, nested or with a ``parentItem``."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, Final

import lxml.html
from lxml.etree import ParserError, _Element

from ingest.read.html_flow import Flowed, flow
from ingest.read.htmlthreads.fields import QUOTE_MARK, Reading, clean_name
from ingest.read.htmlthreads.times import TimeReader, from_attribute

_TYPES: Final = frozenset({"Comment", "UserComments", "Answer"})
_WRAPPING: Final = re.compile(r"^\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[)|(?:-->|//\s*\]\]>|\]\]>)\s*$")


def scripts(root: _Element) -> Iterator[Any]:
    """What the page's JSON-LD scripts hold; broken ones are left out."""
    for script in root.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower():
            continue
        try:
            yield json.loads(_WRAPPING.sub("", script.text or "").strip().rstrip(";"), strict=False)
        except (ValueError, RecursionError):
            continue


def find(root: _Element, times: TimeReader) -> tuple[list[Reading], list[int | None]]:
    """The comments in order, and the index of each one's parent."""
    nodes: list[dict[str, Any]] = []
    parents: list[int | None] = []
    places: dict[str, int] = {}
    waiting: list[tuple[Any, int | None]] = [(data, None) for data in reversed(list(scripts(root)))]
    while waiting:
        node, parent = waiting.pop()
        if isinstance(node, list):
            waiting.extend((one, parent) for one in reversed(node))
            continue
        if not isinstance(node, dict):
            continue
        own: int | None = parent
        if _is_comment(node):
            own = _known(node, places)
            if own is None:
                own = len(nodes)
                nodes.append(node)
                parents.append(parent)
                for name in ("@id", "url", "identifier"):
                    if isinstance(node.get(name), str):
                        places.setdefault(node[name], own)
        waiting.extend((node[key], own) for key in reversed(list(node)) if key not in {"parentItem", "author", "about"})
    for index, node in enumerate(nodes):
        stated = node.get("parentItem")
        key = stated.get("@id") or stated.get("url") if isinstance(stated, dict) else stated
        if isinstance(key, str) and places.get(key, index) != index:
            parents[index] = places[key]
    return [_reading(node, times) for node in nodes], parents


def _is_comment(node: dict[str, Any]) -> bool:
    kind = node.get("@type")
    kinds = {str(one).rsplit("/", 1)[-1] for one in (kind if isinstance(kind, list) else [kind])}
    return bool(kinds & _TYPES) and any(
        isinstance(node.get(key), str) and node[key].strip() for key in ("text", "commentText")
    )


def _known(node: dict[str, Any], places: dict[str, int]) -> int | None:
    """A comment that stands twice: in its article, and by itself."""
    key = node.get("@id")
    return places.get(key) if isinstance(key, str) else None


def _reading(node: dict[str, Any], times: TimeReader) -> Reading:
    text = node.get("text") if isinstance(node.get("text"), str) else node.get("commentText")
    flowed = _flowed(str(text))
    written = next(
        (node[key] for key in ("dateCreated", "datePublished", "commentTime") if isinstance(node.get(key), str)), None
    )
    when = from_attribute(written) or (times.read(written) if written else None)
    address = next((node[key] for key in ("url", "@id") if isinstance(node.get(key), str)), None)
    return Reading(
        author=_author(node.get("author") or node.get("creator")),
        posted_at=when,
        has_time=when is not None,
        url=address,
        text=flowed.text,
        links=flowed.links,
    )


def _flowed(text: str) -> Flowed:
    if re.search(r"<[a-zA-Z/][^>]*>|&(?:#\d+|#x[0-9a-fA-F]+|\w+);", text):
        try:
            return flow([lxml.html.fragment_fromstring(text, create_parent="div")], quote_mark=QUOTE_MARK)
        except (ParserError, ValueError):
            pass
    return Flowed("\n".join(" ".join(line.split()) for line in text.strip().splitlines()))


def _author(author: Any) -> str | None:
    if isinstance(author, list):
        author = author[0] if author else None
    if isinstance(author, dict):
        author = author.get("name") or author.get("alternateName")
    return clean_name(author) if isinstance(author, str) else None
