"""Other numbers and dates: whether they are told of the same thing at the same time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ingest.annotate.pairs.compared import Word, both_have, comparable, match, of_some, stands_for, told_apart
from ingest.annotate.pairs.conflicts import Conflict
from ingest.annotate.pairs.contrasts import Difference, word_lists
from ingest.annotate.pairs.quantities import Quantity

FEWEST, LEAST_SHARED, LEAST_OF_LONGER = 2, 0.5, 0.34
"""How many words two texts must share beside their figures to be of one thing, and what share of the words of the
shorter one and of the longer one."""


def of_figures(figures: Sequence[Conflict], one: Sequence[Word], other: Sequence[Word]) -> Difference:
    """Other numbers or dates: contrary where nothing tells that they are of something else, or of another time."""
    kind = figures[0].kind
    dated = [each for each in figures if each.kind == "dates"]
    timed = any(each.group == "time" for each in _all(figures))
    # Another figure and another day, or span of time: of another time.
    mixed = 0 < len(dated) < len(figures) or (timed and len({each.kind for each in _all(figures)}) > 1)
    if mixed or not comparable(one, other) or not all(each.contrary for each in figures):
        return Difference(kind, False)
    words = word_lists().words
    mine, its = _content(one), _content(other)
    texts = told_apart(one, other)
    ours = {word.lower for word in texts.lefts} & mine - its
    theirs = {word.lower for word in texts.rights} & its - mine
    about, sizes = len(mine & its), sorted((len(mine), len(its)))
    if about < max(FEWEST, LEAST_SHARED * sizes[0], LEAST_OF_LONGER * sizes[1]):
        return Difference(kind, False)
    if not match(ours, theirs) or _of_another(ours, theirs):
        return Difference(kind, False)
    if dated:
        if of_some(one) and of_some(other):
            return Difference(kind, False)
        weekdays = all(each.kind == "weekday" for each in _all(dated))
        once = both_have(one, other, words["once"])
        return Difference(kind, once if weekdays else once or not both_have(one, other, words["repeated"]))
    return Difference(kind, not any(_counts_another(each, one, other) for each in figures))


def _content(text: Sequence[Word]) -> set[str]:
    """What a text says beside figures, forms of "to be" and who tells it."""
    words = word_lists().words
    left = {word.lower for word in text} - words["figures"] - words["forms"] - words["telling"]
    return {word for word in left if not word[0].isdigit()}


def _all(figures: Iterable[Conflict]) -> list[Quantity]:
    return [each for found in figures for each in (*found.ours, *found.theirs)]


def _of_another(ours: set[str], theirs: set[str]) -> bool:
    """Whether only one text tells of a part, a change or another time, or denies."""
    words = word_lists().words
    if (ours | theirs) & words["narrowing"]:
        return True
    return any(bool(ours & words[section]) != bool(theirs & words[section]) for section in ("negations", "repeated"))


def _counts_another(conflict: Conflict, one: Sequence[Word], other: Sequence[Word]) -> bool:
    """Whether what one of the numbers counts is something that only one of the texts names, or only one is of a whole:
    "four of the injured"."""
    lists = word_lists().words
    ours, theirs = ({each.counted for each in side} for side in (conflict.ours, conflict.theirs))
    if ("of" in ours) != ("of" in theirs):
        return True
    known = {word.lower for word in one} & {word.lower for word in other}
    counted = (ours | theirs) - {""}
    counted -= lists["anybody"] | lists["figures"] | lists["forms"] | lists["empty"]
    return bool(counted) and not all(
        any(stands_for(each, word) for word in known | counted - {each}) for each in counted
    )
