"""Pure: whether two names may be those of one person, organisation or place, and how likely that is.

Sounds and spellings are compared by ``jellyfish``, other scripts are read by ``anyascii``. What stands here is what
those know nothing of: which part of a name may be left out, put first, cut to its initial or end otherwise, and which
may not. A score of ``SURE`` or more is for names that are as good as the same; everything below waits for a person.

====================== ===== ========================================================================================
rule:name-written-alike 0.99 the same words but for accents, script, titles, "the", full stops, hyphens
rule:name-joined        0.97 the same letters, with the spaces elsewhere
rule:name-romanised     0.95 endings as they are romanised now one way, now another: Sergei and Sergey Lavrov
rule:name-legal-form    0.95 an organisation with and without its legal form; 0.85 where one word is left
rule:name-initial       0.93 a middle name and its initial; 0.88 with and without one; 0.8 where the names are frequent
rule:name-order         0.85 the same words, in another order
rule:name-middle        0.8  with and without a middle name
rule:name-nickname      0.8  a given name and what people make of it
rule:name-sound         0.75 words that sound or look alike
rule:name-short         0.75 a given name cut to its initial; 0.6 the family name alone, 0.65 the letters of a name
rule:name-part          0.7  with and without a further family name, or a "Jr."
rule:account-name       0.7  an account that is called like a person
====================== ===== ========================================================================================
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Literal

import jellyfish
from anyascii import anyascii

from ingest.naming import HONORIFICS, SUFFIXES, says_who

SURE = 0.9
"""From this score on two names are taken for one without a person's word."""

LEAST = 0.6
"""Below this score two names are not even candidates."""

_WORDS = re.compile(r"[a-z0-9]+")
_ABBREVIATION = re.compile(r"\b(?:[^\W\d_]\.){2,}")
_INITIALS_FIRST = re.compile(r"(?:[^\W\d_]\.\s?){1,3}\s*[^\W\d_]{3,}$")
_APOSTROPHE = re.compile(r"['’‘ʼ`´]")
_INVERTED = re.compile(r"\s*(?P<family>[^,]+),\s*(?P<given>[^,]+)")
_CLITIC = re.compile(r"['’]s\b")
_HAN = re.compile(r"[\u3400-\u9fff]+(?:\s*[\u3400-\u9fff]+)*")
_SYLLABLE = re.compile(r"[A-Z][a-z]*")
_PARTICLES = "al el ul de del della di da do dos das du van von der den ter la le bin ibn bint ben abu"
_STOPS = "the of for and in on at to a an de la le du des der die das und et y"
_SLAVIC = re.compile(
    r"(?:[oe]v|[oe]va|[iy]n|[iy]na|sk(?:y|yy|iy|ij|i|aya|aia)|ts?k(?:y|yy|iy|ij|i)|enko|ch?uk|iuk|yuk|[oe]vych|[oe]vich)$"
)
_CLOSE = 0.9
_CLOSE_WHOLE = 0.94
_LONG = 3
MOST_LETTERS = 6
"""Of an organisation's name that may be the first letters of another one."""

Method = Literal[
    "rule:name-written-alike",
    "rule:name-joined",
    "rule:name-romanised",
    "rule:name-legal-form",
    "rule:name-initial",
    "rule:name-order",
    "rule:name-middle",
    "rule:name-nickname",
    "rule:name-sound",
    "rule:name-short",
    "rule:name-part",
    "rule:account-name",
    "rule:name-differs",
]


@dataclass(frozen=True, slots=True)
class Likeness:
    """How like two names are, by which rule; ``apart`` where they cannot both be one's, whoever stands between them."""

    score: float
    method: Method
    apart: bool = False


@dataclass(frozen=True, slots=True)
class Keys:
    """What names have in common that may be one's; each is ``None`` where there is nothing to share.

    ``whole`` is shared by whole names, and where words are parted otherwise it is the other's ``joined``; ``short`` of
    a whole name is ``short_of`` of what is short for it.
    """

    whole: str | None = None
    joined: str | None = None
    short: str | None = None
    short_of: str | None = None


_APART = Likeness(0.0, "rule:name-differs", apart=True)
_UNLIKE = Likeness(0.0, "rule:name-differs")


