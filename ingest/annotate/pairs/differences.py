"""What tells two wordings apart that look alike: numbers, dates, negation, modality, tense, names, roles, antonyms,
and what is measured.

Rules over plain text, for pairs that a network takes for one claim because they share nearly all their words. They
decide where they are sure, and else say nothing. The same for a pair in either order.

That two texts tell different things is one question, whether they exclude one another is another: another number of
another thing, another day of what happens again, another name that did the like are no contradiction.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher
from functools import cache
from itertools import pairwise
from typing import Literal

from ingest.annotate.lexicon import capitals, places, sections
from ingest.annotate.pairs.conflicts import Conflict, conflicts
from ingest.annotate.pairs.quantities import Quantity, quantities
from ingest.annotate.pairs.senses import APART, distance, opposed, same_word

Kind = Literal["numbers", "dates", "negation", "modality", "tense", "names", "roles", "antonyms", "scope", "measure"]

LONGEST = 80
"""Words of a text that are compared word by word: nothing is decided about longer ones."""
NEAR = 1
"""Two words that are no further apart in WordNet may stand for one another."""
LEAST_SHARED = 0.5
"""The share of the shorter text's words that both must have, in order, for what is left to tell them apart."""


@dataclass(frozen=True, slots=True)
class Difference:
    """What tells two texts apart, and whether one then speaks against the other."""

    kind: Kind
    contrary: bool


@dataclass(frozen=True, slots=True)
class _Word:
    """A word, with where it stands among those that are kept, and what stands around it in the text."""

    lower: str
    name: bool
    place: int = field(default=0, compare=False)
    before: str = field(default="", compare=False)
    after: str = field(default="", compare=False)


_WORD = re.compile(r"[A-Za-z][A-Za-z'’]*|\d+(?:[.,]\d+)*|[A-Z]\.(?:[A-Z]\.)+")
_ANSWER = re.compile(r"^\W*(?:no|yes|well),\s", re.IGNORECASE)
_SHORT = {"can't": "can not", "won't": "will not", "cannot": "can not", "shan't": "shall not"}


_Sides = tuple[tuple[frozenset[str], frozenset[str]], ...]


@dataclass(frozen=True, slots=True)
class _Lists:
    """``contrasts.txt``: words by section, the group of each alias, pairs of sides, groups of words that may stand for
    one another, and the pairs of prepositions that turn a relation."""

    words: Mapping[str, frozenset[str]]
    aliases: Mapping[str, int]
    contrary: _Sides
    degrees: _Sides
    asides: _Sides
    measures: tuple[frozenset[str], ...]
    scopes: tuple[frozenset[str], ...]
    prepositions: frozenset[frozenset[str]]


@cache
def _lists() -> _Lists:
    lines: dict[str, list[str]] = {}
    for section, line in sections("contrasts.txt"):
        lines.setdefault(section, []).append(line)
    groups = [line.split(", ") for line in lines.pop("aliases")]
    contrary, degrees, asides = (_sides(lines.pop(section)) for section in ("contrary", "degrees", "asides"))
    measures, scopes = (
        tuple(frozenset(line.split()) for line in lines.pop(section)) for section in ("measures", "scopes")
    )
    prepositions = frozenset(frozenset(line.split(" | ")) for line in lines.pop("prepositions"))
    return _Lists(
        {section: frozenset(" ".join(held).split()) for section, held in lines.items()},
        {name: number for number, group in enumerate(groups) for name in group},
        contrary,
        degrees,
        asides,
        measures,
        scopes,
        prepositions,
    )


def _sides(lines: Iterable[str]) -> _Sides:
    halves = (line.split(" | ") for line in lines)
    return tuple((frozenset(one.split()), frozenset(other.split())) for one, other in halves)


def difference(a: str, b: str) -> Difference | None:
    """What tells two texts apart, or none where no rule is sure. A question tells nothing."""
    if "?" in a or "?" in b:
        return None
    one, other = _ordered(a, b)
    if figures := conflicts(quantities(a), quantities(b)):
        return _of_figures(figures, one, other)
    if not _comparable(one, other):
        return None
    if (related := _related_otherwise(a, b)) is not None:
        return related
    if one == other:
        return None
    if sorted(word.lower for word in one) == sorted(word.lower for word in other):
        return _moved(one, other) or _swapped(one, other) or _turned(one, other)
    if (swapped := _swapped(one, other)) is not None:
        return swapped
    lefts, rights, shared = _apart(one, other)
    shorter = min(len(one), len(other))
    if shared < LEAST_SHARED * shorter or shared < min(2, max(1, shorter - 1)):
        return None
    return _judged(lefts, rights) or _names(lefts, rights, one, other) or _who_first(lefts, rights, one)


