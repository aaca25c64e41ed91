"""The ``onrecord`` command as people run it: real processes, a real Neo4j, pages on disk."""

from __future__ import annotations

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from graph.driver import Connection, Graph
from ingest.archive import Archive

ONRECORD = Path(sys.executable).with_name("onrecord")

PAGE = """<html><head><title>Mill news</title>
<link rel="canonical" href="https://courier.example/mill"/></head><body><article><h1>Mill news</h1>
<p>The council met on Tuesday evening and went through its papers, one after the other, until late at night.</p>
<p>“The mill was sold to nobody in the end,” said Ada Brandt, who is the mayor of the town.</p>
<p>Bram Dahl said the bridge would stay closed until the summer. Nobody in the room said anything after that.</p>
</article></body></html>"""


@pytest.fixture
def env(graph: Graph, neo4j_connection: Connection, tmp_path: Path) -> dict[str, str]:
    """The environment of a command with an empty graph and a home of its own."""
    return {
        **{name: value for name, value in os.environ.items() if not name.startswith(("NEO4J_", "ONRECORD_"))},
        "NEO4J_URI": neo4j_connection.uri,
        "NEO4J_USER": neo4j_connection.user,
        "NEO4J_PASSWORD": neo4j_connection.password,
        "NEO4J_DATABASE": neo4j_connection.database,
        "ONRECORD_HOME": str(tmp_path / "home"),
        "ONRECORD_ANNOTATOR": "rules",  # it finds the same in these pages whatever a model learns
    }


def onrecord(
    *words: str, env: dict[str, str] | None = None, given: str | None = None, cwd: Path | None = None
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(ONRECORD), *words],
        env=env,
        input=given,
        cwd=cwd,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def answer(*words: str, env: dict[str, str]) -> Any:
    done = onrecord(*words, "--json", env=env)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_help_names_every_command_and_imports_none_of_them() -> None:
    from api.cli import COMMANDS

    done = onrecord("--help")
    assert done.returncode == 0
    assert all(name in done.stdout for name in COMMANDS)
    loaded = subprocess.run(
        [sys.executable, "-c", "import sys, api.cli; print(*sys.modules)"], capture_output=True, text=True, check=True
    ).stdout.split()
    assert not {
        "neo4j",
        "spacy",
        "fastapi",
        "pydantic",
        "httpx",
        "trafilatura",
        "rich",
        "numpy",
        "torch",
        "ingest.evaluate",
    } & set(loaded)


@pytest.mark.parametrize(
    "name",
    [
        "ingest",
        "extract",
        "show",
        "claims",
        "speakers",
        "outlets",
        "search",
        "forget",
        "serve",
        "db",
        "train",
        "evaluate",
    ],
)
def test_each_command_has_help(name: str) -> None:
    done = onrecord(name, "--help")
    assert done.returncode == 0, done.stderr
    assert "Usage: onrecord " + name in done.stdout


def test_the_version_is_that_of_the_package() -> None:
    from importlib.metadata import version

    assert onrecord("--version").stdout == f"onrecord {version('onrecord')}\n"


