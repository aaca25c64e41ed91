"""What tells two wordings apart that look alike: numbers, dates, negation, modality, tense, names, roles, antonyms,
and what is measured.

Rules over plain text, for pairs that a network takes for one claim because they share nearly all their words. They
decide where they are sure, and else say nothing. The same for a pair in either order.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache
from typing import Literal

from ingest.annotate.lexicon import sections
from ingest.annotate.pairs.quantities import conflict, quantities
from ingest.annotate.pairs.senses import APART, distance, opposed, same_word

Kind = Literal["numbers", "dates", "negation", "modality", "tense", "names", "roles", "antonyms", "scope", "measure"]

LONGEST = 80
"""Words of a text that are compared word by word: nothing is decided about longer ones."""
LEAST_SHARED = 0.5
"""The share of the shorter text's words that both must have, in order, for what is left to tell them apart."""


@dataclass(frozen=True, slots=True)
class Difference:
    """What tells two texts apart, and whether one then speaks against the other."""

    kind: Kind
    contrary: bool


@dataclass(frozen=True, slots=True)
class _Word:
    lower: str
    name: bool


_WORD = re.compile(r"[A-Za-z][A-Za-z'’]*|\d+(?:[.,]\d+)*|[A-Z]\.(?:[A-Z]\.)+")
_SHORT = {"can't": "can not", "won't": "will not", "cannot": "can not", "shan't": "shall not"}


@dataclass(frozen=True, slots=True)
class _Lists:
    """``contrasts.txt``: words by section, the group of each alias, the pairs of sides that are contrary, the
    groups of what is measured, and the pairs of prepositions that turn a relation."""

    words: Mapping[str, frozenset[str]]
    aliases: Mapping[str, int]
    contrary: tuple[tuple[frozenset[str], frozenset[str]], ...]
    measures: tuple[frozenset[str], ...]
    prepositions: frozenset[frozenset[str]]


@cache
def _lists() -> _Lists:
    lines: dict[str, list[str]] = {}
    for section, line in sections("contrasts.txt"):
        lines.setdefault(section, []).append(line)
    groups = [line.split(", ") for line in lines.pop("aliases")]
    sides = [line.split(" | ") for line in lines.pop("contrary")]
    measures = tuple(frozenset(line.split()) for line in lines.pop("measures"))
    prepositions = frozenset(frozenset(line.split(" | ")) for line in lines.pop("prepositions"))
    return _Lists(
        {section: frozenset(" ".join(held).split()) for section, held in lines.items()},
        {name: number for number, group in enumerate(groups) for name in group},
        tuple((frozenset(one.split()), frozenset(other.split())) for one, other in sides),
        measures,
        prepositions,
    )


def difference(a: str, b: str) -> Difference | None:
    """What tells two texts apart, or none where no rule is sure."""
    if (kind := conflict(quantities(a), quantities(b))) is not None:
        return Difference("dates" if kind in ("year", "month", "day", "weekday") else "numbers", True)
    one, other = _ordered(a, b)
    if not _comparable(one, other):
        return None
    if _related_otherwise(a, b):
        return Difference("roles", False)
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
    return _judged(lefts, rights)


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


def in_common(a: str, b: str) -> float:
    """The share of the words of the text with fewer of them that the other one has too; 0 where one has none.

    Words that carry nothing, and forms of "to be" and "to have", are not counted. From 0 to 1.
    """
    forms = _lists().words["forms"]
    one, other = ({_stem(word.lower) for word in _words(text) if word.lower not in forms} for text in (a, b))
    if not one or not other:
        return 0.0
    return len(one & other) / min(len(one), len(other))


def _ordered(a: str, b: str) -> list[list[_Word]]:
    """The words of both, in one order whichever text comes first."""
    return sorted((_words(a), _words(b)), key=lambda words: [word.lower for word in words])


def _comparable(one: Sequence[_Word], other: Sequence[_Word]) -> bool:
    return min(len(one), len(other)) > 0 and max(len(one), len(other)) <= LONGEST


def _words(text: str) -> list[_Word]:
    """The words that carry something, in order; contractions are written out."""
    words = _lists().words
    found: list[_Word] = []
    first = True
    for match in _WORD.finditer(text.replace("’", "'")):
        word = match[0]
        lower = word.lower().rstrip(".")
        name = word[0].isupper() and (not first or word[1:2].isupper()) and lower != "i"
        first = False
        lower = _SHORT.get(lower, lower)
        if lower.endswith("n't"):
            lower = f"{lower[:-3]} not"
        for part in re.sub(r"'(?:s|re|ve|ll|d|m)?$", "", lower).split():
            if part not in words["empty"] and part not in words["titles"]:
                found.append(_Word(part, name))
    return found


