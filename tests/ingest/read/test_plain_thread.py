"""Threads in plain text, written out in many shapes and read back."""

# ruff: noqa: E501 - a page on one line shows its shape best

import textwrap
from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.model import Id
from ingest.read import plain_thread
from ingest.read.thread import comments

DOCUMENT = Id("doc-0123456789abcdef0123")
ARTICLE = "A Title Here\n\nSome article text, which ends here.\n\n"

# (depth, author, whether the post's author, paragraphs): bodies hold what is easily taken for a comment.
TREE = [
    (
        0,
        "The Rev Kev",
        False,
        ["I would expect that they go there anyway.", "So why? I can only think that he has reasons."],
    ),
    (1, "Adam1", False, ["Or he agreed because he knows nothing will come of it."]),
    (1, "Yves Smith", True, ["Did you read it?!?! He never agreed.", "> quoted words", "See https://example.org/a/b."]),
    (2, "scott s.", False, ["No."]),
    (
        0,
        "Safety First",
        False,
        [
            "1. These are cruise missiles, not ballistic missiles. The difference is substantial, and it matters in more "
            "than one way to those who launch them.",
            "2. I believe I have posted here on this before.",
            "So maintaining a stance is something that helps.",
            "3. And there are also biases.",
        ],
    ),
    (
        1,
        "Yves Smith",
        True,
        ["Two points:", "1. The boys were slow to give up.", "2. The other one loves negotiations."],
    ),
    (2, "J. Doe Jr.", False, ["Reply to this if you can.", "Reply was my first thought."]),
    (3, "x", False, ["Deep one.", "And a long line " + "word " * 60 + "end."]),
    (4, "Chima from Sharp Focus on Africa", False, ["Deeper.", "* a bullet", "* another bullet"]),
    (5, "Ünal Öz", False, ["Deepest one here."]),
    (1, "GM", False, ["Plenty of woods."]),
    (0, "anon_42", False, ["Short"]),
    (0, "Ann", False, ["First line\nsecond line, as typed."]),
    *[(0, name, False, [f"{name} thinks so."]) for name in ("Bob", "Cid", "Dee", "Eve", "Flo", "Gus")],
    (1, "Hal", False, ["The tenth one at the top has an answer."]),
]
DATES = ("October 17, 2025 at 10:02 am", "October 18, 2025 at 1:03 pm", "October 2, 2025 at 11:09 am")


@dataclass(frozen=True)
class Shape:
    heading: str | None = "20 comments"
    step: int = 2
    base: int = 2
    tabs: bool = False
    marker: str = "number"
    reply: str | None = "Reply"
    date: str | None = None
    spaced: bool = True
    wrap: int | None = None
    hang: int | None = None
    says: str = ""
    mark: str = " Post author"
    quoted: bool = False
    flat_bodies: bool = False
    foot: str | None = "Leave a Reply\n\nYour email address"


def written(tree, shape: Shape) -> str:
    lines = [shape.heading, ""] if shape.heading else []
    numbers: dict[int, int] = {}
    for place, (depth, author, by_post_author, paragraphs) in enumerate(tree):
        numbers = {level: number for level, number in numbers.items() if level <= depth}
        numbers[depth] = number = numbers.get(depth, 0) + 1
        marker = {"number": f"{number}. ", "flush": f"{number:2}. ", "paren": f"{number}) ", "bullet": "* ", "": ""}[
            shape.marker
        ]
        indent = "\t" * (depth + 1) if shape.tabs else " " * (shape.base + shape.step * depth)
        body = indent + ("\t" if shape.tabs else " " * (shape.hang or shape.step))
        if shape.quoted:
            indent = body = "> " * depth
        elif shape.flat_bodies:
            body = indent
        date = DATES[place % len(DATES)]
        name = author + (shape.mark if by_post_author else "") + shape.says
        lines.append(indent + marker + name + {"inline": f" {date}", "paren": f" ({date})"}.get(shape.date or "", ""))
        if shape.date == "line":
            lines.append(body + date)
        blank = indent.rstrip() if shape.quoted else ""
        if shape.spaced:
            lines.append(blank)
        for paragraph in paragraphs:
            for line in paragraph.split("\n"):
                lines += [body + part for part in (textwrap.wrap(line, shape.wrap) if shape.wrap else [line])]
            lines.append(blank)
        if shape.reply:
            lines.append(body + shape.reply)
        if not shape.reply or not shape.spaced:
            lines.append("")
    return ARTICLE + "\n".join(lines + (["", shape.foot] if shape.foot else [])) + "\n"


def read(text: str):
    found = plain_thread.find(text)
    assert found is not None, text
    return found, comments(DOCUMENT, found.entries)


