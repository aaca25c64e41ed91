"""Properties as JSON and back, through a real server: exactly what was stored, to the last nanosecond and zone."""

from __future__ import annotations

import json
import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.backup.values import native, plain
from graph.driver import Graph

# Each as Cypher writes it; and whether it is the same is asked of Cypher, which tells apart what Python does not.
VALUES = {
    "text": "'a “quoted” line\\n\\u0000\\u2028 😀'",
    "empty": "''",
    "whole": "9223372036854775807",
    "least": "-9223372036854775808",
    "fraction": "0.1 + 0.2",
    "tiny": "5e-324",
    "infinite": "1.0 / 0.0",
    "minus": "-1.0 / 0.0",
    "yes": "true",
    "offset": "datetime('2026-01-31T12:00:00.123456789+01:00')",
    "offset_of_half_an_hour": "datetime('2026-01-31T12:00:00-03:30')",
    "offset_of_nothing": "datetime('2026-01-31T12:00:00Z')",
    "zone_utc": "datetime('2026-01-31T12:00:00[UTC]')",
    "zone": "datetime('2026-07-31T12:00:00[Europe/Berlin]')",
    "first_of_twice": "datetime('2026-10-25T02:30:00+02:00[Europe/Berlin]')",
    "second_of_twice": "datetime('2026-10-25T02:30:00+01:00[Europe/Berlin]')",
    "before_zones": "datetime('1850-01-01T00:00:00[Europe/Berlin]')",
    "local": "localdatetime('2026-01-31T12:00:00.5')",
    "day": "date('0001-02-03')",
    "time": "time('12:00:00.000000001+02:00')",
    "local_time": "localtime('12:00:00')",
    "duration": "duration('P1Y2M3DT4H5M6.789S')",
    "point": "point({x: 1.5, y: -2.5})",
    "place": "point({latitude: 52.5, longitude: 13.4, height: 30.0})",
    "texts": "['a', 'b']",
    "none": "[]",
    "spans": "[0, 10, 20, 30]",
    "vector": "[0.1, -0.2, 0.3]",
    "times": "[datetime('2026-01-31T12:00:00Z'), datetime('2026-07-31T12:00:00[Europe/Berlin]')]",
    "flags": "[true, false]",
}


@pytest.fixture
def stored(graph: Graph) -> dict[str, Any]:
    """A node with one property of each kind, and what a backup reads of it."""
    fields = ", ".join(f"{name}: {text}" for name, text in VALUES.items())
    graph.execute(f"CREATE (:Sample {{id: 'before', {fields}}})")
    return next(row for row in graph.read("read/backup_nodes") if row["labels"] == ["Sample"])


def test_every_kind_of_value_comes_back_as_it_was(graph: Graph, stored: dict[str, Any]) -> None:
    kept = json.loads(json.dumps(plain(stored["properties"], stored["zones"])))
    back = native(kept)
    graph.execute("CREATE (n:Sample) SET n = $properties, n.id = 'after'", {"properties": back})
    [row] = graph.execute(
        "MATCH (a:Sample {id: 'before'}) MATCH (b:Sample {id: 'after'}) "
        "RETURN [key IN keys(a) WHERE key <> 'id' AND (NOT coalesce(a[key] = b[key], false) "
        "OR valueType(a[key]) <> valueType(b[key]))] AS other, size(keys(a)) AS count, "
        "[key IN $times WHERE toString(a[key]) <> toString(b[key])] AS times",
        {"times": [name for name, text in VALUES.items() if "date" in text and not text.startswith("[")]},
        mode="read",
    )
    assert row == {"other": [], "count": len(VALUES) + 1, "times": []}


def test_the_comparison_would_see_another_zone(graph: Graph, stored: dict[str, Any]) -> None:
    """What the driver alone would write back for the zone that is called UTC."""
    assert stored["zones"] == ["zone_utc"]
    wrong = native(plain(stored["properties"]))
    [row] = graph.execute(
        "MATCH (a:Sample {id: 'before'}) RETURN a.zone_utc = $wrong AS same", {"wrong": wrong["zone_utc"]}, mode="read"
    )
    assert row == {"same": False}


@given(st.floats(allow_nan=True, allow_infinity=True))
def test_floats_that_json_has_no_word_for(value: float) -> None:
    [back] = native(json.loads(json.dumps(plain({"x": value}), allow_nan=False))).values()
    assert back == value or (math.isnan(back) and math.isnan(value))


def test_what_is_not_known_is_named() -> None:
    with pytest.raises(TypeError, match="the property 'odd' is of a kind that backups do not know"):
        plain({"odd": object()})
    for broken in ({"nothing": 1}, {"datetime": "soon"}, {"date": 5}, {}, {"a": 1, "b": 2}):
        with pytest.raises(ValueError, match="not a value of a property"):
            native({"x": broken})
