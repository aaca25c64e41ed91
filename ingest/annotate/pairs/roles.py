"""Who does what to whom: the same words in other places, or with another preposition."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ingest.annotate.pairs.compared import WORD, Compared, Word, stands_for, stem
from ingest.annotate.pairs.contrasts import Difference, word_lists
from ingest.annotate.pairs.names import in_one_contest


def related_otherwise(a: str, b: str) -> Difference | None:
    """One preposition is all that differs, and it turns the relation: a letter from, or to, the bishop."""
    ours, theirs = ([word.lower() for word in WORD.findall(text)] for text in (a, b))
    if len(ours) != len(theirs):
        return None
    lists = word_lists()
    apart = [(at, frozenset(pair)) for at, pair in enumerate(zip(ours, theirs, strict=True)) if pair[0] != pair[1]]
    if len(apart) != 1 or apart[0][1] not in lists.prepositions:
        return None
    at, pair = apart[0]
    taken = pair == {"for", "against"} and at > 0 and ours[at - 1] in lists.words["sides"]
    return Difference("roles", taken)


def exchanged_names(one: Sequence[Word], other: Sequence[Word]) -> Difference | None:
    """Two names in each other's places, by the same words; a passive says the same with its names the other way."""
    ours, theirs = _names_as_one(one), _names_as_one(other)
    places = _exchanged([word.lower for word in ours], [word.lower for word in theirs])
    if places is None or not all(ours[place].name for place in places):
        return None
    low, high = places
    lists = word_lists().words
    between = {word.lower for word in ours[low + 1 : high]}
    if between & lists["mutual"] or {ours[high].before, theirs[high].before} & {"and", "or", "of"}:
        return None
    return Difference("roles", _not_both(between, one) or _done_first(one))


def _exchanged(ours: Sequence[str], theirs: Sequence[str]) -> tuple[int, int] | None:
    """Where two words stand that are in each other's places with something between; none where more or less differs."""
    if len(ours) != len(theirs):
        return None
    apart = [place for place, (a, b) in enumerate(zip(ours, theirs, strict=True)) if a != b]
    if len(apart) != 2 or apart[1] - apart[0] < 2:
        return None
    low, high = apart
    return (low, high) if (ours[low], ours[high]) == (theirs[high], theirs[low]) else None


def _names_as_one(words: Sequence[Word]) -> list[Word]:
    """With the names that stand beside one another, "Martin", "Cole", as one word."""
    found: list[Word] = []
    for word in words:
        if found and word.name and found[-1].name and word.before == found[-1].lower.split()[-1]:
            found[-1] = replace(found[-1], lower=f"{found[-1].lower} {word.lower}")
        else:
            found.append(word)
    return found


def exchanged_words(one: Sequence[Word], other: Sequence[Word]) -> Difference | None:
    """Two words in each other's places, with what relates them between: "men outnumber women", "women outnumber men".

    Singular and plural, and forms in -s of a verb, are one word here. A passive has more words than what it turns.
    """
    places = _exchanged(*([stem(word.lower) for word in side] for side in (one, other)))
    if places is None:
        return None
    low, high = places
    lists = word_lists().words
    between = {word.lower for word in one[low:high]}
    if between & lists["mutual"]:
        return None
    return Difference("roles", _not_both(between, one) or _done_first(one))


def turned_round(one: Sequence[Word], other: Sequence[Word]) -> Difference | None:
    """What stands before a word and what stands behind it in each other's places: "poor sleep leads to depression"."""
    ours, theirs = ([word.lower for word in side] for side in (one, other))
    while ours and ours[-1] == theirs[-1]:
        ours, theirs = ours[:-1], theirs[:-1]
    while ours and ours[0] == theirs[0]:
        ours, theirs = ours[1:], theirs[1:]
    words = word_lists().words
    for low in range(1, len(ours) - 1):
        for high in range(low + 1, len(ours)):
            if ours[high:] + ours[low:high] + ours[:low] == theirs:
                between = set(ours[low:high])
                plain = between <= words["forms"] or bool(between & (words["mutual"] | words["together"]))
                return None if plain else Difference("roles", _not_both(between, one))
    return None


def _not_both(between: set[str], text: Sequence[Word]) -> bool:
    """Whether by what stands between two that are exchanged, only one of them can have done it to the other."""
    verbs = between & word_lists().words["exchanged"]
    return bool(verbs) and all(in_one_contest(verb, text) for verb in verbs)


def who_first(texts: Compared) -> Difference | None:
    """Whether one text says that somebody did something first, and the other that somebody else did."""
    ours, theirs = texts.plain
    if len(ours) != 1 or len(theirs) != 1 or not _done_first(texts.one):
        return None
    # Who did it stands before what was done.
    if ours[0].place + 1 >= len(texts.one) - 1 or stands_for(ours[0].lower, theirs[0].lower):
        return None
    return Difference("roles", True)


def _done_first(text: Sequence[Word]) -> bool:
    """Whether a text ends in what somebody did first: "the army fired first"."""
    return (
        len(text) > 2 and text[-1].lower == "first" and text[-1].before not in ("the", "a", "at", "his", "her", "their")
    )
