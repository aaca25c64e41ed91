"""Names before a colon, as a transcript or an interview sets them before what each speaker says."""

from __future__ import annotations

import re
from typing import Final

from ingest.model import Span
from ingest.read.words import phrases, wordset

# "Yury Ushakov:", "MR. CARNEY:", "Question (via interpreter):", "Ms Smith [on video]:", "**Anna Berg**:"
_LABEL: Final = re.compile(
    r"(?:[“\"](?=[A-Z]{2,}[^a-z:]*:))?[*_]{0,3}(?P<name>(?![*_])[^\s:：!?…;“”\"„«»][^\n:：!?…;“”\"„«»]{0,89}?)[*_]{0,3}\s?[:：][*_]{0,3}(?=\s|$)"
)
_SHORT: Final = re.compile(r"[*_]{0,3}(?P<name>[QA])[.][*_]{0,3}(?=\s)")
_MOST_WORDS: Final = 12
_ASIDE: Final = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_ABBREVIATED: Final = re.compile(r"\b(?:[A-Z]\w{0,3}|\w)\.")
_PARTICLES: Final = wordset(
    "of the and to for de la le von van der den du di da del dos al el bin ibn in at on a an via y e"
)
_TITLES: Final = wordset("mr mrs ms miss dr prof sir lord lady sen rep gov gen col the")
_GENERIC: Final = phrases(
    """
    q | a | question | answer | frage | antwort | moderator | host | interviewer | reporter | journalist | operator
    | audience | audience member | speaker | anchor | narrator | man | woman | male | female | voice | chair | chairman
    | chairwoman | interviewee | respondent | student | listener | caller | the president | the prime minister
    """
)
_NO_LABELS: Final = wordset(
    """
    note notes update updates updated source sources correction edit warning disclaimer disclosure editor's related
    see also read more image images photo photos picture pictures video credit caption figure table example
    examples summary conclusion tip tips hint ps p.s p.s. background context date time location place when where
    who what why how hinweis quelle quellen anmerkung nachtrag achtung fazit beispiel foto bild mehr siehe auch
    lesen sie mein step part chapter section first firstly second secondly third thirdly fourth fifth finally next
    last pros cons erstens zweitens drittens viertens nächster letzter premièrement deuxièmement primero segundo
    tags tag category categories topics share published posted by contact email e-mail tel phone fax subject re
    title subtitle clarification however here address website url link links http https ingredients advertisement
    copyright keywords abstract isbn doi from to cc remember important attention result results reason reasons fact
    facts bottom according via per as in on at with and but so or if this that these those because meanwhile
    similarly moreover thus hence besides instead of for since after before until while although though not no yes
    now then there option level we i you it he she they our my your here's here’s said continued stated added wrote
    asked explained
    """
)


def label_at(text: str, start: int, end: int, *, bold: int = 0) -> Span | None:
    """Where the label of the paragraph ``[start, end)`` stands, its colon included; ``None`` if it begins with none.

    ``bold`` is how many of the first characters stand in bold: where these are the whole paragraph and a plain name,
    they are a label without a colon.
    """
    words = text[start : min(end, start + 160)]
    match = _SHORT.match(words) or _LABEL.match(words)
    if match is not None and _may_speak(match["name"]):
        return Span(start, start + match.end())
    if 0 < end - start == bold <= 60 and _is_plain_name(words):
        return Span(start, end)
    return None


def key_of(label: str) -> str:
    """What two labels of one speaker have in common: the name in lower case, without title, office and remarks."""
    name = _ASIDE.sub(" ", label).strip("*_:： \t\xa0\n").split(",")[0].rstrip(".")
    parts = name.casefold().split()
    while len(parts) > 1 and parts[0].rstrip(".") in _TITLES:
        parts.pop(0)
    return " ".join(parts)


def is_full_name(label: str) -> bool:
    """Whether a label has two words and more that are written as names are."""
    name = _ASIDE.sub(" ", label).strip("*_:： \t\xa0\n")
    return sum(part[0].isupper() for part in name.split()) >= 2


def is_generic(label: str) -> bool:
    """Whether a label is a role in a conversation, initials, or a name in capitals: what only transcripts have."""
    key = key_of(label)
    core = _ASIDE.sub(" ", label).strip("*_:： \t\xa0\n").split(",")[0]
    return key.rstrip("0123456789 ") in _GENERIC or (core.isupper() and len(core) >= 2)


def _may_speak(name: str) -> bool:
    core = _ASIDE.sub(" ", name).split(",")[0].strip()
    parts = core.split()
    if not parts or len(parts) > _MOST_WORDS or " - " in name:
        return False
    first = parts[0].casefold().rstrip(".’'")
    if (first in _NO_LABELS or parts[0].casefold() in _NO_LABELS) and len(core) > 1:
        return False
    if not any(part[0].isupper() for part in parts) or "." in _ABBREVIATED.sub("", core):
        return False
    if parts[0][0].islower() and parts[0] not in _PARTICLES:
        return False
    return all(part[0].isupper() or part.lower() in _PARTICLES or part[0].isdigit() for part in parts)


def _is_plain_name(words: str) -> bool:
    parts = words.split()
    return (
        2 <= len(parts) <= 5
        and "\n" not in words
        and words[-1].isalpha()
        and all(part[0].isupper() or part in _PARTICLES for part in parts)
        and _may_speak(words)
    )