SHAPES = {
    "as the sample page": Shape(),
    "wider steps": Shape(step=4, base=4),
    "narrow steps": Shape(step=1, base=1),
    "no base": Shape(base=0),
    "tabs": Shape(tabs=True),
    "no reply lines": Shape(reply=None),
    "no reply lines, tabs": Shape(reply=None, tabs=True),
    "no reply lines, no base": Shape(reply=None, base=0),
    "german": Shape(reply="Antworten", heading="20 Kommentare"),
    "a language nobody listed": Shape(reply="jang"),
    "reply to": Shape(reply="Reply to this comment"),
    "reply with an arrow": Shape(reply="Reply ↓"),
    "time below": Shape(date="line"),
    "time below, no reply": Shape(date="line", reply=None),
    "time beside": Shape(date="inline"),
    "time in brackets": Shape(date="paren", reply=None),
    "bullets": Shape(marker="bullet"),
    "bullets, no reply": Shape(marker="bullet", reply=None),
    "one bracket": Shape(marker="paren"),
    "flush right": Shape(marker="flush", step=5, base=3, hang=4),
    "flush right, no reply": Shape(marker="flush", step=5, base=3, hang=4, reply=None),
    "no blank line": Shape(spaced=False),
    "no blank line, no reply": Shape(spaced=False, reply=None),
    "wrapped": Shape(wrap=60),
    "wrapped, no reply": Shape(wrap=60, reply=None),
    "wrapped, no blank line, no reply": Shape(wrap=60, spaced=False, reply=None),
    "count behind": Shape(heading="Comments (20)"),
    "no count": Shape(heading="Comments", reply=None),
    "thoughts": Shape(heading="20 thoughts on “A Title Here”"),
    "responses": Shape(heading="20 Responses to A Title Here"),
    "markdown heading": Shape(heading="## 20 Comments"),
    "no heading": Shape(heading=None),
    "nothing below": Shape(foot=None),
    "nothing below, no reply": Shape(foot=None, reply=None),
    "names alone": Shape(marker=""),
    "names and times": Shape(marker="", date="line"),
    "names and times, no reply": Shape(marker="", date="line", reply=None),
    "says": Shape(marker="", says=" says:", mark=" (author)"),
    "says, no reply": Shape(marker="", says=" says:", reply=None),
    "says and times": Shape(marker="", says=" says:", date="line", reply=None),
    "numbers, says and times": Shape(says=" says:", date="line"),
    "bodies below names, times": Shape(marker="", date="line", flat_bodies=True),
    "bodies below names, times beside": Shape(marker="", date="paren", reply=None, flat_bodies=True),
    "bodies below numbers": Shape(flat_bodies=True),
    "bodies below numbers, times": Shape(flat_bodies=True, date="line", reply=None),
    "marks of quotation, colons": Shape(quoted=True, marker="", says=":", reply=None),
    "marks of quotation, times": Shape(quoted=True, marker="", date="paren", reply=None),
    "marks of quotation, wrote": Shape(quoted=True, marker="", says=" wrote:", reply=None),
}


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)
@pytest.mark.parametrize("ending", ["\n", "\r\n"], ids=["lf", "crlf"])
def test_every_shape_gives_the_same_thread(shape, ending):
    text = written(TREE, shape).replace("\n", ending)
    found, made = read(text)
    assert text[: found.start] == ARTICLE.replace("\n", ending)
    parents, above = [], []
    for place, (depth, *_) in enumerate(TREE):
        above = [*above[:depth], place]
        parents.append(above[-2] if depth else None)
    assert [(one.author, one.by_post_author, one.parent) for one in made] == [
        (author, by_post_author, parent) for (_, author, by_post_author, _), parent in zip(TREE, parents, strict=True)
    ]
    for one, (_, _, _, paragraphs) in zip(made, TREE, strict=True):
        expected = "\n\n".join(paragraphs)
        assert one.text.split() == expected.split() if shape.wrap else one.text == expected
    assert all((one.posted_at is not None) == (shape.date is not None) for one in made)
    assert ("Your email address" in found.tail) == (shape.foot is not None)


@given(
    depths=st.lists(st.integers(0, 6), min_size=2, max_size=12),
    shape=st.sampled_from(
        [SHAPES["as the sample page"], SHAPES["tabs"], SHAPES["time below, no reply"], SHAPES["bullets"]]
    ),
)
@settings(max_examples=60)
def test_any_tree_comes_back(depths, shape):
    tree = []
    for place, depth in enumerate(depths):
        tree.append((min(depth, tree[-1][0] + 1 if tree else 0), f"Writer{place}", False, [f"Words of {place}."]))
    _, made = read(written(tree, shape))
    assert [(one.depth, one.author, one.text) for one in made] == [
        (depth, name, words[0]) for depth, name, _, words in tree
    ]


