"""Twenty ingests and five servers killed in mid-work: after a rerun nothing is lost, and nothing is there twice."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator

import pytest

from graph.driver import Graph
from tests.bench.pages import write_pages
from tests.soak.crew import Home, wait_for_documents
from tests.soak.whole import Whole, by_document, whole

pytestmark = [pytest.mark.soak, pytest.mark.timeout(2_400)]

PAGES = 60
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


@pytest.fixture(scope="module")
def undisturbed(home: Home) -> tuple[Whole, dict[str, tuple[int, int, int, int]]]:
    """What the graph holds when nobody disturbs the ingest; the same when it runs twice."""
    home.ingest_all()
    with home.graph() as graph:
        once = whole(graph)
        home.ingest_all()
        twice = whole(graph)
        counts = by_document(graph)
    assert once.differences(twice) == []
    assert len(counts) == PAGES
    assert all(assertions for _, _, assertions, _ in counts.values()), "a page without assertions shows little"
    return once, counts


def check_whole_documents(graph: Graph, counts: dict[str, tuple[int, int, int, int]]) -> int:
    """Every document that is there is there with all that was found in it; how many there are."""
    there = by_document(graph)
    for document, found in there.items():
        assert found == counts[document], f"{document} is there in part"
    return len(there)


def test_an_ingest_that_is_killed_leaves_whole_documents_and_a_rerun_the_rest(
    home: Home, undisturbed: tuple[Whole, dict[str, tuple[int, int, int, int]]]
) -> None:
    expected, counts = undisturbed
    chance = random.Random(20)
    cut_short = []
    with home.graph() as graph:
        for number in range(KILLS_OF_INGEST):
            graph.execute(EMPTY)
            ingest = home.ingest()
            # A random moment of the work itself: after some page, and then anywhere in the one that follows.
            reached = wait_for_documents(graph, ingest, chance.randrange(PAGES - 3))
            time.sleep(chance.uniform(0, 0.08))
            ingest.kill()
            ended = ingest.end()
            assert reached, f"kill {number}: the ingest ended by itself: {ended.said[-2_000:]}"
            assert ended.status == -9, f"kill {number}: it had ended before ({ended.status}): {ended.said[-2_000:]}"
            cut_short.append(check_whole_documents(graph, counts))
            home.ingest_all()
            assert whole(graph).differences(expected) == [], f"after kill {number}, at {cut_short[-1]} documents"
    print(f"killed at {cut_short} of {PAGES} documents")
    assert len(set(cut_short)) > KILLS_OF_INGEST // 4, "the kills did not come at different moments"


def test_twenty_kills_in_a_row_and_one_rerun(
    home: Home, undisturbed: tuple[Whole, dict[str, tuple[int, int, int, int]]]
) -> None:
    """The same without a pause: each ingest goes on where the one before it was killed."""
    expected, counts = undisturbed
    chance = random.Random(21)
    with home.graph() as graph:
        graph.execute(EMPTY)
        for number in range(KILLS_OF_INGEST):
            ingest = home.ingest()
            wait_for_documents(graph, ingest, number * 2)
            time.sleep(chance.uniform(0, 0.2))
            ingest.kill()
            ingest.end()
            check_whole_documents(graph, counts)
        home.ingest_all()
        assert whole(graph).differences(expected) == []


def test_a_server_that_is_killed_keeps_what_it_acknowledged(
    home: Home, undisturbed: tuple[Whole, dict[str, tuple[int, int, int, int]]]
) -> None:
    expected, counts = undisturbed
    chance = random.Random(5)
    with home.graph() as graph:
        graph.execute(EMPTY)
    before = 0
    for number in range(KILLS_OF_SERVER):
        with home.graph() as graph:
            ingest = home.ingest()
            # Each time some way beyond what is there already, so that the server is writing when it is killed.
            wanted = min(before + chance.randint(3, 12), PAGES - 3)
            assert wait_for_documents(graph, ingest, wanted), ingest.end().said[-2_000:]
            time.sleep(chance.uniform(0, 0.05))
            acknowledged = set(by_document(graph))
            home.kill_server()
        ended = ingest.end()
        assert "Traceback" not in ended.said, ended.said[-2_000:]
        if ended.status != 0:
            assert ended.status == 1, f"kill {number}: {ended.status}: {ended.said[-2_000:]}"
            assert ended.said.strip(), "it failed without a word"
        with home.graph() as graph:
            assert acknowledged <= set(by_document(graph)), f"kill {number}: what was acknowledged is lost"
            before = check_whole_documents(graph, counts)
    home.ingest_all()
    with home.graph() as graph:
        assert whole(graph).differences(expected) == []


def test_eight_ingests_of_one_folder_at_once_give_one_result(
    home: Home, undisturbed: tuple[Whole, dict[str, tuple[int, int, int, int]]]
) -> None:
    """In a home of their own without a server, so that they also race to start it and to make the schema."""
    expected, _ = undisturbed
    home.down()
    crowd = Home(home.home.parent / "crowd", home.pages)
    try:
        ingests = [crowd.ingest() for _ in range(TOGETHER)]
        ended = [ingest.end(600) for ingest in ingests]
        assert [each.status for each in ended] == [0] * TOGETHER, [e.said[-1_000:] for e in ended if e.status]
        with crowd.graph() as graph:
            assert whole(graph).differences(expected) == []
    finally:
        crowd.down()
