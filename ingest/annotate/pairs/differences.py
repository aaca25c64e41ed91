"""What tells two wordings apart that look alike: numbers, dates, negation, modality, tense, names, roles, antonyms.

Rules over plain text, for pairs that a network takes for one claim because they share nearly all their words. They
decide where they are sure, and else say nothing. The same for a pair in either order.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from ingest.annotate.pairs.quantities import conflict, quantities

Kind = Literal["numbers", "dates", "negation", "modality", "tense", "names", "roles", "antonyms", "scope"]

LONGEST = 80
"""Words of a text that are compared word by word: nothing is decided about longer ones."""
LEAST_SHARED = 0.5
"""The share of the longer text's words that both must have, in order, for what is left to tell them apart."""


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
_EMPTY = frozenset(
    [
        "a",
        "an",
        "the",
        "that",
        "this",
        "these",
        "those",
        "of",
        "to",
        "in",
        "on",
        "at",
        "by",
        "for",
        "from",
        "with",
        "and",
        "or",
        "as",
        "it",
        "its",
        "his",
        "her",
        "their",
        "our",
        "your",
        "my",
        "there",
        "which",
        "who",
        "whom",
        "whose",
    ]
)
_NEGATIONS = frozenset(["not", "no", "never", "nobody", "nothing", "none", "neither", "nor", "without", "hardly"])
_MODALS = frozenset(["may", "might", "could", "can", "should", "must", "would", "ought", "shall"])
_WISHES = frozenset(
    [
        "plan",
        "plans",
        "planned",
        "planning",
        "want",
        "wants",
        "wanted",
        "hope",
        "hopes",
        "hoped",
        "intend",
        "intends",
        "intended",
        "try",
        "tries",
        "tried",
        "trying",
        "promise",
        "promises",
        "promised",
        "threaten",
        "threatens",
        "threatened",
        "expect",
        "expects",
        "expected",
        "likely",
        "possibly",
        "perhaps",
        "maybe",
        "consider",
        "considers",
        "considering",
        "considered",
        "offer",
        "offers",
        "offered",
        "seek",
        "seeks",
        "sought",
        "vow",
        "vows",
        "vowed",
        "about",
        "set",
        "aim",
        "aims",
        "if",
        "unless",
        "whether",
        "ready",
        "willing",
        "able",
        "likely",
        "probably",
        "reportedly",
        "allegedly",
    ]
)
_FUTURE = frozenset(["will", "going", "gonna"])
_BE = frozenset(
    [
        "is",
        "are",
        "was",
        "were",
        "be",
        "been",
        "being",
        "has",
        "have",
        "had",
        "do",
        "does",
        "did",
        "am",
        "used",
        "get",
        "got",
    ]
)
_ALIASES: tuple[tuple[str, ...], ...] = (
    ("us", "u.s", "usa", "america", "american", "americans", "washington", "united states"),
    ("uk", "u.k", "britain", "british", "united kingdom", "london"),
    ("eu", "european union", "brussels", "europe"),
    ("un", "u.n", "united nations"),
    ("china", "chinese", "beijing"), ("russia", "russian", "russians", "moscow", "kremlin"),
    ("iran", "iranian", "tehran"), ("france", "french", "paris"), ("germany", "german", "berlin"),
    ("spain", "spanish", "madrid"), ("india", "indian", "delhi", "new delhi"), ("japan", "japanese", "tokyo"),
    ("israel", "israeli", "israelis", "jerusalem"), ("ukraine", "ukrainian", "kyiv", "kiev"),
    ("poland", "polish", "warsaw"), ("turkey", "turkish", "ankara"), ("greece", "greek", "athens"),
    ("netherlands", "dutch", "holland"), ("denmark", "danish", "danes"), ("sweden", "swedish", "swedes"),
    ("white house", "administration"), ("gop", "republicans", "republican", "republican party"),
    ("democrats", "democratic party", "democratic"), ("congress", "capitol"), ("pentagon", "defense department"),
)  # fmt: skip
_GROUPS: Mapping[str, int] = {word: number for number, group in enumerate(_ALIASES) for word in group}
_TITLES = frozenset(
    ["mr", "mrs", "ms", "dr", "sir", "president", "senator", "governor", "minister", "king", "queen", "prime", "the"]
)
_CONTRARY: tuple[tuple[frozenset[str], frozenset[str]], ...] = tuple(
    (frozenset(one.split()), frozenset(other.split()))
    for one, other in (
        ("rose rise rises risen rising climbed grew grow grows increased increase increases increasing gained up more higher",
         "fell fall falls fallen falling dropped shrank shrink shrinks decreased decrease decreases decreasing lost down less "
         "fewer lower declined decline declines"),
        ("accept accepts accepted accepting approve approves approved backed supports support supported supporting",
         "reject rejects rejected rejecting oppose opposes opposed opposing refused declined"),
        ("won win wins winning", "lost lose loses losing"), ("upheld uphold upholds", "overturned quashed annulled struck"),
        ("before", "after"), ("all every everyone everybody always", "none nobody never"), ("easier", "harder"),
        ("good better best", "bad worse worst"), ("true right correct", "false wrong incorrect"), ("legal lawful", "illegal "
        "unlawful"), ("guilty convicted", "innocent acquitted"), ("open opened opens reopened", "closed closes shut"),
        ("first", "last second third"), ("highest most largest biggest", "lowest least smallest fewest"),
        ("started began begun start starts", "stopped ended stop stops ended"), ("alive survived", "dead died killed"),
        ("safe harmless", "unsafe dangerous harmful toxic"), ("possible", "impossible"), ("confirmed admitted", "denied"),
        ("allowed allow allows permitted", "banned forbidden prohibited forbids bans prohibits"), ("north northern", "south "
        "southern"), ("east eastern", "west western"), ("enough sufficient", "insufficient"), ("praised", "criticised "
        "criticized condemned"), ("released freed", "detained arrested jailed"), ("hired", "fired sacked"), ("joined", "left "
        "quit"), ("buy bought", "sell sold"), ("import imports imported importing", "export exports exported exporting"),
        ("men man male boys", "women woman female girls"), ("strong stronger", "weak weaker"), ("agreed", "refused"),
        ("cut cuts lowered lower reduced", "raised raise raises increased"), ("early earlier", "late later"),
        ("only", "everyone"), ("over above", "under below"), ("with", "without"), ("for", "against"), ("inside", "outside"),
    )
)  # fmt: skip
_SCOPES = frozenset(
    [
        "all",
        "every",
        "each",
        "some",
        "most",
        "many",
        "few",
        "several",
        "half",
        "any",
        "only",
        "both",
        "majority",
        "minority",
    ]
)