def keys(kind: str, name: str) -> Keys:
    """The keys by which names that are like this one are found in an index; ``kind`` is an entity's or ``account``.

    Equal for names that differ in case alone, so that it does not matter which of an entity's spellings came first.
    """
    parts = _parts(_kind(kind), name)
    words = parts.words
    if not words:
        return Keys()
    if _kind(kind) == "person":
        family = f"person {_heard(words[-1])}"
        if _is_short(parts):
            return Keys() if kind == "account" else Keys(short_of=family)
        given = _heard(_familiar(words[0]))
        whole = " ".join(sorted((given, _heard(words[-1]))))
        joined = " ".join(sorted((given, _heard("".join(words[1:]))))) if len(words) > 2 else None
        return Keys(f"person {whole}", joined and f"person {joined}", None if kind == "account" else family)
    whole = f"{kind} {' '.join(sorted(map(_heard, _weighty(words) or words)))}"
    if kind != "organization":
        return Keys(whole)
    letters = _letters(parts)
    only = words[0] if len(words) == 1 and 1 < len(words[0]) <= MOST_LETTERS else None
    return Keys(whole, None, letters and f"organization {letters}", only and f"organization {only}")


def likeness(kind: str, one: str, other: str) -> Likeness:
    """How like two names of entities of one kind are; the same whichever comes first."""
    a, b = sorted(
        (_parts(_kind(kind), one), _parts(_kind(kind), other)), key=lambda parts: (len(parts.words), parts.words)
    )
    if not a.words or not b.words:
        return _UNLIKE
    found = _persons(a, b) if _kind(kind) == "person" else _things(a, b)
    # In Chinese letters the same sounds are many names.
    if a.han != b.han and found.score >= SURE:
        return Likeness(0.85, found.method, found.apart)
    return found


def account_likeness(person: str, account: str) -> Likeness:
    """How like an account's name is to that of a person: never so much that it is taken for theirs."""
    found = likeness("person", person, account)
    whole = not _is_short(_parts("person", account))
    return Likeness(0.7, "rule:account-name") if found.score >= SURE and whole else _UNLIKE


# --- reading a name ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Parts:
    """A name as it is compared: its words, folded, initials among them; what was set aside is in ``forms``."""

    words: tuple[str, ...]
    forms: frozenset[str]
    han: bool
    whole: bool


def _kind(kind: str) -> str:
    return "person" if kind == "account" else kind


@lru_cache(maxsize=20_000)
def _parts(kind: str, name: str) -> _Parts:
    if (
        kind == "person"
        and (match := _INVERTED.fullmatch(name))
        and match["given"].strip(". ").casefold() not in SUFFIXES
    ):
        name = f"{match['given']} {match['family']}"
    words = list(_folded(name))
    han = _HAN.fullmatch(name.strip()) is not None
    if kind == "person":
        while len(words) > 1 and words[0] in HONORIFICS:
            del words[0]
        forms = frozenset(_GENERATION.get(word, word) for word in words[1:] if word in SUFFIXES) & _GENERATIONS
        kept = [word for n, word in enumerate(words) if n == 0 or word not in SUFFIXES]
        bare = [word for word in kept if word not in _PARTICLES.split()]
        if sum(len(word) > 1 for word in bare) > 1:
            kept = bare
        return _Parts(tuple(kept), forms, han, han or says_who("person", name))
    if words and words[0] == "the" and len(words) > 1:
        del words[0]
    forms_found: set[str] = set()
    if kind == "organization":
        spelled = _forms()
        while len(words) > 1 and words[-1] in spelled:
            forms_found.add(spelled[words.pop()])
        while len(words) > 1 and words[0] in spelled and spelled[words[0]] in ("jsc", "llc"):
            forms_found.add(spelled[words[0]])
            del words[0]
    return _Parts(tuple("and" if word == "und" else word for word in words), frozenset(forms_found), han, True)


def _folded(name: str) -> Sequence[str]:
    """The words of a name in small ASCII letters; "U.S." is one word, "Jean-Claude" two, "O'Brien" one."""
    if _HAN.fullmatch(name.strip()):
        first, *rest = _SYLLABLE.findall(anyascii(name)) or [""]
        return [word for word in (first.lower(), "".join(rest).lower()) if word]
    name = _CLITIC.sub("", name.casefold()).replace("&", " and ")
    name = _ABBREVIATION.sub(lambda match: match[0].replace(".", "") + " ", name) if _initialism(name) else name
    return _WORDS.findall(_APOSTROPHE.sub("", anyascii(_APOSTROPHE.sub("", name)).lower()))


def _initialism(name: str) -> bool:
    """Whether letters with full stops are a word ("U.S. Senate") and no initials ("J.K. Rowling")."""
    return not re.match(r"(?:[^\W\d_]\.\s?){1,3}\s*[^\W\d_]{3,}$", name) or name.startswith(
        ("u.s.", "u.n.", "u.k.", "e.u.")
    )


