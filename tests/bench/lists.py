"""The lists of the REST interface as its own description tells of them, and values to ask each filter for."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tests.bench.serving import Client

Query = dict[str, object]

# Walking goes on by these; they select nothing.
PAGING = frozenset({"limit", "cursor"})
SAMPLE = 200
"""How many ids and words to ask for, so that it is not one answer that is asked for again and again."""


@dataclass(frozen=True, slots=True)
class ListPath:
    """A path that answers a list: its filters with what the description says of each, and the largest ``limit``.

    ``required`` are filters that it does not answer without; ``walked`` tells whether it goes on by cursors.
    """

    path: str
    filters: Mapping[str, Mapping[str, Any]]
    required: frozenset[str]
    largest: int
    walked: bool

    @property
    def of(self) -> str | None:
        """What the id in the path is of (``speakers``), or ``None`` where there is none in it."""
        found = re.match(r"^/([a-z]+)/\{", self.path)
        return found[1] if found else None

    def at(self, identity: str | None) -> str:
        """The path with an id filled in."""
        return self.path if identity is None else re.sub(r"\{[^}]*\}", identity, self.path)


def list_paths(client: Client) -> list[ListPath]:
    """Every ``GET`` path that takes a ``limit``, from the OpenAPI description."""
    described = client.items("/openapi.json")
    found = []
    for path, methods in sorted(described["paths"].items()):
        declared = {
            each["name"]: each for each in methods.get("get", {}).get("parameters", []) if each["in"] == "query"
        }
        if "limit" not in declared:
            continue
        filters = {name: each["schema"] for name, each in declared.items() if name not in PAGING}
        required = frozenset(name for name in filters if declared[name].get("required"))
        found.append(ListPath(path, filters, required, _largest(declared["limit"]["schema"]), "cursor" in declared))
    return found


class Samples:
    """Values for filters, taken from what the service itself lists."""

    def __init__(self, client: Client) -> None:
        self._ids: dict[str, list[str]] = {}
        for name in ("speakers", "outlets", "entities", "documents", "claims", "assertions", "disputes"):
            self._ids[name] = [
                item["id"] for item in itertools.islice(walk(client, f"/{name}", {"limit": 100}), SAMPLE)
            ]
            if not self._ids[name]:
                raise RuntimeError(f"/{name} lists nothing: there is nothing to measure")
        items = list(itertools.islice(walk(client, "/assertions", {"limit": 100}), SAMPLE))
        words = {word for item in items for word in re.findall(r"[^\W\d_]{4,}", item["text"])}
        names = {word for item in walk_some(client, "/speakers") for word in re.findall(r"[^\W\d_]{3,}", item["name"])}
        self._words = [*sorted(words)[:SAMPLE], *sorted(names)[:SAMPLE], "zyzzyva"]
        times = sorted(item["asserted_at"] or item["version"]["fetched_at"] for item in items)
        # Far from what is there, too: an answer of nothing must not take a look at everything.
        self._times = ["1990-01-01T00:00:00Z", times[0], times[len(times) // 2], times[-1], "2090-01-01T00:00:00Z"]

    def ids(self, name: str) -> list[str]:
        """Ids of what ``/name`` lists."""
        return self._ids[name]

    def values(self, name: str, schema: Mapping[str, Any]) -> Sequence[object]:
        """Values to ask a filter for.

        Raises:
            LookupError: a filter that is not known here: it must be added, so that it is measured.
        """
        if name in ("speaker", "outlet", "entity", "document", "claim", "assertion"):
            return self._ids[{"entity": "entities"}.get(name, f"{name}s")]
        if name == "against":
            return self._ids["speakers"]
        if name == "of":
            return [*self._ids["disputes"], *self._ids["assertions"]]
        if chosen := _choices(schema):
            return chosen
        known: dict[str, Sequence[object]] = {
            "q": self._words,
            "since": self._times,
            "until": self._times,
            "min_confidence": [0.0, 0.5, 0.9, 1.0],
            "disputed": ["true", "false"],
            "current": ["true", "false"],
            "reviewer": ["mk", "nobody at all"],
            "kind": ["person", "organization", "outlet", "account", "text", "html"],
        }
        if name not in known:
            raise LookupError(f"no values to ask the filter {name!r} for: add them to {__name__}.Samples")
        return known[name]


def walk(client: Client, path: str, query: Query | None = None) -> Iterator[dict[str, Any]]:
    """Every item of a list, page after page."""
    asked: Query = dict(query or {})
    while True:
        answer = client.items(path, asked)
        yield from answer["items"]
        if answer.get("next_cursor") is None:
            return
        asked["cursor"] = answer["next_cursor"]


def walk_some(client: Client, path: str) -> list[dict[str, Any]]:
    """The first items of a list."""
    return list(itertools.islice(walk(client, path, {"limit": 100}), SAMPLE))


def _largest(schema: Mapping[str, Any]) -> int:
    """The largest ``limit`` that is allowed."""
    for each in (schema, *schema.get("anyOf", ())):
        if "maximum" in each:
            return int(each["maximum"])
    return 100


def _choices(schema: Mapping[str, Any]) -> list[object]:
    """The values that a description lists, if it lists them."""
    for each in (schema, *schema.get("anyOf", ())):
        if each.get("enum"):
            return list(each["enum"])
        if each.get("type") == "boolean":
            return ["true", "false"]
    return []
