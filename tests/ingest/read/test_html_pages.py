# ruff: noqa: E501
"""The saved pages of other people's blogs: what a person sees in them.

The expectations were taken from the pages' markup by regular expressions and by eye, not from the reader.
"""

from __future__ import annotations

import html
import re
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest

from ingest.model import Document, Fetched
from ingest.read.html import read
from ingest.read.limits import ReadLimits

FOLDER = Path(__file__).parents[3] / "../shared/data/html_threads"

pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason=f"the saved pages are not here: no folder {FOLDER.name}")

# Comments as people see them, replies among them, comments marked as the post author's, pingbacks (which are none).
COUNTS = {
    "blog.wordpress.com.diverse": (13, 3, 1, 0),
    "californiaglobe.com.amazon": (12, 2, 0, 8),
    "exxpress.at-zaehne": (25, 5, 0, 0),
    "foxyfolksy.com.buttercream": (80, 41, 36, 0),
    "grossefragen.wordpress.com.projekt": (23, 12, 0, 0),
    "lemire.me.json": (5, 2, 2, 0),
    "moritz-meyer.net.vreni": (20, 9, 5, 16),
    "netzpolitik.org.abmahnungen": (74, 38, None, 0),
    "spektrum.de.engelbart": (54, 1, 1, 0),
    "thenervousbreakdown.com.loneliest": (11, 2, 1, 0),
    "theoriginalcopy.de.baby": (52, 26, 24, 0),
}
FIRST_AND_LAST = {
    "blog.wordpress.com.diverse": ("JanBeek", "amazinggraceandpersonalspace"),
    "californiaglobe.com.amazon": ("Michael F Dougherty", "CW"),
    "exxpress.at-zaehne": ("Auslandsoesi", "Halloween"),
    "lemire.me.json": ("degski", "Daniel Lemire"),
    "moritz-meyer.net.vreni": ("Ben", "Maria"),
    "thenervousbreakdown.com.loneliest": ("Art Edwards", "Kgaard"),
}
# An item of a thread: where its tag begins, how deep the blog system says it stands, and whether the author is marked.
ITEM = re.compile(r'<li\b(?=[^>]*\bclass="(?P<class>comment [^"]*depth-(?P<depth>\d+)[^"]*)")[^>]*>', re.IGNORECASE)


@cache
def document(name: str) -> Document:
    body = (FOLDER / f"{name}.html").read_bytes()
    return read(Fetched(name, body, None, "text/html", None, datetime(2024, 5, 1, tzinfo=UTC)), ReadLimits())


@cache
def items(name: str) -> list[tuple[str, int]]:
    """For each comment in the markup its part of the page, up to the next one, and its depth."""
    markup = (FOLDER / f"{name}.html").read_text("utf-8", "replace")
    if name.startswith("spektrum"):
        markup = markup[: markup.index("sdw_recentcomments-2")]
    found = list(ITEM.finditer(markup))
    ends = [*(match.start() for match in found[1:]), len(markup)]
    parts = [(markup[match.start() : end], int(match["depth"])) for match, end in zip(found, ends, strict=True)]
    return [(re.split(r'<li[^>]*class="pingback', part)[0], depth) for part, depth in parts]


def plain(markup: str) -> str:
    return " ".join(
        html.unescape(
            re.sub(r"<[^>]+>", " ", re.sub(r"<(script|style)\b.*?</\1>", " ", markup, flags=re.DOTALL))
        ).split()
    )


@pytest.mark.parametrize("name", COUNTS)
def test_all_comments_and_no_others(name: str) -> None:
    found = document(name)
    comments, replies, by_author, pings = COUNTS[name]
    assert len(items(name)) == comments
    assert len(found.comments) == comments
    assert sum(comment.parent is not None for comment in found.comments) == replies
    if by_author is not None:
        assert sum(comment.by_post_author for comment in found.comments) == by_author
    markup = (FOLDER / f"{name}.html").read_text("utf-8", "replace")
    assert len(re.findall(r'<li[^>]*class="(?:pingback|trackback)', markup)) == pings


@pytest.mark.parametrize("name", COUNTS)
def test_parents_are_as_the_blog_system_numbers_them(name: str) -> None:
    depths = [depth for _, depth in items(name)]
    above: list[int] = []
    parents: list[int | None] = []
    for index, depth in enumerate(depths):
        above = above[: depth - 1]
        parents.append(above[-1] if above else None)
        above.append(index)
    assert [comment.parent for comment in document(name).comments] == parents
    assert [comment.depth + 1 for comment in document(name).comments] == depths


