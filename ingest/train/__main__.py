"""``python -m ingest.train --data DIR --out DIR [--resume]``: ``onrecord train`` where the command is not installed."""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

from ingest.errors import OnRecordError
from ingest.train import start
from ingest.train.config import DEFAULT


def main(arguments: list[str] | None = None) -> int:
    """Trains; progress goes to standard error. Answers the exit status."""
    parser = argparse.ArgumentParser(prog="python -m ingest.train")
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--config", type=Path, default=DEFAULT)
    parser.add_argument("--resume", action="store_true")
    parser.add_argument("--export", type=Path)
    chosen = parser.parse_args(arguments)
    try:
        if chosen.export:
            start.export(chosen.data, chosen.out, chosen.export, _report)
        else:
            start.train(start.Run(chosen.data, chosen.out, chosen.config, resume=chosen.resume), _report)
    except OnRecordError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def _report(line: str) -> None:
    print(f"{time.strftime('%H:%M:%S')} {line}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    raise SystemExit(main())
