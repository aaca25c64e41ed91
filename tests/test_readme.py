"""The README's commands, run in their order against the demonstration that it tells to start."""

from __future__ import annotations

import doctest
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
PROGRAMS = Path(sys.executable).parent
# The demonstration starts a Neo4j of its own, which plans every statement once; that takes minutes on a busy machine.
pytestmark = pytest.mark.timeout(900)
LIKE_DOCTEST = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE


@dataclass(frozen=True)
class Demo:
    """A demonstration that runs: its folder, where its API listens, and what it printed."""

    home: Path
    address: str
    printed: str


def environment(home: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("NEO4J_", "ONRECORD_HOME"))}
    return kept | {"ONRECORD_HOME": str(home), "COLUMNS": "100", "PATH": f"{PROGRAMS}{os.pathsep}{os.environ['PATH']}"}


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory, neo4j_connection: object) -> Iterator[Demo]:
    """Only where a Neo4j can be had at all: ``neo4j_connection`` skips, or fails, with the reason."""
    home = tmp_path_factory.mktemp("demo")
    started = subprocess.run(
        ["make", "demo", f"DEMO_HOME={home}"],
        cwd=ROOT,
        env=environment(home),
        capture_output=True,
        text=True,
        timeout=800,
    )
    try:
        assert started.returncode == 0, started.stdout + started.stderr
        yield Demo(home, json.loads((home / "api.json").read_text())["address"], started.stdout)
    finally:
        stopped = subprocess.run(
            ["make", "stop", f"DEMO_HOME={home}"],
            cwd=ROOT,
            env=environment(home),
            capture_output=True,
            text=True,
            timeout=120,
        )
    assert stopped.returncode == 0, stopped.stderr
    status = subprocess.run(["onrecord", "db", "status"], env=environment(home), capture_output=True, text=True)
    assert status.returncode == 1, f"the demonstration's Neo4j still runs: {status.stdout}"


def blocks() -> list[tuple[str, str]]:
    """Each command of the README that shows what it prints, and what that is."""
    found = re.findall(r"```console\n\$ (.+?)\n(.*?)```", README, re.DOTALL)
    assert found
    return found


def test_the_demonstration_answers_five_questions(demo: Demo) -> None:
    for number in range(1, 6):
        assert re.search(rf"^{number}\. .*\?", demo.printed, re.MULTILINE), f"question {number} is missing"
    assert "Nothing: " in demo.printed
    assert f"{demo.address}/docs" in demo.printed
    assert "make stop" in demo.printed


@pytest.mark.parametrize(("command", "printed"), blocks())
def test_command_prints_what_the_readme_shows(demo: Demo, command: str, printed: str) -> None:
    command = command.replace("http://127.0.0.1:8000", demo.address)
    done = subprocess.run(
        ["bash", "-c", command], cwd=ROOT, env=environment(demo.home), capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stderr
    same = doctest.OutputChecker().check_output(printed, done.stdout, LIKE_DOCTEST)
    assert same, f"{command} prints:\n{done.stdout}"


def test_each_command_that_is_named_exists() -> None:
    named = set(re.findall(r"`onrecord (?!db)([a-z]+)", README)) | {"db"}
    assert len(named) > 5
    for name in sorted(named):
        done = subprocess.run([PROGRAMS / "onrecord", name, "--help"], capture_output=True, text=True, timeout=60)
        assert done.returncode == 0, f"onrecord {name}: {done.stderr}"


def test_links_and_pictures_are_there() -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", README):
        assert target.startswith("http") or (ROOT / target).exists(), target
