"""What one comment's part of a page says: who wrote it, when, under which address, and the text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from lxml.etree import _Element

from ingest.read.html_flow import BLOCKS, Flowed, FlowLink, flow
from ingest.read.htmlthreads import vocabulary
from ingest.read.htmlthreads.page import Page, classes, plain_words, tokens
from ingest.read.htmlthreads.times import TimeReader, from_attribute

QUOTE_MARK: Final = "> "
"""Begins each line of what a comment quotes, so that it can be told from the comment writer's own words."""

_NAME_LIMIT: Final = 80
_TIME_ATTRIBUTES: Final = (
    "datetime",
    "content",
    "title",
    "data-time",
    "data-timestamp",
    "data-date",
    "data-datetime",
    "data-created",
    "data-epoch",
    "data-utime",
)
_PROFILE: Final = re.compile(
    r"/(?:users?|profiles?|members?|people|authors?|u|account|~[\w-]+|@[\w.-]+)(?:/|\?|$|\.php|\.aspx)|"
    r"[?&](?:user|member|uid|id_user|username|author)=|user\?id=|profile\.g|userinfo|/~\w+",
    re.IGNORECASE,
)
_HIDDEN_STYLE: Final = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
_PERMALINK: Final = re.compile(
    r"#(?:[\w:.-]*?(?:comment|cmt|kommentar|komment|reactie|reply|post|msg|p|c)[\w:.-]*?\d[\w:.-]*|"
    r"[\w-]*\d{2,}[\w-]*)$",
    re.IGNORECASE,
)
_NOT_PERMALINK: Final = re.compile(
    r"replytocom|#respond|javascript:|mailto:|[?&](?:reply|quote|report|action|like_comment|vote|how)=|/reply|login",
    re.IGNORECASE,
)
_TRIM: Final = " \t\n|·•,;:–—-−/«»#()[]▪►▸★☆"
# A letter, a digit, or an emoji: a heart is a comment, too.
_SAYING: Final = re.compile(r"\w|[\u2600-\u27bf\U0001f000-\U0001ffff]")


@dataclass(slots=True)
class Reading:
    """One comment as its part of the page shows it; links' targets are as written."""

    author: str | None = None
    posted_at: datetime | None = None
    has_time: bool = False
    url: str | None = None
    by_post_author: bool = False
    text: str = ""
    links: tuple[FlowLink, ...] = ()
    answers: tuple[str, ...] = ()
    """Targets or names of the comment this one says to answer, most telling first."""
    ping: bool = False

    @property
    def complete(self) -> bool:
        """A text that somebody wrote, or that was written at some time."""
        return bool(self.text) and (self.author is not None or self.has_time)


