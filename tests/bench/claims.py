"""Adding one assertion to a large graph: how long finding what may say the same takes, and grouping anew.

The graph is filled with vectors around random centres, a claim each, without the texts that real ones stand in: what is
measured reads none of them. What is added lies near one of the centres, so that it joins a claim; the pair check
answers at once, so that it is no part of the figures.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from itertools import combinations
from typing import TYPE_CHECKING, Any

import numpy as np
import psutil
from numpy.typing import NDArray

from graph import claims
from graph.linking import Linker, New
from ingest.claims.matching import Relation
from ingest.model import claim_id, make_id
from ingest.wordings import Wording
from tests.bench.figures import Figure, at_most, percentile

if TYPE_CHECKING:
    from graph.driver import Graph, Transaction
    from tests.bench.bench import Bench

DIMENSIONS = 384
EACH = 4
"""Assertions of one claim."""

SPREAD = 0.45
"""How far from its centre an assertion lies, as a share of the centre's length: the cosine of two is about 0.83."""

ROWS = 1_000
BEFORE = 20
"""Added before the clock runs, so that plans are made and files are read."""
STARTED = range(BEFORE, BEFORE + 100)
"""Added to a server that has just come to it: Java is still compiling what adding asks for."""
RUNNING = range(420, 620)
"""Added to a server that does so all the time."""

AT_REST = 0.1
IDLE = 5
REST_S = 1_200
"""At rest a server uses less than ``AT_REST`` of a core for ``IDLE`` seconds; waited for so long at most."""

FILL = """
UNWIND $rows AS row
CREATE (a:Assertion {id: row.id, text: row.text, content: [0, 9], seenAt: row.at, current: true, polarity: 'affirmed',
  directness: 'direct', confidence: 0.9, saying: row.saying})
CREATE (t:Text:Version {id: row.version, text: row.text, fetchedAt: row.at})
CREATE (a)-[:FOUND_IN]->(t)
MERGE (s:Entity:Speaker {id: row.speaker})
ON CREATE SET s.name = row.speaker, s.canonicalId = row.speaker, s.kind = 'person'
CREATE (s)-[:ASSERTED]->(a)
MERGE (c:Claim {id: row.claim})
ON CREATE SET c.text = row.text, c.disputed = 'no', c.formerIds = [], c.firstSeen = row.at, c.lastSeen = row.at
CREATE (a)-[:EXPRESSES {score: 0.9, method: 'model:bench', polarity: 'affirmed'}]->(c)
WITH a, row
CALL db.create.setNodeVectorProperty(a, 'embedding', row.vector)
"""
TIE = """
UNWIND $rows AS row
MATCH (a:Assertion {id: row.one}) MATCH (b:Assertion {id: row.other})
CREATE (b)-[:SAME_CLAIM {score: 0.9, method: 'model:bench'}]->(a)
"""
ADD = """
CREATE (a:Assertion {id: $id, text: $text, content: [0, 9], seenAt: $at, current: true, polarity: 'affirmed',
  directness: 'direct', confidence: 0.9, unlinked: true})-[:FOUND_IN]->(:Text:Version {id: $version, text: $text})
"""


class Near:
    """Answers from a table: what has one centre says the same."""

    def __init__(self) -> None:
        self.rng = np.random.default_rng(1)

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return np.stack([vector(text) for text in texts])

    def relate(self, pairs: Sequence[tuple[str, str]]) -> list[Relation]:
        return [Relation(0.9 if _centre(a) == _centre(b) else 0.0, 0.0, "model:bench") for a, b in pairs]


def _centre(text: str) -> int:
    return int(text.split()[1])


def vector(text: str) -> NDArray[np.float32]:
    """Of length 1, near that of its centre: the text is ``claim CENTRE wording NUMBER``."""
    _, centre, _, number = text.split()
    made = np.random.default_rng(int(centre)).standard_normal(DIMENSIONS)
    made += SPREAD * np.random.default_rng((int(centre), int(number))).standard_normal(DIMENSIONS)
    return (made / np.linalg.norm(made)).astype(np.float32)


