"""Twenty ingests and five servers killed in mid-work: after a rerun nothing is lost, and nothing is there twice."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from graph.driver import Graph
from tests.bench.pages import write_pages
from tests.soak.crew import Home, wait_for_documents
from tests.soak.whole import Whole, by_document, whole

pytestmark = [pytest.mark.soak, pytest.mark.timeout(2_400)]

PAGES = 60
PAIRS = Path(__file__).parents[1] / "eval" / "pairs.tsv"
PAIR_PAGES = 16
GIVEN = ("Ada", "Bram", "Cleo", "Dario", "Esme", "Filip", "Greta")
FAMILY = ("Abel", "Brandt", "Corvin", "Dahl", "Ekman", "Falk", "Grieg", "Holm", "Ivers", "Juhl", "Kramer")
KILLS_OF_INGEST = 20
KILLS_OF_SERVER = 5
TOGETHER = 8
EMPTY = "MATCH (n) WHERE NOT n:OnRecordSchema CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 2000 ROWS"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    folder = tmp_path_factory.mktemp("kills")
    write_pages(folder / "pages", PAGES)
    home = Home(folder / "home", folder / "pages")
    yield home
    home.down()


@dataclass(frozen=True, slots=True)
class Undisturbed:
    """What the graph holds when nobody disturbs the ingest, by document too, and how long such an ingest takes."""

    graph: Whole
    counts: dict[str, tuple[int, int, int, int]]
    seconds: float


@pytest.fixture(scope="module")
def undisturbed(home: Home) -> Undisturbed:
    """The same when it runs twice, and when it runs again from nothing."""
    home.ingest_all()
    with home.graph() as graph:
        once = whole(graph)
        home.ingest_all()
        twice = whole(graph)
        counts = by_document(graph)
        graph.execute(EMPTY)
        before = time.monotonic()
        home.ingest_all()
        seconds = time.monotonic() - before
        anew = whole(graph)
    assert once.differences(twice) == []
    assert once.differences(anew) == []
    assert len(counts) == PAGES
    assert all(assertions for _, _, assertions, _ in counts.values()), "a page without assertions shows little"
    return Undisturbed(once, counts, seconds)


def check_whole_documents(graph: Graph, counts: dict[str, tuple[int, int, int, int]]) -> int:
    """Every document that is there is there with all that was found in it; how many there are."""
    there = by_document(graph)
    for document, found in there.items():
        assert found == counts[document], f"{document} is there in part"
    return len(there)


def test_an_ingest_that_is_killed_leaves_whole_documents_and_a_rerun_the_rest(
    home: Home, undisturbed: Undisturbed
) -> None:
    chance = random.Random(20)
    cut_short: list[int] = []
    with home.graph() as graph:
        attempts = 0
        while len(cut_short) < KILLS_OF_INGEST:
            attempts += 1
            assert attempts <= 3 * KILLS_OF_INGEST, "most ingests ended before they were killed"
            graph.execute(EMPTY)
            ingest = home.ingest()
            # By turns at any moment of the work, and at any moment of what is left once something was stored.
            if attempts % 2:
                time.sleep(chance.uniform(0.2, 1.0) * undisturbed.seconds)
            else:
                wait_for_documents(graph, ingest, 1)
                time.sleep(chance.uniform(0.0, 0.5) * undisturbed.seconds)
            ingest.kill()
            ended = ingest.end()
            if ended.status == 0:
                continue
            assert ended.status == -9, f"it had ended before ({ended.status}): {ended.said[-2_000:]}"
            cut_short.append(check_whole_documents(graph, undisturbed.counts))
            home.ingest_all()
            left = whole(graph).differences(undisturbed.graph)
            assert left == [], f"after the kill at {cut_short[-1]} documents"
    print(f"killed at {cut_short} of {PAGES} documents")
    assert sum(0 < count < PAGES for count in cut_short) >= KILLS_OF_INGEST // 5, cut_short


def test_twenty_kills_in_a_row_and_one_rerun(home: Home, undisturbed: Undisturbed) -> None:
    """The same without a pause: each ingest goes on where the one before it was killed."""
    chance = random.Random(21)
    with home.graph() as graph:
        graph.execute(EMPTY)
        for _ in range(KILLS_OF_INGEST):
            ingest = home.ingest()
            time.sleep(chance.uniform(0.3, 0.7) * undisturbed.seconds)
            ingest.kill()
            ingest.end()
            check_whole_documents(graph, undisturbed.counts)
        home.ingest_all()
        assert whole(graph).differences(undisturbed.graph) == []


def test_a_server_that_is_killed_keeps_what_it_acknowledged(home: Home, undisturbed: Undisturbed) -> None:
    chance = random.Random(5)
    cut_short: list[int] = []
    attempts = 0
    while len(cut_short) < KILLS_OF_SERVER:
        attempts += 1
        assert attempts <= 3 * KILLS_OF_SERVER, "most ingests ended before the server was killed"
        with home.graph() as graph:
            graph.execute(EMPTY)
            ingest = home.ingest()
            if attempts % 2:
                wait_for_documents(graph, ingest, 1)
            time.sleep(chance.uniform(0.1, 0.6) * undisturbed.seconds)
            if not ingest.running:
                ingest.end()
                continue
            acknowledged = set(by_document(graph))
            home.kill_server()
        ended = ingest.end()
        assert "Traceback" not in ended.said, ended.said[-2_000:]
        assert ended.status in (0, 1), f"{ended.status}: {ended.said[-2_000:]}"
        assert ended.status == 0 or ended.said.strip(), "it failed without a word"
        with home.graph() as graph:
            assert acknowledged <= set(by_document(graph)), "what was acknowledged is lost"
            cut_short.append(check_whole_documents(graph, undisturbed.counts))
            home.ingest_all()
            assert whole(graph).differences(undisturbed.graph) == []
    print(f"the server was killed at {cut_short} of {PAGES} documents")


def test_eight_ingests_of_one_folder_at_once_give_one_result(home: Home, undisturbed: Undisturbed) -> None:
    home.down()
    crowd = Home(home.home.parent / "crowd", home.pages)
    assert crowded(crowd, undisturbed.counts).differences(undisturbed.graph) == []


def test_eight_ingests_that_compare_claims_give_one_result(home: Home, tmp_path: Path) -> None:
    """Pages that say the same in other words, and deny what others say: who writes first must not matter."""
    home.down()
    write_pairs(tmp_path / "pages")
    alone = Home(tmp_path / "alone", tmp_path / "pages", matching=True)
    try:
        alone.ingest_all()
        with alone.graph() as graph:
            expected = whole(graph)
            counts = by_document(graph)
            shared = graph.execute("MATCH (c:Claim) WHERE COUNT { (c)<-[:EXPRESSES]-() } > 1 RETURN count(c) AS n")
            derived = graph.execute("MATCH (d:Dispute) WHERE d.derived RETURN count(d) AS n")
    finally:
        alone.down()
    assert len(counts) == PAIR_PAGES
    assert shared[0]["n"] >= 20, "claims that several pages make"
    assert derived[0]["n"] >= 5, "claims that one page disputes and another makes"
    assert crowded(Home(tmp_path / "crowd", tmp_path / "pages", matching=True), counts).differences(expected) == []


def crowded(crowd: Home, counts: dict[str, tuple[int, int, int, int]]) -> Whole:
    """What eight ingests leave that run at once in a home without a server, so that they also race to start it and to
    make the schema. Whoever reads meanwhile sees each document whole or not at all.
    """
    try:
        ingests = [crowd.ingest() for _ in range(TOGETHER)]
        with crowd.graph() as graph:
            looks = 0
            while any(ingest.running for ingest in ingests):
                looks += check_whole_documents(graph, counts) > 0
        assert looks > 10
        ended = [ingest.end(600) for ingest in ingests]
        assert [each.status for each in ended] == [0] * TOGETHER, [e.said[-1_000:] for e in ended if e.status]
        with crowd.graph() as graph:
            return whole(graph)
    finally:
        crowd.down()


def write_pairs(folder: Path) -> None:
    """Pages of people who say the one or the other of two wordings of the labelled pairs, each pair on two pages."""
    lines = PAIRS.read_text(encoding="utf-8").splitlines()
    pairs = [line.split("\t") for line in lines if line.startswith(("same\t", "contradicts\t"))]
    pages: list[list[str]] = [[] for _ in range(PAIR_PAGES)]
    for number, (_, _, one, other) in enumerate(pairs):
        for place, said in ((number, one), (number + 1, other)):
            name = f"{GIVEN[number % len(GIVEN)]} {FAMILY[place % len(FAMILY)]}"
            pages[place % PAIR_PAGES].append(f"“{said.rstrip('.')},” {name} told reporters on Monday.")
    folder.mkdir()
    for number, paragraphs in enumerate(pages):
        words = "\n\n".join([f"What was said, part {number}", *paragraphs])
        (folder / f"{number}.txt").write_text(f"{words}\n", encoding="utf-8")
