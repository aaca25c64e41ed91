# ruff: noqa: E501
from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import UTC, datetime

import pytest
from html_shapes import FLAT, NESTED, Node, number, page
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest.model import Document, Fetched
from ingest.read.html import read
from ingest.read.limits import ReadLimits

URL = "https://post.example/bridge/"
SHAPES = [(name, shape, True) for name, shape in NESTED.items()] + [
    (name, shape, False) for name, shape in FLAT.items()
]
Shape = Callable[[Sequence[Node]], str]


def read_page(markup: str, url: str | None = URL) -> Document:
    body = markup.encode("utf-8")
    return read(Fetched("page.html", body, url, "text/html", None, datetime(2024, 5, 1, tzinfo=UTC)), ReadLimits())


def words(text: str) -> str:
    return " ".join(text.split())


def thread() -> list[Node]:
    return [
        Node(
            "Ann Berg",
            ["The report left out the figures for last year.", "Why is that?"],
            [
                Node(
                    "Ben Cole",
                    ["They are in the annex, on page 12."],
                    [
                        Node(
                            "Dora Ek",
                            ["I have added a link to the annex above."],
                            [Node("Ann Berg", ["Thank you, found it."])],
                            by_post_author=True,
                        )
                    ],
                ),
                Node("Eli", ["No annex was published."]),
            ],
        ),
        Node("Fay O’Neil", ["A bridge would cost less than a tunnel."]),
        Node("geo_77", ["Less? Not by much."], [Node("Hal", ["It says 40 million less."])]),
    ]


@pytest.mark.parametrize(("name", "shape", "nested"), SHAPES, ids=[name for name, _, _ in SHAPES])
def test_every_shape_gives_the_comments_back(name: str, shape: Shape, nested: bool) -> None:
    nodes = thread()
    wanted = number(nodes)
    document = read_page(page(shape(nodes)))
    assert [comment.author for comment in document.comments] == [node.author for node in wanted]
    assert [words(comment.text) for comment in document.comments] == [" ".join(node.paragraphs) for node in wanted]
    assert [comment.parent for comment in document.comments] == [
        wanted.index(node.parent) if node.parent and nested else None for node in wanted
    ]
    assert [comment.depth for comment in document.comments] == [node.depth if nested else 0 for node in wanted]
    shown = [comment.posted_at.replace(tzinfo=None) for comment in document.comments if comment.posted_at]
    assert shown == [node.when.replace(tzinfo=None) for node in wanted]
    # Nothing of the thread is left in the body, and nothing of the body is lost.
    assert not re.search(r"annex|Reply|Comments|geo_77", document.text)
    assert document.text.endswith("asked for the figures to be published before the vote.")


@pytest.mark.parametrize(
    "name", ["wordpress", "wordpress_divs", "genesis", "blogger", "drupal7", "reddit_old", "squarespace"]
)
def test_the_posts_author_is_known_by_the_pages_own_mark(name: str) -> None:
    nodes = thread()
    number(nodes)
    document = read_page(page(NESTED[name](nodes)))
    assert [comment.index for comment in document.comments if comment.by_post_author] == [2]


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("wordpress", "https://post.example/bridge/#comment-101"),
        ("blogger", "https://post.example/2021/03/bridge.html?showComment=101#c101"),
        ("drupal9", "https://post.example/comment/101#comment-101"),
        ("hacker_news", "https://post.example/bridge/item?id=101"),
        ("reddit_old", "https://old.example/r/x/comments/1/bridge/101/"),
        ("squarespace", "https://post.example/bridge/#comment-5f0000000000000000000065"),
    ],
)
def test_each_comment_has_its_own_address(name: str, address: str) -> None:
    nodes = thread()
    number(nodes)
    document = read_page(page(NESTED[name](nodes)))
    assert document.comments[0].url == address
    assert len({comment.url for comment in document.comments}) == len(document.comments)


NAMES = ["Ann", "Ben Cole", "Čeněk", "dora_77", "Éva O’Neil", "Жанна", "Mr. G", "Hal"]
TEXTS = [
    "Yes.",
    "The figures are wrong, all 12 of them.",
    "Why? Nobody asked!",
    "Straße, bridge & <tunnel>.",
    "See page 4: “no”.",
    "ещё раз",
    "❤️",
]
# Each comment: its author, its paragraphs, and which of the comments before it it answers (none where there is no such one).
COMMENT = st.tuples(
    st.sampled_from(NAMES), st.lists(st.sampled_from(TEXTS), min_size=1, max_size=3), st.integers(-3, 7)
)


def tree_of(rows: Sequence[tuple[str, list[str], int]]) -> list[Node]:
    nodes: list[Node] = []
    roots: list[Node] = []
    for author, paragraphs, answers in rows:
        node = Node(author, paragraphs)
        (nodes[answers].replies if 0 <= answers < len(nodes) else roots).append(node)
        nodes.append(node)
    return roots


