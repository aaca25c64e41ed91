"""Two texts with their parts in the plainest order, so that what differs by order alone no longer does.

Who tells it is left out; what stands before the sentence for emphasis, a time, a place, goes to its end; a passive that
names who did it becomes active; "it was Ann who" becomes "Ann", and a name that begins a text gets a "the", by which it
is known for one. By the shape of the words, without a parser: what does not have such a shape stays as it is.
"""

from __future__ import annotations

import re

from ingest.annotate.pairs.compared import WORD
from ingest.annotate.pairs.contrasts import word_lists
from ingest.annotate.pairs.quantities import DAY_NAMES, MONTH_NAMES
from ingest.annotate.pairs.senses import same_word

_SAYING = r"(?:said|says|say)"
_SHOWING = r"(?:found|finds|find|shows|show|showed|shown|confirmed|confirms|reported|reports|report|ruled)"
_DAY = rf"(?:{'|'.join(DAY_NAMES)})"
_MONTH = rf"(?:{'|'.join(MONTH_NAMES)})"
_NAME = r"[A-Z][\w.'-]*(?: [A-Z][\w.'-]*)*"

_TELLS_FIRST = re.compile(
    rf"[^,]{{2,60}}?\s(?:{_SAYING}|{_SHOWING}(?=(?: on {_DAY})? that\b))(?: on {_DAY})?(?: that)?\s"
)
_TELLS_LAST = re.compile(rf",\s[^,]{{2,60}}?\s(?:{_SAYING}|{_SHOWING})(?: on {_DAY})?$")
_SOURCE_FIRST = re.compile(r"According to [^,]{2,60},\s")
_SOURCE_LAST = re.compile(r",? according to [^,]{2,60}$")
_KEPT = re.compile(
    r"\b(?:no|not|never|nobody|none|denied|denies|\w+n't|polls?|surveys?|study|studies|trials?|tests?|analysis|review"
    r"|an?|one|some|several|many|half)\b",
    re.IGNORECASE,
)
"""Who denies it, by what it was measured, and one of many, is no mere teller."""

_PLACED = "In|On|At|During|After|Before|By|For|Since|Until|Behind|Inside|Near|Throughout|Following|Within"
_FRONTED = re.compile(
    rf"(?P<phrase>(?:{_PLACED}) (?!an? )[^,]{{1,70}}),\s"
    r"(?!(?:also|which|who|where|known|and|but|then|once) )(?=\S+\s\S+\s\S)"
    rf"|(?P<date>On {_DAY}|(?:In|On)(?: \d{{1,2}})? {_MONTH}(?: \d{{4}})?|In \d{{4}})\s(?=\S+\s\S)"
)
_CLEFT = re.compile(r"It (?:is|was) (?!not )(?P<what>[^,]{2,60}?) (?:(?P<doer>who|which)|that|when) ", re.I)
_IS_NAMED = re.compile(
    rf"The (?P<what>[^,]{{3,80}}?) (?P<be>is|was) (?P<name>{_NAME})(?P<rest> (?:in|on|at|alone)\b.*)?$"
)
_BEHIND = (
    "in|on|at|after|before|during|for|from|to|with|as|near|over|under|outside|inside|off|against|since|until|alone|when|"
    "while|last|this|yesterday|today"
)
_NOT_AGENT = rf"{_BEHIND}|and|or|of|who|which|that|between|through|by"
_PASSIVE = re.compile(
    r"(?P<patient>[^,]{3,80}?) (?P<be>was|were|is|are|has been|have been|had been) (?P<how>\w+ly )?(?P<verb>[a-z]+)"
    rf"(?P<middle> [^,]*?)? by (?!{_DAY}|{_MONTH})"
    rf"(?P<agent>(?:(?:the |an? )?{_NAME}|(?:the|an?) (?!(?:{_NOT_AGENT})\b)[a-z'-]+)"
    rf"(?: (?!(?:{_NOT_AGENT})\b)[a-z'-]+){{0,2}})(?P<rest>(?:,| (?:{_BEHIND})\b).*)?$"
)
LONGEST = 1_000
"""Characters of a text whose order is looked at."""


