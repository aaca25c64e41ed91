"""A graph of 100,000 assertions: every list is walked to its end, and shows everything once and in one order."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from rich.console import Console

from graph import reviews
from tests.bench.bench import Bench
from tests.bench.large import load
from tests.bench.lists import Query, list_paths, walk
from tests.bench.processes import environment
from tests.bench.serving import Client, served
from tests.conftest import RELEASE

pytestmark = [pytest.mark.soak, pytest.mark.timeout(2_400)]

ASSERTIONS = int(os.environ.get("ONRECORD_SOAK_ASSERTIONS", "100000"))

# What a list must show without filters, counted in the graph itself; claims of comment writers alone are left out.
COUNTS = {
    "/assertions": "MATCH (n:Assertion) WHERE n.current RETURN count(n) AS n",
    "/claims": (
        "MATCH (n:Claim) WHERE EXISTS { (n)<-[:EXPRESSES]-(a:Assertion) WHERE a.current AND a.directness <> 'own' } "
        "RETURN count(n) AS n"
    ),
    "/speakers": "MATCH (n:Speaker) RETURN count(n) AS n",
    "/outlets": "MATCH (n:Outlet) RETURN count(n) AS n",
    "/entities": "MATCH (n:Entity) RETURN count(n) AS n",
    "/documents": "MATCH (n:Document)<-[:VERSION_OF]-(:Version {current: true}) RETURN count(n) AS n",
    "/disputes": "MATCH (n:Dispute) WHERE n.current RETURN count(n) AS n",
    "/reviews": "MATCH (n:Review) RETURN count(n) AS n",
}
REVIEWED = 500


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    bench = Bench(
        tmp_path_factory.mktemp("large"), assertions=ASSERTIONS, console=Console(stderr=True), release=RELEASE
    )
    try:
        for figure in load(bench):
            print(f"{figure.name}: {figure.value:,.0f} {figure.unit}")
        some = f"MATCH (d:Dispute) WHERE d.current RETURN d.id AS id ORDER BY id LIMIT {REVIEWED}"
        for row in bench.graph.execute(some, mode="read"):
            reviews.add(bench.graph, row["id"], "confirm", other=None, reviewer="Ines")
        yield bench
    finally:
        bench.close()


@pytest.fixture(scope="module")
def client(large: Bench, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    logs: Path = tmp_path_factory.mktemp("serve")
    with served(environment(large.home), logs) as (_, port), Client(port) as client:
        yield client


@pytest.mark.parametrize("path", sorted(COUNTS))
def test_a_list_that_is_walked_to_its_end_shows_everything_once(large: Bench, client: Client, path: str) -> None:
    [described] = [each for each in list_paths(client) if each.path == path]
    before = time.monotonic()
    seen = [item["id"] for item in walk(client, path, {"limit": described.largest})]
    print(f"{path}: {len(seen):,} in {time.monotonic() - before:.0f} s")
    assert seen, "a list without anything shows little"
    assert len(seen) == len(set(seen)), "something was shown twice"
    assert len(seen) == large.graph.execute(COUNTS[path], mode="read")[0]["n"]


def test_every_list_path_is_walked_here_or_hangs_on_one_thing(client: Client) -> None:
    """So that a list that is added later does not go unwalked; a search ends with its best matches."""
    walked = {each.path for each in list_paths(client) if each.of is None and each.walked and not each.required}
    assert walked <= COUNTS.keys(), walked - COUNTS.keys()


def test_a_list_in_small_pages_is_the_list_in_large_ones(client: Client) -> None:
    for path in sorted(COUNTS):
        sizes: list[Query] = [{"limit": 7}, {"limit": 50}]
        first, second = ([item["id"] for item in _first(client, path, query, 700)] for query in sizes)
        assert first == second, path


def _first(client: Client, path: str, query: Query, count: int) -> Iterator[dict[str, object]]:
    for number, item in enumerate(walk(client, path, query)):
        if number == count:
            return
        yield item