def test_from_a_page_to_an_answer_and_out_again(env: dict[str, str], tmp_path: Path) -> None:
    page = tmp_path / "mill.html"
    page.write_text(PAGE)
    done = onrecord(
        "ingest", str(page), str(tmp_path / "missing.html"), "--as", "https://courier.example/mill", env=env
    )
    assert done.returncode == 2, "an address is stated for two sources"

    done = onrecord("ingest", str(page), str(tmp_path / "missing.html"), env=env)
    assert done.returncode == 1
    assert done.stderr == f"onrecord: {tmp_path / 'missing.html'}: no such file or folder\n"
    assert done.stdout.startswith("1 document: 1 new\n1 new version, ")
    assert "1 source failed" in done.stdout
    again = onrecord("ingest", str(page), env=env)
    assert (again.returncode, again.stderr) == (0, "")
    assert again.stdout.startswith("1 document: 1 unchanged\n0 new versions, ")
    assert "(0 new)" in again.stdout

    claims = answer("claims", env=env)
    assert claims["next_cursor"] is None
    said = {one["text"]: one for one in claims["items"]}
    mill = next(one for text, one in said.items() if "mill was sold" in text)
    [assertion] = mill["assertions"]
    assert assertion["speaker"]["name"] == "Ada Brandt"
    kept = Archive(tmp_path / "home" / "pages").load(assertion["version"]["sha256"])
    assert kept == PAGE.encode()

    listed = onrecord("claims", env=env)
    assert listed.returncode == 0
    for words in ("Ada Brandt", "mill was sold", mill["id"]):
        assert words in listed.stdout
    assert "\x1b" not in listed.stdout, "colours where nobody asked for them"

    speaker = assertion["speaker"]["id"]
    assert [one["id"] for one in answer("claims", "--speaker", speaker, env=env)["items"]] == [mill["id"]]
    assert speaker in [one["id"] for one in answer("speakers", "--q", "brandt", env=env)["items"]]
    assert mill["id"] in [one["id"] for one in answer("search", "mill", "sold", env=env)["items"]]
    assert onrecord("speakers", env=env).stdout.count(speaker) == 1

    document = assertion["document"]["id"]
    for identity in (mill["id"], assertion["id"], speaker, document, assertion["version"]["id"]):
        card = onrecord("show", identity, env=env)
        assert card.returncode == 0, card.stderr
        assert identity in card.stdout
        assert answer("show", identity, env=env)["id"] == identity
    assert assertion["cite"] in onrecord("show", assertion["id"], env=env).stdout.splitlines()

    gone = onrecord("forget", document, env=env)
    assert gone.returncode == 0
    assert gone.stdout.endswith("1 kept page deleted.\n")
    assert list((tmp_path / "home" / "pages").rglob("*.gz")) == []
    assert answer("claims", env=env)["items"] == []
    assert "Nothing found." in onrecord("claims", env=env).stdout
    assert "forgotten, and to stay out" in onrecord("ingest", str(page), env=env).stdout
    assert list((tmp_path / "home" / "pages").rglob("*.gz")) == []
    assert onrecord("show", document, env=env).returncode == 1


def test_extract_prints_one_object_a_page_and_needs_no_database(tmp_path: Path) -> None:
    for name in ("b", "a"):
        (tmp_path / f"{name}.txt").write_text(f"Note {name}\n\n“It is {name},” said Ada Brandt.\n")
    home = {**os.environ, "ONRECORD_HOME": str(tmp_path / "home"), "NEO4J_URI": "bolt://127.0.0.1:1"}
    done = onrecord("extract", "b.txt", "nothing.txt", "-", "a.txt", env=home, given="Hello from here.", cwd=tmp_path)
    assert done.returncode == 1
    assert done.stderr == "onrecord: nothing.txt: no such file or folder\n"
    objects = [json.loads(line) for line in done.stdout.splitlines()]
    assert [one["text"][:6] for one in objects] == ["Note b", "Hello ", "Note a"]
    assert "It is b" in objects[0]["assertions"][0]["text"]


def test_a_page_as_published_elsewhere(env: dict[str, str]) -> None:
    done = onrecord("ingest", "-", "--as", "https://www.gazette.example/1?utm_source=x", "--json", env=env, given=PAGE)
    assert done.returncode == 0, done.stderr
    [one] = [json.loads(line) for line in done.stdout.splitlines()]
    assert (one["source"], one["outcome"], one["url"]) == ("-", "created", "https://www.gazette.example/1")


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["claims", "--limit", "0"], "--limit"),
        (["claims", "--since", "soon"], "--since"),
        (["claims", "--directness", "straight"], "--directness"),
        (["claims", "--nonsense"], "--nonsense"),
        (["search", "?!"], "--q"),
        (["show", "nonsense"], "nonsense"),
        (["ingest"], "SOURCE"),
        (["sing"], "sing"),
        (["extract", "-", "--as", "nonsense"], "--as"),
    ],
)
def test_a_command_that_cannot_be_understood_ends_with_2(words: Sequence[str], says: str, tmp_path: Path) -> None:
    home = {**os.environ, "ONRECORD_HOME": str(tmp_path), "NEO4J_URI": "bolt://127.0.0.1:1"}
    done = onrecord(*words, env=home)
    assert done.returncode == 2
    assert says in done.stderr
    assert "Traceback" not in done.stderr


def test_what_goes_wrong_is_one_line(env: dict[str, str]) -> None:
    missing = onrecord("show", "clm-00000000000000000000", env=env)
    assert missing.returncode == 1
    assert missing.stderr == "onrecord: clm-00000000000000000000: nothing in the graph has that id\n"
    setting = onrecord("claims", env={**env, "ONRECORD_FETCH_TIMEOUT": "soon"})
    assert setting.returncode == 1
    assert setting.stderr.startswith("onrecord: ONRECORD_FETCH_TIMEOUT: ")
    down = onrecord("claims", env={**env, "NEO4J_URI": "bolt://127.0.0.1:1", "ONRECORD_DATABASE_WAIT": "0"})
    assert down.returncode == 1
    assert down.stderr.startswith("onrecord: bolt://127.0.0.1:1: ")
    cursor = onrecord("claims", "--cursor", "nonsense", env=env)
    assert cursor.returncode == 2
    assert "--cursor" in cursor.stderr
    for done in (missing, setting, down):
        assert done.stderr.count("\n") == 1
        assert done.stdout == ""


