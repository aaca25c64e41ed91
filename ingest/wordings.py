"""Pure: assertions in words that can be read, and compared, away from their page.

A wording is an assertion's own words with pronouns made readable in brackets ("[Modi] had agreed to stop"), from what
the page says they refer to, and in positive form: plain negation ("did not agree") is taken off and told beside.
Nothing is added but names in brackets. Where a pronoun cannot be made readable, the wording says so by its ``scope``:
what "it was a mistake" means is told by the text alone, so that it is never the same as another text's.
"""

from __future__ import annotations

import hashlib
import json
import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from ingest.model import GAP, Assertion, Container, Extraction, Id, Span

NAMED_KINDS = frozenset({"organization", "outlet", "group", "place"})
"""Speakers of whom "we" is another word."""

LEAST_WORDS = 3
"""Fewer words than this ("yes", "a lie") say nothing away from their text."""

FAR = 3
"""Words that stand before "it" or "they" where these mean something named within the same words."""


@dataclass(frozen=True, slots=True)
class Wording:
    """An assertion in readable, positive words.

    ``negated`` tells that the assertion says the opposite of ``text``. ``scope`` is empty where the words can be
    understood anywhere; else the id of the speaker or of the text within which alone they mean the same thing.
    """

    text: str
    negated: bool
    scope: str

    @property
    def plain(self) -> str:
        """The words without brackets and quotation marks, as they are compared."""
        return plain(self.text)

    @property
    def saying(self) -> str:
        """The same for wordings of the same words, whatever their case and punctuation, within one scope."""
        words = re.findall(r"\w+", self.plain.casefold())
        encoded = json.dumps([self.scope, words], ensure_ascii=True, separators=(",", ":"))
        return hashlib.blake2b(encoded.encode("ascii"), digest_size=10).hexdigest()


def wordings(extraction: Extraction) -> dict[Id, Wording]:
    """The wording of every assertion of a page, by their ids."""
    known = _places(extraction)
    return {
        one.id: _wording(one, extraction.document.text_of(one.container), known[one.container], extraction)
        for one in extraction.assertions
    }


def plain(text: str) -> str:
    """Words without brackets and quotation marks, and with single spaces."""
    return " ".join(_MARKS.sub(" ", text.replace(GAP, " ")).replace(" 's", "'s").split())


def positive(text: str) -> tuple[str, bool]:
    """The text without its plain negation, and whether it had one.

    A negation is plain where it is the only one, belongs to an auxiliary verb or is "never", and where taking it off
    gives the opposite: not under a condition, in a relative clause, of "all" or "only", or of a duty or a possibility
    ("must not" is no opposite of "must"). Of several statements it is never taken off: that would turn one of them.
    What is no longer what somebody said stands without quotation marks.
    """
    if _SEVERAL.search(text.strip(_END)):
        return text, False
    found = [*_NOT.finditer(text), *_NEVER.finditer(text)]
    if len(found) != 1 or len(_ANY_NEGATION.findall(text)) != 1:
        return text, False
    match = found[0]
    if _BEFORE.search(text, 0, match.start()) or _AFTER.match(text, match.end()) or _BUT.search(text, match.end()):
        return text, False
    if match.re is _NEVER:
        return _unquoted(text[: match.start()] + text[match.end() :].lstrip()), True
    verb = match["verb"] or {"wo": "will", "ca": "can"}.get((match["cut"] or "").lower(), "can")
    if match[0][0].isupper():
        verb = verb[0].upper() + verb[1:]
    return _unquoted(text[: match.start()] + verb + text[match.end() :]), True


def _unquoted(text: str) -> str:
    return _QUOTATION.sub("", text).strip()


@dataclass(slots=True)
class _Places:
    """Where one text names somebody, and where it refers to somebody by a pronoun."""

    mentions: list[tuple[int, int, str]] = field(default_factory=list)
    pronouns: dict[tuple[int, int], tuple[str, str]] = field(default_factory=dict)

    def named_within(self, start: int, end: int, identity: str | None = None) -> bool:
        """Whether somebody (this one, where given) is named between the two."""
        first = bisect_right(self.mentions, (start, -1, ""))
        for low, high, one in self.mentions[first:]:
            if low >= end:
                return False
            if high <= end and identity in (None, one):
                return True
        return False


def _places(extraction: Extraction) -> Mapping[Container, _Places]:
    places: dict[Container, _Places] = defaultdict(_Places)
    for entity in extraction.entities:
        for mention in entity.mentions:
            places[mention.container].mentions.append((mention.start, mention.end, entity.id))
        if entity.kind == "unnamed":
            continue
        for reference in entity.references:
            words = extraction.document.text_of(reference.container)[reference.start : reference.end]
            if words.lower() in _PERSONAL:
                places[reference.container].pronouns[reference.start, reference.end] = (entity.id, entity.name)
    for one in places.values():
        one.mentions.sort()
    return places


def _wording(one: Assertion, text: str, places: _Places, extraction: Extraction) -> Wording:
    pieces: list[str] = []
    scopes: set[str] = set()
    node = extraction.document.node_of(one.container)
    for span in one.content:
        piece, dangling = _readable(one, text, span, places, node)
        pieces.append(piece)
        scopes |= dangling
    words, negated = positive(GAP.join(pieces))
    if len(re.findall(r"\w+", plain(words))) < LEAST_WORDS:
        scopes.add(node)
    # What one text alone explains is no clearer for being one speaker's.
    scope = node if node in scopes else min(scopes, default="")
    return Wording(words, negated, scope)


