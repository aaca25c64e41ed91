"""``python -m tests.bench``: measures, prints a table, and writes ``bench-results.json``.

Exit status 1 where a target was missed or a group failed.
"""

from __future__ import annotations

import argparse
import importlib
import json
import os
import platform
import sys
import tempfile
import time
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console
from rich.table import Table

from tests.bench.bench import Bench
from tests.bench.figures import Figure, show

# In this order: what needs no server first, and the large graph last.
GROUPS = ("startup", "extract", "model", "local", "store", "pages_flat", "rest", "saved", "backup")
APART = ("claims",)
"""Measured where it is asked for: it fills a database of its own size."""
RESULTS = Path("bench-results.json")


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description="Measures OnRecord on this machine.")
    known = (*GROUPS, *APART)
    parser.add_argument(
        "--only", metavar="NAME", action="append", choices=known, help=f"one of {', '.join(known)}; may be repeated"
    )
    parser.add_argument(
        "--assertions", metavar="N", type=int, default=100_000, help="in the large graph (default: 100000)"
    )
    parser.add_argument("--out", metavar="FILE", type=Path, default=RESULTS, help=f"default: {RESULTS}")
    chosen = parser.parse_args()
    groups = [name for name in known if name in (chosen.only or GROUPS)]

    progress = Console(stderr=True)
    figures: list[Figure] = []
    failures: dict[str, str] = {}
    seconds: dict[str, float] = {}
    with (
        tempfile.TemporaryDirectory(prefix="onrecord-bench-", ignore_cleanup_errors=True) as folder,
        closing(Bench(Path(folder), assertions=chosen.assertions, console=progress)) as bench,
    ):
        for name in groups:
            progress.print(f"[bold]{name}[/]")
            before = time.perf_counter()
            try:
                for figure in importlib.import_module(f"tests.bench.{name}").measure(bench):
                    figures.append(figure)
                    progress.print(f"  {figure.name}: {figure.value:,.4g} {figure.unit}", highlight=False, markup=False)
            except Exception as error:
                # One group that cannot be measured must not hide the others' figures.
                failures[name] = f"{type(error).__name__}: {error}"
                progress.print_exception()
            seconds[name] = round(time.perf_counter() - before, 1)

    # Memory is noted by whoever ran the process, and shown in one place.
    order = {name: place for place, name in enumerate(dict.fromkeys(figure.group for figure in figures))}
    figures.sort(key=lambda figure: (figure.group == "memory", order[figure.group]))
    console = Console(width=max(Console().width, 150)) if not sys.stdout.isatty() else Console()
    show(figures, console)
    missed = [figure for figure in figures if figure.met is False]
    if missed or failures:
        table = Table(title="Not as it should be", title_justify="left", show_header=False)
        for figure in missed:
            assert figure.target is not None
            table.add_row(
                f"{figure.group}: {figure.name}",
                f"{figure.value:,.4g} {figure.unit}, wanted {figure.target.sense} {figure.target.limit:g}",
            )
        for name, reason in failures.items():
            table.add_row(name, f"could not be measured: {reason}")
        console.print(table)

    written = {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "python": platform.python_version(),
        "cores": os.cpu_count(),
        "assertions": chosen.assertions,
        "seconds": seconds,
        "figures": [figure.as_json() for figure in figures],
        "failures": failures,
    }
    chosen.out.write_text(json.dumps(written, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    console.print(f"[dim]{sum(seconds.values()):.0f} s in all; written to {chosen.out}[/]", highlight=False)
    return 1 if missed or failures else 0


if __name__ == "__main__":
    sys.exit(main())
