"""``onrecord db`` as people call it: a process, its output, its exit status."""

from __future__ import annotations

import json
import os
import pty
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from graph.driver import Connection, Graph
from graph.errors import GraphError
from graph.jars import load_release, provide
from graph.local import LocalNeo4j, default_cache

ROOT = Path(__file__).parents[2]
CACHE = Path(os.environ["ONRECORD_CACHE"]) if os.environ.get("ONRECORD_CACHE") else default_cache()
COMMAND = [sys.executable, "-c", "from api.cli import main; main()"]


def environment(home: Path, **more: str) -> dict[str, str]:
    """Of the caller, without what would name another database or open a window."""
    kept = {n: v for n, v in os.environ.items() if not n.startswith(("NEO4J_", "ONRECORD_", "DISPLAY", "WAYLAND"))}
    return kept | {"ONRECORD_HOME": str(home), "ONRECORD_CACHE": str(CACHE), **more}


def onrecord(*arguments: str, home: Path, **more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*COMMAND, *arguments],
        cwd=ROOT,
        env=environment(home, **more),
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        timeout=280,
    )


def named(connection: Connection) -> dict[str, str]:
    """The variables that name a server."""
    return {
        "NEO4J_URI": connection.uri,
        "NEO4J_USER": connection.user,
        "NEO4J_PASSWORD": connection.password,
        "NEO4J_DATABASE": connection.database,
    }


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    try:
        provide(load_release(), CACHE / "jars")
    except GraphError as error:
        if os.environ.get("CI") == "true":
            raise
        pytest.skip(f"no local Neo4j: {error}")
    folder = tmp_path_factory.mktemp("home")
    yield folder
    LocalNeo4j(folder).down(patience_s=0)


# --- the local one, from its start to its end --------------------------------------------------------------------


def test_before_its_start_status_says_how_to_start_it(home: Path) -> None:
    done = onrecord("db", "status", home=home)
    assert done.returncode == 1
    assert "not started" in done.stdout
    assert "onrecord db up" in done.stdout
    assert str(home / "neo4j") in done.stdout
    assert done.stderr == ""


def test_up_starts_it_and_says_where_it_is(home: Path) -> None:
    done = onrecord("db", "up", home=home)
    assert done.returncode == 0, done.stderr
    assert "bolt://127.0.0.1:" in done.stdout
    assert "/browser/?dbms=bolt://127.0.0.1:" in done.stdout
    assert "onrecord db down" in done.stderr
    assert "\x1b" not in done.stdout + done.stderr, "no colours and no bars where there is no terminal"


def test_up_again_joins_it(home: Path) -> None:
    before = json.loads(onrecord("db", "status", "--json", home=home).stdout)
    assert json.loads(onrecord("db", "up", "--json", home=home).stdout)["pid"] == before["pid"]


def test_status_tells_what_runs(home: Path) -> None:
    done = onrecord("db", "status", "--json", home=home)
    assert done.returncode == 0
    facts = json.loads(done.stdout)
    assert facts["state"] == "running"
    assert psutil.pid_exists(facts["pid"])
    assert facts["version"] == load_release().version
    assert facts["memory_bytes"] > 100e6
    assert facts["store_bytes"] > 0
    read = onrecord("db", "status", home=home).stdout
    for words in ("running (the local Neo4j)", facts["uri"], facts["browser"], str(facts["pid"]), "MB"):
        assert words in read


def test_schema_is_applied_and_shown(home: Path) -> None:
    done = onrecord("db", "schema", "--json", home=home)
    assert done.returncode == 0, done.stderr
    facts = json.loads(done.stdout)
    assert facts["version"] == len(facts["steps"]) > 0
    assert f"has schema {facts['version']}." in onrecord("db", "schema", home=home).stdout


def test_browser_tells_how_to_sign_in(home: Path) -> None:
    done = onrecord("db", "browser", home=home)
    assert done.returncode == 0, done.stderr
    lines = dict(line.split(":", 1) for line in done.stdout.splitlines()[:3])
    assert "/browser/?dbms=bolt://127.0.0.1:" in lines["Neo4j Browser"]
    password = Path(lines["Password"].strip().removeprefix("in the file "))
    assert stat.S_IMODE(password.stat().st_mode) == 0o600
    secret = password.read_text().strip()
    assert secret not in done.stdout + done.stderr
    uri = lines["Neo4j Browser"].partition("dbms=")[2].strip()
    with Graph.connect(Connection(uri, lines["User name"].strip(), secret)) as graph:
        assert graph.ping() == load_release().version


