"""``onrecord db`` as people call it: a process, its output, its exit status."""

from __future__ import annotations

import json
import os
import pty
import re
import shlex
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


def test_the_release_is_told_and_another_is_refused(home: Path) -> None:
    assert json.loads(onrecord("db", "status", "--json", home=home).stdout)["release"] == "5.26"
    done = onrecord("db", "up", "--release", "2026.08", home=home)
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert "made by Neo4j 5.26, and 2026.08 was asked for" in done.stderr
    refused = onrecord("db", "up", home=home, ONRECORD_NEO4J_RELEASE="2026.08")
    assert refused.stderr == done.stderr


def test_export_and_import_say_what_they_did(home: Path, tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_text("Ada Brandt said: “The bridge is closed.”\n")
    assert onrecord("ingest", str(page), home=home, ONRECORD_ANNOTATOR="rules").returncode == 0
    backup = tmp_path / "graph.jsonl.gz"
    done = onrecord("db", "export", str(backup), home=home)
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    match = re.fullmatch(rf"{re.escape(str(backup))}: (\d+) nodes and (\d+) relationships, 0\.0 MB\n", done.stdout)
    assert match, done.stdout
    again = onrecord("db", "import", str(backup), home=home)
    assert again.returncode == 0, again.stderr
    assert again.stdout == f"{backup}: {match[1]} nodes (0 new) and {match[2]} relationships (0 new)\n"
    facts = json.loads(onrecord("db", "import", "--json", str(backup), home=home).stdout)
    assert (facts["nodes"], facts["of_nodes"]) == (0, int(match[1]))


def test_a_broken_backup_is_one_line(home: Path, tmp_path: Path) -> None:
    backup = tmp_path / "graph.jsonl.gz"
    assert onrecord("db", "export", str(backup), home=home).returncode == 0
    backup.write_bytes(backup.read_bytes()[:-20])
    done = onrecord("db", "import", str(backup), home=home)
    assert done.returncode == 1
    assert (
        done.stderr == f"onrecord: {backup}: the backup is damaged (it ends too early); nothing of it can be trusted\n"
    )


LIMITED = """
import resource, sys
resource.setrlimit(resource.RLIMIT_FSIZE, (300, 300))
from api.cli import main
main()
"""


def test_a_file_that_cannot_grow_any_more_leaves_nothing_behind(home: Path, tmp_path: Path) -> None:
    """The kernel refuses every byte beyond a limit, as it does on a disk that is full."""
    backup = tmp_path / "backups" / "graph.jsonl.gz"
    backup.parent.mkdir()
    assert onrecord("db", "export", str(backup), home=home).returncode == 0
    before = backup.read_bytes()
    assert len(before) > 300
    command = [sys.executable, "-c", LIMITED, "db", "export", str(backup)]
    done = subprocess.run(command, cwd=ROOT, env=environment(home), capture_output=True, text=True)
    assert done.returncode == 1
    assert done.stderr == f"onrecord: {backup}: the backup cannot be written (file too large)\n"
    assert list(backup.parent.iterdir()) == [backup]
    assert backup.read_bytes() == before


def test_a_full_disk_leaves_nothing_behind(home: Path, tmp_path: Path) -> None:
    """A disk of one page, where the system lets a user mount one."""
    onrecord("db", "up", home=home)
    folder = tmp_path / "disk"
    folder.mkdir()
    inner = shlex.join([*COMMAND, "db", "export", str(folder / "graph.jsonl.gz")])
    script = f"mount -t tmpfs -o size=4k none {folder} || exit 77; {inner}; code=$?; ls -A {folder}; exit $code"
    done = subprocess.run(
        ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c", script]
        if os.geteuid()
        else ["unshare", "--mount", "sh", "-c", script],
        cwd=ROOT,
        env=environment(home),
        capture_output=True,
        text=True,
    )
    if done.returncode == 77 or "unshare" in done.stderr:
        pytest.skip(f"no disk can be mounted here: {done.stderr.strip()}")
    assert done.returncode == 1
    assert done.stderr.startswith(f"onrecord: {folder / 'graph.jsonl.gz'}: the backup cannot be written (no space left")
    assert done.stdout == ""


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
    refused = onrecord("db", "up", "--release", "2026.08", home=tmp_path, **more)
    assert refused.returncode == 1
    assert "--release is for the local Neo4j" in refused.stderr
    assert facts["uri"] == neo4j_connection.address
    done = onrecord("db", "up", home=tmp_path, **more)
    assert done.returncode == 0
    assert "no local one to start" in done.stderr
    assert neo4j_connection.password not in done.stdout + done.stderr
    done = onrecord("db", "down", home=tmp_path, **more)
    assert done.returncode == 0
    assert "was left alone" in done.stderr
    assert not (tmp_path / "neo4j").exists()


@pytest.mark.parametrize("command", ["export", "import"])
def test_a_wrong_password_is_told_and_nothing_is_made(
    neo4j_connection: Connection, tmp_path: Path, command: str
) -> None:
    # A user of its own, since after some wrong passwords a server refuses the right one for a while.
    more = named(neo4j_connection) | {"NEO4J_USER": f"nobody-{command}", "NEO4J_PASSWORD": "hidden-word"}
    done = onrecord("db", command, str(tmp_path / "graph.jsonl.gz"), home=tmp_path, **more)
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert f"the server refuses user 'nobody-{command}'" in done.stderr
    assert "hidden-word" not in done.stdout + done.stderr
    assert list(tmp_path.glob("*.gz*")) == []


def test_on_a_terminal_an_export_shows_how_far_it_is(
    neo4j_connection: Connection, graph: Graph, tmp_path: Path
) -> None:
    graph.execute("UNWIND range(1, 3000) AS n CREATE (:Claim {id: 'clm-' + n, text: 'x'})")
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [*COMMAND, "db", "export", str(tmp_path / "graph.jsonl.gz")],
        cwd=ROOT,
        env=environment(tmp_path, TERM="xterm", **named(neo4j_connection)),
        stdout=subprocess.PIPE,
        stderr=theirs,
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
    out = process.communicate()[0]
    os.close(ours)
    assert b"writing" in seen
    assert b"%" in seen
    assert b"3,000 nodes and 0 relationships" in out
    assert b"\x1b" not in out


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
