"""Word lists of the package, made into patterns; and words as they are compared: without endings and without particles.

A list is a file of ``data/``: sections in brackets, one entry a line, each a regular expression in which a space stands
for any white space and ``'`` for either apostrophe.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Final

from ingest.model import Span

WORD: Final = re.compile(r"[^\W_]+(?:['’.][^\W_]+)*")

_NEGATIONS: Final = re.compile(
    r"\b(?:not|never|no|nobody|nothing|none|neither|nor|cannot|without)\b|n['’]t\b", re.IGNORECASE
)
_ABBREVIATED: Final = frozenset(("US", "WHO", "IT"))
"""Names that look like particles but for their capitals."""
_CLAUSE_END: Final = re.compile(r"[,;:.!?()]|\s[–—-]\s")
_REACH: Final = 60
_ANSWER: Final = re.compile(r"^\W*no[,.!]+\s", re.IGNORECASE)


def entries(name: str) -> Iterator[tuple[str, str]]:
    """The entries of ``data/name``, each with the section it stands in."""
    section = ""
    for raw in (files("ingest.claims") / "data" / name).read_text(encoding="utf-8").splitlines():
        line = raw.strip()
        if line.startswith("[") and line.endswith("]") and line[1:-1].isidentifier():
            section = line[1:-1]
        elif line and not line.startswith("#"):
            yield section, line


@cache
def sections(name: str) -> Mapping[str, str]:
    """For each section of ``data/name`` an alternative of its entries, longest first."""
    found: dict[str, list[str]] = defaultdict(list)
    for section, entry in entries(name):
        found[section].append(entry.replace("'", "['’]").replace(" ", r"\s+"))
    return {key: f"(?:{'|'.join(sorted(held, key=len, reverse=True))})" for key, held in found.items()}


@cache
def _plain_lists() -> tuple[frozenset[str], Mapping[str, str]]:
    """Particles, and irregular forms with what they are forms of."""
    particles: set[str] = set()
    irregular: dict[str, str] = {}
    for section, line in entries("particles.txt"):
        if section == "particles":
            particles.update(line.split())
        elif section == "irregular":
            form, lemma = line.split()
            irregular[form] = lemma
    return frozenset(particles), irregular


def stems(text: str) -> frozenset[str]:
    """The words of a text as they are compared: lower case, without endings; no particles."""
    return frozenset(_stem(word) for word in _plain_words(text))


def names_in(text: str) -> frozenset[str]:
    """Those among ``stems`` that are numbers, or begin with a capital within a sentence: what tells claims apart."""
    return frozenset(
        _stem(match[0].lower())
        for match in WORD.finditer(text)
        if (match[0][0].isdigit() or (match[0][0].isupper() and match.start() > 0))
        and (match[0] in _ABBREVIATED or match[0].lower() not in _plain_lists()[0])
    )


def is_negated(text: str) -> bool:
    """Whether the words hold a negation, or an odd number of them: "not without reason" holds none.

    The "No," that an answer begins with is none besides.
    """
    return len(_NEGATIONS.findall(_ANSWER.sub("", text))) % 2 == 1


def negated_words(text: str) -> frozenset[str]:
    """What each negation of a text is of: the first word after it that is no particle, as ``stems`` gives it.

    "There is no split", "he never agreed": "split", "agree". The "No," that an answer begins with negates none.
    """
    found: set[str] = set()
    body = _ANSWER.sub("", text)
    for match in _NEGATIONS.finditer(body):
        # Up to the end of the clause: what comes after that is not what is negated.
        rest = _CLAUSE_END.split(body[match.end() : match.end() + _REACH], maxsplit=1)[0]
        word = next(_plain_words(rest), None)
        if word is not None:
            found.add(_stem(word))
    return frozenset(found)


def sentence_at(sentences: tuple[Span, ...], place: int, text: str) -> Span:
    """The sentence around a place; the line where no sentence is known there."""
    low, high = 0, len(sentences)
    while low < high:
        middle = (low + high) // 2
        if sentences[middle].end <= place:
            low = middle + 1
        else:
            high = middle
    if low < len(sentences) and sentences[low].start <= place:
        return sentences[low]
    start = text.rfind("\n", 0, place) + 1
    end = text.find("\n", place)
    return Span(start, len(text) if end < 0 else end)


def _plain_words(text: str) -> Iterator[str]:
    particles, _ = _plain_lists()
    for match in WORD.finditer(text):
        word = match[0].lower().replace("’", "'")
        word = word.removesuffix("'s").removesuffix("'")
        if (match[0] in _ABBREVIATED or word not in particles) and (len(word) > 1 or word.isdigit()):
            yield word


def _stem(word: str) -> str:
    known = _plain_lists()[1].get(word)
    if known is not None:
        word = known
    for ending in ("ings", "ing", "edly", "ies", "ied", "ed", "es", "ly", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 3 and not word.endswith("ss"):
            word = word[: -len(ending)] + ("y" if ending in {"ies", "ied"} else "")
            break
    if len(word) > 4 and word[-1] == word[-2] and word[-1] not in "aeiousl":
        word = word[:-1]
    return word.removesuffix("e") if len(word) > 3 else word