def _of_figures(figures: Sequence[Conflict], one: Sequence[_Word], other: Sequence[_Word]) -> Difference:
    """Other numbers or dates: contrary where nothing tells that they are of something else, or of another time."""
    kind = figures[0].kind
    dated = [each for each in figures if each.kind == "dates"]
    timed = any(each.group == "time" for each in _all(figures))
    # Another figure and another day, or span of time: of another time.
    mixed = 0 < len(dated) < len(figures) or (timed and len({each.kind for each in _all(figures)}) > 1)
    if mixed or not _comparable(one, other) or not all(each.contrary for each in figures):
        return Difference(kind, False)
    words = _lists().words
    ours, theirs = (
        {word.lower for word in side} - words["figures"] - words["forms"] - words["telling"]
        for side in _apart(one, other)[:2]
    )
    ours, theirs = ({word for word in side if not word[0].isdigit()} for side in (ours - theirs, theirs - ours))
    if not _matched(ours, theirs) or _of_another(ours, theirs):
        return Difference(kind, False)
    if dated:
        weekdays = all(each.kind == "weekday" for each in _all(dated))
        once = _both(one, other, words["once"])
        return Difference(kind, once if weekdays else once or not _both(one, other, words["repeated"]))
    return Difference(kind, not any(_counts_another(each, one, other) for each in figures))


def _all(figures: Iterable[Conflict]) -> list[Quantity]:
    return [each for found in figures for each in (*found.ours, *found.theirs)]


def _of_another(ours: set[str], theirs: set[str]) -> bool:
    """Whether only one text tells of a part, a change or another time, or denies."""
    words = _lists().words
    if (ours | theirs) & words["narrowing"]:
        return True
    return any(bool(ours & words[section]) != bool(theirs & words[section]) for section in ("negations", "repeated"))


def _counts_another(conflict: Conflict, one: Sequence[_Word], other: Sequence[_Word]) -> bool:
    """Whether what one of the numbers counts is something that only one of the texts names, or only one is of a whole:
    "four of the injured"."""
    lists = _lists().words
    ours, theirs = ({each.counted for each in side} for side in (conflict.ours, conflict.theirs))
    if ("of" in ours) != ("of" in theirs):
        return True
    known = {word.lower for word in one} & {word.lower for word in other}
    counted = {each.counted for each in (*conflict.ours, *conflict.theirs)} - {""}
    counted -= lists["anybody"] | lists["figures"] | lists["forms"] | lists["empty"]
    return bool(counted) and not all(
        any(_stands_for(each, word) for word in known | counted - {each}) for each in counted
    )


def _both(one: Sequence[_Word], other: Sequence[_Word], words: frozenset[str]) -> bool:
    """Whether each of two texts has one of some words."""
    return all(any(word.lower in words for word in side) for side in (one, other))


def _matched(ours: set[str], theirs: set[str]) -> bool:
    """Whether each word of either side has one among the other's that may stand for it, or one side has none."""
    if not ours or not theirs:
        return True
    return all(
        any(_stands_for(one, other) for other in those)
        for these, those in ((ours, theirs), (theirs, ours))
        for one in these
    )


def _stands_for(one: str, other: str) -> bool:
    lists = _lists()
    groups = lists.aliases
    if one == other or (one in groups and groups.get(other) == groups[one]):
        return True
    return _one_verb({one, other}) or ((far := distance(one, other)) is not None and far <= NEAR)


