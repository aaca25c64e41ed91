"""Whom a name means that may mean several outlets, or something else altogether: "the Times", "Time", "Bloomberg".

What counts as evidence, in this order:

- an outlet of that name was named in full before, or publishes the page itself;
- words that only an outlet has beside it ("told the Post", "the Journal reported", "on the cover of Time"), where one
  outlet alone comes into question: the only one so called, or the only one of the page's own country;
- "The Hill", with the article's capital in the middle of a sentence.

Without any the name stays undecided. A person's full name or title in front of a surname speaks against the outlet
wherever the surname then stands, and so does an abbreviation that the text itself explains as something else.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

from ingest.claims.outlets_catalogue import Form, alike, shipped
from ingest.model import Outlet


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch of text that may name an outlet, with the forms that it is written in.

    ``listed`` is set where no context is needed to say which outlet it is, with method and confidence.
    """

    start: int
    end: int
    forms: tuple[Form, ...]
    listed: Outlet | None = None
    method: tuple[str, float] = ("", 0.0)


_REACH: Final = 70
_PUBLICATION: Final = (
    r"(?:article|story|report|piece|column|op-ed|editorial|essay|interview|poll|survey|analysis|investigation|profile"
    r"|blog|post|item|review|account|feature|headline|cover|pages|edition|issue|cartoon|letter|commentary|obituary)s?"
)
_WORKER: Final = (
    r"(?:reporter|correspondent|columnist|editor|journalist|writer|anchor|host|contributor|critic|blogger|photographer"
    r"|publisher|commentator|analyst|editors-in-chief|editor-in-chief|editorial\ board)s?"
)
# The white space before the name, an article and an opening quotation mark stand between these words and the name.
_BEFORE: Final = re.compile(
    r"\b(?:told|tell|tells|telling"
    r"|interview(?:ed|s)?\ (?:with|by|in|for|on)|(?:wrote|writes|writing|written)\ (?:in|for|by)"
    r"|(?:report(?:ed|s)?|reporting|reports|published|printed|obtained|carried|aired|broadcast|quoted|cited|endorsed"
    r"|commissioned|conducted|revealed|reviewed|seen|leaked|appear(?:ed|ing|s)?|profiled|featured|running|ran)"
    r"\ (?:first\ )?(?:by|in|on|to|for)"
    r"|according\ to|citing|via|hat\ tip(?:\ to|:)?|h/t|courtesy\ of|per"
    rf"|{_PUBLICATION}\ (?:in|by|from|for|on|of|with)|{_WORKER}\ (?:for|at|with|from|of|in)"
    r"|(?:newspaper|magazine|news\ agency|agency|tabloid|daily|weekly|website|network|broadcaster|outlet|platform)"
    r"|(?:acknowledged|admitted|confirmed|explained|said|spoke|speaking|talk(?:ed|ing|s)|statements?|comment(?:s|ed|ing)?"
    r"|remarks|disclosed|confided|complained|told|email|e-mail)\ (?:to|with|on)"
    r"|watch(?:ed|ing)?|read(?:ing)?)\ [\"“']?(?:the\ |The\ )?[\"“'_*]?$",
    re.IGNORECASE,
)
_AFTER: Final = re.compile(
    r"(?:[\"”'_*]|'s|’s)?\ ?(?:has\ |had\ |also\ |first\ |later\ |itself\ |already\ |now\ )*(?:reported|reports|wrote"
    rf"|writes|published|revealed|obtained|quoted|quotes|cited|cites|broke\ the|endorsed|asked\ (?:him|her|them)"
    rf"|{_PUBLICATION}|{_WORKER}|newspaper|magazine|website|web\ site|newsroom"
    r"|front\ page|news\ conference|staff|paper|(?:nightly|evening|morning|prime-time)\ news(?:cast)?)\b"
    r"|'s\ [\"“'‘]",
    re.IGNORECASE,
)
_AT_WORK: Final = re.compile(rf"[ ](?:{_WORKER}|interview|editorial|investigation|poll|survey|column)\b", re.IGNORECASE)
_ABBREVIATION_BEFORE: Final = re.compile(r"\b(?:on|by|to|with|at|from|for|of|and)\ (?:the\ )?$", re.IGNORECASE)
_OF_A_PROGRAMME: Final = re.compile(r"'s\ [A-Z\"“'‘]")
_NEXT: Final = re.compile(r"[ ]([A-Z][\w'-]*)")
_OF: Final = re.compile(r" of (?!the\b)")  # "The Age of Reason"
_GOES_ON: Final = re.compile(
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b|(?:Jan|Febr)uary\b|March\b|April\b|May\b|June\b|July\b|August\b"
    r"|(?:Septem|Octo|Novem|Decem)ber\b|I\b|U\.?S\b|UK\b|US\b|Australia\b"
)
_SENTENCE_END: Final = re.compile(r"(?:^|[.!?:;\n“”\"(*•–—])\s*[\"“‘'(]*$")
_TITLED: Final = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Sen|Rep|Gov|Lt|Gen|Col|Prof|Sir|Lord|Lady|Mayor|Senator|Governor|President|Representative"
    r"|Congressman|Secretary|Billionaire|billionaire|mayor|candidate)\.?|\b[A-Z]\.)\ $"
)
_WORD_BEFORE: Final = re.compile(r"([^\W\d_][\w.'-]*)\ $")
_OTHER_ARTICLE: Final = re.compile(r"(?:Die|Der|Das|Le|La|Les|El|Il|De|Het|O)\ ")
_POSSESSED: Final = re.compile(r"(?:'s?|\ program|\ show)?,?\ [\"“'‘]*(?:[Tt]he\ )?")
_CHANNEL: Final = re.compile(
    r"\ (?:Channel\ )?\d{1,2}\b(?!\ (?:p\.?m|a\.?m|percent|per\ cent|million|billion|years|days|weeks|months|points"
    r"|times|hours|minutes))"
)
_TWO_NAMES: Final = re.compile(r"\b([A-Z])[a-z]+ (?=([A-Z])[a-z])")
_EDITION: Final = frozenset(("daily", "evening", "morning", "weekly", "sunday"))
_EXPLAINED: Final = re.compile(r"\(([A-Z]{2,6})\)")


