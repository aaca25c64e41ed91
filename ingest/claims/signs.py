"""The signs by which a reply takes sides beyond its first words, each with what it weighs; and how they add up.

A sign is a wording ("you haven't been listening", "a straw man", "I never said that", "makes a lot of sense"), a
sentence that says what is answered with a negation, a first sentence that calls the other to account, or that somebody
answers back who was disagreed with. Weights are log odds, after how often each stands in replies of a forum whose
stances people labelled (what that forum has too few of is weighed by hand). What a model of stances holds is weighed
against what it holds of replies in general: away from the forum it learned from it takes nearly all for agreement.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from math import exp, log
from typing import Final

from ingest.claims.targets import Words
from ingest.claims.wording import sections
from ingest.model import Span, Stance, Stances

ADDRESSED: Final = ("rule:objection", 1.8)
AGAINST: Final = ("rule:objection", 1.4)
DISOWNED: Final = ("rule:disowned-words", 1.6)
CONTRARY: Final = ("rule:contrary-words", 1.1)
BARELY_CONTRARY: Final = ("rule:contrary-words", 0.4)
TURN: Final = ("rule:turn", 0.7)
CONCEDED: Final = ("rule:turn", 1.4)
"""A turn after something was conceded: "That may be so. However, ..."."""
CHALLENGE: Final = ("rule:challenge", 1.8)
QUESTION: Final = ("rule:question", 0.6)
REQUEST: Final = ("rule:request", 1.0)
QUOTED_CONTRARY: Final = ("model:pairs", 1.5)
ANSWERS_BACK: Final = ("rule:answers-back", 1.4)
ASSENT: Final = ("rule:assent", 1.8)
THANKS: Final = ("rule:thanks", 1.0)

LEAST: Final = 0.5
"""Sides are taken only where that is likelier than not."""
_PRIOR: Final = {"agree": -0.5, "disagree": -0.3, "neutral": 0.3}
_USUAL: Final = {"agree": 0.5, "disagree": 0.12, "neutral": 0.35}
"""What the model holds on average of replies about other subjects than its own."""
_TRUST: Final = 0.7
_FURTHEST: Final = (-0.2, 1.4)
"""How much at least and at most the model changes: that it holds little for disagreement says little."""
_READ: Final = 1_500
"""Characters of a reply in which signs are looked for: what comes later is about something else by then."""
_FIRST: Final = 3
_LONGEST_QUESTION: Final = 160
_NOT_AFTER: Final = re.compile(
    r"\b(?:if|when|whenever|unless|because|whether|until|once|where|in\s+case|sure|hope|wish|glad|sorry)\s+$",
    re.IGNORECASE,
)
_FOR_ONESELF: Final = re.compile(r"\b(?:I|my|we|our)\b", re.IGNORECASE)
_OPEN_MARKS: Final = '“"«‘'
_CLOSE_MARKS: Final = '”"»’'
_SHARED: Final = 0.25
_MOSTLY: Final = 0.4
_SHARED_WITH_PAGE: Final = 0.5
_COMPARED: Final = 12
_AGAINST_AT_MOST: Final = 300


@dataclass(frozen=True, slots=True)
class Sign:
    """Words of a reply that speak for a stance, by how much; ``span`` is ``None`` where no words of it do."""

    stance: Stance
    weight: float
    method: str
    span: Span | None


@cache
def _patterns() -> Mapping[str, re.Pattern[str]]:
    return {
        name: re.compile(rf"(?<![\w-]){pattern}", re.IGNORECASE)
        for name, pattern in sections("stances.txt").items()
        if name not in ("agree", "disagree", "but", "no", "weak")
    }


def signs_in(text: str, pieces: Sequence[Span], sentences: Sequence[Span]) -> Iterator[Sign]:
    """The wordings in ``pieces``, what a reply says itself, that take sides; at most one of each kind.

    ``sentences`` are those of the pieces, in their order.
    """
    kinds: tuple[tuple[str, Stance, tuple[str, float]], ...] = (
        ("addressed", "disagree", ADDRESSED),
        ("against", "disagree", AGAINST),
        ("disowned", "disagree", DISOWNED),
        ("assent", "agree", ASSENT),
        ("thanks", "agree", THANKS),
    )
    worded: list[Span] = []
    for name, stance, (method, weight) in kinds:
        span = _first_of(_patterns()[name], text, pieces)
        if span is not None:
            worded.append(span)
            yield Sign(stance, weight, method, span)
    for place, sentence in enumerate(sentences[:_FIRST]):
        turn = _patterns()["turn"].match(text, sentence.start, sentence.end)
        if turn is not None:
            first = sentences[0]
            conceded = place > 0 and _patterns()["concession"].search(text, first.start, first.end)
            method, weight = CONCEDED if conceded else TURN
            yield Sign("disagree", weight, method, Span(*turn.span()))
            break
    # "Can we drop this?" asks for nothing.
    if sentences and not any(sentences[0].start <= span.start < sentences[0].end for span in worded):
        yield from _question(text, sentences[0])


def _first_of(pattern: re.Pattern[str], text: str, pieces: Sequence[Span]) -> Span | None:
    for piece in pieces:
        for match in pattern.finditer(text, piece.start, min(piece.end, piece.start + _READ)):
            if not _NOT_AFTER.search(text, max(0, match.start() - 12), match.start()) and not _between(text, match):
                return Span(*match.span())
    return None


def _between(text: str, match: re.Match[str]) -> bool:
    """Whether words stand between quotation marks: somebody else's."""
    line = text.rfind("\n", 0, match.start()) + 1
    opened = max(text.rfind(mark, line, match.start()) for mark in _OPEN_MARKS)
    if opened < 0 or (text[opened] == '"' and text.count('"', line, match.start()) % 2 == 0):
        return False
    return not any(mark in text[opened + 1 : match.start()] for mark in _CLOSE_MARKS if mark != "’")