@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(name=st.sampled_from(sorted(NESTED)), rows=st.lists(COMMENT, min_size=1, max_size=8))
def test_any_tree_comes_back_as_it_was(name: str, rows: list[tuple[str, list[str], int]]) -> None:
    nodes = tree_of(rows)
    wanted = number(nodes)
    document = read_page(page(NESTED[name](nodes)))
    assert [comment.author for comment in document.comments] == [node.author for node in wanted]
    assert [words(comment.text) for comment in document.comments] == [" ".join(node.paragraphs) for node in wanted]
    places = {id(node): place for place, node in enumerate(wanted)}
    assert [comment.parent for comment in document.comments] == [
        None if node.parent is None else places[id(node.parent)] for node in wanted
    ]


def wordpress_item(number: int, name: str, text: str, *, classes: str = "comment", inner: str = "") -> str:
    return (
        f'<li id="comment-{number}" class="{classes}"><div class="comment-body"><div class="comment-author vcard"><cite class="fn">{name}</cite>'
        f' <span class="says">says:</span></div><div class="comment-meta"><a href="{URL}#comment-{number}">May {number}, 2020 at 5:10 pm</a></div>'
        f"{text}<div class='reply'><a class='comment-reply-link' href='#'>Reply</a></div></div>{inner}</li>"
    )


def in_list(*items: str) -> str:
    return page(f'<div id="comments"><h3>{len(items)} comments</h3><ol class="commentlist">{"".join(items)}</ol></div>')


def test_a_pingback_is_no_comment_and_its_replies_keep_their_place() -> None:
    ping = (
        '<li id="comment-2" class="pingback even"><div class="comment-body">Pingback: <a href="https://other.example/x">Other blog</a>'
        ' <span class="edit-link"></span></div></li>'
    )
    late = wordpress_item(4, "Cem", "<p>Third.</p>")
    document = read_page(in_list(wordpress_item(1, "Ann", "<p>First.</p>"), ping, late))
    assert [(comment.author, comment.text, comment.parent) for comment in document.comments] == [
        ("Ann", "First.", None),
        ("Cem", "Third.", None),
    ]
    assert "Other blog" not in document.text


def test_what_stands_around_a_comment_is_no_text_of_it() -> None:
    text = (
        '<em class="comment-awaiting-moderation">Your comment is awaiting moderation.</em><p>The only words.</p>'
        '<div class="share-buttons"><a href="#">Share</a></div><div class="rating">4 stars</div><p><a href="#">Report</a></p>'
        '<form><textarea>write here</textarea></form><span class="screen-reader-text">for readers</span><button>Like</button>'
    )
    document = read_page(in_list(wordpress_item(1, "Ann", text), wordpress_item(2, "Ben", "<p>Second.</p>")))
    assert [comment.text for comment in document.comments] == ["The only words.", "Second."]


def test_paragraphs_lines_quotations_and_links_of_a_comment_are_kept() -> None:
    text = (
        '<blockquote><p>They said <b>no</b>.</p><p>Twice.</p></blockquote><p>Not so: see <a href="/annex?p=2">the annex</a><br>and page&nbsp;3.</p>'
        "<ol><li>One thing</li><li>Another</li></ol><pre>a\n  b</pre>"
    )
    document = read_page(in_list(wordpress_item(1, "Ann", text)))
    (comment,) = document.comments
    assert comment.text == (
        "> They said no.\n\n> Twice.\n\nNot so: see the annex\nand page 3.\n\nOne thing\nAnother\n\na\n  b"
    )
    (link,) = [link for link in document.links if link.container == 0]
    assert comment.text[link.start : link.end] == "the annex"
    assert link.url == "https://post.example/annex?p=2"


def test_a_sidebars_newest_comments_are_not_the_thread() -> None:
    widget = (
        '<aside class="widget widget_recent_comments"><ol class="commentlist">'
        + wordpress_item(9, "Zoe", "<p>On another page.</p>")
        + "</ol></aside>"
    )
    document = read_page(in_list(wordpress_item(1, "Ann", "<p>First.</p>")).replace("<footer", widget + "<footer"))
    assert [comment.author for comment in document.comments] == ["Ann"]
    assert "another page" not in document.text


def test_lists_of_replies_may_stand_beside_their_comment() -> None:
    document = read_page(
        in_list(
            wordpress_item(1, "Ann", "<p>First.</p>")
            + f'<ul class="children">{wordpress_item(2, "Ben", "<p>Second.</p>")}</ul>'
            + wordpress_item(3, "Cem", "<p>Third.</p>")
        )
    )
    assert [comment.parent for comment in document.comments] == [None, 0, None]


