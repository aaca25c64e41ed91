"""Synthetic pages of news with comment threads: half of them HTML, half plain text.

Everything in them is invented. The same seed gives the same bytes, so that two runs read the same pages.
"""

from __future__ import annotations

import html
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

_GIVEN = "Ada Bram Cleo Dario Esme Filip Greta Hugo Ilse Jonas Kaja Leif Mira Nora Odette Piet Runa Sunniva Tove Viggo"
_FAMILY = (
    "Abel Brandt Corvin Dahl Ekman Falk Grieg Holm Ivers Juhl Kramer Lind Moss Nyman Oduya Quill Rask Tarrant Valk"
)
_PLACES = "Saltmarsh Lantern Marrow Estuary Harbour Northquay Millpond Kestrel Alder Copper"
_PAPERS = "Courier Gazette Herald Observer Telegraph Dispatch"
_ROLES = (
    "Mayor",
    "harbour engineer",
    "council spokesman",
    "the ferry company's director",
    "police chief",
    "head librarian",
    "Minister",
    "union leader",
)
_SAYS = "said announced claimed insisted warned explained added argued stated admitted"
_SUBJECTS = (
    "the bridge|the library|the harbour wall|the school roof|the water main|the ferry line|the market hall|the mill"
)
_FACTS = (
    "will stay closed until {month}",
    "costs {number} crowns a year",
    "was inspected {small} times in {year}",
    "had been repaired without a permit",
    "is used by {number} people every day",
    "lost {small} of its {number} windows in the storm",
    "would be handed over in {month}",
    "never belonged to the council",
)
_MONTHS = "January February March April May June July August September October November December"
_OPINIONS = (
    "That is not what the {paper} wrote in {month}.",
    "I walked past {subject} this morning and saw nobody at work.",
    "{name} said the opposite last year.",
    "My neighbour told me that {subject} {fact}.",
    "Who paid for that? Nobody here was asked.",
    "According to the {paper}, {subject} {fact}.",
    "“{Subject} {fact},” they said. We shall see.",
)


@dataclass(slots=True)
class _Reply:
    author: str
    at: datetime
    text: list[str]
    replies: list[_Reply] = field(default_factory=list)