# Pages written by hand, each with (author, depth, text, time).
PAGES = {
    "copied from a browser": (
        "2 Comments\n\nAlice\nsays:\n\nOctober 17, 2025 at 10:02 am\n\nText one.\n\nReply\n\n"
        "Bob\nsays:\n\nOctober 17, 2025 at 11:02 am\n\nText two.\n\nReply\n",
        [("Alice", 0, "Text one.", "2025-10-17T10:02:00"), ("Bob", 0, "Text two.", "2025-10-17T11:02:00")],
    ),
    "times counted from now": (
        "2 comments\n\nSort by Newest\n\nAlice\n3 hours ago\n\nOne.\n\n2\nReply\nShare ›\n\nBob Q\n2 hours ago\n\nTwo.\n\nReply\nShare ›\n",
        [("Alice", 0, "One.", None), ("Bob Q", 0, "Two.", None)],
    ),
    "no heading, links beside names": (
        "alice 3 hours ago | parent | next [–]\n\nOne here.\n\nreply\n\n    bob 2 hours ago | parent [–]\n\n    Two.\n\n    reply\n",
        [("alice", 0, "One here.", None), ("bob", 1, "Two.", None)],
    ),
    "one comment": ("1 Comment\n\n  1. Bob\n\n     Text.\n", [("Bob", 0, "Text.", None)]),
    "one thought": (
        "One thought on “T”\n\n  Bob says:\n  October 17, 2025 at 10:02 am\n\n  Text.\n\n  Reply\n",
        [("Bob", 0, "Text.", "2025-10-17T10:02:00")],
    ),
    "german": (
        "2 Kommentare\n\n  1. Hans Meier sagt:\n     17. Oktober 2025 um 10:02 Uhr\n\n     Nein.\n\n     Antworten\n"
        "     1. Eva sagt:\n        17. Oktober 2025 um 11:02 Uhr\n\n        Doch.\n\n        Antworten\n",
        [("Hans Meier", 0, "Nein.", "2025-10-17T10:02:00"), ("Eva", 1, "Doch.", "2025-10-17T11:02:00")],
    ),
    "russian": (
        "Комментарии (2)\n\n  Иван\n  17 октября 2025 в 10:02\n\n  Нет.\n\n  Ответить\n\n    Ольга\n    18.10.2025 в 11:02\n\n    Да.\n\n    Ответить\n",
        [("Иван", 0, "Нет.", "2025-10-17T10:02:00"), ("Ольга", 1, "Да.", "2025-10-18T11:02:00")],
    ),
    "a pingback is no comment": (
        "3 Responses to T\n\n  1. Bob\n\n     Text.\n\n  2. Pingback: Other Blog » Post\n\n     [...] quoted\n\n  3. Al\n\n     Text too.\n",
        [("Bob", 0, "Text.", None), ("Al", 0, "Text too.", None)],
    ),
    "time first": (
        "Comments\n\nOctober 17, 2025 at 10:02 am | Alice\n\nOne.\n\nOctober 17, 2025 at 11:02 am | Bob\n\nTwo.\n",
        [("Alice", 0, "One.", "2025-10-17T10:02:00"), ("Bob", 0, "Two.", "2025-10-17T11:02:00")],
    ),
    "closed": (
        "2 comments\n\nAl wrote on May 3, 2024:\n\nOne.\n\nBo wrote on May 4, 2024:\n\nTwo.\n\nComments are closed.\n\nFooter",
        [("Al", 0, "One.", "2024-05-03T00:00:00"), ("Bo", 0, "Two.", "2024-05-04T00:00:00")],
    ),
    "posted by": (
        "Discussion\n\n#1 Posted by Alice on 2024-05-03 10:02\n\n  One.\n\n#2 Posted by Bob on 2024-05-03 11:02\n\n  Two.\n",
        [("Alice", 0, "One.", "2024-05-03T10:02:00"), ("Bob", 0, "Two.", "2024-05-03T11:02:00")],
    ),
    "markdown": (
        "## Comments (2)\n\n**Alice** (2024-05-03):\n\nOne.\n\n> **Bob** (2024-05-04):\n>\n> Two.\n",
        [("Alice", 0, "One.", "2024-05-03T00:00:00"), ("Bob", 1, "Two.", "2024-05-04T00:00:00")],
    ),
    "names and words on one line": (
        "2 Comments\n\n- **Alice**: One is here.\n  - **Bob**: Two is here.\n",
        [("Alice", 0, "One is here.", None), ("Bob", 1, "Two is here.", None)],
    ),
    "advertisements in between": (
        "2 comments\n\n  1. Al\n\n    One.\n\n    Reply\n\nADVERTISEMENT\n\n    1. Bo\n\n      Two.\n\n      Reply\n",
        [("Al", 0, "One.", None), ("Bo", 1, "Two.", None)],
    ),
}


