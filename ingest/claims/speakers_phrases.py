"""What a source phrase is by its words: a pronoun, a name with what stands around it, a body, a description."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from ingest.claims.speakers_data import Gender, roles, wordset
from ingest.claims.speakers_roles import described
from ingest.model import Span

WRITER: Final = frozenset(("i", "we", "me", "us", "my", "our", "mine", "ours", "myself", "ourselves"))
PERSON: Final[Mapping[str, Gender]] = {
    **dict.fromkeys(("he", "his", "him", "himself"), "male"),
    **dict.fromkeys(("she", "her", "hers", "herself"), "female"),
}
GROUP: Final = frozenset(("they", "their", "them", "theirs", "themselves"))
BODIES: Final = frozenset(("it", "its", "itself"))
RELATIVE: Final = frozenset(("who", "which", "whom", "that", "whose"))
UNCLEAR: Final = frozenset(("you", "your", "this", "these", "those", "there", "what"))


def is_pronoun(words: str) -> bool:
    """Whether a whole phrase is a pronoun."""
    lower = words.lower()
    return any(lower in each for each in (WRITER, PERSON, GROUP, BODIES, RELATIVE, UNCLEAR))


_EDGES: Final = ' ,;:…"“”«»„()[]–—-'
_ABBREVIATED: Final = re.compile(r"(?:\b\w|\b[A-Z]\w{1,3})\.$")


def plain(words: str) -> str:
    """A name or description as it is shown: white space joined, marks at its edges removed."""
    shown = " ".join(words.split()).strip(_EDGES)
    # The full stop of "Jr." or "U.S." belongs to the name.
    return shown if _ABBREVIATED.search(shown) else shown.rstrip(".")


# --- names within phrases --------------------------------------------------------------------------------------------

_PREPOSITION: Final = re.compile(
    r"\b(?P<word>of|for|from|to|with|at|in|by|on|about|against|between|under|near|than|like)\b|(?P<owner>['’]s\b|s['’](?=\s))",
    re.IGNORECASE,
)
_FOLLOWS: Final = wordset(
    """
    of for from at in and with on who whose himself herself itself
    """
)
_WORD: Final = re.compile(r"[^\W\d_]+")


def heads(text: str, start: int, first: int, stop: int, end: int, *, person: bool) -> bool:
    """Whether the name ``[first, stop)`` is what the phrase ``[start, end)`` is about, and no part of a description.

    It is in "Trump’s campaign manager Kellyanne Conway" and "former Secretary of State Hillary Clinton", but not in
    "a spokesman for Dmitry Peskov", "supporters of President Obama" and "the Trump aide".
    """
    following = text[stop:end].lstrip()
    if following.strip("'’ "):
        if following[:2] in {"'s", "’s"} and following[2:].strip(_EDGES):
            return False
        if following[0] in "'’-" and following[:2] not in {"'s", "’s"}:
            return False
        word = _WORD.match(following)
        if word is not None and word[0].lower() not in _FOLLOWS:
            return False
    before = text[start:first]
    opens = before.rfind("(")
    if opens > before.rfind(")") and before.strip("( "):
        # "a court (the Third Circuit)" is that one; of "the opposition (Quill and Harrow)" they are some.
        return before[opens + 1 :].strip().lower() in {"", "the"} and following[:1] in {"", ")"}
    if "," in before:
        # "his running mate, Mike Pence": what stands before the comma says who the name's bearer is, or it is no head.
        described_so, _, between_them = before.partition(",")
        return person and not between_them.strip() and described(described_so) is not None
    last = max(_PREPOSITION.finditer(before), key=re.Match.start, default=None)
    if last is None:
        return True
    between = before[last.end() :].split()
    if last["owner"]:
        return person
    ahead = before[: last.start()].split()
    return (
        person
        and last["word"].lower() == "of"
        and bool(between)
        and bool(ahead)
        and ahead[-1].lower() in roles()
        and not any(one.lower() in roles() for one in between)
    )


_CAPITALS: Final = re.compile(
    r"(?:[Tt]he\s+)?((?:[^\W\d_a-z][\w.'’-]*)(?:\s+(?:of|de|van|von|al|the|and|&|[^\W\d_a-z][\w.'’-]*)){0,5})"
)
_HIMSELF: Final = re.compile(r"\s+(?:himself|herself|itself|themselves|alone|too|also)$")
_POINTING: Final = frozenset((*WRITER, *PERSON, *GROUP, *BODIES, *RELATIVE, *UNCLEAR)) | wordset(
    "a an one some many most several no all"
)
_POSSESSIVE: Final = re.compile(r"['’]s?$")
_OWNER: Final = re.compile(r"^['’]s?\b")
_NO_NAMES: Final = wordset(
    """
    some many others most nobody everyone everybody somebody someone one both another all few several none anyone
    anybody no two three four five officials sources experts critics analysts police people voters supporters
    opponents aides lawmakers reporters polls researchers footage records documents skeptics justice investigators
    prosecutors authorities witnesses residents economists scientists historians protesters activists advocates
    observers
    """
)


def name_in_capitals(words: str) -> str | None:
    """The name that a whole phrase is by its capitals, where nothing else knew it as one."""
    capitals = _CAPITALS.fullmatch(_HIMSELF.sub("", words))
    if capitals is None:
        return None
    first, *others = capitals[1].lower().split()
    if first in _POINTING or (not others and (first in _NO_NAMES or first in roles())):
        return None
    return _POSSESSIVE.sub("", capitals[1])


_UTTERED: Final = re.compile(
    r"(?:the|a|an|this|that|another|his|her)?\s*(?:[\w-]+\s+){0,3}?"
    r"(?:statement|remark|comment|word|speech|tweet|testimony|admission|announcement|assertion|commentary|account)s?",
    re.IGNORECASE,
)


def is_what_is_uttered(before: str, after: str) -> bool:
    """Whether a phrase is somebody's words by what stands around the name in it: "the Quill remarks", "Quill’s words",
    "a statement by Quill"."""
    before, after = before.strip(), _OWNER.sub("", after).strip()
    if after:
        return len(before.split()) <= 1 and before.lower() in {"", "the", "a", "an"} and bool(_UTTERED.fullmatch(after))
    made = re.fullmatch(r"(?P<what>.+?)\s+(?:by|from|of)", before, re.DOTALL)
    return made is not None and _UTTERED.fullmatch(made["what"]) is not None


# --- bodies ----------------------------------------------------------------------------------------------------------

_INSTITUTION: Final = re.compile(
    r"(?:[Tt]he\s+)?(?P<whose>(?!(?:The|His|Her|Their|Its|Our|My|A)\s)[^\W\d_a-z][\w.-]*(?:\s[^\W\d_a-z][\w.-]*){0,2})"
    r"(?:['’]s?)?\s+(?P<what>campaign|administration|camp)\b"
)
_OWN: Final = re.compile(r"(?P<whose>his|her)\s+(?P<what>campaign|administration|camp)", re.IGNORECASE)
_BODY: Final = re.compile(r"(?:the|this|that)\s+(?:[a-z-]+\s+){0,2}(?P<head>[a-z]{3,})", re.IGNORECASE)
_MEDIA: Final[Mapping[str, frozenset[str]]] = {
    **dict.fromkeys(("newspaper", "paper", "daily", "tabloid", "broadsheet"), frozenset(("newspaper",))),
    **dict.fromkeys(("network", "channel", "broadcaster", "station"), frozenset(("broadcaster",))),
    **dict.fromkeys(("agency", "newswire", "wire"), frozenset(("agency",))),
    **dict.fromkeys(("magazine", "weekly", "journal"), frozenset(("magazine", "journal"))),
    **dict.fromkeys(("website", "site", "blog"), frozenset(("website", "blog"))),
    **dict.fromkeys(
        ("outlet", "publication"), frozenset(("newspaper", "magazine", "website", "broadcaster", "agency"))
    ),
}


def institution_called(words: str) -> str | None:
    """What an institution called by whom it serves is named: "Hillary Clinton’s campaign" is "Clinton campaign"."""
    match = _INSTITUTION.fullmatch(words)
    return _institution(match) if match is not None else None


def institutions_in(text: str) -> Iterator[tuple[Span, str]]:
    """Where a text names such institutions, and what they are called."""
    for match in _INSTITUTION.finditer(text):
        yield Span(*match.span()), _institution(match)


def _institution(match: re.Match[str]) -> str:
    return f"{match['whose'].split()[-1]} {match['what'].lower()}"


def institution_of_pronoun(words: str) -> tuple[str, str] | None:
    """The pronoun and the noun of "his campaign"."""
    match = _OWN.fullmatch(words)
    return (match["whose"], match["what"].lower()) if match is not None else None


@dataclass(frozen=True, slots=True)
class BodyCalled:
    """A body by what it is; ``media`` are the kinds of outlet that are called so."""

    head: str
    media: frozenset[str]


def body_called(words: str) -> BodyCalled | None:
    """What "the committee" or "the German paper" is called by; ``None`` for any other phrase."""
    match = _BODY.fullmatch(words)
    if match is None:
        return None
    head = match["head"].lower()
    return BodyCalled(head, _MEDIA.get(head, frozenset()))


# --- descriptions ----------------------------------------------------------------------------------------------------

_TOKEN: Final = re.compile(r"[\w’'$%.-]*[\w’'$%]")
_DETERMINERS: Final = wordset(
    """
    the a an some many most several few two three four five six one those these other another any all every no his
    her their its our my both dozens hundreds thousands
    """
)
_DEFINITE: Final = wordset("the this that these those his her its their our my")
_STOPS: Final = wordset(
    """
    is was were are be been has had have did does do will would can could may might must should said says say told
    and but or that when while because if as than so then according including
    """
)
_FARTHEST: Final = 9
_OF_OBJECT: Final = 5
_PLURALS: Final = wordset(
    """
    people police men women some many others most few both those all media
    """
)
_MARKS: Final = (("“", "”"), ("«", "»"), ("„", "“"))
_PARTICLES: Final = frozenset(("on", "in", "out", "up", "there", "here"))
_SINGULARS: Final = wordset(
    """
    one another someone somebody anyone everyone
    """
)
_OF: Final = re.compile(
    r"\s(?:of|for|from|in|at|on|with|who|that|to|familiar|close|near|from|by|and)\s.*|,.*", re.DOTALL
)


def antecedent_before(text: str, start: int) -> Span | None:
    """The noun phrase right before a relative pronoun at ``start``; ``None`` where its beginning cannot be told."""
    low = max(text.rfind(mark, 0, start) for mark in '\n.;:!?“”"—(')
    tokens = list(_TOKEN.finditer(text, max(low + 1, start - 120), start))[-_FARTHEST:]
    if not tokens or text[tokens[-1].end() : start].strip(" ,"):
        return None
    beside = len(tokens) > 1 and tokens[-1][0].lower() in _PARTICLES
    if beside:  # "the station lets experts on who": no more than the object of a verb
        tokens.pop()
    for at in range(len(tokens) - 1, max(-1, len(tokens) - _OF_OBJECT) if beside else -1, -1):
        word = tokens[at][0].lower()
        if word in _STOPS:
            break
        if word in _DETERMINERS:
            while at and tokens[at - 1][0].lower() in _DETERMINERS:
                at -= 1
            return Span(tokens[at].start(), tokens[-1].end())
    last = tokens[-1]
    if not is_plural(last[0]):
        return None
    words = ["", "", *(token[0] for token in tokens)]
    first = tokens[-2] if len(tokens) > 1 and _qualifies(words[-2], words[-3]) else last
    return Span(first.start(), last.end())


def _qualifies(word: str, before: str) -> bool:
    """Whether a word is surely an adjective before a noun: "medical experts", "letting talking heads on"."""
    if word.endswith("ing"):
        return before.endswith("ing") or before.lower() in _DETERMINERS
    return word[0].isupper() or word.endswith(("al", "ic", "ish", "ese", "ist", "ian"))


def is_definite(description: str) -> bool:
    """Whether a description means one that the text has spoken of: "the source", "his aide", "Trump’s critics"."""
    words = description.split()
    return bool(words) and (words[0].lower() in _DEFINITE or any(word.endswith(("’s", "'s")) for word in words[:3]))


def is_plural(description: str) -> bool:
    """Whether a description is of several, as far as its head's ending tells."""
    if " and " in description:
        return True
    words = _OF.sub("", description).split()
    if not words or words[0].lower() in _SINGULARS:
        return False
    if words[0].lower() in {"a", "an"}:
        return False
    head = words[-1].lower().strip("’'")
    return head in _PLURALS or (head.endswith("s") and not head.endswith(("ss", "us", "is")))


def opens_quotation(text: str, place: int) -> bool:
    """Whether ``place`` stands between quotation marks, as far as its paragraph tells."""
    start = text.rfind("\n", 0, place) + 1
    before = text[start:place]
    if before.count('"') % 2:
        return True
    return any(
        before.rfind(opening) > before.rfind(closing) for opening, closing in (("“", "”"), ("«", "»"), ("„", "“"))
    )
