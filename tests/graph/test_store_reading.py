"""Reading while others write: a document is there whole, or not at all."""

from __future__ import annotations

import threading

from graph import read
from graph.driver import Graph
from graph.errors import NotFoundError
from graph.store import Store
from tests.conftest import EMPTY
from tests.soak.whole import by_document
from tests.synthetic import page

PAGES = [page(number, paragraphs=10, comments=12) for number in range(12)]


def test_a_reader_sees_a_document_whole_or_not_at_all(graph: Graph) -> None:
    store = Store(graph)
    for one in PAGES:
        store.put(one)
    counts = by_document(graph)
    threads = {one.document.id: len(read.document(graph, one.document.id)["thread"]) for one in PAGES}
    assert all(counts[document][2] for document in threads), "a page without assertions shows little"
    graph.execute(EMPTY)

    done = threading.Event()
    in_part: list[object] = []
    seen: set[int] = set()

    def look() -> None:
        with Graph.connect(graph.connection) as own:
            while not done.is_set():
                # Pages that are only linked to have no texts.
                there = {document: found for document, found in by_document(own).items() if found[1]}
                seen.add(len(there))
                in_part.extend(found for document, found in there.items() if found != counts[document])
                for document in threads:
                    try:
                        shown = read.document(own, document)
                    except NotFoundError:
                        continue
                    if len(shown["thread"]) != threads[document]:
                        in_part.append((document, len(shown["thread"])))

    readers = [threading.Thread(target=look) for _ in range(2)]
    writers = [
        threading.Thread(target=lambda part=part: [store.put(one) for one in PAGES[part::3]])  # type: ignore[misc]
        for part in range(3)
    ]
    for thread in (*readers, *writers):
        thread.start()
    for thread in writers:
        thread.join()
    done.set()
    for thread in readers:
        thread.join()
    assert in_part == []
    assert len(seen) > 3, "the readers saw the graph grow"
    assert by_document(graph) == counts
