"""Word lists of the package, made into patterns; and words as they are compared: without endings and without particles.

A list is a file of ``data/``: sections in brackets, one entry a line, each a regular expression in which a space stands
for any white space and ``'`` for either apostrophe.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Final

from ingest.model import Span

WORD: Final = re.compile(r"[^\W_]+(?:['’.][^\W_]+)*")

_PARTICLES: Final = frozenset(
    [
        "a",
        "about",
        "after",
        "again",
        "all",
        "also",
        "am",
        "an",
        "and",
        "any",
        "are",
        "aren't",
        "as",
        "at",
        "be",
        "because",
        "been",
        "before",
        "being",
        "both",
        "but",
        "by",
        "can",
        "can't",
        "cannot",
        "could",
        "couldn't",
        "did",
        "didn't",
        "do",
        "does",
        "doesn't",
        "doing",
        "don't",
        "down",
        "each",
        "even",
        "few",
        "for",
        "from",
        "further",
        "get",
        "gets",
        "getting",
        "give",
        "given",
        "go",
        "had",
        "hadn't",
        "has",
        "hasn't",
        "have",
        "haven't",
        "having",
        "he",
        "he's",
        "her",
        "here",
        "hers",
        "herself",
        "him",
        "himself",
        "his",
        "how",
        "i",
        "i'd",
        "i'll",
        "i'm",
        "i've",
        "if",
        "in",
        "into",
        "is",
        "isn't",
        "it",
        "it's",
        "its",
        "itself",
        "just",
        "let",
        "like",
        "made",
        "make",
        "many",
        "may",
        "me",
        "might",
        "more",
        "most",
        "much",
        "must",
        "my",
        "myself",
        "no",
        "nor",
        "not",
        "now",
        "of",
        "off",
        "on",
        "once",
        "one",
        "only",
        "or",
        "other",
        "our",
        "ours",
        "out",
        "over",
        "own",
        "put",
        "quite",
        "rather",
        "really",
        "said",
        "same",
        "say",
        "says",
        "see",
        "she",
        "should",
        "shouldn't",
        "so",
        "some",
        "still",
        "such",
        "take",
        "than",
        "that",
        "that's",
        "the",
        "their",
        "theirs",
        "them",
        "themselves",
        "then",
        "there",
        "there's",
        "these",
        "they",
        "they're",
        "this",
        "those",
        "through",
        "to",
        "too",
        "under",
        "until",
        "up",
        "upon",
        "us",
        "very",
        "was",
        "wasn't",
        "we",
        "we're",
        "well",
        "were",
        "weren't",
        "what",
        "when",
        "where",
        "which",
        "while",
        "who",
        "whom",
        "whose",
        "why",
        "will",
        "with",
        "without",
        "won't",
        "would",
        "wouldn't",
        "yes",
        "yet",
        "you",
        "you're",
        "your",
        "yours",
        "yourself",
    ]
)
_NEGATIONS: Final = re.compile(
    r"\b(?:not|never|no|nobody|nothing|none|neither|nor|cannot|without)\b|n['’]t\b", re.IGNORECASE
)
_ANSWER: Final = re.compile(r"^\W*no[,.!]+\s", re.IGNORECASE)
_IRREGULAR: Final[Mapping[str, str]] = {
    "bought": "buy", "brought": "bring", "built": "build", "came": "come", "drew": "draw", "fell": "fall", "fought": "fight",
    "found": "find", "gave": "give", "gone": "go", "went": "go", "held": "hold", "hid": "hide", "hidden": "hide", "kept": "keep",
    "knew": "know", "known": "know", "led": "lead", "left": "leave", "lost": "lose", "meant": "mean", "met": "meet", "paid": "pay",
    "ran": "run", "rose": "rise", "risen": "rise", "sent": "send", "shot": "shoot", "sold": "sell", "spent": "spend",
    "stole": "steal", "stolen": "steal", "taken": "take", "took": "take", "taking": "take", "told": "tell", "won": "win",
    "written": "write", "wrote": "write", "people": "person", "children": "child", "men": "man", "women": "woman",
}  # fmt: skip


@cache
def sections(name: str) -> Mapping[str, str]:
    """For each section of ``data/name`` an alternative of its entries, longest first."""
    found: dict[str, list[str]] = {}
    section = ""
    for raw in (files("ingest.claims") / "data" / name).read_text(encoding="utf-8").splitlines():
        line = raw.strip()
        if line.startswith("[") and line.endswith("]") and line[1:-1].isidentifier():
            section = line[1:-1]
            found[section] = []
        elif line and not line.startswith("#"):
            found[section].append(line.replace("'", "['’]").replace(" ", r"\s+"))
    return {key: f"(?:{'|'.join(sorted(entries, key=len, reverse=True))})" for key, entries in found.items()}


def stems(text: str) -> frozenset[str]:
    """The words of a text as they are compared: lower case, without endings; no particles."""
    return frozenset(_stem(word) for word in _plain_words(text))


def names_in(text: str) -> frozenset[str]:
    """Those among ``stems`` that are numbers, or that begin with a capital within a sentence: what tells claims apart."""
    return frozenset(
        _stem(match[0].lower())
        for match in WORD.finditer(text)
        if (match[0][0].isdigit() or (match[0][0].isupper() and match.start() > 0))
        and match[0].lower() not in _PARTICLES
    )


def is_negated(text: str) -> bool:
    """Whether the words hold a negation, or an odd number of them: "not without reason" holds none.

    The "No," that an answer begins with is none besides.
    """
    return len(_NEGATIONS.findall(_ANSWER.sub("", text))) % 2 == 1


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
    for match in WORD.finditer(text):
        word = match[0].lower().replace("’", "'")
        word = word.removesuffix("'s").removesuffix("'")
        if word not in _PARTICLES and (len(word) > 1 or word.isdigit()):
            yield word


def _stem(word: str) -> str:
    known = _IRREGULAR.get(word)
    if known is not None:
        word = known
    for ending in ("ings", "ing", "edly", "ies", "ied", "ed", "es", "ly", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 3 and not word.endswith("ss"):
            word = word[: -len(ending)] + ("y" if ending in {"ies", "ied"} else "")
            break
    if len(word) > 4 and word[-1] == word[-2] and word[-1] not in "aeiousl":
        word = word[:-1]
    return word.removesuffix("e") if len(word) > 3 else word
