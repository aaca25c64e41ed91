"""What brings in a quotation: the sentence before it, or the name that it is signed with."""

from __future__ import annotations

import re
from typing import Final

from ingest.model import Span

LONGEST: Final = 400
"""Characters of a lead-in."""

_SENTENCE_END: Final = re.compile(r"[.!?…][\"”’“»)\]]*\s+(?=[\"“„«(\[]?[A-ZÀ-ÖØ-ÞА-ЯЁ0-9])")
_ABBREVIATED: Final = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Sen|Rep|Gov|Gen|Col|Lt|Prof|Jr|Sr|St|No|vs|U\.S|U\.K|e\.g|i\.e|e\.V|d\.h|z\.B)|\b[A-Z])\.\s+$"
)
_LONGEST_ABBREVIATED: Final = 12
_DECORATION: Final = '"”’»*_ \t\n\r\xa0'
_OPEN: Final = re.compile(r"[\w,)\]–—-]$")
# "TASS put it like this.": it leads on without a colon.
_POINTS: Final = re.compile(r"\b(?:this|thus|as follows|the following|like so)[.…]*$", re.IGNORECASE)
_REPORT: Final = re.compile(
    r"(?:(?:and|now|then|also|again|first|next|finally|here)\s+)?"
    r"(?:from|according to|via|per|over at|as (?:reported|noted) (?:by|in))\s+(?!I\b|my\b|me\b)"
    r"|in (?:the )?(?!my\b|our\b)[^\s,:]+(?: [^\s,:]+){0,3}[:：]$"
    r"|[^\n]*\b(?:reports?|reported|account|article|story|coverage|newspaper|put it (?:like this|this way))\s*[:：]$",
    re.IGNORECASE,
)
# "Reuters, 4 May:", "The Guardian (12 March 2021):"
_DATED: Final = re.compile(
    r"(?:The )?[A-Z][\w.&’'-]*(?: [\w.&’'-]+){0,4}(?:, | \()(?:on )?(?:\w+,? )?"
    r"(?:\d{1,2}\.? \w+|\w+ \d{1,2}|\d{4}|\w+day)(?:,? \d{4})?\)?\s*[:：]"
)
# What says that words follow: "Fox wrote:", "in the words of", "this comment:", "Das Gericht stellt dazu fest:".
_WORDS_FOLLOW: Final = re.compile(
    r"\b(?:sa(?:id|ys?|ying)|tells?|told|wr(?:ote|ites?|iting)|written|put(?:s|ting)? it|explain(?:s|ed|ing)?"
    r"|report(?:s|ed|ing)?|note[sd]?|noting|argue[sd]?|arguing|state[sd]?|stating|add(?:s|ed|ing)?|tweet(?:s|ed)?"
    r"|post(?:s|ed)|answer(?:s|ed)|repl(?:y|ies|ied)|respond(?:s|ed)|claim(?:s|ed)|warn(?:s|ed)|conclude[sd]?"
    r"|conclusions?|admit(?:s|ted)|declare[sd]?|announce[sd]?|observe[sd]?|recall(?:s|ed)|comment(?:s|ed)?"
    r"|remark(?:s|ed)?|quot(?:e[sd]?|ing|ation)|cit(?:e[sd]?|ing)|reads?|goes|went like|words?|statement|account"
    r"|summary|excerpt|extract|passage|paragraph|sentence|section|transcript|letter|speech|interview|article|piece|story"
    r"|essay|review|headline"
    r"|sagte?n?|schr(?:ieb|eib)(?:t|en)?|schrieben|erklärte?n?|stell(?:t|te|en)|meinte?n?|heißt es|zitat|zitiere?t?"
    r"|wörtlich|worten|laut|zum schluss|urteil|écrit|dit|explique|selon|dice|dijo|escribió|explica|según)\b",
    re.IGNORECASE,
)
_FEWEST_WORDS: Final = 4
_SIGNATURE: Final = re.compile(r"(?P<dash>[—–―]|--?)[ \t\xa0]?(?P<name>[^\W\d_a-zß-öø-ÿ@](?:[^\n]{1,118}[^\n:,;])?)")
_QUOTED_AND_SIGNED: Final = re.compile(
    r"[“\"«„][^\n]{8,}?[”\"»“][.,]?[ \t\xa0\n]*(?P<sign>(?:[—–―]|--?)[ \t\xa0]?[^\W\d_a-zß-öø-ÿ@][^\n“”\"«»]{1,118})"
)
_SIGNED_BEHIND: Final = re.compile(
    r"[.!?…][\"”’»“)]*[ \t\xa0]+(?P<sign>[—–―][ \t\xa0]?(?P<name>[^\W\d_a-zß-öø-ÿ][^\n—–―]*[^\s.?!:;]))"
)
_ADDRESS: Final = re.compile(r"[(\[]?(?:\[\d+\])?https?://\S+[)\]]?", re.IGNORECASE)
_SHOWS: Final = re.compile(r"(?:watch|listen|see|view|read|check|click|look|photos?|videos?)\b", re.IGNORECASE)
_NAME: Final = re.compile(r"\b[A-ZÀ-ÖØ-Þ][a-zß-öø-ÿ]{3,}\b")
_MOST_SIGNED: Final = 14
_LONGEST_SIGNATURE: Final = 124


