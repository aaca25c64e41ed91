"""``python -m ingest.evaluate attribution|ner|sentences --data PATH [--json] [--annotator NAME]``."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from ingest.annotate import load
from ingest.errors import OnRecordError
from ingest.evaluate.run import TASKS, as_json, as_text, evaluate


def main(arguments: list[str] | None = None) -> int:
    """Prints the report on standard output. Answers the exit status."""
    parser = argparse.ArgumentParser(prog="python -m ingest.evaluate", description="Scores an annotator on gold data.")
    parser.add_argument("task", choices=list(TASKS))
    parser.add_argument(
        "--data", type=Path, required=True, help="the gold set: a folder, or a file of names or sentences"
    )
    parser.add_argument("--annotator", default="rules")
    parser.add_argument("--json", action="store_true", help="one line of JSON instead of a table")
    chosen = parser.parse_args(arguments)
    try:
        report = evaluate(chosen.task, chosen.data, load(chosen.annotator))
    except OnRecordError as error:
        print(error, file=sys.stderr)
        return 1
    for line in [as_json(report)] if chosen.json else as_text(report):
        print(line)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