class Context:
    """What a text tells about the names in it, read from its beginning on.

    Args:
        text: as ``outlets_catalogue.plain`` leaves it.
        own: who published the page.
        earlier: outlets that were named before the text begins, the last one last.
        places: all places of the text where an outlet may be named.
    """

    def __init__(self, text: str, own: Outlet | None, earlier: Sequence[Outlet], places: Sequence[Place]) -> None:
        self._text = text
        self._own = own
        self._named: dict[str, int] = {outlet.id: at - 1_000_000 for at, outlet in enumerate(earlier)}
        self._by_end: dict[str, Outlet] = {_ending(outlet): outlet for outlet in earlier if outlet.domain is None}
        self._last: tuple[Outlet, int] | None = None
        self._explained = _explained(text)
        # "DW" where a Diane Warren is named is hers.
        self._initials = {first + second for first, second in _TWO_NAMES.findall(text)}
        self._people = {
            form.text
            for place in places
            for form in place.forms
            if form.kind == "surname" and _is_person(text, place.start)
        }

    def name(self, outlet: Outlet, place: Place) -> None:
        """Takes note that an outlet is named."""
        self._named[outlet.id] = place.start
        self._last = outlet, place.end
        if outlet.domain is None:  # a listed outlet says itself what it is called for short
            self._by_end[_ending(outlet)] = outlet

    def is_another(self, place: Place, form: Form) -> bool:
        """Whether a name that is clear elsewhere is not the outlet's here."""
        if form.text in self._explained:
            return True
        if self._is_channel(place, form):
            return True
        if " " not in form.text and not form.article and _is_person(self._text, place.start, titles=False):
            return True
        if form.article and " " not in form.text and self._goes_on(place):
            return True
        return _OTHER_ARTICLE.match(form.text) is not None and self._begins(place)

    def _is_channel(self, place: Place, form: Form) -> bool:
        """Whether a number follows that makes it a station of its own: "Fox 35"."""
        numbered = _CHANNEL.match(self._text, place.end) is not None
        return numbered and any(outlet.medium == "broadcaster" for outlet in form.outlets)

    def _begins(self, place: Place) -> bool:
        """Whether a sentence begins here that goes on as any phrase would: "Die Zeit mit Freunden"."""
        if _SENTENCE_END.search(self._text[max(0, place.start - _REACH) : place.start]) is None:
            return False
        after = self._text[place.end : place.end + _REACH]
        return not (after[:1] in ("'", ",", "(", ")", ".", ":") or after[:2] == " (" or _AFTER.match(after))

    def decide(self, place: Place) -> Outlet | None:
        """The outlet that is meant, if any is."""
        text = self._text
        if self._shouted(place):
            return None
        before = text[max(0, place.start - _REACH) : place.start]
        after = text[place.end : place.end + _REACH]
        for form in place.forms:
            if form.kind in ("clear", "programme") or form.text in self._explained or self._is_channel(place, form):
                continue
            if self._possessed(form, place):
                return self._last[0] if self._last else None
            if form.kind == "surname":
                found = self._surname(form, place, before, after)
            elif form.kind == "short":
                found = self._short(form, place, before, after)
            else:
                found = self._word(form, place, before, after)
            if found is not None:
                return found
        return None

    def _possessed(self, form: Form, place: Place) -> bool:
        """Whether its outlet stands right before: "ABC's 'This Week'"."""
        if self._last is None or not any(outlet.id == self._last[0].id for outlet in form.outlets):
            return False
        return _POSSESSED.fullmatch(self._text, self._last[1], place.start) is not None

    def _short(self, form: Form, place: Place, before: str, after: str) -> Outlet | None:
        worker = _AT_WORK.match(after) is not None
        if self._goes_on(place) and not worker:
            return None
        known = self._known(form)
        if not before.lower().endswith("the "):
            return known if worker else None
        if known is not None:
            return known
        if _BEFORE.search(before) or _AFTER.match(after) or _capital_article(before):
            return self._only(form)
        return None

    def _word(self, form: Form, place: Place, before: str, after: str) -> Outlet | None:
        abbreviation = form.text.isupper()
        bare = re.sub(r"[Tt]he $", "", before)
        followed = _AFTER.match(after)
        if followed is not None and len(form.text) == 2 and followed[0].strip() in ("wrote", "writes"):
            followed = None  # two letters that write are somebody's initials
        cued = bool(_BEFORE.search(before) or followed)
        if abbreviation:
            cued = cued or bool(_ABBREVIATION_BEFORE.search(before) or _OF_A_PROGRAMME.match(after))
        if len(form.text) == 2 and form.text in self._initials and self._known(form) is None:
            return None
        if self._goes_on(place):
            return None
        if not cued and _capitalised(bare):
            return None
        if form.article:
            if not cued and not _capital_article(before):
                return None
            return self._known(form) or self._only(form)
        if cued:
            return self._known(form) or self._only(form)
        if _SENTENCE_END.search(before) or before.endswith(("the ", "The ")):
            return None
        return self._known(form)

    def _surname(self, form: Form, place: Place, before: str, after: str) -> Outlet | None:
        if _capitalised(before) or self._goes_on(place):
            return None
        at_work = bool(re.search(r"\b(?:told|tells|telling)\ $", before) or _AFTER.match(after))
        if form.text in self._people:
            return None
        known = self._known(form)
        if known is not None:
            return known
        return self._only(form) if at_work or _BEFORE.search(before) else None

    def _known(self, form: Form) -> Outlet | None:
        """The one of that name that was named last, or that publishes the page."""
        named = [outlet for outlet in form.outlets if outlet.id in self._named]
        if form.kind == "short" and (ending := self._by_end.get(alike(form.text))) is not None:
            named.append(ending)
        if named:
            return max(named, key=lambda outlet: self._named[outlet.id])
        own = self._own
        if own is None:
            return None
        ends = form.kind == "short" and alike(own.name).endswith(" " + alike(form.text))
        return own if ends or any(outlet.id == own.id for outlet in form.outlets) else None

    def _only(self, form: Form) -> Outlet | None:
        """The only one so called, or the only one of the page's own country."""
        found = form.outlets
        if len(found) > 1:
            country = self._own.country if self._own is not None else None
            found = tuple(outlet for outlet in found if country is not None and outlet.country == country)
        if len(found) != 1 or (form.kind == "short" and _of_a_place(found[0], form)):
            return None
        return found[0]

    def _goes_on(self, place: Place) -> bool:
        """Whether what follows belongs to the same name: "the Post Office"."""
        if _OF.match(self._text, place.end):
            return True
        following = _NEXT.match(self._text, place.end)
        return following is not None and _GOES_ON.match(following[1]) is None

    def _shouted(self, place: Place) -> bool:
        """Whether the line is all in capitals, so that they tell nothing."""
        start = self._text.rfind(" ", max(0, place.start - 60), max(0, place.start - 12)) + 1
        around = self._text[max(start, place.start - 40) : place.start] + self._text[place.end : place.end + 30]
        letters = [letter for letter in around if letter.isalpha()]
        return len(letters) > 5 and all(letter.isupper() for letter in letters)