def _question(text: str, sentence: Span) -> Iterator[Sign]:
    words = sentence.of(text).rstrip()
    if not words.endswith("?") or len(words) > _LONGEST_QUESTION:
        return
    asks = _patterns()["request"].match(text, sentence.start, sentence.end) or _FOR_ONESELF.search(words)
    if not asks and _patterns()["challenge"].match(text, sentence.start, sentence.end):
        yield Sign("disagree", CHALLENGE[1], CHALLENGE[0], sentence)
    elif asks:
        yield Sign("neutral", REQUEST[1], REQUEST[0], sentence)
    else:
        yield Sign("disagree", QUESTION[1], QUESTION[0], sentence)


def contrary(
    said: Sequence[tuple[Span, Words]], answered: Sequence[tuple[Span, Words]], *, of_page: bool
) -> tuple[Sign, Span] | None:
    """A sentence that says with a negation what one of ``answered`` says without, or the other way round; and that.

    Of a page (``of_page``), which says much, more words must be the same.
    """
    least = _SHARED_WITH_PAGE if of_page else _SHARED
    best: tuple[float, int, int] | None = None
    for row, (_, mine) in enumerate(said[:_COMPARED]):
        for column, (_, theirs) in enumerate(answered[:_AGAINST_AT_MOST]):
            shared = mine.all & theirs.all
            if len(shared) < 2 or not mine.opposes(theirs):
                continue
            weight = (len(shared) + len(shared & mine.names)) / (len(mine.all) + len(mine.names))
            if weight >= least and (best is None or weight > best[0]):
                best = (weight, row, column)
    if best is None:
        return None
    share, row, column = best
    method, weight = CONTRARY if share >= _MOSTLY else BARELY_CONTRARY
    return Sign("disagree", weight, method, said[row][0]), answered[column][0]


def weighed(signs: Sequence[Sign], judged: Stances | None) -> tuple[Stance, float, str]:
    """The likeliest stance, how likely it is, and the method of what weighs most for it.

    A side only where it is likelier than not, else the neutral stance.
    """
    scores = dict(_PRIOR)
    told: dict[str, tuple[float, str]] = {}
    for sign in signs:
        scores[sign.stance] += sign.weight
        told[sign.stance] = max(told.get(sign.stance, (0.0, "")), (sign.weight, sign.method))
        if sign.method in (ASSENT[0], THANKS[0]):
            scores["disagree"] -= sign.weight
            if sign.method == THANKS[0]:
                scores["agree"] -= sign.weight / 2
    if judged is not None:
        shares = {"agree": judged.agree, "disagree": judged.disagree, "neutral": judged.neutral}
        for side, share in shares.items():
            low, high = _FURTHEST
            held = _TRUST * log(max(share, 1e-4) / _USUAL[side])
            held = min(0.0 if side == "agree" else high, max(low, held))
            scores[side] += held
            told[side] = max(told.get(side, (0.0, "")), (max(0.0, held), judged.method))
    powers = {side: exp(score) for side, score in scores.items()}
    ranked: list[tuple[float, int, Stance]] = [
        (powers["neutral"], 2, "neutral"),
        (powers["agree"], 1, "agree"),
        (powers["disagree"], 0, "disagree"),
    ]
    power, _, likeliest = max(ranked)
    stance: Stance = likeliest if power >= LEAST * sum(powers.values()) else "neutral"
    power = powers[stance]
    method = told.get(stance, (0.0, ""))[1] or (judged.method if judged is not None else "rule:no-sign")
    return stance, round(power / sum(powers.values()), 4), method