def _is_short(parts: _Parts) -> bool:
    return not parts.whole or len(parts.words) < 2


def _heard(word: str) -> str:
    return _sound(_romanised(word))


def _familiar(word: str) -> str:
    """One form for all that people make of a given name."""
    return min((_first_forms()[number] for number in _nicknames().get(word, ())), default=word)


@lru_cache(maxsize=50_000)
def _sound(word: str) -> str:
    """A key that words which sound alike share; the word itself where there is no sound in it."""
    return jellyfish.metaphone(word) or word


def _letters(parts: _Parts) -> str | None:
    words = [word for word in parts.words if word not in _STOPS.split()]
    return "".join(word[0] for word in words) if len(words) > 1 else None


_GENERATION = {"jnr": "jr"}
_GENERATIONS = frozenset(("jr", "sr", "ii", "iii", "iv"))


@cache
def _lists() -> Mapping[str, Mapping[str, object]]:
    return tomllib.loads((files("graph") / "data" / "names.toml").read_text(encoding="utf-8"))


@cache
def _forms() -> Mapping[str, str]:
    return {
        spelling: form
        for form, spellings in _lists()["forms"].items()
        if isinstance(spellings, list)
        for spelling in spellings
    }


@cache
def _frequent(which: str) -> frozenset[str]:
    return frozenset(str(_lists()["frequent"][which]).split())


@cache
def _nicknames() -> Mapping[str, frozenset[int]]:
    groups: dict[str, set[int]] = {}
    for number, line in enumerate(str(_lists()["nicknames"]["lines"]).strip().splitlines()):
        for name in line.split():
            groups.setdefault(name, set()).add(number)
    return {name: frozenset(numbers) for name, numbers in groups.items()}


@cache
def _first_forms() -> Sequence[str]:
    return [line.split()[0] for line in str(_lists()["nicknames"]["lines"]).strip().splitlines()]


# --- persons -------------------------------------------------------------------------------------------------------

_Word = Literal["same", "romanised", "nickname", "sound", "initial", "unlike"]
_BY_WORD: Mapping[_Word, Likeness] = {
    "same": Likeness(0.99, "rule:name-written-alike"),
    "romanised": Likeness(0.95, "rule:name-romanised"),
    "nickname": Likeness(0.8, "rule:name-nickname"),
    "sound": Likeness(0.75, "rule:name-sound"),
    "initial": Likeness(0.75, "rule:name-short"),
}


def _persons(a: _Parts, b: _Parts) -> Likeness:
    """``a`` has no more words than ``b``."""
    found = _full(a.words, b.words) if len(a.words) > 1 else _family_alone(a.words[0], b.words)
    if a.forms != b.forms:
        # The father may be meant where no "Jr." stands; one with another number is another one.
        score = min(found.score, 0.7) if not (a.forms and b.forms) else 0.0
        return Likeness(score, "rule:name-part" if score else "rule:name-differs", apart=True)
    return found


def _family_alone(word: str, words: Sequence[str]) -> Likeness:
    if len(words) == 1:
        return _BY_WORD["same"] if word == words[0] else _UNLIKE
    return Likeness(0.6, "rule:name-short") if word == words[-1] else _UNLIKE


def _full(a: Sequence[str], b: Sequence[str]) -> Likeness:
    if a == b:
        return _BY_WORD["same"]
    if "".join(a) == "".join(b) and min(map(len, (*a, *b))) > 1:
        return Likeness(0.97, "rule:name-joined")
    if sorted(a) == sorted(b):
        return Likeness(0.85, "rule:name-order")
    slavic = bool(_SLAVIC.search(a[-1]) and _SLAVIC.search(b[-1]))
    given, family = _words_alike(a[0], b[0], slavic), _words_alike(a[-1], b[-1], slavic)
    if family in ("unlike", "nickname", "initial"):
        # "Hillary Rodham" is part of "Hillary Rodham Clinton".
        whole = a[0] == b[0] and len(a[0]) > 1 and len(b) > len(a) and tuple(a) == tuple(b[: len(a)])
        return Likeness(0.7, "rule:name-part") if whole else _APART
    if given == "unlike":
        return _APART
    worst = min((_BY_WORD[given], _BY_WORD[family], _middle(a, b)), key=lambda one: (one.score, one.method))
    return worst if not worst.apart else _APART