def test_hostile_names_and_ids_neither_break_the_line_nor_steer_the_terminal(
    env: dict[str, str], tmp_path: Path
) -> None:
    hostile = tmp_path / "two\nlines \x1b[31m:bomb:.txt"
    hostile.touch()
    for command in ("extract", "ingest"):
        done = onrecord(command, str(hostile), env=env)
        assert done.returncode == 1
        assert done.stderr.splitlines()[0] == f"onrecord: {tmp_path}/two\\nlines \\x1b[31m:bomb:.txt: it is empty"
    for command in ("show", "forget"):
        # A byte that is no UTF-8 comes as half a character.
        done = onrecord(command, "doc-\udcff", env=env)
        assert done.returncode == 1
        assert done.stderr.startswith("onrecord: ")
        assert done.stderr.count("\n") == 1


def test_a_page_in_another_language_is_kept_with_a_line_that_says_what_was_not_done(tmp_path: Path) -> None:
    words = "Der Minister trat am Montag vor die Presse. „Wir nehmen dieses Ergebnis nicht hin“, sagte er und ging."
    done = onrecord("extract", "-", env={**os.environ, "ONRECORD_HOME": str(tmp_path)}, given=words)
    assert done.returncode == 0
    (line,) = done.stderr.splitlines()
    assert line.startswith("onrecord: -: text in another language than English (de): ")
    assert json.loads(done.stdout)["language"] == "de"


def test_a_reader_that_leaves_is_no_error(tmp_path: Path) -> None:
    for number in range(40):
        (tmp_path / f"{number:02}.txt").write_text(f"Page {number}\n\n" + "It went on and on. " * 2000)
    process = subprocess.Popen(
        [str(ONRECORD), "extract", str(tmp_path)],
        env={**os.environ, "ONRECORD_HOME": str(tmp_path / "home")},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout
    assert process.stderr
    process.stdout.readline()
    process.stdout.close()
    assert process.stderr.read() == b""
    process.stderr.close()
    assert process.wait(60) != 0


def test_control_c_ends_with_130_and_without_a_traceback(tmp_path: Path) -> None:
    process = subprocess.Popen(
        [str(ONRECORD), "extract", "-"],
        env={**os.environ, "ONRECORD_HOME": str(tmp_path / "home")},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    deadline = time.monotonic() + 60
    # The handler is there before the command waits for its input; until then Python's own would answer.
    while time.monotonic() < deadline and not _catches(process.pid, signal.SIGINT):
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 130
    assert b"Traceback" not in errors


def _catches(pid: int, number: signal.Signals) -> bool:
    """Whether the process reads its standard input already: that is the last thing that happens there."""
    try:
        caught = int(
            next(line for line in Path(f"/proc/{pid}/status").read_text().splitlines() if "SigCgt" in line)[7:], 16
        )
        modules = Path(f"/proc/{pid}/maps").read_text()
    except (OSError, StopIteration):
        return False
    return bool(caught >> (number - 1) & 1) and "spacy" in modules


def test_serve_answers_until_it_is_told_to_stop(env: dict[str, str]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        refused = onrecord("serve", "--port", str(port), env=env)
        assert refused.returncode == 1
        assert refused.stderr.startswith(f"onrecord: 127.0.0.1:{port}: another program listens there")
    process = subprocess.Popen([str(ONRECORD), "serve", "--port", "0"], env=env, stderr=subprocess.PIPE, text=True)
    assert process.stderr
    try:
        line = process.stderr.readline()
        assert line.startswith("OnRecord answers at http://127.0.0.1:"), line
        port = int(line.split(";")[0].rpartition(":")[2])
        deadline = time.monotonic() + 60
        while True:
            try:
                connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
                connection.request("GET", "/readyz")
                assert connection.getresponse().status == 200
                break
            except ConnectionError:
                assert time.monotonic() < deadline
                time.sleep(0.05)
    finally:
        process.send_signal(signal.SIGINT)
        _, log = process.communicate(timeout=60)
    assert process.returncode == 130
    assert '"GET /readyz HTTP/1.1" 200' in log
    assert "Traceback" not in log