def test_down_stops_it_and_a_second_down_finds_nothing(home: Path) -> None:
    pid = json.loads(onrecord("db", "status", "--json", home=home).stdout)["pid"]
    done = onrecord("db", "down", home=home)
    assert (done.returncode, done.stdout) == (0, "The local Neo4j was stopped.\n")
    assert not psutil.pid_exists(pid) or psutil.Process(pid).status() == psutil.STATUS_ZOMBIE
    again = onrecord("db", "down", home=home)
    assert (again.returncode, again.stdout) == (0, "The local Neo4j was not running.\n")


# --- what goes wrong, and a server of one's own ------------------------------------------------------------------


def test_a_start_that_fails_shows_the_end_of_the_log(home: Path, tmp_path: Path) -> None:
    done = onrecord("db", "up", home=tmp_path, ONRECORD_NEO4J_HEAP="1k")
    assert done.returncode == 1
    assert (
        "onrecord: the local Neo4j ended: Initial heap size set to a larger value than the maximum"
        in done.stderr.splitlines()[-1]
    )
    assert "Error occurred during initialization of VM" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_folder_that_cannot_be_written_is_one_line(home: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    done = onrecord("db", "up", home=tmp_path / "file")
    assert done.returncode == 1
    assert done.stderr.startswith("onrecord: ")
    assert done.stderr.count("\n") == 1
    assert "ONRECORD_HOME" in done.stderr


def test_without_a_network_the_ways_out_are_named(tmp_path: Path) -> None:
    settings = tmp_path / "jgo.conf"
    settings.write_text("[repositories]\ncentral = http://127.0.0.1:9\n")
    more = {"ONRECORD_CACHE": str(tmp_path / "empty"), "JGO_CONFIG_FILE": str(settings)}
    done = onrecord("db", "up", home=tmp_path / "home", **more)
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    for words in ("cannot be reached", "NEO4J_URI", "docker compose up", "ONRECORD_CACHE"):
        assert words in done.stderr


def test_on_a_terminal_the_fetch_shows_a_bar_on_standard_error(tmp_path: Path) -> None:
    settings = tmp_path / "jgo.conf"
    settings.write_text("[repositories]\ncentral = http://127.0.0.1:9\n")
    more = {"ONRECORD_CACHE": str(tmp_path / "empty"), "JGO_CONFIG_FILE": str(settings), "TERM": "xterm"}
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [*COMMAND, "db", "up"], cwd=ROOT, env=environment(tmp_path, **more), stdout=subprocess.PIPE, stderr=theirs
    )
    os.close(theirs)
    seen = b""
    while True:
        try:
            seen += (piece := os.read(ours, 65536))
        except OSError:
            break
        if not piece:
            break
    assert process.communicate()[0] == b""
    os.close(ours)
    assert b"\x1b[" in seen
    assert b"cannot be reached" in seen.replace(b"\r\n", b" ")


def test_a_server_of_ones_own_is_used_and_left_alone(neo4j_connection: Connection, tmp_path: Path) -> None:
    more = named(neo4j_connection)
    facts = json.loads(onrecord("db", "status", "--json", home=tmp_path, **more).stdout)
    assert facts["state"] == "external"
    assert facts["uri"] == neo4j_connection.address
    done = onrecord("db", "up", home=tmp_path, **more)
    assert done.returncode == 0
    assert "no local one to start" in done.stderr
    assert neo4j_connection.password not in done.stdout + done.stderr
    done = onrecord("db", "down", home=tmp_path, **more)
    assert done.returncode == 0
    assert "was left alone" in done.stderr
    assert not (tmp_path / "neo4j").exists()


def test_a_server_of_ones_own_that_does_not_answer(tmp_path: Path) -> None:
    done = onrecord("db", "status", home=tmp_path, NEO4J_URI="bolt://127.0.0.1:9", NEO4J_PASSWORD="hidden-word")
    assert done.returncode == 1
    assert "no answer" in done.stdout
    assert "hidden-word" not in done.stdout + done.stderr


def test_the_users_home_folder_is_not_the_home_of_onrecord(tmp_path: Path) -> None:
    everything = environment(tmp_path, HOME=str(tmp_path))
    del everything["ONRECORD_HOME"]
    command = [*COMMAND, "db", "status", "--json"]
    done = subprocess.run(command, cwd=ROOT, env=everything, capture_output=True, text=True)
    assert Path(json.loads(done.stdout)["folder"]).parent != tmp_path
