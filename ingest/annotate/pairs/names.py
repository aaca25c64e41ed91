"""Other names in the same words: whether what is told of them is true of one alone."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.annotate.pairs.compared import Word, aliases, is_region
from ingest.annotate.pairs.contrasts import Difference, word_lists


def of_names(
    lefts: Sequence[Word], rights: Sequence[Word], one: Sequence[Word], other: Sequence[Word]
) -> Difference | None:
    """Other names in the same words, unless one may be short for the other."""
    ours, theirs = ([word for word in side if word.name] for side in (lefts, rights))
    if not ours or not theirs or _one_name(ours, theirs, {word.lower for word in one if word.name}):
        return None
    if sum(not word.name for word in (*lefts, *rights)) > 1:
        return None
    did = _did(ours, one) and _did(theirs, other)
    return Difference("names", did or (_once_at(ours, one) and _once_at(theirs, other) and _of_a_size(ours, theirs)))


def _one_name(ours: Sequence[Word], theirs: Sequence[Word], names: set[str]) -> bool:
    """Whether two names may be one: an alias, a short form, or "Joe" and "Joseph" before one of ``names``."""
    if aliases(*(" ".join(word.lower for word in side) for side in (ours, theirs))):
        return True
    return any(
        _akin(a.lower, b.lower) or (a.lower[0] == b.lower[0] and a.after == b.after in names)
        for a in ours
        for b in theirs
    )


def _did(names: Sequence[Word], text: Sequence[Word]) -> bool:
    """Whether the names tell who did what only one did: before its verb, or after "by"."""
    verb = next((word for word in text if word.lower in word_lists().words["doing"]), None)
    if verb is None:
        return False
    if verb.before in word_lists().words["forms"]:
        return names[0].before == "by"
    return names[-1].place < verb.place and names[0].before not in word_lists().words["empty"] - {"the", "a", "an"}


def _once_at(names: Sequence[Word], text: Sequence[Word]) -> bool:
    """Whether the names tell where something is that takes place once."""
    once = any(word.lower in word_lists().words["once"] for word in text)
    return once and names[0].before in ("in", "at", "near", "outside")


def _of_a_size(ours: Sequence[Word], theirs: Sequence[Word]) -> bool:
    """Whether neither place can lie in the other: two countries, two towns."""
    known = [is_region(word.lower) for side in (ours, theirs) for word in side]
    return all(known) or not any(known)


def _akin(one: str, other: str) -> bool:
    """Whether two names may be one: an alias, or the same beginning."""
    if one == other or aliases(one, other):
        return True
    short, long = sorted((one, other), key=len)
    return long.startswith(short[: max(4, len(short) - 2)])
