"""The whole graph into a file and back on a real server: as it is at one moment, and nothing twice."""

from __future__ import annotations

import gzip
import hashlib
import json
import random
import stat
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

import pytest

from graph import reviews, schema
from graph.backup import export as exporting
from graph.backup import restore as restoring
from graph.backup.export import Exported, export
from graph.backup.file import Reader
from graph.backup.restore import Imported, restore
from graph.driver import Graph
from graph.errors import BackupError, DamagedBackupError, DisturbedError, NewerBackupError
from graph.store import Store
from ingest.model import account_id
from tests.conftest import EMPTY
from tests.factories import Said, extraction
from tests.graph.corpus import corpus
from tests.soak.whole import Whole, whole

PAGES = corpus()
DAY = datetime(2026, 1, 1, tzinfo=UTC)

# What people add, and what stands twice between the same two nodes.
REVIEWED = """
MATCH (a:Assertion) WITH a ORDER BY a.id LIMIT 1
MATCH (o:Outlet) WITH a, o ORDER BY o.id LIMIT 1
CREATE (d:Dispute {id: 'dsp-1', kind: 'denial', status: 'confirmed', current: true, confidence: 0.7})
CREATE (d)-[:AGAINST {spans: [0, 5]}]->(a)
WITH * MATCH (a)-[:EXPRESSES]->(c:Claim)
SET c.disputed = 'confirmed'
CREATE (d)-[:DISPUTES]->(c)
CREATE (r:Review {id: 'rev-1', decision: 'confirm', reviewer: 'Ada', at: datetime('2026-02-01T10:00:00Z')})-[:OF]->(d)
CREATE (f:FactCheck {id: 'fck-1', rating: 'false', embedding: [0.25, -0.5]})
CREATE (o)-[:PUBLISHED]->(f)
CREATE (a)-[:CITES {role: 'via', order: 1, spans: [0, 1]}]->(o)
CREATE (a)-[:CITES {role: 'original', order: 2, spans: [2, 3]}]->(o)
CREATE (:Forgotten {id: 'doc-gone', at: datetime('2026-02-01T10:00:00Z')})
"""


def put(graph: Graph, *pages: object) -> None:
    for stored in Store(graph).put_many(pages):  # type: ignore[arg-type]
        assert not isinstance(stored, Exception)


def exact(graph: Graph) -> Whole:
    """The whole graph, times of fetching included."""
    return whole(graph, leave_out=frozenset())


def written(graph: Graph, path: Path) -> Exported:
    return export(graph, path, release="0.1.0")


@pytest.fixture
def filled(graph: Graph) -> Graph:
    put(graph, *PAGES)
    graph.execute(REVIEWED)
    return graph


def test_an_empty_database_gets_exactly_what_was_there(filled: Graph, tmp_path: Path) -> None:
    before = exact(filled)
    done = written(filled, tmp_path / "all.jsonl.gz")
    assert (done.nodes, done.relationships) == (len(before.nodes), before.edges.total())
    assert done.left_out == {}
    assert exact(filled).differences(before) == [], "reading changes nothing"
    filled.execute(EMPTY)
    assert restore(filled, tmp_path / "all.jsonl.gz") == Imported(
        done.nodes, done.nodes, done.relationships, done.relationships, 0, 0, 0
    )
    assert exact(filled).differences(before) == []
    # A page that is ingested again finds itself there.
    assert [one.outcome for one in Store(filled).put_many(PAGES) if not isinstance(one, Exception)] == ["unchanged"] * 9


def test_a_database_that_has_it_all_is_left_as_it_is(filled: Graph, tmp_path: Path) -> None:
    before = exact(filled)
    done = written(filled, tmp_path / "all.jsonl.gz")
    for _ in range(2):
        again = restore(filled, tmp_path / "all.jsonl.gz")
        assert (again.nodes, again.relationships, again.other) == (0, 0, 0)
        assert (again.of_nodes, again.of_relationships) == (done.nodes, done.relationships)
        assert exact(filled).differences(before) == []


def test_pages_of_both_are_there_once(graph: Graph, tmp_path: Path) -> None:
    put(graph, *PAGES)
    both = exact(graph)
    graph.execute(EMPTY)
    put(graph, *PAGES[:6])
    written(graph, tmp_path / "first.gz")
    graph.execute(EMPTY)
    put(graph, *PAGES[3:])
    restore(graph, tmp_path / "first.gz")
    assert exact(graph).differences(both) == []


