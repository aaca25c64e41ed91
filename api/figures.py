"""What evaluations measured, as people read it on a terminal: per cent, with intervals, the worst first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from api.plain import clean
from ingest.evaluate.folds import Spread

WORST = 10
_SHARES = frozenset({"directness", "polarity", "certainty"})


def report(answer: Mapping[str, Any], annotator: str, *, worst: int = WORST) -> RenderableType:
    """The answer of ``Report.as_json``: its figures, its confidences, and the texts that it did worst on."""
    table = _table("", "F1", "95 %", "precision", "recall", "right", "found", "wanted")
    for name, one in answer["figures"].items():
        interval = f"{_cent(one['f1_low'])} to {_cent(one['f1_high'])}"
        told = "precision" in one and name not in _SHARES
        shares = (_cent(one["precision"]), _cent(one["recall"])) if told else ("", "")
        counts = (f"{one[side]:,.0f}" if side in one else "" for side in ("right", "found", "wanted"))
        table.add_row(name.replace("_", " "), _cent(one["f1"]), interval, *shares, *counts)
    parts: list[RenderableType] = [Text(f"{answer['task']}: {answer['texts']:,} texts, annotator {annotator}"), table]
    if confidence := answer.get("confidence"):
        parts += [Text(), _confidence(confidence)]
    if rows := answer["worst"][:worst]:
        parts += [Text(), _worst(rows)]
    return Group(*parts)


def pair_report(answer: Mapping[str, Any], *, worst: int = WORST) -> RenderableType:
    """The answer of ``PairReport.as_json``: its figures, and the pairs that were judged wrongly, the surest first."""
    table = _table("", "%", "95 %")
    for name, one in answer["figures"].items():
        table.add_row(name.replace("_", " "), _cent(one["value"]), f"{_cent(one['low'])} to {_cent(one['high'])}")
    title = f"{answer['task']}: {answer['pairs']:,} pairs in {answer['groups']:,} groups, judged by {answer['judge']}"
    parts: list[RenderableType] = [Text(title), table]
    if rows := answer["wrong"][:worst]:
        wrong = Table(box=None, pad_edge=False, header_style="dim")
        for column in ("label", "judged", "confidence", "first", "second"):
            wrong.add_column(column, overflow="fold")
        for row in rows:
            texts = (Text(clean(str(row[side]))[:160]) for side in ("a", "b"))
            wrong.add_row(row["label"], row["judged"], _cent(row["confidence"]), *texts)
        parts += [Text(), wrong]
    return Group(*parts)


def spreads(figures: Mapping[str, Spread], runs: int) -> RenderableType:
    """Figures of several training runs."""
    table = _table("", "mean", "deviation", "lowest", "highest")
    for name, one in figures.items():
        table.add_row(name.replace("_", " "), *(f"{v:.1f}" for v in (one.mean, one.deviation, one.low, one.high)))
    return Group(Text(f"{runs} runs, the best epoch of each"), table)


def speakers(answer: Mapping[str, Any], annotator: str, *, worst: int = WORST) -> RenderableType:
    """The answer of ``SpeakerReport.as_json``: its figures, methods, worst texts, and each speaker that is wrong."""
    whose = "people's attributions" if answer["attributions"] == "gold" else "attributions found"
    counted = f"{answer['labels']:,} labels ({answer['open']} open) in {answer['texts']:,} texts"
    table = _table("", "share", "95 %", "count", "of")
    for name, one in answer["figures"].items():
        if one["of"]:
            interval = f"{_cent(one['low'])} to {_cent(one['high'])}"
            table.add_row(name, _cent(one["share"]), interval, f"{one['count']:,}", f"{one['of']:,}")
    methods = _table("method", "answers", "right", "precision")
    for row in answer["methods"]:
        methods.add_row(Text(clean(row["method"])), f"{row['answers']:,}", f"{row['right']:,}", _cent(row["precision"]))
    texts = _table("worst", "right", "of")
    for row in answer["worst"][:worst]:
        texts.add_row(Text(clean(row["article"])), f"{row['right']:,}", f"{row['of']:,}")
    wrong = [Text(clean(_wrong(row)), overflow="fold") for row in answer["wrong"]]
    heading = Text(f"speakers: {counted}, {whose}, annotator {annotator}")
    return Group(heading, table, Text(), methods, Text(), texts, Text(), Text(f"wrong: {len(wrong)}"), *wrong)


def _wrong(row: Mapping[str, Any]) -> str:
    answer = row["answer"]
    given = f"{answer['name']} ({answer['kind']}, {answer['method']})" if answer["name"] else answer["status"]
    wanted = " or ".join(row["label"]["names"]) or row["label"]["kinds"][0]
    start = row["content"][0][0]
    return f"{row['article']} at {start}: {row['words'] or '(no source)'}: {given}, but it is {wanted}"


def _confidence(confidence: Mapping[str, Any]) -> RenderableType:
    table = _table("confidence", "found", "mean confidence", "wholly right")
    for row in confidence["bins"]:
        bounds = f"{row['low']:.1f} to {row['high']:.1f}"
        table.add_row(bounds, f"{row['count']:,}", _cent(row["confidence"]), _cent(row["right"]))
    error = f"{100 * confidence['error']:.1f}"
    return Group(Text(f"Expected calibration error of whole attributions: {error} points over ten bins"), table)


def _worst(rows: Sequence[Mapping[str, Any]]) -> RenderableType:
    table = _table("worst", "F1", "right", "found", "wanted")
    for row in rows:
        counts = (f"{row[side]:,.0f}" for side in ("right", "found", "wanted"))
        table.add_row(Text(clean(row["article"])), _cent(row["f1"]), *counts)
    return table


def _table(first: str, *numbers: str) -> Table:
    table = Table(box=None, pad_edge=False, header_style="dim")
    table.add_column(first, overflow="fold")
    for name in numbers:
        table.add_column(name, justify="right", no_wrap=True)
    return table


def _cent(share: float) -> str:
    return f"{100 * share:.1f}"
