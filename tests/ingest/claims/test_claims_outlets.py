"""Which outlets a page names, links to, or is published by."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.claims.outlets import all_named, by_domain, named_in, outlet_of, own_outlet
from ingest.claims.outlets_catalogue import shipped
from ingest.model import Link, Outlet, outlet_id
from tests.ingest.claims.pages import extracted, page


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("It was in the New York Times and on CNN.", ["New York Times", "CNN"]),
        ("TASS asked, and the Associated Press answered.", ["TASS", "Associated Press"]),
        ("The AP reported it, AFP too.", ["Associated Press", "Agence France-Presse"]),
        ("On the hill above the atlantic, in the times of need.", []),
        ("Write to bbc@BBC.example or see BBC/one.", []),
        ("", []),
    ],
)
def test_named(text: str, names: list[str]) -> None:
    assert [span.outlet.name for span in named_in(text, None)] == names


def test_the_longest_name_wins_and_offsets_are_exact() -> None:
    text = "The Wall Street Journal and RFE/RL."
    assert [text[span.start : span.end] for span in named_in(text, None)] == ["Wall Street Journal", "RFE/RL"]


def test_listed_domains_have_one_outlet_each() -> None:
    assert by_domain("bbc.com") == by_domain("bbc.co.uk")
    assert by_domain("example.org") is None
    assert by_domain(None) is None
    assert by_domain("tass.com") is not None


def test_the_documents_own_outlet_comes_first_and_is_found_by_its_name() -> None:
    own = Outlet(outlet_id(domain="example.org", name="Example Gazette"), "Example Gazette", "example.org")
    document = page("Reuters was asked by the Example Gazette.", outlet=own)
    first, second = extracted(document).outlets
    assert first.outlet == own
    assert [document.text[place.start : place.end] for place in first.mentions] == ["Example Gazette"]
    assert second.outlet.name == "Reuters"


def test_a_publisher_that_is_listed_is_the_listed_one() -> None:
    stated = Outlet(outlet_id(domain="bbc.com", name="BBC News"), "BBC News", "bbc.com")
    extraction = extracted(page("The BBC was there.", outlet=stated))
    (found,) = extraction.outlets
    assert found.outlet.id == outlet_id(domain="bbc.co.uk", name="BBC")
    assert found.outlet.country == "GB"
    assert extraction.document.outlet == found.outlet


def test_a_link_names_who_publishes_what_it_leads_to() -> None:
    links = [Link("body", 0, 4, "https://edition.cnn.com/a"), Link("body", 5, 8, "https://news.example.org/cnn.com")]
    found, unknown = extracted(page("Here and there.", links=links)).outlets
    assert found.outlet.name == "CNN"
    assert [(place.start, place.end) for place in found.mentions] == [(0, 4)]
    assert found.method == "structure:link"
    assert unknown.outlet == Outlet(outlet_id(domain="example.org", name=""), "example.org", "example.org")


def test_an_outlet_is_no_other_entity() -> None:
    found = extracted(page("The BBC reported that it was late."))
    assert [entity.name for entity in found.entities] == []
    assert [each.outlet.name for each in found.outlets] == ["BBC"]


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://www.nytimes.com/2020/a", "New York Times"),
        ("https://abcnews.go.com/US/a", "ABC News"),
        ("https://go.com/", "go.com"),
        ("https://lantern.wordpress.com/a", "lantern.wordpress.com"),
        ("https://wordpress.com/", "WordPress.com"),
        ("http://quay-gazette.example.org/x", "example.org"),
        ("https://web.archive.org/web/2020/https://tass.com/1", "TASS"),
        ("https://archive.is/20200101/https://tass.com/1", "TASS"),
        ("https://www.google.com/url?sa=t&url=https%3A%2F%2Ftass.com%2F1", "TASS"),
        ("https://t.co/abc", None),
        ("https://bit.ly/abc", None),
        ("mailto:news@bbc.co.uk", None),
        ("https://127.0.0.1/", None),
        ("https://[::1", None),
        ("bbc.co.uk", None),
        ("https://www.google.com/url?url=https%3A%2F%2Fwww.google.com%2Furl%3Furl%3Da", None),
    ],
)
def test_whom_a_link_leads_to(url: str, name: str | None) -> None:
    found = outlet_of(url)
    assert (found.name if found else None) == name


@pytest.mark.parametrize(
    ("url", "stated", "name"),
    [
        (None, Outlet(outlet_id(domain=None, name="BBC News"), "BBC News"), "BBC"),
        (None, Outlet(outlet_id(domain=None, name="the guardian"), "the guardian"), "The Guardian"),
        (None, Outlet(outlet_id(domain=None, name="TIME"), "TIME"), "Time"),
        (
            "https://example.org/a",
            Outlet(outlet_id(domain="example.org", name=""), "BBC News", "example.org"),
            "BBC News",
        ),
        (
            "https://scilogs.spektrum.de/a",
            Outlet(outlet_id(domain="spektrum.de", name=""), "A", "spektrum.de"),
            "SciLogs",
        ),
        (None, None, None),
    ],
)
def test_who_published_a_page(url: str | None, stated: Outlet | None, name: str | None) -> None:
    own = own_outlet(replace(page("Text.", outlet=stated), url=url))
    assert (own.name if own else None) == name


@pytest.mark.parametrize(
    ("text", "method", "credit"),
    [
        ("LONDON (Reuters) - It was late.", "structure:dateline", True),
        ("WASHINGTON, Aug. 24 (UPI) — It was late.", "structure:dateline", True),
        ("Dec 29 (Reuters) - It was late.", "structure:dateline", True),
        ("By JANE DOE, Associated Press\n\nIt was late.", "structure:byline", True),
        ("By Jane Doe of the Associated Press\n\nIt was late.", "structure:byline", True),
        ("It was late (Reuters) - they said.", "rule:outlet-list", False),
        ("By then the Associated Press, late, had asked.", "rule:outlet-list", False),
        ("On “Meet the Press” it was late.", "rule:outlet-programme", False),
        ("It was late, wrote @SkyNews.", "rule:outlet-domain", False),
        ("It was late, see tass.com.", "rule:outlet-domain", False),
        ("He told WKOW-TV that it was late.", "rule:outlet-call-sign", False),
        ("He told The Hill that it was late.", "rule:outlet-context", False),
    ],
)
def test_how_a_text_names_an_outlet(text: str, method: str, credit: bool) -> None:
    (found,) = named_in(text, None)
    assert (found.method, found.credit) == (method, credit)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "She told the Quay Gazette of it. The Quay Gazette asked again, and the Gazette was told.",
            ["Quay Gazette"] * 3,
        ),
        ("The Quay Gazette stands on the shelf.", []),
        ("An article in the Tarn Valley Herald says so.", ["Tarn Valley Herald"]),
        ("She told Mary Post that it was late.", []),
        ("She told the Lantern Post that it was late.", ["Lantern Post"]),
        ("She told the Daily News that it was late.", []),
        ("She read the Good News.", []),
        ("She told the Quay Gazette Office that it was late.", []),
        ("A Washington Post-ABC News poll says so.", ["Washington Post", "ABC News"]),
    ],
)
def test_outlets_that_are_not_listed_are_told_by_form_and_context(text: str, names: list[str]) -> None:
    assert [span.outlet.name for span in named_in(text, None)] == names


def test_what_the_body_names_is_known_to_the_comments() -> None:
    document = page(
        "The Boston Globe asked.", comments=[("ann", None, "So the Globe says."), ("bea", None, "The Post?")]
    )
    found = all_named(document, None)
    assert [[span.outlet.name for span in found[container]] for container, _ in document.containers()] == [
        ["Boston Globe"],
        ["Boston Globe"],
        [],
    ]


def test_a_comment_means_the_unlisted_paper_of_the_body_by_the_end_of_its_name() -> None:
    body = named_in("The mayor told the Saltmarsh Courier so.", None)
    again = named_in("The Courier reported it last year.", None, [span.outlet for span in body])
    assert [span.outlet.name for span in again] == ["Saltmarsh Courier"]


@pytest.mark.parametrize(
    ("text", "own", "names"),
    [
        ("He told the Courier that it was late.", None, []),
        ("He told the Courier that it was late.", "https://www.usatoday.com/", []),
        ("The Gazette reported that it was late.", "https://www.cbc.ca/", []),
        ("He told the Ottawa Citizen. The Citizen reported it.", None, ["Ottawa Citizen", "Ottawa Citizen"]),
        ("He told the Mail that it was late.", None, ["Daily Mail"]),
        ("He told the Oregonian that it was late.", None, ["The Oregonian"]),
        ("He told the ABC that it was late.", None, ["ABC (Australia)"]),
        ("He told the National that it was late.", None, []),
        ("He told the National that it was late.", "https://www.bbc.co.uk/", ["The National (Scotland)"]),
    ],
)
def test_a_short_name_is_no_town_paper_that_nothing_else_speaks_for(
    text: str, own: str | None, names: list[str]
) -> None:
    assert [span.outlet.name for span in named_in(text, outlet_of(own) if own else None)] == names


def test_the_own_outlet_is_meant_by_the_end_of_its_name() -> None:
    own = Outlet(outlet_id(domain="example.org", name="Quay Herald"), "Quay Herald", "example.org", "US")
    assert [span.outlet for span in named_in("She told the Herald that it was late.", own)] == [own]


def test_an_outlet_that_is_not_listed_is_told_by_its_own_name_only_where_that_is_one() -> None:
    own = Outlet(outlet_id(domain="example.org", name="Home"), "Home", "example.org")
    assert named_in("Home is where we go.", own) == []


_NAMES = sorted({name for entry in shipped().entries[::40] for name, _ in entry.forms()})
_TEXTS = st.lists(
    st.sampled_from(
        [*_NAMES, "the", "The", "told", "said.", "(", ")", "@", "https://", "a.b", "\n", "'s", "—", "-", "\x00"]
    ),
    max_size=25,
)


@given(_TEXTS, st.sampled_from(["", " "]))
def test_places_are_in_order_and_never_overlap_on_any_text(pieces: list[str], between: str) -> None:
    text = between.join(pieces)
    found = named_in(text, None)
    assert all(0 <= span.start < span.end <= len(text) for span in found)
    assert all(first.end <= second.start for first, second in pairwise(found))