def difference(a: str, b: str) -> Difference | None:
    """What tells two texts apart, or none where no rule is sure."""
    if (kind := conflict(quantities(a), quantities(b))) is not None:
        return Difference("dates" if kind in ("year", "month", "day", "weekday") else "numbers", True)
    one, other = _words(a), _words(b)
    if not one or not other or max(len(one), len(other)) > LONGEST:
        return None
    if one == other:
        return None
    if (one_bag := sorted(word.lower for word in one)) == sorted(word.lower for word in other):
        return _moved(one, other, one_bag)
    lefts, rights, shared = _apart(one, other)
    if shared < LEAST_SHARED * max(len(one), len(other)) or shared < 2:
        return None
    return _judged(lefts, rights)


def _words(text: str) -> list[_Word]:
    """The words that carry something, in order; contractions are written out."""
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
            if part not in _EMPTY and part not in _TITLES:
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


def _moved(one: Sequence[_Word], other: Sequence[_Word], bag: Sequence[str]) -> Difference | None:
    """Two names in each other's places, by the same words; a passive says the same with its names the other way."""
    lefts, rights, _ = _apart(one, other)
    del bag
    names = {word.lower for word in (*one, *other) if word.name}
    order = [word.lower for word in one if word.lower in names]
    turned = [word.lower for word in other if word.lower in names]
    content = {word.lower for word in (*lefts, *rights)}
    if order != turned and content <= names and len(set(order)) > 1:
        return Difference("roles", True)
    return None


def _judged(lefts: Sequence[_Word], rights: Sequence[_Word]) -> Difference | None:
    ours, theirs = ({word.lower for word in side} for side in (lefts, rights))
    plain_ours, plain_theirs = ours - _BE, theirs - _BE
    negated = (bool(ours & _NEGATIONS), bool(theirs & _NEGATIONS))
    if negated[0] != negated[1]:
        rest = (plain_ours | plain_theirs) - _NEGATIONS
        # Any other word beside the negation may turn the sense back: "not at", "absent from".
        return Difference("negation", True) if not rest or _one_verb(rest) else None
    if negated[0]:
        return None
    if _opposed(plain_ours, plain_theirs) and len(plain_ours) <= 2 and len(plain_theirs) <= 2:
        return Difference("antonyms", True)
    loose = _MODALS | _WISHES | _FUTURE
    if (plain_ours | plain_theirs) and (plain_ours | plain_theirs) <= loose:
        return None if plain_ours == plain_theirs else Difference("modality", False)
    if not (plain_ours | plain_theirs) and _tense(ours) != _tense(theirs):
        return Difference("tense", False)
    if (plain_ours & _SCOPES) and (plain_theirs & _SCOPES) and len(plain_ours | plain_theirs) == 2:
        return Difference("scope", False)
    return _names(lefts, rights)


def _one_verb(words: set[str]) -> bool:
    """Whether two words look like forms of one: "knew" and "know", "agreed" and "agree"."""
    if len(words) != 2:
        return False
    one, other = sorted(words, key=len)
    return one[:2] == other[:2] and len(other) - len(one) <= 3 and (len(one) < 5 or one[:4] == other[:4])


def _opposed(ours: Iterable[str], theirs: Iterable[str]) -> bool:
    one, other = set(ours), set(theirs)
    return any((one & up and other & down) or (one & down and other & up) for up, down in _CONTRARY)


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
    """Whether two names may be one: an alias, the same beginning, initials."""
    if one == other or (one in _GROUPS and _GROUPS.get(other) == _GROUPS[one]):
        return True
    short, long = sorted((one, other), key=len)
    return long.startswith(short[: max(4, len(short) - 2)]) or (
        len(short) <= 4 and short[0] == long[0] and short.isupper()
    )