def measure(bench: Bench) -> Iterator[Figure]:
    """Fills the graph, and adds assertions one by one."""
    bench.server.heap = os.environ.get("ONRECORD_NEO4J_HEAP", "1g")
    bench.server.page_cache = os.environ.get("ONRECORD_NEO4J_PAGE_CACHE", "1g")
    bench.empty()
    graph = bench.graph
    before = time.perf_counter()
    for start in range(0, bench.assertions, ROWS):
        fill(graph, range(start, min(bench.assertions, start + ROWS)))
        if start % (20 * ROWS) == 0:
            bench.say(f"    {start:,} assertions after {time.perf_counter() - before:.0f} s")
    graph.execute("CALL db.awaitIndexes(3600)")
    process = psutil.Process(server.pid) if (server := bench.server.status().server) else None
    note = f"{bench.assertions:,} assertions, {EACH} a claim, {DIMENSIONS} dimensions"
    memory = f"heap {bench.server.heap}, page cache {bench.server.page_cache}"
    yield Figure("claims", "loading", time.perf_counter() - before, "s", None, note)
    if process is not None:
        yield Figure("claims", "until the index had put itself in order", _rested(process), "s", None, note)

    took: list[tuple[float, float]] = []
    linker = Linker(Near())
    spent = 0.0
    centres = np.random.default_rng(7).integers(0, max(1, bench.assertions // EACH), RUNNING.stop)
    joined = 0
    for number, centre in enumerate(centres):
        if number == RUNNING.start and process is not None:
            spent = process.cpu_times().user
        new = add(graph, int(centre), 1_000 + number)
        took.append(graph.transaction(lambda transaction, new=new: _timed(transaction, linker, new)))  # type: ignore[misc]
        [row] = graph.execute(
            "MATCH (:Assertion {id: $id})-[:EXPRESSES]->(c) RETURN COUNT { (c)<-[:EXPRESSES]-() } AS members",
            {"id": new.id},
        )
        joined += row["members"] > EACH
    runs = f"added one by one, {joined} of {len(centres)} joined the claim that they belong to; {note}; {memory}"
    running, started = ([took[number] for number in numbers] for numbers in (RUNNING, STARTED))
    both, searching, grouping = [sum(one) for one in running], [one[0] for one in running], [one[1] for one in running]
    yield Figure("claims", "p95 of adding one assertion", percentile(both, 95), "ms", at_most(50), runs)
    yield Figure("claims", "p95 of finding what may say the same", percentile(searching, 95), "ms", None, runs)
    yield Figure("claims", "p95 of grouping anew", percentile(grouping, 95), "ms", None, runs)
    yield Figure("claims", "median of adding one assertion", percentile(both, 50), "ms", None, runs)
    early = [sum(one) for one in started]
    yield Figure("claims", "p95 of the first hundred", percentile(early, 95), "ms", None, runs)
    yield Figure("claims", "median of the first hundred", percentile(early, 50), "ms", None, runs)
    if process is not None:
        cost = 1_000 * (process.cpu_times().user - spent) / len(RUNNING)
        yield Figure("claims", "the server's processor time for one", cost, "ms", None, f"with writing it; {runs}")
    size = bench.server.status().store_bytes
    if size is not None:
        yield Figure("claims", "size on disk", size / 1_000_000, "MB", None, note)


def _rested(process: psutil.Process) -> float:
    """Waits until a server that was filled does nothing by itself any more; how many seconds that took.

    A vector index goes on merging what came in; meanwhile a search takes twice as long.
    """
    before = time.perf_counter()
    idle = 0
    while idle < IDLE and time.perf_counter() - before < REST_S:
        spent = sum(process.cpu_times()[:2])
        time.sleep(1)
        idle = idle + 1 if sum(process.cpu_times()[:2]) - spent < AT_REST else 0
    return time.perf_counter() - before


def fill(graph: Graph, numbers: range) -> None:
    """Assertions by their numbers; every ``EACH`` of them are a claim."""
    rows = [_row(number) for number in numbers]
    graph.execute(FILL, {"rows": rows})
    together = [[row["id"] for row in rows[start : start + EACH]] for start in range(0, len(rows), EACH)]
    ties = [{"one": min(pair), "other": max(pair)} for ids in together for pair in combinations(ids, 2)]
    graph.execute(TIE, {"rows": ties})


def _row(number: int) -> dict[str, Any]:
    centre = number // EACH
    text = f"claim {centre} wording {number % EACH}"
    first = min(_id(n) for n in range(centre * EACH, centre * EACH + EACH))
    return {
        "id": _id(number),
        "text": text,
        "at": datetime(2026, 1, 1, tzinfo=UTC) + timedelta(seconds=number),
        "saying": Wording(text, False, "").saying,
        "version": make_id("ver", number),
        "speaker": f"ent-{number % 5_000}",
        "claim": claim_id(first),
        "vector": vector(text).tolist(),
    }


def _id(number: int) -> Any:
    return f"ast-{sha256(str(number).encode()).hexdigest()[:20]}"


def add(graph: Graph, centre: int, number: int) -> New:
    """A new assertion that was not compared yet."""
    text = f"claim {centre} wording {number}"
    identity = make_id("ast", "added", number)
    at = datetime(2026, 6, 1, tzinfo=UTC)
    graph.execute(ADD, {"id": identity, "text": text, "at": at, "version": make_id("ver", "added", number)})
    return New(identity, Wording(text, False, ""))


def _timed(transaction: Transaction, linker: Linker, new: New) -> tuple[float, float]:
    """Milliseconds to find and tie what says the same, and to group anew."""
    claims.lock(transaction)
    before = time.perf_counter()
    touched = linker.link(transaction, [new])
    between = time.perf_counter()
    claims.regroup(transaction, touched)
    after = time.perf_counter()
    return 1_000 * (between - before), 1_000 * (after - between)
