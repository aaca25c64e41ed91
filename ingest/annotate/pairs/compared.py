"""The words of two texts as they are compared: which both have, which stand for one another, which are names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import pairwise

from ingest.annotate.lexicon import countries
from ingest.annotate.pairs.contrasts import word_lists
from ingest.annotate.pairs.senses import distance, same_word

LONGEST = 80
"""Words of a text that are compared word by word: nothing is decided about longer ones."""
KEPT = 512
"""Texts whose words are remembered, since one is compared with many."""
INDEFINITE = frozenset(("a", "an"))
"""Before one of many."""
NEAR = 1
"""Two words that are no further apart in WordNet may stand for one another."""

WORD = re.compile(r"[A-Za-z][A-Za-z'’]*|\d+(?:[.,]\d+)*|[A-Z]\.(?:[A-Z]\.)+")
_ANSWER = re.compile(r"^\W*(?:no|yes|well),\s", re.IGNORECASE)
_SHORT = {"can't": "can not", "won't": "will not", "cannot": "can not", "shan't": "shall not"}


@dataclass(frozen=True, slots=True)
class Word:
    """A word, with where it stands among those that are kept, and what stands around it in the text."""

    lower: str
    name: bool
    place: int = field(default=0, compare=False)
    before: str = field(default="", compare=False)
    after: str = field(default="", compare=False)


@lru_cache(KEPT)
def words_of(text: str) -> tuple[Word, ...]:
    """The words that carry something, in order; contractions are written out."""
    lists = word_lists()
    words = lists.words
    found: list[Word] = []
    raw = WORD.findall(_ANSWER.sub("", text.replace("’", "'")))
    for at, word in enumerate(raw):
        lower = word.lower().rstrip(".")
        sure = at > 0 or word[1:2].isupper() or lower in lists.aliases or is_region(lower) or _begins_name(raw)
        name = word[0].isupper() and sure and lower != "i" and lower not in words["figures"]
        before, after = raw[at - 1].lower() if at else "", raw[at + 1].lower() if at + 1 < len(raw) else ""
        lower = _SHORT.get(lower, lower)
        if lower.endswith("n't"):
            lower = f"{lower[:-3]} not"
        for part in re.sub(r"'(?:s|re|ve|ll|d|m)?$", "", lower).split():
            if part not in words["empty"] and part not in words["titles"]:
                found.append(Word(part, name, len(found), before, after))
    return tuple(found)


def _begins_name(raw: Sequence[str]) -> bool:
    """Whether the first word of a text belongs to a name: the next one is written with a capital too."""
    return raw[0].lower() not in word_lists().words["function"] and len(raw) > 1 and raw[1][0].isupper()


def is_region(name: str) -> bool:
    """Whether a name, in lower case, is that of a country or another place with towns in it."""
    return name in word_lists().words["regions"] or name.capitalize() in countries()


def same_pronouns(a: str, b: str) -> bool:
    """Whether the same pronouns stand in both texts: "it raised $3m" and "she raised $5m" are hardly of one thing."""
    pronouns = word_lists().words["pronouns"]
    one, other = ({word.lower() for word in WORD.findall(text)} & pronouns for text in (a, b))
    return one == other


def in_order(a: str, b: str) -> list[tuple[Word, ...]]:
    """The words of both, in one order whichever text comes first."""
    return sorted((words_of(a), words_of(b)), key=lambda words: [word.lower for word in words])


def comparable(one: Sequence[Word], other: Sequence[Word]) -> bool:
    """Whether both have words, and neither too many to compare one by one."""
    return min(len(one), len(other)) > 0 and max(len(one), len(other)) <= LONGEST


@dataclass(frozen=True, slots=True)
class Compared:
    """Two texts, the words that each has alone, and how many both have."""

    one: Sequence[Word]
    other: Sequence[Word]
    lefts: Sequence[Word]
    rights: Sequence[Word]
    shared: int

    @property
    def alone(self) -> tuple[Word, ...]:
        """The words that only one of the texts has."""
        return (*self.lefts, *self.rights)

    @property
    def plain(self) -> tuple[list[Word], list[Word]]:
        """The words that each has alone, but for those that tell tense and voice."""
        forms = word_lists().words["forms"]
        ours, theirs = ([word for word in side if word.lower not in forms] for side in (self.lefts, self.rights))
        return ours, theirs


def told_apart(one: Sequence[Word], other: Sequence[Word]) -> Compared:
    """What each text has alone; a phrase that both have may stand elsewhere in one."""
    matcher = SequenceMatcher(None, [word.lower for word in one], [word.lower for word in other], autojunk=False)
    lefts: list[Word] = []
    rights: list[Word] = []
    shared = 0
    for kind, low, high, start, end in matcher.get_opcodes():
        if kind == "equal":
            shared += high - low
        else:
            lefts.extend(one[low:high])
            rights.extend(other[start:end])
    moved = _block(lefts, {word.lower for word in rights})
    if [word.lower for word in moved] != [word.lower for word in _block(rights, {word.lower for word in lefts})]:
        return Compared(one, other, lefts, rights, shared)
    there = {word.lower for word in moved}
    lefts, rights = ([word for word in side if word.lower not in there] for side in (lefts, rights))
    return Compared(one, other, lefts, rights, shared + len(moved))


def _block(words: Sequence[Word], there: set[str]) -> list[Word]:
    """Those of the words that the other text has elsewhere, if they stand in a row: a phrase that moved."""
    found = [word for word in words if word.lower in there]
    row = all(after.place - before.place == 1 for before, after in pairwise(found))
    return found if row and len({word.lower for word in found}) == len(found) else []


def both_have(one: Sequence[Word], other: Sequence[Word], words: frozenset[str]) -> bool:
    """Whether each of two texts has one of some words."""
    return all(any(word.lower in words for word in side) for side in (one, other))


def of_some(text: Sequence[Word]) -> bool:
    """Whether a text begins with some of many, or with one of them: "two ministers", "a judge"."""
    lists = word_lists().words
    return text[0].before in INDEFINITE or text[0].lower in lists["partial"] | lists["counted"]


def match(ours: set[str], theirs: set[str]) -> bool:
    """Whether each word of either side has one among the other's that may stand for it, or one side has none."""
    if not ours or not theirs:
        return True
    return all(
        any(stands_for(one, other) for other in those)
        for these, those in ((ours, theirs), (theirs, ours))
        for one in these
    )


def stands_for(one: str, other: str) -> bool:
    """Whether one word may be used for the other: the same, an alias, another form, or near in WordNet."""
    if one == other or aliases(one, other) or one_verb({one, other}):
        return True
    return (far := distance(one, other)) is not None and far <= NEAR


def aliases(one: str, other: str) -> bool:
    """Whether two names, in lower case, are of one power, people or party."""
    groups = word_lists().aliases
    return one in groups and groups.get(other) == groups[one]


def one_verb(words: set[str]) -> bool:
    """Whether two words look like forms of one: "knew" and "know", "agreed" and "agree"."""
    if len(words) != 2:
        return False
    one, other = sorted(words, key=len)
    if same_word(one, other):
        return True
    return one[:2] == other[:2] and len(other) - len(one) <= 3 and (len(one) < 5 or one[:4] == other[:4])


def stem(word: str) -> str:
    """Without the s of a plural or of a verb."""
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word
