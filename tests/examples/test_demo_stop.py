"""What the demonstration leaves running is ended, and nothing else is."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from examples import demo


@pytest.fixture
def api() -> Iterator[subprocess.Popen[bytes]]:
    """A process that stands for an API whose database is gone: it is there, and nothing answers at its address."""
    with subprocess.Popen([sys.executable, "-c", "import time; time.sleep(300)"]) as process:
        yield process
        process.kill()


def record(home: Path, process: subprocess.Popen[bytes], *, older_by: float = 0.0) -> None:
    started = psutil.Process(process.pid).create_time() - older_by
    state = {"pid": process.pid, "started": started, "address": "http://127.0.0.1:9"}
    (home / "api.json").write_text(json.dumps(state))


def test_an_api_that_is_not_ready_is_ended_too(tmp_path: Path, api: subprocess.Popen[bytes]) -> None:
    record(tmp_path, api)
    assert demo.end_api(tmp_path)
    assert not psutil.pid_exists(api.pid)
    assert not demo.end_api(tmp_path), "it was ended before"


def test_a_process_that_has_the_id_of_an_api_by_now_is_left_alone(tmp_path: Path, api: subprocess.Popen[bytes]) -> None:
    record(tmp_path, api, older_by=60)
    assert not demo.end_api(tmp_path)
    assert api.poll() is None


@pytest.mark.parametrize("state", ["", "[]", "{}", '{"pid": "x", "started": 1}', '{"pid": 1, "started": null}'])
def test_a_damaged_record_ends_nothing(tmp_path: Path, state: str) -> None:
    (tmp_path / "api.json").write_text(state)
    assert not demo.end_api(tmp_path)
