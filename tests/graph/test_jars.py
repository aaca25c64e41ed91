"""Fetching and checking the files of the local Neo4j, from a small Maven repository served on loopback."""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from graph import lock
from graph.errors import ChecksumError, FolderError, JarsError, LocalDatabaseError
from graph.jars import Jar, Release, load_release, missing, provide, releases

ROOT = Path(__file__).parents[2]


class Repository:
    """A Maven repository: what it has, what was asked for, and what it does wrong."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self.asked: Counter[str] = Counter()
        self.wrong: dict[str, list[bytes]] = {}
        self.cut: dict[str, int] = {}
        self.status: dict[str, list[int]] = {}
        repository = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                path = self.path.lstrip("/")
                repository.asked[path] += 1
                if repository.status.get(path):
                    self.send_error(repository.status[path].pop(0))
                    return
                body = repository.files.get(path)
                if repository.wrong.get(path):
                    body = repository.wrong[path].pop(0)
                if body is None:
                    self.send_error(404)
                    return
                self.send_response(200)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                if repository.cut.get(path, 0) >= repository.asked[path]:
                    self.wfile.write(body[: len(body) // 2])
                    return
                self.wfile.write(body)

            def log_message(self, format: str, *args: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def add(self, name: str, body: bytes, classifier: str = "") -> Jar:
        jar = Jar("org.example", name, "1.0", classifier, hashlib.sha256(body).hexdigest(), len(body))
        self.files[str(jar.path)] = body
        return jar

    def stop(self) -> None:
        self.server.shutdown()
        self.server.server_close()


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Repository]:
    """A repository that jgo's settings name in place of its default."""
    served = Repository()
    settings = tmp_path / "jgo.conf"
    settings.write_text(f"[repositories]\ncentral = {served.url}\n")
    monkeypatch.setenv("JGO_CONFIG_FILE", str(settings))
    yield served
    served.stop()


def release_of(*jars: Jar) -> Release:
    return Release("test", "1.0", "Main", (), {}, (), jars)


@pytest.fixture
def release(repository: Repository) -> Release:
    jars = [repository.add(f"part-{number}", bytes([number]) * 50_000) for number in range(20)]
    return release_of(*jars, repository.add("native", b"elf" * 1000, classifier="linux-x86_64"))


def jars_asked(repository: Repository) -> dict[str, int]:
    return {path: count for path, count in repository.asked.items() if path.endswith(".jar")}


def test_every_jar_is_fetched_once_and_checked(repository: Repository, release: Release, tmp_path: Path) -> None:
    folder = tmp_path / "cache"
    seen: list[tuple[int, int]] = []
    paths = provide(release, folder, report=lambda _what, done, total: seen.append((done, total)))
    assert [path.read_bytes() for path in paths] == [repository.files[str(jar.path)] for jar in release.jars]
    assert (folder / "org/example/native/1.0/native-1.0-linux-x86_64.jar") in paths
    assert jars_asked(repository) == {str(jar.path): 1 for jar in release.jars}
    total = sum(jar.size for jar in release.jars)
    assert [done for done, _ in seen] == sorted(done for done, _ in seen)
    assert seen[-1] == (total, total)
    assert not list(folder.glob(".fetch-*"))


def test_a_full_folder_needs_no_network(repository: Repository, release: Release, tmp_path: Path) -> None:
    folder = tmp_path / "filled beforehand"
    for jar in release.jars:
        (folder / jar.path).parent.mkdir(parents=True)
        (folder / jar.path).write_bytes(repository.files[str(jar.path)])
    before = sorted(folder.rglob("*"))
    repository.stop()
    assert len(provide(release, folder)) == len(release.jars)
    assert sorted(folder.rglob("*")) == before, "a folder that is complete is only read"


def test_a_damaged_jar_is_fetched_again_and_no_other(repository: Repository, release: Release, tmp_path: Path) -> None:
    provide(release, tmp_path)
    damaged, cut = release.jars[3], release.jars[7]
    (tmp_path / damaged.path).write_bytes(b"x" * damaged.size)
    (tmp_path / cut.path).write_bytes(b"")
    assert missing(release, tmp_path) == [damaged, cut]
    repository.asked.clear()
    provide(release, tmp_path)
    assert jars_asked(repository) == {str(damaged.path): 1, str(cut.path): 1}
    assert missing(release, tmp_path) == []


def test_a_wrong_checksum_is_cured_by_fetching_once_more(
    repository: Repository, release: Release, tmp_path: Path
) -> None:
    path = str(release.jars[0].path)
    repository.wrong[path] = [b"a page of some proxy"]
    provide(release, tmp_path)
    assert repository.asked[path] == 2
    assert missing(release, tmp_path) == []


def test_a_jar_that_stays_wrong_is_named_and_not_kept(repository: Repository, release: Release, tmp_path: Path) -> None:
    jar = release.jars[0]
    repository.wrong[str(jar.path)] = [b"wrong"] * 5
    with pytest.raises(ChecksumError, match=r"org\.example:part-0:1\.0: .*NEO4J_URI.*ONRECORD_CACHE") as caught:
        provide(release, tmp_path)
    assert repository.asked[str(jar.path)] == 2
    assert not (tmp_path / jar.path).exists()
    assert "\n" not in str(caught.value)


def test_a_connection_that_breaks_is_tried_again(repository: Repository, release: Release, tmp_path: Path) -> None:
    path = str(release.jars[5].path)
    repository.cut[path] = 1
    provide(release, tmp_path)
    assert repository.asked[path] == 2
    assert missing(release, tmp_path) == []


def test_a_registry_that_is_busy_is_asked_again(repository: Repository, release: Release, tmp_path: Path) -> None:
    path = str(release.jars[2].path)
    repository.status[path] = [503, 429]
    provide(release, tmp_path)
    assert repository.asked[path] == 3