def test_a_thread_may_be_parted_into_several_lists() -> None:
    first, second = wordpress_item(1, "Ann", "<p>First.</p>"), wordpress_item(2, "Ben", "<p>Second.</p>")
    document = read_page(
        page(
            f'<div id="comments"><ol class="commentlist">{first}</ol><p>Page 2</p><ol class="commentlist">{second}</ol></div>'
        )
    )
    assert [(comment.author, comment.parent) for comment in document.comments] == [("Ann", None), ("Ben", None)]


def test_parents_that_the_page_states_may_not_form_a_circle() -> None:
    items = "".join(
        f'<div class="comment" id="comment-{n}" data-parent="comment-{(n + 1) % 3}"><b class="fn">U{n}</b><p>Text {n}.</p></div>'
        for n in range(3)
    )
    document = read_page(page(f'<div id="comments">{items}</div>'))
    assert [comment.author for comment in document.comments] == ["U0", "U1", "U2"]
    for comment in document.comments:
        seen = set()
        at: int | None = comment.index
        while at is not None:
            assert at not in seen
            seen.add(at)
            at = document.comments[at].parent


def test_equal_ids_are_no_replies() -> None:
    items = "".join(
        f'<div class="comment" id="comment-1"><b class="fn">U{n}</b><p>Text {n}.</p></div>' for n in range(3)
    )
    document = read_page(page(f'<div id="comments">{items}</div>'))
    assert [(comment.author, comment.text, comment.parent) for comment in document.comments] == [
        ("U0", "Text 0.", None),
        ("U1", "Text 1.", None),
        ("U2", "Text 2.", None),
    ]


def test_replies_a_thousand_deep() -> None:
    items = "".join(
        f'<ul><li class="comment" id="comment-{n}"><b class="fn">U{n}</b><p>Text {n}.</p>' for n in range(950)
    )
    document = read_page(page(f'<div id="comments">{items}</div>'))
    assert [comment.depth for comment in document.comments] == list(range(950))


def test_what_a_page_hides_from_people_is_no_comment() -> None:
    template = f"<template>{wordpress_item(7, '{{author}}', '<p>{{text}}</p>')}</template>"
    hidden = f"<!-- {wordpress_item(8, 'Old', '<p>Gone.</p>')} -->"
    document = read_page(in_list(wordpress_item(1, "Ann", "<p>First.</p>"), template, hidden))
    assert [comment.author for comment in document.comments] == ["Ann"]


def test_comments_without_script_and_folded_replies_are_read() -> None:
    inner = f"<details><summary>Show 1 reply</summary><ul>{wordpress_item(2, 'Ben', '<p>Second.</p>')}</ul></details>"
    document = read_page(
        page(
            f'<noscript><ol class="commentlist">{wordpress_item(1, "Ann", "<p>First.</p>", inner=inner)}</ol></noscript>'
        )
    )
    assert [(comment.author, comment.text, comment.parent) for comment in document.comments] == [
        ("Ann", "First.", None),
        ("Ben", "Second.", 0),
    ]


def test_json_ld_is_read_where_nothing_is_to_be_seen() -> None:
    data = (
        '{"@context": "https://schema.org", "@type": "NewsArticle", "author": {"name": "Dora Ek"}, "comment": ['
        '{"@type": "Comment", "@id": "#c1", "text": "See <a href=\'/annex\'>the annex</a> &amp; more", "author": {"name": "Ann"},'
        ' "dateCreated": "2021-03-04T10:00:00Z", "comment": [{"@type": "Comment", "text": "Done.", "author": "Dora Ek"}]},'
        '{"@type": "Comment", "text": "Thanks.", "parentItem": {"@id": "#c1"}, "author": [{"name": "Ben"}]}]}'
    )
    document = read_page(page(f'<div id="disqus_thread"></div><script type="application/ld+json">{data}</script>'))
    assert [
        (comment.author, comment.text, comment.parent, comment.by_post_author) for comment in document.comments
    ] == [
        ("Ann", "See the annex & more", None, False),
        ("Dora Ek", "Done.", 0, True),
        ("Ben", "Thanks.", 0, False),
    ]
    assert document.comments[0].posted_at == datetime(2021, 3, 4, 10, tzinfo=UTC)
    assert [link.url for link in document.links if link.container == 0] == ["https://post.example/annex"]


def test_without_an_address_relative_links_are_left_out() -> None:
    text = '<p><a href="/annex">here</a> and <a href="https://other.example/x">there</a></p>'
    markup = in_list(wordpress_item(1, "Ann", text)).replace(URL, "")
    document = read_page(markup, url=None)
    assert [link.url for link in document.links if link.container == 0] == ["https://other.example/x"]
    assert document.comments[0].url is None
    assert document.url is None


def test_a_page_without_a_thread_has_no_comments() -> None:
    document = read_page(
        page('<h3>Related posts</h3><ul><li><a href="/a">By Ann, May 5, 2020</a><p>A teaser of it.</p></li></ul>')
    )
    assert document.comments == ()