def other_word(a: str, b: str) -> bool:
    """Whether the two differ in one plain word each, and these are far from one another in meaning.

    Far words do stand for one another in news ("company", "firm"), so that this makes one claim unlikely and no more.
    """
    one, other = _ordered(a, b)
    if not _comparable(one, other):
        return False
    lefts, rights, shared = _apart(one, other)
    forms = _lists().words["forms"]
    lefts, rights = ([word for word in side if word.lower not in forms] for side in (lefts, rights))
    if shared < 2 or len(lefts) != 1 or len(rights) != 1 or lefts[0].name or rights[0].name:
        return False
    ours, theirs = lefts[0].lower, rights[0].lower
    return not _one_verb({ours, theirs}) and distance(ours, theirs) == APART


def _ordered(a: str, b: str) -> list[list[_Word]]:
    """The words of both, in one order whichever text comes first."""
    return sorted((_words(a), _words(b)), key=lambda words: [word.lower for word in words])


def _comparable(one: Sequence[_Word], other: Sequence[_Word]) -> bool:
    return min(len(one), len(other)) > 0 and max(len(one), len(other)) <= LONGEST


def _words(text: str) -> list[_Word]:
    """The words that carry something, in order; contractions are written out."""
    lists = _lists()
    words = lists.words
    found: list[_Word] = []
    raw = _WORD.findall(_ANSWER.sub("", text.replace("’", "'")))
    for at, word in enumerate(raw):
        lower = word.lower().rstrip(".")
        sure = at > 0 or word[1:2].isupper() or lower in lists.aliases or _large(lower) or _begins_name(raw)
        name = word[0].isupper() and sure and lower != "i" and lower not in words["figures"]
        before, after = raw[at - 1].lower() if at else "", raw[at + 1].lower() if at + 1 < len(raw) else ""
        lower = _SHORT.get(lower, lower)
        if lower.endswith("n't"):
            lower = f"{lower[:-3]} not"
        for part in re.sub(r"'(?:s|re|ve|ll|d|m)?$", "", lower).split():
            if part not in words["empty"] and part not in words["titles"]:
                found.append(_Word(part, name, len(found), before, after))
    return found


def _begins_name(raw: Sequence[str]) -> bool:
    """Whether the first word of a text belongs to a name: the next one is written with a capital too."""
    return raw[0].lower() not in _lists().words["function"] and len(raw) > 1 and raw[1][0].isupper()


def _apart(one: Sequence[_Word], other: Sequence[_Word]) -> tuple[list[_Word], list[_Word], int]:
    """The words that each has alone, and how many both have, of which a phrase may stand elsewhere in one."""
    matcher = SequenceMatcher(None, [word.lower for word in one], [word.lower for word in other], autojunk=False)
    lefts: list[_Word] = []
    rights: list[_Word] = []
    shared = 0
    for kind, low, high, start, end in matcher.get_opcodes():
        if kind == "equal":
            shared += high - low
        else:
            lefts.extend(one[low:high])
            rights.extend(other[start:end])
    moved = _block(lefts, {word.lower for word in rights})
    if [word.lower for word in moved] != [word.lower for word in _block(rights, {word.lower for word in lefts})]:
        return lefts, rights, shared
    there = {word.lower for word in moved}
    lefts, rights = ([word for word in side if word.lower not in there] for side in (lefts, rights))
    return lefts, rights, shared + len(moved)


def _block(words: Sequence[_Word], there: set[str]) -> list[_Word]:
    """Those of the words that the other text has elsewhere, if they stand in a row: a phrase that moved."""
    found = [word for word in words if word.lower in there]
    row = all(after.place - before.place == 1 for before, after in pairwise(found))
    return found if row and len({word.lower for word in found}) == len(found) else []


def _moved(one: Sequence[_Word], other: Sequence[_Word]) -> Difference | None:
    """Two names in each other's places, by the same words; a passive says the same with its names the other way."""
    ours, theirs = _names_as_one(one), _names_as_one(other)
    if len(ours) != len(theirs):
        return None
    apart = [place for place, (a, b) in enumerate(zip(ours, theirs, strict=True)) if a.lower != b.lower]
    if len(apart) != 2:
        return None
    low, high = apart
    exchanged = (ours[low].lower, ours[high].lower) == (theirs[high].lower, theirs[low].lower)
    if not exchanged or not (ours[low].name and ours[high].name):
        return None
    lists = _lists().words
    between = {word.lower for word in ours[low + 1 : high]}
    if not between or between & lists["mutual"] or {ours[high].before, theirs[high].before} & {"and", "or", "of"}:
        return None
    return Difference("roles", bool(between & lists["exchanged"]) or _done_first(one))


