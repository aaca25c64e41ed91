"""How long each list path of the REST interface takes over a large graph, at one connection."""

from __future__ import annotations

import itertools
import random
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING

from tests.bench.figures import Figure, at_most, percentile
from tests.bench.lists import ListPath, Query, Samples, list_paths
from tests.bench.processes import MEGABYTE, environment, resident
from tests.bench.serving import Client, served

if TYPE_CHECKING:
    from tests.bench.bench import Bench

REQUESTS = 100
WARM_UP = 10
LIMIT_MS = 50.0
DEEP_PAGES = 200
"""How many of the largest pages to walk before a page counts as deep."""

Asked = Iterator[tuple[str, Query]]


def measure(bench: Bench) -> Iterator[Figure]:
    """Loads the large graph where another group has not done so, serves it, and asks."""
    from tests.bench.large import loaded

    yield from loaded(bench)
    with served(environment(bench.home), bench.scratch / "rest") as (pid, port), Client(port) as client:
        memory = resident(pid)
        yield Figure("memory", "API before its first question", memory / MEGABYTE, "MB", None, "resident")
        samples = Samples(client)
        paths = list_paths(client)
        for one in paths:
            bench.say(f"  asking {one.path}")
            if not one.required:
                yield _timed(client, one.path, _plain(one, samples))
            if one.walked and one.of is None and not one.required and (cursor := _deep(client, one)):
                yield _timed(client, f"{one.path}, deep", _from(one, cursor), warm_up=1)
            for names in [{each} | one.required for each in one.filters] + [
                {*pair} | one.required for pair in _pairs(one)
            ]:
                asked = {each: samples.values(each, one.filters[each]) for each in sorted(names)}
                name = "&".join(f"{each}=" for each in asked)
                yield _timed(client, f"{one.path}?{name}", _plain(one, samples, **asked))
        yield Figure("memory", "API after all questions", resident(pid) / MEGABYTE, "MB", None, "resident")
        server = bench.server.status().server
        if server is not None:
            note = f"resident, {bench.assertions:,} assertions"
            yield Figure("memory", "Neo4j after all questions", resident(server.pid) / MEGABYTE, "MB", None, note)


def _plain(one: ListPath, samples: Samples, **filters: object) -> Asked:
    """Requests for first pages, over and over, with ever other values."""
    chance = random.Random(one.path)
    ids: list[str | None] = [None] if one.of is None else [*samples.ids(one.of)]
    for identity in itertools.cycle(ids):
        query: Query = {name: chance.choice(list(values)) for name, values in filters.items()}  # type: ignore[call-overload]
        yield one.at(identity), query


def _deep(client: Client, one: ListPath) -> str | None:
    """A cursor far down the list; ``None`` where the list ends before."""
    cursor = None
    for _ in range(DEEP_PAGES):
        query: Query = {"limit": one.largest}
        if cursor is not None:
            query["cursor"] = cursor
        following = client.items(one.path, query)["next_cursor"]
        if following is None:
            break
        cursor = following
    return cursor


def _from(one: ListPath, cursor: str) -> Asked:
    """Requests for pages that lie deep, each with the same cursor: the next one would ask for the same work."""
    while True:
        yield one.path, {"cursor": cursor}


def _pairs(one: ListPath) -> list[tuple[str, str]]:
    """Filters that people put together, of those that the path has."""
    wanted = (
        ("speaker", "outlet"),
        ("speaker", "since"),
        ("outlet", "since"),
        ("entity", "directness"),
        ("directness", "min_confidence"),
        ("q", "directness"),
        ("q", "kind"),
        ("since", "until"),
    )
    return [pair for pair in wanted if one.filters.keys() >= set(pair)]


def _timed(client: Client, name: str, asked: Asked, *, warm_up: int = WARM_UP) -> Figure:
    """p95 of the time from asking to the last byte of the answer, in milliseconds."""
    for path, query in itertools.islice(asked, warm_up):
        client.items(path, query)
    took = []
    items = 0
    for path, query in itertools.islice(asked, REQUESTS):
        before = time.perf_counter()
        status, body = client.get(path, query)
        took.append((time.perf_counter() - before) * 1_000)
        if status != 200:
            raise RuntimeError(f"GET {path} {query}: {status} {body[:300].decode(errors='replace')}")
        items += body.count(b'"id"')
    p50, p95 = percentile(took, 50), percentile(took, 95)
    note = f"p50 {p50:.1f}, most {max(took):.0f}; {REQUESTS} requests"
    return Figure("rest", f"{name} p95", p95, "ms", at_most(LIMIT_MS), note, {"p50": p50, "p95": p95, "max": max(took)})
