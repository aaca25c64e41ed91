# ruff: noqa: E501
from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.errors import IngestError, NoTextError, TooLargeError
from ingest.model import Document, Fetched
from ingest.read.html import read
from ingest.read.limits import ReadLimits

URL = "https://news.example.com/2021/bridge.html"
FILLER = "<p>The council voted on Tuesday to build a bridge across the harbour, after a debate that lasted the whole afternoon.</p>"


def read_page(markup: str | bytes, url: str | None = URL, limits: ReadLimits | None = None) -> Document:
    body = markup.encode("utf-8") if isinstance(markup, str) else markup
    fetched = Fetched("page.html", body, url, "text/html", None, datetime(2024, 5, 1, tzinfo=UTC))
    return read(fetched, limits or ReadLimits())


def article(body: str, head: str = "") -> str:
    return f'<!DOCTYPE html><html lang="en-GB"><head><title>A bridge | The Harbour Post</title>{head}</head><body><nav><a href="/">Home</a></nav><article><h1>A bridge</h1>{FILLER}{body}{FILLER.replace("Tuesday", "Friday")}</article><footer>Imprint</footer></body></html>'


def test_blocks_keep_their_roles_and_links_their_words() -> None:
    document = read_page(
        article(
            '<h2>What was said</h2><p>The mayor <a href="/mayor">spoke</a> first. From the BBC:</p>'
            "<blockquote><p>The bridge will cost 90 million.</p><p>It may cost more.</p></blockquote>"
            '<ul><li>One tram line</li><li>Two <a href="https://x.example/lanes">lanes</a></li></ul>'
        )
    )
    by_kind = [(block.kind, document.text[block.start : block.end]) for block in document.blocks]
    assert ("heading", "What was said") in by_kind
    assert ("quote", "The bridge will cost 90 million.") in by_kind
    assert ("quote", "It may cost more.") in by_kind
    assert ("item", "One tram line") in by_kind
    leads = [block.lead_in.of(document.text) for block in document.blocks if block.kind == "quote" and block.lead_in]
    assert leads == ["From the BBC:", "From the BBC:"]
    links = {document.text[link.start : link.end]: link.url for link in document.links}
    assert links == {"spoke": "https://news.example.com/mayor", "lanes": "https://x.example/lanes"}


def test_blocks_cover_all_words_of_the_text_in_order() -> None:
    document = read_page(
        article("<p>One.</p><blockquote>Two.</blockquote><p>Three.<br>Four.<br><br>Five.</p><pre>a\n  b</pre>")
    )
    covered = "".join(document.text[block.start : block.end] for block in document.blocks)
    assert "".join(covered.split()) == "".join(document.text.split())
    assert all(one.end <= other.start for one, other in zip(document.blocks, document.blocks[1:], strict=False))


def test_turns_of_a_transcript_have_the_speaker_as_lead_in() -> None:
    turns = [
        ("Yury Ushakov", "The call lasted two hours."),
        ("Question", "Who asked for it?"),
        ("Yury Ushakov", "It was the other side that did."),
    ]
    document = read_page(article("".join(f"<p><strong>{name}:</strong> {words}</p>" for name, words in turns)))
    found = [block for block in document.blocks if block.kind == "turn"]
    assert [block.lead_in.of(document.text) for block in found if block.lead_in] == [f"{name}:" for name, _ in turns]
    assert document.text[found[0].start : found[0].end] == "Yury Ushakov: The call lasted two hours."


def test_enumerations_are_no_turns() -> None:
    document = read_page(
        article(
            "<p>First: the cost is high.</p><p>It is.</p><p>Second: the time is short.</p><p>First: again the cost.</p>"
        )
    )
    assert "turn" not in {block.kind for block in document.blocks}


def test_what_a_page_says_about_itself() -> None:
    head = (
        '<meta property="og:site_name" content="The Harbour Post"><meta name="author" content="By Jane Doe">'
        '<meta property="article:published_time" content="2021-03-04T10:00:00+01:00">'
    )
    document = read_page(article("", head))
    assert document.title == "A bridge"
    assert document.author == "Jane Doe"
    assert document.published_at == datetime(2021, 3, 4, 10, tzinfo=timezone(timedelta(hours=1)))
    assert document.outlet is not None
    assert (document.outlet.name, document.outlet.domain) == ("The Harbour Post", "example.com")
    assert document.language == "en"


