"""Outlets: which ones a page names, links to, or is published by."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

from ingest.model import Container, Document, Mention, Outlet, OutletMention, Span, outlet_id
from ingest.urls import registered_domain

NAMED = ("rule:outlet-list", 0.85)
"""Method and confidence of an outlet that is recognised by its name in a text."""
LINKED = ("structure:link", 0.95)
PUBLISHER = ("structure:publisher", 1.0)


@dataclass(frozen=True, slots=True)
class OutletSpan:
    """Where a text names an outlet, or links to one."""

    start: int
    end: int
    outlet: Outlet

    @property
    def span(self) -> Span:
        """The same place as a span."""
        return Span(self.start, self.end)


@cache
def _listed() -> tuple[dict[str, Outlet], dict[str, Outlet]]:
    """The outlets that ship with the package, by each of their names and by each of their domains."""
    by_name: dict[str, Outlet] = {}
    by_domain: dict[str, Outlet] = {}
    text = (files("ingest.claims") / "data" / "outlets.json").read_text(encoding="utf-8")
    for entry in json.loads(text):
        domain = entry["domains"][0]
        outlet = Outlet(
            id=outlet_id(domain=domain, name=entry["name"]),
            name=entry["name"],
            domain=domain,
            country=entry["country"],
            medium=entry["medium"],
        )
        for name in (entry["name"], *entry["other_names"]):
            by_name[name] = outlet
        for known in entry["domains"]:
            by_domain[known] = outlet
    return by_name, by_domain


@cache
def _pattern() -> re.Pattern[str]:
    names = sorted(_listed()[0], key=len, reverse=True)
    return re.compile(r"(?<![\w.@/-])(?:" + "|".join(map(re.escape, names)) + r")(?![\w@/]|[-.]\w)")


def by_domain(domain: str | None) -> Outlet | None:
    """The listed outlet that publishes under a registered domain."""
    return _listed()[1].get(domain) if domain else None


def own_outlet(document: Document) -> Outlet | None:
    """Who published the document, with what the list knows of it."""
    outlet = document.outlet
    if outlet is None:
        return None
    known = by_domain(outlet.domain)
    if known is None:
        return outlet
    return replace(
        outlet,
        id=known.id,
        domain=known.domain,
        country=outlet.country or known.country,
        medium=outlet.medium or known.medium,
    )


def named_in(text: str, own: Outlet | None) -> list[OutletSpan]:
    """Where ``text`` names outlets: listed ones, and the document's own. In order, never overlapping."""
    found = [OutletSpan(match.start(), match.end(), _listed()[0][match[0]]) for match in _pattern().finditer(text)]
    if own is not None and len(own.name) > 3 and own.name not in _listed()[0]:
        pattern = re.compile(rf"(?<!\w){re.escape(own.name)}(?!\w)")
        found += [OutletSpan(match.start(), match.end(), own) for match in pattern.finditer(text)]
    return sorted(_apart(found), key=lambda span: span.start)


def _apart(spans: list[OutletSpan]) -> Iterator[OutletSpan]:
    reached = 0
    for span in sorted(spans, key=lambda span: (span.start, -span.end)):
        if span.start >= reached:
            yield span
            reached = span.end


def linked_from(document: Document) -> dict[Container, list[OutletSpan]]:
    """Where each container links to a listed outlet."""
    found: dict[Container, list[OutletSpan]] = {}
    for link in document.links:
        outlet = by_domain(registered_domain(link.url))
        if outlet is not None:
            found.setdefault(link.container, []).append(OutletSpan(link.start, link.end, outlet))
    return found


def outlet_mentions(
    own: Outlet | None, named: dict[Container, list[OutletSpan]], linked: dict[Container, list[OutletSpan]]
) -> tuple[OutletMention, ...]:
    """One ``OutletMention`` for each outlet, the document's own first."""
    outlets: dict[str, Outlet] = {}
    places: dict[str, dict[Mention, None]] = {}  # as keys: a place that is both named and linked counts once
    methods: dict[str, tuple[str, float]] = {}
    if own is not None:
        outlets[own.id], places[own.id], methods[own.id] = own, {}, PUBLISHER
    for spans_of, method in ((named, NAMED), (linked, LINKED)):
        for container, spans in spans_of.items():
            for span in spans:
                outlets.setdefault(span.outlet.id, span.outlet)
                methods.setdefault(span.outlet.id, method)
                places.setdefault(span.outlet.id, {})[Mention(container, span.start, span.end)] = None
    return tuple(
        OutletMention(outlet=outlet, mentions=tuple(places[key]), method=methods[key][0], confidence=methods[key][1])
        for key, outlet in outlets.items()
    )