class FieldReader:
    """Reads comments of one page.

    Args:
        times: reads the page's times as people write them.
    """

    def __init__(self, page: Page, times: TimeReader) -> None:
        self.page = page
        self.times = times
        # A comment's elements are looked at once for each of the elements it is wrapped in.
        self._author_ranks: dict[_Element, int] = {}
        self._time_ranks: dict[_Element, int] = {}

    def read(self, item: _Element, inner: Sequence[_Element]) -> Reading:
        """Reads the comment at ``item``; ``inner`` are other comments that stand in it, in document order."""
        holes = self._holes(item, inner)
        region = list(self.page.region(item, holes))
        hidden = self._hidden(item, region)
        alive = [element for element in region if not self._under(element, hidden)] if hidden else region
        content = self._content(item, alive)
        outside = [element for element in alive if not any(self.page.inside(element, part) for part in content)]
        if content and not (self._authors(outside, item) or self._times(outside)):
            inside = [element for element in alive if element not in set(outside)]
            if self._authors(inside, item) or self._times(inside):
                content, outside = [], alive
        skip = set(holes) | set(hidden)
        found = Reading()
        author = self._author(outside, item, skip, found)
        time = self._time(outside, found)
        self._link(item, outside, time, found)
        self._text(item, alive, content, author, time, skip, found)
        self._lines(item, outside, content, skip, found)
        if found.posted_at is None and author is not None:
            when = self.times.read(_plain(self._header_of(author, item)))
            if when is not None:
                found.posted_at, found.has_time = when, True
        self._marks(item, outside, found)
        return found

    # --- what tells of a comment where nothing is named ---------------------------------------------------------

    def marks_time(self, element: _Element) -> bool:
        """Whether an element tells when something was written: by its name, or because a date is all it says."""
        if self._is_time(element):
            return True
        if (
            element.tag not in {"a", "span", "small", "p", "em", "i", "div", "td", "abbr", "b", "font", "dt"}
            or len(element) > 4
        ):
            return False
        own = " ".join(" ".join((element.text or "", *(child.tail or "" for child in element))).split())
        return 6 <= len(own) <= 80 and self.times.find(own) is not None

    def marks_author(self, element: _Element) -> bool:
        """Whether an element tells who wrote something."""
        return self._is_author(element)

    def is_signature(self, element: _Element) -> bool:
        """Whether an element says who wrote something and when, and no more."""
        text = _plain(element)
        if not 8 <= len(text) <= 160 or self.times.find(text) is None:
            return False
        return vocabulary.BYLINE.match(text) is not None or vocabulary.SAID.match(text) is not None

    # --- the regions ---------------------------------------------------------------------------------------

    def _holes(self, item: _Element, inner: Sequence[_Element]) -> list[_Element]:
        """The largest elements around ``inner`` comments that hold nothing of this one: lists of replies."""
        holes: list[_Element] = []
        for one in inner:
            if holes and self.page.inside(one, holes[-1]):
                continue
            hole = one
            for above in one.iterancestors():
                if above is item or not self._holds_replies_only(above):
                    break
                hole = above
            holes.append(hole)
        return holes

    def _holds_replies_only(self, element: _Element) -> bool:
        if element.tag in {"ul", "ol", "details"}:
            return True
        found = plain_words(element)
        return bool(found & vocabulary.NESTING) or any(vocabulary.names_thread(token) for token in tokens(element))

    def _hidden(self, item: _Element, region: Sequence[_Element]) -> list[_Element]:
        return [
            element
            for element in region
            if element is not item
            and (
                element.tag
                in {"form", "button", "textarea", "select", "nav", "script", "style", "template", "dialog", "menu"}
                or element.get("hidden") is not None
                or element.get("role") in {"button", "menu", "toolbar", "form", "navigation", "menuitem"}
                or _HIDDEN_STYLE.search(element.get("style") or "") is not None
                or any(token.lower() in vocabulary.HIDDEN for token in classes(element))
            )
        ]

    def _under(self, element: _Element, roots: Iterable[_Element]) -> bool:
        return any(self.page.inside(element, root) for root in roots)

    def _content(self, item: _Element, alive: Sequence[_Element]) -> list[_Element]:
        """The elements that hold the text, by name; none where none is named."""
        stated = [
            element
            for element in alive
            if (
                set((element.get("itemprop") or element.get("property") or "").replace("schema:", "").split())
                & {"text", "commentText", "description", "articleBody", "reviewBody", "content:encoded"}
                and element.tag not in {"meta", "link"}
            )
            or "e-content" in classes(element)
        ]
        if stated:
            return self._outermost(stated)
        named = [
            element
            for element in alive
            if element is not item
            and any(vocabulary.is_content_word(token) for token in classes(element))
            and not any(vocabulary.is_noise_word(token) for token in classes(element))
        ]
        if not named:
            return []
        owners = [element for element in alive if self._is_author(element) or self._is_time(element)]
        clean = [
            element
            for element in named
            if not any(self.page.inside(owner, element) and not self._in_quotation(owner, element) for owner in owners)
        ]
        # Where the whole comment is called "body" and holds its header too, the text is what is left of it.
        clean = self._outermost(clean)
        sized = [(len(flow([element], dropped=self._drops).text), element) for element in clean]
        filled = [element for size, element in sized if size]
        if len(filled) > 1:
            largest = max(size for size, _ in sized)
            best = [element for size, element in sized if size == largest]
            alike = [element for element in filled if classes(element) == classes(best[0])]
            return alike if len(alike) > 1 else best[:1]
        return filled

    def _in_quotation(self, element: _Element, root: _Element) -> bool:
        for above in element.iterancestors():
            if above is root:
                return False
            if above.tag in {"blockquote", "q", "p"}:
                return True
        return False

    def _outermost(self, elements: Sequence[_Element]) -> list[_Element]:
        kept: list[_Element] = []
        for element in elements:
            if not kept or not self.page.inside(element, kept[-1]):
                kept.append(element)
        return kept

    def _drops(self, element: _Element) -> bool:
        if element.tag in {"nav", "cite"} and element.tag == "nav":
            return True
        if element.get("hidden") is not None or _HIDDEN_STYLE.search(element.get("style") or ""):
            return True
        names = classes(element)
        if names and any(vocabulary.is_noise_word(token) for token in names):
            return True
        if element.tag in {"a", "span", "small", "div", "p", "li", "i", "em"} and len(element) < 3:
            text = _plain(element)
            return 0 < len(text) <= 60 and text.lower() in vocabulary.ACTIONS and not self._is_plain_prose(element)
        return False

    def _is_plain_prose(self, element: _Element) -> bool:
        """Whether a word ("like", "Edit:") is text and no button: it is no link and stands within a sentence."""
        if element.tag == "a" or any(child.tag in {"a", "button"} for child in element):
            return False
        return element.tag in {"p", "em", "i"} or (
            element.tag == "span" and not element.get("class") and _has_neighbours(element)
        )

    # --- who --------------------------------------------------------------------------------------------------

    def _is_author(self, element: _Element) -> bool:
        return self._author_rank(element) >= 6

    def _author_rank(self, element: _Element) -> int:
        rank = self._author_ranks.get(element)
        if rank is None:
            rank = self._author_ranks[element] = self._rank_author(element)
        return rank

    def _rank_author(self, element: _Element) -> int:
        if element.tag in {"img", "time", "input", "svg", "form", "button"}:
            return 0
        stated = set(
            (element.get("itemprop") or element.get("property") or "")
            .replace("schema:", "")
            .replace("foaf:", "")
            .split()
        )
        if stated & {"author", "creator"}:
            return 11
        if "name" in stated:
            return 12
        rank = max((vocabulary.author_rank(token) for token in classes(element)), default=0)
        if rank >= 6:
            return rank
        if "author" in (element.get("rel") or "").split():
            return 8
        if element.tag == "cite":
            return 7
        if element.tag == "a":
            target = element.get("href") or ""
            if "url" in classes(element) or _PROFILE.search(target):
                return max(rank, 6)
        return rank

    def _authors(self, outside: Sequence[_Element], item: _Element) -> list[_Element]:
        return [element for element in outside if element is not item and self._author_rank(element) >= 3]

    def _author(
        self, outside: Sequence[_Element], item: _Element, skip: set[_Element], found: Reading
    ) -> _Element | None:
        ranked = [
            (self._author_rank(element), -place, element)
            for place, element in enumerate(outside)
            if element is not item
        ]
        for rank, _, element in sorted(
            (one for one in ranked if one[0] >= 3), key=lambda one: (one[0], one[1]), reverse=True
        ):
            if rank < 12 and self._in_quotation(element, item) and rank < 6:
                continue
            name = self._name(element, skip)
            if name:
                found.author = name
                return element
        for element in outside:
            if (
                element.tag in {"b", "strong", "h3", "h4", "h5", "h6"}
                and element is not item
                and not self._in_prose(element, item)
            ):
                name = self._name(element, skip)
                if name and name.lower() not in vocabulary.ACTIONS and self.times.read(name) is None:
                    found.author = name
                    return element
        for key in ("data-author", "data-comment-author", "data-username", "data-user-name", "data-author-name"):
            name = clean_name(item.get(key) or "")
            if name:
                found.author = name
                return None
        return None

    def _in_prose(self, element: _Element, item: _Element) -> bool:
        """Whether words in bold stand in a paragraph with more words than a by-line has."""
        above = element.getparent()
        if above is None or above is item:
            return False
        return above.tag in {"p", "blockquote", "li"} and len(_plain(above)) > 120

    def _name(self, element: _Element, skip: set[_Element]) -> str | None:
        content = element.get("content")
        if element.tag == "meta" or content:
            return clean_name(content or "")

        def drops(part: _Element) -> bool:
            return part is not element and (
                self._is_time(part) or self._is_badge(part) or (self._drops(part) and not self._author_rank(part))
            )

        text = " ".join(flow([element], dropped=drops, skip=skip).text.split())
        when = self.times.find(text)
        if when is not None or len(text) > _NAME_LIMIT:
            for part in element.iter("a", "b", "strong", "cite", "span", "em", "h3", "h4", "h5"):
                if part is element or self._is_time(part) or part in skip:
                    continue
                inner = clean_name(_plain(part))
                if inner and self.times.find(inner) is None and inner.lower() not in vocabulary.ACTIONS:
                    return inner
            if when is not None and when[1] > 0:
                text = text[: when[1]]
        for pattern in (vocabulary.SAID, vocabulary.BYLINE):
            match = pattern.match(text)
            if match:
                return clean_name(match["name"])
        return clean_name(text)

    # --- when, and where --------------------------------------------------------------------------------------

    def _is_time(self, element: _Element) -> bool:
        return self._time_rank(element) >= 5

    def _time_rank(self, element: _Element) -> int:
        rank = self._time_ranks.get(element)
        if rank is None:
            rank = self._time_ranks[element] = self._rank_time(element)
        return rank

    def _rank_time(self, element: _Element) -> int:
        stated = set(
            (element.get("itemprop") or element.get("property") or "").replace("schema:", "").replace("dc:", "").split()
        )
        if stated & {"dateCreated", "datePublished", "commentTime", "uploadDate", "created", "date"}:
            return 10
        if element.tag == "time":
            return 9
        if element.tag in {"img", "form", "button", "input"}:
            return 0
        if any(token in {"dt-published", "dt-posted", "published"} for token in classes(element)):
            return 8
        if element.tag in {"abbr", "span", "a"} and from_attribute(element.get("title")) is not None:
            return 7
        if any(vocabulary.is_time_word(token) for token in classes(element)):
            return 6 if not self._holds_paragraphs(element) else 0
        return 0

    def _holds_paragraphs(self, element: _Element) -> bool:
        return any(child.tag in {"p", "blockquote", "ul", "ol"} for child in element) and len(_plain(element)) > 100

    def _times(self, outside: Sequence[_Element]) -> list[_Element]:
        return [element for element in outside if self._is_time(element)]

    def _time(self, outside: Sequence[_Element], found: Reading) -> _Element | None:
        times = [(self._time_rank(element), -place, element) for place, element in enumerate(outside)]
        # Of a time within a time, the inner one: the outer one holds other words, too.
        ranked = sorted(
            (
                one
                for one in times
                if one[0] >= 5
                and not any(
                    other[0] == one[0] and other[2] is not one[2] and self.page.inside(other[2], one[2])
                    for other in times
                    if other[0] >= 5
                )
            ),
            key=lambda one: one[:2],
            reverse=True,
        )
        shown: _Element | None = None
        for _, _, element in ranked:
            when = self._when(element)
            if when is not None:
                found.posted_at = when
                found.has_time = True
                return element
            if shown is None and re.search(r"\d|ago|vor|hace|il y a|yesterday|gestern", _plain(element)):
                shown = element
        for element in outside:
            # The link to the comment itself is what many themes write its time into.
            if (
                element.tag == "a"
                and _PERMALINK.search(element.get("href") or "")
                and not _NOT_PERMALINK.search(element.get("href") or "")
            ):
                when = self._when(element)
                if when is not None:
                    found.posted_at = when
                    found.has_time = True
                    return element
        if shown is not None:
            found.has_time = True
        return shown

    def _when(self, element: _Element) -> datetime | None:
        for holder in (element, *element.iterdescendants("time", "abbr", "a", "span")):
            for key in _TIME_ATTRIBUTES:
                value = holder.get(key)
                if not value:
                    continue
                when = from_attribute(value) or (
                    self.times.read(value) if key in {"title", "content", "datetime"} else None
                )
                if when is not None:
                    return when
        return self.times.read(_plain(element))

    def _link(self, item: _Element, outside: Sequence[_Element], time: _Element | None, found: Reading) -> None:
        best: tuple[int, str] | None = None
        for element in outside:
            if element.tag not in {"a", "link"}:
                continue
            target = (element.get("href") or "").strip()
            if not target or target == "#" or _NOT_PERMALINK.search(target):
                continue
            names = plain_words(element)
            rank = 0
            if time is not None and (self.page.inside(element, time) or self.page.inside(time, element)):
                rank = 5
            elif ("url" in (element.get("itemprop") or "").split() and not self._near_author(element, item)) or (
                "permalink" in names
                or _plain(element).lower() in {"permalink", "permanent link", "link", "link to this"}
                or "bookmark" in (element.get("rel") or "")
                or ("u-url" in classes(element) and time is None)
            ):
                rank = 4
            elif _PERMALINK.search(target) and not (names & {"reply", "respond", "parent", "prev", "next", "root"}):
                rank = 3 if not vocabulary.IN_REPLY.search(_before(element)) else 0
            if rank and (best is None or rank > best[0]):
                best = (rank, target)
        if best is not None:
            found.url = best[1]

    def _near_author(self, element: _Element, item: _Element) -> bool:
        for above in (element, *element.iterancestors()):
            if above is item:
                return False
            if self._author_rank(above) >= 6:
                return True
        return False

    # --- what -------------------------------------------------------------------------------------------------

    def _text(
        self,
        item: _Element,
        alive: Sequence[_Element],
        content: Sequence[_Element],
        author: _Element | None,
        time: _Element | None,
        skip: set[_Element],
        found: Reading,
    ) -> None:
        if content:
            roots: list[_Element] = list(content)
            flowed = flow(
                roots,
                dropped=lambda element: element not in roots and self._drops(element),
                skip=skip,
                quote_mark=QUOTE_MARK,
            )
        else:
            away = set(skip)
            for mark in (author, time):
                if mark is not None and mark is not item:
                    away.add(self._header_of(mark, item))
            for element in alive:
                if element is not item and element not in away and self._is_head(element):
                    away.add(element)
            flowed = flow(
                [item],
                dropped=lambda element: element is not item and self._drops(element),
                skip=away,
                quote_mark=QUOTE_MARK,
            )
            flowed = self._without_head_lines(flowed, found)
        found.text = flowed.text
        found.links = flowed.links

    def _header_of(self, mark: _Element, item: _Element) -> _Element:
        """The largest element around an author or a time that holds no text of the comment."""
        header = mark
        for above in mark.iterancestors():
            if above is item or self._has_text(above):
                break
            header = above
        return header

    def _has_text(self, element: _Element) -> bool:
        """Whether an element holds paragraphs, or words beyond what a header says."""
        if any(
            self._has_words(child)
            for child in element.iter("p", "blockquote", "pre")
            if not self._is_time(child) and not self._is_author(child)
        ):
            return True

        def drops(part: _Element) -> bool:
            return part is not element and (
                self._is_time(part) or self._is_author(part) or self._is_badge(part) or self._drops(part)
            )

        rest = flow([element], dropped=drops).text
        return not self._says_nothing(rest)

    def _has_words(self, paragraph: _Element) -> bool:
        def drops(part: _Element) -> bool:
            return part is not paragraph and (self._is_time(part) or self._is_author(part) or self._drops(part))

        return not self._says_nothing(flow([paragraph], dropped=drops).text)

    def _says_nothing(self, text: str) -> bool:
        """Whether a text is only what a comment's header says beside the author's name and the time."""
        left = " ".join(text.split())
        when = self.times.find(left)
        if when is not None:
            left = left[: when[1]] + left[when[2] :]
        left = vocabulary.BY.sub("", vocabulary.SAYS.sub("", left)).strip(_TRIM)
        left = re.sub(
            r"^(?:on|at|am|um|le|à|el|il|op|the|posted|posted on|says|said|wrote|uhr|at:|date|in reply to)\b",
            "",
            left,
            flags=re.IGNORECASE,
        ).strip(_TRIM)
        return not _SAYING.search(left) or left.lower() in vocabulary.ACTIONS or bool(re.fullmatch(r"\d+", left))

    def _is_head(self, element: _Element) -> bool:
        if element.tag in {"header", "footer"}:
            return not self._has_text(element)
        found = plain_words(element)
        if found & {
            "meta",
            "metadata",
            "header",
            "head",
            "info",
            "footer",
            "foot",
            "footers",
            "heading",
        } and element.tag not in {"p"}:
            return not any(True for _ in element.iter("p", "blockquote")) or not self._has_text(element)
        return (
            self._is_author(element)
            and element.tag not in {"a", "b", "strong", "cite", "em"}
            and not self._has_text(element)
        )

    def _without_head_lines(self, flowed: Flowed, found: Reading) -> Flowed:
        """Takes lines off both ends that say nothing but who wrote it and when."""
        start, end = 0, len(flowed.text)
        while start < end:
            stop = flowed.text.find("\n", start, end)
            stop = end if stop < 0 else stop
            line = flowed.text[start:stop]
            if line.strip() and not self._is_head_line(line, found):
                break
            start = min(stop + 1, end)
        while end > start:
            begin = flowed.text.rfind("\n", start, end)
            begin = start if begin < 0 else begin + 1
            line = flowed.text[begin:end]
            if line.strip() and not self._is_head_line(line, found):
                break
            end = max(begin - 1, start)
        return cut(flowed, start, end)

    def _is_head_line(self, line: str, found: Reading) -> bool:
        plain = line.strip()
        if found.author and plain.startswith(found.author):
            plain = plain[len(found.author) :]
        by = vocabulary.BYLINE.match(plain) or vocabulary.SAID.match(plain)
        when = self.times.find(plain)
        if (
            by is not None
            and (when is not None or plain.rstrip(" :…").lower().endswith(("said", "says", "wrote")))
            and len(plain) < 160
        ):
            if found.author is None:
                found.author = clean_name(by["name"])
            if when is not None and found.posted_at is None:
                found.posted_at, found.has_time = when[0], True
            return True
        if when is not None and found.author is None and len(plain) < 120:
            signed = self._signed(plain, when)
            if signed is not None:
                found.author = signed
                if found.posted_at is None:
                    found.posted_at, found.has_time = when[0], True
                return True
        if self._says_nothing(plain) and (when is None or len(plain) < 120):
            if when is not None and found.posted_at is None:
                found.posted_at, found.has_time = when[0], True
            return True
        return False

    def _signed(self, line: str, when: tuple[datetime, int, int]) -> str | None:
        """The name in a line that holds a date beside it: "3. May 5, 2020 by Ann", "Ann | May 5, 2020"."""
        before = re.sub(r"^(?:#?\d+[.):]?\s+)", "", line[: when[1]]).strip(_TRIM)
        after = line[when[2] :].strip(_TRIM)
        by = vocabulary.BY.match(after)
        if by is not None:
            return clean_name(after[by.end() :])
        before = re.sub(r"\s(?:on|at|am|um|le|el|il|op|on the|den)$", "", before).strip(_TRIM)
        if (
            before
            and self._says_nothing(after)
            and len(before) <= 40
            and len(before.split()) <= 5
            and not re.search(r"[.!?]\s", before)
        ):
            return clean_name(before)
        return None

    def _lines(
        self,
        item: _Element,
        outside: Sequence[_Element],
        content: Sequence[_Element],
        skip: set[_Element],
        found: Reading,
    ) -> None:
        """What no element names: an author or a time in the words around the text, and whom the comment answers."""
        if content and (found.author is None or found.posted_at is None):
            around = flow(
                [item], skip={*content, *skip}, dropped=lambda element: element is not item and self._drops(element)
            ).text
            for line in around.split("\n"):
                self._is_head_line(line, found)
            if found.posted_at is None:
                flat = " ".join(around.split())
                if len(flat) < 200:
                    when = self.times.read(flat)
                    if when is not None:
                        found.posted_at, found.has_time = when, True
        answers: list[str] = []
        for element in outside:
            if element.tag == "a":
                target = element.get("href") or ""
                names = plain_words(element)
                if "#" in target and target.rsplit("#", 1)[1] and not _NOT_PERMALINK.search(target):
                    said = vocabulary.IN_REPLY.search(_before(element)) or vocabulary.IN_REPLY.search(_plain(element))
                    if (
                        names & {"parent", "inreplyto"}
                        or {"in", "reply", "to"} <= names
                        or said
                        or _plain(element).lower() == "parent"
                    ):
                        answers.append(target)
        for element in outside:
            if (
                {"in", "reply"} <= plain_words(element)
                or {"reply", "to"} <= plain_words(element)
                or "inreplyto" in plain_words(element)
            ):
                match = vocabulary.IN_REPLY.search(_plain(element))
                if match and match["name"]:
                    answers.append("@" + match["name"].strip())
        found.answers = tuple(answers)

    def _marks(self, item: _Element, outside: Sequence[_Element], found: Reading) -> None:
        for element in outside:
            if any(token.lower() in vocabulary.POST_AUTHOR for token in classes(element)) or self._says_post_author(
                element
            ):
                found.by_post_author = True
                break
        head = " ".join(_plain(item)[:200].split())
        found.ping = bool(
            plain_words(item) & vocabulary.PING
            or re.match(r"^(?:pingback|trackback|ping|webmention)s?\b\s*(?::|by|from|von|$)", head, re.IGNORECASE)
        )

    def _says_post_author(self, element: _Element) -> bool:
        if len(element) > 1 or element.tag not in {
            "span",
            "em",
            "i",
            "b",
            "strong",
            "small",
            "div",
            "p",
            "abbr",
            "sup",
            "label",
            "mark",
        }:
            return False
        if self._is_author(element) and not plain_words(element) & {"badge", "label", "role", "tag"}:
            return False
        return _plain(element).strip(" ()[]:·•-").lower() in vocabulary.POST_AUTHOR_LABELS

    def _is_badge(self, element: _Element) -> bool:
        return bool(
            plain_words(element) & {"badge", "badges", "role", "rank", "flair", "level", "label", "tag"}
        ) or self._says_post_author(element)


