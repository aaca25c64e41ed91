"""The whole graph as plain data, so that two graphs can be compared."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from graph.driver import Graph

# When a page was fetched, and what is derived from that, differs from run to run.
FETCH_TIMES = frozenset({"fetchedAt", "seenAt", "firstSeen", "lastSeen", "until"})
_NODES = """
MATCH (n) WHERE NOT n:OnRecordSchema
RETURN n.id AS id, labels(n) AS labels, properties(n) AS properties
"""
_EDGES = """
MATCH (a)-[r]->(b)
RETURN a.id AS start, type(r) AS type, b.id AS end, properties(r) AS properties
"""
_BY_DOCUMENT = """
MATCH (d:Document)
OPTIONAL MATCH (d)<-[:VERSION_OF]-(v:Version)
OPTIONAL MATCH (v)-[:SHOWS]->(c:Comment)
WITH d, v, collect(c) AS comments
WITH d, v, CASE WHEN v IS NULL THEN comments ELSE comments + [v] END AS texts
RETURN d.id AS id, count { (d)<-[:VERSION_OF]-() } AS versions, size(texts) AS texts,
       reduce(n = 0, t IN texts | n + count { (t)<-[:FOUND_IN]-(:Assertion)-[:EXPRESSES]->(:Claim) }) AS assertions,
       reduce(n = 0, t IN texts | n + count { (t)-[:MENTIONS]->() }) AS mentions
"""


@dataclass(frozen=True, slots=True)
class Whole:
    """Every node by its id, and how often each relationship is there."""

    nodes: dict[str, tuple[tuple[str, ...], str]]
    edges: Counter[tuple[str, str, str, str]]

    def differences(self, other: Whole, limit: int = 20) -> list[str]:
        """What only one of the two has, or has otherwise; at most ``limit`` lines."""
        found = []
        for node in sorted(self.nodes.keys() | other.nodes.keys()):
            mine, theirs = self.nodes.get(node), other.nodes.get(node)
            if mine != theirs:
                found.append(f"{node}: {mine} and {theirs}")
        for edge in sorted((self.edges - other.edges).keys() | (other.edges - self.edges).keys()):
            found.append(f"{edge}: {self.edges[edge]} times and {other.edges[edge]} times")
        return found[:limit]


def whole(graph: Graph, *, leave_out: frozenset[str] = FETCH_TIMES) -> Whole:
    """Reads the whole graph but for some properties: times of fetching, unless others are named.

    Raises:
        AssertionError: a node has no id, or two have the same.
    """
    nodes: dict[str, tuple[tuple[str, ...], str]] = {}
    for row in graph.execute(_NODES, mode="read"):
        assert row["id"] is not None, f"a node without an id: {row}"
        assert row["id"] not in nodes, f"two nodes with the id {row['id']}"
        nodes[row["id"]] = (tuple(sorted(row["labels"])), _written(row["properties"], leave_out))
    edges = Counter(
        (row["start"], row["type"], row["end"], _written(row["properties"], leave_out))
        for row in graph.execute(_EDGES, mode="read")
    )
    return Whole(nodes, edges)


def by_document(graph: Graph) -> dict[str, tuple[int, int, int, int]]:
    """How many versions, texts, assertions (each with its claim) and mentions each document has."""
    return {
        row["id"]: (row["versions"], row["texts"], row["assertions"], row["mentions"])
        for row in graph.execute(_BY_DOCUMENT, mode="read")
    }


def _written(properties: dict[str, Any], leave_out: frozenset[str]) -> str:
    return repr({key: _plain(properties[key]) for key in sorted(properties) if key not in leave_out})


def _plain(value: Any) -> Any:
    return value.iso_format() if hasattr(value, "iso_format") else value