def _middle(a: Sequence[str], b: Sequence[str]) -> Likeness:
    """What stands between given name and family name: the same, left out, cut to initials, or something else."""
    less, more = sorted((tuple(a[1:-1]), tuple(b[1:-1])), key=len)
    if less == more:
        return _BY_WORD["same"]
    if len(less) == len(more):
        pairs = list(zip(less, more, strict=True))
        if all(one == other or _is_initial_of(one, other) for one, other in pairs):
            return _initials(a, b, spelled=True)
        alike = all(_words_alike(one, other, False) not in ("unlike", "initial") for one, other in pairs)
        return _BY_WORD["sound"] if alike else _APART
    if less and not _left_out(less, more):
        return _APART
    extra = [word for word in more if word not in less]
    if not less and all(len(word) == 1 for word in extra) and len(extra) == 1:
        return _initials(a, b, spelled=False)
    return Likeness(0.8, "rule:name-middle")


def _initials(a: Sequence[str], b: Sequence[str], *, spelled: bool) -> Likeness:
    """Three names that agree are one person's unless many bear them; of two, another one may have no initial."""
    frequent = a[0] in _frequent("given") or a[-1] in _frequent("families") or b[-1] in _frequent("families")
    return Likeness(0.8 if frequent else 0.93 if spelled else 0.88, "rule:name-initial")


def _left_out(less: Sequence[str], more: Sequence[str]) -> bool:
    """Whether ``less`` is what is left of ``more``, in its order, some words cut to their initials."""
    rest = iter(more)
    return all(any(one == other or _is_initial_of(one, other) for other in rest) for one in less)


def _is_initial_of(one: str, other: str) -> bool:
    return (len(one) == 1 or len(other) == 1) and one[0] == other[0]


def _words_alike(one: str, other: str, slavic: bool) -> _Word:
    if one == other:
        return "same"
    if len(one) == 1 or len(other) == 1:
        return "initial" if one[0] == other[0] else "unlike"
    if slavic and _romanised(one) == _romanised(other):
        return "romanised"
    nicknames = _nicknames()
    if nicknames.get(one, frozenset()) & nicknames.get(other, frozenset()):
        return "nickname"
    return "sound" if _sound_alike(one, other) else "unlike"


def _sound_alike(one: str, other: str) -> bool:
    if min(len(one), len(other)) < _LONG:
        return False
    near = jellyfish.jaro_winkler_similarity(one, other)
    return near >= _CLOSE or (near >= 0.75 and _sound(one) == _sound(other))


def _romanised(word: str) -> str:
    """One spelling for what is romanised in several: the endings of Slavic names, "ye" and "ks"."""
    word = re.sub(r"^ye", "e", word).replace("ks", "x")
    word = re.sub(r"(?:ei|ej|ey|eyi)$", "ey", word)
    word = re.sub(r"(?:iya|ia|ya|aya|aia)$", lambda match: "aya" if match[0].startswith("a") else "ya", word)
    return re.sub(r"(?<=[^aeo])(?:iy|yy|ij|yj|ii|i|y)$", "y", word)


# --- everything else -----------------------------------------------------------------------------------------------


def _things(a: _Parts, b: _Parts) -> Likeness:
    one, other = a.words, b.words
    if one == other:
        if a.forms == b.forms:
            return _BY_WORD["same"]
        if a.forms and b.forms:
            return Likeness(0.75, "rule:name-legal-form", apart=True)
        return Likeness(0.95 if len(one) > 1 else 0.85, "rule:name-legal-form")
    if _numbers(one) != _numbers(other):
        return _APART
    if "".join(one) == "".join(other):
        return Likeness(0.85, "rule:name-joined")
    if sorted(_weighty(one)) == sorted(_weighty(other)):
        return Likeness(0.85, "rule:name-order")
    for short, whole in ((one, b), (other, a)):
        if len(short) == 1 and short[0] == _letters(whole):
            return Likeness(0.65, "rule:name-short")
    if len(one) == len(other) and all(x == y or _sound_alike(x, y) for x, y in zip(one, other, strict=True)):
        return _BY_WORD["sound"]
    if jellyfish.jaro_winkler_similarity(" ".join(one), " ".join(other)) >= _CLOSE_WHOLE:
        return _BY_WORD["sound"]
    return _UNLIKE


def _numbers(words: Sequence[str]) -> tuple[str, ...]:
    return tuple(word for word in words if any(char.isdigit() for char in word))


def _weighty(words: Sequence[str]) -> list[str]:
    return [word for word in words if word not in _STOPS.split()]
