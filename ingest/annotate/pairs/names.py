"""Other names in the same words: whether what is told of them is true of one alone."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.annotate.pairs.compared import INDEFINITE, Compared, Word, aliases, is_region
from ingest.annotate.pairs.contrasts import Difference, word_lists


def of_names(texts: Compared) -> Difference | None:
    """Other names in the same words, unless one may be short for the other."""
    ours, theirs = ([word for word in side if word.name] for side in (texts.lefts, texts.rights))
    if not ours or not theirs or _one_name(ours, theirs, {word.lower for word in texts.one if word.name}):
        return None
    if sum(not word.name for word in texts.alone) > 1:
        return None
    did = _did(ours, texts.one) and _did(theirs, texts.other)
    there = _once_at(ours, texts.one) == _once_at(theirs, texts.other) != "" and _of_a_size(ours, theirs)
    return Difference("names", did or there)


def of_one_alone(texts: Compared) -> Difference | None:
    """Of two people what is true of one alone: "is the only one to", "scored the winning goal", "was the first to"."""
    ours, theirs = texts.plain
    if not _full_name(ours) or not _full_name(theirs) or _one_name(ours, theirs, set()):
        return None
    why = _alone_in(ours, texts.one)
    return Difference("names", True) if why and why == _alone_in(theirs, texts.other) else None


def _full_name(words: Sequence[Word]) -> bool:
    """Whether some words look like a first and a family name, and are no place."""
    return len(words) in (2, 3) and all(word.name and not is_region(word.lower) for word in words)


def _alone_in(who: Sequence[Word], text: Sequence[Word]) -> str:
    """By what word a text tells of those whom it begins with what is true of them alone; "" by none."""
    lists = word_lists().words
    verb, what = (text[len(who) + after : len(who) + after + 1] for after in (0, 1))
    if not verb or not what or list(text[: len(who)]) != list(who) or who[0].before not in ("", "the"):
        return ""
    told = verb[0].lower in lists["singling"] and verb[0].after == "the"
    word = what[0].lower
    first_to = word == "first" and any(each.before == "to" for each in text[len(who) + 2 : len(who) + 5])
    return word if told and (word in lists["unique"] or first_to) else ""


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
    """Whether the names tell who did what only one did: before its verb, or after "by".

    Of "a comet", and of "comets", another may have been discovered too.
    """
    lists = word_lists().words
    verb = next((word for word in text if word.lower in lists["doing"]), None)
    if verb is None or not in_one_contest(verb.lower, text):
        return False
    if verb.before in lists["forms"]:
        return names[0].before == "by" and text[0].before not in INDEFINITE
    what = text[verb.place + 1 : verb.place + 2]
    definite = verb.after in lists["definite"] or (what and what[0].name and what[0].before == verb.lower)
    return (
        bool(definite) and names[-1].place < verb.place and names[0].before not in lists["empty"] - {"the"} - INDEFINITE
    )


def in_one_contest(verb: str, text: Sequence[Word]) -> bool:
    """Whether what is told happens once: one beats the other again and again, but not in one final."""
    lists = word_lists().words
    return verb not in lists["bouts"] or any(
        word.lower in lists["contests"] and word.before not in INDEFINITE for word in text
    )


def _once_at(names: Sequence[Word], text: Sequence[Word]) -> str:
    """Before the names of the place of something that takes place once: "in" or "at"; "" where it is none."""
    lists = word_lists().words
    verb = next((word for word in text if word.lower in lists["once"]), None)
    if verb is None or INDEFINITE & {text[0].before, verb.after}:
        return ""
    if any(word.lower in lists["partial"] for word in text) or names[0].before not in ("in", "at"):
        return ""
    return names[0].before


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