def _of_a_place(outlet: Outlet, form: Form) -> bool:
    """Whether a name goes before the short one, "Ottawa Citizen": papers of other places are called so too."""
    more = alike(outlet.name.partition(" (")[0]).removeprefix("the ").removesuffix(alike(form.text)).split()
    return not _EDITION.issuperset(more)


def _ending(outlet: Outlet) -> str:
    return alike(outlet.name).split()[-1]


def says_outlet(text: str, start: int, end: int) -> bool:
    """Whether words stand beside ``[start, end)`` that only an outlet has beside it: "told the", "article in"."""
    return bool(_BEFORE.search(text[max(0, start - _REACH) : start]) or _AFTER.match(text[end : end + _REACH]))


@cache
def given_names() -> frozenset[str]:
    """Given names of people, by which a person is told from an outlet."""
    lists: Mapping[str, Sequence[str]] = json.loads(
        (files("ingest.claims") / "data" / "given_names.json").read_text(encoding="utf-8")
    )
    return frozenset(name for names in lists.values() for name in names)


def _is_person(text: str, start: int, *, titles: bool = True) -> bool:
    """Whether a given name, or an initial or a title, stands right before."""
    before = text[max(0, start - 30) : start]
    if titles and _TITLED.search(before):
        return True
    word = _WORD_BEFORE.search(before)
    return word is not None and word[1] in given_names()


