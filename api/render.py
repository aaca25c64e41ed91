"""Answers as people read them on a terminal: lists, tables and cards.

Whatever comes from a page is printed as text, never as markup, and without characters that would steer the terminal.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.padding import Padding
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from api import render_claims, schemas
from api.plain import clean, steers

PLAIN_WIDTH = 120
"""Columns where the output is no terminal."""


def console() -> Console:
    """Standard output: as wide as the terminal, or ``PLAIN_WIDTH`` and without colours where it is none."""
    out = Console(highlight=False, emoji=False)
    return out if out.is_terminal else Console(highlight=False, emoji=False, width=PLAIN_WIDTH)


def day(time: datetime | None) -> str:
    """A date as ISO 8601 writes it, or a dash."""
    return time.date().isoformat() if time else "–"


def claims(answer: schemas.Listed[schemas.Claim]) -> RenderableType:
    """Claims one below another: who, through what, when and the id; below that the words."""
    return Group(*(_claim(one) for one in answer.items), *more(answer))


def speakers(answer: schemas.Listed[schemas.SpeakerDetail]) -> RenderableType:
    """Speakers as a table."""
    table = _table("Speaker", "Kind", "Assertions", "Id", numbers=("Assertions",))
    for one in answer.items:
        table.add_row(Text(clean(one.name)), one.kind, f"{one.assertion_count:,}", Text(one.id, style="dim"))
    return Group(table, *more(answer))


def outlets(answer: schemas.Listed[schemas.OutletDetail]) -> RenderableType:
    """Outlets as a table."""
    table = _table("Outlet", "Domain", "Published", "Carried", "Id", numbers=("Published", "Carried"))
    for one in answer.items:
        table.add_row(
            Text(clean(one.name)),
            Text(one.domain or "–"),
            f"{one.document_count:,}",
            f"{one.carried:,}",
            Text(one.id, style="dim"),
        )
    return Group(table, *more(answer))


def found(answer: schemas.Listed[schemas.Found]) -> RenderableType:
    """What a search found, as a table."""
    table = _table("Kind", "Words", "Id")
    for one in answer.items:
        table.add_row(one.type, _short(one.text), Text(one.id, style="dim"))
    return Group(table, *more(answer))


def assertion_card(one: schemas.Assertion) -> RenderableType:
    """One assertion with all its evidence, and the line to cite it by."""
    facts = facts_table()
    put_fact(facts, "Who", _who(one, one.polarity))
    put_fact(facts, "How", ", ".join((one.directness, one.polarity, one.certainty)))
    if isinstance(one, schemas.AssertionDetail):
        way = [step for step in one.through if step.kind != "speaker"]
        if any(step.kind not in ("comment", "page") for step in way):
            put_fact(facts, "Through", "\n".join(map(_step, way)))
        if one.sources.assertions > 1:
            put_fact(facts, "Sources", _sources(one.sources))
    elif one.cites:
        put_fact(facts, "Through", "; ".join(f"{clean(c.name)} ({c.role}, {c.id})" for c in one.cites))
    put_fact(facts, "When", _when(one))
    put_fact(facts, "Page", _page(one))
    if one.outlet:
        put_fact(facts, "Outlet", f"{clean(one.outlet.name)} ({one.outlet.id})")
    if one.comment:
        author = clean(one.comment.author) or "somebody without a name"
        put_fact(facts, "Comment", f"{one.comment.index + 1} of the thread, by {author} ({one.comment.id})")
    put_fact(facts, "Version", f"{one.version.id}{'' if one.version.current else ', not the newest text'}")
    put_fact(facts, "Offsets", "; ".join(f"{name} {_offsets(at)}" for name, at in _parts(one) if at))
    put_fact(facts, "Claim", one.claim or "–")
    put_fact(facts, "Found by", f"{one.method}, confidence {one.confidence:.2f}")
    if one.read_as:
        put_fact(facts, "Read as", f"{clean(one.read_as.name)} ({one.read_as.id}, {one.read_as.method})")
    if one.judged:
        put_fact(facts, "Judged", one.judged)
    if not one.current:
        put_fact(facts, "State", "no longer on the page, or no longer found there")
    return Group(card(one.id, Group(evidence(one), Text(), facts)), *cited(one.cite))


def claim_card(one: schemas.ClaimDetail) -> RenderableType:
    """A claim, its sides one below the other where it has several, and each assertion of it with its evidence."""
    facts = facts_table()
    put_fact(facts, "First seen", day(one.first_seen))
    put_fact(facts, "Last seen", day(one.last_seen))
    put_fact(facts, "Disputed", one.disputed)
    put_fact(facts, "Sources", _sources(one.sources))
    if one.more_assertions:
        put_fact(facts, "Assertions", f"the {len(one.assertions)} newest are shown")
    return Group(
        card(one.id, Group(Text(clean(one.text), style="bold"), Text(), facts)),
        *render_claims.sides(one),
        *(assertion_card(each) for each in one.assertions),
    )


def named_card(
    one: schemas.SpeakerDetail | schemas.OutletDetail | schemas.Entity, kind: str, said: Sequence[schemas.Assertion]
) -> RenderableType:
    """A speaker, outlet, entity or account, and below it what it said, the newest first."""
    facts = facts_table()
    put_fact(facts, "Kind", kind)
    if isinstance(one, schemas.OutletDetail):
        put_fact(facts, "Domain", one.domain or "–")
        put_fact(facts, "Published", f"{one.document_count:,} pages")
        put_fact(facts, "Carried", f"{one.carried:,} assertions")
    else:
        if one.aliases:
            put_fact(facts, "Also", ", ".join(clean(alias) for alias in one.aliases))
        if isinstance(one, schemas.SpeakerDetail) and one.site:
            put_fact(facts, "Site", clean(one.site))
        if isinstance(one, schemas.Entity):
            put_fact(facts, "Named in", f"{one.text_count:,} texts")
        put_fact(facts, "Asserted", f"{one.assertion_count:,}")
    if one.same_as:
        put_fact(facts, "Same as", ", ".join(one.same_as))
    if isinstance(one, schemas.EntityDetail | schemas.SpeakerOne) and one.candidates:
        perhaps = "\n".join(f"{clean(each.name)} ({each.id}, {each.score:.2f})" for each in one.candidates)
        put_fact(facts, "Perhaps", perhaps)
    head = card(one.id, Group(Text(clean(one.name), style="bold"), Text(), facts))
    return Group(head, *(_said(each) for each in said))


def review_card(one: schemas.Review) -> RenderableType:
    """What a person decided."""
    return Group(*reviews([one]))


def reviews(decided: Sequence[schemas.Review]) -> list[RenderableType]:
    """What people decided, each in a line or two, the newest first."""
    return [_review(one) for one in decided]


def _review(one: schemas.Review) -> RenderableType:
    head = Table.grid(expand=True, padding=(0, 1))
    head.add_column(ratio=1)
    head.add_column(justify="right", no_wrap=True, style="dim")
    line = Text(day(one.at), style="green")
    line.append(f"  {one.decision}", style="bold")
    for before, judged in ((" ", one.of), (" with ", one.other)):
        if judged is not None:
            line.append(before, style="dim")
            line.append(_cut(clean(judged.text) or judged.id, 60))
            line.append(f" ({judged.id})", style="dim")
    if one.moved_to:
        line.append(f", now {one.moved_to}", style="dim")
    head.add_row(line, one.id)
    said = f"by {clean(one.reviewer)}" + (f": {clean(one.note)}" if one.note else "")
    return Group(head, Padding(Text(said, style="dim"), (0, 0, 1, 2)))


def document_card(one: schemas.DocumentDetail, said: Sequence[schemas.Assertion]) -> RenderableType:
    """A page, and what is asserted in its body."""
    facts = facts_table()
    put_fact(facts, "Address", one.url or "–")
    put_fact(facts, "Outlet", f"{clean(one.outlet.name)} ({one.outlet.id})" if one.outlet else "–")
    put_fact(facts, "By", _writer(one))
    put_fact(facts, "Published", day(one.published_at))
    put_fact(facts, "Read", one.fetched_at.isoformat(timespec="seconds"))
    put_fact(facts, "Version", f"{one.version}, {one.version_count} in all")
    put_fact(facts, "SHA-256", one.sha256)
    put_fact(facts, "Text", f"{len(one.text):,} characters, {one.comment_count:,} comments")
    head = card(one.id, Group(Text(clean(one.title) or "without a title", style="bold"), Text(), facts))
    return Group(head, *cited(one.cite), *(_said(each) for each in said))


def version_card(one: schemas.VersionDetail, said: Sequence[schemas.Assertion]) -> RenderableType:
    """One text of a page, and what is asserted in it."""
    facts = facts_table()
    put_fact(facts, "Document", one.document.url or one.document.id)
    put_fact(facts, "Published", day(one.published_at))
    put_fact(facts, "Read", one.fetched_at.isoformat(timespec="seconds"))
    put_fact(facts, "SHA-256", one.sha256)
    put_fact(facts, "State", "the newest text of its page" if one.current else "not the newest text of its page")
    put_fact(facts, "Text", f"{len(one.text):,} characters, {one.comment_count:,} comments")
    head = card(one.id, Group(Text(clean(one.title) or "without a title", style="bold"), Text(), facts))
    return Group(head, *cited(one.cite), *(_said(each) for each in said))


def comment_card(one: schemas.CommentDetail, said: Sequence[schemas.Assertion]) -> RenderableType:
    """A comment, what it answers, and what is asserted in it."""
    facts = facts_table()
    put_fact(facts, "By", _writer(one))
    put_fact(facts, "Posted", day(one.posted_at))
    put_fact(facts, "Answers", one.reply_to or one.document.id)
    put_fact(facts, "Page", one.url or one.document.url or one.document.id)
    words = Text("\n".join(clean(line) for line in one.text.splitlines()))
    return Group(card(one.id, Group(words, Text(), facts)), *(_said(each) for each in said))


def _writer(one: schemas.DocumentDetail | schemas.CommentDetail) -> str:
    return f"{clean(one.account.name)} ({one.account.id})" if one.account else "–"


def evidence(one: schemas.Assertion) -> Text:
    """The words around an assertion, with its source, cue and content set off."""
    start = one.context.start
    characters = ["".join(" " if steers(c) else c) for c in one.context.text]
    text = Text("".join(characters))
    for name, at in _parts(one):
        for low, high in at:
            text.stylize(_STYLES[name], max(0, low - start), max(0, high - start))
    lead = Text("… ") if start > 0 else Text()
    return lead + text + Text(" …")


_STYLES = {"content": "bold yellow", "source": "cyan underline", "cue": "magenta"}


def _claim(one: schemas.Claim) -> RenderableType:
    head = Table.grid(expand=True, padding=(0, 1))
    head.add_column(ratio=1)
    head.add_column(justify="right", no_wrap=True, style="dim")
    newest = one.assertions[0] if one.assertions else None
    line = Text()
    if newest:
        line.append(_date(newest), style="green")
        line.append("  ")
        line.append(_who(newest, newest.side), style="bold cyan")
        for name in _through(newest):
            line.append(" · ", style="dim")
            line.append(name)
        if len(one.assertions) > 1 or one.more_assertions:
            others = f" · and {len(one.assertions) - 1}{'+' if one.more_assertions else ''} more"
            line.append(others, style="dim")
    head.add_row(line, one.id)
    # A claim that somebody denies stands in its positive words, which nobody may be quoted with.
    quoted = newest if newest and newest.side == newest.polarity else None
    return Group(head, Padding(_Clipped(_words(one.text, quoted), lines=2), (0, 0, 1, 2)))


def _said(one: schemas.Assertion) -> RenderableType:
    head = Table.grid(expand=True, padding=(0, 1))
    head.add_column(ratio=1)
    head.add_column(justify="right", no_wrap=True, style="dim")
    head.add_row(Text(_who(one, one.polarity), style="bold cyan"), one.id)
    words = Padding(_Clipped(_words(one.text, one), lines=2), (0, 0, 0, 2))
    return Group(head, words, Padding(Text(f"Cite as: {clean(one.cite)}", style="dim"), (0, 0, 1, 2)))


def _words(words: str, said: schemas.Assertion | None) -> Text:
    """Words as they may be shown: only what somebody is quoted with stands between quotation marks."""
    words = clean(words)
    literal = said is not None and said.directness in ("direct", "own")
    return Text(f"“{words}”" if literal and not words.startswith(_QUOTES) else words)


_QUOTES = ('"', "“", "„", "«", "‘", "'")


def clipped(text: Text, lines: int) -> RenderableType:
    """Text over so many lines at most."""
    return _Clipped(text, lines)


class _Clipped:
    """Text over so many lines at most, with an ellipsis where it was longer."""

    def __init__(self, text: Text, lines: int) -> None:
        self._text = text
        self._lines = lines

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        width = options.max_width
        lines = self._text.wrap(console, width)
        shown = list(lines[: self._lines])
        if len(lines) > self._lines:
            last = shown[-1]
            last.rstrip()
            last.truncate(width - 1)
            last.rstrip()
            last.append("…")
        yield from shown


def _who(one: schemas.Assertion, stands: str) -> str:
    """The speaker, and whether they deny the words that stand below."""
    if one.speaker is None:
        return "nobody named"
    said = {"denied": " denies", "questioned": " questions"}.get(stands, "")
    return clean(one.speaker.name) + said


def _through(one: schemas.Assertion) -> list[str]:
    via = [f"via {clean(cited.name)}" for cited in one.cites if cited.role == "via"]
    place = one.outlet.name if one.outlet else one.version.title
    where = [("comment, " if one.comment else "") + clean(place)] if place else []
    return [_cut(name, 40) for name in (*via, *where)]


def _when(one: schemas.Assertion) -> str:
    if one.asserted_at is None:
        return f"unknown; the page was read {day(one.version.fetched_at)}"
    if one.asserted_at_precision:
        return _stretch(one)
    origin = {"posted": "when it was posted", "published": "when it was published"}
    return f"{one.asserted_at.isoformat(timespec='minutes')}, {origin.get(one.asserted_at_from, 'origin unknown')}"


def _date(one: schemas.Assertion) -> str:
    """The day of an assertion, or the month or year where the text tells no more."""
    return day(one.asserted_at)[: {"year": 4, "month": 7}.get(one.asserted_at_precision or "", 10)]


def _stretch(one: schemas.Assertion) -> str:
    """A time from the text, no more exact than the text."""
    week = "week of " if one.asserted_at_precision == "week" else ""
    shown = f"{week}{_date(one)}"
    start, context = one.context.start, one.context.text
    words = " ".join(clean(context[max(0, low - start) : max(0, high - start)]) for low, high in one.when or ())
    return f"{shown}, as the text says{f': “{words}”' if words.strip() else ''}"


_STEPS = {
    "reported": "reported by",
    "quoted": "quoted from",
    "copied": "copied from",
    "comment": "comment by",
    "page": "published by",
}


def _step(step: schemas.Step) -> str:
    how = f"cited ({step.role})" if step.kind == "cited" else _STEPS[step.kind]
    who = (
        clean(step.name) if step.name else {"quoted": "", "comment": "somebody without a name"}.get(step.kind, "a page")
    )
    shown = step.assertion if step.kind in ("reported", "quoted") else step.id or step.document
    share = f", {step.share:.0%} of its words" if step.share is not None else ""
    return f"{how} {who} ({shown}){share}".replace("  ", " ")


def _sources(found: schemas.Sources) -> str:
    through = "; ".join(
        f"{clean(end.speaker.name) if end.speaker else 'somebody'} through {clean(end.through.name) or end.through.id}"
        + (f" ({len(end.assertions)} times)" if len(end.assertions) > 1 else "")
        for end in found.ends
    )
    return f"{found.independent} independent of {found.assertions}: {through}" if found.ends else "none today"


def _page(one: schemas.Assertion) -> str:
    title = clean(one.version.title) or "without a title"
    return f"{title} ({one.document.id})" + (f"\n{one.document.url}" if one.document.url else "")


def _parts(one: schemas.Assertion) -> list[tuple[str, list[schemas.Span]]]:
    return [("source", one.source or []), ("cue", one.cue or []), ("content", one.content)]


def _offsets(spans: Sequence[schemas.Span]) -> str:
    return ", ".join(f"{low}–{high}" for low, high in spans)


def _cut(text: str, length: int) -> str:
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"


def _short(text: str) -> RenderableType:
    return _Clipped(Text(clean(text)), lines=2)


def cited(line: str) -> list[RenderableType]:
    """The line to cite something by."""
    # Not wrapped by us, so that it can be copied whole.
    return [Text("Cite as:", style="dim"), Text(clean(line), no_wrap=True, overflow="ignore"), Text()]


def card(title: str, body: RenderableType) -> Panel:
    """A box with an id above it."""
    return Panel(body, title=Text(title, style="bold"), title_align="left", padding=(1, 2))


def facts_table() -> Table:
    """A table of facts, to be filled by ``put_fact``."""
    table = Table.grid(padding=(0, 2))
    table.add_column(style="dim", no_wrap=True)
    table.add_column(overflow="fold")
    return table


def put_fact(table: Table, name: str, value: str) -> None:
    """One line of a table of facts."""
    table.add_row(name, Text(value))


def _table(*names: str, numbers: Sequence[str] = ()) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    for name in names:
        is_id = name == "Id"
        table.add_column(
            name,
            justify="right" if name in numbers else "left",
            no_wrap=is_id or name in numbers,
            min_width=24 if is_id else None,
            overflow="fold" if is_id else "ellipsis",
        )
    return table


def more(answer: schemas.Listed[schemas.AnswerT]) -> list[RenderableType]:
    """What to say below a list: that it is empty, or how to go on."""
    if not answer.items:
        return [Text("Nothing found.", style="dim")]
    if answer.next_cursor is None:
        return []
    note = f"There are more; the next page: --cursor {answer.next_cursor}"
    return [Text(note, style="dim", no_wrap=True, overflow="ignore")]
