"""Memory stays bounded whatever a page holds, and however many pages one process reads."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import psutil
import pytest

from tests.bench.pages import page
from tests.bench.processes import MEGABYTE, ONRECORD, Ran, environment, ran
from tests.soak.invariants import check_extraction

pytestmark = [pytest.mark.soak, pytest.mark.timeout(1_800)]

SENTENCE = "“The harbour wall will stay closed until March,” Mayor Odette Quill told the Saltmarsh Courier on Tuesday. "


def extract(source: Path, *, timeout_s: float) -> Ran:
    """``onrecord extract SOURCE`` as a whole process, with the rules: each sentence here is to be one attribution."""
    folder = source.parent
    env = environment(folder / "home", ONRECORD_ANNOTATOR="rules")
    run = ran([ONRECORD, "extract", source], env, out=folder / "out", timeout_s=timeout_s)
    print(f"{source.name}: {run.seconds:.1f} s, {run.peak_bytes / MEGABYTE:.0f} MB, status {run.status}")
    assert b"Traceback" not in run.err
    return run


def html(body: str) -> str:
    return f"<!doctype html><html><head><title>Large</title></head><body><article>{body}</article></body></html>"


def refused(run: Ran, source: Path) -> None:
    """It ended with status 1 and one line that names the source."""
    assert run.status == 1
    lines = run.err.decode().strip().splitlines()
    assert len(lines) >= 1
    assert any(str(source) in line or source.name in line for line in lines), lines
    assert run.out == b""


@pytest.mark.parametrize("kind", ["html", "txt"])
def test_a_page_of_50_megabytes_is_refused_without_being_read_into_memory_many_times(tmp_path: Path, kind: str) -> None:
    text = SENTENCE * (50_000_000 // len(SENTENCE.encode()))
    source = tmp_path / f"large.{kind}"
    source.write_text(html(f"<p>{text}</p>") if kind == "html" else text, encoding="utf-8")
    run = extract(source, timeout_s=120)
    refused(run, source)
    assert run.peak_bytes < 500 * MEGABYTE


def test_a_million_nested_lists_are_refused(tmp_path: Path) -> None:
    source = tmp_path / "nested.html"
    source.write_text(html("<ul><li>" * 1_000_000 + "deep" + "</li></ul>" * 1_000_000), encoding="utf-8")
    run = extract(source, timeout_s=120)
    refused(run, source)
    assert run.peak_bytes < 1_000 * MEGABYTE


@pytest.mark.parametrize("kind", ["html", "txt"])
def test_a_paragraph_of_5_megabytes_is_read_in_bounded_memory(tmp_path: Path, kind: str) -> None:
    count = 5_000_000 // len(SENTENCE.encode())
    source = tmp_path / f"paragraph.{kind}"
    source.write_text(html(f"<p>{SENTENCE * count}</p>") if kind == "html" else SENTENCE * count, encoding="utf-8")
    run = extract(source, timeout_s=900)
    assert run.status == 0, run.err.decode()
    [line] = run.out.splitlines()
    found = json.loads(line)
    # Each sentence is one attribution; a last one may be cut at the edge of the text.
    assert len(found["assertions"]) >= count - 1
    for assertion in found["assertions"]:
        assert " […] ".join(found["text"][a:b] for a, b in assertion["content"]) == assertion["text"]
    assert run.peak_bytes < 2_500 * MEGABYTE


def test_one_process_does_not_grow_with_the_number_of_pages() -> None:
    from ingest.annotate import load
    from ingest.model import Fetched
    from ingest.run import extract as extract_one

    annotator = load("rules")
    process = psutil.Process()

    def read(first: int, last: int) -> int:
        for number in range(first, last):
            name, text = page(number)
            kind = "text/html" if name.endswith(".html") else "text/plain"
            check_extraction(
                extract_one(Fetched(name, text.encode(), None, kind, "utf-8", datetime.now(UTC)), annotator)
            )
        return int(process.memory_info().rss)

    # New words fill spaCy's store of strings for a while, so growth is looked for after that.
    early = read(0, 400)
    late = read(400, 1_600)
    print(f"{early / MEGABYTE:.0f} MB after 400 pages, {late / MEGABYTE:.0f} MB after 1,600")
    assert late - early < 40 * MEGABYTE
