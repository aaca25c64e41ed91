"""The labelled pages of ``disputes.yaml``: as documents, what is found on them, and how that compares."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import yaml

from ingest import claims
from ingest.annotate import Annotator
from ingest.annotate.nested import with_nested
from ingest.claims.matching import Judges
from ingest.model import (
    BODY,
    Container,
    Dispute,
    Document,
    Extraction,
    Span,
    document_id,
    version_id,
)
from ingest.read import thread

CASES: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "disputes.yaml").read_text(encoding="utf-8"))
_ANY = frozenset(("denial", "doubt", "rebuttal", "contradiction"))


@dataclass(slots=True)
class Score:
    """What was found of what is labelled; ``faults`` is a line for each difference."""

    right: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)
    wrong: Counter[str] = field(default_factory=Counter)
    targets: int = 0
    speakers: int = 0
    stances: Counter[tuple[str, str | None]] = field(default_factory=Counter)
    confidences: list[tuple[str, float, bool]] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        return self.right.total() / max(1, self.right.total() + self.wrong.total())

    @property
    def recall(self) -> float:
        return self.right.total() / max(1, self.right.total() + self.missed.total())

    @property
    def target_accuracy(self) -> float:
        return self.targets / max(1, self.right.total())

    @property
    def speaker_accuracy(self) -> float:
        return self.speakers / max(1, self.right.total())


def page_of(case: dict[str, Any]) -> Document:
    text = case["text"].strip()
    identity = document_id(url=None, sha256=case["case"])
    entries = [thread.Entry(one["author"], one["text"], answers=one.get("to")) for one in case.get("comments", ())]
    return Document(
        id=identity,
        version=version_id(identity, None, text),
        kind="text",
        url=None,
        title=None,
        outlet=None,
        author=case.get("author"),
        published_at=None,
        fetched_at=datetime(2026, 1, 2, 3, 4, tzinfo=UTC),
        language="en",
        sha256="0" * 64,
        text=text,
        comments=thread.comments(identity, entries),
    )


def extracted(case: dict[str, Any], annotator: Annotator, judges: Judges) -> Extraction:
    document = page_of(case)
    containers = [container for container, _ in document.containers()]
    found = annotator.annotate(document.text_of(container) for container in containers)
    annotations = {
        container: with_nested(document.text_of(container), each)
        for container, each in zip(containers, found, strict=True)
    }
    return claims.find(document, annotations, judges)


def score(annotator: Annotator, judges: Judges, kinds: frozenset[str] = _ANY) -> Score:
    """All cases; disputes of other kinds than ``kinds`` are neither asked for nor counted."""
    result = Score()
    for case in CASES:
        extraction = extracted(case, annotator, judges)
        _compare(case, extraction, result, kinds)
    return result


def _compare(case: dict[str, Any], extraction: Extraction, result: Score, kinds: frozenset[str]) -> None:
    document = extraction.document
    found = [one for one in extraction.disputes if one.kind in kinds]
    open_ = list(found)
    for wish in case["disputes"]:
        if wish["kind"] != "any" and wish["kind"] not in kinds:
            continue
        fits = [one for one in open_ if _stated(document, one, wish)]
        fits.sort(key=lambda one: not _hits(document, one, wish))
        if not fits:
            result.missed[wish["kind"]] += 1
            result.faults.append(f"{case['case']}: not found {wish['kind']} “{wish['stated']}”")
            continue
        one = fits[0]
        open_.remove(one)
        result.right[wish["kind"]] += 1
        hit = _hits(document, one, wish)
        result.targets += hit
        result.confidences.append((one.method, one.confidence, hit))
        if not hit:
            told = one.target.text if one.target else f"({one.proposition})"
            result.faults.append(f"{case['case']}: {one.kind} “{wish['stated']}” is against “{told}”")
        named = _is(one, wish.get("by"))
        result.speakers += named
        if not named:
            result.faults.append(
                f"{case['case']}: “{wish['stated']}” is by {one.by.name if one.by else None}, not {wish['by']}"
            )
    for one in open_:
        if any(_may(document, one, may) for may in case.get("may", ())):
            continue
        result.wrong[one.kind] += 1
        result.confidences.append((one.method, one.confidence, False))
        result.faults.append(
            f"{case['case']}: wrong {one.kind} “{one.text}”, {one.target.text if one.target else one.proposition}"
        )
    for reply, wanted in zip(extraction.replies, case.get("stances", ()), strict=False):
        result.stances[wanted, reply.stance] += 1


def _place(document: Document, container: Container, words: str) -> Iterator[Span]:
    text = document.text_of(container)
    at = text.find(words)
    while at >= 0:
        yield Span(at, at + len(words))
        at = text.find(words, at + 1)


def _meets(document: Document, container: Container, words: str, spans: tuple[Span, ...]) -> bool:
    return any(
        one.start < span.end and span.start < one.end for one in _place(document, container, words) for span in spans
    )


def _stated(document: Document, one: Dispute, wish: dict[str, Any]) -> bool:
    where = wish.get("in", BODY)
    kind = wish["kind"] in (one.kind, "any")
    return kind and one.stated_in == where and _meets(document, where, wish["stated"], one.spans)


def _hits(document: Document, one: Dispute, wish: dict[str, Any]) -> bool:
    if "proposition" in wish:
        return one.target is None and wish["proposition"] in (one.proposition or "")
    where = wish.get("of", wish.get("in", BODY) if wish["kind"] != "rebuttal" else BODY)
    return (
        one.target is not None
        and one.target.container == where
        and _meets(document, where, wish["against"], one.target.spans)
    )


def _is(one: Dispute, name: str | None) -> bool:
    """Null where the text names nobody: then whoever is described, or nobody, is right."""
    if name is None:
        return True
    return one.by is not None and name.lower() in one.by.name.lower()


def _may(document: Document, one: Dispute, may: dict[str, Any]) -> bool:
    if may["kind"] != one.kind or may.get("in", one.stated_in) != one.stated_in:
        return False
    return "stated" not in may or _meets(document, one.stated_in, may["stated"], one.spans)
