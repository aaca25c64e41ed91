"""What goes into a backup, against what the schema and the store's own statements say that there is."""

from __future__ import annotations

import re

import cypher
from graph.backup.lines import ADDED_LABELS, KEYS, KINDS, LEFT_OUT

CONSTRAINT = re.compile(r"FOR \(\w+:(\w+)\) REQUIRE \w+\.id IS UNIQUE")
MERGED = re.compile(r"MERGE \(\w*\)-\[\w*:(\w+)(?: \{([^}]*)\})?\]->")


def test_every_label_with_ids_goes_into_a_backup_or_is_left_out_on_purpose() -> None:
    """Who adds a kind of node decides here: into KINDS and into the two statements that restore, or into LEFT_OUT."""
    labels = {
        match[1]
        for name, statement in cypher.all_statements().items()
        if name.startswith("schema/")
        for match in CONSTRAINT.finditer(statement.text)
    }
    assert labels == {*KINDS} | ADDED_LABELS | LEFT_OUT
    assert len(KINDS) == len(set(KINDS))


def test_every_kind_is_found_by_the_statements_that_restore() -> None:
    nodes = cypher.get("write/restore_nodes").text
    assert re.findall(r"\$kind = '(\w+)'\n  MERGE \(n:(\w+) \{id", nodes) == [(kind, kind) for kind in KINDS]
    ends = cypher.get("write/restore_relationships").text
    for variable, parameter in (("a", "from"), ("b", "to")):
        found = re.findall(rf"MATCH \({variable}:(\w+) \{{id: CASE WHEN \${parameter} = '(\w+)'", ends)
        assert found == [(kind, kind) for kind in KINDS]


def test_what_relationships_differ_by_is_what_the_store_writes_them_by() -> None:
    keys = {
        match[1]: tuple(re.findall(r"(\w+):", match[2] or ""))
        for name, statement in cypher.all_statements().items()
        if name.startswith("write/") and not name.startswith("write/restore_")
        for match in MERGED.finditer(statement.text)
    }
    assert len(keys) > 10
    assert {name: properties for name, properties in keys.items() if properties} == dict(KEYS)