def test_a_file_has_no_address_but_its_outlet_is_known_by_the_stated_one() -> None:
    document = read_page(
        article(
            '<p><a href="/x">a relative link</a></p>', '<link rel="canonical" href="https://www.example.org/bridge">'
        ),
        url=None,
    )
    assert document.url is None
    assert document.outlet is not None
    assert document.outlet.domain == "example.org"
    assert document.links == ()


def test_a_stated_base_resolves_links() -> None:
    document = read_page(
        article('<p>See <a href="b">this page</a> of ours for it.</p>', '<base href="https://cdn.example/a/">')
    )
    assert [link.url for link in document.links] == ["https://cdn.example/a/b"]


def test_a_short_page_keeps_its_paragraphs() -> None:
    document = read_page(
        "<html><body><h1>Note</h1><p>The first paragraph is short.</p><p>So is the second.</p></body></html>"
    )
    assert "The first paragraph is short.\n\nSo is the second." in document.text


def test_two_readings_are_the_same() -> None:
    markup = article("<p>Once more.</p>" * 3)
    assert read_page(markup) == read_page(markup)


@pytest.mark.parametrize(
    "markup",
    [
        "<html><body></body></html>",
        "<html><head><title>T</title></head><frameset><frame src='a'></frameset></html>",
        "<html><body><script>var a = 'text';</script></body></html>",
        "<html><body><!-- only a remark --></body></html>",
    ],
)
def test_a_page_without_text_is_an_error_that_says_so(markup: str) -> None:
    with pytest.raises(NoTextError, match=r"^page\.html: a page without any text of its own$"):
        read_page(markup)


@pytest.mark.parametrize("tag", ["ul><li", "div", "b", "blockquote", "table><tr><td"])
def test_a_million_nested_elements_are_an_error(tag: str) -> None:
    with pytest.raises(TooLargeError, match="nested more than"):
        read_page(f"<html><body>{f'<{tag}>' * (1_000_000 // (1 + tag.count('<')))}text")


def test_too_many_elements_are_an_error() -> None:
    with pytest.raises(TooLargeError, match="at most 1,000 are read"):
        read_page("<p>a</p>" * 2000, limits=ReadLimits(max_elements=1000))


def test_xhtml_with_entities_and_a_declaration() -> None:
    document = read_page(
        '<?xml version="1.0" encoding="utf-8"?><!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "x">'
        f'<html xmlns="http://www.w3.org/1999/xhtml" xml:lang="fr"><body>{FILLER}<p>Le caf&eacute;&nbsp;ferm&#233;.</p></body></html>'
    )
    assert "Le café fermé." in document.text
    assert document.language == "fr"


@pytest.mark.parametrize(
    "broken",
    [
        "<p>one<div>two</p>three</div>",
        "<b><i>x</b></i>",
        "</div></div></p>",
        "<a href='x><p>y",
        '<p title="a>b">c',
        "<![CDATA[x]]>",
    ],
)
def test_broken_markup_is_read_as_far_as_it_goes(broken: str) -> None:
    assert "debate that lasted the whole afternoon" in read_page(article(broken)).text


def test_deeply_nested_quotations_within_the_limit() -> None:
    document = read_page(article("<blockquote>" * 900 + "the innermost words" + "</blockquote>" * 900))
    assert "the innermost words" in document.text


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.lists(st.sampled_from(["<p>", "</p>", "<div class='comment'>", "</div>", "<li id='comment-1'>", "<ol class='commentlist'>", "</ol>", "<blockquote>", "<a href='#x'>", "</a>", "<dl><dt>", "<dd>", "<b>Ann</b>", "<time>", "May 5, 2020", "words ", "<td indent='2'>", "<template>", "<script>", "\x00", "&amp;", "<h1>", "<table>", "<noscript>"]), max_size=40))  # fmt: skip
def test_any_markup_gives_a_document_or_an_error(pieces: list[str]) -> None:
    try:
        document = read_page("<html>" + "".join(pieces))
    except IngestError:
        return
    for block in document.blocks:
        assert document.text[block.start : block.end].strip()
    for link in document.links:
        assert 0 <= link.start < link.end <= len(document.text_of(link.container))


def test_passages_that_nobody_is_shown_are_left_out() -> None:
    page = (
        "<html><body><main hidden><article><h1>The bridge</h1>"
        "<p>The bridge is closed to cars, and nobody in the town wants to have ordered that at all.</p>"
        "<p hidden>“It is open,” said Piet Valk, who is a spokesman of the council of the town.</p>"
        "<p hidden=until-found>The closure lasts until the summer of next year, as the council says.</p>"
        "</article></main></body></html>"
    )
    text = read_page(page).text
    assert "Valk" not in text
    assert "closed to cars" in text
    assert "until the summer" in text
