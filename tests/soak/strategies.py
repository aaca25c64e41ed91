"""What fuzzing is fed: broken pages, trees of HTML, threads of comments, and prose full of quotation marks."""

from __future__ import annotations

import html as markup
from functools import cache
from pathlib import Path

from hypothesis import strategies as st

from tests.bench.pages import page

EXAMPLES = Path(__file__).parents[2] / "examples" / "pages"

Thread = list[tuple[int | None, str, list[str]]]
"""Comments in page order: the place of the parent, the author, the paragraphs."""

# --- bytes ---------------------------------------------------------------------------------------------------------

MEDIA_TYPES = st.sampled_from(
    (
        None,
        "",
        "text/html",
        "text/plain",
        "application/xhtml+xml",
        "text/markdown",
        "application/octet-stream",
        "text/x",
    )
)
CHARSETS = st.sampled_from(
    (None, "utf-8", "utf-16", "latin-1", "windows-1252", "shift_jis", "utf-7", "koi8-r", "no-such", "utf-8-sig", "\0")
)
URLS = st.sampled_from((None, "https://example.com/a", "http://[::1]/", "https://xn--/", "https://example.com/\udce9"))


@cache
def whole_pages() -> tuple[bytes, ...]:
    own = tuple(path.read_bytes() for path in sorted(EXAMPLES.iterdir()))
    return own + tuple(page(number)[1].encode() for number in range(12))


@st.composite
def broken_pages(draw: st.DrawFn) -> bytes:
    """A real page with pieces of it cut out, doubled, moved, or overwritten."""
    body = bytearray(draw(st.sampled_from(whole_pages())))
    for _ in range(draw(st.integers(1, 8))):
        start = draw(st.integers(0, len(body)))
        end = min(len(body), start + draw(st.integers(0, 2_000)))
        piece = body[start:end]
        match draw(st.sampled_from(("cut", "double", "move", "bytes", "truncate"))):
            case "cut":
                del body[start:end]
            case "double":
                body[start:start] = piece * draw(st.integers(1, 20))
            case "move":
                del body[start:end]
                to = draw(st.integers(0, len(body)))
                body[to:to] = piece
            case "bytes":
                body[start:start] = draw(st.binary(max_size=60))
            case _:
                del body[end:]
    return bytes(body)


# --- trees of HTML ----------------------------------------------------------------------------------------------------

TAGS = (
    "div", "p", "ol", "ul", "li", "article", "section", "footer", "header", "blockquote", "span", "a", "b", "em",
    "time", "h1", "h2", "h3", "table", "tr", "td", "br", "hr", "script", "style", "template", "svg", "form",
    "textarea", "pre", "code", "figure", "figcaption", "main", "aside", "nav", "noscript", "iframe", "img", "title",
    "head", "body",
)  # fmt: skip
CLASSES = (
    "comment", "comment-list", "commentlist", "children", "comment-body", "comment-content", "comment-author",
    "comment-meta", "fn", "says", "reply", "comment-reply-link", "pingback", "trackback", "depth-1", "depth-2",
    "bypostauthor", "entry-content", "post", "byline", "author",
)  # fmt: skip
WORDS = st.text(max_size=40) | st.sampled_from(
    (
        "“We did not,” Ada Lind said.",
        "1. first",
        "3 comments",
        "Reply",
        "says:",
        "Ada Lind",
        "March 5, 2026 at 08:12",
        " ",
    )
)
ATTRIBUTES = st.dictionaries(
    st.sampled_from(("class", "id", "itemprop", "itemscope", "itemtype", "datetime", "href", "rel", "style", "lang")),
    st.lists(st.sampled_from(CLASSES), max_size=3).map(" ".join)
    | st.sampled_from(
        (
            "comment-1", "comment-2", "comment", "text", "author", "name", "https://schema.org/Comment", "#comment-1",
            "https://example.com/x", "javascript:alert(1)", "http://[", "2026-03-05T08:12:00+00:00", "9999-99-99",
            "display:none",
        )
    )
    | st.text(max_size=12),
    max_size=3,
)  # fmt: skip


def element(tag: str, attributes: dict[str, str], inside: list[str], closed: bool) -> str:
    written = "".join(f' {name}="{markup.escape(value)}"' for name, value in attributes.items())
    return f"<{tag}{written}>{''.join(inside)}{f'</{tag}>' if closed else ''}"


def deep(inner: str, levels: int) -> str:
    return "<ol><li>" * levels + inner + "</li></ol>" * levels