def straightened(a: str, b: str) -> tuple[str, str]:
    """Both texts, each in its plainest order; without who tells them, where both tell of the same."""
    if max(len(a), len(b)) > LONGEST:
        return a, b
    texts = [text.strip().rstrip(".!") for text in (a, b)]
    (by, bare), (its_by, its_bare) = (_teller(text) for text in texts)
    one, other = (_in_order(text) for text in ((bare, its_bare) if by == its_by else texts))
    straight = _active(_named(one, other), other), _active(_named(other, one), one)
    return straight if straight != tuple(texts) else (a, b)


def _teller(text: str) -> tuple[tuple[frozenset[str], ...], str]:
    """The words of who tells it, whoever tells of another first, and what is told."""
    by: list[frozenset[str]] = []
    for last in (_TELLS_LAST, _SOURCE_LAST):
        if (found := last.search(text)) and not _KEPT.search(found[0]):
            by, text = [*by, _words(found[0])], text[: found.start()]
    for first in (_TELLS_FIRST, _SOURCE_FIRST):
        if (found := first.match(text)) and not _KEPT.search(found[0]) and not _itself(text[found.end() :]):
            by, text = [*by, _words(found[0])], text[found.end() :]
    return tuple(by), text


def _words(text: str) -> frozenset[str]:
    lists = word_lists().words
    return frozenset(word.lower() for word in WORD.findall(text)) - lists["empty"] - lists["telling"]


def _in_order(text: str) -> str:
    """With what was put in front at its end, and who did it first."""
    if found := _FRONTED.match(text):
        front = found["phrase"] or found["date"]
        text = f"{_known(text[found.end() :])} {front[0].lower()}{front[1:]}"
    if found := _CLEFT.match(text):
        what, rest = found["what"], text[found.end() :]
        text = f"{_known(what)} {rest}" if found["doer"] or what[0].isupper() else f"{rest} {what}"
    if found := _IS_NAMED.match(text):
        text = f"the {found['name']} {found['be']} the {found['what']}{found['rest'] or ''}"
    return text


def _itself(text: str) -> bool:
    """Whether what is told is of whom the words before tell: "the firm said it had lost money"."""
    first = WORD.match(text)
    return first is None or first[0].lower() in word_lists().words["pronouns"]


def _known(text: str) -> str:
    """A capital that stood within a sentence is that of a name, which it no longer shows at the beginning."""
    return f"the {text}" if text[:1].isupper() else text


def _named(text: str, other: str) -> str:
    """Shows that a text begins with a name, where the other one shows it."""
    first = WORD.match(text)
    if first is None or not first[0][0].isupper() or first[0].lower() in word_lists().words["function"]:
        return text
    return f"the {text}" if re.search(rf"\S\s{re.escape(first[0])}\b", other) else text


def _active(text: str, other: str) -> str:
    """With who did it first, and the verb in the form that the other text has it in."""
    found = _PASSIVE.match(text)
    if found is None or not _is_participle(found["verb"]):
        return text
    verb = next((word for word in WORD.findall(other) if same_word(word.lower(), found["verb"])), found["verb"])
    if verb.endswith("s") and found["be"] not in ("is", "are"):
        return text
    parts = (
        _known(found["agent"]), found["how"], verb, _lowered(found["patient"]), found["middle"], found["rest"],
    )  # fmt: skip
    return " ".join(part.strip() for part in parts if part)


def _is_participle(word: str) -> bool:
    return word.endswith(("ed", "wn")) or word in word_lists().words["participles"]


def _lowered(text: str) -> str:
    first = text.split(" ", 1)[0]
    words = word_lists().words
    plain = first.lower() in words["function"] | words["empty"] | words["figures"]
    return text[0].lower() + text[1:] if plain else text