@pytest.mark.parametrize(("page", "expected"), PAGES.values(), ids=PAGES)
def test_pages_of_many_kinds(page, expected):
    found, made = read(ARTICLE + page)
    assert [(one.author, one.depth, one.text, one.posted_at and one.posted_at.isoformat()) for one in made] == expected
    assert found.start == len(ARTICLE)


def test_what_stands_after_and_between_is_the_tail():
    found, _ = read(
        ARTICLE
        + PAGES["advertisements in between"][0]
        + "\nLeave a Reply\n\nName *\n\n  1. Al\n\n    No.\n\n    Reply\n"
    )
    assert found.tail.startswith("ADVERTISEMENT\n\nLeave a Reply\n\nName *")
    found, _ = read(ARTICLE + PAGES["a pingback is no comment"][0])
    assert "Pingback: Other Blog" in found.tail


def test_lists_below_a_thread_are_none_of_it():
    page = ARTICLE + "2 comments\n\n  1. Al\n\n    One.\n\n    Reply\n  2. Bo\n\n    Two.\n\n    Reply\n"
    found, made = read(
        page + "\nMost read\n\n  1. Another Post\n\n    By Somebody Else, who writes.\n\n  2. Third\n\n    Text.\n"
    )
    assert len(made) == 2
    assert "Another Post" in found.tail


# What is no thread, however it looks.
NO_THREADS = {
    "list": "Five things:\n\n1. Apples are good.\n2. Pears are better.\n\nThe end.",
    "list with bodies": "Steps\n\n1. Open the box\n\n   Use a knife.\n\n2. Read it\n\n   It is long.\n\n   1. Chapter one\n\n      On boxes.\n",
    "section of comments": "Intro.\n\nComments\n\n1. The data are incomplete.\n2. The method is sound.\n3. More work is needed.\n",
    "comments in prose": "Comments\n\nThe reviewers made 12 comments, and all were addressed.\n\nReferences\n\n1. Smith J. A. 2020.\n2. Doe K.",
    "numbered sections": "Comments\n\n1. Introduction\n\n   It is too long and should be cut.\n\n2. Methods\n\n   They are fine.\n",
    "a link to comments": "By Jane Doe\n\n12 comments\n\nThe president said on Tuesday that he would go.\n\nHe added that it was late.\n",
    "a link to comments and a list": "12 comments\n\nThe president named three reasons:\n\n1. Money\n2. Time\n3. Rain\n\nHe left.",
    "interview": "Q: What do you think?\n\nA: Nothing.\n\nQ: Really?\n\nA: Yes.\n",
    "discussion": "Discussion\n\nPutin: I think so.\n\nTrump: I do not.\n\nPutin: Well.\n",
    "chronicle": "October 17, 2025\n\nThe call took place.\n\nOctober 18, 2025\n\nThe visit.\n",
    "by-line": "Comments\n\nJane Doe\nOctober 17, 2025\n\nThe government announced a list of measures today.\n\nNobody liked it.",
    "digest": "Reuters\nOctober 17, 2025\n\nThe government fell.\n\nAP\nOctober 18, 2025\n\nA new one came.\n",
    "quotations": "Putin said:\n\n“We are ready.”\n\nTrump said:\n\n“We are not.”\n",
    "mail": "Hi,\n\nOn 3 May 2024, Bob wrote:\n> I think so.\n>\n> On 2 May 2024, Al wrote:\n>> Do you?\n\nYes.",
    "letters": "Letters\n\nReply\n\nDear Sir, thank you.\n\nReply\n\nDear Madam, no.\n",
    "list of changes": "1. Added\n   - one\n   - two\n2. Fixed\n   - three\n",
}


@pytest.mark.parametrize("page", NO_THREADS.values(), ids=NO_THREADS)
def test_what_is_no_thread(page):
    assert plain_thread.find(ARTICLE + page) is None


@given(st.text(alphabet="1.2 >\n\tReply:ABc*-0", max_size=300))
def test_any_text_is_read(text):
    found = plain_thread.find(f"3 comments\n{text}")
    if found is not None:
        assert 0 <= found.start <= len(text) + 11
        assert len(comments(DOCUMENT, found.entries)) == len(found.entries)
