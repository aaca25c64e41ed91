"""Which outlets a page names, links to, or is published by."""

from __future__ import annotations

import pytest

from ingest.claims.outlets import by_domain, named_in
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
