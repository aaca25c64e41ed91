"""Reads ``speakers.yaml`` and tells what comes out otherwise than it was labelled."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from ingest import claims
from ingest.annotate.layout import paragraphs
from ingest.annotate.sentences import sentences
from ingest.model import BODY, Annotations, Assertion, Container, Coreference, Name, Span
from tests.eval.marked import unmarked
from tests.ingest.claims.pages import page

FILE = Path(__file__).parent / "speakers.yaml"
CASES: list[dict[str, Any]] = yaml.safe_load(FILE.read_text(encoding="utf-8"))

_LINK = re.compile(r"(.+) -> (.+) (0\.\d+)")


def wrong(case: dict[str, Any]) -> list[str]:
    """A line for each attribution of a case whose speaker is not the one labelled."""
    found = _found(case)
    return [
        f"{case['case']}, {number}: {_told(found.get(number), label)}, not {label}"
        for number, label in case["is"].items()
        if _told(found.get(number), label) != label
    ]


def _found(case: dict[str, Any]) -> dict[int, Assertion]:
    text, marked = unmarked(case["text"])
    container: Container = BODY
    if "comment" in case:
        above = [(author, None, said) for author, said in case.get("answers", {}).items()]
        container = len(above)
        document = page("Nothing else.", comments=[*above, (case["comment"], container - 1 if above else None, text)])
    else:
        document = page(text, author=case.get("author"))
    annotations = Annotations(
        sentences=tuple(Span(*one) for start, end in paragraphs(text) for one in sentences(text, start, end)),
        names=tuple(names_in(text, case["names"])),
        attributions=tuple(marked.values()),
        coreferences=tuple(_link(text, link) for link in case.get("links", ())),
    )
    found = {container: annotations}
    for at, said in enumerate(case.get("answers", {}).values()):
        found[at] = Annotations(
            sentences=tuple(Span(*one) for start, end in paragraphs(said) for one in sentences(said, start, end)),
            names=tuple(names_in(said, case["names"])),
        )
    by_cue = {one.cue: one for one in claims.find(document, found).assertions if one.cue and one.container == container}
    return {number: by_cue[one.cue] for number, one in marked.items() if one.cue in by_cue}


def names_in(text: str, names: dict[str, list[str]]) -> Iterator[Name]:
    """Each name wherever it stands on its own; of two that overlap the longer one."""
    every = sorted(((name, kind) for kind, several in names.items() for name in several), key=lambda one: -len(one[0]))
    taken: set[int] = set()
    for name, kind in every:
        for match in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text):
            if taken.isdisjoint(range(*match.span())):
                taken.update(range(*match.span()))
                yield Name(match.start(), match.end(), kind, 0.9, "rule:by-hand")  # type: ignore[arg-type]


def _link(text: str, link: str) -> Coreference:
    match = _LINK.fullmatch(link)
    assert match is not None, link
    return Coreference(_place(text, match[1]), _place(text, match[2]), float(match[3]), "model:by-hand")


def _place(text: str, words: str) -> Span:
    words, _, number = words.partition("#")
    places = [match.span() for match in re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", text)]
    return Span(*places[int(number or 1) - 1])


def _told(assertion: Assertion | None, label: str) -> str:
    """What came out, in the form of a label, with the method only where the label has one."""
    if assertion is None:
        return "no assertion"
    speaker = assertion.speaker
    if speaker is None:
        return assertion.speaker_status
    told = f"{speaker.kind} {speaker.name}"
    return f"{told} by {speaker.method}" if " by " in label else told