def test_what_is_there_stays_and_what_is_known_by_name_only_is_completed(graph: Graph, tmp_path: Path) -> None:
    url = "https://courier.example/linked"
    linked = extraction("Ada Brandt said “one”.", url=url, fetched_at=DAY)
    linking = extraction(f"Bram Dahl said “two”. See {url} here.", url="https://gazette.example/2", fetched_at=DAY)
    put(graph, linked)
    written(graph, tmp_path / "first.gz")
    graph.execute(EMPTY)
    put(graph, linking)
    graph.execute("MATCH (e:Entity {name: 'Bram Dahl'}) SET e.kind = 'group'")
    restore(graph, tmp_path / "first.gz")
    [row] = graph.execute("MATCH (d:Document {url: $url}) RETURN d.kind AS kind, d.reading AS reading", {"url": url})
    assert None not in row.values(), "the page that was known by a link is a page that was read"
    assert Store(graph).put(linked).outcome == "unchanged"
    assert graph.execute("MATCH (e:Entity {kind: 'group'}) RETURN count(*) AS n") == [{"n": 1}]


def test_of_two_versions_of_a_page_the_newer_is_current(graph: Graph, tmp_path: Path) -> None:
    url = "https://courier.example/1"
    old = extraction("Ada Brandt said “one”.", url=url, fetched_at=DAY)
    new = extraction("Ada Brandt said “two”.", url=url, fetched_at=DAY + timedelta(days=1))
    put(graph, new)
    written(graph, tmp_path / "new.gz")
    graph.execute(EMPTY)
    put(graph, old)
    done = restore(graph, tmp_path / "new.gz")
    assert done.retired == 1
    rows = graph.execute(
        "MATCH (v:Version)<-[:FOUND_IN]-(a) "
        "RETURN v.id AS id, v.current AS current, a.current AS found ORDER BY v.current"
    )
    assert [(row["id"], row["current"], row["found"]) for row in rows] == [
        (old.document.version, False, False),
        (new.document.version, True, True),
    ]


def test_what_follows_from_reviews_and_names_is_derived_again(graph: Graph, tmp_path: Path) -> None:
    put(graph, *PAGES[:2])
    graph.execute(
        "MATCH (a:Assertion)-[:EXPRESSES]->(c:Claim) WITH a, c ORDER BY a.id LIMIT 1 "
        "CREATE (d:Dispute {id: 'dsp-1', kind: 'denial', text: 'no', status: 'candidate', current: true}) "
        "CREATE (d)-[:AGAINST {spans: [0, 2]}]->(a), (d)-[:DISPUTES]->(c) SET c.disputed = 'candidate'"
    )
    before = exact(graph)
    written(graph, tmp_path / "before.gz")
    reviews.add(graph, "dsp-1", "confirm", reviewer="Ada")
    [judged] = graph.execute("MATCH (a:Assertion) RETURN a.id AS id ORDER BY id LIMIT 1", mode="read")
    reviews.add(graph, judged["id"], "wrong", reviewer="Ada")
    after = exact(graph)
    written(graph, tmp_path / "after.gz")
    assert before.differences(after)
    # The backup brings reviews of what is there already, and of what is there only the state before them is known.
    graph.execute(EMPTY)
    restore(graph, tmp_path / "before.gz")
    assert exact(graph).differences(before) == []
    restore(graph, tmp_path / "after.gz")
    assert exact(graph).differences(after) == []
    # And the other way round: an old backup takes nothing back.
    restore(graph, tmp_path / "before.gz")
    assert exact(graph).differences(after) == []


def test_embeddings_come_back_and_are_found_by(filled: Graph, tmp_path: Path) -> None:
    [row] = filled.execute("MATCH (a:Assertion) RETURN a.id AS id ORDER BY id LIMIT 1", mode="read")
    vector = [0.1 * n - 0.7 for n in range(16)]
    compared = [{"id": row["id"], "saying": "s", "vector": vector}]
    filled.write("write/put_comparisons", mark="m", compared=compared, same=[], apart=[])
    before = exact(filled)
    written(filled, tmp_path / "all.gz")
    filled.execute(EMPTY)
    restore(filled, tmp_path / "all.gz")
    assert exact(filled).differences(before) == []
    filled.execute("CALL db.awaitIndexes(60)", mode="read")
    [found] = filled.execute(
        "CALL db.index.vector.queryNodes('onrecord_assertion_embedding', 1, $vector) YIELD node, score "
        "RETURN node.id AS id, score",
        {"vector": vector},
        mode="read",
    )
    assert found["id"] == row["id"]
    assert found["score"] > 0.999
    marks = filled.execute("MATCH (s:OnRecordSchema {id: 'schema'}) RETURN s.compared AS mark", mode="read")
    assert marks != [{"mark": "m"}], "who looked before it would not look again"


