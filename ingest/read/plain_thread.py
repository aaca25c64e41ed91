"""Comment threads in plain text, as pages look when they were saved or printed as text.

A thread is told by its structure, not by its words: openers (numbers, bullets, names with a time or with "says:")
that follow a heading or one another, bodies that stand under them, and nesting by indentation or by ``>``. Words
("Reply", "12 comments") count as signs, and so does any short line that closes one comment after the other. What
shows too few signs is left alone: a list is a list, and a section may be headed "Comments".

The parent of a comment is the nearest one above it that stands less deep. Where a page leaves out a comment (one that
was withdrawn) but shows the answers to it, they stand under whatever is shown above them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Final, Literal

from ingest.read.plain_lines import QUOTE, Line, dedented, lines_of, unquoted, width
from ingest.read.thread import Entry
from ingest.read.times import WHEN, parse_time, time_line
from ingest.read.words import wordset

Kind = Literal["number", "bullet", "says", "dated", "named", "colon"]

_COMMENTS: Final = (
    r"(?:comments?|responses?|repl(?:y|ies)|thoughts?|reactions?|kommentare?|antworten|gedanken?|commentaires?|réponses?"
    r"|réactions?|comentarios?|respuestas?|comentários?|commenti|commento|reacties?|kommentarer|kommentit|komentarze"
    r"|komentarzy|komentáře|komentářů|комментари(?:й|я|ев|и)|коментар(?:і|ів|ии|ий)|отзыв(?:а|ов|ы)?|yorum(?:lar)?"
    r"|評論|评论|留言|コメント|댓글)"
)
_NUMBER_WORD: Final = (
    r"(?:\d{1,3}(?:[., ]\d{3})+|\d{1,6}"
    r"|one|two|three|four|five|six|seven|eight|nine|ten|ein|eine|un|une|uno|una|один)"
)
_COUNTED: Final = re.compile(
    rf"(?:(?:all|alle|view all|showing)[ ]+)?(?P<a>{_NUMBER_WORD})"
    rf"[ ]*(?:条|件の|개의)?[ ]*(?:reader[ ]+|user[ ]+)?{_COMMENTS}"
    r"(?:[ ]+(?:on|to|for|about|in response to|zu|auf|sur|à|en|a|su|op|на|к|до|til|till)\b.*)?[ ]*[:.]?"
    rf"|(?:reader[ ]+|user[ ]+|all[ ]+)?{_COMMENTS}[ ]*:?[ ]*[(\[]?[ ]*(?P<b>\d{{1,6}})[ ]*[)\]]?[ ]*:?",
    re.IGNORECASE,
)
_BARE: Final = re.compile(
    rf"(?:(?:reader|user|readers’|readers'|all|recent|leser)[ -]?)?{_COMMENTS}"
    r"(?:[ ]+(?:on|to|for|zu|sur|su|на|к)[ ]+[“\"„«‘'].*[”\"“»’'])?[ ]*:?|discussion:?|diskussion:?",
    re.IGNORECASE,
)
_REPLY: Final = re.compile(
    r"[\[(↩↪⤷»>*·•|\s]*(?:log in to[ ]+|sign in to[ ]+|zum[ ]+)?"
    r"(?:reply|replies|respond|answer|quote|antworten|antwort|répondre|responder|responda|rispondi|reageren|beantwoorden"
    r"|svara|svar|vastaa|odpowiedz|odpovědět|ответить|відповісти|yanıtla|cevapla|回复|回覆|返信|답글)"
    r"(?:[ ]+(?:to|an|à|a|for)[ ]+\S.{0,60})?"
    r"(?:[ ]*[|·•/,]?[ ]*(?:link|report|share|like|flag|permalink|quote|parent|edit))*[\])↓↩»›→|\s]*",
    re.IGNORECASE,
)
_BUTTON: Final = (
    r"(?:\d+[ ]+)?(?:likes?|upvotes?|votes?|points?|share|report(?: comment| abuse)?|flag|permalink|link|quote|edit"
    r"|cancel reply|reply|parent|loading\.{0,3}|dislike|recommend|gefällt mir|melden)"
)
_CHROME: Final = re.compile(
    rf"\d{{1,5}}|[\[(↩›»|·•]?[ ]?{_BUTTON}(?:[ ]*[|·•/,][ ]*{_BUTTON}){{0,6}}[ ]?[\])›»↓|·•]?", re.IGNORECASE
)
_END: Final = re.compile(
    r"(?:leave|post|add|write|submit|join)\b.{0,20}\b(?:reply|comment|response|conversation|discussion)\b.{0,30}"
    r"|comments?(?:[ ]+\w+){0,3}[ ]+(?:are|is|have been|has been)[ ]+(?:now[ ]+)?(?:closed|disabled|off).{0,40}"
    r"|schreibe? (?:einen|eine|ein) (?:kommentar|antwort).{0,30}|kommentare? (?:sind|ist) geschlossen.{0,20}"
    r"|laisser un commentaire.{0,30}|deja (?:un comentario|una respuesta).{0,30}|lascia un commento.{0,30}"
    r"|deixe (?:um comentário|uma resposta).{0,30}|geef een reactie.{0,30}|добавить комментарий.{0,30}"
    r"|you must be logged in to (?:post|comment|reply).{0,40}"
    r"|(?:[←«<][ ]*)?(?:older|newer|previous|next) comments?(?:[ ]*[→»>])?|post navigation"
    r"|related (?:posts|articles|stories):?",
    re.IGNORECASE,
)
_POST_AUTHOR: Final = re.compile(
    r"[ ]+(?:(?:post|article|story) author|beitragsautor(?:in)?|autor(?:in)? des beitrags|auteur de l[’']article"
    r"|auteur/autrice de la publication|autor de la entrada|autor do (?:post|artigo)|autore (?:dell[’'])?articolo"
    r"|bericht ?auteur|автор записи|автор статьи)[ ]*$"
    r"|[ ]*[(\[|·•–—][ ]*(?:the[ ]+)?(?:(?:post|article|story)[ ]+)?(?:author|op|autor|auteur|автор)[ ]*[)\]]?[ ]*$",
    re.IGNORECASE,
)
_SAYS: Final = re.compile(
    r"(?:[ ]|^)(?:says|said|wrote|writes|commented|replied|sagt|sagte|schrieb|schreibt|meint|dit|a dit|a écrit|écrit"
    r"|dice|dijo|escribió|diz|disse|ha scritto|ha detto|scrive|schreef|zegt|skrev|säger|pisze|napisał(?:a)?"
    r"|говорит|пишет|сказал(?:а)?|написал(?:а)?)[ ]*:?$",
    re.IGNORECASE,
)
_NUMBERED: Final[tuple[Kind, re.Pattern[str]]] = (
    "number",
    re.compile(r"(?:[#№]?(\d{1,5})[.)][ \t\xa0]+|[#№](\d{1,5})[:.]?[ \t\xa0]+|\[(\d{1,5})\][ \t\xa0]+)(?=\S)"),
)
_BULLETED: Final[tuple[Kind, re.Pattern[str]]] = ("bullet", re.compile(r"[*+•◦▪‣o–-][ \t\xa0]+(?=\S)"))
_MARKS: Final = " \t([{)]},|·•–—-@"
_PREPOSITION: Final = re.compile(r"[ ]+(?:on|at|am|le|el|il|op|den|от)$", re.IGNORECASE)
_PARTICLES: Final = wordset("of from for on the in at and de la le du des von van der den di da del al el bin ibn y e")
_MAIL: Final = re.compile(rf"(?:on|am|le|el|il|op) {WHEN.pattern}", re.IGNORECASE)
"""How mail programs quote: what follows belongs to a letter, not to a thread."""
_PINGBACK: Final = re.compile(r"(?:pingback|trackback)s?\b", re.IGNORECASE)
_PINGBACK_NAME: Final = "Pingback:"

_FAMILIES: Final[dict[Kind, frozenset[Kind]]] = {
    "number": frozenset({"number", "bullet"}),
    "bullet": frozenset({"number", "bullet"}),
    "says": frozenset({"says"}),
    "dated": frozenset({"dated", "says"}),
    "named": frozenset({"named", "dated", "says"}),
    "colon": frozenset({"colon"}),
}
"""What a thread that begins with one kind of opener goes on with."""

_ENOUGH: Final = 3
_HEADINGS_TRIED: Final = 8
_STARTS_TRIED: Final = 10
_LONG: Final = 400
"""Lines that a comment may have, where one is looked ahead for its end."""


@dataclass(frozen=True, slots=True)
class PlainThread:
    """A thread in a text: where it begins (its heading, if it has one), its comments, and what is none of it."""

    start: int
    entries: tuple[Entry, ...]
    tail: str


@dataclass(frozen=True, slots=True)
class _Named:
    """A name with what stands around it: a time, "says:", the mark of the post's author; then the body begins."""

    author: str
    when: str | None
    by_post_author: bool
    body_from: int
    says: bool