def _readable(one: Assertion, text: str, span: Span, places: _Places, node: Id) -> tuple[str, set[str]]:
    """One piece of an assertion's words with names for pronouns, and within what they are to be understood."""
    made: list[str] = []
    scopes: set[str] = set()
    at = span.start
    within = one.content[0].start
    named: set[str] = set()
    for match in _PRONOUN.finditer(text, span.start, span.end):
        word = match["word"].lower()
        start, end = match.span("word")
        if start < at:
            continue
        known = places.pronouns.get((start, end))
        if word in _FIRST:
            name, scope = _first(one, word, node)
            if name is None:
                scopes.add(scope)
                continue
            made += [text[at:start], _bracketed(name, word)]
            at = end
            if word == "i" and (verb := _AFTER_I.match(text, end, span.end)):
                made.append(_THIRD[verb["verb"].strip().lower().replace("’", "'")])
                at = verb.end()
        elif known is not None:
            identity, name = known
            if identity in named or places.named_within(within, start, identity):
                continue  # the words themselves say who is meant
            named.add(identity)
            made += [text[at:start], _bracketed(name, word)]
            at = end
        elif not _understood(word, text, match, within, span, places):
            scopes.add(node)
    made.append(text[at : span.end])
    return "".join(made), scopes


def _first(one: Assertion, word: str, node: Id) -> tuple[str | None, str]:
    """The name that "I" or "we" stands for; without one, within what it means the same."""
    speaker = one.speaker
    if speaker is None or speaker.kind == "unnamed" or one.directness == "indirect":
        return None, node
    if word in _PLURAL and speaker.kind not in NAMED_KINDS:
        return None, speaker.id
    return speaker.name, ""


def _understood(word: str, text: str, match: re.Match[str], within: int, span: Span, places: _Places) -> bool:
    """Whether the words themselves tell what a pronoun means that the page does not tell."""
    start, end = match.span("word")
    before = text[within:start]
    if word in _SECOND:
        return False
    if word in _IT_OR_THEY:
        return len(before.split()) >= FAR or _EXPLETIVE.match(text, start, span.end) is not None
    if word in _POINTING:
        # Later on they point at what was said before them, or are no pronouns at all.
        return bool(before.strip()) or _POINTED.match(text, end, span.end) is None
    return places.named_within(within, start)


def _bracketed(name: str, word: str) -> str:
    own = word in ("my", "our", "his", "its", "their", "mine", "ours", "theirs")
    return f"[{name}'s]" if own else f"[{name}]"


_MARKS = re.compile(r"[\[\]\"“”„«»‘]|(?<!\w)['’]|['’](?!\w)")

_VERBS = "is|are|was|were|do|does|did|has|have|had|will|would|can|could|should"
_NOT = re.compile(rf"\b(?:(?P<verb>{_VERBS})(?: not\b|n['’]t\b)|(?P<cut>wo|ca)n['’]t\b|cannot\b)", re.IGNORECASE)
_NEVER = re.compile(r"\bnever\b", re.IGNORECASE)
_ANY_NEGATION = re.compile(
    r"\b(?:not|never|no|none|nobody|nothing|neither|nor|without|cannot|hardly|scarcely|nowhere)\b|n['’]t\b",
    re.IGNORECASE,
)
_BEFORE = re.compile(
    r"\b(?:if|unless|until|whether|because|although|though|while|when|whenever|who|which|whose|where|why|how|what)\b",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"\s+(?:only|just|merely|simply|all|every|everyone|everybody|always|necessarily|yet|until|because|entirely|even|to)\b",
    re.IGNORECASE,
)
_BUT = re.compile(r"\bbut\b", re.IGNORECASE)
_SEVERAL = re.compile(
    re.escape(GAP.strip()) + r"|[.!?;:…][”\"’»)]*\s|\s[–—-]+\s|,[”\"’»]?\s+(?:and|or|so|yet|then)\s|\n", re.IGNORECASE
)
"""Marks between statements, or what looks like them."""
_QUOTATION = re.compile(r"[“”„\"«»]")
_END = ' \t\r\n.!?…”"’»,;'

_SINGULAR = frozenset({"i", "me", "my", "mine", "myself"})
_PLURAL = frozenset({"we", "us", "our", "ours", "ourselves"})
_FIRST = _SINGULAR | _PLURAL
_SECOND = frozenset({"you", "your", "yours", "yourself", "yourselves"})
_HE_OR_SHE = frozenset({"he", "him", "his", "himself", "she", "her", "hers", "herself"})
_IT_OR_THEY = frozenset({"it", "its", "itself", "they", "them", "their", "theirs", "themselves"})
_PERSONAL = _HE_OR_SHE | _IT_OR_THEY
_POINTING = frozenset({"this", "that", "these", "those"})
_PRONOUN = re.compile(
    rf"(?<![\w'’])(?P<word>{'|'.join(sorted(_FIRST | _SECOND | _PERSONAL | _POINTING, key=len, reverse=True))})(?!\w)",
    re.IGNORECASE,
)
_AFTER_I = re.compile(r"(?P<verb>['’](?:m|ve|ll|d)|\s+(?:am|have|do))\b", re.IGNORECASE)
_THIRD = {
    "'m": " [is]",
    "'ve": " [has]",
    "'ll": " will",
    "'d": " would",
    "am": " [is]",
    "have": " [has]",
    "do": " [does]",
}
_EXPLETIVE = re.compile(
    r"(?:it|It)(?:['’]s| is| was| will be| would be| seems| appears| has been)\b.*\b(?:that|to|for)\b", re.DOTALL
)
_POINTED = re.compile(
    r"\s*(?:['’]s|is|are|was|were|will|would|can|could|has|have|had|means|shows|does|did)\b", re.IGNORECASE
)