def test_what_was_forgotten_meanwhile_stays_out(graph: Graph, tmp_path: Path) -> None:
    thread = [Said("millwheel", "I say the mill is old"), Said("Dario", "Why?", 0)]
    page = extraction("Ada Brandt said “one”.", thread, url="https://courier.example/1")
    other = extraction("Bram Dahl said “two”.", [Said("millwheel", "I say so too")], url="https://courier.example/2")
    put(graph, page, other)
    written(graph, tmp_path / "all.gz")
    store = Store(graph)
    store.forget(page.document.id)
    store.forget(account_id(other.document.site, "millwheel"))
    before = exact(graph)
    assert restore(graph, tmp_path / "all.gz").forgotten == 2
    assert exact(graph).differences(before) == []


def test_what_is_none_of_onrecords_is_left_out_and_counted(graph: Graph, tmp_path: Path) -> None:
    put(graph, PAGES[0])
    before = exact(graph)
    graph.execute(
        "MATCH (d:Document) WITH d LIMIT 1 CREATE (:Note:Mine {text: 'x'})-[:ABOUT]->(d), (:Claim {text: 'y'})"
    )
    graph.execute("CREATE (:ApiKey {id: 'key-1', secret: 'hidden-word'})")
    done = written(graph, tmp_path / "all.gz")
    assert done.left_out == {"Mine:Note": 1, "Claim": 1, "ApiKey": 1}
    assert b"hidden-word" not in gzip.decompress((tmp_path / "all.gz").read_bytes())
    graph.execute(EMPTY)
    restore(graph, tmp_path / "all.gz")
    assert exact(graph).differences(before) == []


# --- one moment ---------------------------------------------------------------------------------------------------