HTML = st.recursive(
    WORDS
    | WORDS.map(markup.escape)
    | st.sampled_from(("<!--", "-->", "<![CDATA[", "&#0;", "&#xD800;", "</div>", "</li></ol>")),
    lambda inner: (
        st.builds(
            element, st.sampled_from(TAGS), ATTRIBUTES, st.lists(inner, max_size=5), st.booleans() | st.just(True)
        )
        | st.builds(deep, inner, st.integers(1, 60))
    ),
    max_leaves=60,
)


# --- threads ----------------------------------------------------------------------------------------------------------

PLAIN = st.lists(
    st.sampled_from(
        ("the", "harbour", "bridge", "was", "never", "closed", "nobody", "asked", "us", "council", "again")
    ),
    min_size=3,
    max_size=12,
).map(lambda words: " ".join(words).capitalize() + ".")


@st.composite
def threads(draw: st.DrawFn) -> Thread:
    """Comments in page order as (parent's place, author, paragraphs); a parent always stands before its replies."""
    parents: list[int | None] = []
    for number in range(draw(st.integers(2, 25))):
        parents.append(draw(st.none() | st.integers(0, number - 1)) if number else None)
    order: list[int] = []

    def walk(parent: int | None) -> None:
        for number, above in enumerate(parents):
            if above == parent:
                order.append(number)
                walk(number)

    walk(None)
    place = {number: index for index, number in enumerate(order)}
    made = []
    for index, number in enumerate(order):
        above = parents[number]
        author = f"{draw(st.sampled_from(('Ada', 'Bram', 'Odette', 'old pylon', 'J. M.')))} {index}"
        made.append((None if above is None else place[above], author, draw(st.lists(PLAIN, min_size=1, max_size=3))))
    return made


def thread_as_html(thread: Thread) -> str:
    def under(parent: int | None) -> str:
        items = []
        for index, (above, author, paragraphs) in enumerate(thread):
            if above == parent:
                text = "".join(f"<p>{each}</p>" for each in paragraphs)
                inner = under(index)
                children = f"<ol class=children>{inner}</ol>" if inner else ""
                items.append(
                    f'<li class="comment" id="comment-{index}"><article class="comment-body">'
                    f'<footer class="comment-meta"><b class="fn">{author}</b> <span class="says">says:</span></footer>'
                    f'<div class="comment-content">{text}</div>'
                    '<div class="reply"><a class="comment-reply-link" href="#r">Reply</a></div></article>'
                    f"{children}</li>"
                )
        return "".join(items)

    story = "".join(
        f"<p>The council met on day {day}, and the harbour wall was on its list again.</p>" for day in range(9)
    )
    return (
        f"<html><head><title>Harbour</title></head><body><article><h1>Harbour</h1>{story}</article>"
        f'<div id="comments"><h2>{len(thread)} comments</h2><ol class="comment-list">{under(None)}'
        "</ol></div></body></html>"
    )


def thread_as_text(thread: Thread) -> str:
    lines = ["Harbour", "", "The council met, and the harbour wall was on its list again.", ""]
    lines += [f"{len(thread)} comments", ""]

    def under(parent: int | None, indent: str) -> None:
        number = 0
        for index, (above, author, paragraphs) in enumerate(thread):
            if above == parent:
                number += 1
                lines.extend((f"{indent}{number}. {author}", ""))
                for paragraph in paragraphs:
                    lines.extend((f"{indent}   {paragraph}", ""))
                lines.append(f"{indent}   Reply")
                under(index, indent + "   ")

    under(None, "")
    return "\n".join(lines) + "\n"


# --- prose ------------------------------------------------------------------------------------------------------------

PIECES = st.sampled_from(
    (
        "“", "”", '"', "'", "‘", "’", "«", "»", " ", "\n", "\n\n", "\r\n", "\t", " ", "\u200b", "\u202e", ". ", ", ",
        "? ", "! ", ": ", "; ", "— ", "… ", "(", ")", "Ada Lind", "Mayor Odette Quill", "Dmitry Peskov", "the BBC",
        "TASS", "Reuters", "told", "said", "says", "denied", "claimed that", "according to", "asked whether",
        "would not", "he", "she", "they", "the bridge was closed", "we did not", "on Tuesday", "3 comments\n\n",
        "1. Ada\n\n   ", "   Reply\n", "MODERATOR: ", "https://example.com/x", "@ada", "#1", "😀", "é", "é", "Ж", "中",
        "İ", "ß", "\u2028", "\x0b", "\x0c", "\ufeff",
    )
)  # fmt: skip
PROSE = st.lists(PIECES | st.sampled_from((" said ", ' "', '," ', " “", ",” ")) | st.text(max_size=6), max_size=80).map(
    "".join
)
