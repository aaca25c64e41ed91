"""Which attributions of a model tell that somebody says, thinks or feels something, and which only that it is so.

A model that learned from people's marks also marks "it appears that", "the port did not slow", "he has no idea how": no
words or thoughts of anybody's but of whoever writes so. ``says_nothing`` tells those by their cue, and by how cue and
content fit. They are not wrong, but the writer's own statement, where it is known who writes, says more.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from typing import Final

from ingest.claims.speakers_data import wordset
from ingest.claims.wording import entries
from ingest.model import Attribution, words_at

_WORD: Final = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_BE: Final = frozenset(("is", "are", "was", "were", "be", "been", "being"))
_MODALS: Final = frozenset(("should", "must", "can", "could", "may", "might", "ought", "cannot"))
_VOWELS: Final = "aeiou"
_THAT: Final = re.compile(r"\W*(?:that|whether|how|why|of\s+\w+ing)\b", re.IGNORECASE)
# Who knows where something is, sees why or has found out how says nothing of it: the writer does.
_KNOWING: Final = wordset(
    """
    know knows knew known knowing see sees saw seen seeing understand understands understood idea clue
    """
)
# Who agrees to something does so, whatever they said.
_CONSENT: Final = frozenset(("agree", "agrees", "agreed"))
_OPEN: Final = re.compile(r"\W*(?:where|when|how|why|which|what|who|whom|whose)\b", re.IGNORECASE)
_QUOTED: Final = re.compile(r"[“\"«„](?P<inside>[^”\"»“]*)[”\"»“]")
_SURE: Final = 0.7
"""Confidence from which a cue is believed whose words are not known for those of saying."""
_LAST: Final = 3
_POINTS: Final = wordset(
    """
    this these those following follows here below above thus so as like namely from
    """
)
_SCARE: Final = 2
"""Words in quotation marks that are the writer's distance from a word rather than somebody's words."""


def says_nothing(text: str, attribution: Attribution) -> bool:
    """Whether a model's attribution tells of nobody's words or thoughts.

    Never where words stand in quotation marks, a word or two of them apart: those are somebody's.
    """
    if not attribution.method.startswith("model:") or not attribution.cue:
        return False
    content = words_at(text, attribution.content)
    if attribution.directness != "indirect" and not _only_scare_quotes(content):
        return False
    cue = [match[0].lower() for match in _WORD.finditer(words_at(text, attribution.cue))]
    if not attribution.source:
        return not _is_hearsay(cue, content)
    if _KNOWING.intersection(cue) and _OPEN.match(content):
        return True
    if _CONSENT.intersection(cue) and (cue[-1] == "to" or content.startswith("to ")):
        return True
    return bool(cue) and attribution.confidence < _SURE and not _tells(cue)


def leads_in(words: str) -> bool:
    """Whether a sentence that ends in a colon ends with what makes others' words or a list follow: "he said:"."""
    last = [match[0].lower() for match in _WORD.finditer(words)][-_LAST:]
    return not _POINTS.isdisjoint(last) or not _words("verbs").isdisjoint(last) or not _words("nouns").isdisjoint(last)


def _only_scare_quotes(content: str) -> bool:
    quoted = [match["inside"] for match in _QUOTED.finditer(content)]
    return bool(quoted) and all(len(words.split()) <= _SCARE for words in quoted)


def _tells(cue: list[str]) -> bool:
    """Whether the words of a cue hold one of saying, thinking or feeling."""
    if not _words("verbs").isdisjoint(cue) or not _words("nouns").isdisjoint(cue):
        return True
    joined = f" {' '.join(cue)} "
    return not _words("hearsay").isdisjoint(cue) or any(f" {phrase} " in joined for phrase in _phrases())


def _is_hearsay(cue: list[str], content: str) -> bool:
    """Whether a cue without a source tells that others say so: "it was reported that", "allegedly", "rumours that".

    "It should be noted that", "appears" and "recall that" are the writer's own.
    """
    if not _words("hearsay").isdisjoint(cue):
        return True
    if not _MODALS.isdisjoint(cue):
        return False
    if not _words("nouns").isdisjoint(cue) and _THAT.match(content):
        return True
    return any(word in _participles() and (at == 0 or _BE.intersection(cue[:at])) for at, word in enumerate(cue))


# --- the words -------------------------------------------------------------------------------------------------------


@cache
def _sections() -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for section, line in entries("saying.txt"):
        found[section].append(line)
    return found


@cache
def _phrases() -> tuple[str, ...]:
    return tuple(_sections()["phrases"])


@cache
def _words(section: str) -> frozenset[str]:
    """All forms of the words of a section."""
    listed = (word for line in _sections()[section] for word in line.split())
    if section == "hearsay":
        return frozenset(listed)
    return frozenset(form for entry in listed for form in (_forms(entry) if section == "verbs" else _plurals(entry)))


@cache
def _participles() -> frozenset[str]:
    return frozenset(
        word for word in _words("verbs") if word.endswith(("ed", "ied", "en", "wn", "ought", "old", "aid"))
    )


def _forms(entry: str) -> Iterator[str]:
    lemma = entry.rstrip("*")
    yield from _plurals(lemma)
    if entry.endswith("*"):
        stem = lemma + lemma[-1]
        yield from (f"{stem}ed", f"{stem}ing")
    elif lemma.endswith("ee"):
        yield from (f"{lemma}d", f"{lemma}ing")
    elif lemma.endswith("e"):
        yield from (f"{lemma}d", f"{lemma[:-1]}ing")
    elif lemma.endswith("y") and lemma[-2] not in _VOWELS:
        yield from (f"{lemma[:-1]}ied", f"{lemma}ing")
    else:
        yield from (f"{lemma}ed", f"{lemma}ing")


def _plurals(lemma: str) -> Iterator[str]:
    yield lemma
    if lemma.endswith("y") and lemma[-2] not in _VOWELS:
        yield f"{lemma[:-1]}ies"
    elif lemma.endswith(("s", "sh", "ch", "x")):
        yield f"{lemma}es"
    else:
        yield f"{lemma}s"