def last_sentence(text: str, start: int, end: int, *, wrapped: bool = False, open_ended: bool = False) -> Span | None:
    """The last sentence of a paragraph, where it leads to what follows: it ends in a colon.

    Args:
        wrapped: line ends within the paragraph mean nothing.
        open_ended: a sentence without any end, and one that says "this", leads on as well.
    """
    words = text[start:end].rstrip()
    bare = words.rstrip(_DECORATION)
    if not bare.endswith((":", "：")) and not (open_ended and (_OPEN.search(bare) or _POINTS.search(bare))):
        return None
    at = 0
    for match in _SENTENCE_END.finditer(words):
        if len(words) - match.end() > 4 and not _ABBREVIATED.search(
            words, max(0, match.end() - _LONGEST_ABBREVIATED), match.end()
        ):
            at = match.end()
    if not wrapped:
        at = max(at, words.rfind("\n") + 1)
    return Span(start + at, start + len(words)) if len(words) - at <= LONGEST else None


def is_report(lead_in: str) -> bool:
    """Whether a lead-in brings in a report ("From the BBC:") and not a person's own words ("Fox wrote:")."""
    words = lead_in.strip("*_ ")
    return _REPORT.match(words) is not None or _DATED.fullmatch(words) is not None


def brings_in_words(lead_in: str, *, surely: bool) -> bool:
    """Whether somebody's words may follow a lead-in; ``surely``: it says that they do.

    "Sources:" and "My conclusion:" bring in the writer's own.
    """
    words = lead_in.strip("*_ ")
    if is_report(words):
        return True
    if len(words.split()) < _FEWEST_WORDS and not _WORDS_FOLLOW.search(words):
        return False
    return not surely or _WORDS_FOLLOW.search(words) is not None


def points_elsewhere(lead_in: str) -> bool:
    """Whether a lead-in is a caption of what text does not hold: "Watch the full video below:"."""
    return _SHOWS.match(lead_in.strip("*_ ")) is not None


def tells_of_the_same(lead_in: str, words: str) -> bool:
    """Whether a paragraph goes on about whom or what the lead-in names, and so is hardly the one's own words."""
    names = {word.casefold() for word in _NAME.findall(lead_in)[1:]} | {
        word.casefold() for word in _NAME.findall(lead_in)[:1] if not lead_in.startswith(word)
    }
    return bool(names) and not names.isdisjoint(word.casefold() for word in _NAME.findall(words))


def is_address(words: str) -> bool:
    """Whether a paragraph is nothing but a web address."""
    return _ADDRESS.fullmatch(words.strip()) is not None


def signature_in(text: str, start: int, end: int, *, dashed: bool) -> Span | None:
    """Where the paragraph ``[start, end)`` is nothing but the signature of a quotation above it: a dash and a name.

    ``dashed`` says that the dash stands before ``start`` already, as that of a list item does.
    """
    if end - start > _LONGEST_SIGNATURE:
        return None
    words = text[start:end].strip()
    match = _SIGNATURE.fullmatch(f"- {words}" if dashed else words)
    return (
        Span(start, end)
        if match is not None and _names(match["name"], plainly=dashed or match["dash"] == "-")
        else None
    )


def signature_below(text: str, start: int, end: int) -> Span | None:
    """The same for the last line of a paragraph that has others before it."""
    line = text.rfind("\n", start, end) + 1
    return signature_in(text, line, end, dashed=False) if line > start else None


def signature_behind(text: str, start: int, end: int) -> Span | None:
    """The same behind the last sentence of a marked quotation: ``It was late. — Maja Horn, baker``."""
    first = max(start, end - _LONGEST_SIGNATURE)
    words = text[first:end].rstrip()
    dash = max(words.rfind(mark) for mark in "—–―")
    match = None if dash < 0 else _SIGNED_BEHIND.search(words, max(0, dash - 12))
    if match is None or match.end() < len(words) or not _names(match["name"], plainly=False):
        return None
    if len(re.split(r"[,(|]", match["name"], maxsplit=1)[0].split()) < 2:
        return None
    return Span(first + match.start("sign"), first + match.end("sign"))


def signed_quotation(text: str, start: int, end: int) -> Span | None:
    """Where a paragraph that is a whole quotation in its marks is signed: ``“...” — Maja Horn, baker``."""
    if text[start] not in '“"«„' or end - start > 2_000:
        return None
    match = _QUOTED_AND_SIGNED.fullmatch(text[start:end].rstrip())
    if match is None or not _names(match["sign"].lstrip("—–―- \t\xa0"), plainly=False):
        return None
    return Span(start + match.start("sign"), start + match.end("sign"))


def _names(name: str, *, plainly: bool) -> bool:
    """Whether a signature's words are a name, with an office or a date behind it; ``plainly``: the name alone."""
    head = re.split(r"[,(|]|\s[—–-]\s", name, maxsplit=1)[0].split()
    if len(name.split()) > _MOST_SIGNED or not head or len(head) > 6:
        return False
    capitals = sum(part[0].isupper() or part[0] == "@" for part in head)
    if plainly:
        return len(name.split()) <= 6 and capitals == len(head) >= 2
    return capitals * 2 > len(head) and not name.rstrip().endswith(("?", "!"))