def _names_as_one(words: Sequence[_Word]) -> list[_Word]:
    """With the names that stand beside one another, "Martin", "Cole", as one word."""
    found: list[_Word] = []
    for word in words:
        if found and word.name and found[-1].name and word.before == found[-1].lower.split()[-1]:
            found[-1] = replace(found[-1], lower=f"{found[-1].lower} {word.lower}")
        else:
            found.append(word)
    return found


def _swapped(one: Sequence[_Word], other: Sequence[_Word]) -> Difference | None:
    """Two words in each other's places, with what relates them between: "men outnumber women", "women outnumber men".

    Singular and plural, and forms in -s of a verb, are one word here. A passive has more words than what it turns.
    """
    ours, theirs = ([_stem(word.lower) for word in side] for side in (one, other))
    if len(ours) != len(theirs):
        return None
    apart = [place for place, (a, b) in enumerate(zip(ours, theirs, strict=True)) if a != b]
    if len(apart) != 2 or apart[1] - apart[0] < 2:
        return None
    low, high = apart
    if (ours[low], ours[high]) != (theirs[high], theirs[low]):
        return None
    lists = _lists().words
    between = {word.lower for word in one[low:high]}
    if between & lists["mutual"]:
        return None
    return Difference("roles", bool(between & lists["exchanged"]) or _done_first(one))


def _related_otherwise(a: str, b: str) -> Difference | None:
    """One preposition is all that differs, and it turns the relation: a letter from, or to, the bishop."""
    ours, theirs = ([word.lower() for word in _WORD.findall(text)] for text in (a, b))
    if len(ours) != len(theirs):
        return None
    lists = _lists()
    apart = [(at, frozenset(pair)) for at, pair in enumerate(zip(ours, theirs, strict=True)) if pair[0] != pair[1]]
    if len(apart) != 1 or apart[0][1] not in lists.prepositions:
        return None
    at, pair = apart[0]
    taken = pair == {"for", "against"} and at > 0 and ours[at - 1] in lists.words["sides"]
    return Difference("roles", taken)


def _turned(one: Sequence[_Word], other: Sequence[_Word]) -> Difference | None:
    """What stands before a word and what stands behind it in each other's places: "poor sleep leads to depression"."""
    ours, theirs = ([word.lower for word in side] for side in (one, other))
    while ours and ours[-1] == theirs[-1]:
        ours, theirs = ours[:-1], theirs[:-1]
    while ours and ours[0] == theirs[0]:
        ours, theirs = ours[1:], theirs[1:]
    words = _lists().words
    for low in range(1, len(ours) - 1):
        for high in range(low + 1, len(ours)):
            if ours[high:] + ours[low:high] + ours[:low] == theirs:
                between = set(ours[low:high])
                plain = between <= words["forms"] or bool(between & (words["mutual"] | words["together"]))
                return None if plain else Difference("roles", bool(between & words["exchanged"]))
    return None