def _capitalised(before: str) -> bool:
    """Whether the word right before begins with a capital, and no sentence begins with it."""
    word = _WORD_BEFORE.search(before)
    return (
        word is not None
        and word[1][0].isupper()
        and word[1] not in ("The", "A", "An", "In", "On", "At", "By", "From", "For", "I", "And", "But")
    )


def _capital_article(before: str) -> bool:
    """Whether "The" stands right before, in the middle of a sentence."""
    return before.endswith("The ") and _SENTENCE_END.search(before[:-4]) is None


def _explained(text: str) -> frozenset[str]:
    """Abbreviations that the text explains as something that is no outlet: "Americans for Prosperity (AFP)"."""
    found: set[str] = set()
    for match in _EXPLAINED.finditer(text):
        letters = match[1]
        words = re.findall(r"[^\W\d_][\w'-]*", text[max(0, match.start() - 100) : match.start()])
        for count in range(len(letters), min(len(words), len(letters) + 3) + 1):
            phrase = words[-count:]
            capitals = "".join(word[0] for word in phrase if word[0].isupper())
            if letters in (capitals, "".join(word[0] for word in phrase).upper()) and phrase[0][0].isupper():
                outlets = {outlet.id for form in _forms(letters) for outlet in form.outlets}
                named = shipped().named(alike(" ".join(phrase)))
                if named is None or named.id not in outlets:
                    found.add(letters)
                break
    return frozenset(found)


def _forms(name: str) -> list[Form]:
    return [form for form in shipped().by_first_word.get(name.casefold(), ()) if form.text == name]
