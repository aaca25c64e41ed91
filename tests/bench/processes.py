"""Runs whole processes and asks what they took."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import psutil

ROOT = Path(__file__).parents[2]
PYTHON = Path(sys.executable)
ONRECORD = PYTHON.parent / "onrecord"

MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class Ran:
    """A process that has ended: exit status, seconds by the clock, the most memory it held (bytes), what it printed."""

    status: int
    seconds: float
    peak_bytes: int
    out: bytes
    err: bytes


def environment(home: Path, **more: str) -> dict[str, str]:
    """The environment of a process of ours with ``home`` as ``ONRECORD_HOME`` and no server named."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("NEO4J_", "ONRECORD_"))}
    return {**kept, "ONRECORD_HOME": str(home), **more}


def ran(command: Sequence[str | Path], env: Mapping[str, str], *, out: Path, timeout_s: float) -> Ran:
    """Runs ``command`` to its end, its streams kept in files below ``out``, and reports its own peak of
    memory, as far as it was seen.

    Raises:
        TimeoutError: it ran longer than ``timeout_s`` and was killed.
    """
    out.mkdir(parents=True, exist_ok=True)
    stdout, stderr = out / "stdout", out / "stderr"
    with stdout.open("wb") as to_out, stderr.open("wb") as to_err:
        start = time.perf_counter()
        process = subprocess.Popen(
            [str(part) for part in command], env=dict(env), stdin=subprocess.DEVNULL, stdout=to_out, stderr=to_err
        )
        watched = psutil.Process(process.pid)
        peak = 0
        while process.poll() is None:
            if time.perf_counter() - start > timeout_s:
                process.kill()
                process.wait()
                raise TimeoutError(f"{' '.join(map(str, command))} ran longer than {timeout_s:.0f} s")
            with suppress(psutil.Error, OSError):
                peak = max(peak, highest(watched))
            time.sleep(0.005)
        seconds = time.perf_counter() - start
    return Ran(process.returncode, seconds, peak, stdout.read_bytes(), stderr.read_bytes())


def highest(process: psutil.Process) -> int:
    """The most memory that a running process has held, where the system tells; otherwise what it holds now.

    What the system tells when a process has ended will not do: Linux lets a child begin with its parent's peak.
    """
    status = Path(f"/proc/{process.pid}/status")
    if status.exists():
        for line in status.read_text().splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) * 1024
    return int(process.memory_info().rss)


def resident(pid: int) -> int:
    """Bytes of memory that a running process and its children hold now."""
    process = psutil.Process(pid)
    total = int(process.memory_info().rss)
    for child in process.children(recursive=True):
        with suppress(psutil.NoSuchProcess):
            total += int(child.memory_info().rss)
    return total