def _stem(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


def _judged(lefts: Sequence[_Word], rights: Sequence[_Word]) -> Difference | None:
    words = _lists().words
    negations = words["negations"]
    ours, theirs = ({word.lower for word in side} for side in (lefts, rights))
    plain_ours, plain_theirs = ours - words["forms"], theirs - words["forms"]
    negated = (bool(ours & negations), bool(theirs & negations))
    if negated[0] != negated[1]:
        if sum(word.lower in negations for word in (*lefts, *rights)) > 1:
            return None
        if _nobody(ours, theirs):
            return Difference("negation", True)
        rest = (plain_ours | plain_theirs) - negations
        # Any other word beside the negation may turn the sense back: "not at", "absent from".
        return Difference("negation", True) if not rest or _one_verb(rest) else None
    if negated[0]:
        return None
    if (opposite := _opposite(plain_ours, plain_theirs)) is not None:
        return opposite
    lone_ours, lone_theirs = _without_forms(plain_ours, plain_theirs)
    if len(lone_ours) == len(lone_theirs) == 1 and (found := _antonyms(lone_ours, lone_theirs, lefts, rights)):
        return found
    more = lone_ours or lone_theirs
    if not (lone_ours and lone_theirs) and more:
        # One says all that the other says, and that it didn't come to it, or that somebody wanted it.
        if len(more) == 1 and more <= words["undone"] and _before_to(more, (*lefts, *rights)):
            return Difference("negation", True)
        if more & words["directives"]:
            return Difference("modality", False)
    conditions = words["conditions"]
    if bool(ours & conditions) != bool(theirs & conditions) and "whether" not in ours | theirs:
        return Difference("modality", False)
    if (found := _modality(lone_ours, lone_theirs)) is not None:
        return found
    if not (plain_ours | plain_theirs) and _tense(ours) != _tense(theirs):
        return Difference("tense", False)
    if len(plain_ours) == len(plain_theirs) == 1:
        if _in_two_groups(plain_ours, plain_theirs, _lists().scopes):
            return Difference("scope", False)
        if _in_two_groups(plain_ours, plain_theirs, _lists().measures):
            return Difference("measure", False)
    return None


def _nobody(ours: set[str], theirs: set[str]) -> bool:
    """Whether one says of nobody what the other says of somebody: "none" and "two of the miners"."""
    lists = _lists().words
    denied, told = (ours, theirs) if ours & lists["nobody"] else (theirs, ours)
    told = told - lists["forms"]
    if not denied & lists["nobody"]:
        return False
    return denied <= lists["nobody"] | lists["forms"] and 0 < len(told) <= 3 and not told & lists["hardly"]


def _opposite(ours: set[str], theirs: set[str]) -> Difference | None:
    """Words of the lists that are opposite, where hardly anything else differs."""
    lists = _lists()
    if len(ours) == len(theirs) == 1 and _opposed(ours, theirs, lists.degrees):
        return Difference("antonyms", True)
    if len(ours) > 2 or len(theirs) > 2:
        return None
    if _opposed(ours, theirs, lists.asides):
        return Difference("antonyms", False)
    pairs = [(one, other) for one in ours for other in theirs if _opposed({one}, {other}, lists.contrary)]
    if not pairs:
        return None
    # Two opposites beside one another, or an opposite of something else, tell of two things.
    one, other = pairs[0]
    return Difference("antonyms", len(pairs) == 1 and _matched(ours - {one}, theirs - {other}))


def _antonyms(ours: set[str], theirs: set[str], lefts: Sequence[_Word], rights: Sequence[_Word]) -> Difference | None:
    """Two words that WordNet, or a prefix, opposes; before a noun they may tell of two things: a long, a short film."""
    (one,), (other,) = ours, theirs
    short, long = sorted((one, other), key=len)
    if not opposed(one, other) and long not in {f"un{short}", f"non{short}"}:
        return None
    lists = _lists().words
    found = [word for word in (*lefts, *rights) if word.lower in (one, other)]
    beside = all(word.before in lists["empty"] and word.after not in lists["empty"] | {""} for word in found)
    return Difference("antonyms", not beside)


def _before_to(words: set[str], among: Iterable[_Word]) -> bool:
    return any(word.lower in words and word.after == "to" for word in among)


def _in_two_groups(ours: set[str], theirs: set[str], groups: Iterable[frozenset[str]]) -> bool:
    """Whether each side names one of the groups, and not the same one."""
    mine, its = (next((group for group in groups if group & side), None) for side in (ours, theirs))
    return mine is not None and its is not None and mine != its


def _without_forms(ours: set[str], theirs: set[str]) -> tuple[set[str], set[str]]:
    """The words of both sides without those that are forms of one verb, one on each: "publish" and "published"."""
    same = [(one, other) for one in ours for other in theirs if one != other and _one_verb({one, other})]
    return ours - {one for one, _ in same}, theirs - {other for _, other in same}


def _modality(ours: set[str], theirs: set[str]) -> Difference | None:
    """One says that it is so, the other that it may, must, will or is meant to be."""
    words = _lists().words
    both = ours | theirs
    if not both or not both <= words["modals"] | words["wishes"] | words["future"]:
        return None
    alike = (words["future"], {"may", "might", "could"}, {"if", "whether"})
    if ours == theirs or (ours and theirs and any(both <= group for group in alike)):
        return None
    return Difference("modality", False)


def _one_verb(words: set[str]) -> bool:
    """Whether two words look like forms of one: "knew" and "know", "agreed" and "agree"."""
    if len(words) != 2:
        return False
    one, other = sorted(words, key=len)
    if same_word(one, other):
        return True
    return one[:2] == other[:2] and len(other) - len(one) <= 3 and (len(one) < 5 or one[:4] == other[:4])


def _opposed(one: set[str], other: set[str], sides: _Sides) -> bool:
    return any((one & up and other & down) or (one & down and other & up) for up, down in sides)


def _tense(words: set[str]) -> str:
    if words & {"was", "were", "had", "did", "used"}:
        return "past"
    return "present" if words & {"is", "are", "has", "have", "do", "does", "am"} else ""


def _names(
    lefts: Sequence[_Word], rights: Sequence[_Word], one: Sequence[_Word], other: Sequence[_Word]
) -> Difference | None:
    """Other names in the same words, unless one may be short for the other."""
    ours, theirs = ([word for word in side if word.name] for side in (lefts, rights))
    if not ours or not theirs or _one_name(ours, theirs, {word.lower for word in one if word.name}):
        return None
    if sum(not word.name for word in (*lefts, *rights)) > 1:
        return None
    did = _did(ours, one) and _did(theirs, other)
    return Difference("names", did or (_once_at(ours, one) and _once_at(theirs, other) and _of_a_size(ours, theirs)))


def _one_name(ours: Sequence[_Word], theirs: Sequence[_Word], names: set[str]) -> bool:
    """Whether two names may be one: an alias, a short form, or "Joe" and "Joseph" before one of ``names``."""
    groups = _lists().aliases
    one, other = (groups.get(" ".join(word.lower for word in side)) for side in (ours, theirs))
    if one is not None and one == other:
        return True
    return any(
        _akin(a.lower, b.lower) or (a.lower[0] == b.lower[0] and a.after == b.after in names)
        for a in ours
        for b in theirs
    )


def _who_first(lefts: Sequence[_Word], rights: Sequence[_Word], one: Sequence[_Word]) -> Difference | None:
    """Whether one text says that somebody did something first, and the other that somebody else did."""
    forms = _lists().words["forms"]
    ours, theirs = ([word for word in side if word.lower not in forms] for side in (lefts, rights))
    if len(ours) != 1 or len(theirs) != 1 or not _done_first(one):
        return None
    # Who did it stands before what was done.
    if ours[0].place + 1 >= len(one) - 1 or _stands_for(ours[0].lower, theirs[0].lower):
        return None
    return Difference("roles", True)


def _done_first(text: Sequence[_Word]) -> bool:
    """Whether a text ends in what somebody did first: "the army fired first"."""
    return (
        len(text) > 2 and text[-1].lower == "first" and text[-1].before not in ("the", "a", "at", "his", "her", "their")
    )


def _did(names: Sequence[_Word], text: Sequence[_Word]) -> bool:
    """Whether the names tell who did what only one did: before its verb, or after "by"."""
    verb = next((word for word in text if word.lower in _lists().words["doing"]), None)
    if verb is None:
        return False
    if verb.before in _lists().words["forms"]:
        return names[0].before == "by"
    return names[-1].place < verb.place and names[0].before not in _lists().words["empty"] - {"the", "a", "an"}


def _once_at(names: Sequence[_Word], text: Sequence[_Word]) -> bool:
    """Whether the names tell where something is that takes place once."""
    once = any(word.lower in _lists().words["once"] for word in text)
    return once and names[0].before in ("in", "at", "near", "outside")


def _of_a_size(ours: Sequence[_Word], theirs: Sequence[_Word]) -> bool:
    """Whether neither place can lie in the other: two countries, two towns."""
    known = [_large(word.lower) for side in (ours, theirs) for word in side]
    return all(known) or not any(known)


def _large(name: str) -> bool:
    return name in _lists().words["regions"] or name.capitalize() in places() - capitals()


def _akin(one: str, other: str) -> bool:
    """Whether two names may be one: an alias, or the same beginning."""
    groups = _lists().aliases
    if one == other or (one in groups and groups.get(other) == groups[one]):
        return True
    short, long = sorted((one, other), key=len)
    return long.startswith(short[: max(4, len(short) - 2)])