def clean_name(text: str) -> str | None:
    """A name without the words around it ("By", "says:"); ``None`` where nothing or too much is left."""
    name = " ".join(text.replace("\u00a0", " ").split())
    if not name:
        return None
    name = vocabulary.BY.sub("", name)
    name = vocabulary.SAYS.sub("", name)
    name = name.strip(' \t|·•,;:–—−/«»▪►▸★☆“”"').strip()
    if name.startswith("(") and name.endswith(")"):
        name = name[1:-1].strip()
    if (
        not name
        or len(name) > _NAME_LIMIT
        or name.lower() in vocabulary.ACTIONS
        or not re.search(r"\w|[^\x00-\x7f]", name)
    ):
        return None
    return name


def cut(flowed: Flowed, start: int, end: int) -> Flowed:
    """The part ``[start, end)`` of a text, without white space around it, with the links in it."""
    piece = flowed.text[start:end]
    start += len(piece) - len(piece.lstrip("\n "))
    end -= len(piece) - len(piece.rstrip("\n "))
    if end <= start:
        return Flowed("")
    links = tuple(
        FlowLink(max(link.start, start) - start, min(link.end, end) - start, link.target)
        for link in flowed.links
        if link.start < end and link.end > start
    )
    return Flowed(flowed.text[start:end], (), links)


def _plain(element: _Element) -> str:
    return " ".join("".join(element.itertext()).split())


def _before(element: _Element) -> str:
    """The words right before an element, in its own parent."""
    previous = element.getprevious()
    above = element.getparent()
    text = previous.tail if previous is not None else (above.text if above is not None else None)
    if previous is not None and not (text or "").strip():
        text = _plain(previous)[-40:]
    return (text or "")[-60:]


def _has_neighbours(element: _Element) -> bool:
    above = element.getparent()
    return bool((element.tail or "").strip()) or (
        above is not None and bool((above.text or "").strip()) and above.tag not in BLOCKS - {"p", "div", "li"}
    )
