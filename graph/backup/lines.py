"""Pure: nodes and relationships as lines of a backup, and what is said of the whole.

A node is ``{"labels": [...], "properties": {...}}``. A relationship names its ends by kind and id:
``{"type": "CITES", "start": ["Assertion", "ast-..."], "end": ["Entity", "ent-..."], "properties": {...}}``.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass
from functools import lru_cache
from typing import Any

from graph.backup.values import native, plain

FORMAT = 1
"""Raised when a file is written that this reader would not understand."""

KINDS = (
    "Document",
    "Version",
    "Comment",
    "Account",
    "Entity",
    "Assertion",
    "Claim",
    "Dispute",
    "FactCheck",
    "Review",
    "Forgotten",
)
"""The labels that a node is found by, together with its id; every node of OnRecord has exactly one of them.

Only what has one goes into a backup, so that keys never do.
"""

ADDED_LABELS = frozenset({"Text", "Speaker", "Outlet"})
"""Labels with ids that are unique, too, on nodes which have a kind beside."""

LEFT_OUT = frozenset({"OnRecordSchema"})
"""What a database has for itself and never shares."""

KEYS: Mapping[str, tuple[str, ...]] = {"CITES": ("role", "order"), "LINKS_TO": ("url",)}
"""By which properties relationships of one type differ between the same two nodes; for all other types there is one."""

MAGIC = "OnRecord backup"


@dataclass(frozen=True, slots=True)
class Header:
    """The first line: what made the backup and when. ``schema`` is the version of the graph's schema."""

    format: int
    schema: int
    release: str
    server: str
    made: str


@dataclass(frozen=True, slots=True)
class End:
    """The last line: how much there is above it, and the SHA-256 of that, in hexadecimal."""

    nodes: int
    relationships: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Node:
    """A node as it is written; ``properties`` as the driver takes them."""

    kind: str
    id: str
    labels: tuple[str, ...]
    properties: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Relationship:
    """A relationship between two nodes, each named by kind and id."""

    type: str
    start_kind: str
    start: str
    end_kind: str
    end: str
    properties: dict[str, Any]


Line = Header | Node | Relationship | End


def kind_of(labels: Iterable[str]) -> str | None:
    """The kind of a node with these labels; ``None`` where it is none of OnRecord's."""
    return _kind(tuple(labels))


@lru_cache(maxsize=1024)
def _kind(labels: tuple[str, ...]) -> str | None:
    return next((kind for kind in KINDS if kind in labels), None)


def header_line(header: Header) -> str:
    """The first line of a backup."""
    return _dump({MAGIC: asdict(header)})


def end_line(end: End) -> str:
    """The last line of a backup."""
    return _dump({"end": asdict(end)})


def node_line(labels: Collection[str], properties: Mapping[str, Any], zones: Collection[str]) -> str | None:
    """A node as a line; ``None`` where it is none of OnRecord's.

    Raises:
        TypeError: a property of a kind that backups do not know.
    """
    if kind_of(labels) is None or not isinstance(properties.get("id"), str):
        return None
    return _dump({"labels": sorted(labels), "properties": plain(properties, zones)})


def relationship_line(
    start_labels: Collection[str],
    start: object,
    name: str,
    properties: Mapping[str, Any],
    zones: Collection[str],
    end_labels: Collection[str],
    end: object,
) -> str | None:
    """A relationship as a line; ``None`` where one of its ends is no node of OnRecord's.

    Raises:
        TypeError: a property of a kind that backups do not know.
    """
    start_kind, end_kind = kind_of(start_labels), kind_of(end_labels)
    if start_kind is None or end_kind is None or not isinstance(start, str) or not isinstance(end, str):
        return None
    return _dump(
        {"type": name, "start": [start_kind, start], "end": [end_kind, end], "properties": plain(properties, zones)}
    )


def parse(line: bytes) -> Line:
    """What a line says.

    Raises:
        ValueError: it is not a line of a backup.
    """
    try:
        said = json.loads(line)
        if "labels" in said:
            return _node(said)
        if "type" in said:
            return _relationship(said)
        if MAGIC in said:
            # A newer release may say more.
            return Header(**{name: said[MAGIC][name] for name in Header.__dataclass_fields__})
        return End(**said["end"])
    except (KeyError, TypeError, IndexError, AttributeError, RecursionError) as error:
        raise ValueError(f"not a line of a backup ({type(error).__name__})") from error


def _node(said: Mapping[str, Any]) -> Node:
    labels = tuple(said["labels"])
    kind = kind_of(labels)
    properties = native(said["properties"])
    if kind is None or not isinstance(properties["id"], str) or not LEFT_OUT.isdisjoint(labels):
        raise ValueError("a node that is none of OnRecord's")
    return Node(kind, properties["id"], labels, properties)


def _relationship(said: Mapping[str, Any]) -> Relationship:
    (start_kind, start), (end_kind, end) = said["start"], said["end"]
    named = (said["type"], start, end)
    if start_kind not in KINDS or end_kind not in KINDS or not all(isinstance(name, str) for name in named):
        raise ValueError("a relationship of nodes that are none of OnRecord's")
    return Relationship(said["type"], start_kind, start, end_kind, end, native(said["properties"]))


def _dump(value: Mapping[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