def _apart(one: Sequence[_Word], other: Sequence[_Word]) -> tuple[list[_Word], list[_Word], int]:
    """The words that each has alone, and how many both have in the same order."""
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
    return lefts, rights, shared


def _moved(one: Sequence[_Word], other: Sequence[_Word]) -> Difference | None:
    """Two names in each other's places, by the same words; a passive says the same with its names the other way."""
    names = {word.lower for word in (*one, *other) if word.name}
    order = [word.lower for word in one if word.lower in names]
    turned = [word.lower for word in other if word.lower in names]
    rest = [word.lower for word in one if word.lower not in names]
    if order != turned and rest == [word.lower for word in other if word.lower not in names]:
        return Difference("roles", True)
    return None


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
    between = {word.lower for word in one[low:high]}
    return None if between & _lists().words["mutual"] else Difference("roles", False)


def _related_otherwise(a: str, b: str) -> bool:
    """Whether one preposition is all that differs, and it turns the relation: a letter from, or to, the bishop."""
    ours, theirs = ([word.lower() for word in _WORD.findall(text)] for text in (a, b))
    if len(ours) != len(theirs):
        return False
    apart = [frozenset(pair) for pair in zip(ours, theirs, strict=True) if pair[0] != pair[1]]
    return len(apart) == 1 and apart[0] in _lists().prepositions


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
                return None if plain else Difference("roles", False)
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
        rest = (plain_ours | plain_theirs) - negations
        # Any other word beside the negation may turn the sense back: "not at", "absent from".
        return Difference("negation", True) if not rest or _one_verb(rest) else None
    if negated[0]:
        return None
    if _opposed(plain_ours, plain_theirs) and len(plain_ours) <= 2 and len(plain_theirs) <= 2:
        return Difference("antonyms", True)
    lone_ours, lone_theirs = _without_forms(plain_ours, plain_theirs)
    if len(lone_ours) == len(lone_theirs) == 1 and opposed(*lone_ours, *lone_theirs):
        return Difference("antonyms", True)
    more = lone_ours or lone_theirs
    if not (lone_ours and lone_theirs) and more:
        # One says all that the other says, and that it didn't come to it, or that somebody wanted it.
        if len(more) == 1 and more <= words["undone"]:
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
    if (plain_ours & words["scopes"]) and (plain_theirs & words["scopes"]) and len(plain_ours | plain_theirs) == 2:
        return Difference("scope", False)
    measures = _measured(plain_ours), _measured(plain_theirs)
    if len(plain_ours) == len(plain_theirs) == 1 and all(measures) and measures[0] != measures[1]:
        return Difference("measure", False)
    return _names(lefts, rights)


def _measured(words: set[str]) -> frozenset[str]:
    """The group of the measure that the words name, empty where they name none."""
    return next((group for group in _lists().measures if group & words), frozenset())


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


def _opposed(ours: Iterable[str], theirs: Iterable[str]) -> bool:
    one, other = set(ours), set(theirs)
    return any((one & up and other & down) or (one & down and other & up) for up, down in _lists().contrary)


def _tense(words: set[str]) -> str:
    if words & {"was", "were", "had", "did", "used"}:
        return "past"
    return "present" if words & {"is", "are", "has", "have", "do", "does", "am"} else ""


def _names(lefts: Sequence[_Word], rights: Sequence[_Word]) -> Difference | None:
    """Other names in the same words, unless one may be short for the other."""
    ours, theirs = ([word.lower for word in side if word.name] for side in (lefts, rights))
    if not ours or not theirs or any(_akin(one, other) for one in ours for other in theirs):
        return None
    rest = [word for word in (*lefts, *rights) if not word.name]
    return Difference("names", True) if len(rest) <= 1 else None


def _akin(one: str, other: str) -> bool:
    """Whether two names may be one: an alias, or the same beginning."""
    groups = _lists().aliases
    if one == other or (one in groups and groups.get(other) == groups[one]):
        return True
    short, long = sorted((one, other), key=len)
    return long.startswith(short[: max(4, len(short) - 2)])
