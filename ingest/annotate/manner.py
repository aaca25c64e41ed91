"""How something is attributed, read off the cue and the quotation marks: no data says it, so no model has learned it.

The same rules for every annotator, in the order in which they are tried:

========================= ==============================================================================================
directness: direct        every word of the content stands in quotation marks, and the cue does not stand in the same
directness: mixed         some do
directness: indirect      none does
polarity: denied          the cue denies ("rejected", "his denial that"), or is negated and does not ("did not say")
polarity: affirmed        a denial that is negated ("did not deny"); and all that no other line names
polarity: questioned      the cue asks, the content begins with "whether", or is a quotation that ends with a question
                          mark
certainty: hedged         the cue is one of belief or hinting ("thinks"), or cue or content holds a hedge ("reportedly")
certainty: certain        all else
========================= ==============================================================================================
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.annotate import lexicon
from ingest.annotate.quotations import Quotation, quotations
from ingest.model import Certainty, Directness, Polarity, Spans

_WORD = re.compile(r"\w+(?:['’]\w+)*")
_DENIALS = frozenset(("denial", "denials", "rejection", "rebuttal", "refutation", "dismissal"))
_NOT_ONLY = frozenset(("only", "just", "merely", "simply"))
_CLOSING = " \n\t'\"”’»›)]"


@dataclass(frozen=True, slots=True)
class Manner:
    """How somebody's words are attributed to them."""

    directness: Directness
    polarity: Polarity
    certainty: Certainty


def manner_of(text: str, cue: Spans, content: Spans, quoted: Sequence[Quotation]) -> Manner:
    """The manner of an attribution in ``text``; ``quoted`` are the text's outermost quotations, in order."""
    within = _around(quoted, cue[0].start) if cue else None
    if within is not None:
        # “Putin said that it was late,” said Peskov: the outer marks are Peskov's words, not Putin's.
        quoted = quotations(text, [(within.start + 1, within.end - 1)])
    directness = _directness(text, content, quoted)
    cue_words = [word for span in cue for word in _WORD.findall(span.of(text))]
    frames = _frames(cue_words)
    return Manner(
        directness, _polarity(text, cue_words, frames, content, quoted), _certainty(text, cue_words, frames, content)
    )


def _around(quoted: Sequence[Quotation], at: int) -> Quotation | None:
    place = bisect_right(quoted, at, key=lambda quotation: quotation.start) - 1
    return quoted[place] if place >= 0 and at < quoted[place].end else None


def _directness(text: str, content: Spans, quoted: Sequence[Quotation]) -> Directness:
    in_marks = plain = False
    for span in content:
        for start, end, inside in _parts(span.start, span.end, quoted):
            if _WORD.search(text, start, end):
                in_marks |= inside
                plain |= not inside
    if in_marks:
        return "mixed" if plain else "direct"
    return "indirect"


def _parts(start: int, end: int, quoted: Sequence[Quotation]) -> Iterator[tuple[int, int, bool]]:
    """``[start, end)`` cut where quotations begin and end; the last member says whether a part is inside one."""
    at = start
    place = max(0, bisect_right(quoted, start, key=lambda quotation: quotation.start) - 1)
    while at < end and place < len(quoted) and quoted[place].start < end:
        first, last = max(quoted[place].start, at), min(quoted[place].end, end)
        if first < last:
            yield at, first, False
            yield first, last, True
            at = last
        place += 1
    yield at, end, False


def _frames(cue: Sequence[str]) -> frozenset[str]:
    """What the last reporting verb of the cue is like; see ``reporting_verbs.txt``."""
    known = (verb for word in reversed(cue) if (verb := lexicon.verbs().get(word.lower())) is not None)
    verb = next(known, None)
    return frozenset() if verb is None else verb.frames


def _polarity(
    text: str, cue: Sequence[str], frames: frozenset[str], content: Spans, quoted: Sequence[Quotation]
) -> Polarity:
    negated = _negated(cue)
    if "denial" in frames or any(word.lower() in _DENIALS for word in cue):
        return "affirmed" if negated else "denied"
    if "question" in frames or _asks(text, content, quoted):
        return "questioned"
    return "denied" if negated else "affirmed"


def _asks(text: str, content: Spans, quoted: Sequence[Quotation]) -> bool:
    if not content:
        return False
    first, last = content[0], content[-1]
    if text[first.start : first.start + 8].lower() == "whether ":
        return True
    return _around(quoted, first.start) is not None and text[last.start : last.end].rstrip(_CLOSING).endswith("?")


def _negated(cue: Sequence[str]) -> bool:
    negations = lexicon.words("negations")
    for place, word in enumerate(cue):
        lower = word.lower()
        if (lower in negations or lower.endswith(("n't", "n’t"))) and not (
            lower == "not" and place + 1 < len(cue) and cue[place + 1].lower() in _NOT_ONLY
        ):
            return True
    return False


def _certainty(text: str, cue: Sequence[str], frames: frozenset[str], content: Spans) -> Certainty:
    if "hedged" in frames or _hedges(cue):
        return "hedged"
    return "hedged" if any(_hedges(_WORD.findall(span.of(text))) for span in content) else "certain"


def _hedges(words: Sequence[str]) -> bool:
    hedges = lexicon.words("hedges")
    # "May" in capitals is the month or the name.
    return any(word.lower() in hedges and word != "May" for word in words)