def test_a_registry_that_refuses_is_told_with_its_status(
    repository: Repository, release: Release, tmp_path: Path
) -> None:
    path = str(release.jars[2].path)
    repository.status[path] = [403] * 5
    with pytest.raises(JarsError, match=r"org\.example:part-2:1\.0: .*answers with status 403"):
        provide(release, tmp_path)
    assert repository.asked[path] == 1


def test_a_second_registry_is_asked_for_what_the_first_lacks(
    repository: Repository, release: Release, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = Repository()
    try:
        gone = release.jars[4]
        other.files[str(gone.path)] = repository.files.pop(str(gone.path))
        settings = tmp_path / "two.conf"
        settings.write_text(f"[repositories]\ncentral = {repository.url}\nother = {other.url}/\n")
        monkeypatch.setenv("JGO_CONFIG_FILE", str(settings))
        provide(release, tmp_path / "cache")
        assert other.asked == {str(gone.path): 1}
    finally:
        other.stop()


def test_without_a_network_the_error_names_the_ways_out(
    repository: Repository, release: Release, tmp_path: Path
) -> None:
    repository.stop()
    with pytest.raises(JarsError) as caught:
        provide(release, tmp_path / "cache")
    said = str(caught.value)
    for words in ("cannot be reached", "NEO4J_URI", "docker compose up", "ONRECORD_CACHE"):
        assert words in said
    assert repository.url not in said
    assert "\n" not in said


def test_a_jar_that_no_registry_has_is_named(repository: Repository, tmp_path: Path) -> None:
    gone = Jar("org.example", "gone", "1.0", "", "0" * 64, 10)
    with pytest.raises(JarsError, match=r"org\.example:gone:1\.0: .*no package registry has it"):
        provide(release_of(gone), tmp_path)


def test_what_was_fetched_before_a_failure_is_kept(repository: Repository, release: Release, tmp_path: Path) -> None:
    gone = Jar("org.example", "gone", "1.0", "", "0" * 64, 1)
    with pytest.raises(JarsError):
        provide(release_of(*release.jars, gone), tmp_path)
    repository.asked.clear()
    provide(release, tmp_path)
    assert jars_asked(repository).keys().isdisjoint({str(release.jars[0].path)})
    assert not list(tmp_path.glob(".fetch-*"))


def test_a_folder_that_cannot_be_made_is_named(release: Release, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(FolderError, match=r"file/cache: .*not a directory.*ONRECORD_CACHE"):
        provide(release, tmp_path / "file" / "cache")


def test_what_a_killed_process_left_is_cleared_away(repository: Repository, release: Release, tmp_path: Path) -> None:
    left = tmp_path / ".fetch-abc" / "first" / "half.jar"
    left.parent.mkdir(parents=True)
    left.write_bytes(b"half")
    provide(release, tmp_path)
    assert not left.exists()


FETCH = """
import json, sys
from pathlib import Path
from graph.jars import Jar, Release, provide
jars = tuple(Jar(**jar) for jar in json.loads(sys.argv[1]))
sys.stdin.readline()
provide(Release("test", "1.0", "Main", (), {}, (), jars), Path(sys.argv[2]))
"""


def test_processes_that_start_at_once_fetch_each_jar_once(
    repository: Repository, release: Release, tmp_path: Path
) -> None:
    coordinates = json.dumps([{name: getattr(jar, name) for name in Jar.__dataclass_fields__} for jar in release.jars])
    command = [sys.executable, "-c", FETCH, coordinates, str(tmp_path / "cache")]
    racers = [subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE) for _ in range(3)]
    for racer in racers:
        assert racer.stdin is not None
        racer.stdin.write(b"\n")
        racer.stdin.close()
    assert [racer.wait(60) for racer in racers] == [0, 0, 0]
    assert set(jars_asked(repository).values()) == {1}
    assert missing(release, tmp_path / "cache") == []


# --- lock files ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", releases())
def test_a_lock_file_is_whole_and_names_no_host(name: str) -> None:
    release = load_release(name)
    assert len(release.jars) > 200
    assert len({jar.path for jar in release.jars}) == len(release.jars)
    for jar in release.jars:
        assert re.fullmatch(r"[0-9a-f]{64}", jar.sha256)
        assert jar.size > 0
    for root in release.roots:
        assert root in {str(jar) for jar in release.jars}
    assert "://" not in (ROOT / "graph" / "locks" / f"{name}.json").read_text()


def test_a_release_without_a_lock_file_is_refused_with_those_that_have_one() -> None:
    with pytest.raises(LocalDatabaseError, match=r"'4\.4'; there are: .*5\.26"):
        load_release("4.4")
    with pytest.raises(LocalDatabaseError):
        load_release("../locks/5.26")


def pom(name: str, *needs: str) -> bytes:
    dependencies = "".join(
        f"<dependency><groupId>org.example</groupId><artifactId>{need}</artifactId><version>1.0</version></dependency>"
        for need in needs
    )
    return (
        '<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion>'
        f"<groupId>org.example</groupId><artifactId>{name}</artifactId><version>1.0</version>"
        f"<dependencies>{dependencies}</dependencies></project>"
    ).encode()


def test_a_lock_is_made_of_the_whole_tree_of_its_roots(repository: Repository, tmp_path: Path) -> None:
    expected = []
    for name, needs in {"server": ["kernel", "web"], "kernel": ["io"], "web": ["io"], "io": []}.items():
        expected.append(repository.add(name, name.encode() * 10))
        repository.files[f"org/example/{name}/1.0/{name}-1.0.pom"] = pom(name, *needs)
    assert lock.resolve(["org.example:server:1.0"], tmp_path) == sorted(expected, key=str)