def test_a_backup_is_one_moment_of_a_graph_that_is_being_written(
    graph: Graph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Pages come one by one, also while rows are being read: the file holds the first so many, each whole."""
    pages = [
        extraction(
            f"Ada Brandt said “sentence {n}”. Bram Dahl told Herald “words {n}”.",
            [Said("reader", f"I say so {n}", None, DAY)],
            url=f"https://courier.example/{n}",
            fetched_at=DAY + timedelta(minutes=n),
        )
        for n in range(400)
    ]
    stored = 0
    go_on = threading.Event()
    go_on.set()

    def ingest() -> None:
        nonlocal stored
        with Graph.connect(graph.connection) as own:
            store = Store(own)
            for page in pages:
                if not go_on.is_set():
                    return
                store.put(page)
                stored += 1

    monkeypatch.setattr(exporting, "EVERY", 1)
    put(graph, pages[0])
    writer = threading.Thread(target=ingest)
    writer.start()
    during: list[tuple[int, int]] = []
    try:
        for number in range(2):
            target = stored + 5
            while stored < target:
                writer.join(0.01)
                assert writer.is_alive()
            first = stored

            def slowly(what: str, done: int, total: int) -> None:
                if what == "writing" and done < 200:
                    writer.join(0.005)

            export(graph, tmp_path / f"{number}.gz", release="0", progress=slowly)
            during.append((first, stored))
    finally:
        go_on.clear()
        writer.join()
    assert stored > during[-1][1] or stored == len(pages), "the writer goes on after an export"
    for number, (first, last) in enumerate(during):
        graph.execute(EMPTY)
        restore(graph, tmp_path / f"{number}.gz")
        restored = exact(graph)
        [row] = graph.execute("MATCH (d:Document) RETURN count(d) AS n", mode="read")
        assert first <= row["n"] <= last + 1
        graph.execute(EMPTY)
        put(graph, *pages[: row["n"]])
        assert restored.differences(exact(graph)) == [], number


def test_who_writes_past_onrecord_is_noticed(graph: Graph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(graph, PAGES[0])
    monkeypatch.setattr(exporting, "EVERY", 1)
    path = tmp_path / "all.gz"
    names = count()

    def disturb(times: int) -> Callable[[str, int, int], None]:
        left = iter(range(times))

        def report(what: str, done: int, total: int) -> None:
            if what == "writing" and done == 10 and next(left, None) is not None:
                graph.execute("CREATE (:Entity {id: $id, name: 'x'})", {"id": f"ent-{next(names)}"})

        return report

    with pytest.raises(DisturbedError, match="no backup was written"):
        export(graph, path, release="0", progress=disturb(10))
    assert list(tmp_path.iterdir()) == []
    assert export(graph, path, release="0", progress=disturb(1)).nodes == len(exact(graph).nodes)


def test_exports_and_imports_at_once_wait_for_one_another(filled: Graph, tmp_path: Path) -> None:
    before = exact(filled)
    written(filled, tmp_path / "0.gz")
    failures: list[BaseException] = []

    def run(work: Callable[[], object]) -> None:
        try:
            work()
        except BaseException as error:
            failures.append(error)

    jobs: list[Callable[[], object]] = [
        lambda: written(filled, tmp_path / "1.gz"),
        lambda: restore(filled, tmp_path / "0.gz"),
        lambda: written(filled, tmp_path / "2.gz"),
        lambda: put(filled, *PAGES),
    ]
    threads = [threading.Thread(target=run, args=(job,)) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert exact(filled).differences(before) == []
    for number in (1, 2):
        assert Reader(tmp_path / f"{number}.gz").verify().nodes == len(before.nodes)


# --- files that are not as they should be -------------------------------------------------------------------------


@pytest.fixture
def backup(graph: Graph, tmp_path: Path) -> Iterator[Path]:
    """A good backup, and a database that a bad one must leave alone."""
    put(graph, PAGES[0], PAGES[1])
    path = tmp_path / "good.gz"
    written(graph, path)
    graph.execute(EMPTY)
    put(graph, PAGES[2])
    before, moment = exact(graph), graph.bookmarks()
    yield path
    assert graph.bookmarks() == moment, "something was written"
    assert exact(graph).differences(before) == []


def test_a_truncated_backup_is_refused_before_anything_is_written(graph: Graph, backup: Path, tmp_path: Path) -> None:
    whole_file = backup.read_bytes()
    cut = tmp_path / "cut.gz"
    for length in {0, 1, 5, 20, len(whole_file) // 2, len(whole_file) - 9, len(whole_file) - 1}:
        cut.write_bytes(whole_file[:length])
        with pytest.raises(BackupError, match=r"cut\.gz: (the backup is damaged|is no backup)"):
            restore(graph, cut)


def test_an_altered_backup_is_refused_before_anything_is_written(graph: Graph, backup: Path, tmp_path: Path) -> None:
    whole_file = backup.read_bytes()
    altered = tmp_path / "altered.gz"
    chance = random.Random(7)
    for place in chance.sample(range(10, len(whole_file)), 60):
        data = bytearray(whole_file)
        data[place] ^= 1 << chance.randrange(8)
        altered.write_bytes(data)
        with pytest.raises(BackupError, match=r"altered\.gz: (the backup is damaged|is no backup)"):
            restore(graph, altered)
    altered.write_bytes(whole_file + b"more")
    with pytest.raises(DamagedBackupError):
        restore(graph, altered)


def test_one_that_was_packed_again_is_seen_by_its_checksum(graph: Graph, backup: Path, tmp_path: Path) -> None:
    lines = gzip.decompress(backup.read_bytes()).splitlines(keepends=True)
    node, relationship = lines[3], lines[-2]
    changed: dict[str, list[bytes]] = {
        "a word": [line.replace(b"crowns", b"thrones") for line in lines],
        "a node less": lines[:3] + lines[4:],
        "a relationship less": lines[:-2] + lines[-1:],
        "a node twice": [*lines[:4], node, *lines[4:]],
        "in another order": [lines[0], *lines[2:4], lines[1], *lines[4:]],
        "a node after a relationship": [*lines[:-1], node, lines[-1]],
        "no end": lines[:-1],
        "two ends": [*lines, lines[-1]],
        "a second header": [lines[0], *lines],
        "not JSON": [*lines[:-2], b"{oops\n", lines[-1]],
        "another thing": [*lines[:-2], b'["x"]\n', lines[-1]],
        "an end that is none": [*lines[:-1], b'{"end": {}}\n'],
        "no line end": [*lines[:-1], lines[-1].rstrip()],
        "of the schema": [
            lines[0],
            b'{"labels":["OnRecordSchema","Claim"],"properties":{"id":"schema"}}\n',
            *lines[1:],
        ],
    }
    assert relationship.startswith(b'{"type"')
    for what, content in changed.items():
        assert content != lines, what
        packed = tmp_path / "packed.gz"
        packed.write_bytes(gzip.compress(b"".join(content)))
        with pytest.raises(DamagedBackupError, match=r"packed\.gz: the backup is damaged"):
            restore(graph, packed)


@pytest.mark.parametrize("newer", ["format", "schema"])
def test_a_backup_of_a_newer_release_is_refused_before_anything_is_written(
    graph: Graph, backup: Path, tmp_path: Path, newer: str
) -> None:
    lines = gzip.decompress(backup.read_bytes()).splitlines(keepends=True)
    header = json.loads(lines[0])
    header["OnRecord backup"] |= {newer: 10_000, "release": "99.1", "more": [1]}
    body = [json.dumps(header).encode() + b"\n", *lines[1:-1]]
    end = json.loads(lines[-1])
    end["end"]["sha256"] = hashlib.sha256(b"".join(body)).hexdigest()
    path = tmp_path / "newer.gz"
    path.write_bytes(gzip.compress(b"".join([*body, json.dumps(end).encode() + b"\n"])))
    with pytest.raises(NewerBackupError, match=r"newer\.gz: .* newer OnRecord \(99\.1"):
        restore(graph, path)


def test_what_is_no_backup_is_told_so(graph: Graph, backup: Path, tmp_path: Path) -> None:
    notes = tmp_path / "notes.txt"
    notes.write_text("milk, bread")
    with pytest.raises(BackupError, match=r"notes\.txt: is no backup"):
        restore(graph, notes)
    with pytest.raises(BackupError, match=r"nowhere\.gz: the backup cannot be read \(no such file"):
        restore(graph, tmp_path / "nowhere.gz")
    with pytest.raises(BackupError, match=r"notes\.txt: there is a file that is no backup"):
        written(graph, notes)
    assert notes.read_text() == "milk, bread"
    with pytest.raises(BackupError, match="is a folder"):
        written(graph, tmp_path)
    with pytest.raises(BackupError, match="the backup cannot be written"):
        written(graph, tmp_path / "no such folder" / "all.gz")
    packed = tmp_path / "packed.gz"
    packed.write_bytes(gzip.compress(b"milk\n"))
    with pytest.raises(BackupError, match=r"packed\.gz: is no backup"):
        restore(graph, packed)


def test_a_backup_is_its_owners_and_takes_the_place_of_the_one_before(graph: Graph, tmp_path: Path) -> None:
    path = tmp_path / "all.gz"
    put(graph, PAGES[0])
    first = written(graph, path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    put(graph, PAGES[1])
    assert written(graph, path).nodes > first.nodes
    assert [file.name for file in tmp_path.iterdir()] == ["all.gz"]
    said = json.loads(gzip.decompress(path.read_bytes()).splitlines()[0])["OnRecord backup"]
    assert said["schema"] == len(schema.steps())
    assert said["server"] == graph.ping()


def test_an_import_that_was_cut_short_is_finished_by_the_next(
    filled: Graph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = exact(filled)
    done = written(filled, tmp_path / "all.gz")
    monkeypatch.setattr(restoring, "EVERY", 1)
    monkeypatch.setattr(restoring, "BATCH_ROWS", 7)

    def cut_short(at: int) -> Callable[[str, int, int], None]:
        def report(what: str, done: int, total: int) -> None:
            if what == "writing" and done == at:
                raise SystemExit(130)

        return report

    filled.execute(EMPTY)
    for at in (done.nodes - 20, done.nodes + done.relationships - 20):
        with pytest.raises(SystemExit):
            restore(filled, tmp_path / "all.gz", progress=cut_short(at))
        part = exact(filled)
        assert 0 < part.edges.total() + len(part.nodes) < before.edges.total() + len(before.nodes)
    restore(filled, tmp_path / "all.gz")
    assert exact(filled).differences(before) == []


def test_rows_are_held_and_sent_a_bounded_number_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(restoring, "BATCH_ROWS", 10)
    monkeypatch.setattr(restoring, "PENDING_CHARACTERS", 20_000)
    chance = random.Random(1)
    held = most = 0

    def rows() -> Iterator[tuple[str, dict[str, object]]]:
        nonlocal held, most
        for n in range(2_000):
            held += 1
            most = max(most, held)
            yield chance.choice("abcdefgh"), {"n": n, "properties": {"text": "x" * 500}}

    seen = []
    for _, batch in restoring._batches(rows()):
        assert len(batch) <= 10
        held -= len(batch)
        seen += [row["n"] for row in batch]
    assert sorted(seen) == list(range(2_000))
    assert most <= 25