def write_pages(folder: Path, count: int, *, seed: int = 1) -> None:
    """Writes ``count`` pages into ``folder``, which is made where it is missing.

    A page has about 450 words and a thread of up to 16 comments. Page ``n`` is the same whatever ``count`` is.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(count):
        name, text = page(number, seed=seed)
        (folder / name).write_text(text, encoding="utf-8")


def page(number: int, *, seed: int = 1) -> tuple[str, str]:
    """The file name and the text of page ``number``; even numbers are HTML and odd ones plain text."""
    made = _Maker(random.Random(f"{seed}/{number}"))
    published = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(hours=number)
    title = f"{made.subject().capitalize()}: what {made.name()} {made.rng.choice(_SAYS.split())}, part {number}"
    paragraphs = [made.paragraph() for _ in range(made.rng.randint(8, 14))]
    thread = made.thread(published)
    if number % 2 == 0:
        return f"page-{number:05d}.html", _as_html(title, published, made.name(), paragraphs, thread, number)
    return f"page-{number:05d}.txt", _as_text(title, paragraphs, thread)


class _Maker:
    def __init__(self, rng: random.Random) -> None:
        self.rng = rng

    def name(self) -> str:
        return f"{self.rng.choice(_GIVEN.split())} {self.rng.choice(_FAMILY.split())}"

    def paper(self) -> str:
        return f"{self.rng.choice(_PLACES.split())} {self.rng.choice(_PAPERS.split())}"

    def subject(self) -> str:
        return self.rng.choice(_SUBJECTS.split("|"))

    def fact(self) -> str:
        rng = self.rng
        return rng.choice(_FACTS).format(
            month=rng.choice(_MONTHS.split()), number=rng.randint(100, 9_000), small=rng.randint(2, 60), year=2026
        )

    def sentence(self) -> str:
        rng, name, said = self.rng, self.name(), self.rng.choice(_SAYS.split())
        subject, fact = self.subject(), self.fact()
        return rng.choice(
            (
                f"“{subject.capitalize()} {fact},” {rng.choice(_ROLES)} {name} {said}.",
                f"{name} {said} that {subject} {fact}.",
                f"“{subject.capitalize()} {fact},” {name} told the {self.paper()} on Tuesday.",
                f"According to {name}, {subject} {fact}.",
                f"{name} denied that {subject} {fact}.",
                f"Work on {subject} goes on, and {self.rng.randint(2, 40)} people watch it every morning.",
                f"The {self.paper()} reported in {rng.choice(_MONTHS.split())} that {subject} {fact}.",
            )
        )

    def paragraph(self) -> str:
        return " ".join(self.sentence() for _ in range(self.rng.randint(2, 4)))

    def opinion(self) -> str:
        subject = self.subject()
        return self.rng.choice(_OPINIONS).format(
            paper=self.paper(),
            month=self.rng.choice(_MONTHS.split()),
            name=self.name(),
            subject=subject,
            Subject=subject.capitalize(),
            fact=self.fact(),
        )

    def thread(self, published: datetime) -> list[_Reply]:
        rng = self.rng
        every: list[_Reply] = []
        top: list[_Reply] = []
        for number in range(rng.randint(0, 16)):
            text = [self.opinion() for _ in range(rng.randint(1, 3))]
            reply = _Reply(self.name(), published + timedelta(minutes=7 * (number + 1)), text)
            above = rng.choice(every) if every and rng.random() < 0.5 else None
            (above.replies if above else top).append(reply)
            every.append(reply)
        return top


def _as_text(title: str, paragraphs: list[str], thread: list[_Reply]) -> str:
    lines = [title, ""]
    for paragraph in paragraphs:
        lines += [paragraph, ""]
    count = sum(1 for _ in _walk(thread))
    if count:
        lines += [f"{count} comments", ""]
        lines += _numbered(thread, "")
    return "\n".join(lines) + "\n"


def _numbered(thread: list[_Reply], indent: str) -> list[str]:
    lines: list[str] = []
    for number, reply in enumerate(thread, 1):
        inner = indent + "   "
        lines += [f"{indent}{number}. {reply.author}", ""]
        for paragraph in reply.text:
            lines += [f"{inner}{paragraph}", ""]
        lines.append(f"{inner}Reply")
        lines += _numbered(reply.replies, inner)
    return lines


def _as_html(
    title: str, published: datetime, author: str, paragraphs: list[str], thread: list[_Reply], number: int
) -> str:
    body = "\n".join(f"<p>{html.escape(paragraph, quote=False)}</p>" for paragraph in paragraphs)
    count = sum(1 for _ in _walk(thread))
    comments = ""
    if count:
        items = "".join(_item(reply, number) for reply in thread)
        comments = f'<section id="comments"><h2>{count} comments</h2><ol class="comment-list">{items}</ol></section>'
    # The address stands in the page alone: nothing is fetched from it, and the document is known by its content.
    return f"""<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>{html.escape(title)}</title>
<meta property="og:site_name" content="Estuary Notes"><meta name="author" content="{author}">
<meta property="article:published_time" content="{published.isoformat()}"></head>
<body><header><nav><a href="/">Home</a> <a href="/about">About</a></nav></header>
<main><article><h1>{html.escape(title)}</h1>
<div class="entry-content">
{body}
</div></article>
{comments}
</main><footer><p>Estuary Notes is invented.</p></footer></body></html>
"""


def _item(reply: _Reply, number: int) -> str:
    text = "".join(f"<p>{html.escape(paragraph, quote=False)}</p>" for paragraph in reply.text)
    inner = "".join(_item(answer, number) for answer in reply.replies)
    children = f'<ol class="children">{inner}</ol>' if inner else ""
    at = reply.at.isoformat()
    return (
        f'<li class="comment"><article class="comment-body"><footer class="comment-meta">'
        f'<b class="fn">{reply.author}</b> '
        f'<span class="says">says:</span> <time datetime="{at}">{at}</time></footer>'
        f'<div class="comment-content">{text}</div>'
        f'<div class="reply"><a class="comment-reply-link" href="#respond">Reply</a></div></article>{children}</li>\n'
    )


def _walk(thread: list[_Reply]) -> Iterator[_Reply]:
    for reply in thread:
        yield reply
        yield from _walk(reply.replies)