@pytest.mark.parametrize("name", COUNTS)
def test_authors_and_words_stand_in_their_own_part_of_the_page(name: str) -> None:
    for comment, (markup, _) in zip(document(name).comments, items(name), strict=True):
        shown = re.sub(r"\s", "", plain(markup))
        assert comment.author is not None
        assert re.sub(r"\s", "", comment.author) in shown
        for line in comment.text.splitlines():
            assert re.sub(r"\s", "", line.removeprefix("> ").removeprefix("> ")) in shown


@pytest.mark.parametrize("name", COUNTS)
def test_no_paragraph_of_a_comment_is_lost(name: str) -> None:
    for comment, (markup, _) in zip(document(name).comments, items(name), strict=True):
        have = re.sub(r"[\s>]", "", comment.text)
        for paragraph in re.findall(r"<p(?:\s[^>]*)?>(.*?)</p>", markup.split('id="respond"')[0], re.DOTALL):
            words = re.sub(r"[\s>]", "", plain(paragraph))
            if "comment-like" in paragraph or len(words) < 2 or "comment-reply-link" in paragraph:
                continue
            if comment is document(name).comments[-1] and words not in have:
                continue  # what follows the thread stands in the last part, too
            assert words in have


@pytest.mark.parametrize("name", FIRST_AND_LAST)
def test_first_and_last_writer(name: str) -> None:
    comments = document(name).comments
    assert (comments[0].author, comments[-1].author) == FIRST_AND_LAST[name]


@pytest.mark.parametrize("name", [name for name in COUNTS if name != "blog.wordpress.com.diverse"])
def test_each_comment_has_its_time(name: str) -> None:
    for comment, (markup, _) in zip(document(name).comments, items(name), strict=True):
        stamped = re.search(r'<time[^>]*datetime="([^"]+)"', markup)
        assert comment.posted_at is not None
        if stamped:
            assert comment.posted_at == datetime.fromisoformat(stamped[1])
        else:
            # "8. April 2019", "July 11, 2011": day and year as shown, and the minute.
            shown = plain(markup)[:400]
            assert f"{comment.posted_at.year}" in shown
            assert re.search(rf"\b0?{comment.posted_at.day}\b", shown)
            assert f":{comment.posted_at.minute:02d}" in shown


def test_a_day_without_a_year_is_no_time() -> None:
    assert {comment.posted_at for comment in document("blog.wordpress.com.diverse").comments} == {None}


@pytest.mark.parametrize(
    ("name", "title", "author", "outlet"),
    [
        ("lemire.me.json", "JSON parsing: simdjson vs. JSON for Modern C++", "Daniel Lemire", "Daniel Lemire's blog"),
        ("netzpolitik.org.abmahnungen", "Die Cider Connection: Abmahnungen gegen Nutzer von Creative-Commons-Bildern", "Markus Reuter", "netzpolitik.org"),
        ("californiaglobe.com.amazon", "Amazon Liable for Defective Third-Party Products Rules CA Appellate Court", "Evan Symon", "California Globe"),
    ],
)  # fmt: skip
def test_title_author_and_outlet(name: str, title: str, author: str, outlet: str) -> None:
    found = document(name)
    assert (found.title, found.author) == (title, author)
    assert found.outlet is not None
    assert found.outlet.name == outlet


def test_quotations_know_what_introduces_them() -> None:
    found = document("netzpolitik.org.abmahnungen")
    quotes = [block for block in found.blocks if block.kind == "quote"]
    assert len(quotes) == 2
    assert quotes[0].lead_in is not None
    assert quotes[0].lead_in.of(found.text) == "Im Fall des Fotografen Dennis S. kommt iRights aber zum Schluss:"
    assert found.text[quotes[0].start : quotes[0].end].startswith("Er verlangt, dass Nutzer der Bilder stets")


@pytest.mark.parametrize("name", COUNTS)
def test_no_comment_is_left_in_the_body(name: str) -> None:
    found = document(name)
    for comment in found.comments:
        if len(comment.text) > 60:
            assert comment.text[:60] not in found.text
    for link in found.links:
        assert found.text_of(link.container)[link.start : link.end].strip()


def test_two_readings_are_the_same() -> None:
    name = "lemire.me.json"
    first = document(name)
    document.cache_clear()
    assert document(name) == first