@dataclass(frozen=True, slots=True)
class _Opener:
    at: int
    body_from: int
    kind: Kind
    column: int
    number: int | None
    author: str
    when: str | None
    by_post_author: bool
    inline: str = ""


@dataclass(slots=True)
class _Open:
    """A comment that is being read. ``closed``: its "Reply" was seen. ``left``: something else stood in between."""

    opener: _Opener
    column: int
    lines: list[Line] = field(default_factory=list)
    closed: bool = False
    left: bool = False


@dataclass(frozen=True, slots=True)
class _Heading:
    at: int
    count: int | None
    weight: int


class _Page:
    """Lines, with what is asked of them again and again."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self.lines = lines
        self._openers: dict[int, _Opener | None] = {}
        self._next: list[int | None] = [None] * (len(lines) + 1)
        for at in range(len(lines) - 1, -1, -1):
            self._next[at] = at if lines[at].words else self._next[at + 1]

    def next(self, at: int) -> int | None:
        """The first line from ``at`` on that holds words."""
        return self._next[at] if at < len(self._next) else None

    def opener(self, at: int) -> _Opener | None:
        """What a line may open wherever it stands."""
        if at not in self._openers:
            self._openers[at] = _opener(self, at)
        return self._openers[at]


def find(text: str, language: str | None = None) -> PlainThread | None:
    """The thread of comments in a text, or ``None`` where nothing in it is built like one."""
    page = _Page(lines_of(text))
    tried = 0
    for heading in _headings(page.lines):
        first = _first_opener(page, heading.at + 1)
        if first is None:
            continue
        reading = _Reading(page, heading.at + 1, first, language)
        counted = heading.count is not None and heading.count == len(reading.entries)
        alone = len(reading.entries) == 1 and heading.count is None and not reading.replies
        if reading.entries and not alone and reading.signs + heading.weight + counted >= _ENOUGH:
            return PlainThread(page.lines[heading.at].start, tuple(reading.entries), reading.tail)
        tried += 1
        if tried == _HEADINGS_TRIED:
            break
    return _find_without_heading(page, language)


def _find_without_heading(page: _Page, language: str | None) -> PlainThread | None:
    """A thread that follows its article without a word: only "Reply" under its comments, or their times, tell it."""
    replies = [at for at, line in enumerate(page.lines) if _is_reply(line.words)]
    if len(replies) >= 2:
        starts = (at for at in range(replies[0] - 1, max(replies[0] - _LONG, -1), -1) if page.opener(at) is not None)
    else:
        starts = (at for at in range(len(page.lines)) if (page.opener(at) or _NOBODY).when is not None)
    for at in islice(starts, _STARTS_TRIED):
        first = page.opener(at)
        if first is None or first.kind == "colon":
            continue
        reading = _Reading(page, at, first, language)
        closed = reading.replies >= max(2, len(reading.entries) // 2)
        dated = reading.kind in ("says", "number") and reading.dates == len(reading.entries)
        if len(reading.entries) >= 2 and (closed or dated):
            return PlainThread(page.lines[at].start, tuple(reading.entries), reading.tail)
    return None


# --- the heading -------------------------------------------------------------------------------------------------


def _headings(lines: Sequence[Line]) -> Iterator[_Heading]:
    for at, line in enumerate(lines):
        if not 2 <= len(line.words) <= 200 or line.quotes:
            continue
        words = line.words.strip("#=*_-–—| \t")
        counted = _COUNTED.fullmatch(words)
        if counted is not None:
            digits = re.sub(r"\D", "", counted["a"] or counted["b"])
            yield _Heading(at, int(digits) if digits else None, 2)
        elif _BARE.fullmatch(words) and not _is_reply(words):
            yield _Heading(at, None, 1)


def _first_opener(page: _Page, start: int) -> _Opener | None:
    """The opener that a heading is followed by, with at most a few lines of buttons and links in between."""
    at = page.next(start)
    for _ in range(6):
        if at is None or len(page.lines[at].words) > 160:
            return None
        opener = None if re.fullmatch(r"[-=_*~#]{2,}", page.lines[at].words) else _opener(page, at, after_close=True)
        if opener is not None:
            return opener
        at = page.next(at + 1)
    return None


# --- openers -----------------------------------------------------------------------------------------------------


def _opener(page: _Page, at: int, *, after_close: bool = False) -> _Opener | None:
    """The comment that a line may open, by what stands in it and below it; whether it does is for its place to tell."""
    line = page.lines[at]
    if not line.words or len(line.words) > 160:
        return None
    for kind, pattern in (_NUMBERED, _BULLETED):
        marker = pattern.match(line.words)
        if marker is not None:
            number = next((int(digits) for digits in marker.groups() if digits), None)
            rest = line.words[marker.end() :]
            if _PINGBACK.match(rest):
                return _Opener(at, at + 1, kind, line.column, number, _PINGBACK_NAME, None, by_post_author=False)
            named = _named(page, at, rest)
            if named is not None:
                return _opened(at, kind, line.column, number, named)
            return _with_colon(at, kind, line.column, number, rest)
    named = _named(page, at, line.words)
    if named is not None:
        if named.says or named.when is not None:
            return _opened(at, "says" if named.says else "dated", line.column, None, named)
        if after_close and not _is_reply(line.words) and not _END.fullmatch(line.words):
            return _opened(at, "named", line.column, None, named)
    return _with_colon(at, "colon", line.column, None, line.words)


def _with_colon(at: int, kind: Kind, column: int, number: int | None, words: str) -> _Opener | None:
    """``Name: words``, or a name and a colon alone."""
    colon = re.match(r"([^:]{1,60}):[*_]{0,2}(?:[ \t]+(\S.*))?$", words)
    if colon is None or (kind != "colon" and not colon[2]):
        return None
    author, when, by_author = _author(colon[1])
    # "Two points:" is how a sentence begins, "Jean de Vries:" and "scott s.:" are names.
    capitals = all(word[0].isupper() or word in _PARTICLES for word in author.split()[1:])
    if not _is_name(author) or not (capitals or author.islower()):
        return None
    return _Opener(at, at + 1, kind, column, number, author, when, by_author, colon[2] or "")


def _opened(at: int, kind: Kind, column: int, number: int | None, named: _Named) -> _Opener:
    return _Opener(at, named.body_from, kind, column, number, named.author, named.when, named.by_post_author)


def _named(page: _Page, at: int, words: str) -> _Named | None:
    """The writer of a comment, where words are a name and what is said of one, and the next line may be a time."""
    author, when, by_author = _author(words)
    bare = _SAYS.sub("", author).strip()
    says = bare != author
    if says:
        author, again = _without_mark(bare)
        by_author |= again
    if not _is_name(author) or (says and _MAIL.match(words)):
        return None
    body_from = at + 1
    below = page.next(at + 1)
    if not says and below is not None and below - at <= 2 and _SAYS.fullmatch(page.lines[below].words):
        says, body_from = True, below + 1
        below = page.next(body_from)
    if when is None and below is not None and below - at <= 4 and page.lines[below].column >= page.lines[at].column:
        when = time_line(page.lines[below].words)
        body_from = body_from if when is None else below + 1
    return _Named(author, when, by_author, body_from, says)


def _author(words: str) -> tuple[str, str | None, bool]:
    """(name, time, by the post's author) in an author line such as ``Ann (3 May 2024 at 10:02) | Post author``."""
    rest, when = words.strip(), None
    match = next((found for found in WHEN.finditer(rest) if len(found[0]) >= 6), None)
    if match is not None:
        before = _PREPOSITION.sub("", rest[: match.start()].rstrip(_MARKS))
        after = rest[match.end() :].strip(_MARKS)
        when = match[0]
        before = before.rstrip(_MARKS)
        marked = _POST_AUTHOR.search(f" {after}") is not None
        # What follows a time is the name only where none comes before it; else it is the page's buttons.
        rest = f"{before} {after}" if marked else before if re.search(r"[^\W\d_]", before) else after
    rest = re.sub(r"^(?:posted |comment |reply )?(?:by|von|par|por|da|door)[: ]+(?=\S)", "", rest, flags=re.IGNORECASE)
    rest = re.sub(r"[ ]*(?:#\d*|¶|permalink|∞|🔗)$", "", rest, flags=re.IGNORECASE).strip()
    name, by_author = _without_mark(rest.replace("**", "").replace("__", "").strip())
    return name, when, by_author


def _without_mark(name: str) -> tuple[str, bool]:
    mark = _POST_AUTHOR.search(name)
    if mark is None or mark.start() == 0:
        return name.strip(), False
    return name[: mark.start()].strip(), True


def _is_name(words: str) -> bool:
    """Whether words can be the name of a comment's writer: short, and no sentence."""
    if not 1 <= len(words) <= 60 or len(words.split()) > 7 or not re.search(r"\w", words):
        return False
    if re.search(r"[!?;:…,]$|[.]{2,}$|[.!?][ ]+\w{4,}|:\s", words) and not words.isupper():
        return False
    # A full stop ends a sentence, or a name with an initial, a title, a suffix.
    return not (words.endswith(".") and len(words.split()[-1]) > 4)


def _is_reply(words: str) -> bool:
    return 0 < len(words) <= 80 and _REPLY.fullmatch(words) is not None


def _is_end(words: str) -> bool:
    return 0 < len(words) <= 120 and _END.fullmatch(words) is not None


def _is_button(words: str) -> bool:
    return _is_reply(words) or (0 < len(words) <= 80 and _CHROME.fullmatch(words) is not None)


# --- the reading -------------------------------------------------------------------------------------------------


class _Reading:
    """Goes through the lines from ``start`` on once, and knows which comment each belongs to.

    Attributes:
        entries: the comments, their depth given as columns.
        tail: what belongs to none.
        replies: how many were closed by a line that says "Reply" or the like; ``dates`` how many tell their time.
        signs: how much speaks for a thread.
    """

    def __init__(self, page: _Page, start: int, first: _Opener, language: str | None) -> None:
        self.kind = first.kind
        self.entries: list[Entry] = []
        self.replies = self.dates = self.signs = 0
        self._page = page
        self._first = first
        self._hanging = self._hangs(first)
        self._spaced = not page.lines[first.at + 1].words if first.at + 1 < len(page.lines) else False
        self._levels: dict[int, int | None] = {}
        self._rest: list[list[str]] = [[]]
        self._closers = self._find_closers(start)
        comments = self._read(start)
        self._finish(comments, language)
        chunks = ("\n".join(chunk).strip("\n") for chunk in self._rest)
        self.tail = "\n\n".join(chunk for chunk in chunks if chunk.strip())

    def _read(self, start: int) -> list[_Open]:
        comments: list[_Open] = []
        now: _Open | None = None
        at, ended = start, False
        while at < len(self._page.lines):
            line = self._page.lines[at]
            opener = None if ended or not line.words else self._opens(at, now)
            if opener is not None:
                now = _Open(opener, self._level(opener))
                comments.append(now)
                self._rest.append([])
                at = opener.body_from
                continue
            ended = ended or (now is not None and _is_end(line.words) and self._may_end(line, now))
            if now is None or ended:
                self._rest[-1].append(line.raw)
            elif self._closes(at, now):
                now.closed = True
            elif now.closed or (now.left and not line.words) or (line.words and not self._is_body(at, now)):
                now.left = now.left or bool(line.words)
                self._rest[-1].append(line.raw)
            else:
                now.left = False
                now.lines.append(line)
            at += 1
        return comments

    # What a line is

    def _opens(self, at: int, now: _Open | None) -> _Opener | None:
        """The comment that a line opens in its place, if it does."""
        if now is None:
            return self._first if at == self._first.at else None
        shallower = self._hanging and self._page.lines[at].column <= now.column
        free = now.closed or (shallower and self.kind == "named")
        opener = _opener(self._page, at, after_close=True) if free else self._page.opener(at)
        if opener is None or opener.kind not in _FAMILIES[self.kind]:
            return None
        if self.kind in ("number", "bullet"):
            return opener if self._listed(opener, now) else None
        if self._first.when is not None and opener.when is None:
            return None
        if self.kind == "colon":
            return opener if bool(opener.inline) == bool(self._first.inline) else None
        if now.closed or not self._closers or opener.when is not None:
            return opener if self.kind != "named" or not now.left or self._is_closed_later(opener) else None
        return opener if shallower and not now.left and self._has_body(opener) else None

    def _listed(self, opener: _Opener, now: _Open) -> bool:
        """Whether a numbered or bulleted line opens a comment, and is no item of a list that somebody wrote."""
        column = self._column(opener)
        last = self._levels.get(column)
        next_number = opener.number is None or last is None or opener.number > last
        if opener.author == _PINGBACK_NAME:
            return True
        if bool(opener.inline) != bool(self._first.inline):
            return False
        bears = bool(opener.inline) or self._has_body(opener) or self._is_closed_below(opener)
        if not bears:
            return False
        if now.left:
            # Other lists may stand between comments and below them.
            return self._is_closed_later(opener) or (column in self._levels and next_number and self._alike(opener))
        inside = column > now.column if self._hanging else column >= now.column
        if now.closed or not inside:
            return True
        # In the body of a comment that nothing has closed: a list of its writer's, unless the page closes no comments
        # at all, and a body of its own, set like the others, stands under what looks like a name.
        if self._closers or (self._first.when is not None and opener.when is None):
            return False
        if opener.inline:
            return opener.number in (None, (last or 0) + 1)
        if not self._hanging:
            return opener.when is not None or (opener.number == (last or 0) + 1 and self._alike(opener))
        return self._alike(opener) and (opener.number in (None, 1) or (last is not None and next_number))

    def _alike(self, opener: _Opener) -> bool:
        """Whether an opener is parted from its body as the first one is, and leads to words and not to another item."""
        following = opener.at + 1
        spaced = following < len(self._page.lines) and not self._page.lines[following].words
        below = self._page.next(opener.body_from)
        return spaced == self._spaced and below is not None and not _NUMBERED[1].match(self._page.lines[below].words)

    def _closes(self, at: int, now: _Open) -> bool:
        """Whether a line is the "Reply" that ends a comment: another comment, less depth or the end must follow it."""
        words = self._page.lines[at].words
        if now.closed or not (words in self._closers or _is_reply(words)):
            return False
        after = self._page.next(at + 1)
        while after is not None and _is_button(self._page.lines[after].words):
            after = self._page.next(after + 1)
        if after is None or _is_end(self._page.lines[after].words):
            return True
        if self._hanging and self._page.lines[after].column <= now.column:
            return True
        opener = _opener(self._page, after, after_close=self.kind == "named")
        return opener is not None and opener.kind in _FAMILIES[self.kind]

    def _is_body(self, at: int, now: _Open) -> bool:
        line, before = self._page.lines[at], self._page.lines[at - 1]
        if line.column > now.column or (not self._hanging and line.column >= now.column):
            return True
        # A line that was wrapped without its indentation.
        return bool(before.words) and bool(now.lines) and now.lines[-1] is before

    def _may_end(self, line: Line, now: _Open) -> bool:
        return not self._hanging or now.closed or line.column <= now.column

    # Where it stands

    def _level(self, opener: _Opener) -> int:
        """The column of an opener, noted together with its number; what stood deeper is over."""
        column = self._column(opener)
        self._levels = {level: number for level, number in self._levels.items() if level < column}
        self._levels[column] = opener.number
        return column

    def _column(self, opener: _Opener) -> int:
        """Numbers of two digits may be set flush right with those of one."""
        if opener.number is None or opener.number < 10 or opener.column in self._levels:
            return opener.column
        right = opener.column + len(str(opener.number)) - 1
        return next((level for level in range(right, opener.column, -1) if level in self._levels), opener.column)

    def _hangs(self, opener: _Opener) -> bool:
        """Whether bodies stand deeper than the line that opens them."""
        below = self._page.next(opener.body_from)
        return below is not None and not opener.inline and self._page.lines[below].column > opener.column

    def _has_body(self, opener: _Opener) -> bool:
        below = self._page.next(opener.body_from)
        if below is None:
            return False
        column = self._page.lines[below].column
        return column > opener.column if self._hanging else column >= opener.column

    def _is_closed_below(self, opener: _Opener) -> bool:
        below = self._page.next(opener.body_from)
        if below is None:
            return False
        words = self._page.lines[below].words
        return words in self._closers or _is_reply(words)

    def _is_closed_later(self, opener: _Opener) -> bool:
        """Whether what an opener opens ends as comments do on this page."""
        for at in range(opener.body_from, min(opener.body_from + _LONG, len(self._page.lines))):
            line = self._page.lines[at]
            if line.words in self._closers or _is_reply(line.words):
                return True
            below = self._page.opener(at)
            if below is not None and below.kind in _FAMILIES[self.kind] and below.column <= opener.column:
                return False
        return False

    def _find_closers(self, start: int) -> frozenset[str]:
        """Short lines that stand before one opener after the other, in whatever language."""
        openers = 0
        before: Counter[str] = Counter()
        last: Line | None = None
        for at in range(start, len(self._page.lines)):
            line = self._page.lines[at]
            if not line.words:
                continue
            opener = self._page.opener(at)
            if opener is None and last is not None and self.kind == "named" and _is_reply(last.words):
                openers += 1
                before[last.words] += 1
            elif opener is not None and opener.kind in _FAMILIES[self.kind] and self._has_body(opener):
                openers += 1
                if last is not None and len(last.words) <= 30:
                    before[last.words] += 1
            last = line
        return frozenset(
            words for words, times in before.items() if _is_reply(words) or (times * 2 >= openers >= 4 and times >= 2)
        )

    # What comes of it

    def _finish(self, comments: Sequence[_Open], language: str | None) -> None:
        kept: list[_Open] = []
        for comment in comments:
            text = _text(comment, hanging=self._hanging)
            if comment.opener.author == _PINGBACK_NAME:
                lines = [*self._page.lines[comment.opener.at : comment.opener.body_from], *comment.lines]
                self._rest.append([line.raw for line in lines])
            elif text or comment.closed:
                kept.append(comment)
                opener = comment.opener
                when = parse_time(opener.when, language) if opener.when else None
                self.entries.append(
                    Entry(opener.author, text, comment.column, posted_at=when, by_post_author=opener.by_post_author)
                )
        self.replies = sum(comment.closed for comment in kept)
        self.dates = sum(comment.opener.when is not None for comment in kept)
        self.signs = (
            (0, 2, 3)[min(self.replies, 2)]
            + 2 * (self.dates * 2 >= len(kept) > 0)
            + (self.kind == "says")
            + (len({comment.column for comment in kept}) > 1)
            + any(comment.opener.by_post_author for comment in kept)
            + (self._hanging and self.kind in ("number", "bullet"))
        )


def _text(comment: _Open, *, hanging: bool) -> str:
    """A comment's words without the indentation of its thread and the buttons under them."""
    lines = list(comment.lines)
    while lines and (not lines[-1].words or (comment.closed and _is_button(lines[-1].words))):
        lines.pop()
    while lines and not lines[0].words:
        lines.pop(0)
    bare = [(unquoted(line.raw, comment.column // QUOTE), line) for line in lines]
    least = comment.column + hanging
    margin = min((width(raw) for raw, line in bare if line.words and line.column >= least), default=0)
    body = "\n".join(dedented(raw, margin) for raw, _ in bare)
    return f"{comment.opener.inline}\n{body}".strip("\n") if comment.opener.inline else body


_NOBODY: Final = _Opener(0, 0, "named", 0, None, "", None, by_post_author=False)
